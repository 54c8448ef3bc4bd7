package rules_test

import (
	"maps"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// TestEvaluate_PartsSideBySide judges a hierarchy that is large enough for several workers
// by one and by several, with findings of every kind of check, what is accepted and what
// is not known.
func TestEvaluate_PartsSideBySide(t *testing.T) {
	judge := func(processors int) *rule.Report {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		h := largeHierarchy(5_000)
		assignments, _ := h.Assignments.Get()
		i := 0
		for _, key := range slices.Sorted(maps.Keys(assignments)) {
			a, _ := assignments[key].Get()
			point, ok := a.DistributionPoint.Get()
			if i++; !ok {
				continue
			}
			switch i % 500 {
			case 1:
				point.MinimumFreeSpace = model.Known[int64](1)
			case 2:
				a.DeclaredServer().OperatingSystem = model.Known("windows_server_2008_r2")
			case 3:
				point.PullSources = model.Known(map[string]model.Value[int64]{"dp99.contoso.com": model.Known[int64](1)})
			case 4:
				a.DeclaredServer().FQDN = model.Known("dp" + key[2:8])
			case 5:
				a.AcceptedFindings = model.Known(map[string]model.Value[string]{"DP-MINFREE": model.Known("agreed")})
				point.MinimumFreeSpace = model.Unknown[int64]()
			}
		}
		return rules.Catalog().Evaluate(model.ForHierarchy(h, true), rule.Options{})
	}
	text := func(r *rule.Report) []string {
		var lines []string
		for _, f := range slices.Concat(r.Findings, r.Accepted) {
			lines = append(lines, f.Path.String()+" "+f.Summary()+" "+f.Detail())
		}
		return lines
	}
	alone, together := judge(1), judge(4)
	kinds := map[string]bool{}
	for _, f := range alone.Findings {
		kinds[f.Rule.ID] = true
	}
	for _, id := range []string{"DP-MINFREE", "REF-PULL-SOURCE", "SRV-FQDN"} {
		if !kinds[id] {
			t.Errorf("the hierarchy does not violate %s: it tells nothing about its order", id)
		}
	}
	if one, several := text(alone), text(together); !slices.Equal(one, several) {
		t.Errorf("one worker finds %d, several find %d or others", len(one), len(several))
	}
	if one, several := alone.UndecidedRules(), together.UndecidedRules(); !slices.Equal(one, several) {
		t.Errorf("one worker leaves open %v, several %v", one, several)
	}
	if !reflect.DeepEqual(alone.Unused, together.Unused) {
		t.Errorf("unused acceptances: %v by one worker, %v by several", alone.Unused, together.Unused)
	}
}
