<#
.SYNOPSIS
Compares a Configuration Manager hierarchy with its design.

.DESCRIPTION
Reads only: the SMS Providers of the sites over WMI, Windows features and local administrators over WinRM, and whether
ports answer. It needs no console and no Pester. Every check is one line of text and one entry of the result; the script
ends with exit code 0 when all of them hold, 1 when one does not, and 2 when some could not be made.

With -Pester it describes the checks to Pester instead:
Invoke-Pester -Container (New-PesterContainer -Path .\verify.ps1 -Data @{ Pester = $true })

.PARAMETER Part
What is looked at.

.PARAMETER ResultPath
The file for the result as JSON.

.PARAMETER Pester
Has Pester report the checks.
#>
#Requires -Version 5.1
[CmdletBinding()]
param(
    [ValidateSet('sites', 'roles', 'features', 'administrators', 'accounts', 'ports')]
    [string[]] $Part = @('sites', 'roles', 'features', 'administrators', 'accounts', 'ports'),
    [string] $ResultPath,
    [switch] $Pester
)

$ErrorActionPreference = 'Stop'
$results = New-Object -TypeName System.Collections.ArrayList

# Makes a check. The block returns nothing when the design and what is there agree, else what differs.
function Invoke-Check {
    param([string] $Kind, [string] $Subject, [scriptblock] $Block)

    if ($Part -notcontains $Kind) { return }
    $state = 'holds'
    $found = @()
    try {
        $found = @(& $Block | Where-Object -FilterScript { $_ })
        if ($found.Count -gt 0) { $state = 'differs' }
    } catch {
        $state = 'not checked'
        $found = @("$_")
    }
    $null = $results.Add([pscustomobject] @{ kind = $Kind; subject = $Subject; state = $state; found = [string[]] $found })
    if (-not $Pester) { Write-Output -InputObject ('{0,-11} {1}: {2}{3}' -f $state, $Kind, $Subject, $(if ($found) { ': ' + ($found -join '; ') })) }
}

# Compares two values, and says how they differ.
function Compare-Value {
    param([string] $Name, $Expected, $Actual)

    if ("$Actual" -ne "$Expected") { '{0} is {1}, expected {2}' -f $Name, $(if ("$Actual") { $Actual } else { 'not set' }), $Expected }
}

function Get-Instance {
    param([string] $Provider, [string] $Site, [string] $Query)

    Get-CimInstance -ComputerName $Provider -Namespace ('root\SMS\site_' + $Site) -Query $Query
}

# A site: what it is, where it is, its version at least, and that it is active.
function Test-Site {
    param([string] $Site, [string] $Provider, [hashtable] $Expected, [int] $Build)

    Invoke-Check -Kind 'sites' -Subject $Site -Block {
        $live = @(Get-Instance -Provider $Provider -Site $Expected.Drive -Query ("SELECT * FROM SMS_Site WHERE SiteCode = '{0}'" -f $Site))
        if ($live.Count -eq 0) { return 'there is no such site' }
        Compare-Value -Name 'site server' -Expected $Expected.Server -Actual $live[0].ServerName
        Compare-Value -Name 'parent' -Expected $Expected.Parent -Actual $live[0].ReportingSiteCode
        Compare-Value -Name 'type' -Expected $Expected.Type -Actual $live[0].Type
        if ($Expected.Name) { Compare-Value -Name 'name' -Expected $Expected.Name -Actual $live[0].SiteName }
        Compare-Value -Name 'status' -Expected 1 -Actual $live[0].Status
        if ($live[0].BuildNumber -lt $Build) { 'build is {0}, expected {1} or later' -f $live[0].BuildNumber, $Build }
    }
}

