package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// unknownReference is the list of what a design does not know of a running element, in
// references and in the elements of a hierarchy. The model says which names it can hold.
func unknownReference() schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: "Attributes without a value that nobody knows, such as `passive_site_server` or `database.failover_cluster`. The checks that " +
			"depend on them are undecided.",
		ElementType: types.StringType,
		Optional:    true,
	}
}

// unknownAttribute is that list in a resource of its own. Attributes that a computed one
// follows from cannot be listed there, because it would never become known.
func unknownAttribute(names ...string) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: "Attributes without a value that nobody knows: " + oneOfText(names) + ". Without a value they stand for the default of the " +
			"product; listed here, they leave the checks that depend on them undecided. " +
			"For what runs and was read from an export: an attribute leaves the list when it gets its value.",
		ElementType: types.StringType,
		Optional:    true,
		Validators:  []validator.List{elements(oneOf(names))},
	}
}

func unknownOfSite() schema.ListAttribute { return unknownAttribute(model.Listable[model.Site]()...) }
func unknownOfServer() schema.ListAttribute {
	return unknownAttribute(model.Listable[model.Server]()...)
}
func unknownOfAssignment() schema.ListAttribute {
	return unknownAttribute(model.Listable[model.Assignment]()...)
}
func unknownOfHierarchy() schema.ListAttribute {
	return unknownAttribute(model.Listable[model.Hierarchy]()...)
}

// settled makes computed values null that will never be known: with a configuration that
// is known as a whole, only what it lists as unknown can leave one open, and applying
// does not change that.
func settled(p *policy, config map[string]any, computed map[string]tftypes.Value) map[string]tftypes.Value {
	if p.versionUnknown {
		return computed // which the apply knows
	}
	known, looked := false, false
	for name, value := range computed {
		if value.IsFullyKnown() {
			continue
		}
		if !looked {
			known, looked = isWhole(config), true
		}
		if known {
			computed[name] = tftypes.NewValue(value.Type(), nil)
		}
	}
	return computed
}
