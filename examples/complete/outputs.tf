locals {
  installation = provider::configmgr::installation(local.topology, {})
}

output "top_level_site_code" {
  description = "The code of the top-level site."
  value       = configmgr_hierarchy.contoso.top_level_site_code
}

output "tiers" {
  description = "The place of each site in the hierarchy."
  value       = tomap({ for code, site in local.sites : code => site.tier })
}

output "roles_by_server" {
  description = "What each server holds, a line each."
  value       = tomap({ for fqdn, roles in { for a in local.role_assignments : a.fqdn => a.role... } : fqdn => join(", ", sort(roles)) })
}

output "required_roles" {
  description = "The number of instances of each role that the clients of a primary site need at least."
  value = tomap({ for code, site in data.configmgr_required_roles.this.sites : code => tomap({
    for role, answer in site.roles : role => answer.minimum if answer.minimum > 0
  }) })
}

output "install_order" {
  description = "The steps that build the hierarchy, in an order in which they can be done."
  value       = tolist([for step in local.installation.steps : "${step.phase}: ${step.id}"])
}

output "windows_features" {
  description = "The Windows features of each server, as Install-WindowsFeature -Name takes them."
  value       = tomap({ for fqdn, needs in local.installation.servers : fqdn => join(",", needs.windows_features) })
}

output "install_commands" {
  description = "The cmdlets that add the roles, where there is one."
  value       = tomap({ for a in local.role_assignments : a.id => a.install_command if a.install_command != null })
}
