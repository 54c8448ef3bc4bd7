package model

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Requirement says whether a role is needed.
type Requirement string

// The requirements.
const (
	RoleRequired    Requirement = "required"
	RoleRecommended Requirement = "recommended"
	RoleOptional    Requirement = "optional"
	RoleNotNeeded   Requirement = "not_needed"
	RoleForbidden   Requirement = "forbidden"
)

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
	// Clients are those at the site itself, which the roles are for.
	Clients Value[*ExpectedClients] `attr:"clients"`

	Tiers []product.Tier // that the site may have
}

// RequiredRole is the answer for one role at one site.
type RequiredRole struct {
	Requirement Value[string] `attr:"requirement"`
	// Minimum is the smallest number of instances, 0 where none is needed.
	Minimum Value[int64] `attr:"minimum"`
	// MinimumForDevices is how many of them Macs and mobile devices need.
	MinimumForDevices Value[int64] `attr:"minimum_for_devices"`
	// Settings are right for every instance. Those that only Macs and mobile devices
	// need, as many instances as they need must have. They are null for a role that is
	// forbidden or not needed.
	Settings Value[*RoleSettings] `attr:"settings"`
	// Reasons are sentences, those of the strongest rules first, and RuleIDs the ids of
	// the rules they come from, one for each.
	Reasons Value[[]Value[string]] `attr:"reasons"`
	RuleIDs Value[[]Value[string]] `attr:"rules"`
	// DeprecatedSince and RemovedIn are versions, null for a role that stays.
	DeprecatedSince Value[string] `attr:"deprecated_since"`
	RemovedIn       Value[string] `attr:"removed_in"`
	Deprecation     Value[string] `attr:"deprecation"` // a sentence

	Others   *RoleSettings // of the instances that no Macs and mobile devices need
	Possible []Requirement // what the requirement may turn out to be
}

// DeclaredSettings returns the settings, empty ones when there are none.
func (r *RequiredRole) DeclaredSettings() *RoleSettings {
	if s, ok := r.Settings.Get(); ok {
		return s
	}
	return &RoleSettings{}
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
