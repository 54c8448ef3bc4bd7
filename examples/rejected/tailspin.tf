# Tailspin: a connected design with a mistake in a role assignment and another one in the whole.

resource "configmgr_site" "tailspin" {
  site_code            = "TSP"
  site_type            = "primary"
  name                 = "Tailspin"
  site_server          = "ts-cm01.tailspin.com"
  passive_site_server  = "ts-cm02.tailspin.com"
  content_library_path = "\\\\ts-fs01.tailspin.com\\ContentLibrary"
}

locals {
  # The service connection point is on the passive site server, and there are two Endpoint Protection points.
  tailspin_roles = {
    connection   = { server = "ts-cm02", role = "service_connection_point" }
    management   = { server = "ts-mp01", role = "management_point" }
    content      = { server = "ts-dp01", role = "distribution_point" }
    protection_1 = { server = "ts-ep01", role = "endpoint_protection_point" }
    protection_2 = { server = "ts-ep02", role = "endpoint_protection_point" }
  }
}

resource "configmgr_site_system_server" "tailspin" {
  for_each = toset(values(local.tailspin_roles)[*].server)

  fqdn = "${each.key}.tailspin.com"
  site = configmgr_site.tailspin
}

locals {
  servers_of_tailspin = configmgr_site_system_server.tailspin
}

resource "configmgr_role_assignment" "tailspin" {
  for_each = local.tailspin_roles

  server = local.servers_of_tailspin[each.value.server]
  role   = each.value.role
}

# Terraform does not come here while the service connection point is in error.
resource "configmgr_hierarchy" "tailspin" {
  sites               = { TSP = configmgr_site.tailspin }
  site_system_servers = local.servers_of_tailspin
  role_assignments    = configmgr_role_assignment.tailspin
}
