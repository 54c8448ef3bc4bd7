package sweep

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// argumentKind says what a parameter takes, by its name and type.
type argumentKind struct {
	object *field   // of what shape, nil for a text
	bases  []design // to begin with
	texts  []string
}

// optionsShape is the shape of options, which a description names one by one.
func optionsShape(description string) *field {
	f := &field{shape: shapeObject}
	for _, word := range quotedWord.FindAllStringSubmatch(description, -1) {
		if name := word[1]; optionName(name) && f.named(name) == nil {
			f.fields = append(f.fields, &field{name: name, optional: true, shape: shapeString, words: wordsOf(description)})
		}
	}
	return f
}

func optionName(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' })
}

func wordsOf(description string) []string {
	var words []string
	for _, word := range quotedWord.FindAllStringSubmatch(description, -1) {
		words = append(words, word[1])
	}
	return words
}

// yamlText and exportText are texts to begin with.
const yamlText = "sites:\n  PS1:\n    site_type: primary\n    name: Contoso\n    site_server: cm01\nservers:\n  mp01: { site: PS1, roles: [management_point] }\n" +
	"  dp01: { site: PS1, roles: { distribution_point: { pull_sources: { dp02: 1 } } } }\ndefaults: { dns_suffix: contoso.com }\n"

// takes says what a parameter of a function takes.
func (s *server) takes(t *testing.T, function string, p *tfprotov6.FunctionParameter) argumentKind {
	if !p.Type.Is(tftypes.DynamicPseudoType) {
		switch p.Name {
		case "site_code":
			return argumentKind{texts: append([]string{"PS1", "CAS", "SS1", "ps1", "XXX"}, wrongTexts...)}
		case "text":
			return argumentKind{texts: []string{yamlText, adopttest.Text(adopttest.Generate(1, 1, 1, 2)), `{"value": []}`, "", "[", "\ufeff{}"}}
		}
		t.Errorf("%s: no text is known for the parameter %s", function, p.Name)
		return argumentKind{texts: wrongTexts}
	}
	data := s.data["configmgr_"+function]
	switch {
	case p.Name == "options":
		return argumentKind{object: optionsShape(p.Description), bases: []design{{"none", tree{}}}}
	case data != nil: // a data source of the same name asks the same
		question := &field{shape: shapeObject}
		for _, f := range data.fields {
			if f.settable() {
				question.fields = append(question.fields, f)
			}
		}
		return argumentKind{object: question, bases: bases["configmgr_"+function]}
	default:
		return argumentKind{object: s.resources["configmgr_hierarchy"], bases: append(slices.Clone(bases["configmgr_hierarchy"]), twice)}
	}
}

// argument draws an argument. It says whether values in it are unknown.
func (s *sweep) argument(r *rand.Rand, k argumentKind, alter int) (any, []alteration, tree) {
	if k.object == nil {
		text := pick(r, k.texts)
		if r.IntN(3) == 0 && len(text) > 1 { // a part is missing, or there twice
			from := r.IntN(len(text))
			to := from + r.IntN(len(text)-from)
			text = strings.ToValidUTF8(text[:from]+pick(r, []string{"", text[from:to] + text[from:to], "x", "null", "\x00", ": ["})+text[to:], "?")
		}
		return text, nil, nil
	}
	base := pick(r, k.bases).config
	all := places(k.object, base)
	if len(all) == 0 {
		return base, nil, base
	}
	var changes []alteration
	for range alter {
		p := pick(r, all)
		changes = append(changes, alteration{p, s.draw(r, p)})
	}
	if r.IntN(40) == 0 {
		return pick(r, []any{nil, unknown, "x", []any{}, tree{"sits": tree{}}, tree{"sites": []any{}}, int64(1)}), nil, nil
	}
	changes = apart(changes)
	return altered(k.object, base, changes), changes, base
}

