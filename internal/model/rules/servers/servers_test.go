package servers_test

import (
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/servers"
)

const (
	// foreign is a server in a forest that the site's forest does not trust, with an
	// installation account there.
	foreign    = `server PS1 srv untrusted_forest=true installation_account="fabrikam.com\\svc" site_server_initiates_connections=true`
	remoteSQL  = "site PS1 primary domain=contoso.com forest=contoso.com database.server=sql.contoso.com\nserver PS1 sql"
	withReplic = `site PS1 primary database.server=lsn.contoso.com database.edition=enterprise database.availability_group.name=AG database.availability_group.replicas=["sql1.contoso.com","sql2.contoso.com"]`
	withNodes  = `site PS1 primary database.server=cl.contoso.com database.failover_cluster.nodes=["sql1.contoso.com","sql2.contoso.com"]`
	// dmz is a server in a child domain of a forest without a trust.
	accountSite = "site PS1 primary domain=contoso.com forest=contoso.com database.server=sql.contoso.com\n"
	initiates   = `site_server_initiates_connections=true installation_account=fabrikam.com\svc`
	dmz         = `server PS1 dmz.branch.fabrikam.com domain=branch.fabrikam.com forest=fabrikam.com untrusted_forest=true ` + initiates
	passive     = "site PS1 primary domain=contoso.com passive_site_server=ps1b.contoso.com content_library_path=\\\\fs.contoso.com\\lib\n"
)

func TestRules(t *testing.T) { ruletest.Run(t, servers.Chapter(), serverCases) }

