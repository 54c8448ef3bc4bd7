package install

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// generated is a random hierarchy that the rules let through, with what the checks of
// its steps need to know about it.
type generated struct {
	tree  object
	sites []*generatedSite
	roles []*generatedRole
	hosts []string

	random   *rand.Rand
	next     int
	expanded *generatedSite // the primary site that gets a central administration site
	gateway  bool
	running  bool // the gateway is there
}

type generatedSite struct {
	object    object
	code      string
	kind      string
	parent    *generatedSite
	server    string
	passive   string
	providers []string
	installed bool
	httpsOnly bool
}

type generatedRole struct {
	site      *generatedSite
	host, key string
	settings  object
	sources   []string
	installed bool
	traffic   bool   // of a cloud management gateway
	account   string // with which the site installs it
}

func (r *generatedRole) id() string { return idOf(r.site.code, r.host, r.key) }

func generate(seed uint64) *generated {
	g := &generated{random: rand.New(rand.NewPCG(seed, 1))}
	switch g.random.IntN(4) {
	case 0:
		g.primary("PS1", nil)
	case 1:
		cas := g.site("CAS", "central_administration", nil, false)
		g.expanded = g.site("PS1", "primary", cas, true)
		g.fill(g.expanded)
	default:
		cas := g.site("CAS", "central_administration", nil, g.chance(4))
		for i := range 1 + g.random.IntN(3) {
			g.primary(fmt.Sprintf("PS%d", i+1), cas)
		}
	}
	g.run()
	g.top()
	g.updates()
	g.tree = object{"sites": object{}, "role_assignments": object{}, "accepted_findings": nil}
	for _, s := range g.sites {
		g.tree["sites"].(object)[s.code] = s.object
	}
	for _, r := range g.roles {
		a := role(r.site.object, r.host, r.key, r.settings, object{"installed": r.installed})
		if r.account != "" {
			a["server"].(object)["installation_account"] = r.account
		}
		g.tree["role_assignments"].(object)[r.id()] = a
	}
	if g.gateway {
		g.tree["cloud_management_gateways"] = object{"cmg": object{
			"name": "contoso-cmg", "site_code": g.sites[0].code, "deployment": "virtual_machine_scale_set", "vm_instances": int64(2), "installed": g.running,
		}}
	}
	return g
}

// run decides whether the gateway is there: with a connection point, and with a management
// point that takes its traffic.
func (g *generated) run() {
	takes := slices.IndexFunc(g.roles, func(r *generatedRole) bool { return r.traffic && r.site.installed })
	for _, r := range g.roles {
		if r.key == gatewayConnection {
			r.installed = r.installed && takes >= 0
			g.running = g.running || r.installed
		}
	}
	if g.running {
		g.roles[takes].installed = true
	}
}

func (g *generated) chance(oneIn int) bool { return g.random.IntN(oneIn) == 0 }

// host returns a new computer.
func (g *generated) host() string {
	g.next++
	host := fmt.Sprintf("h%03d.contoso.com", g.next)
	g.hosts = append(g.hosts, host)
	return host
}

