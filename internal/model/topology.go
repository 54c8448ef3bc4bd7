package model

import (
	"cmp"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Topology is what one check looks at: the elements under check, what they refer
// to, and, when the check is that of a hierarchy, everything in it.
//
// Build one with [ForSite], [ForServer], [ForAssignment] or [ForHierarchy]. The
// elements belong to the topology from then on.
type Topology struct {
	Sites       []*Site
	Servers     []*Server
	Assignments []*Assignment
	Hierarchy   *Hierarchy // nil unless the topology is that of a hierarchy

	// Prior is the topology that the prior state describes, nil when there is none.
	Prior *Topology

	Index *Index

	fullNames FullNames // the names of computers that the design also names without their DNS suffix
	// allNames are the same where no element is named so, but an attribute names one; nil
	// for what is no hierarchy.
	allNames func() FullNames
}

// ForSite returns the topology that a site resource sees: itself and its parents.
func ForSite(s *Site) *Topology {
	t := &Topology{}
	s.kind = KindSite
	t.addSite(s, Path{}, false)
	return t
}

// ForServer returns the topology that a server resource sees: itself and its site.
func ForServer(s *Server) *Topology {
	t := &Topology{}
	t.addServer(s, Path{}, false)
	return t
}

// ForAssignment returns the topology that a role assignment sees: itself, its
// server and the server's site.
func ForAssignment(a *Assignment) *Topology {
	t := &Topology{}
	a.standIn(false)
	t.addAssignment(a, Path{}, false, func(s *Server) bool { return !s.ID.IsNull() })
	return t
}

// ForHierarchy returns the topology of a whole hierarchy. An element with an id was
// checked by its own resource; checkAll has the hierarchy report about those too.
func ForHierarchy(h *Hierarchy, checkAll bool) *Topology {
	t, short := forHierarchy(h, checkAll, nil)
	if short {
		t, _ = forHierarchy(h, checkAll, fullNames(h))
	}
	return t
}

// ReportedAtHierarchy is what an element says (attribute report_at) that leaves the report
// to its hierarchy.
const ReportedAtHierarchy = "hierarchy"

// reported reports whether an element was judged by its own resource: it has an id, and
// its provider configuration does not leave the report to the hierarchy. Another one
// than that of the hierarchy may say so.
func reported(id, reportAt Value[string]) bool {
	return !id.IsNull() && reportAt != Known(ReportedAtHierarchy)
}

// The maps of a hierarchy, and references.
var (
	atParent      = At("parent")
	atSite        = At("site")
	atSites       = At("sites")
	atServers     = At("site_system_servers")
	atAssignments = At("role_assignments")
)

func (t *Topology) addSite(s *Site, at Path, checked bool) {
	s.Parent = s.declaredParent.or(s.Parent)
	s.Element = Element{kind: KindSite, path: at, checked: checked}
	t.Sites = append(t.Sites, s)
	// A listed site stands for itself: in a hierarchy its parent is looked up. One that
	// has its place already is a listed one.
	if parent, ok := s.Parent.Get(); ok && t.Hierarchy == nil {
		t.addSite(parent, at.Attr("parent"), checked || !parent.ID.IsNull())
	} else if ok && parent.kind == 0 {
		parent.Element = Element{kind: KindSite, path: at.Attr("parent"), checked: true}
	}
}

func (t *Topology) addServer(s *Server, at Path, checked bool) {
	s.restore()
	s.readSite()
	s.Element = Element{kind: KindServer, path: at, checked: checked}
	t.Servers = append(t.Servers, s)
	if site, ok := s.Site.Get(); ok && t.Hierarchy == nil {
		t.addSite(site, at.Attr("site"), checked || !site.ID.IsNull())
	} else if ok && site.kind == 0 {
		site.Element = Element{kind: KindSite, path: at.Attr("site"), checked: true}
	}
}

// addAssignment adds a role assignment with its server; known reports whether
// another resource or place answers for the server.
func (t *Topology) addAssignment(a *Assignment, at Path, checked bool, known func(*Server) bool) {
	t.place(a, at, checked)
	if server, ok := a.Server.Get(); ok {
		again := known(server)
		t.addServer(server, at.Attr("server"), checked || again || server.standIn)
	}
}

// place adds a role assignment without its server.
func (t *Topology) place(a *Assignment, at Path, checked bool) {
	a.Element = Element{kind: KindAssignment, path: at, checked: checked}
	t.Assignments = append(t.Assignments, a)
}

// Index is what rules about siblings look things up in. It exists in the topology
// of a hierarchy only.
type Index struct {
	// open says that some element is not known yet: what is counted is a lower
	// bound, and nothing can be said to be missing.
	Open bool
	// sitesOpen says that a site, or the code of one, is not known yet.
	SitesOpen bool

	Sites     map[string]*Site         // by site code; of equal codes the first
	Roots     []*Site                  // sites whose parent is null
	External  []string                 // codes of parents that are not listed
	Children  map[string][]*Site       // by the parent's site code
	BySite    map[string][]*Assignment // by site code
	ByRole    map[string][]*Assignment // by role key
	computers *computers               // by normalized host name
	unlisted  []*Assignment            // whose site the hierarchy does not list
	unusual   []*Assignment            // whose role, computer or site is not known, or whose computer is named in an unusual way

	sharedHosts []string // computers with several roles, sorted

	Contradictions []Contradiction // between places that describe the same computer or site

	serverless []*Assignment // whose server the hierarchy does not list, and that carry none
	// topOpen says that it is not known yet which sites have no listed parent.
	topOpen bool

	expected map[string]*ClientCounts // by site code: what required_roles are for

	// Found when first asked for.
	residents func() *Residents
	pulling   func() []*Assignment
	named     func() map[string]bool // the computers that sites and the hierarchy name
}

// computer is what the topology says about one host. It is small, because there is one for
// nearly every server.
type computer struct {
	server  *Server        // as the first place has it that names the host, with what the others add
	host    string         // normalized
	first   [1]*Assignment // the first role, nil for none
	more    *more          // nil for nearly all
	unusual bool           // it is named otherwise than by a plain name with its DNS suffix
	filled  bool           // the first place left out something that another one states
}

// more is what the topology says about a host beyond one place and one role.
type more struct {
	servers []*Server     // the other places that state more than the first, or otherwise
	roles   []*Assignment // all of them, nil while there is one
}

// others returns the other places that state more than the first one, or otherwise.
func (c *computer) others() []*Server {
	if c.more == nil {
		return nil
	}
	return c.more.servers
}

// roles returns the roles on the computer, in the order of the topology.
func (c *computer) roles() []*Assignment {
	switch {
	case c.more != nil && c.more.roles != nil:
		return c.more.roles
	case c.first[0] != nil:
		return c.first[:]
	default:
		return nil
	}
}

// addOther adds a place that states more than the first one, or otherwise.
func (c *computer) addOther(s *Server) {
	if c.more == nil {
		c.more = &more{}
	}
	c.more.servers = append(c.more.servers, s)
}

// addRole adds a role.
func (c *computer) addRole(a *Assignment) {
	if c.first[0] == nil {
		c.first[0] = a
		return
	}
	if c.more == nil {
		c.more = &more{}
	}
	c.more.roles = append(c.roles(), a)
}

// IsPartial reports whether sites above those of the hierarchy are not listed, or may
// turn out not to be: what is looked for may be there.
func (x *Index) IsPartial() bool { return len(x.External) > 0 || x.topOpen }

// Server returns the server of a normalized host name, nil when there is none.
func (x *Index) Server(host string) *Server {
	if on := x.computers.find(host); on != nil {
		return on.server
	}
	return nil
}

// ServerOf returns the server of a role assignment as the first place has it that names
// the computer, nil while its name is not known.
func (x *Index) ServerOf(a *Assignment) *Server {
	if on := a.DeclaredServer().on; on != nil {
		return on.server
	}
	return nil
}

// RolesOn returns the role assignments on a normalized host name.
func (x *Index) RolesOn(host string) []*Assignment {
	if on := x.computers.find(host); on != nil {
		return on.roles()
	}
	return nil
}

// isShort reports whether a computer is named without its DNS suffix.
func isShort(v Value[string]) bool {
	name, ok := v.Get()
	return ok && !strings.Contains(trimHost(name), ".")
}

// namesShort reports whether a site names one of its computers so.
func namesShort(s *Site) bool {
	return isShort(s.Server) || isShort(s.PassiveServer) || slices.ContainsFunc(First(s.Providers.Get()), isShort)
}

// FullNames are the fully qualified names of computers by their first label; of one that
// two computers have, the name is empty.
type FullNames map[string]string

// Add adds a normalized host name, unless it is a short one.
func (n FullNames) Add(host string) {
	label, _, qualified := strings.Cut(host, ".")
	if !qualified {
		return
	}
	if other, twice := n[label]; twice && other != host {
		host = ""
	}
	n[label] = host
}

func (n FullNames) add(v Value[string]) {
	if name, ok := v.Get(); ok {
		n.Add(BareHost(name))
	}
}

func (n FullNames) addSite(s *Site) {
	n.add(s.Server)
	n.add(s.PassiveServer)
	for _, provider := range First(s.Providers.Get()) {
		n.add(provider)
	}
}

// fullNames returns the fully qualified names of the computers of a hierarchy by their
// first label.
func fullNames(h *Hierarchy) FullNames {
	n := FullNames{}
	for _, e := range First(h.Sites.Get()) {
		if s, ok := e.Get(); ok {
			n.addSite(s)
		}
	}
	for _, e := range First(h.Servers.Get()) {
		if s, ok := e.Get(); ok {
			n.add(s.FQDN)
		}
	}
	for _, e := range First(h.Assignments.Get()) {
		if a, ok := e.Get(); ok {
			n.add(a.DeclaredServer().FQDN)
		}
	}
	return n
}

// fullNameOf returns the fully qualified name of the computer that a short name means,
// empty where the design does not tell or the name is not short.
func (t *Topology) fullNameOf(name Value[string]) string {
	host, ok := name.Get()
	if !ok || t.fullNames == nil {
		return ""
	}
	if host = BareHost(host); strings.Contains(host, ".") {
		return ""
	}
	return t.fullNames[host]
}

func (t *Topology) readNames() FullNames {
	n := FullNames{}
	for _, s := range t.Sites {
		n.addSite(s)
	}
	for _, s := range t.Servers {
		n.add(s.FQDN)
	}
	return n
}

// FullName returns the name of the computer that a text names, with the DNS suffix where
// the design has it elsewhere.
func (t *Topology) FullName(name Value[string]) Value[string] {
	typed, ok := name.Get()
	if !ok {
		return name
	}
	host := BareHost(typed)
	if strings.Contains(host, ".") {
		return Known(host)
	}
	names := t.fullNames
	if names == nil && t.allNames != nil {
		names = t.allNames()
	}
	return Known(cmp.Or(names[host], host))
}

// Unlisted returns the role assignments whose server belongs to a site that the
// hierarchy does not list, in the order of their keys.
func (t *Topology) Unlisted() []*Assignment {
	if t.Index == nil {
		return nil
	}
	return t.Index.unlisted
}

// TopLevelSiteCode returns the code of the hierarchy's top-level site: of the only
// site without a parent, or of the only parent that is not listed. It is unknown
// while elements are not known, and null when there is no such site or more than one.
func (t *Topology) TopLevelSiteCode() Value[string] {
	x := t.Index
	switch {
	case x.topOpen:
		return Unknown[string]()
	case len(x.Roots) == 1 && len(x.External) == 0:
		return x.Roots[0].NormalizedCode()
	case len(x.Roots) == 0 && len(x.External) == 1:
		return Known(x.External[0])
	}
	return Null[string]()
}

// RolesAt returns the assignments of a role at a site, in a stable order.
func (x *Index) RolesAt(site *Site, role string) []*Assignment {
	code, ok := site.NormalizedCode().Get()
	if !ok {
		return nil
	}
	var found []*Assignment
	for _, a := range x.BySite[code] {
		if key, _ := a.Role.Get(); key == role {
			found = append(found, a)
		}
	}
	return found
}

// SharedHosts returns the names of the computers that carry several assigned roles,
// sorted.
func (x *Index) SharedHosts() []string { return x.sharedHosts }

// PullPoints returns the distribution points that pull their content, and those that may
// turn out to, in the order of the topology.
func (x *Index) PullPoints() []*Assignment { return x.pulling() }

func (x *Index) findPullPoints() []*Assignment {
	var found []*Assignment
	for _, a := range x.ByRole[product.RoleDistributionPoint] {
		if d, ok := a.DeclaredDistributionPoint().Get(); !ok || !d.PullSources.IsNull() {
			found = append(found, a)
		}
	}
	return found
}

// SortedSites returns the sites in the order of their codes.
func SortedSites(sites []*Site) []*Site {
	return slices.SortedStableFunc(slices.Values(sites), func(a, b *Site) int {
		x, _ := a.NormalizedCode().Get()
		y, _ := b.NormalizedCode().Get()
		if order := cmp.Compare(x, y); order != 0 {
			return order
		}
		return cmp.Compare(a.path.String(), b.path.String())
	})
}

// PriorSite returns the prior state of a site that is judged here, nil when there is
// none or when the site is only referred to. A hierarchy does not know where else an
// element was: what compares an element with its prior state is decided by the element.
func (t *Topology) PriorSite(s *Site) *Site {
	if t.Prior == nil || t.Hierarchy != nil || s.checked {
		return nil
	}
	for _, prior := range t.Prior.Sites {
		if prior.path.String() == s.path.String() {
			if !s.path.IsRoot() && prior.NormalizedCode() != s.NormalizedCode() {
				return nil // the reference is to another site
			}
			return prior
		}
	}
	return nil
}

// PriorServer is PriorSite for a server.
func (t *Topology) PriorServer(s *Server) *Server {
	if t.Prior == nil || t.Hierarchy != nil || s.checked {
		return nil
	}
	for _, prior := range t.Prior.Servers {
		if prior.path.String() == s.path.String() {
			if !s.path.IsRoot() && prior.Key() != s.Key() {
				return nil // the reference is to another server
			}
			return prior
		}
	}
	return nil
}

// PriorAssignment is PriorSite for a role assignment.
func (t *Topology) PriorAssignment(a *Assignment) *Assignment {
	if t.Prior == nil || t.Hierarchy != nil || a.checked {
		return nil
	}
	for _, prior := range t.Prior.Assignments {
		if prior.path.String() == a.path.String() {
			return prior
		}
	}
	return nil
}

// SiteBefore returns what the prior state says about a site: that of its own resource,
// or what the design of the hierarchy recorded. It is nil when there is none.
func (t *Topology) SiteBefore(s *Site) *Site {
	if t.Prior == nil || t.Hierarchy == nil {
		return t.PriorSite(s)
	}
	code, _ := s.NormalizedCode().Get()
	return t.Prior.Index.Sites[code]
}

// Installed reports whether a declared thing exists in the product: only what does
// can be changed, moved or lost.
func Installed(v Value[bool]) bool {
	is, _ := v.Get()
	return is
}

// ClientsBelow adds up what the primary sites below a central administration site
// expect of a population, and says whether all their numbers are known.
func (x *Index) ClientsBelow(code string, number func(*Site) Value[int64]) (total int64, complete bool) {
	complete = !x.Open
	for _, primary := range x.Children[code] {
		own, ok := number(x.Counted(primary)).Get()
		complete = complete && ok
		var below int64
		if primaryCode, ok := primary.NormalizedCode().Get(); ok {
			below = x.ClientsOfSecondaries(primaryCode, number)
		}
		// The clients of a secondary site are clients of its primary site: the larger
		// number counts.
		total += max(own, below)
	}
	return total, complete
}

// ClientsOfSecondaries adds up what the secondary sites of a primary site expect of a
// population, as far as they say.
func (x *Index) ClientsOfSecondaries(code string, number func(*Site) Value[int64]) (total int64) {
	for _, s := range x.Children[code] {
		n, _ := number(x.Counted(s)).Get()
		total += n
	}
	return total
}

// Count returns the number of assignments of a role at a site.
func (x *Index) Count(code, role string) int64 {
	var n int64
	for _, a := range x.BySite[code] {
		if key, _ := a.Role.Get(); key == role {
			n++
		}
	}
	return n
}
