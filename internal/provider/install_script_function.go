package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newInstallScriptFunction() function.Function {
	return &renderedTextFunction{
		name:    "install_script",
		summary: "Write the PowerShell script that builds a hierarchy",
		description: "Writes a PowerShell script that takes the steps of the function `installation` in their order. It can be run again at any time: each " +
			"step looks first whether what it brings is there, and waits for the steps that it requires. " +
			"`-Phase` limits a run to some phases, `-WhatIf` shows what it would do, and `-Completed` names the steps that were done by hand. " +
			"Accounts that the design does not name, certificates and license statements are parameters of the script, and passwords are asked for when it runs: " +
			"the text holds no secret. " +
			"The script is plain ASCII, and no name or setting becomes code in it.",
		render: render.InstallScript,
	}
}
