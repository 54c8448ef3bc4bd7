package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

var (
	_ resource.ResourceWithConfigure      = (*siteResource)(nil)
	_ resource.ResourceWithValidateConfig = (*siteResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*siteResource)(nil)
	_ resource.ResourceWithImportState    = (*siteResource)(nil)
)

// siteResource is a Configuration Manager site.
type siteResource struct{ declaration[model.Site] }

func newSiteResource() resource.Resource {
	return &siteResource{declaration[model.Site]{
		compute:  computeSite,
		topology: siteTopology,
		replaced: replacedSite,
		validate: validateSite,
	}}
}

func (r *siteResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "configmgr_site"
}

func (r *siteResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := siteAttributes()
	attributes["unknown"] = unknownOfSite()
	attributes["parent"] = schema.SingleNestedAttribute{
		MarkdownDescription: "The parent site: pass the whole resource, as in `parent = configmgr_site.cas`. A parent that is managed elsewhere is written by " +
			"hand, as in `{ site_code = \"CAS\", site_type = \"central_administration\" }`. " +
			"A stand-alone primary site and a central administration site have none.",
		Optional: true,
		Attributes: with(required(reference(siteAttributes(), siteBlocks(), model.ParentAttributes), "site_code", "site_type"),
			"parent", schema.SingleNestedAttribute{
				MarkdownDescription: "The parent of the parent site.",
				Optional:            true,
				Attributes:          required(reference(siteAttributes(), nil, model.ParentOfSiteAttributes), "site_code", "site_type"),
			}),
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A Configuration Manager site: its place in the hierarchy, its site servers, SMS Providers and database. " +
			"Setup installs these with the site, so that they are attributes of the site and not role assignments.",
		Attributes: attributes,
		Blocks:     siteBlocks(),
	}
}

// siteAttributes are the attributes of a site without its parent.
func siteAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "The site code in upper case.",
			Computed:            true,
		},
		"site_code": schema.StringAttribute{
			MarkdownDescription: "The site code: three letters or digits, such as `PS1`. It never changes; another code is another site.",
			Required:            true,
		},
		"site_type": schema.StringAttribute{
			MarkdownDescription: "The type of site: " + oneOfText(product.SiteTypes()) + ". It never changes.",
			Required:            true,
			Validators:          []validator.String{oneOf(product.SiteTypes())},
		},
		"name": schema.StringAttribute{
			MarkdownDescription: "The name of the site that the console shows. It never changes.",
			Required:            true,
		},
		"site_server": schema.StringAttribute{
			MarkdownDescription: "The fully qualified name of the site server. It changes only by promoting the passive site server; any other change is another site.",
			Required:            true,
			Validators:          []validator.String{hostName()},
		},
		"version": schema.StringAttribute{
			MarkdownDescription: "The version of Configuration Manager that the site runs, such as `2503`. Defaults to `configmgr_version` of the provider. The " +
				"rules of this version judge the site and its roles.",
			Optional:   true,
			Computed:   true,
			Validators: []validator.String{versionValidator{}},
		},
		"tier": schema.StringAttribute{
			MarkdownDescription: "The place of the site in its hierarchy: `central_administration`, `stand_alone_primary`, `child_primary` or `secondary`.",
			Computed:            true,
		},
		"branch": schema.StringAttribute{
			MarkdownDescription: "The branch of the product: " + oneOfText(model.Branches()) + ". Defaults to `current_branch`.",
			Optional:            true,
			Validators:          []validator.String{oneOf(model.Branches())},
		},
		"passive_site_server": schema.StringAttribute{
			MarkdownDescription: "The fully qualified name of the site server in passive mode. Defaults to none. Giving `site_server` this value promotes it, in place.",
			Optional:            true,
			Validators:          []validator.String{hostName()},
		},
		"sms_providers": schema.ListAttribute{
			MarkdownDescription: "The fully qualified names of all computers with an SMS Provider of the site. Defaults to one on the site server.",
			ElementType:         types.StringType,
			Optional:            true,
			Validators:          []validator.List{hostNameElements{}},
		},
		"install_directory": schema.StringAttribute{
			MarkdownDescription: "The installation directory on the site server, such as `D:\\\\ConfigMgr`. It never changes.",
			Optional:            true,
			Validators:          []validator.String{localDirectory()},
		},
		"content_library_path": schema.StringAttribute{
			MarkdownDescription: "The network path of a remote content library, such as `\\\\\\\\fs01.contoso.com\\\\ContentLibrary`. Defaults to a local one on " +
				"the site server. A passive site server needs a remote one.",
			Optional:   true,
			Validators: []validator.String{unc()},
		},
		"client_communication": schema.StringAttribute{
			MarkdownDescription: "How clients talk to the site: " + oneOfText(model.ClientCommunications()) + ". `enhanced_http` uses certificates of the site; " +
				"`https_or_http` allows plain HTTP. Enables the checks of protocols and of internet access.",
			Optional:   true,
			Validators: []validator.String{oneOf(model.ClientCommunications())},
		},
		"domain": schema.StringAttribute{
			MarkdownDescription: "The DNS name of the Active Directory domain of the site server. Enables the checks of domain membership.",
			Optional:            true,
			Validators:          []validator.String{domainName()},
		},
		"forest": schema.StringAttribute{
			MarkdownDescription: "The DNS name of the Active Directory forest of the site server. Enables the checks of sites in several forests.",
			Optional:            true,
			Validators:          []validator.String{domainName()},
		},
		"parent_forest_trust": schema.StringAttribute{
			MarkdownDescription: "The trust between the forest of the site and another one of its parent: " + oneOfText(model.ForestTrusts()) + ".",
			Optional:            true,
			Validators:          []validator.String{oneOf(model.ForestTrusts())},
		},
		"setup_media": schema.StringAttribute{
			MarkdownDescription: "The media that the site is installed from: " + oneOfText(model.SetupMedia()) + ". Enables the check that a first site is " +
				"installed from baseline media.",
			Optional:   true,
			Validators: []validator.String{oneOf(model.SetupMedia())},
		},
		"client_languages": schema.ListAttribute{
			MarkdownDescription: "The client languages of the site besides English, as Setup names them, such as `DEU`. Enables the check that a central " +
				"administration site has those of its child primary sites.",
			ElementType: types.StringType,
			Optional:    true,
		},
		"software_update_source": enumeration("Where the clients of the site get software updates from. With `software_update_point`, a child primary site "+
			"without one is an error where other sites have one; without the attribute it is a warning", model.SoftwareUpdateSources()),
		"network_access_accounts": schema.ListAttribute{
			MarkdownDescription: "The network access accounts of the site, as in `contoso.com\\\\svc-naa`; an empty list says that there is none. Enables the " +
				"checks of their number and of who needs one.",
			ElementType: types.StringType,
			Optional:    true,
		},
		"use_pki_client_certificates": optionalBool("Whether clients use a PKI certificate for client authentication when they have one. Enables the checks " +
			"that internet-based clients and a cloud management gateway connection point can use theirs."),
		"installed": schema.BoolAttribute{
			MarkdownDescription: "Whether the site exists in the product, and not only in the design. Defaults to `false`. Changes of an installed site are " +
				"judged as changes: what the product cannot do, and what a reinstallation costs.",
			Optional: true,
		},
		"accepted_findings": acceptedFindingsAttribute(),
		"report_at":         reportAtAttribute(),
		"unknown":           unknownReference(),
	}
}

