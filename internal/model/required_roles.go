package model

import (
	"fmt"
	"maps"
	"slices"
)

// Requirement says whether a role is needed.
type Requirement string

// The requirements. Forbidden overrides every other.
const (
	RoleRequired    Requirement = "required"
	RoleRecommended Requirement = "recommended"
	RoleOptional    Requirement = "optional"
	RoleNotNeeded   Requirement = "not_needed"
	RoleForbidden   Requirement = "forbidden"
)

// requirementOrder orders what rules ask for, weakest first.
var requirementOrder = []Requirement{RoleNotNeeded, RoleOptional, RoleRecommended, RoleRequired}

// Requirements lists the requirements, strongest first.
func Requirements() []string {
	return []string{string(RoleRequired), string(RoleRecommended), string(RoleOptional), string(RoleNotNeeded), string(RoleForbidden)}
}

// RequiredRoles is the question which roles the sites of a hierarchy need, and, after
// [RequiredRoles.Answer], the answer. A part of the answer is unknown exactly while an
// input is that it depends on.
type RequiredRoles struct {
	Populations         Value[[]Value[*Population]] `attr:"population"`
	Features            Value[*RequestedFeatures]   `attr:"features"`
	FallbackStatusPoint Value[*FallbackConditions]  `attr:"fallback_status_point"`

	Sites                Value[map[string]Value[*SiteRoles]]    `attr:"sites"`                 // by site code
	Totals               Value[map[string]Value[*RoleTotal]]    `attr:"totals"`                // by role key
	Instances            Value[map[string]Value[*RoleInstance]] `attr:"instances"`             // required ones, by site, role and number
	RecommendedInstances Value[map[string]Value[*RoleInstance]] `attr:"recommended_instances"` // recommended ones, likewise
	Notices              Value[[]Value[*Notice]]                `attr:"notices"`
}

// AnswerAttributes are the attributes of [RequiredRoles] that hold the answer.
var AnswerAttributes = []string{"instances", "notices", "recommended_instances", "sites", "totals"}

// SiteRoles is the answer for one site.
type SiteRoles struct {
	Tier  Value[string]                          `attr:"tier"`
	Roles Value[map[string]Value[*RequiredRole]] `attr:"roles"` // by role key

	tiers []Tier // that the site may have
}

// RequiredRole is the answer for one role at one site.
type RequiredRole struct {
	Requirement Value[string] `attr:"requirement"`
	// Minimum is the smallest number of instances, 0 where none is needed.
	Minimum Value[int64] `attr:"minimum"`
	// MinimumForDevices is how many of them Macs and mobile devices need.
	MinimumForDevices Value[int64] `attr:"minimum_for_devices"`
	// Settings are right for every instance. Those that only Macs and mobile devices
	// need, as many instances as they need must have.
	Settings Value[*RoleSettings] `attr:"settings"`
	// Reasons are sentences, those of the strongest rules first, and RuleIDs the ids of
	// the rules they come from, one for each.
	Reasons Value[[]Value[string]] `attr:"reasons"`
	RuleIDs Value[[]Value[string]] `attr:"rules"`
	// DeprecatedSince and RemovedIn are versions, null for a role that stays.
	DeprecatedSince Value[string] `attr:"deprecated_since"`
	RemovedIn       Value[string] `attr:"removed_in"`
	Deprecation     Value[string] `attr:"deprecation"` // a sentence

	others   *RoleSettings // of the instances that no Macs and mobile devices need
	possible []Requirement // what the requirement may turn out to be
}

// settings returns the settings, empty ones when there are none.
func (r *RequiredRole) settings() *RoleSettings {
	if s, ok := r.Settings.Get(); ok {
		return s
	}
	return &RoleSettings{}
}

// settingsOf returns the settings of the instance with a number. The first ones serve
// Macs and mobile devices.
func (r *RequiredRole) settingsOf(number int64) *RoleSettings {
	devices, ok := r.MinimumForDevices.Get()
	switch {
	case !ok:
		return r.settings().joined(r.others)
	case number <= devices:
		return r.settings()
	default:
		return r.others
	}
}

// RoleSettings are the settings that an instance must have; null where any will do.
// They are named as in the settings blocks of a role assignment.
type RoleSettings struct {
	Protocol           Value[string] `attr:"protocol"`
	ClientConnections  Value[string] `attr:"client_connections"`
	AllowMobileDevices Value[bool]   `attr:"allow_mobile_devices"`
	AllowCMGTraffic    Value[bool]   `attr:"allow_cmg_traffic"`
	PXE                Value[string] `attr:"pxe"`
	Multicast          Value[bool]   `attr:"multicast"` // it has a multicast block
	Mode               Value[string] `attr:"mode"`
	DedicatedServer    Value[bool]   `attr:"dedicated_server"` // no other role is on its server
}

// RoleTotal counts the instances of a role in the hierarchy.
type RoleTotal struct {
	Required    Value[int64] `attr:"required"`
	Recommended Value[int64] `attr:"recommended"`
}

