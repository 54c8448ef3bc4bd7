package provider

import (
	"bytes"
	"fmt"
	"os/exec"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// TestAccLifecycle takes a small design through create, import, update, replacement and
// destruction with the runner of the test framework, which refreshes and plans more often
// than that of the other tests. Its import steps know no keys of for_each.
func TestAccLifecycle(t *testing.T) {
	requireCLI(t)
	if version, err := exec.Command(cliPath(), "version").Output(); err == nil && bytes.HasPrefix(version, []byte("OpenTofu")) {
		t.Setenv("TF_ACC_PROVIDER_HOST", "registry.opentofu.org") // where a provider without a source is for it
	}
	design := func(name, server string) string {
		return primarySite.but("name", name).resource("configmgr_site", "ps1") +
			managementPointServer.resource("configmgr_site_system_server", "mp01") +
			managementPointServer.but("fqdn", `"mp02.contoso.com"`).resource("configmgr_site_system_server", "mp02") +
			managementPoint.but("server", "configmgr_site_system_server."+server).resource("configmgr_role_assignment", "mp") +
			smallHierarchy.
				but("site_system_servers", "{ mp01 = configmgr_site_system_server.mp01, mp02 = configmgr_site_system_server.mp02 }").
				but("role_assignments", "{ mp = configmgr_role_assignment.mp }").resource("configmgr_hierarchy", "contoso")
	}
	imported := func(address, id string) resource.TestStep {
		return resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: id,
			ImportStateCheck: func(states []*terraform.InstanceState) error {
				if len(states) != 1 || states[0].ID != id {
					return fmt.Errorf("%s is imported as %v", id, states)
				}
				return nil
			},
		}
	}
	const role = "configmgr_role_assignment.mp"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config: design(`"Contoso"`, "mp01"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(role, tfjsonpath.New("id"), knownvalue.StringExact("PS1/mp01.contoso.com/management_point")),
					statecheck.ExpectKnownValue("configmgr_hierarchy.contoso", tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
				},
			},
			imported("configmgr_site.ps1", "PS1"),
			imported(role, "PS1/mp01.contoso.com/management_point"),
			{
				Config: design(`"CONTOSO"`, "mp01"), // another name would be another site
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction("configmgr_site.ps1", plancheck.ResourceActionUpdate),
					plancheck.ExpectResourceAction(role, plancheck.ResourceActionNoop),
				}},
			},
			{
				Config: design(`"CONTOSO"`, "mp02"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(role, plancheck.ResourceActionDestroyBeforeCreate),
				}},
			},
		},
	})
}
