package lifecycle_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/lifecycle"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// atVersions puts a design at several versions.
func atVersions(design string, versions ...product.Version) []string {
	designs := make([]string, len(versions))
	for i, v := range versions {
		designs[i] = fmt.Sprintf("version %s\n%s", v, design)
	}
	return designs
}

// gateway is a primary site with one cloud management gateway.
func gateway(attributes string) string {
	return "site PS1 primary\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg\n" +
		`hierarchy cloud_management_gateways={"a":{"name":"cmg","site_code":"PS1",` + attributes + `}}`
}

const (
	unknownSiteRole = "version 2603\nsite PS1 primary\nrole ? srv "

	intelligence     = "site PS1 primary\nrole PS1 srv asset_intelligence_synchronization_point"
	registration     = "site PS1 primary\nrole PS1 srv certificate_registration_point"
	deviceManagement = "site PS1 primary\nrole PS1 srv management_point allow_mobile_devices=true"
	loadBalanced     = "site PS1 primary\nrole PS1 srv software_update_point network_load_balanced=true"
	plainHTTP        = "site PS1 primary client_communication=https_or_http"
	sql2012          = "site PS1 primary database.sql_version=\"2012\" database.edition=standard"
	sql2014          = "site PS1 primary database.sql_version=\"2014\" database.edition=standard"
	classicGateway   = `"deployment":"cloud_service_classic"`
	legacyGateway    = `"deployment":"azure_service_manager"`
)

func TestRules(t *testing.T) { ruletest.Run(t, lifecycle.Chapter(), lifecycleCases) }

