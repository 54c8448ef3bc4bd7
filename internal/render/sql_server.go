package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// SQLServerSetup is how the SQL Server of a site database is installed: on each computer
// that holds it, or on the only one.
type SQLServerSetup struct {
	// AnswerFile is what setup.exe of SQL Server takes with /ConfigurationFile, besides
	// /IACCEPTSQLSERVERLICENSETERMS and the passwords of accounts.
	AnswerFile string
	// Script is a PowerShell script for the same computer that does what setup.exe cannot:
	// the static port, memory, and what an availability group needs.
	Script string
}

// Collation is the only one that the product supports for new site databases.
const collation = "SQL_Latin1_General_CP1_CI_AS"

// SQLServer writes how the SQL Server of a site database is installed. The port of Service
// Broker is none of the instance: Setup of the site opens it.
func SQLServer(h *model.Hierarchy, siteCode string) (SQLServerSetup, error) {
	d, err := newDesign(h)
	if err != nil {
		return SQLServerSetup{}, err
	}
	s := d.Site(siteCode)
	if s == nil {
		var codes []string
		for _, listed := range d.Sites {
			codes = append(codes, fmt.Sprintf("%q", listed.Code))
		}
		slices.Sort(codes)
		return SQLServerSetup{}, fmt.Errorf("The hierarchy lists no site %q. Its sites: %s.", siteCode, strings.Join(codes, ", "))
	}
	if express, _ := s.Declared.UsesExpress().Get(); express {
		return SQLServerSetup{}, fmt.Errorf("Site %q uses SQL Server Express, which the setup of the secondary site installs.", s.Code)
	}
	db, ok := s.Declared.Database.Get()
	if !ok {
		db = &model.Database{}
	}
	instance, named := db.Instance.Get()
	if !named {
		instance = model.DefaultInstance
	}
	at := s.At.Attr("database")
	administrators := []string{}
	for _, host := range []model.Value[string]{s.Declared.Server, s.Declared.PassiveServer} {
		if name, ok := host.Get(); ok {
			domain, account := install.ComputerAccount(s.Declared, model.FoldHost(name))
			if domain != "" {
				administrators = append(administrators, account)
			}
		}
	}
	keys := [][2]string{
		{"ACTION", "Install"}, {"QUIET", "True"}, {"FEATURES", "SQLENGINE"}, {"INSTANCENAME", instance}, {"SQLCOLLATION", collation},
		{"TCPENABLED", "1"}, {"NPENABLED", "0"}, {"SQLSVCSTARTUPTYPE", "Automatic"}, {"AGTSVCSTARTUPTYPE", "Automatic"},
	}
	paths := map[string]model.Path{"INSTANCENAME": at.Attr("instance")}
	text := func(key, attribute string, v model.Value[string]) {
		if value, ok := v.Get(); ok {
			keys, paths[key] = append(keys, [2]string{key, value}), at.Attr(attribute)
		}
	}
	text("SQLSVCACCOUNT", "service_account", db.ServiceAccount)
	text("SQLUSERDBDIR", "data_file_path", db.DataFilePath)
	text("SQLUSERDBLOGDIR", "log_file_path", db.LogFilePath)
	if mode, _ := db.Authentication.Get(); mode == model.AuthenticationMixed {
		keys = append(keys, [2]string{"SECURITYMODE", "SQL"})
	}
	var b strings.Builder
	b.WriteString("[OPTIONS]\r\n")
	for _, key := range keys {
		value, err := quotedINI(paths[key[0]], key[1])
		if err != nil {
			return SQLServerSetup{}, err
		}
		fmt.Fprintf(&b, "%s=%s\r\n", key[0], value)
	}
	if len(administrators) > 0 {
		quoted := make([]string, len(administrators))
		for i, account := range administrators {
			if quoted[i], err = quotedINI(s.At.Attr("site_server"), account); err != nil {
				return SQLServerSetup{}, err
			}
		}
		fmt.Fprintf(&b, "SQLSYSADMINACCOUNTS=%s\r\n", strings.Join(quoted, " "))
	}
	return SQLServerSetup{AnswerFile: b.String(), Script: sqlServerScript(s, db, instance)}, nil
}

// quotedINI writes a value between double quotes. There is no way to write a quote or a
// line break in one.
func quotedINI(at model.Path, value string) (string, error) {
	if strings.ContainsRune(value, '"') {
		return "", cannot(at, "%q holds a double quote, which a configuration file of SQL Server cannot express.", value)
	}
	text, err := iniValue(at, value)
	if err != nil {
		return "", err
	}
	return `"` + text + `"`, nil
}

const sqlServerFunctions = `<#
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

`

// availabilityPort is that of the endpoint between replicas.
const availabilityPort = 5022

func sqlServerScript(s *install.Site, db *model.Database, instance string) string {
	var b strings.Builder
	b.WriteString(sqlServerFunctions)
	name := install.PowerShell(instance)
	fmt.Fprintf(&b, "Test-Collation -Instance %s -Collation %s\n", name, install.PowerShell(collation))
	fmt.Fprintf(&b, "Set-StaticPort -Instance %s -Port %d\n", name, databasePort(s))
	if memory, ok := db.MinimumMemory.Get(); ok {
		fmt.Fprintf(&b, "Set-MinimumMemory -Instance %s -Megabytes %d\n", name, memory)
	}
	fmt.Fprintf(&b, "Restart-Instance -Instance %s\n", name)
	if db.AvailabilityGroup.IsKnown() {
		fmt.Fprintf(&b, "Enable-AvailabilityGroup -Instance %s -Port %d\n", name, availabilityPort)
	}
	return b.String()
}
