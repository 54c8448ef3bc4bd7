package model

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Reassigned reports whether a distribution point moves to another site in a way that the
// console can carry out in place: from version 1802 on, to a primary site, on the computer
// it is on. Whether the computer holds another role, which stands in the way, only the
// hierarchy knows. See "Reassign a distribution point" in the article about distribution
// points.
func Reassigned(planned, prior *Assignment, defaultVersion product.Version) Value[bool] {
	distribution := Known(product.RoleDistributionPoint)
	if planned.Role != distribution || prior.Role != distribution {
		return Known(false)
	}
	to := planned.DeclaredSite()
	moves := Both(Not(EqualHost(prior.codeOfSite(), planned.codeOfSite())), EqualHost(prior.nameOfServer(), planned.nameOfServer()))
	able := Unknown[bool]()
	if version, ok := to.EffectiveVersion(defaultVersion).Get(); ok {
		able = Known(version >= product.VersionReassign.Version)
	}
	return Both(moves, Both(to.Is(product.Primary), able))
}

// codeOfSite returns the code of the site of the server, from whatever says it: a prior
// assignment does not carry its server.
func (a *Assignment) codeOfSite() Value[string] {
	if a.Server.IsNull() {
		return Folded(a.SiteCode, FoldCode)
	}
	return a.DeclaredSite().NormalizedCode()
}

// nameOfServer returns the name of the server, from whatever says it.
func (a *Assignment) nameOfServer() Value[string] {
	if a.Server.IsNull() {
		return Folded(a.FQDN, FoldHost)
	}
	return a.Host()
}
