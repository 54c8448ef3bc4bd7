# SITE-CODE-RESERVED

resource "configmgr_site" "ps1" {
  site_code   = "AUX"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}
