data "configmgr_required_roles" "seattle" {
  site = {
    site_code = "SEA"
    site_type = "primary"
  }

  clients {
    windows = 14000
  }

  features {
    deploy_software = true
  }

  fallback_status_point {
    report_client_errors    = true
    dedicated_server        = true
    benefits_outweigh_risks = true
  }
}

# What the site cannot do without, and how many of it.
output "required_roles" {
  value = {
    for role, answer in data.configmgr_required_roles.seattle.roles : role => answer.minimum
    if answer.requirement == "required"
  }
}
