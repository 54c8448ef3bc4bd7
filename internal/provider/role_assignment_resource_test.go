package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

var managementPoint = hcl{
	"server": "configmgr_site_system_server.mp01",
	"role":   `"management_point"`,
}

func TestAccRoleAssignment_CreateUpdateReplace(t *testing.T) {
	const address = "configmgr_role_assignment.x"
	values := &plannedValues{}
	config := primarySite.resource("configmgr_site", "ps1") +
		managementPointServer.resource("configmgr_site_system_server", "mp01") +
		managementPointServer.but("fqdn", `"mp02.contoso.com"`).resource("configmgr_site_system_server", "mp02")
	assignment := func(arguments hcl, blocks ...string) string {
		return config + arguments.resource("configmgr_role_assignment", "x", blocks...)
	}
	update := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionUpdate}
	replace := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionDestroyBeforeCreate}
	reporting := managementPoint.but("role", `"reporting_services_point"`)

	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config: assignment(managementPoint),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact("PS1/mp01.contoso.com/management_point")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("wmi_role_name"), knownvalue.StringExact("SMS Management Point")),
					values,
				}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
			planned(assignment(managementPoint, `management_point { protocol = "https" }`), update),
			planned(assignment(managementPoint.but("installed", "true")), update),
			planned(assignment(managementPoint.but("accepted_findings", `{ "ROLE-LIFE-HTTP-DEPR" = "agreed" }`)), update),
			planned(assignment(managementPoint.but("server", `{ fqdn = "MP01.contoso.com", site = { site_code = "ps1", site_type = "primary" } }`)),
				map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionNoop}),
			planned(assignment(managementPoint.but("role", `"distribution_point"`)), replace),
			planned(assignment(managementPoint.but("server", "configmgr_site_system_server.mp02")), replace),
			planned(assignment(managementPoint.but("server", `{ fqdn = "mp01.contoso.com", site = { site_code = "PS2", site_type = "primary" } }`)), replace),
			{ // the server is renamed, and with it the assignment
				Config: strings.ReplaceAll(assignment(managementPoint), "mp01.contoso.com", "mp03.contoso.com"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction("configmgr_site_system_server.mp01", plancheck.ResourceActionDestroyBeforeCreate),
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact("PS1/mp03.contoso.com/management_point")),
				}},
			},
			{
				Config: assignment(reporting, `reporting_services_point {
  account                = "contoso.com\\svc-reports"
  report_server_instance = "SSRS"
  folder_name            = "ConfigMgr_PS1"
}`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate),
				}},
			},
			planned(assignment(reporting, `reporting_services_point {
  account                = "contoso.com\\svc-reports"
  report_server_instance = "ssrs"
  folder_name            = "ConfigMgr_PS1"
  database_server        = "sql01.contoso.com"
}`), update),
			planned(assignment(reporting), update),
			planned(assignment(reporting, `reporting_services_point {
  account                = "contoso.com\\svc-reports"
  report_server_instance = "PBIRS"
  folder_name            = "ConfigMgr_PS1"
}`), replace),
			planned(assignment(reporting, `reporting_services_point {
  account                = "contoso.com\\svc-reports"
  report_server_instance = "SSRS"
  folder_name            = "Reports"
}`), replace),
		},
	})
}

// TestAccRoleAssignment_EveryRole assigns each role with its settings: an empty
// block is a block, and roles that are no resource of a server have no WMI name.
func TestAccRoleAssignment_EveryRole(t *testing.T) {
	values := &plannedValues{}
	config := primarySite.but("version", `"2309"`).resource("configmgr_site", "ps1") +
		managementPointServer.resource("configmgr_site_system_server", "mp01")
	assigned := 0
	for _, role := range product.Roles() {
		if role.Kind != product.RoleAssignable || role.Key == "certificate_registration_point" {
			continue // the certificate registration point is not supported by any version in support
		}
		assigned++
		config += managementPoint.but("role", `"`+role.Key+`"`).resource("configmgr_role_assignment", role.Key)
	}
	if assigned == 0 {
		t.Fatal("there are no roles")
	}
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: config + `
resource "configmgr_role_assignment" "empty_block" {
  server = configmgr_site_system_server.mp01
  role   = "management_point"
  management_point {}
}
resource "configmgr_role_assignment" "pull" {
  server = {
    fqdn = "dp01.contoso.com"
    site = configmgr_site.ps1
  }
  role = "distribution_point"
  distribution_point {
    pull_sources = { "dp02.contoso.com" = 1, "dp03.contoso.com" = null }
    multicast { maximum_clients = 100 }
  }
}
`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue("configmgr_role_assignment.exchange_server_connector", tfjsonpath.New("wmi_role_name"), knownvalue.Null()),
				values,
			}},
			ConfigStateChecks: []statecheck.StateCheck{values},
		}},
	})
}

