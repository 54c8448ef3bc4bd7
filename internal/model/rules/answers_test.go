package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// A notice has the severity of its rule's warnings under the policy, and that of a warning
// where the catalog does not have its rule.
func TestNoticeSeverity(t *testing.T) {
	for _, test := range []struct {
		name    string
		id      model.Value[string]
		options rule.Options
		want    rule.Severity
	}{
		{"as it is", model.Known("REQ-CAS-NOROLE"), rule.Options{}, rule.SeverityWarning},
		{"strict", model.Known("REQ-CAS-NOROLE"), rule.Options{Strict: true}, rule.SeverityError},
		{"turned off", model.Known("REQ-CAS-NOROLE"), rule.Options{Severities: map[string]rule.Severity{"REQ-CAS-NOROLE": rule.SeverityOff}}, rule.SeverityOff},
		{"another rule turned off", model.Known("REQ-CAS-NOROLE"), rule.Options{Severities: map[string]rule.Severity{"REQ-MP-ANY": rule.SeverityOff}}, rule.SeverityWarning},
		{"no such rule", model.Known("NO-SUCH-RULE"), rule.Options{Strict: true}, rule.SeverityWarning},
		{"no rule", model.Null[string](), rule.Options{}, rule.SeverityWarning},
	} {
		if got := rules.Catalog().NoticeSeverity(&test.options, &model.Notice{Rule: test.id}); got != test.want {
			t.Errorf("%s: %v, expected %v", test.name, got, test.want)
		}
	}
}

// What a policy may lower is not a problem of a code: AUX is reserved, and a site may have it.
func TestSiteCodeProblem(t *testing.T) {
	for code, says := range map[string]string{"PS1": "", "001": "", "CAS": "", "AUX": "", "PRI1": "PRI1", "P-1": "P-1", "": `""`} {
		got := rules.Catalog().SiteCodeProblem(code)
		if (got == "") != (says == "") || !strings.Contains(got, says) {
			t.Errorf("the code %q: %q", code, got)
		}
	}
}

// A hierarchy without a policy has the errors that every policy has, and none that the
// default version decides or a policy lowers.
func TestUnavoidable(t *testing.T) {
	site := func(code string) *model.Topology {
		return model.ForSite(modeltest.MustDecode[model.Site](t, map[string]any{"site_code": code, "site_type": "primary", "site_server": "cm.contoso.com", "name": "One"}))
	}
	for code, want := range map[string][]string{"PS1": nil, "AUX": nil, "PRI1": {"SITE-CODE-FORMAT"}} {
		var ids []string
		for _, f := range rules.Catalog().Unavoidable(site(code)).Findings {
			ids = append(ids, f.Rule.ID)
			if f.Severity != rule.SeverityError {
				t.Errorf("%s is not an error", f.Summary())
			}
		}
		if !slices.Equal(ids, want) {
			t.Errorf("site %s: found %q, expected %q", code, ids, want)
		}
	}
}

// A comparison with the prior state that nobody waits for any more finds nothing out.
func TestTransitions_Stop(t *testing.T) {
	build := func() *model.Topology {
		now := map[string]any{"site_code": "PS1", "site_type": "primary", "site_server": "cm.contoso.com", "name": "One", "version": "2503", "installed": true}
		before := map[string]any{"site_code": "PS1", "site_type": "primary", "site_server": "cm.contoso.com", "name": "One", "version": "2603", "installed": true}
		topology := model.ForSite(modeltest.MustDecode[model.Site](t, now))
		topology.Prior = model.ForSite(modeltest.MustDecode[model.Site](t, before))
		return topology
	}
	looks := 0
	whole := rules.Catalog().Transitions(build(), rule.Options{Stopped: func() bool { looks++; return false }})
	if whole.Stopped || len(whole.Findings) == 0 {
		t.Fatalf("an older version than before: %d findings, stopped: %v", len(whole.Findings), whole.Stopped)
	}
	for after := range looks {
		left := after
		stopped := rules.Catalog().Transitions(build(), rule.Options{Stopped: func() bool { left--; return left < 0 }})
		if !stopped.Stopped || len(stopped.Findings) > 0 {
			t.Errorf("stopped at look %d of %d: %d findings, stopped: %v", after, looks, len(stopped.Findings), stopped.Stopped)
		}
	}
}