var lifecycleCases = map[string]ruletest.Cases{
	"ROLE-LIFE-AISP-DEPR": {
		Violated:  atVersions(intelligence, 2203, 2509),
		Satisfied: append(atVersions(intelligence, 2111), atVersions(intelligence+" installed=true", 2603)...),
		Undecided: []string{unknownSiteRole + "asset_intelligence_synchronization_point", "site PS1 primary version=?\nrole PS1 srv asset_intelligence_synchronization_point"},
	},
	"ROLE-LIFE-AISP-2603": {
		Violated: append(atVersions(intelligence, 2603, 2609),
			// At a child primary site the placement rule is silent: it is one defect.
			"version 2603\nsite CAS central_administration\nsite PS1 primary CAS\nrole PS1 srv asset_intelligence_synchronization_point",
			"version 2603\n"+intelligence+" installed=true"),
		Satisfied: atVersions(intelligence, 2509),
		Undecided: []string{unknownSiteRole + "asset_intelligence_synchronization_point", "version 2603\n" + intelligence + " installed=?"},
	},
	"ROLE-LIFE-CRP-DEPR": {
		Violated:  atVersions(registration, 2103, 2111),
		Satisfied: atVersions(registration, 2010, 2203),
		Undecided: []string{unknownSiteRole + "certificate_registration_point"},
	},
	"ROLE-LIFE-CRP-UNSUP": {
		Violated:  atVersions(registration, 2203),
		Satisfied: atVersions(registration, 2111, 2207),
		Undecided: []string{unknownSiteRole + "certificate_registration_point"},
	},
	"ROLE-LIFE-CRP-NOCREATE": {
		Violated:  append(atVersions(registration, 2207, 2309), atVersions(registration+" installed=true", 2207)...),
		Satisfied: atVersions(registration, 2203, 2403),
		Undecided: []string{unknownSiteRole + "certificate_registration_point", "version 2207\n" + registration + " installed=?"},
	},
	"ROLE-LIFE-CRP-BLOCK": {
		Violated:  append(atVersions(registration, 2403, 2603), atVersions(registration+" installed=true", 2403)...),
		Satisfied: atVersions(registration, 2309),
		Undecided: []string{unknownSiteRole + "certificate_registration_point"},
	},
	"ROLE-LIFE-EP-DEPR": {
		Violated: append(atVersions(deviceManagement, 2203, 2603),
			"site PS1 primary\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point"),
		Satisfied: append(atVersions(deviceManagement, 2111), "site PS1 primary\nrole PS1 mp management_point allow_mobile_devices=false",
			"version 2111\nsite PS1 primary\nrole PS1 ep enrollment_point\nrole PS1 epx enrollment_proxy_point"),
		Undecided: []string{"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary\nrole PS1 mp management_point allow_mobile_devices=?"},
	},
	"ROLE-LIFE-ACAT": {
		Violated: append(atVersions("site PS1 primary\nrole PS1 srv application_catalog_website_point", 1910, 2107, 2603),
			"version 1910\nsite PS1 primary\nrole PS1 srv application_catalog_web_service_point installed=true"),
		Satisfied: atVersions("site PS1 primary\nrole PS1 srv application_catalog_website_point\nrole PS1 srv application_catalog_web_service_point", 1906),
		Undecided: []string{unknownSiteRole + "application_catalog_website_point"},
	},
	"ROLE-LIFE-OOB": {
		Violated: append(atVersions("site PS1 primary\nrole PS1 srv out_of_band_service_point", 1511, 2603),
			"site PS1 primary\nrole PS1 srv system_health_validator_point", unknownSiteRole+"out_of_band_service_point"),
		Satisfied: []string{"site PS1 primary\nrole PS1 srv distribution_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 srv ?"},
	},
	"ROLE-LIFE-CMG-CLASSIC-NEW": {
		Violated:  append(atVersions(gateway(classicGateway), 2203, 2403, 2603), "version 2203\nsite PS1 primary\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\","+classicGateway+"}}"),
		Satisfied: append(atVersions(gateway(classicGateway), 2111), gateway(classicGateway+`,"installed":true`), gateway(`"deployment":"virtual_machine_scale_set"`), gateway(legacyGateway)),
		Undecided: []string{gateway(`"vm_instances":1`), gateway(`"deployment":"?"`), gateway(classicGateway + `,"installed":"?"`), "site PS1 primary version=?\nhierarchy cloud_management_gateways={\"a\":{\"site_code\":\"PS1\"," + classicGateway + "}}"},
	},
	"ROLE-LIFE-CMG-CLASSIC-BLOCK": {
		Violated:  append(atVersions(gateway(classicGateway+`,"installed":true`), 2403, 2603), "version 2403\n"+gateway(legacyGateway+`,"installed":true`)),
		Satisfied: append(atVersions(gateway(classicGateway+`,"installed":true`), 2309), gateway(classicGateway), gateway(`"deployment":"virtual_machine_scale_set","installed":true`)),
		Undecided: []string{gateway(`"vm_instances":1`), gateway(classicGateway + `,"installed":"?"`)},
	},
	"ROLE-LIFE-CMG-ASM": {
		Violated: append(atVersions(gateway(legacyGateway), 1902, 2203, 2603), atVersions(gateway(legacyGateway+`,"installed":true`), 1902, 2309)...),
		Satisfied: append(atVersions(gateway(legacyGateway), 1810), "version 2403\n"+gateway(legacyGateway+`,"installed":true`),
			gateway(classicGateway), gateway(`"deployment":"virtual_machine_scale_set"`)),
		Undecided: []string{gateway(`"deployment":"?"`), "site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"site_code\":\"PS2\"," + legacyGateway + "}}"},
	},
	"ROLE-LIFE-CDP": {
		Violated: append(atVersions("site PS1 primary\nrole PS1 srv cloud_distribution_point", 2107, 2603),
			"site PS1 primary\nrole PS1 srv cloud_distribution_point installed=true"),
		Satisfied: atVersions("site PS1 primary\nrole PS1 srv cloud_distribution_point", 2103),
		Undecided: []string{unknownSiteRole + "cloud_distribution_point", "site PS1 primary\nrole PS1 srv cloud_distribution_point installed=?"},
	},
	"ROLE-LIFE-MCC-DEPR": {
		Violated:  atVersions("site PS1 primary\nrole PS1 srv distribution_point connected_cache=true", 2603, 2609),
		Satisfied: append(atVersions("site PS1 primary\nrole PS1 srv distribution_point connected_cache=true", 2509), "site PS1 primary\nrole PS1 srv distribution_point connected_cache=false"),
		Undecided: []string{"site PS1 primary\nrole PS1 srv distribution_point", "site PS1 primary\nrole PS1 srv distribution_point connected_cache=?"},
	},
	"ROLE-LIFE-SUP-NLB": {
		Violated:  atVersions(loadBalanced, 1702, 2603),
		Satisfied: append(atVersions(loadBalanced, 1610), "site PS1 primary\nrole PS1 srv software_update_point network_load_balanced=false"),
		Undecided: []string{"site PS1 primary\nrole PS1 srv software_update_point", "site PS1 primary\nrole PS1 srv software_update_point network_load_balanced=?"},
	},
	"ROLE-LIFE-HTTP-DEPR": {
		Violated: atVersions(plainHTTP, 2103, 2309),
		Satisfied: append(atVersions(plainHTTP, 2010, 2403),
			"version 2309\nsite PS1 primary client_communication=enhanced_http\nsite SS1 secondary PS1 client_communication=https_or_http",
			"version 2309\nsite PS1 primary client_communication=https_only",
			"version 2309\nsite CAS central_administration client_communication=https_or_http"),
		Undecided: []string{"version 2309\nsite PS1 primary", "version 2309\nsite PS1 primary client_communication=?", "version 2309\nsite PS1 ? client_communication=https_or_http"},
	},
	"ROLE-LIFE-HTTP-BLOCK": {
		Violated: append(atVersions(plainHTTP, 2403, 2603),
			"site CAS central_administration client_communication=https_or_http\nsite PS1 primary CAS client_communication=https_only"),
		Satisfied: append(atVersions(plainHTTP, 2309),
			"site PS1 primary client_communication=enhanced_http\nsite SS1 secondary PS1 client_communication=https_or_http",
			"site PS1 primary client_communication=https_only"),
		Undecided: []string{"site PS1 primary", "site PS1 primary client_communication=?", "site PS1 primary version=? client_communication=https_or_http"},
	},
	"ROLE-LIFE-OS-2012": {
		Violated: append(atVersions("site PS1 primary\nserver PS1 srv operating_system=windows_server_2012_r2", 2309),
			"version 2309\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2012"),
		Satisfied: append(atVersions("site PS1 primary\nserver PS1 srv operating_system=windows_server_2012_r2", 2303, 2403),
			"version 2309\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2016"),
		Undecided: []string{"site PS1 primary\nserver PS1 srv", "site PS1 primary version=?\nserver PS1 srv operating_system=windows_server_2012"},
	},
	"ROLE-LIFE-OS-2008R2": {
		Violated: append(atVersions("site PS1 primary\nserver PS1 srv operating_system=windows_server_2008_r2\nrole PS1 srv distribution_point", 1702, 2603),
			"version 1511\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2008\nrole PS1 srv distribution_point"),
		Satisfied: append(atVersions("site PS1 primary\nserver PS1 srv operating_system=windows_server_2008_r2\nrole PS1 srv distribution_point", 1610),
			// With another role the whole server is refused.
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2016\nrole PS1 srv distribution_point"),
		Undecided: []string{"site PS1 primary\nrole PS1 srv distribution_point"},
	},
	"ROLE-LIFE-OS-WIN10": {
		Violated: atVersions("site PS1 primary\nserver PS1 srv operating_system=windows_10\nrole PS1 srv distribution_point", 2509, 2603),
		Satisfied: append(atVersions("site PS1 primary\nserver PS1 srv operating_system=windows_10\nrole PS1 srv distribution_point", 2503),
			"site PS1 primary\nserver PS1 srv operating_system=windows_10_ltsc\nrole PS1 srv distribution_point"),
		Undecided: []string{"site PS1 primary\nrole PS1 srv distribution_point"},
	},
	"ROLE-LIFE-SQL-2012": {
		Violated: append(atVersions(sql2012, 2207, 2403, 2409, 2603),
			"version 2409\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2012\" database.edition=express"),
		Satisfied: append(atVersions(sql2012, 2203), "site PS1 primary database.sql_version=\"2019\"",
			"version 2207\nsite PS1 primary database.sql_version=\"2019\"\nsite SS1 secondary PS1 database.sql_version=\"2012\" database.edition=express"),
		Undecided: []string{"site PS1 primary", "site PS1 primary database=?", "site PS1 primary version=? database.sql_version=\"2012\"",
			"version 2207\nsite PS1 primary database.sql_version=\"2019\"\nsite SS1 secondary PS1 database.sql_version=\"2012\""},
	},
	"ROLE-LIFE-SQL-2014": {
		Violated:  atVersions(sql2014, 2409, 2603),
		Satisfied: append(atVersions(sql2014, 2403), "site PS1 primary database.sql_version=\"2016\""),
		Undecided: []string{"site PS1 primary", "site PS1 primary database.sql_version=?"},
	},
	"ROLE-LIFE-SQL-2016": {
		Violated: []string{
			"version 2609\nsite PS1 primary database.sql_version=\"2016\"",
			"version 2609\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2016\" database.edition=express",
			"version 2609\nsite CAS central_administration database.sql_version=\"2016\"",
			"version 2709\nsite PS1 primary database.sql_version=\"2016\"",
		},
		Satisfied: []string{"version 2603\nsite PS1 primary database.sql_version=\"2016\"", "version 2609\nsite PS1 primary database.sql_version=\"2017\""},
		Undecided: []string{"version 2609\nsite PS1 primary", "version 2609\nsite PS1 primary database.sql_version=?", "site PS1 primary version=? database.sql_version=\"2016\""},
	},
	"ROLE-LIFE-SQL-SUPPORT": {
		Violated: []string{
			"review 2026-10-01\nversion 2603\nsite PS1 primary database.sql_version=\"2016\"",
			"review 2026-07-15\nversion 2603\nsite CAS central_administration database.sql_version=\"2016\"",
			"review 2026-10-01\nversion 2603\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2016\" database.edition=express",
			"review 2027-10-13\nversion 2609\nsite PS1 primary database.sql_version=\"2017\"",
			"review 2030-01-09\nversion 2609\nsite PS1 primary database.sql_version=\"2019\"",
			"review 2024-07-10\nversion 2403\nsite PS1 primary database.sql_version=\"2014\"",
		},
		Satisfied: []string{
			"review 2026-07-14\nversion 2603\nsite PS1 primary database.sql_version=\"2016\"",
			"review 2026-10-01\nversion 2603\nsite PS1 primary database.sql_version=\"2017\"",
			"review 2032-12-31\nversion 2609\nsite PS1 primary database.sql_version=\"2022\"",
			// Refused, or reported with the version of the product.
			"review 2026-10-01\nversion 2609\nsite PS1 primary database.sql_version=\"2016\"",
			"review 2026-10-01\nversion 2609\nsite PS1 primary database.sql_version=\"2014\"",
		},
		Undecided: []string{
			"version 2603\nsite PS1 primary database.sql_version=\"2016\"",
			"review 2026-10-01\nsite PS1 primary", "review 2026-10-01\nsite PS1 primary database.sql_version=?",
		},
	},
	"ROLE-LIFE-MACOS": {
		Violated: []string{
			"version 2303\nsite PS1 primary clients.macos=1\nrole PS1 mp management_point", "version 2603\nsite PS1 primary clients.macos=10 clients.windows=100\nrole PS1 mp management_point",
			"review 2023-01-01\nversion 2103\nsite PS1 primary clients.macos=1\nrole PS1 mp management_point", "review 2023-01-01\nsite PS1 primary version=? clients.macos=1\nrole PS1 mp management_point",
		},
		Satisfied: []string{
			"version 2603\nsite PS1 primary clients.windows=100 clients.macos=0", "review 2022-12-31\nversion 2103\nsite PS1 primary clients.macos=1",
		},
		Undecided: []string{
			"version 2211\nsite PS1 primary clients.macos=1", "version 2603\nsite PS1 primary", "version 2603\nsite PS1 primary clients.macos=?", "site PS1 primary version=? clients.macos=1",
		},
	},
	"ROLE-LIFE-SITE-VERSION-SUPPORT": {
		Violated: []string{
			"review 2026-10-01\nsite PS1 primary version=\"2503\"",
			"review 2026-11-22\nversion 2409\nsite PS1 primary",
			"review 2023-10-07\nsite PS1 primary version=\"2203\"",
			"review 2026-11-22\nsite CAS central_administration version=\"2603\"\nsite PS1 primary CAS version=\"2503\"",
		},
		Satisfied: []string{
			"review 2026-09-30\nsite PS1 primary version=\"2503\"",
			"review 2023-10-06\nsite PS1 primary version=\"2203\"",
			"review 2026-11-22\nsite PS1 primary version=\"2603\"",
			"review 2026-11-22\nsite PS1 primary version=\"2703\"",
			"review 2026-11-22\nsite PS1 primary version=\"2203\" branch=technical_preview",
		},
		Undecided: []string{
			"site PS1 primary version=\"2203\"",
			"review 2026-11-22\nsite PS1 primary version=?",
		},
	},
}

// TestLifecycleSeverity tests that what exists already weighs less than what is new.
func TestLifecycleSeverity(t *testing.T) {
	for _, test := range []struct {
		id, design string
		want       rule.Severity
	}{
		{"ROLE-LIFE-AISP-2603", "version 2603\n" + intelligence, rule.SeverityError},
		{"ROLE-LIFE-AISP-2603", "version 2603\n" + intelligence + " installed=true", rule.SeverityWarning},
		{"ROLE-LIFE-CRP-NOCREATE", "version 2207\n" + registration, rule.SeverityError},
		{"ROLE-LIFE-CRP-NOCREATE", "version 2207\n" + registration + " installed=true", rule.SeverityWarning},
		{"ROLE-LIFE-CRP-BLOCK", "version 2403\n" + registration + " installed=true", rule.SeverityError},
		{"ROLE-LIFE-CDP", "site PS1 primary\nrole PS1 srv cloud_distribution_point", rule.SeverityError},
		{"ROLE-LIFE-CDP", "site PS1 primary\nrole PS1 srv cloud_distribution_point installed=true", rule.SeverityWarning},
		{"ROLE-LIFE-CMG-ASM", "version 1902\n" + gateway(legacyGateway), rule.SeverityError},
		{"ROLE-LIFE-CMG-ASM", "version 1902\n" + gateway(legacyGateway+`,"installed":true`), rule.SeverityWarning},
		{"ROLE-LIFE-HTTP-BLOCK", plainHTTP, rule.SeverityError},
		{"ROLE-LIFE-HTTP-BLOCK", "site CAS central_administration client_communication=https_or_http", rule.SeverityError},
		{"ROLE-LIFE-SQL-2012", "version 2403\n" + sql2012, rule.SeverityWarning},
		{"ROLE-LIFE-SQL-2012", "version 2409\n" + sql2012, rule.SeverityError},
		{"ROLE-LIFE-OS-2012", "version 2309\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2012", rule.SeverityWarning},
		{"ROLE-LIFE-OS-2008R2", "site PS1 primary\nserver PS1 srv operating_system=windows_server_2008_r2\nrole PS1 srv distribution_point", rule.SeverityWarning},
	} {
		found := false
		for _, f := range ruletest.Parse(t, test.design).Judge(t).Found {
			if f.Rule.ID != test.id {
				continue
			}
			found = true
			if f.Severity != test.want {
				t.Errorf("%s is a %s, want %s, in\n%s", test.id, f.Severity, test.want, test.design)
			}
		}
		if !found {
			t.Errorf("%s was not found in\n%s", test.id, test.design)
		}
	}
}

// A stand-alone primary site whose database is on SQL Server 2016, and what its reviewers
// read before and after the last day of that version.
func TestSQLServerAfterItsLastDay(t *testing.T) {
	const site = "\nsite PS1 primary client_communication=enhanced_http site_server=cm01.contoso.com database.sql_version=%q\n" +
		"server PS1 cm01 operating_system=windows_server_2016\nrole PS1 cm01 service_connection_point\nrole PS1 cm01 management_point"
	for _, test := range []struct{ review, version, sql, want, proposes string }{
		{"2026-10-01", "2603", "2016", "ROLE-LIFE-SQL-SUPPORT warning", `sql_version = "2025"`},
		{"2026-07-14", "2603", "2016", "", ""},
		{"2026-10-01", "2509", "2016", "ROLE-LIFE-SQL-SUPPORT warning", `sql_version = "2022"`},
		{"2026-10-01", "2609", "2016", "ROLE-LIFE-SQL-2016 error", `sql_version = "2025"`},
		{"2026-10-01", "2603", "2017", "", ""},
		{"2027-10-13", "2609", "2017", "ROLE-LIFE-SQL-SUPPORT warning", `sql_version = "2025"`},
	} {
		d := ruletest.Parse(t, "review "+test.review+"\nversion "+test.version+fmt.Sprintf(site, test.sql))
		got, fix := "", ""
		for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
			if strings.HasSuffix(f.Path.String(), "sql_version") {
				got, fix = got+f.Rule.ID+" "+f.Severity.String(), f.Fix
			}
		}
		if got != test.want || !strings.Contains(fix, test.proposes) {
			t.Errorf("SQL Server %s at %s on %s: found %q with %q, want %q with %q", test.sql, test.version, test.review, got, fix, test.want, test.proposes)
		}
	}
}
