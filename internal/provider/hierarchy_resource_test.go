package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// A stand-alone primary site with a management point and a distribution point.
var smallDesign = primarySite.resource("configmgr_site", "ps1") +
	managementPointServer.resource("configmgr_site_system_server", "mp01") +
	managementPoint.resource("configmgr_role_assignment", "mp01") +
	managementPoint.but("role", `"distribution_point"`).resource("configmgr_role_assignment", "dp01")

var smallHierarchy = hcl{
	"sites":               "{ ps1 = configmgr_site.ps1 }",
	"site_system_servers": "{ mp01 = configmgr_site_system_server.mp01 }",
	"role_assignments":    "{ mp01 = configmgr_role_assignment.mp01, dp01 = configmgr_role_assignment.dp01 }",
}

func TestAccHierarchy_CreateAndUpdate(t *testing.T) {
	const address = "configmgr_hierarchy.contoso"
	values := &plannedValues{}
	hierarchy := func(arguments hcl, blocks ...string) string {
		return smallDesign + arguments.resource("configmgr_hierarchy", "contoso", blocks...)
	}
	update := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionUpdate}
	nothing := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionNoop}

	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config: hierarchy(smallHierarchy),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("top_level_site_code"), knownvalue.StringExact("PS1")),
					values,
				}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
			planned(hierarchy(smallHierarchy.but("role_assignments", "{}")), update),
			planned(hierarchy(smallHierarchy.but("role_assignments", "{ renamed = configmgr_role_assignment.mp01 }")), update),
			// Keys are not part of the design.
			planned(hierarchy(smallHierarchy.but("role_assignments",
				"{ for a in concat([configmgr_role_assignment.mp01], [configmgr_role_assignment.dp01]) : a.id => a }")), nothing),
			planned(hierarchy(smallHierarchy.but("site_system_servers", "{ other = configmgr_site_system_server.mp01 }")), nothing),
			planned(hierarchy(smallHierarchy.but("package_count", "10").but("published_site_codes", `["XYZ"]`)), update),
			{ // a central administration site comes above: the top changes, the id stays
				Config: strings.Replace(hierarchy(smallHierarchy.but("sites", "{ cas = configmgr_site.cas, ps1 = configmgr_site.ps1 }")),
					`resource "configmgr_site" "ps1" {`, `resource "configmgr_site" "ps1" {
  parent = configmgr_site.cas`, 1) +
					primarySite.but("site_code", `"CAS"`).but("site_type", `"central_administration"`).but("site_server", `"cas01.contoso.com"`).
						resource("configmgr_site", "cas"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					plancheck.ExpectResourceAction("configmgr_site.ps1", plancheck.ResourceActionUpdate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("top_level_site_code"), knownvalue.StringExact("CAS")),
					values,
				}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
		},
	})
}

// TestAccHierarchy_TwoHierarchiesMayUseTheSameSiteCode keeps what is counted within
// the hierarchy: one configuration may describe several, a copy for a lab for instance.
func TestAccHierarchy_TwoHierarchiesMayUseTheSameSiteCode(t *testing.T) {
	values := &plannedValues{}
	contoso := smallDesign + managementPoint.but("role", `"service_connection_point"`).resource("configmgr_role_assignment", "scp") +
		smallHierarchy.but("role_assignments", "{ mp01 = configmgr_role_assignment.mp01, scp = configmgr_role_assignment.scp }").
			resource("configmgr_hierarchy", "production")
	fabrikam := strings.NewReplacer("contoso.com", "fabrikam.com", `"ps1"`, `"lab_ps1"`, `"mp01"`, `"lab_mp01"`, `"dp01"`, `"lab_dp01"`, `"scp"`, `"lab_scp"`,
		"configmgr_site.ps1", "configmgr_site.lab_ps1", "configmgr_site_system_server.mp01", "configmgr_site_system_server.lab_mp01",
		"configmgr_role_assignment.", "configmgr_role_assignment.lab_", `"production"`, `"lab"`).Replace(contoso)
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: contoso + fabrikam,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue("configmgr_hierarchy.production", tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
				plancheck.ExpectKnownValue("configmgr_hierarchy.lab", tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
				values,
			}},
			ConfigStateChecks: []statecheck.StateCheck{values},
		}},
	})
}

