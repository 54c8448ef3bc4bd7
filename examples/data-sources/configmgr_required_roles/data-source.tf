data "configmgr_required_roles" "contoso" {
  population {
    site    = { site_code = "SEA", site_type = "primary" }
    windows = 14000
  }

  features {
    application_management   = true
    software_updates         = true
    cloud_management_gateway = true
  }

  fallback_status_point {
    report_client_errors    = true
    dedicated_server        = true
    benefits_outweigh_risks = true
  }
}

# What the site cannot do without, how many of it, and why.
output "required_roles" {
  value = {
    for role, answer in data.configmgr_required_roles.contoso.sites["SEA"].roles : role => {
      minimum = answer.minimum
      reason  = answer.reasons[0]
    } if answer.requirement == "required"
  }
}
