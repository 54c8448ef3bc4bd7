# What the hierarchy consists of, in one place: the resource checks it, and the functions derive from it what the outputs
# show.
locals {
  topology = {
    sites               = local.sites
    site_system_servers = local.servers
    role_assignments    = local.role_assignments

    # What the hierarchy is to do: the roles for it have to be there.
    features = [
      "application_management",
      "software_updates",
      "operating_system_deployment",
      "pxe",
      "state_migration_point",
      "endpoint_protection",
      "cloud_management_gateway",
      "tenant_attach",
    ]

    cloud_management_gateways = {
      contoso = {
        name         = "contosocmg"
        site_code    = "CAS"
        deployment   = "virtual_machine_scale_set"
        vm_size      = "standard_a2_v2"
        vm_instances = 2
        clients      = 6000
      }
    }
  }
}

# What no site, server or role can see alone: how many of a role there are, what shares a server, what is missing.
resource "configmgr_hierarchy" "contoso" {
  sites                     = local.topology.sites
  site_system_servers       = local.topology.site_system_servers
  role_assignments          = local.topology.role_assignments
  features                  = local.topology.features
  cloud_management_gateways = local.topology.cloud_management_gateways

  # What the clients need: each site has to have it.
  required_roles = { clients = data.configmgr_required_roles.this }
}
