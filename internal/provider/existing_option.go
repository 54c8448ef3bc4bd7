package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// existingName is the option that says what runs already.
const existingName = "existing"

// existingText describes the option.
const existingText = "`existing`, a topology that runs, such as `topology` of the result of `topology_from_export`: the steps then lead from there to the " +
	"design, whatever `installed` says"

// splitExisting takes the hierarchy that runs out of the options, nil where they name
// none, or says what is wrong with it. The other options are left.
func splitExisting(ctx context.Context, options types.Dynamic) (*model.Hierarchy, types.Dynamic, []string) {
	object, ok := options.UnderlyingValue().(types.Object)
	if !ok {
		return nil, options, nil
	}
	values, attributes := object.Attributes(), object.AttributeTypes(ctx)
	existing, ok := values[existingName]
	if !ok {
		return nil, options, nil
	}
	values, attributes = maps.Clone(values), maps.Clone(attributes)
	delete(values, existingName)
	delete(attributes, existingName)
	rest := types.DynamicValue(types.ObjectValueMust(attributes, values))
	if existing.IsNull() {
		return nil, rest, nil
	}
	t, tree, problems := readTopology(ctx, dynamicOf(existing), false)
	if len(problems) > 0 {
		for i := range problems {
			problems[i] = existingName + ": " + problems[i]
		}
		return nil, rest, problems
	}
	return withDefaults(t.Hierarchy, tree), rest, nil
}

// dynamicOf wraps a value, unless it is a dynamic one.
func dynamicOf(v attr.Value) types.Dynamic {
	if d, ok := v.(types.Dynamic); ok {
		return d
	}
	return types.DynamicValue(v)
}

// onlyExisting reads options of which existing is the only one.
func onlyExisting(ctx context.Context, options types.Dynamic) (*model.Hierarchy, *function.FuncError) {
	existing, rest, problems := splitExisting(ctx, options)
	if len(problems) == 0 && !rest.IsNull() && !rest.IsUnderlyingValueNull() {
		_, problems = argumentTree(ctx, rest, &struct{}{}, nil)
	}
	if len(problems) > 0 {
		return nil, argumentError(1, "The options are not valid. ", problems)
	}
	return existing, nil
}

// existingParameter are the options of a function that takes no other one.
func existingParameter() function.Parameter {
	return function.DynamicParameter{
		Name:                "options",
		MarkdownDescription: "An object with " + existingText + ". `{}` for a hierarchy that is built from nothing.",
		AllowNullValue:      true,
	}
}
