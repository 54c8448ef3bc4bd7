package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

var _ function.Function = (*installScriptFunction)(nil)

// installScriptFunction writes the script that builds a hierarchy, or makes it of one that
// runs.
type installScriptFunction struct{}

func newInstallScriptFunction() function.Function { return &installScriptFunction{} }

func (f *installScriptFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "install_script"
}

func (f *installScriptFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Write the PowerShell script that builds a hierarchy",
		MarkdownDescription: "Writes a PowerShell script that takes the steps of the function `installation` in their order. It can be run again at any time: each " +
			"step looks first whether what it brings is there, and waits for the steps that it requires. " +
			"`-Phase` limits a run to some phases, `-WhatIf` shows what it would do, and `-Completed` names the steps that were done by hand. " +
			"Steps that remove something are named and left until the script is started with `-AllowRemoval`. " +
			"Accounts that the design does not name, certificates and license statements are parameters of the script, and passwords are asked for when it runs: " +
			"the text holds no secret. " +
			"The script is plain ASCII, and no name or setting becomes code in it.",
		Parameters: []function.Parameter{topologyParameter(), existingParameter()},
		Return:     function.StringReturn{},
	}
}

func (f *installScriptFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var topology, options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &topology, &options); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, topology) || !isWhollyKnown(ctx, options) {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown())
		return
	}
	h, funcErr := designArgument(ctx, topology, notRendered)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	existing, funcErr := onlyExisting(ctx, options)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	script, err := render.InstallScript(h, existing)
	if err != nil {
		resp.Error = renderingError(err)
		return
	}
	resp.Error = resp.Result.Set(ctx, script)
}
