# Plans a Configuration Manager hierarchy from one design file: sites by tier, servers, role assignments, the hierarchy.

locals {
  # The bytes of the file, because Windows PowerShell 5.1 writes UTF-16, which file() refuses.
  topology = provider::configmgr::topology_from_yaml(var.design_file == null ? var.design : filebase64(var.design_file))

  # Sites refer to their parents, and a resource with for_each cannot refer to itself: one resource for each tier.
  # The keys are those of the file; a parent of the file is named by its key.
  has_parent = { for code, site in local.topology.sites : code => try(contains(keys(local.topology.sites), site.parent.site_code), false) }

  top_level_sites     = { for code, site in local.topology.sites : code => site if !local.has_parent[code] }
  child_primary_sites = { for code, site in local.topology.sites : code => site if local.has_parent[code] && site.site_type != "secondary" }
  secondary_sites     = { for code, site in local.topology.sites : code => site if local.has_parent[code] && site.site_type == "secondary" }

  above_primary_sites   = configmgr_site.top_level
  above_secondary_sites = merge(configmgr_site.top_level, configmgr_site.child_primary)

  # Resources are referred to through locals: Terraform looks at all instances of a resource for each index into it.
  sites   = merge(configmgr_site.top_level, configmgr_site.child_primary, configmgr_site.secondary)
  servers = configmgr_site_system_server.this

  findings = provider::configmgr::check_topology(local.topology, var.options)
}