// RoleInstance is one instance of a role that a site should have.
type RoleInstance struct {
	SiteCode Value[string]        `attr:"site_code"`
	Role     Value[string]        `attr:"role"`
	Number   Value[int64]         `attr:"number"` // from 1 for each role and site
	Settings Value[*RoleSettings] `attr:"settings"`
}

// Notice is a remark about what was asked for: that it is not supported any more, or
// that no number of servers makes it fit.
type Notice struct {
	Rule    Value[string] `attr:"rule"`
	Summary Value[string] `attr:"summary"`
	Detail  Value[string] `attr:"detail"`

	Attribute Path // what the notice is about
}

// Answer fills in which site system roles the sites need, as the article "Determine
// the site system roles for clients" and those it points to have it. The version is
// that of sites that name none. It presumes a request without [RequiredRoles.Problems].
func (r *RequiredRoles) Answer(defaultVersion Value[Version]) {
	needs, complete := r.needs(defaultVersion)
	r.Notices = r.notices(needs, complete)
	if !complete && len(needs) != 1 {
		r.Sites = Unknown[map[string]Value[*SiteRoles]]()
		r.Totals = Unknown[map[string]Value[*RoleTotal]]()
		r.Instances, r.RecommendedInstances = Unknown[map[string]Value[*RoleInstance]](), Unknown[map[string]Value[*RoleInstance]]()
		return
	}
	answers := map[string]*SiteRoles{}
	for _, n := range needs {
		answers[n.code] = n.roles()
	}
	r.Totals = Known(totals(answers))
	if !complete {
		// The only site has a code that is not known yet.
		r.Sites = Unknown[map[string]Value[*SiteRoles]]()
		r.Instances, r.RecommendedInstances = Unknown[map[string]Value[*RoleInstance]](), Unknown[map[string]Value[*RoleInstance]]()
		return
	}
	sites := map[string]Value[*SiteRoles]{}
	for code, answer := range answers {
		sites[code] = Known(answer)
	}
	r.Sites = Known(sites)
	r.Instances = instances(answers, RoleRequired)
	r.RecommendedInstances = instances(answers, RoleRecommended)
}

// roles answers for a site.
func (n *siteNeeds) roles() *SiteRoles {
	roles := make(map[string]Value[*RequiredRole], len(roleQuestions))
	for i := range roleQuestions {
		q := &roleQuestions[i]
		roles[q.role] = Known(q.answer(n))
	}
	return &SiteRoles{Tier: n.tier(), Roles: Known(roles), tiers: n.tiers}
}

func totals(answers map[string]*SiteRoles) map[string]Value[*RoleTotal] {
	sums := map[string]Value[*RoleTotal]{}
	for _, q := range roleQuestions {
		total := &RoleTotal{Required: Known[int64](0), Recommended: Known[int64](0)}
		for _, site := range answers {
			role := site.role(q.role)
			total.Required = sum(total.Required, role.countAs(RoleRequired))
			total.Recommended = sum(total.Recommended, role.countAs(RoleRecommended))
		}
		sums[q.role] = Known(total)
	}
	return sums
}

// role returns the answer for a role, an unknown one when there is none.
func (s *SiteRoles) role(key string) *RequiredRole {
	roles, _ := s.Roles.Get()
	if role, ok := roles[key].Get(); ok {
		return role
	}
	return &RequiredRole{}
}

// countAs returns how many instances are needed with a requirement.
func (r *RequiredRole) countAs(want Requirement) Value[int64] {
	if r.Minimum == Known[int64](0) {
		return r.Minimum
	}
	switch {
	case !slices.Contains(r.possible, want):
		return Known[int64](0)
	case r.Requirement.IsUnknown():
		return Unknown[int64]()
	default:
		return r.Minimum
	}
}

// instances lists what the sites need with a requirement, one entry for each instance.
// The management point of a secondary site is left out: Setup installs it.
func instances(answers map[string]*SiteRoles, want Requirement) Value[map[string]Value[*RoleInstance]] {
	list := map[string]Value[*RoleInstance]{}
	for _, code := range slices.Sorted(maps.Keys(answers)) {
		site := answers[code]
		for _, q := range roleQuestions {
			role := site.role(q.role)
			wanted := role.countAs(want)
			if q.role == roleManagementPoint {
				switch secondary, known := oneOfTiers(site.tiers, []Tier{TierSecondary}).Get(); {
				case known && secondary:
					continue
				case !known && wanted != Known[int64](0):
					wanted = Unknown[int64]()
				}
			}
			count, ok := wanted.Get()
			if !ok {
				return Unknown[map[string]Value[*RoleInstance]]()
			}
			for i := range count {
				list[fmt.Sprintf("%s/%s/%d", code, q.role, i+1)] = Known(&RoleInstance{
					SiteCode: Known(code), Role: Known(q.role), Number: Known(i + 1), Settings: Known(role.settingsOf(i + 1)),
				})
			}
		}
	}
	return Known(list)
}
