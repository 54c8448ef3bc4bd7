package model

import "testing"

// sitesWithChild begins designs of a hierarchy with a central administration site.
const sitesWithChild = "site CAS central_administration\nsite PS1 primary CAS\n"

func TestRules_softwareupdates(t *testing.T) {
	runCases(t, softwareupdatesChapter(), softwareUpdateCases)
}

var softwareUpdateCases = map[string]cases{
	"SUP-PARENT-FIRST": {
		violated: []string{
			sitesWithChild + "role PS1 sup software_update_point",
			sitesWithChild + "site SS1 secondary PS1\nrole CAS sup software_update_point\nrole SS1 ss1 software_update_point",
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 software_update_point",
		},
		satisfied: []string{
			sitesWithChild + "site SS1 secondary PS1\nrole CAS sup software_update_point\nrole PS1 sup1 software_update_point\nrole SS1 ss1 software_update_point",
			"site PS1 primary\nrole PS1 sup software_update_point",
			sitesWithChild,
		},
		undecided: []string{
			sitesWithChild + "role PS1 sup software_update_point\nrole CAS srv ?",
			"site PS1 primary CAS\nrole PS1 sup software_update_point",
			"site PS1 primary ?\nrole PS1 sup software_update_point",
			sitesWithChild + "hierarchy role_assignments=?",
		},
	},
	"SUP-ALL-PRIMARIES": {
		violated: []string{
			sitesWithChild + "role CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=software_update_point\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=software_update_point clients.windows=10\nrole CAS sup software_update_point\nrole PS1 mp management_point",
		},
		satisfied: []string{
			sitesWithChild,
			"site PS1 primary",
			sitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=windows_update\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=none\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS clients.windows=0\nrole CAS sup software_update_point",
			// The central administration site is the business of SUP-PARENT-FIRST.
			sitesWithChild + "role PS1 sup software_update_point",
		},
		undecided: []string{
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=?\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS clients=?\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS clients.windows=?\nrole CAS sup software_update_point",
			sitesWithChild + "role CAS sup software_update_point\nrole PS1 srv ?",
			"site PS1 primary CAS",
		},
	},
	"SUP-UPSTREAM-TOP": {
		violated: []string{
			sitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point synchronization_source=microsoft_update",
			sitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point synchronization_source=upstream_wsus",
			sitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point synchronization_source=none",
			"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 sup software_update_point\nrole SS1 ss1 software_update_point synchronization_source=microsoft_update",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=parent_site",
		},
		satisfied: []string{
			sitesWithChild + "role CAS sup software_update_point synchronization_source=microsoft_update\nrole PS1 sup1 software_update_point synchronization_source=parent_site",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=upstream_wsus",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=none",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point",
			"site PS1 primary ?\nrole PS1 sup software_update_point synchronization_source=microsoft_update",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=?",
		},
	},
	"SUP-CAP-COLO": {
		violated: []string{
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point\nrole PS1 mp software_update_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point\nrole PS1 ps1 software_update_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.windows=25001 sms_providers=[\"sup.contoso.com\"]\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 sup software_update_point",
			"site PS1 primary clients.windows=25001 database.server=sup.contoso.com\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 sup software_update_point",
		},
		satisfied: []string{
			"site PS1 primary clients.windows=25000\nrole PS1 mp management_point\nrole PS1 mp software_update_point",
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nrole PS1 mp software_update_point\nrole PS1 mp2 management_point\nrole PS1 mp2 software_update_point",
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 sup software_update_point",
			// The software update point of the secondary site serves its part of the clients.
			"site PS1 primary clients.windows=50000\nsite SS1 secondary PS1 clients.windows=0\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 mp software_update_point\nrole SS1 ss1 software_update_point",
			sitesWithChild + "role CAS cas software_update_point",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point",
			"site PS1 primary clients.windows=?\nrole PS1 sup software_update_point",
			"site PS1 primary clients.windows=30000 site_server=?\nrole PS1 sup software_update_point\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.windows=30000\nrole PS1 sup software_update_point\nrole PS1 sup ?\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
		},
	},
	"SUP-WSUS-VERSION": {
		violated: []string{
			"site PS1 primary\nserver PS1 sup1 operating_system=windows_server_2019\nserver PS1 sup2 operating_system=windows_server_2022\nrole PS1 sup1 software_update_point\nrole PS1 sup2 software_update_point",
			"site PS1 primary\nserver PS1 ps1 operating_system=windows_server_2022\nserver PS1 sup operating_system=windows_server_2019\nrole PS1 sup software_update_point",
		},
		satisfied: []string{
			"site PS1 primary",
			"site PS1 primary\nserver PS1 ps1 operating_system=windows_server_2022\nserver PS1 sup operating_system=windows_server_2022\nrole PS1 sup software_update_point",
			"site PS1 primary\nrole PS1 ps1 software_update_point",
			// A secondary site server needs no console.
			"site PS1 primary\nsite SS1 secondary PS1\nserver PS1 ps1 operating_system=windows_server_2022\nserver SS1 ss1 operating_system=windows_server_2019\nserver SS1 sup operating_system=windows_server_2022\nrole PS1 ps1 software_update_point\nrole SS1 sup software_update_point",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 sup1 software_update_point\nrole PS1 sup2 software_update_point",
			"site PS1 primary\nserver PS1 ps1 operating_system=?\nserver PS1 sup operating_system=windows_server_2019\nrole PS1 sup software_update_point",
		},
	},
	"SUP-WSUS-CONSOLE": {
		violated: []string{
			equipped("2503", "ps1", `"NET-Framework-Core","RDC"`) + "\nrole PS1 sup software_update_point",
			equipped("2503", "ps1", "") + "\nrole PS1 ps1 management_point\nrole PS1 sup software_update_point",
			sitesWithChild + "server CAS cas inventory.windows_features=[]\nrole CAS sup software_update_point\nrole PS1 ps1 software_update_point",
			// The passive site server takes over from the other one.
			"site PS1 primary passive_site_server=ps1b.contoso.com " + remoteLibrary + "\nserver PS1 ps1b inventory.windows_features=[]\nrole PS1 sup software_update_point",
		},
		satisfied: []string{
			equipped("2503", "ps1", `"UpdateServices-UI"`) + "\nrole PS1 sup software_update_point",
			equipped("2503", "ps1", `"UpdateServices-RSAT"`) + "\nrole PS1 sup software_update_point",
			// WSUS brings the console.
			equipped("2503", "ps1", `"UpdateServices-Services"`) + "\nrole PS1 sup software_update_point",
			equipped("2503", "ps1", "") + "\nrole PS1 ps1 software_update_point",
			equipped("2503", "ps1", ""),
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]\nrole PS1 ps1 software_update_point\nrole SS1 sup software_update_point",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point", "site PS1 primary\nserver PS1 ps1\nrole PS1 sup software_update_point",
			equipped("2503", "ps1", `"?"`) + "\nrole PS1 sup software_update_point", equipped("2503", "ps1", "") + "\nrole PS1 ? software_update_point", equipped("2503", "ps1", "") + "\nrole PS1 sup ?",
		},
	},
	"SUP-PRI-NO-REPLICA": {
		violated: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=replica",
			sitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point existing_wsus=replica",
		},
		satisfied: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=none",
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=replica installed=true",
			"site CAS central_administration\nrole CAS sup software_update_point existing_wsus=replica",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point",
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=replica installed=?",
		},
	},
	"SUP-NOT-STANDALONE-WSUS": {
		violated: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=stand_alone",
			"site CAS central_administration\nrole CAS sup software_update_point existing_wsus=stand_alone",
		},
		satisfied: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=none synchronization_source=upstream_wsus",
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=stand_alone installed=true",
		},
		undecided: []string{"site PS1 primary\nrole PS1 sup software_update_point", "site PS1 primary\nrole PS1 sup software_update_point existing_wsus=?"},
	},
}

// A dedicated software update point is never the bottleneck of a site.
func TestDedicatedUpdatePointServesAnySite(t *testing.T) {
	for _, site := range []limit{limitStandAloneWindows, limitChildPrimary, limitSecondaryWindows} {
		if limitUpdateClientsDedicated.value < site.value {
			t.Errorf("a site may have %d clients, a dedicated software update point serves %d", site.value, limitUpdateClientsDedicated.value)
		}
	}
}
