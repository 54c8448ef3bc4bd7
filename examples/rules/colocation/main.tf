# COLO-PULLDP-NOT-SITESERVER

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "cm01" {
  fqdn = "cm01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "dp" {
  server = configmgr_site_system_server.cm01
  role   = "distribution_point"

  distribution_point {
    pull_sources = { "dp01.contoso.com" = 1 }
  }
}
