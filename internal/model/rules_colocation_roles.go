package model

import (
	"fmt"
	"slices"
	"strings"
)

// What a role may share a computer with.

// notOnSiteServer completes a rule about a role that a site server must not hold
// under a condition. Both are judged, so that either alone can decide.
func notOnSiteServer(r Rule, role string, on func(*Site, Value[string]) Value[bool], when func(*Assignment) Value[bool], report func(*Assignment) violation) Rule {
	r.roles = []string{role}
	r.assignment = func(c *check, a *Assignment) {
		if c.holds(both(on(a.site(), a.server().FQDN), when(a))) {
			c.violate(report(a))
		}
	}
	return r
}

// anySiteServer and activeSiteServer say which site servers such a rule is about.
func anySiteServer(s *Site, fqdn Value[string]) Value[bool]    { return s.isSiteServer(fqdn) }
func activeSiteServer(s *Site, fqdn Value[string]) Value[bool] { return equalHost(s.Server, fqdn) }

var sharedRoleRules = []Rule{
	notOnSiteServer(Rule{
		ID: "COLO-SCP-NOT-HA", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair, Versions: "from 1806",
		Title:     "With a passive site server, the service connection point is on neither site server",
		Why:       "The role stays where it is when the two site servers change places, and what depends on it, such as a cloud management gateway, stops working. The product supports it on neither of the two.",
		Fix:       `Assign "service_connection_point" to another server of the site, such as one with fqdn = "scp01.contoso.com".`,
		Sources:   []Source{articleSiteServerHighAvailability.At("General configurations for both site servers")},
		CoveredBy: append(onElement("ROLE-SITE-SCP"), atSite("ROLE-SITE-SSP")...),
	}, roleServiceConnectionPoint, anySiteServer,
		func(a *Assignment) Value[bool] { return isDeclared(a.site().PassiveServer) },
		func(a *Assignment) violation {
			return violation{
				at:    At("server"),
				fact:  fmt.Sprintf("%s is on a site server of %s, which has a passive one", a.label(), a.site().label()),
				found: fmt.Sprintf("the role is on %q; site_server = %q and passive_site_server = %q.", a.host(), a.site().Server, a.site().PassiveServer),
			}
		}),
	databaseAwayFromSiteServers(),
	{
		ID: "COLO-CRP-NOT-NDES", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer, Versions: "before 2203",
		Title:     "A certificate registration point is on another computer than the NDES server",
		Why:       "The policy module on the NDES server calls the certificate registration point; the two are not supported on one computer.",
		Fix:       `Assign "certificate_registration_point" to a server other than the one in ndes_server.`,
		Sources:   []Source{versionCertificateRegistration.source},
		CoveredBy: onElement("ROLE-SITE-CRP", "ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK"),
		roles:     []string{roleCertificateRegistration},
		assignment: func(c *check, a *Assignment) {
			if v, ok := c.versionOf(a.site()); !ok || v >= versionCertificateRegistration.version {
				return // not supported at all
			}
			settings, ok := decided(c, a.CertificateRegistration)
			if !ok || !c.holds(equalHost(settings.NDESServer, a.server().FQDN)) {
				return
			}
			c.violate(violation{
				at:    At("certificate_registration_point", "ndes_server"),
				fact:  fmt.Sprintf("%s is on its NDES server", a.label()),
				found: fmt.Sprintf("ndes_server = %q is the server that holds the role.", settings.NDESServer),
			})
		},
	},
	{
		ID: "COLO-DWSP-NOT-FIRST", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
		Title:     "A data warehouse service point is not the only role of a remote server",
		Why:       "The installation fails on a computer that is no site system yet. With another role planned there, that one has to be installed first.",
		Fix:       `Assign another role to the server, such as "reporting_services_point", and install it before; or assign "data_warehouse_service_point" to the site server.`,
		Sources:   []Source{articleDataWarehouse.At("Set up failure")},
		CoveredBy: onElement("ROLE-SITE-DWSP"),
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleDataWarehouse] {
				exists, ok := decided(c, a.Installed.OrDefault(false))
				if !ok || exists || len(c.besides(a)) > 0 {
					continue
				}
				// What Setup puts on a computer makes it a site system too.
				site, fqdn := a.site(), a.server().FQDN
				setUp := either(site.isSiteServer(fqdn), either(site.holdsDatabase(fqdn), listsHost(site.providers(), fqdn)))
				if !c.fails(setUp) {
					continue
				}
				if c.topology.index.open {
					c.undecide()
					continue
				}
				c.violate(violation{
					on: a, at: At("server"), site: site,
					fact:  fmt.Sprintf("%s is alone on its server", a.label()),
					found: fmt.Sprintf("%q holds no other role, and is not the site server of %s.", a.host(), site.label()),
				})
			}
		},
	},
	{
		ID: "COLO-FSP-DEDICATED", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer, ProductionOnly: true,
		Title:   "A fallback status point has a server of its own",
		Why:     "It accepts unauthenticated messages in clear text from any computer. An attack on it should not reach another role.",
		Fix:     `Assign "fallback_status_point" to a server without other roles, such as one with fqdn = "fsp01.contoso.com".`,
		Sources: []Source{articleSiteSystemRolesForClients.At("Fallback status point"), articleClientSecurity.Source(), articleClientBestPractices.Source()},
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleFallbackStatusPoint] {
				others := c.besides(a)
				if len(others) == 0 {
					c.openCount()
					continue
				}
				c.violate(violation{
					on: a, at: At("server"), site: a.site(), related: asDeclared(others),
					fact:  fmt.Sprintf("%s shares its server with other roles", a.label()),
					found: fmt.Sprintf("%q also holds: %s.", a.host(), roleList(others)),
				})
			}
		},
	},
	{
		ID: "COLO-FSP-NOT-DC", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:   "A fallback status point is not on a domain controller",
		Why:     "It accepts unauthenticated messages, which a domain controller should never be exposed to.",
		Fix:     `Assign "fallback_status_point" to a member server.`,
		Sources: []Source{articleSiteSecurity.At("Security guidance for the fallback status point")},
		roles:   []string{roleFallbackStatusPoint},
		assignment: func(c *check, a *Assignment) {
			if kind, ok := decided(c, a.server().DomainController); ok && kind != DomainControllerNone {
				c.violate(violation{
					at:    At("server", "domain_controller"),
					fact:  fmt.Sprintf("%s is on a domain controller", a.label()),
					found: fmt.Sprintf("domain_controller = %q.", kind),
				})
			}
		},
	},
	{
		ID: "COLO-FSP-PERIMETER", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:     "A fallback status point is not in a perimeter network",
		Why:       "It accepts unauthenticated messages. Where it has to stand in a perimeter network, the site server should fetch them, so that nothing from there opens a connection to the inside.",
		Fix:       "Move the role to the internal network, or set site_server_initiates_connections = true on its server.",
		Sources:   []Source{articleSiteSecurity.At("Security guidance for the fallback status point")},
		CoveredBy: onHost("SRV-UNTRUSTED-SSI"),
		roles:     []string{roleFallbackStatusPoint},
		assignment: func(c *check, a *Assignment) {
			server := a.server()
			if !c.holds(server.PerimeterNetwork) || !c.fails(server.SiteServerInitiates.OrDefault(false)) {
				return
			}
			c.violate(violation{
				at:    At("server", "perimeter_network"),
				fact:  fmt.Sprintf("%s is in a perimeter network", a.label()),
				found: "perimeter_network = true, and the site server is not required to initiate the connections to the server.",
			})
		},
	},
	{
		ID: "COLO-WSUS-SQL-INSTANCE", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:     "WSUS and the site database use different SQL Server instances",
		Why:       "With an instance each, memory and maintenance of the two databases can be set apart, and trouble of the one does not become trouble of the other.",
		Fix:       `Use another instance for WSUS, such as wsus_database_instance = "WSUS".`,
		Sources:   []Source{articleSoftwareUpdatesBestPractices.At("When Configuration Manager and WSUS use the same SQL Server")},
		CoveredBy: onElement("AG-ONLY-SITEDB"),
		roles:     []string{roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			c.sharedInstance(a, a.site())
		},
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleSoftwareUpdatePoint] {
				for _, s := range sortedSites(c.topology.Sites) {
					if s != a.site() { // which the assignment sees itself
						c.sharedInstance(a, s)
					}
				}
			}
		},
	},
	{
		ID: "COLO-WSUS-CUSTOM-SITE", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:   "WSUS has a web site of its own",
		Why:     "On the default web site WSUS shares its settings and ports with every other role that uses IIS. Its own site listens on ports 8530 and 8531.",
		Fix:     `Install WSUS with its own web site: wsus_website = "custom".`,
		Sources: []Source{articleSoftwareUpdatesPlan.At("Configure WSUS to use a custom website")},
		roles:   []string{roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			settings, ok := decided(c, a.SoftwareUpdatePoint)
			if !ok {
				return
			}
			if website, ok := decided(c, settings.WSUSWebsite); ok && website == WSUSDefaultWebsite {
				c.violate(violation{
					at:    At("software_update_point", "wsus_website"),
					fact:  fmt.Sprintf("%s uses the default web site", a.label()),
					found: fmt.Sprintf("wsus_website = %q.", website),
				})
			}
		},
	},
}

