package hierarchy_test

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

var kinshipCases = map[string]ruletest.Cases{
	"HIER-CAS-NO-CLIENTS": {
		Violated:  []string{"site CAS central_administration clients.windows=1", "site CAS central_administration clients.macos=0 clients.mobile_devices=5"},
		Satisfied: []string{"site CAS central_administration clients.windows=0", "site PS1 primary clients.windows=100"},
		Undecided: []string{"site CAS central_administration", "site CAS central_administration clients=?", "site CAS ? clients.windows=1"},
	},
	"HIER-CLIENT-ASSIGN-PRIMARY": {
		Violated: []string{
			centralSiteLine + "server CAS srv client_site_code=cas",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 dp client_site_code=SS1",
			// Another site of the hierarchy.
			"site PS1 primary\nsite SS1 secondary PS1\nserver PS1 dp client_site_code=SS1",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 dp client_site_code=PS1", "site PS1 primary\nsite SS1 secondary PS1\nserver SS1 dp client_site_code=ps1",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 dp", "site PS1 primary\nserver PS1 dp client_site_code=?", "site PS1 primary\nserver PS1 dp client_site_code=PS9",
			centralSiteLine + "site PS1 primary CAS\nserver CAS srv client_site_code=PS1",
		},
	},
	"HIER-SAME-VERSION": {
		Violated: []string{
			"site CAS central_administration version=\"2503\"\nsite PS1 primary CAS version=\"2509\"",
			"version 2503\nsite PS1 primary\nsite SS1 secondary PS1 version=\"2509\"",
			// Older: a warning.
			"site CAS central_administration version=\"2509\"\nsite PS1 primary CAS version=\"2503\"",
			"site PS1 primary\nsite SS1 secondary PS1 version=\"2503\"",
		},
		Satisfied: []string{
			tree, "site CAS central_administration version=\"2503\"\nsite PS1 primary CAS version=\"2503\"", "version 2503\nsite PS1 primary version=\"2503\"\nsite SS1 secondary PS1",
			"site PS1 primary" + ruletest.Below,
		},
		Undecided: []string{
			"site CAS central_administration version=?\nsite PS1 primary CAS", centralSiteLine + "site PS1 primary CAS version=?", "site PS1 primary ?",
		},
	},
	"HIER-FOREST-TRUST": {
		Violated: []string{
			"site CAS central_administration forest=contoso.com\nsite PS1 primary CAS forest=fabrikam.com parent_forest_trust=none",
			"site PS1 primary forest=contoso.com\nsite SS1 secondary PS1 forest=fabrikam.com parent_forest_trust=external",
		},
		Satisfied: []string{
			"site CAS central_administration forest=contoso.com\nsite PS1 primary CAS forest=fabrikam.com parent_forest_trust=two_way_forest",
			"site CAS central_administration forest=contoso.com\nsite PS1 primary CAS forest=CONTOSO.COM.", "site PS1 primary forest=contoso.com",
		},
		Undecided: []string{
			tree, "site CAS central_administration forest=contoso.com\nsite PS1 primary CAS forest=fabrikam.com",
			"site CAS central_administration forest=contoso.com\nsite PS1 primary CAS forest=?", "site PS1 primary ? forest=contoso.com",
		},
	},
	"HIER-COLLATION": {
		Violated: []string{
			"site CAS central_administration database.collation=" + ruletest.Latin + "\nsite PS1 primary CAS database.collation=" + ruletest.Chinese,
			"site PS1 primary database.collation=" + ruletest.Latin + "\nsite SS1 secondary PS1 database.collation=" + ruletest.Chinese,
			// Two children of a site whose collation is not declared.
			centralSiteLine + "site PS1 primary CAS database.collation=" + ruletest.Latin + "\nsite PS2 primary CAS database.collation=" + ruletest.Chinese,
			// The child follows its parent, the parent does not follow the top.
			"site CAS central_administration database.collation=" + ruletest.Latin + "\nsite PS1 primary CAS database.collation=" + ruletest.Chinese + "\nsite SS1 secondary PS1 database.collation=" + ruletest.Chinese,
		},
		Satisfied: []string{
			"site CAS central_administration database.collation=" + ruletest.Latin + "\nsite PS1 primary CAS database.collation=sql_latin1_general_cp1_ci_as",
			"site PS1 primary database.collation=" + ruletest.Chinese, "site PS1 primary",
		},
		Undecided: []string{
			"site CAS central_administration database.collation=" + ruletest.Latin + "\nsite PS1 primary CAS", tree,
			"site CAS central_administration database.collation=" + ruletest.Latin + "\nsite PS1 primary CAS database.collation=?",
			"site CAS central_administration database=?\nsite PS1 primary CAS database.collation=" + ruletest.Latin,
		},
	},
	"HIER-AD-REQUIRED": {
		Violated: []string{
			"site PS1 primary\nserver PS1 ps1 workgroup=true", "site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\\\fs.contoso.com\\lib\nserver PS1 ps1b workgroup=true",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 workgroup=true",
		},
		Satisfied: []string{"site PS1 primary\nserver PS1 ps1 workgroup=false"},
		Undecided: []string{"site PS1 primary\nserver PS1 ps1", "site PS1 primary site_server=?\nserver PS1 ps1 workgroup=true", "server ? ps1 workgroup=true"},
	},
	"HIER-SECONDARY-MIN-CLIENTS": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 clients.windows=499", "site PS1 primary\nsite SS1 secondary PS1 clients.windows=0"},
		Satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1 clients.windows=500", "site PS1 primary clients.windows=10", "lab\nsite PS1 primary\nsite SS1 secondary PS1 clients.windows=10"},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1", "site PS1 primary\nsite SS1 secondary PS1 clients.windows=?"},
	},
	"HIER-SECONDARY-PEER-ROUTE": {
		Violated: []string{
			centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS\nsite SS1 secondary PS1\nsite SS2 secondary PS2\nhierarchy file_replication_routes={\"a\":{\"source_site_code\":\"ss1\",\"destination_site_code\":\"SS2\"}}",
		},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nsite SS2 secondary PS1\nhierarchy file_replication_routes={\"a\":{\"source_site_code\":\"SS1\",\"destination_site_code\":\"SS2\"}}",
			centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS\nhierarchy file_replication_routes={\"a\":{\"source_site_code\":\"PS1\",\"destination_site_code\":\"PS2\"}}",
			"site PS1 primary\nhierarchy file_replication_routes={}",
		},
		Undecided: []string{
			"site PS1 primary", "site PS1 primary\nhierarchy file_replication_routes=?",
			"site PS1 primary\nsite SS1 secondary PS1\nhierarchy file_replication_routes={\"a\":{\"source_site_code\":\"SS1\",\"destination_site_code\":\"SS9\"}}",
			"site PS1 primary\nsite SS1 secondary PS1\nhierarchy file_replication_routes={\"a\":{\"source_site_code\":\"SS1\"}}",
		},
	},
	"HIER-TP-NO-HIERARCHY": {
		Violated: []string{
			"site CAS central_administration branch=technical_preview",
			"site PS1 primary branch=technical_preview" + ruletest.Below,
			"site PS1 primary branch=technical_preview\nsite SS1 secondary PS1",
			"site PS1 primary branch=technical_preview\nsite PS2 primary",
			"site PS1 primary branch=technical_preview\nsite PS2 primary branch=technical_preview",
			centralSiteLine + "site PS1 primary branch=technical_preview",
			"site PS1 primary branch=technical_preview clients.windows=11\nrole PS1 mp management_point",
			"site PS1 primary branch=technical_preview\nrole PS1 scp service_connection_point mode=offline",
		},
		Satisfied: []string{
			"site PS1 primary branch=technical_preview clients.windows=10\nrole PS1 scp service_connection_point mode=online",
			"site PS1 primary branch=current_branch clients.windows=11\nrole PS1 scp service_connection_point mode=offline", tree,
		},
		Undecided: []string{
			"site PS1 primary branch=?", "site PS1 primary branch=technical_preview", "site PS1 primary ? branch=technical_preview clients.windows=1",
			"site PS1 primary branch=technical_preview clients.windows=5\nrole PS1 scp service_connection_point",
			"site PS1 primary branch=technical_preview clients.windows=5\nsite PS2 primary ?",
		},
	},
	"HIER-EXPAND-LANGS": {
		Violated: []string{
			"site CAS central_administration client_languages=[\"DEU\"]\nsite PS1 primary CAS client_languages=[\"deu\",\"FRA\"]",
			"site CAS central_administration client_languages=[]\nsite PS1 primary CAS client_languages=[\"FRA\"]\nsite PS2 primary CAS client_languages=[\"FRA\",\"DEU\"]",
		},
		Satisfied: []string{
			"site CAS central_administration client_languages=[\"deu\",\"FRA\"]\nsite PS1 primary CAS client_languages=[\"DEU\",\"ENG\"]",
			"site PS1 primary client_languages=[\"DEU\"]",
		},
		Undecided: []string{
			tree, "site CAS central_administration client_languages=[\"DEU\"]\nsite PS1 primary CAS",
			"site CAS central_administration client_languages=[\"?\"]\nsite PS1 primary CAS client_languages=[\"FRA\"]",
			"site CAS central_administration client_languages=?\nsite PS1 primary CAS client_languages=[\"FRA\"]",
			"site PS1 primary client_languages=[\"DEU\"]" + ruletest.Below,
		},
	},
}
