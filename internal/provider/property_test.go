package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The tests of this file draw configurations at random, always the same ones.

// generator draws values for the attributes of a schema.
type generator struct {
	*rand.Rand
	// known is the share of attributes that are drawn from their pools; the others
	// are null or unknown. odd is the share of values that are not plausible.
	known, odd float64
}

func newGenerator(seed uint64, known, odd float64) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 0)), known: known, odd: odd}
}

func (g *generator) block(b *tfprotov6.SchemaBlock) tree {
	object := g.attributes(b.Attributes)
	for _, nested := range b.BlockTypes {
		object[nested.TypeName] = g.nullOr(func() any { return g.block(nested.Block) })
	}
	return object
}

func (g *generator) attributes(attributes []*tfprotov6.SchemaAttribute) tree {
	object := tree{}
	for _, a := range attributes {
		if a.Computed && !a.Optional {
			continue
		}
		object[a.Name] = g.nullOr(func() any { return g.attribute(a) })
	}
	return object
}

// nullOr draws null, unknown or a known value.
func (g *generator) nullOr(known func() any) any {
	switch share := g.Float64(); {
	case share < g.known:
		return known()
	case share < (1+g.known)/2:
		return nil
	default:
		return model.UnknownValue{}
	}
}

func (g *generator) attribute(a *tfprotov6.SchemaAttribute) any {
	if a.NestedType == nil {
		return g.value(a, a.Type)
	}
	if a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle {
		return g.attributes(a.NestedType.Attributes)
	}
	elements := tree{}
	for range g.IntN(4) {
		elements[pick(g, []string{"a", "b", "cas", "ps1"})] = g.nullOr(func() any { return g.attributes(a.NestedType.Attributes) })
	}
	return elements
}

func (g *generator) value(a *tfprotov6.SchemaAttribute, typ tftypes.Type) any {
	switch typ := typ.(type) {
	case tftypes.List:
		elements := make([]any, g.IntN(4))
		for i := range elements {
			elements[i] = g.element(a, typ.ElementType)
		}
		return elements
	case tftypes.Map:
		elements := tree{}
		for range g.IntN(4) {
			elements[g.string(a)] = g.element(a, typ.ElementType)
		}
		return elements
	}
	switch {
	case typ.Is(tftypes.Bool):
		return g.IntN(2) == 0
	case typ.Is(tftypes.Number):
		if g.Float64() < g.odd {
			return pick(g, []any{-1, 70000, 1.5, new(big.Float).SetMantExp(big.NewFloat(1), 200)})
		}
		return pick(g, []any{0, 1, 2, 100, 1433, 4022})
	default:
		return g.string(a)
	}
}

// element draws an element of a list or map, which is seldom null.
func (g *generator) element(a *tfprotov6.SchemaAttribute, typ tftypes.Type) any {
	switch {
	case g.Float64() < g.odd:
		return nil
	case g.Float64() < g.known:
		return g.value(a, typ)
	default:
		return model.UnknownValue{}
	}
}

// string draws a value that suits an attribute, or an odd one.
func (g *generator) string(a *tfprotov6.SchemaAttribute) string {
	if g.Float64() < g.odd {
		return pick(g, oddStrings)
	}
	if a.Name == "version" {
		return pick(g, []string{"2503", "2403", "2203", "1511", "2603"})
	}
	// The description of an attribute with a vocabulary of its own lists it.
	if words := quotedWord.FindAllString(a.Description, -1); len(words) > 1 {
		return strings.Trim(pick(g, words), "`")
	}
	for _, p := range plausible {
		if strings.Contains(a.Name, p.part) {
			return pick(g, p.values)
		}
	}
	return "x"
}

var quotedWord = regexp.MustCompile("`[a-z0-9_]+`")

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

