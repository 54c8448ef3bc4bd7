package provider

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"go.yaml.in/yaml/v3"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// corpusVersion is the version of the topologies that name none.
const corpusVersion = "2409"

// corpus is testdata/topologies.yaml, which says at its top what the keys mean.
type corpus struct {
	Valid   []topology `yaml:"valid"`
	Invalid []topology `yaml:"invalid"`
}

type topology struct {
	ID       string           `yaml:"id"`
	Name     string           `yaml:"name"`
	Reason   string           `yaml:"reason"`
	Source   string           `yaml:"source"`
	Origin   string           `yaml:"origin"`
	Evidence string           `yaml:"evidence"`
	Notes    string           `yaml:"notes"`
	Version  string           `yaml:"version"`
	Sites    []topologySite   `yaml:"sites"`
	Servers  []topologyServer `yaml:"servers"`
	Expect   []string         `yaml:"expect"` // rule ids of the errors of an invalid topology
}

type topologySite struct {
	Code           string       `yaml:"code"`
	Type           string       `yaml:"type"`
	Parent         string       `yaml:"parent"`
	SQL            *topologySQL `yaml:"sql"`
	ContentLibrary string       `yaml:"content_library"`
}

type topologySQL struct {
	Server   string `yaml:"server"`
	Instance string `yaml:"instance"`
	Port     int    `yaml:"port"`
}

type topologyServer struct {
	FQDN  string   `yaml:"fqdn"`
	OS    string   `yaml:"os"`
	Site  string   `yaml:"site"`
	Roles []string `yaml:"roles"`
	DP    struct {
		Pull    bool     `yaml:"pull"`
		Sources []string `yaml:"sources"`
	} `yaml:"dp"`
}

func readCorpus(t *testing.T) corpus {
	t.Helper()
	text, err := os.ReadFile("testdata/topologies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c corpus
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&c); err != nil {
		t.Fatal(err)
	}
	if len(c.Valid) == 0 || len(c.Invalid) == 0 {
		t.Fatal("the corpus is empty")
	}
	return c
}

// title names the subtest of a topology.
func (o topology) title() string {
	if o.Name != "" {
		return o.ID + " " + o.Name
	}
	return o.ID + " " + o.Reason
}

// declaredResource is one resource of a topology.
type declaredResource struct {
	kind, name string
	// arguments holds strings, numbers, lists and maps of them, a *declaredResource
	// for a reference to a whole resource, and a block.
	arguments map[string]any
}

// block is a settings block.
type block map[string]any

func (r *declaredResource) address() string { return r.kind + "." + r.name }

// resources declares the topology, every resource after those it refers to.
func (o topology) resources() []*declaredResource {
	sites := make([]*declaredResource, len(o.Sites))
	servers := make([]*declaredResource, len(o.Servers))
	siteOf := make([]int, len(o.Servers))
	names := map[string]int{}
	unique := func(name string) string {
		name = identifier(name)
		if names[name]++; names[name] > 1 {
			name = fmt.Sprintf("%s_%d", name, names[name])
		}
		return name
	}
	for i, s := range o.Sites {
		sites[i] = &declaredResource{kind: "configmgr_site", name: unique(s.Code), arguments: map[string]any{
			"site_code": s.Code, "site_type": s.Type, "name": "Site " + s.Code, "version": cmp.Or(o.Version, corpusVersion),
		}}
		if s.Parent != "" {
			sites[i].arguments["parent"] = sites[o.siteIndex(s.Parent)]
		}
		if s.ContentLibrary != "" {
			sites[i].arguments["content_library_path"] = `\\` + s.ContentLibrary + `\ContentLibrary`
		}
	}
	for i, s := range o.Servers {
		siteOf[i] = o.siteIndex(s.Site)
		// Where two sites have one code, each has the site server that comes next.
		for j := range o.Sites {
			if slices.Contains(s.Roles, "site_server") && o.Sites[j].Code == s.Site && sites[j].arguments["site_server"] == nil {
				siteOf[i] = j
				break
			}
		}
		o.setUp(s, o.Sites[siteOf[i]], sites[siteOf[i]])
		servers[i] = &declaredResource{kind: "configmgr_site_system_server", name: unique(hostLabelOf(s.FQDN)), arguments: map[string]any{
			"fqdn": s.FQDN, "site": sites[siteOf[i]],
		}}
		if s.OS != "" {
			servers[i].arguments["operating_system"] = s.OS
		}
	}
	all := slices.Concat(sites, servers)
	assignments := make([][]*declaredResource, len(o.Sites)) // by site
	for i, s := range o.Servers {
		for _, role := range s.Roles {
			if slices.Contains(setupRoles, role) {
				continue
			}
			a := &declaredResource{kind: "configmgr_role_assignment", name: unique(servers[i].name + "_" + role), arguments: map[string]any{
				"server": servers[i], "role": role,
			}}
			if role == "distribution_point" && s.DP.Pull {
				sources := map[string]any{}
				for _, fqdn := range s.DP.Sources {
					sources[fqdn] = nil
				}
				a.arguments[role] = block{"pull_sources": sources}
			}
			assignments[siteOf[i]] = append(assignments[siteOf[i]], a)
			all = append(all, a)
		}
	}
	for i, s := range o.Sites {
		if s.Parent != "" {
			continue
		}
		h := &declaredResource{kind: "configmgr_hierarchy", name: sites[i].name, arguments: map[string]any{}}
		listed, held, computers := map[string]any{}, map[string]any{}, map[string]any{}
		for j := range o.Sites {
			if o.top(j) != i {
				continue
			}
			listed[sites[j].name] = sites[j]
			for k := range servers {
				if siteOf[k] == j {
					computers[servers[k].name] = servers[k]
				}
			}
			for _, a := range assignments[j] {
				held[a.name] = a
			}
		}
		h.arguments["sites"], h.arguments["site_system_servers"], h.arguments["role_assignments"] = listed, computers, held
		all = append(all, h)
	}
	return all
}

