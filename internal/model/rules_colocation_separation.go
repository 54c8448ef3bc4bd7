package model

import (
	"fmt"
	"slices"
)

// The recommendations to keep roles apart. They look at one and the same defect, a
// site server that does everything, from ever closer: the closest speaks.

// limitSmallSite is where a site stops being small. No article draws the line; this
// is the number below which a location is held too small for a site of its own.
var limitSmallSite = limit{500, articleSizeAndScale.At("Primary site")}

// webRoles are the roles that need IIS on their computer.
var webRoles = struct {
	keys   []string
	source Source
}{
	[]string{
		roleManagementPoint, roleDistributionPoint, roleSoftwareUpdatePoint, roleStateMigrationPoint, roleFallbackStatusPoint,
		roleEnrollmentPoint, roleEnrollmentProxyPoint, roleCertificateRegistration,
	},
	articleSiteSystemPrerequisites.Source(),
}

var separationRules = []Rule{
	{
		ID: "COLO-SITE-SERVER-ROLES", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:     "The site server of a central administration or primary site carries no assigned roles",
		Why:       "Every role on the site server is another way into the computer that controls all the others, and goes down with it. What Setup puts there, secondary sites and small sites are not meant.",
		Fix:       `Assign the roles to other servers of the site. A small site, of fewer than 500 clients, is let through when it says so: clients { windows = 300 }.`,
		Sources:   []Source{articleSiteSystemPrerequisites.At("General requirements and limitations"), articleSiteSecurity.At("Use role separation on site systems"), limitSmallSite.source},
		CoveredBy: onHost("COLO-ALL-IN-ONE", "COLO-IIS-GROUPING"),
		hierarchy: func(c *check) {
			c.eachSiteServer(func(s *Site, server siteServer, roles []*Assignment) {
				if len(roles) == 0 {
					c.openCount()
					return
				}
				c.violate(violation{
					on: s, at: server.at, site: s, related: asDeclared(roles),
					fact:  fmt.Sprintf("the %s of %s carries other roles", server.name, s.label()),
					found: fmt.Sprintf("%q also holds: %s.", server.host, roleList(roles)),
				})
			})
		},
	},
	{
		ID: "COLO-IIS-GROUPING", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:     "Roles that use IIS are together on other computers than the site server",
		Why:       "IIS answers requests from the network. Where roles share computers, those with IIS should share one, and the site server should do without; its distribution point in particular is better elsewhere.",
		Fix:       `Assign the roles to one other server of the site, such as one with fqdn = "web01.contoso.com".`,
		Sources:   []Source{articleSiteSecurity.At("Reduce the attack profile"), articleSiteSecurity.At("Security guidance for site systems that run IIS"), articleContentSecurity.At("Remove the distribution point role from the site server"), webRoles.source},
		CoveredBy: onHost("COLO-ALL-IN-ONE"),
		hierarchy: func(c *check) {
			c.eachSiteServer(func(s *Site, server siteServer, roles []*Assignment) {
				web := slices.DeleteFunc(slices.Clone(roles), func(a *Assignment) bool { return !slices.Contains(webRoles.keys, a.role().Key) })
				if len(web) == 0 {
					c.openCount()
					return
				}
				v := violation{
					on: s, at: server.at, site: s, related: asDeclared(roles),
					fact:  fmt.Sprintf("the %s of %s carries roles that use IIS", server.name, s.label()),
					found: fmt.Sprintf("%q also holds: %s.", server.host, roleList(web)),
				}
				if len(web) < len(roles) {
					v.found = fmt.Sprintf("%q also holds: %s. Of these, IIS is used by: %s.", server.host, roleList(roles), roleList(web))
				}
				c.violate(v)
			})
		},
	},
	{
		ID: "COLO-ALL-IN-ONE", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeSite,
		Title:   "A site has more than one server",
		Why:     "With the site server, its database and every role on one computer, that computer is a single point of failure and shares its memory and disks among all of them.",
		Fix:     `Assign roles to a second server, or move the site database to one: database { server = "sql01.contoso.com" }. A small site, of fewer than 500 clients, is let through when it says so: clients { windows = 300 }.`,
		Sources: []Source{articleSiteSecurity.Source(), articleSiteSystemRoles.Source(), limitSmallSite.source},
		hierarchy: func(c *check) {
			c.eachSiteServer(func(s *Site, server siteServer, _ []*Assignment) {
				all, alone := c.onlyServer(s, Known(server.host))
				if !alone {
					return
				}
				c.violate(violation{
					on: s, at: server.at, site: s, related: asDeclared(all),
					fact:  fmt.Sprintf("%s runs on a single server", s.label()),
					found: fmt.Sprintf("%q is the site server, holds the site database and all roles of the site: %s.", server.host, roleList(all)),
				})
			})
		},
	},
}

