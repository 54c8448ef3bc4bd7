package rules_test

import (
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// report judges a design as a hierarchy that reports for all.
func report(t *testing.T, text string, change func(*rule.Options)) *rule.Report {
	t.Helper()
	d := ruletest.Parse(t, text)
	if change != nil {
		change(&d.Options)
	}
	return rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options)
}

// severityOf returns the severity with which a report has a rule, SeverityOff when it
// does not have it.
func severityOf(r *rule.Report, id string) rule.Severity {
	for _, f := range r.Findings {
		if f.Rule.ID == id {
			return f.Severity
		}
	}
	return rule.SeverityOff
}

func TestSeverityPolicy(t *testing.T) {
	const (
		refused     = "site PS1 primary site_code=PRI1"                               // SITE-CODE-FORMAT, refused
		unsupported = "site CAS central_administration\nrole CAS mp management_point" // ROLE-SITE-MP, unsupported
		recommended = "site PS1 primary"                                              // ROLE-CARD-SCP-MIN, a recommendation
	)
	lowered := func(id string, to rule.Severity) func(*rule.Options) {
		return func(o *rule.Options) { o.Severities = map[string]rule.Severity{id: to} }
	}
	for _, test := range []struct {
		name, design, id string
		change           func(*rule.Options)
		want             rule.Severity
	}{
		{"an error is an error", unsupported, "ROLE-SITE-MP", nil, rule.SeverityError},
		{"an error can be lowered", unsupported, "ROLE-SITE-MP", lowered("ROLE-SITE-MP", rule.SeverityWarning), rule.SeverityWarning},
		{"an error is never switched off", unsupported, "ROLE-SITE-MP", lowered("ROLE-SITE-MP", rule.SeverityOff), rule.SeverityWarning},
		{"what the product refuses stands", refused, "SITE-CODE-FORMAT", lowered("SITE-CODE-FORMAT", rule.SeverityWarning), rule.SeverityError},
		{"a warning is a warning", recommended, "ROLE-CARD-SCP-MIN", nil, rule.SeverityWarning},
		{"a warning can be raised", recommended, "ROLE-CARD-SCP-MIN", lowered("ROLE-CARD-SCP-MIN", rule.SeverityError), rule.SeverityError},
		{"a warning can be switched off", recommended, "ROLE-CARD-SCP-MIN", lowered("ROLE-CARD-SCP-MIN", rule.SeverityOff), rule.SeverityOff},
		{"the severity of the rule changes nothing", recommended, "ROLE-CARD-SCP-MIN", lowered("ROLE-CARD-SCP-MIN", rule.SeverityWarning), rule.SeverityWarning},
		{"strict raises warnings", recommended, "ROLE-CARD-SCP-MIN", func(o *rule.Options) { o.Strict = true }, rule.SeverityError},
		{"strict does not raise what is switched off", recommended, "ROLE-CARD-SCP-MIN", func(o *rule.Options) {
			o.Strict = true
			o.Severities = map[string]rule.Severity{"ROLE-CARD-SCP-MIN": rule.SeverityOff}
		}, rule.SeverityOff},
		{"a lab has no recommendations", recommended, "ROLE-CARD-SCP-MIN", func(o *rule.Options) { o.Environment = rule.Lab }, rule.SeverityOff},
		{"a lab has errors", unsupported, "ROLE-SITE-MP", func(o *rule.Options) { o.Environment = rule.Lab }, rule.SeverityError},
		{"a policy that is not known yet may lower an error", unsupported, "ROLE-SITE-MP", func(o *rule.Options) { o.Undecided = true }, rule.SeverityWarning},
		{"a policy that is not known yet may switch off a warning", recommended, "ROLE-CARD-SCP-MIN", func(o *rule.Options) { o.Undecided = true }, rule.SeverityOff},
		{"a policy that is not known yet cannot lower what stands", refused, "SITE-CODE-FORMAT", func(o *rule.Options) { o.Undecided = true }, rule.SeverityError},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := report(t, test.design, test.change)
			if got := severityOf(r, test.id); got != test.want {
				t.Errorf("%s is %s, want %s, in\n%s", test.id, got, test.want, test.design)
			}
			if r.HasErrors() != strings.Contains(describeFindings(r), "error") {
				t.Errorf("HasErrors is %v for %s", r.HasErrors(), describeFindings(r))
			}
		})
	}
}

