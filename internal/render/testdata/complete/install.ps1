<#
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
    [ValidateSet('prerequisites', 'sites', 'roles', 'secondary_sites', 'software_updates', 'reporting', 'further_roles', 'cloud', 'sms_providers', 'high_availability', 'clients')]
    [string[]] $Phase = @('prerequisites', 'sites', 'roles', 'secondary_sites', 'software_updates', 'reporting', 'further_roles', 'cloud', 'sms_providers', 'high_availability', 'clients'),
    [string[]] $Completed = @(),
    [string] $SetupPath,
    [string] $ScriptFolder,
    [int] $WaitMinutes = 120,
    $DistributionPointCertificateExpiration,
    $EndpointProtectionLicenseAgreed,
    $EndpointProtectionService,
    $StateMigrationPointFolders
)

# What the parameters are for that steps need.
$inputs = @{
    'DistributionPointCertificateExpiration' = 'the date and time (UTC) at which the self-signed certificates of distribution points expire'
    'EndpointProtectionLicenseAgreed' = '$true, once the license terms of Endpoint Protection are accepted'
    'EndpointProtectionService' = 'the membership of the cloud protection service: DoNotJoinMaps, BasicMembership or AdvancedMembership'
    'StateMigrationPointFolders' = 'the folders of state migration points, from New-CMStorageFolder'
}
$secrets = @()
# Where the drives of the sites lead.
$providers = @{
    'CAS' = 'cas-cm01.contoso.com'
    'LON' = 'lon-cm01.contoso.com'
    'SEA' = 'sea-cm01.contoso.com'
}

$ErrorActionPreference = 'Stop'
$start = Get-Location
$done = @{}
$left = New-Object -TypeName System.Collections.ArrayList

# Goes to the drive of a site, or back to the file system for a step that is about none.
function Enter-Site {
    param([string] $Site)

    if (-not $Site) {
        Set-Location -Path $start
        return
    }
    if (-not (Get-Module -Name ConfigurationManager)) {
        Import-Module -Name (Join-Path -Path (Split-Path -Path $env:SMS_ADMIN_UI_PATH) -ChildPath 'ConfigurationManager.psd1')
    }
    if (-not (Get-PSDrive -Name $Site -PSProvider CMSite -ErrorAction SilentlyContinue)) {
        $null = New-PSDrive -Name $Site -PSProvider CMSite -Root $providers[$Site] -Scope Global
    }
    Set-Location -LiteralPath ($Site + ':')
}

# Runs a step unless what it brings is there already, or what it requires is not. A step
# without a script block to run is done by hand.
function Invoke-Step {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [string] $Id, [string] $Part, [string] $About, [string] $Site, [string[]] $Requires, [string[]] $Needs,
        [scriptblock] $Test, [scriptblock] $Run
    )

    if ($Completed -contains $Id -or $Phase -notcontains $Part) {
        $done[$Id] = $true
        return
    }
    $missing = @($Requires | Where-Object -FilterScript { $_ -and -not $done[$_] })
    if ($missing.Count -gt 0) {
        Write-Warning -Message ('{0} waits for {1}.' -f $Id, ($missing -join ', '))
        $null = $left.Add($Id)
        return
    }
    try {
        if ($Test) {
            $there = $false
            try {
                Enter-Site -Site $Site
                $there = [bool] (& $Test)
            } catch {
                if (-not $WhatIfPreference) { throw }
            }
            if ($there) {
                $done[$Id] = $true
                Write-Verbose -Message ('{0} is there.' -f $Id)
                return
            }
        }
        if (-not $Run) {
            Write-Warning -Message ('{0} is done by hand: {1}. Then start the script again with the id of the step in -Completed.' -f $Id, $About)
            if ($WhatIfPreference) { $done[$Id] = $true } else { $null = $left.Add($Id) }
            return
        }
        if (-not $PSCmdlet.ShouldProcess($Id, $About)) {
            if ($WhatIfPreference) { $done[$Id] = $true } else { $null = $left.Add($Id) }
            return
        }
        foreach ($name in @($Needs | Where-Object -FilterScript { $_ })) {
            if ($null -ne (Get-Variable -Name $name -Scope Script -ValueOnly)) { continue }
            if ($secrets -notcontains $name) { throw ('The parameter -{0} is needed: {1}.' -f $name, $inputs[$name]) }
            Set-Variable -Name $name -Scope Script -Value (Read-Host -Prompt $inputs[$name] -AsSecureString)
        }
        Enter-Site -Site $Site
        $null = & $Run
        $done[$Id] = $true
    } catch {
        Write-Error -Message ('{0}: {1}' -f $Id, $_) -ErrorAction Continue
        $null = $left.Add($Id)
    }
}

function Wait-Until {
    param([scriptblock] $Condition)

    $end = (Get-Date).AddMinutes($WaitMinutes)
    while (-not (& $Condition)) {
        if ((Get-Date) -gt $end) { throw ('This is not done after {0} minutes. Start the script again to go on waiting.' -f $WaitMinutes) }
        Start-Sleep -Seconds 30
    }
}

