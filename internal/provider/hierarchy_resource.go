package provider

import (
	"context"
	"fmt"
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
	_ resource.ResourceWithConfigure   = (*hierarchyResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*hierarchyResource)(nil)
	_ resource.ResourceWithImportState = (*hierarchyResource)(nil)
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
		prepare: prepareHierarchy,
		compute: computeHierarchy,
		topology: func(p *policy, h *model.Hierarchy) *model.Topology {
			return model.ForHierarchy(h, p.options.ReportAt == rule.ReportAtHierarchy)
		},
		before: func(_ *policy, recorded *model.Hierarchy) *model.Topology {
			if prior := model.PriorDesign(recorded); prior != nil {
				return model.ForHierarchy(prior, false)
			}
			return nil // after an import, the design is not known
		},
		validate: func(h, _ *model.Hierarchy, t *model.Topology, diags *diag.Diagnostics) {
			validateHierarchy(h, t, diags)
		},
	}}
}

func (r *hierarchyResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "configmgr_hierarchy"
}

func (r *hierarchyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Version: stateVersion,
		MarkdownDescription: "A hierarchy: the sites and role assignments that belong together. It checks what needs more than one element: how many of a role " +
			"there are, what shares a server, what is missing. " +
			"One configuration may hold several hierarchies. References to elements are write-only: the plan shows what changes in the design of the hierarchy, " +
			"in one line for each element. " +
			"Keep sites, servers and role assignments in a local to hand the same topology to the functions that render it.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "The code of the top-level site when the hierarchy was created.",
				Computed:            true,
			},
			"top_level_site_code": schema.StringAttribute{
				MarkdownDescription: "The code of the top-level site.",
				Computed:            true,
			},
			"design": schema.MapAttribute{
				MarkdownDescription: "The design in one line for each element: for a site by its code, as in `child_primary of CAS on cm01.contoso.com, 2603, " +
					"installed`; for a server by site code and name, as in `distribution_point http pull, management_point https installed`. " +
					"It shows what a plan changes, and the rules about changes of a hierarchy compare with it.",
				ElementType: types.StringType,
				Computed:    true,
			},
			"sites": writeOnly(schema.MapNestedAttribute{
				MarkdownDescription: "All sites of the hierarchy, by any key: `{ cas = configmgr_site.cas, ps1 = configmgr_site.ps1 }`. A parent that is not listed " +
					"belongs to the hierarchy too; rules about it are not decided.",
				Required: true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: with(reference(siteAttributes(), siteBlocks(), model.ListedSiteAttributes), "parent", schema.SingleNestedAttribute{
						MarkdownDescription: "The parent site. It is looked up in `sites`.",
						Optional:            true,
						Attributes:          reference(siteAttributes(), nil, model.ParentAttributes),
					}),
				},
			}),
			"site_system_servers": writeOnly(schema.MapNestedAttribute{
				MarkdownDescription: "All site system servers of the hierarchy, by any key: a resource with `for_each` is such a map already. A role assignment " +
					"finds its server here by site code and name.",
				Optional: true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: with(reference(serverAttributes(), serverBlocks(), model.ListedServerAttributes), "site", siteCodeReference()),
				},
			}),
			"role_assignments": writeOnly(schema.MapNestedAttribute{
				MarkdownDescription: "All role assignments of the hierarchy, by any key. A resource with `for_each` is such a map already; several are joined with " +
					"`{ for a in concat(values(x), values(y)) : a.id => a }`. An assignment written by hand may carry its `server`.",
				Required: true,
				NestedObject: schema.NestedAttributeObject{
					Attributes: with(reference(assignmentAttributes(), assignmentBlocks(), without(model.ListedAssignmentAttributes, "server")), "server", schema.SingleNestedAttribute{
						MarkdownDescription: "The server that holds the role, for an assignment that is written by hand. A resource has `site_code` and `fqdn` instead.",
						Optional:            true,
						Attributes:          with(reference(serverAttributes(), serverBlocks(), model.ServerAttributes), "site", siteCodeReference()),
					}),
				},
			}),
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
					"content_enabled": optionalBool("Whether the gateway serves content too, as a distribution point in the cloud. Enables the checks of its name and " +
						"of where clients get content."),
					"installed": optionalBool("Whether the gateway exists, and not only in the design. Defaults to `false`."),
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
				MarkdownDescription: "Codes of central administration and primary sites that this hierarchy had and has no more. Enables the check that no site uses " +
					"them again.",
				ElementType: types.StringType,
				Optional:    true,
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
			"required_roles":    writeOnly(requiredRolesReference()),
			"accepted_findings": acceptedFindingsAttribute(),
			"other_availability_group_listeners": schema.ListAttribute{
				MarkdownDescription: "The fully qualified names of listeners of availability groups besides those of the site databases. Enables the check that no " +
					"WSUS or report server database is behind one.",
				ElementType: types.StringType,
				Optional:    true,
				Validators:  []validator.List{hostNameElements{}},
			},
			"file_servers": schema.MapNestedAttribute{
				MarkdownDescription: "Computers with shares that are not site system servers, by any key. Enables the check that a remote content library is on one " +
					"that the site server can use.",
				Optional: true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"fqdn": schema.StringAttribute{
						MarkdownDescription: "The fully qualified name of the computer.",
						Optional:            true,
						Validators:          []validator.String{hostName()},
					},
					"domain": schema.StringAttribute{
						MarkdownDescription: "The DNS name of its Active Directory domain.",
						Optional:            true,
						Validators:          []validator.String{domainName()},
					},
					"forest": schema.StringAttribute{
						MarkdownDescription: "The DNS name of its Active Directory forest.",
						Optional:            true,
						Validators:          []validator.String{domainName()},
					},
					"workgroup":        optionalBool("Whether the computer is in a workgroup and not in a domain."),
					"untrusted_forest": optionalBool("Whether its forest does not trust that of the site server."),
				}},
			},
			"unknown": unknownOfHierarchy(),
		},
	}
}

