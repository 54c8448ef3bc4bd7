package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

// DesignSchema returns what a design file may hold: the arguments of the resources of
// this provider, with their descriptions and validators.
func DesignSchema() *designfile.Schema {
	site, server := schemaOf(newSiteResource()), schemaOf(newSiteSystemServerResource())
	assignment, hierarchy := schemaOf(newRoleAssignmentResource()), schemaOf(newHierarchyResource())

	s := &designfile.Schema{
		Site:       designObject(site.MarkdownDescription, site.Attributes, site.Blocks, "id", "site_code"),
		Server:     designObject(server.MarkdownDescription, server.Attributes, server.Blocks, "id", "site"),
		Assignment: designObject(assignment.MarkdownDescription, assignment.Attributes, nil, "id", "server", "role"),
		Roles:      map[string]*designfile.Object{},
		// An answer of the data source configmgr_required_roles is no part of a design.
		Hierarchy: designObject(hierarchy.MarkdownDescription, hierarchy.Attributes, hierarchy.Blocks,
			"id", "sites", "site_system_servers", "role_assignments", "required_roles"),
	}
	// A parent that is designed elsewhere is an object; what the provider computes of a
	// site, nobody writes.
	parent := s.Site.Attributes["parent"].Object
	maps.DeleteFunc(parent.Attributes, func(name string, _ *designfile.Attribute) bool {
		return name != "site_code" && s.Site.Attributes[name] == nil || name == "parent"
	})
	for name, block := range assignment.Blocks {
		if nested, ok := block.(schema.SingleNestedBlock); ok {
			s.Roles[name] = designObject(nested.MarkdownDescription, nested.Attributes, nested.Blocks)
		}
	}
	return s
}

func schemaOf(r resource.Resource) schema.Schema {
	var resp resource.SchemaResponse
	r.Schema(context.Background(), resource.SchemaRequest{}, &resp)
	return resp.Schema
}

// designObject returns the arguments and blocks of a resource, a block or an object,
// without those that are only computed and those that a file says in another way.
func designObject(description string, attributes map[string]schema.Attribute, blocks map[string]schema.Block, except ...string) *designfile.Object {
	o := &designfile.Object{Description: description, Attributes: map[string]*designfile.Attribute{}}
	for name, a := range attributes {
		if (a.IsOptional() || a.IsRequired()) && !slices.Contains(except, name) {
			o.Attributes[name] = designAttribute(a)
		}
	}
	for name, b := range blocks {
		if nested, ok := b.(schema.SingleNestedBlock); ok {
			o.Attributes[name] = &designfile.Attribute{
				Kind: designfile.Nested, Block: true, Description: nested.MarkdownDescription,
				Object: designObject(nested.MarkdownDescription, nested.Attributes, nested.Blocks),
			}
		} else {
			panic(fmt.Sprintf("design file: a block of type %T", b)) // a schema of this package has a kind of block that is new
		}
	}
	o.Check = func(values map[string]any) []designfile.Invalid { return invalidDesign(attributes, blocks, values) }
	return o
}

func designAttribute(a schema.Attribute) *designfile.Attribute {
	d := &designfile.Attribute{Description: a.GetMarkdownDescription(), Required: a.IsRequired()}
	scalar := func(t attr.Type) *designfile.Attribute {
		switch {
		case t.Equal(types.StringType):
			return &designfile.Attribute{Kind: designfile.String}
		case t.Equal(types.Int64Type):
			return &designfile.Attribute{Kind: designfile.Integer}
		default:
			panic(fmt.Sprintf("design file: an element of type %s", t))
		}
	}
	switch a := a.(type) {
	case schema.StringAttribute:
		d.Kind = designfile.String
		for _, v := range a.Validators {
			describeValues(d, v.Description(context.Background()))
		}
	case schema.BoolAttribute:
		d.Kind = designfile.Bool
	case schema.Int64Attribute:
		d.Kind = designfile.Integer
	case schema.ListAttribute:
		d.Kind, d.Element = designfile.List, scalar(a.ElementType)
		for _, v := range a.Validators {
			describeValues(d.Element, v.Description(context.Background()))
		}
		d.Host = d.Element.Host
	case schema.MapAttribute:
		d.Kind, d.Element = designfile.Map, scalar(a.ElementType)
		for _, v := range a.Validators {
			describeValues(d, v.Description(context.Background()))
		}
	case schema.SingleNestedAttribute:
		d.Kind, d.Object = designfile.Nested, designObject(d.Description, a.Attributes, nil)
	case schema.MapNestedAttribute:
		d.Kind = designfile.Map
		d.Element = &designfile.Attribute{Kind: designfile.Nested, Object: designObject("", a.NestedObject.Attributes, nil)}
	case schema.ListNestedAttribute:
		d.Kind = designfile.List
		d.Element = &designfile.Attribute{Kind: designfile.Nested, Object: designObject("", a.NestedObject.Attributes, nil)}
	default:
		panic(fmt.Sprintf("design file: an attribute of type %T", a)) // a schema of this package has a kind of attribute that is new
	}
	return d
}