func describeFindings(r *rule.Report) string {
	var b strings.Builder
	for _, f := range r.Findings {
		b.WriteString(f.Severity.String() + " " + f.Summary() + "\n")
	}
	return b.String()
}

func TestAcceptedFindings(t *testing.T) {
	const design = "site PS1 primary install_directory=C:\\CM"
	const id = "SITE-DIR-NOT-OS-DRIVE"

	r := report(t, design+` accepted_findings={"SITE-DIR-NOT-OS-DRIVE":"lab"}`, nil)
	if severityOf(r, id) != rule.SeverityOff || len(r.Accepted) != 1 || r.Accepted[0].Accepted != "lab" {
		t.Errorf("an accepted finding is reported: %s, accepted: %d", describeFindings(r), len(r.Accepted))
	}
	if len(r.Unused) != 0 {
		t.Errorf("an acceptance that is used counts as unused: %v", r.Unused)
	}

	r = report(t, `site PS1 primary install_directory=D:\CM accepted_findings={"SITE-DIR-NOT-OS-DRIVE":"lab"}`, nil)
	if len(r.Unused) != 1 || r.Unused[0].RuleID != id {
		t.Fatalf("an acceptance that matches nothing is not reported: %v", r.Unused)
	}
	if s, d := r.Unused[0].Summary(), r.Unused[0].Detail(); !strings.Contains(s, id) || !strings.Contains(d, `accepted_findings["SITE-DIR-NOT-OS-DRIVE"]`) {
		t.Errorf("the texts do not name rule and place: %q, %q", s, d)
	}

	for _, undecided := range []string{
		// The rule is not decided.
		`site PS1 primary accepted_findings={"SITE-DIR-NOT-OS-DRIVE":"lab"}`,
		// The rule is not about sites.
		`site PS1 primary accepted_findings={"DP-PXE-DELAY":"lab"}`,
	} {
		if r := report(t, undecided, nil); len(r.Unused) != 0 {
			t.Errorf("%v counts as unused in\n%s", r.Unused, undecided)
		}
	}

	// An error cannot be accepted, and says so.
	r = report(t, `site PRI1 primary accepted_findings={"SITE-CODE-FORMAT":"please"}`, nil)
	if severityOf(r, "SITE-CODE-FORMAT") != rule.SeverityError {
		t.Error("an error was accepted")
	}
	if detail := r.Findings[0].Detail(); !strings.Contains(detail, "only warnings can be accepted") {
		t.Errorf("the detail does not say that errors cannot be accepted:\n%s", detail)
	}

	// Lowered to a warning, it can.
	r = report(t, "site CAS central_administration\nrole CAS mp management_point accepted_findings={\"ROLE-SITE-MP\":\"test\"}", func(o *rule.Options) {
		o.Severities = map[string]rule.Severity{"ROLE-SITE-MP": rule.SeverityWarning}
	})
	if severityOf(r, "ROLE-SITE-MP") != rule.SeverityOff {
		t.Error("a lowered error was not accepted")
	}
}

