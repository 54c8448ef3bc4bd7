// Package fastplan has the short cuts past the plugin framework: it validates, plans,
// records and reads resources whose plan is a pure function of their configuration and
// their prior state, and hands functions their large arguments.
//
// The framework walks the whole object once for each attribute of the schema, for
// defaults, plan modifiers and write-only values: most of the time of a plan, and for a
// hierarchy of a thousand role assignments minutes. All that a plan of such a resource
// needs is the configuration, decoded once, and the proposed state with its computed
// attributes replaced. What the short cuts are not made for they leave to the framework.
// Both give the same answers, to which the tests of the provider hold them.
package fastplan

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Resource is a resource that is planned from trees: objects by attribute names, of nil
// (null), [model.UnknownValue], string, bool, int64, float64, []any and map[string]any,
// as [model.Decode] takes them. prior is nil when the resource is created.
type Resource interface {
	// Schema returns the schema of the resource, which is made once.
	Schema() *schema.Schema
	// Readable reports whether all values of a configuration are of the types that
	// their attributes have.
	Readable(config map[string]any) bool
	// Unreadable reports those that are not. The value is of the type of the schema.
	Unreadable(config tftypes.Value) diag.Diagnostics
	// Refused reports what is wrong with a readable configuration whose values are right,
	// besides what the plan reports.
	Refused(config map[string]any) diag.Diagnostics
	// Plan plans a resource. It says no to what it cannot read. Its answer to a context
	// that ended is an error.
	Plan(ctx context.Context, config, prior map[string]any) (Answer, bool)
	// Record returns the attributes of an applied change that the plan did not know, and
	// says no to what it cannot read.
	Record(config, planned, prior map[string]any) (map[string]tftypes.Value, bool)
}

// Answer is the answer to a plan.
type Answer struct {
	Computed map[string]tftypes.Value // the values of all computed attributes
	Replaced []path.Path              // the attributes whose change needs a new resource
	Diags    diag.Diagnostics
}

// Server is a provider server with short cuts for some of its resources.
type Server struct {
	tfprotov6.ProviderServer // answers whatever the short cuts do not
	resources                map[string]Resource
	arguments                map[string][]int

	mutex sync.Mutex
	calls map[*context.CancelFunc]bool // that run
}

// New returns a server with short cuts for the given resources, by their type names, and
// for the arguments of functions at the given positions, which the functions read with
// [Argument].
func New(framework tfprotov6.ProviderServer, resources map[string]Resource, arguments map[string][]int) *Server {
	return &Server{ProviderServer: framework, resources: resources, arguments: arguments}
}

// PlanResourceChange plans a resource.
func (s *Server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	ctx, done := s.running(ctx)
	defer done()
	r, known := s.resources[req.TypeName]
	config, prior, ok := declaredChange(req.Config, req.PriorState, req.ProposedNewState)
	if ctx.Err() != nil {
		return &tfprotov6.PlanResourceChangeResponse{Diagnostics: stopped("reading " + req.TypeName)}, nil
	}
	if !known || !ok {
		return s.ProviderServer.PlanResourceChange(ctx, req)
	}
	answer, ok := r.Plan(ctx, config, prior)
	if !ok {
		return s.ProviderServer.PlanResourceChange(ctx, req)
	}
	state, err := replaceAttributes(req.ProposedNewState.MsgPack, withoutReferences(r, answer.Computed))
	if err != nil {
		return s.ProviderServer.PlanResourceChange(ctx, req)
	}
	resp := &tfprotov6.PlanResourceChangeResponse{
		PlannedState:   &tfprotov6.DynamicValue{MsgPack: state},
		PlannedPrivate: req.PriorPrivate,
		Diagnostics:    protocolDiagnostics(answer.Diags),
	}
	for _, at := range answer.Replaced {
		resp.RequiresReplace = append(resp.RequiresReplace, protocolPath(at))
	}
	return resp, nil
}

