package render

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"

	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// the functions of the script

//go:embed install_script.ps1
var installScriptFunctions string

// InstallScript writes a PowerShell script that builds a hierarchy in the order of its
// steps. It can be run again: a step looks first whether what it brings is there, and
// waits for the steps that it requires. What a topology does not hold, passwords above
// all, is a parameter of the script.
func InstallScript(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	for _, s := range d.sites {
		if s.tier == product.TierSecondary {
			if _, err := needed(s.at, "name", s.Name, "Contoso Edinburgh"); err != nil {
				return "", err
			}
		}
	}
	plan := install.ForHierarchy(h)
	p := &installScript{design: d, servers: map[string]install.Server{}, byCode: map[string]*site{}}
	for _, s := range plan.Servers {
		p.servers[s.FQDN] = s
	}
	for _, s := range d.sites {
		p.byCode[s.code] = s
	}
	providers, err := d.providerOfSites()
	if err != nil {
		return "", err
	}
	p.head(plan.Steps)
	p.text.WriteString("# Where the drives of the sites lead.\n")
	p.table("providers", providers)
	p.text.WriteString(installScriptFunctions)
	phase := ""
	for _, step := range plan.Steps {
		if step.Phase != phase {
			phase = step.Phase
			fmt.Fprintf(&p.text, "\n# %s\n", strings.ReplaceAll(phase, "_", " "))
		}
		p.step(step)
	}
	p.text.WriteString("\nComplete-Script\n")
	return p.text.String(), nil
}

// installScript collects the text of a script.
type installScript struct {
	*design
	servers map[string]install.Server
	byCode  map[string]*site
	text    strings.Builder
}

// providerOfSites returns the computers whose SMS Provider serves the drives of the
// sites, those of parents that the hierarchy does not list included. A secondary site has
// no drive of its own.
func (d *design) providerOfSites() (map[string]string, error) {
	providers := map[string]string{}
	for _, s := range d.sites {
		switch hosts := s.providers(); {
		case s.tier == product.TierSecondary:
			if parent, ok := d.external[s.parent]; ok {
				server, err := needed(s.at.Attr("parent"), "site_server", parent.Server, "cm01.contoso.com")
				if err != nil {
					return nil, err
				}
				providers[s.parent] = foldHost(server)
			}
		case len(hosts) == 0 || slices.Contains(hosts, s.server):
			providers[s.code] = s.server
		default:
			providers[s.code] = slices.Min(hosts)
		}
	}
	return providers, nil
}

const installScriptHelp = `<#
.SYNOPSIS
Builds a Configuration Manager hierarchy step by step.

.DESCRIPTION
Each step first looks whether what it brings is there, so that the script can be run again at any time. A step that
requires another one waits until a later run. Steps that no cmdlet does are named with what to do by hand.

Run it with the rights of a full administrator of the hierarchy, on a computer with the Configuration Manager console.
Setup runs on the site server that it installs: there, start the script with -Phase sites.

.PARAMETER Phase
The phases to go through. Those that are left out are taken for done.

.PARAMETER Completed
The ids of steps that were done by hand.

.PARAMETER SetupPath
The path of setup.exe, for the steps that run Setup.

.PARAMETER ScriptFolder
The local folder with the scripts of Setup, such as PS1.ini.

.PARAMETER WaitMinutes
How long a step waits for the product at most.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param(
`

// head writes the parameters of the script, and what its functions know of them.
func (p *installScript) head(steps []install.Step) {
	inputs, secrets := map[string]string{}, []string{}
	for _, step := range steps {
		if step.Command == nil {
			continue
		}
		for _, placeholder := range step.Command.Placeholders() {
			if inputs[placeholder.Name] == "" && placeholder.Secret {
				secrets = append(secrets, placeholder.Name)
			}
			inputs[placeholder.Name] = placeholder.Purpose
		}
	}
	slices.Sort(secrets)
	p.text.WriteString(installScriptHelp)
	phases := install.PowerShell(install.Phases())
	fmt.Fprintf(&p.text, "    [ValidateSet(%s)]\n    [string[]] $Phase = %s,\n", strings.TrimSuffix(strings.TrimPrefix(phases, "@("), ")"), phases)
	p.text.WriteString("    [string[]] $Completed = @(),\n    [string] $SetupPath,\n    [string] $ScriptFolder,\n    [int] $WaitMinutes = 120")
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		kind := ""
		if slices.Contains(secrets, name) {
			kind = "[securestring] "
		}
		fmt.Fprintf(&p.text, ",\n    %s$%s", kind, name)
	}
	p.text.WriteString("\n)\n\n# What the parameters are for that steps need.\n")
	p.table("inputs", inputs)
	fmt.Fprintf(&p.text, "$secrets = %s\n", install.PowerShell(secrets))
}

// table writes a hash table of strings.
func (p *installScript) table(name string, values map[string]string) {
	fmt.Fprintf(&p.text, "$%s = @{\n", name)
	for _, key := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&p.text, "    %s = %s\n", install.PowerShell(key), install.PowerShell(values[key]))
	}
	p.text.WriteString("}\n")
}

