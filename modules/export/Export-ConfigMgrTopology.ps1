<#
.SYNOPSIS
Writes what a Configuration Manager hierarchy consists of into one JSON file.

.DESCRIPTION
Reads sites, site systems and the settings of their roles from one SMS Provider, and writes the rows with the names that
the product gives them. The provider configmgr for Terraform reads the file with its function topology_from_export.

The script only reads. It writes the properties of the list below and nothing else: no password, no certificate and no key
is in that list. What it cannot read it names under "gaps" in the file, and goes on.

The account needs the right to read sites and site systems, as the security role Read-only Analyst has it.

.PARAMETER Path
The file to write, as UTF-8 without a byte order mark. A file that exists is replaced only with -Force.

.PARAMETER ProviderServer
The computer with the SMS Provider. Defaults to this computer.

.PARAMETER SiteCode
The site of the SMS Provider. Defaults to the site that the SMS Provider names.

.PARAMETER Credential
The account to connect with. Defaults to the account that runs the script.

.PARAMETER UseDcom
Connects by DCOM, as the console does, instead of by WinRM.

.PARAMETER Force
Replaces the file if it exists.

.EXAMPLE
.\Export-ConfigMgrTopology.ps1 -ProviderServer cm01.contoso.com -Path .\contoso.json
#>
#Requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateNotNullOrEmpty()]
    [string] $Path,

    [string] $ProviderServer,

    [ValidatePattern('^[A-Za-z0-9]{3}$')]
    [string] $SiteCode,

    [System.Management.Automation.PSCredential]
    [System.Management.Automation.Credential()]
    $Credential = [System.Management.Automation.PSCredential]::Empty,

    [switch] $UseDcom,

    [switch] $Force
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Everything that is written. Props and PropLists are the names of embedded properties and lists.
$whitelist = @(
    @{
        Class      = 'SMS_Site'
        Properties = @('SiteCode', 'SiteName', 'ServerName', 'ReportingSiteCode', 'Type', 'Status', 'Version', 'BuildNumber', 'InstallDir', 'ContentLibraryLocation')
        Props      = @()
        PropLists  = @()
    }
    @{
        Class      = 'SMS_SCI_SiteDefinition'
        Properties = @('SiteCode', 'SiteName', 'SiteServerName', 'SiteServerDomain', 'ParentSiteCode', 'SiteType', 'SQLServerName', 'SQLDatabaseName')
        Props      = @('SQLServerFQDN', 'SQLServicePort', 'SSBPort', 'SQLAGPrimaryReplica', 'Install Media', 'Full Version')
        PropLists  = @()
    }
    @{
        Class      = 'SMS_SCI_SysResUse'
        Properties = @('SiteCode', 'RoleName', 'NetworkOSPath', 'NALPath', 'NALType', 'SslState', 'Type', 'SiteSystemStatus')
        Props      = @(
            'Server Remote Public Name', 'FDMOperation', 'UseMachineAccount', 'UserName', 'UseProxy', 'ProxyName', 'ProxyServerPort', 'DomainFQDN', 'ForestFQDN',
            'SQL Server Service Logon Account',
            'MPInternetFacing', 'MPIntranetFacing', 'AllowProxyTraffic', 'UseSiteDatabase', 'SQLServerName', 'DatabaseName',
            'SslState', 'IsPullDP', 'IsPXE', 'SccmPXE', 'ResponseDelay', 'IsMulticast', 'IsAnonymousEnabled', 'PreStagingAllowed', 'MinFreeSpace',
            'AllowInternetClients', 'DoincEnabled', 'AvailableContentLibDrivesList', 'AvailablePkgShareDrivesList', 'CertificateFile', 'CertificateExpirationDate',
            'StartPort', 'EndPort', 'Multicast Max Clients',
            'SSLWSUS', 'WSUSIISPort', 'WSUSIISSSLPort', 'IsINF', 'IsIntranet', 'UseProxyForADR', 'WSUSAccessAccount', 'DBServerName', 'UseParentWSUS',
            'DatabaseServerName', 'ReportServerInstance', 'RootFolder', 'OfflineMode', 'ServiceHostName'
        )
        PropLists  = @('SourceDistributionPoints', 'SourceDPRanks')
    }
    @{
        Class      = 'SMS_SCI_Component'
        Properties = @('SiteCode', 'ItemName')
        Props      = @('IISSSLState', 'IISPortsList', 'IISSSLPortsList')
        PropLists  = @()
        Where      = "ItemName = 'SMS_SITE_COMPONENT_MANAGER|SMS Site Server' OR ItemName = 'SMS_MP_CONTROL_MANAGER|SMS Management Point'"
    }
    @{
        Class      = 'SMS_SCI_ClientComp'
        Properties = @('SiteCode', 'ItemName', 'ClientComponentName')
        Props      = @()
        PropLists  = @('Network Access User Names')
        Where      = "ItemName = 'Software Distribution'"
    }
    @{
        Class      = 'SMS_SCI_Address'
        Properties = @('SiteCode', 'ItemName', 'DesSiteCode', 'UnlimitedRateForAll', 'RateLimitingSchedule')
        Props      = @()
        PropLists  = @()
    }
    @{
        Class      = 'SMS_BoundaryGroup'
        Properties = @('GroupID', 'Name')
        Props      = @()
        PropLists  = @()
    }
    @{
        Class      = 'SMS_BoundaryGroupSiteSystems'
        Properties = @('GroupID', 'ServerNALPath')
        Props      = @()
        PropLists  = @()
    }
    @{
        Class      = 'SMS_CombinedDeviceResources'
        Properties = @('Name', 'IsClient', 'SiteCode', 'DeviceOS', 'DeviceOSBuild')
        Props      = @()
        PropLists  = @()
    }
    @{
        Class      = 'SMS_AzureService'
        Properties = @('Name', 'DeploymentModel', 'AzureEnvironmentId')
        Props      = @()
        PropLists  = @()
    }
)

