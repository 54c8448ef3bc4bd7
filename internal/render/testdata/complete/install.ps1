<#
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
    [ValidateSet('prerequisites', 'sites', 'high_availability', 'roles', 'secondary_sites', 'software_updates', 'reporting', 'further_roles', 'cloud', 'sms_providers', 'clients', 'removals')]
    [string[]] $Phase = @('prerequisites', 'sites', 'high_availability', 'roles', 'secondary_sites', 'software_updates', 'reporting', 'further_roles', 'cloud', 'sms_providers', 'clients', 'removals'),
    [string[]] $Completed = @(),
    [string] $ProgressPath,
    [string] $FeatureSource,
    [string] $SetupPath,
    [string] $ScriptFolder,
    [switch] $AllowRemoval,
    [int] $WaitMinutes = 120,
    $AccountPassword,
    $DistributionPointCertificateExpiration,
    $EndpointProtectionLicenseAgreed,
    $EndpointProtectionService,
    $GatewayCertificatePassword,
    $GatewayCertificatePath,
    $GatewayResourceGroup,
    $GatewayServerApplication,
    $GatewaySubscription,
    $StateMigrationPointFolders,
    $WsusContentFolder
)

# What the parameters are for that steps need.
$inputs = @{
    'AccountPassword' = 'the password of the account'
    'DistributionPointCertificateExpiration' = 'the date and time (UTC) at which the self-signed certificates of distribution points expire'
    'EndpointProtectionLicenseAgreed' = '$true, once the license terms of Endpoint Protection are accepted'
    'EndpointProtectionService' = 'the membership of the cloud protection service: DoNotJoinMaps, BasicMembership or AdvancedMembership'
    'GatewayCertificatePassword' = 'the password of the server certificate of the cloud management gateway'
    'GatewayCertificatePath' = 'the path of the server certificate of the cloud management gateway, a .pfx file'
    'GatewayResourceGroup' = 'the Azure resource group of the cloud management gateway'
    'GatewayServerApplication' = 'the client id of the server application in Microsoft Entra ID'
    'GatewaySubscription' = 'the id of the Azure subscription of the cloud management gateway'
    'StateMigrationPointFolders' = 'the folders of state migration points, from New-CMStorageFolder'
    'WsusContentFolder' = 'the local folder of the content of WSUS, such as D:\WSUS'
}
$secrets = @('AccountPassword', 'GatewayCertificatePassword')
$tables = @()
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
if (-not $ProgressPath) { $ProgressPath = Join-Path -Path $(if ($PSScriptRoot) { $PSScriptRoot } else { $start.ProviderPath }) -ChildPath 'install.progress.txt' }
$progress = @{}
if (Test-Path -LiteralPath $ProgressPath) { Get-Content -LiteralPath $ProgressPath | Where-Object -FilterScript { $_ } | ForEach-Object -Process { $progress[$_] = $true } }

# Keeps in a file that a step is done, so that a later run need not be told.
function Save-Progress {
    param([string] $Id)

    $done[$Id] = $true
    if ($progress[$Id] -or $WhatIfPreference) { return }
    $progress[$Id] = $true
    Add-Content -LiteralPath $ProgressPath -Value $Id -Encoding UTF8
}

# Goes to the drive of a site, or back to the file system for a step that is about none.
function Enter-Site {
    param([string] $Site)

    if (-not $Site) {
        Set-Location -Path $start
        return
    }
    if (-not (Get-Module -Name ConfigurationManager)) {
        # A console that was installed after this session began is known to the computer only.
        $console = @($env:SMS_ADMIN_UI_PATH, [Environment]::GetEnvironmentVariable('SMS_ADMIN_UI_PATH', 'Machine')) | Where-Object -FilterScript { $_ } | Select-Object -First 1
        if (-not $console) { throw 'The Configuration Manager console is not installed on this computer.' }
        Import-Module -Name (Join-Path -Path (Split-Path -Path $console) -ChildPath 'ConfigurationManager.psd1')
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
        [string] $Id, [string] $Part, [string] $About, [string] $Site, [string] $For, [string[]] $Requires, [string[]] $Needs,
        [switch] $Removal, [scriptblock] $Test, [scriptblock] $Run
    )

    if ($Phase -notcontains $Part) {
        $done[$Id] = $true
        return
    }
    if ($Completed -contains $Id -or $progress[$Id]) {
        Save-Progress -Id $Id
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
                Save-Progress -Id $Id
                Write-Verbose -Message ('{0} is there.' -f $Id)
                return
            }
        }
        if ($Removal -and -not $AllowRemoval -and -not $WhatIfPreference) {
            Write-Warning -Message ('{0} is not done: {1}. Start the script again with -AllowRemoval to have it done.' -f $Id, $About)
            $null = $left.Add($Id)
            return
        }
        if (-not $Run) {
            $again = if ($Test) { 'Then start the script again: it looks whether this is done.' } else { 'Then start the script again with the id of the step in -Completed.' }
            Write-Warning -Message ('{0} is done by hand: {1}. {2}' -f $Id, $About, $again)
            if ($WhatIfPreference) { $done[$Id] = $true } else { $null = $left.Add($Id) }
            return
        }
        if (-not $PSCmdlet.ShouldProcess($Id, $About)) {
            if ($WhatIfPreference) { $done[$Id] = $true } else { $null = $left.Add($Id) }
            return
        }
        foreach ($name in @($Needs | Where-Object -FilterScript { $_ })) {
            # A variable of this function, which the script block sees in place of the parameter.
            Set-Variable -Name $name -Value (Get-Input -Name $name -For $For)
        }
        Enter-Site -Site $Site
        $null = & $Run
        Save-Progress -Id $Id
    } catch {
        Write-Error -Message ('{0}: {1}' -f $Id, $_) -ErrorAction Continue
        $null = $left.Add($Id)
    }
}

