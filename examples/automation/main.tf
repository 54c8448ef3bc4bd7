# A design with all that is made of it: the scripts that install it, the inventory of its servers, the rules for the
# firewall and a diagram. A local holds the topology: the hierarchy checks it, and the functions make of it what the plan
# shows.

terraform {
  required_version = ">= 1.11"

  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

resource "configmgr_site" "cas" {
  site_code         = "CAS"
  site_type         = "central_administration"
  name              = "Contoso"
  site_server       = "cas01.contoso.com"
  install_directory = "D:\\ConfigMgr"

  database {
    edition = "enterprise"
  }
}

resource "configmgr_site" "ps1" {
  site_code            = "PS1"
  site_type            = "primary"
  name                 = "Contoso Seattle"
  parent               = configmgr_site.cas
  site_server          = "ps101.contoso.com"
  install_directory    = "D:\\ConfigMgr"
  client_communication = "enhanced_http"
}

locals {
  sites = { CAS = configmgr_site.cas, PS1 = configmgr_site.ps1 }

  roles = {
    cas02 = { site = "CAS", role = "service_connection_point" }
    mp01  = { site = "PS1", role = "management_point" }
    dp01  = { site = "PS1", role = "distribution_point" }
  }
}

resource "configmgr_site_system_server" "this" {
  for_each = local.roles

  fqdn             = "${each.key}.contoso.com"
  site             = local.sites[each.value.site]
  operating_system = "windows_server_2022"
}

locals {
  servers = configmgr_site_system_server.this
}

resource "configmgr_role_assignment" "this" {
  for_each = local.roles

  server = local.servers[each.key]
  role   = each.value.role
}

locals {
  topology = {
    sites               = local.sites
    site_system_servers = local.servers
    role_assignments    = configmgr_role_assignment.this
  }
}

resource "configmgr_hierarchy" "contoso" {
  sites               = local.topology.sites
  site_system_servers = local.topology.site_system_servers
  role_assignments    = local.topology.role_assignments
}
