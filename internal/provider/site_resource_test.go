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

// A stand-alone primary site, as small as it can be.
var primarySite = hcl{
	"site_code":   `"PS1"`,
	"site_type":   `"primary"`,
	"name":        `"Contoso Seattle"`,
	"site_server": `"cm01.contoso.com"`,
}

func TestAccSite_CreateUpdateReplace(t *testing.T) {
	const address = "configmgr_site.ps1"
	values := &plannedValues{}
	full := primarySite.
		but("passive_site_server", `"cm02.contoso.com"`).
		but("content_library_path", `"\\\\fs01.contoso.com\\ContentLibrary"`).
		but("install_directory", `"D:\\ConfigMgr"`)
	site := func(arguments hcl) string { return arguments.resource("configmgr_site", "ps1") }
	update := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionUpdate}
	replace := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionDestroyBeforeCreate}

	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config: site(primarySite),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringExact("PS1")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("tier"), knownvalue.StringExact("stand_alone_primary")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("version"), knownvalue.StringExact(product.DefaultVersion.String())),
					values,
				}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
			planned(site(primarySite.but("site_code", `"ps1"`)), update),
			planned(site(primarySite.but("name", `"CONTOSO SEATTLE"`)), update),
			planned(site(primarySite.but("site_server", `"CM01.contoso.com"`)), update),
			planned(site(primarySite.but("client_communication", `"enhanced_http"`)), update),
			planned(site(primarySite.but("accepted_findings", `{ "SITE-NAME-CHARS" = "agreed" }`)), update),
			planned(site(primarySite.but("version", `"2503"`)), update),
			planned(site(primarySite.but("parent", `{ site_code = "CAS", site_type = "central_administration" }`)), update),
			planned(site(primarySite.but("install_directory", `"D:\\ConfigMgr"`)), update),
			planned(site(primarySite.but("site_code", `"PS2"`)), replace),
			planned(site(primarySite.but("name", `"Contoso Portland"`)), replace),
			planned(site(primarySite.but("site_server", `"cm02.contoso.com"`)), replace),
			planned(site(primarySite.but("site_type", `"central_administration"`)), replace),
			{
				Config: site(full),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), values,
				}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
			planned(site(full.but("install_directory", `"E:\\ConfigMgr"`)), replace),
			planned(site(full.but("install_directory", "")), update),
			{ // the passive site server is promoted
				Config: site(full.but("site_server", `"cm02.contoso.com"`).but("passive_site_server", `"cm01.contoso.com"`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), values,
				}},
				ConfigStateChecks: []statecheck.StateCheck{values},
			},
		},
	})
}

func TestAccSite_SecondaryIsReplacedWithAnotherParentOrDatabase(t *testing.T) {
	primary := func(code, host string) string {
		return primarySite.but("site_code", `"`+code+`"`).but("site_server", `"`+host+`"`).but("parent", "configmgr_site.cas").
			resource("configmgr_site", strings.ToLower(code))
	}
	sites := primarySite.but("site_code", `"CAS"`).but("site_type", `"central_administration"`).but("site_server", `"cas.contoso.com"`).resource("configmgr_site", "cas") +
		primary("PS1", "cm01.contoso.com") + primary("PS2", "cm02.contoso.com")
	secondary := hcl{
		"site_code": `"SS1"`, "site_type": `"secondary"`, "name": `"Contoso Tacoma"`, "site_server": `"ss01.contoso.com"`,
		"parent": "configmgr_site.ps1",
	}
	const address = "configmgr_site.ss1"
	update := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionUpdate}
	replace := map[string]plancheck.ResourceActionType{address: plancheck.ResourceActionDestroyBeforeCreate}
	site := func(arguments hcl, blocks ...string) string {
		return sites + arguments.resource("configmgr_site", "ss1", blocks...)
	}

	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{
				Config: site(secondary, `database { instance = "CONFIGMGRSEC" }`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue(address, tfjsonpath.New("tier"), knownvalue.StringExact("secondary")),
					plancheck.ExpectKnownValue("configmgr_site.ps1", tfjsonpath.New("tier"), knownvalue.StringExact("child_primary")),
					plancheck.ExpectKnownValue("configmgr_site.cas", tfjsonpath.New("tier"), knownvalue.StringExact("central_administration")),
					plancheck.ExpectKnownValue(address, tfjsonpath.New("parent").AtMapKey("id"), knownvalue.StringExact("PS1")),
				}},
			},
			planned(site(secondary.but("parent", "configmgr_site.ps2"), `database { instance = "CONFIGMGRSEC" }`), replace),
			planned(site(secondary, `database { instance = "MSSQLSERVER" }`), replace),
			planned(site(secondary.but("parent", `{ site_code = "ps1", site_type = "primary" }`), `database { instance = "configmgrsec" }`), update),
		},
	})
}

