package adopt

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Drift is how a declared and a running hierarchy differ.
type Drift struct {
	Missing    []Element    // declared, and not there
	Unexpected []Element    // there, and not declared
	Different  []Difference // in the order of their paths
}

// Empty reports whether nothing differs.
func (d *Drift) Empty() bool { return len(d.Missing)+len(d.Unexpected)+len(d.Different) == 0 }

// Element is an element that only one of the two hierarchies has.
type Element struct {
	Kind string // site, site_system_server, role_assignment or cloud_management_gateway
	ID   string // such as PS1/mp01.contoso.com/management_point
	Path model.Path
}

// Difference is an attribute that has another value.
type Difference struct {
	Path model.Path // in the declared hierarchy
	// Declared and Live are the values as text, a list with commas; null for none.
	Declared, Live model.Value[string]
}

// Compare says how a running hierarchy differs from the declared one. Elements are found
// by their site codes and names, whatever their keys. It compares only what the running
// hierarchy knows and the declared one sets; an attribute whose null is the product's
// default counts as set. Figures of a plan, such as numbers of clients, are not compared.
func Compare(declared, live *model.Hierarchy) Drift {
	c := &comparison{}
	want, have := arrange(declared), arrange(live)
	c.sites(want, have)
	c.computers(want, have)
	c.gateways(declared, live)
	byID := func(a, b Element) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(c.drift.Missing, byID)
	slices.SortFunc(c.drift.Unexpected, byID)
	texts := make(map[model.Path]string, len(c.drift.Different))
	for _, d := range c.drift.Different {
		texts[d.Path] = d.Path.String()
	}
	slices.SortStableFunc(c.drift.Different, func(a, b Difference) int { return cmp.Compare(texts[a.Path], texts[b.Path]) })
	return c.drift
}

// Kinds of elements.
const (
	kindOfSite       = "site"
	kindOfServer     = "site_system_server"
	kindOfAssignment = "role_assignment"
	kindOfGateway    = "cloud_management_gateway"
)

// arranged is a hierarchy by what identifies its elements.
type arranged struct {
	sites       map[string]placed[model.Site]
	servers     map[string]placed[model.Server]
	assignments map[string]placed[model.Assignment]
	// busy are the servers that have an assigned role.
	busy map[string]bool
	// The maps that may lack elements.
	openSites, openServers, openAssignments bool
}

// placed is an element with its place.
type placed[T any] struct {
	element *T
	path    model.Path
}

// keep keeps an element under what identifies it. Of two with the same identity, which is
// a defect of its own, the first place answers: a map has no order, and a function has to
// answer the same each time.
func keep[T any](all map[string]placed[T], id string, p placed[T]) {
	if other, twice := all[id]; !twice || p.path.String() < other.path.String() {
		all[id] = p
	}
}

func arrange(h *model.Hierarchy) *arranged {
	a := &arranged{openSites: h.Sites.IsUnknown(), openServers: h.Servers.IsUnknown(), openAssignments: h.Assignments.IsUnknown()}
	sites, _ := h.Sites.Get()
	servers, _ := h.Servers.Get()
	assignments, _ := h.Assignments.Get()
	a.sites = make(map[string]placed[model.Site], len(sites))
	a.servers = make(map[string]placed[model.Server], len(servers))
	a.assignments = make(map[string]placed[model.Assignment], len(assignments))
	a.busy = make(map[string]bool, len(servers))
	at := model.At("sites")
	for key, value := range sites {
		s, ok := value.Get()
		code, known := "", false
		if ok {
			code, known = s.NormalizedCode().Get()
		}
		if !known {
			a.openSites = true
			continue
		}
		keep(a.sites, code, placed[model.Site]{s, at.Key(key)})
	}
	at = model.At("site_system_servers")
	for key, value := range servers {
		id, known := "", false
		s, ok := value.Get()
		if ok {
			id, known = serverID(s)
		}
		if !known {
			a.openServers = true
			continue
		}
		keep(a.servers, id, placed[model.Server]{s, at.Key(key)})
	}
	at = model.At("role_assignments")
	referred := map[string]placed[model.Server]{}
	for key, value := range assignments {
		r, ok := value.Get()
		if !ok {
			a.openAssignments = true
			continue
		}
		server := r.DeclaredServer()
		id, known := serverID(server)
		role, knownRole := r.Role.Get()
		if !known || !knownRole {
			a.openAssignments = true
			continue
		}
		here := at.Key(key)
		keep(a.assignments, id+"/"+role, placed[model.Assignment]{r, here})
		a.busy[id] = true
		if _, listed := a.servers[id]; !listed {
			keep(referred, id, placed[model.Server]{server, here.Attr("server")})
		}
	}
	maps.Copy(a.servers, referred)
	return a
}