func TestAccHierarchy_ParentThatIsNotListedIsTheTop(t *testing.T) {
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: primarySite.but("parent", `{ site_code = "cas", site_type = "central_administration" }`).resource("configmgr_site", "ps1") +
				hcl{"sites": "{ ps1 = configmgr_site.ps1 }", "role_assignments": "{}"}.resource("configmgr_hierarchy", "contoso"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue("configmgr_hierarchy.contoso", tfjsonpath.New("id"), knownvalue.StringExact("CAS")),
				plancheck.ExpectKnownValue("configmgr_hierarchy.contoso", tfjsonpath.New("top_level_site_code"), knownvalue.StringExact("CAS")),
			}},
		}},
	})
}

func TestAccHierarchy_MalformedValues(t *testing.T) {
	expectRefusals(t, smallDesign, "configmgr_hierarchy", smallHierarchy, []refusal{
		{name: "sites_missing", argument: "sites", summary: "Missing required argument", text: `The argument "sites" is required`},
		{name: "role_assignments_missing", argument: "role_assignments", summary: "Missing required argument", text: `The argument "role_assignments" is required`},
		{name: "sites_are_codes", argument: "sites", value: `["PS1"]`, summary: "Incorrect attribute value type", text: `Inappropriate value for attribute "sites": map of object required.`},
		{name: "argument_misspelt", argument: "feature", value: "[]", summary: "Unsupported argument", text: `Did you mean "features"?`},
		{name: "package_count_negative", argument: "package_count", value: "-1", summary: "Invalid number", text: "-1 is negative."},
		{name: "distributed_views_of_a_code", argument: "distributed_views", value: `"PS1"`, summary: "Incorrect attribute value type", text: "list of string required"},
		{name: "deployment_misspelt", argument: "cloud_management_gateways", value: `{ cmg = { deployment = "virtual_machine_scaleset" } }`, inObject: true,
			summary: "Invalid value", text: `Did you mean "virtual_machine_scale_set"?`},
		{name: "accepted_without_reason", argument: "accepted_findings", value: `{ "ROLE-CARD-SCP-MIN" = "" }`, summary: "Invalid accepted finding", text: "accepted without a reason"},
	})
}

