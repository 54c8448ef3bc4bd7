package database_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/database"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// Databases of designs: an availability group and a failover cluster that nothing is
// wrong with.
const (
	withCluster    = ` database.server=cmcluster.contoso.com database.failover_cluster.nodes=["sql1.contoso.com","sql2.contoso.com"]`
	twoOnOneServer = "site CAS central_administration\nsite PS1 primary CAS database.server=sql.contoso.com %s\nsite PS2 primary CAS database.server=sql.contoso.com %s"
	siteWithMacs   = "version 2203\nsite PS1 primary clients.macos=10\nserver PS1 mp internet_fqdn=mp.contoso.net\n"
	withReplica    = " database_replica.server=sql2.contoso.com database_replica.database_name=CM_REP"
)

func TestRules(t *testing.T) {
	ruletest.Run(t, database.Chapter(), ruletest.Joined(databaseCases, databaseTransitionCases, azureCases))
}

var databaseCases = map[string]ruletest.Cases{
	"DB-FULL-SQL": {
		Violated: []string{
			"site PS1 primary database.edition=express", "site CAS central_administration database.edition=express",
			"site PS1 primary database.edition=web", "site PS1 primary database.edition=developer", "site PS1 primary database.edition=evaluation",
			"lab\nsite PS1 primary database.edition=express", "lab\nsite PS1 primary database.edition=web",
		},
		Satisfied: []string{
			"site PS1 primary database.edition=standard", "site CAS central_administration database.edition=enterprise",
			"lab\nsite PS1 primary database.edition=evaluation", "lab\nsite CAS central_administration database.edition=evaluation", "lab\nsite PS1 primary database.edition=developer",
			"site PS1 primary database.edition=standard\nsite SS1 secondary PS1 database.edition=express",
		},
		Undecided: []string{"site PS1 primary", "site PS1 primary database=?", "site PS1 primary database.edition=?"},
	},
	"DB-SEC-EDITION": {
		Violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=web",
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=developer",
		},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=express",
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=standard",
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=enterprise",
			"lab\nsite PS1 primary\nsite SS1 secondary PS1 database.edition=evaluation",
			"site PS1 primary database.edition=developer",
		},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1", "site PS1 primary\nsite SS1 secondary PS1 database.edition=?"},
	},
	"DB-SEC-INSTANCE": {
		Violated: []string{"site PS1 primary\nsite SS1 secondary PS1 database.instance=CM", "site PS1 primary\nsite SS1 secondary PS1 database.instance=SQLEXPRESS database.edition=express"},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1",
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=mssqlserver",
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=ConfigMgrSec",
			"site PS1 primary database.instance=CM database.port=1433",
		},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1 database.instance=?", "site PS1 primary\nsite SS1 secondary PS1 database=?"},
	},
	"DB-SEC-IMMUTABLE": {
		Violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=MSSQLSERVER\nprior\nsite PS1 primary\nsite SS1 secondary PS1 database.instance=CONFIGMGRSEC installed=true",
			"site PS1 primary\nsite SS1 secondary PS1 database.server=ss1.contoso.com\nprior\nsite PS1 primary\nsite SS1 secondary PS1 database.server=sql.contoso.com installed=true",
		},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=MSSQLSERVER\nprior\nsite PS1 primary\nsite SS1 secondary PS1 database.instance=CONFIGMGRSEC",
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=ConfigMgrSec\nprior\nsite PS1 primary\nsite SS1 secondary PS1 database.instance=CONFIGMGRSEC installed=true",
			"site PS1 primary\nsite SS1 secondary PS1 database.server=SS1.contoso.com\nprior\nsite PS1 primary\nsite SS1 secondary PS1 installed=true",
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=MSSQLSERVER\nprior\nsite PS1 primary\nsite SS1 secondary PS1 installed=true",
			"site PS1 primary database.server=sql2.contoso.com\nprior\nsite PS1 primary database.server=sql1.contoso.com installed=true",
		},
		Undecided: []string{
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=?\nprior\nsite PS1 primary\nsite SS1 secondary PS1 database.instance=CONFIGMGRSEC installed=true",
			"site PS1 primary\nsite SS1 secondary PS1 database=?\nprior\nsite PS1 primary\nsite SS1 secondary PS1 database.instance=CONFIGMGRSEC installed=true",
		},
	},
	"DB-DEDICATED-INSTANCE": {
		Violated: []string{
			fmt.Sprintf(twoOnOneServer, "", ""),
			fmt.Sprintf(twoOnOneServer, "database.instance=CM database.port=1433", "database.instance=cm database.port=1434"),
			"site CAS central_administration\nsite PS1 primary CAS database.server=cas.contoso.com",
			"site CAS central_administration database.server=ps1.contoso.com\nsite PS1 primary CAS",
			"site CAS central_administration" + ruletest.WithListener + "\nsite PS1 primary CAS" + ruletest.WithListener,
			"site CAS central_administration" + withCluster + "\nsite PS1 primary CAS" + withCluster,
		},
		Satisfied: []string{
			"site CAS central_administration\nsite PS1 primary CAS",
			fmt.Sprintf(twoOnOneServer, "database.instance=PS1", "database.instance=PS2 database.port=1434 database.service_broker_port=4023"),
		},
		Undecided: []string{
			fmt.Sprintf(twoOnOneServer, "", "database.instance=?"),
			"site CAS central_administration\nsite PS1 primary CAS database.server=?",
			"site CAS central_administration\nsite PS1 primary CAS\nhierarchy sites=?",
		},
	},
	"DB-UNIQUE-PORTS": {
		Violated: []string{
			fmt.Sprintf(twoOnOneServer, "database.instance=PS1 database.port=1433", "database.instance=PS2 database.port=1433 database.service_broker_port=4023"),
			fmt.Sprintf(twoOnOneServer, "database.instance=PS1", "database.instance=PS2 database.port=1434"),
			fmt.Sprintf(twoOnOneServer, "", "database.instance=PS2 database.service_broker_port=4023"),
			// The port of one is that of the Service Broker of the other.
			fmt.Sprintf(twoOnOneServer, "", "database.instance=PS2 database.port=4022 database.service_broker_port=4023"),
			fmt.Sprintf(twoOnOneServer, "", "database.instance=PS2 database.port=1435 database.service_broker_port=1433"),
		},
		Satisfied: []string{
			"site CAS central_administration\nsite PS1 primary CAS",
			fmt.Sprintf(twoOnOneServer, "", "database.instance=PS2 database.port=1434 database.service_broker_port=4023"),
		},
		Undecided: []string{fmt.Sprintf(twoOnOneServer, "", "database.instance=PS2 database.port=? database.service_broker_port=4023")},
	},
	"DB-STATIC-PORT": {
		Violated: []string{
			"site PS1 primary database.port=0",
			"site PS1 primary database.instance=CM",
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=CM",
		},
		Satisfied: []string{
			"site PS1 primary",
			"site PS1 primary database.instance=CM database.port=1433",
			"site PS1 primary database.instance=mssqlserver",
			"site PS1 primary\nsite SS1 secondary PS1",
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=CONFIGMGRSEC",
		},
		Undecided: []string{
			"site PS1 primary database=?", "site PS1 primary database.port=?", "site PS1 primary database.instance=?",
			"site SS1 ? PS1 database.instance=CONFIGMGRSEC",
		},
	},
	"DB-PORT-DISTINCT": {
		Violated:  []string{"site PS1 primary database.port=4022", "site PS1 primary database.service_broker_port=1433", "site PS1 primary database.port=5000 database.service_broker_port=5000"},
		Satisfied: []string{"site PS1 primary", "site PS1 primary database.port=1434 database.service_broker_port=1433"},
		Undecided: []string{"site PS1 primary database.port=?", "site PS1 primary database=?"},
	},
	"DB-VERSION": {
		Violated: []string{
			"version 1511\nsite PS1 primary database.sql_version=\"2008\"",
			"version 1702\nsite PS1 primary database.sql_version=\"2008\\u0020R2\"",
			"version 1511\nsite PS1 primary database.sql_version=\"2016\"",
			"version 1706\nsite PS1 primary database.sql_version=\"2017\"",
			"version 1906\nsite PS1 primary database.sql_version=\"2019\"",
			"version 2211\nsite PS1 primary database.sql_version=\"2022\"",
			"version 2211\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2022\" database.edition=express",
			"version 2509\nsite PS1 primary database.sql_version=\"2025\"",
			"version 2509\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2025\"",
		},
		Satisfied: []string{
			"version 1610\nsite PS1 primary database.sql_version=\"2008\\u0020R2\"",
			"version 2203\nsite PS1 primary database.sql_version=\"2012\"",
			"version 2403\nsite PS1 primary database.sql_version=\"2014\"",
			"version 1606\nsite PS1 primary database.sql_version=\"2016\"",
			"version 2603\nsite PS1 primary database.sql_version=\"2016\"",
			"version 1710\nsite PS1 primary database.sql_version=\"2017\"",
			"version 1910\nsite PS1 primary database.sql_version=\"2019\"",
			"version 2303\nsite PS1 primary database.sql_version=\"2022\"",
			"version 2603\nsite PS1 primary database.sql_version=\"2025\"",
			// ROLE-LIFE-SQL-2016 says more.
			"version 2609\nsite PS1 primary database.sql_version=\"2016\"",
			"site PS1 primary version=\"2211\" database.sql_version=\"2019\"",
		},
		Undecided: []string{
			"site PS1 primary", "site PS1 primary database.sql_version=?", "site PS1 primary version=? database.sql_version=\"2019\"",
			// The edition decides.
			"version 2211\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2022\" database.instance=MSSQLSERVER",
		},
	},
	"DB-CAS-STANDARD-LIMIT": {
		Violated: []string{
			"site CAS central_administration database.edition=standard\nsite PS1 primary CAS clients.windows=50001\n" + ruletest.Repeated(3, "role PS1 mp%d management_point"),
			"site CAS central_administration database.edition=standard\nsite PS1 primary CAS clients.windows=25001\nsite PS2 primary CAS clients.windows=25000\n" + ruletest.Repeated(2, "role PS1 mp%d management_point") + "role PS2 mp9 management_point",
			// The secondary site tells of more than its primary site does.
			"site CAS central_administration database.edition=standard\nsite PS1 primary CAS clients.windows=40000\nsite PS2 primary CAS\nsite SS1 secondary PS2 clients.windows=10001\n" + ruletest.Repeated(2, "role PS1 mp%d management_point") + "role PS2 mp9 management_point",
		},
		Satisfied: []string{
			"site CAS central_administration database.edition=standard\nsite PS1 primary CAS clients.windows=25000\nsite PS2 primary CAS clients.windows=25000\nrole PS1 mp1 management_point\nrole PS2 mp2 management_point",
			"site CAS central_administration database.edition=enterprise\nsite PS1 primary CAS clients.windows=50001",
			"site PS1 primary database.edition=standard clients.windows=60000",
			// The edition of a primary site does not matter.
			"site CAS central_administration database.edition=enterprise\nsite PS1 primary CAS database.edition=standard clients.windows=60000",
		},
		Undecided: []string{
			"site CAS central_administration clients.windows=0\nsite PS1 primary CAS clients.windows=60000",
			"site CAS central_administration database.edition=standard\nsite PS1 primary CAS",
			"site CAS central_administration database.edition=standard\nsite PS1 primary CAS clients.windows=?",
			"site PS1 primary CAS clients.windows=60000",
		},
	},
	"DB-EXPRESS-10GB": {
		Violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nhierarchy package_count=10000\n" + ruletest.Repeated(200, "role PS1 dp%d distribution_point") + ruletest.Repeated(201, "role SS1 sdp%d distribution_point"),
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=CONFIGMGRSEC\nhierarchy package_count=2000001\n" + ruletest.Repeated(2, "role PS1 dp%d distribution_point"),
		},
		Satisfied: []string{
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=express\nhierarchy package_count=2000000\n" + ruletest.Repeated(2, "role PS1 dp%d distribution_point"),
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=standard\nhierarchy package_count=2000001\n" + ruletest.Repeated(2, "role PS1 dp%d distribution_point"),
			"site PS1 primary",
		},
		Undecided: []string{
			"site PS1 primary\nsite SS1 secondary PS1",
			"site PS1 primary\nsite SS1 secondary PS1 database.instance=MSSQLSERVER\nhierarchy package_count=10",
			"site PS1 primary\nsite SS1 secondary PS1\nhierarchy package_count=10 role_assignments=?",
		},
	},
	"DB-EXPRESS-VERSION": {
		Violated: []string{
			"version 2103\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2014\"",
			"version 2103\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2012\" database.instance=CONFIGMGRSEC",
		},
		Satisfied: []string{
			"version 2103\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2017\"",
			"version 2010\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2014\"",
			"version 2103\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2014\" database.edition=standard",
			"version 2103\nsite PS1 primary database.sql_version=\"2014\"",
		},
		Undecided: []string{
			"version 2103\nsite PS1 primary\nsite SS1 secondary PS1",
			"version 2103\nsite PS1 primary\nsite SS1 secondary PS1 database.sql_version=\"2016\"",
		},
	},
	"DB-COLLATION": {
		Violated:  []string{"site PS1 primary database.collation=Latin1_General_CI_AS", "site CAS central_administration database.collation=SQL_Latin1_General_CP1_CS_AS"},
		Satisfied: []string{"site PS1 primary database.collation=SQL_Latin1_General_CP1_CI_AS", "site PS1 primary database.collation=sql_latin1_general_cp1_ci_as", "site PS1 primary database.collation=Chinese_Simplified_Pinyin_100_CI_AI", "site PS1 primary database.collation=Chinese_Simplified_Stroke_Order_100_CI_AI"},
		Undecided: []string{"site PS1 primary", "site PS1 primary database.collation=?"},
	},
	"DB-WINAUTH": {
		Violated:  []string{"site PS1 primary database.authentication=mixed"},
		Satisfied: []string{"site PS1 primary database.authentication=windows"},
		Undecided: []string{"site PS1 primary", "site PS1 primary database.authentication=?"},
	},
	"DB-SERVICE-ACCOUNT": {
		Violated: []string{
			`site PS1 primary database.service_account=.\sql`,
			`site PS1 primary database.service_account=PS1\sql`,
			`site PS1 primary database.server=sql01.contoso.com database.service_account=sql01\svc`,
			`site PS1 primary database.service_account=LocalService`,
			`site PS1 primary database.service_account="NT\u0020AUTHORITY\\Local\u0020Service"`,
		},
		Satisfied: []string{
			`site PS1 primary database.service_account=CONTOSO\sql`,
			`site PS1 primary database.service_account="NT\u0020AUTHORITY\\NETWORK\u0020SERVICE"`,
			`site PS1 primary database.service_account=LocalSystem`,
			`site PS1 primary database.service_account="NT\u0020Service\\MSSQLSERVER"`,
			`site PS1 primary database.service_account=sql@contoso.com`,
			`site PS1 primary database.server=contoso.example.com database.availability_group.name=ag database.service_account=CONTOSO\sql`,
		},
		Undecided: []string{"site PS1 primary", "site PS1 primary database.service_account=?"},
	},
	"DB-MEM-RESERVE": {
		Violated: []string{
			"site PS1 primary database.minimum_server_memory=8191",
			"site PS1 primary\nsite SS1 secondary PS1 database.edition=standard database.minimum_server_memory=4095",
		},
		Satisfied: []string{
			"site PS1 primary database.minimum_server_memory=8192",
			"site PS1 primary database.minimum_server_memory=8192\nsite SS1 secondary PS1 database.edition=standard database.minimum_server_memory=4096",
			"site PS1 primary database.minimum_server_memory=8192\nsite SS1 secondary PS1 database.edition=express database.minimum_server_memory=512",
		},
		Undecided: []string{"site PS1 primary", "site PS1 primary\nsite SS1 secondary PS1 database.instance=MSSQLSERVER database.minimum_server_memory=512"},
	},
	"AG-SITETYPE": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 database.availability_group.name=ag1"},
		Satisfied: []string{"site PS1 primary" + ruletest.WithListener, "site CAS central_administration" + ruletest.WithListener, "site PS1 primary\nsite SS1 secondary PS1"},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1 database=?", "site PS1 primary\nsite SS1 secondary PS1 database.availability_group=?", "site SS1 ? PS1 database.server=l.contoso.com database.availability_group.name=ag1"},
	},
	"FCI-SITETYPE": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 database.failover_cluster.nodes=[]"},
		Satisfied: []string{"site PS1 primary" + withCluster, "site PS1 primary\nsite SS1 secondary PS1"},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1 database.failover_cluster=?", "site PS1 primary\nsite SS1 secondary PS1 database=?"},
	},
	"AG-EDITION": {
		Violated:  []string{"site PS1 primary database.edition=standard" + ruletest.WithListener},
		Satisfied: []string{"site PS1 primary database.edition=enterprise" + ruletest.WithListener, "site PS1 primary database.edition=standard", "site PS1 primary"},
		Undecided: []string{"site PS1 primary" + ruletest.WithListener, "site PS1 primary database.edition=standard database.availability_group=?"},
	},
	"AG-NO-FCI": {
		Violated:  []string{"site PS1 primary" + ruletest.WithListener + ` database.failover_cluster.nodes=["sql1.contoso.com"]`},
		Satisfied: []string{"site PS1 primary" + ruletest.WithListener, "site PS1 primary" + withCluster, "site PS1 primary"},
		Undecided: []string{"site PS1 primary" + ruletest.WithListener + " database.failover_cluster=?"},
	},
	"AG-LISTENER": {
		Violated: []string{
			`site PS1 primary database.availability_group.replicas=["sql1.contoso.com"]`,
			`site PS1 primary database.server=SQL2.contoso.com database.availability_group.replicas=["sql1.contoso.com","sql2.contoso.com"]`,
			`site PS1 primary database.server=ps1.contoso.com database.availability_group.name=ag1`,
		},
		Satisfied: []string{"site PS1 primary", "site PS1 primary" + ruletest.WithListener},
		Undecided: []string{
			"site PS1 primary database.server=l.contoso.com database.availability_group.name=ag1",
			`site PS1 primary database.server=l.contoso.com database.availability_group.replicas=["?"]`,
			`site PS1 primary database.server=? database.availability_group.replicas=["sql1.contoso.com"]`,
			"site PS1 primary database.server=l.contoso.com database.availability_group=?",
		},
	},
	"AG-INSTANCE": {
		Violated:  []string{"site PS1 primary database.instance=CM database.port=1433" + ruletest.WithListener},
		Satisfied: []string{"site PS1 primary" + ruletest.WithListener, "site PS1 primary database.instance=MSSQLSERVER" + ruletest.WithListener, "site PS1 primary database.instance=CM database.port=1433"},
		Undecided: []string{"site PS1 primary database.instance=?" + ruletest.WithListener},
	},
	"AG-LOCATION": {
		Violated: []string{
			"site PS1 primary" + ruletest.WithListener + "\nserver PS1 sql1 inventory.location=azure\nserver PS1 sql2 inventory.location=on_premises",
			"site CAS central_administration" + ruletest.WithListener + "\nserver CAS sql1 inventory.location=on_premises\nserver CAS sql2 inventory.location=azure",
		},
		Satisfied: []string{
			"site PS1 primary" + ruletest.WithListener + "\nserver PS1 sql1 inventory.location=azure\nserver PS1 sql2 inventory.location=azure",
			"site PS1 primary" + ruletest.WithListener + "\nserver PS1 sql1 inventory.location=on_premises\nserver PS1 sql2 inventory.location=on_premises\nserver PS1 srv inventory.location=azure",
			"site PS1 primary\nserver PS1 srv inventory.location=azure",
		},
		Undecided: []string{
			"site PS1 primary" + ruletest.WithListener, "site PS1 primary" + ruletest.WithListener + "\nserver PS1 sql1 inventory.location=azure", "site PS1 primary database=?",
			"site PS1 primary" + ruletest.WithListener + "\nserver PS1 sql1 inventory.location=azure\nserver PS1 sql2 inventory.location=?",
		},
	},
	"AG-SECONDARY-READABLE": {
		Violated: []string{
			"site PS1 primary database.availability_group.readable_secondary=no" + ruletest.WithListener, "site PS1 primary database.availability_group.readable_secondary=read_intent_only" + ruletest.WithListener,
			"site PS1 primary database.availability_group.connections_in_primary_role=read_write" + ruletest.WithListener,
		},
		Satisfied: []string{
			"site PS1 primary database.availability_group.readable_secondary=yes database.availability_group.connections_in_primary_role=all" + ruletest.WithListener,
			"site PS1 primary",
		},
		Undecided: []string{
			"site PS1 primary" + ruletest.WithListener, "site PS1 primary database=?", "site PS1 primary database.availability_group.readable_secondary=yes" + ruletest.WithListener,
			"site PS1 primary database.availability_group.readable_secondary=? database.availability_group.connections_in_primary_role=all" + ruletest.WithListener,
		},
	},
	"AG-ONLY-SITEDB": {
		Violated: []string{
			"site PS1 primary" + ruletest.WithListener + "\nrole PS1 rsp reporting_services_point database_server=AGlistener.contoso.com account=contoso.com\\svc-reports",
			"site PS1 primary" + ruletest.WithListener + "\nrole PS1 sup software_update_point wsus_database_server=aglistener.contoso.com",
			// The listener of another site, and of another application.
			"site CAS central_administration" + ruletest.WithListener + "\nsite PS1 primary CAS\nrole CAS sup software_update_point\nrole PS1 sup1 software_update_point wsus_database_server=aglistener.contoso.com",
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=WSUSAG.contoso.com\nhierarchy other_availability_group_listeners=[\"wsusag.contoso.com\"]",
			"site PS1 primary\nrole PS1 rsp reporting_services_point database_server=ag.contoso.com account=contoso.com\\svc\nhierarchy other_availability_group_listeners=[\"x.contoso.com\",\"ag.contoso.com\"]",
		},
		Satisfied: []string{
			"site PS1 primary" + ruletest.WithListener + "\nrole PS1 rsp reporting_services_point database_server=sql1.contoso.com account=contoso.com\\svc-reports",
			"site PS1 primary" + withCluster + "\nrole PS1 rsp reporting_services_point database_server=cmcluster.contoso.com",
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=ps1.contoso.com",
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=sql.contoso.com\nhierarchy other_availability_group_listeners=[\"wsusag.contoso.com\"]",
			"site PS1 primary" + ruletest.WithListener + "\nrole PS1 dw data_warehouse_service_point database_server=aglistener.contoso.com",
		},
		Undecided: []string{"site PS1 primary\nrole PS1 rsp reporting_services_point", "site PS1 primary database=?\nrole PS1 sup software_update_point wsus_database_server=sql.contoso.com",
			"site PS1 primary\nrole PS1 sup software_update_point wsus_database_server=sql.contoso.com\nhierarchy other_availability_group_listeners=?"},
	},
	"DB-REMOTE-LATENCY": {
		Violated: []string{
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 sql site_server_link=slow",
			"site PS1 primary" + ruletest.WithListener + "\nserver PS1 sql1 site_server_link=slow",
			"site PS1 primary" + withCluster + "\nserver PS1 sql2 site_server_link=slow",
		},
		Satisfied: []string{
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 sql site_server_link=fast",
			"site PS1 primary\nserver PS1 ps1 site_server_link=slow",
			// Of other site systems SRV-FAST-LINK tells.
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 srv site_server_link=slow\nrole PS1 srv software_update_point\nserver PS1 ps1 site_server_link=fast",
		},
		Undecided: []string{
			"site PS1 primary database.server=sql.contoso.com\nserver PS1 sql", "site PS1 primary database.server=?\nserver PS1 sql site_server_link=slow",
			"site PS1 primary database=?\nserver PS1 sql site_server_link=slow",
		},
	},
	"FCI-REMOTE": {
		Violated: []string{
			`site PS1 primary sms_providers=["prov.contoso.com"] database.server=c.contoso.com database.failover_cluster.nodes=["ps1.contoso.com","sql2.contoso.com"]`,
			`site PS1 primary database.failover_cluster.nodes=["sql1.contoso.com"]`,
			`site PS1 primary database.server=ps1.contoso.com database.failover_cluster.nodes=["sql1.contoso.com"]`,
			`site PS1 primary passive_site_server=ps2.contoso.com content_library_path=\\fs1\lib$ database.server=c.contoso.com database.failover_cluster.nodes=["ps2.contoso.com"]`,
		},
		Satisfied: []string{"site PS1 primary" + withCluster, "site PS1 primary"},
		Undecided: []string{
			`site PS1 primary database.server=c.contoso.com database.failover_cluster.nodes=?`,
			`site PS1 primary database.server=c.contoso.com database.failover_cluster.nodes=["?"]`,
			`site PS1 primary database.failover_cluster=?`,
			`site PS1 primary database.server=? database.failover_cluster.nodes=["sql1.contoso.com"]`,
		},
	},
	"FCI-PATHS": {
		Violated:  []string{"site PS1 primary database.data_file_path=E:\\SQL" + withCluster, "site PS1 primary database.log_file_path=L:\\SQL" + withCluster},
		Satisfied: []string{"site PS1 primary" + withCluster, "site PS1 primary database.data_file_path=E:\\SQL"},
		Undecided: []string{"site PS1 primary database.data_file_path=?" + withCluster, "site PS1 primary database.data_file_path=E:\\SQL database.failover_cluster=?"},
	},
	"DB-UNSUPPORTED-HA": {
		Violated:  []string{"site PS1 primary database.failover_cluster.cluster_shared_volumes=true" + withCluster},
		Satisfied: []string{"site PS1 primary database.failover_cluster.cluster_shared_volumes=false" + withCluster, "site PS1 primary"},
		Undecided: []string{"site PS1 primary" + withCluster, "site PS1 primary database.failover_cluster=?"},
	},
	"MPREP-SITETYPE": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point" + withReplica},
		Satisfied: []string{"site PS1 primary\nrole PS1 mp management_point" + withReplica, "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 mp management_point database_replica=?", "site SS1 ? PS1\nrole SS1 ss1 management_point" + withReplica},
	},
	"MPREP-PARAMS": {
		Violated: []string{
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=sql2.contoso.com",
			"site PS1 primary\nrole PS1 mp management_point database_replica.database_name=CM_REP",
			"site PS1 primary\nrole PS1 mp management_point database_replica.instance=REP",
		},
		Satisfied: []string{"site PS1 primary\nrole PS1 mp management_point" + withReplica, "site PS1 primary\nrole PS1 mp management_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 mp management_point database_replica=?", "site PS1 primary\nrole PS1 mp management_point database_replica.server=? database_replica.database_name=CM_REP"},
	},
	"MPREP-INSTANCE": {
		Violated: []string{
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=ps1.contoso.com database_replica.database_name=CM_REP",
			"site PS1 primary\nrole PS1 mp management_point" + withReplica + "\nrole PS1 mp2 management_point database_replica.server=sql2.contoso.com database_replica.database_name=CM_REP2",
		},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 mp management_point",
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=ps1.contoso.com database_replica.instance=REP database_replica.database_name=CM_REP",
			"site PS1 primary\nrole PS1 mp management_point" + withReplica + "\nrole PS1 mp2 management_point" + withReplica,
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point database_replica=?",
			"site PS1 primary database=?\nrole PS1 mp management_point" + withReplica,
		},
	},
	"MPREP-SHARE": {
		Violated: []string{"site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS\nrole PS1 mp1 management_point" + withReplica + "\nrole PS2 mp2 management_point" + withReplica},
		Satisfied: []string{
			"site PS1 primary\nrole PS1 mp1 management_point" + withReplica + "\nrole PS1 mp2 management_point" + withReplica,
			"site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS\nrole PS1 mp1 management_point" + withReplica + "\nrole PS2 mp2 management_point database_replica.server=sql3.contoso.com database_replica.database_name=CM_REP",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 mp1 management_point database_replica=?",
			"site PS1 primary\nrole PS1 mp1 management_point" + withReplica + "\nrole PS1 mp2 ?",
		},
	},
	"MPREP-NO-MAC": {
		Violated: []string{
			siteWithMacs + "role PS1 mp management_point allow_mobile_devices=true protocol=https client_connections=internet_and_intranet" + withReplica,
			siteWithMacs + "role PS1 mp management_point allow_mobile_devices=true protocol=https client_connections=internet_and_intranet" + withReplica + "\nrole PS1 mp2 management_point allow_mobile_devices=false",
		},
		Satisfied: []string{
			siteWithMacs + "role PS1 mp management_point allow_mobile_devices=true" + withReplica + "\nrole PS1 mp2 management_point allow_mobile_devices=true",
			siteWithMacs + "role PS1 mp management_point allow_mobile_devices=false" + withReplica,
			"site PS1 primary clients.macos=0\nrole PS1 mp management_point allow_mobile_devices=true" + withReplica,
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 mp management_point allow_mobile_devices=true" + withReplica,
			siteWithMacs + "role PS1 mp management_point allow_mobile_devices=true" + withReplica + "\nrole PS1 mp2 management_point",
			siteWithMacs + "role PS1 mp management_point allow_mobile_devices=true" + withReplica + "\nrole PS1 mp2 ?",
		},
	},
}