func (g *generated) site(siteCode, kind string, parent *generatedSite, installed bool) *generatedSite {
	s := &generatedSite{code: siteCode, kind: kind, parent: parent, server: g.host(), installed: installed}
	s.object = object{
		"site_code": siteCode, "site_type": kind, "name": "Contoso " + siteCode, "site_server": s.server, "installed": installed,
		"version": "2603", "client_communication": "enhanced_http", "domain": "contoso.com",
	}
	switch {
	case kind == "secondary":
		delete(s.object, "client_communication")
	case kind == "primary" && g.chance(4):
		s.object["client_communication"], s.httpsOnly = "https_only", true
	}
	if kind == "primary" && g.chance(5) {
		s.object["client_ports"] = object{"http": int64(8080), "notification": int64(10124)}
	}
	if kind == "primary" && g.chance(5) {
		s.object["network_access_accounts"] = []any{`contoso\naa-` + siteCode}
	}
	if parent != nil {
		s.object["parent"] = parent.object
	}
	if kind != "secondary" && g.chance(3) {
		s.passive = g.host()
		s.object["passive_site_server"] = s.passive
		s.object["content_library_path"] = `\\files.contoso.com\` + siteCode
		s.object["database"] = object{"server": g.host()}
	}
	if kind != "secondary" && g.chance(3) {
		s.providers = []string{g.host(), g.host()}
		s.object["sms_providers"] = []any{s.providers[0], s.server, s.providers[1]}
	}
	g.sites = append(g.sites, s)
	return s
}

func (g *generated) primary(siteCode string, parent *generatedSite) {
	s := g.site(siteCode, "primary", parent, (parent == nil || parent.installed) && g.chance(4))
	g.fill(s)
}

// fill gives a primary site its roles and its secondary sites.
func (g *generated) fill(s *generatedSite) {
	for range 1 + g.random.IntN(3) {
		mp := g.role(s, g.host(), managementPoint, object{"protocol": "https", "client_connections": "intranet"})
		if g.chance(3) && !mp.installed {
			mp.settings["allow_cmg_traffic"], mp.traffic = true, true
			g.gateway = true
		}
	}
	if s.passive != "" && g.chance(2) {
		r := g.role(s, s.passive, managementPoint, object{"protocol": "https", "client_connections": "intranet", "database_connection_account": `contoso\mp`})
		r.installed = s.installed && s == g.expanded
	}
	sources := g.content(s, 1+g.random.IntN(4), nil)
	for i := range g.random.IntN(3) {
		child := g.site(fmt.Sprintf("%s%d", strings.Replace(s.code, "PS", "S", 1), i), "secondary", s, s.installed && g.chance(3))
		if g.chance(2) {
			g.content(child, 1+g.random.IntN(2), sources)
		}
	}
	for _, key := range []string{"fallback_status_point", stateMigrationPoint, reportingServicesPoint} {
		if g.chance(2) {
			g.role(s, g.host(), key, nil)
		}
	}
	if g.gateway {
		g.role(s, g.host(), gatewayConnection, object{"cloud_management_gateway": "contoso-cmg"})
	}
}

// content adds distribution points, some of which pull from others, and returns the
// names of all.
func (g *generated) content(s *generatedSite, n int, further []string) []string {
	var hosts []string
	protocol := "http"
	if s.httpsOnly || s.parent != nil && s.parent.httpsOnly {
		protocol = "https"
	}
	for range n {
		hosts = append(hosts, g.role(s, g.host(), distributionPoint, object{"protocol": protocol, "minimum_free_space": int64(500)}).host)
	}
	for range g.random.IntN(3) {
		sources := object{}
		pull := g.role(s, g.host(), distributionPoint, object{"protocol": protocol, "pull_sources": sources})
		for i, host := range g.random.Perm(len(hosts))[:1+g.random.IntN(len(hosts))] {
			pull.sources = append(pull.sources, hosts[host])
			sources[hosts[host]] = int64(i + 1)
		}
		hosts = append(hosts, pull.host)
	}
	return append(hosts, further...)
}

// top gives the top-level site the roles that a hierarchy has once.
func (g *generated) top() {
	top := g.sites[0]
	mode := object{"mode": []string{"online", "offline"}[g.random.IntN(2)]}
	if g.gateway {
		mode["mode"] = "online"
	}
	point := g.role(top, g.host(), serviceConnectionPoint, mode)
	point.installed = top.installed && (point.installed || g.running)
	if g.chance(2) {
		g.role(top, g.host(), endpointProtection, nil)
	}
	if g.chance(2) {
		host := g.role(top, g.host(), reportingServicesPoint, nil).host
		if top.passive == "" && g.chance(2) {
			host = top.server // another role of the server is Setup's
		}
		g.role(top, host, dataWarehouse, object{"database_server": g.host(), "account": `contoso\warehouse`})
	}
}

// updates gives every site above the secondary ones a software update point, or none.
func (g *generated) updates() {
	if g.chance(3) {
		return
	}
	for _, s := range g.sites {
		if s.kind != "secondary" || g.chance(2) {
			settings := object{"http_port": int64(8530), "https_port": int64(8531)}
			if s.kind != "secondary" && g.chance(3) {
				settings["wsus_database_server"], settings["wsus_connection_account"] = g.host(), `contoso\wsus`
			}
			g.role(s, g.host(), softwareUpdatePoint, settings)
		}
	}
}

func (g *generated) role(s *generatedSite, host, key string, settings object) *generatedRole {
	for _, r := range g.roles {
		if r.site == s && r.key == key && key == reportingServicesPoint {
			return r
		}
	}
	r := &generatedRole{site: s, host: host, key: key, settings: settings, installed: s.installed && g.chance(2)}
	if key != managementPoint && key != reportingServicesPoint && key != dataWarehouse && host != s.server && host != s.passive && g.chance(6) {
		r.account = `contoso\install`
	}
	g.roles = append(g.roles, r)
	return r
}

// at returns the roles of a kind at a site that are to be added.
func (g *generated) at(s *generatedSite, key string, pull bool) []*generatedRole {
	var list []*generatedRole
	for _, r := range g.roles {
		if r.site == s && r.key == key && !r.installed && (len(r.sources) > 0) == pull {
			list = append(list, r)
		}
	}
	return list
}

// TestGenerated_IsValid keeps the generator honest: what it makes is what the rules let
// through, of every shape that the steps are about.
func TestGenerated_IsValid(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(designs) {
		g := generate(seed)
		report := rules.Catalog().Evaluate(model.ForHierarchy(decodeHierarchy(t, g.tree), true), rule.Options{Environment: rule.Lab})
		for _, f := range report.Findings {
			if f.Severity == rule.SeverityError {
				t.Errorf("seed %d: %s: %s", seed, f.Summary(), f.Found)
			}
		}
		if g.expanded != nil {
			seen["expansion"]++
		}
		for _, s := range g.sites {
			seen[s.kind]++
			if s.passive != "" {
				seen["passive"]++
			}
			if s.installed {
				seen["installed"]++
			}
		}
		for _, r := range g.roles {
			seen[r.key]++
			if len(r.sources) > 0 {
				seen[pullDistributionPoint]++
			}
			if r.traffic {
				seen["traffic"]++
			}
		}
	}
	for _, shape := range []string{
		"expansion", "central_administration", "primary", "secondary", "passive", "installed", managementPoint, distributionPoint,
		pullDistributionPoint, softwareUpdatePoint, reportingServicesPoint, dataWarehouse, serviceConnectionPoint, gatewayConnection,
		endpointProtection, stateMigrationPoint, fallbackStatusPoint, "traffic",
	} {
		if seen[shape] < 20 {
			t.Errorf("only %d of %s in %d hierarchies", seen[shape], shape, designs)
		}
	}
}

// designs is how many random hierarchies the tests look at.
const designs = 300