// setupRoles are what Setup puts on a server: attributes of the site.
var setupRoles = []string{"site_server", "passive_site_server", "site_database_server", "sms_provider"}

// setUp declares on a site what Setup puts on one of its servers.
func (o topology) setUp(s topologyServer, site topologySite, declared *declaredResource) {
	for _, role := range s.Roles {
		switch role {
		case "site_server":
			declared.arguments["site_server"] = s.FQDN
		case "passive_site_server":
			declared.arguments["passive_site_server"] = s.FQDN
		case "sms_provider":
			providers, _ := declared.arguments["sms_providers"].([]any)
			declared.arguments["sms_providers"] = append(providers, s.FQDN)
		case "site_database_server":
			if site.SQL != nil && (site.SQL.Instance != model.DefaultInstance || site.SQL.Port != model.DefaultSQLPort || !slices.Contains(s.Roles, "site_server")) {
				declared.arguments["database"] = block{"server": site.SQL.Server, "instance": site.SQL.Instance, "port": site.SQL.Port}
			} else if site.SQL == nil && !slices.Contains(s.Roles, "site_server") {
				declared.arguments["database"] = block{"server": s.FQDN}
			}
		}
	}
}

// siteIndex is the first site with a code.
func (o topology) siteIndex(code string) int {
	return slices.IndexFunc(o.Sites, func(s topologySite) bool { return s.Code == code })
}

// top is the top-level site above a site.
func (o topology) top(i int) int {
	for o.Sites[i].Parent != "" {
		i = o.siteIndex(o.Sites[i].Parent)
	}
	return i
}

// configurationOf writes resources as a configuration.
func configurationOf(resources []*declaredResource) string {
	var b strings.Builder
	for _, r := range resources {
		fmt.Fprintf(&b, "resource %q %q {\n", r.kind, r.name)
		writeArguments(&b, r.arguments)
		b.WriteString("}\n\n")
	}
	return b.String()
}

func writeArguments(b *strings.Builder, arguments map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		if settings, ok := arguments[name].(block); ok {
			b.WriteString(name + " {\n")
			writeArguments(b, settings)
			b.WriteString("}\n")
			continue
		}
		b.WriteString(name + " = " + expression(arguments[name]) + "\n")
	}
}

func expression(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case *declaredResource:
		return v.address()
	case []any:
		elements := make([]string, len(v))
		for i, e := range v {
			elements[i] = expression(e)
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case map[string]any:
		var b strings.Builder
		b.WriteString("{\n")
		for _, key := range slices.Sorted(maps.Keys(v)) {
			fmt.Fprintf(&b, "%q = %s\n", key, expression(v[key]))
		}
		b.WriteString("}")
		return b.String()
	case string:
		return fmt.Sprintf("%q", v)
	default:
		return fmt.Sprint(v)
	}
}

// identifier makes a Terraform name of a site code or host name.
func identifier(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "-", "_")
	if name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	return name
}

func hostLabelOf(fqdn string) string {
	label, _, _ := strings.Cut(fqdn, ".")
	return label
}

// TestAccCorpus_ValidTopologies applies all valid topologies at once, each in a module.
func TestAccCorpus_ValidTopologies(t *testing.T) {
	modules, values := newModules(t), &plannedValues{}
	for _, o := range readCorpus(t).Valid {
		writeFile(t, filepath.Join(modules.add(t, "topology_"+o.ID), "main.tf"), requiredProvider+configurationOf(o.resources()))
	}
	runTerraform(t, resource.TestCase{Steps: []resource.TestStep{{
		ConfigDirectory: config.StaticDirectory(modules.folder), ProtoV6ProviderFactories: providerFactories,
		ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{values}},
		ConfigStateChecks: []statecheck.StateCheck{values},
	}}})
}

func TestAccCorpus_InvalidTopologies(t *testing.T) {
	for _, o := range readCorpus(t).Invalid {
		t.Run(o.title(), func(t *testing.T) {
			config := configurationOf(o.resources())
			found := planErrors(t, config)
			if got, want := ruleIDs(found), slices.Sorted(slices.Values(o.Expect)); !slices.Equal(got, want) {
				t.Errorf("errors %v, expected %v in\n%s\n%+v", got, want, config, found)
			}
		})
	}
}

