package rule

import (
	"cmp"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Report is the outcome of a check.
type Report struct {
	Findings []Finding // sorted; what the policy lets through is left out
	Accepted []Finding // sorted; warnings that accepted_findings lets through
	Unused   []UnusedAcceptance

	// undecided holds the ids of the rules that were not decided for some element.
	undecided map[string]bool
}

// HasErrors reports whether a finding fails the plan.
func (r *Report) HasErrors() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity == SeverityError })
}

// Undecided reports whether a rule could not be decided for some element.
func (r *Report) Undecided(id string) bool { return r.undecided[id] }

// UndecidedRules returns the ids of the rules that could not be decided for some
// element, sorted.
func (r *Report) UndecidedRules() []string { return slices.Sorted(maps.Keys(r.undecided)) }

// Evaluate judges a topology by every rule of the catalog. It is pure: it does
// not change the topology, and its result depends on nothing else. A large topology is
// judged in parts side by side; the result is the same.
func (c *Catalog) Evaluate(t *model.Topology, o Options) *Report {
	parts := c.parts(t)
	e := c.evaluation(t, &o)
	if workers := min(runtime.GOMAXPROCS(0), len(parts), (len(t.Servers)+len(t.Assignments))/partSize); workers > 1 {
		e.together(parts, workers)
	} else {
		for _, judge := range parts {
			judge(e)
		}
	}
	return e.report()
}

// partSize is the number of servers or role assignments that are judged in one go.
const partSize = 1024

// parts returns what judging a topology consists of. No part depends on another one.
func (c *Catalog) parts(t *model.Topology) []func(*evaluation) {
	parts := []func(*evaluation){func(e *evaluation) {
		for _, s := range t.Sites {
			e.enter(s, s, s.Server)
			for _, r := range c.siteChecks {
				e.run(r, func(r *Rule) { r.Site(&e.Check, s) })
			}
		}
	}}
	for servers := range slices.Chunk(t.Servers, partSize) {
		parts = append(parts, func(e *evaluation) { c.judgeServers(e, servers) })
	}
	for assignments := range slices.Chunk(t.Assignments, partSize) {
		parts = append(parts, func(e *evaluation) { c.judgeAssignments(e, assignments) })
	}
	if t.Hierarchy == nil {
		return parts
	}
	for _, r := range c.hierarchyChecks {
		parts = append(parts, func(e *evaluation) {
			e.enter(t.Hierarchy, nil, model.Null[string]())
			e.siblings = true
			e.run(r, func(r *Rule) { r.Hierarchy(&e.Check) })
			e.siblings = false
		})
	}
	return parts
}

func (c *Catalog) judgeServers(e *evaluation, servers []*model.Server) {
	for _, s := range servers {
		site, _ := s.Site.Get()
		e.enter(s, site, s.FQDN)
		for _, r := range c.serverChecks {
			e.run(r, func(r *Rule) { r.Server(&e.Check, s) })
		}
	}
}

func (c *Catalog) judgeAssignments(e *evaluation, assignments []*model.Assignment) {
	for _, a := range assignments {
		site, _ := a.DeclaredServer().Site.Get()
		e.enter(a, site, a.DeclaredServer().FQDN)
		key, ok := a.Role.Get()
		if !ok {
			// Any rule may be about the role that it turns out to be.
			for _, r := range c.everyAssignmentCheck {
				e.run(r, func(*Rule) { e.Undecide() })
			}
			continue
		}
		for _, r := range c.assignmentChecks[key] {
			e.run(r, func(r *Rule) { r.Assignment(&e.Check, a) })
		}
	}
}

type evaluation struct {
	Check
	undecided map[string]bool
	open      []bool // the same by the position of the rule: it is asked for every element
	// openFor holds the undecided rules of elements that accept findings.
	openFor map[model.Declared]map[*Rule]bool
}

func (c *Catalog) evaluation(t *model.Topology, o *Options) *evaluation {
	return &evaluation{
		Check:     Check{Topology: t, Options: o, Rules: c.byID},
		undecided: map[string]bool{},
		open:      make([]bool, len(c.rules)),
		openFor:   map[model.Declared]map[*Rule]bool{},
	}
}

// together judges parts with several workers and takes over what they found, in the order
// of the parts.
func (e *evaluation) together(parts []func(*evaluation), workers int) {
	found := make([][]Finding, len(parts))
	evaluations := make([]*evaluation, workers)
	var next atomic.Int64
	var running sync.WaitGroup
	for i := range evaluations {
		own := &evaluation{
			Check: e.Check, undecided: map[string]bool{}, open: make([]bool, len(e.open)), openFor: map[model.Declared]map[*Rule]bool{},
		}
		evaluations[i] = own
		running.Go(func() {
			for n := int(next.Add(1)) - 1; n < len(parts); n = int(next.Add(1)) - 1 {
				parts[n](own)
				found[n], own.findings = own.findings, nil
			}
		})
	}
	running.Wait()
	e.findings = slices.Concat(found...)
	for _, own := range evaluations {
		maps.Copy(e.undecided, own.undecided)
		for subject, rules := range own.openFor {
			if e.openFor[subject] == nil {
				e.openFor[subject] = map[*Rule]bool{}
			}
			maps.Copy(e.openFor[subject], rules)
		}
	}
}

