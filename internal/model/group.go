package model

import "fmt"

// groups names the chapters of the catalogue, for the guides.
var groups = map[Group]struct{ name, slug, about string }{
	GroupSites:              {"Site codes, names and immutable properties", "sites", "What a site is called, where it is installed, and what never changes once it is."},
	GroupHierarchy:          {"Hierarchy", "hierarchy", "Which sites may stand above which, and how a hierarchy grows, shrinks and replicates."},
	GroupPlacement:          {"Role placement", "placement", "Which roles which sites may hold."},
	GroupCardinality:        {"Role cardinality", "cardinality", "How many of a role a server, a site and a hierarchy may have."},
	GroupLifecycle:          {"Lifecycle", "lifecycle", "What is deprecated or gone, by the version that a site runs."},
	GroupColocation:         {"Co-location", "co-location", "What may share a computer, and what needs one of its own."},
	GroupServers:            {"Server eligibility", "servers", "Which computers can hold which roles: operating system, domain, network."},
	GroupCommunication:      {"Client communication", "communication", "Protocols, client connections and access from the internet."},
	GroupGateways:           {"Cloud management gateways", "cloud-management-gateways", "What a cloud management gateway needs in the hierarchy."},
	GroupSoftwareUpdates:    {"Software update points", "software-updates", "Where software update points are needed, and what they synchronise with."},
	GroupDatabase:           {"Site database", "database", "SQL Server: location, versions, editions, availability groups and clusters, replicas."},
	GroupHighAvailability:   {"High availability", "high-availability", "Passive site servers and remote content libraries."},
	GroupDistributionPoints: {"Distribution points", "distribution-points", "Pull-distribution points, PXE, multicast, drives and certificates."},
	GroupScale:              {"Scale limits", "limits", "How many clients and roles Microsoft supports."},
	GroupDependencies:       {"Dependencies", "dependencies", "What roles and features need of each other."},
	GroupPrerequisites:      {"Prerequisites", "prerequisites", "What has to be on a computer before it gets a role."},
	GroupRequiredRoles:      {"Required roles", "required-roles", "Which roles client populations and features need, and what a hierarchy lacks of them."},
	GroupAccounts:           {"Accounts", "accounts", "The accounts that roles need."},
}

// Groups returns the groups in the order of the catalogue.
func Groups() []Group {
	list := make([]Group, 0, len(groups))
	for g := GroupSites; g <= GroupAccounts; g++ {
		list = append(list, g)
	}
	return list
}

// Name is the heading of the group.
func (g Group) Name() string { return groups[g].name }

// Slug is the name of the group's guide, without "rules-".
func (g Group) Slug() string { return groups[g].slug }

// About says in a sentence what the rules of the group are about.
func (g Group) About() string { return groups[g].about }

// GuideURL is the address of the text about a rule in the guides.
func (r *Rule) GuideURL() string {
	const guides = "https://github.com/terraform-configmgr/terraform-provider-configmgr/blob/main/docs/guides"
	return fmt.Sprintf("%s/rules-%s.md#%s", guides, r.Group.Slug(), r.Anchor())
}
