package provider

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/needs"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

var (
	_ datasource.DataSourceWithConfigure      = (*requiredRolesDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*requiredRolesDataSource)(nil)
)

// requiredRolesDataSource answers which roles the sites of a hierarchy need.
type requiredRolesDataSource struct{ policy *policy }

func newRequiredRolesDataSource() datasource.DataSource { return &requiredRolesDataSource{} }

func (d *requiredRolesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "configmgr_required_roles"
}

func (d *requiredRolesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	if p, ok := req.ProviderData.(*policy); ok {
		d.policy = p
	}
}

func (d *requiredRolesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = requiredRolesSchema()
}

func requiredRolesSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The site system roles that client populations and features need: for each site and role whether it is required, how many " +
			"instances, with which settings, and why.\n\n" +
			"A data source that refers directly to a managed resource with pending changes is read only during apply. Give it variables, literals or locals to " +
			"have the answer in the plan, or use the function `required_roles`, which has no such limit.",
		Attributes: answerAttributes(),
		Blocks: map[string]schema.Block{
			"population": schema.ListNestedBlock{
				MarkdownDescription: "Clients of one site that are managed in the same way. A site may have several populations; one without clients, such as a " +
					"central administration site, has a population without numbers.",
				NestedObject: schema.NestedBlockObject{Attributes: populationAttributes()},
			},
			"features": schema.SingleNestedBlock{
				MarkdownDescription: "What the hierarchy is to do.",
				Attributes:          requestedFeatureAttributes(),
			},
			"fallback_status_point": schema.SingleNestedBlock{
				MarkdownDescription: "The four conditions under which a fallback status point is worth its risk. One that is not given leaves the answer open.",
				Attributes: map[string]schema.Attribute{
					"report_client_errors": wish("Whether errors of Windows clients are wanted even if they cannot reach a management point."),
					"deployment_reports": wish("Whether the client deployment reports are wanted. Defaults to the feature `client_deployment_reports` where that " +
						"is set."),
					"dedicated_server":        wish("Whether there is a dedicated server with additional protection."),
					"benefits_outweigh_risks": wish("Whether the benefits outweigh the risks of unauthenticated connections in clear text."),
				},
			},
		},
	}
}

func wish(description string) schema.BoolAttribute {
	return schema.BoolAttribute{MarkdownDescription: description, Optional: true}
}

func populationAttributes() map[string]schema.Attribute {
	// Of an Int64Attribute that is not whole, the framework says that the provider is wrong.
	count := func(description string) schema.NumberAttribute {
		return schema.NumberAttribute{MarkdownDescription: description + " Defaults to 0.", Optional: true}
	}
	word := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true}
	}
	return map[string]schema.Attribute{
		"site": schema.SingleNestedAttribute{
			MarkdownDescription: "The site of the clients, as in `{ site_code = \"PS1\", site_type = \"primary\" }`.",
			Optional:            true,
			Attributes: map[string]schema.Attribute{
				"site_code": word("The site code. It is required."),
				"site_type": word("The type of site: " + oneOfText(product.SiteTypes()) + ". It is required."),
				"version":   word("The version that the site runs. Defaults to `configmgr_version` of the provider."),
				"tier":      word("The tier of the site, which a site object carries. It is used where `parent` is not given."),
				"parent": schema.SingleNestedAttribute{
					MarkdownDescription: "The parent site. A primary site with a parent is a child primary site.",
					Optional:            true,
					Attributes: map[string]schema.Attribute{
						"site_code": word("The site code of the parent."),
						"site_type": word("The type of the parent."),
					},
				},
			},
		},
		"windows":         count("Windows computers."),
		"macos":           count("Macs. The client for macOS is not supported any more, which is a warning."),
		"mobile_enrolled": count("Mobile devices that Configuration Manager enrolls. They are deprecated, which is a warning."),
		"on_premises_mdm": count("Devices of on-premises mobile device management. It is deprecated, which is a warning."),
		"mobile_exchange": count("Mobile devices that are managed through the Exchange Server connector."),
		"mobile_legacy":   count("Devices with the mobile device legacy client. It is not supported any more, which is a warning."),
		"linux_unix":      count("Linux and UNIX computers. They are not supported any more, which is a warning."),
		"windows_installation": word("Where Windows clients get their installation from: " + oneOfText(model.WindowsInstallations()) +
			". `distribution_point` means from there, and from a management point when none is available; `alternative_source` is `CCMSetup /source`. Defaults to " +
			"`distribution_point`."),
		"macos_certificates": word("How Macs get their certificates: " + oneOfText(model.MacCertificates()) +
			". `enrolled` is through Configuration Manager. Defaults to `enrolled`."),
		"internet":  wish("Whether the Windows clients are on the internet. Defaults to `false`."),
		"workgroup": wish("Whether the Windows clients are in a workgroup. Defaults to `false`."),
	}
}

func requestedFeatureAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{}
	for _, f := range model.FeaturesToRequest() {
		attributes[f.Key] = wish("Whether the hierarchy is for " + f.About + ".")
	}
	return attributes
}

// answerAttributes are the attributes of the answer, which the function returns too.
func answerAttributes() map[string]schema.Attribute {
	texts := func(description string) schema.ListAttribute {
		return schema.ListAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
	}
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	number := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
	}
	flag := func(description string) schema.BoolAttribute {
		return schema.BoolAttribute{MarkdownDescription: description, Computed: true}
	}
	settings := func(description string) schema.SingleNestedAttribute {
		return schema.SingleNestedAttribute{
			MarkdownDescription: description,
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"protocol":             text("`https` where clients need it."),
				"client_connections":   text("The client connections that it accepts."),
				"allow_mobile_devices": flag("`true` where it supports Macs and mobile devices."),
				"allow_cmg_traffic":    flag("`true` where it accepts the traffic of a cloud management gateway."),
				"pxe":                  text("The PXE service. Where PXE is needed, any service will do."),
				"multicast":            flag("`true` where it has a `multicast` block."),
				"mode":                 text("`online` where a service connection point has to be."),
				"dedicated_server":     flag("`true` where no other role is on its server."),
			},
		}
	}
	instances := func(which string) schema.MapNestedAttribute {
		return schema.MapNestedAttribute{
			MarkdownDescription: "One entry for each instance of a " + which + " role, for `for_each`. The key is site code, role and number, such as " +
				"`PS1/management_point/1`. The management point of a secondary site is left out: Setup installs it.",
			Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"site_code": text("The code of the site."),
				"role":      text("The key of the role."),
				"number":    number("The number of the instance, from 1 for each site and role."),
				"settings":  settings("The settings of this instance. Those for Macs and mobile devices are with as many instances as they need."),
			}},
		}
	}
	return map[string]schema.Attribute{
		"sites": schema.MapNestedAttribute{
			MarkdownDescription: "The answer by site code.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"tier": text("The tier of the site."),
				"clients": schema.SingleNestedAttribute{
					MarkdownDescription: "The clients at the site itself that the roles are for.",
					Computed:            true,
					Attributes: map[string]schema.Attribute{
						"windows":        number("Windows computers."),
						"macos":          number("Macs."),
						"mobile_devices": number("Mobile devices that are enrolled or managed on premises."),
					},
				},
				"roles": schema.MapNestedAttribute{
					MarkdownDescription: "The answer by role key: " + oneOfText(needs.RequestableRoles()) + ".",
					Computed:            true,
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"requirement":         text("Whether the role is needed: " + oneOfText(model.Requirements()) + "."),
						"minimum":             number("The smallest number of instances, 0 where none is needed."),
						"minimum_for_devices": number("How many of them Macs and mobile devices need."),
						"settings": settings("The settings that serve all clients of the site; null where any will do. What only Macs and mobile devices need, " +
							"`minimum_for_devices` instances must have. Null as a whole for a role that is forbidden or not needed."),
						"reasons":          texts("Why, in sentences that name the inputs; the reason for the requirement comes first."),
						"rules":            texts("The ids of the rules that the reasons come from, one for each."),
						"deprecated_since": text("The version from which the role is deprecated; null for one that is not."),
						"removed_in":       text("The version from which the role is not supported; null for one that is."),
						"deprecation":      text("What to do about it; null where there is nothing."),
					}},
				},
			}},
		},
		"totals": schema.MapNestedAttribute{
			MarkdownDescription: "The number of instances in the whole hierarchy by role key.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"required":    number("The number of required instances."),
				"recommended": number("The number of recommended instances."),
			}},
		},
		"instances":             instances("required"),
		"recommended_instances": instances("recommended"),
		"notices": schema.ListNestedAttribute{
			MarkdownDescription: "What was asked for and is not supported any more, or does not fit. The data source reports each as a warning too.",
			Computed:            true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"rule":    text("The id of the rule."),
				"summary": text("What it is about."),
				"detail":  text("What to do."),
			}},
		},
	}
}