func TestAccHierarchy_IncompleteElements(t *testing.T) {
	const incomplete = "Incomplete element"
	config := smallDesign +
		primarySite.but("site_code", `"PS2"`).but("site_server", `"cm02.contoso.com"`).resource("configmgr_site", "ps2") +
		managementPointServer.but("fqdn", `"mp02.contoso.com"`).but("site", "configmgr_site.ps2").resource("configmgr_site_system_server", "mp02") +
		managementPoint.but("server", "configmgr_site_system_server.mp02").resource("configmgr_role_assignment", "mp02")
	for _, name := range []string{"dp02", "dp03"} {
		config += managementPointServer.but("fqdn", `"`+name+`.contoso.com"`).resource("configmgr_site_system_server", name) +
			managementPoint.but("role", `"distribution_point"`).but("server", "configmgr_site_system_server."+name).resource("configmgr_role_assignment", name)
	}
	expectRefusals(t, config, "configmgr_hierarchy", smallHierarchy.but("role_assignments", "{}"), []refusal{
		{name: "without_sites", argument: "sites", value: "{}", summary: "Hierarchy without sites",
			text: "The map sites is empty. List every site of the hierarchy, as in { ps1 = configmgr_site.ps1 }."},
		{name: "site_null", argument: "sites", value: "{ ps1 = null }", inObject: true, summary: incomplete, text: `sites["ps1"]: The site is null. Pass the whole resource, as in configmgr_site.ps1`},
		{name: "server_as_site", argument: "sites", value: "{ x = configmgr_site_system_server.mp01 }", inObject: true, summary: incomplete,
			text: `sites["x"]: A site needs site_code and site_type. Pass the whole resource, as in configmgr_site.ps1`},
		{name: "written_site_without_type", argument: "sites", value: `{ ps1 = { site_code = "PS1" } }`, inObject: true, summary: incomplete, text: "A site needs site_code and site_type."},
		{name: "assignment_null", argument: "role_assignments", value: "{ mp01 = null }", inObject: true, summary: incomplete, text: `role_assignments["mp01"]: The role assignment is null.`},
		{name: "server_as_assignment", argument: "role_assignments", value: "{ mp01 = configmgr_site_system_server.mp01 }", inObject: true, summary: incomplete,
			text: `role_assignments["mp01"]: A role assignment needs role, and site_code and fqdn of its server or the server itself. Pass the whole resource, as in configmgr_role_assignment.mp01`},
		{name: "site_as_assignment", argument: "role_assignments", value: "{ ps1 = configmgr_site.ps1 }", inObject: true, summary: incomplete, text: "A role assignment needs role, and site_code and fqdn of its server or the server itself."},
		{name: "written_assignment_without_site", argument: "role_assignments", value: `{ mp01 = { role = "management_point", server = { fqdn = "mp01.contoso.com" } } }`, inObject: true,
			summary: incomplete, text: `role_assignments["mp01"].server: A server needs fqdn and site, and the site a site_code.`},
		{name: "parent_with_misspelt_key", argument: "sites", inObject: true,
			value:   `{ ps1 = { site_code = "PS1", site_type = "primary", parent = { code = "CAS", site_type = "central_administration" } } }`,
			summary: incomplete, text: `sites["ps1"].parent: A parent needs a site_code.`},
		{name: "server_null", argument: "site_system_servers", value: "{ mp01 = null }", inObject: true, summary: incomplete, text: `site_system_servers["mp01"]: The server is null.`},
		{name: "site_as_server", argument: "site_system_servers", value: "{ mp01 = configmgr_site.ps1 }", inObject: true, summary: incomplete,
			text: `site_system_servers["mp01"]: A server needs fqdn and site, and the site a site_code.`},
		{name: "site_that_is_not_listed", argument: "role_assignments", value: "{ mp02 = configmgr_role_assignment.mp02 }", summary: "Site is not in the hierarchy",
			text: `role_assignments["mp02"]: management point on mp02.contoso.com is at site PS2, but the map sites does not list that site.`},
		{name: "server_that_is_not_listed", argument: "role_assignments", value: "{ dp02 = configmgr_role_assignment.dp02 }", summary: "Server is not in the hierarchy",
			text: `role_assignments["dp02"]: distribution point on dp02.contoso.com is at site PS1, but the map site_system_servers does not list that server. Add it under any key, as in site_system_servers = { "PS1/dp02.contoso.com" = configmgr_site_system_server.dp02 }`},
		{name: "servers_that_are_not_listed", argument: "role_assignments", value: "{ a = configmgr_role_assignment.dp02, b = configmgr_role_assignment.dp03 }", summary: "Servers are not in the hierarchy",
			text: `The map site_system_servers lacks 2 servers that role assignments are on: "PS1/dp02.contoso.com", "PS1/dp03.contoso.com".`},
	})
}

func TestAccHierarchy_ResourceInPlaceOfAMap(t *testing.T) {
	expectRefusals(t, smallDesign, "configmgr_hierarchy", smallHierarchy, []refusal{
		{name: "one_resource_for_the_map", argument: "sites", value: "configmgr_site.ps1", summary: "Incorrect attribute value type", text: `Inappropriate value for attribute "sites"`},
	})
}

