package provider

import (
	"context"
	"errors"
	"os"
	"strconv"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

// FrameworkOnly is the environment variable that turns the short cuts of [fastplan]
// off, with a value such as 1 or true. Only support needs it: to see whether a fault is
// in the short cuts.
const FrameworkOnly = "TF_CONFIGMGR_FRAMEWORK_ONLY"

// NewServer returns the constructor of the provider's server for a version of the
// build.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		p := &configmgrProvider{version: version}
		framework := fastplan.Readable(providerserver.NewProtocol6(p)())
		if off, err := strconv.ParseBool(os.Getenv(FrameworkOnly)); err == nil && off {
			return framework
		}
		return fastplan.New(framework, p.shortCuts(), p.largeArguments())
	}
}

// shortCuts returns the resources that can be planned without the framework.
func (p *configmgrProvider) shortCuts() map[string]fastplan.Resource {
	all := map[string]fastplan.Resource{}
	for _, construct := range p.Resources(context.Background()) {
		r := construct()
		var named resource.MetadataResponse
		r.Metadata(context.Background(), resource.MetadataRequest{}, &named)
		if d, ok := r.(planner); ok {
			all[named.TypeName] = &shortCut{planner: d, provider: p, schema: sync.OnceValue(func() *schema.Schema {
				var made resource.SchemaResponse
				r.Schema(context.Background(), resource.SchemaRequest{}, &made)
				return &made.Schema
			})}
		}
	}
	return all
}

// largeArguments returns the positions of the arguments that may be whole topologies, by
// the names of the functions. Options are read value by value.
func (p *configmgrProvider) largeArguments() map[string][]int {
	all := map[string][]int{}
	for _, construct := range p.Functions(context.Background()) {
		f := construct()
		var named function.MetadataResponse
		f.Metadata(context.Background(), function.MetadataRequest{}, &named)
		var defined function.DefinitionResponse
		f.Definition(context.Background(), function.DefinitionRequest{}, &defined)
		for i, parameter := range defined.Definition.Parameters {
			if d, ok := parameter.(function.DynamicParameter); ok && d.Name != optionsName {
				all[named.Name] = append(all[named.Name], i)
			}
		}
	}
	return all
}

// optionsName is the name of the parameter that every function with options has.
const optionsName = "options"

// planner is a [declaration] of any type.
type planner interface {
	plan(ctx context.Context, p *policy, config, prior map[string]any) (fastplan.Answer, bool)
	record(p *policy, s *schema.Schema, config, planned, prior map[string]any) (map[string]tftypes.Value, diag.Diagnostics)
	refused(p *policy, config map[string]any) diag.Diagnostics
	// unreadable says what of a configuration is not of the type that its attribute has.
	unreadable(config map[string]any) []model.DecodeError
}

// shortCut is a declaration as [fastplan] plans it. The provider learns its policy
// after it was made.
type shortCut struct {
	planner
	provider *configmgrProvider
	schema   func() *schema.Schema
}

var _ fastplan.Resource = (*shortCut)(nil)

func (s *shortCut) Schema() *schema.Schema { return s.schema() }

func (s *shortCut) Readable(config map[string]any) bool { return len(s.unreadable(config)) == 0 }

func (s *shortCut) Unreadable(config tftypes.Value) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, e := range s.unreadable(toObjectTree(config, &diags)) {
		at := toPath(e.Path)
		diags = append(diags, diag.NewAttributeErrorDiagnostic(at, "Invalid value", placed(at, errors.New(e.Message))))
	}
	return diags
}

func (s *shortCut) Refused(config map[string]any) diag.Diagnostics {
	return s.refused(s.provider.policy, config)
}

func (s *shortCut) Plan(ctx context.Context, config, prior map[string]any) (fastplan.Answer, bool) {
	return s.plan(ctx, s.provider.policy.orDefault(), config, prior)
}

func (s *shortCut) Record(config, planned, prior map[string]any) (map[string]tftypes.Value, bool) {
	computed, diags := s.record(s.provider.policy.orDefault(), s.schema(), config, planned, prior)
	return computed, !diags.HasError()
}
