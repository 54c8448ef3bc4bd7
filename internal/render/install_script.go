package render

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"

	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
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
// all, is a parameter of the script. Where another hierarchy runs, nil for nothing, it leads
// from there to the design, and removes nothing unless it is told to.
func InstallScript(h, existing *model.Hierarchy) (string, error) {
	d, err := newTransition(h, existing)
	if err != nil {
		return "", err
	}
	for _, s := range d.Sites {
		if s.Tier == product.TierSecondary {
			if _, err := install.Needed(s.At, "name", s.Declared.Name, "Contoso Edinburgh"); err != nil {
				return "", err
			}
		}
	}
	plan := d.Plan()
	p := &installScript{design: d, servers: map[string]install.Server{}}
	for _, s := range plan.Servers {
		p.servers[s.FQDN] = s
	}
	providers, err := d.providerOfSites()
	if err != nil {
		return "", err
	}
	p.head(plan.Steps)
	p.text.WriteString("# Where the drives of the sites lead.\n")
	p.table("providers", providers)
	p.text.WriteString(installScriptFunctions)
	for i, refusal := range d.Refusals() {
		if i == 0 {
			p.text.WriteString("\n# What the product refuses of the design, so that no step does it.\n")
		}
		fmt.Fprintf(&p.text, "Write-Warning -Message %s\n", install.PowerShell(refusal.Error()))
	}
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
	text    strings.Builder
}