// withoutReferences returns what replaces the values of a message, with null for each
// write-only attribute: neither plan nor state holds anything of them.
func withoutReferences(r Resource, computed map[string]tftypes.Value) map[string]tftypes.Value {
	all := maps.Clone(computed)
	if all == nil {
		all = map[string]tftypes.Value{}
	}
	for name, a := range r.Schema().Attributes {
		if a.IsWriteOnly() {
			all[name] = tftypes.NewValue(tftypes.String, nil) // null of any type
		}
	}
	return all
}

// ValidateResourceConfig validates the configuration of a resource, and reports all that is
// malformed in it, in the order of the names. The framework reports in an order that
// changes from run to run, and compares each report with all others; and of a number that
// is not whole, where things are counted, it says that the provider is wrong.
func (s *Server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	r, known := s.resources[req.TypeName]
	config, ok := objectTree(req.Config)
	if !known || !ok || config == nil {
		return s.ProviderServer.ValidateResourceConfig(ctx, req)
	}
	declared := r.Schema()
	if old := req.ClientCapabilities == nil || !req.ClientCapabilities.WriteOnlyAttributesAllowed; old && hasReference(declared, config) {
		return s.ProviderServer.ValidateResourceConfig(ctx, req) // which says what is too old
	}
	c := CheckConfiguration(ctx, declared.Attributes, declared.Blocks, config)
	if c.Partial {
		return s.ProviderServer.ValidateResourceConfig(ctx, req)
	}
	if r.Readable(config) && !c.Unreadable {
		malformed := slices.Concat(c.Missing, c.Diags)
		if len(c.Diags) == 0 {
			malformed = append(malformed, r.Refused(config)...)
		}
		return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: protocolDiagnostics(malformed)}, nil
	}
	// A message writes some numbers as strings. Which ones, the schema knows.
	value, err := req.Config.Unmarshal(declared.Type().TerraformType(ctx))
	if err != nil {
		return s.ProviderServer.ValidateResourceConfig(ctx, req)
	}
	unreadable := r.Unreadable(value)
	if len(unreadable) == 0 {
		return s.ProviderServer.ValidateResourceConfig(ctx, req)
	}
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: protocolDiagnostics(slices.Concat(unreadable, c.Missing, c.Diags))}, nil
}

// hasReference reports whether a configuration sets a write-only attribute.
func hasReference(declared *schema.Schema, config map[string]any) bool {
	for name, a := range declared.Attributes {
		if a.IsWriteOnly() && config[name] != nil {
			return true
		}
	}
	return false
}

// ReadResource leaves the state as it is.
func (s *Server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	if _, known := s.resources[req.TypeName]; !known {
		return s.ProviderServer.ReadResource(ctx, req)
	}
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private}, nil
}

// ApplyResourceChange records a planned resource in state.
func (s *Server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	r, known := s.resources[req.TypeName]
	config, prior, ok := declaredChange(req.Config, req.PriorState, req.PlannedState)
	if !known || !ok {
		return s.ProviderServer.ApplyResourceChange(ctx, req)
	}
	planned, ok := objectTree(req.PlannedState)
	if !ok {
		return s.ProviderServer.ApplyResourceChange(ctx, req)
	}
	computed, ok := r.Record(config, planned, prior)
	if !ok {
		return s.ProviderServer.ApplyResourceChange(ctx, req)
	}
	state, err := replaceAttributes(req.PlannedState.MsgPack, withoutReferences(r, computed))
	if err != nil {
		return s.ProviderServer.ApplyResourceChange(ctx, req)
	}
	return &tfprotov6.ApplyResourceChangeResponse{NewState: &tfprotov6.DynamicValue{MsgPack: state}, Private: req.PlannedPrivate}, nil
}

// declaredChange returns the configuration and the prior state of a resource that is to be
// created or changed.
func declaredChange(configuration, state, planned *tfprotov6.DynamicValue) (config, prior map[string]any, ok bool) {
	if planned == nil || len(planned.MsgPack) == 0 {
		return nil, nil, false
	}
	config, ok = objectTree(configuration)
	if !ok || config == nil { // to be destroyed
		return nil, nil, false
	}
	prior, ok = objectTree(state)
	return config, prior, ok
}
