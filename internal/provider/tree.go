package provider

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

// toTree turns a Terraform value into the tree that the model decodes. One pass over
// the raw value costs far less than reading dozens of attributes one by one.
func toTree(v tftypes.Value) (any, error) { return treeOf(v, false) }

// treeOf is toTree. keepNull is for objects that stand for maps, as they do in what a
// user writes by hand: there, null is a value of a key.
func treeOf(v tftypes.Value, keepNull bool) (any, error) {
	switch {
	case !v.IsKnown():
		return model.UnknownValue{}, nil
	case v.IsNull():
		return nil, nil
	}
	switch t := v.Type(); {
	case t.Is(tftypes.String):
		var s string
		err := v.As(&s)
		return s, err
	case t.Is(tftypes.Bool):
		var b bool
		err := v.As(&b)
		return b, err
	case t.Is(tftypes.Number):
		n := new(big.Float)
		if err := v.As(&n); err != nil {
			return nil, err
		}
		return fastplan.Number(n), nil
	case t.Is(tftypes.List{}), t.Is(tftypes.Tuple{}), t.Is(tftypes.Set{}):
		var elements []tftypes.Value
		if err := v.As(&elements); err != nil {
			return nil, err
		}
		list := make([]any, len(elements))
		for i, e := range elements {
			node, err := treeOf(e, keepNull)
			if err != nil {
				return nil, err
			}
			list[i] = node
		}
		return list, nil
	case t.Is(tftypes.Object{}), t.Is(tftypes.Map{}):
		var elements map[string]tftypes.Value
		if err := v.As(&elements); err != nil {
			return nil, err
		}
		tree := make(map[string]any, len(elements))
		for name, e := range elements {
			node, err := treeOf(e, keepNull)
			if err != nil {
				return nil, err
			}
			// Of an attribute, null is what decoding leaves anyway.
			if node != nil || keepNull || t.Is(tftypes.Map{}) {
				tree[name] = node
			}
		}
		return tree, nil
	default:
		return nil, fmt.Errorf("a value of type %s is not expected", t)
	}
}

// toObjectTree turns an object into the tree that the model decodes, nil when it is
// null.
func toObjectTree(raw tftypes.Value, diags *diag.Diagnostics) map[string]any {
	node, err := toTree(raw)
	if err != nil {
		diags.AddError("Unexpected value", "This is a bug in the provider, please report it: "+err.Error())
	}
	tree, _ := node.(map[string]any)
	return tree
}

// decodeTree turns the tree of a resource into a model object. The schema and the
// model name the same attributes, which a test sees to: an error here is a bug.
func decodeTree[T any](tree map[string]any, diags *diag.Diagnostics) *T {
	object := new(T)
	for _, e := range model.Decode(object, tree) {
		diags.AddAttributeError(toPath(e.Path), "Unexpected value", e.Message)
	}
	return object
}

// withAttributes returns an object with some of its attributes replaced.
func withAttributes(raw tftypes.Value, replaced map[string]tftypes.Value) (tftypes.Value, error) {
	var attributes map[string]tftypes.Value
	if err := raw.As(&attributes); err != nil {
		return raw, err
	}
	all := make(map[string]tftypes.Value, len(attributes))
	for name, v := range attributes {
		all[name] = v
	}
	for name, v := range replaced {
		all[name] = v
	}
	return tftypes.NewValue(raw.Type(), all), nil
}

// stringValue returns the Terraform value of a model string.
func stringValue(v model.Value[string]) tftypes.Value {
	switch s, ok := v.Get(); {
	case ok:
		return tftypes.NewValue(tftypes.String, s)
	case v.IsUnknown():
		return tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	default:
		return tftypes.NewValue(tftypes.String, nil)
	}
}

// stringMapValue returns the Terraform value of a map of model strings.
func stringMapValue(v model.Value[map[string]model.Value[string]]) tftypes.Value {
	elements, ok := v.Get()
	switch {
	case v.IsUnknown():
		return unknown(rawMap)
	case !ok:
		return tftypes.NewValue(rawMap, nil)
	}
	values := make(map[string]tftypes.Value, len(elements))
	for key, e := range elements {
		values[key] = stringValue(e)
	}
	return tftypes.NewValue(rawMap, values)
}

// fromTree is the inverse of toTree: it makes a value of a type from a tree. Attributes
// that the tree lacks are null, keys that the type lacks are left out.
func fromTree(typ tftypes.Type, node any) (tftypes.Value, error) {
	switch node := node.(type) {
	case nil:
		return tftypes.NewValue(typ, nil), nil
	case model.UnknownValue:
		return tftypes.NewValue(typ, tftypes.UnknownValue), nil
	case []any:
		list, ok := typ.(tftypes.List)
		if !ok {
			return tftypes.Value{}, fmt.Errorf("a list for a value of type %s", typ)
		}
		elements := make([]tftypes.Value, len(node))
		for i, e := range node {
			element, err := fromTree(list.ElementType, e)
			if err != nil {
				return element, err
			}
			elements[i] = element
		}
		return tftypes.NewValue(typ, elements), nil
	case map[string]any:
		elements := make(map[string]tftypes.Value, len(node))
		of := map[string]tftypes.Type{}
		switch typ := typ.(type) {
		case tftypes.Object:
			of = typ.AttributeTypes
		case tftypes.Map:
			for key := range node {
				of[key] = typ.ElementType
			}
		default:
			return tftypes.Value{}, fmt.Errorf("an object for a value of type %s", typ)
		}
		for name, t := range of {
			element, err := fromTree(t, node[name])
			if err != nil {
				return element, err
			}
			elements[name] = element
		}
		return tftypes.NewValue(typ, elements), nil
	default:
		if err := tftypes.ValidateValue(typ, node); err != nil {
			return tftypes.Value{}, err
		}
		return tftypes.NewValue(typ, node), nil
	}
}