// TestFunctions calls every function with arguments of every kind.
func TestFunctions(t *testing.T) {
	s := newSweep(t, 0.3)
	served := serve(t, nil)
	t.Setenv(provider.FrameworkOnly, "1")
	alone := serve(t, nil)
	if err := os.Unsetenv(provider.FrameworkOnly); err != nil {
		t.Fatal(err)
	}
	functions, err := served.GetFunctions(context.Background(), &tfprotov6.GetFunctionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("of", func(t *testing.T) {
		for _, name := range slices.Sorted(maps.Keys(functions.Functions)) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				of := &sweep{t: t, seed: s.seed, reported: map[string]bool{}, right: map[string][]any{}, until: s.until}
				f := &functionSweep{sweep: of, name: name, function: functions.Functions[name], server: served, framework: alone}
				for _, p := range f.function.Parameters {
					f.kinds = append(f.kinds, served.takes(t, name, p))
				}
				f.repeat()
				answered := f.run()
				t.Logf("%d calls, %d of them answered", of.calls.Load(), answered)
				if answered == 0 {
					t.Error("no call was answered: the arguments do not serve any more")
				}
				s.calls.Add(of.calls.Load())
			})
		}
	})
	t.Logf("%d calls", s.calls.Load())
}

type functionSweep struct {
	*sweep
	name     string
	function *tfprotov6.Function
	server   *server
	kinds    []argumentKind

	framework *server // without the short cuts
}

// repeat calls the function with the arguments to begin with, and expects the same answer
// each time.
func (f *functionSweep) repeat() {
	most := 0
	for _, k := range f.kinds {
		most = max(most, len(k.bases))
	}
	for i := range most {
		arguments := make([]any, len(f.kinds))
		for j, k := range f.kinds {
			if k.object == nil {
				arguments[j] = k.texts[0]
				continue
			}
			arguments[j] = k.bases[min(i, len(k.bases)-1)].config
		}
		fail := func(about, format string, args ...any) {
			f.fail(about, f.name, "%s\ncalled with %s", fmt.Sprintf(format, args...), brief(arguments))
		}
		first, failed := f.call(arguments, fail)
		if failed != nil && strings.Contains(failed.Text, "is not expected here") {
			fail("an argument to begin with is malformed", "%s", failed.Text)
		}
		for range 12 {
			again, failedAgain := f.call(arguments, fail)
			if !sameAnswer(first, failed, again, failedAgain) {
				fail("two calls differ", "")
			}
		}
	}
}

func (f *functionSweep) run() int {
	answered := 0
	for i := 0; i < 60*scale() || f.soaking() && len(f.kinds) > 0 && time.Now().Before(f.until); i++ {
		r := f.random("function "+f.name, i)
		arguments := make([]any, len(f.kinds))
		var described []string
		var blurred []int
		completions := make([]any, len(f.kinds))
		for j, k := range f.kinds {
			node, changes, base := f.argument(r, k, r.IntN(4))
			arguments[j], completions[j] = node, node
			described = append(described, names(changes))
			if slices.ContainsFunc(changes, func(a alteration) bool { return a.kind == isUnknown }) {
				blurred = append(blurred, j)
				completions[j] = altered(k.object, base, f.completed(r, base, changes))
			}
		}
		fail := func(about, format string, args ...any) {
			f.fail(about, f.name+"("+strings.Join(described, "; ")+")", "%s\ncalled with %s", fmt.Sprintf(format, args...), brief(arguments))
		}
		panicked := safely(func() {
			result, failed := f.call(arguments, fail)
			if failed == nil {
				answered++
			}
			if i%12 == 0 {
				f.compare(arguments, result, failed, fail)
			}
			if len(blurred) == 0 {
				if i%5 == 0 {
					again, failedAgain := f.call(arguments, fail)
					if !sameAnswer(result, failed, again, failedAgain) {
						fail("two calls differ", "")
					}
				}
				return
			}
			if !slices.ContainsFunc(completions, func(c any) bool { return !isWhole(c) }) {
				f.complete(completions, result, failed, fail)
			}
		})
		if panicked != "" {
			fail("panic", "%s", panicked)
		}
	}
	return answered
}

// compare asks the framework alone, which has to answer the same.
func (f *functionSweep) compare(arguments []any, result *tfprotov6.DynamicValue, failed *tfprotov6.FunctionError, fail failing) {
	short := f.server
	f.server = f.framework
	other, failedThere := f.call(arguments, fail)
	f.server = short
	if !sameAnswer(result, failed, other, failedThere) {
		fail("the framework answers otherwise", "%+v\nby the framework %+v", failed, failedThere)
	}
}

