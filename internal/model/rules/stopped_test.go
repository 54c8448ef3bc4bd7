package rules_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// TestEvaluate_Stops gives a check up at each place where it looks whether somebody waits:
// it reports nothing then, and the same as ever when nobody stops it.
func TestEvaluate_Stops(t *testing.T) {
	d := ruletest.Parse(t, "site PS1 primary\nrole PS1 mp01 management_point\nrole PS1 dp01 distribution_point")
	build := func() *model.Topology { return d.Planned.Build(t, true) }
	looks := 0
	options := rule.Options{Stopped: func() bool { looks++; return false }}
	whole := rules.Catalog().Evaluate(build(), options)
	if whole.Stopped || len(whole.Findings) == 0 || looks < 50 {
		t.Fatalf("%d findings after %d looks, stopped: %v", len(whole.Findings), looks, whole.Stopped)
	}
	for after := range looks {
		left := after
		stopped := rules.Catalog().Evaluate(build(), rule.Options{Stopped: func() bool { left--; return left < 0 }})
		if !stopped.Stopped || len(stopped.Findings) > 0 {
			t.Errorf("stopped at look %d of %d: %d findings, stopped: %v", after, looks, len(stopped.Findings), stopped.Stopped)
		}
	}
}
