package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

func newVerificationScriptFunction() function.Function {
	return &renderedTextFunction{
		name:    "verification_script",
		summary: "Write the PowerShell script that compares what runs with a hierarchy",
		description: "Writes a PowerShell script that only reads: it compares the sites with their version, roles with their settings, Windows features, local " +
			"administrators, accounts, and the TCP ports between the computers with the design. " +
			"It runs in Windows PowerShell 5.1 and later, with the rights to read in the SMS Providers and, over WinRM, on the servers; only the accounts need the " +
			"console. `-Part` limits it to some of these. " +
			"It writes what holds and what does not as text and, with `-ResultPath`, as a JSON file, and ends with exit code 0 where everything holds, 1 where " +
			"something does not, and 2 where something could not be looked at. With `-Pester` each check is a test of Pester, which nothing else needs. " +
			"Roles that the product adds by itself, and accounts that the design does not name, are left alone. No name or setting becomes code in the script.",
		render: render.VerificationScript,
	}
}
