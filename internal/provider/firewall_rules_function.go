package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

var _ function.Function = (*firewallRulesFunction)(nil)

// firewallRulesFunction lists the connections between the computers of a hierarchy.
type firewallRulesFunction struct{}

func newFirewallRulesFunction() function.Function { return &firewallRulesFunction{} }

// firewallRuleType is the type of one rule.
var firewallRuleType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"id":               types.StringType,
	"site_code":        types.StringType,
	"kind":             types.StringType,
	"destination":      types.StringType,
	"destination_role": types.StringType,
	"protocol":         types.StringType,
	"ports":            types.StringType,
	"source":           types.StringType,
	"source_servers":   types.ListType{ElemType: types.StringType},
	"purpose":          types.StringType,
}}

func (f *firewallRulesFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "firewall_rules"
}

func (f *firewallRulesFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "List the connections that the computers of a hierarchy take",
		MarkdownDescription: "Returns a list of objects, by `id` ready for `for_each`: `id` (destination, protocol, ports and source), `site_code` of the " +
			"destination, `destination`, `protocol` (`tcp` or `udp`), `ports` (a number such as `443`, or a range such as `49152-65535`), " +
			"`source` (the key of a role, or who else connects, such as `client`, `console` and `other_site`), `source_servers` (a list of the computers of the " +
			"hierarchy that `source` stands for, empty for clients and the like) and `purpose`. " +
			"The ports follow the settings of roles and sites. A connection between computers of the hierarchy is left out where the destination is the only one.",
		Parameters: []function.Parameter{topologyParameter()},
		Return:     function.ListReturn{ElementType: firewallRuleType},
	}
}

func (f *firewallRulesFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &argument); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, argument) {
		resp.Error = resp.Result.Set(ctx, types.ListUnknown(firewallRuleType))
		return
	}
	h, funcErr := designArgument(ctx, argument, notRendered)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	rules, err := render.FirewallRules(h)
	if err != nil {
		resp.Error = renderingError(err)
		return
	}
	values := make([]attr.Value, len(rules))
	for i, r := range rules {
		values[i] = types.ObjectValueMust(firewallRuleType.AttrTypes, map[string]attr.Value{
			"id":               types.StringValue(r.ID),
			"site_code":        types.StringValue(r.SiteCode),
			"kind":             types.StringValue(r.Kind),
			"destination":      types.StringValue(r.Destination),
			"destination_role": textOrNull(r.DestinationRole),
			"protocol":         types.StringValue(r.Protocol),
			"ports":            types.StringValue(r.Ports),
			"source":           types.StringValue(r.Source),
			"source_servers":   stringListValue(r.SourceServers),
			"purpose":          types.StringValue(r.Purpose),
		})
	}
	resp.Error = resp.Result.Set(ctx, types.ListValueMust(firewallRuleType, values))
}

func stringListValue(texts []string) types.List {
	values := make([]attr.Value, len(texts))
	for i, s := range texts {
		values[i] = types.StringValue(s)
	}
	return types.ListValueMust(types.StringType, values)
}
