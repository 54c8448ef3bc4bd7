package provider

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

// The tests below speak the plugin protocol to a provider in this process, without
// Terraform.

// server is a configured provider.
type server struct {
	tfprotov6.ProviderServer
	// framework validates and plans without the short cuts of fastplan; nil where a test
	// compares nothing with it.
	framework tfprotov6.ProviderServer
	schemas   *tfprotov6.GetProviderSchemaResponse
	config    *tfprotov6.DynamicValue
}

// compared are the requests whose answers were held to those of the framework. What is asked
// again, of a provider with the same configuration, is answered as before: of the time of
// these tests the framework takes most.
var compared sync.Map

// isNew reports whether a request is asked for the first time, so that the framework has
// to be asked as well.
func (s *server) isNew(what string, values ...*tfprotov6.DynamicValue) bool {
	if s.framework == nil {
		return false
	}
	all := bytes.NewBufferString(what)
	for _, v := range append(values, s.config) {
		fmt.Fprintf(all, "\n%d ", len(v.MsgPack))
		all.Write(v.MsgPack)
	}
	_, before := compared.LoadOrStore(sha256.Sum256(all.Bytes()), true)
	return !before
}

// tree is an object by attribute names: nil for null, model.UnknownValue, string,
// bool, int, int64, float64, []any and map[string]any.
type tree = map[string]any

// configure returns a provider with a configuration that has to be right.
func configure(t testing.TB, config tree) *server {
	t.Helper()
	s, diags := tryConfigure(t, config)
	if len(diags) > 0 {
		t.Fatalf("provider configuration: %s", describe(diags))
	}
	return s
}