func TestAccSite_MalformedValues(t *testing.T) {
	const (
		host      = "Invalid host name"
		value     = "Invalid value"
		version   = "Invalid Configuration Manager version"
		finding   = "Invalid accepted finding"
		network   = "Invalid network path"
		directory = "Invalid directory"
		domain    = "Invalid domain name"
	)
	expectRefusals(t, "", "configmgr_site", primarySite, []refusal{
		{name: "type_misspelt", argument: "site_type", value: `"primry"`, summary: value,
			text: `"primry" is not a valid value. Did you mean "primary"? Valid values: "central_administration", "primary", "secondary".`},
		{name: "type_abbreviated", argument: "site_type", value: `"cas"`, summary: value, text: `"cas" is not a valid value. Valid values:`},
		{name: "code_missing", argument: "site_code", summary: "Missing required argument", text: `The argument "site_code" is required`},
		{name: "site_server_empty", argument: "site_server", value: `""`, summary: host, text: `The host name is empty. Give the fully qualified name of the computer, such as "cm01.contoso.com".`},
		{name: "site_server_with_blank", argument: "site_server", value: `"cm 01.contoso.com"`, summary: host, text: `"cm 01.contoso.com" is not a host name: the part "cm 01"`},
		{name: "passive_site_server_with_two_dots", argument: "passive_site_server", value: `"cm02..contoso.com"`, summary: host, text: `the part "" is empty`},
		{name: "provider_empty", argument: "sms_providers", value: `["cm01.contoso.com", ""]`, summary: host, text: "The host name is empty."},
		{name: "provider_null", argument: "sms_providers", value: `[null]`, summary: host, text: "The host name is empty."},
		{name: "version_with_dot", argument: "version", value: `"25.03"`, summary: version,
			text: `"25.03" is not a Configuration Manager version. Give the four digits of the release, year and month, such as "` + product.DefaultVersion.String() + `".`},
		{name: "version_not_released", argument: "version", value: `"2504"`, summary: version,
			text: `"2504" is not a release of Configuration Manager current branch. Did you mean`},
		{name: "version_empty", argument: "version", value: `""`, summary: version, text: `"" is not a Configuration Manager version.`},
		{name: "version_far_away", argument: "version", value: `"9913"`, summary: version, text: `"9913" is not a release`},
		{name: "content_library_without_share", argument: "content_library_path", value: `"\\\\fs01.contoso.com"`, summary: network,
			text: `Write server and share as in "\\\\fs01.contoso.com\\ContentLibrary"`},
		{name: "content_library_local", argument: "content_library_path", value: `"D:\\ContentLibrary"`, summary: network, text: "is not a network path."},
		{name: "content_library_empty", argument: "content_library_path", value: `""`, summary: network, text: `"" is not a network path.`},
		{name: "install_directory_without_drive", argument: "install_directory", value: `"ConfigMgr"`, summary: directory,
			text: `"ConfigMgr" is not a path on a local drive. Write drive and directory as in "D:\\ConfigMgr"`},
		{name: "communication_misspelt", argument: "client_communication", value: `"enhanced-http"`, summary: value,
			text: `"enhanced-http" is not a valid value. Did you mean "enhanced_http"?`},
		{name: "branch_misspelt", argument: "branch", value: `"technical preview"`, summary: value, text: `Did you mean "technical_preview"?`},
		{name: "domain_with_backslash", argument: "domain", value: `"CONTOSO\\"`, summary: domain, text: `is not the DNS name of a domain. Write it as in "contoso.com"`},
		{name: "forest_empty", argument: "forest", value: `""`, summary: domain, text: `"" is not the DNS name of a domain.`},
		{name: "accepted_rule_misspelt", argument: "accepted_findings", value: `{ "COLO-FSP-DEDICTED" = "agreed" }`, summary: finding,
			text: `There is no rule with the id "COLO-FSP-DEDICTED". Did you mean "COLO-FSP-DEDICATED"`},
		{name: "accepted_rule_in_lower_case", argument: "accepted_findings", value: `{ colo-fsp-dedicated = "agreed" }`, summary: finding,
			text: `There is no rule with the id "colo-fsp-dedicated". Did you mean "COLO-FSP-DEDICATED"`},
		{name: "accepted_without_reason", argument: "accepted_findings", value: `{ "COLO-FSP-DEDICATED" = " " }`, summary: finding,
			text: `The finding COLO-FSP-DEDICATED is accepted without a reason. Say who accepted it and why, as in { "COLO-FSP-DEDICATED" = "lab server, agreed with security" }.`},
		{name: "accepted_with_null", argument: "accepted_findings", value: `{ "COLO-FSP-DEDICATED" = null }`, summary: finding,
			text: "The finding COLO-FSP-DEDICATED is accepted without a reason."},
		{name: "clients_negative", block: "clients { windows = -1 }", summary: "Invalid number", text: "-1 is negative. Give zero or a positive number."},
		{name: "edition_in_capitals", block: `database { edition = "Enterprise" }`, summary: value, text: `"Enterprise" is not a valid value. Did you mean "enterprise"?`},
		{name: "sql_version_by_number", block: `database { sql_version = "15.0" }`, summary: value, text: `"15.0" is not a valid value. Valid values:`},
		{name: "database_setting_misspelt", block: `database { sever = "sql01.contoso.com" }`, summary: "Unsupported argument",
			text: `An argument named "sever" is not expected here. Did you mean "server"?`},
		{name: "block_misspelt", block: `databse { server = "sql01.contoso.com" }`, summary: "Unsupported block type",
			text: `Blocks of type "databse" are not expected here. Did you mean "database"?`},
		{name: "replica_malformed", block: "database {\n availability_group { replicas = [\"sql 01\"] }\n}", summary: host, text: `the part "sql 01"`},
		{name: "parent_is_a_code", argument: "parent", value: `"CAS"`, summary: "Incorrect attribute value type", text: `Inappropriate value for attribute "parent": object required`},
		{name: "parent_without_type", argument: "parent", value: `{ site_code = "CAS" }`, summary: "Incorrect attribute value type",
			text: `Inappropriate value for attribute "parent": attribute "site_type" is required.`},
	})
}

