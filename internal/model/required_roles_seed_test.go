package model

import (
	"slices"
	"strings"
	"testing"
)

// The statements of the article "Determine the site system roles for clients", one by
// one and in its order.

// statement asks about one site and compares the answers for roles.
type statement struct {
	t      *testing.T
	answer *RequiredRoles
	code   string
}

// about asks a question. The site asked about is that of the first population.
func about(t *testing.T, populations string, features ...string) statement {
	t.Helper()
	return statement{t, answered(t, requestTree(populations, features...), Known(DefaultVersion)), strings.Fields(populations)[0]}
}

func (s statement) is(role string, want Requirement) statement {
	s.t.Helper()
	if got := roleAt(s.t, s.answer, s.code, role).Requirement; got != Known(string(want)) {
		s.t.Errorf("%s: %s is %s, want %s", s.code, role, got, want)
	}
	return s
}

// because looks for a rule among those of a role, with its reason.
func (s statement) because(role, rule, words string) statement {
	s.t.Helper()
	r := roleAt(s.t, s.answer, s.code, role)
	ids, _ := r.RuleIDs.Get()
	reasons, _ := r.Reasons.Get()
	for i, id := range ids {
		if text, _ := reasons[i].Get(); id == Known(rule) && strings.Contains(text, words) {
			return s
		}
	}
	s.t.Errorf("%s: %s does not say %q by %s, but %v by %v", s.code, role, words, rule, reasons, ids)
	return s
}

// silent expects a role without a rule among its reasons.
func (s statement) silent(role, rule string) statement {
	s.t.Helper()
	ids, _ := roleAt(s.t, s.answer, s.code, role).RuleIDs.Get()
	if slices.Contains(ids, Known(rule)) {
		s.t.Errorf("%s: %s is explained by %s", s.code, role, rule)
	}
	return s
}

func (s statement) settings(role string) *RoleSettings {
	s.t.Helper()
	return roleAt(s.t, s.answer, s.code, role).settings()
}

func (s statement) minimum(role string, want int64) statement {
	s.t.Helper()
	if got := roleAt(s.t, s.answer, s.code, role).Minimum; got != Known(want) {
		s.t.Errorf("%s: at least %s of %s, want %d", s.code, got, role, want)
	}
	return s
}

var everyCondition = []string{"fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server", "fsp.benefits_outweigh_risks"}

func TestRequiredRoles_Seed01_WindowsInstallsFromADistributionPointElseAManagementPoint(t *testing.T) {
	about(t, "PS1 primary windows=1").is(roleDistributionPoint, RoleRecommended).
		because(roleDistributionPoint, "REQ-DP-WINDOWS-INSTALL", "by default").because(roleManagementPoint, "REQ-MP-INSTALL-WINDOWS", "fall back")
	about(t, "PS1 primary macos=1").silent(roleManagementPoint, "REQ-MP-INSTALL-WINDOWS").silent(roleDistributionPoint, "REQ-DP-WINDOWS-INSTALL")
}

func TestRequiredRoles_Seed02_AnotherSourceKeepsTheInstallationAway(t *testing.T) {
	about(t, "PS1 primary windows=1 windows_installation=alternative_source").is(roleDistributionPoint, RoleOptional).
		because(roleManagementPoint, "REQ-MP-SOURCE-USE", "internet").silent(roleManagementPoint, "REQ-MP-INSTALL-WINDOWS")
	about(t, "PS1 primary windows=1").silent(roleManagementPoint, "REQ-MP-SOURCE-USE")
}

func TestRequiredRoles_Seed03_EveryClientNeedsAManagementPoint(t *testing.T) {
	for _, kind := range kindsOfClients {
		about(t, "PS1 primary "+kind.name+"=1").is(roleManagementPoint, RoleRequired)
	}
	about(t, "PS1 primary windows=1 windows_installation=alternative_source").is(roleManagementPoint, RoleRequired)
	about(t, "PS1 primary; SS1 secondary<PS1 windows=1").is(roleManagementPoint, RoleRequired).because(roleManagementPoint, "REQ-PRIMARY-CLIENTS", "secondary sites")
	about(t, "PS1 primary").is(roleManagementPoint, RoleNotNeeded)
}