func siteBlocks() map[string]schema.Block {
	return map[string]schema.Block{
		"database": schema.SingleNestedBlock{
			MarkdownDescription: "The site database. Without the block it is the default instance on the site server.",
			Attributes: map[string]schema.Attribute{
				"server": schema.StringAttribute{
					MarkdownDescription: "The fully qualified name of the database server; the listener of an availability group; the network name of a failover " +
						"cluster instance. Defaults to the site server.",
					Optional:   true,
					Validators: []validator.String{hostName()},
				},
				"instance": schema.StringAttribute{
					MarkdownDescription: "The SQL Server instance. Defaults to the default instance, `MSSQLSERVER`.",
					Optional:            true,
				},
				"name": schema.StringAttribute{
					MarkdownDescription: "The name of the database. Defaults to `CM_` and the site code.",
					Optional:            true,
				},
				"port": schema.Int64Attribute{
					MarkdownDescription: "The static TCP port of the instance. Defaults to 1433. 0 stands for a dynamic port, which the product refuses.",
					Optional:            true,
				},
				"service_broker_port": schema.Int64Attribute{
					MarkdownDescription: "The TCP port of the SQL Server Service Broker. Defaults to 4022.",
					Optional:            true,
				},
				"edition": schema.StringAttribute{
					MarkdownDescription: "The edition of SQL Server: " + oneOfText(model.DatabaseEditions()) + ". Enables the checks of editions.",
					Optional:            true,
					Validators:          []validator.String{oneOf(model.DatabaseEditions())},
				},
				"sql_version": schema.StringAttribute{
					MarkdownDescription: "The version of SQL Server by its year: " + oneOfText(product.SQLVersions()) + ". Enables the checks of supported versions.",
					Optional:            true,
					Validators:          []validator.String{oneOf(product.SQLVersions())},
				},
				"collation": optionalString("The collation of the instance and the database. Enables the check that it is the supported one, and the " +
					"same at all sites of a hierarchy."),
				"authentication": enumeration("The authentication mode of SQL Server. Mixed mode draws a warning", model.DatabaseAuthentications()),
				"service_account": optionalString("The account of the database engine service, as in `CONTOSO\\sql`. Enables the check that it is neither a " +
					"local user nor Local Service."),
				"minimum_server_memory": optionalNumber("The minimum server memory of the instance, in megabytes. Enables the check of what a site database needs."),
				"data_file_path": optionalString("The directory in which Setup creates the data files. Defaults to that of the instance. Not possible with a " +
					"failover cluster instance."),
				"log_file_path": optionalString("The directory in which Setup creates the log files. Defaults to that of the instance. Not possible with a " +
					"failover cluster instance."),
				"compatibility_level": optionalNumber("The compatibility level of the site database, such as `150`. Enables the check that SQL Server has it and " +
					"the version of the site supports it."),
				"cumulative_update": schema.Int64Attribute{
					MarkdownDescription: "The number of the cumulative update of SQL Server, such as `5` for CU5, and `0` for none. Enables the check that the version of " +
						"SQL Server has the one from which on it is supported.",
					Optional:   true,
					Validators: []validator.Int64{notNegative{}},
				},
			},
			Blocks: map[string]schema.Block{
				"availability_group": schema.SingleNestedBlock{
					MarkdownDescription: "The Always On availability group of the site database.",
					Attributes: map[string]schema.Attribute{
						"name": schema.StringAttribute{
							MarkdownDescription: "The name of the availability group.",
							Optional:            true,
						},
						"replicas": schema.ListAttribute{
							MarkdownDescription: "The fully qualified names of the computers that hold the replicas.",
							ElementType:         types.StringType,
							Optional:            true,
							Validators:          []validator.List{hostNameElements{}},
						},
						"readable_secondary": enumeration("The setting `Readable secondary` of the replicas. Enables the check that every replica can be read", model.ReadableSecondaries()),
						"connections_in_primary_role": enumeration("The setting `Connections in primary role` of the replicas. Enables the check that they take all "+
							"connections", model.PrimaryRoleConnections()),
					},
				},
				"failover_cluster": schema.SingleNestedBlock{
					MarkdownDescription: "The Always On failover cluster instance of the site database.",
					Attributes: map[string]schema.Attribute{
						"nodes": schema.ListAttribute{
							MarkdownDescription: "The fully qualified names of the cluster nodes.",
							ElementType:         types.StringType,
							Optional:            true,
							Validators:          []validator.List{hostNameElements{}},
						},
						"cluster_shared_volumes": optionalBool("Whether the database files are on cluster shared volumes, which is not supported."),
					},
				},
			},
		},
		"client_ports": schema.SingleNestedBlock{
			MarkdownDescription: "The ports that the clients of the site connect to. The ports of roles follow them.",
			Attributes: map[string]schema.Attribute{
				"http":         optionalNumber("The TCP port for HTTP. Defaults to 80.", portNumber{}),
				"https":        optionalNumber("The TCP port for HTTPS. Defaults to 443.", portNumber{}),
				"notification": optionalNumber("The TCP port of client notification. Defaults to 10123.", portNumber{}),
			},
		},
		"clients": schema.SingleNestedBlock{
			MarkdownDescription: "The number of clients that the site is expected to have. Enables the checks of capacity and of what clients need.",
			Attributes: map[string]schema.Attribute{
				"windows": schema.Int64Attribute{
					MarkdownDescription: "Windows clients.",
					Optional:            true,
					Validators:          []validator.Int64{notNegative{}},
				},
				"macos": schema.Int64Attribute{
					MarkdownDescription: "Macs.",
					Optional:            true,
					Validators:          []validator.Int64{notNegative{}},
				},
				"mobile_devices": schema.Int64Attribute{
					MarkdownDescription: "Devices of on-premises mobile device management.",
					Optional:            true,
					Validators:          []validator.Int64{notNegative{}},
				},
				"windows_embedded_with_exceptions": schema.Int64Attribute{
					MarkdownDescription: "Windows Embedded devices with a file-based or unified write filter and the exceptions that the documentation lists, which " +
						"`windows` counts too. Enables the check of how many of them a primary site supports.",
					Optional:   true,
					Validators: []validator.Int64{notNegative{}},
				},
				"windows_embedded_without_exceptions": schema.Int64Attribute{
					MarkdownDescription: "Windows Embedded devices with an enhanced write filter, or another one without these exceptions, which `windows` counts too. " +
						"Enables the check of how many of them a primary site supports.",
					Optional:   true,
					Validators: []validator.Int64{notNegative{}},
				},
				"workgroup": schema.Int64Attribute{
					MarkdownDescription: "Windows clients in a workgroup, which `windows` counts too. Enables the check that they can get content.",
					Optional:            true,
					Validators:          []validator.Int64{notNegative{}},
				},
			},
		},
	}
}

