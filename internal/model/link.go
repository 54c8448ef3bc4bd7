package model

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// linker makes a topology of a hierarchy. Of a large one every element is read once: what
// was read a moment ago is near, and need not be fetched again.
type linker struct {
	t        *Topology
	x        *Index
	checkAll bool
	short    bool // a computer is named without its DNS suffix

	paths     paths
	described []*computer // those with other mentions
	roles     groups      // by role key
	atSites   groups      // by site code

	mentioned map[string]*Site // the sites that are not listed, as the first place describes them
	twice     map[string]bool  // codes that two listed sites have, which is a defect of its own
	facts     map[*Site]Value[string]

	// The site that was asked for last, which nearly always is the next one as well.
	lastCode string
	lastSite *Site
}

// forHierarchy also reports whether a computer is named without its DNS suffix. Nearly
// no design has one: the names are collected for those that do.
func forHierarchy(h *Hierarchy, checkAll bool, names FullNames) (topology *Topology, short bool) {
	h.kind = KindHierarchy
	roles, servers := First(h.Assignments.Get()), First(h.Servers.Get())
	t := &Topology{
		Hierarchy: h, fullNames: names,
		Assignments: make([]*Assignment, 0, len(roles)), Servers: make([]*Server, 0, len(roles)+len(servers)),
	}
	// Several role assignments hold the same server: the first place that names a
	// computer answers for it.
	x := &Index{SitesOpen: h.Sites.IsUnknown(), computers: newComputers(max(len(roles), len(servers))), expected: expectedClients(h)}
	l := &linker{
		t: t, x: x, checkAll: checkAll, roles: newGroups(len(roles)), atSites: newGroups(len(roles)),
		mentioned: map[string]*Site{}, twice: map[string]bool{}, facts: map[*Site]Value[string]{},
	}
	eachElement(h.Sites, func(key string, s *Site) {
		l.short = l.short || namesShort(s)
		t.addSite(s, atSites.Key(key), !checkAll && reported(s.ID, s.ReportAt))
	}, &x.SitesOpen)
	x.Open = x.SitesOpen || h.Assignments.IsUnknown()
	l.linkSites()
	eachElement(h.Servers, func(key string, s *Server) {
		l.addServer(s, l.paths.key(atServers, key), false)
	}, &x.Open)
	listed := newJoin(h, t.Servers)
	eachElement(h.Assignments, func(key string, a *Assignment) {
		at := l.paths.key(atAssignments, key)
		a.Element = Element{kind: KindAssignment, path: at, checked: !checkAll && reported(a.ID, a.ReportAt)}
		if !listed.server(a) {
			if s, ok := a.Server.Get(); ok {
				l.addServer(s, l.paths.attr(at, "server"), a.checked)
			}
		}
		l.addAssignment(a)
	}, &x.Open)
	l.mergeDescriptions()
	slices.Sort(x.sharedHosts)
	x.ByRole, x.BySite = l.roles.lists(t.Assignments), l.atSites.lists(t.Assignments)
	x.serverless = listed.missing
	x.residents = sync.OnceValue(t.findResidents)
	x.pulling = sync.OnceValue(x.findPullPoints)
	x.named = sync.OnceValue(t.findNamedHosts)
	t.Index, t.allNames = x, sync.OnceValue(t.readNames)
	return t, l.short
}

// linkSites indexes the listed sites and replaces the parents by the listed ones.
func (l *linker) linkSites() {
	x, sites := l.x, l.t.Sites
	sitesOpen := x.SitesOpen
	x.Sites, x.Children = make(map[string]*Site, len(sites)), map[string][]*Site{}
	for _, s := range sites {
		code, ok := s.NormalizedCode().Get()
		if !ok {
			// Without a code it is incomplete, which is an error and leaves nothing open.
			if s.Code.IsUnknown() {
				x.Open, x.SitesOpen = true, true
			}
			continue
		}
		if _, listed := x.Sites[code]; listed {
			l.twice[code] = true
			continue
		}
		x.Sites[code] = s
	}
	for _, s := range sites {
		parent, ok := s.Parent.Get()
		if !ok {
			if s.Parent.IsUnknown() {
				x.Open, x.topOpen = true, true
			} else {
				x.Roots = append(x.Roots, s)
			}
			continue
		}
		code, ok := parent.NormalizedCode().Get()
		if !ok {
			if parent.Code.IsUnknown() {
				x.Open, x.topOpen = true, true
			}
			continue
		}
		x.Children[code] = append(x.Children[code], s)
		l.compare(code, parent, s, atParent)
		if listed, ok := x.Sites[code]; ok {
			// The listed site is the fuller one.
			if listed != s {
				s.declaredParent, s.Parent = s.Parent, Known(listed)
			}
		} else if !slices.Contains(x.External, code) {
			x.External = append(x.External, code)
		}
	}
	// A site that is not known yet may be a root, or the parent that is not listed.
	x.topOpen = x.topOpen || sitesOpen || x.SitesOpen && len(x.External) > 0
}

