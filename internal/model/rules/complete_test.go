package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

func TestEveryRuleIsComplete(t *testing.T) {
	all := rules.Catalog().Rules()
	for i := range all {
		r := &all[i]
		// Context may leave nothing to do.
		nothingToDo := r.Fix == "" && r.Severity == rule.SeverityInfo && r.Enforcement == rule.DocumentedOnly
		if r.Title == "" || r.Why == "" || r.Fix == "" && !nothingToDo || len(r.Sources) == 0 {
			t.Errorf("%s lacks a title, a reason, a fix or a source", r.ID)
		}
		if strings.HasSuffix(r.Title, ".") || !strings.HasSuffix(r.Why, ".") || !strings.HasSuffix(r.Fix, ".") && !nothingToDo {
			t.Errorf("%s: a title ends without a full stop, why and fix end with one", r.ID)
		}
		for _, s := range r.Sources {
			if s.Article == (product.Article{}) {
				t.Errorf("%s names no article", r.ID)
			}
		}
		if r.Chapter == "" || r.Severity == 0 || r.Basis == "" || r.Scope == "" {
			t.Errorf("%s lacks its chapter, severity, basis or scope", r.ID)
		}
		for _, c := range r.CoveredBy {
			if !slices.ContainsFunc(all, func(r rule.Rule) bool { return c.Matches(r.ID) }) {
				t.Errorf("%s is covered by %s, which does not exist", r.ID, c.By)
			}
		}
		if checks(r) != (r.Enforcement == rule.Checked) {
			t.Errorf("%s has a check and says it has none, or the other way round", r.ID)
		}
		if !checks(r) && r.Note == "" && r.Enforcement != rule.DocumentedOnly {
			t.Errorf("%s has no check and does not say why", r.ID)
		}
	}
	if ids := rules.Catalog().RuleIDs(); len(slices.Compact(slices.Sorted(slices.Values(ids)))) != len(ids) {
		t.Error("an id is used twice")
	}
}

func checks(r *rule.Rule) bool {
	return r.Site != nil || r.Server != nil || r.Assignment != nil || r.Hierarchy != nil || r.Member != nil
}
