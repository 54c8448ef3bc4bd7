
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
