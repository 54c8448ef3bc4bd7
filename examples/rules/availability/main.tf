# HA-SSP-REMOTE-RCL

resource "configmgr_site" "ps1" {
  site_code           = "PS1"
  site_type           = "primary"
  name                = "Contoso"
  site_server         = "cm01.contoso.com"
  passive_site_server = "cm02.contoso.com"
}
