<#
.SYNOPSIS
Compiles a configuration for the nodes of a Configuration Manager hierarchy from the data of dsc_configuration_data.

.DESCRIPTION
Every computer gets its Windows features and local administrators. The node with the SMS Provider of a site gets the
resources of ConfigMgrCBDsc for the site, which run as an administrative user of it. What the module cannot make stands
in NonNodeData.WithoutResource: the script of install_script does it.

.PARAMETER DataPath
The path of the data file.

.PARAMETER SiteCredential
An administrative user of the sites: no resource of the module takes rights of its own.

.PARAMETER AccountCredential
A hash table from the accounts that the sites use to their credentials.

.PARAMETER Value
A hash table from the names in angle brackets, which NonNodeData.Placeholders explains, to what is to be put there.

.PARAMETER OutputPath
Where the compiled files go.
#>
#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ConfigMgrCBDsc'; ModuleVersion = '4.0.0' }
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $DataPath,
    [Parameter(Mandatory)] [pscredential] $SiteCredential,
    [hashtable] $AccountCredential = @{},
    [hashtable] $Value = @{},
    [string] $OutputPath = '.'
)

$ErrorActionPreference = 'Stop'

# Puts values in the place of names in angle brackets, and says which are missing.
function Expand-Placeholder {
    param($Data)

    if ($Data -is [hashtable]) {
        foreach ($key in @($Data.Keys)) {
            if ($key -ne 'Placeholders' -and $key -ne 'AccountPassword') { $Data[$key] = Expand-Placeholder -Data $Data[$key] }
        }
        return $Data
    }
    if ($Data -is [array]) {
        return , @($Data | ForEach-Object -Process { Expand-Placeholder -Data $_ })
    }
    if ($Data -is [string] -and $Data -match '^<([A-Za-z]+)>$') {
        if (-not $Value.ContainsKey($Matches[1])) { throw ('-Value has no entry for {0}.' -f $Matches[1]) }
        return $Value[$Matches[1]]
    }
    $Data
}

# The name of an instance of a resource, of what makes it one of a kind.
function Join-Name {
    param([string[]] $Part)

    ($Part -join ' ') -replace '[^A-Za-z0-9 _.-]', '_'
}

# The group has another name on servers in other languages. This one is taken for the language of the others.
$sid = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-32-544'
$group = $sid.Translate([System.Security.Principal.NTAccount])
$administrators = Split-Path -Path $group.Value -Leaf

