package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// MermaidDiagram draws a hierarchy as a Mermaid flowchart: a group for each site, a node
// for each computer with what it does, and links from parent to child, from source to
// pull-distribution point, and between a site and the cloud management gateways that it
// connects to.
//
// A link stands for what is declared, never for the order of the nodes, so that another
// name of a computer changes the lines about it and no other. No link enters a group:
// Mermaid gives up the layout of a group that has one.
//
// Where a site has more than a few computers, those that do the same share a node. Where
// there are many sites, each is one node that says what is there, and many sites of one
// parent that nothing else hangs on stand in a group of their own, in columns. A diagram
// that Mermaid would not draw with its default settings has less detail as well.
func MermaidDiagram(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	detail := eachComputer
	if slices.ContainsFunc(d.Sites, func(s *install.Site) bool { return len(d.nodesOf(s)) > mermaidComputers }) {
		detail = mergedComputers
	}
	if len(d.Sites) > mermaidSites {
		detail = oneForSite
	}
	m := &mermaid{detail: detail}
	for m.draw(h, d); m.detail < oneForSite && (m.links > mermaidLinks || m.text.Len() > mermaidSize); m.draw(h, d) {
		m = &mermaid{detail: m.detail + 1}
	}
	return m.text.String(), nil
}

const (
	// mermaidComputers is the number of computers up to which each has a node of its own: a
	// site is one column beside its site server, and more nodes in it are higher than wide.
	mermaidComputers = 6
	// mermaidSites is the number of sites up to which the computers have nodes.
	mermaidSites = 8
	// mermaidSiblings is the number of sites of one parent up to which each has a link of its
	// own, where a site is one node.
	mermaidSiblings = 5
	// mermaidLinks and mermaidSize are what Mermaid draws at most, in links and characters,
	// with its default settings maxEdges and maxTextSize. A diagram cannot raise them itself.
	mermaidLinks = 500
	mermaidSize  = 50000
)

func (m *mermaid) draw(h *model.Hierarchy, d *design) {
	width := 280 // pixels of a line: room for the longest name of a role
	switch m.detail {
	case mergedComputers:
		width = 420 // for several names beside each other
	case oneForSite:
		width = 900
	}
	m.line(0, `%%%%{init: {"flowchart": {"wrappingWidth": %d}}}%%%%`, width)
	m.line(0, "flowchart LR")
	for _, code := range slices.Sorted(maps.Keys(d.External)) {
		m.line(1, `%s["%s"]:::external`, siteID(code), mermaidText("site "+code, "not part of this hierarchy"))
	}
	siblings := map[string][]*install.Site{}
	if m.detail == oneForSite {
		siblings = d.siblings()
	}
	grouped := map[string]bool{}
	for _, parent := range slices.Sorted(maps.Keys(siblings)) {
		m.siblings(d, parent, siblings[parent])
		for _, s := range siblings[parent] {
			grouped[s.Code] = true
		}
	}
	for _, s := range d.Sites {
		if !grouped[s.Code] {
			m.site(1, d, s)
		}
	}
	for _, parent := range slices.Sorted(maps.Keys(siblings)) {
		m.link(1, siteID(parent), "==>", siblingsID(parent))
	}
	for _, s := range d.Sites {
		if s.Parent != "" && !grouped[s.Code] {
			m.link(1, siteID(s.Parent), "==>", siteID(s.Code))
		}
	}
	m.gateways(h, d)
	for _, class := range mermaidClasses {
		m.line(1, "classDef %s %s", class[0], class[1])
	}
}

// mermaidClasses are the looks of the nodes: light fills that print, with dark text for
// pages with a dark background.
var mermaidClasses = [][2]string{
	{"siteServer", "fill:#d7e8fa,stroke:#1f5fa8,color:#10263d"},
	{"passive", "fill:#eef5fc,stroke:#1f5fa8,stroke-dasharray:5 4,color:#10263d"},
	{"database", "fill:#f3e9d2,stroke:#97722a,color:#33260d"},
	{"server", "fill:#ffffff,stroke:#5b7083,color:#1b2733"},
	{"external", "fill:#ffffff,stroke:#5b7083,stroke-dasharray:5 4,color:#1b2733"},
	{"cloud", "fill:#e3f3e6,stroke:#2f7d43,color:#12301a"},
}

