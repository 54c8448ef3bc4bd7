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

# The roles that a design holds. Those that the product adds by itself are left alone.
$known = @('AI Update Service Point', 'Data Warehouse Service Point', 'SMS AMT Service Point', 'SMS Application Web Service', 'SMS Certificate Registration Point', 'SMS Cloud Proxy Connector', 'SMS Distribution Point', 'SMS Dmp Connector', 'SMS Endpoint Protection Point', 'SMS Enrollment Server', 'SMS Enrollment Web Site', 'SMS Fallback Status Point', 'SMS Management Point', 'SMS Portal Web Site', 'SMS SRS Reporting Point', 'SMS Software Update Point', 'SMS State Migration Point', 'SMS System Health Validator')

# site CAS
Test-Site -Site 'CAS' -Provider 'cas-cm01.contoso.com' -Expected @{ 'Drive' = 'CAS'; 'Name' = 'Contoso'; 'Parent' = ''; 'Server' = 'cas-cm01.contoso.com'; 'Type' = 4 } -Build 9146
Test-Roles -Site 'CAS' -Drive 'CAS' -Provider 'cas-cm01.contoso.com' -Expected @{ 'cas-rsp01.contoso.com' = @('Data Warehouse Service Point', 'SMS SRS Reporting Point'); 'cas-scp01.contoso.com' = @('SMS Dmp Connector', 'SMS Endpoint Protection Point'); 'cas-sup01.contoso.com' = @('SMS Software Update Point') }
Test-RoleSetting -Site 'CAS' -Drive 'CAS' -Provider 'cas-cm01.contoso.com' -Server 'cas-rsp01.contoso.com' -Role 'SMS SRS Reporting Point' -Expected @{ 'RootFolder' = 'ConfigMgr_CAS' }
Test-RoleSetting -Site 'CAS' -Drive 'CAS' -Provider 'cas-cm01.contoso.com' -Server 'cas-scp01.contoso.com' -Role 'SMS Dmp Connector' -Expected @{ 'OfflineMode' = 0 }
Test-RoleSetting -Site 'CAS' -Drive 'CAS' -Provider 'cas-cm01.contoso.com' -Server 'cas-sup01.contoso.com' -Role 'SMS Software Update Point' -Expected @{ 'IsINF' = 0; 'IsIntranet' = 1; 'SSLWSUS' = 1 }

# site LON
Test-Site -Site 'LON' -Provider 'lon-cm01.contoso.com' -Expected @{ 'Drive' = 'LON'; 'Name' = 'Contoso London'; 'Parent' = 'CAS'; 'Server' = 'lon-cm01.contoso.com'; 'Type' = 2 } -Build 9146
Test-SiteSetting -Site 'LON' -Provider 'lon-cm01.contoso.com' -Expected @{ 'Communication' = 'https_only'; 'Ports' = @{  } }
Test-Roles -Site 'LON' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Expected @{ 'lon-dp01.contoso.com' = @('SMS Distribution Point'); 'lon-mp01.contoso.com' = @('SMS Management Point'); 'lon-mp02.contoso.com' = @('SMS Management Point'); 'lon-sup01.contoso.com' = @('SMS Software Update Point'); 'par-dp01.contoso.com' = @('SMS Distribution Point') }
Test-RoleSetting -Site 'LON' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Server 'lon-dp01.contoso.com' -Role 'SMS Distribution Point' -Expected @{ 'IsMulticast' = 0; 'IsPXE' = 0; 'IsPullDP' = 0; 'MinFreeSpace' = 500; 'protocol' = 'https' }
Test-RoleSetting -Site 'LON' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Server 'lon-mp01.contoso.com' -Role 'SMS Management Point' -Expected @{ 'AllowProxyTraffic' = 0; 'MPInternetFacing' = 0; 'MPIntranetFacing' = 1; 'UseSiteDatabase' = 1; 'protocol' = 'https' }
Test-RoleSetting -Site 'LON' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Server 'lon-mp02.contoso.com' -Role 'SMS Management Point' -Expected @{ 'AllowProxyTraffic' = 0; 'MPInternetFacing' = 0; 'MPIntranetFacing' = 1; 'UseSiteDatabase' = 1; 'protocol' = 'https' }
Test-RoleSetting -Site 'LON' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Server 'lon-sup01.contoso.com' -Role 'SMS Software Update Point' -Expected @{ 'IsINF' = 0; 'IsIntranet' = 1; 'SSLWSUS' = 1 }
Test-RoleSetting -Site 'LON' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Server 'par-dp01.contoso.com' -Role 'SMS Distribution Point' -Expected @{ 'IsMulticast' = 0; 'IsPXE' = 0; 'IsPullDP' = 1; 'MinFreeSpace' = 500; 'protocol' = 'https' }

