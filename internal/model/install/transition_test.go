package install

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

var (
	transitions     = flag.Int("transitions", 100, "how many random pairs of designs to lead from one to the other")
	firstTransition = flag.Int64("first-transition", 0, "the number of the first pair")
)

// pair is a hierarchy that runs and a design for it: another random one, or what runs
// with roles taken away or added, so that much stays.
func pair(seed uint64) (before, after object) {
	random := rand.New(rand.NewPCG(seed, 7))
	whole := running(generate(seed).tree)
	switch random.IntN(4) {
	case 0:
		before, after = whole, running(generate(seed+1000000).tree)
	case 1:
		before, after = fewer(random, whole), running(generate(seed).tree)
	case 2:
		before, after = whole, fewer(random, running(generate(seed).tree))
	default:
		before, after = fewer(random, whole), moved(random, fewer(random, running(generate(seed).tree)))
	}
	return grouped(random, before), grouped(random, after)
}

// grouped puts site systems into boundary groups, with some of which nothing is said.
func grouped(random *rand.Rand, tree object) object {
	roles := tree["role_assignments"].(object)
	for _, id := range slices.Sorted(maps.Keys(roles)) {
		a := roles[id].(object)
		key := a["role"].(string)
		if key != managementPoint && key != distributionPoint || random.IntN(4) == 0 {
			continue
		}
		groups := []any{}
		for _, name := range []string{"Seattle", "London"} {
			if random.IntN(2) == 0 {
				groups = append(groups, name)
			}
		}
		settings, _ := a[key].(object)
		if settings == nil {
			settings = object{}
			a[key] = settings
		}
		settings["boundary_groups"] = groups
	}
	return tree
}

// running has everything in a hierarchy installed, its roles on the sites that the
// hierarchy lists.
func running(tree object) object {
	for _, s := range tree["sites"].(object) {
		s.(object)["installed"] = true
	}
	for _, a := range tree["role_assignments"].(object) {
		a.(object)["installed"] = true
	}
	gateways, _ := tree["cloud_management_gateways"].(object)
	for _, g := range gateways {
		g.(object)["installed"] = true
	}
	return tree
}

// fewer takes away what a design is valid without: roles that nothing else needs.
func fewer(random *rand.Rand, tree object) object {
	roles := tree["role_assignments"].(object)
	sources := map[string]bool{}
	points := map[string]int{}
	for _, a := range roles {
		if d, ok := a.(object)[distributionPoint].(object); ok {
			if list, ok := d["pull_sources"].(object); ok {
				for host := range list {
					sources[host] = true
				}
			}
		}
		if key := a.(object)["role"]; key == managementPoint || key == serviceConnectionPoint {
			points[siteOfTree(a)]++
		}
	}
	for _, id := range slices.Sorted(maps.Keys(roles)) {
		a := roles[id].(object)
		host := a["server"].(object)["fqdn"].(string)
		switch a["role"] {
		case fallbackStatusPoint, stateMigrationPoint, dataWarehouse, endpointProtection:
		case distributionPoint:
			if sources[host] || host == a["server"].(object)["site"].(object)["site_server"] {
				continue
			}
		case managementPoint:
			if m, _ := a[managementPoint].(object); points[siteOfTree(a)] < 2 || m["allow_cmg_traffic"] == true || host == a["server"].(object)["site"].(object)["site_server"] {
				continue
			}
			points[siteOfTree(a)]--
		default:
			continue
		}
		if random.IntN(3) == 0 {
			delete(roles, id)
		} else if a["role"] == managementPoint {
			points[siteOfTree(a)]++
		}
	}
	return tree
}

func siteOfTree(a any) string {
	return a.(object)["server"].(object)["site"].(object)["site_code"].(string)
}

// moved has roles on other computers.
func moved(random *rand.Rand, tree object) object {
	roles := tree["role_assignments"].(object)
	pulled := map[string]bool{}
	for _, a := range roles {
		if d, ok := a.(object)[distributionPoint].(object); ok {
			if list, ok := d["pull_sources"].(object); ok {
				for host := range list {
					pulled[host] = true
				}
			}
		}
	}
	for i, id := range slices.Sorted(maps.Keys(roles)) {
		a := roles[id].(object)
		server := a["server"].(object)
		site := server["site"].(object)
		if server["fqdn"] == site["site_server"] || pulled[server["fqdn"].(string)] || random.IntN(3) > 0 {
			continue
		}
		if key := a["role"]; key == managementPoint || key == distributionPoint || key == serviceConnectionPoint || key == softwareUpdatePoint || key == fallbackStatusPoint {
			server["fqdn"] = fmt.Sprintf("m%03d.contoso.com", i)
		}
	}
	return tree
}

