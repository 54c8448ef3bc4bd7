package needs

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// The statements of the article "Determine the site system roles for clients", one by
// one and in its order.

// statement asks about one site and compares the answers for roles.
type statement struct {
	t      *testing.T
	answer *model.RequiredRoles
	code   string
}

// about asks a question. The site asked about is that of the first population.
func about(t *testing.T, populations string, features ...string) statement {
	t.Helper()
	return statement{t, answered(t, modeltest.RequestTree(populations, features...), model.Known(product.DefaultVersion)), strings.Fields(populations)[0]}
}

func (s statement) is(role string, want model.Requirement) statement {
	s.t.Helper()
	if got := roleAt(s.t, s.answer, s.code, role).Requirement; got != model.Known(string(want)) {
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
		if text, _ := reasons[i].Get(); id == model.Known(rule) && strings.Contains(text, words) {
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
	if slices.Contains(ids, model.Known(rule)) {
		s.t.Errorf("%s: %s is explained by %s", s.code, role, rule)
	}
	return s
}

func (s statement) settings(role string) *model.RoleSettings {
	s.t.Helper()
	return roleAt(s.t, s.answer, s.code, role).DeclaredSettings()
}

func (s statement) minimum(role string, want int64) statement {
	s.t.Helper()
	if got := roleAt(s.t, s.answer, s.code, role).Minimum; got != model.Known(want) {
		s.t.Errorf("%s: at least %s of %s, want %d", s.code, got, role, want)
	}
	return s
}

var everyCondition = []string{"fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server", "fsp.benefits_outweigh_risks"}

func TestRequiredRoles_Seed01_WindowsInstallsFromADistributionPointElseAManagementPoint(t *testing.T) {
	about(t, "PS1 primary windows=1").is(product.RoleDistributionPoint, model.RoleRecommended).
		because(product.RoleDistributionPoint, "REQ-DP-WINDOWS-INSTALL", "by default").because(product.RoleManagementPoint, "REQ-MP-INSTALL-WINDOWS", "fall back")
	about(t, "PS1 primary macos=1").silent(product.RoleManagementPoint, "REQ-MP-INSTALL-WINDOWS").silent(product.RoleDistributionPoint, "REQ-DP-WINDOWS-INSTALL")
}

func TestRequiredRoles_Seed02_AnotherSourceKeepsTheInstallationAway(t *testing.T) {
	about(t, "PS1 primary windows=1 windows_installation=alternative_source").is(product.RoleDistributionPoint, model.RoleOptional).
		because(product.RoleManagementPoint, "REQ-MP-SOURCE-USE", "internet").silent(product.RoleManagementPoint, "REQ-MP-INSTALL-WINDOWS")
	about(t, "PS1 primary windows=1").silent(product.RoleManagementPoint, "REQ-MP-SOURCE-USE")
}

func TestRequiredRoles_Seed03_EveryClientNeedsAManagementPoint(t *testing.T) {
	for _, kind := range model.KindsOfClients {
		about(t, "PS1 primary "+kind.Name+"=1").is(product.RoleManagementPoint, model.RoleRequired)
	}
	about(t, "PS1 primary windows=1 windows_installation=alternative_source").is(product.RoleManagementPoint, model.RoleRequired)
	about(t, "PS1 primary; SS1 secondary<PS1 windows=1").is(product.RoleManagementPoint, model.RoleRequired).because(product.RoleManagementPoint, "REQ-PRIMARY-CLIENTS", "secondary sites")
	about(t, "PS1 primary").is(product.RoleManagementPoint, model.RoleNotNeeded)
}

func TestRequiredRoles_Seed04_ClientsChooseAmongManagementPoints(t *testing.T) {
	about(t, "PS1 primary windows=25001").minimum(product.RoleManagementPoint, 2).because(product.RoleManagementPoint, "REQ-MP-AUTOSELECT", "forest membership and network location")
	about(t, "PS1 primary windows=25000").silent(product.RoleManagementPoint, "REQ-MP-AUTOSELECT")
}

func TestRequiredRoles_Seed05_ASecondarySiteHasOneManagementPoint(t *testing.T) {
	about(t, "SS1 secondary<PS1 windows=60000 macos=20000").is(product.RoleManagementPoint, model.RoleRequired).minimum(product.RoleManagementPoint, 1).
		because(product.RoleManagementPoint, "REQ-SECONDARY", "exactly one")
}

func TestRequiredRoles_Seed06_MacsAndEnrolledDevicesNeedAManagementPointToInstall(t *testing.T) {
	for _, kind := range []string{"macos", "mobile_enrolled"} {
		about(t, "PS1 primary "+kind+"=1").is(product.RoleManagementPoint, model.RoleRequired).because(product.RoleManagementPoint, "REQ-MP-DEVICE", "already for the installation")
	}
	about(t, "PS1 primary windows=1").silent(product.RoleManagementPoint, "REQ-MP-DEVICE")
}

func TestRequiredRoles_Seed07_ThatManagementPointSupportsDevicesAndTheInternet(t *testing.T) {
	for kind, connections := range map[string]string{"macos": model.ConnectionsInternetAndIntranet, "mobile_enrolled": model.ConnectionsInternetAndIntranet, "on_premises_mdm": model.ConnectionsIntranet} {
		s := about(t, "PS1 primary "+kind+"=1").settings(product.RoleManagementPoint)
		if s.AllowMobileDevices != model.Known(true) || s.Protocol != model.Known(model.ProtocolHTTPS) || s.ClientConnections != model.Known(connections) {
			t.Errorf("%s: %+v", kind, s)
		}
	}
	if s := about(t, "PS1 primary windows=1").settings(product.RoleManagementPoint); !s.AllowMobileDevices.IsNull() || !s.ClientConnections.IsNull() {
		t.Errorf("Windows clients: %+v", s)
	}
}

func TestRequiredRoles_Seed08_DevicesCannotUseAManagementPointElsewhere(t *testing.T) {
	about(t, "SS1 secondary<PS1 macos=1").because(product.RoleManagementPoint, "REQ-MP-DEVICE-SECONDARY", "cannot use")
	primary := about(t, "PS1 primary; SS1 secondary<PS1 macos=1").is(product.RoleManagementPoint, model.RoleRequired).because(product.RoleManagementPoint, "REQ-MP-DEVICE-SECONDARY", "of this primary site")
	if s := primary.settings(product.RoleManagementPoint); s.AllowMobileDevices != model.Known(true) || s.ClientConnections != model.Known(model.ConnectionsInternetAndIntranet) {
		t.Errorf("%+v", s)
	}
	// Those of another primary site do not help.
	about(t, "PS2 primary<CAS; PS1 primary<CAS macos=1").is(product.RoleManagementPoint, model.RoleNotNeeded)
}

func TestRequiredRoles_Seed09_WindowsInstallsWithoutADistributionPoint(t *testing.T) {
	for _, way := range []string{model.InstallFromDistributionPoint, model.InstallFromManagementPoint, model.InstallFromAlternative} {
		if got := roleAt(t, about(t, "PS1 primary windows=1 windows_installation="+way).answer, "PS1", product.RoleDistributionPoint).Requirement; got == model.Known(string(model.RoleRequired)) {
			t.Errorf("%s: a distribution point is required", way)
		}
	}
}

func TestRequiredRoles_Seed10_OnlyTheLegacyMobileClientIsInstalledFromADistributionPoint(t *testing.T) {
	about(t, "PS1 primary mobile_enrolled=1").is(product.RoleDistributionPoint, model.RoleNotNeeded).because(product.RoleDistributionPoint, "REQ-DP-MOBILE-ENROLLED", "do not install")
	about(t, "PS1 primary mobile_legacy=1").is(product.RoleDistributionPoint, model.RoleRequired).because(product.RoleDistributionPoint, "REQ-DP-MOBILE-LEGACY", "installed from a distribution point")
}

func TestRequiredRoles_Seed11_TheImageOfADeploymentComesFromADistributionPoint(t *testing.T) {
	about(t, "PS1 primary windows=1 windows_installation=operating_system_deployment").is(product.RoleDistributionPoint, model.RoleRequired).because(product.RoleDistributionPoint, "REQ-DP-OSD", "image")
	about(t, "PS1 primary windows=1").silent(product.RoleDistributionPoint, "REQ-DP-OSD")
}

func TestRequiredRoles_Seed12_SoftwareComesFromADistributionPoint(t *testing.T) {
	for _, feature := range []string{"application_management", "software_updates"} {
		about(t, "PS1 primary windows=1 windows_installation=alternative_source", feature).is(product.RoleDistributionPoint, model.RoleRequired).because(product.RoleDistributionPoint, "REQ-DP-CONTENT", "features."+feature)
	}
}

func TestRequiredRoles_Seed13_AFallbackStatusPointShowsUnmanagedWindowsComputers(t *testing.T) {
	about(t, "PS1 primary windows=1", everyCondition...).because(product.RoleFallbackStatusPoint, "REQ-FSP-UNMANAGED", "monitors the deployment of Windows clients")
}

func TestRequiredRoles_Seed14_OthersDoNotUseAFallbackStatusPoint(t *testing.T) {
	for _, kind := range []string{"macos", "mobile_enrolled", "mobile_exchange"} {
		about(t, "PS1 primary "+kind+"=1", everyCondition...).is(product.RoleFallbackStatusPoint, model.RoleNotNeeded).because(product.RoleFallbackStatusPoint, "REQ-FSP-WINDOWS-ONLY", "do not use")
	}
	about(t, "PS1 primary windows=1", everyCondition...).is(product.RoleFallbackStatusPoint, model.RoleRequired)
}

func TestRequiredRoles_Seed15_ClientHealthNeedsNoFallbackStatusPoint(t *testing.T) {
	without := about(t, "PS1 primary windows=1", "fsp.dedicated_server=false")
	without.is(product.RoleFallbackStatusPoint, model.RoleNotNeeded)
	about(t, "PS1 primary windows=1", "client_health", "fsp.dedicated_server=false").is(product.RoleFallbackStatusPoint, model.RoleNotNeeded).because(product.RoleFallbackStatusPoint, "REQ-FSP-NOT-HEALTH", "without a fallback status point")
}

func TestRequiredRoles_Seed16_AFallbackStatusPointTalksHTTP(t *testing.T) {
	s := about(t, "PS1 primary windows=1", everyCondition...).because(product.RoleFallbackStatusPoint, "REQ-FSP-HTTP-RISK", "without authentication and in clear text")
	if s.settings(product.RoleFallbackStatusPoint).Protocol != model.Known(model.ProtocolHTTP) {
		t.Error("the protocol is not HTTP")
	}
	about(t, "PS1 primary windows=1 internet=true", everyCondition...).because(product.RoleFallbackStatusPoint, "REQ-FSP-HTTP-RISK", "on the internet")
}

func TestRequiredRoles_Seed17_AFallbackStatusPointHasAServerOfItsOwn(t *testing.T) {
	if s := about(t, "PS1 primary windows=1", everyCondition...).settings(product.RoleFallbackStatusPoint); s.DedicatedServer != model.Known(true) {
		t.Errorf("%+v", s)
	}
}

func TestRequiredRoles_Seed18_FourConditionsTogetherMakeAFallbackStatusPoint(t *testing.T) {
	about(t, "PS1 primary windows=1", everyCondition...).is(product.RoleFallbackStatusPoint, model.RoleRequired)
	for i, condition := range everyCondition {
		one := slices.Clone(everyCondition)
		one[i] = condition + "=false"
		got := roleAt(t, about(t, "PS1 primary windows=1", one...).answer, "PS1", product.RoleFallbackStatusPoint)
		if got.Requirement == model.Known(string(model.RoleRequired)) || got.Requirement == model.Known(string(model.RoleRecommended)) || got.Minimum != model.Known[int64](0) {
			t.Errorf("without %s: %s", condition, got.Requirement)
		}
		about(t, "PS1 primary windows=1", slices.Delete(slices.Clone(everyCondition), i, i+1)...).is(product.RoleFallbackStatusPoint, model.RoleOptional)
	}
}

func TestRequiredRoles_Seed19_NoFallbackStatusPointWhereTheRiskOutweighs(t *testing.T) {
	about(t, "PS1 primary windows=1", "fsp.report_client_errors", "fsp.deployment_reports", "fsp.dedicated_server", "fsp.benefits_outweigh_risks=false").
		is(product.RoleFallbackStatusPoint, model.RoleForbidden).because(product.RoleFallbackStatusPoint, "REQ-FSP-CONDITIONS", "outweighs the benefit")
}

func TestRequiredRoles_Seed20_SomeReportsNeedAFallbackStatusPoint(t *testing.T) {
	about(t, "PS1 primary windows=1", append([]string{"client_deployment_reports"}, everyCondition...)...).is(product.RoleReportingServicesPoint, model.RoleRequired).
		is(product.RoleFallbackStatusPoint, model.RoleRequired).because(product.RoleFallbackStatusPoint, "REQ-RSP-FSP", "assigned to")
	about(t, "PS1 primary windows=1", "reporting").is(product.RoleReportingServicesPoint, model.RoleRecommended).is(product.RoleFallbackStatusPoint, model.RoleOptional)
}

func TestRequiredRoles_Seed21_ReportsAreNotNeededToDeployClients(t *testing.T) {
	about(t, "PS1 primary windows=1").is(product.RoleReportingServicesPoint, model.RoleOptional).because(product.RoleReportingServicesPoint, "REQ-RSP-REPORTS", "the console and the log files")
}

func TestRequiredRoles_Seed22_TheEnrollmentRolesAreDeprecated(t *testing.T) {
	for _, role := range []string{product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint} {
		r := roleAt(t, about(t, "PS1 primary macos=1").because(role, "REQ-EP-DEPR", "deprecated").answer, "PS1", role)
		if r.DeprecatedSince != model.Known("2203") || !r.Deprecation.IsKnown() || !r.RemovedIn.IsNull() {
			t.Errorf("%s: %s, %s, %s", role, r.DeprecatedSince, r.Deprecation, r.RemovedIn)
		}
	}
	notices, _ := about(t, "PS1 primary mobile_enrolled=1").answer.Notices.Get()
	if !slices.ContainsFunc(notices, func(v model.Value[*model.Notice]) bool { n, _ := v.Get(); return n.Rule == model.Known("REQ-EP-DEPR") }) {
		t.Errorf("no notice of the deprecation among %v", notices)
	}
	if r := roleAt(t, about(t, "PS1 primary windows=1").answer, "PS1", product.RoleManagementPoint); !r.DeprecatedSince.IsNull() {
		t.Error("the management point is deprecated")
	}
}

func TestRequiredRoles_Seed23_EnrollmentNeedsBothRoles(t *testing.T) {
	for _, kind := range []string{"mobile_enrolled=1", "macos=1 macos_certificates=enrolled", "on_premises_mdm=1"} {
		about(t, "PS1 primary "+kind).is(product.RoleEnrollmentPoint, model.RoleRequired).is(product.RoleEnrollmentProxyPoint, model.RoleRequired)
	}
}

func TestRequiredRoles_Seed24_OthersDoNotEnroll(t *testing.T) {
	for kind, rule := range map[string]string{"mobile_exchange=1": "REQ-EP-EXCHANGE", "mobile_legacy=1": "REQ-EP-LEGACY", "macos=1 macos_certificates=independent": "REQ-EP-MAC-INDEP"} {
		for _, role := range []string{product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint} {
			about(t, "PS1 primary "+kind).is(role, model.RoleNotNeeded).because(role, rule, "do not enroll")
		}
	}
}

func TestRequiredRoles_Seed25_AGatewayNeedsAConnectionPoint(t *testing.T) {
	about(t, "PS1 primary windows=1", "cloud_management_gateway").is(product.RoleGatewayConnection, model.RoleRequired)
	about(t, "PS1 primary windows=1").is(product.RoleGatewayConnection, model.RoleNotNeeded)
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
			tree = modeltest.RequestTree(test.populations)
		}
		problems := modeltest.MustDecode[model.RequiredRoles](t, tree).Problems()
		if len(problems) != 1 || !strings.Contains(problems[0].Error(), test.want) {
			t.Errorf("%v: %v, want %q", tree, problems, test.want)
		}
	}
	for _, right := range []string{"PS1 primary; ps1 primary windows=1", "PS1 primary<?; CAS central_administration", "? primary; PS1 primary", "PS1 ?; PS2 primary windows=?"} {
		if problems := modeltest.MustDecode[model.RequiredRoles](t, modeltest.RequestTree(right)).Problems(); len(problems) > 0 {
			t.Errorf("%s: %v", right, problems)
		}
	}
}