# The schema extension and the container are looked up in Active Directory.
function Test-DirectoryObject {
    param([string] $Path, [ValidateSet('schemaNamingContext', 'defaultNamingContext')] [string] $Context)

    $root = New-Object -TypeName System.DirectoryServices.DirectoryEntry -ArgumentList 'LDAP://RootDSE'
    [System.DirectoryServices.DirectoryEntry]::Exists('LDAP://' + $Path + ',' + $root.Properties[$Context].Value)
}

# Compares the Windows features and the local administrators of a computer with what it
# needs. With -Install what is missing is added.
function Test-Prerequisite {
    param([string] $Server, [string[]] $Feature, [string[]] $Administrator, [switch] $Install)

    if ($Feature) {
        $absent = @(Get-WindowsFeature -ComputerName $Server -Name $Feature | Where-Object -FilterScript { -not $_.Installed })
        if ($absent.Count -gt 0) {
            if (-not $Install) { return $false }
            $null = Install-WindowsFeature -ComputerName $Server -Name $absent.Name
        }
    }
    if (-not $Administrator) { return $true }
    Invoke-Command -ComputerName $Server -ArgumentList $Administrator, $Install.IsPresent -ScriptBlock {
        param([string[]] $Accounts, [bool] $Add)

        $members = @(Get-LocalGroupMember -SID 'S-1-5-32-544' | ForEach-Object -Process { $_.SID.Value })
        foreach ($account in $Accounts) {
            $sid = (New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $account).Translate([System.Security.Principal.SecurityIdentifier])
            if ($members -contains $sid.Value) { continue }
            if (-not $Add) { return $false }
            Add-LocalGroupMember -SID 'S-1-5-32-544' -Member $sid
        }
        $true
    }
}

function Test-Site {
    param([string] $Site)

    [bool] (Get-CimInstance -ComputerName $providers[$Site] -Namespace ('root\SMS\site_' + $Site) -ClassName SMS_Site -ErrorAction SilentlyContinue | Where-Object -Property SiteCode -EQ -Value $Site)
}

# Setup runs on the computer that it installs something of the site on.
function Invoke-Setup {
    param([ValidatePattern('^[A-Za-z0-9._-]+\z')] [string] $Server, [string[]] $Argument)

    if (@($env:COMPUTERNAME, [System.Net.Dns]::GetHostEntry('').HostName) -notcontains $Server) {
        throw ('Setup has to run on {0}. Start the script there, or run Setup by hand and name the step in -Completed.' -f $Server)
    }
    if (-not $SetupPath) { throw 'The parameter -SetupPath is needed: the path of setup.exe on the installation media.' }
    $process = Start-Process -FilePath $SetupPath -ArgumentList $Argument -Wait -PassThru
    if ($process.ExitCode -ne 0) { throw ('Setup ended with exit code {0}. See C:\ConfigMgrSetup.log.' -f $process.ExitCode) }
}

function Install-Site {
    param([ValidatePattern('^[A-Za-z0-9]{3}\z')] [string] $Site, [string] $Server)

    if (-not $ScriptFolder) { throw 'The parameter -ScriptFolder is needed: the local folder with the script of Setup, named like the site code with the extension .ini.' }
    $file = Join-Path -Path $ScriptFolder -ChildPath ($Site + '.ini')
    if (-not (Test-Path -LiteralPath $file)) { throw ('There is no script of Setup at {0}.' -f $file) }
    if (Select-String -LiteralPath $file -Pattern '^[^=]+=<[A-Za-z]+>\s*$' -Quiet) { throw ('Placeholders in angle brackets are left in {0}. Fill them in first.' -f $file) }
    Invoke-Setup -Server $Server -Argument '/SCRIPT', ('"' + $file + '"')
}

function Install-Provider {
    param([string] $Server, [ValidatePattern('^[A-Za-z0-9._-]+\z')] [string] $Provider)

    Invoke-Setup -Server $Server -Argument '/HIDDEN', '/SDKINST', $Provider
}

function Test-Role {
    param([string] $Site, [string] $Server, [string] $RoleName)

    [bool] (Get-CMSiteRole -SiteCode $Site -SiteSystemServerName $Server -RoleName $RoleName -DisableWildcardHandling)
}

# A role is ready when the site summarizes its status as good on every server that has it.
function Test-RoleReady {
    param([string] $Drive, [string] $Site, [string] $RoleName)

    $assigned = @(Get-CMSiteRole -SiteCode $Site -RoleName $RoleName -DisableWildcardHandling)
    $status = @(Get-CimInstance -ComputerName $providers[$Drive] -Namespace ('root\SMS\site_' + $Drive) -ClassName SMS_SiteSystemSummarizer |
        Where-Object -FilterScript { $_.SiteCode -eq $Site -and $_.Role -eq $RoleName })
    $assigned.Count -gt 0 -and $status.Count -ge $assigned.Count -and @($status | Where-Object -Property Status -NE -Value 0).Count -eq 0
}

