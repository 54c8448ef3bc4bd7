# Site servers are declared here too: their operating system is judged like that of any other server.

locals {
  computers = {
    cas-cm01  = { site = "CAS" }
    cas-scp01 = { site = "CAS" }
    cas-sup01 = { site = "CAS" }
    cas-rsp01 = { site = "CAS" }

    sea-cm01  = { site = "SEA" }
    sea-cm02  = { site = "SEA" }
    sea-prv01 = { site = "SEA" }
    sea-mp01  = { site = "SEA" }
    sea-mp02  = { site = "SEA" }
    sea-sup01 = { site = "SEA" }
    sea-fsp01 = { site = "SEA" }
    sea-cmg01 = { site = "SEA" }
    sea-dp01  = { site = "SEA" }
    sea-dp02  = { site = "SEA" }
    por-dp01  = { site = "SEA", server_core = true }

    lon-cm01  = { site = "LON" }
    lon-mp01  = { site = "LON" }
    lon-mp02  = { site = "LON" }
    lon-sup01 = { site = "LON" }
    lon-dp01  = { site = "LON" }
    par-dp01  = { site = "LON", server_core = true }

    edi-cm01 = { site = "EDI" }
  }
}

resource "configmgr_site_system_server" "this" {
  for_each = local.computers

  fqdn             = "${each.key}.contoso.com"
  site             = local.sites[each.value.site]
  operating_system = "windows_server_2022"
  server_core      = try(each.value.server_core, false)
  domain           = "contoso.com"
  forest           = "contoso.com"
}

locals {
  # Role assignments refer to the servers through this local. An index into the resource itself would have Terraform
  # look at all servers again for each role assignment.
  servers = configmgr_site_system_server.this
}
