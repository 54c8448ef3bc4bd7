package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newFirewallScriptFunction() function.Function {
	return &renderedTextFunction{
		name:    "firewall_script",
		summary: "Write the PowerShell script that opens the Windows firewalls of a hierarchy",
		description: "Writes a PowerShell script that adds the rules to the Windows firewall of the computer it runs on, or of the one that `-ComputerName` names, " +
			"for the connections that the computer takes: those of `firewall_rules` whose `kind` is `inbound` or `availability_group`. " +
			"Rules that are there are left alone, and `-WhatIf` says what is missing. Where computers of the hierarchy connect, a rule lets in their addresses only, " +
			"which are looked up when it is made.",
		render: ofFirewallRules(render.FirewallScript),
	}
}
