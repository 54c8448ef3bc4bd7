// Package provider is the Terraform side of the design check: schemas, conversion
// between Terraform values and the domain model, and diagnostics. What is right and
// wrong in a design is decided in the model.
package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

var (
	_ provider.Provider              = (*configmgrProvider)(nil)
	_ provider.ProviderWithFunctions = (*configmgrProvider)(nil)
)

// configmgrProvider holds the version of the build and, once it is configured, the
// policy, which also travels to resources and data sources.
type configmgrProvider struct {
	version string
	policy  *policy
}

// New returns the provider's constructor for a version of the build.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &configmgrProvider{version: version} }
}

// policy is what the provider configuration says about judging designs.
type policy struct {
	options rule.Options
	// versionUnknown says that configmgr_version is not known yet.
	versionUnknown bool
}

// stateVersion is the version of the schemas whose references turned write-only. See
// upgrade.go for the states of earlier ones.
const stateVersion = 1

type providerModel struct {
	Version     types.String `tfsdk:"configmgr_version"`
	Environment types.String `tfsdk:"environment"`
	Severities  types.Map    `tfsdk:"rule_severities"`
	Strict      types.Bool   `tfsdk:"strict"`
	ReportAt    types.String `tfsdk:"report_at"`
	ReviewDate  types.String `tfsdk:"review_date"`
}

func (p *configmgrProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "configmgr"
	resp.Version = p.version
}

func (p *configmgrProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Declares the topology of a Microsoft Configuration Manager hierarchy and checks it at plan time: " +
			"what the product would refuse, or Microsoft does not support, fails the plan. The provider talks to no server and installs nothing.",
		Attributes: map[string]schema.Attribute{
			"configmgr_version": schema.StringAttribute{
				MarkdownDescription: fmt.Sprintf("The version of Configuration Manager, such as `%q`, of the sites that set no `version`. Defaults to `%q`.", product.DefaultVersion, product.DefaultVersion),
				Optional:            true,
				Validators:          []validator.String{versionValidator{}},
			},
			"environment": schema.StringAttribute{
				MarkdownDescription: "What the designs are for: " + oneOfText(rule.Environments()) + ". `lab` turns off recommendations for production. Defaults to " +
					"`production`.",
				Optional:   true,
				Validators: []validator.String{oneOf(rule.Environments())},
			},
			"rule_severities": schema.MapAttribute{
				MarkdownDescription: "Severities by rule id: " + oneOfText(rule.Severities()) + ". An error that the product refuses always stands; another one can " +
					"be lowered to `warning`, never switched off; a warning can be raised or switched off.",
				ElementType: types.StringType,
				Optional:    true,
				Validators:  []validator.Map{severitiesValidator{}},
			},
			"strict": schema.BoolAttribute{
				MarkdownDescription: "Whether warnings fail the plan too. Defaults to `false`.",
				Optional:            true,
			},
			"report_at": schema.StringAttribute{
				MarkdownDescription: "Where findings are reported: " + oneOfText(rule.ReportPlaces()) + ". With `element`, the default, each resource reports its " +
					"own, and an element in error stops what depends on it, so that findings come in waves. " +
					"With `hierarchy` the elements stay silent about all that their `configmgr_hierarchy` sees, which then reports everything at once; a design without " +
					"one is not checked.",
				Optional:   true,
				Validators: []validator.String{oneOf(rule.ReportPlaces())},
			},
			"review_date": schema.StringAttribute{
				MarkdownDescription: "The day (`YYYY-MM-DD`) on which the design is judged. Without it, rules about dates, such as the end of support of a version, " +
					"are not decided: a plan does not depend on the day it is made.",
				Optional:   true,
				Validators: []validator.String{dateValidator{}},
			},
		},
	}
}

func (p *configmgrProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	settings := &policy{versionUnknown: config.Version.IsUnknown()}
	if text := config.Version.ValueString(); text != "" {
		version, err := product.ParseVersion(text)
		if err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("configmgr_version"), "Invalid Configuration Manager version", err.Error())
			return
		}
		settings.options.Version = version
		if version > product.NewestVersion() {
			resp.Diagnostics.AddAttributeWarning(path.Root("configmgr_version"), "Configuration Manager version newer than this provider", newerVersionText(version))
		}
	}
	settings.options.Environment = rule.Environment(config.Environment.ValueString())
	settings.options.ReportAt = rule.ReportAt(config.ReportAt.ValueString())
	settings.options.Strict = config.Strict.ValueBool()
	settings.options.Undecided = config.Environment.IsUnknown() || config.Severities.IsUnknown()
	if text := config.ReviewDate.ValueString(); text != "" {
		settings.options.ReviewDate, _ = time.Parse(time.DateOnly, text)
	}
	settings.options.Severities = map[string]rule.Severity{}
	for id, element := range config.Severities.Elements() {
		text, ok := element.(types.String)
		if !ok || text.IsUnknown() {
			settings.options.Undecided = true
			continue
		}
		if text.IsNull() {
			continue // as if it was not there
		}
		severity, err := rule.ParseSeverity(text.ValueString())
		if err == nil {
			err = rules.Catalog().ValidateSeverity(id, severity)
		}
		if err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("rule_severities").AtMapKey(id), "Invalid rule severity", err.Error())
			continue
		}
		settings.options.Severities[id] = severity
	}
	tflog.Debug(ctx, "Configured the design check", map[string]any{
		"configmgr_version": settings.options.Version, "environment": settings.options.Environment, "report_at": settings.options.ReportAt,
	})
	p.policy = settings
	resp.ResourceData = settings
	resp.DataSourceData = settings
}

func (p *configmgrProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		newSiteResource,
		newSiteSystemServerResource,
		newRoleAssignmentResource,
		newHierarchyResource,
	}
}

func (p *configmgrProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newRequiredRolesDataSource,
		newRolesDataSource,
		newRulesDataSource,
	}
}

func (p *configmgrProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		newCheckTopologyFunction,
		newDesignSummaryFunction,
		newDesignReportFunction,
		newInstallationFunction,
		newRequiredRolesFunction,
		newSetupScriptFunction,
		newInstallScriptFunction,
		newDSCConfigurationDataFunction,
		newAnsibleInventoryFunction,
		newFirewallRulesFunction,
		newMermaidDiagramFunction,
		newVerificationScriptFunction,
		newDesignDocumentFunction,
		newActiveDirectoryScriptFunction,
		newSQLServerSetupFunction,
		newAnsiblePlaybookFunction,
		newDSCConfigurationFunction,
		newFirewallCSVFunction,
		newFirewallScriptFunction,
		newExportScriptFunction,
		newTopologyFromExportFunction,
		newTopologyDriftFunction,
		newConfigurationFromExportFunction,
		newTopologyFromYAMLFunction,
	}
}

// newerVersionText says what happens with a version that the model does not know.
func newerVersionText(v product.Version) string {
	return fmt.Sprintf("Version %s is newer than %s, the newest version this provider knows. The rules of version %s are applied.", v, product.NewestVersion(), product.NewestVersion())
}