// roleDatabase is a database that a role uses beside that of the site.
type roleDatabase struct {
	role      string
	attribute string // of the role's block
	server    func(*Assignment) Value[string]
}

var roleDatabases = []roleDatabase{
	{roleReportingServicesPoint, "database_server", func(a *Assignment) Value[string] {
		return settingOf(a.ReportingServicesPoint, func(s *ReportingServicesPoint) Value[string] { return s.DatabaseServer })
	}},
	{roleDataWarehouse, "database_server", func(a *Assignment) Value[string] {
		return settingOf(a.DataWarehouse, func(s *DataWarehouse) Value[string] { return s.DatabaseServer })
	}},
	{roleSoftwareUpdatePoint, "wsus_database_server", func(a *Assignment) Value[string] {
		return settingOf(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[string] { return s.WSUSDatabaseServer })
	}},
}

// settingOf reads a setting of a block, undecided where the block is not declared.
func settingOf[B, T any](block Value[*B], read func(*B) Value[T]) Value[T] {
	if declared, ok := block.Get(); ok {
		return read(declared)
	}
	return Unknown[T]()
}

// databaseAwayFromSiteServers is the rule about the databases of roles beside site
// servers that take turns.
func databaseAwayFromSiteServers() Rule {
	r := Rule{
		ID: "COLO-HA-RSPDB", Severity: SeverityWarning, Basis: Documented, Scope: ScopePair, Versions: "from 1806",
		Title:     "With a passive site server, the databases of roles are on neither site server",
		Why:       "When one of the two site servers fails, a database on it is gone with it, and the reports or updates that depend on it too.",
		Fix:       `Move the database to another SQL Server, such as database_server = "sql01.contoso.com".`,
		Sources:   []Source{articleSiteServerHighAvailability.At("Limitations")},
		CoveredBy: atSite("ROLE-SITE-SSP"),
	}
	byRole := map[string]roleDatabase{}
	for _, d := range roleDatabases {
		r.roles = append(r.roles, d.role)
		byRole[d.role] = d
	}
	r.assignment = func(c *check, a *Assignment) {
		d := byRole[first(a.Role.Get())]
		site, server := a.site(), d.server(a)
		if !c.holds(both(isDeclared(site.PassiveServer), site.isSiteServer(server))) {
			return
		}
		c.violate(violation{
			at:    At(d.role, d.attribute),
			fact:  fmt.Sprintf("%s keeps its database on a site server of %s", a.label(), site.label()),
			found: fmt.Sprintf("the database is on %q; site_server = %q and passive_site_server = %q.", server, site.Server, site.PassiveServer),
			fix:   fmt.Sprintf(`Move the database to another SQL Server, such as %s = "sql01.contoso.com".`, d.attribute),
		})
	}
	return r
}

