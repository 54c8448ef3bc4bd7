# Plans a Configuration Manager hierarchy from one design file: sites by tier, servers, role assignments, the hierarchy.

locals {
  # The bytes of the file, because Windows PowerShell 5.1 writes UTF-16, which file() refuses.
  topology = provider::configmgr::topology_from_yaml(var.design_file == null ? var.design : filebase64(var.design_file))

  # Sites refer to their parents, and a resource with for_each cannot refer to itself: one resource for each tier.
  # The keys are those of the file; a parent of the file is named by its key.
  has_parent = { for code, site in local.topology.sites : code => try(contains(keys(local.topology.sites), site.parent.site_code), false) }

  # The loops are over keys: Terraform copies what a loop is over for each of its instances, so that with whole elements a
  # plan of 500 servers takes seven times as long.
  top_level_sites      = { for code, below in local.has_parent : code => code if !below }
  child_primary_sites  = { for code, below in local.has_parent : code => code if below && local.topology.sites[code].site_type != "secondary" }
  secondary_sites      = { for code, below in local.has_parent : code => code if below && local.topology.sites[code].site_type == "secondary" }
  server_keys          = { for key, server in local.topology.site_system_servers : key => key }
  role_assignment_keys = { for key, assignment in local.topology.role_assignments : key => key }

  above_primary_sites   = configmgr_site.top_level
  above_secondary_sites = merge(configmgr_site.top_level, configmgr_site.child_primary)

  # Resources are referred to through locals: Terraform looks at all instances of a resource for each index into it.
  sites   = merge(configmgr_site.top_level, configmgr_site.child_primary, configmgr_site.secondary)
  servers = configmgr_site_system_server.this

  findings = provider::configmgr::check_topology(local.topology, var.options)
  summary  = provider::configmgr::design_summary(local.topology, var.options)
}
