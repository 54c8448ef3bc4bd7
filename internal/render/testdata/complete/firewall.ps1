<#
.SYNOPSIS
Opens the Windows firewall of a computer for the connections that it takes.

.DESCRIPTION
Run it on each computer with the rights of an administrator, or with -ComputerName for another one. Rules that are there
are left alone; -WhatIf says what is missing. Only connections that a computer of the hierarchy takes are here: what
leaves it, Windows lets through unless it is told otherwise.

.PARAMETER ComputerName
The fully qualified name of the computer whose firewall is opened: this one unless another is named.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $ComputerName = [System.Net.Dns]::GetHostEntry('').HostName
)

$ErrorActionPreference = 'Stop'
$session = @{}
if ($ComputerName -ne [System.Net.Dns]::GetHostEntry('').HostName) { $session.CimSession = New-CimSession -ComputerName $ComputerName }

# Adds a rule unless there is one of its name. The computers that connect are looked up by their names when the rule is
# made: a firewall knows addresses only.
function Add-Rule {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Name, [string] $DisplayName, [string] $Protocol, [string] $Port, [string[]] $From)

    if (Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue @session) { return }
    $remote = @('Any')
    if ($From) { $remote = @($From | ForEach-Object -Process { [System.Net.Dns]::GetHostAddresses($_) } | ForEach-Object -Process { $_.IPAddressToString }) }
    if ($PSCmdlet.ShouldProcess($ComputerName, $Name)) {
        $null = New-NetFirewallRule -Name $Name -DisplayName $DisplayName -Group 'Configuration Manager' -Direction Inbound -Action Allow -Protocol $Protocol -LocalPort $Port -RemoteAddress $remote @session
    }
}

