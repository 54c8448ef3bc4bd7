# Generated from the provider's schema by `make generate`: it passes on every argument that a design can have.

resource "configmgr_site_system_server" "this" {
  for_each = local.server_keys

  site                              = local.sites[local.topology.site_system_servers[each.key].site.site_code]
  accepted_findings                 = local.topology.site_system_servers[each.key].accepted_findings
  client_installed                  = local.topology.site_system_servers[each.key].client_installed
  client_site_code                  = local.topology.site_system_servers[each.key].client_site_code
  cluster_node                      = local.topology.site_system_servers[each.key].cluster_node
  dhcp_server                       = local.topology.site_system_servers[each.key].dhcp_server
  domain                            = local.topology.site_system_servers[each.key].domain
  domain_controller                 = local.topology.site_system_servers[each.key].domain_controller
  forest                            = local.topology.site_system_servers[each.key].forest
  fqdn                              = local.topology.site_system_servers[each.key].fqdn
  installation_account              = local.topology.site_system_servers[each.key].installation_account
  internet_fqdn                     = local.topology.site_system_servers[each.key].internet_fqdn
  internet_proxy                    = local.topology.site_system_servers[each.key].internet_proxy
  netbios_name                      = local.topology.site_system_servers[each.key].netbios_name
  operating_system                  = local.topology.site_system_servers[each.key].operating_system
  other_sql_applications            = local.topology.site_system_servers[each.key].other_sql_applications
  perimeter_network                 = local.topology.site_system_servers[each.key].perimeter_network
  server_core                       = local.topology.site_system_servers[each.key].server_core
  site_server_initiates_connections = local.topology.site_system_servers[each.key].site_server_initiates_connections
  site_server_link                  = local.topology.site_system_servers[each.key].site_server_link
  unknown                           = local.topology.site_system_servers[each.key].unknown
  untrusted_forest                  = local.topology.site_system_servers[each.key].untrusted_forest
  workgroup                         = local.topology.site_system_servers[each.key].workgroup

  dynamic "inventory" {
    for_each = local.topology.site_system_servers[each.key].inventory[*]
    content {
      adk_components      = inventory.value.adk_components
      adk_version         = inventory.value.adk_version
      certificates        = inventory.value.certificates
      dotnet_version      = inventory.value.dotnet_version
      location            = inventory.value.location
      odbc_driver_version = inventory.value.odbc_driver_version
      reporting_services  = inventory.value.reporting_services
      windows_features    = inventory.value.windows_features
    }
  }

  dynamic "proxy" {
    for_each = local.topology.site_system_servers[each.key].proxy[*]
    content {
      port        = proxy.value.port
      server_name = proxy.value.server_name
    }
  }
}