# Roles whose rows say nothing beyond that they are there: what is lazy about them is not fetched.
$plainRoles = @('SMS Component Server', 'SMS Provider', 'SMS Site Server', 'SMS Notification Server')

$gaps = New-Object -TypeName System.Collections.ArrayList

function Add-Gap {
    param([string] $Class, [string] $Message)

    Write-Warning -Message ('{0}: {1}' -f $Class, $Message)
    $null = $gaps.Add([ordered] @{ Class = $Class; Message = $Message })
}

# Returns the value of a property, or nothing where the class of this version lacks it.
function Get-Value {
    param($Instance, [string] $Name)

    $property = $Instance.CimInstanceProperties[$Name]
    if ($null -ne $property) { return $property.Value }
}

# Takes the listed properties of a row, and no other ones.
function ConvertTo-Row {
    param($Instance, [hashtable] $Entry)

    $row = [ordered] @{}
    foreach ($name in $Entry.Properties) {
        $property = $Instance.CimInstanceProperties[$name]
        if ($null -ne $property) { $row[$name] = $property.Value }
    }
    if ($Entry.Props.Count -gt 0) {
        $embedded = Get-Value -Instance $Instance -Name 'Props'
        if ($null -ne $embedded) {
            $row['Props'] = @(foreach ($item in $embedded) {
                if ($Entry.Props -contains $item.PropertyName) {
                    [ordered] @{ PropertyName = $item.PropertyName; Value = $item.Value; Value1 = $item.Value1; Value2 = $item.Value2 }
                }
            })
        }
    }
    if ($Entry.PropLists.Count -gt 0) {
        $embedded = Get-Value -Instance $Instance -Name 'PropLists'
        if ($null -ne $embedded) {
            $row['PropLists'] = @(foreach ($item in $embedded) {
                if ($Entry.PropLists -contains $item.PropertyListName) {
                    [ordered] @{ PropertyListName = $item.PropertyListName; Values = @($item.Values) }
                }
            })
        }
    }
    return $row
}

