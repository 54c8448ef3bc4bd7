package needs

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
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
		"MP": {product.RoleManagementPoint}, "DP": {product.RoleDistributionPoint}, "FSP": {product.RoleFallbackStatusPoint}, "RSP": {product.RoleReportingServicesPoint},
		"EP": {product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint}, "CMGCP": {product.RoleGatewayConnection}, "SUP": {product.RoleSoftwareUpdatePoint},
		"SMP": {product.RoleStateMigrationPoint}, "SCP": {product.RoleServiceConnectionPoint},
	}
	leadingNumber = regexp.MustCompile(`^(\d+) (.*)$`)
)

// tableAnswer writes the answer for a role as the table does.
func tableAnswer(r *model.RequiredRole) string {
	requirement, _ := r.Requirement.Get()
	if requirement == string(model.RoleNotNeeded) {
		requirement = ""
	}
	if n, _ := r.Minimum.Get(); n > 1 {
		requirement += fmt.Sprintf(" %d", n)
	}
	s := r.DeclaredSettings()
	var list []string
	for _, setting := range []struct {
		value model.Value[string]
		words map[string]string
	}{
		{s.Protocol, map[string]string{model.ProtocolHTTP: "http", model.ProtocolHTTPS: "https"}},
		{model.Shown(s.AllowMobileDevices), map[string]string{"true": "devices"}},
		{s.ClientConnections, map[string]string{model.ConnectionsIntranet: "intranet", model.ConnectionsInternetAndIntranet: "internet"}},
		{model.Shown(s.AllowCMGTraffic), map[string]string{"true": "cmg"}},
		{s.PXE, map[string]string{model.PXEResponder: "pxe", model.PXEWindowsDeploymentServices: "pxe by WDS"}},
		{model.Shown(s.Multicast), map[string]string{"true": "multicast"}},
		{s.Mode, map[string]string{model.ModeOnline: "online"}},
		{model.Shown(s.DedicatedServer), map[string]string{"true": "dedicated"}},
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
	r := answered(t, modeltest.RequestTree(site+" "+strings.ReplaceAll(clients, "%d", number), features...), model.Known(product.DefaultVersion))
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
		if want[role] == "" && got.RemovedIn.IsKnown() && !strings.Contains(cells[0], "2010") {
			want[role] = string(model.RoleForbidden)
		}
		if tableAnswer(got) != want[role] {
			reasons, _ := got.Reasons.Get()
			t.Errorf("%s: got %q, the table has %q\n%v", role, tableAnswer(got), want[role], reasons)
		}
	}
}