switch ($ComputerName) {
    'cas-cm01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-console' -DisplayName 'Configuration Manager, console: WMI, finds the SMS Provider; RPC endpoint mapper' -Protocol 'TCP' -Port '135'
        Add-Rule -Name 'ConfigMgr-tcp-135-data_warehouse_service_point' -DisplayName 'Configuration Manager, data_warehouse_service_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-rsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-endpoint_protection_point' -DisplayName 'Configuration Manager, endpoint_protection_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-service_connection_point' -DisplayName 'Configuration Manager, service_connection_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-console' -DisplayName 'Configuration Manager, console: administration service, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-data_warehouse_service_point' -DisplayName 'Configuration Manager, data_warehouse_service_point: SMB' -Protocol 'TCP' -Port '445' -From @('cas-rsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-endpoint_protection_point' -DisplayName 'Configuration Manager, endpoint_protection_point: SMB' -Protocol 'TCP' -Port '445' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-service_connection_point' -DisplayName 'Configuration Manager, service_connection_point: SMB' -Protocol 'TCP' -Port '445' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB, file-based replication' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com', 'sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-software_update_point' -DisplayName 'Configuration Manager, software_update_point: SMB' -Protocol 'TCP' -Port '445' -From @('cas-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-console' -DisplayName 'Configuration Manager, console: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-data_warehouse_service_point' -DisplayName 'Configuration Manager, data_warehouse_service_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-rsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-endpoint_protection_point' -DisplayName 'Configuration Manager, endpoint_protection_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-service_connection_point' -DisplayName 'Configuration Manager, service_connection_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-console' -DisplayName 'Configuration Manager, console: RPC endpoint mapper' -Protocol 'UDP' -Port '135'
        Add-Rule -Name 'ConfigMgr-udp-135-data_warehouse_service_point' -DisplayName 'Configuration Manager, data_warehouse_service_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-rsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-endpoint_protection_point' -DisplayName 'Configuration Manager, endpoint_protection_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-service_connection_point' -DisplayName 'Configuration Manager, service_connection_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-sup01.contoso.com')
    }
    'cas-rsp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-80-console' -DisplayName 'Configuration Manager, console: reports, HTTP' -Protocol 'TCP' -Port '80'
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-console' -DisplayName 'Configuration Manager, console: reports, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-cm01.contoso.com')
    }
    'cas-scp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-cm01.contoso.com')
    }
    'cas-sql01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, SMB' -Protocol 'TCP' -Port '445' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-data_warehouse_service_point' -DisplayName 'Configuration Manager, data_warehouse_service_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('cas-rsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-endpoint_protection_point' -DisplayName 'Configuration Manager, endpoint_protection_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-reporting_services_point' -DisplayName 'Configuration Manager, reporting_services_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('cas-rsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-service_connection_point' -DisplayName 'Configuration Manager, service_connection_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('cas-scp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication' -Protocol 'TCP' -Port '1433' -From @('lon-sql01.contoso.com', 'sea-sql01.contoso.com', 'sea-sql02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_server' -DisplayName 'Configuration Manager, site_server: SQL Server' -Protocol 'TCP' -Port '1433' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-sms_provider' -DisplayName 'Configuration Manager, sms_provider: SQL Server' -Protocol 'TCP' -Port '1433' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-4022-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication, Service Broker' -Protocol 'TCP' -Port '4022' -From @('lon-sql01.contoso.com', 'sea-sql01.contoso.com', 'sea-sql02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-cm01.contoso.com')
    }
    'cas-sup01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8530-client' -DisplayName 'Configuration Manager, client: software updates, HTTP' -Protocol 'TCP' -Port '8530'
        Add-Rule -Name 'ConfigMgr-tcp-8530-site_server' -DisplayName 'Configuration Manager, site_server: software updates, HTTP' -Protocol 'TCP' -Port '8530' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8530-software_update_point' -DisplayName 'Configuration Manager, software_update_point: software updates, HTTP' -Protocol 'TCP' -Port '8530' -From @('lon-sup01.contoso.com', 'sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8531-client' -DisplayName 'Configuration Manager, client: software updates, HTTPS' -Protocol 'TCP' -Port '8531'
        Add-Rule -Name 'ConfigMgr-tcp-8531-site_server' -DisplayName 'Configuration Manager, site_server: software updates, HTTPS' -Protocol 'TCP' -Port '8531' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8531-software_update_point' -DisplayName 'Configuration Manager, software_update_point: software updates, HTTPS' -Protocol 'TCP' -Port '8531' -From @('lon-sup01.contoso.com', 'sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('cas-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('cas-cm01.contoso.com')
    }
    'edi-cm01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: content, HTTPS; client communication, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB, file-based replication' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication' -Protocol 'TCP' -Port '1433' -From @('lon-sql01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-4022-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication, Service Broker' -Protocol 'TCP' -Port '4022' -From @('lon-sql01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8005-client' -DisplayName 'Configuration Manager, client: express updates' -Protocol 'TCP' -Port '8005'
        Add-Rule -Name 'ConfigMgr-tcp-10123-client' -DisplayName 'Configuration Manager, client: client notification' -Protocol 'TCP' -Port '10123'
    }
    'lon-cm01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-console' -DisplayName 'Configuration Manager, console: WMI, finds the SMS Provider; RPC endpoint mapper' -Protocol 'TCP' -Port '135'
        Add-Rule -Name 'ConfigMgr-tcp-135-management_point' -DisplayName 'Configuration Manager, management_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-mp01.contoso.com', 'lon-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-console' -DisplayName 'Configuration Manager, console: administration service, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-management_point' -DisplayName 'Configuration Manager, management_point: SMB' -Protocol 'TCP' -Port '445' -From @('lon-mp01.contoso.com', 'lon-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB, file-based replication' -Protocol 'TCP' -Port '445' -From @('cas-cm01.contoso.com', 'edi-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-software_update_point' -DisplayName 'Configuration Manager, software_update_point: SMB' -Protocol 'TCP' -Port '445' -From @('lon-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-console' -DisplayName 'Configuration Manager, console: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-management_point' -DisplayName 'Configuration Manager, management_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-mp01.contoso.com', 'lon-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-console' -DisplayName 'Configuration Manager, console: RPC endpoint mapper' -Protocol 'UDP' -Port '135'
        Add-Rule -Name 'ConfigMgr-udp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('lon-sup01.contoso.com')
    }
    'lon-dp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: content, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-443-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: content, HTTPS' -Protocol 'TCP' -Port '443' -From @('par-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8005-client' -DisplayName 'Configuration Manager, client: express updates' -Protocol 'TCP' -Port '8005'
        Add-Rule -Name 'ConfigMgr-tcp-8005-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: express updates' -Protocol 'TCP' -Port '8005' -From @('par-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('lon-cm01.contoso.com')
    }
    'lon-mp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: client communication, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-443-distribution_point' -DisplayName 'Configuration Manager, distribution_point: messages, HTTPS' -Protocol 'TCP' -Port '443' -From @('lon-dp01.contoso.com', 'par-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-10123-client' -DisplayName 'Configuration Manager, client: client notification' -Protocol 'TCP' -Port '10123'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-cm01.contoso.com')
    }
    'lon-mp02.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: client communication, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-443-distribution_point' -DisplayName 'Configuration Manager, distribution_point: messages, HTTPS' -Protocol 'TCP' -Port '443' -From @('lon-dp01.contoso.com', 'par-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-10123-client' -DisplayName 'Configuration Manager, client: client notification' -Protocol 'TCP' -Port '10123'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-cm01.contoso.com')
    }
    'lon-sql01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, SMB' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-management_point' -DisplayName 'Configuration Manager, management_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('lon-mp01.contoso.com', 'lon-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication' -Protocol 'TCP' -Port '1433' -From @('cas-sql01.contoso.com', 'edi-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_server' -DisplayName 'Configuration Manager, site_server: SQL Server' -Protocol 'TCP' -Port '1433' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-sms_provider' -DisplayName 'Configuration Manager, sms_provider: SQL Server' -Protocol 'TCP' -Port '1433' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-4022-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication, Service Broker' -Protocol 'TCP' -Port '4022' -From @('cas-sql01.contoso.com', 'edi-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('lon-cm01.contoso.com')
    }
    'lon-sup01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8530-client' -DisplayName 'Configuration Manager, client: software updates, HTTP' -Protocol 'TCP' -Port '8530'
        Add-Rule -Name 'ConfigMgr-tcp-8530-site_server' -DisplayName 'Configuration Manager, site_server: software updates, HTTP' -Protocol 'TCP' -Port '8530' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8531-client' -DisplayName 'Configuration Manager, client: software updates, HTTPS' -Protocol 'TCP' -Port '8531'
        Add-Rule -Name 'ConfigMgr-tcp-8531-site_server' -DisplayName 'Configuration Manager, site_server: software updates, HTTPS' -Protocol 'TCP' -Port '8531' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('lon-cm01.contoso.com')
    }
    'par-dp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: content, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8005-client' -DisplayName 'Configuration Manager, client: express updates' -Protocol 'TCP' -Port '8005'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('lon-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('lon-cm01.contoso.com')
    }
    'por-dp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-80-client' -DisplayName 'Configuration Manager, client: content, HTTP' -Protocol 'TCP' -Port '80'
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: content, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8005-client' -DisplayName 'Configuration Manager, client: express updates' -Protocol 'TCP' -Port '8005'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-cm01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-console' -DisplayName 'Configuration Manager, console: WMI, finds the SMS Provider; RPC endpoint mapper' -Protocol 'TCP' -Port '135'
        Add-Rule -Name 'ConfigMgr-tcp-135-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-management_point' -DisplayName 'Configuration Manager, management_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server_passive' -DisplayName 'Configuration Manager, site_server_passive: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-console' -DisplayName 'Configuration Manager, console: administration service, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-management_point' -DisplayName 'Configuration Manager, management_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB, file-based replication; SMB' -Protocol 'TCP' -Port '445' -From @('cas-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server_passive' -DisplayName 'Configuration Manager, site_server_passive: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-software_update_point' -DisplayName 'Configuration Manager, software_update_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-console' -DisplayName 'Configuration Manager, console: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-management_point' -DisplayName 'Configuration Manager, management_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server_passive' -DisplayName 'Configuration Manager, site_server_passive: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-console' -DisplayName 'Configuration Manager, console: RPC endpoint mapper' -Protocol 'UDP' -Port '135'
        Add-Rule -Name 'ConfigMgr-udp-135-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server_passive' -DisplayName 'Configuration Manager, site_server_passive: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-dp01.contoso.com')
    }
    'sea-cm02.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-console' -DisplayName 'Configuration Manager, console: WMI, finds the SMS Provider; RPC endpoint mapper' -Protocol 'TCP' -Port '135'
        Add-Rule -Name 'ConfigMgr-tcp-135-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-management_point' -DisplayName 'Configuration Manager, management_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-console' -DisplayName 'Configuration Manager, console: administration service, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-management_point' -DisplayName 'Configuration Manager, management_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB, file-based replication; SMB' -Protocol 'TCP' -Port '445' -From @('cas-cm01.contoso.com', 'sea-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-software_update_point' -DisplayName 'Configuration Manager, software_update_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: SMB' -Protocol 'TCP' -Port '445' -From @('sea-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-console' -DisplayName 'Configuration Manager, console: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-management_point' -DisplayName 'Configuration Manager, management_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-console' -DisplayName 'Configuration Manager, console: RPC endpoint mapper' -Protocol 'UDP' -Port '135'
        Add-Rule -Name 'ConfigMgr-udp-135-fallback_status_point' -DisplayName 'Configuration Manager, fallback_status_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-fsp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-software_update_point' -DisplayName 'Configuration Manager, software_update_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-sup01.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-dp01.contoso.com')
    }
    'sea-cmg01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-dp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-80-client' -DisplayName 'Configuration Manager, client: content, HTTP; user state, HTTP' -Protocol 'TCP' -Port '80'
        Add-Rule -Name 'ConfigMgr-tcp-80-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: content, HTTP' -Protocol 'TCP' -Port '80' -From @('por-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: content, HTTPS; user state, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-443-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: content, HTTPS' -Protocol 'TCP' -Port '443' -From @('por-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-client' -DisplayName 'Configuration Manager, client: user state, SMB' -Protocol 'TCP' -Port '445'
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8005-client' -DisplayName 'Configuration Manager, client: express updates' -Protocol 'TCP' -Port '8005'
        Add-Rule -Name 'ConfigMgr-tcp-8005-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: express updates' -Protocol 'TCP' -Port '8005' -From @('por-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-67-client' -DisplayName 'Configuration Manager, client: PXE, DHCP' -Protocol 'UDP' -Port '67'
        Add-Rule -Name 'ConfigMgr-udp-68-client' -DisplayName 'Configuration Manager, client: PXE, DHCP' -Protocol 'UDP' -Port '68'
        Add-Rule -Name 'ConfigMgr-udp-69-client' -DisplayName 'Configuration Manager, client: PXE, TFTP' -Protocol 'UDP' -Port '69'
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-547-client' -DisplayName 'Configuration Manager, client: PXE, DHCPv6' -Protocol 'UDP' -Port '547'
        Add-Rule -Name 'ConfigMgr-udp-4011-client' -DisplayName 'Configuration Manager, client: PXE, boot information negotiation' -Protocol 'UDP' -Port '4011'
    }
    'sea-dp02.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-80-client' -DisplayName 'Configuration Manager, client: content, HTTP' -Protocol 'TCP' -Port '80'
        Add-Rule -Name 'ConfigMgr-tcp-80-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: content, HTTP' -Protocol 'TCP' -Port '80' -From @('por-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: content, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-443-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: content, HTTPS' -Protocol 'TCP' -Port '443' -From @('por-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8005-client' -DisplayName 'Configuration Manager, client: express updates' -Protocol 'TCP' -Port '8005'
        Add-Rule -Name 'ConfigMgr-tcp-8005-pull_distribution_point' -DisplayName 'Configuration Manager, pull_distribution_point: express updates' -Protocol 'TCP' -Port '8005' -From @('por-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-fs01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB, content library' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-fsp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-80-client' -DisplayName 'Configuration Manager, client: state messages, HTTP' -Protocol 'TCP' -Port '80'
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-mp01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-80-client' -DisplayName 'Configuration Manager, client: client communication, HTTP' -Protocol 'TCP' -Port '80'
        Add-Rule -Name 'ConfigMgr-tcp-80-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: clients on the internet, HTTP' -Protocol 'TCP' -Port '80' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-80-distribution_point' -DisplayName 'Configuration Manager, distribution_point: messages, HTTP' -Protocol 'TCP' -Port '80' -From @('por-dp01.contoso.com', 'sea-dp01.contoso.com', 'sea-dp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: client communication, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-443-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: clients on the internet, HTTPS' -Protocol 'TCP' -Port '443' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-distribution_point' -DisplayName 'Configuration Manager, distribution_point: messages, HTTPS' -Protocol 'TCP' -Port '443' -From @('por-dp01.contoso.com', 'sea-dp01.contoso.com', 'sea-dp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-10123-client' -DisplayName 'Configuration Manager, client: client notification' -Protocol 'TCP' -Port '10123'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-mp02.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-80-client' -DisplayName 'Configuration Manager, client: client communication, HTTP' -Protocol 'TCP' -Port '80'
        Add-Rule -Name 'ConfigMgr-tcp-80-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: clients on the internet, HTTP' -Protocol 'TCP' -Port '80' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-80-distribution_point' -DisplayName 'Configuration Manager, distribution_point: messages, HTTP' -Protocol 'TCP' -Port '80' -From @('por-dp01.contoso.com', 'sea-dp01.contoso.com', 'sea-dp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-client' -DisplayName 'Configuration Manager, client: client communication, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-443-cloud_management_gateway_connection_point' -DisplayName 'Configuration Manager, cloud_management_gateway_connection_point: clients on the internet, HTTPS' -Protocol 'TCP' -Port '443' -From @('sea-cmg01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-distribution_point' -DisplayName 'Configuration Manager, distribution_point: messages, HTTPS' -Protocol 'TCP' -Port '443' -From @('por-dp01.contoso.com', 'sea-dp01.contoso.com', 'sea-dp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-10123-client' -DisplayName 'Configuration Manager, client: client notification' -Protocol 'TCP' -Port '10123'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-prv01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-console' -DisplayName 'Configuration Manager, console: RPC endpoint mapper' -Protocol 'TCP' -Port '135'
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-443-console' -DisplayName 'Configuration Manager, console: administration service, HTTPS' -Protocol 'TCP' -Port '443'
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-console' -DisplayName 'Configuration Manager, console: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535'
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-console' -DisplayName 'Configuration Manager, console: RPC endpoint mapper' -Protocol 'UDP' -Port '135'
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    'sea-sql01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-management_point' -DisplayName 'Configuration Manager, management_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication' -Protocol 'TCP' -Port '1433' -From @('cas-sql01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_server' -DisplayName 'Configuration Manager, site_server: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-sms_provider' -DisplayName 'Configuration Manager, sms_provider: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com', 'sea-prv01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-4022-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication, Service Broker' -Protocol 'TCP' -Port '4022' -From @('cas-sql01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-4022-site_server' -DisplayName 'Configuration Manager, site_server: Service Broker' -Protocol 'TCP' -Port '4022' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-5022-site_database_server' -DisplayName 'Configuration Manager, site_database_server: availability group endpoint' -Protocol 'TCP' -Port '5022' -From @('sea-sql02.contoso.com')
    }
    'sea-sql02.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-management_point' -DisplayName 'Configuration Manager, management_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-mp01.contoso.com', 'sea-mp02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication' -Protocol 'TCP' -Port '1433' -From @('cas-sql01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-site_server' -DisplayName 'Configuration Manager, site_server: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-sms_provider' -DisplayName 'Configuration Manager, sms_provider: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com', 'sea-prv01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-1433-state_migration_point' -DisplayName 'Configuration Manager, state_migration_point: SQL Server' -Protocol 'TCP' -Port '1433' -From @('sea-dp01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-4022-site_database_server' -DisplayName 'Configuration Manager, site_database_server: database replication, Service Broker' -Protocol 'TCP' -Port '4022' -From @('cas-sql01.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-4022-site_server' -DisplayName 'Configuration Manager, site_server: Service Broker' -Protocol 'TCP' -Port '4022' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: setup of a remote site database, RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-5022-site_database_server' -DisplayName 'Configuration Manager, site_database_server: availability group endpoint' -Protocol 'TCP' -Port '5022' -From @('sea-sql01.contoso.com')
    }
    'sea-sup01.contoso.com' {
        Add-Rule -Name 'ConfigMgr-tcp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'TCP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-445-site_server' -DisplayName 'Configuration Manager, site_server: SMB' -Protocol 'TCP' -Port '445' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8530-client' -DisplayName 'Configuration Manager, client: software updates, HTTP' -Protocol 'TCP' -Port '8530'
        Add-Rule -Name 'ConfigMgr-tcp-8530-site_server' -DisplayName 'Configuration Manager, site_server: software updates, HTTP' -Protocol 'TCP' -Port '8530' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-8531-client' -DisplayName 'Configuration Manager, client: software updates, HTTPS' -Protocol 'TCP' -Port '8531'
        Add-Rule -Name 'ConfigMgr-tcp-8531-site_server' -DisplayName 'Configuration Manager, site_server: software updates, HTTPS' -Protocol 'TCP' -Port '8531' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-tcp-49152-65535-site_server' -DisplayName 'Configuration Manager, site_server: RPC, dynamic ports' -Protocol 'TCP' -Port '49152-65535' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
        Add-Rule -Name 'ConfigMgr-udp-135-site_server' -DisplayName 'Configuration Manager, site_server: RPC endpoint mapper' -Protocol 'UDP' -Port '135' -From @('sea-cm01.contoso.com', 'sea-cm02.contoso.com')
    }
    default { throw ('The design has no computer {0}.' -f $ComputerName) }
}
