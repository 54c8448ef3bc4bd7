package provider

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

func TestProvider_MalformedConfiguration(t *testing.T) {
	for _, c := range []struct {
		name    string
		config  tree
		summary string
		text    string
	}{
		{"version with a dot", tree{"configmgr_version": "25.03"}, "Invalid Configuration Manager version", `"25.03" is not a Configuration Manager version.`},
		{"version that is not a release", tree{"configmgr_version": "2504"}, "Invalid Configuration Manager version", `"2504" is not a release of Configuration Manager current branch.`},
		{"environment misspelt", tree{"environment": "prodution"}, "Invalid value", `"prodution" is not a valid value. Did you mean "production"? Valid values: "production", "lab".`},
		{"report_at misspelt", tree{"report_at": "hierachy"}, "Invalid value", `Did you mean "hierarchy"?`},
		{"review date of another country", tree{"review_date": "30.06.2026"}, "Invalid date", `"30.06.2026" is not a date. Write year, month and day as in "2026-12-31".`},
		{"review date that is no day", tree{"review_date": "2026-02-30"}, "Invalid date", `"2026-02-30" is not a date.`},
		{"severity of an unknown rule", tree{"rule_severities": tree{"ROLE-SITE-SPC": "warning"}}, "Invalid rule severity", `There is no rule with the id "ROLE-SITE-SPC". Did you mean "ROLE-SITE-SCP"`},
		{"severity misspelt", tree{"rule_severities": tree{"ROLE-CARD-SCP-MIN": "silent"}}, "Invalid rule severity", `"silent" is not a severity. Use one of "error", "warning", "off".`},
		{"error switched off", tree{"rule_severities": tree{"ROLE-SITE-SCP": "off"}}, "Invalid rule severity", `ROLE-SITE-SCP is an error. It can be lowered to a warning at most, never switched off: set it to "warning".`},
		{"refused error lowered", tree{"rule_severities": tree{"SITE-CODE-FORMAT": "warning"}}, "Invalid rule severity", `SITE-CODE-FORMAT always stands: the product refuses what it is about`},
		{"removed role lowered", tree{"rule_severities": tree{"ROLE-LIFE-OOB": "warning"}}, "Invalid rule severity", `ROLE-LIFE-OOB always stands`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags := tryConfigure(t, c.config)
			if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityError || diags[0].Summary != c.summary || !strings.Contains(diags[0].Detail, c.text) {
				t.Errorf("expected one error %q that says %q, got%s", c.summary, c.text, describe(diags))
			}
		})
	}
}

func TestProvider_ConfigurationsThatAreRight(t *testing.T) {
	for _, config := range []tree{
		{},
		{"rule_severities": tree{}},
		{"rule_severities": tree{"SITE-CODE-FORMAT": "error"}},
		{"rule_severities": tree{"ROLE-SITE-SCP": "warning", "ROLE-CARD-SCP-MIN": "off", "COLO-FSP-DEDICATED": "error"}},
		{"rule_severities": model.UnknownValue{}, "environment": model.UnknownValue{}, "strict": model.UnknownValue{}, "report_at": model.UnknownValue{}, "review_date": model.UnknownValue{}, "configmgr_version": model.UnknownValue{}},
		{"rule_severities": tree{"ROLE-SITE-SCP": model.UnknownValue{}}},
	} {
		if _, diags := tryConfigure(t, config); len(diags) > 0 {
			t.Errorf("%s: %s", describeTree(config), describe(diags))
		}
	}
}

