resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "this" {
  for_each = toset(["mp01", "mp02", "scp01"])

  fqdn             = "${each.key}.contoso.com"
  site             = configmgr_site.ps1
  operating_system = "windows_server_2022"
}

locals {
  servers = configmgr_site_system_server.this
}

resource "configmgr_role_assignment" "management_point" {
  for_each = toset(["mp01", "mp02"])

  server = local.servers[each.key]
  role   = "management_point"
}

resource "configmgr_role_assignment" "service_connection_point" {
  server = local.servers["scp01"]
  role   = "service_connection_point"

  service_connection_point {
    mode = "online"
  }
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = local.servers

  # A resource with for_each is a map already. Several are joined by their ids.
  role_assignments = { for a in concat(
    values(configmgr_role_assignment.management_point),
    [configmgr_role_assignment.service_connection_point],
  ) : a.id => a }
}
