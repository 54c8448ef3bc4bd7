package provider

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Version 0 of the schemas kept whole references in state. What a role assignment and a
// hierarchy say about them instead is computed from what was kept, so that a state of
// that version plans without a difference.

var (
	_ resource.ResourceWithUpgradeState = (*siteSystemServerResource)(nil)
	_ resource.ResourceWithUpgradeState = (*roleAssignmentResource)(nil)
	_ resource.ResourceWithUpgradeState = (*hierarchyResource)(nil)
)

// UpgradeState upgrades states that hold the site of the server.
func (r *siteSystemServerResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgraders(func(s *model.Server) map[string]tftypes.Value {
		return computeServer(nil, s, nil, model.ForServer(s))
	})
}

// UpgradeState upgrades states that hold the server of the assignment.
func (r *roleAssignmentResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgraders(func(a *model.Assignment) map[string]tftypes.Value {
		t := model.ForAssignment(a)
		return computeAssignment(nil, a, nil, t)
	})
}

// UpgradeState upgrades states that hold the elements of the hierarchy.
func (r *hierarchyResource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return upgraders(func(h *model.Hierarchy) map[string]tftypes.Value {
		recorded := *h
		return computeHierarchy(nil, h, &recorded, model.ForHierarchy(h, false))
	})
}

// upgraders are those of a resource: compute returns what version 1 computes from what
// version 0 kept.
func upgraders[T any](compute func(*T) map[string]tftypes.Value) map[int64]resource.StateUpgrader {
	return map[int64]resource.StateUpgrader{0: {StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
		unexpected := func(err error) {
			resp.Diagnostics.AddError("Unexpected state", "The state of an earlier build cannot be read: "+err.Error())
		}
		var old map[string]any
		if err := json.Unmarshal(req.RawState.JSON, &old); err != nil {
			unexpected(err)
			return
		}
		object := new(T)
		known := map[string]any{}
		for _, name := range model.AttributesOf(object) {
			if v, ok := old[name]; ok {
				known[name] = v
			}
		}
		// What an earlier build kept and this one does not is left out, wherever it is.
		_ = model.Decode(object, known)
		kept := maps.Clone(known)
		schema := resp.State.Schema
		for name, a := range schema.GetAttributes() {
			if a.IsWriteOnly() {
				delete(kept, name)
			}
		}
		raw, err := fromTree(schema.Type().TerraformType(ctx), wholeNumbers(kept))
		if err == nil {
			raw, err = withAttributes(raw, decided(compute(object)))
		}
		if err != nil {
			unexpected(err)
			return
		}
		resp.State.Raw = raw
	}}}
}

// decided replaces what is not known by null: a state holds nothing else.
func decided(values map[string]tftypes.Value) map[string]tftypes.Value {
	for name, v := range values {
		if !v.IsFullyKnown() {
			values[name] = tftypes.NewValue(v.Type(), nil)
		}
	}
	return values
}

// wholeNumbers replaces the numbers that JSON has by those of a tree.
func wholeNumbers(node any) any {
	switch node := node.(type) {
	case float64:
		return int64(node)
	case map[string]any:
		for name, v := range node {
			node[name] = wholeNumbers(v)
		}
	case []any:
		for i, v := range node {
			node[i] = wholeNumbers(v)
		}
	}
	return node
}