// The designs that the tests of the policy judge.
var (
	// withoutServiceConnectionPoint lacks what is recommended.
	withoutServiceConnectionPoint = topology{
		Sites: []topologySite{{Code: "PS1", Type: "primary"}},
		Servers: []topologyServer{
			{FQDN: "cm01.contoso.com", Site: "PS1", Roles: []string{"site_server"}},
			{FQDN: "mp01.contoso.com", Site: "PS1", Roles: []string{"management_point"}},
			{FQDN: "dp01.contoso.com", Site: "PS1", Roles: []string{"distribution_point"}},
		},
	}
	// misplacedConnectionPoint has the service connection point at a child primary
	// site, which is an error that may be lowered.
	misplacedConnectionPoint = topology{
		Sites: []topologySite{{Code: "CAS", Type: "central_administration"}, {Code: "PS1", Type: "primary", Parent: "CAS"}},
		Servers: []topologyServer{
			{FQDN: "cas01.contoso.com", Site: "CAS", Roles: []string{"site_server"}},
			{FQDN: "cm01.contoso.com", Site: "PS1", Roles: []string{"site_server"}},
			{FQDN: "mp01.contoso.com", Site: "PS1", Roles: []string{"management_point"}},
			{FQDN: "scp01.contoso.com", Site: "PS1", Roles: []string{"service_connection_point"}},
		},
	}
	// sharedFallbackStatusPoint puts the role on a server that is not its own.
	sharedFallbackStatusPoint = topology{
		Sites: []topologySite{{Code: "PS1", Type: "primary"}},
		Servers: []topologyServer{
			{FQDN: "cm01.contoso.com", Site: "PS1", Roles: []string{"site_server"}},
			{FQDN: "mp01.contoso.com", Site: "PS1", Roles: []string{"management_point", "fallback_status_point"}},
			{FQDN: "scp01.contoso.com", Site: "PS1", Roles: []string{"service_connection_point"}},
		},
	}
)

// outcome lists diagnostics as "error ID" and "warning ID", sorted; one that is about
// no rule stands with its summary.
func outcome(diags []*tfprotov6.Diagnostic) []string {
	found := make([]string, 0, len(diags))
	for _, d := range diags {
		what := d.Summary
		if m := errorRule.FindStringSubmatch(d.Summary); m != nil {
			what = m[1]
		}
		found = append(found, strings.ToLower(d.Severity.String())+" "+what)
	}
	slices.Sort(found)
	return found
}

func TestProvider_Policy(t *testing.T) {
	const (
		missing   = "ROLE-CARD-SCP-MIN"
		misplaced = "ROLE-SITE-SCP"
		shared    = "COLO-FSP-DEDICATED"
	)
	for _, c := range []struct {
		name   string
		config tree
		design topology
		want   []string
	}{
		{"defaults", nil, withoutServiceConnectionPoint, []string{"warning " + missing}},
		{"recommendation in a lab", tree{"environment": "lab"}, withoutServiceConnectionPoint, nil},
		{"recommendation in production", tree{"environment": "production"}, withoutServiceConnectionPoint, []string{"warning " + missing}},
		{"recommendation, environment unknown", tree{"environment": model.UnknownValue{}}, withoutServiceConnectionPoint, nil},
		{"warning switched off", tree{"rule_severities": tree{missing: "off"}}, withoutServiceConnectionPoint, nil},
		{"warning raised", tree{"rule_severities": tree{missing: "error"}}, withoutServiceConnectionPoint, []string{"error " + missing}},
		{"warning raised in a lab", tree{"environment": "lab", "rule_severities": tree{missing: "error"}}, withoutServiceConnectionPoint, []string{"error " + missing}},
		{"warnings are errors", tree{"strict": true}, withoutServiceConnectionPoint, []string{"error " + missing}},
		{"warnings are errors, not in a lab", tree{"strict": true, "environment": "lab"}, withoutServiceConnectionPoint, nil},
		{"error", nil, misplacedConnectionPoint, []string{"error " + misplaced}},
		{"error in a lab", tree{"environment": "lab"}, misplacedConnectionPoint, []string{"error " + misplaced}},
		{"error lowered", tree{"rule_severities": tree{misplaced: "warning"}}, misplacedConnectionPoint, []string{"warning " + misplaced}},
		{"error lowered, warnings are errors", tree{"strict": true, "rule_severities": tree{misplaced: "warning"}}, misplacedConnectionPoint, []string{"error " + misplaced}},
		{"error, severities unknown", tree{"rule_severities": model.UnknownValue{}}, misplacedConnectionPoint, []string{"warning " + misplaced}},
		{"error, one severity unknown", tree{"rule_severities": tree{missing: model.UnknownValue{}}}, misplacedConnectionPoint, []string{"warning " + misplaced}},
		{"production only", nil, sharedFallbackStatusPoint, []string{"warning " + shared}},
		{"production only, in a lab", tree{"environment": "lab"}, sharedFallbackStatusPoint, nil},
		{"version in support on the day", tree{"configmgr_version": "2409", "review_date": "2026-06-04"}, misplacedConnectionPointAtTop(), nil},
		{"version out of support on the day", tree{"configmgr_version": "2409", "review_date": "2026-06-05"}, misplacedConnectionPointAtTop(),
			[]string{"warning ROLE-LIFE-SITE-VERSION-SUPPORT"}},
		{"no day to judge", tree{"configmgr_version": "2409"}, misplacedConnectionPointAtTop(), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			resources := c.design.resources()
			for _, r := range resources {
				delete(r.arguments, "version") // the provider's
			}
			diags := configure(t, c.config).planAll(t, resources)
			if got := outcome(diags); !slices.Equal(got, c.want) {
				t.Errorf("got %v, expected %v%s", got, c.want, describe(diags))
			}
		})
	}
}

