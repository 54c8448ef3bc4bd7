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
// there by then. No element of it is ever judged: what is judged is a copy, because an
// element belongs to the topology that it is put into.
type replay struct {
	design   *Design // with what the steps lead to
	sites    map[string]*model.Site
	servers  map[string]*model.Server // by site code and name
	roles    map[string]*model.Assignment
	gateways map[string]model.Value[*model.Gateway]
	accounts map[string]bool
	settled  map[string]bool // sites whose communication is set, where it is to be
	members  map[string]bool // of boundary groups: site code, name and site system
	alone    map[*model.Server]*model.Server
}

func newReplay(d *Design) *replay {
	r := &replay{
		design: d, sites: map[string]*model.Site{}, servers: map[string]*model.Server{}, roles: map[string]*model.Assignment{},
		gateways: map[string]model.Value[*model.Gateway]{}, accounts: map[string]bool{}, settled: map[string]bool{}, alone: map[*model.Server]*model.Server{}, members: map[string]bool{},
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

// unlinked returns an element as it was declared, without what a topology made of it and
// without one of its references.
func unlinked[T any](element *T, reference string) *T {
	tree := model.Encode(element)
	delete(tree, reference)
	bare := new(T)
	model.Decode(bare, tree)
	return bare
}

// addSite adds a site as its setup leaves it, or as it is where it is installed. The
// passive site server comes with a step of its own even then.
func (r *replay) addSite(s *Site, installed bool) {
	site := unlinked(s.Declared, "parent")
	site.PassiveServer = model.Null[string]()
	if parent := r.sites[s.Parent]; parent != nil {
		site.Parent = model.Known(parent)
	} else if parent, ok := s.Declared.Parent.Get(); ok && !installed { // an expansion brings that of an installed one
		site.Parent = model.Known(parent)
	}
	if first, ok := firstProvider(site).Get(); ok && s.Tier != product.TierSecondary {
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
	r.sites[s.Code] = site
	for _, a := range r.design.assigned {
		if a.own && !a.brought && a.code == s.Code {
			r.addRole(a, true)
			if d, ok := a.DistributionPoint.Get(); ok && !installed {
				standard := *d
				standard.PullSources = model.Null[map[string]model.Value[int64]]() // a step makes it one that pulls
				r.roles[idOf(a.code, a.host, a.role)].DistributionPoint = model.Known(&standard)
			}
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

// system returns a server as it is put into the map of a hierarchy: with the code of its
// site, which is another one on the way than at the end.
func (r *replay) system(server *model.Server, siteCode string) *model.Server {
	if r.alone[server] == nil {
		r.alone[server] = unlinked(server, "site")
	}
	on := *r.alone[server]
	on.Site = model.Known(&model.Site{Code: model.Known(siteCode)})
	return &on
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
	role.Server = model.Known(r.system(a.DeclaredServer(), a.code))
	r.roles[idOf(a.code, a.host, a.role)] = &role
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
	if r.sites[step.SiteCode] == nil && slices.Contains(onSites, step.Action) {
		return false, "there is no such site by then"
	}
	switch step.Action {
	case DoSetup, DoNewSecondarySite:
		r.addSite(r.design.Site(step.SiteCode), false)
		if child := r.design.expandedBy(declared); child != nil {
			r.sites[code(child)].Parent = model.Known(r.sites[step.SiteCode])
		}
	case DoAddAccount:
		for _, account := range accountsIn(step.Command, step.SiteCode) {
			r.accounts[account.SiteCode+"/"+account.key()] = true
		}
		return false, ""
	case DoCommunication:
		r.sites[step.SiteCode].Communication = declared.Communication
		r.settled[step.SiteCode] = true
	case DoClientPorts:
		r.sites[step.SiteCode].ClientPorts = declared.ClientPorts
	case DoAccessAccounts:
		r.sites[step.SiteCode].AccessAccounts = declared.AccessAccounts
	case DoUpdateSite:
		r.sites[step.SiteCode].Version = declared.Version
	case DoAddSiteSystem:
		listed := r.design.servers[step.Server]
		if listed == nil {
			listed = &model.Server{FQDN: model.Known(step.Server)}
		}
		r.servers[step.SiteCode+"/"+step.Server] = r.system(listed, step.SiteCode)
	case DoDisableGateway:
		r.addRole(r.assigned(step), false)
	case DoPromote:
		s := r.sites[step.SiteCode]
		providers, _ := s.ProviderHosts().Get() // the other one has one as well
		s.Providers = model.Known(append(slices.Clone(providers), declared.Server))
		s.Server, s.PassiveServer = declared.Server, s.Server
	case DoChangeDatabase:
		r.sites[step.SiteCode].Database = declared.Database
	case DoChangeSiteSystem:
		r.servers[step.SiteCode+"/"+step.Server] = r.system(r.design.servers[step.Server], step.SiteCode)
	case DoChangeRole:
		before := r.roles[idOf(step.SiteCode, step.Server, step.Role)]
		r.addRole(r.assigned(step), before != nil && opensGateway(&reading{}, &assigned{Assignment: before, role: step.Role}))
	case DoAddRole:
		if !r.settled[step.SiteCode] {
			return false, "it is not set yet how clients talk to the site"
		}
		if !r.isSystem(step.SiteCode, step.Server) {
			return false, "its computer is not a site system by then"
		}
		r.addRole(r.assigned(step), step.Command != nil && slices.ContainsFunc(step.Command.Parameters, letsGatewayIn))
	case DoEnableGateway:
		r.addRole(r.assigned(step), true)
	case DoCreateGateway:
		for _, g := range r.design.gateways {
			if idOf(gateway, gatewayName(g)) == step.ID {
				r.gateways[gatewayName(g)] = model.Known(g)
			}
		}
	case DoBoundaryGroups:
		r.group(step, "AddSiteSystemServerName", true)
		return false, ""
	case DoRemove:
		r.remove(step)
	case DoAddProvider:
		s := r.sites[step.SiteCode]
		list, _ := s.ProviderHosts().Get()
		s.Providers = model.Known(append(slices.Clone(list), model.Known(step.Server)))
	case DoMoveLibrary:
		r.sites[step.SiteCode].ContentLibraryPath = declared.ContentLibraryPath
	case DoAddPassive:
		for id := range r.roles {
			if strings.HasPrefix(id, step.SiteCode+"/"+step.Server+"/") {
				return false, "its computer has a role by then, " + id
			}
		}
		r.sites[step.SiteCode].PassiveServer = declared.PassiveServer
	default:
		return false, ""
	}
	return true, ""
}

// isSystem reports whether a computer is a site system of a site.
func (r *replay) isSystem(siteCode, host string) bool {
	if server, ok := r.sites[siteCode].ServerHost().Get(); host == "" || ok && server == host || r.servers[siteCode+"/"+host] != nil {
		return true
	}
	for id := range r.roles {
		if strings.HasPrefix(id, idOf(siteCode, host)+"/") {
			return true
		}
	}
	return false
}

// group puts site systems into a boundary group, or takes them out of it.
func (r *replay) group(step Step, parameter string, in bool) {
	if step.Command == nil {
		return // by hand
	}
	hosts, _ := step.Command.Parameters[1].Value.([]string)
	if step.Command.Parameters[1].Name != parameter {
		panic(step.ID + " has no " + parameter)
	}
	for _, host := range hosts {
		r.members[idOf(step.SiteCode, step.Command.Parameters[0].Text(), host)] = in
	}
}

func (r *replay) remove(step Step) {
	switch {
	case step.Role == BoundaryGroup:
		r.group(step, "RemoveSiteSystemServerName", false)
		return
	case step.Role == gateway && step.Command != nil:
		delete(r.gateways, strings.ToLower(step.Command.Parameters[0].Text()))
	case step.Role == gateway:
		clear(r.gateways)
	case step.Role == passiveSiteServer:
		if s := r.sites[step.SiteCode]; s != nil {
			s.PassiveServer = model.Null[string]()
		}
	case step.Role == siteSystem:
		delete(r.servers, step.SiteCode+"/"+step.Server)
		return
	case step.Role == smsProvider:
		s := r.sites[step.SiteCode]
		hosts, _ := s.ProviderHosts().Get()
		s.Providers = model.Known(slices.DeleteFunc(slices.Clone(hosts), func(v model.Value[string]) bool { return model.Folded(v, model.FoldHost) == model.Known(step.Server) }))
		return
	case step.Role == "":
		delete(r.sites, step.SiteCode)
		for _, s := range r.sites {
			if parent, ok := s.Parent.Get(); ok && code(parent) == step.SiteCode {
				s.Parent = model.Null[*model.Site]()
			}
		}
		maps.DeleteFunc(r.roles, func(id string, _ *model.Assignment) bool { return strings.HasPrefix(id, step.SiteCode+"/") })
		maps.DeleteFunc(r.servers, func(id string, _ *model.Server) bool { return strings.HasPrefix(id, step.SiteCode+"/") })
		maps.DeleteFunc(r.members, func(id string, _ bool) bool { return strings.HasPrefix(id, step.SiteCode+"/") })
		return
	}
	maps.DeleteFunc(r.roles, func(_ string, a *model.Assignment) bool {
		host, _ := a.DeclaredServer().Host().Get()
		return RoleOf(a) == step.Role && code(a.DeclaredSite()) == step.SiteCode && (step.Command == nil || host == step.Server)
	})
	// A server without a role that clients find is in no boundary group.
	maps.DeleteFunc(r.members, func(id string, _ bool) bool {
		system := idOf(step.SiteCode, step.Server)
		return strings.HasPrefix(id, step.SiteCode+"/") && strings.HasSuffix(id, "/"+step.Server) && r.roles[idOf(system, managementPoint)] == nil && r.roles[idOf(system, distributionPoint)] == nil
	})
}

// errors are the findings that refuse the hierarchy as it is.
func (r *replay) errors() []rule.Finding {
	sites := make(map[string]*model.Site, len(r.sites))
	listed := make(map[string]model.Value[*model.Site], len(sites))
	for siteCode, s := range r.sites {
		own := *s
		sites[siteCode], listed[siteCode] = &own, model.Known(&own)
	}
	// What refers to a site refers to the one that is judged.
	in := func(siteCode model.Value[string], kind model.Value[product.SiteType]) model.Value[*model.Site] {
		text, _ := siteCode.Get()
		if s := sites[text]; s != nil {
			return model.Known(s)
		}
		return model.Known(&model.Site{Code: siteCode, Type: kind})
	}
	for _, s := range sites {
		if parent, ok := s.Parent.Get(); ok {
			s.Parent = in(parent.Code, parent.Type)
		}
	}
	on := func(server *model.Server) model.Value[*model.Server] {
		own := *server
		site, _ := server.Site.Get()
		own.Site = in(site.Code, site.Type)
		return model.Known(&own)
	}
	servers := make(map[string]model.Value[*model.Server], len(r.servers))
	for key, server := range r.servers {
		servers[key] = on(server)
	}
	roles := make(map[string]model.Value[*model.Assignment], len(r.roles))
	for key, a := range r.roles {
		own := *a
		own.Server = on(a.DeclaredServer())
		roles[key] = model.Known(&own)
	}
	h := &model.Hierarchy{Sites: model.Known(listed), Servers: model.Known(servers), Assignments: model.Known(roles), Gateways: model.Known(maps.Clone(r.gateways))}
	report := rules.Catalog().Evaluate(model.ForHierarchy(h, true), rule.Options{})
	return slices.DeleteFunc(report.Findings, func(f rule.Finding) bool { return f.Severity != rule.SeverityError })
}

// excuse lets a rule pass between two steps that no supported order brings nearer to each
// other: it says what is still missing, and no order has everything at once.
type excuse struct {
	rule     string
	about    string // what the finding has to name
	from, to int    // the states after the first of these steps, and before the second
}

// excuses are those of a list of steps.
func excuses(d *Design, steps []Step) []excuse {
	var list []excuse
	// first returns the first of some steps that is one, or else the last of them.
	first := func(from, to int, is func(Step) bool) int {
		for from < to && !is(steps[from]) {
			from++
		}
		return from
	}
	// last returns the last one before a step, or else the step.
	last := func(before int, is func(Step) bool) int {
		for i := before - 1; i >= 0; i-- {
			if is(steps[i]) {
				return i
			}
		}
		return before
	}
	if d.from != nil {
		list = append(list, gatewayExcuses(d, steps)...)
	}
	for i, step := range steps {
		name := strings.TrimPrefix(step.ID, gateway+"/")
		switch {
		case step.Action == DoCreateGateway:
			// Its connection points name a gateway that is there, and roles let its traffic in
			// after them: product.CMGSetup creates the gateway, adds the connection point and
			// then configures the roles that face clients (2020-06-10).
			list = append(list,
				excuse{"ROLE-CARD-CMGCP-MIN", name, i, first(i, len(steps), func(s Step) bool { return s.Action == DoAddRole && s.Role == gatewayConnection })},
				excuse{"CMG-MP", "", i, first(i, len(steps), func(s Step) bool { return s.Action == DoEnableGateway && s.Role == managementPoint })},
			)
		case step.Action == DoRemove && step.Role == gateway:
			// The same the other way around: no role takes traffic that no connection point
			// brings, and no connection point is without its gateway.
			list = append(list,
				excuse{"ROLE-CARD-CMGCP-MIN", "", last(i, func(s Step) bool { return s.Action == DoRemove && s.Role == gatewayConnection }), i},
				excuse{"CMG-MP", "", last(i, func(s Step) bool {
					return (s.Action == DoDisableGateway || s.Action == DoRemove) && s.Role == managementPoint
				}), i},
			)
		case step.Action == DoSetup && d.expandsWith(step.SiteCode):
			// Only the roles of a top-level site leave the primary site, and all others stay
			// (Prerequisites for installing sites, "Top-level site roles", 2019-07-31): they are
			// there before the central administration site has its own.
			list = append(list, excuse{"SUP-PARENT-FIRST", step.SiteCode, i, first(i, len(steps), func(s Step) bool {
				return s.Action == DoAddRole && s.Role == softwareUpdatePoint && s.SiteCode == step.SiteCode
			})})
		}
	}
	return list
}

// exchange is what goes and what comes in a list of steps.
type exchange struct {
	going, coming []int
	forced        bool // all that comes waits for all that goes: computers or sites change places
}

// exchangesOf returns a function that tells what steps exchange.
func exchangesOf(steps []Step) func(goes, comes func(Step) bool) exchange {
	requires := make([]map[int]bool, len(steps)) // also through others
	place := map[string]int{}
	for i, step := range steps {
		place[step.ID], requires[i] = i, map[int]bool{}
		for _, id := range step.Requires {
			requires[i][place[id]] = true
			maps.Copy(requires[i], requires[place[id]])
		}
	}
	return func(goes, comes func(Step) bool) exchange {
		x := exchange{forced: true}
		for i, step := range steps {
			if goes(step) {
				x.going = append(x.going, i)
			} else if comes(step) {
				x.coming = append(x.coming, i)
			}
		}
		for _, i := range x.coming {
			x.forced = x.forced && !slices.ContainsFunc(x.going, func(j int) bool { return !requires[i][j] })
		}
		return x
	}
}

// gatewayExcuses are those of a gateway that stays while what it needs moves.
func gatewayExcuses(d *Design, steps []Step) []excuse {
	exchanged := exchangesOf(steps)
	var list []excuse
	let := func(rule string, x exchange) {
		if x.forced && len(x.going) > 0 && len(x.coming) > 0 {
			list = append(list, excuse{rule, "", slices.Max(x.going), slices.Min(x.coming)})
		}
	}
	let("ROLE-CARD-CMGCP-MIN", exchanged(
		func(s Step) bool { return s.Action == DoRemove && s.Role == gatewayConnection },
		func(s Step) bool { return s.Action == DoAddRole && s.Role == gatewayConnection }))
	let("CMG-MP", exchanged(
		func(s Step) bool {
			if s.Action == DoRemove && s.Role == managementPoint {
				was := d.from.roleAt(s.SiteCode, s.Server, s.Role)
				return was != nil && opensGateway(&reading{}, was)
			}
			return s.Action == DoDisableGateway && s.Role == managementPoint
		},
		func(s Step) bool {
			return s.Role == managementPoint && (s.Action == DoEnableGateway || s.Action == DoAddRole && slices.ContainsFunc(s.Command.Parameters, letsGatewayIn))
		}))
	return list
}

// expandsWith reports whether the setup of a site puts it above one that is there.
func (d *Design) expandsWith(siteCode string) bool { return d.expandedBy(d.sites[siteCode]) != nil }

// excused reports whether a finding after a step is one that no order avoids.
func excused(list []excuse, f *rule.Finding, step int) bool {
	return slices.ContainsFunc(list, func(e excuse) bool {
		return e.rule == f.Rule.ID && e.from <= step && step < e.to && strings.Contains(f.Fact+f.Found, e.about)
	})
}

// problemsOnTheWay does all steps and returns what is wrong on the way, and what is left
// of it at the end.
func problemsOnTheWay(d *Design, count *atomic.Int64) []string {
	r := newReplay(d)
	var problems []string
	seen := map[string]bool{}
	found := r.errors()
	for _, f := range found {
		seen[f.Summary()] = true // of what is installed already
	}
	steps := d.newGraph().steps() // the computers of a plan take longer than its steps
	excusable := excuses(d, steps)
	for i, step := range steps {
		count.Add(1)
		changed, wrong := r.do(step)
		if wrong != "" {
			problems = append(problems, step.ID+": "+wrong)
		}
		if !changed {
			continue
		}
		found = r.errors()
		for _, f := range found {
			if text := f.Summary(); !seen[text] && !excused(excusable, &f, i) {
				seen[text] = true
				problems = append(problems, "after "+step.ID+": "+text+" "+f.Found)
			}
		}
	}
	for _, f := range found {
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
