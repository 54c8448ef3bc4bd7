package model

import (
	"cmp"
	"slices"
	"strings"
)

// roleQuestion is what has to be known to answer for one role.
type roleQuestion struct {
	role string
	// least is how many instances the clients need where the role is needed, at least
	// one; nil for one. devices is how many of them Macs and mobile devices need.
	least, devices func(*siteNeeds) Value[int64]
	// nothing is what is said when no rule has anything to say.
	nothing said
	rules   []roleRule
}

// said is a reason and the rule it comes from.
type said struct{ rule, reason string }

// roleRule is one row of the decision table: what is asked of a role where something
// holds, and why.
type roleRule struct {
	id           string
	tiers        []Tier  // nil: every tier that can hold the role
	from, before Version // the versions of the site; 0: no bound
	when         condition
	want         Requirement
	set          roleDemand
	devices      bool   // the settings are for as many instances as Macs and mobile devices need
	reason       string // a sentence without its full stop
}

// roleDemand are the settings that a rule asks for; zero asks for nothing.
type roleDemand struct {
	protocol, connections, pxe, mode             string
	devices, gateway, multicast, dedicatedServer bool
}

// judgedRule is a rule with its verdict on a site.
type judgedRule struct {
	*roleRule
	verdict
}

func (r *roleRule) judge(n *siteNeeds) judgedRule {
	conditions := []condition{versionWithin(r.from, r.before)}
	if r.tiers != nil {
		conditions = append(conditions, at(r.tiers...))
	}
	if r.when != nil {
		conditions = append(conditions, r.when)
	}
	// What was asked for comes first among the causes, the version after it.
	slices.Reverse(conditions)
	return judgedRule{r, allOf(conditions...)(n)}
}

// answer answers for one site. While its tier is not known, what is the same at every
// tier that it may have is.
func (q *roleQuestion) answer(n *siteNeeds) *RequiredRole {
	var answer *RequiredRole
	for _, tier := range n.tiers {
		at := *n
		at.tiers = []Tier{tier}
		if one := q.answerAt(&at); answer == nil {
			answer = one
		} else {
			answer = answer.joined(one)
		}
	}
	if life := roleOf(q.role).Deprecation; life != nil {
		answer.DeprecatedSince, answer.Deprecation = Known(life.Since.String()), Known(life.Sentence)
		if life.Removed != 0 {
			answer.RemovedIn = Known(life.Removed.String())
		}
	}
	return answer
}

// joined holds what two answers have in common, and leaves the rest unknown.
func (r *RequiredRole) joined(other *RequiredRole) *RequiredRole {
	return &RequiredRole{
		Requirement:       same(r.Requirement, other.Requirement),
		Minimum:           same(r.Minimum, other.Minimum),
		MinimumForDevices: same(r.MinimumForDevices, other.MinimumForDevices),
		Settings:          Known(r.settings().joined(other.settings())),
		Reasons:           sameList(r.Reasons, other.Reasons),
		RuleIDs:           sameList(r.RuleIDs, other.RuleIDs),
		others:            r.others.joined(other.others),
		possible:          append(slices.Clip(r.possible), other.possible...),
	}
}

// answerAt answers for one site whose tier is known.
func (q *roleQuestion) answerAt(n *siteNeeds) *RequiredRole {
	var asked, forbidding []judgedRule
	forbidden := Known(false)
	for _, rules := range [][]roleRule{q.rules, forbiddenByTier[q.role]} {
		for i := range rules {
			r := rules[i].judge(n)
			switch {
			case r.holds == Known(false):
			case r.want == RoleForbidden:
				forbidding = append(forbidding, r)
				forbidden = either(forbidden, r.holds)
			default:
				asked = append(asked, r)
			}
		}
	}
	switch is, known := forbidden.Get(); {
	case known && is:
		return forbiddenRole(forbidding)
	case known:
		return q.permitted(n, asked)
	default:
		return q.permitted(n, asked).joined(forbiddenRole(forbidding))
	}
}