// enter makes an element the subject of the checks that follow.
func (e *evaluation) enter(subject model.Declared, site *model.Site, host model.Value[string]) {
	e.subject, e.site = subject, site
	e.Host, _ = model.Folded(host, model.FoldHost).Get()
}

func (e *evaluation) run(r *Rule, judge func(*Rule)) {
	e.Rule, e.isUndecided = r, false
	judge(r)
	// Of an element that is only referred to, not everything is carried: its own
	// resource decides.
	if !e.isUndecided || e.subject.Placed().Checked() {
		return
	}
	if !e.open[r.position] {
		e.open[r.position], e.undecided[r.ID] = true, true
	}
	if e.subject.Accepted().IsKnown() {
		if e.openFor[e.subject] == nil {
			e.openFor[e.subject] = map[*Rule]bool{}
		}
		e.openFor[e.subject][r] = true
	}
}

// unused lists the acceptances of an element that match none of the findings, among
// the rules that are decided there.
func (e *evaluation) unused(d model.Declared, findings []Finding) []UnusedAcceptance {
	reasons, ok := d.Accepted().Get()
	if !ok || d.Placed().Checked() {
		return nil
	}
	var list []UnusedAcceptance
	for _, id := range slices.Sorted(maps.Keys(reasons)) {
		rule, ok := e.Rules[id]
		if !ok || !e.decides(d, rule) || slices.ContainsFunc(findings, func(f Finding) bool {
			return f.Rule == rule && (f.subject == d || slices.Contains(f.related, d))
		}) {
			continue
		}
		list = append(list, UnusedAcceptance{Path: d.Placed().Path().Attr("accepted_findings").Key(id), RuleID: id})
	}
	return list
}

// report applies precedence, ownership and policy to what the rules found.
func (e *evaluation) report() *Report {
	report := &Report{undecided: e.undecided}
	findings := uncovered(e.findings)
	sortFindings(findings)
	for _, f := range findings {
		if f.silent {
			continue
		}
		f.Severity = cmp.Or(e.Options.apply(&f), SeverityOff)
		switch {
		case f.Severity != SeverityOff:
			report.Findings = append(report.Findings, f)
		case f.Accepted != "":
			f.Severity = SeverityWarning
			report.Accepted = append(report.Accepted, f)
		}
	}
	e.eachDeclared(func(d model.Declared) {
		report.Unused = append(report.Unused, e.unused(d, findings)...)
	})
	return report
}

// decides reports whether this check is the one that decides a rule for an element,
// and did. What the hierarchy judges from siblings is its own to decide.
func (e *evaluation) decides(d model.Declared, r *Rule) bool {
	if e.openFor[d][r] {
		return false
	}
	kind := d.Placed().Kind()
	if e.Topology.Hierarchy == nil && r.Hierarchy != nil {
		return false
	}
	switch kind {
	case model.KindSite:
		return r.Site != nil
	case model.KindServer:
		return r.Server != nil
	case model.KindAssignment:
		return r.Assignment != nil
	default:
		return r.Hierarchy != nil
	}
}

func (e *evaluation) eachDeclared(visit func(model.Declared)) {
	for _, s := range e.Topology.Sites {
		visit(s)
	}
	for _, s := range e.Topology.Servers {
		visit(s)
	}
	for _, a := range e.Topology.Assignments {
		visit(a)
	}
	if e.Topology.Hierarchy != nil {
		visit(e.Topology.Hierarchy)
	}
}

// uncovered leaves out the findings that another one reports better, and equal
// findings that two looks at the same element brought.
func uncovered(findings []Finding) []Finding {
	present := make(map[mark]Severity, 5*len(findings))
	for i := range findings {
		for _, m := range marks(&findings[i]) {
			present[m] = max(present[m], findings[i].Severity)
		}
	}
	type place struct {
		rule    *Rule
		subject model.Declared
		path    string
	}
	seen := make(map[place]bool, len(findings))
	kept := make([]Finding, 0, len(findings))
	for _, f := range findings {
		p := place{f.Rule, f.subject, f.Path.String()}
		if seen[p] || covered(&f, present) {
			continue
		}
		seen[p] = true
		kept = append(kept, f)
	}
	return kept
}

// mark says that a rule fired on an element, on an attribute of it, at a site, on a
// computer or, with all of them empty, anywhere.
type mark struct {
	rule    *Rule
	subject model.Declared
	path    string
	site    string
	host    string
}

func marks(f *Finding) [5]mark {
	return [5]mark{
		sameElement:   {rule: f.Rule, subject: f.subject},
		sameAttribute: {rule: f.Rule, subject: f.subject, path: f.Path.String()},
		sameSite:      {rule: f.Rule, site: f.site},
		sameHost:      {rule: f.Rule, host: f.host},
		anywhere:      {rule: f.Rule},
	}
}

// covered reports whether one of the rules that cover a finding's rule fired near
// enough and as heavily: a warning never hides an error. A finding without a site or
// a host is not near any other.
func covered(f *Finding, present map[mark]Severity) bool {
	for _, c := range f.Rule.covers {
		m := marks(f)[c.within]
		m.rule = c.by
		near := c.within == sameElement || c.within == sameAttribute || c.within == anywhere || m.site != "" || m.host != ""
		if near && present[m] >= f.Severity {
			return true
		}
	}
	return false
}

// covering is a resolved [Cover].
type covering struct {
	by     *Rule
	within within
}