// siteTopology is the site with its parents. Its version is not known while that of the
// provider is not.
func siteTopology(p *policy, s *model.Site) *model.Topology {
	if s.Version.IsNull() && p.versionUnknown {
		s.Version = model.Unknown[string]()
	}
	return model.ForSite(s)
}

func computeSite(p *policy, s, _ *model.Site, _ *model.Topology) map[string]tftypes.Value {
	version := s.Version
	if version.IsNull() {
		version = model.Known(p.defaultVersion().String())
	}
	tier := model.Unknown[string]()
	if t, ok := s.TierOf().Get(); ok {
		tier = model.Known(string(t))
	}
	return map[string]tftypes.Value{
		"id":      stringValue(upper(s.Code)),
		"tier":    stringValue(tier),
		"version": stringValue(version),
	}
}

func (p *policy) defaultVersion() product.Version {
	if p.options.Version == 0 {
		return product.DefaultVersion
	}
	return p.options.Version
}

// replacedSite lists what of a site changes only by installing it again. After an
// import most attributes are null in state, which is not a change.
func replacedSite(planned, prior *model.Site) []model.Path {
	var paths []model.Path
	for _, c := range []struct {
		at             string
		planned, prior model.Value[string]
	}{
		{"site_code", planned.Code, prior.Code},
		{"name", planned.Name, prior.Name},
		{"site_type", typeText(planned.Type), typeText(prior.Type)},
	} {
		if differs(c.planned, c.prior) {
			paths = append(paths, model.At(c.at))
		}
	}
	// A directory that is no longer declared is no other directory.
	if !planned.InstallDirectory.IsNull() && differsBy(model.FoldDirectory, planned.InstallDirectory, prior.InstallDirectory) {
		paths = append(paths, model.At("install_directory"))
	}
	// Promoting the passive site server is done in place.
	if differs(planned.ServerHost(), prior.ServerHost()) && (prior.PassiveServer.IsNull() || differs(planned.ServerHost(), prior.PassiveHost())) {
		paths = append(paths, model.At("site_server"))
	}
	// A type that is not known yet may turn out to be that of a secondary site.
	if t, ok := planned.Type.Get(); ok && t == product.Secondary || planned.Type.IsUnknown() {
		if differs(parentCode(planned), parentCode(prior)) {
			paths = append(paths, model.At("parent"))
		}
		if databaseMoves(planned, prior) {
			paths = append(paths, model.At("database"))
		}
	}
	return paths
}

