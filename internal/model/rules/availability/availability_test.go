package availability_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/availability"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, availability.Chapter(), highAvailabilityCases) }

var highAvailabilityCases = map[string]ruletest.Cases{
	"HA-SSP-REMOTE-RCL": {
		Violated: []string{
			"site PS1 primary passive_site_server=ps1b.contoso.com",
			`site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\ps1.contoso.com\Lib`,
			`site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\PS1B\Lib`,
			"site CAS central_administration passive_site_server=casb.contoso.com",
		},
		Satisfied: []string{
			"site PS1 primary passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary, "site PS1 primary", "site PS1 primary " + ruletest.RemoteLibrary,
			`site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\ps1.fabrikam.com\Lib`,
			// A secondary site cannot have one at all: ROLE-SITE-SSP.
			"site PS1 primary\nsite SS1 secondary PS1 passive_site_server=ss1b.contoso.com",
		},
		Undecided: []string{
			"site PS1 primary passive_site_server=?", "site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=?",
			"site PS1 primary site_server=? passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary,
		},
	},
	"HA-SSP-REMOTE-DB": {
		Violated: []string{
			"site PS1 primary passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary,
			"site PS1 primary passive_site_server=ps1b.contoso.com database.instance=CM " + ruletest.RemoteLibrary,
			"site PS1 primary passive_site_server=ps1b.contoso.com database.server=PS1.contoso.com. " + ruletest.RemoteLibrary,
			"site PS1 primary passive_site_server=ps1b.contoso.com database.server=ps1b.contoso.com " + ruletest.RemoteLibrary,
			"site CAS central_administration passive_site_server=casb.contoso.com " + ruletest.RemoteLibrary,
		},
		Satisfied: []string{
			"site PS1 primary passive_site_server=ps1b.contoso.com database.server=sql.contoso.com " + ruletest.RemoteLibrary, "site PS1 primary",
			// The active site server may be a node of the availability group.
			"site PS1 primary passive_site_server=ps1b.contoso.com database.edition=enterprise database.server=lsn.contoso.com " +
				`database.availability_group.replicas=["ps1.contoso.com","sql.contoso.com"] ` + ruletest.RemoteLibrary,
			"site PS1 primary passive_site_server=ps1b.contoso.com database.server=cl.contoso.com " + `database.failover_cluster.nodes=["sql1.contoso.com"] ` + ruletest.RemoteLibrary,
		},
		Undecided: []string{
			"site PS1 primary passive_site_server=? database.server=sql.contoso.com", "site PS1 primary passive_site_server=ps1b.contoso.com database=? " + ruletest.RemoteLibrary,
			"site PS1 primary passive_site_server=?",
			"site PS1 primary passive_site_server=ps1b.contoso.com database.server=? " + ruletest.RemoteLibrary,
			"site PS1 primary passive_site_server=ps1b.contoso.com database.availability_group=? database.server=ps1.contoso.com " + ruletest.RemoteLibrary,
		},
	},
	"HA-RCL-DOMAIN": {
		Violated: []string{
			// A file server as such, without a place among the site systems.
			"site PS1 primary domain=contoso.com " + ruletest.RemoteLibrary + "\nrole PS1 dp distribution_point\n" + `hierarchy file_servers={"fs":{"fqdn":"fs01.contoso.com","workgroup":true}}`,
			"site PS1 primary domain=contoso.com content_library_path=\\\\fs01\\lib\nrole PS1 dp distribution_point\n" + `hierarchy file_servers={"fs":{"fqdn":"fs01.fabrikam.com","untrusted_forest":true}}`,
			"site PS1 primary domain=contoso.com " + ruletest.RemoteLibrary + "\nserver PS1 fs01 untrusted_forest=true installation_account=fs01\\\\setup site_server_initiates_connections=true\nrole PS1 dp distribution_point",
			"site PS1 primary domain=contoso.com content_library_path=\\\\fs01\\lib\nserver PS1 fs01 untrusted_forest=true installation_account=fs01\\\\setup site_server_initiates_connections=true\nrole PS1 dp distribution_point",
		},
		Satisfied: []string{
			"site PS1 primary domain=contoso.com " + ruletest.RemoteLibrary + "\nrole PS1 dp distribution_point\n" + `hierarchy file_servers={"fs":{"fqdn":"FS01.contoso.com","domain":"contoso.com"}}`,
			"site PS1 primary domain=contoso.com " + ruletest.RemoteLibrary + "\nserver PS1 fs01 domain=contoso.com",
			"site PS1 primary forest=contoso.com " + ruletest.RemoteLibrary + "\nserver PS1 fs01 forest=contoso.com domain=emea.contoso.com",
			"site PS1 primary " + ruletest.RemoteLibrary + "\nserver PS1 fs01 untrusted_forest=false domain=fabrikam.com",
			"site PS1 primary", "site PS1 primary\nserver PS1 fs01 untrusted_forest=true",
			// In a workgroup no site system can be: SRV-DOMAIN.
			"site PS1 primary " + ruletest.RemoteLibrary + "\nserver PS1 fs01 workgroup=true",
		},
		Undecided: []string{
			"site PS1 primary " + ruletest.RemoteLibrary, "site PS1 primary " + ruletest.RemoteLibrary + "\nserver PS1 fs01", "site PS1 primary content_library_path=?",
			"site PS1 primary domain=contoso.com " + ruletest.RemoteLibrary + "\nserver PS1 fs01 domain=fabrikam.com",
		},
	},
	"HA-RCL-DP-ELSEWHERE": {
		Violated: []string{
			"site PS1 primary " + ruletest.RemoteLibrary, "site PS1 primary " + ruletest.RemoteLibrary + "\nrole PS1 mp management_point",
			// One of a secondary site is not one of the site.
			"site PS1 primary " + ruletest.RemoteLibrary + "\nsite SS1 secondary PS1\nrole SS1 ss1 distribution_point",
		},
		Satisfied: []string{
			"site PS1 primary " + ruletest.RemoteLibrary + "\nrole PS1 dp distribution_point", "site PS1 primary", "site CAS central_administration " + ruletest.RemoteLibrary,
			// On the site server it is COLO-DP-NOT-ON-RCL.
			"site PS1 primary " + ruletest.RemoteLibrary + "\nrole PS1 ps1 distribution_point",
		},
		Undecided: []string{
			"site PS1 primary content_library_path=?", "site PS1 primary " + ruletest.RemoteLibrary + "\nrole PS1 srv ?", "site PS1 primary site_server=? " + ruletest.RemoteLibrary + "\nrole PS1 dp distribution_point",
			"site PS1 primary " + ruletest.RemoteLibrary + "\nhierarchy role_assignments=null",
		},
	},
}