// mermaidGroup is the look of a group. Mermaid overrides that of a class.
const mermaidGroup = "fill:#f7f9fb,stroke:#5b7083,color:#1b2733"

// mermaid collects the lines of a flowchart.
type mermaid struct {
	text   strings.Builder
	links  int
	detail detail
}

// detail is what has a node of its own.
type detail int

const (
	eachComputer detail = iota
	mergedComputers
	oneForSite
)

// mermaidColumns is how many nodes of a group stand beside each other at most.
const mermaidColumns = 3

func (m *mermaid) link(depth int, from, arrow, to string) {
	m.links++
	m.line(depth, "%s %s %s", from, arrow, to)
}

func (m *mermaid) line(depth int, format string, args ...any) {
	m.text.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&m.text, format, args...)
	m.text.WriteByte('\n')
}

// node is a computer as the diagram shows it: a host of a site, or one that the site or
// its roles only name.
type node struct {
	*install.Host
	tasks []string
}

// nodesOf returns the computers of a site with what they do there.
func (d *design) nodesOf(s *install.Site) []node {
	var nodes []node
	held := map[string]bool{}
	for _, on := range s.Hosts {
		held[on.FQDN] = true
		nodes = append(nodes, node{on, append(tasks(s, on), d.duties(s, on.FQDN)...)})
	}
	for _, server := range d.Plan().Servers {
		if slices.Contains(server.SiteCodes, s.Code) && !held[server.FQDN] {
			nodes = append(nodes, node{&install.Host{FQDN: server.FQDN}, d.duties(s, server.FQDN)})
		}
	}
	return nodes
}

// dutyNames are what sites and roles have on a computer, in the words of a diagram.
var dutyNames = map[string]string{
	"content_library_share":          "share of the content library",
	"data_warehouse_database_server": "database of the data warehouse",
	"database_replica_server":        "replica of the site database for management points",
	"report_database_server":         "database of the report server",
	"wsus_database_server":           "database of WSUS",
}

// duties are what a computer does for a site that is neither a role nor a part of the
// site: databases, shares, and the replicas and nodes behind the name of the site database.
func (d *design) duties(s *install.Site, fqdn string) []string {
	var list []string
	for _, server := range d.Plan().Servers {
		if server.FQDN != fqdn {
			continue
		}
		for _, role := range server.Roles {
			if name, ok := dutyNames[role]; ok {
				list = append(list, name)
			}
		}
	}
	db, ok := s.Declared.Database.Get()
	if !ok {
		return list
	}
	behind := func(v model.Value[[]model.Value[string]], text string) {
		names, _ := v.Get()
		for _, name := range names {
			if host, ok := name.Get(); ok && model.FoldHost(host) == fqdn {
				list = append(list, text)
			}
		}
	}
	if group, ok := db.AvailabilityGroup.Get(); ok {
		behind(group.Replicas, "replica of the availability group")
	}
	if cluster, ok := db.FailoverCluster.Get(); ok {
		behind(cluster.Nodes, "node of the failover cluster")
	}
	return list
}

// siblings finds the sites of one parent that share a group, by the parent: those that
// nothing hangs on, where there are many.
func (d *design) siblings() map[string][]*install.Site {
	linked := map[string]bool{}
	for _, s := range d.Sites {
		linked[s.Parent] = true
	}
	d.EachAssignment(func(s *install.Site, _ *install.Host, a *model.Assignment) {
		if connection, _ := a.GatewayConnection.Get(); connection != nil {
			linked[s.Code] = true
		}
	})
	byParent := map[string][]*install.Site{}
	for _, s := range d.Sites {
		if s.Parent != "" && !linked[s.Code] {
			byParent[s.Parent] = append(byParent[s.Parent], s)
		}
	}
	maps.DeleteFunc(byParent, func(_ string, sites []*install.Site) bool { return len(sites) <= mermaidSiblings })
	return byParent
}