// databaseMoves reports whether the database of a secondary site gets another place. A
// block that says the default is no other place, and of two instances both have to be
// named: the default depends on the edition.
func databaseMoves(planned, prior *model.Site) bool {
	before, _ := prior.Database.Get()
	after, known := planned.Database.Get()
	if before == nil && planned.Database.IsNull() {
		return false
	}
	if differs(planned.DatabaseHost(), prior.DatabaseHost()) {
		return true
	}
	return before != nil && known && !after.Instance.IsNull() && differs(after.Instance, before.Instance)
}

// validateSite refuses a parent with a malformed version, and warns about a version that
// the rules do not know.
func validateSite(s, _ *model.Site, _ *model.Topology, diags *diag.Diagnostics) {
	if parent, ok := s.Parent.Get(); ok {
		validateWrittenSite(diags, path.Root("parent"), parent)
	}
	text, ok := s.Version.Get()
	if !ok {
		return
	}
	if v, err := product.ParseVersion(text); err == nil && v > product.NewestVersion() {
		diags.AddAttributeWarning(path.Root("version"), "Configuration Manager version newer than this provider", newerVersionText(v))
	}
}

// validateWrittenSite refuses a malformed version of a site that is written by hand. That
// of a resource is right.
func validateWrittenSite(diags *diag.Diagnostics, at path.Path, s *model.Site) {
	if text, ok := s.Version.Get(); ok && s.ID.IsNull() {
		if _, err := product.ParseVersion(text); err != nil {
			diags.AddAttributeError(at.AtName("version"), "Invalid Configuration Manager version", placed(at.AtName("version"), err))
		}
	}
	if parent, ok := s.Parent.Get(); ok && parent != s {
		validateWrittenSite(diags, at.AtName("parent"), parent)
	}
}

func (r *siteResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if id, ok := parseImportID(req.ID, "SITECODE", "PS1", &resp.Diagnostics); ok {
		importValues(ctx, resp, map[string]string{"id": id.code, "site_code": id.code})
	}
}
