package install

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// ordered is a plan with the places of its steps.
type ordered struct {
	t     *testing.T
	seed  uint64
	plan  Plan
	steps map[string]Step
	place map[string]int
}

func order(t *testing.T, seed uint64, g *generated) *ordered {
	t.Helper()
	o := &ordered{t: t, seed: seed, plan: ForHierarchy(decodeHierarchy(t, g.tree)), steps: map[string]Step{}, place: map[string]int{}}
	if o.plan.Unknown {
		t.Fatalf("seed %d: the plan is unknown", seed)
	}
	for i, s := range o.plan.Steps {
		if _, twice := o.place[s.ID]; twice {
			t.Errorf("seed %d: %s is there twice", seed, s.ID)
		}
		o.place[s.ID], o.steps[s.ID] = i, s
	}
	return o
}

// reaches reports whether a step waits for another one, directly or through others: the
// order of the list alone is not enough where several are done at once.
func (o *ordered) reaches(from, to string) bool {
	seen := map[string]bool{}
	var visit func(string) bool
	visit = func(id string) bool {
		if id == to {
			return true
		}
		if seen[id] {
			return false
		}
		seen[id] = true
		return slices.ContainsFunc(o.steps[id].Requires, visit)
	}
	return visit(from)
}

// before checks that both steps are there, and that the second one waits for the first.
func (o *ordered) before(first, then string) {
	o.t.Helper()
	for _, id := range []string{first, then} {
		if _, ok := o.place[id]; !ok {
			o.t.Errorf("seed %d: there is no step %s", o.seed, id)
			return
		}
	}
	if !o.reaches(then, first) {
		o.t.Errorf("seed %d: %s does not wait for %s: %s", o.seed, then, first, asJSON(o.steps[then].Requires))
	}
}

func (o *ordered) absent(id string) {
	o.t.Helper()
	if _, ok := o.place[id]; ok {
		o.t.Errorf("seed %d: there is a step %s, which nobody needs", o.seed, id)
	}
}