// misplacedConnectionPointAtTop is misplacedConnectionPoint put right.
func misplacedConnectionPointAtTop() topology {
	right := misplacedConnectionPoint
	right.Servers = slices.Clone(right.Servers)
	right.Servers[3].Site = "CAS"
	return right
}

// TestProvider_AcceptedFindings puts accepted_findings on one resource of a design.
func TestProvider_AcceptedFindings(t *testing.T) {
	for _, c := range []struct {
		name   string
		config tree
		design topology
		on     string
		rule   string
		want   []string
	}{
		{"by the hierarchy that reports it", nil, withoutServiceConnectionPoint, "configmgr_hierarchy.ps1", "ROLE-CARD-SCP-MIN", nil},
		{"although warnings are errors", tree{"strict": true}, withoutServiceConnectionPoint, "configmgr_hierarchy.ps1", "ROLE-CARD-SCP-MIN", nil},
		{"by the element that it is about", nil, sharedFallbackStatusPoint, "configmgr_role_assignment.mp01_fallback_status_point", "COLO-FSP-DEDICATED", nil},
		{"by a site that it is not about", nil, withoutServiceConnectionPoint, "configmgr_site.ps1", "ROLE-CARD-SCP-MIN", []string{"warning ROLE-CARD-SCP-MIN"}},
		{"although it does not occur in the hierarchy", nil, misplacedConnectionPointAtTop(), "configmgr_hierarchy.cas", "ROLE-CARD-SCP-MIN",
			[]string{"warning Accepted finding ROLE-CARD-SCP-MIN does not occur"}},
		{"although it does not occur at the site", nil, misplacedConnectionPointAtTop(), "configmgr_site.ps1", "SITE-NAME-CHARS",
			[]string{"warning Accepted finding SITE-NAME-CHARS does not occur"}},
		{"although it does not occur in a lab", tree{"environment": "lab"}, withoutServiceConnectionPoint, "configmgr_hierarchy.ps1", "ROLE-CARD-SCP-MIN", nil},
		{"although it is not decided", nil, misplacedConnectionPointAtTop(), "configmgr_site.ps1", "SITE-DIR-NOT-OS-DRIVE", nil},
		{"although it is an error", nil, misplacedConnectionPoint, "configmgr_role_assignment.scp01_service_connection_point", "ROLE-SITE-SCP",
			[]string{"error ROLE-SITE-SCP"}},
		{"and lowered", tree{"rule_severities": tree{"ROLE-SITE-SCP": "warning"}}, misplacedConnectionPoint, "configmgr_role_assignment.scp01_service_connection_point", "ROLE-SITE-SCP", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			resources := c.design.resources()
			i := slices.IndexFunc(resources, func(r *declaredResource) bool { return r.address() == c.on })
			if i < 0 {
				t.Fatalf("there is no %s", c.on)
			}
			resources[i].arguments["accepted_findings"] = map[string]any{c.rule: "agreed with security"}
			diags := configure(t, c.config).planAll(t, resources)
			if got := outcome(diags); !slices.Equal(got, c.want) {
				t.Errorf("got %v, expected %v%s", got, c.want, describe(diags))
			}
		})
	}
}

func TestProvider_AcceptedErrorSaysThatItCannotBe(t *testing.T) {
	resources := misplacedConnectionPoint.resources()
	for _, r := range resources {
		if r.arguments["role"] == "service_connection_point" {
			r.arguments["accepted_findings"] = map[string]any{"ROLE-SITE-SCP": "agreed"}
		}
	}
	diags := configure(t, nil).planAll(t, resources)
	if len(diags) != 1 || !strings.Contains(diags[0].Detail, "Note: accepted_findings names this rule, but only warnings can be accepted.") {
		t.Errorf("the error does not say it:%s", describe(diags))
	}
}

