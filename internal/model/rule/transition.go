package rule

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Transitions judges what a topology says in comparison with its prior state, and
// nothing else: what an element decides alone, whoever reports the rest. The topology
// has to have a prior one.
func (c *Catalog) Transitions(t *model.Topology, o Options) *Report {
	changed := c.Evaluate(t, o)
	alone := *t
	alone.Prior = nil
	without := c.Evaluate(&alone, o)
	if without.Stopped {
		return without
	}
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

// SiteCodeProblem says, in a sentence for the user, why no site has a code, empty where
// one may.
func (c *Catalog) SiteCodeProblem(code string) string {
	for _, f := range c.Evaluate(model.ForSite(&model.Site{Code: model.Known(code)}), Options{}).Findings {
		if f.Rule.alwaysStands() && f.Path.String() == model.At("site_code").String() {
			return f.Found
		}
	}
	return ""
}

// Unavoidable judges a topology by what no policy can lower, whatever the default version
// of its sites is: what the product refuses, or does not have any more.
func (c *Catalog) Unavoidable(t *model.Topology) *Report {
	for _, s := range t.Sites {
		if s.Version.IsNull() {
			s.Version = model.Unknown[string]()
		}
	}
	report := c.Evaluate(t, Options{})
	report.Findings = slices.DeleteFunc(report.Findings, func(f Finding) bool { return f.Severity != SeverityError || !f.Rule.alwaysStands() })
	report.Accepted, report.Unused = nil, nil
	return report
}