// providerOfSites returns the computers whose SMS Provider serves the drives of the
// sites, those of parents that the hierarchy does not list included. A secondary site has
// no drive of its own.
func (d *design) providerOfSites() (map[string]string, error) {
	providers := map[string]string{}
	if before := d.Existing(); before != nil { // for what is removed
		for _, s := range before.Sites {
			if s.Tier != product.TierSecondary {
				providers[s.Code] = s.Server
			}
		}
	}
	for _, s := range d.Sites {
		switch hosts := s.Providers(); {
		case s.Tier == product.TierSecondary:
			if parent, ok := d.External[s.Parent]; ok {
				server, err := install.Needed(s.At.Attr("parent"), "site_server", parent.Server, "cm01.contoso.com")
				if err != nil {
					return nil, err
				}
				providers[s.Parent] = model.FoldHost(server)
			}
		case len(hosts) == 0 || slices.Contains(hosts, s.Server):
			providers[s.Code] = s.Server
		default:
			providers[s.Code] = slices.Min(hosts)
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
Setup runs on the site server that it installs: there, start the script with -Phase sites. It reaches the servers of the
hierarchy with WinRM (TCP 5985).

What a topology does not hold is a parameter of its own below. One whose value differs takes a hash table from the names
of servers, or of accounts, to the values. What is secret and missing is asked for.

.PARAMETER Phase
The phases to go through. Those that are left out are taken for done.

.PARAMETER Completed
The ids of steps that were done by hand. Once is enough: what is done is kept in a file.

.PARAMETER ProgressPath
The file that keeps what is done: install.progress.txt beside the script unless another one is named. Delete it to have
everything looked at again.

.PARAMETER FeatureSource
The folder sources\sxs of the installation media of Windows Server, for .NET Framework 3.5.

.PARAMETER SetupPath
The path of setup.exe, for the steps that run Setup.

.PARAMETER ScriptFolder
The local folder with the scripts of Setup, such as PS1.ini.

.PARAMETER AllowRemoval
Lets steps remove something. Without it they are named, and nothing is removed.

.PARAMETER WaitMinutes
How long a step waits for the product at most.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param(
`

// head writes the parameters of the script, and what its functions know of them.
func (p *installScript) head(steps []install.Step) {
	inputs, secrets, tables := map[string]string{}, []string{}, []string{}
	for _, step := range steps {
		for _, placeholder := range placeholdersOf(step) {
			if inputs[placeholder.Name] == "" && placeholder.Secret {
				secrets = append(secrets, placeholder.Name)
			}
			if inputs[placeholder.Name] == "" && placeholder.Table {
				tables = append(tables, placeholder.Name)
			}
			inputs[placeholder.Name] = placeholder.Purpose
		}
	}
	slices.Sort(secrets)
	slices.Sort(tables)
	p.text.WriteString(installScriptHelp)
	phases := install.PowerShell(install.Phases())
	fmt.Fprintf(&p.text, "    [ValidateSet(%s)]\n    [string[]] $Phase = %s,\n", strings.TrimSuffix(strings.TrimPrefix(phases, "@("), ")"), phases)
	p.text.WriteString("    [string[]] $Completed = @(),\n    [string] $ProgressPath,\n    [string] $FeatureSource,\n    [string] $SetupPath,\n    [string] " +
		"$ScriptFolder,\n    [switch] $AllowRemoval,\n    [int] $WaitMinutes = 120")
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		fmt.Fprintf(&p.text, ",\n    $%s", name)
	}
	p.text.WriteString("\n)\n\n# What the parameters are for that steps need.\n")
	p.table("inputs", inputs)
	fmt.Fprintf(&p.text, "$secrets = %s\n$tables = %s\n", install.PowerShell(secrets), install.PowerShell(tables))
}

// placeholdersOf returns what a step needs that the topology does not hold.
func placeholdersOf(step install.Step) []install.Placeholder {
	switch {
	case step.Action == install.DoPrepareWSUS:
		return []install.Placeholder{install.UpdateContent}
	case step.Command == nil:
		return nil
	default:
		return step.Command.Placeholders()
	}
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
	if s := p.Site(step.SiteCode); s != nil && s.Tier == product.TierSecondary {
		drive = s.Parent
	}
	if before := p.Existing(); before != nil && step.Action == install.DoRemove {
		if s := before.Site(step.SiteCode); s != nil && s.Tier == product.TierSecondary {
			drive = s.Parent
		}
	}
	test, run := p.blocks(step, drive)
	// Before a site is there it has no drive, and what is done by then needs none.
	if step.Phase == install.PhasePrerequisites || slices.Contains(withoutDrive, step.Action) {
		drive = ""
	}
	var needs []string
	for _, placeholder := range placeholdersOf(step) {
		needs = append(needs, placeholder.Name)
	}
	subject, what := install.PowerShell(subjectOf(step)), about[step.Action]
	if step.Action == install.DoRemove {
		what = removalOf(step)
	}
	fmt.Fprintf(&p.text, "Invoke-Step -Id %s -Part %s -About %s", install.PowerShell(step.ID), install.PowerShell(step.Phase), install.PowerShell(what))
	fmt.Fprintf(&p.text, " -Site %s -For %s -Requires %s -Needs %s", install.PowerShell(drive), subject, install.PowerShell(step.Requires), install.PowerShell(needs))
	if step.Action == install.DoRemove {
		p.text.WriteString(" -Removal")
	}
	if test != "" {
		fmt.Fprintf(&p.text, " -Test { %s }", test)
	}
	if run != "" {
		fmt.Fprintf(&p.text, " -Run { %s }", run)
	}
	p.text.WriteByte('\n')
}

// withoutDrive are actions that ask a computer and not a site, which need not be there yet.
var withoutDrive = []string{install.DoSetup, install.DoPrepareWSUS, install.DoPrepareReports}

// subjectOf is what values of the parameters can differ by: the account, the computer or
// the site that a step is about. An account that the design does not name goes by the
// name of its parameter.
func subjectOf(step install.Step) string {
	if step.Action == install.DoAddAccount {
		for _, p := range step.Command.Parameters {
			if p.Name == "UserName" {
				return strings.TrimPrefix(p.Text(), "$")
			}
		}
	}
	if step.Server != "" {
		return step.Server
	}
	return step.SiteCode
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

// accountTest looks whether an account is registered.
func accountTest(c *install.Command) string {
	known := &install.Command{Cmdlet: "Get-CMAccount"}
	for _, p := range c.Parameters {
		if p.Name != "Password" {
			known.Parameters = append(known.Parameters, p)
		}
	}
	return "[bool] (" + known.Line() + ")"
}

// components are the components whose installation says that a role is there, by the keys
// of the roles: those that the site component manager installs on the server. Their names
// are those of the component status summarizer (jonasatgit/scriptrepo, its test of the
// thresholds of components), and public lab scripts wait for message 1015 of the reporting,
// management, software update, Endpoint Protection and data warehouse components; for the
// others the message is taken to be the same. That a distribution point reports 2399 is
// step 10 of the troubleshooting article about its installation.
var components = map[string]string{
	"asset_intelligence_synchronization_point":  "AI_UPDATE_SERVICE_POINT",
	"certificate_registration_point":            "SMS_CERTIFICATE_REGISTRATION_POINT",
	"cloud_management_gateway_connection_point": "SMS_CLOUD_PROXYCONNECTOR",
	"data_warehouse_service_point":              "DATA_WAREHOUSE_SERVICE_POINT",
	"distribution_point":                        "SMS_DISTRIBUTION_MANAGER",
	"endpoint_protection_point":                 "SMS_ENDPOINT_PROTECTION_CONTROL_MANAGER",
	"enrollment_point":                          "SMS_ENROLL_SERVER",
	"enrollment_proxy_point":                    "SMS_ENROLL_WEB",
	"fallback_status_point":                     "SMS_FALLBACK_STATUS_POINT",
	"management_point":                          "SMS_MP_CONTROL_MANAGER",
	"reporting_services_point":                  "SMS_SRS_REPORTING_POINT",
	"service_connection_point":                  "SMS_DMP_DOWNLOADER",
	"software_update_point":                     "SMS_WSUS_CONTROL_MANAGER",
	"state_migration_point":                     "SMS_STATE_MIGRATION_POINT",
}

func databasePort(s *install.Site) int64 {
	if db, ok := s.Declared.Database.Get(); ok {
		if port, ok := db.Port.Get(); ok {
			return port
		}
	}
	return model.DefaultSQLPort
}

// buildOf is the build of the version of a site.
func buildOf(s *install.Site) string {
	version, _ := s.Declared.EffectiveVersion(product.DefaultVersion).Get()
	release, _ := product.ReleaseOf(version)
	return release.Build
}

func parameterOf(c *install.Command, name string) any {
	for _, p := range c.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
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
	case install.DoPrepareDirectory:
		return "Test-DirectoryObject -Path 'CN=System Management,CN=System' -Context 'defaultNamingContext'", ""
	case install.DoPrepareDatabase:
		return call("Test-SqlServer", "Server", step.Server, "Port", strconv.FormatInt(databasePort(p.Site(step.SiteCode)), 10)), ""
	case install.DoPrepareWSUS:
		return call("Test-Wsus", "Server", step.Server), call("Install-Wsus", "Server", step.Server, "Database", p.UpdateDatabase(step.SiteCode, step.Server)) + " -ContentFolder $" + install.UpdateContent.Name
	case install.DoPrepareReports:
		return call("Test-ReportServer", "Server", step.Server), ""
	case install.DoPrepareShare:
		location, ok := p.Site(step.SiteCode).Declared.ContentLibraryPath.Get()
		if !ok {
			return "", ""
		}
		return "Test-Path -LiteralPath " + install.PowerShell("FileSystem::"+location), ""
	case install.DoUpdateSite:
		there := call("Test-SiteVersion", "Site", step.SiteCode, "Build", buildOf(p.Site(step.SiteCode)))
		if run == "" { // it gets the update from its parent
			return wait(there)
		}
		return there, run + "; Wait-Until -Condition { " + there + " }"
	case install.DoCreateGateway:
		return "[bool] (Get-CMCloudManagementGateway | Where-Object -Property Name -EQ -Value " + install.PowerShell(parameterOf(step.Command, "ServiceName")) + ")", run
	case install.DoBoundaryGroups:
		if step.Command == nil {
			return "", ""
		}
		return "", "Add-ToBoundaryGroup" + strings.TrimPrefix(run, step.Command.Cmdlet)
	case install.DoPrepareServer:
		server := p.servers[step.Server]
		check := call("Test-Prerequisite", "Server", step.Server) + " -Feature " + install.PowerShell(server.Features) + " -Administrator " + install.PowerShell(server.LocalAdministrators)
		return check, check + " -Install"
	case install.DoSetup:
		return call("Test-Site", "Site", step.SiteCode), call("Install-Site", "Site", step.SiteCode, "Server", step.Server)
	case install.DoAddSiteSystem:
		return "[bool] (" + call("Get-CMSiteSystemServer", "SiteCode", step.SiteCode, "SiteSystemServerName", step.Server) + " -DisableWildcardHandling)", run
	case install.DoAddRole:
		if wmiName == "" { // the Exchange Server connector is not a role of a server
			return "[bool] (Get-CMExchangeServer | Where-Object -Property SiteCode -EQ -Value " + install.PowerShell(step.SiteCode) + ")", run
		}
		return role, run
	case install.DoRemove:
		if p.Existing() != nil {
			return p.removal(step, role, run)
		}
		// What the design lacks may be on any server. A passive site server has the role
		// name of an active one.
		if wmiName == "" || step.Role == "site_server_passive" {
			return "", ""
		}
		return "-not (" + call("Get-CMSiteRole", "SiteCode", step.SiteCode, "RoleName", wmiName) + ")", ""
	case install.DoAddAccount:
		return accountTest(step.Command), run
	case install.DoWaitForRoles:
		return wait(call("Test-RoleReady", "Drive", drive, "Site", step.SiteCode, "RoleName", wmiName, "Component", components[step.Role]))
	case install.DoNewSecondarySite:
		return "[bool] (" + call("Get-CMSite", "SiteCode", step.SiteCode) + ")", run
	case install.DoWaitForSite:
		if p.Site(step.SiteCode).Parent == "" { // it has lost its central administration site
			return wait("(" + call("Get-CMSite", "SiteCode", step.SiteCode) + ").Status -eq 1")
		}
		return wait(call("Test-ChildSite", "Parent", p.Site(step.SiteCode).Parent, "Site", step.SiteCode))
	case install.DoAddProvider:
		return role, call("Install-Provider", "Site", step.SiteCode, "Server", p.Site(step.SiteCode).Server, "Provider", step.Server)
	case install.DoMoveLibrary:
		location, ok := p.Site(step.SiteCode).Declared.ContentLibraryPath.Get()
		if !ok {
			return "", run
		}
		there := call("Test-ContentLibrary", "Site", step.SiteCode, "Location", location)
		return there, run + "; Wait-Until -Condition { " + there + " }"
	case install.DoAddPassive:
		return role, run
	case install.DoPromote:
		return "(" + call("Get-CMSite", "SiteCode", step.SiteCode) + ").ServerName -eq " + install.PowerShell(step.Server), ""
	case install.DoWaitForPassive:
		return wait(call("Test-PassiveSite", "Site", step.SiteCode))
	default:
		return "", run
	}
}

// removal returns what tells that something is gone, and what removes it.
func (p *installScript) removal(step install.Step, role, run string) (string, string) {
	system := "-not (" + call("Get-CMSiteSystemServer", "SiteCode", step.SiteCode, "SiteSystemServerName", step.Server) + " -DisableWildcardHandling)"
	switch step.Role {
	case "site_system":
		return system, run
	case install.BoundaryGroup:
		return "", run // no cmdlet tells who is in a group
	case product.PartPassiveSiteServer:
		return system, "" // the role of an active site server has the same name
	case product.PartSMSProvider:
		return "-not (" + role + ")", call("Remove-Provider", "Site", step.SiteCode, "Server", p.Site(step.SiteCode).Server, "Provider", step.Server)
	case "cloud_management_gateway":
		return "-not (Get-CMCloudManagementGateway | Where-Object -Property Name -EQ -Value " + install.PowerShell(parameterOf(step.Command, "Name")) + ")", run
	case "":
		if run != "" {
			return "-not (" + call("Get-CMSite", "SiteCode", step.SiteCode) + ")", run
		}
		return "-not (" + call("Test-Site", "Site", step.SiteCode) + ")", ""
	default:
		return "-not (" + role + ")", run
	}
}