// runningState is what is there, as a replay begins.
func runningState(before *Design, designed *Design) *replay {
	r := newReplay(before)
	for _, s := range before.Sites {
		site := unlinked(s.Declared, "parent")
		if parent := r.sites[s.Parent]; parent != nil {
			site.Parent = model.Known(parent)
		} else {
			site.Parent = s.Declared.Parent
		}
		r.sites[s.Code] = site
		r.settled[s.Code] = true
	}
	for host, s := range before.servers {
		if site, ok := s.Site.Get(); ok {
			r.servers[code(site)+"/"+host] = r.system(s, code(site))
		}
	}
	for id := range before.registered() {
		r.accounts[id] = true
	}
	for _, s := range before.Sites {
		for name, hosts := range before.groupsOf(before.rolesOf(s.Code)) {
			for _, host := range hosts {
				r.members[idOf(s.Code, name, host)] = true
			}
		}
	}
	r.design = designed
	return r
}

// facts are what a hierarchy holds, in words that two of them can be compared by.
func (r *replay) facts() []string {
	var list []string
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	for siteCode, s := range r.sites {
		parent := ""
		if p, ok := s.Parent.Get(); ok {
			parent = code(p)
		}
		server, _ := s.ServerHost().Get()
		passive, _ := s.PassiveHost().Get()
		library, _ := s.ContentLibraryPath.Get()
		mode, _ := s.Communication.Get()
		say("site %s below %q on %s, %s, library %q, %s", siteCode, parent, server, passive, library, mode)
		hosts, _ := texts(&reading{}, s.ProviderHosts())
		slices.Sort(hosts)
		say("site %s has providers %v", siteCode, slices.DeleteFunc(hosts, func(h string) bool { return model.FoldHost(h) == passive }))
		say("site %s has ports %v", siteCode, model.Encode(block(&reading{}, s.ClientPorts)))
		if accounts, _ := texts(&reading{}, s.AccessAccounts); len(accounts) > 0 {
			say("site %s: accounts %v", siteCode, accounts)
		}
	}
	for id, a := range r.roles {
		tree := model.Encode(a)
		settings, _ := tree[RoleOf(a)].(map[string]any)
		say("role %s", id)
		for name, value := range settings {
			if value != nil && !reflect.DeepEqual(value, false) && name != "boundary_groups" {
				say("role %s: %s %v", id, name, value)
			}
		}
	}
	for name := range r.gateways {
		say("gateway %s", name)
	}
	for id, in := range r.members {
		siteCode, host := id[:3], id[strings.LastIndexByte(id, '/')+1:]
		if in && r.design.saysGroups(siteCode, host) {
			say("boundary group %s", id)
		}
	}
	slices.Sort(list)
	return list
}

// lastingRole is a role that a site has at both ends, and on the way.
type lastingRole struct{ siteCode, role string }

// lastingRoles are those that clients find at a site that stays. Where all that come wait
// for all that go, no order keeps one.
func lastingRoles(d *Design, steps []Step) []lastingRole {
	exchanged := exchangesOf(steps)
	var list []lastingRole
	for _, s := range d.Sites {
		if !d.kept(s.Code) || s.Tier == product.TierSecondary {
			continue
		}
		for _, role := range []string{managementPoint, distributionPoint, softwareUpdatePoint} {
			if len(d.rolesAt(s.Code, role)) == 0 || len(d.from.rolesAt(s.Code, role)) == 0 {
				continue
			}
			about := func(step Step) bool { return step.SiteCode == s.Code && step.Role == role }
			x := exchanged(
				func(step Step) bool { return about(step) && step.Action == DoRemove },
				func(step Step) bool { return about(step) && step.Action == DoAddRole })
			stays := slices.ContainsFunc(d.rolesAt(s.Code, role), func(a *assigned) bool { return a.installed })
			if stays || len(x.going) > 0 && len(x.coming) > 0 && !x.forced {
				list = append(list, lastingRole{s.Code, role})
			}
		}
	}
	return list
}

func (r *replay) count(l lastingRole) int {
	n := 0
	for id := range r.roles {
		if strings.HasPrefix(id, l.siteCode+"/") && strings.HasSuffix(id, "/"+l.role) {
			n++
		}
	}
	return n
}