func siblingsID(parent string) string { return "below_" + mermaidID(parent) }

// siblings draws sites of one parent in columns, in a group that the parent is linked
// with: a link to each would be one column, or cross the nodes in front.
func (m *mermaid) siblings(d *design, parent string, sites []*install.Site) {
	m.line(1, `subgraph %s["%s"]`, siblingsID(parent), mermaidText(fmt.Sprintf("%d sites below %s", len(sites), parent)))
	m.line(2, "direction LR")
	ids := make([]string, len(sites))
	for i, s := range sites {
		m.site(2, d, s)
		ids[i] = siteID(s.Code)
	}
	m.inColumns(ids, min(mermaidColumns, 1+len(ids)/(mermaidSiblings+1)))
	m.line(1, "end")
	m.line(1, "style %s %s", siblingsID(parent), mermaidGroup)
}

// inColumns puts nodes of a group beside each other, with links that are not drawn.
func (m *mermaid) inColumns(ids []string, columns int) {
	rows := (len(ids) + columns - 1) / columns
	for i := rows; i < len(ids); i++ {
		m.link(2, ids[i-rows], "~~~", ids[i])
	}
}

func (m *mermaid) site(depth int, d *design, s *install.Site) {
	if m.detail == oneForSite {
		m.siteNode(depth, d, s)
		return
	}
	m.line(1, `subgraph %s["%s"]`, siteID(s.Code), mermaidText(siteTitle(s)))
	// Without a direction of its own, a group that no link leaves is laid out across.
	m.line(2, "direction LR")
	if m.detail == mergedComputers {
		m.mergedHosts(s, d)
	} else {
		m.hosts(s, d.nodesOf(s), d)
	}
	m.line(1, "end")
	m.line(1, "style %s %s", siteID(s.Code), mermaidGroup)
}

// hosts draws a node for each computer. The links that are not drawn keep the site
// server in front of the others.
func (m *mermaid) hosts(s *install.Site, nodes []node, d *design) {
	for _, on := range nodes {
		lines := append(append([]string{on.FQDN}, on.tasks...), d.upstream(s, on.Host)...)
		for _, source := range on.Sources() {
			if !s.Holds(source) {
				lines = append(lines, "content from "+source)
			}
		}
		m.node(hostID(s.Code, on.FQDN), on.Host, lines)
	}
	for _, on := range nodes {
		if on.FQDN != s.Server {
			m.link(2, hostID(s.Code, s.Server), "~~~", hostID(s.Code, on.FQDN))
		}
		for _, source := range on.Sources() {
			if s.Holds(source) {
				m.link(2, hostID(s.Code, source), "-. content .->", hostID(s.Code, on.FQDN))
			}
		}
	}
}

func siteTitle(s *install.Site) string {
	if name, ok := s.Declared.Name.Get(); ok {
		return fmt.Sprintf("%s · %s · %s", s.Code, name, s.Tier.Name())
	}
	return fmt.Sprintf("%s · %s", s.Code, s.Tier.Name())
}

// alike are computers of a site that do the same.
type alike struct {
	tasks []string
	names []string
	first *install.Host
}

// alikeOf puts the computers of a site together by what they do: the site server in
// front, then by the tasks.
func (d *design) alikeOf(s *install.Site) []*alike {
	byTasks := map[string]*alike{}
	var list []*alike
	for _, on := range d.nodesOf(s) {
		lines := append(slices.Clone(on.tasks), d.upstream(s, on.Host)...)
		if sources := on.Sources(); len(sources) > 0 {
			lines = append(lines, "content from "+strings.Join(sources, ", "))
		}
		same := fmt.Sprintf("%q", lines)
		if byTasks[same] == nil {
			byTasks[same] = &alike{tasks: lines, first: on.Host}
			list = append(list, byTasks[same])
		}
		byTasks[same].names = append(byTasks[same].names, on.FQDN)
	}
	rank := func(a *alike) int {
		switch {
		case a.first.SiteServer:
			return 0
		case a.first.Passive:
			return 1
		case a.first.Database:
			return 2
		default:
			return 3
		}
	}
	slices.SortFunc(list, func(a, b *alike) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(fmt.Sprintf("%q", a.tasks), fmt.Sprintf("%q", b.tasks)))
	})
	return list
}