// orderRules are the rules of the order of installation. Each looks at a hierarchy and
// its steps.
var orderRules = map[string]func(*generated, *ordered){
	"requirements come earlier": func(_ *generated, o *ordered) {
		for _, s := range o.plan.Steps {
			for _, id := range s.Requires {
				if at, ok := o.place[id]; !ok || at >= o.place[s.ID] {
					o.t.Errorf("seed %d: %s comes before %s, which it requires", o.seed, s.ID, id)
				}
			}
			if !slices.IsSorted(s.Requires) {
				o.t.Errorf("seed %d: %s has unsorted requirements %v", o.seed, s.ID, s.Requires)
			}
		}
	},
	"phases come in their order": func(_ *generated, o *ordered) {
		for i, s := range o.plan.Steps[1:] {
			if slices.Index(phases, s.Phase) < slices.Index(phases, o.plan.Steps[i].Phase) {
				o.t.Errorf("seed %d: %s of phase %s comes after %s of phase %s", o.seed, s.ID, s.Phase, o.plan.Steps[i].ID, o.plan.Steps[i].Phase)
			}
		}
	},
	"Active Directory and SQL Server before Setup": eachNewSite(func(_ *generated, o *ordered, s *generatedSite) {
		o.before(s.code+"/active_directory", s.code+"/setup")
		if _, ok := o.place[schemaID]; ok {
			o.before(schemaID, s.code+"/active_directory")
		}
		if s.kind != "secondary" {
			o.before(s.code+"/database", s.code+"/setup")
		}
	}),
	"prepared before Setup": eachNewSite(func(_ *generated, o *ordered, s *generatedSite) {
		o.before(idOf(s.code, s.server, DoPrepareServer), s.code+"/setup")
	}),
	"prepared and a site system before the role": eachNewRole(func(_ *generated, o *ordered, r *generatedRole) {
		if r.host == r.site.server {
			o.before(idOf(r.site.code, r.host, DoPrepareServer), r.id())
			o.absent(idOf(r.site.code, r.host, "site_system"))
			return
		}
		o.before(idOf(r.site.code, r.host, DoPrepareServer), idOf(r.site.code, r.host, "site_system"))
		o.before(idOf(r.site.code, r.host, "site_system"), r.id())
	}),
	"roles after the setup and the update of their site": eachNewRole(func(_ *generated, o *ordered, r *generatedRole) {
		switch s := r.site; {
		case s.installed:
		case s.kind == "secondary":
			o.before(s.code+"/site_ready", r.id())
		case s.parent != nil || r.key == serviceConnectionPoint:
			o.before(s.code+"/setup", r.id())
		default:
			if _, expands := o.place["PS1/service_connection_point_removed"]; expands {
				o.before(s.code+"/setup", r.id())
			} else {
				o.before(s.code+"/update_site", r.id())
			}
		}
	}),
	"the central administration site before its primary sites": eachNewSite(func(_ *generated, o *ordered, s *generatedSite) {
		if s.kind == "primary" && s.parent != nil && !s.parent.installed {
			o.before(s.parent.code+"/setup", s.code+"/setup")
			o.before(s.parent.code+"/update_site", s.code+"/setup")
		}
	}),
	"distribution points, management points, pull-distribution points": eachSite(func(g *generated, o *ordered, s *generatedSite) {
		for _, mp := range g.at(s, managementPoint, false) {
			for _, dp := range g.at(s, distributionPoint, false) {
				o.before(dp.id(), mp.id())
			}
			for _, pull := range g.at(s, distributionPoint, true) {
				o.before(mp.id(), pull.id())
			}
		}
	}),
	"pull-distribution points after their sources": eachNewRole(func(g *generated, o *ordered, r *generatedRole) {
		for _, source := range r.sources {
			for _, dp := range g.roles {
				if dp.host == source && !dp.installed {
					o.before(dp.id(), r.id())
				}
			}
		}
	}),
	"secondary sites after their parent and its management points": eachNewSite(func(g *generated, o *ordered, s *generatedSite) {
		if s.kind != "secondary" {
			return
		}
		if !s.parent.installed {
			o.before(s.parent.code+"/setup", s.code+"/setup")
		}
		for _, mp := range g.at(s.parent, managementPoint, false) {
			o.before(mp.id(), s.code+"/setup")
		}
		o.before(s.code+"/setup", s.code+"/site_ready")
	}),
	"WSUS, and software update points from the top down": eachNewRole(func(g *generated, o *ordered, r *generatedRole) {
		if r.key != softwareUpdatePoint {
			return
		}
		o.before(idOf(r.site.code, r.host, "wsus"), r.id())
		if r.site.parent != nil {
			for _, above := range g.at(r.site.parent, softwareUpdatePoint, false) {
				o.before(above.id(), r.id())
			}
		}
	}),
	"the report server, reporting, the data warehouse": eachNewRole(func(g *generated, o *ordered, r *generatedRole) {
		switch r.key {
		case reportingServicesPoint:
			o.before(idOf(r.site.code, r.host, "report_server"), r.id())
		case dataWarehouse:
			for _, other := range g.roles {
				if other.site == r.site && !other.installed && (other.key == reportingServicesPoint || other.host == r.host && other != r) {
					o.before(other.id(), r.id())
				}
			}
		}
	}),
	"service connection point, gateway, connection points, traffic": func(g *generated, o *ordered) {
		if !g.gateway {
			return
		}
		const gatewayID = "cloud_management_gateway/contoso-cmg"
		for _, r := range g.roles {
			switch {
			case g.running && g.expanded == nil:
				o.absent(gatewayID)
			case r.key == serviceConnectionPoint && !r.installed:
				o.before(r.id(), gatewayID)
			case r.key == gatewayConnection && !r.installed:
				o.before(gatewayID, r.id())
				for _, mp := range g.roles {
					if mp.traffic && !mp.installed && mp.site == r.site {
						o.before(r.id(), mp.id()+"/"+DoEnableGateway)
					}
				}
			}
		}
	},
	"a management point is added without the traffic of a gateway that is not there yet": eachNewRole(func(g *generated, o *ordered, r *generatedRole) {
		runs := g.running && g.expanded == nil && !slices.ContainsFunc(g.roles, func(other *generatedRole) bool { return other.key == gatewayConnection && !other.installed })
		if line := o.steps[r.id()].Command.Line(); strings.Contains(line, enablesGateway) != (runs && r.traffic) {
			o.t.Errorf("seed %d: %s", o.seed, line)
		}
		if runs {
			o.absent(idOf(r.id(), DoEnableGateway))
		}
	}),
	"further SMS Providers after the site": eachSite(func(_ *generated, o *ordered, s *generatedSite) {
		for _, host := range s.providers {
			id := idOf(s.code, host, smsProvider)
			if _, ok := o.place[id]; !ok {
				o.t.Errorf("seed %d: there is no step %s", o.seed, id)
			} else if !s.installed {
				o.before(s.code+"/setup", id)
			}
		}
	}),
	"high availability before roles, in its own order": eachSite(func(g *generated, o *ordered, s *generatedSite) {
		if s.passive == "" {
			return
		}
		steps := []string{
			s.code + "/content_library_share", s.code + "/content_library", idOf(s.code, s.passive, "site_system"), s.code + "/passive_site_server",
			s.code + "/passive_site_server_ready",
		}
		for i := range steps[1:] {
			o.before(steps[i], steps[i+1])
		}
		for _, r := range g.roles {
			if r.key == serviceConnectionPoint && r.site == s && !r.installed {
				o.before(r.id(), steps[0])
			}
		}
		if s.installed {
			o.before(idOf(s.code, s.server, "distribution_point_removed"), s.code+"/content_library")
		}
		for _, step := range o.plan.Steps {
			if step.Server == s.passive && step.SiteCode == s.code && step.Action == DoAddRole {
				o.before(s.code+"/passive_site_server_ready", step.ID)
			}
		}
	}),
	"boundary groups and clients at the end": eachNewSite(func(g *generated, o *ordered, s *generatedSite) {
		if s.kind != "primary" {
			return
		}
		o.before(s.code+"/boundary_groups", s.code+"/clients")
		o.before(s.code+"/setup", s.code+"/client_communication")
		for _, r := range g.roles {
			if r.site == s && !r.installed {
				o.before(s.code+"/client_communication", r.id())
			}
		}
		if _, changed := s.object["client_ports"]; changed {
			o.before(s.code+"/client_port_http", s.code+"/client_port_notification")
		}
		if s.passive != "" {
			o.before(s.code+"/passive_site_server_ready", s.code+"/clients")
		}
	}),
	"an expansion takes roles off the primary site first": func(g *generated, o *ordered) {
		if g.expanded == nil {
			return
		}
		for _, role := range leaveBeforeExpansion {
			o.before("PS1/"+role+"_removed", "CAS/setup")
		}
		o.before("PS1/"+gatewayConnection+"_removed", "PS1/"+gateway+"_removed")
		if g.expanded.passive != "" {
			o.before("CAS/setup", "PS1/passive_site_server")
		}
		for _, r := range g.roles {
			switch {
			case r.site.code == "PS1" && r.key == gatewayConnection:
				o.before("CAS/setup", r.id())
			case r.site.code == "CAS" && r.key == serviceConnectionPoint:
				o.before("CAS/setup", r.id())
			}
		}
	},
	"what is installed has no steps": func(g *generated, o *ordered) {
		for _, s := range g.sites {
			if s.installed {
				o.absent(s.code + "/setup")
			}
		}
		for _, r := range g.roles {
			if r.installed && !(g.expanded == r.site && (r.key == gatewayConnection || r.host == r.site.passive)) {
				o.absent(r.id())
			}
		}
	},
}

