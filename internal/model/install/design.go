package install

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Design is a hierarchy as everything that automation is given is derived from it: every
// list in it is sorted, whatever the order of the input was. It is read once; [Design.Plan]
// and [Design.Setup] and the texts of package render look at the same reading.
type Design struct {
	reading
	Sites []*Site // of the listed ones, from the top down
	// External are parents that the hierarchy does not list, by their codes.
	External map[string]*model.Site

	byCode  map[string]*Site
	problem *Problem
	plan    *Plan

	codes            []string // of the listed sites
	sites            map[string]*model.Site
	assigned         []*assigned
	servers          map[string]*model.Server // by host name, of the listed and of the assigned ones
	gateways         []*model.Gateway
	distributedViews []string
	sources          map[string][]string // the pull-distribution points of a host they pull from
	features         []string            // what the hierarchy is to do
	byRole           map[string][]*assigned
	hosts            map[string]*Server
	connections      []Connection
	accounts         map[string]bool // that are registered where the hierarchy runs
	from             *Design         // what the plan begins with, nil for nothing
}

// assigned is a role assignment with what its steps are named after.
type assigned struct {
	*model.Assignment
	site      *model.Site
	code      string // of the site
	host      string
	role      string
	installed bool
	// own says that the server is a secondary site server, and that the setup of the
	// site brings the role.
	own bool
	// brought says that the setup brings it although the design does not declare it.
	brought bool
}

// Read reads a hierarchy, whose elements belong to the design from then on.
func Read(h *model.Hierarchy) *Design {
	model.ForHierarchy(h, false) // links the elements
	d := &Design{
		External: map[string]*model.Site{}, byCode: map[string]*Site{},
		sites: map[string]*model.Site{}, byRole: map[string][]*assigned{}, servers: map[string]*model.Server{},
	}
	d.arrange(h)
	for siteCode, s := range d.byCode {
		d.sites[siteCode] = s.Declared
		d.codes = append(d.codes, siteCode)
	}
	slices.Sort(d.codes)
	for _, s := range elements(&d.reading, h.Servers) {
		d.addServer(s)
	}
	for _, a := range elements(&d.reading, h.Assignments) {
		d.assign(a)
	}
	// Of equal assignments, which no valid design has, the first one stays.
	slices.SortStableFunc(d.assigned, compareAssigned)
	d.assigned = slices.CompactFunc(d.assigned, func(a, b *assigned) bool {
		return a.code == b.code && a.host == b.host && a.role == b.role
	})
	d.bring()
	for _, a := range d.assigned {
		key := idOf(a.code, a.role)
		d.byRole[key] = append(d.byRole[key], a)
	}
	d.features, _ = texts(&d.reading, h.Features)
	d.gateways = elements(&d.reading, h.Gateways)
	slices.SortStableFunc(d.gateways, func(a, b *model.Gateway) int { return strings.Compare(gatewayName(a), gatewayName(b)) })
	views, _ := texts(&d.reading, h.DistributedViews)
	for _, siteCode := range views {
		d.distributedViews = append(d.distributedViews, strings.ToUpper(strings.TrimSpace(siteCode)))
	}
	return d
}

// bring adds the roles that the setup of a secondary site puts on its site server, where
// the design does not declare them.
func (d *Design) bring() {
	var brought []*assigned
	for _, siteCode := range d.codes {
		s := d.sites[siteCode]
		host, ok := read(&d.reading, s.ServerHost())
		if !ok || !d.isSecondary(s) {
			continue
		}
		for _, role := range []string{distributionPoint, managementPoint} {
			if slices.ContainsFunc(d.assigned, func(a *assigned) bool { return a.code == siteCode && a.role == role && a.own }) {
				continue
			}
			server := d.servers[host]
			if server == nil {
				server = &model.Server{FQDN: model.Known(host), Site: model.Known(s)}
			}
			brought = append(brought, &assigned{
				Assignment: &model.Assignment{Server: model.Known(server), Role: model.Known(role)},
				site:       s, code: siteCode, host: host, role: role, installed: d.is(s.Installed), own: true, brought: true,
			})
		}
	}
	d.assigned = append(d.assigned, brought...)
	slices.SortStableFunc(d.assigned, compareAssigned)
}

