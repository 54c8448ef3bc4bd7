package provider

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// declarationServer is the framework's server with short cuts: it validates, plans,
// records and reads the resources of this provider itself.
//
// The framework walks the whole object once for each attribute of the schema, for
// defaults, plan modifiers and write-only values that these resources do not have:
// most of the time of a plan, and for a hierarchy of a thousand role assignments
// minutes. All that a plan of a declaration needs is the configuration, decoded once,
// and the proposed state with its computed attributes replaced. What the short cuts are
// not made for they leave to the framework, which calls the methods of [declaration]:
// both give the same answers, to which the tests hold them.
type declarationServer struct {
	tfprotov6.ProviderServer
	provider *configmgrProvider
	planners map[string]plannedResource
}

// planner plans a resource from trees of its configuration and its prior state, which
// is nil when it is created.
type planner interface {
	plan(p *policy, config, prior map[string]any) planAnswer
	record(p *policy, config, prior map[string]any) (map[string]tftypes.Value, diag.Diagnostics)
	// unreadable says what of a configuration is not of the type that its attribute has.
	unreadable(config map[string]any) []model.DecodeError
}

// plannedResource is a planner with its schema, made when first asked for.
type plannedResource struct {
	planner
	declared func() schema.Schema
}

// NewServer returns the constructor of the provider's server for a version of the
// build.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		p := &configmgrProvider{version: version}
		planners := map[string]plannedResource{}
		for _, construct := range p.Resources(context.Background()) {
			r := construct()
			var named resource.MetadataResponse
			r.Metadata(context.Background(), resource.MetadataRequest{}, &named)
			if d, ok := r.(planner); ok {
				planners[named.TypeName] = plannedResource{d, sync.OnceValue(func() schema.Schema {
					var made resource.SchemaResponse
					r.Schema(context.Background(), resource.SchemaRequest{}, &made)
					return made.Schema
				})}
			}
		}
		return &declarationServer{ProviderServer: providerserver.NewProtocol6(p)(), provider: p, planners: planners}
	}
}

// PlanResourceChange plans a resource.
func (s *declarationServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	r, known := s.planners[req.TypeName]
	config, prior, ok := declaredChange(req.Config, req.PriorState, req.ProposedNewState)
	if !known || !ok {
		return s.ProviderServer.PlanResourceChange(ctx, req)
	}
	answer := r.plan(s.provider.policy.orDefault(), config, prior)
	state, err := replaceAttributes(req.ProposedNewState.MsgPack, answer.computed)
	if err != nil || answer.undecodable {
		return s.ProviderServer.PlanResourceChange(ctx, req)
	}
	resp := &tfprotov6.PlanResourceChangeResponse{
		PlannedState:   &tfprotov6.DynamicValue{MsgPack: state},
		PlannedPrivate: req.PriorPrivate,
		Diagnostics:    protocolDiagnostics(answer.diags),
	}
	for _, at := range answer.replaced {
		resp.RequiresReplace = append(resp.RequiresReplace, protocolPath(at))
	}
	return resp, nil
}

// ValidateResourceConfig validates the configuration of a resource. One that is not
// right goes to the framework for its report; but of a number that is not whole, where
// things are counted, the framework says that the provider is wrong.
func (s *declarationServer) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	r, known := s.planners[req.TypeName]
	config, ok := objectTree(req.Config)
	if !known || !ok || config == nil {
		return s.ProviderServer.ValidateResourceConfig(ctx, req)
	}
	declared := r.declared()
	if len(r.unreadable(config)) == 0 {
		if c := checkValues(ctx, declared.Attributes, declared.Blocks, config); !c.partial && len(c.diags) == 0 {
			return &tfprotov6.ValidateResourceConfigResponse{}, nil
		}
		return s.ProviderServer.ValidateResourceConfig(ctx, req)
	}
	// A message writes some numbers as strings. Which ones, the schema knows.
	value, err := req.Config.Unmarshal(declared.Type().TerraformType(ctx))
	if err != nil {
		return s.ProviderServer.ValidateResourceConfig(ctx, req)
	}
	var diags diag.Diagnostics
	for _, e := range r.unreadable(toObjectTree(value, &diags)) {
		at := toPath(e.Path)
		diags.AddAttributeError(at, "Invalid value", placed(at, errors.New(e.Message)))
	}
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: protocolDiagnostics(diags)}, nil
}

// ReadResource leaves the state as it is, as [declaration.Read] does.
func (s *declarationServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	if _, known := s.planners[req.TypeName]; !known {
		return s.ProviderServer.ReadResource(ctx, req)
	}
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private}, nil
}

