# LIM-SECONDARY

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site" "ber" {
  site_code   = "BER"
  site_type   = "secondary"
  name        = "Contoso Berlin"
  site_server = "cm02.contoso.com"
  parent      = configmgr_site.ps1

  clients {
    windows = 20000 # up to 15,000 are supported
  }
}
