package model

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The words of testdata/required_roles.md.
var (
	tableSites = map[string]string{
		"stand-alone primary": "PS1 primary", "stand-alone primary of 2010": "PS1 primary version=2010", "central administration": "PS1 central_administration",
		"child primary": "PS1 primary<CAS", "secondary": "PS1 secondary<PRI",
	}
	tableClients = map[string]string{
		"none": "", "Windows": "windows=%d", "Windows from management points": "windows=%d windows_installation=management_point",
		"Windows with /source": "windows=%d windows_installation=alternative_source", "Windows with the operating system": "windows=%d windows_installation=operating_system_deployment",
		"Windows in a workgroup": "windows=%d workgroup=true", "Windows on the internet": "windows=%d internet=true",
		"Macs": "macos=%d", "Macs with their own certificates": "macos=%d macos_certificates=independent",
		"enrolled mobile devices": "mobile_enrolled=%d", "on-premises MDM": "on_premises_mdm=%d", "Exchange devices": "mobile_exchange=%d", "legacy devices": "mobile_legacy=%d",
	}
	tableConditions = map[string][]string{
		"all four conditions": {"fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server", "fsp.benefits_outweigh_risks"},
		"three conditions":    {"fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server=false", "fsp.benefits_outweigh_risks"},
		"the risk outweighs":  {"fsp.benefits_outweigh_risks=false"},
	}
	tableColumns = map[string][]string{
		"MP": {roleManagementPoint}, "DP": {roleDistributionPoint}, "FSP": {roleFallbackStatusPoint}, "RSP": {roleReportingServicesPoint},
		"EP": {roleEnrollmentPoint, roleEnrollmentProxyPoint}, "CMGCP": {roleGatewayConnection}, "SUP": {roleSoftwareUpdatePoint},
		"SMP": {roleStateMigrationPoint}, "SCP": {roleServiceConnectionPoint},
	}
	leadingNumber = regexp.MustCompile(`^(\d+) (.*)$`)
)

// tableAnswer writes the answer for a role as the table does.
func tableAnswer(r *RequiredRole) string {
	requirement, _ := r.Requirement.Get()
	if requirement == string(RoleNotNeeded) {
		requirement = ""
	}
	if n, _ := r.Minimum.Get(); n > 1 {
		requirement += fmt.Sprintf(" %d", n)
	}
	s := r.settings()
	var list []string
	for _, setting := range []struct {
		value Value[string]
		words map[string]string
	}{
		{s.Protocol, map[string]string{ProtocolHTTP: "http", ProtocolHTTPS: "https"}},
		{shown(s.AllowMobileDevices), map[string]string{"true": "devices"}},
		{s.ClientConnections, map[string]string{ConnectionsIntranet: "intranet", ConnectionsInternetAndIntranet: "internet"}},
		{shown(s.AllowCMGTraffic), map[string]string{"true": "cmg"}},
		{s.PXE, map[string]string{PXEResponder: "pxe"}},
		{shown(s.Multicast), map[string]string{"true": "multicast"}},
		{s.Mode, map[string]string{ModeOnline: "online"}},
		{shown(s.DedicatedServer), map[string]string{"true": "dedicated"}},
	} {
		if v, ok := setting.value.Get(); ok {
			list = append(list, setting.words[v])
		}
	}
	if len(list) > 0 {
		requirement += " (" + strings.Join(list, ", ") + ")"
	}
	return requirement
}

// TestRequiredRoles_DecisionTable compares the answers with the table that
// administrators review. What the table does not name has to be not needed.
func TestRequiredRoles_DecisionTable(t *testing.T) {
	data, err := os.ReadFile("testdata/required_roles.md")
	if err != nil {
		t.Fatal(err)
	}
	var header []string
	rows := 0
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if header == nil {
			header = cells
			continue
		}
		rows++
		t.Run(strings.Join(cells[:3], ", "), func(t *testing.T) { compareRow(t, header, cells) })
	}
	if rows < 40 {
		t.Errorf("the table has %d rows", rows)
	}
}

func compareRow(t *testing.T, header, cells []string) {
	t.Helper()
	site, ok := tableSites[cells[0]]
	if !ok {
		t.Fatalf("unknown site %q", cells[0])
	}
	kind, number := cells[1], "100"
	if m := leadingNumber.FindStringSubmatch(kind); m != nil {
		number, kind = m[1], m[2]
	}
	clients, ok := tableClients[kind]
	if !ok {
		t.Fatalf("unknown clients %q", kind)
	}
	var features []string
	for _, word := range strings.Split(cells[2], ",") {
		word = strings.TrimSpace(word)
		switch conditions, ok := tableConditions[word]; {
		case ok:
			features = append(features, conditions...)
		case word != "":
			features = append(features, word)
		}
	}
	r := answered(t, requestTree(site+" "+strings.ReplaceAll(clients, "%d", number), features...), Known(DefaultVersion))
	want := map[string]string{}
	for i, cell := range cells[3:] {
		column := header[i+3]
		if column != "other" {
			for _, role := range tableColumns[column] {
				want[role] = cell
			}
			continue
		}
		for _, entry := range strings.Split(cell, ",") {
			if role, answer, ok := strings.Cut(strings.TrimSpace(entry), " "); ok {
				want[role] = answer
			}
		}
	}
	for role := range want {
		if !slices.Contains(RequestableRoles(), role) {
			t.Errorf("unknown role %q", role)
		}
	}
	for _, role := range RequestableRoles() {
		got := roleAt(t, r, "PS1", role)
		// Gone from the version on, at every site that could have held it.
		if want[role] == "" && got.RemovedIn.IsKnown() && tableAnswer(got) == string(RoleForbidden) && !strings.Contains(cells[0], "2010") {
			continue
		}
		if tableAnswer(got) != want[role] {
			reasons, _ := got.Reasons.Get()
			t.Errorf("%s: got %q, the table has %q\n%v", role, tableAnswer(got), want[role], reasons)
		}
	}
}