# site SEA
Test-Site -Site 'SEA' -Provider 'sea-cm01.contoso.com' -Expected @{ 'Drive' = 'SEA'; 'Name' = 'Contoso Seattle'; 'Parent' = 'CAS'; 'Server' = 'sea-cm01.contoso.com'; 'Type' = 2 } -Build 9146
Test-SiteSetting -Site 'SEA' -Provider 'sea-cm01.contoso.com' -Expected @{ 'Communication' = 'enhanced_http'; 'Ports' = @{  } }
Test-Roles -Site 'SEA' -Drive 'SEA' -Provider 'sea-cm01.contoso.com' -Expected @{ 'por-dp01.contoso.com' = @('SMS Distribution Point'); 'sea-cmg01.contoso.com' = @('SMS Cloud Proxy Connector'); 'sea-dp01.contoso.com' = @('SMS Distribution Point', 'SMS State Migration Point'); 'sea-dp02.contoso.com' = @('SMS Distribution Point'); 'sea-fsp01.contoso.com' = @('SMS Fallback Status Point'); 'sea-mp01.contoso.com' = @('SMS Management Point'); 'sea-mp02.contoso.com' = @('SMS Management Point'); 'sea-sup01.contoso.com' = @('SMS Software Update Point') }
Test-RoleSetting -Site 'SEA' -Drive 'SEA' -Provider 'sea-cm01.contoso.com' -Server 'por-dp01.contoso.com' -Role 'SMS Distribution Point' -Expected @{ 'IsMulticast' = 0; 'IsPXE' = 0; 'IsPullDP' = 1; 'MinFreeSpace' = 500; 'protocol' = 'http' }
Test-RoleSetting -Site 'SEA' -Drive 'SEA' -Provider 'sea-cm01.contoso.com' -Server 'sea-dp01.contoso.com' -Role 'SMS Distribution Point' -Expected @{ 'IsMulticast' = 0; 'IsPXE' = 1; 'IsPullDP' = 0; 'MinFreeSpace' = 500; 'SccmPXE' = 1; 'protocol' = 'http' }
Test-RoleSetting -Site 'SEA' -Drive 'SEA' -Provider 'sea-cm01.contoso.com' -Server 'sea-dp02.contoso.com' -Role 'SMS Distribution Point' -Expected @{ 'IsMulticast' = 0; 'IsPXE' = 0; 'IsPullDP' = 0; 'MinFreeSpace' = 500; 'protocol' = 'http' }
Test-RoleSetting -Site 'SEA' -Drive 'SEA' -Provider 'sea-cm01.contoso.com' -Server 'sea-mp01.contoso.com' -Role 'SMS Management Point' -Expected @{ 'AllowProxyTraffic' = 1; 'MPInternetFacing' = 0; 'MPIntranetFacing' = 1; 'UseSiteDatabase' = 1; 'protocol' = 'http' }
Test-RoleSetting -Site 'SEA' -Drive 'SEA' -Provider 'sea-cm01.contoso.com' -Server 'sea-mp02.contoso.com' -Role 'SMS Management Point' -Expected @{ 'AllowProxyTraffic' = 1; 'MPInternetFacing' = 0; 'MPIntranetFacing' = 1; 'UseSiteDatabase' = 1; 'protocol' = 'http' }
Test-RoleSetting -Site 'SEA' -Drive 'SEA' -Provider 'sea-cm01.contoso.com' -Server 'sea-sup01.contoso.com' -Role 'SMS Software Update Point' -Expected @{ 'IsINF' = 0; 'IsIntranet' = 1; 'SSLWSUS' = 1 }