// ApplyResourceChange records a planned resource in state.
func (s *declarationServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	r, known := s.planners[req.TypeName]
	config, prior, ok := declaredChange(req.Config, req.PriorState, req.PlannedState)
	if !known || !ok {
		return s.ProviderServer.ApplyResourceChange(ctx, req)
	}
	computed, diags := r.record(s.provider.policy.orDefault(), config, prior)
	state, err := replaceAttributes(req.PlannedState.MsgPack, computed)
	if err != nil || diags.HasError() {
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

// objectTree decodes an object as [model.Decode] wants it, nil when it is null.
func objectTree(v *tfprotov6.DynamicValue) (map[string]any, bool) {
	if v == nil || len(v.MsgPack) == 0 {
		return nil, false
	}
	node, err := messageTree(msgpack.NewDecoder(bytes.NewReader(v.MsgPack)))
	if node == nil {
		return nil, err == nil
	}
	object, ok := node.(map[string]any)
	return object, ok && err == nil
}

// messageTree decodes the next value of a message. Terraform sends objects and maps as
// maps, and unknown values as extensions.
func messageTree(d *msgpack.Decoder) (any, error) {
	code, err := d.PeekCode()
	if err != nil {
		return nil, err
	}
	switch {
	case code == msgpcode.Nil:
		return nil, d.DecodeNil()
	case msgpcode.IsExt(code):
		return model.UnknownValue{}, d.Skip()
	case msgpcode.IsFixedMap(code) || code == msgpcode.Map16 || code == msgpcode.Map32:
		length, err := d.DecodeMapLen()
		if err != nil {
			return nil, err
		}
		object := map[string]any{} // not made to measure: a broken message may promise anything
		for range length {
			name, err := d.DecodeString()
			if err != nil {
				return nil, err
			}
			if object[name], err = messageTree(d); err != nil {
				return nil, err
			}
		}
		return object, nil
	case msgpcode.IsFixedArray(code) || code == msgpcode.Array16 || code == msgpcode.Array32:
		length, err := d.DecodeArrayLen()
		if err != nil {
			return nil, err
		}
		list := []any{}
		for range length {
			element, err := messageTree(d)
			if err != nil {
				return nil, err
			}
			list = append(list, element)
		}
		return list, nil
	default:
		scalar, err := d.DecodeInterfaceLoose() // a string, a bool, an int64, a uint64 or a float64
		if n, ok := scalar.(uint64); ok {
			return int64(n), err // Terraform writes what does not fit as a string
		}
		return scalar, err
	}
}

// replaceAttributes returns an encoded object with some of its attributes replaced.
// The others stay as they are, to the byte.
func replaceAttributes(object []byte, replaced map[string]tftypes.Value) ([]byte, error) {
	d := msgpack.NewDecoder(bytes.NewReader(object))
	length, err := d.DecodeMapLen()
	if err != nil {
		return nil, err
	}
	var result bytes.Buffer
	result.Grow(len(object) + 64*len(replaced))
	e := msgpack.NewEncoder(&result)
	if err := e.EncodeMapLen(length); err != nil {
		return nil, err
	}
	seen := 0
	for range length {
		name, err := d.DecodeString()
		if err != nil {
			return nil, err
		}
		value, err := d.DecodeRaw()
		if err != nil {
			return nil, err
		}
		if v, ok := replaced[name]; ok {
			seen++
			encoded, err := tfprotov6.NewDynamicValue(v.Type(), v)
			if err != nil {
				return nil, err
			}
			value = encoded.MsgPack
		}
		if err := e.EncodeString(name); err != nil {
			return nil, err
		}
		if err := e.Encode(value); err != nil {
			return nil, err
		}
	}
	if seen != len(replaced) {
		return nil, fmt.Errorf("%d of %d attributes are not part of the object", len(replaced)-seen, len(replaced))
	}
	return result.Bytes(), nil
}

func protocolDiagnostics(diags diag.Diagnostics) []*tfprotov6.Diagnostic {
	all := make([]*tfprotov6.Diagnostic, 0, len(diags))
	for _, d := range diags {
		p := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: d.Summary(), Detail: d.Detail()}
		if d.Severity() == diag.SeverityWarning {
			p.Severity = tfprotov6.DiagnosticSeverityWarning
		}
		if placed, ok := d.(diag.DiagnosticWithPath); ok {
			p.Attribute = protocolPath(placed.Path())
		}
		all = append(all, p)
	}
	return all
}

func protocolPath(at path.Path) *tftypes.AttributePath {
	p := tftypes.NewAttributePath()
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case path.PathStepAttributeName:
			p = p.WithAttributeName(string(step))
		case path.PathStepElementKeyString:
			p = p.WithElementKeyString(string(step))
		case path.PathStepElementKeyInt:
			p = p.WithElementKeyInt(int(step))
		}
	}
	return p
}
