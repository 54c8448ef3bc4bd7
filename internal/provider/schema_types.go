package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The framework derives the type of a nested attribute from its attributes each time
// it asks for it, which is several times for each attribute of each planned instance.
// A custom type that is the plain type, made once, saves about a third of a plan.

// withTypes returns the schema with the types of nested attributes and blocks made.
func withTypes(s schema.Schema) schema.Schema {
	s.Attributes = typedAttributes(s.Attributes)
	s.Blocks = typedBlocks(s.Blocks)
	return s
}

func typedAttributes(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	all := make(map[string]schema.Attribute, len(attributes))
	for name, a := range attributes {
		switch a := a.(type) {
		case schema.SingleNestedAttribute:
			a.Attributes = typedAttributes(a.Attributes)
			a.CustomType = types.ObjectType{AttrTypes: attributeTypes(a.Attributes, nil)}
			all[name] = a
		case schema.MapNestedAttribute:
			a.NestedObject.Attributes = typedAttributes(a.NestedObject.Attributes)
			object := types.ObjectType{AttrTypes: attributeTypes(a.NestedObject.Attributes, nil)}
			a.NestedObject.CustomType = object
			a.CustomType = types.MapType{ElemType: object}
			all[name] = a
		default:
			all[name] = a
		}
	}
	return all
}

func typedBlocks(blocks map[string]schema.Block) map[string]schema.Block {
	all := make(map[string]schema.Block, len(blocks))
	for name, b := range blocks {
		if single, ok := b.(schema.SingleNestedBlock); ok {
			single.Attributes = typedAttributes(single.Attributes)
			single.Blocks = typedBlocks(single.Blocks)
			single.CustomType = types.ObjectType{AttrTypes: attributeTypes(single.Attributes, single.Blocks)}
			b = single
		}
		all[name] = b
	}
	return all
}

func attributeTypes(attributes map[string]schema.Attribute, blocks map[string]schema.Block) map[string]attr.Type {
	all := make(map[string]attr.Type, len(attributes)+len(blocks))
	for name, a := range attributes {
		all[name] = a.GetType()
	}
	for name, b := range blocks {
		all[name] = b.Type()
	}
	return all
}
