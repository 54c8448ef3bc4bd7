<#
.SYNOPSIS
Configures the SQL Server instance of a site database on this computer.

.DESCRIPTION
Run it on the computer of the instance, on each one of an availability group or a failover cluster, after SQL Server is
installed with its configuration file. It can be run again.
#>
#Requires -Version 5.1
#Requires -RunAsAdministrator
[CmdletBinding(SupportsShouldProcess)]
param()

$ErrorActionPreference = 'Stop'
$restart = $false

# Gives the instance a static port: the product supports no dynamic ones.
function Set-StaticPort {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Instance, [int] $Port)

    $id = (Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\Instance Names\SQL').$Instance
    if (-not $id) { throw ('There is no SQL Server instance {0} on this computer.' -f $Instance) }
    $key = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\{0}\MSSQLServer\SuperSocketNetLib\Tcp\IPAll' -f $id
    $now = Get-ItemProperty -Path $key
    if ("$($now.TcpPort)" -eq "$Port" -and -not $now.TcpDynamicPorts) { return }
    if (-not $PSCmdlet.ShouldProcess($Instance, ('listen on TCP {0}' -f $Port))) { return }
    Set-ItemProperty -Path $key -Name TcpPort -Value "$Port"
    Set-ItemProperty -Path $key -Name TcpDynamicPorts -Value ''
    $script:restart = $true
}

function Invoke-Sql {
    param([string] $Instance, [string] $Query)

    $server = if ($Instance -eq 'MSSQLSERVER') { '.' } else { '.\' + $Instance }
    $connection = New-Object -TypeName System.Data.SqlClient.SqlConnection -ArgumentList ('Server={0};Integrated Security=true' -f $server)
    try {
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Query
        $command.ExecuteScalar()
    } finally {
        $connection.Dispose()
    }
}

# The collation cannot be changed later: an instance with another one is installed anew.
function Test-Collation {
    param([string] $Instance, [string] $Collation)

    $found = Invoke-Sql -Instance $Instance -Query "SELECT CAST(SERVERPROPERTY('Collation') AS nvarchar(128))"
    if ($found -ne $Collation) { throw ('The instance {0} has the collation {1}, and {2} is needed. Install it anew.' -f $Instance, $found, $Collation) }
}

function Set-MinimumMemory {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Instance, [int] $Megabytes)

    if (-not $PSCmdlet.ShouldProcess($Instance, ('minimum server memory {0} MB' -f $Megabytes))) { return }
    $null = Invoke-Sql -Instance $Instance -Query ("EXEC sp_configure 'show advanced options', 1; RECONFIGURE; EXEC sp_configure 'min server memory (MB)', {0}; RECONFIGURE" -f $Megabytes)
}

# What the instance needs to hold a replica: the feature, and the endpoint between replicas.
function Enable-AvailabilityGroup {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Instance, [int] $Port)

    if ((Invoke-Sql -Instance $Instance -Query "SELECT CAST(SERVERPROPERTY('IsHadrEnabled') AS int)") -ne 1) {
        if (-not $PSCmdlet.ShouldProcess($Instance, 'enable availability groups')) { return }
        Import-Module -Name SqlServer
        $path = if ($Instance -eq 'MSSQLSERVER') { 'SQLSERVER:\SQL\{0}\DEFAULT' -f $env:COMPUTERNAME } else { 'SQLSERVER:\SQL\{0}\{1}' -f $env:COMPUTERNAME, $Instance }
        Enable-SqlAlwaysOn -Path $path -Force
    }
    if (-not $PSCmdlet.ShouldProcess($Instance, ('endpoint on TCP {0}' -f $Port))) { return }
    $null = Invoke-Sql -Instance $Instance -Query ("IF NOT EXISTS (SELECT 1 FROM sys.database_mirroring_endpoints) CREATE ENDPOINT Hadr_endpoint STATE = STARTED AS TCP (LISTENER_PORT = {0}) FOR DATA_MIRRORING (ROLE = ALL)" -f $Port)
}

# A new port is used after a restart of the service.
function Restart-Instance {
    [CmdletBinding(SupportsShouldProcess)]
    param([string] $Instance)

    if (-not $restart) { return }
    $service = if ($Instance -eq 'MSSQLSERVER') { 'MSSQLSERVER' } else { 'MSSQL$' + $Instance }
    if ($PSCmdlet.ShouldProcess($service, 'restart')) { Restart-Service -Name $service -Force }
}

Test-Collation -Instance 'MSSQLSERVER' -Collation 'SQL_Latin1_General_CP1_CI_AS'
Set-StaticPort -Instance 'MSSQLSERVER' -Port 1433
Restart-Instance -Instance 'MSSQLSERVER'
Enable-AvailabilityGroup -Instance 'MSSQLSERVER' -Port 5022
