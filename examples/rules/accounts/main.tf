# ACC-RSP

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "rsp01" {
  fqdn = "rsp01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "rsp01" {
  server = configmgr_site_system_server.rsp01
  role   = "reporting_services_point"

  reporting_services_point {
    report_server_instance = "SSRS"
  }
}
