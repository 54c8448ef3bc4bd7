package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
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
// A diagram of many computers, or one that Mermaid would not draw with its default
// settings, has one node for the computers of a site that do the same.
func MermaidDiagram(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	computers := 0
	for _, s := range d.sites {
		computers += len(s.hosts)
	}
	m := &mermaid{}
	if m.draw(h, d); computers > mermaidComputers || m.links > mermaidLinks || m.text.Len() > mermaidSize {
		m = &mermaid{merged: true}
		m.draw(h, d)
	}
	return m.text.String(), nil
}

const (
	// mermaidComputers is the number of nodes that a person can still read on a page.
	mermaidComputers = 60
	// mermaidLinks and mermaidSize are what Mermaid draws at most, in links and characters,
	// with its default settings maxEdges and maxTextSize. A diagram cannot raise them itself.
	mermaidLinks = 500
	mermaidSize  = 50000
)

func (m *mermaid) draw(h *model.Hierarchy, d *design) {
	width := 280 // pixels of a line: room for the longest name of a role
	if m.merged {
		width = 900 // for several names beside each other
	}
	m.line(0, `%%%%{init: {"flowchart": {"wrappingWidth": %d}}}%%%%`, width)
	m.line(0, "flowchart LR")
	for _, code := range slices.Sorted(maps.Keys(d.external)) {
		m.line(1, `%s["%s"]:::external`, siteID(code), mermaidText("site "+code, "not part of this hierarchy"))
	}
	for _, s := range d.sites {
		m.site(s)
	}
	for _, s := range d.sites {
		if s.parent != "" {
			m.link(1, siteID(s.parent), "==>", siteID(s.code))
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
	text  strings.Builder
	links int
	// merged says that computers of a site that do the same share a node.
	merged bool
}

func (m *mermaid) link(depth int, from, arrow, to string) {
	m.links++
	m.line(depth, "%s %s %s", from, arrow, to)
}

func (m *mermaid) line(depth int, format string, args ...any) {
	m.text.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&m.text, format, args...)
	m.text.WriteByte('\n')
}

func (m *mermaid) site(s *site) {
	title := fmt.Sprintf("%s · %s", s.code, s.tier.Name())
	if name, ok := s.Name.Get(); ok {
		title = fmt.Sprintf("%s · %s · %s", s.code, name, s.tier.Name())
	}
	m.line(1, `subgraph %s["%s"]`, siteID(s.code), mermaidText(title))
	// Without a direction of its own, a group that no link leaves is laid out across.
	m.line(2, "direction LR")
	if m.merged {
		m.mergedHosts(s)
	} else {
		m.hosts(s)
	}
	m.line(1, "end")
	m.line(1, "style %s %s", siteID(s.code), mermaidGroup)
}

// hosts draws a node for each computer. The links that are not drawn keep the site
// server in front of the others.
func (m *mermaid) hosts(s *site) {
	for _, on := range s.hosts {
		lines := append([]string{on.fqdn}, tasks(s, on)...)
		for _, source := range on.sources() {
			if !s.holds(source) {
				lines = append(lines, "content from "+source)
			}
		}
		m.node(hostID(s.code, on.fqdn), on, lines)
	}
	for _, on := range s.hosts {
		if on.fqdn != s.server {
			m.link(2, hostID(s.code, s.server), "~~~", hostID(s.code, on.fqdn))
		}
		for _, source := range on.sources() {
			if s.holds(source) {
				m.link(2, hostID(s.code, source), "-. content .->", hostID(s.code, on.fqdn))
			}
		}
	}
}

// mergedHosts draws a node for all computers that do the same. Its id comes from what
// they do, so that the name of one of them changes nothing but the list of names.
func (m *mermaid) mergedHosts(s *site) {
	names, first, texts := map[string][]string{}, map[string]*host{}, map[string][]string{}
	for _, on := range s.hosts {
		lines := tasks(s, on)
		if sources := on.sources(); len(sources) > 0 {
			lines = append(lines, "content from "+strings.Join(sources, ", "))
		}
		same := fmt.Sprintf("%q", lines)
		if names[same] == nil {
			first[same], texts[same] = on, lines
		}
		names[same] = append(names[same], on.fqdn)
	}
	for _, same := range slices.Sorted(maps.Keys(names)) {
		m.node("servers_"+mermaidID(s.code)+"_"+mermaidID(strings.Join(texts[same], ".")), first[same], append(texts[same], strings.Join(names[same], ", ")))
	}
}

func (m *mermaid) node(id string, on *host, lines []string) {
	opening, closing, class := "[", "]", "server"
	switch {
	case on.siteServer:
		opening, closing, class = "[[", "]]", "siteServer"
	case on.passive:
		opening, closing, class = "[[", "]]", "passive"
	case on.database:
		opening, closing, class = "[(", ")]", "database"
	}
	m.line(2, `%s%s"%s"%s:::%s`, id, opening, mermaidText(lines...), closing, class)
}

// tasks lists what a computer does for its site, in the words of the console.
func tasks(s *site, on *host) []string {
	var list []string
	if on.siteServer {
		list = append(list, "site server")
	}
	if on.passive {
		list = append(list, "site server in passive mode")
	}
	if on.database {
		list = append(list, databaseText(s))
	}
	if on.smsProvider {
		list = append(list, "SMS Provider")
	}
	for _, a := range on.roles {
		list = append(list, assignmentText(a))
	}
	for _, source := range on.sources() {
		if !s.holds(source) {
			list = append(list, "content from "+source)
		}
	}
	if s.tier == product.TierSecondary && on.siteServer && !slices.ContainsFunc(on.roles, func(a *model.Assignment) bool { return roleOf(a) == "management_point" }) {
		list = append(list, "management point") // every secondary site has one, on its site server
	}
	return list
}

// databaseText names the site database and what keeps it available.
func databaseText(s *site) string {
	text := "site database"
	db, ok := s.Database.Get()
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
	name := product.RoleName(roleOf(a))
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
	d.eachAssignment(func(s *site, _ *host, a *model.Assignment) {
		connection, _ := a.GatewayConnection.Get()
		if connection == nil {
			return
		}
		if name, ok := connection.CloudManagementGateway.Get(); ok {
			gateway := draw(name)
			if !linked[s.code+gateway] {
				linked[s.code+gateway] = true
				m.link(1, siteID(s.code), "<-.->", gateway)
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