configuration ConfigMgrHierarchy {
    Import-DscResource -ModuleName PSDesiredStateConfiguration
    Import-DscResource -ModuleName ConfigMgrCBDsc -ModuleVersion 4.0.0

    node $AllNodes.NodeName {
        foreach ($feature in $Node.WindowsFeatures) {
            WindowsFeature $feature {
                Name   = $feature
                Ensure = 'Present'
            }
        }
        if ($Node.LocalAdministrators) {
            Group LocalAdministrators {
                GroupName        = $administrators
                MembersToInclude = $Node.LocalAdministrators
                Credential       = $SiteCredential
            }
        }
        foreach ($item in $Node.CMAccounts) {
            CMAccounts (Join-Name -Part 'CMAccounts', $item.SiteCode, $item.Account) {
                SiteCode             = $item.SiteCode
                Account              = $item.Account
                AccountPassword      = $AccountCredential[$item.Account]
                PsDscRunAsCredential = $SiteCredential
            }
        }
        foreach ($item in $Node.CMSiteConfiguration) {
            CMSiteConfiguration (Join-Name -Part 'CMSiteConfiguration', $item.SiteCode) {
                SiteCode                        = $item.SiteCode
                ClientComputerCommunicationType = $item.ClientComputerCommunicationType
                UseSmsGeneratedCert             = $item.UseSmsGeneratedCert
                UsePkiClientCertificate         = $item.UsePkiClientCertificate
                PsDscRunAsCredential            = $SiteCredential
            }
        }
        foreach ($item in $Node.CMSoftwareDistributionComponent) {
            CMSoftwareDistributionComponent (Join-Name -Part 'CMSoftwareDistributionComponent', $item.SiteCode) {
                SiteCode             = $item.SiteCode
                AccessAccounts       = $item.AccessAccounts
                PsDscRunAsCredential = $SiteCredential
            }
        }
        foreach ($item in $Node.CMSiteSystemServer) {
            CMSiteSystemServer (Join-Name -Part 'CMSiteSystemServer', $item.SiteCode, $item.SiteSystemServer) {
                SiteCode             = $item.SiteCode
                SiteSystemServer     = $item.SiteSystemServer
                PublicFqdn           = $item.PublicFqdn
                FdmOperation         = $item.FdmOperation
                UseSiteServerAccount = $item.UseSiteServerAccount
                AccountName          = $item.AccountName
                EnableProxy          = $item.EnableProxy
                ProxyServerName      = $item.ProxyServerName
                ProxyServerPort      = $item.ProxyServerPort
                PsDscRunAsCredential = $SiteCredential
            }
        }
        foreach ($item in $Node.CMServiceConnectionPoint) {
            CMServiceConnectionPoint (Join-Name -Part 'CMServiceConnectionPoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode             = $item.SiteCode
                SiteServerName       = $item.SiteServerName
                Mode                 = $item.Mode
                PsDscRunAsCredential = $SiteCredential
            }
        }
        foreach ($item in $Node.CMDistributionPoint) {
            CMDistributionPoint (Join-Name -Part 'CMDistributionPoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode                        = $item.SiteCode
                SiteServerName                  = $item.SiteServerName
                ClientCommunicationType         = $item.ClientCommunicationType
                CertificateExpirationTimeUtc    = if ($item.CertificateExpirationTimeUtc) { [datetime] $item.CertificateExpirationTimeUtc }
                MinimumFreeSpaceMB              = $item.MinimumFreeSpaceMB
                PrimaryContentLibraryLocation   = $item.PrimaryContentLibraryLocation
                SecondaryContentLibraryLocation = $item.SecondaryContentLibraryLocation
                PrimaryPackageShareLocation     = $item.PrimaryPackageShareLocation
                SecondaryPackageShareLocation   = $item.SecondaryPackageShareLocation
                AllowPreStaging                 = $item.AllowPreStaging
                EnableAnonymous                 = $item.EnableAnonymous
                PsDscRunAsCredential            = $SiteCredential
            }
        }
        foreach ($item in $Node.CMPullDistributionPoint) {
            CMPullDistributionPoint (Join-Name -Part 'CMPullDistributionPoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode                = $item.SiteCode
                SiteServerName          = $item.SiteServerName
                EnablePullDP            = $item.EnablePullDP
                SourceDistributionPoint = @(foreach ($source in $item.SourceDistributionPoint) {
                        DSC_CMPullDistributionPointSourceDP {
                            SourceDP = $source.SourceDP
                            DPRank   = $source.DPRank
                        }
                    })
                PsDscRunAsCredential    = $SiteCredential
            }
        }
        foreach ($item in $Node.CMPxeDistributionPoint) {
            CMPxeDistributionPoint (Join-Name -Part 'CMPxeDistributionPoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode                  = $item.SiteCode
                SiteServerName            = $item.SiteServerName
                EnablePxe                 = $item.EnablePxe
                AllowPxeResponse          = $item.AllowPxeResponse
                EnableNonWdsPxe           = $item.EnableNonWdsPxe
                PxeServerResponseDelaySec = $item.PxeServerResponseDelaySec
                PsDscRunAsCredential      = $SiteCredential
            }
        }
        foreach ($item in $Node.CMManagementPoint) {
            CMManagementPoint (Join-Name -Part 'CMManagementPoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode              = $item.SiteCode
                SiteServerName        = $item.SiteServerName
                EnableSsl             = $item.EnableSsl
                ClientConnectionType  = $item.ClientConnectionType
                EnableCloudGateway    = $item.EnableCloudGateway
                Username              = $item.Username
                UseSiteDatabase       = $item.UseSiteDatabase
                SqlServerFqdn         = $item.SqlServerFqdn
                SqlServerInstanceName = $item.SqlServerInstanceName
                DatabaseName          = $item.DatabaseName
                PsDscRunAsCredential  = $SiteCredential
            }
        }
        foreach ($item in $Node.CMSoftwareUpdatePoint) {
            CMSoftwareUpdatePoint (Join-Name -Part 'CMSoftwareUpdatePoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode                      = $item.SiteCode
                SiteServerName                = $item.SiteServerName
                WsusSsl                       = $item.WsusSsl
                WsusIisPort                   = $item.WsusIisPort
                WsusIisSslPort                = $item.WsusIisSslPort
                ClientConnectionType          = $item.ClientConnectionType
                EnableCloudGateway            = $item.EnableCloudGateway
                UseProxy                      = $item.UseProxy
                UseProxyForAutoDeploymentRule = $item.UseProxyForAutoDeploymentRule
                WsusAccessAccount             = $item.WsusAccessAccount
                PsDscRunAsCredential          = $SiteCredential
            }
        }
        foreach ($item in $Node.CMSoftwareUpdatePointComponent) {
            CMSoftwareUpdatePointComponent (Join-Name -Part 'CMSoftwareUpdatePointComponent', $item.SiteCode) {
                SiteCode               = $item.SiteCode
                SynchronizeAction      = $item.SynchronizeAction
                UpstreamSourceLocation = $item.UpstreamSourceLocation
                PsDscRunAsCredential   = $SiteCredential
            }
        }
        foreach ($item in $Node.CMReportingServicePoint) {
            CMReportingServicePoint (Join-Name -Part 'CMReportingServicePoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode             = $item.SiteCode
                SiteServerName       = $item.SiteServerName
                Username             = $item.Username
                ReportServerInstance = $item.ReportServerInstance
                FolderName           = $item.FolderName
                PsDscRunAsCredential = $SiteCredential
            }
        }
        foreach ($item in $Node.CMFallbackStatusPoint) {
            CMFallbackStatusPoint (Join-Name -Part 'CMFallbackStatusPoint', $item.SiteCode, $item.SiteServerName) {
                SiteCode             = $item.SiteCode
                SiteServerName       = $item.SiteServerName
                PsDscRunAsCredential = $SiteCredential
            }
        }
        foreach ($item in $Node.CMAssetIntelligencePoint) {
            CMAssetIntelligencePoint (Join-Name -Part 'CMAssetIntelligencePoint', $item.SiteCode, $item.SiteServerName) {
                IsSingleInstance     = $item.IsSingleInstance
                SiteCode             = $item.SiteCode
                SiteServerName       = $item.SiteServerName
                PsDscRunAsCredential = $SiteCredential
            }
        }
        foreach ($item in $Node.CMBoundaryGroups) {
            CMBoundaryGroups (Join-Name -Part 'CMBoundaryGroups', $item.SiteCode, $item.BoundaryGroup) {
                SiteCode             = $item.SiteCode
                BoundaryGroup        = $item.BoundaryGroup
                SiteSystemsToInclude = $item.SiteSystemsToInclude
                PsDscRunAsCredential = $SiteCredential
            }
        }
    }
}

$data = Expand-Placeholder -Data (Import-PowerShellDataFile -Path $DataPath)
foreach ($account in @($data.AllNodes | ForEach-Object -Process { $_.CMAccounts } | Where-Object -FilterScript { $_ })) {
    if (-not $AccountCredential[$account.Account]) { throw ('-AccountCredential has no entry for {0}.' -f $account.Account) }
}
$data.NonNodeData.WithoutResource | ForEach-Object -Process { Write-Verbose -Message ('Not part of the configuration: {0}' -f (($_.Values | Sort-Object) -join ' ')) }
ConfigMgrHierarchy -ConfigurationData $data -OutputPath $OutputPath
