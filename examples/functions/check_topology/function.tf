# A topology is written with the attributes of the resources. A site can refer to another one by its code and type.
locals {
  ps1 = {
    site_code   = "PS1"
    site_type   = "primary"
    name        = "Contoso"
    site_server = "cm01.contoso.com"
    clients     = { windows = 3000 }
  }

  roles = {
    "mp01"  = "management_point"
    "dp01"  = "distribution_point"
    "scp01" = "service_connection_point"
  }

  findings = provider::configmgr::check_topology({
    sites = { PS1 = local.ps1 }
    role_assignments = { for host, role in local.roles : host => {
      role   = role
      server = { fqdn = "${host}.contoso.com", site = local.ps1 }
    } }
  }, { environment = "production", review_date = "2026-10-01" })
}

output "findings" {
  value = [for f in local.findings : "${f.severity}: ${f.summary} (${f.path})"]

  precondition {
    condition     = alltrue([for f in local.findings : f.severity != "error"])
    error_message = join("\n\n", [for f in local.findings : "${f.summary}\n${f.fix}" if f.severity == "error"])
  }
}
