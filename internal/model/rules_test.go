package model

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// cases are the designs that show a rule: each one that violates it has to be found
// and yield no other error, each that satisfies it has to be decided without a
// finding, and each that leaves it undecided has to say so.
type cases struct {
	violated, satisfied, undecided []string
}

// ruleCases collects the cases of all groups, by rule id.
func ruleCases(t *testing.T) map[string]cases {
	t.Helper()
	all := map[string]cases{}
	for _, group := range []map[string]cases{
		siteCases, hierarchyCases, placementCases(), cardinalityCases, lifecycleCases, colocationCases,
		serverCases, communicationCases, gatewayCases, softwareUpdateCases, databaseCases, highAvailabilityCases, distributionPointCases, scaleCases, dependencyCases,
		prerequisiteCases, accountCases, requiredRoleCases,
	} {
		for id, c := range group {
			if _, twice := all[id]; twice {
				t.Errorf("%s has cases in two groups", id)
			}
			all[id] = c
		}
	}
	return all
}

func TestEveryRuleIsComplete(t *testing.T) {
	all := ruleCases(t)
	rules := RuleCatalogue().Rules()
	for i := range rules {
		r := &rules[i]
		// Context may leave nothing to do.
		nothingToDo := r.Fix == "" && r.Severity == SeverityInfo && r.Enforcement == DocumentedOnly
		if r.Title == "" || r.Why == "" || r.Fix == "" && !nothingToDo || len(r.Sources) == 0 {
			t.Errorf("%s lacks a title, a reason, a fix or a source", r.ID)
		}
		if strings.HasSuffix(r.Title, ".") || !strings.HasSuffix(r.Why, ".") || !strings.HasSuffix(r.Fix, ".") && !nothingToDo {
			t.Errorf("%s: a title ends without a full stop, why and fix end with one", r.ID)
		}
		for _, s := range r.Sources {
			if s.Article.path == "" {
				t.Errorf("%s names no article", r.ID)
			}
		}
		if r.Chapter == "" || r.Severity == 0 || r.Basis == "" || r.Scope == "" {
			t.Errorf("%s lacks its chapter, severity, basis or scope", r.ID)
		}
		for _, c := range r.CoveredBy {
			if !slices.ContainsFunc(rules, func(r Rule) bool { return c.matches(r.ID) }) {
				t.Errorf("%s is covered by %s, which does not exist", r.ID, c.By)
			}
		}
		checks := r.site != nil || r.server != nil || r.assignment != nil || r.hierarchy != nil
		if checks != (r.Enforcement == Checked) {
			t.Errorf("%s has a check and says it has none, or the other way round", r.ID)
		}
		if !checks {
			if r.Note == "" && r.Enforcement != DocumentedOnly {
				t.Errorf("%s has no check and does not say why", r.ID)
			}
			continue
		}
		c := all[r.ID]
		if len(c.violated) == 0 || len(c.satisfied) == 0 || len(c.undecided) == 0 {
			t.Errorf("%s lacks a violating, a satisfying or an undecided case", r.ID)
		}
	}
	for id := range all {
		if _, ok := RuleCatalogue().RuleByID(id); !ok {
			t.Errorf("there are cases for %s, which does not exist", id)
		}
	}
	if ids := RuleCatalogue().RuleIDs(); len(slices.Compact(slices.Sorted(slices.Values(ids)))) != len(ids) {
		t.Error("an id is used twice")
	}
}

func TestRules(t *testing.T) {
	all := ruleCases(t)
	for _, id := range slices.Sorted(maps.Keys(all)) {
		c := all[id]
		t.Run(id, func(t *testing.T) {
			for _, text := range c.violated {
				j := parseDesign(t, text).judge(t)
				for where, findings := range map[string][]Finding{"resource by resource": j.found, "at once": j.foundAtOnce} {
					if ids := idsOf(findings); !ids[id] {
						t.Errorf("%s was not found %s in\n%s\nfound: %v", id, where, text, slices.Sorted(maps.Keys(ids)))
					}
				}
				for _, errors := range []map[string]bool{j.waves, j.atOnce} {
					for other := range errors {
						if other != id {
							t.Errorf("%s: the design also yields the error %s\n%s", id, other, text)
						}
					}
				}
				for _, f := range j.found {
					if f.Rule.ID == id {
						checkWording(t, f)
					}
				}
			}
			for _, text := range c.satisfied {
				j := parseDesign(t, text).judge(t)
				if idsOf(j.found)[id] || idsOf(j.foundAtOnce)[id] {
					t.Errorf("%s was found in\n%s", id, text)
				}
				if j.undecided[id] {
					t.Errorf("%s was not decided for\n%s", id, text)
				}
			}
			for _, text := range c.undecided {
				j := parseDesign(t, text).judge(t)
				if idsOf(j.found)[id] || idsOf(j.foundAtOnce)[id] {
					t.Errorf("%s was found in\n%s", id, text)
				}
				if !j.undecided[id] {
					t.Errorf("%s was decided for\n%s", id, text)
				}
			}
		})
	}
}

// checkWording tests what users read: a summary with the rule and a subject, and a
// text without a Go identifier or a leftover of formatting.
func checkWording(t *testing.T, f Finding) {
	t.Helper()
	if f.Fact == "" || f.Found == "" || strings.HasSuffix(f.Fact, ".") || !strings.HasSuffix(f.Found, ".") {
		t.Errorf("%s: a fact ends without a full stop, what was found ends with one: %q, %q", f.Rule.ID, f.Fact, f.Found)
	}
	for _, odd := range []string{"%!", "<nil>", "{", "0x", "(null)", "(unknown)", "Value["} {
		if text := f.Fact + f.Found; strings.Contains(text, odd) {
			t.Errorf("%s: the text holds %q: %s", f.Rule.ID, odd, text)
		}
	}
	if len(f.Path.Steps()) == 0 {
		t.Errorf("%s names no attribute", f.Rule.ID)
	}
}
