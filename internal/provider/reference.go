package provider

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// References are typed by schemas that are derived from the schemas of the resources
// they refer to, so that each attribute is described once. Terraform converts a whole
// resource object to such a type and drops what it does not hold.

// reference returns the named attributes and blocks of a resource as attributes of a
// reference to it: all optional, none computed. An object written by hand may leave
// out whatever it likes; what a rule cannot do without is checked when it is known.
func reference(attributes map[string]schema.Attribute, blocks map[string]schema.Block, names []string) map[string]schema.Attribute {
	referenced := make(map[string]schema.Attribute, len(names))
	for _, name := range names {
		if a, ok := attributes[name]; ok {
			referenced[name] = unvalidated(optional(a), a.IsComputed())
		} else if b, ok := blocks[name]; ok {
			referenced[name] = blockAsAttribute(b)
		} else {
			panic(fmt.Sprintf("reference: there is no attribute %q", name)) // a table of this package is wrong
		}
	}
	return referenced
}

// with returns the attributes with one more.
func with(attributes map[string]schema.Attribute, name string, a schema.Attribute) map[string]schema.Attribute {
	all := maps.Clone(attributes)
	all[name] = a
	return all
}

// required makes the named attributes of a single nested object required, so that
// Terraform itself says what is missing when another kind of object is passed.
func required(attributes map[string]schema.Attribute, names ...string) map[string]schema.Attribute {
	all := maps.Clone(attributes)
	for _, name := range names {
		switch a := all[name].(type) {
		case schema.StringAttribute:
			a.Optional, a.Required = false, true
			all[name] = a
		case schema.SingleNestedAttribute:
			a.Optional, a.Required = false, true
			all[name] = a
		}
	}
	return all
}

func optional(a schema.Attribute) schema.Attribute {
	switch a := a.(type) {
	case schema.StringAttribute:
		return schema.StringAttribute{MarkdownDescription: a.MarkdownDescription, Optional: true, Validators: a.Validators}
	case schema.BoolAttribute:
		return schema.BoolAttribute{MarkdownDescription: a.MarkdownDescription, Optional: true, Validators: a.Validators}
	case schema.Int64Attribute:
		return schema.Int64Attribute{MarkdownDescription: a.MarkdownDescription, Optional: true, Validators: a.Validators}
	case schema.ListAttribute:
		return schema.ListAttribute{MarkdownDescription: a.MarkdownDescription, Optional: true, ElementType: a.ElementType, Validators: a.Validators}
	case schema.MapAttribute:
		return schema.MapAttribute{MarkdownDescription: a.MarkdownDescription, Optional: true, ElementType: a.ElementType, Validators: a.Validators}
	case schema.SingleNestedAttribute:
		return schema.SingleNestedAttribute{MarkdownDescription: a.MarkdownDescription, Optional: true, Attributes: allOptional(a.Attributes)}
	default:
		panic(fmt.Sprintf("reference: an attribute of type %T", a))
	}
}

// unvalidated takes the validators off an attribute that a resource computes: its own
// values are right, those of a mocked provider are anything, and what is written by hand
// is judged when it is planned.
func unvalidated(a schema.Attribute, computed bool) schema.Attribute {
	if text, ok := a.(schema.StringAttribute); ok && computed {
		text.Validators = nil
		return text
	}
	return a
}

func allOptional(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	all := make(map[string]schema.Attribute, len(attributes))
	for name, a := range attributes {
		all[name] = optional(a)
	}
	return all
}

// blockAsAttribute returns a single nested block as the attribute of a reference.
func blockAsAttribute(b schema.Block) schema.Attribute {
	block := b.(schema.SingleNestedBlock)
	attributes := allOptional(block.Attributes)
	for name, nested := range block.Blocks {
		attributes[name] = blockAsAttribute(nested)
	}
	return schema.SingleNestedAttribute{MarkdownDescription: block.MarkdownDescription, Optional: true, Attributes: attributes}
}

// siteReference is the site of a server.
func siteReference(isRequired bool) schema.SingleNestedAttribute {
	attributes := reference(siteAttributes(), siteBlocks(), without(model.SiteAttributes, "database"))
	database := siteBlocks()["database"].(schema.SingleNestedBlock)
	attributes["database"] = schema.SingleNestedAttribute{
		MarkdownDescription: database.MarkdownDescription,
		Optional:            true,
		Attributes:          reference(database.Attributes, database.Blocks, model.SiteDatabaseAttributes),
	}
	attributes["parent"] = schema.SingleNestedAttribute{
		MarkdownDescription: "The parent of the site.",
		Optional:            true,
		Attributes:          required(reference(siteAttributes(), nil, model.ParentOfSiteAttributes), "site_code", "site_type"),
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The site that the server belongs to: pass the whole resource, as in `site = configmgr_site.ps1`. Moving a server to another site " +
			"means removing and adding it. The reference is write-only: neither plan nor state holds it, but `site_code` and `site_facts`.",
		Required:   isRequired,
		Optional:   !isRequired,
		Attributes: required(attributes, "site_code", "site_type"),
	}
}

func without(names []string, name string) []string {
	rest := make([]string, 0, len(names))
	for _, n := range names {
		if n != name {
			rest = append(rest, n)
		}
	}
	return rest
}

// writeOnly makes an attribute of a reference, with all below it, write-only: the
// provider reads it from the configuration at every plan, and no state holds it.
func writeOnly(a schema.Attribute) schema.Attribute {
	switch a := a.(type) {
	case schema.StringAttribute:
		a.WriteOnly = true
		return a
	case schema.BoolAttribute:
		a.WriteOnly = true
		return a
	case schema.Int64Attribute:
		a.WriteOnly = true
		return a
	case schema.ListAttribute:
		a.WriteOnly = true
		return a
	case schema.MapAttribute:
		a.WriteOnly = true
		return a
	case schema.SingleNestedAttribute:
		a.WriteOnly, a.Attributes = true, allWriteOnly(a.Attributes)
		return a
	case schema.MapNestedAttribute:
		a.WriteOnly, a.NestedObject.Attributes = true, allWriteOnly(a.NestedObject.Attributes)
		return a
	case schema.ListNestedAttribute:
		a.WriteOnly, a.NestedObject.Attributes = true, allWriteOnly(a.NestedObject.Attributes)
		return a
	default:
		panic(fmt.Sprintf("reference: an attribute of type %T", a))
	}
}

func allWriteOnly(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	all := make(map[string]schema.Attribute, len(attributes))
	for name, a := range attributes {
		all[name] = writeOnly(a)
	}
	return all
}
