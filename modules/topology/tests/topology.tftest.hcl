# Run in the folder of the module: terraform test

provider "configmgr" {
  report_at = "hierarchy"
}

run "a_design_file" {
  command = plan

  variables {
    design_file = "examples/contoso/design.yaml"
  }

  assert {
    condition     = keys(configmgr_site.top_level) == ["CAS"] && keys(configmgr_site.child_primary) == ["LON", "SEA"] && keys(configmgr_site.secondary) == ["EDI"]
    error_message = "The sites are not in the resources of their tiers."
  }
  assert {
    condition     = configmgr_site.child_primary["SEA"].tier == "child_primary" && configmgr_site.secondary["EDI"].parent.site_code == "LON"
    error_message = "The sites do not refer to their parents."
  }
  assert {
    condition     = configmgr_site_system_server.this["por-dp01"].fqdn == "por-dp01.contoso.com" && configmgr_site_system_server.this["por-dp01"].server_core
    error_message = "A server does not have what the file says."
  }
  assert {
    condition     = configmgr_role_assignment.this["sea-mp01/management_point"].id == "SEA/sea-mp01.contoso.com/management_point"
    error_message = "A role assignment is not on its server."
  }
  assert {
    condition     = configmgr_role_assignment.this["sea-dp01/distribution_point"].distribution_point.pxe == "responder" && configmgr_role_assignment.this["sea-dp01/distribution_point"].distribution_point.minimum_free_space == 500
    error_message = "A role does not have its own settings and those of the defaults."
  }
  assert {
    condition     = configmgr_role_assignment.this["por-dp01/distribution_point"].distribution_point.pull_sources == tomap({ "sea-dp01.contoso.com" = 1 })
    error_message = "The source of a pull-distribution point does not have its full name."
  }
  assert {
    condition     = configmgr_hierarchy.this.top_level_site_code == "CAS"
    error_message = "The hierarchy has another site at its top."
  }
  assert {
    condition     = output.counts.sites == 4 && output.counts.site_system_servers == 11 && output.counts.role_assignments == 13 && output.counts.roles["distribution_point"] == 4
    error_message = "The counts are wrong: ${jsonencode(output.counts)}"
  }
  assert {
    condition     = length(output.findings) == 0
    error_message = "There are findings: ${jsonencode(output.findings[*].summary)}"
  }
  assert {
    condition     = startswith(output.summary, "No findings. ") && length(output.undecided) > 0
    error_message = "A clean design does not say how much was judged: ${output.summary}"
  }
}

# What is recorded is what was planned, and nothing changes at the second plan.
run "apply" {
  variables {
    design_file = "examples/contoso/design.yaml"
  }

  assert {
    condition     = configmgr_hierarchy.this.id == "CAS"
    error_message = "The hierarchy was not recorded."
  }
}

run "plan_again" {
  command = plan

  variables {
    design_file = "examples/contoso/design.yaml"
  }

  assert {
    condition     = output.counts.errors == 0
    error_message = "There are errors."
  }
}

# Codes that YAML reads as numbers or truth values, and a parent that is designed elsewhere.
run "site_codes_and_an_external_parent" {
  command = plan

  variables {
    design = <<-YAML
      sites:
        001:
          site_type: primary
          name: Fabrikam
          parent: { site_code: OFF, site_type: central_administration }
          site_server: cm01.fabrikam.com
        1E5:
          site_type: secondary
          name: Branch
          parent: 001
          site_server: cm02.fabrikam.com
          database: { instance: CONFIGMGRSEC, edition: express }
      servers:
        mp01.fabrikam.com: { site: 001, roles: [management_point, distribution_point] }
        cm02.fabrikam.com: { site: 1E5, roles: [distribution_point] }
    YAML
  }

  assert {
    condition     = configmgr_site.top_level["001"].tier == "child_primary" && configmgr_site.secondary["1E5"].parent.site_code == "001"
    error_message = "The sites 001 and 1E5 are not what the file says."
  }
  assert {
    condition     = output.counts.errors == 0
    error_message = "There are errors: ${jsonencode(output.findings[*].summary)}"
  }
}

# A finding is in the outputs too.
run "a_warning" {
  command = plan

  variables {
    design = <<-YAML
      sites:
        PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com }
      servers:
        mp01.contoso.com: { site: PS1, roles: [management_point, distribution_point] }
    YAML
  }

  assert {
    condition     = output.counts.warnings > 0 && anytrue([for f in output.findings : f.rule == "ROLE-CARD-SCP-MIN"])
    error_message = "The missing service connection point is not found: ${jsonencode(output.findings[*].rule)}"
  }
}

run "no_design" {
  command = plan

  expect_failures = [var.design]
}

run "two_designs" {
  command = plan

  variables {
    design      = "sites: {}"
    design_file = "examples/contoso/design.yaml"
  }

  expect_failures = [var.design]
}