// siteCodeReference is the site of a server as a hierarchy sees it.
func siteCodeReference() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "The site of the server. It is looked up in `sites`.",
		Optional:            true,
		Attributes:          reference(siteAttributes(), nil, []string{"site_code"}),
	}
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

// prepareHierarchy keeps the design of a hierarchy whose references are ignored: they
// are null then, and what they held is not known.
func prepareHierarchy(h, prior *model.Hierarchy) {
	h.Design = model.Null[map[string]model.Value[string]]()
	if prior == nil || !h.Sites.IsNull() && !h.Assignments.IsNull() {
		return
	}
	h.Design, h.TopLevelSiteCode = prior.Design, prior.TopLevelSiteCode
	if h.Sites.IsNull() {
		h.Sites = model.Unknown[map[string]model.Value[*model.Site]]()
	}
	if h.Assignments.IsNull() {
		h.Assignments = model.Unknown[map[string]model.Value[*model.Assignment]]()
	}
	if h.Servers.IsNull() {
		h.Servers = model.Unknown[map[string]model.Value[*model.Server]]()
	}
}

func computeHierarchy(_ *policy, h, prior *model.Hierarchy, t *model.Topology) map[string]tftypes.Value {
	top, design := t.TopLevelSiteCode(), t.Design()
	if !h.Design.IsNull() { // the references are ignored
		top, design = h.TopLevelSiteCode, h.Design
	}
	id := top
	if prior != nil && !prior.ID.IsNull() {
		id = prior.ID
	}
	return map[string]tftypes.Value{
		"id": stringValue(id), "top_level_site_code": stringValue(top), "design": stringMapValue(design),
	}
}

// validateHierarchy checks what the elements of a map need. The framework cannot ask
// for it in the schema: an element that is not known yet would be reported too.
func validateHierarchy(h *model.Hierarchy, t *model.Topology, diags *diag.Diagnostics) {
	sites, known := h.Sites.Get()
	if known && len(sites) == 0 {
		diags.AddAttributeError(path.Root("sites"), "Hierarchy without sites", "The map sites is empty. List every site of the hierarchy, as in { ps1 = "+
			"configmgr_site.ps1 }.")
	}
	needEach(diags, "sites", sites, needSite)
	needEach(diags, "role_assignments", model.First(h.Assignments.Get()), needAssignment)
	needEach(diags, "site_system_servers", model.First(h.Servers.Get()), func(diags *diag.Diagnostics, at path.Path, server model.Value[*model.Server]) {
		if s, ok := server.Get(); ok {
			needServer(diags, at, s)
		} else if server.IsNull() {
			missing(diags, at, "The server is null.", "configmgr_site_system_server.mp01")
		}
	})
	validateRequiredRoles(h, diags)
	if diags.HasError() {
		return
	}
	unlistedServers(t.Serverless(), diags)
	for _, a := range t.Unlisted() {
		*diags = append(*diags, diag.NewAttributeErrorDiagnostic(toPath(a.Path().Attr("server")), "Site is not in the hierarchy",
			fmt.Sprintf("%s: %s, but the map sites does not list that site. Add the site to sites, or move the role assignment to the hierarchy it belongs to.", a.Path(), a.Whereabouts())))
	}
}

// needEach reports what the elements of a map need, in the order of their keys. Nearly
// never an element needs anything: those that do are asked again, with their place.
func needEach[T any](diags *diag.Diagnostics, name string, elements map[string]model.Value[*T], need func(*diag.Diagnostics, path.Path, model.Value[*T])) {
	var needy []string
	var found diag.Diagnostics
	for key, e := range elements {
		if need(&found, path.Empty(), e); len(found) > 0 {
			needy, found = append(needy, key), nil
		}
	}
	slices.Sort(needy)
	for _, key := range needy {
		need(diags, path.Root(name).AtMapKey(key), elements[key])
	}
}

