package softwareupdates_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/softwareupdates"
)

func TestRules(t *testing.T) {
	ruletest.Run(t, softwareupdates.Chapter(), softwareUpdateCases)
}

// twoServers is a primary site whose active and passive site server run two systems.
func twoServers(active, passive string) string {
	name := func(os string) string {
		if os == "?" {
			return os
		}
		return "windows_server_" + os
	}
	return "site PS1 primary passive_site_server=ps1b.contoso.com database.server=sql.contoso.com " + ruletest.RemoteLibrary +
		"\nserver PS1 ps1 operating_system=" + name(active) + "\nserver PS1 ps1b operating_system=" + name(passive) + "\n"
}

var softwareUpdateCases = map[string]ruletest.Cases{
	"SUP-PARENT-FIRST": {
		Violated: []string{
			ruletest.SitesWithChild + "role PS1 sup software_update_point",
			ruletest.SitesWithChild + "site SS1 secondary PS1\nrole CAS sup software_update_point\nrole SS1 ss1 software_update_point",
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 software_update_point",
		},
		Satisfied: []string{
			ruletest.SitesWithChild + "site SS1 secondary PS1\nrole CAS sup software_update_point\nrole PS1 sup1 software_update_point\nrole SS1 ss1 software_update_point",
			"site PS1 primary\nrole PS1 sup software_update_point",
			ruletest.SitesWithChild,
		},
		Undecided: []string{
			ruletest.SitesWithChild + "role PS1 sup software_update_point\nrole CAS srv ?",
			"site PS1 primary CAS\nrole PS1 sup software_update_point",
			"site PS1 primary ?\nrole PS1 sup software_update_point",
			ruletest.SitesWithChild + "hierarchy role_assignments=?",
		},
	},
	"SUP-ALL-PRIMARIES": {
		Violated: []string{
			ruletest.SitesWithChild + "role CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=software_update_point\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=software_update_point clients.windows=10\nrole CAS sup software_update_point\nrole PS1 mp management_point",
		},
		Satisfied: []string{
			ruletest.SitesWithChild,
			"site PS1 primary",
			ruletest.SitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=windows_update\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=none\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS clients.windows=0\nrole CAS sup software_update_point",
			// The central administration site is the business of SUP-PARENT-FIRST.
			ruletest.SitesWithChild + "role PS1 sup software_update_point",
		},
		Undecided: []string{
			"site CAS central_administration\nsite PS1 primary CAS software_update_source=?\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS clients=?\nrole CAS sup software_update_point",
			"site CAS central_administration\nsite PS1 primary CAS clients.windows=?\nrole CAS sup software_update_point",
			ruletest.SitesWithChild + "role CAS sup software_update_point\nrole PS1 srv ?",
			"site PS1 primary CAS",
		},
	},
	"SUP-UPSTREAM-TOP": {
		Violated: []string{
			ruletest.SitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point synchronization_source=microsoft_update",
			ruletest.SitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point synchronization_source=upstream_wsus",
			ruletest.SitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point synchronization_source=none",
			"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 sup software_update_point\nrole SS1 ss1 software_update_point synchronization_source=microsoft_update",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=parent_site",
		},
		Satisfied: []string{
			ruletest.SitesWithChild + "role CAS sup software_update_point synchronization_source=microsoft_update\nrole PS1 sup1 software_update_point synchronization_source=parent_site",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=upstream_wsus",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=none",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point",
			"site PS1 primary ?\nrole PS1 sup software_update_point synchronization_source=microsoft_update",
			"site PS1 primary\nrole PS1 sup software_update_point synchronization_source=?",
		},
	},
	"SUP-CAP-COLO": {
		Violated: []string{
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point\nrole PS1 mp software_update_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.windows=25001\nrole PS1 mp management_point\nrole PS1 ps1 software_update_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.windows=25001 sms_providers=[\"sup.contoso.com\"]\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 sup software_update_point",
			"site PS1 primary clients.windows=25001 database.server=sup.contoso.com\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 sup software_update_point",
		},
		Satisfied: []string{
			"site PS1 primary clients.windows=25000\nrole PS1 mp management_point\nrole PS1 mp software_update_point",
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nrole PS1 mp software_update_point\nrole PS1 mp2 management_point\nrole PS1 mp2 software_update_point",
			"site PS1 primary clients.windows=50000\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 sup software_update_point",
			// The software update point of the secondary site serves its part of the clients.
			"site PS1 primary clients.windows=50000\nsite SS1 secondary PS1 clients.windows=0\nrole PS1 mp management_point\nrole PS1 mp2 management_point\nrole PS1 mp software_update_point\nrole SS1 ss1 software_update_point",
			ruletest.SitesWithChild + "role CAS cas software_update_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point",
			"site PS1 primary clients.windows=?\nrole PS1 sup software_update_point",
			"site PS1 primary clients.windows=30000 site_server=?\nrole PS1 sup software_update_point\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
			"site PS1 primary clients.windows=30000\nrole PS1 sup software_update_point\nrole PS1 sup ?\nrole PS1 mp management_point\nrole PS1 mp2 management_point",
		},
	},
	"SUP-WSUS-VERSION": {
		Violated: []string{
			"site PS1 primary\nserver PS1 sup1 operating_system=windows_server_2019\nserver PS1 sup2 operating_system=windows_server_2022\nrole PS1 sup1 software_update_point\nrole PS1 sup2 software_update_point",
			"site PS1 primary\nserver PS1 ps1 operating_system=windows_server_2022\nserver PS1 sup operating_system=windows_server_2019\nrole PS1 sup software_update_point",
			// Either site server may come to manage it.
			twoServers("2022", "2019") + "server PS1 sup operating_system=windows_server_2022\nrole PS1 sup software_update_point",
			twoServers("2019", "2022") + "role PS1 ps1 software_update_point", twoServers("2019", "2022") + "role PS1 ps1b software_update_point",
		},
		Satisfied: []string{
			"site PS1 primary",
			twoServers("2022", "2022") + "server PS1 sup operating_system=windows_server_2022\nrole PS1 sup software_update_point",
			twoServers("2022", "2022") + "role PS1 ps1b software_update_point", twoServers("2019", "2022"),
			"site PS1 primary\nserver PS1 ps1 operating_system=windows_server_2022\nserver PS1 sup operating_system=windows_server_2022\nrole PS1 sup software_update_point",
			"site PS1 primary\nrole PS1 ps1 software_update_point",
			// A secondary site server needs no console.
			"site PS1 primary\nsite SS1 secondary PS1\nserver PS1 ps1 operating_system=windows_server_2022\nserver SS1 ss1 operating_system=windows_server_2019\nserver SS1 sup operating_system=windows_server_2022\nrole PS1 ps1 software_update_point\nrole SS1 sup software_update_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 sup1 software_update_point\nrole PS1 sup2 software_update_point",
			"site PS1 primary\nserver PS1 ps1 operating_system=?\nserver PS1 sup operating_system=windows_server_2019\nrole PS1 sup software_update_point",
			twoServers("2022", "?") + "server PS1 sup operating_system=windows_server_2022\nrole PS1 sup software_update_point",
		},
	},
	"SUP-SUSDB-ONE-WINDOWS": {
		Violated: []string{
			sharing("PS1", "2019", "2022", ""), sharing("CAS", "2019", "2022", ""),
			// One instance, however it is written.
			sharing("PS1", "2016", "2025", " wsus_database_instance=MSSQLServer"),
		},
		Satisfied: []string{
			sharing("PS1", "2022", "2022", ""), sharing("PS1", "2019", "2022", " wsus_database_instance=OTHER"),
			// No software update point stays on a system that the version refuses: SRV-OS-LIST.
			sharing("PS1", "2012_r2", "2022", ""), sharing("PS1", "2022", "2012_r2", ""),
			ruletest.SitesWithChild + "server PS1 a operating_system=windows_server_2019\nserver PS1 b operating_system=windows_server_2022\nrole CAS sup software_update_point\nrole PS1 a software_update_point\nrole PS1 b software_update_point",
		},
		Undecided: []string{
			sharing("PS1", "?", "2022", ""), sharing("PS1", "2019", "2022", " wsus_database_instance=?"), "site PS1 primary\nrole PS1 a software_update_point wsus_database_server=?",
			"site PS1 primary\nrole PS1 srv ?",
		},
	},
	"SUP-SUSDB-ONE-SITE": {
		Violated: []string{
			sharing("CAS", "2022", "2022", ""), sharing("CAS", "?", "2022", ""),
			"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 a software_update_point wsus_database_server=sql.contoso.com\nrole SS1 ss1 software_update_point wsus_database_server=SQL.contoso.com",
		},
		Satisfied: []string{
			sharing("PS1", "2022", "2022", ""), sharing("CAS", "2022", "2022", " wsus_database_instance=OTHER"),
		},
		Undecided: []string{sharing("CAS", "2022", "2022", " wsus_database_instance=?"), "site PS1 primary\nrole PS1 srv ?"},
	},
	"SUP-WSUS-CONSOLE": {
		Violated: []string{
			ruletest.Equipped("2503", "ps1", `"NET-Framework-Core","RDC"`) + "\nrole PS1 sup software_update_point",
			ruletest.Equipped("2503", "ps1", "") + "\nrole PS1 ps1 management_point\nrole PS1 sup software_update_point",
			ruletest.SitesWithChild + "server CAS cas inventory.windows_features=[]\nrole CAS sup software_update_point\nrole PS1 ps1 software_update_point",
			// The passive site server takes over from the other one.
			"site PS1 primary passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary + "\nserver PS1 ps1b inventory.windows_features=[]\nrole PS1 sup software_update_point",
		},
		Satisfied: []string{
			ruletest.Equipped("2503", "ps1", `"UpdateServices-UI"`) + "\nrole PS1 sup software_update_point",
			ruletest.Equipped("2503", "ps1", `"UpdateServices-RSAT"`) + "\nrole PS1 sup software_update_point",
			// WSUS brings the console.
			ruletest.Equipped("2503", "ps1", `"UpdateServices-Services"`) + "\nrole PS1 sup software_update_point",
			ruletest.Equipped("2503", "ps1", "") + "\nrole PS1 ps1 software_update_point",
			ruletest.Equipped("2503", "ps1", ""),
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 inventory.windows_features=[]\nrole PS1 ps1 software_update_point\nrole SS1 sup software_update_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point", "site PS1 primary\nserver PS1 ps1\nrole PS1 sup software_update_point",
			ruletest.Equipped("2503", "ps1", `"?"`) + "\nrole PS1 sup software_update_point", ruletest.Equipped("2503", "ps1", "") + "\nrole PS1 ? software_update_point", ruletest.Equipped("2503", "ps1", "") + "\nrole PS1 sup ?",
		},
	},
	"SUP-PRI-NO-REPLICA": {
		Violated: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=replica",
			ruletest.SitesWithChild + "role CAS sup software_update_point\nrole PS1 sup1 software_update_point existing_wsus=replica",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=none",
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=replica installed=true",
			"site CAS central_administration\nrole CAS sup software_update_point existing_wsus=replica",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point",
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=replica installed=?",
		},
	},
	"SUP-NOT-STANDALONE-WSUS": {
		Violated: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=stand_alone",
			"site CAS central_administration\nrole CAS sup software_update_point existing_wsus=stand_alone",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=none synchronization_source=upstream_wsus",
			"site PS1 primary\nrole PS1 sup software_update_point existing_wsus=stand_alone installed=true",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 sup software_update_point", "site PS1 primary\nrole PS1 sup software_update_point existing_wsus=?"},
	},
}

// A dedicated software update point is never the bottleneck of a site.
func TestDedicatedUpdatePointServesAnySite(t *testing.T) {
	for _, site := range []product.Limit{product.LimitStandAloneWindows, product.LimitChildPrimary, product.LimitSecondaryWindows} {
		if product.LimitUpdateClientsDedicated.Value < site.Value {
			t.Errorf("a site may have %d clients, a dedicated software update point serves %d", site.Value, product.LimitUpdateClientsDedicated.Value)
		}
	}
}

// sharing are two software update points, the second one at site PS1, whose WSUS databases are on one SQL Server;
// what is said of the second one goes on with more.
func sharing(site, system, otherSystem, more string) string {
	upstream := ""
	if site != "CAS" {
		upstream = "role CAS up software_update_point\n"
	}
	os := func(version string) string {
		if version == "?" {
			return version
		}
		return "windows_server_" + version
	}
	return ruletest.SitesWithChild + upstream + "server " + site + " a operating_system=" + os(system) + "\nserver PS1 b operating_system=" + os(otherSystem) +
		"\nrole " + site + " a software_update_point wsus_database_server=sql.contoso.com\nrole PS1 b software_update_point wsus_database_server=sql.contoso.com" + more
}
