package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

var (
	_ resource.ResourceWithConfigure      = (*roleAssignmentResource)(nil)
	_ resource.ResourceWithValidateConfig = (*roleAssignmentResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*roleAssignmentResource)(nil)
	_ resource.ResourceWithImportState    = (*roleAssignmentResource)(nil)
)

// roleAssignmentResource is one role on one server.
type roleAssignmentResource struct {
	declaration[model.Assignment]
}

func newRoleAssignmentResource() resource.Resource {
	return &roleAssignmentResource{declaration[model.Assignment]{
		prepare:  prepareAssignment,
		compute:  computeAssignment,
		topology: func(_ *policy, a *model.Assignment) *model.Topology { return model.ForAssignment(a) },
		replaced: replacedAssignment,
		validate: validateAssignment,
	}}
}

func (r *roleAssignmentResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "configmgr_role_assignment"
}

func (r *roleAssignmentResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := assignmentAttributes()
	attributes["unknown"] = unknownOfAssignment()
	resp.Schema = schema.Schema{
		Version: stateVersion,
		MarkdownDescription: "A site system role on a site system server. What Setup installs with a site, such as the site database server and the SMS " +
			"Provider, is an attribute of the `configmgr_site` instead.",
		Attributes: with(assignmentAttributes(), "server", writeOnly(schema.SingleNestedAttribute{
			MarkdownDescription: "The server that holds the role: pass the whole resource, as in `server = configmgr_site_system_server.mp01`. The reference is " +
				"write-only: neither plan nor state holds it, but `site_code` and `fqdn`. A hierarchy therefore compares the role with its own `site_system_servers`; " +
				"what a server written by hand here states otherwise stays unseen there.",
			Required: true,
			Attributes: required(with(reference(serverAttributes(), serverBlocks(), model.ServerAttributes), "site", siteReference(false)),
				"fqdn"),
		})),
		Blocks: assignmentBlocks(),
	}
}

// assignmentAttributes are the attributes of a role assignment without its server.
func assignmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "The site code, the name of the server and the role: `PS1/mp01.contoso.com/management_point`.",
			Computed:            true,
		},
		"site_code": schema.StringAttribute{
			MarkdownDescription: "The code of the site that the server belongs to, in upper case. Another one means removing the role and adding it again, " +
				"which the plan shows as a replacement. Only a distribution point is reassigned in place, an update in the plan, where the console can do it: from " +
				"version 1802 on, to a primary site, as the only role of its server.",
			Computed: true,
		},
		"fqdn": schema.StringAttribute{
			MarkdownDescription: "The fully qualified name of the server, in lower case. Another one means removing the role and adding it again.",
			Computed:            true,
		},
		"install_command": schema.StringAttribute{
			MarkdownDescription: "The cmdlet of the ConfigurationManager PowerShell module that adds the role, on one line in which no name or setting becomes code. " +
				"A value that begins with `$`, such as `$ReportingServicesPointAccount`, is a variable to fill in when the automation runs: a secret, or what the " +
				"design does not say. " +
				"The server has to be a site system server of the site. Where the setup of a secondary site brings the role, the cmdlet gives it its settings. Null " +
				"where there is nothing to run. " +
				"The function `installation` returns the cmdlet with its parameters, and all else that the role needs.",
			Computed: true,
		},
		"wmi_role_name": schema.StringAttribute{
			MarkdownDescription: "The name of the role in the product's WMI classes and cmdlets, such as `SMS Management Point`. Null for a role that is no " +
				"resource of a server.",
			Computed: true,
		},
		"role": schema.StringAttribute{
			MarkdownDescription: "The role: " + oneOfText(product.AssignableRoles()) + ". Roles that the product no longer has are refused with their history.",
			Required:            true,
			Validators:          []validator.String{roleValidator()},
		},
		"installed": schema.BoolAttribute{
			MarkdownDescription: "Whether the role exists in the product, and not only in the design. Defaults to `false`. A role that can no longer be added but " +
				"still runs is judged as such.",
			Optional: true,
		},
		"accepted_findings": acceptedFindingsAttribute(),
		"report_at":         reportAtAttribute(),
		"unknown":           unknownReference(),
	}
}