// siteServer is the active or the passive site server of a site.
type siteServer struct {
	name string
	host string
	at   Path
}

// eachSiteServer visits the site servers of central administration and primary
// sites that are not small, with the roles that an administrator put there and
// could as well put elsewhere.
func (c *check) eachSiteServer(visit func(s *Site, server siteServer, roles []*Assignment)) {
	for _, s := range sortedSites(c.topology.Sites) {
		if !c.fails(s.is(Secondary)) {
			continue // a secondary site is meant to be one computer
		}
		total := s.clientTotal()
		clients, counted := total.Get()
		if total.IsUnknown() {
			c.undecide()
			continue
		}
		if counted && clients < limitSmallSite.value && !first(s.is(CentralAdministration).Get()) {
			continue
		}
		c.visitSiteServer(s, siteServer{name: "site server", at: At("site_server")}, s.Server, visit)
		if !s.PassiveServer.IsNull() {
			c.visitSiteServer(s, siteServer{name: "passive site server", at: At("passive_site_server")}, s.PassiveServer, visit)
		}
	}
}

func (c *check) visitSiteServer(s *Site, server siteServer, fqdn Value[string], visit func(*Site, siteServer, []*Assignment)) {
	host, ok := decided(c, folded(fqdn, foldHost))
	if !ok {
		return
	}
	var roles []*Assignment
	for _, a := range c.topology.index.rolesOn(host) {
		if a.site() == s && c.isAtHome(a) {
			roles = append(roles, a)
		}
	}
	server.host, c.host = host, host
	visit(s, server, roles)
	c.host = ""
}

// isAtHome leaves out what another rule refuses on a site server, or at the site.
func (c *check) isAtHome(a *Assignment) bool {
	role := a.role()
	if role == nil || role.Kind != RoleAssignable || !role.isSiteSystemRole() {
		return false
	}
	site := a.site()
	switch {
	case role.Key == roleDistributionPoint && site.ContentLibraryPath.IsKnown():
		return false // COLO-DP-NOT-ON-RCL
	case role.Key == roleServiceConnectionPoint && site.PassiveServer.IsKnown():
		return false // COLO-SCP-NOT-HA
	}
	tier, ok := site.TierOf().Get()
	return !ok || role.supports(tier)
}

// onlyServer returns the roles of a site when they, the database and the SMS
// Providers are all on the site server: more than one role, or there is nothing to
// spread.
func (c *check) onlyServer(s *Site, host Value[string]) (all []*Assignment, alone bool) {
	code, ok := s.code().Get()
	if !ok || !s.PassiveServer.IsNull() {
		return nil, false
	}
	elsewhere := Known(false)
	seen := map[string]bool{}
	for _, a := range c.topology.index.bySite[code] {
		if role := a.role(); role != nil && role.isSiteSystemRole() {
			elsewhere = either(elsewhere, not(equalHost(a.host(), host)))
			seen[role.Key] = true
			all = append(all, a)
		}
	}
	providers, known := s.providers().Get()
	if !known {
		elsewhere = either(elsewhere, Unknown[bool]())
	}
	for _, provider := range providers {
		elsewhere = either(elsewhere, not(equalHost(provider, host)))
	}
	elsewhere = either(elsewhere, either(s.databaseIsVirtual(), not(equalHost(s.databaseServer(), host))))
	if !c.fails(elsewhere) {
		return all, false
	}
	if c.topology.index.open {
		c.undecide()
		return all, false
	}
	return all, len(seen) > 1
}

// not is the opposite of a condition, undecided where it is.
func not(condition Value[bool]) Value[bool] {
	if is, ok := condition.Get(); ok {
		return Known(!is)
	}
	return Unknown[bool]()
}