# site EDI
Test-Site -Site 'EDI' -Provider 'lon-cm01.contoso.com' -Expected @{ 'Drive' = 'LON'; 'Name' = 'Contoso Edinburgh'; 'Parent' = 'LON'; 'Server' = 'edi-cm01.contoso.com'; 'Type' = 1 } -Build 9146
Test-Roles -Site 'EDI' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Expected @{ 'edi-cm01.contoso.com' = @('SMS Distribution Point', 'SMS Management Point') }
Test-RoleSetting -Site 'EDI' -Drive 'LON' -Provider 'lon-cm01.contoso.com' -Server 'edi-cm01.contoso.com' -Role 'SMS Distribution Point' -Expected @{ 'IsMulticast' = 0; 'IsPXE' = 0; 'IsPullDP' = 0; 'MinFreeSpace' = 500; 'protocol' = 'https' }

# computers
Test-Feature -Server 'cas-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
Test-Feature -Server 'cas-rsp01.contoso.com' -Feature @('NET-Framework-45-Core')
Test-Administrator -Server 'cas-rsp01.contoso.com' -Account @('contoso.com\CAS-CM01$')
Test-Feature -Server 'cas-scp01.contoso.com' -Feature @('NET-Framework-45-Core', 'NET-Framework-Core', 'Windows-Defender')
Test-Administrator -Server 'cas-scp01.contoso.com' -Account @('contoso.com\CAS-CM01$')
Test-Administrator -Server 'cas-sql01.contoso.com' -Account @('contoso.com\CAS-CM01$')
Test-Feature -Server 'cas-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth')
Test-Administrator -Server 'cas-sup01.contoso.com' -Account @('contoso.com\CAS-CM01$')
Test-Feature -Server 'edi-cm01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'FS-FileServer', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'RSAT-Bits-Server', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Server', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'edi-cm01.contoso.com' -Account @('contoso.com\LON-CM01$')
Test-Feature -Server 'lon-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
Test-Feature -Server 'lon-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'lon-dp01.contoso.com' -Account @('contoso.com\LON-CM01$')
Test-Feature -Server 'lon-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'lon-mp01.contoso.com' -Account @('contoso.com\LON-CM01$')
Test-Feature -Server 'lon-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'lon-mp02.contoso.com' -Account @('contoso.com\LON-CM01$')
Test-Administrator -Server 'lon-sql01.contoso.com' -Account @('contoso.com\LON-CM01$')
Test-Feature -Server 'lon-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth')
Test-Administrator -Server 'lon-sup01.contoso.com' -Account @('contoso.com\LON-CM01$')
Test-Feature -Server 'par-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'par-dp01.contoso.com' -Account @('contoso.com\LON-CM01$')
Test-Feature -Server 'por-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'por-dp01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
Test-Administrator -Server 'sea-cm01.contoso.com' -Account @('contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-cm02.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI')
Test-Administrator -Server 'sea-cm02.contoso.com' -Account @('contoso.com\SEA-CM01$')
Test-Feature -Server 'sea-cmg01.contoso.com' -Feature @('NET-Framework-45-Core')
Test-Administrator -Server 'sea-cmg01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-dp01.contoso.com' -Feature @('FS-FileServer', 'NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'NET-HTTP-Activation', 'NET-WCF-HTTP-Activation45', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Asp-Net', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext', 'Web-Net-Ext45', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'sea-dp01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-dp02.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'sea-dp02.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-fs01.contoso.com' -Feature @('FS-FileServer')
Test-Feature -Server 'sea-fsp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content')
Test-Administrator -Server 'sea-fsp01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'sea-mp01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth')
Test-Administrator -Server 'sea-mp02.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Administrator -Server 'sea-prv01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Administrator -Server 'sea-sql01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Administrator -Server 'sea-sql02.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Feature -Server 'sea-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth')
Test-Administrator -Server 'sea-sup01.contoso.com' -Account @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$')
Test-Account -Site 'CAS' -Provider 'cas-cm01.contoso.com' -Account @('contoso.com\svc-reports', 'contoso.com\svc-warehouse')

