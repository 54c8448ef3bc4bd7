package colocation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What a role may share a computer with.

// notOnSiteServer completes a rule about a role that a site server must not hold
// under a condition. Both are judged, so that either alone can decide.
func notOnSiteServer(r rule.Rule, role string, on func(*model.Site, model.Value[string]) model.Value[bool], when func(*model.Assignment) model.Value[bool], report func(*model.Assignment) rule.Violation) rule.Rule {
	r.Roles = []string{role}
	r.Assignment = func(c *rule.Check, a *model.Assignment) {
		if c.Holds(model.Both(on(a.DeclaredSite(), a.DeclaredServer().FQDN), when(a))) {
			c.Violate(report(a))
		}
	}
	return r
}

// anySiteServer and activeSiteServer say which site servers such a rule is about.
func anySiteServer(s *model.Site, fqdn model.Value[string]) model.Value[bool] {
	return s.IsSiteServer(fqdn)
}
func activeSiteServer(s *model.Site, fqdn model.Value[string]) model.Value[bool] {
	return model.EqualHost(s.Server, fqdn)
}

var sharedRoleRules = []rule.Rule{
	notOnSiteServer(rule.Rule{
		ID: "COLO-SCP-NOT-HA", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair, Versions: "from 1806",
		Title: "With a passive site server, the service connection point is on neither site server",
		Why: "The role stays where it is when the two site servers change places, and what depends on it, such as a cloud management gateway, stops " +
			"working. The product supports it on neither of the two.",
		Fix:       `Assign "service_connection_point" to another server of the site, such as one with fqdn = "scp01.contoso.com".`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("General configurations for both site servers")},
		CoveredBy: append(rule.OnElement("ROLE-SITE-SCP"), rule.AtSite("ROLE-SITE-SSP")...),
	}, product.RoleServiceConnectionPoint, anySiteServer,
		func(a *model.Assignment) model.Value[bool] { return model.IsDeclared(a.DeclaredSite().PassiveServer) },
		func(a *model.Assignment) rule.Violation {
			return rule.Violation{
				At:    model.At("server"),
				Fact:  fmt.Sprintf("%s is on a site server of %s, which has a passive one", a.Label(), a.DeclaredSite().Label()),
				Found: fmt.Sprintf("the role is on %q; site_server = %q and passive_site_server = %q.", a.DeclaredServer().FQDN, a.DeclaredSite().Server, a.DeclaredSite().PassiveServer),
			}
		}),
	databaseAwayFromSiteServers(),
	{
		ID: "COLO-CRP-NOT-NDES", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer, Versions: "before 2203",
		Title:     "A certificate registration point is on another computer than the NDES server",
		Why:       "The policy module on the NDES server calls the certificate registration point; the two are not supported on one computer.",
		Fix:       `Assign "certificate_registration_point" to a server other than the one in ndes_server.`,
		Sources:   []product.Source{product.VersionCertificateRegistration.Source},
		CoveredBy: rule.OnElement("ROLE-SITE-CRP", "ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK"),
		Roles:     []string{product.RoleCertificateRegistration},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if v, ok := c.VersionOf(a.DeclaredSite()); !ok || v >= product.VersionCertificateRegistration.Version {
				return // not supported at all
			}
			settings, ok := rule.Decided(c, a.CertificateRegistration)
			if !ok || !c.Holds(model.EqualHost(settings.NDESServer, a.DeclaredServer().FQDN)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("certificate_registration_point", "ndes_server"),
				Fact:  fmt.Sprintf("%s is on its NDES server", a.Label()),
				Found: fmt.Sprintf("ndes_server = %q is the server that holds the role.", settings.NDESServer),
			})
		},
	},
	{
		ID: "COLO-DWSP-NOT-FIRST", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "A data warehouse service point is not the only role of a remote server",
		Why:   "The installation fails on a computer that is not a site system yet. With another role planned there, that one has to be installed first.",
		Fix: `Assign another role to the server, such as "reporting_services_point", and install it before; or assign "data_warehouse_service_point" to ` +
			`the site server.`,
		Sources:   []product.Source{product.DataWarehouse.At("Set up failure")},
		CoveredBy: append(rule.OnElement("ROLE-SITE-DWSP"), rule.OnAttribute("COLO-ONE-SITE-PER-SERVER", "HIER-DVIEW-DWSP")...),
		Hierarchy: func(c *rule.Check) {
			for _, a := range c.Topology.Index.ByRole[product.RoleDataWarehouse] {
				exists, ok := rule.Decided(c, a.Installed.OrDefault(false))
				if !ok || exists || len(besides(c, a)) > 0 {
					continue
				}
				// What Setup puts on a computer makes it a site system too.
				site, fqdn := a.DeclaredSite(), a.DeclaredServer().FQDN
				setUp := model.Either(site.IsSiteServer(fqdn), model.Either(site.HoldsDatabase(fqdn), model.ListsHost(site.ProviderHosts(), fqdn)))
				if !c.Fails(setUp) {
					continue
				}
				if c.Topology.Index.Open {
					c.Undecide()
					continue
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("server"), Site: site,
					Fact:  fmt.Sprintf("%s is alone on its server", a.Label()),
					Found: fmt.Sprintf("%q holds no other role, and is not the site server of %s.", a.Host(), site.Label()),
				})
			}
		},
	},
	{
		ID: "COLO-FSP-DEDICATED", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer, ProductionOnly: true,
		Title:   "A fallback status point has a server of its own",
		Why:     "It accepts unauthenticated messages in clear text from any computer. An attack on it should not reach another role.",
		Fix:     `Assign "fallback_status_point" to a server without other roles, such as one with fqdn = "fsp01.contoso.com".`,
		Sources: []product.Source{product.SiteSystemRolesForClients.At("Fallback status point"), product.ClientSecurity.Source()},
		Hierarchy: func(c *rule.Check) {
			for _, a := range c.Topology.Index.ByRole[product.RoleFallbackStatusPoint] {
				others := besides(c, a)
				if len(others) == 0 {
					c.OpenCount()
					continue
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("server"), Site: a.DeclaredSite(), Related: model.AsDeclared(others),
					Fact:  fmt.Sprintf("%s shares its server with other roles", a.Label()),
					Found: fmt.Sprintf("%q also holds: %s.", a.Host(), roleList(others)),
				})
			}
		},
	},
	{
		ID: "COLO-FSP-NOT-DC", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title:   "A fallback status point is not on a domain controller",
		Why:     "It accepts unauthenticated messages, which a domain controller should never be exposed to.",
		Fix:     `Assign "fallback_status_point" to a member server.`,
		Sources: []product.Source{product.SiteSecurity.At("Security guidance for the fallback status point")},
		Roles:   []string{product.RoleFallbackStatusPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if kind, ok := rule.Decided(c, a.DeclaredServer().DomainController); ok && kind != model.DomainControllerNone {
				c.Violate(rule.Violation{
					At:    model.At("server", "domain_controller"),
					Fact:  fmt.Sprintf("%s is on a domain controller", a.Label()),
					Found: fmt.Sprintf("domain_controller = %q.", kind),
				})
			}
		},
	},
	{
		ID: "COLO-FSP-PERIMETER", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title: "A fallback status point is not in a perimeter network",
		Why: "It accepts unauthenticated messages. Where it has to stand in a perimeter network, the site server should fetch them, so that nothing from " +
			"there opens a connection to the inside.",
		Fix:       "Move the role to the internal network, or set site_server_initiates_connections = true on its server.",
		Sources:   []product.Source{product.SiteSecurity.At("Security guidance for the fallback status point")},
		CoveredBy: rule.OnHost("SRV-UNTRUSTED-SSI"),
		Roles:     []string{product.RoleFallbackStatusPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			server := a.DeclaredServer()
			if !c.Holds(server.PerimeterNetwork) || !c.Fails(server.SiteServerInitiates.OrDefault(false)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("server", "perimeter_network"),
				Fact:  fmt.Sprintf("%s is in a perimeter network", a.Label()),
				Found: "perimeter_network = true, and the site server is not required to initiate the connections to the server.",
			})
		},
	},
	{
		ID: "COLO-WSUS-SQL-INSTANCE", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title: "WSUS and the site database use different SQL Server instances",
		Why: "With an instance each, memory and maintenance of the two databases can be set apart, and trouble of the one does not become trouble of the " +
			"other.",
		Fix:       `Use another instance for WSUS, such as wsus_database_instance = "WSUS".`,
		Sources:   []product.Source{product.SoftwareUpdatesBestPractices.At("When Configuration Manager and WSUS use the same SQL Server")},
		CoveredBy: rule.OnElement("AG-ONLY-SITEDB"),
		Roles:     []string{product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			sharedInstance(c, a, a.DeclaredSite())
		},
		Hierarchy: func(c *rule.Check) {
			for _, a := range c.Topology.Index.ByRole[product.RoleSoftwareUpdatePoint] {
				for _, s := range model.SortedSites(c.Topology.Sites) {
					if s != a.DeclaredSite() { // which the assignment sees itself
						sharedInstance(c, a, s)
					}
				}
			}
		},
	},
	{
		ID: "COLO-WSUS-CUSTOM-SITE", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title:   "WSUS has a web site of its own",
		Why:     "On the default web site WSUS shares its settings and ports with every other role that uses IIS. Its own site listens on ports 8530 and 8531.",
		Fix:     `Install WSUS with its own web site: wsus_website = "custom".`,
		Sources: []product.Source{product.SoftwareUpdatesPlan.At("Configure WSUS to use a custom website")},
		Roles:   []string{product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			settings, ok := rule.Decided(c, a.SoftwareUpdatePoint)
			if !ok {
				return
			}
			if website, ok := rule.Decided(c, settings.WSUSWebsite); ok && website == model.WSUSDefaultWebsite {
				c.Violate(rule.Violation{
					At:    model.At("software_update_point", "wsus_website"),
					Fact:  fmt.Sprintf("%s uses the default web site", a.Label()),
					Found: fmt.Sprintf("wsus_website = %q.", website),
				})
			}
		},
	},
}

