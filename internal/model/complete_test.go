package model

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryRuleIsComplete(t *testing.T) {
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
			if s.Article == (Article{}) {
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
		if r.checks() != (r.Enforcement == Checked) {
			t.Errorf("%s has a check and says it has none, or the other way round", r.ID)
		}
		if !r.checks() && r.Note == "" && r.Enforcement != DocumentedOnly {
			t.Errorf("%s has no check and does not say why", r.ID)
		}
	}
	if ids := RuleCatalogue().RuleIDs(); len(slices.Compact(slices.Sorted(slices.Values(ids)))) != len(ids) {
		t.Error("an id is used twice")
	}
}

func (r *Rule) checks() bool {
	return r.site != nil || r.server != nil || r.assignment != nil || r.hierarchy != nil
}