// A hierarchy honors what its elements accept, and an element does not say that an
// acceptance is unused when the hierarchy decides the rule.
func TestAcceptanceTravels(t *testing.T) {
	d := ruletest.Parse(t, "site PS1 primary\nrole PS1 fsp fallback_status_point accepted_findings={\"COLO-FSP-DEDICATED\":\"small\"}\nrole PS1 fsp management_point")
	whole := rules.Catalog().Evaluate(d.Planned.Build(t, false), d.Options)
	if severityOf(whole, "COLO-FSP-DEDICATED") != rule.SeverityOff {
		t.Error("the hierarchy reports what the role assignment accepts")
	}
	if len(whole.Accepted) == 0 {
		t.Error("the design does not show the case: nothing was accepted")
	}
	alone := rules.Catalog().Evaluate(model.ForAssignment(modeltest.MustDecode[model.Assignment](t, ruletest.Owned(d.Planned.Roles[0]))), d.Options)
	if len(alone.Unused) != 0 {
		t.Errorf("the role assignment cannot know that %v is unused", alone.Unused)
	}
}

// What a hierarchy decides it may accept itself.
func TestHierarchyAccepts(t *testing.T) {
	const design = "site PS1 primary\nrole PS1 fsp fallback_status_point\nrole PS1 fsp management_point\nhierarchy accepted_findings={\"COLO-FSP-DEDICATED\":\"small\"}"
	d := ruletest.Parse(t, design)
	for _, checkAll := range []bool{false, true} {
		r := rules.Catalog().Evaluate(d.Planned.Build(t, checkAll), d.Options)
		if severityOf(r, "COLO-FSP-DEDICATED") != rule.SeverityOff || len(r.Accepted) != 1 || len(r.Unused) != 0 {
			t.Errorf("with all reported %v: %s, accepted %d, unused %v", checkAll, describeFindings(r), len(r.Accepted), r.Unused)
		}
	}
}

func TestValidateSeverity(t *testing.T) {
	for _, test := range []struct {
		id       string
		severity rule.Severity
		want     string
	}{
		{"ROLE-SITE-MP", rule.SeverityWarning, ""},
		{"ROLE-SITE-MP", rule.SeverityError, ""},
		{"ROLE-CARD-SCP-MIN", rule.SeverityOff, ""},
		{"ROLE-SITE-MP", rule.SeverityOff, "never switched off"},
		{"SITE-CODE-FORMAT", rule.SeverityWarning, "always stands"},
		{"ROLE-SITE-PM", rule.SeverityWarning, `Did you mean "ROLE-SITE-MP"`},
		{"role-site-mp", rule.SeverityWarning, `"ROLE-SITE-MP"`},
		{"NOTHING-LIKE-IT-AT-ALL", rule.SeverityWarning, "There is no rule"},
	} {
		checkError(t, test.id+" "+test.severity.String(), rules.Catalog().ValidateSeverity(test.id, test.severity), test.want)
	}
}

func TestValidateAcceptance(t *testing.T) {
	for _, test := range []struct {
		id     string
		reason model.Value[string]
		want   string
	}{
		{"COLO-FSP-DEDICATED", model.Known("agreed"), ""},
		{"COLO-FSP-DEDICATED", model.Unknown[string](), ""},
		{"COLO-FSP-DEDICATED", model.Known("  "), "without a reason"},
		{"COLO-FSP-DEDICATED", model.Null[string](), "without a reason"},
		{"COLO-FSP-DEDICATE", model.Known("agreed"), `Did you mean "COLO-FSP-DEDICATED"`},
	} {
		checkError(t, test.id, rules.Catalog().ValidateAcceptance(test.id, test.reason), test.want)
	}
}

func TestParseSeverity(t *testing.T) {
	for _, text := range rule.Severities() {
		severity, err := rule.ParseSeverity(text)
		if err != nil || severity.String() != text {
			t.Errorf("%q is read as %s, %v", text, severity, err)
		}
	}
	_, err := rule.ParseSeverity("info")
	checkError(t, "info", err, `"error", "warning", "off"`)
}

// checkError compares an error with a part of its text, or with none.
func checkError(t *testing.T, name string, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("%s: %v", name, err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("%s: got %v, want an error with %q", name, err, want)
	}
}
