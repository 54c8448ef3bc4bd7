package render

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// FirewallRule lets one kind of peer reach one port, or range of ports, of a computer, of
// a service on the internet or of what else is outside of the hierarchy.
type FirewallRule struct {
	ID string // destination/protocol/ports/source, unique
	// Kind is inbound where a computer of the hierarchy takes the connection, or one of the
	// other kinds of install.Kinds.
	Kind     string
	SiteCode string // of the destination, or of the sources where it is outside; several with a semicolon between them
	// Destination is a FQDN or, where the hierarchy lists no computer, a name of
	// DestinationRole or of a service on the internet.
	Destination     string
	DestinationRole string // the keys of roles, with a semicolon between them, or internet, domain_controller and the like
	Protocol        string // tcp or udp
	Ports           string // 443, or 49152-65535
	// Source is who connects: the key of a role, client, console and the like.
	Source string
	// SourceServers are the computers that connect, sorted. Empty where the hierarchy does
	// not list them, as with clients.
	SourceServers []string
	Purpose       string
	// Rows are the rows of the ports article that ask for the connection, sorted.
	Rows []string
}

// FirewallRules returns the connections that the computers of a hierarchy take and make,
// sorted by destination.
func FirewallRules(h *model.Hierarchy) ([]FirewallRule, error) {
	d, err := newDesign(h)
	if err != nil {
		return nil, err
	}
	sites := map[string][]string{}
	for _, server := range d.Plan().Servers {
		sites[server.FQDN] = server.SiteCodes
	}
	var list []*FirewallRule
	rules := map[string]*FirewallRule{}
	for _, c := range d.Connections() {
		destination := cmp.Or(c.DestinationHost, c.Endpoint, c.Destination)
		ports := install.Port{First: c.First, Last: c.Last}.Range()
		id := strings.Join([]string{destination, c.Protocol, ports, c.Source}, "/")
		r := rules[id]
		if r == nil {
			r = &FirewallRule{
				ID: id, Kind: c.Kind, Destination: destination, DestinationRole: c.Destination, Protocol: c.Protocol, Ports: ports,
				Source: c.Source, SiteCode: strings.Join(sites[c.DestinationHost], ";"),
			}
			rules[id] = r
			list = append(list, r)
		}
		if c.SourceHost != "" {
			r.SourceServers = append(r.SourceServers, c.SourceHost)
		}
		if !slices.Contains(strings.Split(r.Purpose, "; "), c.Purpose) {
			r.Purpose = strings.TrimPrefix(r.Purpose+"; "+c.Purpose, "; ")
		}
		if !slices.Contains(strings.Split(r.DestinationRole, ";"), c.Destination) {
			r.DestinationRole += ";" + c.Destination
		}
		r.Rows = append(r.Rows, c.Row)
	}
	all := make([]FirewallRule, 0, len(list))
	for _, r := range list {
		r.SourceServers, r.Rows = distinct(r.SourceServers), distinct(r.Rows)
		if r.SiteCode == "" {
			var codes []string
			for _, source := range r.SourceServers {
				codes = append(codes, sites[source]...)
			}
			r.SiteCode = strings.Join(distinct(codes), ";")
		}
		all = append(all, *r)
	}
	slices.SortFunc(all, func(a, b FirewallRule) int {
		return cmp.Or(
			cmp.Compare(slices.Index(install.Kinds(), a.Kind), slices.Index(install.Kinds(), b.Kind)), cmp.Compare(a.Destination, b.Destination),
			cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(firstPort(a), firstPort(b)), cmp.Compare(a.ID, b.ID),
		)
	})
	return all, nil
}

// distinct returns a list sorted and without repetitions.
func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

func firstPort(r FirewallRule) int {
	first, _, _ := strings.Cut(r.Ports, "-")
	n, _ := strconv.Atoi(first) // what Port.Range writes is a number
	return n
}

// FirewallCSV writes the rules as a table with a row of headings, one rule a row.
func FirewallCSV(rules []FirewallRule) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{{"kind", "site_code", "source", "source_servers", "destination_role", "destination", "protocol", "ports", "purpose", "rows"}}
	for _, r := range rules {
		rows = append(rows, []string{
			r.Kind, r.SiteCode, r.Source, strings.Join(r.SourceServers, ";"), r.DestinationRole, r.Destination, r.Protocol, r.Ports, r.Purpose, strings.Join(r.Rows, ";"),
		})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = csvText(row[i])
		}
	}
	if err := w.WriteAll(rows); err != nil {
		panic(fmt.Sprintf("render: %v", err)) // a strings.Builder takes everything
	}
	return b.String()
}

// csvText keeps spreadsheets from taking a value for a formula.
func csvText(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// firewallScriptHead begins the script that opens a firewall.
const firewallScriptHead = `<#
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
`

// FirewallScript writes a PowerShell script that opens the firewalls of Windows.
func FirewallScript(rules []FirewallRule) string {
	var b strings.Builder
	b.WriteString(firewallScriptHead)
	host := ""
	for _, r := range sortedByDestination(rules) {
		if r.Destination != host {
			if host != "" {
				b.WriteString("    }\n")
			}
			host = r.Destination
			fmt.Fprintf(&b, "    %s {\n", install.PowerShell(host))
		}
		name := strings.Join([]string{"ConfigMgr", r.Protocol, r.Ports, r.Source}, "-")
		fmt.Fprintf(&b, "        Add-Rule -Name %s -DisplayName %s -Protocol %s -Port %s", install.PowerShell(name),
			install.PowerShell("Configuration Manager, "+r.Source+": "+r.Purpose), install.PowerShell(strings.ToUpper(r.Protocol)), install.PowerShell(r.Ports))
		if len(r.SourceServers) > 0 {
			b.WriteString(" -From " + install.PowerShell(r.SourceServers))
		}
		b.WriteByte('\n')
	}
	if host != "" {
		b.WriteString("    }\n")
	}
	b.WriteString("    default { throw ('The design has no computer {0}.' -f $ComputerName) }\n}\n")
	return b.String()
}

// sortedByDestination returns the rules of connections that computers of the hierarchy
// take, by the computer. WinRM is not among them: Windows Server lets it through already,
// and a design does not say from where.
func sortedByDestination(rules []FirewallRule) []FirewallRule {
	taken := slices.DeleteFunc(slices.Clone(rules), func(r FirewallRule) bool {
		return r.Kind != install.KindInbound && r.Kind != install.KindAvailability
	})
	slices.SortStableFunc(taken, func(a, b FirewallRule) int { return cmp.Compare(a.Destination, b.Destination) })
	return taken
}
