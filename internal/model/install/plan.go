package install

import (
	"container/heap"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Plan is how a hierarchy is built.
type Plan struct {
	// Steps are in an order in which they can be done: each comes after those that it
	// requires. What is installed already has none.
	Steps []Step
	// Servers are all computers of the hierarchy with what they need, by their names.
	Servers []Server
	// Unknown says that the plan depends on a value that is not known yet. It then has
	// neither steps nor servers.
	Unknown bool
}

// Step is one thing to do. A step says what has to be there afterwards: what runs it
// looks first whether it is.
type Step struct {
	// ID names what the step is about, such as PS1/mp01.contoso.com/management_point. It
	// does not depend on anything else in the hierarchy.
	ID       string
	Phase    string
	Action   string
	SiteCode string   // empty for what is done once in a forest
	Server   string   // the computer that the step is about, empty when it is about none
	Role     string   // the key of the role, empty when it is about none
	Requires []string // ids of earlier steps, sorted
	Command  *Command // nil where no cmdlet does the step
}

// Phases, in their order. High availability comes before the roles: a passive site
// server is installed on a computer without roles, and roles may follow (site server
// high availability, 2022-04-11).
const (
	PhasePrerequisites   = "prerequisites"
	PhaseSites           = "sites"
	PhaseAvailability    = "high_availability"
	PhaseRoles           = "roles"
	PhaseSecondarySites  = "secondary_sites"
	PhaseSoftwareUpdates = "software_updates"
	PhaseReporting       = "reporting"
	PhaseFurtherRoles    = "further_roles"
	PhaseCloud           = "cloud"
	PhaseProviders       = "sms_providers"
	PhaseClients         = "clients"
	PhaseRemovals        = "removals"
)

var phases = []string{
	PhasePrerequisites, PhaseSites, PhaseAvailability, PhaseRoles, PhaseSecondarySites, PhaseSoftwareUpdates, PhaseReporting,
	PhaseFurtherRoles, PhaseCloud, PhaseProviders, PhaseClients, PhaseRemovals,
}

// Phases lists the phases in their order.
func Phases() []string { return slices.Clone(phases) }

// Action is something that a step does.
type Action struct {
	Key   string
	About string // what to do, as an imperative sentence without a full stop
}

// Keys of the actions.
const (
	DoExtendSchema      = "extend_schema"
	DoPrepareDirectory  = "prepare_active_directory"
	DoPrepareServer     = "prepare_server"
	DoPrepareDatabase   = "prepare_database"
	DoAvailabilityGroup = "create_availability_group"
	DoRemove            = "remove"
	DoPromote           = "promote_passive_site_server"
	DoChangeDatabase    = "change_database"
	DoDisableGateway    = "disable_cmg_traffic"
	DoChangeSiteSystem  = "change_site_system"
	DoSetup             = "setup"
	DoUpdateSite        = "update_site"
	DoAddSiteSystem     = "add_site_system"
	DoAddRole           = "add_role"
	DoChangeRole        = "change_role"
	DoWaitForRoles      = "wait_for_roles"
	DoNewSecondarySite  = "new_secondary_site"
	DoWaitForSite       = "wait_for_site"
	DoPrepareWSUS       = "prepare_wsus"
	DoConfigureUpdates  = "configure_software_updates"
	DoPrepareReports    = "prepare_report_server"
	DoCreateGateway     = "create_cloud_management_gateway"
	DoEnableGateway     = "enable_cmg_traffic"
	DoAddProvider       = "add_sms_provider"
	DoPrepareShare      = "prepare_content_library_share"
	DoMoveLibrary       = "move_content_library"
	DoAddPassive        = "add_passive_site"
	DoWaitForPassive    = "wait_for_passive_site"
	DoCommunication     = "configure_client_communication"
	DoClientPorts       = "configure_client_ports"
	DoAddAccount        = "add_account"
	DoAccessAccounts    = "configure_network_access_accounts"
	DoConnectedCache    = "enable_connected_cache"
	DoBoundaryGroups    = "configure_boundary_groups"
	DoDeployClients     = "deploy_clients"
)

var actions = []Action{
	{DoExtendSchema, "Extend the Active Directory schema"},
	{DoPrepareDirectory, "Create the container System Management and give the site servers full control of it and of what is in it"},
	{DoPrepareServer, "Install the Windows features and the other prerequisites of the server, and add its local administrators"},
	{DoPrepareDatabase, "Install SQL Server with a static port and the collation that the product supports"},
	{DoAvailabilityGroup, "Create the availability group and its listener"},
	{DoRemove, "Remove the role or, by role, the site system, the SMS Provider, the site server in passive mode, the cloud management gateway, or without role the site"},
	{DoPromote, "Promote the site server in passive mode, and wait until it is the active one"},
	{DoChangeDatabase, "Change where and how the site has its database"},
	{DoChangeSiteSystem, "Give the site system server, which is there, its settings"},
	{DoDisableGateway, "Keep the traffic of the cloud management gateway out of the role"},
	{DoSetup, "Run Setup on the site server with the script for the site"},
	{DoUpdateSite, "Update the site to its version, and wait until it runs it"},
	{DoAddSiteSystem, "Make the computer a site system server of the site"},
	{DoAddRole, "Add the role"},
	{DoChangeRole, "Give the role, which is there, its settings"},
	{DoWaitForRoles, "Wait until the role is installed on each of its servers"},
	{DoNewSecondarySite, "Install the secondary site from its parent"},
	{DoWaitForSite, "Wait until the site is active and the replication link to its parent is up"},
	{DoPrepareWSUS, "Complete the installation of WSUS"},
	{DoConfigureUpdates, "Say what software updates are synchronized with"},
	{DoPrepareReports, "Install and configure the report server"},
	{DoCreateGateway, "Create the cloud management gateway"},
	{DoEnableGateway, "Let the role accept the traffic of the cloud management gateway"},
	{DoAddProvider, "Add the SMS Provider with Setup: setup.exe /SDKINST and the name of the server"},
	{DoPrepareShare, "Create the share of the content library and give the computer accounts of both site servers full control of it"},
	{DoMoveLibrary, "Move the content library, and wait until it is there"},
	{DoAddPassive, "Add the site server in passive mode"},
	{DoWaitForPassive, "Wait until the site server in passive mode is installed"},
	{DoCommunication, "Set how clients talk to the site"},
	{DoClientPorts, "Set a port that clients use"},
	{DoAddAccount, "Register the account at the site, with its password"},
	{DoConnectedCache, "Turn on Connected Cache at the distribution point, whose license terms are accepted with it"},
	{DoAccessAccounts, "Set the network access accounts of the site"},
	{DoBoundaryGroups, "Put the site systems into the boundary groups"},
	{DoDeployClients, "Install the clients"},
}

// Actions lists what steps do.
func Actions() []Action { return slices.Clone(actions) }

// ForHierarchy returns how a hierarchy is built.
func ForHierarchy(h *model.Hierarchy) Plan { return Read(h).Plan() }

// Plan returns how the hierarchy is built.
func (d *Design) Plan() Plan {
	if d.plan == nil {
		plan := d.newPlan()
		d.plan = &plan
	}
	return *d.plan
}

// newGraph returns the steps, before they are in order.
func (d *Design) newGraph() *graph {
	g := &graph{Design: d, byID: map[string]*node{}}
	g.build()
	return g
}

func (d *Design) newPlan() Plan {
	g := d.newGraph()
	servers := d.requirements()
	if d.open {
		return Plan{Unknown: true}
	}
	return Plan{Steps: g.steps(), Servers: servers}
}

// graph is the steps with what they require, before they are in order.
type graph struct {
	*Design
	nodes       []*node
	byID        map[string]*node
	preferences []preference
}

// preference is an order that holds where no step then waits for itself: after steps that
// wait for all of a kind, or else after some of these.
type preference struct {
	step  string // an id
	whole string // the id of the step that waits for all, empty where there is none
	after func() []string
}

// someOf is how many steps a preference takes where not all can be waited for: each of a
// thousand roles that move need not wait for a thousand others.
const someOf = 8

type node struct {
	Step
	phase   int
	waiting int     // for how many steps that are not in order yet
	needed  []*node // by these
	ordered bool    // while circles are looked for: no circle holds it back
}

// add adds a step, once: for the earliest phase that asks for it. It may require steps that are added later, or not at all: those of
// what is installed already are not.
func (g *graph) add(s Step, requires ...string) string {
	if existing, ok := g.byID[s.ID]; ok {
		if phase := slices.Index(phases, s.Phase); phase < existing.phase {
			existing.phase, existing.Phase, existing.Requires = phase, s.Phase, requires
		} else if phase == existing.phase {
			existing.Requires = append(existing.Requires, requires...)
		}
		return s.ID
	}
	s.Requires = requires
	n := &node{Step: s, phase: slices.Index(phases, s.Phase)}
	g.nodes = append(g.nodes, n)
	g.byID[s.ID] = n
	return s.ID
}

// steps returns the steps in order: by phase and id, except where another step is
// required. Where steps require each other, as pull-distribution points may, the first
// one does not wait.
func (g *graph) steps() []Step {
	for _, n := range g.nodes {
		n.Requires = slices.DeleteFunc(sorted(n.Requires), func(id string) bool { return g.byID[id] == nil || id == n.ID })
		n.waiting = len(n.Requires)
		for _, id := range n.Requires {
			g.byID[id].needed = append(g.byID[id].needed, n)
		}
	}
	slices.SortFunc(g.nodes, compareNodes)
	g.prefer()
	g.cutCircles()
	var ready queue
	for _, n := range g.nodes {
		if n.waiting = len(n.Requires); n.waiting == 0 {
			ready = append(ready, n)
		}
	}
	heap.Init(&ready)
	steps := make([]Step, 0, len(g.nodes))
	for len(ready) > 0 {
		n := heap.Pop(&ready).(*node)
		steps = append(steps, n.Step)
		for _, dependent := range n.needed {
			if dependent.waiting--; dependent.waiting == 0 {
				heap.Push(&ready, dependent)
			}
		}
	}
	return steps
}

// prefer adds what preferences require, as far as it does not require the step in turn.
func (g *graph) prefer() {
	for _, p := range g.preferences {
		n := g.byID[p.step]
		if n == nil {
			continue
		}
		behind := map[*node]bool{}
		var visit func(*node)
		visit = func(m *node) {
			if !behind[m] {
				behind[m] = true
				for _, dependent := range m.needed {
					visit(dependent)
				}
			}
		}
		visit(n)
		take := func(id string) bool {
			before := g.byID[id]
			if before == nil || behind[before] {
				return false
			}
			if !slices.Contains(n.Requires, id) {
				n.Requires = append(n.Requires, id)
				n.waiting++
				before.needed = append(before.needed, n)
			}
			return true
		}
		if p.whole == "" || !take(p.whole) && g.byID[p.whole] != nil {
			taken := 0
			for _, id := range p.after() {
				if taken < someOf && take(id) {
					taken++
				}
			}
		}
		slices.Sort(n.Requires)
	}
}

// cutCircles takes away requirements until every step can be done.
func (g *graph) cutCircles() {
	var ready []*node
	for _, n := range g.nodes {
		if n.waiting == 0 {
			ready = append(ready, n)
		}
	}
	for done := 0; done < len(g.nodes); done++ {
		if len(ready) == 0 {
			ready = append(ready, g.release())
		}
		n := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		n.ordered = true
		for _, dependent := range n.needed {
			if dependent.waiting--; dependent.waiting == 0 {
				ready = append(ready, dependent)
			}
		}
	}
}

// release lets the first step of a circle go without those that are not in order yet.
func (g *graph) release() *node {
	left := map[*node]int{} // how many steps left need it
	for _, n := range g.nodes {
		if !n.ordered {
			left[n] = 0
		}
	}
	for n := range left {
		for _, dependent := range n.needed {
			if !dependent.ordered {
				left[n]++
			}
		}
	}
	// What no step left needs is behind a circle, and not part of one.
	for trimmed := true; trimmed; {
		trimmed = false
		for n, needed := range left {
			if needed > 0 {
				continue
			}
			delete(left, n)
			trimmed = true
			for _, id := range n.Requires {
				if before := g.byID[id]; !before.ordered {
					left[before]--
				}
			}
		}
	}
	for _, n := range g.nodes {
		if _, ok := left[n]; !ok {
			continue
		}
		n.Requires = slices.DeleteFunc(n.Requires, func(id string) bool {
			before := g.byID[id]
			if before.ordered {
				return false
			}
			before.needed = slices.DeleteFunc(before.needed, func(m *node) bool { return m == n })
			return true
		})
		n.waiting = 0
		return n
	}
	return nil // not reached: steps are only left over behind a circle
}

func compareNodes(a, b *node) int {
	if a.phase != b.phase {
		return a.phase - b.phase
	}
	return strings.Compare(a.ID, b.ID)
}

// queue holds the steps that wait for nothing, the next one first.
type queue []*node

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return compareNodes(q[i], q[j]) < 0 }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(*node)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	n := (*q)[last]
	*q = (*q)[:last]
	return n
}
