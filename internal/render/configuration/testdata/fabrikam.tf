# Written from an export of the hierarchy that runs. Attributes that no export knows are named in unknown, or left out.
# Review it, and take what you know out of unknown by giving it a value.

resource "configmgr_site" "top" {
  site_code         = "TOP"
  site_type         = "central_administration"
  name              = "Fabrikam"
  site_server       = "top-ss.fabrikam.net"
  version           = "2603"
  install_directory = "E:\\ConfigMgr"
  setup_media       = "cd_latest"
  installed         = true
  unknown           = ["content_library_path", "database.failover_cluster"]

  database {
    server = "top-sql.fabrikam.net"
  }
}

resource "configmgr_site" "eu1" {
  site_code           = "EU1"
  site_type           = "primary"
  name                = "Europe"
  site_server         = "eu1-ss.fabrikam.net"
  version             = "2603"
  parent              = configmgr_site.top
  passive_site_server = "eu1-ha.fabrikam.net"
  sms_providers       = ["eu1-ha.fabrikam.net", "eu1-prov.fabrikam.net", "eu1-ss.fabrikam.net"]
  install_directory   = "E:\\ConfigMgr"
  installed           = true
  unknown             = ["client_ports", "content_library_path", "database.failover_cluster"]

  database {
    server = "eu1-sql.fabrikam.net"
  }
}

resource "configmgr_site" "osl" {
  site_code         = "OSL"
  site_type         = "secondary"
  name              = "Oslo"
  site_server       = "osl-ss.fabrikam.net"
  version           = "2603"
  parent            = configmgr_site.eu1
  install_directory = "E:\\ConfigMgr"
  domain            = "fabrikam.net"
  installed         = true
  unknown           = ["client_ports"]

  database {
    instance = "CONFIGMGRSEC"
  }
}

locals {
  # Servers of site TOP, by name.
  top_servers = {
    "top-scp.fabrikam.net" = {}
    "top-sql.fabrikam.net" = {}
    "top-ss.fabrikam.net"  = {}
  }
}

resource "configmgr_site_system_server" "top" {
  for_each = local.top_servers

  fqdn    = each.key
  site    = configmgr_site.top
  unknown = ["installation_account", "internet_fqdn", "proxy"]
}

locals {
  # Servers of site EU1, by name.
  eu1_servers = {
    "eu1-dp.fabrikam.net"   = {}
    "eu1-ha.fabrikam.net"   = {}
    "eu1-mp.fabrikam.net"   = {}
    "eu1-prov.fabrikam.net" = {}
    "eu1-sql.fabrikam.net"  = {}
    "eu1-ss.fabrikam.net"   = {}
  }
}

resource "configmgr_site_system_server" "eu1" {
  for_each = local.eu1_servers

  fqdn    = each.key
  site    = configmgr_site.eu1
  unknown = ["installation_account", "internet_fqdn", "proxy"]
}

locals {
  # Servers of site OSL, by name.
  osl_servers = {
    "osl-ss.fabrikam.net" = {}
  }
}

resource "configmgr_site_system_server" "osl" {
  for_each = local.osl_servers

  fqdn    = each.key
  site    = configmgr_site.osl
  unknown = ["installation_account", "internet_fqdn", "proxy"]
}

locals {
  sites = {
    TOP = configmgr_site.top
    EU1 = configmgr_site.eu1
    OSL = configmgr_site.osl
  }

  site_system_servers = { for server in concat(
    values(configmgr_site_system_server.top),
    values(configmgr_site_system_server.eu1),
    values(configmgr_site_system_server.osl),
  ) : server.id => server }
}

resource "configmgr_role_assignment" "top_service_connection_point" {
  server    = configmgr_site_system_server.top["top-scp.fabrikam.net"]
  role      = "service_connection_point"
  installed = true
}

resource "configmgr_role_assignment" "eu1_distribution_point" {
  server    = configmgr_site_system_server.eu1["eu1-dp.fabrikam.net"]
  role      = "distribution_point"
  installed = true
  unknown   = ["distribution_point.multicast", "distribution_point.pull_sources", "distribution_point.pxe"]
}