// serverID is PS1/fqdn.
func serverID(s *model.Server) (string, bool) {
	site, ok := s.Site.Get()
	if !ok {
		return "", false
	}
	code, ok := site.NormalizedCode().Get()
	host, known := s.Host().Get()
	if !ok || !known {
		return "", false
	}
	return code + "/" + host, true
}

// comparison collects what differs.
type comparison struct{ drift Drift }

func (c *comparison) sites(want, have *arranged) {
	for _, code := range slices.Sorted(maps.Keys(want.sites)) {
		declared := want.sites[code]
		live, ok := have.sites[code]
		switch {
		case ok:
			c.site(declared, live.element)
		case !have.openSites:
			c.drift.Missing = append(c.drift.Missing, Element{kindOfSite, code, declared.path})
		}
	}
	for code, live := range have.sites {
		if _, ok := want.sites[code]; !ok && !want.openSites {
			c.drift.Unexpected = append(c.drift.Unexpected, Element{kindOfSite, code, live.path})
		}
	}
}

func (c *comparison) computers(want, have *arranged) {
	for id, declared := range want.assignments {
		live, ok := have.assignments[id]
		switch {
		case ok:
			c.object(declared.path, declared.element, live.element, nil)
		case !have.openAssignments && !(want.broughtBySetup(declared.element) && !have.hasSite(declared.element)):
			c.drift.Missing = append(c.drift.Missing, Element{kindOfAssignment, id, declared.path})
		}
	}
	for id, live := range have.assignments {
		if _, ok := want.assignments[id]; !ok && !want.openAssignments && !have.broughtBySetup(live.element) {
			c.drift.Unexpected = append(c.drift.Unexpected, Element{kindOfAssignment, id, live.path})
		}
	}
	for id, declared := range want.servers {
		live, ok := have.servers[id]
		switch {
		case ok:
			c.object(declared.path, declared.element, live.element, nil)
		case !have.openServers && !want.busy[id] && !have.named(id):
			c.drift.Missing = append(c.drift.Missing, Element{kindOfServer, id, declared.path})
		}
	}
	for id, live := range have.servers {
		if _, ok := want.servers[id]; !ok && !want.openServers && !have.busy[id] && !want.named(id) {
			c.drift.Unexpected = append(c.drift.Unexpected, Element{kindOfServer, id, live.path})
		}
	}
}

// broughtBySetup reports whether a role comes with a secondary site: its management point
// and its distribution point on its site server, which a design need not declare.
func (a *arranged) broughtBySetup(r *model.Assignment) bool {
	role, _ := r.Role.Get()
	if role != "management_point" && role != "distribution_point" {
		return false
	}
	code, _ := r.DeclaredSite().NormalizedCode().Get()
	site := a.sites[code].element
	if site == nil || site.Type != model.Known(product.Secondary) {
		return false
	}
	return site.ServerHost() == r.DeclaredServer().Host()
}

func (a *arranged) hasSite(r *model.Assignment) bool {
	code, _ := r.DeclaredSite().NormalizedCode().Get()
	_, ok := a.sites[code]
	return ok
}