// problemsOfTransition leads from one hierarchy to another, and returns what is wrong on
// the way, and how the end differs.
func problemsOfTransition(t *testing.T, before, after object, count *atomic.Int64) []string {
	existing, designed := decodeHierarchy(t, before), decodeHierarchy(t, after)
	d := Transition(existing, designed)
	r := runningState(Read(decodeHierarchy(t, before)), d)
	goal := runningState(Read(decodeHierarchy(t, after)), d)
	allowed := map[string]bool{}
	for _, state := range []*replay{r, goal} {
		for _, f := range state.errors() {
			allowed[f.Rule.ID] = true
		}
	}
	var problems []string
	done := map[string]bool{}
	steps := d.newGraph().steps()
	excusable := excuses(d, steps)
	lasting := lastingRoles(d, steps)
	for i, step := range steps {
		count.Add(1)
		for _, id := range step.Requires {
			if !done[id] {
				problems = append(problems, step.ID+" comes before "+id+", which it requires")
			}
		}
		done[step.ID] = true
		changed, wrong := r.do(step)
		if wrong != "" {
			problems = append(problems, step.ID+": "+wrong)
		}
		if !changed {
			continue
		}
		for _, l := range lasting {
			if r.count(l) == 0 {
				problems = append(problems, "after "+step.ID+": site "+l.siteCode+" has no "+l.role)
			}
		}
		for _, f := range r.errors() {
			if !allowed[f.Rule.ID] && !excused(excusable, &f, i) {
				allowed[f.Rule.ID] = true
				problems = append(problems, "after "+step.ID+": "+f.Summary()+" "+f.Found)
			}
		}
	}
	got, want := r.facts(), goal.facts()
	for _, fact := range want {
		if !slices.Contains(got, fact) {
			problems = append(problems, "lacks at the end: "+fact)
		}
	}
	for _, fact := range got {
		// A setting of which the design says nothing is left as it is.
		if _, setting, ok := strings.Cut(fact, ": "); ok && !slices.Contains(absent, strings.Fields(setting)[0]) && !strings.HasPrefix(setting, "allow_cmg_traffic") {
			continue
		}
		if !slices.Contains(want, fact) {
			problems = append(problems, "has at the end: "+fact)
		}
	}
	return problems
}

// TestTransition_LeadsFromOneDesignToAnother replays the steps of random pairs. go test
// -transitions 10000 looks at more of them.
func TestTransition_LeadsFromOneDesignToAnother(t *testing.T) {
	var next, steps, failed atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				seed := next.Add(1) - 1
				if seed >= int64(*transitions) || failed.Load() > 10 {
					return
				}
				before, after := pair(uint64(seed + *firstTransition))
				if problems := problemsOfTransition(t, before, after, &steps); len(problems) > 0 {
					failed.Add(1)
					t.Errorf("pair %d:\n%s", seed+*firstTransition, strings.Join(problems, "\n"))
				}
			}
		})
	}
	wait.Wait()
	t.Logf("%d pairs with %d steps", *transitions, steps.Load())
}

// TestTransition_CallsCmdletsAsTheReferenceHasThem holds every command to the table of
// parameter sets.
func TestTransition_CallsCmdletsAsTheReferenceHasThem(t *testing.T) {
	var table cmdletTable
	readJSON(t, "cmdlets.json", &table)
	called := map[string]int{}
	for seed := range uint64(300) {
		before, after := pair(seed)
		for _, step := range Transition(decodeHierarchy(t, before), decodeHierarchy(t, after)).newGraph().steps() {
			if step.Command == nil {
				continue
			}
			called[step.Command.Cmdlet]++
			if reason := table.wrong(step.Command); reason != "" {
				t.Fatalf("pair %d: %s: %s: %s", seed, step.ID, step.Command.Line(), reason)
			}
		}
	}
	for _, cmdlet := range []string{
		"Remove-CMSiteRole", "Remove-CMSiteSystemServer", "Remove-CMSecondarySite", "Remove-CMCloudManagementGateway", "Set-CMManagementPoint",
		"Set-CMSite", "Move-CMContentLibrary", "Set-CMSoftwareDistributionComponent",
	} {
		if called[cmdlet] == 0 {
			t.Errorf("no pair calls %s", cmdlet)
		}
	}
}

// transitionSteps are the ids of the steps of a transition, in their order.
func transitionSteps(t *testing.T, before, after object) []string {
	t.Helper()
	var ids []string
	for _, step := range Transition(decodeHierarchy(t, before), decodeHierarchy(t, after)).newGraph().steps() {
		ids = append(ids, step.ID)
	}
	return ids
}

