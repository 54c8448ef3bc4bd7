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
	_ resource.ResourceWithConfigure      = (*siteSystemServerResource)(nil)
	_ resource.ResourceWithValidateConfig = (*siteSystemServerResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*siteSystemServerResource)(nil)
	_ resource.ResourceWithImportState    = (*siteSystemServerResource)(nil)
)

// siteSystemServerResource is a computer that holds roles of one site.
type siteSystemServerResource struct{ declaration[model.Server] }

func newSiteSystemServerResource() resource.Resource {
	return &siteSystemServerResource{declaration[model.Server]{
		prepare:  prepareServer,
		compute:  computeServer,
		topology: func(_ *policy, s *model.Server) *model.Topology { return model.ForServer(s) },
		replaced: replacedServer,
		validate: func(s, _ *model.Server, _ *model.Topology, diags *diag.Diagnostics) {
			if site, ok := s.Site.Get(); ok {
				validateWrittenSite(diags, path.Root("site"), site)
			}
		},
	}}
}

func (r *siteSystemServerResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "configmgr_site_system_server"
}

func (r *siteSystemServerResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Version:             stateVersion,
		MarkdownDescription: "A site system server: a computer that holds roles of one site. What it is, and where it stands, decides which roles it can hold.",
		Attributes:          with(with(serverAttributes(), "unknown", unknownOfServer()), "site", writeOnly(siteReference(true))),
		Blocks:              serverBlocks(),
	}
}

// serverAttributes are the attributes of a server without its site.
func serverAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id": schema.StringAttribute{
			MarkdownDescription: "The site code and the name of the server: `PS1/mp01.contoso.com`.",
			Computed:            true,
		},
		"site_code": schema.StringAttribute{
			MarkdownDescription: "The code of the site that the server belongs to, in upper case. Another one means removing the server and adding it again, " +
				"so that the plan replaces it. A distribution point that is its only role keeps its content all the same: its `configmgr_role_assignment` is updated " +
				"in place.",
			Computed: true,
		},
		"site_facts": schema.StringAttribute{
			MarkdownDescription: "What the roles of the server need to know about its site, in one line like those in `design` of a hierarchy: `child_primary of " +
				"CAS on cm01.contoso.com, 2603, installed, client_communication enhanced_http`.",
			Computed: true,
		},
		"fqdn": schema.StringAttribute{
			MarkdownDescription: "The fully qualified name of the computer. It does not change while the computer holds a role; another name is another server.",
			Required:            true,
			Validators:          []validator.String{hostName()},
		},
		"operating_system": schema.StringAttribute{
			MarkdownDescription: "The operating system: " + oneOfText(product.OperatingSystems()) + ". Enables the checks of supported systems; those that are no " +
				"longer supported are refused with their history.",
			Optional:   true,
			Validators: []validator.String{oneOf(product.OperatingSystems())},
		},
		"server_core": schema.BoolAttribute{
			MarkdownDescription: "Whether Windows Server is installed without the desktop experience, which restricts the roles to the distribution point.",
			Optional:            true,
		},
		"domain": schema.StringAttribute{
			MarkdownDescription: "The DNS name of the Active Directory domain of the computer. It does not change while the computer holds a role.",
			Optional:            true,
			Validators:          []validator.String{domainName()},
		},
		"forest": schema.StringAttribute{
			MarkdownDescription: "The DNS name of the Active Directory forest of the computer.",
			Optional:            true,
			Validators:          []validator.String{domainName()},
		},
		"netbios_name": schema.StringAttribute{
			MarkdownDescription: "The NetBIOS name of the computer. Enables the check that a site or database server has no other name in DNS.",
			Optional:            true,
		},
		"workgroup": schema.BoolAttribute{
			MarkdownDescription: "Whether the computer is in a workgroup and not in a domain. Site system servers have to be in a domain.",
			Optional:            true,
		},
		"domain_controller": schema.StringAttribute{
			MarkdownDescription: "Whether the computer is a domain controller: " + oneOfText(model.DomainControllers()) + ".",
			Optional:            true,
			Validators:          []validator.String{oneOf(model.DomainControllers())},
		},
		"untrusted_forest": schema.BoolAttribute{
			MarkdownDescription: "Whether the forest of the computer is not trusted by that of the site server. Enables the checks of the accounts that roles " +
				"need there.",
			Optional: true,
		},
		"perimeter_network": schema.BoolAttribute{
			MarkdownDescription: "Whether the computer stands in a perimeter network.",
			Optional:            true,
		},
		"dhcp_server": schema.BoolAttribute{
			MarkdownDescription: "Whether the computer is a DHCP server. Enables the check of PXE on the same computer.",
			Optional:            true,
		},
		"cluster_node": optionalBool("Whether the computer is a node of a Windows Server failover cluster. Enables the check that such a node holds no " +
			"role but the site database; the replicas and nodes in the `database` block of the site count as nodes without it."),
		"site_server_link": enumeration("How the computer reaches its site server. Enables the checks that no address translation or DirectAccess lies between "+
			"them, and that only distribution points are across a slow link", model.SiteServerLinks()),
		"internet_fqdn": optionalString("The name under which clients on the internet reach the computer. A role with `client_connections` that include the "+
			"internet needs it; for Macs alone it may be the `fqdn`.", hostName()),
		"internet_proxy": enumeration("What a proxy web server between the internet and the computer does with TLS connections: pass them through, or end "+
			"them and open others. Enables the check that enrolled mobile devices get through", model.InternetProxies()),
		"client_installed": optionalBool("Whether the Configuration Manager client runs on the computer. A pull-distribution point with sources that use " +
			"HTTPS, or are in another forest, needs it. A `client_site_code` implies it."),
		"installation_account": schema.StringAttribute{
			MarkdownDescription: "The site system installation account, as in `contoso.com\\\\svc-install`. Defaults to the computer account of the site server.",
			Optional:            true,
		},
		"site_server_initiates_connections": schema.BoolAttribute{
			MarkdownDescription: "Whether the site server is required to initiate connections to this server.",
			Optional:            true,
		},
		"other_sql_applications": schema.BoolAttribute{
			MarkdownDescription: "Whether SQL Server on the computer serves applications other than Configuration Manager.",
			Optional:            true,
		},
		"client_site_code": schema.StringAttribute{
			MarkdownDescription: "The code of the site that the Configuration Manager client on the computer is assigned to.",
			Optional:            true,
		},
		"accepted_findings": acceptedFindingsAttribute(),
		"report_at":         reportAtAttribute(),
		"unknown":           unknownReference(),
	}
}

