package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Chapter is one chapter of the rule catalog: rules that are about the same thing.
type Chapter struct {
	// Name is the one name of the chapter: of its package, of its page in the guides
	// (rules-NAME) and of the folder of its example.
	Name  string
	Title string // the heading of the page
	About string // a sentence that says what the rules are about
	Rules []Rule // those that a plan is judged by, then those that are only told
}

// Catalog is a list of chapters that topologies are judged by. Make one with
// [NewCatalog]; it never changes.
type Catalog struct {
	chapters []Chapter
	rules    []Rule
	byID     map[string]*Rule

	// The rules by the kind of element they check, in the order of the catalog.
	siteChecks, serverChecks, hierarchyChecks, everyAssignmentCheck []*Rule

	assignmentChecks, memberChecks map[string][]*Rule // by role key
}

// NewCatalog makes a catalog of chapters, in their order.
func NewCatalog(chapters ...Chapter) *Catalog {
	c := &Catalog{chapters: chapters, byID: map[string]*Rule{}, assignmentChecks: map[string][]*Rule{}, memberChecks: map[string][]*Rule{}}
	for i := range chapters {
		for _, r := range chapters[i].Rules {
			r.Chapter, r.chapter = chapters[i].Name, i
			c.rules = append(c.rules, r)
		}
	}
	for i := range c.rules {
		r := &c.rules[i]
		r.position = i
		c.byID[r.ID] = r
		c.index(r)
	}
	for i := range c.rules {
		c.rules[i].covers = c.resolveCovers(&c.rules[i])
	}
	return c
}

// index files a rule under what it checks.
func (c *Catalog) index(r *Rule) {
	if r.Site != nil {
		c.siteChecks = append(c.siteChecks, r)
	}
	if r.Server != nil {
		c.serverChecks = append(c.serverChecks, r)
	}
	if r.Hierarchy != nil {
		c.hierarchyChecks = append(c.hierarchyChecks, r)
	}
	for _, role := range r.MemberRoles {
		c.memberChecks[role] = append(c.memberChecks[role], r)
	}
	if r.Assignment == nil {
		return
	}
	c.everyAssignmentCheck = append(c.everyAssignmentCheck, r)
	for _, role := range product.AssignableRoles() {
		if r.Roles == nil || slices.Contains(r.Roles, role) {
			c.assignmentChecks[role] = append(c.assignmentChecks[role], r)
		}
	}
}

// resolveCovers looks up the rules that the CoveredBy of a rule names. A rule never
// covers itself, so that a family may name its own prefix.
func (c *Catalog) resolveCovers(r *Rule) []covering {
	var list []covering
	for _, cover := range r.CoveredBy {
		for i := range c.rules {
			if by := &c.rules[i]; by != r && cover.Matches(by.ID) {
				list = append(list, covering{by, cover.within})
			}
		}
	}
	return list
}

// Chapters returns the chapters in the order of the catalog. Their rules know
// nothing of the catalog: take those of [Catalog.Rules].
func (c *Catalog) Chapters() []Chapter { return slices.Clone(c.chapters) }

// Rules returns all rules in the order of the catalog.
func (c *Catalog) Rules() []Rule { return slices.Clone(c.rules) }

// RuleIDs returns the ids of all rules in the order of the catalog.
func (c *Catalog) RuleIDs() []string {
	ids := make([]string, len(c.rules))
	for i := range c.rules {
		ids[i] = c.rules[i].ID
	}
	return ids
}

// RuleByID returns a rule of the catalog.
func (c *Catalog) RuleByID(id string) (Rule, bool) {
	r, ok := c.byID[id]
	if !ok {
		return Rule{}, false
	}
	return *r, true
}

// NoticeSeverity returns the severity with which a policy reports a notice, which is
// a warning of its rule.
func (c *Catalog) NoticeSeverity(o *Options, n *model.Notice) Severity {
	id, _ := n.Rule.Get()
	rule, ok := c.byID[id]
	if !ok {
		return SeverityWarning
	}
	return o.apply(&Finding{Rule: rule, Severity: SeverityWarning, subject: &model.Hierarchy{}})
}

// ValidateSeverity says, in a sentence for the user, why the severity of a rule
// cannot be replaced, or returns nil.
func (c *Catalog) ValidateSeverity(id string, severity Severity) error {
	rule, ok := c.byID[id]
	switch {
	case !ok:
		return c.unknownRule(id)
	case rule.Severity != SeverityError:
		return nil
	case severity == SeverityOff:
		return fmt.Errorf("%s is an error. It can be lowered to a warning at most, never switched off: set it to \"warning\".", id)
	case severity == SeverityWarning && rule.alwaysStands():
		return fmt.Errorf("%s always stands: the product refuses what it is about (%s), so a plan that lets it pass would fail later. Remove the entry and "+
			"correct the design.", id, rule.Basis)
	}
	return nil
}

// ValidateAcceptance says, in a sentence for the user, why an entry of
// accepted_findings is not valid, or returns nil. The reason is mandatory.
func (c *Catalog) ValidateAcceptance(id string, reason model.Value[string]) error {
	if _, ok := c.byID[id]; !ok {
		return c.unknownRule(id)
	}
	if text, ok := reason.Get(); reason.IsNull() || ok && strings.TrimSpace(text) == "" {
		return fmt.Errorf("The finding %s is accepted without a reason. Say who accepted it and why, as in { %q = \"lab server, agreed with security\" }.", id, id)
	}
	return nil
}

func (c *Catalog) unknownRule(id string) error {
	hint := product.DidYouMean(strings.ToUpper(id), c.RuleIDs())
	return fmt.Errorf("There is no rule with the id %q.%s", id, hint)
}