// inOrder says what of a list is missing from another one, or comes too early in it.
func inOrder(ids []string, wanted ...string) string {
	at := -1
	for _, id := range wanted {
		i := slices.Index(ids, id)
		if i < 0 {
			return "there is no " + id
		}
		if i < at {
			return id + " comes too early"
		}
		at = i
	}
	return ""
}

func TestTransition_NothingToDo(t *testing.T) {
	for seed := range uint64(50) {
		if ids := transitionSteps(t, running(generate(seed).tree), running(generate(seed).tree)); len(ids) > 0 {
			t.Errorf("design %d is what runs, and has the steps %v", seed, ids)
		}
		// What runs is what counts, and not what the design says of it.
		if ids := transitionSteps(t, running(generate(seed).tree), generate(seed).tree); len(ids) > 0 {
			t.Errorf("design %d is what runs but for installed, and has the steps %v", seed, ids)
		}
	}
}

// TestTransition_FiguresAreNoSettings has figures of a plan, and facts about what is around a
// role, that what runs does not say: nothing in the product holds them.
func TestTransition_FiguresAreNoSettings(t *testing.T) {
	s := site("PS1", "primary", nil)
	for _, c := range []struct {
		role     string
		settings object
	}{
		{managementPoint, object{"clients": int64(100), "macos": int64(3), "mobile_devices": int64(1), "trusts_user_forest": true}},
		{distributionPoint, object{"clients": int64(100), "package_count": int64(7)}},
		{softwareUpdatePoint, object{"existing_wsus": "none"}},
	} {
		for name, value := range c.settings {
			before := hierarchy([]object{s}, role(s, "a.contoso.com", c.role, object{"protocol": "https"}))
			after := hierarchy([]object{s}, role(s, "a.contoso.com", c.role, object{"protocol": "https", name: value}))
			if ids := transitionSteps(t, running(before), after); len(ids) > 0 {
				t.Errorf("%s of a %s has the steps %v", name, c.role, ids)
			}
		}
	}
}

