package provider

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// TestAccImport_ThenFullConfiguration imports what an id says, which is little, and
// plans the full configuration: everything is updated, nothing is replaced.
func TestAccImport_ThenFullConfiguration(t *testing.T) {
	values := &plannedValues{}
	config := primarySite.but("parent", `{ site_code = "CAS", site_type = "central_administration" }`).
		but("passive_site_server", `"cm02.contoso.com"`).
		but("content_library_path", `"\\\\fs01.contoso.com\\ContentLibrary"`).
		but("install_directory", `"D:\\ConfigMgr"`).
		resource("configmgr_site", "ps1", `database { server = "sql01.contoso.com" }`) +
		hcl{"site_code": `"SS1"`, "site_type": `"secondary"`, "name": `"Contoso Tacoma"`, "site_server": `"ss01.contoso.com"`, "parent": "configmgr_site.ps1"}.
			resource("configmgr_site", "ss1", `database { edition = "express" }`) +
		managementPointServer.but("domain", `"contoso.com"`).but("operating_system", `"windows_server_2022"`).resource("configmgr_site_system_server", "mp01") +
		managementPoint.but("role", `"reporting_services_point"`).
			resource("configmgr_role_assignment", "rsp", `reporting_services_point {
  report_server_instance = "SSRS"
  account                = "contoso.com\\svc-reports"
}`)
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: config + `
import {
  to = configmgr_site.ps1
  id = "ps1"
}
import {
  to = configmgr_site.ss1
  id = "SS1"
}
import {
  to = configmgr_site_system_server.mp01
  id = "PS1/MP01.contoso.com"
}
import {
  to = configmgr_role_assignment.rsp
  id = "PS1/mp01.contoso.com/reporting_services_point"
}
`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction("configmgr_site.ps1", plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction("configmgr_site.ss1", plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction("configmgr_site_system_server.mp01", plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction("configmgr_role_assignment.rsp", plancheck.ResourceActionUpdate),
				values,
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("configmgr_site.ps1", tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
				statecheck.ExpectKnownValue("configmgr_role_assignment.rsp", tfjsonpath.New("id"), knownvalue.StringExact("PS1/mp01.contoso.com/reporting_services_point")),
				values,
			},
		}},
	})
}

// TestAccImport_OfSomethingElse plans a configuration that describes another thing
// than the id: that has to be replaced.
func TestAccImport_OfSomethingElse(t *testing.T) {
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{planned(smallDesign+`
import {
  to = configmgr_site.ps1
  id = "PS2"
}
import {
  to = configmgr_site_system_server.mp01
  id = "PS1/mp02.contoso.com"
}
import {
  to = configmgr_role_assignment.mp01
  id = "PS1/mp01.contoso.com/fallback_status_point"
}
`, map[string]plancheck.ResourceActionType{
			"configmgr_site.ps1":                plancheck.ResourceActionDestroyBeforeCreate,
			"configmgr_site_system_server.mp01": plancheck.ResourceActionDestroyBeforeCreate,
			"configmgr_role_assignment.mp01":    plancheck.ResourceActionDestroyBeforeCreate,
		})},
	})
}

