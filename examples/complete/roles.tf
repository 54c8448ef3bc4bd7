locals {
  # Roles without settings, by server.
  roles = {
    cas-scp01 = ["endpoint_protection_point"]
    sea-fsp01 = ["fallback_status_point"]
    sea-dp01  = ["state_migration_point"]
  }

  management_points = {
    sea-mp01 = { protocol = "http", allow_cmg_traffic = true }
    sea-mp02 = { protocol = "http", allow_cmg_traffic = true }
    lon-mp01 = { protocol = "https", allow_cmg_traffic = false }
    lon-mp02 = { protocol = "https", allow_cmg_traffic = false }
  }

  # With sources, a distribution point is a pull-distribution point: it copies content from them, the one with the
  # lowest number first. Edinburgh's has a schedule on its slow line.
  distribution_points = {
    sea-dp01 = { protocol = "http", pxe = "responder" }
    sea-dp02 = { protocol = "http" }
    por-dp01 = { protocol = "http", sources = { sea-dp01 = 1, sea-dp02 = 2 } }
    lon-dp01 = { protocol = "https" }
    par-dp01 = { protocol = "https", sources = { lon-dp01 = null } }
    edi-cm01 = { protocol = "https", rate_limits = "limited_by_hour" }
  }

  software_update_points = {
    cas-sup01 = "microsoft_update"
    sea-sup01 = "parent_site"
    lon-sup01 = "parent_site"
  }
}

resource "configmgr_role_assignment" "plain" {
  for_each = merge([for server, roles in local.roles : { for role in roles : "${server}/${role}" => {
    server = server
    role   = role
  } }]...)

  server = local.servers[each.value.server]
  role   = each.value.role
}

resource "configmgr_role_assignment" "management_point" {
  for_each = local.management_points

  server = local.servers[each.key]
  role   = "management_point"

  management_point {
    protocol           = each.value.protocol
    client_connections = "intranet"
    allow_cmg_traffic  = each.value.allow_cmg_traffic
  }
}

resource "configmgr_role_assignment" "distribution_point" {
  for_each = local.distribution_points

  server = local.servers[each.key]
  role   = "distribution_point"

  distribution_point {
    protocol           = each.value.protocol
    client_connections = "intranet"
    pxe                = try(each.value.pxe, null)
    rate_limits        = try(each.value.rate_limits, null)
    minimum_free_space = 500

    pull_sources = try({
      for name, priority in each.value.sources : local.servers[name].fqdn => priority
    }, null)
  }
}

resource "configmgr_role_assignment" "software_update_point" {
  for_each = local.software_update_points

  server = local.servers[each.key]
  role   = "software_update_point"

  software_update_point {
    protocol               = "https"
    client_connections     = "intranet"
    synchronization_source = each.value
    wsus_website           = "custom"
  }
}

# Not on the site servers of a site with a passive one, and so not in Seattle even if it were the top-level site.
resource "configmgr_role_assignment" "service_connection_point" {
  server = local.servers["cas-scp01"]
  role   = "service_connection_point"

  service_connection_point {
    mode = "online"
  }
}

resource "configmgr_role_assignment" "reporting_services_point" {
  server = local.servers["cas-rsp01"]
  role   = "reporting_services_point"

  reporting_services_point {
    database_server        = "cas-rsp01.contoso.com"
    report_server_instance = "SSRS"
    folder_name            = "ConfigMgr_CAS"
    account                = "contoso.com\\svc-reports"
  }
}

# Its reports need the reporting services point, and it is not the only role of a remote server.
resource "configmgr_role_assignment" "data_warehouse" {
  server = local.servers["cas-rsp01"]
  role   = "data_warehouse_service_point"

  data_warehouse_service_point {
    database_server = "cas-rsp01.contoso.com"
    account         = "contoso.com\\svc-warehouse"
  }
}

resource "configmgr_role_assignment" "gateway_connection" {
  server = local.servers["sea-cmg01"]
  role   = "cloud_management_gateway_connection_point"

  cloud_management_gateway_connection_point {
    cloud_management_gateway = "contosocmg"
  }
}

locals {
  # The keys are free. With the ids as keys, a new role adds one entry and changes no other.
  role_assignments = { for a in concat(
    values(configmgr_role_assignment.plain),
    values(configmgr_role_assignment.management_point),
    values(configmgr_role_assignment.distribution_point),
    values(configmgr_role_assignment.software_update_point),
    [
      configmgr_role_assignment.service_connection_point,
      configmgr_role_assignment.reporting_services_point,
      configmgr_role_assignment.data_warehouse,
      configmgr_role_assignment.gateway_connection,
    ],
  ) : a.id => a }
}
