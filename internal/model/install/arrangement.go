package install

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Problem says what a hierarchy lacks for something that is to be derived from it, and
// where it is declared.
type Problem struct {
	Path    model.Path
	Message string // full sentences without the path
}

func (p *Problem) Error() string { return p.Path.String() + ": " + p.Message }

// Problemf returns a [Problem] about a place of the hierarchy.
func Problemf(at model.Path, format string, args ...any) *Problem {
	return &Problem{Path: at, Message: fmt.Sprintf(format, args...)}
}

// Site is a listed site with the computers that work for it.
type Site struct {
	Declared *model.Site
	At       model.Path // of the declaration
	Code     string     // in upper case
	Server   string     // FQDN in lower case
	Tier     product.Tier
	Parent   string  // code of the parent site, empty when there is none
	Hosts    []*Host // in the order of their names
}

// Host is a computer of a site with all that it does there.
type Host struct {
	FQDN                                       string
	At                                         model.Path // a place that names the computer
	SiteServer, Passive, Database, SMSProvider bool
	Roles                                      []*model.Assignment // in the order of their keys
}

// Problem returns the first thing that is missing or wrong for a text about the whole
// hierarchy, nil when there is none. The steps and servers of a plan do without it.
func (d *Design) Problem() error {
	if d.problem == nil {
		return nil
	}
	return d.problem
}

// fail keeps the first problem.
func (d *Design) fail(p *Problem) {
	if p != nil && d.problem == nil {
		d.problem = p
	}
}

// arrange puts the sites in an order in which every parent comes before its children,
// by code among siblings, each with its computers.
func (d *Design) arrange(h *model.Hierarchy) {
	for _, s := range elements(&d.reading, h.Sites) {
		d.list(s)
	}
	for _, s := range d.Sites {
		if parent, ok := s.Declared.Parent.Get(); ok && d.byCode[s.Parent] == nil {
			d.External[s.Parent] = parent
		}
	}
	d.sortSites()
	d.addHosts(h)
}

// list adds a site, unless what every text needs of it is missing.
func (d *Design) list(s *model.Site) {
	at := s.Path()
	siteCode, p := d.needed(at, "site_code", s.Code, "PS1")
	server, q := d.needed(at, "site_server", s.Server, "cm01.contoso.com")
	tier, ok := s.TierOf().Get()
	switch {
	case p != nil:
		d.fail(p)
		return
	case q != nil:
		d.fail(q)
	case !ok:
		d.fail(Problemf(at.Attr("site_type"), "A site needs a site_type, such as %q.", product.Primary))
	}
	listed := &Site{Declared: s, At: at, Code: foldCode(siteCode), Server: model.FoldHost(server), Tier: tier}
	if parent, ok := read(&d.reading, s.Parent); ok {
		siteCode, p := d.needed(at.Attr("parent"), "site_code", parent.Code, "CAS")
		d.fail(p)
		listed.Parent = foldCode(siteCode)
	}
	if first, taken := d.byCode[listed.Code]; taken {
		d.fail(Problemf(at.Attr("site_code"), "The code %q is also that of %s. A code stands for one site of a hierarchy.", listed.Code, first.At))
		return
	}
	d.byCode[listed.Code] = listed
	d.Sites = append(d.Sites, listed)
}

// needed returns a string that no text can do without.
func (d *Design) needed(at model.Path, name string, v model.Value[string], example string) (string, *Problem) {
	s, ok := read(&d.reading, v)
	if ok && strings.TrimSpace(s) != "" {
		return s, nil
	}
	return "", Problemf(at.Attr(name), "The value is needed here, as in %s = %q.", name, example)
}

// Needed returns a string of a declared element that a text cannot do without, or what
// to say about its absence.
func Needed(at model.Path, name string, v model.Value[string], example string) (string, error) {
	s, p := (&Design{}).needed(at, name, v, example)
	if p != nil {
		return "", p
	}
	return s, nil
}

func (d *Design) sortSites() {
	children := map[string][]*Site{}
	var roots []*Site
	for _, s := range d.Sites {
		if d.byCode[s.Parent] == nil {
			roots = append(roots, s)
		} else {
			children[s.Parent] = append(children[s.Parent], s)
		}
	}
	byName := func(a, b *Site) int { return cmp.Compare(a.Code, b.Code) }
	var ordered []*Site
	var visit func(sites []*Site)
	visit = func(sites []*Site) {
		slices.SortFunc(sites, byName)
		ordered = append(ordered, sites...)
		for _, s := range sites {
			visit(children[s.Code])
		}
	}
	visit(roots)
	for _, s := range d.Sites {
		if !slices.Contains(ordered, s) {
			d.fail(Problemf(s.At.Attr("parent"), "The site is its own ancestor: %q is below %q. Break the circle.", s.Code, s.Parent))
			ordered = append(ordered, s)
		}
	}
	d.Sites = ordered
}

