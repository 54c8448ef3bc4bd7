package colocation

import (
	"fmt"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The recommendations to keep roles apart. They look at one and the same defect, a
// site server that does everything, from ever closer: the closest speaks.

// LimitSmallSite is where a site stops being small. No article draws the line; this
// is the number below which a location is held too small for a site of its own.
var LimitSmallSite = product.Limit{Value: 500, Source: product.SizeAndScale.At("Primary site")}

// webRoles are the roles that need IIS on their computer.
var webRoles = struct {
	keys   []string
	source product.Source
}{
	[]string{
		product.RoleManagementPoint, product.RoleDistributionPoint, product.RoleSoftwareUpdatePoint, product.RoleStateMigrationPoint, product.RoleFallbackStatusPoint,
		product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint, product.RoleCertificateRegistration,
	},
	product.SiteSystemPrerequisites.Source(),
}

var separationRules = []rule.Rule{
	{
		ID: "COLO-SITE-SERVER-ROLES", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title: "The site server of a central administration or primary site carries no assigned roles",
		Why: "Every role on the site server is another way into the computer that controls all the others, and goes down with it. What Setup puts there, " +
			"secondary sites and small sites are not meant.",
		Fix: `Assign the roles to other servers of the site. A small site, of fewer than 500 clients, is let through when it says so: clients { windows ` +
			`= 300 }.`,
		Sources:   []product.Source{product.SiteSystemPrerequisites.At("General requirements and limitations"), product.SiteSecurity.At("Use role separation on site systems"), LimitSmallSite.Source},
		CoveredBy: rule.OnHost("COLO-ALL-IN-ONE", "COLO-IIS-GROUPING"),
		Hierarchy: func(c *rule.Check) {
			eachSiteServer(c, func(s *model.Site, server siteServer, roles []*model.Assignment) {
				if len(roles) == 0 {
					c.OpenCount()
					return
				}
				c.Violate(rule.Violation{
					On: s, At: server.at, Site: s, Related: model.AsDeclared(roles),
					Fact:  fmt.Sprintf("the %s of %s carries other roles", server.name, s.Label()),
					Found: fmt.Sprintf("%q also holds: %s.", server.host, roleList(roles)),
				})
			})
		},
	},
	{
		ID: "COLO-IIS-GROUPING", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title: "Roles that use IIS are together on other computers than the site server",
		Why: "IIS answers requests from the network. Where roles share computers, those with IIS should share one, and the site server should have none " +
			"of them; its distribution point in particular is better elsewhere.",
		Fix:       `Assign the roles to one other server of the site, such as one with fqdn = "web01.contoso.com".`,
		Sources:   []product.Source{product.SiteSecurity.At("Reduce the attack profile"), product.SiteSecurity.At("Security guidance for site systems that run IIS"), product.ContentSecurity.At("Remove the distribution point role from the site server"), webRoles.source},
		CoveredBy: rule.OnHost("COLO-ALL-IN-ONE"),
		Hierarchy: func(c *rule.Check) {
			eachSiteServer(c, func(s *model.Site, server siteServer, roles []*model.Assignment) {
				web := slices.DeleteFunc(slices.Clone(roles), func(a *model.Assignment) bool { return !slices.Contains(webRoles.keys, a.CatalogRole().Key) })
				if len(web) == 0 {
					c.OpenCount()
					return
				}
				v := rule.Violation{
					On: s, At: server.at, Site: s, Related: model.AsDeclared(roles),
					Fact:  fmt.Sprintf("the %s of %s carries roles that use IIS", server.name, s.Label()),
					Found: fmt.Sprintf("%q also holds: %s.", server.host, roleList(web)),
				}
				if len(web) < len(roles) {
					v.Found = fmt.Sprintf("%q also holds: %s. Of these, IIS is used by: %s.", server.host, roleList(roles), roleList(web))
				}
				c.Violate(v)
			})
		},
	},
	{
		ID: "COLO-ALL-IN-ONE", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title: "A site has more than one server",
		Why: "With the site server, its database and every role on one computer, that computer is a single point of failure and shares its memory and " +
			"disks among all of them.",
		Fix: `Assign roles to a second server, or move the site database to one: database { server = "sql01.contoso.com" }. A small site, of fewer than ` +
			`500 clients, is let through when it says so: clients { windows = 300 }.`,
		Sources: []product.Source{product.SiteSecurity.Source(), product.SiteSystemRoles.Source(), LimitSmallSite.Source},
		Hierarchy: func(c *rule.Check) {
			eachSiteServer(c, func(s *model.Site, server siteServer, _ []*model.Assignment) {
				all, alone := onlyServer(c, s, model.Known(server.host))
				if !alone {
					return
				}
				c.Violate(rule.Violation{
					On: s, At: server.at, Site: s, Related: model.AsDeclared(all),
					Fact:  fmt.Sprintf("%s runs on a single server", s.Label()),
					Found: fmt.Sprintf("%q is the site server, holds the site database and all roles of the site: %s.", server.host, roleList(all)),
				})
			})
		},
	},
}

// siteServer is the active or the passive site server of a site.
type siteServer struct {
	name string
	host string
	at   model.Path
}

// eachSiteServer visits the site servers of central administration and primary
// sites that are not small, with the roles that an administrator put there and
// could as well put elsewhere.
func eachSiteServer(c *rule.Check, visit func(s *model.Site, server siteServer, roles []*model.Assignment)) {
	for _, s := range model.SortedSites(c.Topology.Sites) {
		if !c.Fails(s.Is(product.Secondary)) {
			continue // a secondary site is meant to be one computer
		}
		total := s.ClientTotal()
		clients, counted := total.Get()
		if total.IsUnknown() {
			c.Undecide()
			continue
		}
		if counted && clients < LimitSmallSite.Value && !model.First(s.Is(product.CentralAdministration).Get()) {
			continue
		}
		visitSiteServer(c, s, siteServer{name: "site server", at: model.At("site_server")}, s.Server, visit)
		if !s.PassiveServer.IsNull() {
			visitSiteServer(c, s, siteServer{name: "passive site server", at: model.At("passive_site_server")}, s.PassiveServer, visit)
		}
	}
}

func visitSiteServer(c *rule.Check, s *model.Site, server siteServer, fqdn model.Value[string], visit func(*model.Site, siteServer, []*model.Assignment)) {
	host, ok := rule.Decided(c, model.Folded(fqdn, model.FoldHost))
	if !ok {
		return
	}
	var roles []*model.Assignment
	for _, a := range c.Topology.Index.RolesOn(host) {
		if a.DeclaredSite() == s && isAtHome(a) {
			roles = append(roles, a)
		}
	}
	server.host, c.Host = host, host
	visit(s, server, roles)
	c.Host = ""
}

// isAtHome leaves out what another rule refuses on a site server, or at the site.
func isAtHome(a *model.Assignment) bool {
	role := a.CatalogRole()
	if role == nil || role.Kind != product.RoleAssignable || !role.IsSiteSystemRole() {
		return false
	}
	site := a.DeclaredSite()
	switch {
	case role.Key == product.RoleDistributionPoint && site.ContentLibraryPath.IsKnown():
		return false // COLO-DP-NOT-ON-RCL
	case role.Key == product.RoleServiceConnectionPoint && site.PassiveServer.IsKnown():
		return false // COLO-SCP-NOT-HA
	}
	tier, ok := site.TierOf().Get()
	return !ok || role.Supports(tier)
}

// onlyServer returns the roles of a site when they, the database and the SMS
// Providers are all on the site server: more than one role, or there is nothing to
// spread.
func onlyServer(c *rule.Check, s *model.Site, host model.Value[string]) (all []*model.Assignment, alone bool) {
	code, ok := s.NormalizedCode().Get()
	if !ok || !c.Fails(model.IsDeclared(s.PassiveServer)) {
		return nil, false
	}
	elsewhere := model.Known(false)
	seen := map[string]bool{}
	for _, a := range c.Topology.Index.BySite[code] {
		if role := a.CatalogRole(); role != nil && role.IsSiteSystemRole() {
			elsewhere = model.Either(elsewhere, model.Not(model.EqualHost(a.Host(), host)))
			seen[role.Key] = true
			all = append(all, a)
		}
	}
	providers, known := s.ProviderHosts().Get()
	if !known {
		elsewhere = model.Either(elsewhere, model.Unknown[bool]())
	}
	for _, provider := range providers {
		elsewhere = model.Either(elsewhere, model.Not(model.EqualHost(provider, host)))
	}
	elsewhere = model.Either(elsewhere, model.Either(s.DatabaseIsVirtual(), model.Not(model.EqualHost(s.DatabaseHost(), host))))
	if !c.Fails(elsewhere) {
		return all, false
	}
	if c.Topology.Index.Open {
		c.Undecide()
		return all, false
	}
	return all, len(seen) > 1
}
