# REF-PULL-SOURCE

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso Seattle"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "dp01" {
  fqdn = "dp01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_site_system_server" "branch01" {
  fqdn = "branch01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "dp01" {
  server = configmgr_site_system_server.dp01
  role   = "distribution_point"
}

resource "configmgr_role_assignment" "branch01" {
  server = configmgr_site_system_server.branch01
  role   = "distribution_point"

  distribution_point {
    pull_sources = { "dp1.contoso.com" = 1 }
  }
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = { dp01 = configmgr_site_system_server.dp01, branch01 = configmgr_site_system_server.branch01 }
  role_assignments    = { dp01 = configmgr_role_assignment.dp01, branch01 = configmgr_role_assignment.branch01 }
}
