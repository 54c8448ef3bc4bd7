// Package sweep goes through everything that the plugin protocol can ask of the provider,
// with every attribute of its schemas at every depth null, unknown, empty, wrong and huge.
// The values come from the schemas that the provider serves: what is new there is swept
// without a change here.
package sweep

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// tree is an object by attribute names, of nil for null, unknown, string, bool, int64,
// float64, digits, []any and tree.
type tree = map[string]any

// digits is a number that neither int64 nor float64 holds.
type digits string

var unknown = model.UnknownValue{}

// shape is what a value can be.
type shape int

const (
	shapeString shape = iota
	shapeBool
	shapeNumber
	shapeList   // of scalars
	shapeMap    // of scalars
	shapeObject // a single nested attribute or block
	shapeObjects
	shapeKeyedObjects
	shapeOther // of what only answers have
)

// field is an attribute or a block of a schema.
type field struct {
	name, description                       string
	shape                                   shape
	element                                 shape // of a list or map of scalars
	required, optional, computed, writeonly bool
	fields                                  []*field // of objects
	block                                   bool
	words                                   []string // what the description names as values
}

// settable reports whether a configuration may give a value.
func (f *field) settable() bool { return f.required || f.optional || f.block }

func (f *field) holdsObjects() bool {
	return f.shape == shapeObject || f.shape == shapeObjects || f.shape == shapeKeyedObjects
}

func (f *field) named(name string) *field {
	for _, sub := range f.fields {
		if sub.name == name {
			return sub
		}
	}
	return nil
}

// fieldOf reads the schema of a resource as an object.
func fieldOf(s *tfprotov6.Schema) *field {
	return &field{shape: shapeObject, fields: blockFields(s.Block), required: true}
}

func blockFields(b *tfprotov6.SchemaBlock) []*field {
	fields := attributeFields(b.Attributes)
	for _, nested := range b.BlockTypes {
		f := &field{name: nested.TypeName, description: nested.Block.Description, block: true, fields: blockFields(nested.Block), shape: shapeObject}
		if nested.Nesting == tfprotov6.SchemaNestedBlockNestingModeList {
			f.shape = shapeObjects
		}
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b *field) int { return strings.Compare(a.name, b.name) })
	return fields
}

var quotedWord = regexp.MustCompile("`([^`\n]+)`")