// More clients than a stand-alone primary site supports are a notice beside the answer.
func TestRequiredRoles_MoreClientsThanASiteSupports(t *testing.T) {
	s := about(t, "PS1 primary windows=160000")
	notices, ok := s.answer.Notices.Get()
	if !ok || len(notices) != 1 {
		t.Fatalf("%d notices", len(notices))
	}
	n, _ := notices[0].Get()
	if detail := model.First(n.Detail.Get()); n.Rule != model.Known("LIM-SAPRI") || !strings.Contains(detail, "150000") || !strings.Contains(detail, "site PS1") {
		t.Errorf("%v: %s", n.Rule, detail)
	}
	if got := roleAt(t, s.answer, "PS1", product.RoleManagementPoint).Minimum; got != model.Known[int64](7) {
		t.Errorf("%s management points", got)
	}
}

// The wish for client deployment reports has one answer, whichever input states it.
func TestRequiredRoles_DeploymentReportsAreOneWish(t *testing.T) {
	others := []string{"fsp.report_client_errors", "fsp.dedicated_server", "fsp.benefits_outweigh_risks"}
	for _, conditions := range [][]string{nil, others, {"fsp.dedicated_server=false"}, {"fsp.report_client_errors", "fsp.benefits_outweigh_risks=false"}} {
		for _, value := range []string{"", "=false"} {
			feature := about(t, "PS1 primary windows=1", append([]string{"client_deployment_reports" + value}, conditions...)...)
			condition := about(t, "PS1 primary windows=1", append([]string{"fsp.deployment_reports" + value}, conditions...)...)
			for _, role := range RequestableRoles() {
				a, b := roleAt(t, feature.answer, "PS1", role), roleAt(t, condition.answer, "PS1", role)
				if a.Requirement != b.Requirement || a.Minimum != b.Minimum {
					t.Errorf("%v%s: %s is %s by the feature and %s by the condition", conditions, value, role, a.Requirement, b.Requirement)
				}
			}
		}
	}
	for _, both := range [][]string{{"client_deployment_reports", "fsp.deployment_reports=false"}, {"client_deployment_reports=false", "fsp.deployment_reports"}} {
		s := about(t, "PS1 primary windows=1", append(both, others...)...).is(product.RoleFallbackStatusPoint, model.RoleRequired).is(product.RoleReportingServicesPoint, model.RoleRequired)
		notices, _ := s.answer.Notices.Get()
		if len(notices) != 1 {
			t.Errorf("%v: %d notices", both, len(notices))
		}
	}
}