// TestTransition_Order has the orders that the product asks for.
func TestTransition_Order(t *testing.T) {
	old := func(more ...object) object { return site("PS1", "primary", nil, more...) }
	mp, dp, scp := managementPoint, distributionPoint, serviceConnectionPoint
	https := object{"protocol": "https"}
	open := object{"protocol": "https", "allow_cmg_traffic": true}
	sup := softwareUpdatePoint
	cas := site("CAS", "central_administration", nil)
	below := func(code string, more ...object) object { return site(code, "primary", cas, more...) }
	with := func(h object, name string, more ...object) object {
		gw := object{"name": name, "site_code": "PS1"}
		for _, m := range more {
			maps.Copy(gw, m)
		}
		h["cloud_management_gateways"] = object{name: gw}
		return h
	}
	for _, c := range []struct {
		name          string
		before, after object
		want          []string
		without       string
	}{
		{
			"a role that moves is added first",
			hierarchy([]object{old()}, role(old(), "a.contoso.com", mp, https)), hierarchy([]object{old()}, role(old(), "b.contoso.com", mp, https)),
			[]string{"PS1/b.contoso.com/site_system", "PS1/b.contoso.com/management_point", "PS1/management_point_ready", "PS1/a.contoso.com/management_point_removed", "PS1/a.contoso.com/site_system_removed"}, "",
		},
		{
			"one that exists once is removed first",
			hierarchy([]object{old()}, role(old(), "a.contoso.com", scp, object{"mode": "online"})), hierarchy([]object{old()}, role(old(), "b.contoso.com", scp, object{"mode": "online"})),
			[]string{"PS1/a.contoso.com/service_connection_point_removed", "PS1/b.contoso.com/service_connection_point"}, "",
		},
		{
			"a source goes after what pulls from it pulls from another one",
			hierarchy([]object{old()}, role(old(), "a.contoso.com", dp, nil), role(old(), "p.contoso.com", dp, object{"pull_sources": object{"a.contoso.com": int64(1)}})),
			hierarchy([]object{old()}, role(old(), "b.contoso.com", dp, nil), role(old(), "p.contoso.com", dp, object{"pull_sources": object{"b.contoso.com": int64(1)}})),
			[]string{"PS1/b.contoso.com/distribution_point", "PS1/p.contoso.com/distribution_point/settings", "PS1/a.contoso.com/distribution_point_removed"}, "PS1/p.contoso.com/distribution_point",
		},
		{
			"the site server in passive mode takes over",
			hierarchy([]object{old(object{"passive_site_server": "x.contoso.com"})}), hierarchy([]object{old(object{"site_server": "x.contoso.com", "passive_site_server": "ps1.contoso.com"})}),
			[]string{"PS1/promotion"}, "PS1/site_server_passive_removed",
		},
		{
			"another one takes its place afterwards",
			hierarchy([]object{old(object{"passive_site_server": "x.contoso.com", "content_library_path": `\\fs\l`})}),
			hierarchy([]object{old(object{"site_server": "x.contoso.com", "passive_site_server": "y.contoso.com", "content_library_path": `\\fs\l`})}),
			[]string{"PS1/promotion", "PS1/site_server_passive_removed", "PS1/passive_site_server"}, "PS1/content_library",
		},
		{
			"HTTPS only comes after the last role with HTTP",
			hierarchy([]object{old(object{"client_communication": "enhanced_http"})}, role(old(), "a.contoso.com", mp, object{"protocol": "http"})),
			hierarchy([]object{old(object{"client_communication": "https_only"})}, role(old(), "a.contoso.com", mp, https)),
			[]string{"PS1/a.contoso.com/management_point/settings", "PS1/client_communication"}, "PS1/a.contoso.com/management_point_removed",
		},
		{
			"a site on another computer is set up anew",
			hierarchy([]object{old()}, role(old(), "a.contoso.com", mp, https)),
			hierarchy([]object{old(object{"site_server": "z.contoso.com"})}, role(old(object{"site_server": "z.contoso.com"}), "a.contoso.com", mp, https)),
			[]string{"PS1/a.contoso.com/management_point_removed", "PS1/site_removed", "PS1/setup", "PS1/a.contoso.com/management_point"}, "",
		},
		{
			"a secondary site below another primary site is set up anew",
			hierarchy([]object{cas, below("PS1"), below("PS2"), site("SS1", "secondary", below("PS1"))}),
			hierarchy([]object{cas, below("PS1"), below("PS2"), site("SS1", "secondary", below("PS2"))}),
			[]string{"SS1/site_removed", "SS1/setup"}, "",
		},
		{
			"a primary site outlives its central administration site",
			hierarchy([]object{cas, below("PS1")}), hierarchy([]object{old()}), []string{"CAS/site_removed"}, "PS1/setup",
		},
		{
			"the top-level site is updated first",
			hierarchy([]object{site("CAS", "central_administration", nil, object{"version": "2503"}), below("PS1", object{"version": "2503"})}),
			hierarchy([]object{site("CAS", "central_administration", nil, object{"version": "2603"}), below("PS1", object{"version": "2603"})}),
			[]string{"CAS/update_site", "PS1/update_site"}, "PS1/setup",
		},
		{
			"a software update point gets its ports",
			hierarchy([]object{old()}, role(old(), "a.contoso.com", sup, object{"http_port": int64(8530), "https_port": int64(8531)})),
			hierarchy([]object{old()}, role(old(), "a.contoso.com", sup, object{"http_port": int64(80), "https_port": int64(443)})),
			[]string{"PS1/a.contoso.com/software_update_point/settings"}, "PS1/a.contoso.com/software_update_point_removed",
		},
		{
			"gateways go before the service connection point is offline",
			with(hierarchy([]object{old()}, role(old(), "a.contoso.com", scp, object{"mode": "online"})), "one"),
			hierarchy([]object{old()}, role(old(), "a.contoso.com", scp, object{"mode": "offline"})),
			[]string{"cloud_management_gateway/one/removed", "PS1/a.contoso.com/service_connection_point/settings"}, "",
		},
		{
			"traffic of gateways is kept out while they are replaced",
			with(hierarchy([]object{old()}, role(old(), "a.contoso.com", scp, object{"mode": "online"}), role(old(), "b.contoso.com", mp, open)), "one"),
			with(hierarchy([]object{old()}, role(old(), "a.contoso.com", scp, object{"mode": "online"}), role(old(), "b.contoso.com", mp, open)), "two"),
			[]string{
				"PS1/b.contoso.com/management_point/disable_cmg_traffic", "cloud_management_gateway/one/removed",
				"cloud_management_gateway/two", "PS1/b.contoso.com/management_point/enable_cmg_traffic",
			}, "",
		},
		{
			"what no longer takes traffic of gateways is closed",
			with(hierarchy([]object{old()}, role(old(), "b.contoso.com", mp, open)), "one"),
			with(hierarchy([]object{old()}, role(old(), "b.contoso.com", mp, https)), "one"),
			[]string{"PS1/b.contoso.com/management_point/disable_cmg_traffic"}, "PS1/b.contoso.com/management_point/enable_cmg_traffic",
		},
		{
			"a gateway of no known site waits for the top-level site",
			hierarchy([]object{old()}), with(hierarchy([]object{old()}), "one", object{"site_code": nil}), []string{"cloud_management_gateway/one"}, "",
		},
		{
			"a site system changes its boundary group",
			hierarchy([]object{old()}, role(old(), "a.contoso.com", dp, object{"boundary_groups": []any{"London", "Paris"}}), role(old(), "b.contoso.com", dp, object{"boundary_groups": []any{"London"}})),
			hierarchy([]object{old()}, role(old(), "a.contoso.com", dp, object{"boundary_groups": []any{"Seattle", "Paris"}}), role(old(), "b.contoso.com", dp, nil)),
			[]string{"PS1/boundary_group/seattle", "PS1/boundary_group/london/removed"}, "PS1/boundary_group/paris",
		},
		{
			"a role that moves between two computers with its traffic leaves no moment without it",
			with(hierarchy([]object{old()}, role(old(), "a.contoso.com", mp, open), role(old(), "c.contoso.com", gatewayConnection, object{"cloud_management_gateway": "one"})), "one"),
			with(hierarchy([]object{old()}, role(old(), "b.contoso.com", mp, open), role(old(), "c.contoso.com", gatewayConnection, object{"cloud_management_gateway": "one"})), "one"),
			[]string{"PS1/b.contoso.com/management_point", "PS1/a.contoso.com/management_point_removed"}, "PS1/b.contoso.com/management_point/enable_cmg_traffic",
		},
		{
			"no site goes back to an older version",
			hierarchy([]object{old(object{"version": "2603"})}), hierarchy([]object{old(object{"version": "2503"})}), nil, "PS1/update_site",
		},
		{
			"a network access account that the design lacks is taken away",
			hierarchy([]object{old(object{"network_access_accounts": []any{`contoso\old`}})}), hierarchy([]object{old(object{"network_access_accounts": []any{`contoso\new`}})}),
			[]string{"PS1/network_access_accounts"}, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			ids := transitionSteps(t, running(c.before), c.after)
			if wrong := inOrder(ids, c.want...); wrong != "" || c.without != "" && slices.Contains(ids, c.without) {
				t.Errorf("%s; without %q; the steps are %v", wrong, c.without, ids)
			}
		})
	}
}

