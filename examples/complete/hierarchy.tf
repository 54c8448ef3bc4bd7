# What no site, server or role can see alone: how many of a role there are, what shares a server, what is missing.
resource "configmgr_hierarchy" "contoso" {
  sites               = local.sites
  site_system_servers = local.servers
  role_assignments    = local.role_assignments

  cloud_management_gateways = {
    contoso = {
      name         = "contosocmg"
      site_code    = "CAS"
      deployment   = "virtual_machine_scale_set"
      vm_instances = 2
    }
  }
}