// Clients on the internet without a gateway are installed from another source.
func TestRequiredRoles_InstallationOnTheInternet(t *testing.T) {
	about(t, "PS1 primary windows=1 internet=true").is(product.RoleDistributionPoint, model.RoleOptional).because(product.RoleDistributionPoint, "REQ-INTERNET-ALT", "CCMSetup and /source").
		because(product.RoleManagementPoint, "REQ-MP-SOURCE-USE", "CCMSetup with /source")
	about(t, "PS1 primary windows=1 internet=true", "cloud_management_gateway").is(product.RoleDistributionPoint, model.RoleRecommended)
	about(t, "PS1 primary windows=1").is(product.RoleDistributionPoint, model.RoleRecommended)
}

// Nothing is known of a population that is not known: no number, and no sentence about it.
func TestRequiredRoles_UnknownPopulation(t *testing.T) {
	for name, tree := range map[string]map[string]any{
		"the only one": {"population": []any{model.UnknownValue{}}},
		"one of two":   {"population": []any{modeltest.RequestTree("PS1 primary windows=1")["population"].([]any)[0], model.UnknownValue{}}},
		"all":          {"population": model.UnknownValue{}},
	} {
		r := answered(t, tree, model.Known(product.DefaultVersion))
		totals, ok := r.Totals.Get()
		if !ok {
			continue
		}
		for role, value := range totals {
			total, _ := value.Get()
			if total.Required.IsKnown() && total.Required != model.Known[int64](0) || role == product.RoleManagementPoint && total.Required.IsKnown() {
				t.Errorf("%s: %s has the total %s", name, role, total.Required)
			}
		}
		if !r.Notices.IsUnknown() {
			t.Errorf("%s: the notices are known", name)
		}
	}
	// A sentence that names the site waits for its code.
	if r := answered(t, modeltest.RequestTree("? primary windows=160000"), model.Known(product.DefaultVersion)); !r.Notices.IsUnknown() {
		t.Error("a notice is known without the code of its site")
	}
}