func compareAssigned(a, b *assigned) int {
	return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.host, b.host), cmp.Compare(a.role, b.role))
}

// elements returns the known elements of a map in the order of their keys.
func elements[T any](r *reading, m model.Value[map[string]model.Value[*T]]) []*T {
	known, _ := read(r, m)
	list := make([]*T, 0, len(known))
	for _, key := range slices.Sorted(maps.Keys(known)) {
		if e, ok := read(r, known[key]); ok {
			list = append(list, e)
		}
	}
	return list
}

func (d *Design) addServer(s *model.Server) (string, bool) {
	host, ok := read(&d.reading, s.Host())
	if ok && d.servers[host] == nil {
		d.servers[host] = s
	}
	return host, ok
}

func (d *Design) assign(a *model.Assignment) {
	role, okRole := read(&d.reading, a.Role)
	server, okServer := read(&d.reading, a.Server)
	if !okServer {
		return
	}
	host, okHost := d.addServer(server)
	site, okSite := read(&d.reading, server.Site)
	if !okRole || !okHost || !okSite {
		return
	}
	siteCode, ok := read(&d.reading, site.NormalizedCode())
	if !ok {
		return
	}
	is := d.is(a.Installed)
	own, _ := read(&d.reading, comesWithSite(a))
	d.assigned = append(d.assigned, &assigned{
		Assignment: a, site: site, code: siteCode, host: host, role: role, installed: is,
		own: own && (role == managementPoint || role == distributionPoint),
	})
}

func (d *Design) is(v model.Value[bool]) bool { return orDefault(&d.reading, v, false) }

// siteOf returns a listed site by its code, nil when there is none.
func (d *Design) siteOf(siteCode string) *model.Site {
	return d.sites[strings.ToUpper(strings.TrimSpace(siteCode))]
}

// parentOf returns the listed parent of a site, nil when there is none.
func (d *Design) parentOf(s *model.Site) *model.Site {
	parent, ok := read(&d.reading, s.Parent)
	if !ok {
		return nil
	}
	return d.sites[code(parent)]
}

// expandedBy returns the installed primary site above which a central administration
// site is installed, nil when a hierarchy is not expanded. A valid one has one such site.
func (d *Design) expandedBy(s *model.Site) *model.Site {
	if siteType, _ := read(&d.reading, s.Type); siteType != product.CentralAdministration || d.is(s.Installed) {
		return nil
	}
	for _, siteCode := range d.codes {
		child := d.sites[siteCode]
		if childType, _ := read(&d.reading, child.Type); childType == product.Primary && d.is(child.Installed) && d.parentOf(child) == s {
			return child
		}
	}
	return nil
}

// rolesAt returns the assignments of a role at a site.
func (d *Design) rolesAt(siteCode, role string) []*assigned {
	return d.byRole[idOf(siteCode, role)]
}

// cloudConnector adds the service connection point of the top-level site, which Setup
// installs where it is to be online. Without one it installs none.
func (d *Design) cloudConnector(b *setup, s *model.Site) {
	for _, a := range d.rolesAt(code(s), serviceConnectionPoint) {
		if orDefault(&b.reading, block(&b.reading, a.ServiceConnectionPoint).Mode, "") != model.ModeOnline {
			continue
		}
		b.add(sectionCloud, "CloudConnector", "1")
		b.add(sectionCloud, "CloudConnectorServer", a.host)
		proxy, ok := read(&b.reading, a.DeclaredServer().Proxy)
		b.add(sectionCloud, "UseProxy", bit(ok))
		if ok {
			b.required(sectionCloud, "ProxyName", proxy.Server, Placeholder{Name: "ProxyName", Purpose: "the name of the proxy server"})
			port := orDefault(&b.reading, proxy.Port, model.DefaultProxyPort)
			b.add(sectionCloud, "ProxyPort", strconv.FormatInt(port, 10))
		}
		return
	}
	b.add(sectionCloud, "CloudConnector", "0")
}

// code returns the site code in upper case, empty when it is not known.
func code(s *model.Site) string {
	siteCode, _ := s.NormalizedCode().Get()
	return siteCode
}

func gatewayName(g *model.Gateway) string {
	name, _ := g.Name.Get()
	return strings.ToLower(name)
}

func quotedList(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = strconv.Quote(name)
	}
	return strings.Join(quoted, ", ")
}