# The roles of a site: those that are missing, and those that the design lacks.
function Test-Roles {
    param([string] $Site, [string] $Drive, [string] $Provider, [hashtable] $Expected)

    Invoke-Check -Kind 'roles' -Subject ('{0}: no other roles' -f $Site) -Block {
        foreach ($row in @(Get-Instance -Provider $Provider -Site $Drive -Query ("SELECT * FROM SMS_SCI_SysResUse WHERE SiteCode = '{0}'" -f $Site))) {
            $server = "$($row.NetworkOSPath)".TrimStart('\').ToLowerInvariant()
            if ($known -contains $row.RoleName -and @($Expected[$server]) -notcontains $row.RoleName) { '{0} has {1}' -f $server, $row.RoleName }
        }
    }
    foreach ($server in @($Expected.Keys | Sort-Object)) {
        foreach ($role in @($Expected[$server])) {
            Invoke-Check -Kind 'roles' -Subject ('{0}/{1}/{2}' -f $Site, $server, $role) -Block {
                if (-not (Get-Role -Provider $Provider -Drive $Drive -Site $Site -Server $server -Role $role)) { 'it is not there' }
            }
        }
    }
}

function Get-Role {
    param([string] $Provider, [string] $Drive, [string] $Site, [string] $Server, [string] $Role)

    Get-Instance -Provider $Provider -Site $Drive -Query ("SELECT * FROM SMS_SCI_SysResUse WHERE SiteCode = '{0}' AND RoleName = '{1}'" -f $Site, $Role) |
        Where-Object -FilterScript { "$($_.NetworkOSPath)".TrimStart('\') -eq $Server } | Select-Object -First 1
}

# The protocol of a role. Its row says 0 or 4 for HTTP, 1 or 3 for HTTPS, and 2 where neither
# applies; of a distribution point the property SslState does, which is 63 with HTTPS.
function Get-Protocol {
    param($Row, [object[]] $Property)

    if ($Row.RoleName -eq 'SMS Distribution Point') {
        $state = $Property | Where-Object -Property PropertyName -EQ -Value 'SslState' | Select-Object -First 1
        if (-not $state) { return }
        if ($state.Value -eq 63) { 'https' } else { 'http' }
    } elseif (@(1, 3) -contains $Row.SslState) {
        'https'
    } elseif (@(0, 4) -contains $Row.SslState) {
        'http'
    }
}

# What components of a site hold: how clients talk to it, and on which ports. IISSSLState is
# 31 or 63 for HTTPS only, 63 with the revocation list; its bit 1024 stands for certificates
# of the site, which is enhanced HTTP.
function Test-SiteSetting {
    param([string] $Site, [string] $Provider, [hashtable] $Expected)

    Invoke-Check -Kind 'sites' -Subject ('{0}: settings' -f $Site) -Block {
        if ($Expected.Communication) {
            $state = Get-ComponentProperty -Provider $Provider -Site $Site -Item 'SMS_SITE_COMPONENT_MANAGER|SMS Site Server' -Name 'IISSSLState'
            $actual = ''
            if ($state -and $state.Value) {
                $actual = 'https_or_http'
                if (@(31, 63) -contains $state.Value) { $actual = 'https_only' } elseif ($state.Value -band 1024) { $actual = 'enhanced_http' }
            }
            Compare-Value -Name 'client_communication' -Expected $Expected.Communication -Actual $actual
        }
        foreach ($name in @($Expected.Ports.Keys | Sort-Object)) {
            $list = Get-ComponentProperty -Provider $Provider -Site $Site -Item 'SMS_MP_CONTROL_MANAGER|SMS Management Point' -Name $name
            $ports = @("$($list.Value1)" -split '[,; ]+' | Where-Object -FilterScript { $_ })
            if ($ports -notcontains "$($Expected.Ports[$name])") { '{0} is {1}, expected {2}' -f $name, $(if ($ports) { $ports -join ', ' } else { 'not set' }), $Expected.Ports[$name] }
        }
    }
}

# A property of a component of a site, which WMI only returns for a single object.
function Get-ComponentProperty {
    param([string] $Provider, [string] $Site, [string] $Item, [string] $Name)

    $component = Get-Instance -Provider $Provider -Site $Site -Query ("SELECT * FROM SMS_SCI_Component WHERE SiteCode = '{0}' AND ItemName = '{1}'" -f $Site, $Item) | Select-Object -First 1
    if ($component) { @(($component | Get-CimInstance).Props) | Where-Object -Property PropertyName -EQ -Value $Name | Select-Object -First 1 }
}

# The settings of a role. They are properties that WMI only returns for a single object.
function Test-RoleSetting {
    param([string] $Site, [string] $Drive, [string] $Provider, [string] $Server, [string] $Role, [hashtable] $Expected)

    Invoke-Check -Kind 'roles' -Subject ('{0}/{1}/{2}: settings' -f $Site, $Server, $Role) -Block {
        $row = Get-Role -Provider $Provider -Drive $Drive -Site $Site -Server $Server -Role $Role
        if (-not $row) { return 'the role is not there' }
        $properties = @(($row | Get-CimInstance).Props)
        foreach ($name in @($Expected.Keys | Sort-Object)) {
            if ($name -eq 'protocol') {
                Compare-Value -Name $name -Expected $Expected[$name] -Actual (Get-Protocol -Row $row -Property $properties)
                continue
            }
            $property = $properties | Where-Object -Property PropertyName -EQ -Value $name | Select-Object -First 1
            if (-not $property) {
                # What is off may have no property at all.
                if ("$($Expected[$name])" -ne '0') { '{0} is not set, expected {1}' -f $name, $Expected[$name] }
                continue
            }
            if (@("$($property.Value)", "$($property.Value1)", "$($property.Value2)") -notcontains "$($Expected[$name])") {
                Compare-Value -Name $name -Expected $Expected[$name] -Actual $(if ($property.Value1) { $property.Value1 } else { $property.Value })
            }
        }
    }
}

function Test-Feature {
    param([string] $Server, [string[]] $Feature)

    Invoke-Check -Kind 'features' -Subject $Server -Block {
        $live = @(Get-WindowsFeature -ComputerName $Server -Name $Feature)
        foreach ($name in $Feature) {
            $there = $live | Where-Object -Property Name -EQ -Value $name
            if (-not $there) { '{0} is unknown there' -f $name } elseif (-not $there.Installed) { '{0} is missing' -f $name }
        }
    }
}

function Test-Administrator {
    param([string] $Server, [string[]] $Account)

    Invoke-Check -Kind 'administrators' -Subject $Server -Block {
        Invoke-Command -ComputerName $Server -ArgumentList (, $Account) -ScriptBlock {
            param([string[]] $Names)

            $members = @(Get-LocalGroupMember -SID 'S-1-5-32-544' | ForEach-Object -Process { $_.SID.Value })
            foreach ($name in $Names) {
                $user = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $name
                $sid = $user.Translate([System.Security.Principal.SecurityIdentifier])
                if ($members -notcontains $sid.Value) { '{0} is not a local administrator' -f $name }
            }
        }
    }
}

# Accounts are known to the module of the console only.
function Test-Account {
    param([string] $Site, [string] $Provider, [string[]] $Account)

    Invoke-Check -Kind 'accounts' -Subject $Site -Block {
        $console = @($env:SMS_ADMIN_UI_PATH, [Environment]::GetEnvironmentVariable('SMS_ADMIN_UI_PATH', 'Machine')) | Where-Object -FilterScript { $_ } | Select-Object -First 1
        if (-not $console) { throw 'the console is not installed on this computer' }
        Import-Module -Name (Join-Path -Path (Split-Path -Path $console) -ChildPath 'ConfigurationManager.psd1')
        if (-not (Get-PSDrive -Name $Site -PSProvider CMSite -ErrorAction SilentlyContinue)) { $null = New-PSDrive -Name $Site -PSProvider CMSite -Root $Provider -Scope Script }
        Push-Location -LiteralPath ($Site + ':')
        try {
            foreach ($name in $Account) {
                if (-not (Get-CMAccount -UserName $name)) { '{0} is not registered' -f $name }
            }
        } finally {
            Pop-Location
        }
    }
}

# Connects from one computer of the hierarchy to the ports of another one, or from here.
function Test-Port {
    param([string] $From, [string] $To, [int[]] $Port)

    Invoke-Check -Kind 'ports' -Subject ('{0} to {1}' -f $(if ($From) { $From } else { 'this computer' }), $To) -Block {
        $connect = {
            param([string] $Target, [int[]] $Numbers)

            foreach ($number in $Numbers) {
                $client = New-Object -TypeName System.Net.Sockets.TcpClient
                try {
                    $pending = $client.BeginConnect($Target, $number, $null, $null)
                    if (-not $pending.AsyncWaitHandle.WaitOne(5000) -or -not $client.Connected) { 'TCP {0} does not answer' -f $number }
                } catch {
                    'TCP {0}: {1}' -f $number, $_.Exception.Message
                } finally {
                    $client.Close()
                }
            }
        }
        if ($From) { Invoke-Command -ComputerName $From -ScriptBlock $connect -ArgumentList $To, $Port } else { & $connect $To $Port }
    }
}

# Says how it went, to a person, to a program, and to Pester.
function Complete-Verification {
    if ($ResultPath) { ConvertTo-Json -InputObject @($results.ToArray()) -Depth 4 | Set-Content -LiteralPath $ResultPath -Encoding UTF8 }
    if ($Pester) { return }
    $differs = @($results | Where-Object -Property state -EQ -Value 'differs').Count
    $open = @($results | Where-Object -Property state -EQ -Value 'not checked').Count
    Write-Output -InputObject ('{0} checks: {1} differ, {2} could not be made.' -f $results.Count, $differs, $open)
    if ($differs -gt 0) { exit 1 }
    if ($open -gt 0) { exit 2 }
}