// plausible are values by a part of an attribute's name; the first match counts.
var plausible = []struct {
	part   string
	values []string
}{
	{"site_code", []string{"PS1", "ps1", "CAS", "SS1", "001"}},
	{"account", []string{`contoso\svc`, `CONTOSO.com\svc`, "svc@contoso.com"}},
	{"distributed_views", []string{"PS1", "PS2"}},
	{"replication_schedules", []string{"PS1", "PS2"}},
	{"accepted_findings", []string{"COLO-FSP-DEDICATED", "SITE-NAME-CHARS", "SITE-CODE-FORMAT"}},
	{"_version", []string{"4.8", "18.5.1.1"}},
	{"content_library_path", []string{`\\fs01.contoso.com\Library`}},
	{"install_directory", []string{`D:\ConfigMgr`, `C:\Ü`}},
	{"expiration", []string{"2026-12-31"}},
	{"fqdn", []string{"cm01.contoso.com", "mp01.contoso.com", "MP01.CONTOSO.COM"}},
	{"sms_providers", []string{"cm01.contoso.com", "mp01.contoso.com"}},
	{"pull_sources", []string{"dp01.contoso.com", "DP01.contoso.com", "mp01.contoso.com"}},
	{"replicas", []string{"sql01.contoso.com", "sql02.contoso.com"}},
	{"nodes", []string{"sql01.contoso.com", "sql02.contoso.com"}},
	{"server", []string{"cm01.contoso.com", "CM01.contoso.com.", "sql01.contoso.com", "mp01", "cm02.contoso.com"}},
	{"domain", []string{"contoso.com", "fabrikam.com"}},
	{"forest", []string{"contoso.com", "fabrikam.com"}},
}

