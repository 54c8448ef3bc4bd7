# Generated from the provider's schema by `make generate`: it passes on every argument that a design can have.

resource "configmgr_site_system_server" "this" {
  for_each = local.topology.site_system_servers

  site                              = local.sites[each.value.site.site_code]
  accepted_findings                 = each.value.accepted_findings
  client_installed                  = each.value.client_installed
  client_site_code                  = each.value.client_site_code
  cluster_node                      = each.value.cluster_node
  dhcp_server                       = each.value.dhcp_server
  domain                            = each.value.domain
  domain_controller                 = each.value.domain_controller
  forest                            = each.value.forest
  fqdn                              = each.value.fqdn
  installation_account              = each.value.installation_account
  internet_fqdn                     = each.value.internet_fqdn
  internet_proxy                    = each.value.internet_proxy
  netbios_name                      = each.value.netbios_name
  operating_system                  = each.value.operating_system
  other_sql_applications            = each.value.other_sql_applications
  perimeter_network                 = each.value.perimeter_network
  server_core                       = each.value.server_core
  site_server_initiates_connections = each.value.site_server_initiates_connections
  site_server_link                  = each.value.site_server_link
  unknown                           = each.value.unknown
  untrusted_forest                  = each.value.untrusted_forest
  workgroup                         = each.value.workgroup

  dynamic "inventory" {
    for_each = each.value.inventory[*]
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
    for_each = each.value.proxy[*]
    content {
      port        = proxy.value.port
      server_name = proxy.value.server_name
    }
  }
}
