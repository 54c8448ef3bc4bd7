package install

import (
	"cmp"
	"flag"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

var replayed = flag.Int("replay", 0, "how many random designs to replay against the rules, a share of the others by default")

// replay does the steps of a plan one after the other, on a hierarchy that holds what is
// there by then.
type replay struct {
	design   *Design // with what the steps lead to
	sites    map[string]model.Value[*model.Site]
	servers  map[string]model.Value[*model.Server]
	roles    map[string]model.Value[*model.Assignment]
	gateways map[string]model.Value[*model.Gateway]
	accounts map[string]bool
	settled  map[string]bool // sites whose communication is set, where it is to be
}

func newReplay(d *Design) *replay {
	r := &replay{
		design: d, sites: map[string]model.Value[*model.Site]{}, servers: map[string]model.Value[*model.Server]{},
		roles: map[string]model.Value[*model.Assignment]{}, gateways: map[string]model.Value[*model.Gateway]{}, accounts: map[string]bool{}, settled: map[string]bool{},
	}
	for _, s := range d.Sites {
		if d.is(s.Declared.Installed) {
			r.addSite(s, true)
		}
	}
	for _, a := range d.assigned {
		if a.installed && !a.brought {
			r.addRole(a, true)
		}
	}
	for _, g := range d.gateways {
		if d.is(g.Installed) {
			r.gateways[gatewayName(g)] = model.Known(g)
		}
	}
	return r
}

// addSite adds a site as its setup leaves it, or as it is where it is installed. The
// passive site server comes with a step of its own even then.
func (r *replay) addSite(s *Site, installed bool) {
	site := *s.Declared
	site.PassiveServer = model.Null[string]()
	if parent, ok := r.sites[s.Parent]; ok {
		site.Parent = parent
	} else if installed {
		site.Parent = model.Null[*model.Site]() // which an expansion brings
	}
	if first, ok := firstProvider(&site).Get(); ok && s.Tier != product.TierSecondary {
		site.Providers = model.Known([]model.Value[string]{model.Known(first)})
	}
	if !installed {
		site.ContentLibraryPath, site.Communication = model.Null[string](), model.Null[string]()
		site.ClientPorts, site.AccessAccounts = model.Null[*model.ClientPorts](), model.Null[[]model.Value[string]]()
		if r.design.needsUpdateOf(s) {
			site.Version = model.Known(baselineBefore(s.Declared).String())
		}
	}
	r.settled[s.Code] = installed || s.Declared.Communication.IsNull()
	r.sites[s.Code] = model.Known(&site)
	for _, a := range r.design.assigned {
		if a.own && !a.brought && a.code == s.Code {
			r.addRole(a, true)
		}
	}
}

func (d *Design) needsUpdateOf(s *Site) bool { return (&graph{Design: d}).needsUpdate(s.Declared) }

// baselineBefore is the newest version with media up to that of a site.
func baselineBefore(s *model.Site) product.Version {
	version, _ := s.EffectiveVersion(product.DefaultVersion).Get()
	for _, release := range slices.Backward(product.Releases()) {
		if release.Baseline && release.Version <= version {
			return release.Version
		}
	}
	return version
}

func (r *replay) site(siteCode string) *model.Site {
	s, _ := r.sites[siteCode].Get()
	return s
}

// addRole adds a role, without the traffic of a gateway until that is let in.
func (r *replay) addRole(a *assigned, traffic bool) {
	role := *a.Assignment
	if !traffic {
		if m, ok := role.ManagementPoint.Get(); ok {
			closed := *m
			closed.AllowCMGTraffic = model.Known(false)
			role.ManagementPoint = model.Known(&closed)
		}
		if s, ok := role.SoftwareUpdatePoint.Get(); ok {
			closed := *s
			closed.AllowCMGTraffic = model.Known(false)
			role.SoftwareUpdatePoint = model.Known(&closed)
		}
	}
	r.roles[idOf(a.code, a.host, a.role)] = model.Known(&role)
}

func (r *replay) assigned(step Step) *assigned {
	for _, a := range r.design.assigned {
		if a.code == step.SiteCode && a.host == step.Server && a.role == step.Role {
			return a
		}
	}
	return nil
}

// onSites are the actions that change a site which is there.
var onSites = []string{
	DoPromote, DoChangeDatabase, DoCommunication, DoClientPorts, DoAccessAccounts, DoUpdateSite, DoAddRole, DoChangeRole, DoAddProvider, DoMoveLibrary, DoAddPassive,
	DoAddSiteSystem,
}

// do does a step, and reports whether the hierarchy is another one then, or what is
// wrong about doing it.
func (r *replay) do(step Step) (changed bool, wrong string) {
	for _, account := range accountsIn(step.Command, r.design.registrar(step.SiteCode)) {
		if step.Action != DoAddAccount && !r.accounts[account.SiteCode+"/"+account.key()] {
			return false, "the account " + account.key() + " is not known to site " + account.SiteCode
		}
	}
	declared := r.design.sites[step.SiteCode]
	if r.site(step.SiteCode) == nil && slices.Contains(onSites, step.Action) {
		return false, "there is no such site by then"
	}
	switch step.Action {
	case DoSetup, DoNewSecondarySite:
		r.addSite(r.design.Site(step.SiteCode), false)
		if child := r.design.expandedBy(declared); child != nil {
			r.site(code(child)).Parent = r.sites[step.SiteCode]
		}
	case DoAddAccount:
		for _, account := range accountsIn(step.Command, step.SiteCode) {
			r.accounts[account.SiteCode+"/"+account.key()] = true
		}
		return false, ""
	case DoCommunication:
		r.site(step.SiteCode).Communication = declared.Communication
		r.settled[step.SiteCode] = true
	case DoClientPorts:
		r.site(step.SiteCode).ClientPorts = declared.ClientPorts
	case DoAccessAccounts:
		r.site(step.SiteCode).AccessAccounts = declared.AccessAccounts
	case DoUpdateSite:
		r.site(step.SiteCode).Version = declared.Version
	case DoAddSiteSystem:
		server := model.Server{FQDN: model.Known(step.Server), Site: r.sites[step.SiteCode]}
		if listed := r.design.servers[step.Server]; listed != nil {
			server = *listed
		}
		r.servers[step.SiteCode+"/"+step.Server] = model.Known(&server)
	case DoDisableGateway:
		r.addRole(r.assigned(step), false)
	case DoPromote:
		s := r.site(step.SiteCode)
		providers, _ := s.ProviderHosts().Get() // the other one has one as well
		s.Providers = model.Known(append(slices.Clone(providers), declared.Server))
		s.Server, s.PassiveServer = declared.Server, s.Server
	case DoChangeDatabase:
		r.site(step.SiteCode).Database = declared.Database
	case DoChangeSiteSystem:
		r.servers[step.SiteCode+"/"+step.Server] = model.Known(r.design.servers[step.Server])
	case DoChangeRole:
		before, _ := r.roles[idOf(step.SiteCode, step.Server, step.Role)].Get()
		r.addRole(r.assigned(step), before != nil && opensGateway(&reading{}, &assigned{Assignment: before, role: step.Role}))
	case DoAddRole:
		if !r.settled[step.SiteCode] {
			return false, "it is not set yet how clients talk to the site"
		}
		r.addRole(r.assigned(step), false)
	case DoEnableGateway:
		r.addRole(r.assigned(step), true)
	case DoCreateGateway:
		for _, g := range r.design.gateways {
			if idOf(gateway, gatewayName(g)) == step.ID {
				r.gateways[gatewayName(g)] = model.Known(g)
			}
		}
	case DoRemove:
		r.remove(step)
	case DoAddProvider:
		s := r.site(step.SiteCode)
		list, _ := s.ProviderHosts().Get()
		s.Providers = model.Known(append(slices.Clone(list), model.Known(step.Server)))
	case DoMoveLibrary:
		r.site(step.SiteCode).ContentLibraryPath = declared.ContentLibraryPath
	case DoAddPassive:
		for id := range r.roles {
			if strings.HasPrefix(id, step.SiteCode+"/"+step.Server+"/") {
				return false, "its computer has a role by then, " + id
			}
		}
		r.site(step.SiteCode).PassiveServer = declared.PassiveServer
	default:
		return false, ""
	}
	return true, ""
}

func (r *replay) remove(step Step) {
	switch {
	case step.Role == gateway && step.Command != nil:
		delete(r.gateways, strings.ToLower(step.Command.Parameters[0].Text()))
	case step.Role == gateway:
		clear(r.gateways)
	case step.Role == passiveSiteServer:
		if s := r.site(step.SiteCode); s != nil {
			s.PassiveServer = model.Null[string]()
		}
	case step.Role == siteSystem:
		delete(r.servers, step.SiteCode+"/"+step.Server)
		return
	case step.Role == smsProvider:
		s := r.site(step.SiteCode)
		hosts, _ := s.ProviderHosts().Get()
		s.Providers = model.Known(slices.DeleteFunc(slices.Clone(hosts), func(v model.Value[string]) bool { return model.Folded(v, model.FoldHost) == model.Known(step.Server) }))
		return
	case step.Role == "":
		delete(r.sites, step.SiteCode)
		for _, v := range r.sites {
			s, _ := v.Get()
			if parent, ok := s.Parent.Get(); ok && code(parent) == step.SiteCode {
				s.Parent = model.Null[*model.Site]()
			}
		}
		maps.DeleteFunc(r.roles, func(id string, _ model.Value[*model.Assignment]) bool {
			return strings.HasPrefix(id, step.SiteCode+"/")
		})
		maps.DeleteFunc(r.servers, func(id string, _ model.Value[*model.Server]) bool { return strings.HasPrefix(id, step.SiteCode+"/") })
		return
	}
	maps.DeleteFunc(r.roles, func(_ string, v model.Value[*model.Assignment]) bool {
		a, _ := v.Get()
		host, _ := a.DeclaredServer().Host().Get()
		return RoleOf(a) == step.Role && code(a.DeclaredSite()) == step.SiteCode && (step.Command == nil || host == step.Server)
	})
}

// errors are the findings that refuse the hierarchy as it is.
func (r *replay) errors() []rule.Finding {
	// A server names its site and does not describe it: the site is another one on the way
	// than at the end.
	bare := func(server *model.Server, siteCode model.Value[string]) *model.Server {
		tree := model.Encode(server)
		text, _ := siteCode.Get()
		tree["site"] = map[string]any{"site_code": text}
		alone := new(model.Server)
		model.Decode(alone, tree)
		return alone
	}
	sites := map[string]model.Value[*model.Site]{}
	for key, v := range r.sites {
		if s, ok := v.Get(); ok {
			tree := model.Encode(s)
			if parent, ok := s.Parent.Get(); ok {
				siteCode, _ := parent.Code.Get()
				kind, _ := parent.Type.Get()
				tree["parent"] = map[string]any{"site_code": siteCode, "site_type": string(kind)}
			}
			alone := new(model.Site)
			model.Decode(alone, tree)
			sites[key] = model.Known(alone)
		}
	}
	servers, roles := map[string]model.Value[*model.Server]{}, map[string]model.Value[*model.Assignment]{}
	for key, v := range r.servers {
		if s, ok := v.Get(); ok {
			site, _ := s.Site.Get()
			servers[key] = model.Known(bare(s, site.Code))
		}
	}
	for key, v := range r.roles {
		if a, ok := v.Get(); ok {
			role := *a
			role.Server = model.Known(bare(a.DeclaredServer(), a.DeclaredSite().Code))
			roles[key] = model.Known(&role)
		}
	}
	h := &model.Hierarchy{Sites: model.Known(sites), Servers: model.Known(servers), Assignments: model.Known(roles), Gateways: model.Known(r.gateways)}
	report := rules.Catalog().Evaluate(model.ForHierarchy(h, true), rule.Options{})
	return slices.DeleteFunc(report.Findings, func(f rule.Finding) bool { return f.Severity != rule.SeverityError })
}

// incomplete are rules that say what is still missing: no order has everything at once.
var incomplete = map[string]string{
	"ROLE-CARD-CMGCP-MIN": "a gateway comes before its connection points",
	"CMG-MP":              "a gateway and its connection points come before the traffic",
	"REF-PULL-SOURCE":     "a distribution point that is installed may be declared to pull from one that is not yet; TestSteps_KeepTheOrder has the order of the others",
	"SUP-PARENT-FIRST":    "an expansion puts a site without roles above one that has them",
}

// problemsOnTheWay does all steps and returns what is wrong on the way, and what is left
// of it at the end.
func problemsOnTheWay(d *Design, count *atomic.Int64) []string {
	r := newReplay(d)
	var problems []string
	seen := map[string]bool{}
	for _, f := range r.errors() {
		seen[f.Summary()] = true // of what is installed already
	}
	for _, step := range d.newGraph().steps() { // the computers of a plan take longer than its steps
		count.Add(1)
		changed, wrong := r.do(step)
		if wrong != "" {
			problems = append(problems, step.ID+": "+wrong)
		}
		if !changed {
			continue
		}
		for _, f := range r.errors() {
			if text := f.Summary(); !seen[text] && incomplete[f.Rule.ID] == "" {
				seen[text] = true
				problems = append(problems, "after "+step.ID+": "+text+" "+f.Found)
			}
		}
	}
	for _, f := range r.errors() {
		problems = append(problems, "at the end: "+f.Summary()+" "+f.Found)
	}
	return problems
}

// TestSteps_NoStateOnTheWayIsRefused replays the steps of random designs: what the rules
// refuse is no state that an installation may pass through. go test -replay 10000 looks
// at more of them.
func TestSteps_NoStateOnTheWayIsRefused(t *testing.T) {
	count := cmp.Or(*replayed, modeltest.Samples(designs))
	var next atomic.Int64
	var steps atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				seed := next.Add(1) - 1
				if seed >= int64(count) {
					return
				}
				g := generate(uint64(seed))
				d := Read(decodeHierarchy(t, g.tree))
				if problems := problemsOnTheWay(d, &steps); len(problems) > 0 {
					t.Errorf("seed %d:\n%s\nthe hierarchy: %s", seed, strings.Join(problems, "\n"), asJSON(g.tree))
				}
			}
		})
	}
	wait.Wait()
	t.Logf("%d designs with %d steps", count, steps.Load())
}