var oddStrings = []string{"", " ", ".", "a..b", "%s%d%!", "ä", "PS1", `\`, `\\`, "\x00", "null", "2026-02-30", "9912", strings.Repeat("x", 300), "none", "contoso.com"}

// plannedQuietly plans and reports a panic together with the configuration.
func (s *server) plannedQuietly(t *testing.T, kind string, config, prior tree) (validated []*tfprotov6.Diagnostic, planned change) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("panic: %v\n%s\nconfiguration: %s\nprior state: %s", r, debug.Stack(), describeTree(config), describeTree(prior))
		}
	}()
	validated = s.validate(t, kind, config)
	if len(errorsOf(validated)) > 0 { // Terraform goes no further: the plan has to come to an end, and is held to nothing
		alone := *s
		alone.framework = nil
		s = &alone
	}
	return validated, s.plan(t, kind, config, prior)
}

func describeTree(object tree) string {
	text, err := json.Marshal(object)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func kindsOf(s *server) []string { return slices.Sorted(maps.Keys(s.schemas.ResourceSchemas)) }

func TestRandomConfigurations_NullAndUnknownAreNoErrors(t *testing.T) {
	for _, place := range rule.ReportPlaces() {
		s := configure(t, tree{"report_at": place})
		for _, kind := range kindsOf(s) {
			t.Run(kind+" reporting at the "+place, func(t *testing.T) {
				schema := s.schema(t, kind)
				for seed := range uint64(200) {
					config := newGenerator(seed, 0, 0).block(schema.Block)
					validated, planned := s.plannedQuietly(t, kind, config, nil)
					for _, d := range errorsOf(validated) {
						if !strings.HasPrefix(d.Summary, "Missing Configuration for Required Attribute") {
							t.Errorf("%s\nconfiguration: %s", describe([]*tfprotov6.Diagnostic{d}), describeTree(config))
						}
					}
					if len(errorsOf(planned.diags)) > 0 {
						t.Errorf("%s\nconfiguration: %s", describe(planned.diags), describeTree(config))
					}
				}
			})
		}
	}
}

func TestRandomConfigurations_DoNotPanic(t *testing.T) {
	const each = 200
	servers := []*server{configure(t, tree{"review_date": "2026-06-30"}), configure(t, tree{"report_at": "hierarchy"})}
	for _, kind := range kindsOf(servers[0]) {
		t.Run(kind, func(t *testing.T) {
			wellFormed, accepted := 0, 0
			for seed := range uint64(each) {
				g := newGenerator(seed, []float64{0.3, 0.6, 0.9}[seed%3], []float64{0, 0.01, 0.2}[seed/3%3])
				s := servers[g.IntN(2)]
				schema := s.schema(t, kind)
				config := g.block(schema.Block)
				validated, planned := s.plannedQuietly(t, kind, config, nil)
				if len(errorsOf(validated)) > 0 {
					continue // Terraform goes no further
				}
				wellFormed++
				_, again := s.plannedQuietly(t, kind, config, nil)
				if describe(planned.diags) != describe(again.diags) {
					t.Errorf("two plans of one configuration differ:%s\nand%s\nconfiguration: %s", describe(planned.diags), describe(again.diags), describeTree(config))
				}
				if len(errorsOf(planned.diags)) > 0 {
					continue
				}
				accepted++
				keepsConfiguration(t, schema, config, planned.object)
				s.plannedQuietly(t, kind, g.block(schema.Block), planned.object)
			}
			t.Logf("of %d configurations %d are well-formed and %d accepted", each, wellFormed, accepted)
			if accepted == 0 {
				t.Error("no configuration was accepted: the pools of plausible values do not serve any more")
			}
		})
	}
}

// keepsConfiguration fails when a plan changes what the configuration says, which
// Terraform refuses.
func keepsConfiguration(t *testing.T, schema *tfprotov6.Schema, config, planned tree) {
	t.Helper()
	object := schema.ValueType().(tftypes.Object)
	writeOnly := map[string]bool{}
	for _, a := range schema.Block.Attributes {
		writeOnly[a.Name] = a.WriteOnly
	}
	for name, typ := range object.AttributeTypes {
		if writeOnly[name] && planned[name] != nil {
			t.Errorf("%s is write-only and planned as %v", name, planned[name])
		}
		if config[name] == nil || writeOnly[name] {
			continue
		}
		if want, got := typedValue(t, typ, config[name]), typedValue(t, typ, planned[name]); !want.Equal(got) {
			t.Errorf("%s is %s in the configuration and %s in the plan", name, want, got)
		}
	}
}

// TestUnknownValues_AddNoErrors blanks out parts of topologies that are right: what
// is not known yet must never be reported as wrong.
func TestUnknownValues_AddNoErrors(t *testing.T) {
	s := configure(t, nil)
	for _, o := range readCorpus(t).Valid {
		t.Run(o.title(), func(t *testing.T) {
			for seed := range uint64(6) {
				g := newGenerator(seed, 0, 0)
				resources := o.resources()
				for _, r := range resources {
					g.blank(r.arguments, 0.05+0.3*g.Float64())
				}
				if errors := errorsOf(s.planAll(t, resources)); len(errors) > 0 {
					var blanked []string
					for _, r := range resources {
						blanked = append(blanked, r.address()+" "+unknownNames(r.arguments))
					}
					t.Fatalf("%s\nunknown:\n%s", describe(errors), strings.Join(blanked, "\n"))
				}
			}
		})
	}
}

// blank makes a share of the arguments unknown.
func (g *generator) blank(arguments map[string]any, share float64) {
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		switch v := arguments[name].(type) {
		case block:
			g.blank(v, share)
			continue
		case map[string]any:
			g.blank(v, share)
		}
		if g.Float64() < share {
			arguments[name] = model.UnknownValue{}
		}
	}
}

func unknownNames(arguments map[string]any) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		switch v := arguments[name].(type) {
		case model.UnknownValue:
			names = append(names, name)
		case block:
			names = append(names, name+unknownNames(v))
		case map[string]any:
			names = append(names, name+unknownNames(v))
		}
	}
	return "{" + strings.Join(names, ", ") + "}"
}

// declared returns the resources of a topology that is written as plain objects, every
// resource after those it refers to, the hierarchy last.
func declared(h tree) []*declaredResource {
	var all []*declaredResource
	sites, servers := map[any]*declaredResource{}, map[string]*declaredResource{}
	add := func(kind string, arguments tree, references tree) *declaredResource {
		r := &declaredResource{kind: kind, name: fmt.Sprint(len(all)), arguments: merged(arguments, references)}
		all = append(all, r)
		return r
	}
	held := tree{"sites": tree{}, "site_system_servers": tree{}, "role_assignments": tree{}}
	for _, kind := range []string{"central_administration", "primary", "secondary"} {
		for _, key := range slices.Sorted(maps.Keys(h["sites"].(tree))) {
			site := h["sites"].(tree)[key].(tree)
			if site["site_type"] != kind {
				continue
			}
			references := tree{}
			if parent, ok := site["parent"].(tree); ok {
				references["parent"] = sites[parent["site_code"]]
			}
			sites[site["site_code"]] = add("configmgr_site", site, references)
			held["sites"].(tree)[key] = sites[site["site_code"]]
		}
	}
	server := func(key string, s tree) *declaredResource {
		r := add("configmgr_site_system_server", s, tree{"site": sites[s["site"].(tree)["site_code"]]})
		held["site_system_servers"].(tree)[key] = r
		servers[fmt.Sprint(s["site"].(tree)["site_code"], s["fqdn"])] = r
		return r
	}
	for _, key := range slices.Sorted(maps.Keys(h["site_system_servers"].(tree))) {
		server(key, h["site_system_servers"].(tree)[key].(tree))
	}
	for _, key := range slices.Sorted(maps.Keys(h["role_assignments"].(tree))) {
		a := h["role_assignments"].(tree)[key].(tree)
		s := a["server"].(tree)
		on := servers[fmt.Sprint(s["site"].(tree)["site_code"], s["fqdn"])]
		if on == nil {
			on = server("server of "+key, s)
		}
		held["role_assignments"].(tree)[key] = add("configmgr_role_assignment", a, tree{"server": on})
	}
	add("configmgr_hierarchy", held, nil)
	return all
}

// TestProperty_WhoeverReports has random hierarchies, with a mistake and without, judged
// by their elements, by the hierarchy and by the function: all find the same.
func TestProperty_WhoeverReports(t *testing.T) {
	mistakes := adopttest.Mistakes()
	for seed := range uint64(len(mistakes) + 1) {
		create := func() (h tree, name string) {
			h, name = adopttest.Generate(seed, 2, 1, 2), "right"
			if seed > 0 {
				name = mistakes[seed-1].Rule
				mistakes[seed-1].Make(h)
			}
			return h, name
		}
		h, name := create()
		t.Run(name, func(t *testing.T) {
			found := map[string][]string{}
			for _, place := range rule.ReportPlaces() {
				s := configure(t, tree{"report_at": place})
				s.framework = nil // which other tests ask
				planned := map[*declaredResource]tree{}
				for _, r := range declared(h) {
					config, _ := resolved(r.arguments, planned)
					c := s.plan(t, r.kind, config.(tree), nil)
					planned[r] = c.object // Terraform would stop at an error
					for _, d := range c.diags {
						id, _, _ := strings.Cut(d.Summary, ":")
						found[place] = append(found[place], id)
					}
				}
			}
			topology, _ := create()
			v, funcErr := configure(t, nil).call(t, "check_topology", topology, tree{})
			if funcErr != nil {
				t.Fatal(funcErr.Text)
			}
			findings, err := toTree(v)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings.([]any) {
				found["function"] = append(found["function"], f.(tree)["rule"].(string))
			}
			for place := range found {
				slices.Sort(found[place])
				found[place] = slices.Compact(found[place])
			}
			for place, ids := range found {
				if !slices.Equal(ids, found["hierarchy"]) || len(ids) == 0 || seed > 0 && !slices.Contains(ids, name) {
					t.Errorf("%s: %v, by the hierarchy %v", place, ids, found["hierarchy"])
				}
			}
		})
	}
}