// mergedHosts draws a node for all computers that do the same. Its id comes from what
// they do, so that the name of one of them changes nothing but the list of names. Links
// that are not drawn put the nodes into columns.
func (m *mermaid) mergedHosts(s *install.Site, d *design) {
	list := d.alikeOf(s)
	ids := make([]string, len(list))
	for i, a := range list {
		ids[i] = "servers_" + mermaidID(s.Code) + "_" + mermaidID(strings.Join(a.tasks, "."))
		m.node(ids[i], a.first, append(slices.Clone(a.tasks), strings.Join(a.names, ", ")))
	}
	m.inColumns(ids, mermaidColumns)
}

// siteNode draws a site as one node that says what is on its computers.
func (m *mermaid) siteNode(depth int, d *design, s *install.Site) {
	lines := []string{siteTitle(s)}
	for _, a := range d.alikeOf(s) {
		lines = append(lines, strings.Join(a.tasks, ", ")+" · "+strings.Join(a.names, ", "))
	}
	m.line(depth, `%s["%s"]:::server`, siteID(s.Code), mermaidText(lines...))
}

func (m *mermaid) node(id string, on *install.Host, lines []string) {
	opening, closing, class := "[", "]", "server"
	switch {
	case on.SiteServer:
		opening, closing, class = "[[", "]]", "siteServer"
	case on.Passive:
		opening, closing, class = "[[", "]]", "passive"
	case on.Database:
		opening, closing, class = "[(", ")]", "database"
	}
	m.line(2, `%s%s"%s"%s:::%s`, id, opening, mermaidText(lines...), closing, class)
}

// tasks lists what a computer does for its site, in the words of the console.
func tasks(s *install.Site, on *install.Host) []string {
	var list []string
	if on.SiteServer {
		list = append(list, "site server")
	}
	if on.Passive {
		list = append(list, "site server in passive mode")
	}
	if on.Database {
		list = append(list, databaseText(s))
	}
	if on.SMSProvider {
		list = append(list, "SMS Provider")
	}
	for _, a := range on.Roles {
		list = append(list, assignmentText(a))
	}
	if s.Tier == product.TierSecondary && on.SiteServer {
		// The setup of a secondary site brings them to its site server.
		for _, role := range []string{"distribution_point", "management_point"} {
			if !slices.ContainsFunc(on.Roles, func(a *model.Assignment) bool { return install.RoleOf(a) == role }) {
				list = append(list, product.RoleName(role))
			}
		}
	}
	return list
}

// upstream says where the software update point of a computer gets its catalog from.
func (d *design) upstream(s *install.Site, on *install.Host) []string {
	for _, a := range on.Roles {
		settings, ok := a.SoftwareUpdatePoint.Get()
		if install.RoleOf(a) != "software_update_point" {
			continue
		}
		source := ""
		if ok {
			source, _ = settings.SynchronizationSource.Get()
		}
		switch {
		case s.Parent != "":
			return []string{"updates from site " + s.Parent}
		case source == model.SyncMicrosoftUpdate:
			return []string{"updates from Microsoft Update"}
		case source == model.SyncUpstreamWSUS:
			return []string{"updates from another WSUS server"}
		}
	}
	return nil
}

// databaseText names the site database and what keeps it available.
func databaseText(s *install.Site) string {
	text := "site database"
	db, ok := s.Declared.Database.Get()
	if !ok {
		return text
	}
	if instance, ok := db.Instance.Get(); ok && !strings.EqualFold(instance, model.DefaultInstance) {
		text += ", instance " + instance
	}
	if group, ok := db.AvailabilityGroup.Get(); ok {
		text += ", availability group"
		if name, ok := group.Name.Get(); ok {
			text += " " + name
		}
	}
	if db.FailoverCluster.IsKnown() {
		text += ", failover cluster"
	}
	return text
}