func TestProvider_VersionNewerThanKnownIsAWarning(t *testing.T) {
	const newer = "3003"
	text := "Version 3003 is newer than " + product.NewestVersion().String() + ", the newest version this provider knows. The rules of version " + product.NewestVersion().String() + " are applied."
	s, diags := tryConfigure(t, tree{"configmgr_version": newer})
	if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || diags[0].Detail != text {
		t.Errorf("expected one warning that says %q, got%s", text, describe(diags))
	}
	site := tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com"}
	planned := s.plan(t, "configmgr_site", site, nil)
	if len(planned.diags) > 0 || planned.object["version"] != newer {
		t.Errorf("version %v%s", planned.object["version"], describe(planned.diags))
	}

	site["version"] = newer
	planned = configure(t, nil).plan(t, "configmgr_site", site, nil)
	if len(planned.diags) != 1 || planned.diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || planned.diags[0].Detail != text {
		t.Errorf("expected one warning that says %q, got%s", text, describe(planned.diags))
	}
}

func TestAccProvider_PolicyDecidesAboutThePlan(t *testing.T) {
	design := smallDesign + smallHierarchy.resource("configmgr_hierarchy", "contoso")
	accepting := smallDesign + smallHierarchy.but("accepted_findings", `{
    "ROLE-CARD-SCP-MIN"      = "no internet access"
    "COLO-IIS-GROUPING"      = "agreed"
    "COLO-SITE-SERVER-ROLES" = "agreed"
  }`).resource("configmgr_hierarchy", "contoso")
	child := strings.Replace(design, `resource "configmgr_site" "ps1" {`, `resource "configmgr_site" "ps1" {
  parent = { site_code = "CAS", site_type = "central_administration" }`, 1)
	misplaced := strings.Replace(child, `"distribution_point"`, `"service_connection_point"`, 1)

	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{
			{PlanOnly: true, Config: `provider "configmgr" { strict = true }` + "\n" + design, ExpectError: regexp.MustCompile(`Error: ROLE-CARD-SCP-MIN: `)},
			{PlanOnly: true, Config: `provider "configmgr" { strict = true }` + "\n" + accepting, ExpectNonEmptyPlan: true},
			{PlanOnly: true, Config: misplaced, ExpectError: regexp.MustCompile(`Error: ROLE-SITE-SCP: `)},
			{
				Config: `provider "configmgr" {
  configmgr_version = "3003"
  rule_severities   = { "ROLE-SITE-SCP" = "warning" }
}
` + misplaced,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue("configmgr_site.ps1", tfjsonpath.New("version"), knownvalue.StringExact("3003")),
				}},
			},
			// Another version of the provider is an update of the sites that name none.
			planned(`provider "configmgr" {
  configmgr_version = "2503"
  rule_severities   = { "ROLE-SITE-SCP" = "warning" }
}
`+misplaced, map[string]plancheck.ResourceActionType{
				"configmgr_site.ps1":          plancheck.ResourceActionUpdate,
				"configmgr_hierarchy.contoso": plancheck.ResourceActionUpdate,
			}),
		},
	})
}

func TestAccProvider_MalformedConfiguration(t *testing.T) {
	found := planErrors(t, `
provider "configmgr" {
  environment     = "prod"
  rule_severities = { "SITE-CODE-FORMAT" = "off" }
}
`+smallDesign)
	if len(found) != 2 || found[0].summary != "Invalid value" || found[1].summary != "Invalid rule severity" {
		t.Errorf("errors: %+v", found)
	}
}

