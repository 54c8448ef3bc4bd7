<#
.SYNOPSIS
Installs the provider for terraform init and tofu init on this computer, without make.

.DESCRIPTION
Puts the provider into the plugin folder of the current user, where terraform init and tofu init look before they ask a
registry: %APPDATA%\terraform.d\plugins on Windows, ~/.terraform.d/plugins elsewhere. With -Archive it takes a release
archive; without, it builds the source that it stands in, which needs Go. It runs in Windows PowerShell 5.1 and in
PowerShell 7.

.PARAMETER Archive
The path of a release archive, such as terraform-provider-configmgr_0.1.0_windows_amd64.zip.

.PARAMETER Version
The version to give a build from source. It has to be a release version: Terraform selects a pre-release only where a
configuration asks for exactly that one.

.PARAMETER Uninstall
Takes the version away again.

.EXAMPLE
powershell -ExecutionPolicy Bypass -File .\install.ps1

.EXAMPLE
powershell -ExecutionPolicy Bypass -File .\install.ps1 -Archive "$HOME\Downloads\terraform-provider-configmgr_0.1.0_windows_amd64.zip"

.EXAMPLE
powershell -ExecutionPolicy Bypass -File .\install.ps1 -Uninstall -Version 0.1.0
#>
[CmdletBinding(DefaultParameterSetName = 'Source')]
param(
    [Parameter(ParameterSetName = 'Archive', Mandatory = $true)]
    [string] $Archive,

    [Parameter(ParameterSetName = 'Source')]
    [Parameter(ParameterSetName = 'Uninstall')]
    [ValidatePattern('^\d+\.\d+\.\d+$')]
    [string] $Version = '0.1.0',

    [Parameter(ParameterSetName = 'Uninstall', Mandatory = $true)]
    [switch] $Uninstall
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$name = 'terraform-provider-configmgr'
$address = 'terraform-configmgr/configmgr'
$registries = @('registry.terraform.io', 'registry.opentofu.org')

# Windows PowerShell has no $IsWindows: it runs nowhere else.
$onWindows = $PSVersionTable.PSVersion.Major -lt 6 -or $IsWindows
if ($onWindows) {
    $plugins = Join-Path -Path $env:APPDATA -ChildPath 'terraform.d\plugins'
} else {
    $plugins = Join-Path -Path $HOME -ChildPath '.terraform.d/plugins'
}

function Get-VersionFolder {
    param([string] $Registry, [string] $Of)
    Join-Path -Path $plugins -ChildPath "$Registry/$address/$Of"
}

if ($Uninstall) {
    foreach ($registry in $registries) {
        $folder = Get-VersionFolder -Registry $registry -Of $Version
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
            Write-Output "Removed $folder"
        }
    }
    return
}

$work = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath ([System.IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $work | Out-Null
try {
    if ($Archive) {
        $file = Get-Item -LiteralPath $Archive
        if ($file.Name -notmatch '^terraform-provider-configmgr_(?<version>\d+\.\d+\.\d+[0-9A-Za-z.-]*)_(?<target>[a-z]+_[a-z0-9]+)\.zip$') {
            throw "$($file.Name) is not the name of a release archive, such as ${name}_0.1.0_windows_amd64.zip. Keep the name that it was downloaded with."
        }
        $Version = $Matches['version']
        $target = $Matches['target']
        Expand-Archive -LiteralPath $file.FullName -DestinationPath $work
    } else {
        if (-not (Get-Command -Name 'go' -CommandType Application -ErrorAction SilentlyContinue)) {
            throw 'There is no go command. Install Go, or take a release archive: .\install.ps1 -Archive PATH.'
        }
        $target = "$(go env GOOS)_$(go env GOARCH)"
        $binary = Join-Path -Path $work -ChildPath "${name}_v$Version"
        if ($onWindows) {
            $binary += '.exe'
        }
        $cgo = $env:CGO_ENABLED
        $env:CGO_ENABLED = '0'
        try {
            # -C comes first: go refuses it anywhere else.
            go -C $PSScriptRoot build -trimpath -ldflags "-s -w -X main.version=$Version" -o $binary .
            if ($LASTEXITCODE -ne 0) {
                throw "go build failed with exit code $LASTEXITCODE."
            }
        } finally {
            $env:CGO_ENABLED = $cgo
        }
    }

    foreach ($registry in $registries) {
        $folder = Join-Path -Path (Get-VersionFolder -Registry $registry -Of $Version) -ChildPath $target
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
        New-Item -ItemType Directory -Path $folder -Force | Out-Null
        Get-ChildItem -LiteralPath $work | Copy-Item -Destination $folder -Recurse
        Write-Output "Installed into $folder"
    }
} finally {
    Remove-Item -LiteralPath $work -Recurse -Force
}

Write-Output @"

In the configuration:

  terraform {
    required_providers {
      configmgr = {
        source  = "$address"
        version = "$Version"
      }
    }
  }

Then run terraform init (or tofu init), and terraform plan. After installing the same version again, remove the entry of
the provider from .terraform.lock.hcl first.
"@
