// Package rule says what a rule is: its metadata and its check, the findings it reports, the
// policy that weighs them, and the catalog that judges a topology.
package rule

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Severity says how heavily a finding weighs.
type Severity uint8

// The severities. SeverityOff is a policy, never the severity of a rule.
const (
	SeverityOff Severity = iota + 1
	SeverityInfo
	SeverityWarning
	SeverityError
)

// String returns the severity as users type it.
func (s Severity) String() string {
	switch s {
	case SeverityOff:
		return "off"
	case SeverityInfo:
		return "info"
	case SeverityWarning:
		return "warning"
	default:
		return "error"
	}
}

// Basis says what a rule rests on, and with it what a user may do about it.
type Basis string

// The bases of rules.
const (
	Refused         Basis = "refused"     // setup, prerequisite check, wizard or cmdlet blocks it
	Removed         Basis = "removed"     // the product no longer has it
	Unsupported     Basis = "unsupported" // documented as not supported
	Documented      Basis = "documented"  // documented as required
	Recommended     Basis = "recommended" // documented as good practice
	Deprecated      Basis = "deprecated"  // will be removed
	Conflict        Basis = "conflict"    // the sources disagree
	SecondarySource Basis = "secondary"   // not a Microsoft document
	Inferred        Basis = "inferred"    // follows from other rules
)

// Scope names what a rule is about.
type Scope string

// The scopes of rules.
const (
	ScopeSite      Scope = "site"
	ScopeServer    Scope = "server"
	ScopeRole      Scope = "role"
	ScopePair      Scope = "pair"
	ScopeHierarchy Scope = "hierarchy"
)

// Enforcement says how the product sees to it that a rule holds.
type Enforcement uint8

// The enforcements. The zero Enforcement is a check.
const (
	// Checked rules have a check.
	Checked Enforcement = iota
	// CoveredElsewhere rules are always reported under another id.
	CoveredElsewhere
	// Inexpressible rules cannot be violated by anything that the schema accepts.
	Inexpressible
	// KeptByGraph rules hold because Terraform orders what depends on each other.
	KeptByGraph
	// Undecidable rules depend on something that no design declares.
	Undecidable
	// ToldWithAnswer rules are about a question: the answer to it tells about them.
	ToldWithAnswer
	// DocumentedOnly rules are told, not checked: context, or what only the running
	// product can show.
	DocumentedOnly
)

// Rule is one entry of the rule catalog. Ids are never reused: users see them in
// diagnostics, accept findings by them and look them up.
type Rule struct {
	ID       string
	Chapter  string // the name of the chapter, which the catalog sets
	Severity Severity
	Basis    Basis
	Scope    Scope
	Title    string // what has to hold, a sentence without a full stop
	Why      string // one or more sentences
	Fix      string // one or more sentences, with what to type
	Sources  []product.Source

	// Versions tells, for readers, which versions the rule is about; empty means all.
	Versions string
	// ProductionOnly keeps the rule silent in a lab.
	ProductionOnly bool
	// CoveredBy names the rules that report the same defect better: where one of
	// them fires, this one is silent.
	CoveredBy []Cover

	// Enforcement and Note tell about a rule that has no check of its own.
	Enforcement Enforcement
	Note        string

	// The checks. Each looks at one element and what that element refers to; the
	// hierarchy check looks at everything and decides what needs siblings.
	Site       func(*Check, *model.Site)
	Server     func(*Check, *model.Server)
	Assignment func(*Check, *model.Assignment)
	Hierarchy  func(*Check)
	// Member is a hierarchy check of one role assignment after the other, of the roles in
	// MemberRoles. It may look at siblings; what it looks at lies near in memory, which is
	// most of the time of a check of a hundred thousand.
	Member      func(*Check, *model.Assignment)
	MemberRoles []string

	position int        // in the catalog
	chapter  int        // the place of the chapter in the catalog
	covers   []covering // the resolved CoveredBy

	// roles restricts the assignment check to these roles; empty means all.
	Roles []string
}

// judgesSiblings reports whether the hierarchy decides the rule, or a part of it.
func (r *Rule) judgesSiblings() bool { return r.Hierarchy != nil || r.Member != nil }

// Cover names rules that silence another one where they fire.
type Cover struct {
	// By is a rule id, or a prefix followed by *.
	By     string
	within within
}

// within says how near the covering finding has to be.
type within uint8

const (
	sameElement within = iota
	sameAttribute
	sameSite
	sameHost
	anywhere
)

func cover(w within, ids []string) []Cover {
	covers := make([]Cover, len(ids))
	for i, id := range ids {
		covers[i] = Cover{By: id, within: w}
	}
	return covers
}

// OnElement names the rules that cover a rule when they fire on the same element.
func OnElement(ids ...string) []Cover { return cover(sameElement, ids) }

// OnAttribute names the rules that cover a rule when they fire on the same attribute of the
// same element: what else the rule finds there stays.
func OnAttribute(ids ...string) []Cover { return cover(sameAttribute, ids) }

// AtSite names the rules that cover a rule when they fire at the same site.
func AtSite(ids ...string) []Cover { return cover(sameSite, ids) }

// OnHost names the rules that cover a rule when they fire on the same computer.
func OnHost(ids ...string) []Cover { return cover(sameHost, ids) }

// InHierarchy names the rules that cover a rule when they fire anywhere.
func InHierarchy(ids ...string) []Cover { return cover(anywhere, ids) }

// Matches reports whether the rule with an id is one of those that are named.
func (c Cover) Matches(id string) bool {
	if prefix, ok := strings.CutSuffix(c.By, "*"); ok {
		return strings.HasPrefix(id, prefix)
	}
	return c.By == id
}

// Anchor is the address fragment of the rule in the generated guides.
func (r *Rule) Anchor() string { return strings.ToLower(r.ID) }

// alwaysStands reports whether the policy cannot lower the rule.
func (r *Rule) alwaysStands() bool {
	return r.Severity == SeverityError && (r.Basis == Refused || r.Basis == Removed)
}

// GuideURL is the address of the text about the rule in the guides.
func (r *Rule) GuideURL() string {
	const guides = "https://github.com/terraform-configmgr/terraform-provider-configmgr/blob/main/docs/guides"
	return fmt.Sprintf("%s/rules-%s.md#%s", guides, r.Chapter, r.Anchor())
}
