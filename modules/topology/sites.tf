# Generated from the provider's schema by `make generate`: it passes on every argument that a design can have.

# Sites without a parent, and those whose parent is designed elsewhere.
resource "configmgr_site" "top_level" {
  for_each = local.top_level_sites

  site_code                   = local.topology.sites[each.key].site_code
  parent                      = local.topology.sites[each.key].parent
  accepted_findings           = local.topology.sites[each.key].accepted_findings
  branch                      = local.topology.sites[each.key].branch
  client_communication        = local.topology.sites[each.key].client_communication
  client_languages            = local.topology.sites[each.key].client_languages
  content_library_path        = local.topology.sites[each.key].content_library_path
  domain                      = local.topology.sites[each.key].domain
  forest                      = local.topology.sites[each.key].forest
  install_directory           = local.topology.sites[each.key].install_directory
  installed                   = local.topology.sites[each.key].installed
  name                        = local.topology.sites[each.key].name
  network_access_accounts     = local.topology.sites[each.key].network_access_accounts
  parent_forest_trust         = local.topology.sites[each.key].parent_forest_trust
  passive_site_server         = local.topology.sites[each.key].passive_site_server
  setup_media                 = local.topology.sites[each.key].setup_media
  site_server                 = local.topology.sites[each.key].site_server
  site_type                   = local.topology.sites[each.key].site_type
  sms_providers               = local.topology.sites[each.key].sms_providers
  software_update_source      = local.topology.sites[each.key].software_update_source
  unknown                     = local.topology.sites[each.key].unknown
  use_pki_client_certificates = local.topology.sites[each.key].use_pki_client_certificates
  version                     = local.topology.sites[each.key].version

  dynamic "client_ports" {
    for_each = local.topology.sites[each.key].client_ports[*]
    content {
      http         = client_ports.value.http
      https        = client_ports.value.https
      notification = client_ports.value.notification
    }
  }

  dynamic "clients" {
    for_each = local.topology.sites[each.key].clients[*]
    content {
      macos                               = clients.value.macos
      mobile_devices                      = clients.value.mobile_devices
      windows                             = clients.value.windows
      windows_embedded_with_exceptions    = clients.value.windows_embedded_with_exceptions
      windows_embedded_without_exceptions = clients.value.windows_embedded_without_exceptions
      workgroup                           = clients.value.workgroup
    }
  }

  dynamic "database" {
    for_each = local.topology.sites[each.key].database[*]
    content {
      authentication        = database.value.authentication
      collation             = database.value.collation
      compatibility_level   = database.value.compatibility_level
      cumulative_update     = database.value.cumulative_update
      data_file_path        = database.value.data_file_path
      edition               = database.value.edition
      instance              = database.value.instance
      log_file_path         = database.value.log_file_path
      minimum_server_memory = database.value.minimum_server_memory
      name                  = database.value.name
      port                  = database.value.port
      server                = database.value.server
      service_account       = database.value.service_account
      service_broker_port   = database.value.service_broker_port
      sql_version           = database.value.sql_version

      dynamic "availability_group" {
        for_each = database.value.availability_group[*]
        content {
          connections_in_primary_role = availability_group.value.connections_in_primary_role
          name                        = availability_group.value.name
          readable_secondary          = availability_group.value.readable_secondary
          replicas                    = availability_group.value.replicas
        }
      }

      dynamic "failover_cluster" {
        for_each = database.value.failover_cluster[*]
        content {
          cluster_shared_volumes = failover_cluster.value.cluster_shared_volumes
          nodes                  = failover_cluster.value.nodes
        }
      }
    }
  }
}