# A secondary site is there when it is active and its replication link is up.
function Test-SecondarySite {
    param([string] $Parent, [string] $Site)

    $ends = @{ Site1 = $Parent; Site2 = $Site }
    (Get-CMSite -SiteCode $Site).Status -eq 1 -and (Get-CMDatabaseReplicationStatus @ends).LinkStatus -eq 2
}

function Test-ContentLibrary {
    param([string] $Site, [string] $Location)

    $state = Get-CMSite -SiteCode $Site
    "$($state.ContentLibraryLocation)".TrimEnd('\') -eq $Location.TrimEnd('\') -and $state.ContentLibraryMoveProgress -eq 100
}

# The last stage of the installation of a site server in passive mode.
function Test-PassiveSite {
    param([string] $Site)

    [bool] (Get-CimInstance -ComputerName $providers[$Site] -Namespace ('root\SMS\site_' + $Site) -ClassName SMS_HA_SiteServerDetailedMonitoring |
        Where-Object -FilterScript { $_.SiteCode -eq $Site -and $_.SubStageId -eq 917515 })
}

# Says what is left, for a person and, with the exit code, for what has started the script.
function Complete-Script {
    Set-Location -Path $start
    if ($left.Count -gt 0) {
        Write-Warning -Message ('{0} steps are left: {1}.' -f $left.Count, ($left -join ', '))
        exit 1
    }
}

# prerequisites
Invoke-Step -Id 'CAS/cas-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() } -Run { Test-Prerequisite -Server 'cas-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() -Install }
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-rsp01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-rsp01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-scp01.contoso.com' -Feature @('NET-Framework-45-Core', 'NET-Framework-Core', 'Windows-Defender') -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-scp01.contoso.com' -Feature @('NET-Framework-45-Core', 'NET-Framework-Core', 'Windows-Defender') -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/cas-sql01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/database' -Part 'prerequisites' -About 'Install SQL Server with a static port and the collation that the product supports' -Site '' -Requires @('CAS/cas-sql01.contoso.com/prepare_server') -Needs @()
Invoke-Step -Id 'EDI/edi-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'edi-cm01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'FS-FileServer', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Server', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'edi-cm01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'FS-FileServer', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Server', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() } -Run { Test-Prerequisite -Server 'lon-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() -Install }
Invoke-Step -Id 'LON/lon-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-mp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-mp02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-sql01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/database' -Part 'prerequisites' -About 'Install SQL Server with a static port and the collation that the product supports' -Site '' -Requires @('LON/lon-sql01.contoso.com/prepare_server') -Needs @()
Invoke-Step -Id 'LON/lon-sup01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/par-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'par-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'par-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'SEA/por-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'por-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'por-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-cm02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-cm02.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM01$') } -Run { Test-Prerequisite -Server 'sea-cm02.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM01$') -Install }
Invoke-Step -Id 'SEA/sea-cmg01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-cmg01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-cmg01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-dp01.contoso.com' -Feature @('FS-FileServer', 'NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'NET-HTTP-Activation', 'NET-WCF-HTTP-Activation45', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Asp-Net', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext', 'Web-Net-Ext45', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-dp01.contoso.com' -Feature @('FS-FileServer', 'NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'NET-HTTP-Activation', 'NET-WCF-HTTP-Activation45', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Asp-Net', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext', 'Web-Net-Ext45', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-dp02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-dp02.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-dp02.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-fsp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-fsp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-fsp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-prv01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-prv01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-prv01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-sql01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-sql02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-sql02.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-sql02.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/database' -Part 'prerequisites' -About 'Install SQL Server with a static port and the collation that the product supports' -Site '' -Requires @('SEA/sea-sql01.contoso.com/prepare_server', 'SEA/sea-sql02.contoso.com/prepare_server') -Needs @()
Invoke-Step -Id 'SEA/availability_group' -Part 'prerequisites' -About 'Create the availability group and its listener' -Site '' -Requires @('SEA/database') -Needs @()
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'active_directory_schema' -Part 'prerequisites' -About 'Extend the Active Directory schema' -Site '' -Requires @() -Needs @() -Test { Test-DirectoryObject -Path 'CN=MS-SMS-Site' -Context 'schemaNamingContext' }
Invoke-Step -Id 'CAS/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -Requires @('active_directory_schema') -Needs @()
Invoke-Step -Id 'EDI/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -Requires @('active_directory_schema') -Needs @()
Invoke-Step -Id 'LON/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -Requires @('active_directory_schema') -Needs @()
Invoke-Step -Id 'SEA/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -Requires @('active_directory_schema') -Needs @()

# sites
Invoke-Step -Id 'CAS/setup' -Part 'sites' -About 'Run Setup on the site server with the script for the site' -Site '' -Requires @('CAS/active_directory', 'CAS/cas-cm01.contoso.com/prepare_server', 'CAS/database') -Needs @() -Test { Test-Site -Site 'CAS' } -Run { Install-Site -Site 'CAS' -Server 'cas-cm01.contoso.com' }
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/site_system' -Part 'sites' -About 'Make the computer a site system server of the site' -Site 'CAS' -Requires @('CAS/cas-scp01.contoso.com/prepare_server', 'CAS/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'CAS' -SiteSystemServerName 'cas-scp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'cas-scp01.contoso.com' -SiteCode 'CAS' -UseSiteServerAccount:$true }
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/service_connection_point' -Part 'sites' -About 'Add the role' -Site 'CAS' -Requires @('CAS/cas-scp01.contoso.com/site_system', 'CAS/setup') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-scp01.contoso.com' -RoleName 'SMS Dmp Connector' } -Run { Add-CMServiceConnectionPoint -SiteSystemServerName 'cas-scp01.contoso.com' -SiteCode 'CAS' -Mode 'Online' }
Invoke-Step -Id 'CAS/service_connection_point_ready' -Part 'sites' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -Requires @('CAS/cas-scp01.contoso.com/service_connection_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Dmp Connector' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Dmp Connector' } }
Invoke-Step -Id 'CAS/update_site' -Part 'sites' -About 'Update the site in the console to its version' -Site 'CAS' -Requires @('CAS/service_connection_point_ready', 'CAS/setup') -Needs @()
Invoke-Step -Id 'LON/setup' -Part 'sites' -About 'Run Setup on the site server with the script for the site' -Site '' -Requires @('CAS/update_site', 'LON/active_directory', 'LON/database', 'LON/lon-cm01.contoso.com/prepare_server') -Needs @() -Test { Test-Site -Site 'LON' } -Run { Install-Site -Site 'LON' -Server 'lon-cm01.contoso.com' }
Invoke-Step -Id 'SEA/setup' -Part 'sites' -About 'Run Setup on the site server with the script for the site' -Site '' -Requires @('CAS/update_site', 'SEA/active_directory', 'SEA/availability_group', 'SEA/sea-cm01.contoso.com/prepare_server') -Needs @() -Test { Test-Site -Site 'SEA' } -Run { Install-Site -Site 'SEA' -Server 'sea-cm01.contoso.com' }

# roles
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/prepare_server', 'CAS/update_site') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'CAS' -SiteSystemServerName 'cas-rsp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'cas-rsp01.contoso.com' -SiteCode 'CAS' -UseSiteServerAccount:$true }
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'CAS' -Requires @('CAS/cas-sup01.contoso.com/prepare_server', 'CAS/update_site') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'CAS' -SiteSystemServerName 'cas-sup01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'cas-sup01.contoso.com' -SiteCode 'CAS' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -Requires @('LON/lon-dp01.contoso.com/prepare_server', 'LON/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-dp01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'LON' -Requires @('LON/lon-dp01.contoso.com/site_system', 'LON/setup') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'LON' -Server 'lon-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'lon-dp01.contoso.com' -SiteCode 'LON' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$true -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -Requires @('LON/lon-dp01.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' } }
Invoke-Step -Id 'LON/lon-mp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -Requires @('LON/lon-mp01.contoso.com/prepare_server', 'LON/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-mp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-mp01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-mp01.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'LON' -Requires @('LON/distribution_point_ready', 'LON/lon-mp01.contoso.com/site_system', 'LON/setup') -Needs @() -Test { Test-Role -Site 'LON' -Server 'lon-mp01.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'lon-mp01.contoso.com' -SiteCode 'LON' -EnableSsl:$true -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/lon-mp02.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -Requires @('LON/lon-mp02.contoso.com/prepare_server', 'LON/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-mp02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-mp02.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-mp02.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'LON' -Requires @('LON/distribution_point_ready', 'LON/lon-mp02.contoso.com/site_system', 'LON/setup') -Needs @() -Test { Test-Role -Site 'LON' -Server 'lon-mp02.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'lon-mp02.contoso.com' -SiteCode 'LON' -EnableSsl:$true -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/lon-sup01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -Requires @('LON/lon-sup01.contoso.com/prepare_server', 'LON/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-sup01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-sup01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/management_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -Requires @('LON/lon-mp01.contoso.com/management_point', 'LON/lon-mp02.contoso.com/management_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Management Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Management Point' } }
Invoke-Step -Id 'LON/par-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -Requires @('LON/par-dp01.contoso.com/prepare_server', 'LON/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'par-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'par-dp01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/par-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'LON' -Requires @('LON/lon-dp01.contoso.com/distribution_point', 'LON/management_point_ready', 'LON/par-dp01.contoso.com/site_system', 'LON/setup') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'LON' -Server 'par-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'par-dp01.contoso.com' -SiteCode 'LON' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$true -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' -EnablePullDP:$true -SourceDistributionPoint @('lon-dp01.contoso.com') }
Invoke-Step -Id 'LON/pull_distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -Requires @('LON/par-dp01.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' } }
Invoke-Step -Id 'SEA/por-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/por-dp01.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'por-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'por-dp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-cmg01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/sea-cmg01.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-cmg01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-cmg01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/sea-dp01.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-dp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -Requires @('SEA/sea-dp01.contoso.com/site_system', 'SEA/setup') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'SEA' -Server 'sea-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'sea-dp01.contoso.com' -SiteCode 'SEA' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$false -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' -EnablePxe:$true -AllowPxeResponse:$true -EnableNonWdsPxe:$true }
Invoke-Step -Id 'SEA/sea-dp02.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/sea-dp02.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-dp02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-dp02.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-dp02.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -Requires @('SEA/sea-dp02.contoso.com/site_system', 'SEA/setup') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'SEA' -Server 'sea-dp02.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'sea-dp02.contoso.com' -SiteCode 'SEA' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$false -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -Requires @('SEA/sea-dp01.contoso.com/distribution_point', 'SEA/sea-dp02.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' } }
Invoke-Step -Id 'SEA/sea-fsp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/sea-fsp01.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-fsp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-fsp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/sea-mp01.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-mp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-mp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -Requires @('SEA/distribution_point_ready', 'SEA/sea-mp01.contoso.com/site_system', 'SEA/setup') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-mp01.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'sea-mp01.contoso.com' -SiteCode 'SEA' -EnableSsl:$false -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/sea-mp02.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-mp02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-mp02.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -Requires @('SEA/distribution_point_ready', 'SEA/sea-mp02.contoso.com/site_system', 'SEA/setup') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-mp02.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'sea-mp02.contoso.com' -SiteCode 'SEA' -EnableSsl:$false -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/management_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -Requires @('SEA/sea-mp01.contoso.com/management_point', 'SEA/sea-mp02.contoso.com/management_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Management Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Management Point' } }
Invoke-Step -Id 'SEA/por-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -Requires @('SEA/management_point_ready', 'SEA/por-dp01.contoso.com/site_system', 'SEA/sea-dp01.contoso.com/distribution_point', 'SEA/sea-dp02.contoso.com/distribution_point', 'SEA/setup') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'SEA' -Server 'por-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'por-dp01.contoso.com' -SiteCode 'SEA' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$false -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' -EnablePullDP:$true -SourceDistributionPoint @('sea-dp01.contoso.com', 'sea-dp02.contoso.com') -SourceDPRank @(1, 2) }
Invoke-Step -Id 'SEA/pull_distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -Requires @('SEA/por-dp01.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' } }
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/sea-sup01.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-sup01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-sup01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }

# secondary sites
Invoke-Step -Id 'EDI/setup' -Part 'secondary_sites' -About 'Install the secondary site from its parent' -Site 'LON' -Requires @('EDI/active_directory', 'EDI/edi-cm01.contoso.com/prepare_server', 'LON/management_point_ready', 'LON/setup') -Needs @('DistributionPointCertificateExpiration') -Test { [bool] (Get-CMSite -SiteCode 'EDI') } -Run { New-CMSecondarySite -SecondarySiteCode 'EDI' -PrimarySiteCode 'LON' -ServerName 'edi-cm01.contoso.com' -SiteName 'Contoso Edinburgh' -InstallationFolder 'D:\ConfigMgr' -InstallationSourceFile (New-CMInstallationSourceFile -CopyFromParentSiteServer:$true) -SqlServerSetting (New-CMSqlServerSetting -CopySqlServerExpressOnSecondarySite:$true -SqlServerServicePort 1433 -SqlServerServiceBrokerPort 4022) -Https:$true -CreateSelfSignedCertificate:$true -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -MinFreeSpaceMB 500 }
Invoke-Step -Id 'EDI/site_ready' -Part 'secondary_sites' -About 'Wait until the site is active and the replication link to its parent is up' -Site 'LON' -Requires @('EDI/setup') -Needs @() -Test { Test-SecondarySite -Parent 'LON' -Site 'EDI' } -Run { Wait-Until -Condition { Test-SecondarySite -Parent 'LON' -Site 'EDI' } }
Invoke-Step -Id 'EDI/edi-cm01.contoso.com/distribution_point' -Part 'secondary_sites' -About 'Give the role, which came with the site, its settings' -Site 'LON' -Requires @('EDI/site_ready') -Needs @() -Run { Set-CMDistributionPoint -SiteSystemServerName 'edi-cm01.contoso.com' -SiteCode 'EDI' -ClientConnectionType 'Intranet' }