// answerType is the type of the answer.
func answerType() map[string]attr.Type {
	all := map[string]attr.Type{}
	for name, a := range answerAttributes() {
		all[name] = a.GetType()
	}
	return all
}

// ValidateConfig reports what is missing or malformed.
func (d *requiredRolesDataSource) ValidateConfig(_ context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	requestedRoles(req.Config.Raw, &resp.Diagnostics)
}

// requestedRoles reads the question, and reports what is wrong with it.
func requestedRoles(config tftypes.Value, diags *diag.Diagnostics) *model.RequiredRoles {
	request := &model.RequiredRoles{}
	for _, e := range model.Decode(request, toObjectTree(config, diags)) {
		diags.AddAttributeError(toPath(e.Path), "Invalid value", placed(toPath(e.Path), errors.New(e.Message)))
	}
	for _, p := range request.Problems() {
		diags.AddAttributeError(toPath(p.Path), "Invalid population", p.Error())
	}
	return request
}

func (d *requiredRolesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	request := requestedRoles(req.Config.Raw, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	p := d.policy
	if p == nil {
		p = &policy{}
	}
	version := model.Known(p.options.SiteVersion())
	if p.versionUnknown {
		version = model.Unknown[product.Version]()
	}
	needs.Answer(request, version)
	notices, _ := request.Notices.Get()
	for _, value := range notices {
		if n, ok := value.Get(); ok {
			reportNotice(&resp.Diagnostics, n, p.options)
		}
	}
	answer, err := answerValues(ctx, request)
	if err != nil {
		resp.Diagnostics.AddError("Unexpected answer", "This is a bug in the provider, please report it: "+err.Error())
		return
	}
	raw, err := withAttributes(req.Config.Raw, answer)
	if err != nil {
		resp.Diagnostics.AddError("Unexpected answer", "This is a bug in the provider, please report it: "+err.Error())
		return
	}
	if !raw.IsFullyKnown() {
		// Terraform does not read a data source while its own configuration has unknown
		// values: it is that of the provider.
		resp.Diagnostics.AddError("Version not known yet", "The required roles depend on configmgr_version of the provider, which is known only after an apply. "+
			"Give the sites of the populations a version, as in site = { site_code = \"PS1\", site_type = \"primary\", version = \"2503\" }, or use the function "+
			"required_roles.")
		return
	}
	resp.State.Raw = raw
}

// reportNotice reports a notice with the severity that the policy gives it.
func reportNotice(diags *diag.Diagnostics, n *model.Notice, options rule.Options) {
	id, _ := n.Rule.Get()
	summary, _ := n.Summary.Get()
	detail, _ := n.Detail.Get()
	summary = id + ": " + summary
	switch rules.Catalog().NoticeSeverity(&options, n) {
	case rule.SeverityError:
		diags.AddAttributeError(toPath(n.Attribute), summary, detail)
	case rule.SeverityWarning:
		diags.AddAttributeWarning(toPath(n.Attribute), summary, detail)
	}
}

// answerValues returns the attributes of the answer as Terraform values.
func answerValues(ctx context.Context, answered *model.RequiredRoles) (map[string]tftypes.Value, error) {
	tree := model.Encode(answered)
	values := map[string]tftypes.Value{}
	var problems []error
	for name, typ := range answerType() {
		v, err := fromTree(typ.TerraformType(ctx), tree[name])
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
		values[name] = v
	}
	return values, errors.Join(problems...)
}

// problemTexts are problems as sentences that begin with the place.
func problemTexts(problems []model.DecodeError) []string {
	list := make([]string, len(problems))
	for i, p := range problems {
		list[i] = strings.TrimSpace(p.Error())
	}
	return list
}
