package colocation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/colocation"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// A primary site with a passive site server, and two primary sites under one roof.
const (
	withPassive = `site PS1 primary passive_site_server=ps2.contoso.com content_library_path=\\fs1\lib$` + "\n"
	twoPrimary  = "site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS\n"
	groupOf     = " database.server=listener.contoso.com database.availability_group.name=ag database.availability_group.replicas="
	clusterOf   = " database.server=cluster.contoso.com database.failover_cluster.nodes="
)

func TestRules(t *testing.T) { ruletest.Run(t, colocation.Chapter(), colocationCases) }

var colocationCases = map[string]ruletest.Cases{
	"COLO-ONE-SITE-PER-SERVER": {
		Violated: []string{
			// A site server, a passive one or an SMS Provider beside anything of another site.
			"site CAS central_administration\nsite PS1 primary CAS site_server=cas.contoso.com",
			twoPrimary + "role PS2 ps1 management_point",
			"site CAS central_administration\nsite PS1 primary CAS sms_providers=[\"cas.contoso.com\"]",
			"site CAS central_administration\n" + strings.ReplaceAll(withPassive, "primary", "primary CAS") + "site PS3 primary CAS site_server=PS2.contoso.com",
			"site CAS central_administration\n" + strings.ReplaceAll(withPassive, "primary", "primary CAS") + "site PS3 primary CAS\nrole PS3 ps2 management_point",
			"site CAS central_administration\nsite PS1 primary CAS sms_providers=[\"prov.contoso.com\"]\nsite PS2 primary CAS sms_providers=[\"prov.contoso.com\"]",
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ps1 distribution_point",
			// Other roles: a warning.
			twoPrimary + "role PS1 srv management_point\nrole PS2 srv distribution_point",
			// What is installed already keeps the finding.
			"site CAS central_administration installed=true\nsite PS1 primary CAS site_server=cas.contoso.com installed=true",
		},
		Satisfied: []string{
			twoPrimary + "role PS1 mp1 management_point\nrole PS2 mp2 management_point",
			"site PS1 primary sms_providers=[\"ps1.contoso.com\",\"prov.contoso.com\"]\nrole PS1 prov management_point\nrole PS1 ps1 service_connection_point",
			withPassive + "role PS1 ps2 management_point",
			// One SQL Server for two sites, with a site system of one of them on it.
			"site CAS central_administration database.server=sql.contoso.com database.instance=CAS\nsite PS1 primary CAS database.server=sql.contoso.com database.instance=PS1 database.port=1533 database.service_broker_port=4122\nserver CAS sql\nserver PS1 sql",
			twoPrimary + "role PS1 sql reporting_services_point\nrole PS2 other reporting_services_point database_server=sql.contoso.com account=svc-reports@contoso.com",
			// A connector is not a role of a server.
			twoPrimary + "role PS1 srv exchange_server_connector organization=A\nrole PS2 srv management_point",
		},
		Undecided: []string{
			// The role may be none of the computer's, such as an Exchange Server connector.
			ruletest.SitesWithChild + "role PS1 cas ?",
			"site CAS central_administration\nsite PS1 primary CAS site_server=?",
			"site CAS central_administration\nsite PS1 primary CAS passive_site_server=? content_library_path=\\\\fs1\\lib$",
			"site CAS central_administration\nsite PS1 primary CAS sms_providers=?",
			twoPrimary + "server ? srv\nrole ? srv management_point\nrole PS1 srv distribution_point",
		},
	},
	"COLO-SITE-SERVER-CLEAN": {
		Violated: []string{
			// The other site is there already, by its own word or that of the prior state.
			"site CAS central_administration installed=true\nsite PS1 primary CAS site_server=cas.contoso.com",
			"site CAS central_administration\nsite PS1 primary CAS site_server=cas.contoso.com\nprior\nsite CAS central_administration installed=true",
			twoPrimary + "role PS1 ps2 management_point installed=true",
			twoPrimary + "role PS1 ps2 management_point\nprior\nsite CAS central_administration installed=true\nsite PS1 primary CAS installed=true\nrole PS1 ps2 management_point installed=true",
			"site CAS central_administration\nsite PS1 primary CAS sms_providers=[\"ps2.contoso.com\"] installed=true\nsite PS2 primary CAS",
			// The same plan removes it: a warning.
			twoPrimary + "role PS1 mp management_point\nprior\nsite CAS central_administration installed=true\nsite PS1 primary CAS installed=true\nrole PS1 ps2 management_point installed=true",
			withPassive + "site SS1 secondary PS1 site_server=ps2.contoso.com\nprior\n" + strings.TrimSpace(withPassive) + " installed=true",
		},
		Satisfied: []string{
			twoPrimary,
			// Roles of the site itself, and those that exist on paper only.
			"site PS1 primary\nrole PS1 ps1 management_point installed=true",
			twoPrimary + "role PS1 ps2 management_point",
			"site CAS central_administration installed=true\nsite PS1 primary CAS site_server=cas.contoso.com installed=true",
			twoPrimary + "prior\nsite CAS central_administration installed=true\nsite PS1 primary CAS installed=true\nrole PS1 mp management_point installed=true",
			twoPrimary + "prior\nsite CAS central_administration\nsite PS1 primary CAS\nrole PS1 ps2 management_point",
		},
		Undecided: []string{
			// The role may be none of the computer's, such as an Exchange Server connector.
			ruletest.SitesWithChild + "site PS2 primary CAS\nrole PS2 ps1 ? installed=true",
			"site CAS central_administration installed=true\nsite PS1 primary CAS site_server=?",
			"site CAS central_administration installed=true\nsite PS1 primary CAS installed=?",
			twoPrimary + "server ? srv\nrole ? srv management_point installed=true",
		},
	},
	"COLO-PASSIVE-EMPTY": {
		Violated: []string{
			withPassive + "role PS1 ps2 management_point\nprior\nsite PS1 primary installed=true\nrole PS1 ps2 management_point installed=true",
			withPassive + "role PS1 dp distribution_point\nprior\nsite PS1 primary installed=true passive_site_server=ps3.contoso.com content_library_path=\\\\fs1\\lib$\nrole PS1 ps2 distribution_point installed=true",
			"site CAS central_administration\n" + strings.ReplaceAll(withPassive, "primary", "primary CAS") + "site PS3 primary CAS\nprior\nsite CAS central_administration\nsite PS1 primary CAS installed=true\nsite PS3 primary CAS installed=true\nrole PS3 ps2 management_point installed=true",
		},
		Satisfied: []string{
			withPassive + "role PS1 ps2 management_point",
			withPassive + "role PS1 ps2 management_point\nprior\nsite PS1 primary installed=true",
			withPassive + "role PS1 ps2 management_point\nprior\nsite PS1 primary installed=true\nrole PS1 ps2 management_point",
			// It is passive already, or was the active one before a promotion.
			withPassive + "role PS1 ps2 management_point\nprior\n" + strings.TrimSpace(withPassive) + " installed=true\nrole PS1 ps2 management_point installed=true",
			"site PS1 primary site_server=ps2.contoso.com passive_site_server=ps1.contoso.com content_library_path=\\\\fs1\\lib$\nrole PS1 ps1 management_point\nprior\n" + strings.TrimSpace(withPassive) + " installed=true\nrole PS1 ps1 management_point installed=true",
			// An SMS Provider of the site does not stand in the way.
			withPassive + "prior\nsite PS1 primary installed=true sms_providers=[\"ps1.contoso.com\",\"ps2.contoso.com\"]",
		},
		Undecided: []string{
			"site PS1 primary passive_site_server=? content_library_path=\\\\fs1\\lib$\nprior\nsite PS1 primary installed=true\nrole PS1 ps2 management_point installed=true",
		},
	},
	"COLO-PASSIVE-NOT-SECONDARY": {
		Violated: []string{
			withPassive + "site SS1 secondary PS1 site_server=ps2.contoso.com",
			"site CAS central_administration\n" + strings.ReplaceAll(withPassive, "primary", "primary CAS") + `site PS3 primary CAS passive_site_server=PS2.contoso.com content_library_path=\\fs3\lib$`,
		},
		Satisfied: []string{
			withPassive + "site SS1 secondary PS1",
			"site PS1 primary\nsite SS1 secondary PS1",
			"site CAS central_administration\n" + strings.ReplaceAll(withPassive, "primary", "primary CAS") + `site PS3 primary CAS passive_site_server=ps4.contoso.com content_library_path=\\fs3\lib$`,
		},
		Undecided: []string{
			withPassive + "site SS1 secondary PS1 site_server=?",
			"site PS1 primary passive_site_server=? content_library_path=\\\\fs1\\lib$\nsite SS1 secondary PS1",
		},
	},
	"COLO-RCL-UNIQUE-SHARE": {
		Violated: []string{
			"site CAS central_administration content_library_path=\\\\fs1\\lib$\nsite PS1 primary CAS content_library_path=\\\\FS1\\lib$\\",
			"site CAS central_administration\nsite PS1 primary CAS content_library_path=\\\\fs1\\lib$\nsite PS2 primary CAS content_library_path=\\\\fs1\\lib$",
		},
		Satisfied: []string{
			"site CAS central_administration content_library_path=\\\\fs1\\lib$\\CAS\nsite PS1 primary CAS content_library_path=\\\\fs1\\lib$\\PS1",
			"site CAS central_administration\nsite PS1 primary CAS",
		},
		Undecided: []string{"site CAS central_administration content_library_path=\\\\fs1\\lib$\nsite PS1 primary CAS content_library_path=?"},
	},

	"COLO-PASSIVE-NOT-AGNODE": {
		Violated: []string{
			strings.TrimSpace(withPassive) + groupOf + `["sql1.contoso.com","PS2.contoso.com"]`,
			strings.TrimSpace(withPassive) + groupOf + `["?","ps2.contoso.com"]`,
			// The cluster of somebody else.
			withPassive + "server PS1 ps2 cluster_node=true",
		},
		Satisfied: []string{
			strings.TrimSpace(withPassive) + groupOf + `["sql1.contoso.com","sql2.contoso.com"]`,
			strings.TrimSpace(withPassive) + groupOf + `["ps1.contoso.com","sql2.contoso.com"]`, // the active one may
			withPassive + "server PS1 ps2 cluster_node=false", withPassive + "server PS1 other cluster_node=true",
			withPassive,
			"site PS1 primary" + groupOf + `["ps1.contoso.com","sql2.contoso.com"]`,
		},
		Undecided: []string{
			strings.TrimSpace(withPassive) + groupOf + `["sql1.contoso.com","?"]`,
			strings.TrimSpace(withPassive) + groupOf + `?`,
			withPassive + "server PS1 ps2 cluster_node=?",
			strings.TrimSpace(withPassive) + " database.availability_group=?",
			"site PS1 primary passive_site_server=? content_library_path=\\\\fs1\\lib$" + groupOf + `["ps2.contoso.com"]`,
		},
	},
	"COLO-PROVIDER-NOT-FCI": {
		Violated: []string{
			`site PS1 primary sms_providers=["ps1.contoso.com","sql1.contoso.com"]` + clusterOf + `["sql1.contoso.com","sql2.contoso.com"]`,
			`site PS1 primary sms_providers=["cluster.contoso.com"]` + clusterOf + `["sql1.contoso.com","sql2.contoso.com"]`,
		},
		Satisfied: []string{
			"site PS1 primary" + clusterOf + `["sql1.contoso.com","sql2.contoso.com"]`,
			`site PS1 primary sms_providers=["prov.contoso.com"]` + clusterOf + `["sql1.contoso.com","sql2.contoso.com"]`,
			`site PS1 primary sms_providers=["sql1.contoso.com"] database.server=sql1.contoso.com`,
			// A site server on a node is the greater trouble.
			strings.TrimSpace(withPassive) + ` sms_providers=["ps1.contoso.com","ps2.contoso.com"]` + clusterOf + `["ps2.contoso.com","sql2.contoso.com"]`,
		},
		Undecided: []string{
			"site PS1 primary sms_providers=?" + clusterOf + `["sql1.contoso.com","sql2.contoso.com"]`,
			`site PS1 primary sms_providers=["prov.contoso.com"]` + clusterOf + `["sql1.contoso.com","?"]`,
			"site PS1 primary database.failover_cluster=?",
		},
	},
	"COLO-SECDB-LOCAL": {
		Violated: []string{"site PS1 primary\nsite SS1 secondary PS1 database.server=sql.contoso.com"},
		Satisfied: []string{
			"site PS1 primary database.server=sql.contoso.com\nsite SS1 secondary PS1",
			"site PS1 primary\nsite SS1 secondary PS1 database.server=SS1.contoso.com",
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=express",
		},
		Undecided: []string{
			"site PS1 primary\nsite SS1 secondary PS1 database.server=?",
			"site PS1 primary\nsite SS1 secondary PS1 database=?",
			"site PS1 primary\nsite SS1 ? PS1 database.server=sql.contoso.com",
		},
	},
	"COLO-SITESERVER-ON-DC": {
		Violated: []string{
			"site PS1 primary\nserver PS1 ps1 domain_controller=writable",
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 sql domain_controller=writable",
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 ps1 domain_controller=read_only",
			withPassive + "server PS1 ps2 domain_controller=writable",
			"site PS1 primary" + groupOf + "[\"sql1.contoso.com\",\"sql2.contoso.com\"]\nserver PS1 sql2 domain_controller=writable",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 ps1 domain_controller=none",
			"site PS1 primary\nserver PS1 dp domain_controller=writable",
			"lab\nsite PS1 primary\nserver PS1 ps1 domain_controller=writable",
			// The secondary site server is another rule's.
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 ss1 domain_controller=none",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 ps1",
			"site PS1 primary\nserver PS1 ps1 domain_controller=?",
			"site PS1 primary site_server=?\nserver PS1 ps1 domain_controller=writable",
		},
	},
	"COLO-DB-NO-OTHER-APPS": {
		Violated: []string{
			"site PS1 primary\nserver PS1 ps1 other_sql_applications=true",
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 sql other_sql_applications=true",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 ps1 other_sql_applications=false",
			"site PS1 primary\nserver PS1 rsp other_sql_applications=true",
			// Report server, data warehouse and WSUS databases, and those of other sites.
			"site PS1 primary\nserver PS1 ps1 other_sql_applications=false\nserver PS1 rsp other_sql_applications=false\nserver PS1 sup other_sql_applications=false\nrole PS1 rsp reporting_services_point database_server=ps1.contoso.com account=svc-reports@contoso.com\nrole PS1 sup software_update_point wsus_database_server=ps1.contoso.com wsus_database_instance=WSUS",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 ps1",
			"site PS1 primary database=?\nserver PS1 ps1 other_sql_applications=true",
		},
	},
	"COLO-CLIENT-SAME-SITE": {
		Violated: []string{
			twoPrimary + "server PS1 mp client_site_code=PS2",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 dp client_site_code=PS2",
		},
		Satisfied: []string{
			twoPrimary + "server PS1 mp client_site_code=ps1",
			"site PS1 primary\nsite SS1 secondary PS1\nserver SS1 dp client_site_code=PS1",
			twoPrimary + "server CAS cas client_site_code=PS1",
			"site PS1 primary\nserver PS1 mp client_site_code=\"\"",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 mp",
			"site PS1 primary\nserver PS1 mp client_site_code=?",
			"server ? mp client_site_code=PS1",
		},
	},

	"COLO-SCP-NOT-HA": {
		Violated: []string{
			withPassive + "role PS1 ps1 service_connection_point",
			withPassive + "role PS1 PS2 service_connection_point",
			"site CAS central_administration passive_site_server=cas2.contoso.com content_library_path=\\\\fs1\\lib$\nrole CAS cas service_connection_point",
		},
		Satisfied: []string{
			withPassive + "role PS1 scp service_connection_point",
			"site PS1 primary\nrole PS1 ps1 service_connection_point",
			"site PS1 primary passive_site_server=?\nrole PS1 ps1 management_point",
		},
		Undecided: []string{
			"site PS1 primary passive_site_server=?\nrole PS1 ps1 service_connection_point",
			strings.TrimSpace(withPassive) + " site_server=?\nrole PS1 scp service_connection_point",
		},
	},
	"COLO-DP-NOT-ON-RCL": {
		Violated: []string{
			"site PS1 primary content_library_path=\\\\fs1\\lib$\nrole PS1 ps1 distribution_point",
			withPassive + "role PS1 ps2 distribution_point",
			"site PS1 primary content_library_path=\\\\fs1\\lib$\nrole PS1 dp distribution_point\nrole PS1 ps1 distribution_point pull_sources={\"dp.contoso.com\":1}",
		},
		Satisfied: []string{
			"site PS1 primary content_library_path=\\\\fs1\\lib$\nrole PS1 dp distribution_point",
			"site PS1 primary\nrole PS1 ps1 distribution_point",
			"site PS1 primary content_library_path=?\nserver PS1 dp id=null\nrole PS1 dp distribution_point",
		},
		Undecided: []string{
			"site PS1 primary content_library_path=?\nrole PS1 ps1 distribution_point",
			"site PS1 primary site_server=? content_library_path=\\\\fs1\\lib$\nrole PS1 ps1 distribution_point",
		},
	},
	"COLO-PULLDP-NOT-SITESERVER": {
		Violated: []string{
			"site PS1 primary\nrole PS1 dp distribution_point\nrole PS1 ps1 distribution_point pull_sources={\"dp.contoso.com\":1}",
			"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 dp distribution_point\nrole SS1 ss1 distribution_point pull_sources={\"dp.contoso.com\":null}",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 ps1 distribution_point\nrole PS1 dp distribution_point pull_sources={\"ps1.contoso.com\":1}",
			"site PS1 primary site_server=?\nrole PS1 ps1 distribution_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 ps1 distribution_point pull_sources=?",
			"site PS1 primary site_server=?\nrole PS1 dp distribution_point\nrole PS1 ps1 distribution_point pull_sources={\"dp.contoso.com\":1}",
		},
	},
	"COLO-DP-INSTALL-ACCOUNT": {
		Violated: []string{"site PS1 primary\nserver PS1 ps1 installation_account=CONTOSO\\install\nrole PS1 ps1 distribution_point"},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 dp installation_account=CONTOSO\\install\nrole PS1 dp distribution_point",
			"site PS1 primary\nserver PS1 ps1 installation_account=\"\"\nrole PS1 ps1 distribution_point",
			"site PS1 primary\nserver PS1 ps1 installation_account=CONTOSO\\install\nrole PS1 ps1 management_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 ps1 distribution_point",
			"site PS1 primary site_server=?\nserver PS1 ps1 installation_account=CONTOSO\\install\nrole PS1 ps1 distribution_point",
		},
	},
	"COLO-HA-RSPDB": {
		Violated: []string{
			withPassive + "role PS1 rsp reporting_services_point database_server=ps1.contoso.com account=svc-reports@contoso.com",
			withPassive + "role PS1 rsp reporting_services_point database_server=PS2.contoso.com account=svc-reports@contoso.com",
			withPassive + "role PS1 sup software_update_point wsus_database_server=ps1.contoso.com",
			withPassive + "role PS1 dw reporting_services_point\nrole PS1 dw data_warehouse_service_point database_server=ps2.contoso.com account=svc-warehouse@contoso.com",
		},
		Satisfied: []string{
			withPassive + "role PS1 rsp reporting_services_point database_server=sql.contoso.com account=svc-reports@contoso.com",
			"site PS1 primary\nrole PS1 rsp reporting_services_point database_server=ps1.contoso.com account=svc-reports@contoso.com",
			"site PS1 primary\nrole PS1 rsp reporting_services_point",
		},
		Undecided: []string{
			withPassive + "role PS1 rsp reporting_services_point",
			withPassive + "role PS1 rsp reporting_services_point database_server=?",
			"site PS1 primary passive_site_server=?\nrole PS1 rsp reporting_services_point database_server=ps1.contoso.com account=svc-reports@contoso.com",
		},
	},
	"COLO-CRP-NOT-NDES": {
		Violated:  []string{"version 2111\nsite PS1 primary\nrole PS1 crp certificate_registration_point ndes_server=CRP.contoso.com"},
		Satisfied: []string{"version 2111\nsite PS1 primary\nrole PS1 crp certificate_registration_point ndes_server=ndes.contoso.com", "version 2203\nsite PS1 primary\nrole PS1 crp certificate_registration_point ndes_server=crp.contoso.com"},
		Undecided: []string{"version 2111\nsite PS1 primary\nrole PS1 crp certificate_registration_point", "site PS1 primary version=?\nrole PS1 crp certificate_registration_point ndes_server=crp.contoso.com"},
	},
	"COLO-PXE-RESPONDER-VERSION": {
		Violated: []string{"version 1802\nsite PS1 primary\nrole PS1 dp distribution_point pxe=responder"},
		Satisfied: []string{
			"version 1806\nsite PS1 primary\nrole PS1 dp distribution_point pxe=responder",
			"version 1802\nsite PS1 primary\nrole PS1 dp distribution_point pxe=windows_deployment_services",
		},
		Undecided: []string{
			"version 1802\nsite PS1 primary\nrole PS1 dp distribution_point",
			"site PS1 primary version=?\nrole PS1 dp distribution_point pxe=responder",
		},
	},
	"COLO-MULTICAST-VS-RESPONDER": {
		Violated: []string{"site PS1 primary\nrole PS1 dp distribution_point pxe=responder multicast.maximum_clients=100"},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 dp distribution_point pxe=windows_deployment_services multicast.maximum_clients=100",
			"site PS1 primary\nrole PS1 dp distribution_point pxe=windows_deployment_services",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dp distribution_point",
			"site PS1 primary\nrole PS1 dp distribution_point pxe=? multicast.maximum_clients=100",
			"site PS1 primary\nrole PS1 dp distribution_point pxe=responder multicast=?",
		},
	},
	"COLO-PXE-DHCP": {
		Violated: []string{
			"site PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=windows_deployment_services listen_on_dhcp_port=true",
			"site PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=responder listen_on_dhcp_port=true",
			"site PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=responder",
			"version 1810\nsite PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=responder listen_on_dhcp_port=false",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=windows_deployment_services listen_on_dhcp_port=false",
			"version 1902\nsite PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=responder listen_on_dhcp_port=false",
			"version 1810\nsite PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=windows_deployment_services listen_on_dhcp_port=false",
			"site PS1 primary\nserver PS1 dp dhcp_server=false\nrole PS1 dp distribution_point pxe=responder listen_on_dhcp_port=true",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dp distribution_point pxe=responder",
			"site PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point listen_on_dhcp_port=true",
			"site PS1 primary\nserver PS1 dp dhcp_server=true\nrole PS1 dp distribution_point pxe=responder listen_on_dhcp_port=?",
		},
	},
	"COLO-MCC-DPONLY": {
		Violated: []string{
			"site PS1 primary\nrole PS1 dp distribution_point connected_cache=true\nrole PS1 dp management_point",
			"site PS1 primary\nserver PS1 dp operating_system=windows_11\nrole PS1 dp distribution_point connected_cache=true",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 dp operating_system=windows_server_2019\nrole PS1 dp distribution_point connected_cache=true",
			"site PS1 primary\nrole PS1 dp distribution_point connected_cache=false\nrole PS1 dp management_point",
			// What Setup puts there does not count.
			"site PS1 primary\nserver PS1 ps1 operating_system=windows_server_2022\nrole PS1 ps1 distribution_point connected_cache=true",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dp distribution_point connected_cache=true",
			"site PS1 primary\nserver PS1 dp operating_system=windows_server_2019\nrole PS1 dp distribution_point connected_cache=true\nrole PS1 dp ?",
			"site PS1 primary\nrole PS1 dp distribution_point connected_cache=?\nrole PS1 dp management_point",
		},
	},
	"COLO-DWSP-NOT-FIRST": {
		Violated: []string{
			"site PS1 primary\nrole PS1 dw data_warehouse_service_point",
			"site PS1 primary\nrole PS1 rsp reporting_services_point\nrole PS1 dw data_warehouse_service_point database_server=dw.contoso.com account=svc-warehouse@contoso.com",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point",
			"site PS1 primary\nrole PS1 dw reporting_services_point\nrole PS1 dw data_warehouse_service_point",
			"site PS1 primary database.server=sql.contoso.com\nrole PS1 sql data_warehouse_service_point",
			"site PS1 primary sms_providers=[\"prov.contoso.com\"]\nrole PS1 prov data_warehouse_service_point",
			"site PS1 primary\nrole PS1 dw data_warehouse_service_point installed=true",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 dw data_warehouse_service_point\nrole PS1 dw ?",
			"site PS1 primary site_server=?\nrole PS1 dw data_warehouse_service_point",
			"site PS1 primary\nrole PS1 dw data_warehouse_service_point\nrole PS1 ? distribution_point",
		},
	},
	"COLO-DP-REASSIGN": {
		Violated: []string{
			// Another role stands in the way, and one that goes in the same plan too.
			twoPrimary + "role PS2 dp distribution_point\nrole PS2 dp state_migration_point\nprior\n" + twoPrimary + "role PS1 dp distribution_point installed=true",
			twoPrimary + "role PS2 dp distribution_point\nprior\n" + twoPrimary + "role PS1 dp distribution_point installed=true\nrole PS1 dp state_migration_point installed=true",
			"version 1710\n" + twoPrimary + "role PS2 dp distribution_point\nprior\n" + twoPrimary + "role PS1 dp distribution_point installed=true",
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 dp distribution_point\nprior\nsite PS1 primary\nsite SS1 secondary PS1\nrole PS1 dp distribution_point installed=true",
			twoPrimary + "role PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"CAS\"}}\nprior\n" + twoPrimary + "hierarchy cloud_management_gateways={\"b\":{\"name\":\"CMG\",\"site_code\":\"PS1\",\"installed\":true}}",
		},
		Satisfied: []string{
			twoPrimary + "role PS2 dp distribution_point\nprior\n" + twoPrimary + "role PS1 dp distribution_point",
			// The console moves it in place.
			twoPrimary + "role PS2 dp distribution_point\nprior\n" + twoPrimary + "role PS1 dp distribution_point installed=true",
			"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 dp distribution_point\nprior\nsite PS1 primary\nsite SS1 secondary PS1\nrole SS1 dp distribution_point installed=true",
			twoPrimary + "role PS1 dp distribution_point\nprior\n" + twoPrimary + "role PS1 DP distribution_point installed=true",
			twoPrimary + "role PS2 dp2 distribution_point\nprior\n" + twoPrimary + "role PS1 dp distribution_point installed=true",
			twoPrimary + "role PS2 dp distribution_point\nprior\n" + twoPrimary + "role PS1 dp management_point installed=true",
			"site PS1 primary\nrole PS1 dp distribution_point",
		},
		Undecided: []string{
			"server ? dp\nrole ? dp distribution_point\nprior\nsite PS1 primary\nrole PS1 dp distribution_point installed=true",
		},
	},
	"COLO-FSP-DEDICATED": {
		Violated: []string{
			"site PS1 primary\nrole PS1 fsp fallback_status_point\nrole PS1 FSP management_point\nhierarchy site_system_servers={}",
			"site PS1 primary\nrole PS1 ps1 fallback_status_point\nrole PS1 ps1 service_connection_point",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 fsp fallback_status_point\nrole PS1 mp management_point",
			"lab\nsite PS1 primary\nrole PS1 fsp fallback_status_point\nrole PS1 fsp management_point",
			// What Setup puts there does not count, nor does a connector.
			"site PS1 primary\nrole PS1 ps1 fallback_status_point\nrole PS1 ps1 exchange_server_connector",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 fsp fallback_status_point\nrole PS1 fsp ?",
			"site PS1 primary\nrole PS1 ? fallback_status_point",
		},
	},
	"COLO-FSP-NOT-DC": {
		Violated:  []string{"site PS1 primary\nserver PS1 fsp domain_controller=writable\nrole PS1 fsp fallback_status_point", "site PS1 primary\nserver PS1 fsp domain_controller=read_only\nrole PS1 fsp fallback_status_point"},
		Satisfied: []string{"site PS1 primary\nserver PS1 fsp domain_controller=none\nrole PS1 fsp fallback_status_point", "site PS1 primary\nserver PS1 mp domain_controller=writable\nrole PS1 mp management_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 fsp fallback_status_point", "site PS1 primary\nserver PS1 fsp domain_controller=?\nrole PS1 fsp fallback_status_point"},
	},
	"COLO-FSP-PERIMETER": {
		Violated: []string{
			"site PS1 primary\nserver PS1 fsp perimeter_network=true\nrole PS1 fsp fallback_status_point",
			"site PS1 primary\nserver PS1 fsp perimeter_network=true site_server_initiates_connections=false\nrole PS1 fsp fallback_status_point",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 fsp perimeter_network=true site_server_initiates_connections=true\nrole PS1 fsp fallback_status_point",
			"site PS1 primary\nserver PS1 fsp perimeter_network=false\nrole PS1 fsp fallback_status_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 fsp fallback_status_point",
			"site PS1 primary\nserver PS1 fsp perimeter_network=true site_server_initiates_connections=?\nrole PS1 fsp fallback_status_point",
		},
	},
	"COLO-WSUS-SQL-INSTANCE": {
		Violated: []string{
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=ps1.contoso.com wsus_database_instance=mssqlserver",
			"site PS1 primary database.server=sql.contoso.com database.instance=CM database.port=1500\nrole PS1 sup software_update_point wsus_database_server=SQL.contoso.com wsus_database_instance=CM",
			"site PS1 primary" + groupOf + "[\"sql1.contoso.com\",\"sql2.contoso.com\"]\nrole PS1 sup software_update_point wsus_database_server=sql2.contoso.com wsus_database_instance=MSSQLSERVER",
			// The database of another site.
			"site CAS central_administration\nsite PS1 primary CAS\nrole CAS cas software_update_point\nrole PS1 sup software_update_point wsus_database_server=cas.contoso.com wsus_database_instance=MSSQLSERVER",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=ps1.contoso.com wsus_database_instance=WSUS",
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=sup.contoso.com wsus_database_instance=MSSQLSERVER",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 sup software_update_point",
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=ps1.contoso.com",
			"site PS1 primary database=?\nrole PS1 sup software_update_point wsus_database_server=ps1.contoso.com wsus_database_instance=MSSQLSERVER",
		},
	},
	"COLO-WSUS-CUSTOM-SITE": {
		Violated:  []string{"site PS1 primary\nrole PS1 sup software_update_point wsus_website=default"},
		Satisfied: []string{"site PS1 primary\nrole PS1 sup software_update_point wsus_website=custom", "lab\nsite PS1 primary\nrole PS1 sup software_update_point wsus_website=default"},
		Undecided: []string{"site PS1 primary\nrole PS1 sup software_update_point", "site PS1 primary\nrole PS1 sup software_update_point wsus_website=?"},
	},

	"COLO-SITE-SERVER-ROLES": {
		Violated: []string{
			"site PS1 primary\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point",
			"site PS1 primary clients.windows=500\nrole PS1 ps1 reporting_services_point\nrole PS1 mp management_point",
			withPassive + "role PS1 ps2 reporting_services_point\nrole PS1 mp management_point",
			"site CAS central_administration clients.windows=0\nrole CAS cas endpoint_protection_point",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 mp management_point\nrole PS1 scp service_connection_point",
			"site PS1 primary clients.windows=499\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point",
			"lab\nsite PS1 primary\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point",
			// By design at a secondary site, and what Setup puts there.
			"site PS1 primary sms_providers=[\"ps1.contoso.com\"]\nrole PS1 mp management_point\nsite SS1 secondary PS1\nrole SS1 ss1 management_point\nrole SS1 ss1 distribution_point",
			"site PS1 primary\nrole PS1 ps1 exchange_server_connector\nrole PS1 mp management_point",
			// Refused there: errors say so.
			withPassive + "role PS1 ps1 distribution_point\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point",
			"site CAS central_administration\nrole CAS cas management_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 srv ?",
			"site PS1 primary site_server=?\nrole PS1 ps1 service_connection_point",
			"site PS1 primary clients.windows=?\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point",
			"site PS1 ?\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point",
		},
	},
	"COLO-IIS-GROUPING": {
		Violated: []string{
			"site PS1 primary\nrole PS1 ps1 management_point\nrole PS1 dp distribution_point",
			"site PS1 primary database.server=sql.contoso.com\nrole PS1 ps1 management_point\nrole PS1 ps1 service_connection_point",
			"site PS1 primary\nrole PS1 ps1 distribution_point",
			"site PS1 primary clients.windows=500\nrole PS1 ps1 management_point\nrole PS1 dp distribution_point",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point",
			"site PS1 primary\nrole PS1 web management_point\nrole PS1 web distribution_point\nrole PS1 rsp reporting_services_point",
			"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point\nrole SS1 ss1 distribution_point",
			"site PS1 primary clients.windows=499\nrole PS1 ps1 management_point\nrole PS1 dp distribution_point",
			withPassive + "role PS1 ps1 distribution_point\nrole PS1 mp management_point",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 mp ?", "site PS1 primary site_server=?\nrole PS1 ps1 management_point"},
	},
	"COLO-ALL-IN-ONE": {
		Violated: []string{
			"site PS1 primary\nrole PS1 ps1 service_connection_point\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"site PS1 primary database.server=ps1.contoso.com clients.windows=500\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"site CAS central_administration\nrole CAS cas service_connection_point\nrole CAS cas software_update_point",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 ps1 management_point\nrole PS1 dp distribution_point",
			"site PS1 primary database.server=sql.contoso.com\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"site PS1 primary sms_providers=[\"prov.contoso.com\"]\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"site CAS central_administration\nrole CAS cas service_connection_point", // one role is not all
			withPassive + "role PS1 ps1 management_point\nrole PS1 ps1 reporting_services_point",
			"site PS1 primary clients.windows=499\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"lab\nsite PS1 primary\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"site PS1 primary\nrole PS1 mp management_point\nrole PS1 mp service_connection_point\nsite SS1 secondary PS1\nrole SS1 ss1 management_point\nrole SS1 ss1 distribution_point",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point\nrole PS1 ? software_update_point",
			"site PS1 primary database=?\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
			"site PS1 primary passive_site_server=?\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point",
		},
	},
}

// TestSharedComputerIsOneFinding tests that the rules about one and the same
// computer do not repeat each other.
func TestSharedComputerIsOneFinding(t *testing.T) {
	for text, want := range map[string][]string{
		// Everything on one computer: the closest description, and the role that needs
		// a computer of its own for another reason.
		"site PS1 primary\nrole PS1 ps1 management_point\nrole PS1 ps1 distribution_point\nrole PS1 ps1 service_connection_point":    {"COLO-ALL-IN-ONE"},
		"site PS1 primary\nrole PS1 ps1 management_point\nrole PS1 ps1 fallback_status_point\nrole PS1 ps1 service_connection_point": {"COLO-ALL-IN-ONE", "COLO-FSP-DEDICATED"},
		"site PS1 primary\nrole PS1 ps1 management_point\nrole PS1 ps1 service_connection_point\nrole PS1 dp distribution_point":     {"COLO-IIS-GROUPING"},
		"site PS1 primary\nrole PS1 ps1 service_connection_point\nrole PS1 mp management_point":                                      {"COLO-SITE-SERVER-ROLES"},
		withPassive + "role PS1 ps1 distribution_point\nrole PS1 mp management_point\nrole PS1 scp service_connection_point":         {"COLO-DP-NOT-ON-RCL"},
		// Two sites on one computer, with the SMS Provider of each.
		"site CAS central_administration\nsite PS1 primary CAS site_server=cas.contoso.com\nrole CAS scp service_connection_point\nrole PS1 mp management_point":                {"COLO-ONE-SITE-PER-SERVER"},
		"site CAS central_administration installed=true\nsite PS1 primary CAS site_server=cas.contoso.com\nrole CAS scp service_connection_point\nrole PS1 mp management_point": {"COLO-SITE-SERVER-CLEAN"},
		withPassive + "site SS1 secondary PS1 site_server=ps2.contoso.com\nrole PS1 scp service_connection_point\nrole PS1 mp management_point":                                 {"COLO-PASSIVE-NOT-SECONDARY"},
	} {
		var got []string
		topology := ruletest.Parse(t, text).Planned.Build(t, true)
		for _, f := range rules.Catalog().Evaluate(topology, rule.Options{}).Findings {
			if f.Rule.Chapter == "colocation" || f.Rule.ID == "ROLE-CARD-PROV-SERVER" {
				got = append(got, f.Rule.ID)
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("found %v, want %v in\n%s", got, want, text)
		}
	}
}
