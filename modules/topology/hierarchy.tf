# Generated from the provider's schema by `make generate`: it passes on every argument that a design can have.

# What no site, server or role can see alone. With report_at = "hierarchy" in the provider block, all findings are here.
resource "configmgr_hierarchy" "this" {
  sites               = local.sites
  site_system_servers = local.servers
  role_assignments    = configmgr_role_assignment.this
  required_roles      = var.required_roles

  accepted_findings                  = local.topology.accepted_findings
  cloud_management_gateways          = local.topology.cloud_management_gateways
  distributed_views                  = local.topology.distributed_views
  features                           = local.topology.features
  file_replication_routes            = local.topology.file_replication_routes
  file_servers                       = local.topology.file_servers
  other_availability_group_listeners = local.topology.other_availability_group_listeners
  package_count                      = local.topology.package_count
  published_site_codes               = local.topology.published_site_codes
  replication_schedules              = local.topology.replication_schedules
  retired_site_codes                 = local.topology.retired_site_codes
  unknown                            = local.topology.unknown
}
