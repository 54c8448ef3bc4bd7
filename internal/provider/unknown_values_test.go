package provider

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// decidedAtApply is a design whose code, names and roles come from a resource whose
// outputs are not known before it is applied.
const decidedAtApply = `
resource "terraform_data" "input" {
  input = {
    code    = "ps1"
    host    = "MP01.contoso.com"
    role    = "management_point"
    version = "2503"
  }
}
resource "configmgr_site" "ps1" {
  site_code   = terraform_data.input.output.code
  site_type   = "primary"
  name        = "Contoso Seattle"
  site_server = "cm01.contoso.com"
}
resource "configmgr_site_system_server" "mp01" {
  fqdn = terraform_data.input.output.host
  site = configmgr_site.ps1
}
resource "configmgr_role_assignment" "mp01" {
  server = configmgr_site_system_server.mp01
  role   = terraform_data.input.output.role
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = { mp01 = configmgr_site_system_server.mp01 }
  role_assignments    = { mp01 = configmgr_role_assignment.mp01 }
}
`

func TestAccUnknownValues_AreRecordedByTheApply(t *testing.T) {
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config: decidedAtApply,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownValue("configmgr_site.ps1", tfjsonpath.New("id")),
					plancheck.ExpectKnownValue("configmgr_site.ps1", tfjsonpath.New("tier"), knownvalue.StringExact("stand_alone_primary")),
					plancheck.ExpectUnknownValue("configmgr_site_system_server.mp01", tfjsonpath.New("id")),
					plancheck.ExpectUnknownValue("configmgr_role_assignment.mp01", tfjsonpath.New("id")),
					plancheck.ExpectUnknownValue("configmgr_role_assignment.mp01", tfjsonpath.New("wmi_role_name")),
					plancheck.ExpectUnknownValue("configmgr_hierarchy.contoso", tfjsonpath.New("top_level_site_code")),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("configmgr_site.ps1", tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
					statecheck.ExpectKnownValue("configmgr_site_system_server.mp01", tfjsonpath.New("id"), knownvalue.StringExact("PS1/mp01.contoso.com")),
					statecheck.ExpectKnownValue("configmgr_role_assignment.mp01", tfjsonpath.New("id"), knownvalue.StringExact("PS1/mp01.contoso.com/management_point")),
					statecheck.ExpectKnownValue("configmgr_role_assignment.mp01", tfjsonpath.New("wmi_role_name"), knownvalue.StringExact("SMS Management Point")),
					statecheck.ExpectKnownValue("configmgr_hierarchy.contoso", tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
					statecheck.ExpectKnownValue("configmgr_hierarchy.contoso", tfjsonpath.New("top_level_site_code"), knownvalue.StringExact("PS1")),
				},
			},
			// A code that is not known again may be another one: the site is planned to be replaced.
			planned(strings.Replace(decidedAtApply, `"ps1"`, `"PS1"`, 1), map[string]plancheck.ResourceActionType{
				"configmgr_site.ps1":          plancheck.ResourceActionDestroyBeforeCreate,
				"configmgr_hierarchy.contoso": plancheck.ResourceActionUpdate,
			}),
		},
	})
}

// TestAccUnknownValues_DynamicBlocks has blocks of which it is not known whether they are
// there: Terraform writes such a block with all its arguments unknown, and one without
// arguments as an empty one.
func TestAccUnknownValues_DynamicBlocks(t *testing.T) {
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: `
resource "terraform_data" "input" {
  input = "none"
}
locals {
  blocks = terraform_data.input.output == "none" ? [] : [1]
}
resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso Seattle"
  site_server = "cm01.contoso.com"
  database {
    server  = "sql01.contoso.com"
    edition = "standard"
    dynamic "availability_group" {
      for_each = local.blocks
      content {
        name     = "AG1"
        replicas = ["sql01.contoso.com", "sql02.contoso.com"]
      }
    }
  }
}
resource "configmgr_site_system_server" "mp01" {
  fqdn = "mp01.contoso.com"
  site = configmgr_site.ps1
  dynamic "proxy" {
    for_each = local.blocks
    content {
      port = 8080
    }
  }
}
resource "configmgr_role_assignment" "mp01" {
  server = configmgr_site_system_server.mp01
  role   = "state_migration_point"
  dynamic "management_point" {
    for_each = local.blocks
    content {
      protocol = "https"
    }
  }
  dynamic "distribution_point" {
    for_each = local.blocks
    content {
      multicast {
        maximum_clients = 10
      }
    }
  }
  dynamic "software_update_point" {
    for_each = local.blocks
    content {}
  }
}
`,
			PlanOnly: true, ExpectNonEmptyPlan: true,
		}},
	})
}

// TestAccUnknownValues_AreJudgedByTheApply has a code that turns out to be wrong.
func TestAccUnknownValues_AreJudgedByTheApply(t *testing.T) {
	var found []reportedError
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		ErrorCheck: func(err error) error {
			if !strings.HasPrefix(err.Error(), "Error running apply") {
				return err
			}
			found = parseErrors(err.Error())
			return nil
		},
		Steps: []resource.TestStep{{Config: strings.Replace(decidedAtApply, `"ps1"`, `"PRI1"`, 1)}},
	})
	if ids := ruleIDs(found); !slices.Equal(ids, []string{"SITE-CODE-FORMAT"}) {
		t.Errorf("errors of the apply: %v", ids)
	}
}

// TestAccUnknownValues_OfTheProvider has a version that the provider learns during
// the apply: the version of the sites is not known before.
func TestAccUnknownValues_OfTheProvider(t *testing.T) {
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: `
provider "configmgr" {
  configmgr_version = terraform_data.version.output
  environment       = terraform_data.environment.output
}
resource "terraform_data" "version" {
  input = "2503"
}
resource "terraform_data" "environment" {
  input = "lab"
}
` + smallDesign + smallHierarchy.resource("configmgr_hierarchy", "contoso"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownValue("configmgr_site.ps1", tfjsonpath.New("version")),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("configmgr_site.ps1", tfjsonpath.New("version"), knownvalue.StringExact("2503")),
			},
		}},
	})
}

// TestAccUnknownValues_MapsOfTheHierarchy has maps that are not known at all, and
// with them everything that is counted.
func TestAccUnknownValues_MapsOfTheHierarchy(t *testing.T) {
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: smallDesign + `
resource "terraform_data" "key" {
  input = "key"
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { (terraform_data.key.output) = configmgr_site.ps1 }
  site_system_servers = { mp01 = configmgr_site_system_server.mp01 }
  role_assignments    = { mp01 = configmgr_role_assignment.mp01 }
}
`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownValue("configmgr_hierarchy.contoso", tfjsonpath.New("design")),
				plancheck.ExpectUnknownValue("configmgr_hierarchy.contoso", tfjsonpath.New("id")),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("configmgr_hierarchy.contoso", tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
			},
		}},
	})
}