# Primary sites below one of them.
resource "configmgr_site" "child_primary" {
  for_each = local.child_primary_sites

  site_code                   = local.topology.sites[each.key].site_code
  parent                      = try(local.above_primary_sites[local.topology.sites[each.key].parent.site_code], local.topology.sites[each.key].parent)
  accepted_findings           = local.topology.sites[each.key].accepted_findings
  branch                      = local.topology.sites[each.key].branch
  client_communication        = local.topology.sites[each.key].client_communication
  client_languages            = local.topology.sites[each.key].client_languages
  content_library_path        = local.topology.sites[each.key].content_library_path
  domain                      = local.topology.sites[each.key].domain
  forest                      = local.topology.sites[each.key].forest
  install_directory           = local.topology.sites[each.key].install_directory
  installed                   = local.topology.sites[each.key].installed
  name                        = local.topology.sites[each.key].name
  network_access_accounts     = local.topology.sites[each.key].network_access_accounts
  parent_forest_trust         = local.topology.sites[each.key].parent_forest_trust
  passive_site_server         = local.topology.sites[each.key].passive_site_server
  setup_media                 = local.topology.sites[each.key].setup_media
  site_server                 = local.topology.sites[each.key].site_server
  site_type                   = local.topology.sites[each.key].site_type
  sms_providers               = local.topology.sites[each.key].sms_providers
  software_update_source      = local.topology.sites[each.key].software_update_source
  unknown                     = local.topology.sites[each.key].unknown
  use_pki_client_certificates = local.topology.sites[each.key].use_pki_client_certificates
  version                     = local.topology.sites[each.key].version

  dynamic "client_ports" {
    for_each = local.topology.sites[each.key].client_ports[*]
    content {
      http         = client_ports.value.http
      https        = client_ports.value.https
      notification = client_ports.value.notification
    }
  }

  dynamic "clients" {
    for_each = local.topology.sites[each.key].clients[*]
    content {
      macos                               = clients.value.macos
      mobile_devices                      = clients.value.mobile_devices
      windows                             = clients.value.windows
      windows_embedded_with_exceptions    = clients.value.windows_embedded_with_exceptions
      windows_embedded_without_exceptions = clients.value.windows_embedded_without_exceptions
      workgroup                           = clients.value.workgroup
    }
  }

  dynamic "database" {
    for_each = local.topology.sites[each.key].database[*]
    content {
      authentication        = database.value.authentication
      collation             = database.value.collation
      compatibility_level   = database.value.compatibility_level
      cumulative_update     = database.value.cumulative_update
      data_file_path        = database.value.data_file_path
      edition               = database.value.edition
      instance              = database.value.instance
      log_file_path         = database.value.log_file_path
      minimum_server_memory = database.value.minimum_server_memory
      name                  = database.value.name
      port                  = database.value.port
      server                = database.value.server
      service_account       = database.value.service_account
      service_broker_port   = database.value.service_broker_port
      sql_version           = database.value.sql_version

      dynamic "availability_group" {
        for_each = database.value.availability_group[*]
        content {
          connections_in_primary_role = availability_group.value.connections_in_primary_role
          name                        = availability_group.value.name
          readable_secondary          = availability_group.value.readable_secondary
          replicas                    = availability_group.value.replicas
        }
      }

      dynamic "failover_cluster" {
        for_each = database.value.failover_cluster[*]
        content {
          cluster_shared_volumes = failover_cluster.value.cluster_shared_volumes
          nodes                  = failover_cluster.value.nodes
        }
      }
    }
  }
}

# Secondary sites.
resource "configmgr_site" "secondary" {
  for_each = local.secondary_sites

  site_code                   = local.topology.sites[each.key].site_code
  parent                      = try(local.above_secondary_sites[local.topology.sites[each.key].parent.site_code], local.topology.sites[each.key].parent)
  accepted_findings           = local.topology.sites[each.key].accepted_findings
  branch                      = local.topology.sites[each.key].branch
  client_communication        = local.topology.sites[each.key].client_communication
  client_languages            = local.topology.sites[each.key].client_languages
  content_library_path        = local.topology.sites[each.key].content_library_path
  domain                      = local.topology.sites[each.key].domain
  forest                      = local.topology.sites[each.key].forest
  install_directory           = local.topology.sites[each.key].install_directory
  installed                   = local.topology.sites[each.key].installed
  name                        = local.topology.sites[each.key].name
  network_access_accounts     = local.topology.sites[each.key].network_access_accounts
  parent_forest_trust         = local.topology.sites[each.key].parent_forest_trust
  passive_site_server         = local.topology.sites[each.key].passive_site_server
  setup_media                 = local.topology.sites[each.key].setup_media
  site_server                 = local.topology.sites[each.key].site_server
  site_type                   = local.topology.sites[each.key].site_type
  sms_providers               = local.topology.sites[each.key].sms_providers
  software_update_source      = local.topology.sites[each.key].software_update_source
  unknown                     = local.topology.sites[each.key].unknown
  use_pki_client_certificates = local.topology.sites[each.key].use_pki_client_certificates
  version                     = local.topology.sites[each.key].version

  dynamic "client_ports" {
    for_each = local.topology.sites[each.key].client_ports[*]
    content {
      http         = client_ports.value.http
      https        = client_ports.value.https
      notification = client_ports.value.notification
    }
  }

  dynamic "clients" {
    for_each = local.topology.sites[each.key].clients[*]
    content {
      macos                               = clients.value.macos
      mobile_devices                      = clients.value.mobile_devices
      windows                             = clients.value.windows
      windows_embedded_with_exceptions    = clients.value.windows_embedded_with_exceptions
      windows_embedded_without_exceptions = clients.value.windows_embedded_without_exceptions
      workgroup                           = clients.value.workgroup
    }
  }

  dynamic "database" {
    for_each = local.topology.sites[each.key].database[*]
    content {
      authentication        = database.value.authentication
      collation             = database.value.collation
      compatibility_level   = database.value.compatibility_level
      cumulative_update     = database.value.cumulative_update
      data_file_path        = database.value.data_file_path
      edition               = database.value.edition
      instance              = database.value.instance
      log_file_path         = database.value.log_file_path
      minimum_server_memory = database.value.minimum_server_memory
      name                  = database.value.name
      port                  = database.value.port
      server                = database.value.server
      service_account       = database.value.service_account
      service_broker_port   = database.value.service_broker_port
      sql_version           = database.value.sql_version

      dynamic "availability_group" {
        for_each = database.value.availability_group[*]
        content {
          connections_in_primary_role = availability_group.value.connections_in_primary_role
          name                        = availability_group.value.name
          readable_secondary          = availability_group.value.readable_secondary
          replicas                    = availability_group.value.replicas
        }
      }

      dynamic "failover_cluster" {
        for_each = database.value.failover_cluster[*]
        content {
          cluster_shared_volumes = failover_cluster.value.cluster_shared_volumes
          nodes                  = failover_cluster.value.nodes
        }
      }
    }
  }
}
