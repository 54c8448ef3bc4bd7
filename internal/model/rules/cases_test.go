package rules_test

import (
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// Designs of administrators that got a wrong answer once, each with siblings. What
// compares with a prior state as well is in the provider's test of transitions.
var cases = []struct {
	name   string
	design string
	// errors and warnings have to be found, and no other error; silent must not be.
	errors, warnings, silent []string
}{
	{
		name: "G13c: a reporting services point on each replica of the availability group",
		design: online + "site PS1 primary client_communication=enhanced_http database.server=aglsn.contoso.com database.edition=enterprise " +
			`database.availability_group.name=CMAG database.availability_group.replicas=["sql01.contoso.com","sql02.contoso.com"]` + "\n" +
			"role PS1 cm01 service_connection_point\nrole PS1 cm01 management_point\nrole PS1 cm01 distribution_point\n" +
			`role PS1 sql01 reporting_services_point account=contoso.com\svc-rsp database_server=sql01.contoso.com` + "\n" +
			`role PS1 sql02 reporting_services_point account=contoso.com\svc-rsp database_server=sql02.contoso.com`,
		silent: []string{"SRV-CLUSTER", "AG-ONLY-SITEDB"},
	},
	{
		name: "a management point on a replica stays refused",
		design: `site PS1 primary database.server=aglsn.contoso.com database.edition=enterprise database.availability_group.replicas=["sql01.contoso.com"]` + "\n" +
			"role PS1 sql01 management_point",
		errors: []string{"SRV-CLUSTER"},
	},
	{
		name: "N04b: a new passive site server that is to hold a management point",
		design: `site PS1 primary client_communication=enhanced_http passive_site_server=cm02.contoso.com content_library_path=\\fs01.contoso.com\lib database.server=sql01.contoso.com` + "\n" +
			"role PS1 cm02 management_point\nrole PS1 mp01 management_point\nrole PS1 mp01 distribution_point\nrole PS1 scp01 service_connection_point",
		silent: []string{"COLO-PASSIVE-EMPTY", "HA-SSP-REMOTE-DB"},
	},
	{
		name:     "a passive site server and a default local database",
		design:   `site PS1 primary passive_site_server=cm02.contoso.com content_library_path=\\fs01.contoso.com\lib`,
		warnings: []string{"HA-SSP-REMOTE-DB"},
	},
	{
		name:   "G26b: the account for the site database comes from the untrusted domain",
		design: untrusted + `role PS1 dmz-mp.branch.fabrikam.com management_point protocol=http client_connections=intranet database_connection_account=branch.fabrikam.com\svc-cm`,
		errors: []string{"SRV-UNTRUSTED-ACCOUNT-DOMAIN"},
	},
	{
		name:   "the same account of the domain of the SQL Server",
		design: untrusted + `role PS1 dmz-mp.branch.fabrikam.com management_point protocol=http client_connections=intranet database_connection_account=corp.contoso.com\svc-cm`,
		silent: []string{"SRV-UNTRUSTED-ACCOUNT-DOMAIN"},
	},
	{
		name: "X22: two primary sites take the traffic of a gateway, one has a connection point",
		design: throughGateway + "role SEA seacp cloud_management_gateway_connection_point cloud_management_gateway=fourthcoffee\n" +
			`hierarchy cloud_management_gateways={"g":{"name":"fourthcoffee","site_code":"CAS","deployment":"virtual_machine_scale_set"}}`,
		warnings: []string{"CMG-CP-PRIMARY"},
	},
	{
		name: "two primary sites with a connection point each",
		design: throughGateway + "role SEA seacp cloud_management_gateway_connection_point cloud_management_gateway=fourthcoffee\nrole PAR parcp cloud_management_gateway_connection_point cloud_management_gateway=fourthcoffee\n" +
			`hierarchy cloud_management_gateways={"g":{"name":"fourthcoffee","site_code":"CAS","deployment":"virtual_machine_scale_set"}}`,
		silent: []string{"CMG-CP-PRIMARY"},
	},
	{
		name:   "G10: PXE in Azure",
		design: "site PS1 primary client_communication=enhanced_http\nserver PS1 dpaz operating_system=windows_server_2022 inventory.location=azure\nrole PS1 dpaz distribution_point pxe=responder",
		errors: []string{"DP-PXE-ON-PREMISES"},
	},
	{
		name: "G16b: software update points of two sites and two Windows versions share a WSUS database",
		design: "site CAS central_administration\nsite PS1 primary CAS client_communication=enhanced_http\nserver CAS cas operating_system=windows_server_2019\nserver PS1 ps1 operating_system=windows_server_2022\n" +
			"role CAS cas software_update_point wsus_database_server=sql01.contoso.com wsus_database_instance=SUSDB synchronization_source=microsoft_update\n" +
			"role PS1 ps1 software_update_point wsus_database_server=sql01.contoso.com wsus_database_instance=SUSDB synchronization_source=parent_site",
		errors: []string{"SUP-SUSDB-ONE-WINDOWS"},
	},
	{
		name:   "G09: the site database in Azure SQL",
		design: "site PS1 primary client_communication=enhanced_http database.server=contoso-mi.0a1b2c3d4e5f.database.windows.net",
		errors: []string{"DB-AZURE-SQL"},
	},
	{
		name:   "T12d: another site server name, the server's own block unchanged",
		design: "site PS1 primary installed=true site_server=cm02.contoso.com\nserver PS1 cm01\nprior\nsite PS1 primary installed=true site_server=cm01.contoso.com\nserver PS1 cm01",
		errors: []string{"SRV-RENAME-IMMUTABLE"},
	},
	{
		name:   "T12g: another domain of the site",
		design: "site PS1 primary installed=true domain=fabrikam.com\nprior\nsite PS1 primary installed=true domain=contoso.com",
		errors: []string{"SRV-RENAME-IMMUTABLE"},
	},
	{
		name:   "T07: an update while a management point uses a database replica",
		design: `site PS1 primary installed=true version="2603"` + "\n" + replicaPoint + "prior\n" + `site PS1 primary installed=true version="2509"` + "\n" + replicaPoint,
		errors: []string{"MPREP-UPGRADE"},
	},
	{
		name: "T03d: a central administration site is removed with its gateway",
		design: ruletest.Removed + ruletest.ChildBefore + "role PS1 cp01 cloud_management_gateway_connection_point installed=true\n" +
			`hierarchy cloud_management_gateways={"g":{"name":"contosocmg","site_code":"CAS","installed":true}}`,
		errors: []string{"HIER-RMCAS-ROLES"},
	},
	{
		name:   "an installed site goes back through the default version",
		design: "version 2409\nsite PS1 primary installed=true\nprior\n" + `site PS1 primary installed=true version="2503"`,
		errors: []string{"SITE-VERSION-UPDATE"},
	},
	{
		name:   "an installed primary site below a central administration site that exists",
		design: "site PS1 primary installed=true" + ruletest.Below + " parent.installed=true\nsite CAS central_administration installed=true\nprior\nsite PS1 primary installed=true",
		errors: []string{"HIER-NO-MERGE"},
	},
	{
		name: "a promotion that changes the default of the database",
		design: `site PS1 primary installed=true site_server=ps1b.contoso.com passive_site_server=ps1.contoso.com content_library_path=\\fs01.contoso.com\lib` +
			"\nprior\n" + `site PS1 primary installed=true passive_site_server=ps1b.contoso.com content_library_path=\\fs01.contoso.com\lib`,
		errors: []string{"DB-PROMOTION-KEEPS"},
	},
	{
		name:   "6,000 Macs and 6,000 mobile devices at one management point",
		design: "version 2010\nsite PS1 primary\nrole PS1 mp management_point macos=6000 mobile_devices=6000 clients=12000",
		errors: []string{"LIM-MP-CLIENTS"},
	},
	{
		name:   "10,000 Macs at one management point",
		design: "version 2010\nsite PS1 primary\nrole PS1 mp management_point macos=10000 mobile_devices=0 clients=10000",
		silent: []string{"LIM-MP-CLIENTS"},
	},
	{
		name:   "plain HTTP at a central administration site",
		design: "site CAS central_administration client_communication=https_or_http",
		errors: []string{"ROLE-LIFE-HTTP-BLOCK"},
	},
}

const (
	online    = "version 2603\n"
	untrusted = "site PS1 primary client_communication=enhanced_http domain=corp.contoso.com forest=corp.contoso.com site_server=siteserver.corp.contoso.com database.server=sqlserver.corp.contoso.com\n" +
		`server PS1 dmz-mp.branch.fabrikam.com domain=branch.fabrikam.com forest=branch.fabrikam.com untrusted_forest=true site_server_initiates_connections=true installation_account=branch.fabrikam.com\svc-install` + "\n"
	throughGateway = "site CAS central_administration\nsite SEA primary CAS client_communication=enhanced_http\nsite PAR primary CAS client_communication=enhanced_http\n" +
		"role CAS cas service_connection_point mode=online\nrole SEA sea management_point allow_cmg_traffic=true\nrole PAR par management_point allow_cmg_traffic=true\n"
	replicaPoint = "role PS1 mp management_point installed=true database_replica.server=rep01.contoso.com database_replica.database_name=CM_REP\n"
)

func TestCases(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			j := ruletest.Parse(t, c.design).Judge(t)
			for where, findings := range map[string][]rule.Finding{"resource by resource": j.Found, "at once": j.FoundAtOnce} {
				found := map[string]rule.Severity{}
				for _, f := range findings {
					found[f.Rule.ID] = max(found[f.Rule.ID], f.Severity)
				}
				for _, id := range c.errors {
					if found[id] != rule.SeverityError {
						t.Errorf("%s: the error %s was not found: %v", where, id, found)
					}
				}
				for _, id := range c.warnings {
					if found[id] != rule.SeverityWarning {
						t.Errorf("%s: the warning %s was not found: %v", where, id, found)
					}
				}
				for id, severity := range found {
					if slices.Contains(c.silent, id) || severity == rule.SeverityError && !slices.Contains(c.errors, id) {
						t.Errorf("%s: %s was found", where, id)
					}
				}
			}
		})
	}
}