resource "configmgr_role_assignment" "eu1_management_point" {
  server    = configmgr_site_system_server.eu1["eu1-mp.fabrikam.net"]
  role      = "management_point"
  installed = true
  unknown   = ["management_point.database_replica"]
}

resource "configmgr_role_assignment" "osl_distribution_point" {
  server    = configmgr_site_system_server.osl["osl-ss.fabrikam.net"]
  role      = "distribution_point"
  installed = true
  unknown   = ["distribution_point.multicast", "distribution_point.pull_sources", "distribution_point.pxe"]
}

resource "configmgr_role_assignment" "osl_management_point" {
  server    = configmgr_site_system_server.osl["osl-ss.fabrikam.net"]
  role      = "management_point"
  installed = true
  unknown   = ["management_point.database_replica"]
}

locals {
  # What functions such as check_topology, topology_drift and installation take.
  topology = {
    sites               = local.sites
    site_system_servers = local.site_system_servers
    role_assignments = { for role in [
      configmgr_role_assignment.top_service_connection_point,
      configmgr_role_assignment.eu1_distribution_point,
      configmgr_role_assignment.eu1_management_point,
      configmgr_role_assignment.osl_distribution_point,
      configmgr_role_assignment.osl_management_point,
    ] : role.id => role }
    unknown = ["cloud_management_gateways"]
  }
}

resource "configmgr_hierarchy" "this" {
  sites               = local.topology.sites
  site_system_servers = local.topology.site_system_servers
  role_assignments    = local.topology.role_assignments
  unknown             = ["cloud_management_gateways"]
}

import {
  to = configmgr_site.top
  id = "TOP"
}

import {
  to = configmgr_site.eu1
  id = "EU1"
}

import {
  to = configmgr_site.osl
  id = "OSL"
}

import {
  to = configmgr_site_system_server.top["top-scp.fabrikam.net"]
  id = "TOP/top-scp.fabrikam.net"
}

import {
  to = configmgr_site_system_server.top["top-sql.fabrikam.net"]
  id = "TOP/top-sql.fabrikam.net"
}

import {
  to = configmgr_site_system_server.top["top-ss.fabrikam.net"]
  id = "TOP/top-ss.fabrikam.net"
}

import {
  to = configmgr_site_system_server.eu1["eu1-dp.fabrikam.net"]
  id = "EU1/eu1-dp.fabrikam.net"
}

import {
  to = configmgr_site_system_server.eu1["eu1-ha.fabrikam.net"]
  id = "EU1/eu1-ha.fabrikam.net"
}

import {
  to = configmgr_site_system_server.eu1["eu1-mp.fabrikam.net"]
  id = "EU1/eu1-mp.fabrikam.net"
}

import {
  to = configmgr_site_system_server.eu1["eu1-prov.fabrikam.net"]
  id = "EU1/eu1-prov.fabrikam.net"
}

import {
  to = configmgr_site_system_server.eu1["eu1-sql.fabrikam.net"]
  id = "EU1/eu1-sql.fabrikam.net"
}

import {
  to = configmgr_site_system_server.eu1["eu1-ss.fabrikam.net"]
  id = "EU1/eu1-ss.fabrikam.net"
}

import {
  to = configmgr_site_system_server.osl["osl-ss.fabrikam.net"]
  id = "OSL/osl-ss.fabrikam.net"
}

import {
  to = configmgr_role_assignment.top_service_connection_point
  id = "TOP/top-scp.fabrikam.net/service_connection_point"
}

import {
  to = configmgr_role_assignment.eu1_distribution_point
  id = "EU1/eu1-dp.fabrikam.net/distribution_point"
}

import {
  to = configmgr_role_assignment.eu1_management_point
  id = "EU1/eu1-mp.fabrikam.net/management_point"
}

import {
  to = configmgr_role_assignment.osl_distribution_point
  id = "OSL/osl-ss.fabrikam.net/distribution_point"
}

import {
  to = configmgr_role_assignment.osl_management_point
  id = "OSL/osl-ss.fabrikam.net/management_point"
}