func TestAccHierarchy_RefusedAsAWhole(t *testing.T) {
	config := smallDesign +
		managementPoint.but("role", `"service_connection_point"`).resource("configmgr_role_assignment", "scp1") +
		managementPointServer.but("fqdn", `"mp02.contoso.com"`).resource("configmgr_site_system_server", "mp02") +
		managementPoint.but("role", `"service_connection_point"`).but("server", "configmgr_site_system_server.mp02").resource("configmgr_role_assignment", "scp2") +
		primarySite.but("site_code", `"ps1"`).but("site_server", `"cm02.contoso.com"`).resource("configmgr_site", "same_code") +
		managementPointServer.but("site", `{ site_code = "PS1", site_type = "primary", site_server = "cm09.contoso.com" }`).
			resource("configmgr_site_system_server", "elsewhere")
	right := smallHierarchy.but("site_system_servers", "{ mp01 = configmgr_site_system_server.mp01, mp02 = configmgr_site_system_server.mp02 }")
	expectRefusals(t, config, "configmgr_hierarchy", right, []refusal{
		{name: "site_listed_twice", argument: "sites", value: "{ a = configmgr_site.ps1, b = configmgr_site.ps1 }", inObject: true,
			summary: "SITE-CODE-UNIQUE-HIER: site PS1 is listed twice", text: `sites["a"] and sites["b"] are the same site`},
		{name: "two_sites_with_one_code", argument: "sites", value: "{ a = configmgr_site.ps1, b = configmgr_site.same_code }", inObject: true,
			summary: `SITE-CODE-UNIQUE-HIER: site code "PS1" is used by two sites`, text: `sites["a"] has site_code = "PS1", and sites["b"] has site_code = "ps1".`},
		{name: "two_service_connection_points", argument: "role_assignments", inObject: true,
			value:   "{ a = configmgr_role_assignment.scp1, b = configmgr_role_assignment.scp2, c = configmgr_role_assignment.mp01 }",
			summary: "ROLE-CARD-SCP-HIER: the hierarchy has 2 of the role service connection point", text: `Where: role_assignments["b"].role`},
		{name: "server_of_another_description_of_the_site", argument: "site_system_servers", inObject: true,
			value:   "{ mp01 = configmgr_site_system_server.elsewhere, mp02 = configmgr_site_system_server.mp02 }",
			summary: "REF-ONE-SITE: site PS1 is described in two ways",
			text:    `site_server is "cm01.contoso.com" in sites["ps1"], and "cm09.contoso.com" in site_system_servers["mp01"].site_facts.`},
		{name: "role_assigned_twice", argument: "role_assignments", inObject: true,
			value:   "{ a = configmgr_role_assignment.mp01, b = configmgr_role_assignment.mp01 }",
			summary: "ROLE-CARD-ROLE-SERVER: management point on mp01.contoso.com is assigned twice", text: `role_assignments["a"] and role_assignments["b"] assign the same role to the same server.`},
	})
}

// TestAccHierarchy_ParentsInACircle writes the sites by hand: resources cannot refer
// to each other in a circle.
func TestAccHierarchy_ParentsInACircle(t *testing.T) {
	found := planErrors(t, `
resource "configmgr_hierarchy" "circle" {
  sites = {
    a = { site_code = "AAA", site_type = "secondary", parent = { site_code = "BBB", site_type = "secondary" } }
    b = { site_code = "BBB", site_type = "secondary", parent = { site_code = "CCC", site_type = "secondary" } }
    c = { site_code = "CCC", site_type = "secondary", parent = { site_code = "AAA", site_type = "secondary" } }
  }
  role_assignments = {}
}
`)
	if len(found) != 1 || found[0].rule() != "HIER-ACYCLIC" || found[0].address != "configmgr_hierarchy.circle" {
		t.Errorf("errors %+v, expected HIER-ACYCLIC once", found)
	}
}