// besides returns the other roles that the computer of a role carries. What Setup
// or the product puts there does not count, nor does what is no role of a server.
func (c *check) besides(a *Assignment) []*Assignment {
	host, ok := decided(c, a.host())
	if !ok {
		return nil
	}
	role, _ := a.Role.Get()
	var others []*Assignment
	for _, other := range c.topology.index.rolesOn(host) {
		if r := other.role(); r != nil && r.Key != role && r.isSiteSystemRole() {
			others = append(others, other)
		}
	}
	return others
}

// roleList names the roles of assignments, each once.
func roleList(list []*Assignment) string {
	names := make([]string, 0, len(list))
	for _, a := range list {
		if name := roleNameOf(a); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// sharedInstance reports a WSUS database in the instance of a site database.
func (c *check) sharedInstance(a *Assignment, s *Site) {
	settings, ok := decided(c, a.SoftwareUpdatePoint)
	if !ok || !c.holds(either(equalHost(settings.WSUSDatabaseServer, s.databaseServer()), s.holdsDatabase(settings.WSUSDatabaseServer))) {
		return
	}
	wsus, okWSUS := decided(c, folded(settings.WSUSDatabaseInstance, strings.ToUpper))
	own, okOwn := decided(c, s.databaseInstance())
	if !okWSUS || !okOwn || wsus != own {
		return
	}
	c.violate(violation{
		on: a, at: At("software_update_point", "wsus_database_instance"), related: []declared{s},
		fact:  fmt.Sprintf("%s keeps WSUS in the instance of the database of %s", a.label(), s.label()),
		found: fmt.Sprintf("the WSUS database and the site database of %s both use instance %q on %q.", s.label(), own, settings.WSUSDatabaseServer),
	})
}