func needSite(diags *diag.Diagnostics, at path.Path, site model.Value[*model.Site]) {
	switch s, ok := site.Get(); {
	case site.IsNull():
		missing(diags, at, "The site is null.", "configmgr_site.ps1")
	case ok && (s.Code.IsNull() || s.Type.IsNull()):
		missing(diags, at, "A site needs site_code and site_type.", "configmgr_site.ps1")
	case ok:
		needParent(diags, at.AtName("parent"), s)
		validateListedSite(diags, at, s)
	}
}

func needAssignment(diags *diag.Diagnostics, at path.Path, assignment model.Value[*model.Assignment]) {
	a, ok := assignment.Get()
	switch {
	case assignment.IsNull():
		missing(diags, at, "The role assignment is null.", "configmgr_role_assignment.mp01")
	case !ok:
	case a.Role.IsNull() || a.Server.IsNull() && (a.FQDN.IsNull() || a.SiteCode.IsNull()):
		missing(diags, at, "A role assignment needs role, and site_code and fqdn of its server or the server itself.", "configmgr_role_assignment.mp01")
	default:
		if server, ok := a.Server.Get(); ok {
			needServer(diags, at.AtName("server"), server)
		}
	}
}

// validateListedSite refuses malformed versions of a site and of its parent, which may be
// a listed one by now, or itself in a circle.
func validateListedSite(diags *diag.Diagnostics, at path.Path, s *model.Site) {
	alone := *s
	alone.Parent = model.Null[*model.Site]()
	if parent, ok := s.Parent.Get(); ok && len(parent.Path().Steps()) != len(s.Path().Steps()) {
		alone.Parent = s.Parent
	}
	validateWrittenSite(diags, at, &alone)
}

func needServer(diags *diag.Diagnostics, at path.Path, s *model.Server) {
	site, ok := s.Site.Get()
	if s.FQDN.IsNull() || s.Site.IsNull() || ok && site.Code.IsNull() {
		missing(diags, at, "A server needs fqdn and site, and the site a site_code.", "configmgr_site_system_server.mp01")
	} else if ok && site.Path().Root() != "sites" { // a listed one is judged there
		needParent(diags, at.AtName("site").AtName("parent"), site)
	}
}

// needParent reports a parent without its code, such as one written by hand whose key is
// misspelt: Terraform drops what the type does not hold.
func needParent(diags *diag.Diagnostics, at path.Path, s *model.Site) {
	if parent, ok := s.Parent.Get(); ok && parent.Code.IsNull() {
		missing(diags, at, "A parent needs a site_code.", "configmgr_site.cas")
	}
}

// missing reports an element that lacks what every check needs, often because
// another kind of object was passed.
func missing(diags *diag.Diagnostics, at path.Path, what, example string) {
	*diags = append(*diags, diag.NewAttributeErrorDiagnostic(at, "Incomplete element",
		fmt.Sprintf("%s: %s Pass the whole resource, as in %s, or write the object with these attributes.", at, what, example)))
}

// unlistedServers reports, at once, the servers of role assignments that the hierarchy
// does not list.
func unlistedServers(serverless []*model.Assignment, diags *diag.Diagnostics) {
	var keys []string
	for _, a := range serverless {
		if key, _ := a.ServerKey().Get(); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	switch len(keys) {
	case 0:
	case 1:
		a, key := serverless[0], keys[0]
		diags.AddAttributeError(path.Root("role_assignments"), "Server is not in the hierarchy",
			fmt.Sprintf("%s: %s, but the map site_system_servers does not list that server. Add it under any key, as in site_system_servers = { %q = "+
				"configmgr_site_system_server.%s }; a resource with for_each is such a map already.",
				a.Path(), a.Whereabouts(), key, resourceName(key)))
	default:
		slices.Sort(keys)
		diags.AddAttributeError(path.Root("role_assignments"), "Servers are not in the hierarchy",
			fmt.Sprintf("The map site_system_servers lacks %d servers that role assignments are on: %s. Add them under any keys, as in site_system_servers = { %q "+
				"= configmgr_site_system_server.%s }; a resource with for_each is such a map already.",
				len(keys), shortList(keys), keys[0], resourceName(keys[0])))
	}
}

// shortList lists names in quotes, and says how many more there are than fit a message.
func shortList(names []string) string {
	const most = 20
	if len(names) <= most {
		return quotedList(names)
	}
	return fmt.Sprintf("%s and %d more", quotedList(names[:most]), len(names)-most)
}

// resourceName is a name that a resource for a server could have.
func resourceName(key string) string {
	_, host, _ := strings.Cut(key, "/")
	label, _, _ := strings.Cut(host, ".")
	return strings.ReplaceAll(label, "-", "_")
}

// ImportState records the top-level site. The design is what the configuration says.
func (r *hierarchyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if id, ok := parseImportID(req.ID, "SITECODE", "CAS", &resp.Diagnostics); ok {
		importValues(ctx, resp, map[string]string{"id": id.code, "top_level_site_code": id.code})
	}
}