// TestAccHierarchy_MapsOfResourcesWithForEach passes such resources as they are:
// they are maps already. The test ends with a step that destroys, because the test
// framework itself does not read a state with keys.
func TestAccHierarchy_MapsOfResourcesWithForEach(t *testing.T) {
	values := &plannedValues{}
	config := primarySite.resource("configmgr_site", "ps1") + `
resource "configmgr_site_system_server" "dp" {
  for_each = toset([for i in range(20) : "dp${i}"])
  fqdn     = "${each.key}.contoso.com"
  site     = configmgr_site.ps1
}
locals {
  servers = configmgr_site_system_server.dp
}
resource "configmgr_role_assignment" "dp" {
  for_each = local.servers
  server   = each.value
  role     = "distribution_point"
}
resource "configmgr_role_assignment" "smp" {
  for_each = local.servers
  server   = each.value
  role     = "state_migration_point"
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = local.servers
  role_assignments    = { for a in concat(values(configmgr_role_assignment.dp), values(configmgr_role_assignment.smp)) : a.id => a }
}
`
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config:            config,
				ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{values}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
			{Config: config, Destroy: true},
		},
	})
}

// TestHierarchy_SiteOfAServerIsTheListedOne writes the site of a server by hand. Its
// reference is write-only, so that the hierarchy goes by what the server says of it.
func TestHierarchy_SiteOfAServerIsTheListedOne(t *testing.T) {
	s := configure(t, nil)
	site := map[string]any{
		"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com", "domain": "contoso.com",
		"content_library_path": `\\fs01.contoso.com\lib`, "database": block{"server": "sql01.contoso.com"},
	}
	for name, test := range map[string]struct {
		site map[string]any
		want string
	}{
		"another site server": {map[string]any{"site_server": "cm02.contoso.com"}, `site_server is "cm01.contoso.com" in sites["ps1"], and "cm02.contoso.com" in site_system_servers["mp"].site_facts.`},
		"another version":     {map[string]any{"version": "2503"}, `and "2503" in site_system_servers["mp"].site_facts.`},
		"another database":    {map[string]any{"database": map[string]any{"server": "sql02.contoso.com"}}, `database.server is "sql01.contoso.com" in sites["ps1"], and "sql02.contoso.com"`},
		"a parent":            {map[string]any{"parent": map[string]any{"site_code": "CAS", "site_type": "central_administration"}}, `parent is not set in sites["ps1"], and "CAS" in`},
		"less":                {map[string]any{}, ""},
		"another spelling": {map[string]any{
			"site_server": "CM01.Contoso.com.", "domain": "CONTOSO.COM.", "content_library_path": `\\FS01.contoso.com\lib\`,
			"database": map[string]any{"server": "SQL01.contoso.com."},
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			written := map[string]any{"site_code": "ps1", "site_type": "primary"}
			for attribute, v := range test.site {
				written[attribute] = v
			}
			ps1 := &declaredResource{kind: "configmgr_site", name: "ps1", arguments: site}
			mp := &declaredResource{kind: "configmgr_site_system_server", name: "mp", arguments: map[string]any{"fqdn": "mp01.contoso.com", "site": written}}
			found := errorsOf(s.planAll(t, []*declaredResource{ps1, mp, {kind: "configmgr_hierarchy", name: "contoso", arguments: map[string]any{
				"sites": map[string]any{"ps1": ps1}, "site_system_servers": map[string]any{"mp": mp}, "role_assignments": map[string]any{},
			}}}))
			switch {
			case test.want == "" && len(found) > 0, len(found) > 1:
				t.Errorf("errors:%s", describe(found))
			case test.want != "" && (len(found) == 0 || !strings.HasPrefix(found[0].Summary, "REF-ONE-SITE: ") || !strings.Contains(found[0].Detail, test.want)):
				t.Errorf("nothing says %q:%s", test.want, describe(found))
			}
		})
	}
}
