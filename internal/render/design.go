package render

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Error says what cannot be rendered, and where it is declared.
type Error struct {
	Path    model.Path
	Message string // full sentences without the path
}

func (e *Error) Error() string { return e.Path.String() + ": " + e.Message }

// cannot returns an Error about a place of the hierarchy.
func cannot(at model.Path, format string, args ...any) error {
	return &Error{Path: at, Message: fmt.Sprintf(format, args...)}
}

// design is a hierarchy as the texts describe it: sites from the top down, each with
// its computers.
type design struct {
	sites []*site
	// external are parents that the hierarchy does not list, by their codes.
	external map[string]*model.Site
}

// site is a site with the computers that work for it.
type site struct {
	*model.Site
	at     model.Path
	code   string // in upper case
	server string // FQDN in lower case
	tier   product.Tier
	parent string // code of the parent site, empty when there is none
	hosts  []*host
}

// host is a computer of a site with all that it does there.
type host struct {
	fqdn                                       string
	at                                         model.Path // a place that names the computer
	siteServer, passive, database, smsProvider bool
	roles                                      []*model.Assignment // in the order of their keys
}

// newDesign arranges a hierarchy. A value that is needed and missing is an error.
func newDesign(h *model.Hierarchy) (*design, error) {
	model.ForHierarchy(h, false) // joins the role assignments with their servers
	d := &design{external: map[string]*model.Site{}}
	byCode := map[string]*site{}
	declared, _ := h.Sites.Get()
	for _, key := range slices.Sorted(maps.Keys(declared)) {
		s, ok := declared[key].Get()
		if !ok {
			continue
		}
		listed, err := newSite(model.At("sites").Key(key), s)
		if err != nil {
			return nil, err
		}
		if first, taken := byCode[listed.code]; taken {
			return nil, cannot(listed.at.Attr("site_code"), "The code %q is also that of %s. A code stands for one site of a hierarchy.", listed.code, first.at)
		}
		byCode[listed.code] = listed
		d.sites = append(d.sites, listed)
	}
	for _, s := range d.sites {
		if parent, ok := s.Parent.Get(); ok && byCode[s.parent] == nil {
			d.external[s.parent] = parent
		}
	}
	if err := d.sort(byCode); err != nil {
		return nil, err
	}
	if err := d.addHosts(h, byCode); err != nil {
		return nil, err
	}
	return d, nil
}

func newSite(at model.Path, s *model.Site) (*site, error) {
	code, err := needed(at, "site_code", s.Code, "PS1")
	if err != nil {
		return nil, err
	}
	server, err := needed(at, "site_server", s.Server, "cm01.contoso.com")
	if err != nil {
		return nil, err
	}
	tier, ok := s.TierOf().Get()
	if !ok {
		return nil, cannot(at.Attr("site_type"), "A site needs a site_type, such as %q.", product.Primary)
	}
	listed := &site{Site: s, at: at, code: foldCode(code), server: foldHost(server), tier: tier}
	if parent, ok := s.Parent.Get(); ok {
		code, err := needed(at.Attr("parent"), "site_code", parent.Code, "CAS")
		if err != nil {
			return nil, err
		}
		listed.parent = foldCode(code)
	}
	return listed, nil
}

// needed returns a string that no text can do without.
func needed(at model.Path, name string, v model.Value[string], example string) (string, error) {
	if s, ok := v.Get(); ok && strings.TrimSpace(s) != "" {
		return s, nil
	}
	return "", cannot(at.Attr(name), "The value is needed here, as in %s = %q.", name, example)
}

// sort puts the sites in an order in which every parent comes before its children,
// by code among siblings.
func (d *design) sort(byCode map[string]*site) error {
	children := map[string][]*site{}
	var roots []*site
	for _, s := range d.sites {
		if byCode[s.parent] == nil {
			roots = append(roots, s)
		} else {
			children[s.parent] = append(children[s.parent], s)
		}
	}
	byName := func(a, b *site) int { return cmp.Compare(a.code, b.code) }
	var ordered []*site
	var visit func(sites []*site)
	visit = func(sites []*site) {
		slices.SortFunc(sites, byName)
		ordered = append(ordered, sites...)
		for _, s := range sites {
			visit(children[s.code])
		}
	}
	visit(roots)
	for _, s := range d.sites {
		if !slices.Contains(ordered, s) {
			return cannot(s.at.Attr("parent"), "The site is its own ancestor: %q is below %q. Break the circle.", s.code, s.parent)
		}
	}
	d.sites = ordered
	return nil
}