// tryConfigure validates and configures a provider, as Terraform does.
func tryConfigure(t testing.TB, config tree) (*server, []*tfprotov6.Diagnostic) {
	t.Helper()
	s := &server{ProviderServer: NewServer("test")()}
	s.framework = s.ProviderServer
	if short, ok := s.ProviderServer.(*fastplan.Server); ok {
		s.framework = short.ProviderServer
	}
	var err error
	if s.schemas, err = s.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	if len(s.schemas.Diagnostics) > 0 {
		t.Fatalf("schema: %s", describe(s.schemas.Diagnostics))
	}
	if config == nil {
		config = tree{} // a provider block may be left out, the configuration never is
	}
	value := dynamicValue(t, s.schemas.Provider.ValueType(), config)
	s.config = value
	validated, err := s.ValidateProviderConfig(context.Background(), &tfprotov6.ValidateProviderConfigRequest{Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if len(errorsOf(validated.Diagnostics)) > 0 {
		return s, validated.Diagnostics
	}
	configured, err := s.ConfigureProvider(context.Background(), &tfprotov6.ConfigureProviderRequest{Config: value})
	if err != nil {
		t.Fatal(err)
	}
	return s, append(validated.Diagnostics, configured.Diagnostics...)
}

func (s *server) schema(t testing.TB, kind string) *tfprotov6.Schema {
	t.Helper()
	schema, ok := s.schemas.ResourceSchemas[kind]
	if !ok {
		t.Fatalf("there is no resource type %q", kind)
	}
	return schema
}

// validate is the validate walk for one resource.
func (s *server) validate(t testing.TB, kind string, config tree) []*tfprotov6.Diagnostic {
	t.Helper()
	request := &tfprotov6.ValidateResourceConfigRequest{
		TypeName: kind, Config: dynamicValue(t, s.schema(t, kind).ValueType(), config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	}
	resp, err := s.ValidateResourceConfig(context.Background(), request)
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Diagnostics) == 0 && s.isNew("validate "+kind, request.Config) {
		alone, err := s.framework.ValidateResourceConfig(context.Background(), request)
		if err != nil {
			t.Fatal(err)
		}
		if len(alone.Diagnostics) > 0 {
			t.Errorf("the server accepts a configuration of %s that the framework does not: %s", kind, describe(alone.Diagnostics))
		}
	}
	return resp.Diagnostics
}

// change is a planned or applied change of one resource.
type change struct {
	object   tree     // planned or new; nil when the resource is to be destroyed
	replaced []string // paths of attributes that force a replacement
	diags    []*tfprotov6.Diagnostic
}

// plan plans a resource with a configuration, nil to destroy it, and a prior state,
// nil to create it.
func (s *server) plan(t testing.TB, kind string, config, prior tree) change {
	t.Helper()
	schema := s.schema(t, kind)
	request := &tfprotov6.PlanResourceChangeRequest{
		TypeName: kind, PriorState: dynamicValue(t, schema.ValueType(), prior), Config: dynamicValue(t, schema.ValueType(), config),
		ProposedNewState: dynamicValue(t, schema.ValueType(), proposed(schema, config, prior)),
	}
	planned := func(server tfprotov6.ProviderServer) change {
		resp, err := server.PlanResourceChange(context.Background(), request)
		if err != nil {
			t.Fatal(err)
		}
		c := change{object: readTree(t, schema, resp.PlannedState), diags: resp.Diagnostics}
		for _, at := range resp.RequiresReplace {
			c.replaced = append(c.replaced, at.String())
		}
		return c
	}
	short := planned(s)
	if !s.isNew("plan "+kind, request.Config, request.PriorState, request.ProposedNewState) {
		return short
	}
	long := planned(s.framework)
	// What the server cannot read it leaves to the framework, whose report follows the
	// order of a Go map. Validation refuses it before.
	unreadable := slices.ContainsFunc(long.diags, func(d *tfprotov6.Diagnostic) bool { return d.Summary == "Configuration Read Error" })
	if difference := differing(short, long); difference != "" && !unreadable {
		t.Errorf("the server and the framework alone plan %s differently: %s", kind, difference)
	}
	return short
}

// differing says in what two plans of one change differ, nothing when they do not.
func differing(a, b change) string {
	if !reflect.DeepEqual(a.object, b.object) {
		return fmt.Sprintf("the objects are %v and %v", a.object, b.object)
	}
	slices.Sort(a.replaced)
	slices.Sort(b.replaced)
	if !slices.Equal(a.replaced, b.replaced) {
		return fmt.Sprintf("the replaced attributes are %q and %q", a.replaced, b.replaced)
	}
	if describe(a.diags) != describe(b.diags) {
		return fmt.Sprintf("the diagnostics are\n%s\nand\n%s", describe(a.diags), describe(b.diags))
	}
	return ""
}

// apply applies a planned change with the configuration as it is known by then.
func (s *server) apply(t testing.TB, kind string, config, planned, prior tree) change {
	t.Helper()
	schema := s.schema(t, kind)
	request := &tfprotov6.ApplyResourceChangeRequest{
		TypeName: kind, PriorState: dynamicValue(t, schema.ValueType(), prior), Config: dynamicValue(t, schema.ValueType(), config),
		PlannedState: dynamicValue(t, schema.ValueType(), planned),
	}
	applied := func(server tfprotov6.ProviderServer) change {
		resp, err := server.ApplyResourceChange(context.Background(), request)
		if err != nil {
			t.Fatal(err)
		}
		return change{object: readTree(t, schema, resp.NewState), diags: resp.Diagnostics}
	}
	short := applied(s)
	if !s.isNew("apply "+kind, request.Config, request.PriorState, request.PlannedState) {
		return short
	}
	if difference := differing(short, applied(s.framework)); difference != "" {
		t.Errorf("the server and the framework alone record %s differently: %s", kind, difference)
	}
	return short
}

// proposed merges a configuration with the prior state as Terraform does: what the
// configuration leaves to the provider is the prior value, or unknown.
func proposed(schema *tfprotov6.Schema, config, prior tree) tree {
	if config == nil {
		return nil
	}
	merged := tree{}
	for name, v := range config {
		merged[name] = v
	}
	for _, a := range schema.Block.Attributes {
		if a.WriteOnly {
			merged[a.Name] = nil
		}
		if !a.Computed || merged[a.Name] != nil {
			continue
		}
		if prior == nil {
			merged[a.Name] = model.UnknownValue{}
		} else {
			merged[a.Name] = prior[a.Name]
		}
	}
	return merged
}

// readTree returns an object of the protocol as a tree.
func readTree(t testing.TB, schema *tfprotov6.Schema, value *tfprotov6.DynamicValue) tree {
	t.Helper()
	if value == nil {
		return nil
	}
	v, err := value.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	node, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	object, _ := node.(tree)
	return object
}

func dynamicValue(t testing.TB, typ tftypes.Type, node tree) *tfprotov6.DynamicValue {
	t.Helper()
	var untyped any
	if node != nil {
		untyped = node
	}
	v, err := tfprotov6.NewDynamicValue(typ, typedValue(t, typ, untyped))
	if err != nil {
		t.Fatal(err)
	}
	return &v
}

// typedValue turns a tree into a value of a type. Like Terraform's conversion of
// objects it drops the attributes that the type does not have.
func typedValue(t testing.TB, typ tftypes.Type, node any) tftypes.Value {
	t.Helper()
	switch node := node.(type) {
	case nil:
		return tftypes.NewValue(typ, nil)
	case model.UnknownValue:
		return tftypes.NewValue(typ, tftypes.UnknownValue)
	case int:
		return tftypes.NewValue(typ, int64(node))
	case string, bool, int64, float64, *big.Float:
		return tftypes.NewValue(typ, node)
	case []any:
		list, ok := typ.(tftypes.List)
		if !ok {
			t.Fatalf("a list for a value of type %s", typ)
		}
		elements := make([]tftypes.Value, len(node))
		for i, e := range node {
			elements[i] = typedValue(t, list.ElementType, e)
		}
		return tftypes.NewValue(typ, elements)
	case tree:
		elements := map[string]tftypes.Value{}
		switch typ := typ.(type) {
		case tftypes.Object:
			for name, of := range typ.AttributeTypes {
				elements[name] = typedValue(t, of, node[name])
			}
		case tftypes.Map:
			for key, e := range node {
				elements[key] = typedValue(t, typ.ElementType, e)
			}
		default:
			t.Fatalf("an object for a value of type %s", typ)
		}
		return tftypes.NewValue(typ, elements)
	default:
		t.Fatalf("a %T in a tree", node)
		return tftypes.Value{}
	}
}

// errorsOf returns the errors among diagnostics.
func errorsOf(diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	var found []*tfprotov6.Diagnostic
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			found = append(found, d)
		}
	}
	return found
}

// describe writes diagnostics for a failing test.
func describe(diags []*tfprotov6.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&b, "\n%s: %s\n  at %s\n  %s", d.Severity, d.Summary, d.Attribute, strings.ReplaceAll(d.Detail, "\n", "\n  "))
	}
	return b.String()
}