var serverCases = map[string]ruletest.Cases{
	"SRV-DOMAIN": {
		Violated:  []string{"site PS1 primary\nserver PS1 srv workgroup=true"},
		Satisfied: []string{"site PS1 primary\nserver PS1 srv workgroup=false"},
		Undecided: []string{"site PS1 primary\nserver PS1 srv"},
	},
	"SRV-RENAME-IMMUTABLE": {
		Violated: []string{
			"site PS1 primary site_server=new.contoso.com\nserver PS1 new\nprior\nsite PS1 primary site_server=old.contoso.com installed=true\nserver PS1 old",
			"site PS1 primary\nserver PS1 ps1 domain=fabrikam.com\nprior\nsite PS1 primary installed=true\nserver PS1 ps1 domain=contoso.com",
			// The site alone says it, whatever its servers do.
			"site PS1 primary site_server=new.contoso.com\nprior\nsite PS1 primary site_server=old.contoso.com installed=true",
			"site PS1 primary site_server=ps1.fabrikam.com\nserver PS1 ps1\nprior\nsite PS1 primary installed=true\nserver PS1 ps1",
			"site PS1 primary site_server=new.contoso.com\nprior\nsite PS1 primary installed=true passive_site_server=other.contoso.com " + ruletest.RemoteLibrary,
			"site CAS central_administration domain=fabrikam.com\nprior\nsite CAS central_administration domain=contoso.com installed=true",
			"site PS1 primary\nsite SS1 secondary PS1 domain=fabrikam.com\nprior\nsite PS1 primary installed=true\nsite SS1 secondary PS1 domain=contoso.com installed=true",
			"site PS1 primary forest=fabrikam.com\nprior\nsite PS1 primary forest=contoso.com installed=true",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 ps1 domain=CONTOSO.com\nprior\nsite PS1 primary installed=true\nserver PS1 ps1 domain=contoso.com",
			// A design on paper.
			"site PS1 primary site_server=new.contoso.com\nserver PS1 new\nprior\nsite PS1 primary site_server=old.contoso.com\nserver PS1 old",
			// Another role holder: its role moves.
			"site PS1 primary\nserver PS1 new\nprior\nsite PS1 primary installed=true\nserver PS1 old",
			// A promotion of the passive site server.
			"site PS1 primary site_server=ps1b.contoso.com\nserver PS1 ps1b\nprior\nsite PS1 primary passive_site_server=ps1b.contoso.com content_library_path=\\\\fs\\lib installed=true\nserver PS1 ps1",
			// The resource describes another computer from now on.
			"site PS1 primary\nserver PS1 dp\nprior\nsite PS1 primary installed=true\nserver PS1 ps1",
			"site PS1 primary domain=CONTOSO.COM. forest=contoso.com\nprior\nsite PS1 primary domain=contoso.com installed=true",
			"site PS1 primary domain=fabrikam.com\nprior\nsite PS1 primary domain=contoso.com",
			// An attribute that was not declared before.
			"site PS1 primary domain=contoso.com\nprior\nsite PS1 primary installed=true",
			"site PS1 primary\nprior\nsite PS1 primary domain=contoso.com installed=true",
			"site PS1 primary\nserver PS1 ps1 domain=contoso.com\nprior\nsite PS1 primary installed=true\nserver PS1 ps1",
		},
		Undecided: []string{
			"site PS1 primary site_server=?\nserver PS1 new\nprior\nsite PS1 primary installed=true\nserver PS1 ps1",
			"site PS1 primary site_server=?\nprior\nsite PS1 primary installed=true", "site PS1 primary domain=?\nprior\nsite PS1 primary domain=contoso.com installed=true",
		},
	},
	"SRV-FQDN": {
		Violated: []string{
			"site PS1 primary\nserver PS1 srv fqdn=srv", "site PS1 primary site_server=ps1", "site PS1 primary passive_site_server=ps1b content_library_path=\\\\fs.contoso.com\\lib",
			// Addresses, instances, ports and URLs, in every attribute that names a computer.
			"site PS1 primary site_server=10.0.0.5", "site PS1 primary site_server=fe80::1", `site PS1 primary database.server=SQL01\INST`, `site PS1 primary database.server=sql01.contoso.com\INST`,
			"site PS1 primary database.server=sql01.contoso.com,1433", `site PS1 primary sms_providers=["https://ps1.contoso.com/"]`, `site PS1 primary sms_providers=["\\\\ps1.contoso.com\\SMS_PS1"]`,
			`site PS1 primary database.server=l.contoso.com database.edition=enterprise database.availability_group.name=AG database.availability_group.replicas=["sql1","sql2.contoso.com"]`,
			"site PS1 primary\nrole PS1 rsp reporting_services_point account=contoso\\\\r database_server=sql01", "site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=10.1.2.3",
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=sql01 database_replica.database_name=CM_REP", "site PS1 primary\nrole PS1 dp1 distribution_point\nrole PS1 dp2 distribution_point pull_sources={\"dp1\":1}",
			"site PS1 primary\nserver PS1 srv internet_fqdn=srv", "site PS1 primary\nserver PS1 srv proxy.server_name=http://proxy:8080",
			// The server is named otherwise than its site names it.
			"site PS1 primary\nserver PS1 ps1 fqdn=ps1",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv", "site PS1 primary database.server=sql01.contoso.com", `site PS1 primary content_library_path=\\fs01\lib` + "\nrole PS1 dp distribution_point",
			// A proxy may have any name.
			"site PS1 primary\nserver PS1 srv proxy.server_name=proxy", "site PS1 primary\nserver PS1 srv proxy.server_name=10.0.0.8",
		},
		Undecided: []string{"site PS1 primary\nserver PS1 ?", "site PS1 primary site_server=?", "site PS1 primary database=?"},
	},
	"SRV-SLD": {
		Violated: []string{
			"site PS1 primary domain=contoso site_server=ps1.contoso",
			"site PS1 primary domain=contoso.com\nserver PS1 srv fqdn=srv.fabrikam domain=fabrikam",
		},
		Satisfied: []string{
			"site PS1 primary domain=contoso.com\nserver PS1 srv domain=contoso.com",
			// A disjoint namespace: the DNS names have another suffix.
			"site PS1 primary domain=contoso\nserver PS1 srv domain=contoso",
		},
		Undecided: []string{"site PS1 primary domain=contoso site_server=ps1", "site PS1 primary", "site PS1 primary domain=contoso site_server=?"},
	},
	"SRV-PASSIVE-DOMAIN": {
		Violated:  []string{passive + "server PS1 ps1b domain=fabrikam.com"},
		Satisfied: []string{passive + "server PS1 ps1b domain=Contoso.com", passive + "server PS1 dp domain=fabrikam.com"},
		Undecided: []string{passive + "server PS1 ps1b", "site PS1 primary passive_site_server=?\nserver PS1 ps1b domain=fabrikam.com"},
	},
	"SRV-PROVIDER-DOMAIN": {
		Violated: []string{"site PS1 primary domain=contoso.com sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov domain=fabrikam.com"},
		Satisfied: []string{
			"site PS1 primary domain=contoso.com sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov domain=contoso.com\nserver PS1 dp domain=fabrikam.com",
			"site PS1 primary\nserver PS1 ps1",
		},
		Undecided: []string{"site PS1 primary domain=contoso.com sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov", "site PS1 primary domain=contoso.com sms_providers=[\"?\"]\nserver PS1 prov domain=fabrikam.com"},
	},
	"SRV-REMOTE-SQL-TRUST": {
		Violated: []string{
			remoteSQL + " untrusted_forest=true",
			// Each replica, and each node.
			withReplic + "\nserver PS1 sql2 untrusted_forest=true " + initiates, withNodes + "\nserver PS1 sql1 untrusted_forest=true " + initiates,
		},
		Satisfied: []string{
			remoteSQL + " domain=contoso.com", remoteSQL + " domain=eu.contoso.com forest=contoso.com",
			"site PS1 primary\n" + foreign, "site PS1 primary\nserver PS1 ps1",
			withReplic + "\n" + foreign,
		},
		Undecided: []string{remoteSQL, remoteSQL + " domain=fabrikam.com", "site PS1 primary database=?\n" + foreign},
	},
	"SRV-PROVIDER-DB-DOMAIN": {
		Violated:  []string{remoteSQL + " domain=fabrikam.com", strings.Replace(withReplic, "primary", "primary domain=contoso.com", 1) + "\nserver PS1 sql2 domain=fabrikam.com"},
		Satisfied: []string{remoteSQL + " domain=contoso.com", "site PS1 primary\nserver PS1 ps1"},
		Undecided: []string{remoteSQL},
	},
	"SRV-RODC-DB": {
		Violated:  []string{"site PS1 primary\nserver PS1 ps1 domain_controller=read_only", remoteSQL + " domain_controller=read_only", withReplic + "\nserver PS1 sql2 domain_controller=read_only"},
		Satisfied: []string{remoteSQL + " domain_controller=writable", "site PS1 primary\nserver PS1 dp domain_controller=read_only", withReplic + "\nserver PS1 ps1 domain_controller=read_only"},
		Undecided: []string{remoteSQL, "site PS1 primary database=?\nserver PS1 ps1 domain_controller=read_only"},
	},
	"SRV-DC-SECONDARY": {
		Violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 domain_controller=writable",
			// The database that Setup puts there is the same defect.
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 domain_controller=read_only",
		},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 domain_controller=none\nserver PS1 ps1 domain_controller=writable",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 dp domain_controller=writable",
		},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1", "site PS1 primary\nsite SS1 ? PS1\nserver SS1 ss1 domain_controller=writable"},
	},
	"SRV-CLUSTER": {
		Violated: []string{
			"site PS1 primary\nserver PS1 mp cluster_node=true\nrole PS1 mp management_point",
			"site PS1 primary\nserver PS1 ps1 cluster_node=true",
			"site PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov cluster_node=true",
			// The site server may share a node with its availability group; its roles may not.
			withReplic + "\nrole PS1 sql1 management_point",
			withReplic + ` site_server=sql1.contoso.com` + "\nrole PS1 sql1 distribution_point",
			withNodes + "\nrole PS1 sql2 reporting_services_point",
			withReplic + "\nrole PS1 sql1 software_update_point",
			// A node of another cluster than that of the site database.
			"site PS1 primary\nserver PS1 rep cluster_node=true\nrole PS1 rep reporting_services_point",
			withReplic + "\nserver PS1 rep cluster_node=true\nrole PS1 rep reporting_services_point",
		},
		Satisfied: []string{
			// The article about availability groups has reports on every replica.
			withReplic + "\nrole PS1 sql1 reporting_services_point\nrole PS1 sql2 reporting_services_point",
			withReplic + "\nserver PS1 sql1 cluster_node=true\nrole PS1 sql1 reporting_services_point",
			withReplic + ` site_server=sql1.contoso.com` + "\nserver PS1 sql1 cluster_node=true",
			withReplic + "\nserver PS1 sql2 cluster_node=true",
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 sql cluster_node=true",
			"site PS1 primary\nserver PS1 mp cluster_node=false\nrole PS1 mp management_point",
			"site PS1 primary\nserver PS1 mp cluster_node=true\nrole PS1 mp exchange_server_connector",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 mp management_point", "site PS1 primary database=?\nserver PS1 mp cluster_node=false\nrole PS1 mp management_point",
			"site PS1 primary site_server=?\nserver PS1 ps1 cluster_node=true", "site PS1 primary database=?\nserver PS1 rep cluster_node=true\nrole PS1 rep reporting_services_point"},
	},
	"SRV-CORE-DP-ONLY": {
		Violated: []string{
			"site PS1 primary\nserver PS1 srv server_core=true operating_system=windows_server_2022\nrole PS1 srv management_point",
			"site PS1 primary\nserver PS1 ps1 server_core=true", "site PS1 primary database.server=sql.contoso.com\nserver PS1 sql server_core=true",
			"site PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov server_core=true", passive + "server PS1 ps1b server_core=true",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv server_core=true\nrole PS1 srv distribution_point",
			"site PS1 primary\nserver PS1 srv server_core=false\nrole PS1 srv management_point",
			// Computers that are not site systems may be Server Core.
			withReplic + "\nserver PS1 sql1 server_core=true",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 srv management_point", "site PS1 primary site_server=?\nserver PS1 srv server_core=true"},
	},
	"SRV-CLIENTOS-DP-ONLY": {
		Violated: []string{
			"site PS1 primary\nserver PS1 srv operating_system=windows_11\nrole PS1 srv state_migration_point",
			"site PS1 primary\nserver PS1 srv operating_system=windows_10_ltsc server_core=true\nrole PS1 srv software_update_point",
			"site PS1 primary\nserver PS1 ps1 operating_system=windows_10",
			"version 2303\nsite PS1 primary\nserver PS1 srv operating_system=windows_8_1\nrole PS1 srv management_point",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv operating_system=windows_11\nrole PS1 srv distribution_point",
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2022\nrole PS1 srv management_point",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 srv management_point"},
	},
	"SRV-STORAGE-DP-ONLY": {
		Violated: []string{
			"site PS1 primary\nserver PS1 srv operating_system=windows_storage_server_2016\nrole PS1 srv management_point",
			"site PS1 primary\nserver PS1 ps1 operating_system=windows_storage_server_2016",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv operating_system=windows_storage_server_2016\nrole PS1 srv distribution_point",
			"site PS1 primary\nserver PS1 srv operating_system=windows_11\nrole PS1 srv distribution_point",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 srv management_point"},
	},
	"SRV-OS-LIST": {
		Violated: []string{
			// One finding, whatever else is wrong with such a server.
			"version 2409\nsite PS1 primary\nserver PS1 ps1 operating_system=windows_server_2012_r2 server_core=true\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"version 2403\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2012\nrole PS1 srv distribution_point",
			"version 2403\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2025\nrole PS1 srv enrollment_point",
			"version 2103\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2022",
			"version 2103\nsite PS1 primary\nserver PS1 srv operating_system=windows_11\nrole PS1 srv distribution_point pxe=windows_deployment_services",
			"version 1806\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2019",
			"version 1602\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2016",
			"version 2309\nsite PS1 primary\nserver PS1 srv operating_system=windows_8_1\nrole PS1 srv management_point",
			"version 1702\nsite PS1 primary\nserver PS1 ps1 operating_system=windows_server_2008_r2",
			"version 1702\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2008_r2\nrole PS1 srv management_point\nrole PS1 srv distribution_point",
			"version 1511\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2008\nrole PS1 srv state_migration_point",
		},
		Satisfied: []string{
			"version 2309\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2012_r2",
			"version 2409\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2025",
			"version 2107\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2022\nserver PS1 dp operating_system=windows_11",
			"version 1810\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2019",
			"version 1606\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2016\nserver PS1 dp operating_system=windows_storage_server_2016",
			"version 2303\nsite PS1 primary\nserver PS1 dp operating_system=windows_8_1",
			"version 1610\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2008_r2\nrole PS1 srv management_point",
			// Nothing but a distribution point: a warning of ROLE-LIFE-OS-2008R2.
			"version 2603\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2008_r2\nrole PS1 srv distribution_point",
			"version 2603\nsite PS1 primary\nserver PS1 srv operating_system=windows_10",
		},
		Undecided: []string{"site PS1 primary\nserver PS1 srv", "site PS1 primary version=?\nserver PS1 srv operating_system=windows_server_2012",
			"site PS1 primary site_server=?\nserver PS1 srv operating_system=windows_server_2008_r2", "site PS1 primary\nserver ? srv operating_system=windows_server_2012"},
	},
	"SRV-WS2025-ROLES": {
		Violated: []string{
			"version 2503\nsite PS1 primary\nserver PS1 srv operating_system=windows_server_2025\nrole PS1 srv asset_intelligence_synchronization_point",
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2025\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2022\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point",
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2025\nrole PS1 srv management_point\nrole PS1 srv reporting_services_point",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point"},
	},
	"SRV-CORE-CLIENTOS-PXE": {
		Violated: []string{
			"site PS1 primary\nserver PS1 srv server_core=true\nrole PS1 srv distribution_point pxe=windows_deployment_services",
			"site PS1 primary\nserver PS1 srv operating_system=windows_11\nrole PS1 srv distribution_point pxe=windows_deployment_services",
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2022 server_core=true\nrole PS1 srv distribution_point multicast.maximum_clients=10 pxe=windows_deployment_services",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv operating_system=windows_11\nrole PS1 srv distribution_point pxe=responder",
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2022 server_core=false\nrole PS1 srv distribution_point pxe=windows_deployment_services multicast.maximum_clients=10",
			"site PS1 primary\nserver PS1 srv server_core=true\nrole PS1 srv distribution_point pxe=responder",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 srv distribution_point", "site PS1 primary\nserver PS1 srv server_core=true\nrole PS1 srv distribution_point pxe=?",
			"site PS1 primary\nserver PS1 srv operating_system=windows_server_2022\nrole PS1 srv distribution_point pxe=windows_deployment_services",
			"site PS1 primary\nserver PS1 srv server_core=true\nrole PS1 srv distribution_point pxe=responder multicast=?",
		},
	},
	"SRV-UNTRUSTED-ACCOUNT": {
		Violated:  []string{"site PS1 primary\nserver PS1 srv untrusted_forest=true", `site PS1 primary` + "\n" + `server PS1 srv untrusted_forest=true installation_account=""`},
		Satisfied: []string{"site PS1 primary\n" + foreign, "site PS1 primary\nserver PS1 srv untrusted_forest=false"},
		Undecided: []string{"site PS1 primary\nserver PS1 srv", "site PS1 primary\nserver PS1 srv untrusted_forest=true installation_account=?"},
	},
	"SRV-UNTRUSTED-SSI": {
		Violated: []string{
			`site PS1 primary` + "\n" + `server PS1 srv untrusted_forest=true installation_account="fabrikam.com\\svc"`,
			`site PS1 primary` + "\n" + `server PS1 srv untrusted_forest=true installation_account="fabrikam.com\\svc" site_server_initiates_connections=false`,
		},
		Satisfied: []string{"site PS1 primary\n" + foreign, "site PS1 primary\nserver PS1 srv untrusted_forest=false"},
		Undecided: []string{"site PS1 primary\nserver PS1 srv", `site PS1 primary` + "\n" + `server PS1 srv untrusted_forest=true installation_account="fabrikam.com\\svc" site_server_initiates_connections=?`},
	},
	"SRV-UNTRUSTED-SITETYPE": {
		Violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1 forest=contoso.com\nserver SS1 srv forest=fabrikam.com",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 srv untrusted_forest=true installation_account=\"fabrikam.com\\\\svc\"",
		},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1 forest=contoso.com\nserver SS1 srv forest=contoso.com",
			"site PS1 primary forest=contoso.com\nserver PS1 srv forest=fabrikam.com",
			"site CAS central_administration forest=contoso.com\nserver CAS srv forest=fabrikam.com",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 forest=fabrikam.com",
		},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 srv", "site PS1 primary\nsite SS1 secondary PS1 forest=?\nserver SS1 srv forest=fabrikam.com untrusted_forest=false"},
	},
	"SRV-UNTRUSTED-DBACCOUNT": {
		Violated: []string{
			"site PS1 primary\n" + foreign + "\nrole PS1 srv management_point",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv management_point protocol=http",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv enrollment_point\nrole PS1 srv enrollment_proxy_point",
			"version 2111\nsite PS1 primary\n" + foreign + "\nrole PS1 srv certificate_registration_point",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv distribution_point multicast.maximum_clients=10 pxe=windows_deployment_services",
		},
		Satisfied: []string{
			"site PS1 primary\n" + foreign + "\nrole PS1 srv management_point database_connection_account=\"contoso.com\\\\mp\"",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv enrollment_point database_connection_account=\"contoso.com\\\\ep\"\nrole PS1 srv enrollment_proxy_point",
			"version 2203\nsite PS1 primary\n" + foreign + "\nrole PS1 srv certificate_registration_point",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv distribution_point",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv distribution_point multicast.maximum_clients=10 multicast.connection_account=\"contoso.com\\\\mc\"",
			"site PS1 primary\nserver PS1 srv untrusted_forest=false\nrole PS1 srv management_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 srv management_point",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv management_point database_connection_account=?",
		},
	},
	"SRV-UNTRUSTED-ACCOUNT-DOMAIN": {
		Violated: []string{
			// The account comes from the forest of the server, which the SQL Server does not know.
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=branch.fabrikam.com\svc`,
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=FABRIKAM\svc`,
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=svc@branch.fabrikam.com`,
			"site PS1 primary domain=contoso.com\n" + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=fabrikam.com\svc`,
			"site PS1 primary\n" + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com enrollment_point database_connection_account=fabrikam.com\svc` + "\nrole PS1 epx enrollment_proxy_point",
			"site PS1 primary\n" + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com distribution_point multicast.maximum_clients=10 multicast.connection_account=fabrikam.com\svc`,
			"version 2111\nsite PS1 primary\n" + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com certificate_registration_point database_connection_account=fabrikam.com\svc`,
			// Nothing declares the domains: the names of the computers tell them.
			accountSite + "server PS1 mp.fabrikam.com untrusted_forest=true " + initiates + "\n" + `role PS1 mp.fabrikam.com management_point database_connection_account=fabrikam.com\svc`,
			// An account of the site server installs nothing in a forest that does not trust it.
			accountSite + "server PS1 mp.fabrikam.com untrusted_forest=true site_server_initiates_connections=true installation_account=contoso.com\\svc",
		},
		Satisfied: []string{
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=contoso.com\svc`,
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=CONTOSO\svc`,
			// It reads a replica that is in its own domain.
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=branch.fabrikam.com\svc ` +
				`database_replica.server=sql.branch.fabrikam.com database_replica.database_name=CM_REP`,
			// The database is in the untrusted domain's own name space.
			"site PS1 primary database.server=sql.fabrikam.com\n" + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=fabrikam.com\svc`,
			"site PS1 primary\nserver PS1 mp untrusted_forest=false\nrole PS1 mp management_point database_connection_account=contoso.com\\svc",
			"site PS1 primary\nserver PS1 mp untrusted_forest=false installation_account=contoso.com\\svc",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 mp\nrole PS1 mp management_point database_connection_account=fabrikam.com\\svc",
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=?`,
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=fabrikam.com\svc database_replica=?`,
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=adatum.com\svc`,
			accountSite + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=svc`,
			"site PS1 primary database=?\n" + dmz + "\n" + `role PS1 dmz.branch.fabrikam.com management_point database_connection_account=fabrikam.com\svc`,
		},
	},
	"SRV-UNTRUSTED-SUP": {
		Violated:  []string{"site PS1 primary\n" + foreign + "\nrole PS1 srv software_update_point"},
		Satisfied: []string{"site PS1 primary\n" + foreign + "\nrole PS1 srv software_update_point wsus_connection_account=\"fabrikam.com\\\\wsus\"", "site PS1 primary\nserver PS1 srv untrusted_forest=false\nrole PS1 srv software_update_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 srv software_update_point", "site PS1 primary\n" + foreign + "\nrole PS1 srv software_update_point wsus_connection_account=?"},
	},
	"SRV-ACCOUNT-FQDN": {
		Violated: []string{
			"site PS1 primary domain=contoso.com\nserver PS1 srv domain=fabrikam.com installation_account=FABRIKAM\\svc",
			"site PS1 primary\nserver PS1 srv untrusted_forest=true installation_account=FABRIKAM\\svc",
			"site PS1 primary forest=contoso.com\nserver PS1 srv forest=fabrikam.com\nrole PS1 srv management_point database_connection_account=FABRIKAM\\svc",
			"site PS1 primary\n" + foreign + "\nrole PS1 srv software_update_point wsus_connection_account=FABRIKAM\\svc",
		},
		Satisfied: []string{
			"site PS1 primary domain=contoso.com\nserver PS1 srv domain=fabrikam.com installation_account=fabrikam.com\\svc",
			"site PS1 primary domain=contoso.com\nserver PS1 srv domain=fabrikam.com installation_account=svc@fabrikam.com",
			// The domain of the site server itself.
			"site PS1 primary domain=contoso.com\nserver PS1 srv domain=fabrikam.com installation_account=CONTOSO\\svc",
			"lab\nsite PS1 primary domain=contoso.com\nserver PS1 srv domain=fabrikam.com installation_account=FABRIKAM\\svc",
		},
		Undecided: []string{"site PS1 primary\nserver PS1 srv", "site PS1 primary\nserver PS1 srv installation_account=FABRIKAM\\svc",
			"site PS1 primary domain=ad.contoso.com\nserver PS1 srv domain=ad.contoso.com untrusted_forest=false installation_account=CONTOSO\\svc"},
	},
	"SRV-NAT": {
		Violated:  []string{"site PS1 primary\nserver PS1 srv site_server_link=nat"},
		Satisfied: []string{"site PS1 primary\nserver PS1 srv site_server_link=fast"},
		Undecided: []string{"site PS1 primary\nserver PS1 srv"},
	},
	"SRV-DIRECTACCESS": {
		Violated:  []string{"site PS1 primary\nserver PS1 srv site_server_link=direct_access"},
		Satisfied: []string{"site PS1 primary\nserver PS1 srv site_server_link=slow"},
		Undecided: []string{"site PS1 primary\nserver PS1 srv"},
	},
	"SRV-SLOW-LINK-MP": {
		Violated: []string{"site PS1 primary\nserver PS1 srv site_server_link=slow\nrole PS1 srv management_point"},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv site_server_link=fast\nrole PS1 srv management_point",
			"site PS1 primary\nserver PS1 srv site_server_link=slow\nrole PS1 srv distribution_point",
			"lab\nsite PS1 primary\nserver PS1 srv site_server_link=slow\nrole PS1 srv management_point",
			// The management point of a secondary site is on its site server.
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 site_server_link=slow\nrole SS1 ss1 management_point",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 srv management_point"},
	},
	"SRV-FAST-LINK": {
		Violated: []string{
			"site PS1 primary\nserver PS1 srv site_server_link=slow\nrole PS1 srv software_update_point",
			"site PS1 primary sms_providers=[\"prov.contoso.com\"]\nserver PS1 prov site_server_link=slow",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 srv site_server_link=fast\nrole PS1 srv software_update_point",
			"site PS1 primary\nserver PS1 srv site_server_link=slow\nrole PS1 srv distribution_point\nrole PS1 srv management_point",
			"site PS1 primary\nserver PS1 ps1 site_server_link=slow",
		},
		Undecided: []string{"site PS1 primary\nserver PS1 srv\nrole PS1 srv software_update_point"},
	},
}

// TestUnsupportedSystemOnce tests that a server on an unsupported system yields one
// finding, however much else is wrong with what it holds.
func TestUnsupportedSystemOnce(t *testing.T) {
	d := ruletest.Parse(t, "version 2409\nsite PS1 primary\nserver PS1 ps1 operating_system=windows_server_2012_r2 server_core=true\n"+
		"role PS1 ps1 management_point\nrole PS1 ps1 distribution_point pxe=windows_deployment_services\nrole PS1 ps1 software_update_point")
	var found []string
	for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
		if f.Rule.Chapter == "servers" || f.Rule.Chapter == "lifecycle" {
			found = append(found, f.Rule.ID+" at "+f.Path.String())
		}
	}
	if want := `SRV-OS-LIST at site_system_servers["s00"].operating_system`; len(found) != 1 || found[0] != want {
		t.Errorf("got %q, want only %q", found, want)
	}
}
