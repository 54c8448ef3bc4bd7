# From "12,000 Windows clients, a quarter of them on the internet, and 300 Macs" to a topology that is checked.

terraform {
  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

# 1. The clients, and what they are to get. The data source refers to no resource, so that it is read at plan.
locals {
  site = {
    site_code = "SEA"
    site_type = "primary"
  }
}

data "configmgr_required_roles" "clients" {
  population {
    site    = local.site
    windows = 9000
  }

  population {
    site                 = local.site
    windows              = 3000
    windows_installation = "alternative_source"
    internet             = true
  }

  population {
    site               = local.site
    macos              = 300
    macos_certificates = "independent"
  }

  features {
    application_management   = true
    software_updates         = true
    reporting                = true
    cloud_management_gateway = true
  }
}

# 2. One server and one role assignment for each instance that is required or recommended.
locals {
  needed = merge(
    data.configmgr_required_roles.clients.instances,
    data.configmgr_required_roles.clients.recommended_instances,
  )

  host = {
    cloud_management_gateway_connection_point = "cmg"
    distribution_point                        = "dp"
    management_point                          = "mp"
    reporting_services_point                  = "rsp"
    service_connection_point                  = "scp"
    software_update_point                     = "sup"
  }
}

resource "configmgr_site" "sea" {
  site_code            = local.site.site_code
  site_type            = local.site.site_type
  name                 = "Contoso Seattle"
  site_server          = "sea-cm01.contoso.com"
  client_communication = "enhanced_http"

  clients {
    windows = 12000
    macos   = 300
  }
}

resource "configmgr_site_system_server" "this" {
  for_each = local.needed

  fqdn             = format("%s-%s%02d.contoso.com", lower(each.value.site_code), local.host[each.value.role], each.value.number)
  operating_system = "windows_server_2022"
  site             = configmgr_site.sea

  # Who accepts connections from the internet has a name there.
  internet_fqdn = each.value.settings.client_connections == "internet_and_intranet" ? format("%s-%s%02d.contoso.net", lower(each.value.site_code), local.host[each.value.role], each.value.number) : null
}

locals {
  servers = configmgr_site_system_server.this
}

resource "configmgr_role_assignment" "this" {
  for_each = local.needed

  server = local.servers[each.key]
  role   = each.value.role

  # What the answer leaves open is up to you: here, what the clients on the intranet use.
  dynamic "management_point" {
    for_each = each.value.role == "management_point" ? [each.value.settings] : []
    content {
      protocol             = coalesce(management_point.value.protocol, "http")
      client_connections   = coalesce(management_point.value.client_connections, "intranet")
      allow_mobile_devices = management_point.value.allow_mobile_devices
      allow_cmg_traffic    = management_point.value.allow_cmg_traffic
    }
  }

  dynamic "distribution_point" {
    for_each = each.value.role == "distribution_point" ? [each.value.settings] : []
    content {
      protocol           = coalesce(distribution_point.value.protocol, "http")
      client_connections = coalesce(distribution_point.value.client_connections, "intranet")
    }
  }

  dynamic "software_update_point" {
    for_each = each.value.role == "software_update_point" ? [each.value.settings] : []
    content {
      protocol               = "https"
      client_connections     = coalesce(software_update_point.value.client_connections, "internet_and_intranet")
      allow_cmg_traffic      = software_update_point.value.allow_cmg_traffic
      synchronization_source = "microsoft_update"
    }
  }

  dynamic "service_connection_point" {
    for_each = each.value.role == "service_connection_point" ? [each.value.settings] : []
    content {
      mode = service_connection_point.value.mode
    }
  }

  dynamic "cloud_management_gateway_connection_point" {
    for_each = each.value.role == "cloud_management_gateway_connection_point" ? [each.value.settings] : []
    content {
      cloud_management_gateway = "contosocmg"
    }
  }
}

# 3. The whole, compared with what the clients need: take a role away, and the plan fails.
resource "configmgr_hierarchy" "contoso" {
  sites               = { sea = configmgr_site.sea }
  site_system_servers = local.servers
  role_assignments    = configmgr_role_assignment.this
  required_roles      = { clients = data.configmgr_required_roles.clients }

  cloud_management_gateways = {
    contoso = {
      name         = "contosocmg"
      site_code    = "SEA"
      deployment   = "virtual_machine_scale_set"
      vm_size      = "standard_a2_v2"
      vm_instances = 2
      clients      = 3000
    }
  }
}

output "why" {
  description = "Why each role is there."
  value = {
    for role, answer in data.configmgr_required_roles.clients.sites["SEA"].roles : role => answer.reasons
    if answer.minimum > 0
  }
}