func (d *Design) addHosts(h *model.Hierarchy) {
	byName := map[string]*Host{} // by site code and name
	add := func(s *Site, fqdn string, at model.Path) *Host {
		key := s.Code + "/" + fqdn
		if byName[key] == nil {
			byName[key] = &Host{FQDN: fqdn, At: at}
			s.Hosts = append(s.Hosts, byName[key])
		}
		return byName[key]
	}
	for _, s := range d.Sites {
		add(s, s.Server, s.At.Attr("site_server")).SiteServer = true
		if passive, ok := read(&d.reading, s.Declared.PassiveHost()); ok {
			add(s, passive, s.At.Attr("passive_site_server")).Passive = true
		}
		add(s, s.DatabaseServer(), s.At.Attr("database").Attr("server")).Database = true
		for i, provider := range s.Providers() {
			add(s, provider, s.At.Attr("sms_providers").Index(i)).SMSProvider = true
		}
	}
	for _, server := range elements(&d.reading, h.Servers) {
		at := server.Path()
		if s, fqdn := d.placeOf(at, server); s != nil {
			add(s, fqdn, at.Attr("fqdn"))
		}
	}
	for _, a := range elements(&d.reading, h.Assignments) {
		at := a.Path()
		server, ok := read(&d.reading, a.Server)
		if !ok {
			d.fail(Problemf(at.Attr("server"), "A role assignment needs a server, such as configmgr_site_system_server.mp01."))
			continue
		}
		s, fqdn := d.placeOf(at.Attr("server"), server)
		_, p := d.needed(at, "role", a.Role, "management_point")
		d.fail(p)
		if s == nil || p != nil {
			continue
		}
		on := add(s, fqdn, at.Attr("server").Attr("fqdn"))
		on.Roles = append(on.Roles, a)
	}
	for _, s := range d.Sites {
		slices.SortFunc(s.Hosts, func(a, b *Host) int { return cmp.Compare(a.FQDN, b.FQDN) })
		for _, on := range s.Hosts {
			slices.SortStableFunc(on.Roles, func(a, b *model.Assignment) int { return cmp.Compare(RoleOf(a), RoleOf(b)) })
		}
	}
}

// placeOf returns the listed site of a server, and the server's name.
func (d *Design) placeOf(at model.Path, server *model.Server) (*Site, string) {
	fqdn, p := d.needed(at, "fqdn", server.FQDN, "mp01.contoso.com")
	d.fail(p)
	of, ok := read(&d.reading, server.Site)
	if !ok {
		d.fail(Problemf(at.Attr("site"), "A server needs a site, such as configmgr_site.ps1."))
		return nil, ""
	}
	siteCode, q := d.needed(at.Attr("site"), "site_code", of.Code, "PS1")
	d.fail(q)
	if p != nil || q != nil {
		return nil, ""
	}
	s, ok := d.byCode[foldCode(siteCode)]
	if !ok {
		d.fail(Problemf(at.Attr("site").Attr("site_code"), "The map sites lists no site %q. Add the site to sites.", foldCode(siteCode)))
	}
	return s, model.FoldHost(fqdn)
}

// Site returns a listed site by its code, nil when there is none.
func (d *Design) Site(siteCode string) *Site { return d.byCode[foldCode(siteCode)] }

// EachAssignment visits the role assignments in the order of sites, computers and roles.
func (d *Design) EachAssignment(visit func(*Site, *Host, *model.Assignment)) {
	for _, s := range d.Sites {
		for _, on := range s.Hosts {
			for _, a := range on.Roles {
				visit(s, on, a)
			}
		}
	}
}

// RoleOf returns the key of an assigned role, empty when it is not known.
func RoleOf(a *model.Assignment) string {
	key, _ := a.Role.Get()
	return key
}

// Sources are the sources of the pull-distribution point on a computer, the first one to
// ask first.
func (on *Host) Sources() []string {
	var all []string
	for _, a := range on.Roles {
		all = append(all, PullSources(a)...)
	}
	return all
}

// PullSources returns the names of the sources of a pull-distribution point, those with
// the lowest priority first and those without one last.
func PullSources(a *model.Assignment) []string {
	settings, ok := a.DistributionPoint.Get()
	if !ok {
		return nil
	}
	sources, _ := pullSources(&reading{}, settings)
	return hostsOf(sources)
}

// Holds reports whether a computer works for the site.
func (s *Site) Holds(fqdn string) bool {
	return slices.ContainsFunc(s.Hosts, func(on *Host) bool { return on.FQDN == fqdn })
}

// DatabaseServer is the computer, cluster or listener of the site database.
func (s *Site) DatabaseServer() string {
	host, _ := s.Declared.DatabaseHost().Get()
	return host
}

// Providers are the computers with an SMS Provider of the site.
func (s *Site) Providers() []string {
	hosts, _ := texts(&reading{}, s.Declared.ProviderHosts())
	for i := range hosts {
		hosts[i] = model.FoldHost(hosts[i])
	}
	return hosts
}

func foldCode(siteCode string) string { return strings.ToUpper(strings.TrimSpace(siteCode)) }
