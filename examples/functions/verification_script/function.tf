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
}

# terraform output -raw verification >Test-Contoso.ps1
output "verification" {
  value = provider::configmgr::verification_script(local.contoso)
}