# Returns the value of a parameter: of a hash table, that for the server or the account.
function Get-Input {
    param([string] $Name, [string] $For)

    $value = Get-Variable -Name $Name -Scope Script -ValueOnly
    if ($value -is [hashtable] -and $tables -notcontains $Name) { $value = $value[$For] }
    if ($null -eq $value -and $secrets -contains $Name) { $value = Read-Host -Prompt ('{0} ({1})' -f $inputs[$Name], $For) -AsSecureString }
    if ($secrets -contains $Name -and $null -ne $value -and $value -isnot [securestring]) { throw ('The parameter -{0} is a secure string: Read-Host -AsSecureString makes one.' -f $Name) }
    if ($null -eq $value) { throw ('The parameter -{0} is needed for {1}: {2}.' -f $Name, $For, $inputs[$Name]) }
    $value
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
# needs. With -Install what is missing is added. A restart that is pending is an error, so
# that nothing is built on features which are not there yet.
function Test-Prerequisite {
    param([string] $Server, [string[]] $Feature, [string[]] $Administrator, [switch] $Install)

    if ($Feature) {
        $known = @(Get-WindowsFeature -ComputerName $Server -Name $Feature)
        $unknown = @($Feature | Where-Object -FilterScript { $known.Name -notcontains $_ })
        if ($unknown.Count -gt 0) { throw ('{0} does not know the Windows features {1}. Its version of Windows Server is another one than the features are for.' -f $Server, ($unknown -join ', ')) }
        $absent = @($known | Where-Object -FilterScript { -not $_.Installed })
        if ($absent.Count -gt 0) {
            if (-not $Install) { return $false }
            $source = @{}
            if ($FeatureSource) { $source.Source = $FeatureSource } # .NET Framework 3.5 is not on the disk of a server
            $result = Install-WindowsFeature -ComputerName $Server -Name $absent.Name @source
            if (-not $result.Success) { throw ('The Windows features of {0} are not installed. For .NET Framework 3.5, name the folder sources\sxs of the installation media in -FeatureSource.' -f $Server) }
            if ("$($result.RestartNeeded)" -eq 'Yes') { throw ('{0} has to be restarted to complete its Windows features. Start the script again afterwards.' -f $Server) }
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

# Asks the SMS Provider of a site. A site that is not installed yet has no namespace of its
# own; any other failure is one.
function Get-SiteInstance {
    param([string] $Site, [string] $Query)

    try {
        Get-CimInstance -ComputerName $providers[$Site] -Namespace ('root\SMS\site_' + $Site) -Query $Query
    } catch [Microsoft.Management.Infrastructure.CimException] {
        if (@('InvalidNamespace', 'InvalidClass') -notcontains "$($_.Exception.NativeErrorCode)") { throw }
    }
}

function Test-Site {
    param([ValidatePattern('^[A-Za-z0-9]{3}\z')] [string] $Site)

    [bool] (Get-SiteInstance -Site $Site -Query ("SELECT * FROM SMS_Site WHERE SiteCode = '{0}'" -f $Site))
}

# A site runs a version when its build is that of the release or a later one.
function Test-SiteVersion {
    param([string] $Site, [int] $Build)

    (Get-CMSite -SiteCode $Site).BuildNumber -ge $Build
}

# A database server answers on its port, with the collation that the product supports.
function Test-SqlServer {
    param([string] $Server, [int] $Port)

    $connection = New-Object -TypeName System.Data.SqlClient.SqlConnection -ArgumentList ('Server=tcp:{0},{1};Integrated Security=true;Connect Timeout=15' -f $Server, $Port)
    try {
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = "SELECT CAST(SERVERPROPERTY('Collation') AS nvarchar(128))"
        $collation = $command.ExecuteScalar()
    } catch {
        Write-Verbose -Message ('{0}:{1}: {2}' -f $Server, $Port, $_)
        return $false
    } finally {
        $connection.Dispose()
    }
    if ($collation -ne 'SQL_Latin1_General_CP1_CI_AS') { throw ('The SQL Server of {0} has the collation {1}. The product supports SQL_Latin1_General_CP1_CI_AS.' -f $Server, $collation) }
    $true
}

# WSUS is complete when its setup has recorded where its content is.
function Test-Wsus {
    param([string] $Server)

    Invoke-Command -ComputerName $Server -ScriptBlock {
        $setup = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup' -ErrorAction SilentlyContinue
        [bool] ($setup -and $setup.ContentDir)
    }
}

# Completes WSUS, with its database in SQL Server where the design names one.
function Install-Wsus {
    param([string] $Server, [string] $ContentFolder, [string] $Database)

    $code = Invoke-Command -ComputerName $Server -ArgumentList $ContentFolder, $Database -ScriptBlock {
        param([string] $Folder, [string] $Instance)

        $arguments = @('postinstall', ('CONTENT_DIR="{0}"' -f $Folder))
        if ($Instance) { $arguments += ('SQL_INSTANCE_NAME="{0}"' -f $Instance) }
        (Start-Process -FilePath (Join-Path -Path $env:ProgramFiles -ChildPath 'Update Services\Tools\wsusutil.exe') -ArgumentList $arguments -Wait -PassThru).ExitCode
    }
    if ($code -ne 0) { throw ('The completion of WSUS on {0} ended with exit code {1}. See the log in the folder Temp of the user on that computer.' -f $Server, $code) }
}

# A report server is there when it says that it is initialized.
function Test-ReportServer {
    param([string] $Server)

    $parts = @(Get-CimInstance -ComputerName $Server -Namespace 'root\Microsoft\SqlServer\ReportServer' -ClassName '__NAMESPACE' -ErrorAction SilentlyContinue)
    foreach ($part in $parts) {
        $versions = @(Get-CimInstance -ComputerName $Server -Namespace ('root\Microsoft\SqlServer\ReportServer\' + $part.Name) -ClassName '__NAMESPACE' -ErrorAction SilentlyContinue)
        foreach ($version in $versions) {
            $space = 'root\Microsoft\SqlServer\ReportServer\{0}\{1}\Admin' -f $part.Name, $version.Name
            if (@(Get-CimInstance -ComputerName $Server -Namespace $space -ClassName 'MSReportServer_ConfigurationSetting' | Where-Object -Property IsInitialized -EQ -Value $true).Count -gt 0) { return $true }
        }
    }
    $false
}

# Puts site systems into a boundary group, which is made when it is not there.
function Add-ToBoundaryGroup {
    param([string] $Name, [string[]] $AddSiteSystemServerName)

    if (Get-CMBoundaryGroup -Name $Name -DisableWildcardHandling) {
        Set-CMBoundaryGroup -Name $Name -AddSiteSystemServerName $AddSiteSystemServerName -DisableWildcardHandling
    } else {
        $null = New-CMBoundaryGroup -Name $Name -AddSiteSystemServerName $AddSiteSystemServerName
    }
}

# Setup runs on the computer that it installs something of the site on.
function Invoke-Setup {
    param([ValidatePattern('^[A-Za-z0-9._-]+\z')] [string] $Server, [string] $Path = $SetupPath, [string[]] $Argument)

    if (@($env:COMPUTERNAME, [System.Net.Dns]::GetHostEntry('').HostName) -notcontains $Server) {
        throw ('Setup has to run on {0}. Start the script there, or run Setup by hand and name the step in -Completed.' -f $Server)
    }
    if (-not $Path) { throw 'The parameter -SetupPath is needed: the path of setup.exe on the installation media.' }
    $process = Start-Process -FilePath $Path -ArgumentList $Argument -Wait -PassThru
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

# Removes an SMS Provider with the Setup of the site itself.
function Remove-Provider {
    param([string] $Site, [string] $Server, [ValidatePattern('^[A-Za-z0-9._-]+\z')] [string] $Provider)

    $folder = (Get-CMSite -SiteCode $Site).InstallDir
    Invoke-Setup -Server $Server -Path (Join-Path -Path $folder -ChildPath 'bin\x64\setup.exe') -Argument '/SDKDEINST', $Provider
}

# Adds an SMS Provider with the Setup of the site itself, which is on its site server.
function Install-Provider {
    param([string] $Site, [string] $Server, [ValidatePattern('^[A-Za-z0-9._-]+\z')] [string] $Provider)

    $folder = (Get-CMSite -SiteCode $Site).InstallDir
    Invoke-Setup -Server $Server -Path (Join-Path -Path $folder -ChildPath 'bin\x64\setup.exe') -Argument '/SDKINST', $Provider
}

function Test-Role {
    param([string] $Site, [string] $Server, [string] $RoleName)

    [bool] (Get-CMSiteRole -SiteCode $Site -SiteSystemServerName $Server -RoleName $RoleName -DisableWildcardHandling)
}

# A role is ready when every server that has it reports the component of the role as
# installed: with the message of the site component manager (1015; a failure is 1016), of
# the distribution manager for a distribution point (2399), or because it runs by now.
function Test-RoleReady {
    param([string] $Drive, [string] $Site, [string] $RoleName, [string] $Component)

    $assigned = @(Get-CMSiteRole -SiteCode $Site -RoleName $RoleName -DisableWildcardHandling | ForEach-Object -Process { "$($_.NetworkOSPath)".TrimStart('\') })
    if ($assigned.Count -eq 0) { return $false }
    foreach ($server in $assigned) {
        if ($RoleName -eq 'SMS Distribution Point') {
            $there = @(Get-SiteInstance -Site $Drive -Query ("SELECT s.RecordID FROM SMS_StatusMessage AS s JOIN SMS_StatMsgInsStrings AS i ON s.RecordID = i.RecordID WHERE s.MessageID = 2399 AND i.InsStrValue LIKE '%{0}%'" -f $server)).Count -gt 0
        } else {
            $message = Get-SiteInstance -Site $Drive -Query ("SELECT * FROM SMS_StatusMessage WHERE Component = '{0}' AND MachineName = '{1}' AND (MessageID = 1015 OR MessageID = 1016)" -f $Component, $server) | Sort-Object -Property Time | Select-Object -Last 1
            if ($message -and $message.MessageID -eq 1016) { Write-Warning -Message ('{0} was not installed on {1}. The site component manager tries again.' -f $RoleName, $server) }
            $running = @(Get-SiteInstance -Site $Drive -Query ("SELECT * FROM SMS_ComponentSummarizer WHERE ComponentName = '{0}' AND MachineName = '{1}' AND State = 1" -f $Component, $server)).Count -gt 0
            $there = $running -or ($message -and $message.MessageID -eq 1015)
        }
        if (-not $there) { return $false }
    }
    $true
}

# A child site is there when it is active and its replication link is up.
function Test-ChildSite {
    param([string] $Parent, [string] $Site)

    (Get-CMSite -SiteCode $Site).Status -eq 1 -and (Get-CMDatabaseReplicationStatus -ParentSiteCode $Parent -ChildSiteCode $Site).LinkStatus -eq 2
}

function Test-ContentLibrary {
    param([string] $Site, [string] $Location)

    $state = Get-CMSite -SiteCode $Site
    "$($state.ContentLibraryLocation)".TrimEnd('\') -eq $Location.TrimEnd('\') -and $state.ContentLibraryMoveProgress -eq 100
}

# The installation of a site server in passive mode ends with a stage of its own. Only the
# newest row that is complete and that applies says where it is.
function Test-PassiveSite {
    param([ValidatePattern('^[A-Za-z0-9]{3}\z')] [string] $Site)

    $stage = Get-SiteInstance -Site $Site -Query ("SELECT * FROM SMS_HA_SiteServerDetailedMonitoring WHERE SiteCode = '{0}' AND IsComplete = 2 AND Applicable = 1" -f $Site) |
        Sort-Object -Property MessageTime | Select-Object -Last 1
    [bool] ($stage -and $stage.SubStageId -eq 917515)
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
Invoke-Step -Id 'CAS/cas-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'cas-cm01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() } -Run { Test-Prerequisite -Server 'cas-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() -Install }
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'cas-rsp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-rsp01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-rsp01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'cas-scp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-scp01.contoso.com' -Feature @('NET-Framework-45-Core', 'NET-Framework-Core', 'Windows-Defender') -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-scp01.contoso.com' -Feature @('NET-Framework-45-Core', 'NET-Framework-Core', 'Windows-Defender') -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/cas-sql01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'cas-sql01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'cas-sup01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'cas-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\CAS-CM01$') } -Run { Test-Prerequisite -Server 'cas-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\CAS-CM01$') -Install }
Invoke-Step -Id 'CAS/database' -Part 'prerequisites' -About 'Install SQL Server with a static port and the collation that the product supports' -Site '' -For 'cas-sql01.contoso.com' -Requires @('CAS/cas-sql01.contoso.com/prepare_server') -Needs @() -Test { Test-SqlServer -Server 'cas-sql01.contoso.com' -Port '1433' }
Invoke-Step -Id 'EDI/edi-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'edi-cm01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'edi-cm01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'FS-FileServer', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'RSAT-Bits-Server', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Server', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'edi-cm01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'FS-FileServer', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'RSAT-Bits-Server', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Server', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'lon-cm01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() } -Run { Test-Prerequisite -Server 'lon-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @() -Install }
Invoke-Step -Id 'LON/lon-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'lon-dp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-mp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'lon-mp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-mp02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'lon-mp02.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/lon-sql01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'lon-sql01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/database' -Part 'prerequisites' -About 'Install SQL Server with a static port and the collation that the product supports' -Site '' -For 'lon-sql01.contoso.com' -Requires @('LON/lon-sql01.contoso.com/prepare_server') -Needs @() -Test { Test-SqlServer -Server 'lon-sql01.contoso.com' -Port '1433' }
Invoke-Step -Id 'LON/lon-sup01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'lon-sup01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'lon-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'lon-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'LON/par-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'par-dp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'par-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') } -Run { Test-Prerequisite -Server 'par-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\LON-CM01$') -Install }
Invoke-Step -Id 'SEA/por-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'por-dp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'por-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'por-dp01.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-cm01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-cm01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-cm01.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-cm02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-cm02.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-cm02.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM01$') } -Run { Test-Prerequisite -Server 'sea-cm02.contoso.com' -Feature @('BITS', 'NET-Framework-45-Core', 'NET-Framework-Core', 'RDC', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-UI') -Administrator @('contoso.com\SEA-CM01$') -Install }
Invoke-Step -Id 'SEA/sea-cmg01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-cmg01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-cmg01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-cmg01.contoso.com' -Feature @('NET-Framework-45-Core') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-dp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-dp01.contoso.com' -Feature @('FS-FileServer', 'NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'NET-HTTP-Activation', 'NET-WCF-HTTP-Activation45', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Asp-Net', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext', 'Web-Net-Ext45', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-dp01.contoso.com' -Feature @('FS-FileServer', 'NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'NET-HTTP-Activation', 'NET-WCF-HTTP-Activation45', 'RDC', 'WAS-Config-APIs', 'WAS-NET-Environment', 'WAS-Process-Model', 'Web-Asp-Net', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext', 'Web-Net-Ext45', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-dp02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-dp02.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-dp02.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-dp02.contoso.com' -Feature @('FS-FileServer', 'RDC', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-fsp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-fsp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-fsp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-fsp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Filtering', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-mp01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-mp01.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-mp02.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-mp02.contoso.com' -Feature @('BITS', 'BITS-IIS-Ext', 'NET-Framework-45-Core', 'RSAT-Bits-Server', 'Web-Default-Doc', 'Web-Http-Logging', 'Web-ISAPI-Ext', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Static-Content', 'Web-WMI', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-prv01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-prv01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-prv01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-prv01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-sql01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-sql01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-sql01.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/sea-sql02.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-sql02.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-sql02.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-sql02.contoso.com' -Feature @() -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'SEA/database' -Part 'prerequisites' -About 'Install SQL Server with a static port and the collation that the product supports' -Site '' -For 'sea-sql.contoso.com' -Requires @('SEA/sea-sql01.contoso.com/prepare_server', 'SEA/sea-sql02.contoso.com/prepare_server') -Needs @() -Test { Test-SqlServer -Server 'sea-sql.contoso.com' -Port '1433' }
Invoke-Step -Id 'SEA/availability_group' -Part 'prerequisites' -About 'Create the availability group and its listener' -Site '' -For 'sea-sql.contoso.com' -Requires @('SEA/database') -Needs @()
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/prepare_server' -Part 'prerequisites' -About 'Install the Windows features and the other prerequisites of the server, and add its local administrators' -Site '' -For 'sea-sup01.contoso.com' -Requires @() -Needs @() -Test { Test-Prerequisite -Server 'sea-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') } -Run { Test-Prerequisite -Server 'sea-sup01.contoso.com' -Feature @('NET-Framework-45-ASPNET', 'NET-Framework-45-Core', 'NET-Framework-Core', 'UpdateServices-API', 'UpdateServices-RSAT', 'UpdateServices-Services', 'UpdateServices-UI', 'UpdateServices-WidDB', 'Web-Asp-Net45', 'Web-Default-Doc', 'Web-Dyn-Compression', 'Web-Filtering', 'Web-ISAPI-Ext', 'Web-ISAPI-Filter', 'Web-Metabase', 'Web-Mgmt-Console', 'Web-Net-Ext45', 'Web-Static-Content', 'Web-Windows-Auth') -Administrator @('contoso.com\SEA-CM01$', 'contoso.com\SEA-CM02$') -Install }
Invoke-Step -Id 'active_directory_schema' -Part 'prerequisites' -About 'Extend the Active Directory schema' -Site '' -For '' -Requires @() -Needs @() -Test { Test-DirectoryObject -Path 'CN=MS-SMS-Site' -Context 'schemaNamingContext' }
Invoke-Step -Id 'CAS/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -For 'cas-cm01.contoso.com' -Requires @('active_directory_schema') -Needs @() -Test { Test-DirectoryObject -Path 'CN=System Management,CN=System' -Context 'defaultNamingContext' }
Invoke-Step -Id 'EDI/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -For 'edi-cm01.contoso.com' -Requires @('active_directory_schema') -Needs @() -Test { Test-DirectoryObject -Path 'CN=System Management,CN=System' -Context 'defaultNamingContext' }
Invoke-Step -Id 'LON/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -For 'lon-cm01.contoso.com' -Requires @('active_directory_schema') -Needs @() -Test { Test-DirectoryObject -Path 'CN=System Management,CN=System' -Context 'defaultNamingContext' }
Invoke-Step -Id 'SEA/active_directory' -Part 'prerequisites' -About 'Create the container System Management and give the site servers full control of it and of what is in it' -Site '' -For 'sea-cm01.contoso.com' -Requires @('active_directory_schema') -Needs @() -Test { Test-DirectoryObject -Path 'CN=System Management,CN=System' -Context 'defaultNamingContext' }

# sites
Invoke-Step -Id 'CAS/setup' -Part 'sites' -About 'Run Setup on the site server with the script for the site' -Site '' -For 'cas-cm01.contoso.com' -Requires @('CAS/active_directory', 'CAS/cas-cm01.contoso.com/prepare_server', 'CAS/database') -Needs @() -Test { Test-Site -Site 'CAS' } -Run { Install-Site -Site 'CAS' -Server 'cas-cm01.contoso.com' }
Invoke-Step -Id 'CAS/account/contoso.com\svc-reports' -Part 'sites' -About 'Register the account at the site, with its password' -Site 'CAS' -For 'contoso.com\svc-reports' -Requires @('CAS/setup') -Needs @('AccountPassword') -Test { [bool] (Get-CMAccount -UserName 'contoso.com\svc-reports' -SiteCode 'CAS') } -Run { New-CMAccount -UserName 'contoso.com\svc-reports' -Password $AccountPassword -SiteCode 'CAS' }
Invoke-Step -Id 'CAS/account/contoso.com\svc-warehouse' -Part 'sites' -About 'Register the account at the site, with its password' -Site 'CAS' -For 'contoso.com\svc-warehouse' -Requires @('CAS/setup') -Needs @('AccountPassword') -Test { [bool] (Get-CMAccount -UserName 'contoso.com\svc-warehouse' -SiteCode 'CAS') } -Run { New-CMAccount -UserName 'contoso.com\svc-warehouse' -Password $AccountPassword -SiteCode 'CAS' }
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/site_system' -Part 'sites' -About 'Make the computer a site system server of the site' -Site 'CAS' -For 'cas-scp01.contoso.com' -Requires @('CAS/cas-scp01.contoso.com/prepare_server', 'CAS/setup') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'CAS' -SiteSystemServerName 'cas-scp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'cas-scp01.contoso.com' -SiteCode 'CAS' -UseSiteServerAccount:$true }
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/service_connection_point' -Part 'sites' -About 'Add the role' -Site 'CAS' -For 'cas-scp01.contoso.com' -Requires @('CAS/cas-scp01.contoso.com/site_system', 'CAS/setup') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-scp01.contoso.com' -RoleName 'SMS Dmp Connector' } -Run { Add-CMServiceConnectionPoint -SiteSystemServerName 'cas-scp01.contoso.com' -SiteCode 'CAS' -Mode 'Online' }
Invoke-Step -Id 'CAS/service_connection_point_ready' -Part 'sites' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -For 'CAS' -Requires @('CAS/cas-scp01.contoso.com/service_connection_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Dmp Connector' -Component 'SMS_DMP_DOWNLOADER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Dmp Connector' -Component 'SMS_DMP_DOWNLOADER' } }
Invoke-Step -Id 'CAS/update_site' -Part 'sites' -About 'Update the site to its version, and wait until it runs it' -Site 'CAS' -For 'cas-cm01.contoso.com' -Requires @('CAS/service_connection_point_ready', 'CAS/setup') -Needs @() -Test { Test-SiteVersion -Site 'CAS' -Build '9146' } -Run { Install-CMSiteUpdate -Name 'Configuration Manager 2603' -Force:$true; Wait-Until -Condition { Test-SiteVersion -Site 'CAS' -Build '9146' } }
Invoke-Step -Id 'LON/setup' -Part 'sites' -About 'Run Setup on the site server with the script for the site' -Site '' -For 'lon-cm01.contoso.com' -Requires @('CAS/update_site', 'LON/active_directory', 'LON/database', 'LON/lon-cm01.contoso.com/prepare_server') -Needs @() -Test { Test-Site -Site 'LON' } -Run { Install-Site -Site 'LON' -Server 'lon-cm01.contoso.com' }
Invoke-Step -Id 'LON/site_ready' -Part 'sites' -About 'Wait until the site is active and the replication link to its parent is up' -Site 'LON' -For 'lon-cm01.contoso.com' -Requires @('LON/setup') -Needs @() -Test { Test-ChildSite -Parent 'CAS' -Site 'LON' } -Run { Wait-Until -Condition { Test-ChildSite -Parent 'CAS' -Site 'LON' } }
Invoke-Step -Id 'LON/client_communication' -Part 'sites' -About 'Set how clients talk to the site' -Site 'LON' -For 'LON' -Requires @('LON/site_ready') -Needs @() -Run { Set-CMSite -SiteCode 'LON' -ClientComputerCommunicationType 'HttpsOnly' -UseSmsGeneratedCert:$false }
Invoke-Step -Id 'SEA/setup' -Part 'sites' -About 'Run Setup on the site server with the script for the site' -Site '' -For 'sea-cm01.contoso.com' -Requires @('CAS/update_site', 'SEA/active_directory', 'SEA/availability_group', 'SEA/sea-cm01.contoso.com/prepare_server') -Needs @() -Test { Test-Site -Site 'SEA' } -Run { Install-Site -Site 'SEA' -Server 'sea-cm01.contoso.com' }
Invoke-Step -Id 'SEA/site_ready' -Part 'sites' -About 'Wait until the site is active and the replication link to its parent is up' -Site 'SEA' -For 'sea-cm01.contoso.com' -Requires @('SEA/setup') -Needs @() -Test { Test-ChildSite -Parent 'CAS' -Site 'SEA' } -Run { Wait-Until -Condition { Test-ChildSite -Parent 'CAS' -Site 'SEA' } }
Invoke-Step -Id 'SEA/client_communication' -Part 'sites' -About 'Set how clients talk to the site' -Site 'SEA' -For 'SEA' -Requires @('SEA/site_ready') -Needs @() -Run { Set-CMSite -SiteCode 'SEA' -ClientComputerCommunicationType 'HttpsOrHttp' -UseSmsGeneratedCert:$true }

# high availability
Invoke-Step -Id 'SEA/content_library_share' -Part 'high_availability' -About 'Create the share of the content library and give the computer accounts of both site servers full control of it' -Site 'SEA' -For 'SEA' -Requires @('SEA/client_communication', 'SEA/sea-cm02.contoso.com/prepare_server') -Needs @() -Test { Test-Path -LiteralPath 'FileSystem::\\sea-fs01.contoso.com\ContentLibrary' }
Invoke-Step -Id 'SEA/content_library' -Part 'high_availability' -About 'Move the content library, and wait until it is there' -Site 'SEA' -For 'SEA' -Requires @('SEA/content_library_share') -Needs @() -Test { Test-ContentLibrary -Site 'SEA' -Location '\\sea-fs01.contoso.com\ContentLibrary' } -Run { Move-CMContentLibrary -NewLocation '\\sea-fs01.contoso.com\ContentLibrary' -SiteCode 'SEA'; Wait-Until -Condition { Test-ContentLibrary -Site 'SEA' -Location '\\sea-fs01.contoso.com\ContentLibrary' } }
Invoke-Step -Id 'SEA/sea-cm02.contoso.com/site_system' -Part 'high_availability' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-cm02.contoso.com' -Requires @('SEA/client_communication', 'SEA/content_library', 'SEA/sea-cm02.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-cm02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-cm02.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/passive_site_server' -Part 'high_availability' -About 'Add the site server in passive mode' -Site 'SEA' -For 'sea-cm02.contoso.com' -Requires @('SEA/client_communication', 'SEA/content_library', 'SEA/sea-cm02.contoso.com/prepare_server', 'SEA/sea-cm02.contoso.com/site_system') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-cm02.contoso.com' -RoleName 'SMS Site Server' } -Run { Add-CMPassiveSite -SiteCode 'SEA' -SiteSystemServerName 'sea-cm02.contoso.com' -InstallDirectory 'D:\ConfigMgr' -SourceFilePathOption 'CopySourceFileFromActiveSite' }
Invoke-Step -Id 'SEA/passive_site_server_ready' -Part 'high_availability' -About 'Wait until the site server in passive mode is installed' -Site 'SEA' -For 'sea-cm02.contoso.com' -Requires @('SEA/passive_site_server') -Needs @() -Test { Test-PassiveSite -Site 'SEA' } -Run { Wait-Until -Condition { Test-PassiveSite -Site 'SEA' } }

# roles
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'CAS' -For 'cas-rsp01.contoso.com' -Requires @('CAS/cas-rsp01.contoso.com/prepare_server', 'CAS/update_site') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'CAS' -SiteSystemServerName 'cas-rsp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'cas-rsp01.contoso.com' -SiteCode 'CAS' -UseSiteServerAccount:$true }
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'CAS' -For 'cas-sup01.contoso.com' -Requires @('CAS/cas-sup01.contoso.com/prepare_server', 'CAS/update_site') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'CAS' -SiteSystemServerName 'cas-sup01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'cas-sup01.contoso.com' -SiteCode 'CAS' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -For 'lon-dp01.contoso.com' -Requires @('LON/client_communication', 'LON/lon-dp01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-dp01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'LON' -For 'lon-dp01.contoso.com' -Requires @('LON/client_communication', 'LON/lon-dp01.contoso.com/site_system') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'LON' -Server 'lon-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'lon-dp01.contoso.com' -SiteCode 'LON' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$true -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -For 'LON' -Requires @('LON/lon-dp01.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } }
Invoke-Step -Id 'LON/lon-mp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -For 'lon-mp01.contoso.com' -Requires @('LON/client_communication', 'LON/lon-mp01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-mp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-mp01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-mp01.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'LON' -For 'lon-mp01.contoso.com' -Requires @('LON/client_communication', 'LON/distribution_point_ready', 'LON/lon-mp01.contoso.com/site_system') -Needs @() -Test { Test-Role -Site 'LON' -Server 'lon-mp01.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'lon-mp01.contoso.com' -SiteCode 'LON' -EnableSsl:$true -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/lon-mp02.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -For 'lon-mp02.contoso.com' -Requires @('LON/client_communication', 'LON/lon-mp02.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-mp02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-mp02.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/lon-mp02.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'LON' -For 'lon-mp02.contoso.com' -Requires @('LON/client_communication', 'LON/distribution_point_ready', 'LON/lon-mp02.contoso.com/site_system') -Needs @() -Test { Test-Role -Site 'LON' -Server 'lon-mp02.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'lon-mp02.contoso.com' -SiteCode 'LON' -EnableSsl:$true -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/lon-sup01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -For 'lon-sup01.contoso.com' -Requires @('LON/client_communication', 'LON/lon-sup01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'lon-sup01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'lon-sup01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/management_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -For 'LON' -Requires @('LON/lon-mp01.contoso.com/management_point', 'LON/lon-mp02.contoso.com/management_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Management Point' -Component 'SMS_MP_CONTROL_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Management Point' -Component 'SMS_MP_CONTROL_MANAGER' } }
Invoke-Step -Id 'LON/par-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'LON' -For 'par-dp01.contoso.com' -Requires @('LON/client_communication', 'LON/par-dp01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'LON' -SiteSystemServerName 'par-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'par-dp01.contoso.com' -SiteCode 'LON' -UseSiteServerAccount:$true }
Invoke-Step -Id 'LON/par-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'LON' -For 'par-dp01.contoso.com' -Requires @('LON/client_communication', 'LON/lon-dp01.contoso.com/distribution_point', 'LON/management_point_ready', 'LON/par-dp01.contoso.com/site_system') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'LON' -Server 'par-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'par-dp01.contoso.com' -SiteCode 'LON' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$true -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' -EnablePullDP:$true -SourceDistributionPoint @('lon-dp01.contoso.com') }
Invoke-Step -Id 'LON/pull_distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -For 'LON' -Requires @('LON/par-dp01.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } }
Invoke-Step -Id 'SEA/por-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'por-dp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/por-dp01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'por-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'por-dp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-cmg01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-cmg01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-cmg01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-cmg01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-cmg01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-dp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-dp01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-dp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-dp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -For 'sea-dp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-dp01.contoso.com/site_system') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'SEA' -Server 'sea-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'sea-dp01.contoso.com' -SiteCode 'SEA' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$false -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' -EnablePxe:$true -AllowPxeResponse:$true -EnableNonWdsPxe:$true }
Invoke-Step -Id 'SEA/sea-dp02.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-dp02.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-dp02.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-dp02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-dp02.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-dp02.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -For 'sea-dp02.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-dp02.contoso.com/site_system') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'SEA' -Server 'sea-dp02.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'sea-dp02.contoso.com' -SiteCode 'SEA' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$false -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -For 'SEA' -Requires @('SEA/sea-dp01.contoso.com/distribution_point', 'SEA/sea-dp02.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } }
Invoke-Step -Id 'SEA/sea-fsp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-fsp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-fsp01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-fsp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-fsp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-mp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-mp01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-mp01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-mp01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -For 'sea-mp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/distribution_point_ready', 'SEA/sea-mp01.contoso.com/site_system') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-mp01.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'sea-mp01.contoso.com' -SiteCode 'SEA' -EnableSsl:$false -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-mp02.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-mp02.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-mp02.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-mp02.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/management_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -For 'sea-mp02.contoso.com' -Requires @('SEA/client_communication', 'SEA/distribution_point_ready', 'SEA/sea-mp02.contoso.com/site_system') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-mp02.contoso.com' -RoleName 'SMS Management Point' } -Run { Add-CMManagementPoint -SiteSystemServerName 'sea-mp02.contoso.com' -SiteCode 'SEA' -EnableSsl:$false -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/management_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -For 'SEA' -Requires @('SEA/sea-mp01.contoso.com/management_point', 'SEA/sea-mp02.contoso.com/management_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Management Point' -Component 'SMS_MP_CONTROL_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Management Point' -Component 'SMS_MP_CONTROL_MANAGER' } }
Invoke-Step -Id 'SEA/por-dp01.contoso.com/distribution_point' -Part 'roles' -About 'Add the role' -Site 'SEA' -For 'por-dp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/management_point_ready', 'SEA/por-dp01.contoso.com/site_system', 'SEA/sea-dp01.contoso.com/distribution_point', 'SEA/sea-dp02.contoso.com/distribution_point') -Needs @('DistributionPointCertificateExpiration') -Test { Test-Role -Site 'SEA' -Server 'por-dp01.contoso.com' -RoleName 'SMS Distribution Point' } -Run { Add-CMDistributionPoint -SiteSystemServerName 'por-dp01.contoso.com' -SiteCode 'SEA' -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -EnableSsl:$false -MinimumFreeSpaceMB 500 -ClientConnectionType 'Intranet' -EnablePullDP:$true -SourceDistributionPoint @('sea-dp01.contoso.com', 'sea-dp02.contoso.com') -SourceDPRank @(1, 2) }
Invoke-Step -Id 'SEA/pull_distribution_point_ready' -Part 'roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -For 'SEA' -Requires @('SEA/por-dp01.contoso.com/distribution_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Distribution Point' -Component 'SMS_DISTRIBUTION_MANAGER' } }
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/site_system' -Part 'roles' -About 'Make the computer a site system server of the site' -Site 'SEA' -For 'sea-sup01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-sup01.contoso.com/prepare_server') -Needs @() -Test { [bool] (Get-CMSiteSystemServer -SiteCode 'SEA' -SiteSystemServerName 'sea-sup01.contoso.com' -DisableWildcardHandling) } -Run { New-CMSiteSystemServer -SiteSystemServerName 'sea-sup01.contoso.com' -SiteCode 'SEA' -UseSiteServerAccount:$true }