// describeValues reads from the description of a validator what the values are.
func describeValues(a *designfile.Attribute, description string) {
	if list, ok := strings.CutPrefix(description, "one of "); ok {
		a.Values = strings.Split(list, ", ")
	}
	for _, v := range []interface{ Description(context.Context) string }{hostName(), hostNameElements{}, hostNameKeys{}} {
		a.Host = a.Host || description == v.Description(context.Background())
	}
}

// yamlAdvice replaces what a validator advises where HCL and YAML write a value in
// different ways.
var yamlAdvice = map[string]string{
	"Invalid network path": `Write server and share without double quotes, as in \\fs01.contoso.com\ContentLibrary.`,
	"Invalid directory":    `Write drive and directory without double quotes, as in D:\ConfigMgr.`,
}

// invalidDesign has the validators of a schema judge the values of a design file.
func invalidDesign(attributes map[string]schema.Attribute, blocks map[string]schema.Block, values map[string]any) []designfile.Invalid {
	var invalid []designfile.Invalid
	for _, d := range fastplan.CheckValues(context.Background(), attributes, blocks, values).Diags.Errors() {
		found := designfile.Invalid{Text: d.Detail()}
		if placed, ok := d.(diag.DiagnosticWithPath); ok {
			found.Text = strings.TrimPrefix(found.Text, placed.Path().String()+": ")
			for _, step := range placed.Path().Steps() {
				found.Path = append(found.Path, stepName(step))
			}
		}
		found.Text = strings.ReplaceAll(found.Text, `" = "`, `": "`)
		if advice, ok := yamlAdvice[d.Summary()]; ok {
			reason, _, _ := strings.Cut(found.Text, ". ")
			found.Text = reason + ". " + advice
		}
		invalid = append(invalid, found)
	}
	return invalid
}

func stepName(step path.PathStep) string {
	switch step := step.(type) {
	case path.PathStepAttributeName:
		return string(step)
	case path.PathStepElementKeyString:
		return string(step)
	case path.PathStepElementKeyInt:
		return fmt.Sprint(int64(step))
	default:
		return step.String()
	}
}

// topologyType is the type of the topology that a design file says: an object with the
// arguments of a hierarchy. Every object has every argument, null where the file leaves
// it open, so that a configuration can read each of them.
func topologyType(s *designfile.Schema) types.ObjectType {
	code := types.ObjectType{AttrTypes: map[string]attr.Type{"site_code": types.StringType}}
	site, server := objectType(s.Site), objectType(s.Server)
	site["site_code"] = types.StringType
	server["site"] = code

	carried := maps.Clone(server)
	for _, name := range designfile.StaysWithServer() {
		delete(carried, name)
	}
	assignment := objectType(s.Assignment)
	assignment["role"], assignment["server"] = types.StringType, types.ObjectType{AttrTypes: carried}
	for role, settings := range s.Roles {
		assignment[role] = types.ObjectType{AttrTypes: objectType(settings)}
	}

	topology := objectType(s.Hierarchy)
	for name, element := range map[string]map[string]attr.Type{"sites": site, "site_system_servers": server, "role_assignments": assignment} {
		topology[name] = types.MapType{ElemType: types.ObjectType{AttrTypes: element}}
	}
	return types.ObjectType{AttrTypes: topology}
}

func objectType(o *designfile.Object) map[string]attr.Type {
	all := make(map[string]attr.Type, len(o.Attributes))
	for name, a := range o.Attributes {
		all[name] = attributeType(a)
	}
	return all
}

func attributeType(a *designfile.Attribute) attr.Type {
	switch a.Kind {
	case designfile.Bool:
		return types.BoolType
	case designfile.Integer:
		return types.Int64Type
	case designfile.List:
		return types.ListType{ElemType: attributeType(a.Element)}
	case designfile.Map:
		return types.MapType{ElemType: attributeType(a.Element)}
	case designfile.Nested:
		return types.ObjectType{AttrTypes: objectType(a.Object)}
	default:
		return types.StringType
	}
}