// planAll plans resources the way Terraform does on an empty state: each with the
// planned values of those that it refers to, and not at all behind one in error.
func (s *server) planAll(t *testing.T, resources []*declaredResource) []*tfprotov6.Diagnostic {
	t.Helper()
	return planWith(t, resources, func(*declaredResource) *server { return s })
}

// planWith is planAll with a provider for each resource.
func planWith(t *testing.T, resources []*declaredResource, by func(*declaredResource) *server) []*tfprotov6.Diagnostic {
	t.Helper()
	planned := map[*declaredResource]tree{}
	var all []*tfprotov6.Diagnostic
	for _, r := range resources {
		config, ok := resolved(r.arguments, planned)
		if !ok {
			continue
		}
		c := by(r).plan(t, r.kind, config.(tree), nil)
		all = append(all, c.diags...)
		if len(errorsOf(c.diags)) == 0 {
			planned[r] = c.object
		}
	}
	return all
}

// resolved replaces references by the planned values of what they refer to, and
// reports whether there are some.
func resolved(v any, planned map[*declaredResource]tree) (any, bool) {
	all := true
	object := func(members map[string]any) tree {
		o := tree{}
		for name, member := range members {
			value, ok := resolved(member, planned)
			o[name], all = value, all && ok
		}
		return o
	}
	switch v := v.(type) {
	case *declaredResource:
		o, ok := planned[v]
		return o, ok
	case block:
		return object(v), all
	case map[string]any:
		return object(v), all
	default:
		return v, true
	}
}

func TestCorpus_InvalidTopologies(t *testing.T) {
	for _, o := range readCorpus(t).Invalid {
		t.Run(o.title(), func(t *testing.T) {
			for _, place := range rule.ReportPlaces() {
				var got []string
				diags := errorsOf(configure(t, tree{"report_at": place}).planAll(t, o.resources()))
				for _, d := range diags {
					id, _, _ := strings.Cut(d.Summary, ":")
					got = append(got, id)
				}
				slices.Sort(got)
				if want := slices.Sorted(slices.Values(o.Expect)); !slices.Equal(got, want) {
					t.Errorf("reported at the %s: errors %v, expected %v%s", place, got, want, describe(diags))
				}
			}
		})
	}
}

// TestCorpus_RecordsWhatIsPlanned applies the valid topologies, and plans them again:
// nothing changes any more.
func TestCorpus_RecordsWhatIsPlanned(t *testing.T) {
	s := configure(t, nil)
	for _, o := range readCorpus(t).Valid {
		t.Run(o.title(), func(t *testing.T) {
			recorded := map[*declaredResource]tree{}
			for _, r := range o.resources() {
				config, _ := resolved(r.arguments, recorded)
				planned := s.plan(t, r.kind, config.(tree), nil)
				applied := s.apply(t, r.kind, config.(tree), planned.object, nil)
				if len(applied.diags) > 0 {
					t.Fatalf("%s: %s", r.address(), describe(applied.diags))
				}
				if !reflect.DeepEqual(applied.object, planned.object) {
					t.Errorf("%s: planned %s and recorded %s", r.address(), describeTree(planned.object), describeTree(applied.object))
				}
				again := s.plan(t, r.kind, config.(tree), applied.object)
				if !reflect.DeepEqual(again.object, applied.object) || len(again.replaced) > 0 {
					t.Errorf("%s: recorded %s and planned again as %s", r.address(), describeTree(applied.object), describeTree(again.object))
				}
				recorded[r] = applied.object
			}
		})
	}
}

// TestCorpus_Warnings keeps published topologies readable: a design that people run
// must not drown in advice, and a lab in none that is only for production.
func TestCorpus_Warnings(t *testing.T) {
	topologies := readCorpus(t).Valid
	for _, environment := range rule.Environments() {
		t.Run(environment, func(t *testing.T) {
			total, counts, where := 0, map[string]int{}, map[string][]string{}
			s := configure(t, tree{"environment": environment})
			for _, o := range topologies {
				diags := s.planAll(t, o.resources())
				if errors := errorsOf(diags); len(errors) > 0 {
					t.Errorf("%s: %s", o.title(), describe(errors))
				}
				for _, d := range diags {
					id, _, _ := strings.Cut(d.Summary, ":")
					total++
					counts[id]++
					if !slices.Contains(where[id], o.ID) {
						where[id] = append(where[id], o.ID)
					}
					found, known := rules.Catalog().RuleByID(id)
					if !known {
						t.Errorf("%s: a warning about no rule: %s", o.title(), d.Summary)
					}
					if environment == string(rule.Lab) && found.Basis == rule.Recommended {
						t.Errorf("%s: a recommendation in a lab: %s", o.title(), d.Summary)
					}
				}
			}
			for _, id := range slices.Sorted(maps.Keys(counts)) {
				t.Logf("%3d %s (%s)", counts[id], id, strings.Join(where[id], ", "))
			}
			average := float64(total) / float64(len(topologies))
			t.Logf("%d warnings in %d topologies, %.2f for each", total, len(topologies), average)
			if average > 1.7 {
				t.Errorf("%.2f warnings for each topology, at most 1.7 are readable", average)
			}
		})
	}
}