// sameAnswer compares two answers: results, or errors.
func sameAnswer(a *tfprotov6.DynamicValue, failedA *tfprotov6.FunctionError, b *tfprotov6.DynamicValue, failedB *tfprotov6.FunctionError) bool {
	if failedA != nil || failedB != nil {
		return failedA != nil && failedB != nil && failedA.Text == failedB.Text
	}
	return same(a, b)
}

// same compares two messages; the keys of maps stand in any order.
func same(a, b *tfprotov6.DynamicValue) bool {
	first, err := read(a)
	must(err)
	second, err := read(b)
	must(err)
	return reflect.DeepEqual(first, second)
}

// complete calls the function with known values in the place of the unknown ones.
func (f *functionSweep) complete(arguments []any, before *tfprotov6.DynamicValue, refused *tfprotov6.FunctionError, fail failing) {
	after, failed := f.call(arguments, fail)
	switch {
	case failed != nil:
	case refused != nil:
		fail("unknown values are refused", "%s\nbut accepted: %s", refused.Text, brief(arguments))
	default:
		first, err := read(before)
		must(err)
		last, err := read(after)
		must(err)
		if f.name == "check_topology" {
			return // what is not known yet is found later
		}
		if broken := differences("", nil, first, last); len(broken) > 0 {
			fail("a known part of the answer changes", "%s\nwith %s", broken, brief(arguments))
		}
	}
}

func (f *functionSweep) call(arguments []any, fail failing) (*tfprotov6.DynamicValue, *tfprotov6.FunctionError) {
	f.cases.Add(1)
	f.calls.Add(1)
	req := &tfprotov6.CallFunctionRequest{Name: f.name}
	for i, node := range arguments {
		if p := f.function.Parameters[i]; p.Type.Is(tftypes.DynamicPseudoType) {
			if node == nil && !p.AllowNullValue || node == any(unknown) && !p.AllowUnknownValues {
				node = tree{} // Terraform does not call the function
			}
			req.Arguments = append(req.Arguments, dynamic(node))
			continue
		}
		req.Arguments = append(req.Arguments, (&encoder{}).text(node))
	}
	resp, err := f.server.CallFunction(context.Background(), req)
	must(err)
	if failed := resp.Error; failed != nil {
		if what := odd(failed.Text); what != "" || strings.TrimSpace(failed.Text) == "" {
			fail("an error "+what, "%s", brief(failed.Text))
		}
		if at := failed.FunctionArgument; at != nil && (*at < 0 || *at >= int64(len(arguments))) {
			fail("an error about an argument that there is not", "%d: %s", *at, failed.Text)
		}
		return nil, failed
	}
	if resp.Result == nil {
		fail("neither a result nor an error", "")
		return nil, nil
	}
	if f.calls.Load()%20 == 0 {
		if _, err := resp.Result.Unmarshal(f.function.Return.Type); err != nil {
			fail("the result is not of its type", "%v", err)
		}
	}
	return resp.Result, nil
}

// TestDataSources validates and reads every data source with values of every kind.
func TestDataSources(t *testing.T) {
	s := newSweep(t, 0.1)
	served := serve(t, nil)
	t.Run("of", func(t *testing.T) {
		for _, kind := range slices.Sorted(maps.Keys(served.data)) {
			if len(bases[kind]) == 0 {
				t.Errorf("there is no configuration of %s to begin with", kind)
				continue
			}
			t.Run(kind, func(t *testing.T) {
				t.Parallel()
				of := &sweep{t: t, seed: s.seed, reported: map[string]bool{}, right: map[string][]any{}, until: s.until}
				d := &dataSweep{sweep: of, kind: kind, object: served.data[kind], server: served, tried: map[string]bool{}}
				d.run()
				t.Logf("%d calls, %d configurations accepted", of.calls.Load(), of.accepted.Load())
			})
		}
	})
}

type dataSweep struct {
	*sweep
	kind   string
	object *field
	server *server
	tried  map[string]bool // the configurations, as they are sent
}

