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

	// Stopped says that the check was given up before its end: it found nothing out.
	Stopped bool

	// Decided is the number of rules that were decided wherever they apply: what they demand
	// holds there, or is a finding.
	Decided int

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
	if workers := min(runtime.GOMAXPROCS(0), len(parts), (len(t.Servers)+len(t.Assignments))/fewest); workers > 1 {
		e.together(parts, workers)
	} else {
		for _, judge := range parts {
			if e.stopped() {
				break
			}
			judge(e)
		}
	}
	if e.stopped() {
		return &Report{Stopped: true}
	}
	return e.report()
}

const (
	// partSize is the number of servers and of role assignments that are judged in one go: so
	// many that what they hold stays in the cache of a processor from one rule to the next.
	partSize = 256
	// fewest is how many elements a worker is worth.
	fewest = 1024
)

// parts returns what judging a topology consists of. No part depends on another one.
func (c *Catalog) parts(t *model.Topology) []func(*evaluation) {
	parts := []func(*evaluation){func(e *evaluation) {
		for _, s := range t.Sites {
			e.enter(s, s, s.Server)
			for _, r := range c.siteChecks {
				e.begin(r)
				r.Site(&e.Check, s)
				e.end(r)
			}
		}
		if t.Hierarchy != nil {
			c.noteMembers(e)
		}
	}}
	// Servers and role assignments come in one order, and each role assignment reads its server.
	for from := 0; from < max(len(t.Servers), len(t.Assignments)); from += partSize {
		servers, assignments := piece(t.Servers, from), piece(t.Assignments, from)
		parts = append(parts, func(e *evaluation) {
			c.judgeServers(e, servers)
			c.judgeAssignments(e, assignments)
		})
	}
	if t.Hierarchy == nil {
		return parts
	}
	for _, r := range c.hierarchyChecks {
		parts = append(parts, func(e *evaluation) {
			e.enterHierarchy()
			e.begin(r)
			r.Hierarchy(&e.Check)
			e.end(r)
			e.siblings = false
		})
	}
	return parts
}

// piece returns the elements of one part.
func piece[T any](list []T, from int) []T {
	return list[min(from, len(list)):min(from+partSize, len(list))]
}

func (c *Catalog) judgeServers(e *evaluation, servers []*model.Server) {
	for _, s := range servers {
		site, _ := s.Site.Get()
		e.enter(s, site, s.FQDN)
		for _, r := range c.serverChecks {
			e.begin(r)
			r.Server(&e.Check, s)
			e.end(r)
		}
	}
}

func (c *Catalog) judgeAssignments(e *evaluation, assignments []*model.Assignment) {
	for _, a := range assignments {
		server := a.DeclaredServer()
		site, _ := server.Site.Get()
		e.enter(a, site, server.FQDN)
		key, ok := a.Role.Get()
		if !ok {
			// Any rule may be about the role that it turns out to be.
			for _, r := range c.everyAssignmentCheck {
				e.begin(r)
				e.Undecide()
				e.end(r)
			}
		}
		for _, r := range c.assignmentChecks[key] {
			e.begin(r)
			r.Assignment(&e.Check, a)
			e.end(r)
		}
		members := c.memberChecks[key]
		if len(members) == 0 || e.Topology.Hierarchy == nil {
			continue
		}
		e.enterHierarchy()
		for _, r := range members {
			e.Host = ""
			e.begin(r)
			r.Member(&e.Check, a)
			e.end(r)
		}
		e.siblings = false
	}
}

// noteMembers notes that the hierarchy looked at its members, of which there may be none.
func (c *Catalog) noteMembers(e *evaluation) {
	e.enterHierarchy()
	for i := range c.rules {
		if r := &c.rules[i]; r.Member != nil {
			e.begin(r)
			e.end(r)
		}
	}
	e.siblings = false
}

// stopped reports whether nobody waits for the answer any more.
func (e *evaluation) stopped() bool { return e.Options.Stopped != nil && e.Options.Stopped() }

