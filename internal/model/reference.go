package model

import "slices"

// What a reference carries: the attributes of a referenced object that rules and
// outputs read. The framework's cost per planned instance grows with every
// attribute, so that a reference holds no more. The table of rule cases is judged
// through these lists: a rule that reads what its reference lacks fails there.
var (
	// ParentAttributes are what a site sees of its parent.
	ParentAttributes = []string{
		"id", "site_code", "site_type", "site_server", "tier", "version", "branch", "forest", "client_communication", "installed",
	}
	// SiteAttributes are what a server and its roles see of their site; parent is
	// carried with ParentOfSiteAttributes.
	SiteAttributes = []string{
		"id", "site_code", "site_type", "site_server", "tier", "version", "branch", "passive_site_server", "sms_providers",
		"content_library_path", "client_communication", "domain", "forest", "installed", "database", "client_ports", "unknown",
	}
	// SiteDatabaseAttributes are what a server and its roles see of the site database.
	SiteDatabaseAttributes = []string{"server", "instance", "availability_group", "failover_cluster"}
	// ParentOfSiteAttributes are what a server and its roles see of the parent of their site.
	ParentOfSiteAttributes = []string{"id", "site_code", "site_type"}
	// ServerAttributes are what a role assignment sees of its server, besides its site.
	// The inventory is judged once for each computer, by the server and by the hierarchy
	// that lists the server: a copy in every role assignment would cost the most where
	// there are the most.
	ServerAttributes = slices.DeleteFunc(inputsOf(new(Server)), func(name string) bool {
		return name == "site" || name == "netbios_name" || name == "inventory" || name == "accepted_findings"
	})

	// ListedSiteAttributes are what a hierarchy sees of its sites, besides their parent.
	ListedSiteAttributes = slices.DeleteFunc(inputsOf(new(Site)), func(name string) bool {
		return name == "parent"
	})
	// ListedServerAttributes are what a hierarchy sees of its servers, besides the site code.
	// The facts of the site are among them: the reference of a server to its site is
	// write-only, and one that is written by hand may contradict the site of the hierarchy.
	ListedServerAttributes = slices.DeleteFunc(inputsOf(new(Server)), func(name string) bool { return name == "site" })
	// ListedAssignmentAttributes are what a hierarchy sees of its role assignments,
	// besides their server.
	ListedAssignmentAttributes = slices.DeleteFunc(inputsOf(new(Assignment)), func(name string) bool {
		return name == "wmi_role_name" || name == "install_command"
	})
)
