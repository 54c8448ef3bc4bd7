# The function answers in the plan, also for a site that is created by it.
resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}

locals {
  required = provider::configmgr::required_roles({
    population = [
      { site = configmgr_site.ps1, windows = 8000 },
      { site = configmgr_site.ps1, mobile_exchange = 500 },
    ]
    features = { software_updates = true, reporting = true }
  }, {})
}

output "required_roles" {
  value = { for role, total in local.required.totals : role => total.required if total.required > 0 }
}

output "notices" {
  value = local.required.notices[*].summary
}
