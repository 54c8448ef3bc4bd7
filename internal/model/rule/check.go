package rule

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Check is what a rule sees while it judges one element: the topology, the options
// and the element's site. A rule reports with violate, and says with decided, holds
// or undecide that an input it needs is missing. It goes on with what is known.
type Check struct {
	Topology *model.Topology
	Options  *Options
	Rule     *Rule
	Rules    map[string]*Rule // by id
	subject  model.Declared
	site     *model.Site
	Host     string
	siblings bool // the rule looks at the whole hierarchy

	findings    []Finding
	isUndecided bool

	// What several rules ask for in turn: the version of a site, and what the subject
	// mentions.
	versionSite *model.Site
	version     model.Value[product.Version]
	mentions    []model.Mention
	mentioned   bool
}

// Violation is what a rule reports. Only at, fact and found are always needed.
type Violation struct {
	At    model.Path     // the deepest attribute, seen from the subject
	On    model.Declared // the subject, when it is not the element under check
	Fact  string         // a short fact that names the subject
	Found string         // what was found, values quoted
	Fix   string         // replaces the general advice of the rule
	// severity lowers the severity of the rule for this case.
	Severity Severity
	// related are other elements that may accept the finding.
	Related []model.Declared
	// site is the site that the finding is about, when it is not that of the subject.
	Site *model.Site
}

// Violate reports that the rule is violated.
func (c *Check) Violate(v Violation) {
	f := Finding{
		Rule: c.Rule, Severity: c.Rule.Severity, Fact: v.Fact, Found: v.Found, Fix: v.Fix,
		subject: c.subject, related: v.Related, host: c.Host,
	}
	if v.On != nil {
		f.subject = v.On
	}
	if v.Severity != 0 {
		f.Severity = v.Severity
	}
	site := c.site
	if v.Site != nil {
		site = v.Site
	}
	if f.Fix == "" {
		f.Fix = c.advice(f.subject, site)
	}
	if site != nil {
		f.site, _ = site.NormalizedCode().Get()
	}
	f.Path = f.subject.Placed().Path().Join(v.At)
	// What an element decides alone, its own resource has reported. What takes
	// siblings, only the hierarchy decides.
	f.silent = f.subject.Placed().Checked() && !c.siblings
	if c.siblings {
		// Who decides a rule may accept what it finds.
		f.related = append(slices.Clip(f.related), c.Topology.Hierarchy)
	}
	c.findings = append(c.findings, f)
}

// Undecide records that the rule cannot be decided for the element.
func (c *Check) Undecide() { c.isUndecided = true }

// Decided returns a value that a rule needs. Null and unknown leave the rule
// undecided: a structural attribute is read through OrDefault or an accessor first.
func Decided[T any](c *Check, v model.Value[T]) (T, bool) {
	value, ok := v.Get()
	if !ok {
		c.Undecide()
	}
	return value, ok
}

// Given returns a value that may be left out. Unknown leaves the rule undecided, null
// does not.
func Given[T any](c *Check, v model.Value[T]) (T, bool) {
	c.UndecideIf(v.IsUnknown())
	return v.Get()
}

// Holds reports whether a condition is known to be true, and records when it is
// not decided.
func (c *Check) Holds(condition model.Value[bool]) bool {
	value, ok := Decided(c, condition)
	return ok && value
}

// Fails reports whether a condition is known to be false, and records when it is
// not decided.
func (c *Check) Fails(condition model.Value[bool]) bool {
	value, ok := Decided(c, condition)
	return ok && !value
}

// Version returns the version that the element's site runs: its own, else the
// default one.
func (c *Check) Version() (product.Version, bool) {
	if c.site == nil {
		return c.Options.SiteVersion(), true
	}
	return c.VersionOf(c.site)
}

// VersionOf returns the version that a site runs, and records when it is not decided.
func (c *Check) VersionOf(s *model.Site) (product.Version, bool) {
	if c.versionSite != s {
		c.versionSite, c.version = s, s.EffectiveVersion(c.Options.SiteVersion())
	}
	return Decided(c, c.version)
}

// Mentions returns what the attributes of the element under check name, null ones left
// out. The next element takes its place.
func (c *Check) Mentions() []model.Mention {
	if !c.mentioned {
		c.mentions, c.mentioned = c.mentions[:0], true
		switch subject := c.subject.(type) {
		case *model.Site:
			c.mentions = subject.AppendMentions(c.mentions)
		case *model.Server:
			c.mentions = subject.AppendMentions(c.mentions)
		case *model.Assignment:
			c.mentions = subject.AppendMentions(c.mentions)
		case *model.Hierarchy:
			c.mentions = subject.AppendMentions(c.mentions)
		}
	}
	return c.mentions
}

// EachSite makes a hierarchy check of a check of one site, for what takes more than a
// site and its references to decide. The check names the site as the subject.
func EachSite(judge func(*Check, *model.Site)) func(*Check) {
	return func(c *Check) {
		for _, s := range model.SortedSites(c.Topology.Sites) {
			judge(c, s)
		}
	}
}