// TestImport_ThenTheSameConfiguration imports each kind of resource and plans the
// configuration that it was made from: what the import could know does not change, and
// nothing is replaced.
func TestImport_ThenTheSameConfiguration(t *testing.T) {
	s := configure(t, nil)
	secondary := tree{"site_code": "SS1", "site_type": "secondary", "name": "Contoso", "site_server": "ss01.contoso.com", "parent": siteState, "database": tree{"edition": "express"}, "installed": true}
	for _, c := range []struct {
		kind, id string
		config   tree
		known    []string // what the import knows
	}{
		{"configmgr_site", "ps1", siteConfig, []string{"id", "site_code"}},
		{"configmgr_site", "SS1", secondary, []string{"id", "site_code"}},
		{"configmgr_site_system_server", "PS1/MP01.contoso.com.", serverConfig, []string{"id", "fqdn", "site_code"}},
		{"configmgr_role_assignment", "ps1/MP01.contoso.com/management_point", assignmentConfig, []string{"id", "fqdn", "role", "site_code", "wmi_role_name"}},
		{"configmgr_hierarchy", "ps1", hierarchyConfig, []string{"id", "top_level_site_code"}},
	} {
		resp, err := s.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: c.kind, ID: c.id})
		if err != nil {
			t.Fatal(err)
		}
		if len(resp.Diagnostics) > 0 || len(resp.ImportedResources) != 1 {
			t.Errorf("%s %s: %s", c.kind, c.id, describe(resp.Diagnostics))
			continue
		}
		imported := readTree(t, s.schema(t, c.kind), resp.ImportedResources[0].State)
		if got := slices.Sorted(maps.Keys(imported)); !slices.Equal(got, slices.Sorted(slices.Values(c.known))) {
			t.Errorf("%s %s: imported are %v, expected %v", c.kind, c.id, got, c.known)
		}
		planned := s.plan(t, c.kind, c.config, imported)
		if errors := errorsOf(planned.diags); len(errors) > 0 || len(planned.replaced) > 0 {
			t.Errorf("%s %s: replaced because of %v%s", c.kind, c.id, planned.replaced, describe(errors))
		}
		for _, name := range c.known {
			if planned.object[name] != imported[name] {
				t.Errorf("%s %s: %s is imported as %v and planned as %v", c.kind, c.id, name, imported[name], planned.object[name])
			}
		}
	}
}

func TestImport_MalformedIDs(t *testing.T) {
	s := configure(t, nil)
	for _, c := range []struct{ kind, id, text string }{
		{"configmgr_site", "", `"" is not of the form SITECODE. Import with an id such as "PS1".`},
		{"configmgr_site", "PS1/mp01.contoso.com", `"PS1/mp01.contoso.com" is not of the form SITECODE.`},
		{"configmgr_site_system_server", "mp01.contoso.com", `"mp01.contoso.com" is not of the form SITECODE/FQDN. Import with an id such as "PS1/mp01.contoso.com".`},
		{"configmgr_site_system_server", "PS1/", `"PS1/" is not of the form SITECODE/FQDN.`},
		{"configmgr_site_system_server", "/mp01.contoso.com", `is not of the form SITECODE/FQDN.`},
		{"configmgr_role_assignment", "PS1/mp01.contoso.com", `is not of the form SITECODE/FQDN/ROLE. Import with an id such as "PS1/mp01.contoso.com/management_point".`},
		{"configmgr_role_assignment", "PS1//management_point", `is not of the form SITECODE/FQDN/ROLE.`},
		{"configmgr_role_assignment", "PS1/mp01.contoso.com/management_point/x", `is not of the form SITECODE/FQDN/ROLE.`},
		{"configmgr_role_assignment", "PS1/mp01.contoso.com/managment_point", `"managment_point" is not the key of an assignable role. Did you mean "management_point"`},
		{"configmgr_role_assignment", "PS1/mp01.contoso.com/site_server", `"site_server" is not the key of an assignable role.`},
		// No configuration can say these.
		{"configmgr_site", "PRI1", `"PRI1" names no site: site_code = "PRI1" has 4 characters`},
		{"configmgr_site", "P 1", `"P 1" names no site:`},
		{"configmgr_hierarchy", "PRI1", `"PRI1" names no site:`},
		{"configmgr_hierarchy", "PS1/x", `"PS1/x" is not of the form SITECODE.`},
		{"configmgr_site_system_server", "PRI1/mp01.contoso.com", `names no site:`},
		{"configmgr_site_system_server", "PS1/mp 01", `"PS1/mp 01" names no server.`},
		{"configmgr_site_system_server", "PS1/-mp01.contoso.com", `the part "-mp01"`},
		{"configmgr_role_assignment", "PS1/mp01..contoso.com/management_point", `names no server.`},
	} {
		t.Run(c.kind+" "+c.id, func(t *testing.T) {
			resp, err := s.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: c.kind, ID: c.id})
			if err != nil {
				t.Fatal(err)
			}
			if len(resp.Diagnostics) != 1 || resp.Diagnostics[0].Summary != "Invalid import id" || !strings.Contains(resp.Diagnostics[0].Detail, c.text) {
				t.Errorf("expected one error that says %q, got%s", c.text, describe(resp.Diagnostics))
			}
		})
	}
}
