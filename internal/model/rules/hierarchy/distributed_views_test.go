package hierarchy_test

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

const sqlOfCentral = "database.server=sql.contoso.com sms_providers=[\"SQL.contoso.com\"]"

var distributedViewCases = map[string]ruletest.Cases{
	"HIER-DVIEW-LINK": {
		Violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nhierarchy distributed_views=[\"SS1\"]", "site PS1 primary\nhierarchy distributed_views=[\"ps1\"]",
			tree + "hierarchy distributed_views=[\"PS1\",\"CAS\"]",
		},
		Satisfied: []string{tree + "hierarchy distributed_views=[\"PS1\"]", tree + "hierarchy distributed_views=[]", "site PS1 primary" + ruletest.Below + "\nhierarchy distributed_views=[\"PS1\"]"},
		Undecided: []string{tree, tree + "hierarchy distributed_views=?", tree + "hierarchy distributed_views=[\"?\"]", tree + "hierarchy distributed_views=[\"PS9\"]", "site PS1 primary ?\nhierarchy distributed_views=[\"PS1\"]"},
	},
	"HIER-DVIEW-SQL": {
		Violated:  []string{ruletest.Viewed("database.edition=standard", "")},
		Satisfied: []string{ruletest.Viewed("database.edition=enterprise", ""), ruletest.Viewed("database.edition=developer", ""), "site CAS central_administration database.edition=standard\nhierarchy distributed_views=[]"},
		Undecided: []string{ruletest.Viewed("", ""), ruletest.Viewed("database.edition=?", ""), ruletest.Viewed("database=?", ""), tree, "site PS1 primary" + ruletest.Below + "\nhierarchy distributed_views=[\"PS1\"]"},
	},
	"HIER-DVIEW-PROVIDER": {
		Violated: []string{
			ruletest.Viewed("sms_providers=[\"cas.contoso.com\",\"p2.contoso.com\"]", ""), ruletest.Viewed("database.server=sql.contoso.com", ""),
			ruletest.Viewed("database.server=sql.contoso.com sms_providers=[\"cas.contoso.com\"]", ""),
		},
		Satisfied: []string{ruletest.Viewed("", ""), ruletest.Viewed(sqlOfCentral, ""), "site CAS central_administration sms_providers=[\"cas.contoso.com\",\"p2.contoso.com\"]\nhierarchy distributed_views=[]"},
		Undecided: []string{ruletest.Viewed("sms_providers=?", ""), ruletest.Viewed("sms_providers=[\"?\"]", ""), ruletest.Viewed("database.server=?", ""), ruletest.Viewed("database.failover_cluster=?", ""), tree},
	},
	"HIER-DVIEW-RSP": {
		Violated: []string{
			ruletest.Viewed("", "role CAS cas reporting_services_point\nrole CAS rsp2 reporting_services_point"), ruletest.Viewed("", "role CAS rsp reporting_services_point"),
			ruletest.Viewed(sqlOfCentral, "role CAS cas reporting_services_point"),
		},
		Satisfied: []string{
			ruletest.Viewed("", ""), ruletest.Viewed("", "role CAS cas reporting_services_point"), ruletest.Viewed(sqlOfCentral, "role CAS sql reporting_services_point"),
			ruletest.Viewed("", "role PS1 rsp1 reporting_services_point\nrole PS1 rsp2 reporting_services_point"),
			tree + "role CAS rsp reporting_services_point\nrole CAS rsp2 reporting_services_point\nhierarchy distributed_views=[]",
		},
		Undecided: []string{ruletest.Viewed("", "role CAS srv ?"), ruletest.Viewed("database.server=?", "role CAS rsp reporting_services_point"), tree},
	},
	"HIER-DVIEW-DB-HA": {
		Violated: []string{
			ruletest.Viewed("database.server=sqlcl.contoso.com database.failover_cluster.nodes=[\"n1.contoso.com\",\"n2.contoso.com\"] sms_providers=[\"cas.contoso.com\"]", ""),
			ruletest.Viewed("database.server=listener.contoso.com database.availability_group.name=AG1 sms_providers=[\"cas.contoso.com\"]", ""),
		},
		Satisfied: []string{ruletest.Viewed("", ""), ruletest.Viewed(sqlOfCentral, ""), tree + "hierarchy distributed_views=[]"},
		Undecided: []string{ruletest.Viewed("database=?", ""), ruletest.Viewed("database.failover_cluster=?", ""), tree},
	},
	"HIER-DVIEW-DWSP": {
		Violated: []string{ruletest.Viewed("", "role CAS dw data_warehouse_service_point\nrole CAS dw endpoint_protection_point")},
		Satisfied: []string{
			ruletest.Viewed("", "role CAS cas data_warehouse_service_point"), ruletest.Viewed(sqlOfCentral, "role CAS sql data_warehouse_service_point"), ruletest.Viewed("", ""),
			tree + "role CAS dw data_warehouse_service_point\nhierarchy distributed_views=[]",
		},
		Undecided: []string{ruletest.Viewed("database.server=?", "role CAS dw data_warehouse_service_point"), ruletest.Viewed("", "role CAS dw ?"), tree},
	},
	"HIER-DVIEW-SCHEDULE": {
		Violated: []string{
			tree + "hierarchy distributed_views=[\"PS1\"] replication_schedules=[\"ps1\"]",
			// PS2 is uninstalled while the link of PS1 has views.
			tree + "hierarchy distributed_views=[\"PS1\"] replication_schedules=[]\nprior\n" + tree + "site PS2 primary CAS installed=true\nhierarchy distributed_views=[\"PS1\"]",
			// Turned off in the same step: too late.
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS installed=true\nhierarchy distributed_views=[\"PS2\"]",
		},
		Satisfied: []string{
			centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS\nhierarchy distributed_views=[\"PS1\"] replication_schedules=[\"PS2\"]", tree + "hierarchy distributed_views=[]",
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS installed=true\nhierarchy distributed_views=[]",
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS\nhierarchy distributed_views=[\"PS2\"]",
		},
		Undecided: []string{
			tree, tree + "hierarchy distributed_views=[\"PS1\"]", tree + "hierarchy distributed_views=[\"PS1\"] replication_schedules=?",
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS installed=true",
		},
	},
	"HIER-DVIEW-PRIMARY-HA": {
		Violated: []string{
			centralSiteLine + "site PS1 primary CAS database.server=sqlcl.contoso.com database.failover_cluster.nodes=[\"n1.contoso.com\",\"n2.contoso.com\"] database.port=1533\nhierarchy distributed_views=[\"PS1\"]",
			centralSiteLine + "site PS1 primary CAS database.server=listener.contoso.com database.availability_group.name=AG1 database.port=1433\nsite PS2 primary CAS database.server=listener2.contoso.com database.availability_group.name=AG2 database.port=1444\nhierarchy distributed_views=[\"PS1\",\"PS2\"]",
		},
		Satisfied: []string{
			centralSiteLine + "site PS1 primary CAS database.server=sqlcl.contoso.com database.failover_cluster.nodes=[\"n1.contoso.com\"]\nhierarchy distributed_views=[\"PS1\"]",
			centralSiteLine + "site PS1 primary CAS database.port=1533\nhierarchy distributed_views=[\"PS1\"]",
		},
		Undecided: []string{tree, centralSiteLine + "site PS1 primary CAS database=?\nhierarchy distributed_views=[\"PS1\"]", centralSiteLine + "site PS1 primary CAS database.server=l.contoso.com database.availability_group.name=AG1 database.port=?\nhierarchy distributed_views=[\"PS1\"]"},
	},
}
