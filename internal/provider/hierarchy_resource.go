package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

var (
	_ resource.ResourceWithConfigure  = (*hierarchyResource)(nil)
	_ resource.ResourceWithModifyPlan = (*hierarchyResource)(nil)
)

// hierarchyResource is a whole hierarchy: it decides what no element can see alone.
// It is a managed resource because Terraform plans one after its inputs, with their
// planned values.
type hierarchyResource struct {
	declaration[model.Hierarchy]
}

func newHierarchyResource() resource.Resource {
	return &hierarchyResource{declaration[model.Hierarchy]{
		whole:   true,
		compute: computeHierarchy,
		topology: func(p *policy, h *model.Hierarchy) *model.Topology {
			return model.ForHierarchy(h, p.options.ReportAt == rule.ReportAtHierarchy)
		},
		validate: func(h, _ *model.Hierarchy, diags *diag.Diagnostics) { validateHierarchy(h, diags) },
	}}
}

func (r *hierarchyResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "configmgr_hierarchy"
}

func (r *hierarchyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	siteCodeOnly := func() schema.SingleNestedAttribute {
		return schema.SingleNestedAttribute{
			MarkdownDescription: "The site of the server. It is looked up in `sites`.",
			Optional:            true,
			Attributes:          reference(siteAttributes(), nil, []string{"site_code"}),
		}
	}
	s := schema.Schema{
		MarkdownDescription: "A hierarchy: the sites and role assignments that belong together. It checks what needs more than one element: how many of a role there are, what shares a server, what is missing. " +
			"One configuration may hold several hierarchies.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The code of the top-level site when the hierarchy was created.",
				Computed:            true,
			},
			"top_level_site_code": schema.StringAttribute{
				MarkdownDescription: "The code of the top-level site.",
				Computed:            true,
			},
			"sites": schema.MapNestedAttribute{
				MarkdownDescription: "All sites of the hierarchy, by any key: `{ cas = configmgr_site.cas, ps1 = configmgr_site.ps1 }`. A parent that is not listed belongs to the hierarchy too; rules about it are not decided.",
				Required:            true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: with(reference(siteAttributes(), siteBlocks(), model.ListedSiteAttributes), "parent", schema.SingleNestedAttribute{
						MarkdownDescription: "The parent site. It is looked up in `sites`.",
						Optional:            true,
						Attributes:          reference(siteAttributes(), nil, model.ParentAttributes),
					}),
				},
			},
			"site_system_servers": schema.MapNestedAttribute{
				MarkdownDescription: "Site system servers of the hierarchy, by any key. Servers without a role need to be listed, and those whose `inventory` is to be compared with what their roles need; the others come with their role assignments.",
				Optional:            true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: with(reference(serverAttributes(), serverBlocks(), model.ListedServerAttributes), "site", siteCodeOnly()),
				},
			},
			"role_assignments": schema.MapNestedAttribute{
				MarkdownDescription: "All role assignments of the hierarchy, by any key. A resource with `for_each` is such a map already; several are joined with `{ for a in concat(values(x), values(y)) : a.id => a }`.",
				Required:            true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: with(reference(assignmentAttributes(), assignmentBlocks(), model.ListedAssignmentAttributes), "server", schema.SingleNestedAttribute{
						MarkdownDescription: "The server that holds the role.",
						Optional:            true,
						Attributes:          with(reference(serverAttributes(), serverBlocks(), model.ServerAttributes), "site", siteCodeOnly()),
					}),
				},
			},
			"cloud_management_gateways": schema.MapNestedAttribute{
				MarkdownDescription: "The cloud management gateways of the hierarchy, by any key.",
				Optional:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"name":         optionalString("The service name of the gateway."),
					"site_code":    optionalString("The code of the site that owns the gateway."),
					"deployment":   enumeration("How the gateway is deployed in Azure", model.GatewayDeployments()),
					"vm_instances": optionalNumber("The number of virtual machine instances."),
					"vm_size":      enumeration("The size of the virtual machines. Enables the checks of capacity", model.GatewaySizes()),
					"clients": schema.Int64Attribute{
						MarkdownDescription: "The largest number of clients that are connected at the same time. Enables the check of capacity.",
						Optional:            true,
						Validators:          []validator.Int64{notNegative{}},
					},
					"azure_environment": enumeration("The Azure cloud that the gateway is in. Enables the check of what a version supports there", model.AzureEnvironments()),
					"content_enabled":   optionalBool("Whether the gateway serves content too, as a distribution point in the cloud. Enables the checks of its name and of where clients get content."),
					"installed":         optionalBool("Whether the gateway exists, and not only in the design. Defaults to `false`."),
				}},
			},
			"distributed_views": schema.ListAttribute{
				MarkdownDescription: "The codes of the child primary sites whose database replication link to the central administration site uses distributed views.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			"replication_schedules": schema.ListAttribute{
				MarkdownDescription: "The codes of the child primary sites whose database replication link to the central administration site has a schedule.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			"file_replication_routes": schema.MapNestedAttribute{
				MarkdownDescription: "File replication routes between sites, besides those between parent and child, by any key.",
				Optional:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"source_site_code":      optionalString("The code of the sending site."),
					"destination_site_code": optionalString("The code of the receiving site."),
				}},
			},
			"published_site_codes": schema.ListAttribute{
				MarkdownDescription: "Site codes that other hierarchies publish in the Active Directory forests of this one. Enables the check that no site uses them.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			"retired_site_codes": schema.ListAttribute{
				MarkdownDescription: "Codes of central administration and primary sites that this hierarchy had and has no more. Enables the check that no site uses them again.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			"package_count": schema.Int64Attribute{
				MarkdownDescription: "The number of packages and applications. Enables the check of what SQL Server Express can hold at a secondary site.",
				Optional:            true,
				Validators:          []validator.Int64{notNegative{}},
			},
			"features": schema.ListAttribute{
				MarkdownDescription: "What the hierarchy is to do. Enables the checks that it has the roles for it. " + featuresText(),
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.List{elements(oneOf(model.FeatureKeys()))},
			},
			"required_roles":    requiredRolesReference(),
			"accepted_findings": acceptedFindingsAttribute(),
			"unknown":           unknownOfHierarchy(),
		},
	}
	maps.Copy(s.Attributes, hierarchyOutputAttributes())
	resp.Schema = s
}

