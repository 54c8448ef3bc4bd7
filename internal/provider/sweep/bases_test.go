package sweep

// design is a configuration that the provider accepts.
type design struct {
	name   string
	config tree
}

func with(object tree, more tree) tree {
	all := tree{}
	for name, v := range object {
		all[name] = v
	}
	for name, v := range more {
		all[name] = v
	}
	return all
}

var (
	centralSite = tree{"site_code": "CAS", "site_type": "central_administration", "name": "Contoso", "site_server": "cas01.contoso.com"}
	primarySite = tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso Berlin", "site_server": "cm01.contoso.com"}
	childSite   = with(primarySite, tree{"parent": tree{"site_code": "CAS", "site_type": "central_administration"}})
	secondary   = tree{
		"site_code": "SS1", "site_type": "secondary", "name": "Contoso Bonn", "site_server": "ss01.contoso.com", "parent": with(primarySite, tree{"name": "Contoso Berlin"}),
	}
	plannedSite   = with(primarySite, tree{"id": "PS1", "tier": "stand_alone_primary", "version": "2603"})
	plannedServer = tree{
		"id": "PS1/mp01.contoso.com", "fqdn": "mp01.contoso.com", "site_code": "PS1", "site_facts": "stand_alone_primary on cm01.contoso.com, 2603", "domain": "contoso.com",
		"operating_system": "windows_server_2022",
	}
	listedAssignment = tree{"id": "PS1/mp01.contoso.com/management_point", "site_code": "PS1", "fqdn": "mp01.contoso.com", "role": "management_point"}
	connectionPoint  = with(listedAssignment, tree{"id": "PS1/mp01.contoso.com/service_connection_point", "role": "service_connection_point"})
)

// twice is a topology in which each element is there under two keys, with other settings. It
// is a defect, of which functions have to say the same each time.
var twice = design{"everything twice", tree{
	"sites": tree{"a": with(primarySite, tree{"install_directory": `D:\ConfigMgr`}), "b": with(primarySite, tree{"install_directory": `E:\ConfigMgr`, "name": "Contoso Bonn"})},
	"site_system_servers": tree{
		"a": with(plannedServer, tree{"operating_system": "windows_server_2019"}), "b": with(plannedServer, tree{"operating_system": "windows_server_2025", "domain": "fabrikam.com"}),
	},
	"role_assignments": tree{
		"a": tree{"role": "distribution_point", "server": tree{"fqdn": "dp01.contoso.com", "site": primarySite, "proxy": tree{"server_name": "a.contoso.com"}}},
		"b": tree{"role": "distribution_point", "server": tree{"fqdn": "dp01.contoso.com", "site": primarySite, "proxy": tree{"server_name": "b.contoso.com"}}, "distribution_point": tree{"protocol": "https"}},
		"c": with(listedAssignment, tree{"management_point": tree{"protocol": "http"}}),
		"d": with(listedAssignment, tree{"management_point": tree{"protocol": "https"}, "installed": true}),
	},
	"cloud_management_gateways": tree{
		"a": tree{"name": "contoso", "site_code": "PS1", "vm_instances": int64(2)}, "b": tree{"name": "CONTOSO", "site_code": "PS1", "vm_instances": int64(3)},
	},
}}

// bases are the designs that the sweep begins from, by resource or data source. Each kind
// of the provider has one, which a test sees to. None has a warning, which a strict
// provider refuses.
var bases = map[string][]design{
	"configmgr_site": {
		{"stand-alone primary", primarySite},
		{"central administration", centralSite},
		{"child primary", childSite},
		{"secondary", secondary},
		{"installed, with a passive site server", with(primarySite, tree{
			"installed": true, "passive_site_server": "cm02.contoso.com", "content_library_path": `\\fs01.contoso.com\Library`, "sms_providers": []any{"cm01.contoso.com", "cm02.contoso.com"},
			"database": tree{"server": "sql01.contoso.com", "edition": "enterprise", "sql_version": "2022"}, "clients": tree{"windows": int64(20000)}, "client_communication": "enhanced_http",
		})},
	},
	"configmgr_site_system_server": {
		{"of a site", tree{"fqdn": "mp01.contoso.com", "site": plannedSite}},
		{"written by hand", tree{"fqdn": "dp01.contoso.com", "site": primarySite, "domain": "contoso.com", "operating_system": "windows_server_2022"}},
	},
	"configmgr_role_assignment": {
		{"of a server", tree{"server": plannedServer, "role": "management_point"}},
		{"written by hand", tree{"server": tree{"fqdn": "dp01.contoso.com", "site": primarySite}, "role": "distribution_point", "distribution_point": tree{"protocol": "https"}}},
		{"unknown server", tree{"server": unknown, "role": "service_connection_point", "installed": true}},
	},
	"configmgr_hierarchy": {
		{"of resources", tree{
			"sites": tree{"ps1": plannedSite}, "site_system_servers": tree{"mp01": plannedServer}, "role_assignments": tree{"mp01": listedAssignment, "scp": connectionPoint},
		}},
		{"written by hand", tree{
			"sites": tree{"cas": centralSite, "ps1": childSite, "ss1": secondary},
			"role_assignments": tree{
				"dp":  tree{"role": "distribution_point", "server": tree{"fqdn": "dp01.contoso.com", "site": tree{"site_code": "PS1"}}},
				"mp":  tree{"role": "management_point", "server": tree{"fqdn": "mp01.contoso.com", "site": tree{"site_code": "PS1"}}},
				"scp": tree{"role": "service_connection_point", "server": tree{"fqdn": "scp01.contoso.com", "site": tree{"site_code": "CAS"}}},
			},
		}},
	},
	"configmgr_required_roles": {
		{"one site", tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}, "windows": int64(1000)}}}},
		{"features", tree{
			"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}, "windows": int64(30000), "internet": true}}, "features": tree{"software_updates": true},
		}},
	},
	"configmgr_roles": {{"all", tree{}}},
	"configmgr_rules": {{"all", tree{}}},
}
