# HIER-PRIMARY-PARENT

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso Seattle"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site" "ps2" {
  site_code   = "PS2"
  site_type   = "primary"
  name        = "Contoso Paris"
  site_server = "cm02.contoso.com"
  parent      = configmgr_site.ps1
}