// prepareAssignment says of an assignment whose server is ignored where it is: the
// reference is null then, and what the state says stays.
func prepareAssignment(a, prior *model.Assignment) {
	a.SiteCode, a.FQDN, a.InstallCommand = model.Null[string](), model.Null[string](), model.Null[string]()
	if prior != nil && a.Server.IsNull() {
		a.SiteCode, a.FQDN, a.InstallCommand = prior.SiteCode, prior.FQDN, prior.InstallCommand
	}
}

func computeAssignment(_ *policy, a, _ *model.Assignment, _ *model.Topology) map[string]tftypes.Value {
	computed := map[string]tftypes.Value{
		"id":              stringValue(joined(a.ServerKey(), a.Role)),
		"site_code":       stringValue(a.DeclaredSite().NormalizedCode()),
		"fqdn":            stringValue(a.DeclaredServer().Host()),
		"wmi_role_name":   stringValue(wmiRoleName(a)),
		"install_command": stringValue(a.InstallCommand),
	}
	if a.FQDN.IsNull() {
		role := install.ForAssignment(a)
		computed["install_command"] = commandText(role.Command)
		if role.Unknown.Command {
			computed["install_command"] = unknownString
		}
	}
	return computed
}

func wmiRoleName(a *model.Assignment) model.Value[string] {
	key, ok := a.Role.Get()
	if !ok {
		return model.Unknown[string]()
	}
	role, ok := product.RoleByKey(key)
	if !ok || role.WMIRoleName == "" {
		return model.Null[string]()
	}
	return model.Known(role.WMIRoleName)
}

// replacedAssignment lists what means removing the role and adding it again.
func replacedAssignment(planned, prior *model.Assignment) []model.Path {
	var paths []model.Path
	if differs(planned.Role, prior.Role) {
		paths = append(paths, model.At("role"))
	}
	if differs(planned.DeclaredServer().Host(), prior.FQDN) {
		paths = append(paths, model.At("fqdn"))
	}
	// The console reassigns a distribution point in place.
	if differs(planned.DeclaredSite().NormalizedCode(), prior.SiteCode) && !model.KnownTrue(model.Reassigned(planned, prior, product.DefaultVersion)) {
		paths = append(paths, model.At("site_code"))
	}
	after, okAfter := planned.ReportingServicesPoint.Get()
	settings, okBefore := prior.ReportingServicesPoint.Get()
	if okAfter && okBefore {
		if differs(after.ReportServerInstance, settings.ReportServerInstance) && !after.ReportServerInstance.IsNull() {
			paths = append(paths, model.At("reporting_services_point", "report_server_instance"))
		}
		if differs(after.FolderName, settings.FolderName) && !after.FolderName.IsNull() {
			paths = append(paths, model.At("reporting_services_point", "folder_name"))
		}
	}
	return paths
}

// validateAssignment refuses a server without a site, and the settings of another role:
// they would say nothing.
func validateAssignment(a, _ *model.Assignment, _ *model.Topology, diags *diag.Diagnostics) {
	if server, ok := a.Server.Get(); ok {
		needServer(diags, path.Root("server"), server)
		if site, ok := server.Site.Get(); ok {
			validateWrittenSite(diags, path.Root("server").AtName("site"), site)
		}
	}
	key, ok := a.Role.Get()
	if !ok {
		return
	}
	for _, block := range a.Settings() {
		if block != key {
			diags.AddAttributeError(path.Root(block), "Settings of another role",
				fmt.Sprintf("The block %s holds settings of the role %q, but role = %q. Remove the block, or assign that role with a configmgr_role_assignment of "+
					"its own.", block, block, key))
		}
	}
}

func (r *roleAssignmentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, ok := parseImportID(req.ID, "SITECODE/FQDN/ROLE", "PS1/mp01.contoso.com/management_point", &resp.Diagnostics)
	if !ok {
		return
	}
	values := map[string]string{"id": id.code + "/" + id.fqdn + "/" + id.role, "role": id.role, "fqdn": id.fqdn, "site_code": id.code}
	if role, _ := product.RoleByKey(id.role); role.WMIRoleName != "" {
		values["wmi_role_name"] = role.WMIRoleName
	}
	importValues(ctx, resp, values)
}