func TestRequiredRoles_Seed04_ClientsChooseAmongManagementPoints(t *testing.T) {
	about(t, "PS1 primary windows=25001").minimum(roleManagementPoint, 2).because(roleManagementPoint, "REQ-MP-AUTOSELECT", "forest membership and network location")
	about(t, "PS1 primary windows=25000").silent(roleManagementPoint, "REQ-MP-AUTOSELECT")
}

func TestRequiredRoles_Seed05_ASecondarySiteHasOneManagementPoint(t *testing.T) {
	about(t, "SS1 secondary<PS1 windows=60000 macos=20000").is(roleManagementPoint, RoleRequired).minimum(roleManagementPoint, 1).
		because(roleManagementPoint, "REQ-SECONDARY", "exactly one")
}

func TestRequiredRoles_Seed06_MacsAndEnrolledDevicesNeedAManagementPointToInstall(t *testing.T) {
	for _, kind := range []string{"macos", "mobile_enrolled"} {
		about(t, "PS1 primary "+kind+"=1").is(roleManagementPoint, RoleRequired).because(roleManagementPoint, "REQ-MP-DEVICE", "already for the installation")
	}
	about(t, "PS1 primary windows=1").silent(roleManagementPoint, "REQ-MP-DEVICE")
}

func TestRequiredRoles_Seed07_ThatManagementPointSupportsDevicesAndTheInternet(t *testing.T) {
	for kind, connections := range map[string]string{"macos": ConnectionsInternetAndIntranet, "mobile_enrolled": ConnectionsInternetAndIntranet, "on_premises_mdm": ConnectionsIntranet} {
		s := about(t, "PS1 primary "+kind+"=1").settings(roleManagementPoint)
		if s.AllowMobileDevices != Known(true) || s.Protocol != Known(ProtocolHTTPS) || s.ClientConnections != Known(connections) {
			t.Errorf("%s: %+v", kind, s)
		}
	}
	if s := about(t, "PS1 primary windows=1").settings(roleManagementPoint); !s.AllowMobileDevices.IsNull() || !s.ClientConnections.IsNull() {
		t.Errorf("Windows clients: %+v", s)
	}
}

func TestRequiredRoles_Seed08_DevicesCannotUseAManagementPointElsewhere(t *testing.T) {
	about(t, "SS1 secondary<PS1 macos=1").because(roleManagementPoint, "REQ-MP-DEVICE-SECONDARY", "cannot use")
	primary := about(t, "PS1 primary; SS1 secondary<PS1 macos=1").is(roleManagementPoint, RoleRequired).because(roleManagementPoint, "REQ-MP-DEVICE-SECONDARY", "of this primary site")
	if s := primary.settings(roleManagementPoint); s.AllowMobileDevices != Known(true) || s.ClientConnections != Known(ConnectionsInternetAndIntranet) {
		t.Errorf("%+v", s)
	}
	// Those of another primary site do not help.
	about(t, "PS2 primary<CAS; PS1 primary<CAS macos=1").is(roleManagementPoint, RoleNotNeeded)
}

func TestRequiredRoles_Seed09_WindowsInstallsWithoutADistributionPoint(t *testing.T) {
	for _, way := range []string{InstallFromDistributionPoint, InstallFromManagementPoint, InstallFromAlternative} {
		if got := roleAt(t, about(t, "PS1 primary windows=1 windows_installation="+way).answer, "PS1", roleDistributionPoint).Requirement; got == Known(string(RoleRequired)) {
			t.Errorf("%s: a distribution point is required", way)
		}
	}
}

func TestRequiredRoles_Seed10_OnlyTheLegacyMobileClientIsInstalledFromADistributionPoint(t *testing.T) {
	about(t, "PS1 primary mobile_enrolled=1").is(roleDistributionPoint, RoleNotNeeded).because(roleDistributionPoint, "REQ-DP-MOBILE-ENROLLED", "do not install")
	about(t, "PS1 primary mobile_legacy=1").is(roleDistributionPoint, RoleRequired).because(roleDistributionPoint, "REQ-DP-MOBILE-LEGACY", "installed from a distribution point")
}

