# COMM-HTTPS-ONLY-ROLES

resource "configmgr_site" "ps1" {
  site_code            = "PS1"
  site_type            = "primary"
  name                 = "Contoso"
  site_server          = "cm01.contoso.com"
  client_communication = "https_only"
}

resource "configmgr_site_system_server" "mp01" {
  fqdn = "mp01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "mp01" {
  server = configmgr_site_system_server.mp01
  role   = "management_point"

  management_point {
    protocol = "http"
  }
}
