package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// directoryFunctions are those of the script for Active Directory. Full control goes to
// the container and to everything below it (extend the Active Directory schema,
// 2021-04-05).
const directoryFunctions = `<#
.SYNOPSIS
Extends the Active Directory schema for Configuration Manager, and prepares the container of each domain.

.DESCRIPTION
Every part first looks whether it is done, so that the script can be run again; -WhatIf says what is missing. The schema
is extended once in a forest, by a member of Schema Admins. The container System Management of a domain takes what its
sites publish: their site servers, those in passive mode too, get full control of it and of what is below it.

.PARAMETER MediaPath
The folder of the installation media of Configuration Manager, for SMSSETUP\BIN\X64\extadsch.exe. Without it the schema
is left alone.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $MediaPath
)

$ErrorActionPreference = 'Stop'

# Extends the schema of the forest of this computer.
function Update-Schema {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $root = New-Object -TypeName System.DirectoryServices.DirectoryEntry -ArgumentList 'LDAP://RootDSE'
    if ([System.DirectoryServices.DirectoryEntry]::Exists('LDAP://CN=MS-SMS-Site,' + $root.Properties['schemaNamingContext'].Value)) { return }
    if (-not $MediaPath) {
        Write-Warning -Message 'The schema is not extended. Name the installation media in -MediaPath to have it extended.'
        return
    }
    if (-not $PSCmdlet.ShouldProcess('the schema of the forest', 'extend')) { return }
    $process = Start-Process -FilePath (Join-Path -Path $MediaPath -ChildPath 'SMSSETUP\BIN\X64\extadsch.exe') -Wait -PassThru
    if ($process.ExitCode -ne 0) { throw ('The extension of the schema ended with exit code {0}. See ExtADSch.log at the root of the system drive.' -f $process.ExitCode) }
}

# Makes the container of a domain and gives accounts full control of it and of what is below it.
function Set-Container {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Domain, [string[]] $Account)

    $root = New-Object -TypeName System.DirectoryServices.DirectoryEntry -ArgumentList ('LDAP://{0}/RootDSE' -f $Domain)
    $parent = 'CN=System,' + $root.Properties['defaultNamingContext'].Value
    $path = 'LDAP://{0}/CN=System Management,{1}' -f $Domain, $parent
    if (-not [System.DirectoryServices.DirectoryEntry]::Exists($path)) {
        if (-not $PSCmdlet.ShouldProcess($path, 'create')) { return }
        $system = New-Object -TypeName System.DirectoryServices.DirectoryEntry -ArgumentList ('LDAP://{0}/{1}' -f $Domain, $parent)
        $new = $system.Children.Add('CN=System Management', 'container')
        $new.CommitChanges()
    }
    $container = New-Object -TypeName System.DirectoryServices.DirectoryEntry -ArgumentList $path
    $security = $container.ObjectSecurity
    $full = [System.DirectoryServices.ActiveDirectoryRights]::GenericAll
    $all = [System.DirectoryServices.ActiveDirectorySecurityInheritance]::All
    $allow = [System.Security.AccessControl.AccessControlType]::Allow
    $rules = @($security.GetAccessRules($true, $false, [System.Security.Principal.SecurityIdentifier]))
    $changed = $false
    foreach ($name in $Account) {
        $user = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $name
        $sid = $user.Translate([System.Security.Principal.SecurityIdentifier])
        $there = @($rules | Where-Object -FilterScript { $_.IdentityReference.Value -eq $sid.Value -and $_.ActiveDirectoryRights -eq $full -and $_.InheritanceType -eq $all -and $_.AccessControlType -eq $allow })
        if ($there.Count -gt 0) { continue }
        if (-not $PSCmdlet.ShouldProcess($path, ('give full control to {0}' -f $name))) { continue }
        $security.AddAccessRule((New-Object -TypeName System.DirectoryServices.ActiveDirectoryAccessRule -ArgumentList $sid, $full, $allow, $all))
        $changed = $true
    }
    if ($changed) { $container.CommitChanges() }
}

Update-Schema
`

// ActiveDirectoryScript writes a PowerShell script that extends the schema, creates the
// container System Management and gives the site servers full control of it.
func ActiveDirectoryScript(h *model.Hierarchy) (string, error) {
	d, err := newDesign(h)
	if err != nil {
		return "", err
	}
	accounts := map[string][]string{}
	for _, s := range d.Sites {
		hosts := []string{s.Server}
		if passive, ok := s.Declared.PassiveServer.Get(); ok {
			hosts = append(hosts, model.FoldHost(passive))
		}
		for _, host := range hosts {
			domain, account := install.ComputerAccount(s.Declared, host)
			if domain == "" {
				return "", cannot(s.At.Attr("site_server"), "The domain of %q is not known. Write its whole name, as in %q, or name the domain of the site.", host, "cm01.contoso.com")
			}
			accounts[domain] = append(accounts[domain], account)
		}
	}
	var b strings.Builder
	b.WriteString(directoryFunctions)
	for _, domain := range slices.Sorted(maps.Keys(accounts)) {
		fmt.Fprintf(&b, "Set-Container -Domain %s -Account %s\n", install.PowerShell(domain), install.PowerShell(distinct(accounts[domain])))
	}
	return b.String(), nil
}
