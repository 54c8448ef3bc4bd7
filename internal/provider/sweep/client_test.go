package sweep

import (
	"context"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// server is a configured provider in this process.
type server struct {
	tfprotov6.ProviderServer
	schemas   *tfprotov6.GetProviderSchemaResponse
	resources map[string]*field
	data      map[string]*field
	provider  *field
}

// serve returns a provider with a configuration, with the short cuts or by the framework
// alone.
func serve(t testing.TB, config tree) *server {
	t.Helper()
	s := &server{ProviderServer: provider.NewServer("test")(), resources: map[string]*field{}, data: map[string]*field{}}
	var err error
	if s.schemas, err = s.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	for name, schema := range s.schemas.ResourceSchemas {
		s.resources[name] = fieldOf(schema)
	}
	for name, schema := range s.schemas.DataSourceSchemas {
		s.data[name] = fieldOf(schema)
	}
	s.provider = fieldOf(s.schemas.Provider)
	if config == nil {
		config = tree{}
	}
	resp, err := s.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: message(s.provider, config)})
	if err != nil || len(resp.Diagnostics) > 0 {
		t.Fatalf("the provider cannot be configured: %v %s", err, describe(resp.Diagnostics))
	}
	return s
}

// planned is an answer to PlanResourceChange.
type planned struct {
	message  *tfprotov6.DynamicValue
	object   tree
	replaced []string
	diags    []*tfprotov6.Diagnostic
}

func (s *server) validate(kind string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
	resp, err := s.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: kind, Config: config, ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		panic(err)
	}
	return resp.Diagnostics
}

func (s *server) plan(kind string, config, prior tree) planned {
	object := s.resources[kind]
	resp, err := s.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: kind, PriorState: message(object, prior), Config: message(object, config), ProposedNewState: message(object, proposed(object, config, prior)),
	})
	if err != nil {
		panic(err)
	}
	p := planned{message: resp.PlannedState, diags: resp.Diagnostics}
	for _, at := range resp.RequiresReplace {
		p.replaced = append(p.replaced, at.String())
	}
	slices.Sort(p.replaced)
	if resp.PlannedState != nil {
		node, err := read(resp.PlannedState)
		if err != nil {
			panic(err)
		}
		p.object, _ = node.(tree)
	}
	return p
}

func (s *server) apply(kind string, config tree, plan *tfprotov6.DynamicValue, prior tree) (tree, []*tfprotov6.Diagnostic) {
	object := s.resources[kind]
	resp, err := s.ApplyResourceChange(context.Background(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: kind, PriorState: message(object, prior), Config: message(object, config), PlannedState: plan,
	})
	if err != nil {
		panic(err)
	}
	node, err := read(resp.NewState)
	if err != nil {
		panic(err)
	}
	state, _ := node.(tree)
	return state, resp.Diagnostics
}

// proposed merges a configuration with the prior state as Terraform does: what the
// configuration leaves to the provider is the prior value, or unknown.
func proposed(object *field, config, prior tree) tree {
	if config == nil {
		return nil
	}
	merged := maps.Clone(config)
	for _, f := range object.fields {
		switch {
		case f.writeonly:
			merged[f.name] = nil
		case f.computed && config[f.name] == nil && prior == nil:
			merged[f.name] = unknown
		case f.computed && config[f.name] == nil:
			merged[f.name] = prior[f.name]
		}
	}
	return merged
}

// violations says in what a planned object breaks the rules of the protocol: it keeps what
// the configuration says, and computes only what it may.
func violations(object *field, config, planned tree) []string {
	var all []string
	for _, f := range object.fields {
		c, p := config[f.name], planned[f.name]
		switch {
		case f.writeonly:
			if p != nil {
				all = append(all, f.name+" is write-only and planned with a value")
			}
		case f.computed && c == nil:
		case f.computed && !f.optional && c != nil:
			all = append(all, f.name+" is computed and configured: the test is wrong")
		case !equal(f, c, p):
			all = append(all, fmt.Sprintf("%s is %s in the configuration and %s in the plan", f.name, brief(c), brief(p)))
		}
	}
	return all
}

// differences says in what a value is not what an earlier one promised: what was unknown
// may be anything.
func differences(at string, f *field, promised, actual any) []string {
	if promised == any(unknown) {
		return nil
	}
	object, ok := promised.(tree)
	other, same := actual.(tree)
	if !ok || !same {
		if !equal(f, promised, actual) && isWhole(promised) {
			return []string{fmt.Sprintf("%s was %s and is %s", at, brief(promised), brief(actual))}
		}
		return nil
	}
	var all []string
	keys := maps.Clone(object)
	maps.Copy(keys, other)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		var sub *field
		if f != nil && f.shape == shapeObject {
			sub = f.named(key)
		} else {
			sub = elementOf(f)
		}
		all = append(all, differences(at+"."+key, sub, object[key], other[key])...)
	}
	return all
}

func brief(node any) string {
	text := fmt.Sprintf("%v", node)
	if len(text) > 300 {
		text = text[:300] + "…"
	}
	return text
}

func hasErrors(diags []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

func describe(diags []*tfprotov6.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		detail := d.Detail
		if len(detail) > 600 {
			detail = detail[:600] + "…"
		}
		fmt.Fprintf(&b, "\n%s: %s at %s\n  %s", d.Severity, d.Summary, d.Attribute, strings.ReplaceAll(detail, "\n", "\n  "))
	}
	return b.String()
}

// largestMessage is how long the text of one diagnostic may be: a screen of a large
// terminal, where a finding lists what it is about.
const largestMessage = 12_000

// odd says what of a text no user can read.
func odd(text string) string {
	switch {
	case len(text) > largestMessage:
		return fmt.Sprintf("of %d bytes", len(text))
	case strings.ContainsRune(text, 0):
		return "with a NUL"
	}
	for _, part := range []string{"%!", "<nil>", "Value[", "0xc0", "(unknown)", "map[", "bug in the provider", "panic"} {
		if strings.Contains(text, part) {
			return "with " + part
		}
	}
	return ""
}

// safely runs a case and returns what a panic said.
func safely(run func()) (panicked string) {
	defer func() {
		if r := recover(); r != nil {
			panicked = fmt.Sprintf("%v\n%s", r, debug.Stack())
		}
	}()
	run()
	return ""
}
