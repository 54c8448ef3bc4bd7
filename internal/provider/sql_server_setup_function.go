package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

var _ function.Function = (*sqlServerSetupFunction)(nil)

// sqlServerSetupFunction writes how the SQL Server of a site database is installed.
type sqlServerSetupFunction struct{}

func newSQLServerSetupFunction() function.Function { return &sqlServerSetupFunction{} }

var sqlServerSetupType = stringsOf("answer_file", "script")

func (f *sqlServerSetupFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "sql_server_setup"
}

func (f *sqlServerSetupFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Write how the SQL Server of a site database is installed unattended",
		MarkdownDescription: "Returns an object with two texts for each computer that holds the database of a site.\n\n" +
			"`answer_file` is what `setup.exe /ConfigurationFile=` of SQL Server reads: the instance, the collation that the product supports, the service account, " +
			"the folders and the computer accounts of the site servers as system administrators. License terms and passwords are arguments of `setup.exe`.\n\n" +
			"`script` is a PowerShell script for the same computer that does afterwards what Setup cannot: the static port, the minimum memory and, where the " +
			"design has an availability group, the feature and its endpoint. It fails where the instance has another collation. " +
			"The port of Service Broker is opened by the setup of the site.\n\n" +
			"A secondary site with SQL Server Express has neither: its own setup installs it.",
		Parameters: []function.Parameter{
			topologyParameter(),
			function.StringParameter{Name: "site_code", MarkdownDescription: "The code of the site that the database is for."},
		},
		Return: function.ObjectReturn{AttributeTypes: sqlServerSetupType},
	}
}

func (f *sqlServerSetupFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument types.Dynamic
	var siteCode string
	if resp.Error = req.Arguments.Get(ctx, &argument, &siteCode); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, argument) {
		resp.Error = resp.Result.Set(ctx, types.ObjectUnknown(sqlServerSetupType))
		return
	}
	h, funcErr := designArgument(ctx, argument, notRendered)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	setup, err := render.SQLServer(h, siteCode)
	if err != nil {
		resp.Error = renderingError(err)
		return
	}
	resp.Error = resp.Result.Set(ctx, types.ObjectValueMust(sqlServerSetupType, map[string]attr.Value{
		"answer_file": types.StringValue(setup.AnswerFile), "script": types.StringValue(setup.Script),
	}))
}
