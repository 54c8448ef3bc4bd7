package provider

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/needs"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// requiredRolesReference is the answer of configmgr_required_roles as a hierarchy
// takes it: what its rules read, and no more.
func requiredRolesReference() schema.MapNestedAttribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true}
	}
	flag := func(description string) schema.BoolAttribute {
		return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
	}
	texts := func(description string) schema.ListAttribute {
		return schema.ListAttribute{MarkdownDescription: description, ElementType: types.StringType, Optional: true}
	}
	number := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{MarkdownDescription: description, Optional: true}
	}
	settings := schema.SingleNestedAttribute{
		MarkdownDescription: "The settings that an instance must have.",
		Optional:            true,
		Attributes: map[string]schema.Attribute{
			"protocol":             text("The protocol."),
			"client_connections":   text("The client connections."),
			"allow_mobile_devices": flag("Whether it supports Macs and mobile devices."),
			"allow_cmg_traffic":    flag("Whether it accepts the traffic of a cloud management gateway."),
			"pxe":                  text("The PXE service; any will do."),
			"multicast":            flag("Whether it has a `multicast` block."),
			"mode":                 text("The mode of a service connection point."),
		},
	}
	role := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"requirement":         enumeration("Whether the role is needed", model.Requirements()),
		"minimum":             number("The smallest number of instances."),
		"minimum_for_devices": number("How many of them Macs and mobile devices need."),
		"settings":            settings,
		"reasons":             texts("Why, in sentences."),
		"rules":               texts("The ids of the rules that the reasons come from."),
	}}
	return schema.MapNestedAttribute{
		MarkdownDescription: "What the hierarchy has to cover, by any key: answers of the data source or function `required_roles`, as in `{ clients = " +
			"data.configmgr_required_roles.contoso }`. " +
			"Enables the checks that each site has the roles that its clients need, enough of them and with the right settings.",
		Optional: true,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"sites": schema.MapNestedAttribute{
				MarkdownDescription: "The answer by site code.",
				Optional:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"clients": schema.SingleNestedAttribute{
						MarkdownDescription: "The clients at the site. A site without a `clients` block is judged by them.",
						Optional:            true,
						Attributes: map[string]schema.Attribute{
							"windows":        number("Windows computers."),
							"macos":          number("Macs."),
							"mobile_devices": number("Mobile devices that are enrolled or managed on premises."),
						},
					},
					"roles": schema.MapNestedAttribute{
						MarkdownDescription: "The answer by role key.",
						Optional:            true,
						NestedObject:        role,
					},
				}},
			},
		}},
	}
}

// validateRequiredRoles checks that an answer is one, and about sites of the hierarchy.
func validateRequiredRoles(h *model.Hierarchy, diags *diag.Diagnostics) {
	answers, _ := h.RequiredRoles.Get()
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		at := path.Root("required_roles").AtMapKey(key)
		answer, ok := answers[key].Get()
		if answers[key].IsNull() || ok && answer.Sites.IsNull() {
			missing(diags, at, "An answer about required roles has sites.", "data.configmgr_required_roles.contoso")
			continue
		}
		if !ok {
			continue
		}
		sites, _ := answer.Sites.Get()
		for _, code := range slices.Sorted(maps.Keys(sites)) {
			if h.ListsSite(code) == model.Known(false) {
				diags.AddAttributeError(at.AtName("sites").AtMapKey(code), "Site is not in the hierarchy",
					fmt.Sprintf("%s: The required roles are about site %s, but the map sites does not list it. Add the site to sites, or leave its population out of "+
						"the question.", at, code))
			}
			site, _ := sites[code].Get()
			if site == nil {
				continue
			}
			roles, _ := site.Roles.Get()
			for _, role := range slices.Sorted(maps.Keys(roles)) {
				if needed, ok := roles[role].Get(); roles[role].IsNull() || ok && needed.Requirement.IsNull() {
					missing(diags, at.AtName("sites").AtMapKey(code).AtName("roles").AtMapKey(role), "The answer about a role needs requirement.", "data.configmgr_required_roles.contoso")
				}
				if !slices.Contains(needs.RequestableRoles(), role) {
					diags.AddAttributeError(at.AtName("sites").AtMapKey(code).AtName("roles").AtMapKey(role), "Invalid role",
						fmt.Sprintf("%s: There is no required role %q at site %s.%s Valid roles: %s.", at, role, code, meant(product.Nearest(role, needs.RequestableRoles())), quotedList(needs.RequestableRoles())))
				}
			}
		}
	}
}
