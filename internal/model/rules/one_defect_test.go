package rules_test

import (
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// Designs with one mistake that several rules see. They came of valid designs in which
// one value was replaced by another one of the same design.
var oneDefect = []struct{ design, want string }{
	{"site PS1 primary passive_site_server=ps1.contoso.com", "REF-DISTINCT"},
	{"site PS1 primary database.server=ag.contoso.com database.edition=enterprise database.availability_group.name=ag passive_site_server=ps1.contoso.com " +
		`database.availability_group.replicas=["ps1.contoso.com","sql2.contoso.com"] content_library_path=\\fs01.contoso.com\lib`, "REF-DISTINCT"},
	{"site PS1 primary\nsite SS1 secondary PS1 passive_site_server=ps1.contoso.com", "ROLE-SITE-SSP"},
	{"site PS1 primary\nsite SS1 secondary PS1 sms_providers=[\"ps1.contoso.com\"]", "ROLE-SITE-PROV"},
	{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ps1 management_point", "ROLE-CARD-MP-SEC"},
	{"site PS1 primary\nrole PS1 ps1 service_connection_point\nrole PS1 ps1 service_connection_point", "ROLE-CARD-ROLE-SERVER"},
	{"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point\nrole PS1 ps1 data_warehouse_service_point", "ROLE-CARD-ROLE-SERVER"},
	{"site PS1 primary\nrole PS1 srv endpoint_protection_point\nrole PS1 srv endpoint_protection_point", "ROLE-CARD-ROLE-SERVER"},
	{"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 ps1 software_update_point\nrole SS1 sup software_update_point\nrole SS1 sup software_update_point", "ROLE-CARD-ROLE-SERVER"},
	{"site PS1 primary\nrole PS1 exc exchange_server_connector organization=Org\nrole PS1 exc exchange_server_connector organization=Org", "ROLE-CARD-ROLE-SERVER"},
	{"version 2111\nsite PS1 primary\nrole PS1 crp certificate_registration_point ndes_server=ndes.contoso.com\n" +
		"role PS1 crp certificate_registration_point ndes_server=ndes.contoso.com", "ROLE-CARD-ROLE-SERVER"},
	{viewed + "role CAS cas reporting_services_point\nrole CAS cas reporting_services_point", "ROLE-CARD-ROLE-SERVER"},
	{viewed + "role CAS ps1 reporting_services_point", "COLO-ONE-SITE-PER-SERVER"},
	{viewed + "role CAS ps1 data_warehouse_service_point", "COLO-ONE-SITE-PER-SERVER"},
	{viewed + "role CAS dw data_warehouse_service_point", "HIER-DVIEW-DWSP"},
	{"site CAS central_administration sms_providers=[\"ps1.contoso.com\"]\nsite PS1 primary CAS\nhierarchy distributed_views=[\"PS1\"]", "COLO-ONE-SITE-PER-SERVER"},
	{`site PS1 primary database.sql_version="2012" database.compatibility_level=150`, "ROLE-LIFE-SQL-2012"},
	{`site PS1 primary database.sql_version="2014" database.compatibility_level=150`, "ROLE-LIFE-SQL-2014"},
	{"site CAS central_administration\nsite PS1 primary CAS\nrole CAS up software_update_point\nserver PS1 a operating_system=windows_10\n" +
		"server PS1 b operating_system=windows_server_2022\nrole PS1 a software_update_point wsus_database_server=sql.contoso.com\n" +
		"role PS1 b software_update_point wsus_database_server=sql.contoso.com", "SRV-CLIENTOS-DP-ONLY"},
	{"site PS1 primary\nserver PS1 a operating_system=windows_server_2012_r2\nserver PS1 b operating_system=windows_server_2022\n" +
		"role PS1 a software_update_point wsus_database_server=sql.contoso.com\nrole PS1 b software_update_point wsus_database_server=sql.contoso.com", "SRV-OS-LIST"},
	{"site PS1 primary\nserver PS1 ps1 operating_system=windows_11\nrole PS1 ps1 distribution_point connected_cache=true", "SRV-CLIENTOS-DP-ONLY"},
	// What is another mistake beside the first one stays.
	{"site PS1 primary\nrole PS1 a service_connection_point\nrole PS1 b service_connection_point", "ROLE-CARD-SCP-HIER"},
}

const viewed = "site CAS central_administration\nsite PS1 primary CAS\nhierarchy distributed_views=[\"PS1\"]\n"

func TestOneDefectIsOneError(t *testing.T) {
	for _, c := range oneDefect {
		d := ruletest.Parse(t, c.design)
		var got []string
		for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
			if f.Severity == rule.SeverityError {
				got = append(got, f.Rule.ID)
			}
		}
		if !slices.Equal(got, []string{c.want}) {
			t.Errorf("errors %v, want %s alone in\n%s", got, c.want, c.design)
		}
	}
}