// The lifecycle rules of the two versions cover the table; it has to hold without
// them as well.
func TestSQLServerTable(t *testing.T) {
	for _, line := range product.SQLServers() {
		if line.From.Version != 0 && line.Until.Version != 0 && line.From.Version >= line.Until.Version {
			t.Errorf("SQL Server %s is supported from %s until before %s", line.Version, line.From.Version, line.Until.Version)
		}
		if line.Express && !slices.Equal(line.SiteTypes, product.ExpressSQLSites) {
			t.Errorf("SQL Server %s Express is for secondary sites only", line.Version)
		}
	}
	if names := product.SQLVersions(); !slices.IsSorted(names) || !slices.Contains(names, database.ExpressFloor) {
		t.Errorf("the versions are not sorted by year: %v", names)
	}
	for _, test := range []struct {
		version  string
		site     product.Version
		severity rule.Severity
	}{
		{"2012", 2403, 0}, {"2012", 2409, rule.SeverityError},
		{"2014", 2403, 0}, {"2014", 2409, rule.SeverityError},
		{"2016", 2603, 0}, {"2016", 2609, rule.SeverityError}, {"2016", 2709, rule.SeverityError},
	} {
		for _, line := range database.SQLServersFor(test.version, product.Secondary, model.Unknown[bool]()) {
			if got, _ := database.Support(line, test.site); got != test.severity {
				t.Errorf("SQL Server %s at version %s: %v, want %v", test.version, test.site, got, test.severity)
			}
		}
	}
}
