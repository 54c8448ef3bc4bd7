package model

import "slices"

// check is what a rule sees while it judges one element: the topology, the options
// and the element's site. A rule reports with violate, and says with decided, holds
// or undecide that an input it needs is missing. It goes on with what is known.
type check struct {
	topology *Topology
	options  *Options
	rule     *Rule
	rules    map[string]*Rule // by id
	subject  declared
	site     *Site
	host     string
	siblings bool // the rule looks at the whole hierarchy

	findings    []Finding
	isUndecided bool
}

// violation is what a rule reports. Only at, fact and found are always needed.
type violation struct {
	at    Path     // the deepest attribute, seen from the subject
	on    declared // the subject, when it is not the element under check
	fact  string   // a short fact that names the subject
	found string   // what was found, values quoted
	fix   string   // replaces the general advice of the rule
	// severity lowers the severity of the rule for this case.
	severity Severity
	// related are other elements that may accept the finding.
	related []declared
	// site is the site that the finding is about, when it is not that of the subject.
	site *Site
}

func (c *check) violate(v violation) {
	f := Finding{
		Rule: c.rule, Severity: c.rule.Severity, Fact: v.fact, Found: v.found, Fix: v.fix,
		subject: c.subject, related: v.related, host: c.host,
	}
	if v.on != nil {
		f.subject = v.on
	}
	if v.severity != 0 {
		f.Severity = v.severity
	}
	if f.Fix == "" {
		f.Fix = c.rule.Fix
	}
	site := c.site
	if v.site != nil {
		site = v.site
	}
	if site != nil {
		f.site, _ = site.code().Get()
	}
	f.Path = f.subject.element().Path().Join(v.at)
	// What an element decides alone, its own resource has reported. What takes
	// siblings, only the hierarchy decides.
	f.silent = f.subject.element().Checked() && !c.siblings
	if c.siblings {
		// Who decides a rule may accept what it finds.
		f.related = append(slices.Clip(f.related), c.topology.Hierarchy)
	}
	c.findings = append(c.findings, f)
}

// undecide records that the rule cannot be decided for the element.
func (c *check) undecide() { c.isUndecided = true }

// decided returns a value that a rule needs. Null and unknown leave the rule
// undecided: a structural attribute is read through OrDefault or an accessor first.
func decided[T any](c *check, v Value[T]) (T, bool) {
	value, ok := v.Get()
	if !ok {
		c.undecide()
	}
	return value, ok
}

// holds reports whether a condition is known to be true, and records when it is
// not decided.
func (c *check) holds(condition Value[bool]) bool {
	value, ok := decided(c, condition)
	return ok && value
}

// fails reports whether a condition is known to be false, and records when it is
// not decided.
func (c *check) fails(condition Value[bool]) bool {
	value, ok := decided(c, condition)
	return ok && !value
}

// version returns the version that the element's site runs: its own, else the
// default one.
func (c *check) version() (Version, bool) {
	if c.site == nil {
		return c.options.version(), true
	}
	return c.versionOf(c.site)
}

func (c *check) versionOf(s *Site) (Version, bool) {
	v := s.EffectiveVersion(c.options.version())
	return decided(c, v)
}

// EffectiveVersion returns the version that the site runs: its own, else the given
// default. It is unknown while the declared one is, or is not a version.
func (s *Site) EffectiveVersion(defaultVersion Version) Value[Version] {
	if s.Version.IsNull() {
		return Known(defaultVersion)
	}
	text, ok := s.Version.Get()
	if !ok {
		return Unknown[Version]()
	}
	v, err := ParseVersion(text)
	if err != nil {
		return Unknown[Version]()
	}
	return Known(v)
}

// eachSite makes a hierarchy check of a check of one site, for what takes more than a
// site and its references to decide. The check names the site as the subject.
func eachSite(judge func(*check, *Site)) func(*check) {
	return func(c *check) {
		for _, s := range sortedSites(c.topology.Sites) {
			judge(c, s)
		}
	}
}