// roleDatabase is a database that a role uses beside that of the site.
type roleDatabase struct {
	role      string
	attribute string // of the role's block
	server    func(*model.Assignment) model.Value[string]
}

var roleDatabases = []roleDatabase{
	{product.RoleReportingServicesPoint, "database_server", func(a *model.Assignment) model.Value[string] {
		return model.SettingOf(a.ReportingServicesPoint, func(s *model.ReportingServicesPoint) model.Value[string] { return s.DatabaseServer })
	}},
	{product.RoleDataWarehouse, "database_server", func(a *model.Assignment) model.Value[string] {
		return model.SettingOf(a.DataWarehouse, func(s *model.DataWarehouse) model.Value[string] { return s.DatabaseServer })
	}},
	{product.RoleSoftwareUpdatePoint, "wsus_database_server", func(a *model.Assignment) model.Value[string] {
		return model.SettingOf(a.SoftwareUpdatePoint, func(s *model.SoftwareUpdatePoint) model.Value[string] { return s.WSUSDatabaseServer })
	}},
}

// databaseAwayFromSiteServers is the rule about the databases of roles beside site
// servers that take turns.
func databaseAwayFromSiteServers() rule.Rule {
	r := rule.Rule{
		ID: "COLO-HA-RSPDB", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopePair, Versions: "from 1806",
		Title:     "With a passive site server, the databases of roles are on neither site server",
		Why:       "When one of the two site servers fails, a database on it is gone with it, and the reports or updates that depend on it too.",
		Fix:       `Move the database to another SQL Server, such as database_server = "sql01.contoso.com".`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Limitations")},
		CoveredBy: rule.AtSite("ROLE-SITE-SSP"),
	}
	byRole := map[string]roleDatabase{}
	for _, d := range roleDatabases {
		r.Roles = append(r.Roles, d.role)
		byRole[d.role] = d
	}
	r.Assignment = func(c *rule.Check, a *model.Assignment) {
		d := byRole[model.First(a.Role.Get())]
		site, server := a.DeclaredSite(), d.server(a)
		if !c.Holds(model.Both(model.IsDeclared(site.PassiveServer), site.IsSiteServer(server))) {
			return
		}
		c.Violate(rule.Violation{
			At:    model.At(d.role, d.attribute),
			Fact:  fmt.Sprintf("%s keeps its database on a site server of %s", a.Label(), site.Label()),
			Found: fmt.Sprintf("the database is on %q; site_server = %q and passive_site_server = %q.", server, site.Server, site.PassiveServer),
			Fix:   fmt.Sprintf(`Move the database to another SQL Server, such as %s = "sql01.contoso.com".`, d.attribute),
		})
	}
	return r
}

