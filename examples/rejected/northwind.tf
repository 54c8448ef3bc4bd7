# Northwind: every site, server and role is right by itself. What is wrong shows only in the whole.

resource "configmgr_site" "nwc" {
  site_code   = "NWC"
  site_type   = "central_administration"
  name        = "Northwind"
  site_server = "nwc-cm01.northwind.com"
}

# Both primary sites name the same instance for their databases, and the same share for their content libraries.

resource "configmgr_site" "nw1" {
  site_code            = "NW1"
  site_type            = "primary"
  name                 = "Northwind East"
  parent               = configmgr_site.nwc
  site_server          = "nw1-cm01.northwind.com"
  content_library_path = "\\\\nw-fs01.northwind.com\\ContentLibrary"

  database {
    server   = "nw-sql01.northwind.com"
    instance = "CM"
    port     = 1433
  }
}

resource "configmgr_site" "nw2" {
  site_code            = "NW2"
  site_type            = "primary"
  name                 = "Northwind West"
  parent               = configmgr_site.nwc
  site_server          = "nw2-cm01.northwind.com"
  content_library_path = "\\\\nw-fs01.northwind.com\\ContentLibrary"

  database {
    server   = "nw-sql01.northwind.com"
    instance = "CM"
    port     = 1433
  }
}

# The secondary site has two software update points.
resource "configmgr_site" "nw3" {
  site_code   = "NW3"
  site_type   = "secondary"
  name        = "Northwind Harbour"
  parent      = configmgr_site.nw1
  site_server = "nw3-cm01.northwind.com"
}

locals {
  northwind_sites = {
    NWC = configmgr_site.nwc
    NW1 = configmgr_site.nw1
    NW2 = configmgr_site.nw2
    NW3 = configmgr_site.nw3
  }

  northwind_servers = {
    nwc-scp01 = "NWC"
    nwc-scp02 = "NWC"
    nwc-sup01 = "NWC"
    nw1-mp01  = "NW1"
    nw1-sup01 = "NW1"
    nw1-dp01  = "NW1"
    nw2-mp01  = "NW2"
    nw2-sup01 = "NW2"
    nw2-dp01  = "NW2"
    nw3-sup01 = "NW3"
    nw3-sup02 = "NW3"
  }

  # Two service connection points, and the same distribution point twice.
  northwind_roles = {
    connection_1   = { server = "nwc-scp01", role = "service_connection_point" }
    connection_2   = { server = "nwc-scp02", role = "service_connection_point" }
    updates_top    = { server = "nwc-sup01", role = "software_update_point" }
    management_1   = { server = "nw1-mp01", role = "management_point" }
    management_2   = { server = "nw2-mp01", role = "management_point" }
    updates_1      = { server = "nw1-sup01", role = "software_update_point" }
    updates_2      = { server = "nw2-sup01", role = "software_update_point" }
    updates_3      = { server = "nw3-sup01", role = "software_update_point" }
    updates_4      = { server = "nw3-sup02", role = "software_update_point" }
    content_1      = { server = "nw1-dp01", role = "distribution_point" }
    content_2      = { server = "nw2-dp01", role = "distribution_point" }
    content_2_copy = { server = "nw2-dp01", role = "distribution_point" }
  }
}

resource "configmgr_site_system_server" "northwind" {
  for_each = local.northwind_servers

  fqdn = "${each.key}.northwind.com"
  site = local.northwind_sites[each.value]
}

locals {
  servers_of_northwind = configmgr_site_system_server.northwind
}

resource "configmgr_role_assignment" "northwind" {
  for_each = local.northwind_roles

  server = local.servers_of_northwind[each.value.server]
  role   = each.value.role
}

# The gateway has no connection point.
resource "configmgr_hierarchy" "northwind" {
  sites               = local.northwind_sites
  site_system_servers = local.servers_of_northwind
  role_assignments    = configmgr_role_assignment.northwind

  cloud_management_gateways = {
    northwind = {
      name      = "northwindcmg"
      site_code = "NWC"
    }
  }
}
