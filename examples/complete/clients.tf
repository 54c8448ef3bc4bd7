locals {
  # The Windows clients that the primary sites are to manage.
  clients = {
    SEA = 11000
    LON = 7500
  }
}

# What these clients need. The data source has no reference to a resource, so that it is read at plan.
data "configmgr_required_roles" "this" {
  dynamic "population" {
    for_each = local.clients
    content {
      site = {
        site_code = population.key
        site_type = "primary"
        parent    = { site_code = "CAS", site_type = "central_administration" }
      }
      windows = population.value
    }
  }

  features {
    application_management      = true
    software_updates            = true
    operating_system_deployment = true
  }
}