func (d *dataSweep) run() {
	for _, base := range bases[d.kind] {
		all := places(d.object, base.config)
		for _, p := range all {
			r := d.random(d.kind+base.name+p.String(), 0)
			for _, c := range d.few(r, p, 4, 3) {
				d.try(r, base, []alteration{{p, c}})
			}
		}
		if len(all) == 0 {
			d.try(d.random(d.kind, 0), base, nil)
			continue
		}
		for i := 0; i < 60*scale() || d.soaking() && time.Now().Before(d.until) && i < 50_000; i++ {
			r := d.random(d.kind+base.name+"pair", i)
			d.try(r, base, apart([]alteration{{pick(r, all), candidate{isUnknown, unknown}}, d.any(r, all), d.any(r, all)}[r.IntN(2):]))
		}
	}
}

func (d *dataSweep) any(r *rand.Rand, all []place) alteration {
	p := pick(r, all)
	return alteration{p, d.draw(r, p)}
}

func (d *dataSweep) try(r *rand.Rand, base design, changes []alteration) {
	d.cases.Add(1)
	config := altered(d.object, base.config, changes)
	if isWhole(config) && !d.isNew(config) {
		return
	}
	fail := func(about, format string, args ...any) {
		d.fail(about, d.kind+" "+names(changes), "%s\n%s", fmt.Sprintf(format, args...), inShort(config))
	}
	if panicked := safely(func() {
		validated := d.validate(config)
		readable(validated, fail)
		if !isWhole(config) {
			completion := d.completed(r, base.config, changes)
			complete := altered(d.object, base.config, completion)
			if !hasErrors(d.validate(complete)) && hasErrors(validated) {
				fail("unknown values are refused", "%s\nbut accepted with %s", describe(validated), names(completion))
			}
			config = complete
			if !isWhole(config) || !d.isNew(config) {
				return
			}
			validated = d.validate(config)
		}
		if hasErrors(validated) {
			return
		}
		resp, err := d.server.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: d.kind, Config: message(d.object, config)})
		d.calls.Add(1)
		must(err)
		readable(resp.Diagnostics, fail)
		if hasErrors(resp.Diagnostics) {
			return
		}
		d.accepted.Add(1)
		node, err := read(resp.State)
		must(err)
		state, _ := node.(tree)
		if broken := violations(d.object, config, state); len(broken) > 0 || !isWhole(state) {
			fail("what is read breaks the protocol", "%s", broken)
		}
		if len(changes) == 1 && changes[0].kind == isUsual && changes[0].field.shape <= shapeNumber {
			d.accept(changes[0].field, changes[0].value)
		}
	}); panicked != "" {
		fail("panic", "%s", panicked)
	}
}

// isNew reports whether a whole configuration comes for the first time: some data sources
// have few attributes.
func (d *dataSweep) isNew(config tree) bool {
	sent := string(message(d.object, config).MsgPack)
	before := d.tried[sent]
	d.tried[sent] = true
	return !before
}

func (d *dataSweep) validate(config tree) []*tfprotov6.Diagnostic {
	resp, err := d.server.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: d.kind, Config: message(d.object, config)})
	d.calls.Add(1)
	must(err)
	return resp.Diagnostics
}

// TestProviderConfiguration configures providers with values of every kind, and plans with
// each.
func TestProviderConfiguration(t *testing.T) {
	s := newSweep(t, 0.1)
	served := serve(t, nil)
	all := places(served.provider, nil)
	plans := 0
	for i := range 100 * scale() {
		r := s.random("provider", i)
		config := tree{}
		var changes []alteration
		for range 1 + r.IntN(3) {
			p := pick(r, all)
			changes = append(changes, alteration{p, s.draw(r, p)})
		}
		changes = apart(changes)
		config = altered(served.provider, config, changes)
		fail := func(about, format string, args ...any) {
			s.fail(about, names(changes), "%s\n%s", fmt.Sprintf(format, args...), inShort(config))
		}
		panicked := safely(func() {
			sent := message(served.provider, config)
			validated, err := served.ValidateProviderConfig(context.Background(), &tfprotov6.ValidateProviderConfigRequest{Config: sent})
			must(err)
			readable(validated.Diagnostics, fail)
			if hasErrors(validated.Diagnostics) {
				return
			}
			configured, err := served.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: sent})
			must(err)
			readable(configured.Diagnostics, fail)
			if hasErrors(configured.Diagnostics) {
				fail("a valid configuration is refused", "%s", describe(configured.Diagnostics))
				return
			}
			if len(changes) == 1 && changes[0].kind == isUsual {
				s.accept(changes[0].field, changes[0].value)
			}
			for _, kind := range slices.Sorted(maps.Keys(served.resources)) {
				object, base := served.resources[kind], pick(r, bases[kind])
				p := served.plan(kind, base.config, nil)
				readable(p.diags, fail)
				plans++
				if broken := violations(object, base.config, p.object); !hasErrors(p.diags) && len(broken) > 0 {
					fail("a plan breaks the protocol", "%s", broken)
				}
			}
		})
		if panicked != "" {
			fail("panic", "%s", panicked)
		}
	}
	t.Logf("%d plans with providers of their own", plans)
}