// wavesOfErrors has three mistakes that only show one after the other: Terraform
// does not plan what depends on a resource in error.
const wavesOfErrors = `
resource "configmgr_site" "cas" {
  site_code   = "CAS"
  site_type   = "central_administration"
  name        = "Contoso CAS"
  site_server = "cas01.contoso.com"
}
resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso Seattle"
  site_server = "cm01.contoso.com"
  parent      = configmgr_site.cas
}
resource "configmgr_site" "aux" {
  site_code   = "AUX"
  site_type   = "primary"
  name        = "Contoso Graz"
  site_server = "cm02.contoso.com"
  parent      = configmgr_site.cas
}
resource "configmgr_site_system_server" "x" {
  for_each         = { mp01 = configmgr_site.cas, scp01 = configmgr_site.ps1, ep01 = configmgr_site.cas, ep02 = configmgr_site.cas, dp01 = configmgr_site.aux }
  fqdn             = "${each.key}.contoso.com"
  site             = each.value
  operating_system = "windows_server_2022"
}
resource "configmgr_role_assignment" "x" {
  for_each = { mp01 = "management_point", scp01 = "service_connection_point", ep01 = "endpoint_protection_point", ep02 = "endpoint_protection_point", dp01 = "distribution_point" }
  server   = configmgr_site_system_server.x[each.key]
  role     = each.value
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { cas = configmgr_site.cas, ps1 = configmgr_site.ps1, aux = configmgr_site.aux }
  site_system_servers = configmgr_site_system_server.x
  role_assignments    = configmgr_role_assignment.x
}
`

func TestAccProvider_ReportAtElement(t *testing.T) {
	corrected := strings.ReplaceAll(wavesOfErrors, `"AUX"`, `"AUS"`)
	for _, wave := range []struct {
		name, config string
		ids          []string
	}{
		{"first wave", wavesOfErrors, []string{"SITE-CODE-RESERVED"}},
		{"second wave", corrected, []string{"ROLE-SITE-MP", "ROLE-SITE-SCP"}},
		{"third wave", strings.NewReplacer(`mp01 = configmgr_site.cas`, `mp01 = configmgr_site.ps1`, `scp01 = configmgr_site.ps1`, `scp01 = configmgr_site.cas`).Replace(corrected),
			[]string{"ROLE-CARD-EPP-HIER"}},
	} {
		t.Run(wave.name, func(t *testing.T) {
			if ids := ruleIDs(planErrors(t, wave.config)); !slices.Equal(ids, wave.ids) {
				t.Errorf("errors %v, expected %v", ids, wave.ids)
			}
		})
	}
}

func TestAccProvider_ReportAtHierarchy(t *testing.T) {
	found := planErrors(t, `provider "configmgr" { report_at = "hierarchy" }`+wavesOfErrors)
	if ids := ruleIDs(found); !slices.Equal(ids, []string{"ROLE-CARD-EPP-HIER", "ROLE-SITE-MP", "ROLE-SITE-SCP", "SITE-CODE-RESERVED"}) {
		t.Errorf("errors: %v", ids)
	}
	for _, e := range found {
		if e.address != "configmgr_hierarchy.contoso" {
			t.Errorf("%s is reported by %q", e.rule(), e.address)
		}
		for id, place := range map[string]string{
			"SITE-CODE-RESERVED": `Where: sites["aux"].site_code`,
			"ROLE-SITE-MP":       `Where: role_assignments["mp01"].role`,
		} {
			if e.rule() == id && !strings.Contains(e.text, place) {
				t.Errorf("%s does not say %q: %s", id, place, e.text)
			}
		}
	}
}

// TestProvider_TwoConfigurationsReportEverything plans the elements of a design with one
// configuration of the provider and the hierarchy with another: a finding that the
// elements leave to the hierarchy is reported there, whatever that one is told.
func TestProvider_TwoConfigurationsReportEverything(t *testing.T) {
	places := rule.ReportPlaces()
	for _, design := range append(readCorpus(t).Invalid, sharedFallbackStatusPoint, misplacedConnectionPoint) {
		for _, elements := range places {
			for _, whole := range places {
				byElements, byHierarchy := configure(t, tree{"report_at": elements}), configure(t, tree{"report_at": whole})
				found := outcome(planWith(t, design.resources(), func(r *declaredResource) *server {
					if r.kind == "configmgr_hierarchy" {
						return byHierarchy
					}
					return byElements
				}))
				alone := outcome(configure(t, tree{"report_at": elements}).planAll(t, design.resources()))
				for _, f := range alone {
					if !slices.Contains(found, f) {
						t.Errorf("%s, elements %s, hierarchy %s: %v, expected %v", design.title(), elements, whole, found, alone)
						break
					}
				}
			}
		}
	}
}
