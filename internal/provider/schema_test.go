package provider

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// referenceAttributes hold whole resources. They carry a part of what the model
// knows; everything else in a schema is all of it.
var referenceAttributes = []string{"parent", "site", "server", "sites", "site_system_servers", "role_assignments", "required_roles"}

func TestSchemas_MatchTheModel(t *testing.T) {
	schemas := configure(t, nil).schemas.ResourceSchemas
	for kind, object := range map[string]any{
		"configmgr_site":               new(model.Site),
		"configmgr_site_system_server": new(model.Server),
		"configmgr_role_assignment":    new(model.Assignment),
		"configmgr_hierarchy":          new(model.Hierarchy),
	} {
		t.Run(kind, func(t *testing.T) {
			matchBlock(t, kind, schemas[kind].Block, object)
		})
	}
}

// TestSchemas_MatchTheRequiredRoles does the same for the data source, question and
// answer.
func TestSchemas_MatchTheRequiredRoles(t *testing.T) {
	matchBlock(t, "configmgr_required_roles", configure(t, nil).schemas.DataSourceSchemas["configmgr_required_roles"].Block, new(model.RequiredRoles))
}

func matchBlock(t *testing.T, at string, block *tfprotov6.SchemaBlock, object any) {
	t.Helper()
	names := matchAttributes(t, at, block.Attributes, object)
	for _, b := range block.BlockTypes {
		names = append(names, b.TypeName)
		if nested := nestedObject(object, b.TypeName); nested != nil {
			matchBlock(t, at+"."+b.TypeName, b.Block, nested)
		}
	}
	matchNames(t, at, names, object, true)
}

// matchAttributes compares attributes with the fields of the same name, and returns
// their names.
func matchAttributes(t *testing.T, at string, attributes []*tfprotov6.SchemaAttribute, object any) []string {
	t.Helper()
	var names []string
	for _, a := range attributes {
		names = append(names, a.Name)
		here := at + "." + a.Name
		field, ok := fieldType(object, a.Name)
		if !ok {
			continue // matchNames reports it
		}
		if !fits(a.ValueType(), field) {
			t.Errorf("%s is a %s in the schema and a %s in the model", here, a.ValueType(), field)
		}
		if a.NestedType == nil {
			continue
		}
		nested := nestedObject(object, a.Name)
		below := matchAttributes(t, here, a.NestedType.Attributes, nested)
		matchNames(t, here, below, nested, !isReference(here))
	}
	return names
}

func matchNames(t *testing.T, at string, names []string, object any, complete bool) {
	t.Helper()
	known := model.AttributesOf(object)
	for _, name := range names {
		if !slices.Contains(known, name) {
			t.Errorf("%s.%s is in the schema and not in the model", at, name)
		}
	}
	for _, name := range known {
		if complete && !slices.Contains(names, name) {
			t.Errorf("%s.%s is in the model and not in the schema", at, name)
		}
	}
}

// isReference reports whether a place is a reference to a resource or within one.
func isReference(at string) bool {
	return slices.ContainsFunc(strings.Split(at, "."), func(step string) bool {
		return slices.Contains(referenceAttributes, step)
	})
}

// fieldType returns what the model reads an attribute into: the T of its Value[T].
func fieldType(object any, attribute string) (reflect.Type, bool) {
	structure := reflect.TypeOf(object).Elem()
	for i := range structure.NumField() {
		if structure.Field(i).Tag.Get("attr") == attribute {
			if structure.Field(i).Type == reflect.TypeFor[model.Output]() {
				return structure.Field(i).Type, true
			}
			return valueOf(structure.Field(i).Type), true
		}
	}
	return nil, false
}

// valueOf returns the T of a model.Value[T].
func valueOf(t reflect.Type) reflect.Type {
	get, _ := t.MethodByName("Get")
	return get.Type.Out(0)
}

// nestedObject returns a new object of the type that an attribute holds, by itself
// or as the elements of a map or list; nil for one that holds no objects.
func nestedObject(object any, attribute string) any {
	field, ok := fieldType(object, attribute)
	if !ok {
		return nil
	}
	if field.Kind() == reflect.Map || field.Kind() == reflect.Slice {
		field = valueOf(field.Elem())
	}
	if field.Kind() != reflect.Pointer {
		return nil
	}
	return reflect.New(field.Elem()).Interface()
}

// fits reports whether a value of the Terraform type decodes into the Go type.
func fits(typ tftypes.Type, t reflect.Type) bool {
	if t == reflect.TypeFor[model.Output]() {
		return true // nothing decodes it
	}
	switch typ := typ.(type) {
	case tftypes.Object:
		return t.Kind() == reflect.Pointer
	case tftypes.List:
		return t.Kind() == reflect.Slice && fits(typ.ElementType, valueOf(t.Elem()))
	case tftypes.Map:
		return t.Kind() == reflect.Map && fits(typ.ElementType, valueOf(t.Elem()))
	}
	switch t.Kind() {
	case reflect.String:
		return typ.Is(tftypes.String)
	case reflect.Bool:
		return typ.Is(tftypes.Bool)
	case reflect.Int64:
		return typ.Is(tftypes.Number)
	default:
		return false
	}
}

// TestSchemas_LeaveReferencesOptional keeps two traps out. An element of a map that
// is not known yet makes the framework report each of its required attributes, and
// a computed attribute within a reference would be the provider's to fill in.
func TestSchemas_LeaveReferencesOptional(t *testing.T) {
	schemas := configure(t, nil).schemas.ResourceSchemas
	var visit func(at string, inCollection bool, attributes []*tfprotov6.SchemaAttribute)
	visit = func(at string, inCollection bool, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			here := at + "." + a.Name
			if strings.Count(here, ".") > 1 && a.Computed {
				t.Errorf("%s is computed", here)
			}
			if inCollection && a.Required {
				t.Errorf("%s is required", here)
			}
			if a.NestedType != nil {
				if a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSet {
					t.Errorf("%s is a set of objects", here)
				}
				visit(here, inCollection || a.NestedType.Nesting != tfprotov6.SchemaObjectNestingModeSingle, a.NestedType.Attributes)
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(schemas)) {
		visit(kind, false, schemas[kind].Block.Attributes)
	}
}

// TestSchemas_AreDocumented keeps the generated documentation complete.
func TestSchemas_AreDocumented(t *testing.T) {
	var visitAttributes func(at string, attributes []*tfprotov6.SchemaAttribute)
	visitAttributes = func(at string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			here := at + "." + a.Name
			if !strings.HasSuffix(a.Description, ".") || a.DescriptionKind != tfprotov6.StringKindMarkdown {
				t.Errorf("%s has no description that is a sentence: %q", here, a.Description)
			}
			if a.NestedType != nil {
				visitAttributes(here, a.NestedType.Attributes)
			}
		}
	}
	var visit func(at string, b *tfprotov6.SchemaBlock)
	visit = func(at string, b *tfprotov6.SchemaBlock) {
		if !strings.HasSuffix(b.Description, ".") {
			t.Errorf("%s has no description that is a sentence: %q", at, b.Description)
		}
		visitAttributes(at, b.Attributes)
		for _, nested := range b.BlockTypes {
			visit(at+"."+nested.TypeName, nested.Block)
		}
	}
	schemas := configure(t, nil).schemas
	visit("provider", schemas.Provider.Block)
	for _, kind := range slices.Sorted(maps.Keys(schemas.ResourceSchemas)) {
		visit(kind, schemas.ResourceSchemas[kind].Block)
	}
}