# secondary sites
Invoke-Step -Id 'EDI/setup' -Part 'secondary_sites' -About 'Install the secondary site from its parent' -Site 'LON' -For 'edi-cm01.contoso.com' -Requires @('EDI/active_directory', 'EDI/edi-cm01.contoso.com/prepare_server', 'LON/client_communication', 'LON/management_point_ready') -Needs @('DistributionPointCertificateExpiration') -Test { [bool] (Get-CMSite -SiteCode 'EDI') } -Run { New-CMSecondarySite -SecondarySiteCode 'EDI' -PrimarySiteCode 'LON' -ServerName 'edi-cm01.contoso.com' -SiteName 'Contoso Edinburgh' -InstallationFolder 'D:\ConfigMgr' -InstallationSourceFile (New-CMInstallationSourceFile -CopyFromParentSiteServer:$true) -SqlServerSetting (New-CMSqlServerSetting -CopySqlServerExpressOnSecondarySite:$true -SqlServerServicePort 1433 -SqlServerServiceBrokerPort 4022) -Https:$true -CreateSelfSignedCertificate:$true -CertificateExpirationTimeUtc $DistributionPointCertificateExpiration -MinFreeSpaceMB 500 }
Invoke-Step -Id 'EDI/site_ready' -Part 'secondary_sites' -About 'Wait until the site is active and the replication link to its parent is up' -Site 'LON' -For 'edi-cm01.contoso.com' -Requires @('EDI/setup') -Needs @() -Test { Test-ChildSite -Parent 'LON' -Site 'EDI' } -Run { Wait-Until -Condition { Test-ChildSite -Parent 'LON' -Site 'EDI' } }
Invoke-Step -Id 'EDI/edi-cm01.contoso.com/distribution_point' -Part 'secondary_sites' -About 'Give the role, which is there, its settings' -Site 'LON' -For 'edi-cm01.contoso.com' -Requires @('EDI/site_ready') -Needs @() -Run { Set-CMDistributionPoint -SiteSystemServerName 'edi-cm01.contoso.com' -SiteCode 'EDI' -ClientConnectionType 'Intranet' }

