# ROLE-CARD-SCP-HIER

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "this" {
  for_each = toset(["srv01", "srv02"])

  fqdn = "${each.key}.contoso.com"
  site = configmgr_site.ps1
}

locals {
  servers = configmgr_site_system_server.this
}

resource "configmgr_role_assignment" "connection" {
  for_each = toset(["srv01", "srv02"])

  server = local.servers[each.key]
  role   = "service_connection_point"
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = local.servers
  role_assignments    = configmgr_role_assignment.connection
}
