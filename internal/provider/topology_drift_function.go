package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
)

var _ function.Function = (*topologyDriftFunction)(nil)

// topologyDriftFunction compares a design with what runs.
type topologyDriftFunction struct{}

func newTopologyDriftFunction() function.Function { return &topologyDriftFunction{} }

var (
	driftElementType    = types.ObjectType{AttrTypes: stringsOf("kind", "id", "path")}
	driftDifferenceType = types.ObjectType{AttrTypes: stringsOf("path", "declared", "live")}
	driftType           = map[string]attr.Type{
		"missing":    types.ListType{ElemType: driftElementType},
		"unexpected": types.ListType{ElemType: driftElementType},
		"different":  types.ListType{ElemType: driftDifferenceType},
	}
)

func (f *topologyDriftFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "topology_drift"
}

func (f *topologyDriftFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Compare a declared topology with the one that runs",
		MarkdownDescription: "Compares a declared topology with the one that runs and returns an object with three lists, sorted: `missing`, elements that are " +
			"declared and not there; `unexpected`, elements that are there and not declared; both as objects with `kind`, `id`, such as " +
			"`PS1/mp01.contoso.com/management_point`, and `path`; " +
			"and `different`, attributes that have another value, as objects with the `path` in the declared topology and the values `declared` and `live` as " +
			"text, null for none. For `check` blocks and pipelines. " +
			"Elements are found by site code, name and role, whatever their keys. Only what the running topology knows and the declared one sets is compared; an " +
			"attribute whose null stands for the default of the product counts as set, and letter case, order and a dot or backslash at the end count for " +
			"nothing. " +
			"Numbers of clients and other figures of a plan are not compared. A server is listed only where none of its roles is.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name:                "declared",
				MarkdownDescription: "The topology as it is designed: the argument of `check_topology`.",
			},
			function.DynamicParameter{
				Name:                "live",
				MarkdownDescription: "The topology that runs: `topology` of the result of `topology_from_export`.",
			},
		},
		Return: function.ObjectReturn{AttributeTypes: driftType},
	}
}

func (f *topologyDriftFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var declared, live types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &declared, &live); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, declared) || !isWhollyKnown(ctx, live) {
		resp.Error = resp.Result.Set(ctx, types.ObjectUnknown(driftType)) // a value that is not known may differ or not
		return
	}
	var hierarchies [2]*model.Hierarchy
	for i, argument := range []types.Dynamic{declared, live} {
		h := &model.Hierarchy{}
		_, problems := argumentTree(ctx, argument, h, hierarchySchema().Attributes)
		if len(problems) == 0 {
			var diags diag.Diagnostics
			validateHierarchy(h, model.ForHierarchy(h, false), &diags)
			for _, d := range diags.Errors() {
				problems = append(problems, d.Detail())
			}
		}
		if len(problems) > 0 {
			resp.Error = argumentError(int64(i), "The topology cannot be compared. ", problems)
			return
		}
		hierarchies[i] = h
	}
	drift := adopt.Compare(hierarchies[0], hierarchies[1])
	resp.Error = resp.Result.Set(ctx, types.ObjectValueMust(driftType, map[string]attr.Value{
		"missing": driftElements(drift.Missing), "unexpected": driftElements(drift.Unexpected), "different": driftDifferences(drift.Different),
	}))
}

func driftElements(elements []adopt.Element) attr.Value {
	values := make([]attr.Value, len(elements))
	for i, e := range elements {
		values[i] = types.ObjectValueMust(driftElementType.AttrTypes, map[string]attr.Value{
			"kind": types.StringValue(e.Kind), "id": types.StringValue(e.ID), "path": types.StringValue(e.Path.String()),
		})
	}
	return types.ListValueMust(driftElementType, values)
}

func driftDifferences(differences []adopt.Difference) attr.Value {
	text := func(v model.Value[string]) attr.Value {
		if s, ok := v.Get(); ok {
			return types.StringValue(s)
		}
		return types.StringNull()
	}
	values := make([]attr.Value, len(differences))
	for i, d := range differences {
		values[i] = types.ObjectValueMust(driftDifferenceType.AttrTypes, map[string]attr.Value{
			"path": types.StringValue(d.Path.String()), "declared": text(d.Declared), "live": text(d.Live),
		})
	}
	return types.ListValueMust(driftDifferenceType, values)
}
