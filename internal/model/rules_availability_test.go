package model

import "testing"

const remoteLibrary = `content_library_path=\\fs01.contoso.com\ContentLibrary`

func TestRules_availability(t *testing.T) { runCases(t, availabilityChapter(), highAvailabilityCases) }

var highAvailabilityCases = map[string]cases{
	"HA-SSP-REMOTE-RCL": {
		violated: []string{
			"site PS1 primary passive_site_server=ps1b.contoso.com",
			`site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\ps1.contoso.com\Lib`,
			`site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\PS1B\Lib`,
			"site CAS central_administration passive_site_server=casb.contoso.com",
		},
		satisfied: []string{
			"site PS1 primary passive_site_server=ps1b.contoso.com " + remoteLibrary, "site PS1 primary", "site PS1 primary " + remoteLibrary,
			`site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\ps1.fabrikam.com\Lib`,
			// A secondary site cannot have one at all: ROLE-SITE-SSP.
			"site PS1 primary\nsite SS1 secondary PS1 passive_site_server=ss1b.contoso.com",
		},
		undecided: []string{
			"site PS1 primary passive_site_server=?", "site PS1 primary passive_site_server=ps1b.contoso.com content_library_path=?",
			"site PS1 primary site_server=? passive_site_server=ps1b.contoso.com " + remoteLibrary,
		},
	},
	"HA-RCL-DOMAIN": {
		violated: []string{
			"site PS1 primary domain=contoso.com " + remoteLibrary + "\nserver PS1 fs01 untrusted_forest=true installation_account=fs01\\\\setup site_server_initiates_connections=true\nrole PS1 dp distribution_point",
		},
		satisfied: []string{
			"site PS1 primary domain=contoso.com " + remoteLibrary + "\nserver PS1 fs01 domain=contoso.com",
			"site PS1 primary forest=contoso.com " + remoteLibrary + "\nserver PS1 fs01 forest=contoso.com domain=emea.contoso.com",
			"site PS1 primary " + remoteLibrary + "\nserver PS1 fs01 untrusted_forest=false domain=fabrikam.com",
			"site PS1 primary", "site PS1 primary\nserver PS1 fs01 untrusted_forest=true",
			// In a workgroup no site system can be: SRV-DOMAIN.
			"site PS1 primary " + remoteLibrary + "\nserver PS1 fs01 workgroup=true",
		},
		undecided: []string{
			"site PS1 primary " + remoteLibrary, "site PS1 primary " + remoteLibrary + "\nserver PS1 fs01", "site PS1 primary content_library_path=?",
			"site PS1 primary domain=contoso.com " + remoteLibrary + "\nserver PS1 fs01 domain=fabrikam.com",
		},
	},
	"HA-RCL-DP-ELSEWHERE": {
		violated: []string{
			"site PS1 primary " + remoteLibrary, "site PS1 primary " + remoteLibrary + "\nrole PS1 mp management_point",
			// One of a secondary site is not one of the site.
			"site PS1 primary " + remoteLibrary + "\nsite SS1 secondary PS1\nrole SS1 ss1 distribution_point",
		},
		satisfied: []string{
			"site PS1 primary " + remoteLibrary + "\nrole PS1 dp distribution_point", "site PS1 primary", "site CAS central_administration " + remoteLibrary,
			// On the site server it is COLO-DP-NOT-ON-RCL.
			"site PS1 primary " + remoteLibrary + "\nrole PS1 ps1 distribution_point",
		},
		undecided: []string{
			"site PS1 primary content_library_path=?", "site PS1 primary " + remoteLibrary + "\nrole PS1 srv ?", "site PS1 primary site_server=? " + remoteLibrary + "\nrole PS1 dp distribution_point",
			"site PS1 primary " + remoteLibrary + "\nhierarchy role_assignments=null",
		},
	},
}
