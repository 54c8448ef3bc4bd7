locals {
  # The Windows clients that the primary sites are to manage.
  clients = {
    SEA = 11000
    LON = 7500
  }
}

# What these clients need. The data source has no reference to a resource, so that it is read at plan.
data "configmgr_required_roles" "this" {
  for_each = local.clients

  site = {
    site_code = each.key
    site_type = "primary"
  }

  clients {
    windows = each.value
  }

  features {
    deploy_software          = true
    deploy_operating_systems = true
  }
}

check "required_roles" {
  assert {
    condition = alltrue(flatten([
      for code, needed in data.configmgr_required_roles.this : [
        for role, answer in needed.roles :
        length([for a in local.role_assignments : a if a.role == role && a.server.site.site_code == code]) >= answer.minimum
      ]
    ]))
    error_message = "A site lacks roles that its clients need: compare the outputs required_roles and roles_by_server."
  }
}