func eachSite(check func(*generated, *ordered, *generatedSite)) func(*generated, *ordered) {
	return func(g *generated, o *ordered) {
		for _, s := range g.sites {
			check(g, o, s)
		}
	}
}

func eachNewSite(check func(*generated, *ordered, *generatedSite)) func(*generated, *ordered) {
	return eachSite(func(g *generated, o *ordered, s *generatedSite) {
		if !s.installed {
			check(g, o, s)
		}
	})
}

func eachNewRole(check func(*generated, *ordered, *generatedRole)) func(*generated, *ordered) {
	return func(g *generated, o *ordered) {
		for _, r := range g.roles {
			if !r.installed {
				check(g, o, r)
			}
		}
	}
}

func TestSteps_KeepTheOrder(t *testing.T) {
	var hierarchies []*generated
	var plans []*ordered
	for seed := range uint64(designs) {
		g := generate(seed)
		hierarchies, plans = append(hierarchies, g), append(plans, order(t, seed, g))
	}
	for _, name := range slices.Sorted(maps.Keys(orderRules)) {
		t.Run(name, func(t *testing.T) {
			for i, g := range hierarchies {
				plans[i].t = t
				if orderRules[name](g, plans[i]); t.Failed() {
					t.Fatalf("the hierarchy: %s", asJSON(g.tree))
				}
			}
		})
	}
}

