package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newActiveDirectoryScriptFunction() function.Function {
	return &renderedTextFunction{
		name:    "active_directory_script",
		summary: "Write the PowerShell script that prepares Active Directory for a hierarchy",
		description: "Writes a PowerShell script that extends the Active Directory schema, where `-MediaPath` names the installation media, and that creates the " +
			"container System Management in each domain and gives the computer accounts of the site servers, those in passive mode too, full control of it and of " +
			"what is below it. " +
			"Each part first looks whether it is done: the script can be run again, and `-WhatIf` says what is missing. " +
			"The domain of a site server is the `domain` of its site or, without one, that of its name.",
		render: render.ActiveDirectoryScript,
	}
}