func (d *design) addHosts(h *model.Hierarchy, byCode map[string]*site) error {
	byName := map[string]*host{} // by site code and name
	add := func(s *site, fqdn string, at model.Path) *host {
		key := s.code + "/" + fqdn
		if byName[key] == nil {
			byName[key] = &host{fqdn: fqdn, at: at}
			s.hosts = append(s.hosts, byName[key])
		}
		return byName[key]
	}
	for _, s := range d.sites {
		add(s, s.server, s.at.Attr("site_server")).siteServer = true
		if passive, ok := s.PassiveServer.Get(); ok {
			add(s, foldHost(passive), s.at.Attr("passive_site_server")).passive = true
		}
		add(s, s.databaseServer(), s.at.Attr("database").Attr("server")).database = true
		for i, provider := range s.providers() {
			add(s, provider, s.at.Attr("sms_providers").Index(i)).smsProvider = true
		}
	}
	servers, _ := h.Servers.Get()
	for _, key := range slices.Sorted(maps.Keys(servers)) {
		if server, ok := servers[key].Get(); ok {
			at := model.At("site_system_servers").Key(key)
			s, fqdn, err := placeOf(at, server, byCode)
			if err != nil {
				return err
			}
			add(s, fqdn, at.Attr("fqdn"))
		}
	}
	assignments, _ := h.Assignments.Get()
	for _, key := range slices.Sorted(maps.Keys(assignments)) {
		a, ok := assignments[key].Get()
		if !ok {
			continue
		}
		at := model.At("role_assignments").Key(key)
		server, ok := a.Server.Get()
		if !ok {
			return cannot(at.Attr("server"), "A role assignment needs a server, such as configmgr_site_system_server.mp01.")
		}
		s, fqdn, err := placeOf(at.Attr("server"), server, byCode)
		if err != nil {
			return err
		}
		if _, err := needed(at, "role", a.Role, "management_point"); err != nil {
			return err
		}
		on := add(s, fqdn, at.Attr("server").Attr("fqdn"))
		on.roles = append(on.roles, a)
	}
	for _, s := range d.sites {
		slices.SortFunc(s.hosts, func(a, b *host) int { return cmp.Compare(a.fqdn, b.fqdn) })
		for _, on := range s.hosts {
			slices.SortStableFunc(on.roles, func(a, b *model.Assignment) int { return cmp.Compare(roleOf(a), roleOf(b)) })
		}
	}
	return nil
}

// placeOf returns the listed site of a server, and the server's name.
func placeOf(at model.Path, server *model.Server, byCode map[string]*site) (*site, string, error) {
	fqdn, err := needed(at, "fqdn", server.FQDN, "mp01.contoso.com")
	if err != nil {
		return nil, "", err
	}
	of, ok := server.Site.Get()
	if !ok {
		return nil, "", cannot(at.Attr("site"), "A server needs a site, such as configmgr_site.ps1.")
	}
	code, err := needed(at.Attr("site"), "site_code", of.Code, "PS1")
	if err != nil {
		return nil, "", err
	}
	s, ok := byCode[foldCode(code)]
	if !ok {
		return nil, "", cannot(at.Attr("site").Attr("site_code"), "The map sites lists no site %q. Add the site to sites.", foldCode(code))
	}
	return s, foldHost(fqdn), nil
}

// eachAssignment visits the role assignments in the order of sites, computers and roles.
func (d *design) eachAssignment(visit func(*site, *host, *model.Assignment)) {
	for _, s := range d.sites {
		for _, on := range s.hosts {
			for _, a := range on.roles {
				visit(s, on, a)
			}
		}
	}
}

func roleOf(a *model.Assignment) string {
	key, _ := a.Role.Get()
	return key
}

// sources are the sources of the pull-distribution point on a computer.
func (on *host) sources() []string {
	var all []string
	for _, a := range on.roles {
		all = append(all, pullSources(a)...)
	}
	return all
}

// holds reports whether a computer works for the site.
func (s *site) holds(fqdn string) bool {
	return slices.ContainsFunc(s.hosts, func(on *host) bool { return on.fqdn == fqdn })
}

// databaseServer is the computer, cluster or listener of the site database.
func (s *site) databaseServer() string {
	if db, ok := s.Database.Get(); ok {
		if server, ok := db.Server.Get(); ok {
			return foldHost(server)
		}
	}
	return s.server
}

// providers are the computers with an SMS Provider of the site.
func (s *site) providers() []string {
	declared, ok := s.Providers.Get()
	switch {
	case ok:
		var hosts []string
		for _, v := range declared {
			if host, ok := v.Get(); ok {
				hosts = append(hosts, foldHost(host))
			}
		}
		return hosts
	case s.tier == product.TierSecondary:
		return nil
	default:
		return []string{s.server}
	}
}

// pullSources returns the names of the sources of a pull-distribution point, those with
// the lowest priority first and those without one last.
func pullSources(a *model.Assignment) []string {
	dp, ok := a.DistributionPoint.Get()
	if !ok {
		return nil
	}
	declared, _ := dp.PullSources.Get()
	priority := func(source string) int64 {
		if p, ok := declared[source].Get(); ok {
			return p
		}
		return math.MaxInt64
	}
	sources := slices.SortedFunc(maps.Keys(declared), func(a, b string) int {
		return cmp.Or(cmp.Compare(priority(a), priority(b)), cmp.Compare(a, b))
	})
	for i := range sources {
		sources[i] = foldHost(sources[i])
	}
	return sources
}

func foldCode(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

func foldHost(fqdn string) string {
	return strings.ToLower(strings.TrimSuffix(strings.TrimSpace(fqdn), "."))
}