# software updates
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/wsus' -Part 'software_updates' -About 'Complete the installation of WSUS' -Site 'CAS' -Requires @('CAS/cas-sup01.contoso.com/prepare_server') -Needs @()
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/software_update_point' -Part 'software_updates' -About 'Add the role' -Site 'CAS' -Requires @('CAS/cas-sup01.contoso.com/site_system', 'CAS/cas-sup01.contoso.com/wsus', 'CAS/update_site') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-sup01.contoso.com' -RoleName 'SMS Software Update Point' } -Run { Add-CMSoftwareUpdatePoint -SiteSystemServerName 'cas-sup01.contoso.com' -SiteCode 'CAS' -WsusSsl:$true -WsusIisPort 8530 -WsusIisSslPort 8531 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'CAS/software_update_point_ready' -Part 'software_updates' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -Requires @('CAS/cas-sup01.contoso.com/software_update_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Software Update Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Software Update Point' } }
Invoke-Step -Id 'CAS/software_update_point_component' -Part 'software_updates' -About 'Say what software updates are synchronized with' -Site 'CAS' -Requires @('CAS/software_update_point_ready') -Needs @() -Run { Set-CMSoftwareUpdatePointComponent -SiteCode 'CAS' -SynchronizeAction 'SynchronizeFromMicrosoftUpdate' }
Invoke-Step -Id 'LON/lon-sup01.contoso.com/wsus' -Part 'software_updates' -About 'Complete the installation of WSUS' -Site 'LON' -Requires @('LON/lon-sup01.contoso.com/prepare_server') -Needs @()
Invoke-Step -Id 'LON/lon-sup01.contoso.com/software_update_point' -Part 'software_updates' -About 'Add the role' -Site 'LON' -Requires @('CAS/software_update_point_ready', 'LON/lon-sup01.contoso.com/site_system', 'LON/lon-sup01.contoso.com/wsus', 'LON/setup') -Needs @() -Test { Test-Role -Site 'LON' -Server 'lon-sup01.contoso.com' -RoleName 'SMS Software Update Point' } -Run { Add-CMSoftwareUpdatePoint -SiteSystemServerName 'lon-sup01.contoso.com' -SiteCode 'LON' -WsusSsl:$true -WsusIisPort 8530 -WsusIisSslPort 8531 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/software_update_point_ready' -Part 'software_updates' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -Requires @('LON/lon-sup01.contoso.com/software_update_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Software Update Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Software Update Point' } }
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/wsus' -Part 'software_updates' -About 'Complete the installation of WSUS' -Site 'SEA' -Requires @('SEA/sea-sup01.contoso.com/prepare_server') -Needs @()
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/software_update_point' -Part 'software_updates' -About 'Add the role' -Site 'SEA' -Requires @('CAS/software_update_point_ready', 'SEA/sea-sup01.contoso.com/site_system', 'SEA/sea-sup01.contoso.com/wsus', 'SEA/setup') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-sup01.contoso.com' -RoleName 'SMS Software Update Point' } -Run { Add-CMSoftwareUpdatePoint -SiteSystemServerName 'sea-sup01.contoso.com' -SiteCode 'SEA' -WsusSsl:$true -WsusIisPort 8530 -WsusIisSslPort 8531 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/software_update_point_ready' -Part 'software_updates' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -Requires @('SEA/sea-sup01.contoso.com/software_update_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Software Update Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Software Update Point' } }

# reporting
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/report_server' -Part 'reporting' -About 'Install and configure the report server' -Site 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/prepare_server') -Needs @()
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/reporting_services_point' -Part 'reporting' -About 'Add the role' -Site 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/report_server', 'CAS/cas-rsp01.contoso.com/site_system', 'CAS/update_site') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-rsp01.contoso.com' -RoleName 'SMS SRS Reporting Point' } -Run { Add-CMReportingServicePoint -SiteSystemServerName 'cas-rsp01.contoso.com' -SiteCode 'CAS' -UserName 'contoso.com\svc-reports' -ReportServerInstance 'SSRS' -FolderName 'ConfigMgr_CAS' }
Invoke-Step -Id 'CAS/reporting_services_point_ready' -Part 'reporting' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/reporting_services_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS SRS Reporting Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS SRS Reporting Point' } }
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/data_warehouse_service_point' -Part 'reporting' -About 'Add the role' -Site 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/reporting_services_point', 'CAS/cas-rsp01.contoso.com/site_system', 'CAS/reporting_services_point_ready', 'CAS/update_site') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-rsp01.contoso.com' -RoleName 'Data Warehouse Service Point' } -Run { Add-CMDataWarehouseServicePoint -SiteSystemServerName 'cas-rsp01.contoso.com' -SiteCode 'CAS' -UserName 'contoso.com\svc-warehouse' -DataWarehouseDatabaseServerName 'cas-rsp01.contoso.com' }
Invoke-Step -Id 'CAS/data_warehouse_service_point_ready' -Part 'reporting' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/data_warehouse_service_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'Data Warehouse Service Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'Data Warehouse Service Point' } }

