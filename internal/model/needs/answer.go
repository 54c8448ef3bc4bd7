// Package needs answers which site system roles client populations and features need.
package needs

import (
	"fmt"
	"maps"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// requirementOrder orders what rules ask for, weakest first.
var requirementOrder = []model.Requirement{model.RoleNotNeeded, model.RoleOptional, model.RoleRecommended, model.RoleRequired}

// instanceSettings returns the settings of the instance with a number. The first ones serve
// Macs and mobile devices.
func instanceSettings(r *model.RequiredRole, number int64) *model.RoleSettings {
	devices, ok := r.MinimumForDevices.Get()
	switch {
	case !ok:
		return joinedSettings(r.DeclaredSettings(), r.Others)
	case number <= devices:
		return r.DeclaredSettings()
	default:
		return r.Others
	}
}

// Answer fills in which site system roles the sites need, as the article "Determine
// the site system roles for clients" and those it points to have it. The version is
// that of sites that name none. It presumes a request without [RequiredRoles.Problems].
func Answer(r *model.RequiredRoles, defaultVersion model.Value[product.Version]) {
	needs, complete := needs(r, defaultVersion)
	r.Notices = notices(r, needs, complete)
	if !complete && len(needs) != 1 {
		r.Sites = model.Unknown[map[string]model.Value[*model.SiteRoles]]()
		r.Totals = model.Unknown[map[string]model.Value[*model.RoleTotal]]()
		r.Instances, r.RecommendedInstances = model.Unknown[map[string]model.Value[*model.RoleInstance]](), model.Unknown[map[string]model.Value[*model.RoleInstance]]()
		return
	}
	answers := map[string]*model.SiteRoles{}
	for _, n := range needs {
		answers[n.code] = n.roles()
	}
	r.Totals = model.Known(totals(answers))
	if !complete {
		// The only site has a code that is not known yet.
		r.Sites = model.Unknown[map[string]model.Value[*model.SiteRoles]]()
		r.Instances, r.RecommendedInstances = model.Unknown[map[string]model.Value[*model.RoleInstance]](), model.Unknown[map[string]model.Value[*model.RoleInstance]]()
		return
	}
	sites := map[string]model.Value[*model.SiteRoles]{}
	for code, answer := range answers {
		sites[code] = model.Known(answer)
	}
	r.Sites = model.Known(sites)
	r.Instances = instances(answers, model.RoleRequired)
	r.RecommendedInstances = instances(answers, model.RoleRecommended)
}

// roles answers for a site.
func (n *siteNeeds) roles() *model.SiteRoles {
	roles := make(map[string]model.Value[*model.RequiredRole], len(RoleQuestions))
	for i := range RoleQuestions {
		q := &RoleQuestions[i]
		roles[q.Role] = model.Known(q.answer(n))
	}
	return &model.SiteRoles{Tier: n.tier(), Roles: model.Known(roles), Tiers: n.tiers, Clients: model.Known(&model.ExpectedClients{
		Windows: count(n.own, model.KindWindows), MacOS: count(n.own, model.KindMacOS), MobileDevices: count(n.own, model.KindEnrolled, model.KindMDM),
	})}
}

func totals(answers map[string]*model.SiteRoles) map[string]model.Value[*model.RoleTotal] {
	sums := map[string]model.Value[*model.RoleTotal]{}
	for _, q := range RoleQuestions {
		total := &model.RoleTotal{Required: model.Known[int64](0), Recommended: model.Known[int64](0)}
		for _, site := range answers {
			role := roleOf(site, q.Role)
			total.Required = sum(total.Required, countAs(role, model.RoleRequired))
			total.Recommended = sum(total.Recommended, countAs(role, model.RoleRecommended))
		}
		sums[q.Role] = model.Known(total)
	}
	return sums
}

// roleOf returns the answer for a role, an unknown one when there is none.
func roleOf(s *model.SiteRoles, key string) *model.RequiredRole {
	roles, _ := s.Roles.Get()
	if role, ok := roles[key].Get(); ok {
		return role
	}
	return &model.RequiredRole{}
}

// countAs returns how many instances are needed with a requirement.
func countAs(r *model.RequiredRole, want model.Requirement) model.Value[int64] {
	if r.Minimum == model.Known[int64](0) {
		return r.Minimum
	}
	switch {
	case !slices.Contains(r.Possible, want):
		return model.Known[int64](0)
	case r.Requirement.IsUnknown():
		return model.Unknown[int64]()
	default:
		return r.Minimum
	}
}

// instances lists what the sites need with a requirement, one entry for each instance.
// The management point of a secondary site is left out: Setup installs it.
func instances(answers map[string]*model.SiteRoles, want model.Requirement) model.Value[map[string]model.Value[*model.RoleInstance]] {
	list := map[string]model.Value[*model.RoleInstance]{}
	for _, code := range slices.Sorted(maps.Keys(answers)) {
		site := answers[code]
		for _, q := range RoleQuestions {
			role := roleOf(site, q.Role)
			wanted := countAs(role, want)
			if q.Role == product.RoleManagementPoint {
				switch secondary, known := oneOfTiers(site.Tiers, []product.Tier{product.TierSecondary}).Get(); {
				case known && secondary:
					continue
				case !known && wanted != model.Known[int64](0):
					wanted = model.Unknown[int64]()
				}
			}
			count, ok := wanted.Get()
			if !ok {
				return model.Unknown[map[string]model.Value[*model.RoleInstance]]()
			}
			for i := range count {
				list[fmt.Sprintf("%s/%s/%d", code, q.Role, i+1)] = model.Known(&model.RoleInstance{
					SiteCode: model.Known(code), Role: model.Known(q.Role), Number: model.Known(i + 1), Settings: model.Known(instanceSettings(role, i+1)),
				})
			}
		}
	}
	return model.Known(list)
}
