package references_test

import (
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/references"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, references.Chapter(), cases) }

const (
	two     = "site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS\n"
	library = ` content_library_path=\\fs01.contoso.com\lib database.server=sql01.contoso.com `
	// pulling is a pull-distribution point with a source.
	pulling = "site PS1 primary\nrole PS1 dp01 distribution_point\nrole PS1 dp02 distribution_point pull_sources="
	group   = `site PS1 primary database.server=listener.contoso.com database.edition=enterprise database.availability_group.name=AG database.availability_group.replicas=`
	cluster = `site PS1 primary database.server=cluster.contoso.com database.failover_cluster.nodes=`
	// connected has what a gateway needs.
	connected = "\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=contosocmg\nrole PS1 mp management_point protocol=https allow_cmg_traffic=true"
	// paired was an installed site with a passive site server.
	paired = "prior\nsite PS1 primary installed=true passive_site_server=ps1b.contoso.com" + library
	// reader is a report server whose database is elsewhere.
	reader = "site PS1 primary site_server=contososql01.contoso.com\nserver PS1 sqlserver01\nrole PS1 rsp reporting_services_point account=contoso\\\\r database_server="
)

// placed writes role assignments and servers by hand, so that a server is described in
// several places. The objects are JSON without blanks.
func placed(servers, roles string) string {
	return "site PS1 primary\nhierarchy site_system_servers=" + servers + " role_assignments=" + roles
}

// saying lists a server that says something of its site, which is described by a line.
func saying(site, facts string) string {
	return site + "\nhierarchy role_assignments={} site_system_servers=" + `{"mp":{"id":"PS1/mp01.contoso.com","fqdn":"mp01.contoso.com","site_code":"PS1","site_facts":"` + strings.ReplaceAll(facts, " ", `\u0020`) + `"}}`
}

const (
	listedMP = `{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"operating_system":"windows_server_2022"}}`
	bareMP   = `{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"}}}`
)

// managementPoint is a role assignment whose server has more attributes.
func managementPoint(attributes string) string {
	return `{"mp":{"role":"management_point","server":{"fqdn":"MP01.contoso.com","site":{"site_code":"PS1"}` + attributes + `}}}`
}

var cases = map[string]ruletest.Cases{
	"REF-SITE": {
		Violated: []string{
			two + `hierarchy distributed_views=["PS3"]`, two + `hierarchy replication_schedules=["PS1","P1"]`,
			two + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg","site_code":"CAZ"}}` + connected,
			two + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"PS9"}}`,
			two + `hierarchy file_replication_routes={"a":{"source_site_code":"PS9","destination_site_code":"PS1"}}`,
			"site PS1 primary\n" + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"SS1"}}`,
		},
		Satisfied: []string{
			two + `hierarchy distributed_views=["ps1"] replication_schedules=["PS2"]`, two,
			two + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg"}}`,
			// The site above, which is not listed.
			"site PS1 primary" + ruletest.Below + "\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg","site_code":"cas"}}`,
			// The codes of other hierarchies, and of sites that are gone.
			two + `hierarchy published_site_codes=["ABC"] retired_site_codes=["OLD"]`,
		},
		Undecided: []string{
			two + `hierarchy distributed_views=?`, two + `hierarchy distributed_views=["?"]`,
			"site ? primary\n" + `hierarchy replication_schedules=["PS3"]`,
			// A sibling that the hierarchy does not list either.
			"site PS1 primary" + ruletest.Below + "\n" + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"PS2"}}`,
			"site PS1 primary ?\n" + `hierarchy replication_schedules=["PS2"]`,
		},
	},
	"REF-PULL-SOURCE": {
		Violated: []string{
			pulling + `{"dp1.contoso.com":1}`, pulling + `{"dp01.contoso.com":1,"cm01.contoso.com":2}`,
			// Servers of the hierarchy without the role.
			pulling + `{"mp01.contoso.com":1}` + "\nrole PS1 mp01 management_point", pulling + `{"ps1.contoso.com":1}`, pulling + `{"fs01.contoso.com":1}` + "\nserver PS1 fs01",
			"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 dp01 distribution_point\nrole SS1 dp02 distribution_point pull_sources={\"dp03.contoso.com\":null}",
		},
		Satisfied: []string{
			pulling + `{"DP01.contoso.com.":1}`, pulling + "null",
			// Content in the cloud.
			pulling + `{"contosocmg.contoso.com":1}` + "\n" + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg.contoso.com","content_enabled":true}}`,
			pulling + `{"contosocmg.cloudapp.net":1}`, pulling + `{"contosocmg.westeurope.cloudapp.azure.com":1}`,
			// A short name is SRV-FQDN, also where it is that of no distribution point.
			pulling + `{"dp01":1}`, pulling + `{"dp09":1}`,
		},
		Undecided: []string{
			pulling + "?", pulling + `{"dp09.contoso.com":1}` + "\nrole PS1 dp03 ?", pulling + `{"dp09.contoso.com":1}` + "\nrole PS1 ? distribution_point",
			pulling + `{"cmg.contoso.com":1}` + "\nhierarchy cloud_management_gateways=?",
			"site PS1 primary" + ruletest.Below + "\nrole PS1 dp02 distribution_point pull_sources={\"dp09.contoso.com\":1}",
		},
	},
	"REF-HOST": {
		Violated: []string{
			// One letter of a word in the domain.
			reader + "sql09.contso.com", reader + "sql09.ocntoso.com", "site PS1 primary database.server=sql01.contosso.com",
			`site PS1 primary content_library_path=\\fs01.contosso.com\lib` + "\nrole PS1 dp distribution_point",
			// One letter of a word in the name.
			reader + "sqlsrever01.contoso.com", reader + "sqlseerver01.contoso.com", reader + "contossosql01.contoso.com",
			"site PS1 primary\nserver PS1 sqlserver01\nrole PS1 sup software_update_point wsus_database_server=SQLServrer01.contoso.com",
		},
		Satisfied: []string{
			reader + "sqlserver01.contoso.com", reader + "SQLSERVER01.CONTOSO.COM.",
			// Computers that the hierarchy does not describe.
			reader + "sqlserver02.contoso.com", reader + "sql01.contoso.com", reader + "sql01.fabrikam.com", reader + "sqlserver01.corp.contoso.com",
			// Names that people tell apart on purpose.
			reader + "sqlserver01b.contoso.com", reader + "dqlserver01.contoso.com", reader + "sqlservers01.contoso.com",
			"site PS1 primary site_server=sqlpar.contoso.com\nrole PS1 rsp reporting_services_point account=contoso\\\\r database_server=sqlpra.contoso.com",
			`site PS1 primary content_library_path=\\sea-fs01.contoso.com\lib` + "\nrole PS1 sea-fsp01 fallback_status_point\nrole PS1 dp distribution_point",
			`site PS1 primary content_library_path=\\seafs01.contoso.com\lib` + "\nrole PS1 seafsp01 fallback_status_point\nrole PS1 dp distribution_point",
			"site PS1 primary site_server=cm01.na.contoso.com\nrole PS1 rsp reporting_services_point account=contoso\\\\r database_server=cm01.sa.contoso.com",
			"site PS1 primary domain=contosa.com\nrole PS1 rsp reporting_services_point account=contoso\\\\r database_server=sql01.contosa.com",
			// A share whose server is named in short.
			`site PS1 primary content_library_path=\\fs01\lib` + "\nrole PS1 dp distribution_point",
		},
		Undecided: []string{reader + "?", reader + "sql09.contoso.com\nrole PS1 ? management_point", "site PS1 primary database=?"},
	},
	"REF-DISTINCT": {
		Violated: []string{
			"site PS1 primary passive_site_server=PS1.contoso.com." + library, "site CAS central_administration passive_site_server=cas.contoso.com" + library,
			// A promotion that forgets the other half.
			"site PS1 primary installed=true site_server=ps1b.contoso.com passive_site_server=ps1b.contoso.com" + library + "\n" + paired,
			"site PS1 primary installed=true passive_site_server=ps1.contoso.com" + library + "\n" + paired,
			group + `["sql1.contoso.com","SQL1.contoso.com"]`, group + `["sql1.contoso.com","sql2.contoso.com","sql1.contoso.com"]`,
			cluster + `["sql1.contoso.com","sql1.contoso.com"]`, cluster + `["sql1.contoso.com","cluster.contoso.com"]`,
			two + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"ps1"}}`,
		},
		Satisfied: []string{
			"site PS1 primary passive_site_server=ps1b.contoso.com" + library, "site PS1 primary", group + `["sql1.contoso.com","sql2.contoso.com"]`,
			cluster + `["sql1.contoso.com","sql2.contoso.com"]`, "site PS1 primary passive_site_server=ps1.fabrikam.com" + library,
			two + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"PS2"}}`,
			// Where no site may have one, that is the better word.
			"site PS1 primary\nsite SS1 secondary PS1 passive_site_server=ss1.contoso.com",
		},
		Undecided: []string{
			"site PS1 primary passive_site_server=?", "site PS1 primary site_server=? passive_site_server=ps1b.contoso.com" + library,
			group + `["sql1.contoso.com","?"]`, two + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"?"}}`,
			// An address may be that of the site server.
			"site PS1 primary passive_site_server=10.0.0.5" + library,
		},
	},
	"REF-PROMOTION": {
		Violated: []string{
			"site PS1 primary installed=true site_server=ps1c.contoso.com passive_site_server=ps1b.contoso.com" + library + "\n" + paired,
			// A warning: the former site server is the passive one after a promotion.
			"site PS1 primary installed=true site_server=ps1b.contoso.com passive_site_server=ps1c.contoso.com" + library + "\n" + paired,
		},
		Satisfied: []string{
			"site PS1 primary installed=true site_server=ps1b.contoso.com passive_site_server=PS1.contoso.com" + library + "\n" + paired,
			"site PS1 primary installed=true passive_site_server=ps1b.contoso.com" + library + "\n" + paired,
			// Another passive site server, and one that is removed after a promotion.
			"site PS1 primary installed=true passive_site_server=ps1c.contoso.com" + library + "\n" + paired,
			"site PS1 primary installed=true site_server=ps1b.contoso.com" + library + "\n" + paired,
			// A design on paper, and a change of spelling.
			"site PS1 primary site_server=ps1c.contoso.com passive_site_server=ps1b.contoso.com" + library + "\nprior\nsite PS1 primary passive_site_server=ps1b.contoso.com" + library,
			"site PS1 primary installed=true site_server=PS1.contoso.com. passive_site_server=ps1b.contoso.com" + library + "\n" + paired,
		},
		Undecided: []string{
			"site PS1 primary installed=true site_server=? passive_site_server=ps1b.contoso.com" + library + "\n" + paired,
			"site PS1 primary installed=true site_server=ps1b.contoso.com passive_site_server=?" + library + "\n" + paired,
		},
	},
	"REF-ONE-KEY": {
		Violated: []string{
			"site PS1 primary\nserver PS1 mp01\nserver PS1 MP01", "site PS1 primary\nserver PS1 mp01\nserver ps1 mp01.contoso.com.",
			two + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg"},"b":{"name":"ContosoCMG.contoso.com"}}` + connected,
			two + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"PS2"},"b":{"source_site_code":"ps1","destination_site_code":"PS2"}}`,
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 mp01\nserver PS1 mp02", "site PS1 primary\nrole PS1 mp01 management_point\nrole PS1 mp01 distribution_point",
			two + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg"},"b":{"name":"contosocm2"}}`,
			two + `hierarchy file_replication_routes={"a":{"source_site_code":"PS1","destination_site_code":"PS2"},"b":{"source_site_code":"PS2","destination_site_code":"PS1"}}`,
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 mp01\nserver PS1 ?", two + `hierarchy cloud_management_gateways={"a":{"name":"contosocmg"},"b":{"name":"?"}}`,
			two + "hierarchy file_replication_routes=?",
		},
	},
	"REF-ONE-COMPUTER": {
		Violated: []string{
			placed(listedMP, managementPoint(`,"operating_system":"windows_server_2019"`)),
			// The order of the keys does not matter, nor which place says it first.
			placed("null", `{"a":{"role":"management_point","server":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"domain":"contoso.com"}},"b":{"role":"distribution_point","server":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"domain":"fabrikam.com"}}}`),
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"proxy":{"server_name":"a.contoso.com","port":80}}}`, managementPoint(`,"proxy":{"server_name":"a.contoso.com","port":8080}`)),
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"inventory":{"windows_features":["BITS"]}}}`, managementPoint(`,"inventory":{"windows_features":["BITS","Web-Server"]}`)),
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"dhcp_server":false}}`, managementPoint(`,"dhcp_server":true`)),
		},
		Satisfied: []string{
			placed(listedMP, managementPoint("")), placed(listedMP, managementPoint(`,"operating_system":"windows_server_2022","domain":"contoso.com"`)),
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"domain":"contoso.com"}}`, managementPoint(`,"domain":"CONTOSO.com."`)),
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1"},"inventory":{"windows_features":["BITS","Web-Server"]}}}`, managementPoint(`,"inventory":{"windows_features":["Web-Server","bits"]}`)),
			// What one place leaves out, another may say.
			placed(bareMP, managementPoint(`,"operating_system":"windows_server_2019"`)),
		},
		Undecided: []string{placed(listedMP, managementPoint("")) + "\nsite ? primary site_server=ps2.contoso.com", placed(listedMP, `{"a":"?"}`)},
	},
	"REF-ONE-SITE": {
		Violated: []string{
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"ps1","site_type":"secondary"}}}`, "{}"),
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1","site_server":"cm09.contoso.com"}}}`, "{}"),
			placed("null", `{"mp":{"role":"management_point","server":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1","site_type":"central_administration"}}}}`),
			// Of a site that the hierarchy does not list, the first place counts.
			"site PS1 primary parent.site_code=CAS parent.site_type=central_administration parent.site_server=cas.contoso.com parent.id=null\nsite PS2 primary parent.site_code=CAS parent.site_type=central_administration parent.site_server=cas2.contoso.com parent.id=null",
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"PS1","parent":{"site_code":"CAS","site_type":"central_administration"}}}}`, "{}"),
			// What the site attribute of a server was, when that is written by hand.
			saying("site PS1 primary", "secondary of PS9 on ps1.contoso.com"), saying("site PS1 primary", "child_primary of CAS on ps1.contoso.com"), saying("site PS1 primary", "stand_alone_primary on cm09.contoso.com"),
			saying("site PS1 primary version=2603", "stand_alone_primary on ps1.contoso.com, 2503"),
			saying("site PS1 primary"+ruletest.Below, "stand_alone_primary on ps1.contoso.com"),
			saying(`site PS1 primary content_library_path=\\FS01\lib\`, `stand_alone_primary, content_library \\\\fs01\\lib2`),
		},
		Satisfied: []string{
			saying("site PS1 primary", "stand_alone_primary on ps1.contoso.com"), saying("site PS1 primary", "stand_alone_primary"),
			// Nothing but the spelling: the facts are folded.
			saying(`site PS1 primary site_server=PS1.Contoso.com. domain=CONTOSO.com sms_providers=["PS1.contoso.com.","SMS1.contoso.com"] `+
				`database.server=SQL01.contoso.com. content_library_path=\\FS01\lib\ passive_site_server=PS1b.contoso.com.`,
				`stand_alone_primary on ps1.contoso.com, passive ps1b.contoso.com, sms_providers sms1.contoso.com ps1.contoso.com, `+
					`database sql01.contoso.com, content_library \\\\fs01\\lib, domain contoso.com`),
			placed(`{"mp":{"fqdn":"mp01.contoso.com","site":{"site_code":"ps1","site_type":"primary","site_server":"PS1.contoso.com"}}}`, "{}"), two,
			placed(bareMP, "{}"),
		},
		Undecided: []string{placed(bareMP, `{"a":"?"}`), "site ? primary site_server=ps1.contoso.com"},
	},
}
