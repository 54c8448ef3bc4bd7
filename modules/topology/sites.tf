# Generated from the provider's schema by `make generate`: it passes on every argument that a design can have.

# Sites without a parent, and those whose parent is designed elsewhere.
resource "configmgr_site" "top_level" {
  for_each = local.top_level_sites

  site_code                   = each.value.site_code
  parent                      = each.value.parent
  accepted_findings           = each.value.accepted_findings
  branch                      = each.value.branch
  client_communication        = each.value.client_communication
  client_languages            = each.value.client_languages
  content_library_path        = each.value.content_library_path
  domain                      = each.value.domain
  forest                      = each.value.forest
  install_directory           = each.value.install_directory
  installed                   = each.value.installed
  name                        = each.value.name
  network_access_accounts     = each.value.network_access_accounts
  parent_forest_trust         = each.value.parent_forest_trust
  passive_site_server         = each.value.passive_site_server
  setup_media                 = each.value.setup_media
  site_server                 = each.value.site_server
  site_type                   = each.value.site_type
  sms_providers               = each.value.sms_providers
  software_update_source      = each.value.software_update_source
  unknown                     = each.value.unknown
  use_pki_client_certificates = each.value.use_pki_client_certificates
  version                     = each.value.version

  dynamic "client_ports" {
    for_each = each.value.client_ports[*]
    content {
      http         = client_ports.value.http
      https        = client_ports.value.https
      notification = client_ports.value.notification
    }
  }

  dynamic "clients" {
    for_each = each.value.clients[*]
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
    for_each = each.value.database[*]
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

  site_code                   = each.value.site_code
  parent                      = try(local.above_primary_sites[each.value.parent.site_code], each.value.parent)
  accepted_findings           = each.value.accepted_findings
  branch                      = each.value.branch
  client_communication        = each.value.client_communication
  client_languages            = each.value.client_languages
  content_library_path        = each.value.content_library_path
  domain                      = each.value.domain
  forest                      = each.value.forest
  install_directory           = each.value.install_directory
  installed                   = each.value.installed
  name                        = each.value.name
  network_access_accounts     = each.value.network_access_accounts
  parent_forest_trust         = each.value.parent_forest_trust
  passive_site_server         = each.value.passive_site_server
  setup_media                 = each.value.setup_media
  site_server                 = each.value.site_server
  site_type                   = each.value.site_type
  sms_providers               = each.value.sms_providers
  software_update_source      = each.value.software_update_source
  unknown                     = each.value.unknown
  use_pki_client_certificates = each.value.use_pki_client_certificates
  version                     = each.value.version

  dynamic "client_ports" {
    for_each = each.value.client_ports[*]
    content {
      http         = client_ports.value.http
      https        = client_ports.value.https
      notification = client_ports.value.notification
    }
  }

  dynamic "clients" {
    for_each = each.value.clients[*]
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
    for_each = each.value.database[*]
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

  site_code                   = each.value.site_code
  parent                      = try(local.above_secondary_sites[each.value.parent.site_code], each.value.parent)
  accepted_findings           = each.value.accepted_findings
  branch                      = each.value.branch
  client_communication        = each.value.client_communication
  client_languages            = each.value.client_languages
  content_library_path        = each.value.content_library_path
  domain                      = each.value.domain
  forest                      = each.value.forest
  install_directory           = each.value.install_directory
  installed                   = each.value.installed
  name                        = each.value.name
  network_access_accounts     = each.value.network_access_accounts
  parent_forest_trust         = each.value.parent_forest_trust
  passive_site_server         = each.value.passive_site_server
  setup_media                 = each.value.setup_media
  site_server                 = each.value.site_server
  site_type                   = each.value.site_type
  sms_providers               = each.value.sms_providers
  software_update_source      = each.value.software_update_source
  unknown                     = each.value.unknown
  use_pki_client_certificates = each.value.use_pki_client_certificates
  version                     = each.value.version

  dynamic "client_ports" {
    for_each = each.value.client_ports[*]
    content {
      http         = client_ports.value.http
      https        = client_ports.value.https
      notification = client_ports.value.notification
    }
  }

  dynamic "clients" {
    for_each = each.value.clients[*]
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
    for_each = each.value.database[*]
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