// named reports whether a site itself names a computer: as a site server, database server
// or SMS Provider. Such a computer need not be declared as a server.
func (a *arranged) named(id string) bool {
	_, host, _ := strings.Cut(id, "/")
	for _, placed := range a.sites {
		s := placed.element
		for _, name := range []model.Value[string]{s.ServerHost(), s.PassiveHost(), s.DatabaseHost()} {
			if name == model.Known(host) {
				return true
			}
		}
		providers, _ := s.ProviderHosts().Get()
		for _, name := range providers {
			if text, ok := name.Get(); ok && model.FoldHost(text) == host {
				return true
			}
		}
		db, _ := s.DeclaredDatabase().Get()
		if db == nil {
			continue
		}
		group, _ := db.AvailabilityGroup.Get()
		cluster, _ := db.FailoverCluster.Get()
		var members []model.Value[string]
		if group != nil {
			list, _ := group.Replicas.Get()
			members = append(members, list...)
		}
		if cluster != nil {
			list, _ := cluster.Nodes.Get()
			members = append(members, list...)
		}
		for _, name := range members {
			if text, ok := name.Get(); ok && model.FoldHost(text) == host {
				return true
			}
		}
	}
	return false
}

// site compares a site, whose parent is an element of its own and whose database has
// defaults that follow from the site.
func (c *comparison) site(declared placed[model.Site], live *model.Site) {
	d := declared.element
	if !d.Parent.IsUnknown() && !live.Parent.IsUnknown() {
		a, b := parentOf(d), parentOf(live)
		if a != b {
			c.drift.Different = append(c.drift.Different, Difference{declared.path.Attr("parent"), a, b})
		}
	}
	c.object(declared.path, d, live, siteDefaults(d))
}

func parentOf(s *model.Site) model.Value[string] {
	parent, ok := s.Parent.Get()
	if !ok {
		return model.Null[string]()
	}
	return parent.NormalizedCode()
}

// siteDefaults are what the attributes of a site and its blocks are without a value.
func siteDefaults(s *model.Site) defaults {
	secondary := s.Type == model.Known(product.Secondary)
	code, _ := s.NormalizedCode().Get()
	server, known := s.ServerHost().Get()
	d := defaults{"database.port": "1433", "database.service_broker_port": "4022", "database.name": "CM_" + code}
	if known {
		d["database.server"] = server
		if !secondary {
			d["sms_providers"] = server
		}
	}
	if !secondary { // its setup may install an instance of its own
		d["database.instance"] = model.DefaultInstance
	}
	return d
}

func (c *comparison) gateways(declared, live *model.Hierarchy) {
	want, okWant := declared.Gateways.Get()
	have, okHave := live.Gateways.Get()
	if !okWant && !declared.Gateways.IsNull() || !okHave && !live.Gateways.IsNull() {
		return
	}
	byName := func(gateways map[string]model.Value[*model.Gateway]) (map[string]placed[model.Gateway], bool) {
		named, open := map[string]placed[model.Gateway]{}, false
		for key, value := range gateways {
			g, ok := value.Get()
			if !ok {
				open = true
				continue
			}
			name, ok := g.Name.Get()
			if !ok {
				open = true
				continue
			}
			keep(named, strings.ToLower(strings.TrimSpace(name)), placed[model.Gateway]{g, model.At("cloud_management_gateways").Key(key)})
		}
		return named, open
	}
	wanted, openWant := byName(want)
	running, openHave := byName(have)
	for name, g := range wanted {
		if other, ok := running[name]; ok {
			c.object(g.path, g.element, other.element, nil)
		} else if !openHave {
			c.drift.Missing = append(c.drift.Missing, Element{kindOfGateway, name, g.path})
		}
	}
	for name, g := range running {
		if _, ok := wanted[name]; !ok && !openWant {
			c.drift.Unexpected = append(c.drift.Unexpected, Element{kindOfGateway, name, g.path})
		}
	}
}
