data "configmgr_roles" "all" {}

# Which roles a secondary site can hold, by the name that the console shows.
output "roles_of_secondary_sites" {
  value = {
    for r in data.configmgr_roles.all.roles : r.key => r.name
    if r.assignable && contains(r.tiers, "secondary")
  }
}
