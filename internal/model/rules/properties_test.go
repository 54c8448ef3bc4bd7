package rules_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// What holds for every hierarchy, tried on random ones, each with and without a mistake.

// eachHierarchy visits random hierarchies, always the same: the mistake is nil in some.
// create makes the same one anew.
func eachHierarchy(t *testing.T, visit func(t *testing.T, create func() map[string]any, mistake *adopttest.Mistake)) {
	t.Helper()
	mistakes := adopttest.Mistakes()
	for seed := range uint64(modeltest.Samples(180)) {
		var mistake *adopttest.Mistake
		if i := seed % uint64(len(mistakes)+1); i > 0 {
			mistake = &mistakes[i-1]
		}
		fits := true
		create := func() map[string]any {
			h := adopttest.Generate(seed, 1+int(seed)%3, int(seed)%2, 3)
			fits = mistake == nil || mistake.Make(h)
			return h
		}
		if create(); fits {
			name := fmt.Sprint(seed)
			if mistake != nil {
				name += " " + mistake.Rule
			}
			t.Run(name, func(t *testing.T) { visit(t, create, mistake) })
		}
	}
}

func judged(t *testing.T, tree map[string]any) *rule.Report {
	t.Helper()
	return rules.Catalog().Evaluate(model.ForHierarchy(modeltest.MustDecode[model.Hierarchy](t, tree), true), rule.Options{})
}

// placesOf lists the findings of a report with their places, sorted.
func placesOf(r *rule.Report) []string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, fmt.Sprintf("%s %s %s", f.Severity, f.Rule.ID, f.Path))
	}
	slices.Sort(all)
	return all
}

func TestProperty_OneMistakeIsOneError(t *testing.T) {
	made := map[string]int{}
	eachHierarchy(t, func(t *testing.T, create func() map[string]any, mistake *adopttest.Mistake) {
		var errors []string
		for _, f := range judged(t, create()).Findings {
			if f.Severity == rule.SeverityError {
				errors = append(errors, f.Rule.ID)
			}
		}
		var want []string
		if mistake != nil {
			want = []string{mistake.Rule}
			made[mistake.Rule]++
		}
		if !slices.Equal(errors, want) {
			t.Errorf("errors %v, want %v", errors, want)
		}
	})
	for _, m := range adopttest.Mistakes() {
		if made[m.Rule] == 0 && len(made) > 0 && !testing.Short() {
			t.Errorf("no hierarchy has a place for %s", m.Rule)
		}
	}
}

// renamed gives every site and every computer another name, wherever the hierarchy has it.
func renamed(text string) string {
	text = siteCodes.ReplaceAllStringFunc(text, func(found string) string {
		at := strings.LastIndexByte(found, '_') + 1
		return found[:at] + map[byte]string{'C': "K", 'P': "N", 'S': "Q"}[found[at]] + found[at+1:]
	})
	return strings.NewReplacer("srv", "host", "contoso.com", "fabrikam.net", "files.", "shares.", "extra.", "spare.").Replace(text)
}

var siteCodes = regexp.MustCompile(`\b(?:CM_|ConfigMgr_)?(?:CAS|P\d\d|S\d[A-Z])\b`)

func renamedTree(node any) any {
	switch node := node.(type) {
	case map[string]any:
		all := map[string]any{}
		for key, v := range node {
			all[renamed(key)] = renamedTree(v)
		}
		return all
	case []any:
		all := make([]any, len(node))
		for i, v := range node {
			all[i] = renamedTree(v)
		}
		return all
	case string:
		return renamed(node)
	default:
		return node
	}
}

func TestProperty_NamesDoNotMatter(t *testing.T) {
	eachHierarchy(t, func(t *testing.T, create func() map[string]any, _ *adopttest.Mistake) {
		before := judged(t, create())
		after := judged(t, renamedTree(create()).(map[string]any))
		var want []string
		for _, place := range placesOf(before) {
			id, path, _ := strings.Cut(place, " ")
			kind, path, _ := strings.Cut(path, " ")
			want = append(want, id+" "+kind+" "+renamed(path))
		}
		slices.Sort(want)
		if got := placesOf(after); !slices.Equal(got, want) {
			t.Errorf("found %q\nand with other names %q", want, got)
		}
		if one, other := before.UndecidedRules(), after.UndecidedRules(); !slices.Equal(one, other) {
			t.Errorf("open are %v\nand with other names %v", one, other)
		}
	})
}

// TestProperty_UnrelatedHierarchies judges two hierarchies side by side, which is as each
// alone, and what an element decides by itself in a topology that has both.
func TestProperty_UnrelatedHierarchies(t *testing.T) {
	eachHierarchy(t, func(t *testing.T, create func() map[string]any, _ *adopttest.Mistake) {
		one, other := create(), renamedTree(create()).(map[string]any)
		want := [2]*rule.Report{judged(t, one), judged(t, other)}
		var got [2]*rule.Report
		var running sync.WaitGroup
		for i, tree := range []map[string]any{one, other} {
			running.Go(func() { got[i] = judged(t, tree) })
		}
		running.Wait()
		for i := range got {
			if !slices.Equal(placesOf(got[i]), placesOf(want[i])) {
				t.Errorf("beside another one %q is found, alone %q", placesOf(got[i]), placesOf(want[i]))
			}
		}
		both := map[string]any{}
		for name := range one {
			all := maps.Clone(one[name].(map[string]any))
			for key, v := range other[name].(map[string]any) {
				all["other "+key] = v
			}
			both[name] = all
		}
		alone := func(reports ...*rule.Report) []string {
			var all []string
			for _, r := range reports {
				for _, f := range r.Findings {
					if f.Rule.Hierarchy == nil && f.Rule.Member == nil {
						all = append(all, f.Summary())
					}
				}
			}
			slices.Sort(all)
			return all
		}
		if together, apart := alone(judged(t, both)), alone(want[:]...); !slices.Equal(together, apart) {
			t.Errorf("elements say %q in one topology, %q in two", together, apart)
		}
	})
}
