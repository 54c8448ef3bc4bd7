package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/modules/export"
)

var _ function.Function = (*exportScriptFunction)(nil)

// exportScriptFunction returns the script that writes what topology_from_export reads.
type exportScriptFunction struct{}

func newExportScriptFunction() function.Function { return &exportScriptFunction{} }

func (f *exportScriptFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "export_script"
}

func (f *exportScriptFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Return the PowerShell script that exports a running hierarchy",
		MarkdownDescription: "Returns the PowerShell script that reads the topology of a running hierarchy from one SMS Provider and writes the file that " +
			"`topology_from_export` and `configuration_from_export` read. " +
			"It runs in Windows PowerShell 5.1 and PowerShell 7, only reads, and writes a fixed list of properties: no password, certificate or key is among " +
			"them. What it could not read it names in the file. " +
			"It is the file `modules/export/Export-ConfigMgrTopology.ps1` of the provider's repository.",
		Return: function.StringReturn{},
	}
}

func (f *exportScriptFunction) Run(ctx context.Context, _ function.RunRequest, resp *function.RunResponse) {
	resp.Error = resp.Result.Set(ctx, export.Script)
}