# further roles
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/endpoint_protection_point' -Part 'further_roles' -About 'Add the role' -Site 'CAS' -Requires @('CAS/cas-scp01.contoso.com/site_system', 'CAS/update_site') -Needs @('EndpointProtectionService', 'EndpointProtectionLicenseAgreed') -Test { Test-Role -Site 'CAS' -Server 'cas-scp01.contoso.com' -RoleName 'SMS Endpoint Protection Point' } -Run { Add-CMEndpointProtectionPoint -SiteSystemServerName 'cas-scp01.contoso.com' -SiteCode 'CAS' -ProtectionService $EndpointProtectionService -LicenseAgreed $EndpointProtectionLicenseAgreed }
Invoke-Step -Id 'CAS/endpoint_protection_point_ready' -Part 'further_roles' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -Requires @('CAS/cas-scp01.contoso.com/endpoint_protection_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Endpoint Protection Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Endpoint Protection Point' } }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/state_migration_point' -Part 'further_roles' -About 'Add the role' -Site 'SEA' -Requires @('SEA/sea-dp01.contoso.com/site_system', 'SEA/setup') -Needs @('StateMigrationPointFolders') -Test { Test-Role -Site 'SEA' -Server 'sea-dp01.contoso.com' -RoleName 'SMS State Migration Point' } -Run { Add-CMStateMigrationPoint -SiteSystemServerName 'sea-dp01.contoso.com' -SiteCode 'SEA' -StorageFolder $StateMigrationPointFolders }
Invoke-Step -Id 'SEA/sea-fsp01.contoso.com/fallback_status_point' -Part 'further_roles' -About 'Add the role' -Site 'SEA' -Requires @('SEA/sea-fsp01.contoso.com/site_system', 'SEA/setup') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-fsp01.contoso.com' -RoleName 'SMS Fallback Status Point' } -Run { Add-CMFallbackStatusPoint -SiteSystemServerName 'sea-fsp01.contoso.com' -SiteCode 'SEA' }
Invoke-Step -Id 'SEA/fallback_status_point_ready' -Part 'further_roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -Requires @('SEA/sea-fsp01.contoso.com/fallback_status_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Fallback Status Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Fallback Status Point' } }
Invoke-Step -Id 'SEA/state_migration_point_ready' -Part 'further_roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -Requires @('SEA/sea-dp01.contoso.com/state_migration_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS State Migration Point' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS State Migration Point' } }

