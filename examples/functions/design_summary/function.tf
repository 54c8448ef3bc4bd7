locals {
  ps1 = {
    site_code   = "PS1"
    site_type   = "primary"
    name        = "Contoso"
    site_server = "cm01.contoso.com"
  }

  roles = {
    "mp01"  = "management_point"
    "dp01"  = "distribution_point"
    "scp01" = "service_connection_point"
  }

  summary = provider::configmgr::design_summary({
    sites = { PS1 = local.ps1 }
    role_assignments = { for host, role in local.roles : host => {
      role   = role
      server = { fqdn = "${host}.contoso.com", site = local.ps1 }
    } }
  }, {})
}

output "summary" {
  value = local.summary.text
}

# What to declare next: the attributes by the number of rules that they help to decide.
output "declare" {
  value = local.summary.declare
}