func TestAccRoleAssignment_MalformedValues(t *testing.T) {
	const (
		role  = "Invalid role"
		value = "Invalid value"
		host  = "Invalid host name"
	)
	right := managementPoint.but("server", `{ fqdn = "mp01.contoso.com", site = { site_code = "PS1", site_type = "primary" } }`)
	expectRefusals(t, "", "configmgr_role_assignment", right, []refusal{
		{name: "role_misspelt", argument: "role", value: `"managment_point"`, summary: role, text: `There is no role "managment_point". Did you mean "management_point"`},
		{name: "role_as_the_console_writes_it", argument: "role", value: `"Management Point"`, summary: role, text: `Did you mean "management_point"`},
		{name: "role_abbreviated", argument: "role", value: `"SUP"`, summary: role, text: `There is no role "SUP". Did you mean "software_update_point"?`},
		{name: "role_of_another_product", argument: "role", value: `"print_spooler"`, summary: role, text: `There is no role "print_spooler". Valid roles: "management_point",`},
		{name: "role_empty", argument: "role", value: `""`, summary: role, text: `There is no role "".`},
		{name: "role_missing", argument: "role", summary: "Missing required argument", text: `The argument "role" is required`},
		{name: "server_missing", argument: "server", summary: "Missing required argument", text: `The argument "server" is required`},
		{name: "server_null", argument: "server", value: "null", summary: "Missing Configuration for Required Attribute", text: "Must set a configuration value for the server attribute"},
		{name: "protocol_misspelt", block: `management_point { protocol = "htps" }`, summary: value, text: `"htps" is not a valid value. Did you mean "https" or "http"?`},
		{name: "connections_misspelt", block: `management_point { client_connections = "intranet_and_internet" }`, summary: value, text: `Did you mean "internet_and_intranet"`},
		{name: "setting_misspelt", block: `management_point { protocl = "https" }`, summary: "Unsupported argument", text: `Did you mean "protocol"?`},
		{name: "block_misspelt", block: `managment_point { protocol = "https" }`, summary: "Unsupported block type", text: `Did you mean "management_point"?`},
		{name: "setting_of_another_block", block: `management_point { pull_sources = {} }`, summary: "Unsupported argument", text: `An argument named "pull_sources" is not expected here.`},
		{name: "pull_source_malformed", block: `distribution_point { pull_sources = { "dp 01" = 1 } }`, summary: host, text: `the part "dp 01"`},
		{name: "expiration_malformed", block: `distribution_point { certificate_expiration = "31.12.2026" }`, summary: "Invalid date", text: `"31.12.2026" is not a date. Write year, month and day as in "2026-12-31".`},
		{name: "expiration_on_no_day", block: `distribution_point { certificate_expiration = "2026-02-30" }`, summary: "Invalid date", text: `"2026-02-30" is not a date.`},
		{name: "port_zero", block: `software_update_point { http_port = 0 }`, summary: "Invalid port", text: "0 is not a port number. Give a number from 1 to 65535, such as 8530."},
		{name: "port_too_large", block: `software_update_point { https_port = 65536 }`, summary: "Invalid port", text: "65536 is not a port number."},
		{name: "port_not_whole", block: `software_update_point { http_port = 80.5 }`, summary: value, text: "A whole number is required, not 80.5."},
		{name: "port_huge", block: `software_update_point { http_port = 1e60 }`, summary: value, text: "A whole number is required"},
		{name: "replica_server_malformed", block: "management_point {\n database_replica { server = \"\" }\n}", summary: host, text: "The host name is empty."},
		{name: "accepted_without_reason", argument: "accepted_findings", value: `{ "COLO-FSP-DEDICATED" = "" }`, summary: "Invalid accepted finding", text: "accepted without a reason"},
	})
}