// addServer adds a server and links it to its computer and its site.
func (l *linker) addServer(s *Server, at Path, checked bool) {
	again := l.meet(s)
	l.t.addServer(s, at, checked || again || s.standIn || !l.checkAll && reported(s.ID, s.ReportAt))
	l.linkSite(s)
}

// meet finds the computer of a server, and reports whether another place named it before.
func (l *linker) meet(s *Server) bool {
	s.restore()
	s.on = nil
	l.short = l.short || !s.standIn && isShort(s.FQDN)
	s.fullName = l.t.fullNameOf(s.FQDN)
	host, ok := s.Host().Get()
	if !ok {
		return false
	}
	on, isNew := l.x.computers.meet(host)
	s.on = on
	if isNew {
		on.server, on.unusual = s, !isPlainHost(host) || !strings.Contains(host, ".")
		return false
	}
	if on.server != s && !on.server.saysAll(s) {
		if len(on.others()) == 0 {
			l.described = append(l.described, on)
		}
		on.addOther(s)
	}
	return true
}

// linkSite replaces the site that a server refers to by the listed one. While a site is not
// known yet it may be that one: nothing that the reference leaves out is a default then.
func (l *linker) linkSite(s *Server) {
	site, ok := s.Site.Get()
	if !ok {
		return
	}
	code, ok := site.NormalizedCode().Get()
	switch {
	case ok && s.readFacts:
		l.compareFacts(code, site, s)
	case ok:
		l.compare(code, site, s, atSite)
	}
	listed := l.listed(code)
	switch {
	case ok && listed != nil:
		s.declaredSite, s.Site = s.Site, Known(listed)
	case l.x.SitesOpen && site.Type.IsNull():
		open := *UndecidedSite
		open.Element, open.Code = site.Element, site.Code
		s.declaredSite, s.Site = s.Site, Known(&open)
	}
}

// listed returns the listed site of a code, nil when there is none.
func (l *linker) listed(code string) *Site {
	if l.lastSite == nil || code != l.lastCode {
		l.lastCode, l.lastSite = code, l.x.Sites[code]
	}
	return l.lastSite
}

// compare records what a reference to a site states otherwise than the hierarchy, or,
// of a site that is not listed, than the first reference to it.
func (l *linker) compare(code string, site *Site, on Declared, at Path) {
	first := l.listed(code)
	isListed := first != nil
	if first == site || l.twice[code] {
		return
	}
	if !isListed {
		first = l.mentioned[code]
	}
	switch {
	case first == nil:
		l.mentioned[code] = site
	case first != site:
		l.x.Contradictions = append(l.x.Contradictions, compareSites(first, site, isListed, on, at)...)
	}
}

// compareFacts is compare for a server that carries the facts of its site. Those of a
// site that is the listed one are the same text.
func (l *linker) compareFacts(code string, site *Site, s *Server) {
	if l.twice[code] {
		return
	}
	first := l.listed(code)
	if first == nil {
		if first = l.mentioned[code]; first == nil {
			l.mentioned[code] = site
			return
		}
	}
	same, known := l.facts[first]
	if !known {
		same = first.Facts()
		l.facts[first] = same
	}
	if same.IsKnown() && same == s.SiteFacts {
		return
	}
	l.x.Contradictions = append(l.x.Contradictions, contradictFacts(first, site, s)...)
}

