package provider

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

var managementPointServer = hcl{
	"fqdn": `"mp01.contoso.com"`,
	"site": "configmgr_site.ps1",
}

func TestAccSiteSystemServer_CreateUpdateReplace(t *testing.T) {
	const address = "configmgr_site_system_server.mp01"
	values := &plannedValues{}
	sites := primarySite.but("parent", "configmgr_site.cas").resource("configmgr_site", "ps1") +
		primarySite.but("parent", "configmgr_site.cas").but("site_code", `"PS2"`).but("site_server", `"cm02.contoso.com"`).resource("configmgr_site", "ps2") +
		primarySite.but("site_type", `"central_administration"`).but("site_code", `"CAS"`).but("site_server", `"cas.contoso.com"`).resource("configmgr_site", "cas")
	server := func(arguments hcl) string {
		return sites + arguments.resource("configmgr_site_system_server", "mp01")
	}
	update := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionUpdate}
	replace := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionDestroyBeforeCreate}

	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config: server(managementPointServer),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact("PS1/mp01.contoso.com")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("site_code"), knownvalue.StringExact("PS1")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("site_facts"), knownvalue.StringRegexp(regexp.MustCompile("^child_primary of CAS on "))),
					values,
				}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
			planned(server(managementPointServer.but("operating_system", `"windows_server_2022"`)), update),
			planned(server(managementPointServer.but("fqdn", `"MP01.contoso.com"`)), update),
			planned(server(managementPointServer.but("accepted_findings", `{ "SRV-FQDN" = "agreed" }`)), update),
			planned(server(managementPointServer.but("site", `{ site_code = "ps1", site_type = "primary" }`)), update),
			planned(server(managementPointServer.but("fqdn", `"mp02.contoso.com"`)), replace),
			planned(server(managementPointServer.but("site", "configmgr_site.ps2")), replace),
			{
				Config: server(managementPointServer.but("domain", `"contoso.com"`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
				}},
			},
			planned(server(managementPointServer.but("domain", `"CONTOSO.com"`)), update),
			planned(server(managementPointServer), update),
			planned(server(managementPointServer.but("domain", `"fabrikam.com"`)), replace),
		},
	})
}

func TestAccSiteSystemServer_MalformedValues(t *testing.T) {
	const (
		host  = "Invalid host name"
		value = "Invalid value"
	)
	right := managementPointServer.but("site", `{ site_code = "PS1", site_type = "primary" }`)
	expectRefusals(t, "", "configmgr_site_system_server", right, []refusal{
		{name: "fqdn_empty", argument: "fqdn", value: `""`, summary: host, text: "The host name is empty."},
		{name: "fqdn_with_hyphen_in_front", argument: "fqdn", value: `"-mp01.contoso.com"`, summary: host, text: `the part "-mp01"`},
		{name: "fqdn_missing", argument: "fqdn", summary: "Missing required argument", text: `The argument "fqdn" is required`},
		{name: "site_missing", argument: "site", summary: "Missing required argument", text: `The argument "site" is required`},
		{name: "system_as_microsoft_writes_it", argument: "operating_system", value: `"Windows Server 2022"`, summary: value,
			text: `"Windows Server 2022" is not a valid value. Did you mean "windows_server_2022"`},
		{name: "system_misspelt", argument: "operating_system", value: `"windows_server2019"`, summary: value, text: `Did you mean "windows_server_2019"`},
		{name: "system_of_another_vendor", argument: "operating_system", value: `"debian"`, summary: value, text: `"debian" is not a valid value. Valid values: "windows_server_2025"`},
		{name: "domain_controller_misspelt", argument: "domain_controller", value: `"readonly"`, summary: value, text: `Did you mean "read_only"?`},
		{name: "domain_malformed", argument: "domain", value: `"contoso com"`, summary: "Invalid domain name", text: `"contoso com" is not the DNS name of a domain.`},
		{name: "accepted_rule_misspelt", argument: "accepted_findings", value: `{ SRV-FQDM = "agreed" }`, summary: "Invalid accepted finding", text: `Did you mean "SRV-FQDN"`},
		{name: "argument_misspelt", argument: "operatingsystem", value: `"windows_server_2022"`, summary: "Unsupported argument", text: `Did you mean "operating_system"?`},
		{name: "code_of_site_missing", argument: "site", value: `{ site_type = "primary" }`, summary: "Incorrect attribute value type",
			text: `Inappropriate value for attribute "site": attribute "site_code" is required.`},
		{name: "type_of_site_misspelt", argument: "site", inObject: true, value: `{ site_code = "PS1", site_type = "primry" }`, summary: value, text: `Did you mean "primary"?`},
	})
}

func TestAccSiteSystemServer_RefusedAtValidation(t *testing.T) {
	right := managementPointServer.but("site", `{ site_code = "PS1", site_type = "primary" }`)
	expectRefusals(t, "", "configmgr_site_system_server", right, []refusal{
		{name: "written_site_with_a_wrong_code", argument: "site", inObject: true, value: `{ site_code = "PRI1", site_type = "primary" }`,
			summary: `SITE-CODE-FORMAT: site code "PRI1" is not three letters or digits`, text: "Where: site.site_code"},
	})
}

func TestAccSiteSystemServer_ServerInPlaceOfTheSite(t *testing.T) {
	right := managementPointServer.but("site", `{ site_code = "PS1", site_type = "primary" }`)
	config := right.resource("configmgr_site_system_server", "right")
	expectRefusals(t, config, "configmgr_site_system_server", right, []refusal{
		{name: "site_is_a_server", argument: "site", value: "configmgr_site_system_server.right", summary: "Incorrect attribute value type",
			text: `Inappropriate value for attribute "site": attribute "site_type" is required.`},
	})
}

func TestAccSiteSystemServer_RefusedAtPlan(t *testing.T) {
	right := managementPointServer.but("site", `{ site_code = "PS1", site_type = "primary" }`)
	expectRefusals(t, "", "configmgr_site_system_server", right, []refusal{
		{name: "version_of_site_malformed", argument: "site", inObject: true, value: `{ site_code = "PS1", site_type = "primary", version = "5.0" }`, summary: "Invalid Configuration Manager version", text: `"5.0" is not`},
	})
}