func attributeFields(attributes []*tfprotov6.SchemaAttribute) []*field {
	fields := make([]*field, 0, len(attributes))
	for _, a := range attributes {
		f := &field{
			name: a.Name, description: a.Description, required: a.Required, optional: a.Optional, computed: a.Computed, writeonly: a.WriteOnly,
		}
		for _, word := range quotedWord.FindAllStringSubmatch(a.Description, -1) {
			f.words = append(f.words, strings.ReplaceAll(strings.Trim(word[1], `"`), `\\`, `\`))
		}
		if n := a.NestedType; n != nil {
			f.fields = attributeFields(n.Attributes)
			f.shape = map[tfprotov6.SchemaObjectNestingMode]shape{
				tfprotov6.SchemaObjectNestingModeSingle: shapeObject, tfprotov6.SchemaObjectNestingModeList: shapeObjects, tfprotov6.SchemaObjectNestingModeMap: shapeKeyedObjects,
			}[n.Nesting]
		} else {
			f.shape, f.element = shapeOf(a.Type)
		}
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b *field) int { return strings.Compare(a.name, b.name) })
	return fields
}

func shapeOf(t tftypes.Type) (of, element shape) {
	switch t := t.(type) {
	case tftypes.List:
		element, _ = shapeOf(t.ElementType)
		if element > shapeNumber {
			return shapeOther, shapeOther
		}
		return shapeList, element
	case tftypes.Map:
		element, _ = shapeOf(t.ElementType)
		if element > shapeNumber {
			return shapeOther, shapeOther
		}
		return shapeMap, element
	}
	switch {
	case t.Is(tftypes.Bool):
		return shapeBool, 0
	case t.Is(tftypes.Number):
		return shapeNumber, 0
	case t.Is(tftypes.String):
		return shapeString, 0
	default:
		return shapeOther, shapeOther
	}
}

// place is where a value stands: the names of fields, the keys of maps, and the indexes
// of lists.
type place struct {
	steps []any // string or int
	field *field
	// element says that the value is an element of a map or list of scalars.
	element bool
}

func (p place) String() string {
	var parts []string
	for _, step := range p.steps {
		if name, ok := step.(string); ok {
			parts = append(parts, name)
		} else {
			parts = append(parts, "0")
		}
	}
	return strings.Join(parts, ".")
}

// places lists every place of an object that a configuration can fill, with the keys that
// a design has already, or one of its own.
func places(object *field, design tree) []place {
	var all []place
	var walk func(object *field, design tree, above []any)
	walk = func(object *field, design tree, above []any) {
		for _, f := range object.fields {
			if !f.settable() {
				continue
			}
			at := append(slices.Clip(above), f.name)
			all = append(all, place{at, f, false})
			switch f.shape {
			case shapeList:
				all = append(all, place{append(slices.Clip(at), 0), f, true})
			case shapeMap:
				all = append(all, place{append(slices.Clip(at), "a"), f, true})
			case shapeObject:
				nested, _ := design[f.name].(tree)
				walk(f, nested, at)
			case shapeObjects:
				all = append(all, place{append(slices.Clip(at), 0), f, false})
				walk(f, nil, append(slices.Clip(at), 0))
			case shapeKeyedObjects:
				nested, _ := design[f.name].(tree)
				key := "a"
				if keys := slices.Sorted(maps.Keys(nested)); len(keys) > 0 {
					key = keys[0]
				}
				element, _ := nested[key].(tree)
				at = append(slices.Clip(at), key)
				all = append(all, place{at, f, false})
				walk(f, element, at)
			}
		}
	}
	walk(object, design, nil)
	return all
}

// isElement reports whether a place is that of one object among several.
func (p place) isElement() bool {
	return (p.field.shape == shapeObjects || p.field.shape == shapeKeyedObjects) && p.steps[len(p.steps)-1] != p.field.name
}

// put returns a design with another value at a place. What is above it and missing is
// made, with what it requires.
func put(object *field, design tree, p place, value any) tree {
	node, _ := putNode(object, design, p.steps, value).(tree)
	return node
}

func putNode(f *field, node any, steps []any, value any) any {
	if len(steps) == 0 {
		return value
	}
	if index, ok := steps[0].(int); ok {
		list, _ := node.([]any)
		list = slices.Clone(list)
		for len(list) <= index {
			list = append(list, nil)
		}
		list[index] = putNode(elementOf(f), list[index], steps[1:], value)
		return list
	}
	name := steps[0].(string)
	object, _ := node.(tree)
	object = maps.Clone(object)
	if object == nil {
		object = tree{}
		if f != nil && f.shape == shapeObject {
			for _, sub := range f.fields {
				if example, ok := examples[sub.name]; ok && sub.required && !sub.holdsObjects() {
					object[sub.name] = example
				}
			}
		}
	}
	if f != nil && f.shape == shapeObject {
		sub := f.named(name)
		// The settings of a role belong to an assignment of that role.
		if sub != nil && sub.shape == shapeObject && slices.Contains(roleWords(f), name) && len(steps) > 1 {
			object["role"] = name
		}
		object[name] = putNode(sub, object[name], steps[1:], value)
		return object
	}
	object[name] = putNode(elementOf(f), object[name], steps[1:], value)
	return object
}

func roleWords(f *field) []string {
	if role := f.named("role"); role != nil {
		return role.words
	}
	return nil
}

// elementOf is the object that a map or list of objects holds.
func elementOf(f *field) *field {
	if f == nil || f.shape != shapeObjects && f.shape != shapeKeyedObjects {
		return nil
	}
	return &field{shape: shapeObject, fields: f.fields}
}

// examples are values of what objects require.
var examples = tree{
	"site_code": "PS1", "site_type": "primary", "fqdn": "mp01.contoso.com", "role": "management_point", "name": "Contoso", "site_server": "cm01.contoso.com",
}