# ports
Test-Port -From '' -To 'cas-cm01.contoso.com' -Port @(135, 443, 5985)
Test-Port -From 'cas-rsp01.contoso.com' -To 'cas-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'cas-scp01.contoso.com' -To 'cas-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'cas-sup01.contoso.com' -To 'cas-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'lon-cm01.contoso.com' -To 'cas-cm01.contoso.com' -Port @(445)
Test-Port -From 'sea-cm01.contoso.com' -To 'cas-cm01.contoso.com' -Port @(445)
Test-Port -From 'sea-cm02.contoso.com' -To 'cas-cm01.contoso.com' -Port @(445)
Test-Port -From '' -To 'cas-rsp01.contoso.com' -Port @(80, 443, 5985)
Test-Port -From 'cas-cm01.contoso.com' -To 'cas-rsp01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'cas-scp01.contoso.com' -Port @(5985)
Test-Port -From 'cas-cm01.contoso.com' -To 'cas-scp01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'cas-sql01.contoso.com' -Port @(5985)
Test-Port -From 'cas-cm01.contoso.com' -To 'cas-sql01.contoso.com' -Port @(135, 445, 1433)
Test-Port -From 'cas-rsp01.contoso.com' -To 'cas-sql01.contoso.com' -Port @(1433)
Test-Port -From 'cas-scp01.contoso.com' -To 'cas-sql01.contoso.com' -Port @(1433)
Test-Port -From 'lon-sql01.contoso.com' -To 'cas-sql01.contoso.com' -Port @(1433, 4022)
Test-Port -From 'sea-sql01.contoso.com' -To 'cas-sql01.contoso.com' -Port @(1433, 4022)
Test-Port -From 'sea-sql02.contoso.com' -To 'cas-sql01.contoso.com' -Port @(1433, 4022)
Test-Port -From '' -To 'cas-sup01.contoso.com' -Port @(5985)
Test-Port -From 'cas-cm01.contoso.com' -To 'cas-sup01.contoso.com' -Port @(135, 445, 8530, 8531)
Test-Port -From 'lon-sup01.contoso.com' -To 'cas-sup01.contoso.com' -Port @(8530, 8531)
Test-Port -From 'sea-sup01.contoso.com' -To 'cas-sup01.contoso.com' -Port @(8530, 8531)
Test-Port -From '' -To 'edi-cm01.contoso.com' -Port @(5985)
Test-Port -From 'lon-cm01.contoso.com' -To 'edi-cm01.contoso.com' -Port @(445)
Test-Port -From 'lon-sql01.contoso.com' -To 'edi-cm01.contoso.com' -Port @(1433, 4022)
Test-Port -From '' -To 'lon-cm01.contoso.com' -Port @(135, 443, 5985)
Test-Port -From 'cas-cm01.contoso.com' -To 'lon-cm01.contoso.com' -Port @(445)
Test-Port -From 'edi-cm01.contoso.com' -To 'lon-cm01.contoso.com' -Port @(445)
Test-Port -From 'lon-mp01.contoso.com' -To 'lon-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'lon-mp02.contoso.com' -To 'lon-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'lon-sup01.contoso.com' -To 'lon-cm01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'lon-dp01.contoso.com' -Port @(5985)
Test-Port -From 'lon-cm01.contoso.com' -To 'lon-dp01.contoso.com' -Port @(135, 445)
Test-Port -From 'par-dp01.contoso.com' -To 'lon-dp01.contoso.com' -Port @(443, 8005)
Test-Port -From '' -To 'lon-mp01.contoso.com' -Port @(5985)
Test-Port -From 'lon-cm01.contoso.com' -To 'lon-mp01.contoso.com' -Port @(135, 445)
Test-Port -From 'lon-dp01.contoso.com' -To 'lon-mp01.contoso.com' -Port @(443)
Test-Port -From 'par-dp01.contoso.com' -To 'lon-mp01.contoso.com' -Port @(443)
Test-Port -From '' -To 'lon-mp02.contoso.com' -Port @(5985)
Test-Port -From 'lon-cm01.contoso.com' -To 'lon-mp02.contoso.com' -Port @(135, 445)
Test-Port -From 'lon-dp01.contoso.com' -To 'lon-mp02.contoso.com' -Port @(443)
Test-Port -From 'par-dp01.contoso.com' -To 'lon-mp02.contoso.com' -Port @(443)
Test-Port -From '' -To 'lon-sql01.contoso.com' -Port @(5985)
Test-Port -From 'cas-sql01.contoso.com' -To 'lon-sql01.contoso.com' -Port @(1433, 4022)
Test-Port -From 'edi-cm01.contoso.com' -To 'lon-sql01.contoso.com' -Port @(1433, 4022)
Test-Port -From 'lon-cm01.contoso.com' -To 'lon-sql01.contoso.com' -Port @(135, 445, 1433)
Test-Port -From 'lon-mp01.contoso.com' -To 'lon-sql01.contoso.com' -Port @(1433)
Test-Port -From 'lon-mp02.contoso.com' -To 'lon-sql01.contoso.com' -Port @(1433)
Test-Port -From '' -To 'lon-sup01.contoso.com' -Port @(5985)
Test-Port -From 'lon-cm01.contoso.com' -To 'lon-sup01.contoso.com' -Port @(135, 445, 8530, 8531)
Test-Port -From '' -To 'par-dp01.contoso.com' -Port @(5985)
Test-Port -From 'lon-cm01.contoso.com' -To 'par-dp01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'por-dp01.contoso.com' -Port @(5985)
Test-Port -From 'sea-cm01.contoso.com' -To 'por-dp01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'por-dp01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-cm01.contoso.com' -Port @(135, 443, 5985)
Test-Port -From 'cas-cm01.contoso.com' -To 'sea-cm01.contoso.com' -Port @(445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cmg01.contoso.com' -To 'sea-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-dp01.contoso.com' -To 'sea-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-fsp01.contoso.com' -To 'sea-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-mp01.contoso.com' -To 'sea-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-mp02.contoso.com' -To 'sea-cm01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-sup01.contoso.com' -To 'sea-cm01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-cm02.contoso.com' -Port @(135, 443, 5985)
Test-Port -From 'cas-cm01.contoso.com' -To 'sea-cm02.contoso.com' -Port @(445)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-cm02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cmg01.contoso.com' -To 'sea-cm02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-dp01.contoso.com' -To 'sea-cm02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-fsp01.contoso.com' -To 'sea-cm02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-mp01.contoso.com' -To 'sea-cm02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-mp02.contoso.com' -To 'sea-cm02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-sup01.contoso.com' -To 'sea-cm02.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-cmg01.contoso.com' -Port @(5985)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-cmg01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-cmg01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-dp01.contoso.com' -Port @(5985)
Test-Port -From 'por-dp01.contoso.com' -To 'sea-dp01.contoso.com' -Port @(80, 443, 8005)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-dp01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-dp01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-dp02.contoso.com' -Port @(5985)
Test-Port -From 'por-dp01.contoso.com' -To 'sea-dp02.contoso.com' -Port @(80, 443, 8005)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-dp02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-dp02.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-fs01.contoso.com' -Port @(5985)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-fs01.contoso.com' -Port @(445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-fs01.contoso.com' -Port @(445)
Test-Port -From '' -To 'sea-fsp01.contoso.com' -Port @(5985)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-fsp01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-fsp01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-mp01.contoso.com' -Port @(5985)
Test-Port -From 'por-dp01.contoso.com' -To 'sea-mp01.contoso.com' -Port @(80, 443)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-mp01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-mp01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cmg01.contoso.com' -To 'sea-mp01.contoso.com' -Port @(80, 443)
Test-Port -From 'sea-dp01.contoso.com' -To 'sea-mp01.contoso.com' -Port @(80, 443)
Test-Port -From 'sea-dp02.contoso.com' -To 'sea-mp01.contoso.com' -Port @(80, 443)
Test-Port -From '' -To 'sea-mp02.contoso.com' -Port @(5985)
Test-Port -From 'por-dp01.contoso.com' -To 'sea-mp02.contoso.com' -Port @(80, 443)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-mp02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-mp02.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cmg01.contoso.com' -To 'sea-mp02.contoso.com' -Port @(80, 443)
Test-Port -From 'sea-dp01.contoso.com' -To 'sea-mp02.contoso.com' -Port @(80, 443)
Test-Port -From 'sea-dp02.contoso.com' -To 'sea-mp02.contoso.com' -Port @(80, 443)
Test-Port -From '' -To 'sea-prv01.contoso.com' -Port @(135, 443, 5985)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-prv01.contoso.com' -Port @(135, 445)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-prv01.contoso.com' -Port @(135, 445)
Test-Port -From '' -To 'sea-sql01.contoso.com' -Port @(5985)
Test-Port -From 'cas-sql01.contoso.com' -To 'sea-sql01.contoso.com' -Port @(1433, 4022)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-sql01.contoso.com' -Port @(135, 445, 1433, 4022)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-sql01.contoso.com' -Port @(135, 445, 1433, 4022)
Test-Port -From 'sea-dp01.contoso.com' -To 'sea-sql01.contoso.com' -Port @(1433)
Test-Port -From 'sea-mp01.contoso.com' -To 'sea-sql01.contoso.com' -Port @(1433)
Test-Port -From 'sea-mp02.contoso.com' -To 'sea-sql01.contoso.com' -Port @(1433)
Test-Port -From 'sea-prv01.contoso.com' -To 'sea-sql01.contoso.com' -Port @(1433)
Test-Port -From 'sea-sql02.contoso.com' -To 'sea-sql01.contoso.com' -Port @(5022)
Test-Port -From '' -To 'sea-sql02.contoso.com' -Port @(5985)
Test-Port -From 'cas-sql01.contoso.com' -To 'sea-sql02.contoso.com' -Port @(1433, 4022)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-sql02.contoso.com' -Port @(135, 445, 1433, 4022)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-sql02.contoso.com' -Port @(135, 445, 1433, 4022)
Test-Port -From 'sea-dp01.contoso.com' -To 'sea-sql02.contoso.com' -Port @(1433)
Test-Port -From 'sea-mp01.contoso.com' -To 'sea-sql02.contoso.com' -Port @(1433)
Test-Port -From 'sea-mp02.contoso.com' -To 'sea-sql02.contoso.com' -Port @(1433)
Test-Port -From 'sea-prv01.contoso.com' -To 'sea-sql02.contoso.com' -Port @(1433)
Test-Port -From 'sea-sql01.contoso.com' -To 'sea-sql02.contoso.com' -Port @(5022)
Test-Port -From '' -To 'sea-sup01.contoso.com' -Port @(5985)
Test-Port -From 'sea-cm01.contoso.com' -To 'sea-sup01.contoso.com' -Port @(135, 445, 8530, 8531)
Test-Port -From 'sea-cm02.contoso.com' -To 'sea-sup01.contoso.com' -Port @(135, 445, 8530, 8531)

Complete-Verification
if ($Pester) {
    Describe -Name 'Configuration Manager' -Fixture {
        It -Name '<kind>: <subject>' -TestCases @($results | ForEach-Object -Process { @{ kind = $_.kind; subject = $_.subject; state = $_.state; found = $_.found } }) -Test {
            param($kind, $subject, $state, $found)

            $state | Should -Be 'holds' -Because ($found -join '; ')
        }
    }
}