func TestAccSite_RefusedAtPlan(t *testing.T) {
	expectRefusals(t, "", "configmgr_site", primarySite, []refusal{
		{name: "code_reserved", argument: "site_code", value: `"aux"`, summary: `SITE-CODE-RESERVED: site code "aux" is reserved`, text: "AUX, CON, ENV, NUL, PRN, SMS"},
	})
}

// What no policy lowers is reported when the configuration is validated.
func TestAccSite_RefusedAtValidation(t *testing.T) {
	expectRefusals(t, "", "configmgr_site", primarySite, []refusal{
		{name: "code_empty", argument: "site_code", value: `""`, summary: `SITE-CODE-FORMAT: site code "" is not three letters or digits`,
			text: `exactly 3 from A to Z and 0 to 9 are allowed`},
		{name: "code_of_four", argument: "site_code", value: `"PRI1"`, summary: `SITE-CODE-FORMAT: site code "PRI1" is not three letters or digits`,
			text: `Fix: Give three letters or digits, such as site_code = "PS1".`},
		{name: "code_with_hyphen", argument: "site_code", value: `"P-1"`, summary: `SITE-CODE-FORMAT: site code "P-1" is not three letters or digits`, text: `site_code = "P-1"`},
		{name: "name_empty", argument: "name", value: `""`, summary: "SITE-NAME-REQUIRED: primary site PS1 has no name", text: `name = ""`},
		{name: "name_of_blanks", argument: "name", value: `"  "`, summary: "SITE-NAME-REQUIRED: primary site PS1 has no name", text: "Setup asks for the name"},
	})
}

func TestAccSite_ServerInPlaceOfTheParent(t *testing.T) {
	config := `resource "configmgr_site_system_server" "mp01" {
  fqdn = "mp01.contoso.com"
  site = { site_code = "PS1", site_type = "primary" }
}
`
	expectRefusals(t, config, "configmgr_site", primarySite, []refusal{
		{name: "parent_is_a_server", argument: "parent", value: "configmgr_site_system_server.mp01", summary: "Incorrect attribute value type",
			text: `Inappropriate value for attribute "parent": attribute "site_type" is required.`},
	})
}