// addAssignment adds a role assignment, whose server is linked, and indexes it.
func (l *linker) addAssignment(a *Assignment) {
	l.t.Assignments = append(l.t.Assignments, a)
	x, server, site := l.x, a.DeclaredServer(), a.DeclaredSite()
	role, okRole := a.Role.Get()
	code, okSite := site.NormalizedCode().Get()
	on := server.on
	// What is null is missing, which is an error and leaves nothing open.
	if !okRole && !a.Role.IsNull() || on == nil && !server.Host().IsNull() || !okSite && !site.Code.IsNull() {
		x.Open = true
	}
	l.roles.add(role, okRole)
	l.atSites.add(code, okSite)
	if on != nil {
		on.addRole(a)
		if len(on.roles()) == 2 {
			x.sharedHosts = append(x.sharedHosts, on.host)
		}
	}
	if !okRole || !okSite || on == nil || on.unusual {
		x.unusual = append(x.unusual, a)
	}
	if okSite && l.listed(code) == nil && !x.SitesOpen {
		x.unlisted = append(x.unlisted, a)
	}
}

// mergeDescriptions makes one description of the places that describe a computer.
func (l *linker) mergeDescriptions() {
	slices.SortFunc(l.described, func(a, b *computer) int { return strings.Compare(a.host, b.host) })
	for _, c := range l.described {
		l.x.Contradictions = append(l.x.Contradictions, c.merge(c.host, l.checkAll)...)
		for _, a := range c.roles() {
			c.complete(a.DeclaredServer())
		}
	}
}

// groups collects members by a text. The next one nearly always belongs to the group of
// the last.
type groups struct {
	number map[string]int32 // of the group of a text
	sizes  []int            // of the groups
	of     []int32          // the number of the group of each member, noGroup for none
	last   string           // the text of the last member
	group  int32            // its number
}

const noGroup = -1

func newGroups(members int) groups {
	return groups{number: map[string]int32{}, of: make([]int32, 0, members)}
}

// add adds a member to the group of a text, or to none.
func (g *groups) add(text string, known bool) {
	if !known {
		g.of = append(g.of, noGroup)
		return
	}
	if len(g.sizes) == 0 || g.last != text {
		number, seen := g.number[text]
		if !seen {
			number = int32(len(g.sizes))
			g.number[text], g.sizes = number, append(g.sizes, 0)
		}
		g.last, g.group = text, number
	}
	g.sizes[g.group]++
	g.of = append(g.of, g.group)
}

// lists returns the members of each group in their order.
func (g *groups) lists(members []*Assignment) map[string][]*Assignment {
	room := make([]*Assignment, len(members))
	lists := make([][]*Assignment, len(g.sizes))
	for i, size := range g.sizes {
		lists[i], room = room[:0:size], room[size:]
	}
	for i, number := range g.of {
		if number != noGroup {
			lists[number] = append(lists[number], members[i])
		}
	}
	byText := make(map[string][]*Assignment, len(lists))
	for text, number := range g.number {
		byText[text] = lists[number]
	}
	return byText
}

// eachElement visits the known elements of a map of references in the order of
// their keys, and sets open when one is not known yet.
func eachElement[T any](elements Value[map[string]Value[*T]], visit func(string, *T), open *bool) {
	known, _ := elements.Get()
	type entry struct {
		beginning uint64 // of the key, behind what all have in common: most are told apart by it
		key       string
		element   *T
	}
	entries := make([]entry, 0, len(known))
	for key, e := range known {
		if element, ok := e.Get(); ok {
			entries = append(entries, entry{key: key, element: element})
		} else if e.IsUnknown() {
			*open = true
		}
	}
	if len(entries) == 0 {
		return
	}
	common := len(entries[0].key)
	for i := 0; i < len(entries); i++ {
		if key := entries[i].key; strings.HasPrefix(key, entries[0].key[:common]) {
			entries[i].beginning = firstBytes(key[common:])
			continue
		}
		common, i = commonPrefix(entries[0].key, entries[i].key), -1 // which soon is that of all
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if order := cmp.Compare(a.beginning, b.beginning); order != 0 {
			return order
		}
		return strings.Compare(a.key, b.key)
	})
	for i := range entries {
		visit(entries[i].key, entries[i].element)
	}
}

// commonPrefix returns how many bytes two texts begin with in common.
func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// firstBytes returns the first bytes of a text as a number that sorts like them. What a
// short text lacks is zero.
func firstBytes(text string) uint64 {
	var number uint64
	for i := range min(len(text), 8) {
		number |= uint64(text[i]) << (56 - 8*i)
	}
	return number
}
