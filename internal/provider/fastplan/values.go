package fastplan

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Check is what the validators of a schema say about the values of a tree, as the
// framework has them judge a configuration: for the arguments of functions, which the
// framework does not judge, and to see quickly that a configuration is right.
type Check struct {
	Diags diag.Diagnostics
	// Missing are the required attributes without a value. Functions have requirements of
	// their own.
	Missing diag.Diagnostics
	// Unreadable says that a value is not of the type of its attribute, which
	// [Resource].Unreadable reports. The validators did not see it.
	Unreadable bool
	// Partial says that there is something that only the framework judges: a kind of
	// attribute that is not known here.
	Partial bool

	// quick has the check only find out whether there is something to say: paths are empty,
	// and maps come in any order.
	quick bool
	// complete has it look for required attributes.
	complete bool
}

// CheckValues judges the values in a tree by the validators of attributes and blocks. It
// does not look for missing ones.
func CheckValues(ctx context.Context, attributes map[string]schema.Attribute, blocks map[string]schema.Block, tree map[string]any) Check {
	return check(ctx, attributes, blocks, tree, false)
}

// CheckConfiguration judges a configuration by the validators of attributes and blocks, and
// looks for required attributes without a value.
func CheckConfiguration(ctx context.Context, attributes map[string]schema.Attribute, blocks map[string]schema.Block, tree map[string]any) Check {
	return check(ctx, attributes, blocks, tree, true)
}

// check judges a tree without noting where everything stands, as there is nearly never
// something to say, and again, in order, where there is.
func check(ctx context.Context, attributes map[string]schema.Attribute, blocks map[string]schema.Block, tree map[string]any, complete bool) Check {
	c := Check{quick: true, complete: complete}
	c.object(ctx, path.Empty(), attributes, blocks, tree)
	if len(c.Diags)+len(c.Missing) > 0 {
		c = Check{complete: complete}
		c.object(ctx, path.Empty(), attributes, blocks, tree)
	}
	return c
}

// attr returns the path of an attribute of the object at a path.
func (c *Check) attr(at path.Path, name string) path.Path {
	if c.quick {
		return at
	}
	return at.AtName(name)
}

// isDone reports whether a quick check has found out that there is something to say.
func (c *Check) isDone() bool { return c.quick && len(c.Diags)+len(c.Missing) > 0 }

func (c *Check) object(ctx context.Context, at path.Path, attributes map[string]schema.Attribute, blocks map[string]schema.Block, tree map[string]any) {
	if c.complete {
		c.require(at, attributes, tree)
	}
	for name, node := range (model.Entries[any]{Of: tree, InOrder: !c.quick}).All {
		if c.isDone() {
			return
		}
		switch node.(type) {
		case nil, model.UnknownValue:
			continue // validators have nothing to say
		}
		if a, ok := attributes[name]; ok {
			c.attribute(ctx, c.attr(at, name), a, node)
			continue
		}
		switch b := blocks[name].(type) {
		case schema.SingleNestedBlock:
			nested, ok := node.(map[string]any)
			c.Partial = c.Partial || len(b.Validators) > 0
			if !ok {
				c.Unreadable = true
				continue
			}
			c.object(ctx, c.attr(at, name), b.Attributes, b.Blocks, nested)
		default:
			c.Partial = true
		}
	}
}