func TestRequiredRoles_Seed11_TheImageOfADeploymentComesFromADistributionPoint(t *testing.T) {
	about(t, "PS1 primary windows=1 windows_installation=operating_system_deployment").is(roleDistributionPoint, RoleRequired).because(roleDistributionPoint, "REQ-DP-OSD", "image")
	about(t, "PS1 primary windows=1").silent(roleDistributionPoint, "REQ-DP-OSD")
}

func TestRequiredRoles_Seed12_SoftwareComesFromADistributionPoint(t *testing.T) {
	for _, feature := range []string{"application_management", "software_updates"} {
		about(t, "PS1 primary windows=1 windows_installation=alternative_source", feature).is(roleDistributionPoint, RoleRequired).because(roleDistributionPoint, "REQ-DP-CONTENT", "features."+feature)
	}
}

func TestRequiredRoles_Seed13_AFallbackStatusPointShowsUnmanagedWindowsComputers(t *testing.T) {
	about(t, "PS1 primary windows=1", everyCondition...).because(roleFallbackStatusPoint, "REQ-FSP-UNMANAGED", "monitors the deployment of Windows clients")
}

func TestRequiredRoles_Seed14_OthersDoNotUseAFallbackStatusPoint(t *testing.T) {
	for _, kind := range []string{"macos", "mobile_enrolled", "mobile_exchange"} {
		about(t, "PS1 primary "+kind+"=1", everyCondition...).is(roleFallbackStatusPoint, RoleNotNeeded).because(roleFallbackStatusPoint, "REQ-FSP-WINDOWS-ONLY", "do not use")
	}
	about(t, "PS1 primary windows=1", everyCondition...).is(roleFallbackStatusPoint, RoleRecommended)
}

func TestRequiredRoles_Seed15_ClientHealthNeedsNoFallbackStatusPoint(t *testing.T) {
	without := about(t, "PS1 primary windows=1", "fsp.dedicated_server=false")
	without.is(roleFallbackStatusPoint, RoleNotNeeded)
	about(t, "PS1 primary windows=1", "client_health", "fsp.dedicated_server=false").is(roleFallbackStatusPoint, RoleNotNeeded).because(roleFallbackStatusPoint, "REQ-FSP-NOT-HEALTH", "without a fallback status point")
}

func TestRequiredRoles_Seed16_AFallbackStatusPointTalksHTTP(t *testing.T) {
	s := about(t, "PS1 primary windows=1", everyCondition...).because(roleFallbackStatusPoint, "REQ-FSP-HTTP-RISK", "without authentication and in clear text")
	if s.settings(roleFallbackStatusPoint).Protocol != Known(ProtocolHTTP) {
		t.Error("the protocol is not HTTP")
	}
	about(t, "PS1 primary windows=1 internet=true", everyCondition...).because(roleFallbackStatusPoint, "REQ-FSP-HTTP-RISK", "on the internet")
}

func TestRequiredRoles_Seed17_AFallbackStatusPointHasAServerOfItsOwn(t *testing.T) {
	if s := about(t, "PS1 primary windows=1", everyCondition...).settings(roleFallbackStatusPoint); s.DedicatedServer != Known(true) {
		t.Errorf("%+v", s)
	}
}

func TestRequiredRoles_Seed18_FourConditionsTogetherMakeAFallbackStatusPoint(t *testing.T) {
	about(t, "PS1 primary windows=1", everyCondition...).is(roleFallbackStatusPoint, RoleRecommended)
	for i, condition := range everyCondition {
		one := slices.Clone(everyCondition)
		one[i] = condition + "=false"
		got := roleAt(t, about(t, "PS1 primary windows=1", one...).answer, "PS1", roleFallbackStatusPoint)
		if got.Requirement == Known(string(RoleRecommended)) || got.Minimum != Known[int64](0) {
			t.Errorf("without %s: %s", condition, got.Requirement)
		}
		about(t, "PS1 primary windows=1", slices.Delete(slices.Clone(everyCondition), i, i+1)...).is(roleFallbackStatusPoint, RoleOptional)
	}
}

