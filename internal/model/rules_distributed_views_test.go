package model

// viewed is a hierarchy with distributed views on the link of PS1; the line of the
// central administration site comes first and may go on.
func viewed(central, rest string) string {
	return "site CAS central_administration " + central + "\nsite PS1 primary CAS\nhierarchy distributed_views=[\"PS1\"]\n" + rest
}

const sqlOfCentral = "database.server=sql.contoso.com sms_providers=[\"SQL.contoso.com\"]"

var distributedViewCases = map[string]cases{
	"HIER-DVIEW-LINK": {
		violated: []string{
			"site PS1 primary\nsite SS1 secondary PS1\nhierarchy distributed_views=[\"SS1\"]", "site PS1 primary\nhierarchy distributed_views=[\"ps1\"]",
			tree + "hierarchy distributed_views=[\"PS1\",\"CAS\"]",
		},
		satisfied: []string{tree + "hierarchy distributed_views=[\"PS1\"]", tree + "hierarchy distributed_views=[]", "site PS1 primary" + below + "\nhierarchy distributed_views=[\"PS1\"]"},
		undecided: []string{tree, tree + "hierarchy distributed_views=?", tree + "hierarchy distributed_views=[\"?\"]", tree + "hierarchy distributed_views=[\"PS9\"]", "site PS1 primary ?\nhierarchy distributed_views=[\"PS1\"]"},
	},
	"HIER-DVIEW-SQL": {
		violated:  []string{viewed("database.edition=standard", "")},
		satisfied: []string{viewed("database.edition=enterprise", ""), viewed("database.edition=developer", ""), "site CAS central_administration database.edition=standard\nhierarchy distributed_views=[]"},
		undecided: []string{viewed("", ""), viewed("database.edition=?", ""), viewed("database=?", ""), tree, "site PS1 primary" + below + "\nhierarchy distributed_views=[\"PS1\"]"},
	},
	"HIER-DVIEW-PROVIDER": {
		violated: []string{
			viewed("sms_providers=[\"cas.contoso.com\",\"p2.contoso.com\"]", ""), viewed("database.server=sql.contoso.com", ""),
			viewed("database.server=sql.contoso.com sms_providers=[\"cas.contoso.com\"]", ""),
		},
		satisfied: []string{viewed("", ""), viewed(sqlOfCentral, ""), "site CAS central_administration sms_providers=[\"cas.contoso.com\",\"p2.contoso.com\"]\nhierarchy distributed_views=[]"},
		undecided: []string{viewed("sms_providers=?", ""), viewed("sms_providers=[\"?\"]", ""), viewed("database.server=?", ""), viewed("database.failover_cluster=?", ""), tree},
	},
	"HIER-DVIEW-RSP": {
		violated: []string{
			viewed("", "role CAS cas reporting_services_point\nrole CAS rsp2 reporting_services_point"), viewed("", "role CAS rsp reporting_services_point"),
			viewed(sqlOfCentral, "role CAS cas reporting_services_point"),
		},
		satisfied: []string{
			viewed("", ""), viewed("", "role CAS cas reporting_services_point"), viewed(sqlOfCentral, "role CAS sql reporting_services_point"),
			viewed("", "role PS1 rsp1 reporting_services_point\nrole PS1 rsp2 reporting_services_point"),
			tree + "role CAS rsp reporting_services_point\nrole CAS rsp2 reporting_services_point\nhierarchy distributed_views=[]",
		},
		undecided: []string{viewed("", "role CAS srv ?"), viewed("database.server=?", "role CAS rsp reporting_services_point"), tree},
	},
	"HIER-DVIEW-DB-HA": {
		violated: []string{
			viewed("database.server=sqlcl.contoso.com database.failover_cluster.nodes=[\"n1.contoso.com\",\"n2.contoso.com\"] sms_providers=[\"cas.contoso.com\"]", ""),
			viewed("database.server=listener.contoso.com database.availability_group.name=AG1 sms_providers=[\"cas.contoso.com\"]", ""),
		},
		satisfied: []string{viewed("", ""), viewed(sqlOfCentral, ""), tree + "hierarchy distributed_views=[]"},
		undecided: []string{viewed("database=?", ""), viewed("database.failover_cluster=?", ""), tree},
	},
	"HIER-DVIEW-DWSP": {
		violated: []string{viewed("", "role CAS dw data_warehouse_service_point\nrole CAS dw endpoint_protection_point")},
		satisfied: []string{
			viewed("", "role CAS cas data_warehouse_service_point"), viewed(sqlOfCentral, "role CAS sql data_warehouse_service_point"), viewed("", ""),
			tree + "role CAS dw data_warehouse_service_point\nhierarchy distributed_views=[]",
		},
		undecided: []string{viewed("database.server=?", "role CAS dw data_warehouse_service_point"), viewed("", "role CAS dw ?"), tree},
	},
	"HIER-DVIEW-SCHEDULE": {
		violated: []string{
			tree + "hierarchy distributed_views=[\"PS1\"] replication_schedules=[\"ps1\"]",
			// PS2 is uninstalled while the link of PS1 has views.
			tree + "hierarchy distributed_views=[\"PS1\"] replication_schedules=[]\nprior\n" + tree + "site PS2 primary CAS installed=true\nhierarchy distributed_views=[\"PS1\"]",
			// Turned off in the same step: too late.
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS installed=true\nhierarchy distributed_views=[\"PS2\"]",
		},
		satisfied: []string{
			centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS\nhierarchy distributed_views=[\"PS1\"] replication_schedules=[\"PS2\"]", tree + "hierarchy distributed_views=[]",
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS installed=true\nhierarchy distributed_views=[]",
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS\nhierarchy distributed_views=[\"PS2\"]",
		},
		undecided: []string{
			tree, tree + "hierarchy distributed_views=[\"PS1\"]", tree + "hierarchy distributed_views=[\"PS1\"] replication_schedules=?",
			tree + "hierarchy distributed_views=[]\nprior\n" + tree + "site PS2 primary CAS installed=true",
		},
	},
	"HIER-DVIEW-PRIMARY-HA": {
		violated: []string{
			centralSiteLine + "site PS1 primary CAS database.server=sqlcl.contoso.com database.failover_cluster.nodes=[\"n1.contoso.com\",\"n2.contoso.com\"] database.port=1533\nhierarchy distributed_views=[\"PS1\"]",
			centralSiteLine + "site PS1 primary CAS database.server=listener.contoso.com database.availability_group.name=AG1 database.port=1433\nsite PS2 primary CAS database.server=listener2.contoso.com database.availability_group.name=AG2 database.port=1444\nhierarchy distributed_views=[\"PS1\",\"PS2\"]",
		},
		satisfied: []string{
			centralSiteLine + "site PS1 primary CAS database.server=sqlcl.contoso.com database.failover_cluster.nodes=[\"n1.contoso.com\"]\nhierarchy distributed_views=[\"PS1\"]",
			centralSiteLine + "site PS1 primary CAS database.port=1533\nhierarchy distributed_views=[\"PS1\"]",
		},
		undecided: []string{tree, centralSiteLine + "site PS1 primary CAS database=?\nhierarchy distributed_views=[\"PS1\"]", centralSiteLine + "site PS1 primary CAS database.server=l.contoso.com database.availability_group.name=AG1 database.port=?\nhierarchy distributed_views=[\"PS1\"]"},
	},
}