// require reports the required attributes without a value.
func (c *Check) require(at path.Path, attributes map[string]schema.Attribute, tree map[string]any) {
	var missing []string // sorted afterwards: nearly no object lacks anything
	for name, a := range attributes {
		if a.IsRequired() && tree[name] == nil {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	for _, name := range missing {
		c.required(c.attr(at, name))
	}
}

// required reports an attribute without a value, as the framework does.
func (c *Check) required(at path.Path) {
	c.Missing = append(c.Missing, diag.NewAttributeErrorDiagnostic(at, "Missing Configuration for Required Attribute",
		fmt.Sprintf("Must set a configuration value for the %s attribute as the provider has marked it as required.\n\n"+
			"Refer to the provider documentation or contact the provider developers for additional information about configurable attributes that are required.", at)))
}

// add adds diagnostics. The framework compares each with all that are there, which takes
// its time where there are thousands.
func (c *Check) add(diags diag.Diagnostics) { c.Diags = append(c.Diags, diags...) }

func (c *Check) attribute(ctx context.Context, at path.Path, a schema.Attribute, node any) {
	switch a := a.(type) {
	case schema.BoolAttribute:
		c.Partial = c.Partial || len(a.Validators) > 0
	case schema.StringAttribute:
		text, ok := model.Converted[string](node)
		if !ok {
			c.Unreadable = true
			return
		}
		for _, v := range a.Validators {
			var resp validator.StringResponse
			v.ValidateString(ctx, validator.StringRequest{Path: at, ConfigValue: types.StringValue(text)}, &resp)
			c.add(resp.Diagnostics)
		}
	case schema.Int64Attribute:
		number, ok := model.Converted[int64](node)
		if !ok {
			c.Unreadable = true
			return
		}
		for _, v := range a.Validators {
			var resp validator.Int64Response
			v.ValidateInt64(ctx, validator.Int64Request{Path: at, ConfigValue: types.Int64Value(number)}, &resp)
			c.add(resp.Diagnostics)
		}
	case schema.ListAttribute:
		nodes, ok := node.([]any)
		elements := make([]attr.Value, len(nodes))
		for i := range nodes {
			var known bool
			elements[i], known = elementValue(a.ElementType, nodes[i])
			ok = ok && known
		}
		if !ok {
			c.Unreadable = true
			return
		}
		for _, v := range a.Validators {
			var resp validator.ListResponse
			v.ValidateList(ctx, validator.ListRequest{Path: at, ConfigValue: types.ListValueMust(a.ElementType, elements)}, &resp)
			c.add(resp.Diagnostics)
		}
	case schema.MapAttribute:
		nodes, ok := node.(map[string]any)
		elements := make(map[string]attr.Value, len(nodes))
		for key := range nodes {
			var known bool
			elements[key], known = elementValue(a.ElementType, nodes[key])
			ok = ok && known
		}
		if !ok {
			c.Unreadable = true
			return
		}
		for _, v := range a.Validators {
			var resp validator.MapResponse
			v.ValidateMap(ctx, validator.MapRequest{Path: at, ConfigValue: types.MapValueMust(a.ElementType, elements)}, &resp)
			c.add(resp.Diagnostics)
		}
	case schema.SingleNestedAttribute:
		nested, ok := node.(map[string]any)
		c.Partial = c.Partial || len(a.Validators) > 0
		if !ok {
			c.Unreadable = true
			return
		}
		c.object(ctx, at, a.Attributes, nil, nested)
	case schema.MapNestedAttribute:
		nodes, ok := node.(map[string]any)
		c.Partial = c.Partial || len(a.Validators) > 0 || len(a.NestedObject.Validators) > 0
		c.Unreadable = c.Unreadable || !ok
		for key, node := range (model.Entries[any]{Of: nodes, InOrder: !c.quick}).All {
			if c.isDone() {
				return
			}
			switch nested := node.(type) {
			case model.UnknownValue:
			case map[string]any:
				element := at
				if !c.quick {
					element = at.AtMapKey(key)
				}
				c.object(ctx, element, a.NestedObject.Attributes, nil, nested)
			case nil: // an element without a value is judged when it is planned
			default:
				c.Unreadable = true
			}
		}
	default:
		c.Partial = true
	}
}

// elementValue returns an element of a list or map of scalars.
func elementValue(of attr.Type, node any) (attr.Value, bool) {
	_, unknown := node.(model.UnknownValue)
	switch {
	case of.Equal(types.StringType):
		if unknown {
			return types.StringUnknown(), true
		}
		text, ok := model.Converted[string](node)
		if node == nil {
			return types.StringNull(), true
		}
		return types.StringValue(text), ok
	case of.Equal(types.Int64Type):
		if unknown {
			return types.Int64Unknown(), true
		}
		number, ok := model.Converted[int64](node)
		if node == nil {
			return types.Int64Null(), true
		}
		return types.Int64Value(number), ok
	default:
		return nil, false
	}
}