func TestRequiredRoles_Seed19_NoFallbackStatusPointWhereTheRiskOutweighs(t *testing.T) {
	about(t, "PS1 primary windows=1", "fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server", "fsp.benefits_outweigh_risks=false").
		is(roleFallbackStatusPoint, RoleForbidden).because(roleFallbackStatusPoint, "REQ-FSP-CONDITIONS", "outweighs the benefit")
}

func TestRequiredRoles_Seed20_SomeReportsNeedAFallbackStatusPoint(t *testing.T) {
	about(t, "PS1 primary windows=1", append([]string{"client_deployment_reports"}, everyCondition...)...).is(roleReportingServicesPoint, RoleRequired).
		is(roleFallbackStatusPoint, RoleRequired).because(roleFallbackStatusPoint, "REQ-RSP-FSP", "assigned to")
	about(t, "PS1 primary windows=1", "reporting").is(roleReportingServicesPoint, RoleRecommended).is(roleFallbackStatusPoint, RoleOptional)
}

func TestRequiredRoles_Seed21_ReportsAreNotNeededToDeployClients(t *testing.T) {
	about(t, "PS1 primary windows=1").is(roleReportingServicesPoint, RoleOptional).because(roleReportingServicesPoint, "REQ-RSP-REPORTS", "the console and the log files")
}

func TestRequiredRoles_Seed22_TheEnrollmentRolesAreDeprecated(t *testing.T) {
	for _, role := range []string{roleEnrollmentPoint, roleEnrollmentProxyPoint} {
		r := roleAt(t, about(t, "PS1 primary macos=1").because(role, "REQ-EP-DEPR", "deprecated").answer, "PS1", role)
		if r.DeprecatedSince != Known("2203") || !r.Deprecation.IsKnown() || !r.RemovedIn.IsNull() {
			t.Errorf("%s: %s, %s, %s", role, r.DeprecatedSince, r.Deprecation, r.RemovedIn)
		}
	}
	notices, _ := about(t, "PS1 primary mobile_enrolled=1").answer.Notices.Get()
	if !slices.ContainsFunc(notices, func(v Value[*Notice]) bool { n, _ := v.Get(); return n.Rule == Known("REQ-EP-DEPR") }) {
		t.Errorf("no notice of the deprecation among %v", notices)
	}
	if r := roleAt(t, about(t, "PS1 primary windows=1").answer, "PS1", roleManagementPoint); !r.DeprecatedSince.IsNull() {
		t.Error("the management point is deprecated")
	}
}

func TestRequiredRoles_Seed23_EnrollmentNeedsBothRoles(t *testing.T) {
	for _, kind := range []string{"mobile_enrolled=1", "macos=1 macos_certificates=enrolled", "on_premises_mdm=1"} {
		about(t, "PS1 primary "+kind).is(roleEnrollmentPoint, RoleRequired).is(roleEnrollmentProxyPoint, RoleRequired)
	}
}

func TestRequiredRoles_Seed24_OthersDoNotEnroll(t *testing.T) {
	for kind, rule := range map[string]string{"mobile_exchange=1": "REQ-EP-EXCHANGE", "mobile_legacy=1": "REQ-EP-LEGACY", "macos=1 macos_certificates=independent": "REQ-EP-MAC-INDEP"} {
		for _, role := range []string{roleEnrollmentPoint, roleEnrollmentProxyPoint} {
			about(t, "PS1 primary "+kind).is(role, RoleNotNeeded).because(role, rule, "do not enroll")
		}
	}
}

func TestRequiredRoles_Seed25_AGatewayNeedsAConnectionPoint(t *testing.T) {
	about(t, "PS1 primary windows=1", "cloud_management_gateway").is(roleGatewayConnection, RoleRequired)
	about(t, "PS1 primary windows=1").is(roleGatewayConnection, RoleNotNeeded)
}