// assignmentText names a role with the setting that a reader of a diagram looks for.
func assignmentText(a *model.Assignment) string {
	name := product.RoleName(install.RoleOf(a))
	if dp, ok := a.DistributionPoint.Get(); ok {
		if dp.PullSources.IsKnown() {
			name = "pull-" + name
		}
		if dp.PXE.IsKnown() {
			name += " with PXE"
		}
	}
	if protocol, ok := protocolOf(a); ok {
		name += " (" + strings.ToUpper(protocol) + ")"
	}
	return name
}

// protocolOf returns the protocol of a role that clients reach.
func protocolOf(a *model.Assignment) (string, bool) {
	if mp, ok := a.ManagementPoint.Get(); ok {
		return mp.Protocol.Get()
	}
	if dp, ok := a.DistributionPoint.Get(); ok {
		return dp.Protocol.Get()
	}
	if sup, ok := a.SoftwareUpdatePoint.Get(); ok {
		return sup.Protocol.Get()
	}
	return "", false
}

// gateways draws the cloud management gateways, linked with the sites that hold their
// connection points.
func (m *mermaid) gateways(h *model.Hierarchy, d *design) {
	drawn := map[string]bool{}
	draw := func(name string) string {
		id := "gateway_" + mermaidID(strings.ToLower(name))
		if !drawn[id] {
			drawn[id] = true
			m.line(1, `%s{{"%s"}}:::cloud`, id, mermaidText(name, "cloud management gateway"))
		}
		return id
	}
	declared, _ := h.Gateways.Get()
	for _, key := range slices.Sorted(maps.Keys(declared)) {
		gateway, ok := declared[key].Get()
		if !ok {
			continue
		}
		name, ok := gateway.Name.Get()
		if !ok {
			name = key
		}
		draw(name)
	}
	linked := map[string]bool{}
	d.EachAssignment(func(s *install.Site, _ *install.Host, a *model.Assignment) {
		connection, _ := a.GatewayConnection.Get()
		if connection == nil {
			return
		}
		if name, ok := connection.CloudManagementGateway.Get(); ok {
			gateway := draw(name)
			if !linked[s.Code+gateway] {
				linked[s.Code+gateway] = true
				m.link(1, siteID(s.Code), "<-.->", gateway)
			}
		}
	})
}

func siteID(code string) string { return "site_" + mermaidID(code) }

// hostID is the node of a computer. It holds the site, because Mermaid puts a node that
// is named in two groups into one of them.
func hostID(code, fqdn string) string { return "server_" + mermaidID(code) + "_" + mermaidID(fqdn) }

// mermaidID writes a name as a part of a node id. Letters and digits stay, a dot is a
// double underscore, and any other byte is an underscore with two hexadecimal digits, so
// that different names have different ids and none is a word of the language.
func mermaidID(name string) string {
	var b strings.Builder
	for i := range len(name) {
		switch c := name[i]; {
		case isAlphanumeric(rune(c)):
			b.WriteByte(c)
		case c == '.':
			b.WriteString("__")
		default:
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	return b.String()
}

// mermaidText writes lines as the label between double quotes. Everything but letters,
// digits and a few harmless characters becomes an entity code with the number of the
// character. That leaves nothing of the language of flowcharts, of HTML and of Markdown,
// which Mermaid reads inside labels. A colon is among what is replaced: a colon before an
// entity code makes Mermaid take the line for a style.
func mermaidText(lines ...string) string {
	texts := make([]string, len(lines))
	for i, line := range lines {
		var b strings.Builder
		for at, c := range line {
			next := line[at+len(string(c)):]
			switch {
			case isAlphanumeric(c), c == ' ', c == ',', c == '(', c == ')', c == '·':
				b.WriteRune(c)
			// Before a blank they would make the line a Markdown list.
			case (c == '.' || c == '-') && next != "" && isAlphanumeric(rune(next[0])):
				b.WriteRune(c)
			default:
				fmt.Fprintf(&b, "#%d;", c)
			}
		}
		texts[i] = b.String()
	}
	return strings.Join(texts, "<br>")
}

func isAlphanumeric(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