// The data source and the function refuse the codes that a hierarchy refuses.
func TestRequiredRoles_SiteCodes(t *testing.T) {
	for code, refused := range map[string]bool{"PS1": false, "001": false, "ps1": false, "A": true, "PS12": true, "P-1": true, "AUX": true, "1": true} {
		problems := modeltest.MustDecode[model.RequiredRoles](t, modeltest.RequestTree(code+" primary windows=1")).Problems()
		if (len(problems) > 0) != refused {
			t.Errorf("%q: %v", code, problems)
		}
	}
	tree := modeltest.RequestTree("PS1 primary windows=1")
	tree["population"].([]any)[0].(map[string]any)["site"].(map[string]any)["site_code"] = "X Y"
	if problems := modeltest.MustDecode[model.RequiredRoles](t, tree).Problems(); len(problems) != 1 {
		t.Errorf("X Y: %v", problems)
	}
}

// TestRequiredRoles_Notices names what is not supported any more.
func TestRequiredRoles_Notices(t *testing.T) {
	ids := catalogdIDs(t)
	for question, want := range map[string][]string{
		"PS1 primary windows=1":                          nil,
		"PS1 primary macos=1":                            {"REQ-OS-REMOVED at population[0].macos"},
		"PS1 primary linux_unix=1 mobile_legacy=1":       {"REQ-OS-REMOVED at population[0].linux_unix", "REQ-OS-REMOVED at population[0].mobile_legacy"},
		"PS1 primary on_premises_mdm=1":                  {"REQ-EP-DEPR at population[0].on_premises_mdm"},
		"CAS central_administration windows=1":           {"REQ-CAS-NOROLE at population[0]"},
		"PS1 primary windows=150000":                     nil,
		"PS1 primary windows=160000":                     {"LIM-SAPRI at population[0]"},
		"PS1 primary windows=375001":                     {"LIM-SAPRI at population[0]", "ROLE-CARD-MP-PRI at population[0]"},
		"PS1 primary windows=140000 mobile_legacy=35000": {"REQ-OS-REMOVED at population[0].mobile_legacy"},
		"PS1 primary windows=140000 mobile_legacy=35001": {"LIM-SAPRI at population[0]", "REQ-OS-REMOVED at population[0].mobile_legacy"},
		"PS1 primary on_premises_mdm=50001":              {"LIM-SAPRI at population[0]", "REQ-EP-DEPR at population[0].on_premises_mdm"},
		"PS1 primary macos=25001":                        {"LIM-SAPRI at population[0]", "REQ-OS-REMOVED at population[0].macos"},
		"PS1 primary<CAS windows=150000":                 nil,
		"PS1 primary<CAS windows=150001":                 {"LIM-CHILDPRI at population[0]"},
		// The clients of a secondary site are assigned to its primary site.
		"SS1 secondary<PS1 windows=15000":                                             nil,
		"SS1 secondary<PS1 windows=15001":                                             {"LIM-SECONDARY at population[0]"},
		"PS1 primary windows=140000; SS1 secondary<PS1 windows=10001":                 {"LIM-SAPRI at population[0]"},
		"PS1 primary<CAS windows=140000; SS1 secondary<PS1 windows=10001":             {"LIM-CHILDPRI at population[0]"},
		"PS1 primary<CAS macos=20000; PS2 primary<CAS macos=5001":                     {"LIM-HIER-CAS-TOTAL at population", "REQ-OS-REMOVED at population[0].macos", "REQ-OS-REMOVED at population[1].macos"},
		"CAS central_administration; PS1 primary<CAS windows=150000":                  nil,
		"PS1 primary windows=1 internet=true":                                         nil,
		"PS1 primary windows=1 internet=true windows_installation=distribution_point": {"REQ-INTERNET-ALT at population[0].windows_installation"},
		"PS1 primary certificate_profiles":                                            {"REQ-CRP at features.certificate_profiles"},
		"PS1 primary version=2010 certificate_profiles":                               nil,
		"PS1 primary asset_intelligence":                                              {"REQ-AISP at features.asset_intelligence"},
		"PS1 primary version=2509 asset_intelligence":                                 nil,
		"CAS central_administration; PS1 primary<CAS macos=1":                         {"REQ-OS-REMOVED at population[1].macos"},
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
			got = append(got, model.First(n.Rule.Get())+" at "+n.Attribute.String())
			if !ids[model.First(n.Rule.Get())] || !strings.HasSuffix(model.First(n.Detail.Get()), ".") {
				t.Errorf("%s: %v", question, n)
			}
		}
		if slices.Sort(got); !ok || !slices.Equal(got, want) {
			t.Errorf("%s: notices %v, want %v", question, got, want)
		}
	}
}