// TestImports imports ids of every kind, and plans what was imported.
func TestImports(t *testing.T) {
	s := newSweep(t, 0.1)
	served := serve(t, nil)
	parts := slices.Concat([]string{"PS1", "ps1", "CAS", "AUX", "PS11", "mp01.contoso.com", "MP01.Contoso.com.", "mp01", "management_point", "site_server", "x", ""}, wrongTexts, []string{hugeText})
	imported := 0
	for i := range 250 * scale() {
		r := s.random("import", i)
		var chosen []string
		for range 1 + r.IntN(4) {
			chosen = append(chosen, pick(r, parts))
		}
		if r.IntN(2) == 0 {
			chosen = []string{"PS1", "mp01.contoso.com", "management_point"}[:1+r.IntN(3)]
		}
		id := strings.Join(chosen, "/")
		for _, kind := range slices.Sorted(maps.Keys(served.resources)) {
			fail := func(about, format string, args ...any) {
				s.fail(about, kind, "%s\nimported %s", fmt.Sprintf(format, args...), brief(id))
			}
			if panicked := safely(func() {
				resp, err := served.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: kind, ID: id})
				must(err)
				readable(resp.Diagnostics, fail)
				if hasErrors(resp.Diagnostics) {
					return
				}
				imported++
				if len(resp.ImportedResources) != 1 {
					fail("an import of not one resource", "%d", len(resp.ImportedResources))
					return
				}
				node, err := read(resp.ImportedResources[0].State)
				must(err)
				state, _ := node.(tree)
				if state["id"] == nil || !isWhole(state) {
					fail("an import without an id", "%s", brief(state))
				}
				p := served.plan(kind, pick(r, bases[kind]).config, state)
				readable(p.diags, fail)
			}); panicked != "" {
				fail("panic", "%s", panicked)
			}
		}
	}
	if imported == 0 {
		t.Error("nothing was imported")
	}
	t.Logf("%d imports", imported)
}

// TestBrokenMessages sends messages that Terraform never sends: they are refused.
func TestBrokenMessages(t *testing.T) {
	s := newSweep(t, 0.1)
	served := []*server{serve(t, nil)}
	t.Setenv(provider.FrameworkOnly, "1")
	served = append(served, serve(t, nil))
	if err := os.Unsetenv(provider.FrameworkOnly); err != nil {
		t.Fatal(err)
	}
	for i := range 150 * scale() {
		r := s.random("broken", i)
		server := served[r.IntN(8)/7]
		for _, kind := range slices.Sorted(maps.Keys(server.resources)) { // each run breaks the same
			object := server.resources[kind]
			sent := message(object, pick(r, bases[kind]).config).MsgPack
			broken := slices.Clone(sent)
			switch r.IntN(3) {
			case 0:
				broken = broken[:r.IntN(len(broken))]
			case 1:
				broken[r.IntN(len(broken))] = byte(r.IntN(256))
			default:
				at := r.IntN(len(broken))
				broken = slices.Insert(broken, at, byte(r.IntN(256)))
			}
			config := &tfprotov6.DynamicValue{MsgPack: broken}
			if panicked := safely(func() {
				ctx := context.Background()
				_, _ = server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: kind, Config: config})
				_, _ = server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: kind, Config: config, PriorState: message(object, nil), ProposedNewState: config})
				_, _ = server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: kind, Config: config, PriorState: message(object, nil), PlannedState: config})
				_, _ = server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: kind, CurrentState: config})
				_, _ = server.CallFunction(ctx, &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: []*tfprotov6.DynamicValue{config, config}})
			}); panicked != "" {
				s.fail("panic", kind, "%s\nof the message %x", panicked, broken)
			}
		}
	}
}
