# REQ-DP-CONTENT

data "configmgr_required_roles" "clients" {
  population {
    site    = { site_code = "PS1", site_type = "primary" }
    windows = 3000
  }

  features {
    application_management = true
  }
}

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "cm02" {
  fqdn = "cm02.contoso.com"
  site = configmgr_site.ps1
}

resource "configmgr_role_assignment" "cm02" {
  for_each = toset(["management_point", "service_connection_point"]) # and no distribution point

  server = configmgr_site_system_server.cm02
  role   = each.key
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = { cm02 = configmgr_site_system_server.cm02 }
  role_assignments    = configmgr_role_assignment.cm02
  required_roles      = { clients = data.configmgr_required_roles.clients }
}