// TestRequiredRoles_Problems asks what cannot be answered.
func TestRequiredRoles_Problems(t *testing.T) {
	for _, test := range []struct {
		populations string
		tree        map[string]any
		want        string
	}{
		{tree: map[string]any{}, want: "population: At least one population"},
		{tree: map[string]any{"population": []any{map[string]any{"windows": int64(1)}}}, want: "population[0].site: The population has no site"},
		{tree: map[string]any{"population": []any{nil}}, want: "population[0]: The population is null"},
		{tree: map[string]any{"population": []any{map[string]any{"site": map[string]any{"site_type": "primary"}}}}, want: "no site_code"},
		{tree: map[string]any{"population": []any{map[string]any{"site": map[string]any{"site_code": "PS1"}}}}, want: "no site_type"},
		{tree: map[string]any{"population": []any{map[string]any{"site": map[string]any{"site_code": "PS1", "site_type": "primary", "parent": map[string]any{}}}}}, want: "no site_code"},
		{populations: "PS1 primery", want: `Did you mean "primary"`},
		{populations: "PS1 primary version=2408", want: "is not a release"},
		{populations: "PS1 primary windows=-1", want: "population[0].windows: -1 is negative"},
		{populations: "PS1 primary macos=10000001", want: "more than any hierarchy"},
		{populations: "PS1 primary windows_installation=dp", want: "is not a valid value"},
		{populations: "PS1 primary macos_certificates=own", want: "is not a valid value"},
		{populations: "PS1 primary; PS1 secondary", want: "described twice"},
		{populations: "PS1 primary; PS1 primary<CAS", want: "described twice"},
		{populations: "PS1 primary; PS2 primary", want: "different hierarchies"},
		{populations: "CAS central_administration; PS1 primary", want: "different hierarchies"},
	} {
		tree := test.tree
		if tree == nil {
			tree = requestTree(test.populations)
		}
		problems := mustDecode[RequiredRoles](t, tree).Problems()
		if len(problems) != 1 || !strings.Contains(problems[0].Error(), test.want) {
			t.Errorf("%v: %v, want %q", tree, problems, test.want)
		}
	}
	for _, right := range []string{"PS1 primary; ps1 primary windows=1", "PS1 primary<?; CAS central_administration", "? primary; PS1 primary", "PS1 ?; PS2 primary windows=?"} {
		if problems := mustDecode[RequiredRoles](t, requestTree(right)).Problems(); len(problems) > 0 {
			t.Errorf("%s: %v", right, problems)
		}
	}
}

// TestRequiredRoles_Notices names what is not supported any more.
func TestRequiredRoles_Notices(t *testing.T) {
	ids := cataloguedIDs(t)
	for question, want := range map[string][]string{
		"PS1 primary windows=1":                               nil,
		"PS1 primary macos=1":                                 {"REQ-OS-REMOVED at population[0].macos"},
		"PS1 primary linux_unix=1 mobile_legacy=1":            {"REQ-OS-REMOVED at population[0].linux_unix", "REQ-OS-REMOVED at population[0].mobile_legacy"},
		"PS1 primary on_premises_mdm=1":                       {"REQ-EP-DEPR at population[0].on_premises_mdm"},
		"CAS central_administration windows=1":                {"REQ-CAS-NOROLE at population[0]"},
		"PS1 primary windows=375000":                          nil,
		"PS1 primary windows=375001":                          {"ROLE-CARD-MP-PRI at population[0]"},
		"PS1 primary certificate_profiles":                    {"REQ-CRP at features.certificate_profiles"},
		"PS1 primary version=2010 certificate_profiles":       nil,
		"PS1 primary asset_intelligence":                      {"REQ-AISP at features.asset_intelligence"},
		"PS1 primary version=2509 asset_intelligence":         nil,
		"CAS central_administration; PS1 primary<CAS macos=1": {"REQ-OS-REMOVED at population[1].macos"},
	} {
		var features []string
		for _, f := range []string{"certificate_profiles", "asset_intelligence"} {
			if strings.Contains(question, f) {
				features = append(features, f)
			}
		}
		populations := strings.NewReplacer("certificate_profiles", "", "asset_intelligence", "").Replace(question)
		notices, ok := about(t, populations, features...).answer.Notices.Get()
		var got []string
		for _, v := range notices {
			n, _ := v.Get()
			got = append(got, first(n.Rule.Get())+" at "+n.Attribute.String())
			if !ids[first(n.Rule.Get())] || !strings.HasSuffix(first(n.Detail.Get()), ".") {
				t.Errorf("%s: %v", question, n)
			}
		}
		if slices.Sort(got); !ok || !slices.Equal(got, want) {
			t.Errorf("%s: notices %v, want %v", question, got, want)
		}
	}
}