# Embedded properties are lazy in some versions: they come when the single row is asked for.
function Get-FullInstance {
    param($Instance, [hashtable] $Entry)

    if ($Entry.Props.Count -eq 0 -and $Entry.PropLists.Count -eq 0) { return $Instance }
    if ($null -ne (Get-Value -Instance $Instance -Name 'Props')) { return $Instance }
    if ($plainRoles -contains (Get-Value -Instance $Instance -Name 'RoleName')) { return $Instance }
    return Get-CimInstance -CimSession $session -InputObject $Instance
}

function Read-Class {
    param([hashtable] $Entry, [string] $Where)

    $arguments = @{ CimSession = $session; Namespace = $namespace; ClassName = $Entry.Class }
    if ($Where) { $arguments['Filter'] = $Where }
    if ($Entry.Props.Count -eq 0 -and $Entry.PropLists.Count -eq 0) { $arguments['Property'] = $Entry.Properties }
    try {
        $instances = @(Get-CimInstance @arguments)
    } catch {
        Add-Gap -Class $Entry.Class -Message $_.Exception.Message
        return
    }
    foreach ($instance in $instances) {
        $full = $instance
        try {
            $full = Get-FullInstance -Instance $instance -Entry $Entry
        } catch {
            Add-Gap -Class $Entry.Class -Message ('The embedded properties of a row cannot be read: {0}' -f $_.Exception.Message)
        }
        ConvertTo-Row -Instance $full -Entry $Entry
    }
}

$target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
if ((Test-Path -LiteralPath $target) -and -not $Force) {
    throw ('{0} exists. Name another file, or replace it with -Force.' -f $target)
}

$connection = @{}
if ($ProviderServer) { $connection['ComputerName'] = $ProviderServer }
if ($Credential -ne [System.Management.Automation.PSCredential]::Empty) { $connection['Credential'] = $Credential }
if ($UseDcom -or -not $ProviderServer) { $connection['SessionOption'] = New-CimSessionOption -Protocol Dcom }
$session = New-CimSession @connection
try {
    if (-not $SiteCode) {
        $local = @(Get-CimInstance -CimSession $session -Namespace 'root\SMS' -ClassName 'SMS_ProviderLocation' -Filter 'ProviderForLocalSite = TRUE')
        if ($local.Count -eq 0) { throw 'The computer has no SMS Provider. Name one with -ProviderServer.' }
        $SiteCode = $local[0].SiteCode
    }
    $namespace = 'root\SMS\site_{0}' -f $SiteCode

    $document = [ordered] @{
        Format   = 'configmgr-topology-export'
        Version  = 1
        SiteCode = $SiteCode.ToUpperInvariant()
    }
    foreach ($entry in $whitelist) {
        $where = ''
        if ($entry.ContainsKey('Where')) { $where = $entry.Where }
        if ($entry.Class -ne 'SMS_CombinedDeviceResources') {
            Write-Verbose -Message ('Reading {0}.' -f $entry.Class)
            $document[$entry.Class] = @(Read-Class -Entry $entry -Where $where)
            continue
        }
        # Of the devices, the site systems only, some at a time: a hierarchy has far more.
        $names = @($document['SMS_SCI_SysResUse'] |
                ForEach-Object -Process { ([string] $_['NetworkOSPath']).Trim('\').Split('.')[0].ToUpperInvariant() } |
                Where-Object -FilterScript { $_ -match '^[A-Z0-9_-]+$' } |
                Sort-Object -Unique)
        $document[$entry.Class] = @(for ($i = 0; $i -lt $names.Count; $i += 50) {
                $some = $names[$i..([Math]::Min($i + 49, $names.Count - 1))]
                Read-Class -Entry $entry -Where (($some | ForEach-Object -Process { "Name = '{0}'" -f $_ }) -join ' OR ')
            })
    }
    $document['gaps'] = @($gaps)
} finally {
    Remove-CimSession -CimSession $session
}

$json = ConvertTo-Json -InputObject $document -Depth 8 -Compress
[System.IO.File]::WriteAllText($target, $json, (New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false))
Write-Verbose -Message ('Wrote {0}.' -f $target)
