# Generated from the provider's schema by `make generate`: it passes on every argument that a design can have.

resource "configmgr_role_assignment" "this" {
  for_each = local.role_assignment_keys

  server            = local.servers[regex("^(.*)/", each.key)[0]]
  role              = local.topology.role_assignments[each.key].role
  accepted_findings = local.topology.role_assignments[each.key].accepted_findings
  installed         = local.topology.role_assignments[each.key].installed
  unknown           = local.topology.role_assignments[each.key].unknown

  dynamic "certificate_registration_point" {
    for_each = local.topology.role_assignments[each.key].certificate_registration_point[*]
    content {
      database_connection_account = certificate_registration_point.value.database_connection_account
      ndes_server                 = certificate_registration_point.value.ndes_server
      request_type                = certificate_registration_point.value.request_type
    }
  }

  dynamic "cloud_management_gateway_connection_point" {
    for_each = local.topology.role_assignments[each.key].cloud_management_gateway_connection_point[*]
    content {
      client_authentication_certificate = cloud_management_gateway_connection_point.value.client_authentication_certificate
      cloud_management_gateway          = cloud_management_gateway_connection_point.value.cloud_management_gateway
    }
  }

  dynamic "data_warehouse_service_point" {
    for_each = local.topology.role_assignments[each.key].data_warehouse_service_point[*]
    content {
      account         = data_warehouse_service_point.value.account
      database_server = data_warehouse_service_point.value.database_server
      retention_days  = data_warehouse_service_point.value.retention_days
    }
  }

  dynamic "distribution_point" {
    for_each = local.topology.role_assignments[each.key].distribution_point[*]
    content {
      allow_anonymous         = distribution_point.value.allow_anonymous
      allow_prestaged_content = distribution_point.value.allow_prestaged_content
      boundary_groups         = distribution_point.value.boundary_groups
      certificate             = distribution_point.value.certificate
      certificate_expiration  = distribution_point.value.certificate_expiration
      client_connections      = distribution_point.value.client_connections
      clients                 = distribution_point.value.clients
      connected_cache         = distribution_point.value.connected_cache
      install_iis             = distribution_point.value.install_iis
      listen_on_dhcp_port     = distribution_point.value.listen_on_dhcp_port
      minimum_free_space      = distribution_point.value.minimum_free_space
      package_count           = distribution_point.value.package_count
      primary_content_drive   = distribution_point.value.primary_content_drive
      primary_package_drive   = distribution_point.value.primary_package_drive
      protocol                = distribution_point.value.protocol
      pull_sources            = distribution_point.value.pull_sources
      pxe                     = distribution_point.value.pxe
      pxe_response_delay      = distribution_point.value.pxe_response_delay
      rate_limits             = distribution_point.value.rate_limits
      secondary_content_drive = distribution_point.value.secondary_content_drive
      secondary_package_drive = distribution_point.value.secondary_package_drive

      dynamic "multicast" {
        for_each = distribution_point.value.multicast[*]
        content {
          connection_account   = multicast.value.connection_account
          maximum_clients      = multicast.value.maximum_clients
          minimum_session_size = multicast.value.minimum_session_size
          session_start_delay  = multicast.value.session_start_delay
          udp_port_end         = multicast.value.udp_port_end
          udp_port_start       = multicast.value.udp_port_start
        }
      }
    }
  }

  dynamic "enrollment_point" {
    for_each = local.topology.role_assignments[each.key].enrollment_point[*]
    content {
      database_connection_account = enrollment_point.value.database_connection_account
    }
  }

  dynamic "enrollment_proxy_point" {
    for_each = local.topology.role_assignments[each.key].enrollment_proxy_point[*]
    content {
      client_connections = enrollment_proxy_point.value.client_connections
      enrollment_point   = enrollment_proxy_point.value.enrollment_point
    }
  }

  dynamic "exchange_server_connector" {
    for_each = local.topology.role_assignments[each.key].exchange_server_connector[*]
    content {
      organization = exchange_server_connector.value.organization
    }
  }

  dynamic "fallback_status_point" {
    for_each = local.topology.role_assignments[each.key].fallback_status_point[*]
    content {
      clients = fallback_status_point.value.clients
    }
  }

  dynamic "management_point" {
    for_each = local.topology.role_assignments[each.key].management_point[*]
    content {
      allow_cmg_traffic           = management_point.value.allow_cmg_traffic
      allow_mobile_devices        = management_point.value.allow_mobile_devices
      boundary_groups             = management_point.value.boundary_groups
      client_connections          = management_point.value.client_connections
      clients                     = management_point.value.clients
      database_connection_account = management_point.value.database_connection_account
      macos                       = management_point.value.macos
      mobile_devices              = management_point.value.mobile_devices
      protocol                    = management_point.value.protocol
      trusts_user_forest          = management_point.value.trusts_user_forest

      dynamic "database_replica" {
        for_each = management_point.value.database_replica[*]
        content {
          database_name = database_replica.value.database_name
          instance      = database_replica.value.instance
          server        = database_replica.value.server
        }
      }
    }
  }

  dynamic "reporting_services_point" {
    for_each = local.topology.role_assignments[each.key].reporting_services_point[*]
    content {
      account                = reporting_services_point.value.account
      database_server        = reporting_services_point.value.database_server
      folder_name            = reporting_services_point.value.folder_name
      report_server_instance = reporting_services_point.value.report_server_instance
    }
  }

  dynamic "service_connection_point" {
    for_each = local.topology.role_assignments[each.key].service_connection_point[*]
    content {
      mode = service_connection_point.value.mode
    }
  }

  dynamic "software_update_point" {
    for_each = local.topology.role_assignments[each.key].software_update_point[*]
    content {
      allow_cmg_traffic                        = software_update_point.value.allow_cmg_traffic
      client_connections                       = software_update_point.value.client_connections
      existing_wsus                            = software_update_point.value.existing_wsus
      http_port                                = software_update_point.value.http_port
      https_port                               = software_update_point.value.https_port
      network_load_balanced                    = software_update_point.value.network_load_balanced
      protocol                                 = software_update_point.value.protocol
      synchronization_source                   = software_update_point.value.synchronization_source
      use_proxy                                = software_update_point.value.use_proxy
      use_proxy_for_automatic_deployment_rules = software_update_point.value.use_proxy_for_automatic_deployment_rules
      wsus_connection_account                  = software_update_point.value.wsus_connection_account
      wsus_database_instance                   = software_update_point.value.wsus_database_instance
      wsus_database_server                     = software_update_point.value.wsus_database_server
      wsus_website                             = software_update_point.value.wsus_website
    }
  }
}
