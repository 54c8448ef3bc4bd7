locals {
  ps1 = {
    site_code         = "PS1"
    site_type         = "primary"
    name              = "Contoso"
    site_server       = "cm01.contoso.com"
    install_directory = "D:\\ConfigMgr"
  }

  # The maps of a topology take resources, or objects like these.
  contoso = {
    sites = { PS1 = local.ps1 }
    role_assignments = { for host, role in { mp01 = "management_point", dp01 = "distribution_point" } : host => {
      role   = role
      server = { fqdn = "${host}.contoso.com", site = local.ps1 }
    } }
  }

  installation = provider::configmgr::installation(local.contoso, {})
}

output "install_order" {
  value = [for step in local.installation.steps : "${step.phase}: ${step.id}"]
}

output "windows_features" {
  value = { for fqdn, needs in local.installation.servers : fqdn => needs.windows_features }
}

output "commands" {
  value = { for id, role in local.installation.roles : id => role.command if role.command != null }
}