// TestPlan_DoesNotDependOnTheOrderOfTheInput gives the maps other keys, which turns the
// order of their elements around.
func TestPlan_DoesNotDependOnTheOrderOfTheInput(t *testing.T) {
	for seed := range uint64(designs) {
		g := generate(seed)
		want := ForHierarchy(decodeHierarchy(t, g.tree))
		shuffled := maps.Clone(g.tree)
		for _, name := range []string{"sites", "role_assignments"} {
			elements := g.tree[name].(object)
			renamed := object{}
			for i, place := range rand.New(rand.NewPCG(seed, 2)).Perm(len(elements)) {
				renamed[string(rune('a'+place/26))+string(rune('a'+place%26))] = elements[slices.Sorted(maps.Keys(elements))[i]]
			}
			shuffled[name] = renamed
		}
		if got := ForHierarchy(decodeHierarchy(t, shuffled)); !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: another order of the input gives\n%s\nnot\n%s", seed, asJSON(got), asJSON(want))
		}
	}
}

// TestPlan_FollowsARenamedServer renames one computer: everything that is not about it
// stays as it was, and the rest differs by the name only.
func TestPlan_FollowsARenamedServer(t *testing.T) {
	for seed := range uint64(designs) {
		g := generate(seed)
		old := g.hosts[int(seed)%len(g.hosts)]
		rename := strings.NewReplacer(old, "a-new-name.contoso.com", strings.ToUpper(strings.TrimSuffix(old, ".contoso.com"))+"$", "A-NEW-NAME$")
		renamed := object{}
		if err := json.Unmarshal([]byte(rename.Replace(asJSON(g.tree))), &renamed); err != nil {
			t.Fatal(err)
		}
		before, after := parts(ForHierarchy(decodeHierarchy(t, g.tree))), parts(ForHierarchy(decodeHierarchy(t, renamed)))
		want := map[string]string{}
		for name, text := range before {
			want[rename.Replace(name)] = sortedLines(rename.Replace(text))
		}
		for name, text := range after {
			if text = sortedLines(text); text != want[name] {
				t.Fatalf("seed %d: %s renamed: %s is\n%s\nexpected\n%s", seed, old, name, text, want[name])
			}
		}
		if len(before) != len(after) {
			t.Fatalf("seed %d: %d parts became %d", seed, len(before), len(after))
		}
	}
}

// parts are the steps and servers of a plan as text, one value to a line.
func parts(p Plan) map[string]string {
	all := map[string]string{}
	for _, s := range p.Steps {
		all["step "+s.ID] = asJSON(s)
	}
	for _, s := range p.Servers {
		all["server "+s.FQDN] = asJSON(s)
	}
	return all
}

// sortedLines leaves out the order of lists, which follows the names in them.
func sortedLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, ",\n", "\n"), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