// featuresText lists the features of a hierarchy with what they mean.
func featuresText() string {
	features := model.HierarchyFeatures()
	texts := make([]string, len(features))
	for i, f := range features {
		texts[i] = "`" + f.Key + "` (" + f.About + ")"
	}
	return "Features: " + strings.Join(texts, ", ") + "."
}

func computeHierarchy(p *policy, planned, prior *model.Hierarchy) map[string]tftypes.Value {
	top := model.ForHierarchy(planned, false).TopLevelSiteCode()
	id := top
	if prior != nil && !prior.ID.IsNull() {
		id = prior.ID
	}
	computed := hierarchyOutputs(planned)
	computed["id"] = stringValue(id)
	computed["top_level_site_code"] = stringValue(top)
	return computed
}

// validateHierarchy checks what the elements of a map need. The framework cannot ask
// for it in the schema: an element that is not known yet would be reported too.
func validateHierarchy(h *model.Hierarchy, diags *diag.Diagnostics) {
	sites, known := h.Sites.Get()
	if known && len(sites) == 0 {
		diags.AddAttributeError(path.Root("sites"), "Hierarchy without sites", "The map sites is empty. List every site of the hierarchy, as in { ps1 = configmgr_site.ps1 }.")
	}
	for _, key := range slices.Sorted(maps.Keys(sites)) {
		at := path.Root("sites").AtMapKey(key)
		site, ok := sites[key].Get()
		switch {
		case sites[key].IsNull():
			missing(diags, at, "The site is null.", "configmgr_site.ps1")
		case ok && (site.Code.IsNull() || site.Type.IsNull()):
			missing(diags, at, "A site needs site_code and site_type.", "configmgr_site.ps1")
		}
	}
	assignments, _ := h.Assignments.Get()
	for _, key := range slices.Sorted(maps.Keys(assignments)) {
		at := path.Root("role_assignments").AtMapKey(key)
		a, ok := assignments[key].Get()
		if !ok {
			if assignments[key].IsNull() {
				missing(diags, at, "The role assignment is null.", "configmgr_role_assignment.mp01")
			}
			continue
		}
		if a.Role.IsNull() || a.Server.IsNull() {
			missing(diags, at, "A role assignment needs role and server.", "configmgr_role_assignment.mp01")
			continue
		}
		if server, ok := a.Server.Get(); ok {
			needServer(diags, at.AtName("server"), server)
		}
	}
	servers, _ := h.Servers.Get()
	for _, key := range slices.Sorted(maps.Keys(servers)) {
		at := path.Root("site_system_servers").AtMapKey(key)
		if server, ok := servers[key].Get(); ok {
			needServer(diags, at, server)
		} else if servers[key].IsNull() {
			missing(diags, at, "The server is null.", "configmgr_site_system_server.mp01")
		}
	}
	validateRequiredRoles(h, diags)
	if diags.HasError() {
		return
	}
	for _, a := range model.ForHierarchy(h, false).Unlisted() {
		diags.AddAttributeError(toPath(a.Path().Attr("server")), "Site is not in the hierarchy",
			fmt.Sprintf("%s: %s, but the map sites does not list that site. Add the site to sites, or move the role assignment to the hierarchy it belongs to.", a.Path(), a.Whereabouts()))
	}
}

func needServer(diags *diag.Diagnostics, at path.Path, s *model.Server) {
	site, ok := s.Site.Get()
	if s.FQDN.IsNull() || s.Site.IsNull() || ok && site.Code.IsNull() {
		missing(diags, at, "A server needs fqdn and site, and the site a site_code.", "configmgr_site_system_server.mp01")
	}
}

// missing reports an element that lacks what every check needs, often because
// another kind of object was passed.
func missing(diags *diag.Diagnostics, at path.Path, what, example string) {
	diags.AddAttributeError(at, "Incomplete element", fmt.Sprintf("%s: %s Pass the whole resource, as in %s, or write the object with these attributes.", at, what, example))
}