type evaluation struct {
	Check
	undecided map[string]bool
	open      []bool // the same by the position of the rule: it is asked for every element
	ran       []bool // whether a rule looked at an element, by its position
	// openFor holds the undecided rules of elements that accept findings.
	openFor map[model.Declared]map[*Rule]bool

	checked   bool // the subject was judged by its own resource
	accepting bool // the subject accepts findings
	accepted  bool // some element does
}

func (c *Catalog) evaluation(t *model.Topology, o *Options) *evaluation {
	return &evaluation{
		Check:     Check{Topology: t, Options: o, Rules: c.byID},
		undecided: map[string]bool{},
		open:      make([]bool, len(c.rules)),
		ran:       make([]bool, len(c.rules)),
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
			Check: e.Check, undecided: map[string]bool{}, open: make([]bool, len(e.open)), ran: make([]bool, len(e.ran)),
			openFor: map[model.Declared]map[*Rule]bool{},
		}
		evaluations[i] = own
		running.Go(func() {
			for n := int(next.Add(1)) - 1; n < len(parts) && !e.stopped(); n = int(next.Add(1)) - 1 {
				parts[n](own)
				found[n], own.findings = own.findings, nil
			}
		})
	}
	running.Wait()
	e.findings = slices.Concat(found...)
	for _, own := range evaluations {
		maps.Copy(e.undecided, own.undecided)
		e.accepted = e.accepted || own.accepted
		for position := range e.ran {
			e.ran[position] = e.ran[position] || own.ran[position]
			e.open[position] = e.open[position] || own.open[position]
		}
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
	e.checked, e.accepting = subject.Placed().Checked(), subject.Accepted().IsKnown()
	e.accepted = e.accepted || e.accepting
	e.mentioned = false
}

// enterHierarchy makes the hierarchy the subject of the checks that follow, until siblings
// is taken back.
func (e *evaluation) enterHierarchy() {
	e.enter(e.Topology.Hierarchy, nil, model.Null[string]())
	e.siblings = true
}

// begin makes a rule the one that judges.
func (e *evaluation) begin(r *Rule) { e.Rule, e.isUndecided = r, false }

// end notes what the judgment of a rule came to. Of an element that is only referred to,
// not everything is carried: its own resource decides.
func (e *evaluation) end(r *Rule) {
	if e.checked {
		return
	}
	e.ran[r.position] = true
	if e.isUndecided && (e.accepting || !e.open[r.position]) {
		e.leaveOpen(r)
	}
}

func (e *evaluation) leaveOpen(r *Rule) {
	e.open[r.position], e.undecided[r.ID] = true, true
	if !e.accepting {
		return
	}
	if e.openFor[e.subject] == nil {
		e.openFor[e.subject] = map[*Rule]bool{}
	}
	e.openFor[e.subject][r] = true
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
	for position, ran := range e.ran {
		if ran && !e.open[position] {
			report.Decided++
		}
	}
	findings := uncovered(e.findings)
	sortFindings(findings)
	for _, f := range findings {
		if f.silent {
			continue
		}
		f.Severity = cmp.Or(e.Options.apply(&f), SeverityOff)
		f.Fact, f.Found, f.Fix = model.Clipped(f.Fact), model.Clipped(f.Found), model.Clipped(f.Fix)
		switch {
		case f.Severity != SeverityOff:
			report.Findings = append(report.Findings, f)
		case f.Accepted != "":
			f.Severity = SeverityWarning
			report.Accepted = append(report.Accepted, f)
		}
	}
	if e.accepted {
		e.eachDeclared(func(d model.Declared) {
			report.Unused = append(report.Unused, e.unused(d, findings)...)
		})
	}
	return report
}

// decides reports whether this check is the one that decides a rule for an element,
// and did. What the hierarchy judges from siblings is its own to decide.
func (e *evaluation) decides(d model.Declared, r *Rule) bool {
	if e.openFor[d][r] {
		return false
	}
	kind := d.Placed().Kind()
	if e.Topology.Hierarchy == nil && r.judgesSiblings() {
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
		return r.judgesSiblings()
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