func serverBlocks() map[string]schema.Block {
	return map[string]schema.Block{
		"proxy": schema.SingleNestedBlock{
			MarkdownDescription: "The proxy server that the roles of this site system server go through to the internet. Without the block they use none.",
			Attributes: map[string]schema.Attribute{
				"server_name": optionalString("The name of the proxy server. A proxy needs one."),
				"port":        optionalNumber("The TCP port of the proxy server. Defaults to 80."),
			},
		},
		"inventory": schema.SingleNestedBlock{
			MarkdownDescription: "What is installed on the computer, as build automation knows it. Enables the checks of what the site and its roles need there. " +
				"What roles need is checked by the hierarchy, for the servers that `site_system_servers` lists. What is not given is not checked.",
			Attributes: map[string]schema.Attribute{
				"windows_features": schema.ListAttribute{
					MarkdownDescription: "The names of all installed Windows features, as `Get-WindowsFeature` and `Install-WindowsFeature` name them, such as " +
						"`Web-Metabase`. Those that came with others are listed as well. Enables the checks of the features that a site server and each role need.",
					ElementType: types.StringType,
					Optional:    true,
					Validators:  []validator.List{elements(windowsFeature())},
				},
				"dotnet_version": optionalString("The version of .NET Framework 4, such as `4.8`. Enables the checks of the versions that site servers and "+
					"roles need.", dottedVersion("4.8", false)),
				"odbc_driver_version": optionalString("The version of the Microsoft ODBC Driver for SQL Server, such as `18.4.1.1`, or `none` when there is none. "+
					"Enables the check of the version that the site needs.", dottedVersion("18.4.1.1", true)),
				"adk_version": optionalString("The version of the Windows Assessment and Deployment Kit, such as `10.1.26100.1`. Enables the check that the "+
					"site supports it.", dottedVersion("10.1.26100.1", false)),
				"adk_components": schema.ListAttribute{
					MarkdownDescription: "The components of the Windows Assessment and Deployment Kit: " + oneOfText(model.ADKComponents()) + ". An empty list says that the kit is " +
						"not installed. Enables the check that site servers and SMS Providers have what they need.",
					ElementType: types.StringType,
					Optional:    true,
					Validators:  []validator.List{elements(oneOf(model.ADKComponents()))},
				},
				"reporting_services": enumeration("The report server. Enables the check of what a reporting services point needs", model.ReportingServicesKinds()),
				"certificates": schema.ListAttribute{
					MarkdownDescription: "The certificates of a public key infrastructure that the computer has: " + oneOfText(model.ServerCertificates()) + ". Enables the check of what roles that use HTTPS need.",
					ElementType:         types.StringType,
					Optional:            true,
					Validators:          []validator.List{elements(oneOf(model.ServerCertificates()))},
				},
				"location": enumeration("Where the computer runs. Enables the check that the replicas of an availability group are not spread over both", model.Locations()),
			},
		},
	}
}

// prepareServer says of a server whose site is ignored where it is: the reference is
// null then, and what the state says stays.
func prepareServer(s, prior *model.Server) {
	s.SiteCode, s.SiteFacts = model.Null[string](), model.Null[string]()
	if prior != nil && s.Site.IsNull() {
		s.SiteCode, s.SiteFacts = prior.SiteCode, prior.SiteFacts
	}
}

func computeServer(_ *policy, s, _ *model.Server, _ *model.Topology) map[string]tftypes.Value {
	facts := s.SiteFacts
	if facts.IsNull() {
		facts = model.Unknown[string]()
		if site, ok := s.Site.Get(); ok {
			facts = site.Facts()
		}
	}
	return map[string]tftypes.Value{
		"id": stringValue(s.Key()), "site_code": stringValue(s.CodeOfSite()), "site_facts": stringValue(facts),
	}
}

// replacedServer lists what does not change while the computer holds a role.
func replacedServer(planned, prior *model.Server) []model.Path {
	var paths []model.Path
	if differs(planned.Host(), prior.Host()) {
		paths = append(paths, model.At("fqdn"))
	}
	if differsBy(model.FoldHost, planned.Domain, prior.Domain) && !planned.Domain.IsNull() {
		paths = append(paths, model.At("domain"))
	}
	if differs(planned.CodeOfSite(), prior.SiteCode) {
		paths = append(paths, model.At("site_code"))
	}
	return paths
}

func (r *siteSystemServerResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if id, ok := parseImportID(req.ID, "SITECODE/FQDN", "PS1/mp01.contoso.com", &resp.Diagnostics); ok {
		importValues(ctx, resp, map[string]string{"id": id.code + "/" + id.fqdn, "fqdn": id.fqdn, "site_code": id.code})
	}
}