func TestAccRoleAssignment_RolesThatAreNotAssigned(t *testing.T) {
	right := managementPoint.but("server", `{ fqdn = "mp01.contoso.com", site = { site_code = "PS1", site_type = "primary" } }`)
	var refusals []refusal
	for _, role := range product.Roles() {
		if !role.Assignable() {
			refusals = append(refusals, refusal{name: role.Key, argument: "role", value: `"` + role.Key + `"`, summary: "Invalid role",
				text: `The role "` + role.Key + `" (` + role.Name + `) cannot be assigned. ` + role.Instead})
		}
	}
	expectRefusals(t, "", "configmgr_role_assignment", right, refusals)
}

func TestAccRoleAssignment_RefusedAtPlan(t *testing.T) {
	right := managementPoint.but("server", `{ fqdn = "mp01.contoso.com", site = { site_code = "PS1", site_type = "primary" } }`)
	expectRefusals(t, "", "configmgr_role_assignment", right, []refusal{
		{name: "block_of_another_role", block: `distribution_point { protocol = "https" }`, summary: "Settings of another role",
			text: `The block distribution_point holds settings of the role "distribution_point", but role = "management_point". Remove the block, or assign that role with a configmgr_role_assignment of its own.`},
	})
}

// What no policy lowers is reported when the configuration is validated.
func TestAccRoleAssignment_RefusedAtValidation(t *testing.T) {
	right := managementPoint.but("server", `{ fqdn = "mp01.contoso.com", site = { site_code = "PS1", site_type = "primary" } }`)
	expectRefusals(t, "", "configmgr_role_assignment", right, []refusal{
		{name: "role_that_the_product_removed", argument: "role", value: `"out_of_band_service_point"`, summary: "ROLE-LIFE-OOB: out of band service point on mp01.contoso.com is a role that current branch never had",
			text: "Why:"},
		{name: "written_site_with_a_wrong_code", argument: "server", inObject: true, value: `{ fqdn = "mp01.contoso.com", site = { site_code = "PRI1", site_type = "primary" } }`,
			summary: `SITE-CODE-FORMAT: site code "PRI1" is not three letters or digits`, text: "Where: server.site.site_code"},
	})
}

func TestAccRoleAssignment_SiteInPlaceOfTheServer(t *testing.T) {
	expectRefusals(t, primarySite.resource("configmgr_site", "ps1"), "configmgr_role_assignment", hcl{"role": `"management_point"`}, []refusal{
		{name: "server_is_a_site", argument: "server", value: "configmgr_site.ps1", summary: "Incorrect attribute value type",
			text: `Inappropriate value for attribute "server": attribute "fqdn" is required.`},
	})
}

// TestAccRoleAssignment_ErrorThreeReferencesDeep plans on an empty state: what the
// parent of the site of the server says decides about the role.
func TestAccRoleAssignment_ErrorThreeReferencesDeep(t *testing.T) {
	found := planErrors(t, `
resource "configmgr_site" "cas" {
  site_code   = "CAS"
  site_type   = "central_administration"
  name        = "Contoso CAS"
  site_server = "cas01.contoso.com"
}
resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso Seattle"
  site_server = "ps101.contoso.com"
  parent      = configmgr_site.cas
}
resource "configmgr_site_system_server" "scp" {
  fqdn = "scp01.contoso.com"
  site = configmgr_site.ps1
}
resource "configmgr_role_assignment" "scp" {
  server = configmgr_site_system_server.scp
  role   = "service_connection_point"
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { cas = configmgr_site.cas, ps1 = configmgr_site.ps1 }
  site_system_servers = { scp = configmgr_site_system_server.scp }
  role_assignments    = { scp = configmgr_role_assignment.scp }
}
`)
	if len(found) != 1 || found[0].rule() != "ROLE-SITE-SCP" || found[0].address != "configmgr_role_assignment.scp" {
		t.Fatalf("errors: %+v", found)
	}
	for _, text := range []string{`role = "service_connection_point"`, "child primary site PS1", "Why:", "Fix:", "Reference:", "https://learn.microsoft.com/"} {
		if !strings.Contains(found[0].summary+found[0].text, text) {
			t.Errorf("the error does not say %q: %+v", text, found[0])
		}
	}
}
