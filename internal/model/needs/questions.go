package needs

import (
	"cmp"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// roleQuestion is what has to be known to answer for one role.
type roleQuestion struct {
	Role string
	// least is how many instances the clients need where the role is needed, at least
	// one; nil for one. devices is how many of them Macs and mobile devices need.
	least, devices func(*siteNeeds) model.Value[int64]
	// nothing is what is said when no rule has anything to say.
	nothing said
	Rules   []RoleRule
}

// said is a reason and the rule it comes from.
type said struct{ rule, reason string }

// RoleRule is one row of the decision table: what is asked of a role where something
// holds, and why.
type RoleRule struct {
	ID           string
	tiers        []product.Tier  // nil: every tier that can hold the role
	from, before product.Version // the versions of the site; 0: no bound
	when         condition
	Want         model.Requirement
	Set          RoleDemand
	Devices      bool   // the settings are for as many instances as Macs and mobile devices need
	reason       string // a sentence without its full stop
}

// RoleDemand are the settings that a rule asks for; zero asks for nothing.
type RoleDemand struct {
	Protocol, Connections, PXE, Mode             string
	Devices, Gateway, Multicast, dedicatedServer bool
}

// judgedRule is a rule with its verdict on a site.
type judgedRule struct {
	*RoleRule
	verdict
}

func (r *RoleRule) judge(n *siteNeeds) judgedRule {
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
func (q *roleQuestion) answer(n *siteNeeds) *model.RequiredRole {
	var answer *model.RequiredRole
	for _, tier := range n.tiers {
		at := *n
		at.tiers = []product.Tier{tier}
		if one := q.answerAt(&at); answer == nil {
			answer = one
		} else {
			answer = joinedAnswers(answer, one)
		}
	}
	if life := product.RoleOf(q.Role).Deprecation; life != nil {
		answer.DeprecatedSince, answer.Deprecation = model.Known(life.Since.String()), model.Known(life.Sentence)
		if life.Removed != 0 {
			answer.RemovedIn = model.Known(life.Removed.String())
		}
	}
	if slices.ContainsFunc(answer.Possible, withoutInstances) {
		answer.Settings = model.Unknown[*model.RoleSettings]()
	}
	if !slices.ContainsFunc(answer.Possible, func(r model.Requirement) bool { return !withoutInstances(r) }) {
		answer.Settings = model.Null[*model.RoleSettings]()
	}
	return answer
}

// withoutInstances reports whether a site has no instance of a role, so that nobody can
// ask for settings.
func withoutInstances(r model.Requirement) bool {
	return r == model.RoleForbidden || r == model.RoleNotNeeded
}

// joinedAnswers holds what two answers have in common, and leaves the rest unknown.
func joinedAnswers(r *model.RequiredRole, other *model.RequiredRole) *model.RequiredRole {
	return &model.RequiredRole{
		Requirement:       same(r.Requirement, other.Requirement),
		Minimum:           same(r.Minimum, other.Minimum),
		MinimumForDevices: same(r.MinimumForDevices, other.MinimumForDevices),
		Settings:          model.Known(joinedSettings(r.DeclaredSettings(), other.DeclaredSettings())),
		Reasons:           sameList(r.Reasons, other.Reasons),
		RuleIDs:           sameList(r.RuleIDs, other.RuleIDs),
		Others:            joinedSettings(r.Others, other.Others),
		Possible:          append(slices.Clip(r.Possible), other.Possible...),
	}
}

// answerAt answers for one site whose tier is known.
func (q *roleQuestion) answerAt(n *siteNeeds) *model.RequiredRole {
	var asked, forbidding []judgedRule
	forbidden := model.Known(false)
	for _, rules := range [][]RoleRule{q.Rules, forbiddenByTier[q.Role]} {
		for i := range rules {
			r := rules[i].judge(n)
			switch {
			case r.holds == model.Known(false):
			case r.Want == model.RoleForbidden:
				forbidding = append(forbidding, r)
				forbidden = model.Either(forbidden, r.holds)
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
		return joinedAnswers(q.permitted(n, asked), forbiddenRole(forbidding))
	}
}

// permitted answers for a role that nothing forbids. No rule among the judged ones is
// known not to hold.
func (q *roleQuestion) permitted(n *siteNeeds, rules []judgedRule) *model.RequiredRole {
	slices.SortStableFunc(rules, func(a, b judgedRule) int { return cmp.Compare(rank(b.Want), rank(a.Want)) })
	answer := &model.RequiredRole{
		Requirement: strongest(rules, requirementOrder, func(r *RoleRule) model.Requirement { return r.Want }, model.RoleNotNeeded),
		Settings:    model.Known(settingsOf(rules)),
		Others:      settingsOf(slices.DeleteFunc(slices.Clone(rules), func(r judgedRule) bool { return r.Devices })),
	}
	needed := model.Known(false)
	if held, ok := answer.Requirement.Get(); ok {
		answer.Possible = []model.Requirement{model.Requirement(held)}
	} else {
		answer.Possible = possibleRequirements(rules)
	}
	for _, r := range rules {
		if rank(r.Want) >= rank(model.RoleRecommended) {
			needed = model.Either(needed, r.holds)
		}
	}
	answer.Minimum, answer.MinimumForDevices = model.Known[int64](1), model.Known[int64](0)
	if q.least != nil {
		answer.Minimum = largest(model.Known[int64](1), q.least(n))
	}
	if q.devices != nil {
		answer.MinimumForDevices = q.devices(n)
	}
	answer.Minimum = where(needed, answer.Minimum)
	answer.MinimumForDevices = where(needed, answer.MinimumForDevices)
	explain(answer, rules)
	if len(rules) == 0 {
		answer.Reasons, answer.RuleIDs = model.Known(texts(q.nothing.reason+".")), model.Known(texts(q.nothing.rule))
	}
	return answer
}

// possibleRequirements lists what the requirement may turn out to be.
func possibleRequirements(rules []judgedRule) []model.Requirement {
	least := model.RoleNotNeeded
	for _, r := range rules {
		if r.holds == model.Known(true) && rank(r.Want) > rank(least) {
			least = r.Want
		}
	}
	list := []model.Requirement{least}
	for _, r := range rules {
		if r.holds.IsUnknown() && rank(r.Want) > rank(least) {
			list = append(list, r.Want)
		}
	}
	return list
}

// where returns a number where something holds, and 0 where it does not.
func where(holds model.Value[bool], n model.Value[int64]) model.Value[int64] {
	is, known := holds.Get()
	switch {
	case n == model.Known[int64](0), known && is:
		return n
	case known:
		return model.Known[int64](0)
	default:
		return model.Unknown[int64]()
	}
}

// forbiddenRole is the answer for a role that the site must not have.
func forbiddenRole(rules []judgedRule) *model.RequiredRole {
	answer := &model.RequiredRole{
		Requirement: model.Known(string(model.RoleForbidden)), Minimum: model.Known[int64](0), MinimumForDevices: model.Known[int64](0),
		Settings: model.Known(&model.RoleSettings{}), Others: &model.RoleSettings{}, Possible: []model.Requirement{model.RoleForbidden},
	}
	explain(answer, rules)
	return answer
}

// explain writes the reasons and the rules they come from.
func explain(r *model.RequiredRole, rules []judgedRule) {
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
		reasons, ids = append(reasons, reason+"."), append(ids, rule.ID)
	}
	r.RuleIDs, r.Reasons = model.Unknown[[]model.Value[string]](), model.Unknown[[]model.Value[string]]()
	if idsKnown {
		r.RuleIDs = model.Known(texts(ids...))
		if reasonsKnown {
			r.Reasons = model.Known(texts(reasons...))
		}
	}
}

func texts(list ...string) []model.Value[string] {
	values := make([]model.Value[string], len(list))
	for i, s := range list {
		values[i] = model.Known(s)
	}
	return values
}

func rank(r model.Requirement) int { return slices.Index(requirementOrder, r) }

// strongest returns the strongest of what rules ask for, unknown while a rule that may
// hold asks for something stronger. The order begins with the weakest; least is the
// result when nothing is asked for.
func strongest[T ~string](rules []judgedRule, order []T, of func(*RoleRule) T, least T) model.Value[string] {
	held, open := slices.Index(order, least), -1
	for _, r := range rules {
		at := slices.Index(order, of(r.RoleRule))
		if r.holds.IsUnknown() {
			open = max(open, at)
		} else {
			held = max(held, at)
		}
	}
	switch {
	case open > held:
		return model.Unknown[string]()
	case held < 0:
		return model.Null[string]()
	default:
		return model.Known(string(order[held]))
	}
}

// The orders in which a setting includes what a weaker one asks for.
var (
	protocolOrder    = []string{model.ProtocolHTTP, model.ProtocolHTTPS}
	connectionsOrder = []string{model.ConnectionsIntranet, model.ConnectionsInternetAndIntranet}
	pxeOrder         = []string{model.PXEResponder, model.PXEWindowsDeploymentServices}
	modeOrder        = []string{model.ModeOnline}
)

func settingsOf(rules []judgedRule) *model.RoleSettings {
	word := func(order []string, of func(RoleDemand) string) model.Value[string] {
		return strongest(rules, order, func(r *RoleRule) string { return of(r.Set) }, "")
	}
	flag := func(of func(RoleDemand) bool) model.Value[bool] {
		set := strongest(rules, []string{"true"}, func(r *RoleRule) string {
			if of(r.Set) {
				return "true"
			}
			return ""
		}, "")
		switch {
		case set.IsUnknown():
			return model.Unknown[bool]()
		case set.IsNull():
			return model.Null[bool]()
		default:
			return model.Known(true)
		}
	}
	return &model.RoleSettings{
		Protocol:           word(protocolOrder, func(d RoleDemand) string { return d.Protocol }),
		ClientConnections:  word(connectionsOrder, func(d RoleDemand) string { return d.Connections }),
		PXE:                word(pxeOrder, func(d RoleDemand) string { return d.PXE }),
		Mode:               word(modeOrder, func(d RoleDemand) string { return d.Mode }),
		AllowMobileDevices: flag(func(d RoleDemand) bool { return d.Devices }),
		AllowCMGTraffic:    flag(func(d RoleDemand) bool { return d.Gateway }),
		Multicast:          flag(func(d RoleDemand) bool { return d.Multicast }),
		DedicatedServer:    flag(func(d RoleDemand) bool { return d.dedicatedServer }),
	}
}

// joinedSettings holds the settings that are the same in both, and leaves the others unknown.
func joinedSettings(s *model.RoleSettings, other *model.RoleSettings) *model.RoleSettings {
	return &model.RoleSettings{
		Protocol: same(s.Protocol, other.Protocol), ClientConnections: same(s.ClientConnections, other.ClientConnections),
		PXE: same(s.PXE, other.PXE), Mode: same(s.Mode, other.Mode),
		AllowMobileDevices: same(s.AllowMobileDevices, other.AllowMobileDevices), AllowCMGTraffic: same(s.AllowCMGTraffic, other.AllowCMGTraffic),
		Multicast: same(s.Multicast, other.Multicast), DedicatedServer: same(s.DedicatedServer, other.DedicatedServer),
	}
}

func same[T comparable](a, b model.Value[T]) model.Value[T] {
	if a == b {
		return a
	}
	return model.Unknown[T]()
}

func sameList(a, b model.Value[[]model.Value[string]]) model.Value[[]model.Value[string]] {
	x, okX := a.Get()
	y, okY := b.Get()
	if okX && okY && slices.Equal(x, y) {
		return a
	}
	return model.Unknown[[]model.Value[string]]()
}
