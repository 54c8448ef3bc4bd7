# DEP-SUM-ROLES

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "mp01" {
  fqdn = "mp01.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "mp01" {
  for_each = toset(["management_point", "distribution_point"])

  server = configmgr_site_system_server.mp01
  role   = each.key
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = { mp01 = configmgr_site_system_server.mp01 }
  role_assignments    = configmgr_role_assignment.mp01
  features            = ["software_updates"] # without a software update point
}
