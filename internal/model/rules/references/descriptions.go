package references

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// One computer and one site have one description, wherever the design describes them.

var descriptionRules = []rule.Rule{
	{
		ID: "REF-ONE-COMPUTER", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeServer,
		Title: "A computer that is described in several places is described in one way",
		Why: "A computer has one operating system, one domain and one of everything else. Rules and outputs take a fact from whichever place has it: where " +
			"two places contradict each other, some of them are about a computer that does not exist.",
		Fix:     "Describe the computer once, in a configmgr_site_system_server, and pass that resource wherever it is needed.",
		Sources: []product.Source{product.SiteSystemPrerequisites.At("General requirements and limitations")},
		Hierarchy: func(c *rule.Check) {
			contradictions(c, false)
		},
	},
	{
		ID: "REF-ONE-SITE", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeHierarchy,
		Title:   "A site that is described in several places is described in one way",
		Why:     "An element that was checked against another description of its site than the hierarchy has was checked for another hierarchy.",
		Fix:     "Pass the site itself in site and parent, as in site = configmgr_site.ps1, or correct the description that is written by hand.",
		Sources: []product.Source{product.HierarchyDesign.Source()},
		Hierarchy: func(c *rule.Check) {
			contradictions(c, true)
		},
	},
}

// contradictions reports what two places of the design state differently. Places that
// contradict the first one in the same way are one finding.
func contradictions(c *rule.Check, sites bool) {
	type statement struct{ of, attribute, value, theirs string }
	count := map[statement]int{}
	all := c.Topology.Index.Contradictions
	key := func(d *model.Contradiction) statement { return statement{d.Of, d.Attribute, d.Value, d.Theirs} }
	for i := range all {
		count[key(&all[i])]++
	}
	for i := range all {
		d := &all[i]
		n := count[key(d)]
		if d.IsAboutSite() != sites || n == 0 {
			continue
		}
		count[key(d)] = 0
		where := d.On.Placed().Path().Join(d.At).String()
		if n > 1 {
			where += fmt.Sprintf(" and %d more place(s)", n-1)
		}
		fix := ""
		if d.At.String() == "site_facts" {
			code, _ := strings.CutPrefix(d.Of, "site ")
			fix = fmt.Sprintf("The server says of its site what its own site attribute said when it was planned. Pass the site itself there, as in "+
				"site = configmgr_site.%s, and do not ignore changes of it.", model.SiteResource(code))
		}
		c.Violate(rule.Violation{
			On: d.On, At: d.At, Fix: fix,
			Fact:  fmt.Sprintf("%s is described in two ways", d.Of),
			Found: fmt.Sprintf("%s is %s in %s, and %s in %s.", d.Attribute, d.Theirs, d.First, d.Value, where),
		})
	}
	c.OpenCount()
}