// step writes a step as one command.
func (p *installScript) step(step install.Step) {
	drive := step.SiteCode
	if s := p.byCode[step.SiteCode]; s != nil && s.tier == product.TierSecondary {
		drive = s.parent
	}
	test, run := p.blocks(step, drive)
	// Before a site is there it has no drive, and what is done by then needs none.
	if step.Phase == install.PhasePrerequisites || step.Action == install.DoSetup {
		drive = ""
	}
	var needs []string
	if step.Command != nil {
		for _, placeholder := range step.Command.Placeholders() {
			needs = append(needs, placeholder.Name)
		}
	}
	fmt.Fprintf(&p.text, "Invoke-Step -Id %s -Part %s -About %s", install.PowerShell(step.ID), install.PowerShell(step.Phase), install.PowerShell(about[step.Action]))
	fmt.Fprintf(&p.text, " -Site %s -Requires %s -Needs %s", install.PowerShell(drive), install.PowerShell(step.Requires), install.PowerShell(needs))
	if test != "" {
		fmt.Fprintf(&p.text, " -Test { %s }", test)
	}
	if run != "" {
		fmt.Fprintf(&p.text, " -Run { %s }", run)
	}
	p.text.WriteByte('\n')
}

// about are the actions in words.
var about = func() map[string]string {
	texts := map[string]string{}
	for _, a := range install.Actions() {
		texts[a.Key] = a.About
	}
	return texts
}()

// call writes a call of a function of the script.
func call(function string, arguments ...string) string {
	var b strings.Builder
	b.WriteString(function)
	for i := 0; i < len(arguments); i += 2 {
		b.WriteString(" -" + arguments[i] + " " + install.PowerShell(arguments[i+1]))
	}
	return b.String()
}

// blocks returns what tells whether a step is done already, and what does it. A step
// without the second is done by hand. One that only sets something needs no test: to set
// it again changes nothing.
func (p *installScript) blocks(step install.Step, drive string) (test, run string) {
	if step.Command != nil {
		run = step.Command.Line()
	}
	wmiName := ""
	if role, ok := product.RoleByKey(step.Role); ok {
		wmiName = role.WMIRoleName
	}
	role := call("Test-Role", "Site", step.SiteCode, "Server", step.Server, "RoleName", wmiName)
	wait := func(test string) (string, string) { return test, "Wait-Until -Condition { " + test + " }" }
	switch step.Action {
	case install.DoExtendSchema:
		return "Test-DirectoryObject -Path 'CN=MS-SMS-Site' -Context 'schemaNamingContext'", ""
	case install.DoPrepareServer:
		server := p.servers[step.Server]
		check := call("Test-Prerequisite", "Server", step.Server) + " -Feature " + install.PowerShell(server.Features) + " -Administrator " + install.PowerShell(server.LocalAdministrators)
		return check, check + " -Install"
	case install.DoSetup:
		return call("Test-Site", "Site", step.SiteCode), call("Install-Site", "Site", step.SiteCode, "Server", step.Server)
	case install.DoAddSiteSystem:
		return "[bool] (" + call("Get-CMSiteSystemServer", "SiteCode", step.SiteCode, "SiteSystemServerName", step.Server) + " -DisableWildcardHandling)", run
	case install.DoAddRole:
		if wmiName == "" { // the Exchange Server connector is no role of a server
			return "[bool] (Get-CMExchangeServer | Where-Object -Property SiteCode -EQ -Value " + install.PowerShell(step.SiteCode) + ")", run
		}
		return role, run
	case install.DoRemoveRole:
		if run != "" {
			return "-not (" + role + ")", run
		}
		// What the design lacks may be on any server. A passive site server has the role
		// name of an active one.
		if wmiName == "" || step.Role == "site_server_passive" {
			return "", ""
		}
		return "-not (" + call("Get-CMSiteRole", "SiteCode", step.SiteCode, "RoleName", wmiName) + ")", ""
	case install.DoWaitForRoles:
		return wait(call("Test-RoleReady", "Drive", drive, "Site", step.SiteCode, "RoleName", wmiName))
	case install.DoNewSecondarySite:
		return "[bool] (" + call("Get-CMSite", "SiteCode", step.SiteCode) + ")", run
	case install.DoWaitForSite:
		return wait(call("Test-SecondarySite", "Parent", drive, "Site", step.SiteCode))
	case install.DoAddProvider:
		return role, call("Install-Provider", "Server", p.byCode[step.SiteCode].server, "Provider", step.Server)
	case install.DoMoveLibrary:
		location, _ := p.byCode[step.SiteCode].ContentLibraryPath.Get()
		there := call("Test-ContentLibrary", "Site", step.SiteCode, "Location", location)
		return there, run + "; Wait-Until -Condition { " + there + " }"
	case install.DoAddPassive:
		return role, run
	case install.DoWaitForPassive:
		return wait(call("Test-PassiveSite", "Site", step.SiteCode))
	default:
		return "", run
	}
}
