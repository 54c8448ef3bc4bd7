package rule

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Transitions judges what a topology says in comparison with its prior state, and
// nothing else: what an element decides alone, whoever reports the rest. The topology
// has to have a prior one.
func (c *Catalogue) Transitions(t *model.Topology, o Options) *Report {
	changed := c.Evaluate(t, o)
	alone := *t
	alone.Prior = nil
	without := c.Evaluate(&alone, o)
	same := func(a, b *Finding) bool {
		return a.Rule == b.Rule && a.subject == b.subject && a.Path.String() == b.Path.String() && a.Fact == b.Fact && a.Found == b.Found && a.Severity == b.Severity
	}
	said := func(by []Finding) func(Finding) bool {
		return func(f Finding) bool {
			return slices.ContainsFunc(by, func(other Finding) bool { return same(&f, &other) })
		}
	}
	changed.Findings = slices.DeleteFunc(changed.Findings, said(without.Findings))
	changed.Accepted = slices.DeleteFunc(changed.Accepted, said(without.Accepted))
	changed.Unused = nil
	return changed
}