// TestRequiredRoles_ReasonsAreSaidWhereTheyApply has a question for which each rule is
// among the reasons, and one for which it is not.
func TestRequiredRoles_ReasonsAreSaidWhereTheyApply(t *testing.T) {
	all := strings.Join(everyCondition, " ")
	for _, test := range []struct {
		role, rule, words string
		said, features    string
		not, notFeatures  string
	}{
		{product.RoleManagementPoint, "REQ-MAC", "HTTPS only", "PS1 primary macos=1", "", "PS1 primary windows=1", ""},
		{product.RoleManagementPoint, "REQ-BITLOCKER", "HTTPS only", "PS1 primary version=2010 windows=1", "bitlocker_management", "PS1 primary version=2010 windows=1", ""},
		{product.RoleManagementPoint, "REQ-BITLOCKER", "recovery keys", "PS1 primary windows=1", "bitlocker_management", "PS1 primary version=1906 windows=1", "bitlocker_management"},
		{product.RoleManagementPoint, "REQ-MP-COUNT", "25000 clients", "PS1 primary windows=25001", "", "PS1 primary windows=25000", ""},
		{product.RoleManagementPoint, "REQ-MP-INSTALL-WINDOWS", "use no distribution point", "PS1 primary windows=1 windows_installation=management_point", "", "PS1 primary windows=1 windows_installation=operating_system_deployment", ""},
		{product.RoleManagementPoint, "REQ-MP-DEVICE-SECONDARY", "cannot use", "SS1 secondary<PS1 macos=1", "", "SS1 secondary<PS1 windows=1", ""},
		{product.RoleManagementPoint, "REQ-WORKGROUP", "DNS", "PS1 primary windows=1 workgroup=true", "", "PS1 primary windows=1", ""},
		{product.RoleManagementPoint, "REQ-EXC", "no management point", "PS1 primary mobile_exchange=1", "", "PS1 primary windows=1", ""},
		{product.RoleDistributionPoint, "REQ-DP-COUNT", "4000 clients", "PS1 primary windows=4001", "", "PS1 primary windows=4000", ""},
		{product.RoleDistributionPoint, "REQ-DP-MOBILE-ENROLLED", "do not install", "PS1 primary mobile_enrolled=1", "", "PS1 primary mobile_legacy=1", ""},
		{product.RoleDistributionPoint, "REQ-EXC", "no distribution point", "PS1 primary mobile_exchange=1", "", "PS1 primary windows=1", ""},
		{product.RoleDistributionPoint, "REQ-SECONDARY", "Setup puts", "SS1 secondary<PS1", "", "PS1 primary", ""},
		{product.RoleFallbackStatusPoint, "REQ-FSP-CONDITIONS", "one does not (population.windows, fallback_status_point.dedicated_server = false)", "PS1 primary windows=1", "fsp.dedicated_server=false", "PS1 primary macos=1", "fsp.dedicated_server=false"},
		{product.RoleFallbackStatusPoint, "REQ-FSP-UNMANAGED", "unmanaged", "PS1 primary windows=1", all, "PS1 primary windows=1", "fsp.dedicated_server=false"},
		{product.RoleFallbackStatusPoint, "REQ-FSP-HTTP-RISK", "clear text", "PS1 primary windows=1", all, "PS1 primary windows=1", "fsp.dedicated_server=false"},
		{product.RoleFallbackStatusPoint, "REQ-FSP-HTTP-RISK", "on the internet", "PS1 primary windows=1 internet=true", all, "PS1 primary macos=1", all},
		{product.RoleFallbackStatusPoint, "REQ-FSP-ASSIGN", "before them", "PS1 primary windows=1", all, "PS1 primary windows=1", ""},
		{product.RoleFallbackStatusPoint, "REQ-FSP-NOT-HEALTH", "without", "PS1 primary windows=1", "client_health", "PS1 primary windows=1", ""},
		{product.RoleFallbackStatusPoint, "REQ-FSP-WINDOWS-ONLY", "do not use", "PS1 primary windows=1 macos=1", "", "PS1 primary windows=1", ""},
		{product.RoleEnrollmentPoint, "REQ-EP-DEPR", "deprecated", "PS1 primary on_premises_mdm=1", "", "PS1 primary windows=1", ""},
		{product.RoleEnrollmentProxyPoint, "REQ-EP-MAC-INDEP", "independently", "PS1 primary macos=1 macos_certificates=independent", "", "PS1 primary macos=1", ""},
		{product.RoleEnrollmentPoint, "REQ-EP-EXCHANGE", "do not enroll", "PS1 primary mobile_exchange=1", "", "PS1 primary mobile_legacy=1", ""},
		{product.RoleEnrollmentProxyPoint, "REQ-EP-LEGACY", "do not enroll", "PS1 primary mobile_legacy=1", "", "PS1 primary mobile_exchange=1", ""},
		{product.RoleServiceConnectionPoint, "REQ-SCP", "console", "PS1 primary", "", "PS1 primary<CAS", ""},
		{product.RoleAssetIntelligence, "REQ-AISP", "cannot be added", "PS1 primary version=2603", "", "PS1 primary<CAS version=2509", ""},
		{product.RoleServiceConnectionPoint, "ROLE-SITE-SCP", "cannot hold the role service connection point", "PS1 primary<CAS", "", "PS1 primary", ""},
		{product.RoleManagementPoint, "REQ-CAS-NOROLE", "cannot hold the role management point", "CAS central_administration", "", "PS1 primary", ""},
		{product.RoleGatewayConnection, "REQ-INTERNET-ALT", "instead", "PS1 primary windows=1 internet=true", "", "PS1 primary windows=1", ""},
	} {
		t.Run(test.role+" "+test.rule, func(t *testing.T) {
			about(t, test.said, strings.Fields(test.features)...).because(test.role, test.rule, test.words)
			about(t, test.not, strings.Fields(test.notFeatures)...).silent(test.role, test.rule)
		})
	}
}