# software updates
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/wsus' -Part 'software_updates' -About 'Complete the installation of WSUS' -Site '' -For 'cas-sup01.contoso.com' -Requires @('CAS/cas-sup01.contoso.com/prepare_server') -Needs @('WsusContentFolder') -Test { Test-Wsus -Server 'cas-sup01.contoso.com' } -Run { Install-Wsus -Server 'cas-sup01.contoso.com' -Database '' -ContentFolder $WsusContentFolder }
Invoke-Step -Id 'CAS/cas-sup01.contoso.com/software_update_point' -Part 'software_updates' -About 'Add the role' -Site 'CAS' -For 'cas-sup01.contoso.com' -Requires @('CAS/cas-sup01.contoso.com/site_system', 'CAS/cas-sup01.contoso.com/wsus', 'CAS/update_site') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-sup01.contoso.com' -RoleName 'SMS Software Update Point' } -Run { Add-CMSoftwareUpdatePoint -SiteSystemServerName 'cas-sup01.contoso.com' -SiteCode 'CAS' -WsusSsl:$true -WsusIisPort 8530 -WsusIisSslPort 8531 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'CAS/software_update_point_ready' -Part 'software_updates' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -For 'CAS' -Requires @('CAS/cas-sup01.contoso.com/software_update_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Software Update Point' -Component 'SMS_WSUS_CONTROL_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Software Update Point' -Component 'SMS_WSUS_CONTROL_MANAGER' } }
Invoke-Step -Id 'CAS/software_update_point_component' -Part 'software_updates' -About 'Say what software updates are synchronized with' -Site 'CAS' -For 'CAS' -Requires @('CAS/software_update_point_ready') -Needs @() -Run { Set-CMSoftwareUpdatePointComponent -SiteCode 'CAS' -SynchronizeAction 'SynchronizeFromMicrosoftUpdate' }
Invoke-Step -Id 'LON/lon-sup01.contoso.com/wsus' -Part 'software_updates' -About 'Complete the installation of WSUS' -Site '' -For 'lon-sup01.contoso.com' -Requires @('LON/lon-sup01.contoso.com/prepare_server') -Needs @('WsusContentFolder') -Test { Test-Wsus -Server 'lon-sup01.contoso.com' } -Run { Install-Wsus -Server 'lon-sup01.contoso.com' -Database '' -ContentFolder $WsusContentFolder }
Invoke-Step -Id 'LON/lon-sup01.contoso.com/software_update_point' -Part 'software_updates' -About 'Add the role' -Site 'LON' -For 'lon-sup01.contoso.com' -Requires @('CAS/software_update_point_ready', 'LON/client_communication', 'LON/lon-sup01.contoso.com/site_system', 'LON/lon-sup01.contoso.com/wsus') -Needs @() -Test { Test-Role -Site 'LON' -Server 'lon-sup01.contoso.com' -RoleName 'SMS Software Update Point' } -Run { Add-CMSoftwareUpdatePoint -SiteSystemServerName 'lon-sup01.contoso.com' -SiteCode 'LON' -WsusSsl:$true -WsusIisPort 8530 -WsusIisSslPort 8531 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'LON/software_update_point_ready' -Part 'software_updates' -About 'Wait until the role is installed on each of its servers' -Site 'LON' -For 'LON' -Requires @('LON/lon-sup01.contoso.com/software_update_point') -Needs @() -Test { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Software Update Point' -Component 'SMS_WSUS_CONTROL_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'LON' -Site 'LON' -RoleName 'SMS Software Update Point' -Component 'SMS_WSUS_CONTROL_MANAGER' } }
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/wsus' -Part 'software_updates' -About 'Complete the installation of WSUS' -Site '' -For 'sea-sup01.contoso.com' -Requires @('SEA/sea-sup01.contoso.com/prepare_server') -Needs @('WsusContentFolder') -Test { Test-Wsus -Server 'sea-sup01.contoso.com' } -Run { Install-Wsus -Server 'sea-sup01.contoso.com' -Database '' -ContentFolder $WsusContentFolder }
Invoke-Step -Id 'SEA/sea-sup01.contoso.com/software_update_point' -Part 'software_updates' -About 'Add the role' -Site 'SEA' -For 'sea-sup01.contoso.com' -Requires @('CAS/software_update_point_ready', 'SEA/client_communication', 'SEA/sea-sup01.contoso.com/site_system', 'SEA/sea-sup01.contoso.com/wsus') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-sup01.contoso.com' -RoleName 'SMS Software Update Point' } -Run { Add-CMSoftwareUpdatePoint -SiteSystemServerName 'sea-sup01.contoso.com' -SiteCode 'SEA' -WsusSsl:$true -WsusIisPort 8530 -WsusIisSslPort 8531 -ClientConnectionType 'Intranet' }
Invoke-Step -Id 'SEA/software_update_point_ready' -Part 'software_updates' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -For 'SEA' -Requires @('SEA/sea-sup01.contoso.com/software_update_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Software Update Point' -Component 'SMS_WSUS_CONTROL_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Software Update Point' -Component 'SMS_WSUS_CONTROL_MANAGER' } }

