package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

var _ datasource.DataSource = (*requiredRolesDataSource)(nil)

// requiredRolesDataSource answers which roles a client population needs.
type requiredRolesDataSource struct{}

func newRequiredRolesDataSource() datasource.DataSource { return &requiredRolesDataSource{} }

func (d *requiredRolesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "configmgr_required_roles"
}

// requiredRoleType is the type of one answer.
var requiredRoleType = map[string]attr.Type{
	"requirement":          types.StringType,
	"minimum":              types.Int64Type,
	"protocol":             types.StringType,
	"client_connections":   types.StringType,
	"allow_mobile_devices": types.BoolType,
	"dedicated_server":     types.BoolType,
	"reasons":              types.ListType{ElemType: types.StringType},
	"rules":                types.ListType{ElemType: types.StringType},
}

func (d *requiredRolesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	count := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{MarkdownDescription: description + " Defaults to 0.", Optional: true, Validators: []validator.Int64{notNegative{}}}
	}
	wish := func(description string) schema.BoolAttribute {
		return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The site system roles that a client population needs at its site: whether a management point, a distribution point and a fallback status point are required, how many, with which settings and why.\n\n" +
			"A data source that refers directly to a managed resource with pending changes is read only during apply. Give it variables, literals or locals to have the answer in the plan.",
		Attributes: map[string]schema.Attribute{
			"site": schema.SingleNestedAttribute{
				MarkdownDescription: "The site of the clients, as in `{ site_code = \"PS1\", site_type = \"primary\" }`. Defaults to a stand-alone primary site.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"site_code": schema.StringAttribute{MarkdownDescription: "The site code.", Optional: true},
					"site_type": schema.StringAttribute{
						MarkdownDescription: "The type of site: " + oneOfText(model.SiteTypes()) + ".",
						Required:            true,
						Validators:          []validator.String{oneOf(model.SiteTypes())},
					},
				},
			},
			"roles": schema.MapAttribute{
				MarkdownDescription: "The answer by role: `requirement` (" + oneOfText(model.Requirements()) + "), `minimum` number of instances, the settings that the role must have (`protocol`, `client_connections`, `allow_mobile_devices`, `dedicated_server`; null where any will do), " +
					"`reasons` in sentences and the ids of the `rules` they come from, reason by reason.",
				ElementType: types.ObjectType{AttrTypes: requiredRoleType},
				Computed:    true,
			},
		},
		Blocks: map[string]schema.Block{
			"clients": schema.SingleNestedBlock{
				MarkdownDescription: "The number of clients by the way they are managed.",
				Attributes: map[string]schema.Attribute{
					"windows": count("Windows computers."),
					"windows_installation": schema.StringAttribute{
						MarkdownDescription: "How Windows clients are installed: " + oneOfText(model.WindowsInstallations()) + ". `site` means from a distribution point, else from a management point; `alternative_source` is `CCMSetup /source`. Defaults to `site`.",
						Optional:            true,
						Validators:          []validator.String{oneOf(model.WindowsInstallations())},
					},
					"macos":           count("Macs. The client for macOS is not supported any more, which is a warning."),
					"mobile_enrolled": count("Mobile devices that Configuration Manager enrols."),
					"on_premises_mdm": count("Devices of on-premises mobile device management."),
					"mobile_exchange": count("Mobile devices that are managed through the Exchange Server connector."),
					"mobile_legacy":   count("Devices with the mobile device legacy client. It is not supported any more, which is a warning."),
				},
			},
			"features": schema.SingleNestedBlock{
				MarkdownDescription: "What the clients are to get.",
				Attributes: map[string]schema.Attribute{
					"deploy_software":          wish("Whether applications, packages or software updates are deployed."),
					"deploy_operating_systems": wish("Whether operating systems are deployed."),
				},
			},
			"fallback_status_point": schema.SingleNestedBlock{
				MarkdownDescription: "The four conditions under which a fallback status point is worth its risk. One that is not given leaves the answer open.",
				Attributes: map[string]schema.Attribute{
					"report_client_errors":    wish("Whether errors of Windows clients are wanted even if they cannot reach a management point."),
					"deployment_reports":      wish("Whether the client deployment reports are wanted."),
					"dedicated_server":        wish("Whether there is a dedicated server with additional protection."),
					"benefits_outweigh_risks": wish("Whether the benefits outweigh the risks of unauthenticated connections in clear text."),
				},
			},
		},
	}
}

func (d *requiredRolesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	tree, err := toTree(req.Config.Raw)
	if err != nil {
		resp.Diagnostics.AddError("Unexpected value", "This is a bug in the provider, please report it: "+err.Error())
		return
	}
	input, _ := tree.(map[string]any)
	delete(input, "roles") // the answer
	population := &model.Population{}
	for _, e := range model.Decode(population, input) {
		resp.Diagnostics.AddAttributeError(toPath(e.Path), "Unexpected value", e.Message)
	}
	for _, n := range population.Notices() {
		resp.Diagnostics.AddAttributeWarning(toPath(n.Attribute), n.Summary, n.Detail)
	}
	answers := map[string]attr.Value{}
	for _, r := range model.RequiredRoles(population) {
		reasons, diags := types.ListValueFrom(ctx, types.StringType, r.Reasons)
		resp.Diagnostics.Append(diags...)
		rules, diags := types.ListValueFrom(ctx, types.StringType, r.RuleIDs)
		resp.Diagnostics.Append(diags...)
		answer, diags := types.ObjectValue(requiredRoleType, map[string]attr.Value{
			"requirement":          types.StringValue(string(r.Requirement)),
			"minimum":              types.Int64Value(r.Minimum),
			"protocol":             stringAttr(r.Protocol),
			"client_connections":   stringAttr(r.ClientConnections),
			"allow_mobile_devices": boolAttr(r.AllowMobileDevices),
			"dedicated_server":     boolAttr(r.DedicatedServer),
			"reasons":              reasons,
			"rules":                rules,
		})
		resp.Diagnostics.Append(diags...)
		answers[r.Role] = answer
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("roles"), answers)...)
}

func stringAttr(v model.Value[string]) basetypes.StringValue {
	if s, ok := v.Get(); ok {
		return types.StringValue(s)
	}
	return types.StringNull()
}

func boolAttr(v model.Value[bool]) basetypes.BoolValue {
	if b, ok := v.Get(); ok {
		return types.BoolValue(b)
	}
	return types.BoolNull()
}
