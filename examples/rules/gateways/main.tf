# CMG-NAME

resource "configmgr_site" "ps1" {
  site_code            = "PS1"
  site_type            = "primary"
  name                 = "Contoso"
  site_server          = "cm01.contoso.com"
  client_communication = "enhanced_http"
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
  server = local.servers["srv01"]
  role   = "service_connection_point"

  service_connection_point {
    mode = "online"
  }
}

resource "configmgr_role_assignment" "gateway" {
  server = local.servers["srv01"]
  role   = "cloud_management_gateway_connection_point"

  cloud_management_gateway_connection_point {
    cloud_management_gateway = "1-contoso"
  }
}

resource "configmgr_role_assignment" "management" {
  server = local.servers["srv02"]
  role   = "management_point"

  management_point {
    protocol          = "https"
    allow_cmg_traffic = true
  }
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = local.servers
  role_assignments = {
    connection = configmgr_role_assignment.connection
    gateway    = configmgr_role_assignment.gateway
    management = configmgr_role_assignment.management
  }
  cloud_management_gateways = {
    contoso = { name = "1-contoso", site_code = "PS1" }
  }
}