// besides returns the other roles that the computer of a role carries. What Setup
// or the product puts there does not count, nor does what is not a role of a server.
func besides(c *rule.Check, a *model.Assignment) []*model.Assignment {
	host, ok := rule.Decided(c, a.Host())
	if !ok {
		return nil
	}
	role, _ := a.Role.Get()
	var others []*model.Assignment
	for _, other := range c.Topology.Index.RolesOn(host) {
		if r := other.CatalogRole(); r != nil && r.Key != role && r.IsSiteSystemRole() {
			others = append(others, other)
		}
	}
	return others
}

// roleList names the roles of assignments, each once.
func roleList(list []*model.Assignment) string {
	names := make([]string, 0, len(list))
	for _, a := range list {
		if name := model.RoleNameOf(a); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// sharedInstance reports a WSUS database in the instance of a site database.
func sharedInstance(c *rule.Check, a *model.Assignment, s *model.Site) {
	settings, ok := rule.Decided(c, a.SoftwareUpdatePoint)
	if !ok || !c.Holds(model.Either(model.EqualHost(settings.WSUSDatabaseServer, s.DatabaseHost()), s.HoldsDatabase(settings.WSUSDatabaseServer))) {
		return
	}
	wsus, okWSUS := rule.Decided(c, model.Folded(settings.WSUSDatabaseInstance, strings.ToUpper))
	own, okOwn := rule.Decided(c, s.DatabaseInstance())
	if !okWSUS || !okOwn || wsus != own {
		return
	}
	c.Violate(rule.Violation{
		On: a, At: model.At("software_update_point", "wsus_database_instance"), Related: []model.Declared{s},
		Fact:  fmt.Sprintf("%s keeps WSUS in the instance of the database of %s", a.Label(), s.Label()),
		Found: fmt.Sprintf("the WSUS database and the site database of %s both use instance %q on %q.", s.Label(), own, settings.WSUSDatabaseServer),
	})
}
