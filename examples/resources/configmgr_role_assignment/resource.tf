resource "configmgr_site" "ps1" {
  site_code            = "PS1"
  site_type            = "primary"
  name                 = "Contoso"
  site_server          = "cm01.contoso.com"
  client_communication = "https_only"
}

resource "configmgr_site_system_server" "mp01" {
  fqdn             = "mp01.contoso.com"
  site             = configmgr_site.ps1
  operating_system = "windows_server_2022"
}

# The settings of a role are a block that is named like the role.
resource "configmgr_role_assignment" "mp01" {
  server = configmgr_site_system_server.mp01
  role   = "management_point"

  management_point {
    protocol           = "https"
    client_connections = "intranet"
  }
}

resource "configmgr_site_system_server" "dp" {
  for_each = toset(["dp01", "dp02", "dp03"])

  fqdn             = "${each.key}.contoso.com"
  site             = configmgr_site.ps1
  operating_system = "windows_server_2022"
}

# Roles that are made with for_each refer to their servers through a local.
locals {
  servers = configmgr_site_system_server.dp
}

resource "configmgr_role_assignment" "distribution_point" {
  for_each = toset(["dp01", "dp02"])

  server = local.servers[each.key]
  role   = "distribution_point"

  distribution_point {
    protocol = "https"
    pxe      = "responder"
  }
}

# With sources it is a pull-distribution point.
resource "configmgr_role_assignment" "pull" {
  server = local.servers["dp03"]
  role   = "distribution_point"

  distribution_point {
    protocol = "https"

    pull_sources = {
      "dp01.contoso.com" = 1
      "dp02.contoso.com" = 2
    }
  }
}