// permitted answers for a role that nothing forbids. No rule among the judged ones is
// known not to hold.
func (q *roleQuestion) permitted(n *siteNeeds, rules []judgedRule) *RequiredRole {
	slices.SortStableFunc(rules, func(a, b judgedRule) int { return cmp.Compare(rank(b.want), rank(a.want)) })
	answer := &RequiredRole{
		Requirement: strongest(rules, requirementOrder, func(r *roleRule) Requirement { return r.want }, RoleNotNeeded),
		Settings:    Known(settingsOf(rules)),
		others:      settingsOf(slices.DeleteFunc(slices.Clone(rules), func(r judgedRule) bool { return r.devices })),
	}
	needed := Known(false)
	if held, ok := answer.Requirement.Get(); ok {
		answer.possible = []Requirement{Requirement(held)}
	} else {
		answer.possible = possibleRequirements(rules)
	}
	for _, r := range rules {
		if rank(r.want) >= rank(RoleRecommended) {
			needed = either(needed, r.holds)
		}
	}
	answer.Minimum, answer.MinimumForDevices = Known[int64](1), Known[int64](0)
	if q.least != nil {
		answer.Minimum = largest(Known[int64](1), q.least(n))
	}
	if q.devices != nil {
		answer.MinimumForDevices = q.devices(n)
	}
	answer.Minimum = where(needed, answer.Minimum)
	answer.MinimumForDevices = where(needed, answer.MinimumForDevices)
	answer.explain(rules)
	if len(rules) == 0 {
		answer.Reasons, answer.RuleIDs = Known(texts(q.nothing.reason+".")), Known(texts(q.nothing.rule))
	}
	return answer
}

// possibleRequirements lists what the requirement may turn out to be.
func possibleRequirements(rules []judgedRule) []Requirement {
	least := RoleNotNeeded
	for _, r := range rules {
		if r.holds == Known(true) && rank(r.want) > rank(least) {
			least = r.want
		}
	}
	list := []Requirement{least}
	for _, r := range rules {
		if r.holds.IsUnknown() && rank(r.want) > rank(least) {
			list = append(list, r.want)
		}
	}
	return list
}

// where returns a number where something holds, and 0 where it does not.
func where(holds Value[bool], n Value[int64]) Value[int64] {
	is, known := holds.Get()
	switch {
	case n == Known[int64](0), known && is:
		return n
	case known:
		return Known[int64](0)
	default:
		return Unknown[int64]()
	}
}

// forbiddenRole is the answer for a role that the site must not have.
func forbiddenRole(rules []judgedRule) *RequiredRole {
	answer := &RequiredRole{
		Requirement: Known(string(RoleForbidden)), Minimum: Known[int64](0), MinimumForDevices: Known[int64](0), Settings: Known(&RoleSettings{}),
		others: &RoleSettings{}, possible: []Requirement{RoleForbidden},
	}
	answer.explain(rules)
	return answer
}

// explain writes the reasons and the rules they come from.
func (r *RequiredRole) explain(rules []judgedRule) {
	var reasons, ids []string
	idsKnown, reasonsKnown := true, true
	for _, rule := range rules {
		if rule.holds.IsUnknown() {
			idsKnown = false
		}
		reasonsKnown = reasonsKnown && !rule.open
		reason := rule.reason
		causes := uniqueCauses(rule.causes)
		if len(causes) == 0 && rule.tiers != nil {
			causes = []string{"site.site_type"}
		}
		if len(causes) > 0 {
			reason += " (" + strings.Join(causes, ", ") + ")"
		}
		reasons, ids = append(reasons, reason+"."), append(ids, rule.id)
	}
	r.RuleIDs, r.Reasons = Unknown[[]Value[string]](), Unknown[[]Value[string]]()
	if idsKnown {
		r.RuleIDs = Known(texts(ids...))
		if reasonsKnown {
			r.Reasons = Known(texts(reasons...))
		}
	}
}

