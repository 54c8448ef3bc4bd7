package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

var (
	_ datasource.DataSource = (*rulesDataSource)(nil)
	_ datasource.DataSource = (*rolesDataSource)(nil)
)

// rulesDataSource is the rule catalog.
type rulesDataSource struct{}

func newRulesDataSource() datasource.DataSource { return &rulesDataSource{} }

func (d *rulesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "configmgr_rules"
}

var ruleType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"id":         types.StringType,
	"severity":   types.StringType,
	"basis":      types.StringType,
	"scope":      types.StringType,
	"chapter":    types.StringType,
	"title":      types.StringType,
	"why":        types.StringType,
	"fix":        types.StringType,
	"guide":      types.StringType,
	"declare":    types.ListType{ElemType: types.StringType},
	"versions":   types.StringType,
	"checked":    types.BoolType,
	"references": types.ListType{ElemType: types.StringType},
}}

func (d *rulesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The rule catalog: every rule that designs are judged by, and what else the product demands that a plan cannot see. The guides " +
			"explain each rule.",
		Attributes: map[string]schema.Attribute{
			"query": schema.StringAttribute{
				MarkdownDescription: "An id of a rule, such as `COLO-SCP-NOT-HA`, or words that its id, chapter, title, reason or way out has to hold, all of them: " +
					"`content library`. Without it, all rules are listed.",
				Optional: true,
			},
			"rules": schema.ListAttribute{
				MarkdownDescription: "The rules in the order of the catalog: `id`, `severity` (`error`, `warning`, `info`), `basis` (what the rule rests on, such as " +
					"`refused` or `recommended`), `scope`, `chapter`, `title` (what has to hold), `why`, `fix`, `guide` (the address of the text about it), `declare` " +
					"(the attributes without which it may stay undecided, as in `site.client_communication`), `versions` (empty for all), " +
					"`checked` (whether a plan judges it) and the addresses of the `references`.",
				ElementType: ruleType,
				Computed:    true,
			},
		},
	}
}

func (d *rulesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var query types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("query"), &query)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found := rules.Catalog().Search(query.ValueString())
	list := make([]attr.Value, len(found))
	for i := range found {
		r := &found[i]
		list[i] = types.ObjectValueMust(ruleType.AttrTypes, map[string]attr.Value{
			"id":         types.StringValue(r.ID),
			"severity":   types.StringValue(r.Severity.String()),
			"basis":      types.StringValue(string(r.Basis)),
			"scope":      types.StringValue(string(r.Scope)),
			"chapter":    types.StringValue(r.Chapter),
			"title":      types.StringValue(r.Title),
			"why":        types.StringValue(r.Why),
			"fix":        types.StringValue(r.Fix),
			"guide":      types.StringValue(r.GuideURL()),
			"declare":    stringListValue(rules.Deciding(r.ID)),
			"versions":   types.StringValue(r.Versions),
			"checked":    types.BoolValue(r.Enforcement == rule.Checked),
			"references": addresses(r.Sources),
		})
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("query"), query)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("rules"), types.ListValueMust(ruleType, list))...)
}

// addresses lists the addresses of sources.
func addresses(sources []product.Source) types.List {
	list := make([]attr.Value, len(sources))
	for i, s := range sources {
		list[i] = types.StringValue(s.URL())
	}
	return types.ListValueMust(types.StringType, list)
}

// rolesDataSource is the role catalog.
type rolesDataSource struct{}

func newRolesDataSource() datasource.DataSource { return &rolesDataSource{} }

func (d *rolesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "configmgr_roles"
}

var roleType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"key":           types.StringType,
	"name":          types.StringType,
	"assignable":    types.BoolType,
	"wmi_role_name": types.StringType,
	"tiers":         types.ListType{ElemType: types.StringType},
	"instead":       types.StringType,
	"reference":     types.StringType,
}}

func (d *rolesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The role catalog: every site system role of Configuration Manager, those that Setup installs and those that are gone included.",
		Attributes: map[string]schema.Attribute{
			"roles": schema.ListAttribute{
				MarkdownDescription: "The roles: `key` (what a role assignment names), `name` (what the console shows), `assignable`, `wmi_role_name` (null where " +
					"the role is not a resource of a server), `tiers` (where it is supported), " +
					"`instead` (what to declare in place of one that is not assigned; empty otherwise) and the address of the `reference`.",
				ElementType: roleType,
				Computed:    true,
			},
		},
	}
}

func (d *rolesDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	roles := product.Roles()
	list := make([]attr.Value, len(roles))
	for i := range roles {
		r := &roles[i]
		tiers := make([]attr.Value, len(r.Tiers))
		for j, tier := range r.Tiers {
			tiers[j] = types.StringValue(string(tier))
		}
		wmi := types.StringNull()
		if r.WMIRoleName != "" {
			wmi = types.StringValue(r.WMIRoleName)
		}
		list[i] = types.ObjectValueMust(roleType.AttrTypes, map[string]attr.Value{
			"key":           types.StringValue(r.Key),
			"name":          types.StringValue(r.Name),
			"assignable":    types.BoolValue(r.Kind == product.RoleAssignable),
			"wmi_role_name": wmi,
			"tiers":         types.ListValueMust(types.StringType, tiers),
			"instead":       types.StringValue(r.Instead),
			"reference":     types.StringValue(r.Source.URL()),
		})
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("roles"), types.ListValueMust(roleType, list))...)
}