# cloud
Invoke-Step -Id 'cloud_management_gateway/contosocmg' -Part 'cloud' -About 'Create the cloud management gateway' -Site 'CAS' -Requires @('CAS/service_connection_point_ready', 'CAS/update_site') -Needs @()
Invoke-Step -Id 'SEA/sea-cmg01.contoso.com/cloud_management_gateway_connection_point' -Part 'cloud' -About 'Add the role' -Site 'SEA' -Requires @('CAS/service_connection_point_ready', 'SEA/sea-cmg01.contoso.com/site_system', 'SEA/setup', 'cloud_management_gateway/contosocmg') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-cmg01.contoso.com' -RoleName 'SMS Cloud Proxy Connector' } -Run { Add-CMCloudManagementGatewayConnectionPoint -SiteSystemServerName 'sea-cmg01.contoso.com' -SiteCode 'SEA' -CloudManagementGatewayName 'contosocmg' }
Invoke-Step -Id 'SEA/cloud_management_gateway_connection_point_ready' -Part 'cloud' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -Requires @('SEA/sea-cmg01.contoso.com/cloud_management_gateway_connection_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Cloud Proxy Connector' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Cloud Proxy Connector' } }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/management_point/enable_cmg_traffic' -Part 'cloud' -About 'Let the role accept the traffic of the cloud management gateway' -Site 'SEA' -Requires @('SEA/cloud_management_gateway_connection_point_ready', 'SEA/sea-mp01.contoso.com/management_point', 'SEA/setup') -Needs @() -Run { Set-CMManagementPoint -SiteSystemServerName 'sea-mp01.contoso.com' -SiteCode 'SEA' -EnableCloudGateway:$true }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/management_point/enable_cmg_traffic' -Part 'cloud' -About 'Let the role accept the traffic of the cloud management gateway' -Site 'SEA' -Requires @('SEA/cloud_management_gateway_connection_point_ready', 'SEA/sea-mp02.contoso.com/management_point', 'SEA/setup') -Needs @() -Run { Set-CMManagementPoint -SiteSystemServerName 'sea-mp02.contoso.com' -SiteCode 'SEA' -EnableCloudGateway:$true }

# sms providers
Invoke-Step -Id 'SEA/sea-prv01.contoso.com/sms_provider' -Part 'sms_providers' -About 'Add the SMS Provider with Setup: setup.exe /SDKINST and the name of the server' -Site 'SEA' -Requires @('SEA/sea-prv01.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-prv01.contoso.com' -RoleName 'SMS Provider' } -Run { Install-Provider -Server 'sea-cm01.contoso.com' -Provider 'sea-prv01.contoso.com' }

# high availability
Invoke-Step -Id 'SEA/content_library_share' -Part 'high_availability' -About 'Create the share of the content library and give the computer accounts of both site servers full control of it' -Site 'SEA' -Requires @('SEA/sea-cm02.contoso.com/prepare_server', 'SEA/setup') -Needs @()
Invoke-Step -Id 'SEA/content_library' -Part 'high_availability' -About 'Move the content library, and wait until it is there' -Site 'SEA' -Requires @('SEA/content_library_share') -Needs @() -Test { Test-ContentLibrary -Site 'SEA' -Location '\\sea-fs01.contoso.com\ContentLibrary' } -Run { Move-CMContentLibrary -NewLocation '\\sea-fs01.contoso.com\ContentLibrary' -SiteCode 'SEA'; Wait-Until -Condition { Test-ContentLibrary -Site 'SEA' -Location '\\sea-fs01.contoso.com\ContentLibrary' } }
Invoke-Step -Id 'SEA/sea-cm02.contoso.com/site_system' -Part 'high_availability' -About 'Make the computer a site system server of the site' -Site 'SEA' -Requires @('SEA/content_library', 'SEA/sea-cm02.contoso.com/prepare_server', 'SEA/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-cm02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-cm02.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/passive_site_server' -Part 'high_availability' -About 'Add the site server in passive mode' -Site 'SEA' -Requires @('SEA/content_library', 'SEA/sea-cm02.contoso.com/prepare_server', 'SEA/sea-cm02.contoso.com/site_system', 'SEA/setup') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-cm02.contoso.com' -RoleName 'SMS Site Server' } -Run { Add-CMPassiveSite -SiteCode 'SEA' -SiteSystemServerName 'sea-cm02.contoso.com' -InstallDirectory 'D:\ConfigMgr' -SourceFilePathOption 'CopySourceFileFromActiveSite' }
Invoke-Step -Id 'SEA/passive_site_server_ready' -Part 'high_availability' -About 'Wait until the site server in passive mode is installed' -Site 'SEA' -Requires @('SEA/passive_site_server') -Needs @() -Test { Test-PassiveSite -Site 'SEA' } -Run { Wait-Until -Condition { Test-PassiveSite -Site 'SEA' } }

# clients
Invoke-Step -Id 'CAS/boundary_groups' -Part 'clients' -About 'Put the site systems into the boundary groups' -Site 'CAS' -Requires @('CAS/software_update_point_ready', 'CAS/update_site') -Needs @()
Invoke-Step -Id 'LON/boundary_groups' -Part 'clients' -About 'Put the site systems into the boundary groups' -Site 'LON' -Requires @('LON/distribution_point_ready', 'LON/management_point_ready', 'LON/pull_distribution_point_ready', 'LON/setup', 'LON/software_update_point_ready') -Needs @()
Invoke-Step -Id 'LON/client_communication' -Part 'clients' -About 'Set how clients talk to the site' -Site 'LON' -Requires @('LON/distribution_point_ready', 'LON/management_point_ready', 'LON/pull_distribution_point_ready', 'LON/setup', 'LON/software_update_point_ready') -Needs @() -Run { Set-CMSite -SiteCode 'LON' -ClientComputerCommunicationType 'HttpsOnly' -UseSmsGeneratedCert:$false }
Invoke-Step -Id 'LON/clients' -Part 'clients' -About 'Install the clients' -Site 'LON' -Requires @('LON/boundary_groups', 'LON/client_communication', 'LON/distribution_point_ready', 'LON/management_point_ready', 'LON/pull_distribution_point_ready', 'LON/setup', 'LON/software_update_point_ready') -Needs @()
Invoke-Step -Id 'SEA/boundary_groups' -Part 'clients' -About 'Put the site systems into the boundary groups' -Site 'SEA' -Requires @('SEA/distribution_point_ready', 'SEA/management_point_ready', 'SEA/passive_site_server_ready', 'SEA/pull_distribution_point_ready', 'SEA/setup', 'SEA/software_update_point_ready', 'SEA/state_migration_point_ready') -Needs @()
Invoke-Step -Id 'SEA/client_communication' -Part 'clients' -About 'Set how clients talk to the site' -Site 'SEA' -Requires @('SEA/distribution_point_ready', 'SEA/management_point_ready', 'SEA/passive_site_server_ready', 'SEA/pull_distribution_point_ready', 'SEA/setup', 'SEA/software_update_point_ready', 'SEA/state_migration_point_ready') -Needs @() -Run { Set-CMSite -SiteCode 'SEA' -ClientComputerCommunicationType 'HttpsOrHttp' -UseSmsGeneratedCert:$true }
Invoke-Step -Id 'SEA/clients' -Part 'clients' -About 'Install the clients' -Site 'SEA' -Requires @('SEA/boundary_groups', 'SEA/client_communication', 'SEA/distribution_point_ready', 'SEA/management_point_ready', 'SEA/passive_site_server_ready', 'SEA/pull_distribution_point_ready', 'SEA/setup', 'SEA/software_update_point_ready', 'SEA/state_migration_point_ready') -Needs @()

Complete-Script
