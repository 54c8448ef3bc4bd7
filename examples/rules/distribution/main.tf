# DP-PULL-RANK

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "dp02" {
  fqdn = "dp02.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "dp02" {
  server = configmgr_site_system_server.dp02
  role   = "distribution_point"

  distribution_point {
    pull_sources = { "dp01.contoso.com" = 200 }
  }
}
