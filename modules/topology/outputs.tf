output "topology" {
  description = "The design as the object that check_topology and the other functions of the provider take."
  value       = local.topology
}

output "findings" {
  description = "What the rules find in the design, errors and warnings, as check_topology returns it."
  value       = local.findings
}

output "counts" {
  description = "The numbers of sites, servers, role assignments, role assignments by role, errors and warnings."
  value = {
    sites               = length(local.topology.sites)
    site_system_servers = length(local.topology.site_system_servers)
    role_assignments    = length(local.topology.role_assignments)
    roles               = { for role in distinct([for a in local.topology.role_assignments : a.role]) : role => length([for a in local.topology.role_assignments : a if a.role == role]) }
    errors              = length([for f in local.findings : f if f.severity == "error"])
    warnings            = length([for f in local.findings : f if f.severity == "warning"])
  }
}

output "summary" {
  description = "How much of the design was judged, in one line: findings, accepted warnings, rules decided and undecided, and what to declare to have more judged."
  value       = local.summary.text
}

output "undecided" {
  description = "The rules that lack a value somewhere, by id, with what to declare to decide them."
  value       = local.summary.undecided
}
