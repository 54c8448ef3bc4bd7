# One stand-alone primary site with one server for its roles.

terraform {
  required_version = ">= 1.11"

  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

resource "configmgr_site_system_server" "cm02" {
  fqdn             = "cm02.contoso.com"
  operating_system = "windows_server_2022"
  site             = configmgr_site.ps1
}

resource "configmgr_role_assignment" "cm02" {
  for_each = toset(["management_point", "distribution_point", "service_connection_point"])

  server = configmgr_site_system_server.cm02
  role   = each.key
}

resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = { cm02 = configmgr_site_system_server.cm02 }
  role_assignments    = configmgr_role_assignment.cm02
}