func texts(list ...string) []Value[string] {
	values := make([]Value[string], len(list))
	for i, s := range list {
		values[i] = Known(s)
	}
	return values
}

func rank(r Requirement) int { return slices.Index(requirementOrder, r) }

// strongest returns the strongest of what rules ask for, unknown while a rule that may
// hold asks for something stronger. The order begins with the weakest; least is the
// result when nothing is asked for.
func strongest[T ~string](rules []judgedRule, order []T, of func(*roleRule) T, least T) Value[string] {
	held, open := slices.Index(order, least), -1
	for _, r := range rules {
		at := slices.Index(order, of(r.roleRule))
		if r.holds.IsUnknown() {
			open = max(open, at)
		} else {
			held = max(held, at)
		}
	}
	switch {
	case open > held:
		return Unknown[string]()
	case held < 0:
		return Null[string]()
	default:
		return Known(string(order[held]))
	}
}

// The orders in which a setting includes what a weaker one asks for.
var (
	protocolOrder    = []string{ProtocolHTTP, ProtocolHTTPS}
	connectionsOrder = []string{ConnectionsIntranet, ConnectionsInternetAndIntranet}
	pxeOrder         = []string{PXEResponder, PXEWindowsDeploymentServices}
	modeOrder        = []string{ModeOnline}
)

func settingsOf(rules []judgedRule) *RoleSettings {
	word := func(order []string, of func(roleDemand) string) Value[string] {
		return strongest(rules, order, func(r *roleRule) string { return of(r.set) }, "")
	}
	flag := func(of func(roleDemand) bool) Value[bool] {
		set := strongest(rules, []string{"true"}, func(r *roleRule) string {
			if of(r.set) {
				return "true"
			}
			return ""
		}, "")
		switch {
		case set.IsUnknown():
			return Unknown[bool]()
		case set.IsNull():
			return Null[bool]()
		default:
			return Known(true)
		}
	}
	return &RoleSettings{
		Protocol:           word(protocolOrder, func(d roleDemand) string { return d.protocol }),
		ClientConnections:  word(connectionsOrder, func(d roleDemand) string { return d.connections }),
		PXE:                word(pxeOrder, func(d roleDemand) string { return d.pxe }),
		Mode:               word(modeOrder, func(d roleDemand) string { return d.mode }),
		AllowMobileDevices: flag(func(d roleDemand) bool { return d.devices }),
		AllowCMGTraffic:    flag(func(d roleDemand) bool { return d.gateway }),
		Multicast:          flag(func(d roleDemand) bool { return d.multicast }),
		DedicatedServer:    flag(func(d roleDemand) bool { return d.dedicatedServer }),
	}
}

// joined holds the settings that are the same in both, and leaves the others unknown.
func (s *RoleSettings) joined(other *RoleSettings) *RoleSettings {
	return &RoleSettings{
		Protocol: same(s.Protocol, other.Protocol), ClientConnections: same(s.ClientConnections, other.ClientConnections),
		PXE: same(s.PXE, other.PXE), Mode: same(s.Mode, other.Mode),
		AllowMobileDevices: same(s.AllowMobileDevices, other.AllowMobileDevices), AllowCMGTraffic: same(s.AllowCMGTraffic, other.AllowCMGTraffic),
		Multicast: same(s.Multicast, other.Multicast), DedicatedServer: same(s.DedicatedServer, other.DedicatedServer),
	}
}

func same[T comparable](a, b Value[T]) Value[T] {
	if a == b {
		return a
	}
	return Unknown[T]()
}

func sameList(a, b Value[[]Value[string]]) Value[[]Value[string]] {
	x, okX := a.Get()
	y, okY := b.Get()
	if okX && okY && slices.Equal(x, y) {
		return a
	}
	return Unknown[[]Value[string]]()
}
