
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