// TestTransition_TellsWhatTheProductRefuses has versions that no update leads to.
func TestTransition_TellsWhatTheProductRefuses(t *testing.T) {
	version := func(v string) object { return hierarchy([]object{site("PS1", "primary", nil, object{"version": v})}) }
	for _, c := range []struct{ before, after, want string }{
		{"2603", "2503", `sites["PS1"].version: The site runs version 2603, and no site goes back to an older one`},
		{"2107", "2603", `sites["PS1"].version: Version 2603 can be installed on sites of version`},
		{"2503", "2603", ""},
	} {
		list := Transition(decodeHierarchy(t, version(c.before)), decodeHierarchy(t, version(c.after))).Refusals()
		if c.want == "" && len(list) > 0 || c.want != "" && (len(list) != 1 || !strings.HasPrefix(list[0].Error(), c.want)) {
			t.Errorf("from %s to %s: %v, expected %q", c.before, c.after, list, c.want)
		}
	}
	if list := Read(decodeHierarchy(t, version("2603"))).Refusals(); list != nil {
		t.Errorf("nothing runs: %v", list)
	}
}

// TestTransition_MarksWhatItRemoves has no step that removes something without saying so.
func TestTransition_MarksWhatItRemoves(t *testing.T) {
	for seed := range uint64(100) {
		before, after := pair(seed)
		for _, step := range Transition(decodeHierarchy(t, before), decodeHierarchy(t, after)).newGraph().steps() {
			removes := strings.HasSuffix(step.ID, "removed") || step.Command != nil && strings.HasPrefix(step.Command.Cmdlet, "Remove-")
			if removes != (step.Action == DoRemove) || removes != (step.Phase == PhaseRemovals) {
				t.Errorf("pair %d: %s has the action %s in the phase %s", seed, step.ID, step.Action, step.Phase)
			}
		}
	}
}