# reporting
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/report_server' -Part 'reporting' -About 'Install and configure the report server' -Site '' -For 'cas-rsp01.contoso.com' -Requires @('CAS/cas-rsp01.contoso.com/prepare_server') -Needs @() -Test { Test-ReportServer -Server 'cas-rsp01.contoso.com' }
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/reporting_services_point' -Part 'reporting' -About 'Add the role' -Site 'CAS' -For 'cas-rsp01.contoso.com' -Requires @('CAS/account/contoso.com\svc-reports', 'CAS/cas-rsp01.contoso.com/report_server', 'CAS/cas-rsp01.contoso.com/site_system', 'CAS/update_site') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-rsp01.contoso.com' -RoleName 'SMS SRS Reporting Point' } -Run { Add-CMReportingServicePoint -SiteSystemServerName 'cas-rsp01.contoso.com' -SiteCode 'CAS' -UserName 'contoso.com\svc-reports' -ReportServerInstance 'SSRS' -FolderName 'ConfigMgr_CAS' }
Invoke-Step -Id 'CAS/reporting_services_point_ready' -Part 'reporting' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -For 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/reporting_services_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS SRS Reporting Point' -Component 'SMS_SRS_REPORTING_POINT' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS SRS Reporting Point' -Component 'SMS_SRS_REPORTING_POINT' } }
Invoke-Step -Id 'CAS/cas-rsp01.contoso.com/data_warehouse_service_point' -Part 'reporting' -About 'Add the role' -Site 'CAS' -For 'cas-rsp01.contoso.com' -Requires @('CAS/account/contoso.com\svc-warehouse', 'CAS/cas-rsp01.contoso.com/reporting_services_point', 'CAS/cas-rsp01.contoso.com/site_system', 'CAS/reporting_services_point_ready', 'CAS/update_site') -Needs @() -Test { Test-Role -Site 'CAS' -Server 'cas-rsp01.contoso.com' -RoleName 'Data Warehouse Service Point' } -Run { Add-CMDataWarehouseServicePoint -SiteSystemServerName 'cas-rsp01.contoso.com' -SiteCode 'CAS' -UserName 'contoso.com\svc-warehouse' -DataWarehouseDatabaseServerName 'cas-rsp01.contoso.com' }
Invoke-Step -Id 'CAS/data_warehouse_service_point_ready' -Part 'reporting' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -For 'CAS' -Requires @('CAS/cas-rsp01.contoso.com/data_warehouse_service_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'Data Warehouse Service Point' -Component 'DATA_WAREHOUSE_SERVICE_POINT' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'Data Warehouse Service Point' -Component 'DATA_WAREHOUSE_SERVICE_POINT' } }

# further roles
Invoke-Step -Id 'CAS/cas-scp01.contoso.com/endpoint_protection_point' -Part 'further_roles' -About 'Add the role' -Site 'CAS' -For 'cas-scp01.contoso.com' -Requires @('CAS/cas-scp01.contoso.com/site_system', 'CAS/update_site') -Needs @('EndpointProtectionService', 'EndpointProtectionLicenseAgreed') -Test { Test-Role -Site 'CAS' -Server 'cas-scp01.contoso.com' -RoleName 'SMS Endpoint Protection Point' } -Run { Add-CMEndpointProtectionPoint -SiteSystemServerName 'cas-scp01.contoso.com' -SiteCode 'CAS' -ProtectionService $EndpointProtectionService -LicenseAgreed $EndpointProtectionLicenseAgreed }
Invoke-Step -Id 'CAS/endpoint_protection_point_ready' -Part 'further_roles' -About 'Wait until the role is installed on each of its servers' -Site 'CAS' -For 'CAS' -Requires @('CAS/cas-scp01.contoso.com/endpoint_protection_point') -Needs @() -Test { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Endpoint Protection Point' -Component 'SMS_ENDPOINT_PROTECTION_CONTROL_MANAGER' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'CAS' -Site 'CAS' -RoleName 'SMS Endpoint Protection Point' -Component 'SMS_ENDPOINT_PROTECTION_CONTROL_MANAGER' } }
Invoke-Step -Id 'SEA/sea-dp01.contoso.com/state_migration_point' -Part 'further_roles' -About 'Add the role' -Site 'SEA' -For 'sea-dp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-dp01.contoso.com/site_system') -Needs @('StateMigrationPointFolders') -Test { Test-Role -Site 'SEA' -Server 'sea-dp01.contoso.com' -RoleName 'SMS State Migration Point' } -Run { Add-CMStateMigrationPoint -SiteSystemServerName 'sea-dp01.contoso.com' -SiteCode 'SEA' -StorageFolder $StateMigrationPointFolders }
Invoke-Step -Id 'SEA/sea-fsp01.contoso.com/fallback_status_point' -Part 'further_roles' -About 'Add the role' -Site 'SEA' -For 'sea-fsp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-fsp01.contoso.com/site_system') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-fsp01.contoso.com' -RoleName 'SMS Fallback Status Point' } -Run { Add-CMFallbackStatusPoint -SiteSystemServerName 'sea-fsp01.contoso.com' -SiteCode 'SEA' }
Invoke-Step -Id 'SEA/fallback_status_point_ready' -Part 'further_roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -For 'SEA' -Requires @('SEA/sea-fsp01.contoso.com/fallback_status_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Fallback Status Point' -Component 'SMS_FALLBACK_STATUS_POINT' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Fallback Status Point' -Component 'SMS_FALLBACK_STATUS_POINT' } }
Invoke-Step -Id 'SEA/state_migration_point_ready' -Part 'further_roles' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -For 'SEA' -Requires @('SEA/sea-dp01.contoso.com/state_migration_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS State Migration Point' -Component 'SMS_STATE_MIGRATION_POINT' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS State Migration Point' -Component 'SMS_STATE_MIGRATION_POINT' } }

# cloud
Invoke-Step -Id 'cloud_management_gateway/contosocmg' -Part 'cloud' -About 'Create the cloud management gateway' -Site 'CAS' -For 'CAS' -Requires @('CAS/service_connection_point_ready', 'CAS/update_site') -Needs @('GatewayCertificatePath', 'GatewayCertificatePassword', 'GatewayResourceGroup', 'GatewayServerApplication', 'GatewaySubscription') -Test { [bool] (Get-CMCloudManagementGateway | Where-Object -Property Name -EQ -Value 'contosocmg') } -Run { New-CMCloudManagementGateway -ServiceCertPath $GatewayCertificatePath -ServiceCertPassword $GatewayCertificatePassword -GroupName $GatewayResourceGroup -ServerAppClientId $GatewayServerApplication -SubscriptionId $GatewaySubscription -ServiceName 'contosocmg' -VMInstanceCount 2 }
Invoke-Step -Id 'SEA/sea-cmg01.contoso.com/cloud_management_gateway_connection_point' -Part 'cloud' -About 'Add the role' -Site 'SEA' -For 'sea-cmg01.contoso.com' -Requires @('CAS/service_connection_point_ready', 'SEA/client_communication', 'SEA/sea-cmg01.contoso.com/site_system', 'cloud_management_gateway/contosocmg') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-cmg01.contoso.com' -RoleName 'SMS Cloud Proxy Connector' } -Run { Add-CMCloudManagementGatewayConnectionPoint -SiteSystemServerName 'sea-cmg01.contoso.com' -SiteCode 'SEA' -CloudManagementGatewayName 'contosocmg' }
Invoke-Step -Id 'SEA/cloud_management_gateway_connection_point_ready' -Part 'cloud' -About 'Wait until the role is installed on each of its servers' -Site 'SEA' -For 'SEA' -Requires @('SEA/sea-cmg01.contoso.com/cloud_management_gateway_connection_point') -Needs @() -Test { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Cloud Proxy Connector' -Component 'SMS_CLOUD_PROXYCONNECTOR' } -Run { Wait-Until -Condition { Test-RoleReady -Drive 'SEA' -Site 'SEA' -RoleName 'SMS Cloud Proxy Connector' -Component 'SMS_CLOUD_PROXYCONNECTOR' } }
Invoke-Step -Id 'SEA/sea-mp01.contoso.com/management_point/enable_cmg_traffic' -Part 'cloud' -About 'Let the role accept the traffic of the cloud management gateway' -Site 'SEA' -For 'sea-mp01.contoso.com' -Requires @('SEA/client_communication', 'SEA/cloud_management_gateway_connection_point_ready', 'SEA/sea-mp01.contoso.com/management_point', 'cloud_management_gateway/contosocmg') -Needs @() -Run { Set-CMManagementPoint -SiteSystemServerName 'sea-mp01.contoso.com' -SiteCode 'SEA' -EnableCloudGateway:$true }
Invoke-Step -Id 'SEA/sea-mp02.contoso.com/management_point/enable_cmg_traffic' -Part 'cloud' -About 'Let the role accept the traffic of the cloud management gateway' -Site 'SEA' -For 'sea-mp02.contoso.com' -Requires @('SEA/client_communication', 'SEA/cloud_management_gateway_connection_point_ready', 'SEA/sea-mp02.contoso.com/management_point', 'cloud_management_gateway/contosocmg') -Needs @() -Run { Set-CMManagementPoint -SiteSystemServerName 'sea-mp02.contoso.com' -SiteCode 'SEA' -EnableCloudGateway:$true }

# sms providers
Invoke-Step -Id 'SEA/sea-prv01.contoso.com/sms_provider' -Part 'sms_providers' -About 'Add the SMS Provider with Setup: setup.exe /SDKINST and the name of the server' -Site 'SEA' -For 'sea-prv01.contoso.com' -Requires @('SEA/client_communication', 'SEA/sea-prv01.contoso.com/prepare_server') -Needs @() -Test { Test-Role -Site 'SEA' -Server 'sea-prv01.contoso.com' -RoleName 'SMS Provider' } -Run { Install-Provider -Site 'SEA' -Server 'sea-cm01.contoso.com' -Provider 'sea-prv01.contoso.com' }

# clients
Invoke-Step -Id 'CAS/boundary_groups' -Part 'clients' -About 'Put the site systems into the boundary groups' -Site 'CAS' -For 'CAS' -Requires @('CAS/software_update_point_ready', 'CAS/update_site') -Needs @()
Invoke-Step -Id 'LON/boundary_groups' -Part 'clients' -About 'Put the site systems into the boundary groups' -Site 'LON' -For 'LON' -Requires @('LON/client_communication', 'LON/distribution_point_ready', 'LON/management_point_ready', 'LON/pull_distribution_point_ready', 'LON/software_update_point_ready') -Needs @()
Invoke-Step -Id 'LON/clients' -Part 'clients' -About 'Install the clients' -Site 'LON' -For 'LON' -Requires @('LON/boundary_groups', 'LON/client_communication', 'LON/distribution_point_ready', 'LON/management_point_ready', 'LON/pull_distribution_point_ready', 'LON/software_update_point_ready') -Needs @()
Invoke-Step -Id 'SEA/boundary_groups' -Part 'clients' -About 'Put the site systems into the boundary groups' -Site 'SEA' -For 'SEA' -Requires @('SEA/client_communication', 'SEA/distribution_point_ready', 'SEA/management_point_ready', 'SEA/passive_site_server_ready', 'SEA/pull_distribution_point_ready', 'SEA/software_update_point_ready', 'SEA/state_migration_point_ready') -Needs @()
Invoke-Step -Id 'SEA/clients' -Part 'clients' -About 'Install the clients' -Site 'SEA' -For 'SEA' -Requires @('SEA/boundary_groups', 'SEA/client_communication', 'SEA/distribution_point_ready', 'SEA/management_point_ready', 'SEA/passive_site_server_ready', 'SEA/pull_distribution_point_ready', 'SEA/software_update_point_ready', 'SEA/state_migration_point_ready') -Needs @()

Complete-Script
