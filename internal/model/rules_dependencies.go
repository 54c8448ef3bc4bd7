package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 15: what roles need of each other. What features need of a hierarchy has a
// file of its own.

var dependencyRules = slices.Concat(enrollmentRules, partnerRules, featureRulesOfHierarchy, proxyRules, keptDependencies)

// The first versions that change what roles need.
var (
	catalogRemoved       = milestone{1910, articleApplicationManagement.Source()} // the Application Catalog is refused as a whole
	bitLockerIntroduced  = milestone{1910, articleBitLocker.Source()}
	bitLockerWithoutTLS  = milestone{2103, articleBitLocker.At("Prerequisites for the recovery service")}
	tenantAttachReleased = milestone{2002, articleTenantAttach.Source()}
)

var enrollmentRules = []Rule{
	{
		ID: "DEP-EPXP-EP", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:     "An enrollment proxy point has an enrollment point at its site",
		Why:       "The proxy point passes what devices ask for on to one enrollment point of the same site. They may stand on different servers, and in different forests.",
		Fix:       `Assign "enrollment_point" to a server of the site, and name that server in enrollment_point of the enrollment_proxy_point block.`,
		Sources:   []Source{articleMacClients.At("Configure the enrollment proxy point and the enrollment point"), articleOnPremisesMDMPlan.At("Site system roles"), articleSiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		CoveredBy: atSite("ROLE-SITE-*", "REQ-EP-MOBILE", "REQ-EP-MAC", "REQ-MDM"),
		hierarchy: func(c *check) {
			c.eachWithoutPartner(roleEnrollmentProxyPoint, roleEnrollmentPoint, func(a *Assignment) {
				c.violate(violation{
					on: a, at: At("role"), site: a.site(),
					fact:  fmt.Sprintf("%s has no enrollment point", a.label()),
					found: fmt.Sprintf("no role assignment puts an enrollment point at %s.", a.site().label()),
				})
			})
			for _, a := range c.topology.index.byRole[roleEnrollmentProxyPoint] {
				c.namesEnrollmentPoint(a)
			}
		},
	},
	{
		ID: "DEP-EP-EPXP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:     "An enrollment point has an enrollment proxy point at its site",
		Why:       "Devices reach the enrollment point through the proxy point only; without one it has nothing to do.",
		Fix:       `Assign "enrollment_proxy_point" to a server of the site, or remove the enrollment point.`,
		Sources:   []Source{articleSiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		CoveredBy: append(atSite("ROLE-SITE-*", "REQ-EP-MOBILE", "REQ-EP-MAC", "REQ-MDM"), inHierarchy("DEP-DMP-ENROLL")...),
		hierarchy: func(c *check) {
			c.eachWithoutPartner(roleEnrollmentPoint, roleEnrollmentProxyPoint, func(a *Assignment) {
				c.violate(violation{
					on: a, at: At("role"), site: a.site(),
					fact:  fmt.Sprintf("%s has no enrollment proxy point", a.label()),
					found: fmt.Sprintf("no role assignment puts an enrollment proxy point at %s.", a.site().label()),
				})
			})
		},
	},
	{
		ID: "DEP-EPXP-PERIMETER", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeSite,
		Title:   "Devices on the internet enroll through the perimeter network, and the enrollment point stays out of it",
		Why:     "The enrollment proxy point is made for the perimeter network; devices on the intranet get one of their own. The enrollment point reads the site database and issues certificates: a server that the internet can reach is no place for it.",
		Fix:     `Assign "enrollment_proxy_point" to a server with perimeter_network = true for devices on the internet and to another one for those on the intranet, and "enrollment_point" to a server on the intranet.`,
		Sources: []Source{articleSiteSystemRoles.At("Enrollment proxy point"), articleSiteSecurity.Source()},
		roles:   []string{roleEnrollmentPoint},
		assignment: func(c *check, a *Assignment) {
			if c.holds(a.server().PerimeterNetwork) {
				c.violate(violation{
					at:    At("server"),
					fact:  fmt.Sprintf("%s stands in the perimeter network", a.label()),
					found: "perimeter_network = true on the server of the enrollment point.",
				})
			}
		},
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				c.enrollmentFromInternet(s)
			}
		},
	},
	{
		ID: "DEP-DMP-ENROLL", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:     "Mobile devices have the roles to enroll with and a management point that accepts them",
		Why:       "Devices of on-premises mobile device management enroll through an enrollment proxy point and an enrollment point of one primary site, talk to a management point of their own primary site that accepts mobile devices, and install from a distribution point. Macs need the first two only when Configuration Manager issues their certificates; their management point is COMM-MAC-MP.",
		Fix:       `Set allow_mobile_devices = true in the management_point block of a management point of the site, and assign what is missing: "enrollment_point" and "enrollment_proxy_point" to servers of one primary site, "distribution_point" to a server of the site.`,
		Sources:   []Source{articleSiteSystemRolesForClients.Source(), articleOnPremisesMDMRoles.Source(), articleMacClients.Source()},
		CoveredBy: append(atSite("ROLE-SITE-*", "REQ-MP-DEVICE", "REQ-EP-MOBILE", "REQ-MDM"), inHierarchy("ROLE-SITE-EP", "ROLE-SITE-EPXP")...),
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				c.enrollment(s)
			}
		},
	},
}

// eachWithoutPartner reports the first of a role at each site that lacks another role.
func (c *check) eachWithoutPartner(role, partner string, report func(*Assignment)) {
	x := c.topology.index
	seen := map[string]bool{}
	for _, a := range x.byRole[role] {
		code, ok := decided(c, a.site().code())
		if !ok || seen[code] {
			continue
		}
		seen[code] = true
		switch {
		case x.count(code, partner) > 0:
		case x.open:
			c.undecide()
		default:
			report(a)
		}
	}
}

// namesEnrollmentPoint judges the server that an enrollment proxy point names. Without
// any enrollment point at the site there is nothing to compare.
func (c *check) namesEnrollmentPoint(a *Assignment) {
	named := blockSetting(a.EnrollmentProxyPoint, func(e *EnrollmentProxyPoint) Value[string] { return e.EnrollmentPoint })
	if named.IsNull() {
		return
	}
	host, ok := decided(c, folded(named, foldHost))
	if !ok {
		return
	}
	points := c.topology.index.rolesAt(a.site(), roleEnrollmentPoint)
	if len(points) == 0 {
		return
	}
	for _, point := range points {
		if point.host() == Known(host) {
			return
		}
	}
	if c.topology.index.open {
		c.undecide()
		return
	}
	c.violate(violation{
		on: a, at: At("enrollment_proxy_point", "enrollment_point"), site: a.site(), related: asDeclared(points),
		fact:  fmt.Sprintf("%s names a server that is no enrollment point of its site", a.label()),
		found: fmt.Sprintf("enrollment_point = %q; the site has: %s.", host, labels(points)),
	})
}

// enrollmentFromInternet judges where the enrollment proxy points of a site stand when
// one of them accepts devices from the internet.
func (c *check) enrollmentFromInternet(s *Site) {
	points := c.topology.index.rolesAt(s, roleEnrollmentProxyPoint)
	var open *Assignment
	for _, a := range points {
		connections, ok := decided(c, settingOf(a.EnrollmentProxyPoint, func(e *EnrollmentProxyPoint) Value[string] { return e.ClientConnections }))
		if ok && connections != ConnectionsIntranet && open == nil {
			open = a
		}
	}
	if open == nil {
		return
	}
	perimeter := Known(false)
	for _, a := range points {
		perimeter = either(perimeter, a.server().PerimeterNetwork)
	}
	if !c.fails(perimeter) {
		return
	}
	if c.topology.index.open {
		c.undecide()
		return
	}
	c.violate(violation{
		on: open, at: At("server"), site: s, related: asDeclared(points),
		fact:  fmt.Sprintf("%s accepts devices from the internet, and none of %s stands in the perimeter network", open.label(), s.label()),
		found: fmt.Sprintf("perimeter_network = false for the servers of all enrollment proxy points of the site: %s.", labels(points)),
	})
}

// enrollment judges what the mobile devices of a primary site need.
func (c *check) enrollment(s *Site) {
	if !c.holds(s.is(Primary)) {
		return
	}
	counts, ok := decided(c, s.Clients)
	if !ok {
		return
	}
	devices, ok := decided(c, counts.MobileDevices)
	if !ok || devices == 0 {
		return
	}
	var missing []string
	lacks := func(has Value[bool], what string) {
		if c.fails(has) {
			missing = append(missing, what)
		}
	}
	// No management point at all is ROLE-CARD-MP-PRI-MIN, one that Macs cannot use
	// either COMM-MAC-MP.
	if points := c.topology.index.rolesAt(s, roleManagementPoint); len(points) > 0 && !knownTrue(positive(counts.MacOS)) {
		accepts := Known(false)
		if c.topology.index.open {
			accepts = Unknown[bool]()
		}
		for _, a := range points {
			accepts = either(accepts, settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[bool] { return m.AllowMobileDevices }))
		}
		lacks(accepts, "a management point that accepts mobile devices")
	}
	lacks(c.enrollsSomewhere(), "an enrollment point and an enrollment proxy point at one primary site")
	lacks(c.hasDistributionPoint(), "a distribution point")
	if len(missing) == 0 {
		return
	}
	c.violate(violation{
		on: s, at: At("clients", "mobile_devices"), site: s,
		fact:  fmt.Sprintf("the mobile devices of %s lack roles", s.label()),
		found: fmt.Sprintf("%d mobile devices are expected; missing: %s.", devices, strings.Join(missing, "; ")),
	})
}

// enrollsSomewhere reports whether a primary site has both roles for enrollment. A
// proxy point without its enrollment point is DEP-EPXP-EP: it counts here.
func (c *check) enrollsSomewhere() Value[bool] {
	return c.anyAssignment(roleEnrollmentProxyPoint, func(a *Assignment) Value[bool] { return a.site().is(Primary) })
}

var partnerRules = []Rule{
	{
		ID: "DEP-RSP-SSRS", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:     "A reporting services point has a report server on its computer",
		Why:       "The role uses an instance of SQL Server Reporting Services in native mode or, from version 2002 on, Power BI Report Server on the same computer, and reads the site database. The database of the report server may be elsewhere.",
		Fix:       `Install SQL Server Reporting Services on the computer, and set reporting_services = "native_mode" in the inventory block of its configmgr_site_system_server.`,
		Sources:   []Source{articleReportingConfiguration.At("SQL Server Reporting Services"), articleReportingPrerequisites.Source(), articleSQLServerVersions.At("SQL Server Reporting Services")},
		CoveredBy: onElement("ROLE-SITE-RSP"),
		hierarchy: func(c *check) {
			c.eachEquipped(roleReportingServicesPoint, func(a *Assignment, s *Server, inventory *Inventory) {
				kind, ok := decided(c, inventory.ReportingServices)
				if !ok || kind == ReportingNativeMode {
					return
				}
				found := fmt.Sprintf("reporting_services = %q on %s.", kind, hostName(s))
				if kind == ReportingPowerBI {
					v, ok := c.versionOf(a.site())
					if !ok || v >= versionPowerBI.version {
						return
					}
					found = fmt.Sprintf("reporting_services = %q on %s at version %s; the role supports it from version %s on.", kind, hostName(s), v, versionPowerBI.version)
				}
				c.violate(violation{
					on: a, at: At("server"), site: a.site(), related: []declared{s},
					fact: fmt.Sprintf("%s has no report server that it can use", a.label()), found: found,
				})
			})
		},
	},
	{
		ID: "DEP-DWSP-RSP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:     "A data warehouse service point has a reporting services point at its site",
		Why:       "The reports of the data warehouse are shown by a reporting services point of the top-level site. Which of the two is installed first does not matter.",
		Fix:       `Assign "reporting_services_point" to a server of the site.`,
		Sources:   []Source{articleDataWarehouse.At("Prerequisites")},
		CoveredBy: atSite("ROLE-SITE-*"),
		hierarchy: func(c *check) {
			c.eachWithoutPartner(roleDataWarehouse, roleReportingServicesPoint, func(a *Assignment) {
				c.violate(violation{
					on: a, at: At("role"), site: a.site(),
					fact:  fmt.Sprintf("%s has no reporting services point for its reports", a.label()),
					found: fmt.Sprintf("no role assignment puts a reporting services point at %s.", a.site().label()),
				})
			})
		},
	},
	{
		ID: "DEP-CMGCP-CMG", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:   "A cloud management gateway connection point names a gateway of the hierarchy",
		Why:     "The connection point is added for one gateway, which has to exist by then.",
		Fix:     `Correct cloud_management_gateway in the block of the connection point, or add the gateway to the hierarchy: cloud_management_gateways = { gw = { name = "..." } }.`,
		Sources: []Source{articlePowerShell.At("Add-CMCloudManagementGatewayConnectionPoint")},
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleGatewayConnection] {
				c.namesGateway(a)
			}
		},
	},
	{
		ID: "DEP-ACAT", Severity: SeverityError, Basis: Documented, Scope: ScopeRole, Versions: "up to 1906",
		Title:     "An Application Catalog website point has a web service point",
		Why:       "The website shows what the web service point reads from the site. From version 1910 on neither is supported, which ROLE-LIFE-ACAT says.",
		Fix:       `Assign "application_catalog_web_service_point" as well, or remove the website point: Software Center does without both.`,
		Sources:   []Source{articleApplicationManagement.Source()},
		CoveredBy: onElement("ROLE-SITE-ACAT"),
		hierarchy: func(c *check) {
			for _, a := range c.topology.index.byRole[roleCatalogWebsite] {
				v, ok := c.versionOf(a.site())
				if !ok || v >= catalogRemoved.version || !c.fails(c.anyAssignment(roleCatalogWebService, always)) {
					continue
				}
				c.violate(violation{
					on: a, at: At("role"), site: a.site(),
					fact:  fmt.Sprintf("%s has no web service point", a.label()),
					found: `no role assignment has role = "application_catalog_web_service_point".`,
				})
			}
		},
	},
	{
		ID: "DEP-CRP-NDES", Severity: SeverityError, Basis: Documented, Scope: ScopeRole, Versions: "before 2203",
		Title:     "A certificate registration point for SCEP has an NDES server, one for PFX certificates has none",
		Why:       "Requests with the Simple Certificate Enrollment Protocol come from a server of the Network Device Enrollment Service with the policy module. PFX certificates come from a certification authority of Microsoft or Entrust. One certificate registration point does one or the other.",
		Fix:       `For SCEP name the server, as in ndes_server = "ndes01.contoso.com". For PFX certificates remove ndes_server, and assign the role to another server for SCEP.`,
		Sources:   []Source{articleCertificateInfrastructure.Source()},
		CoveredBy: onElement("ROLE-SITE-CRP"),
		roles:     []string{roleCertificateRegistration},
		assignment: func(c *check, a *Assignment) {
			if v, ok := c.version(); !ok || v >= versionCertificateRegistration.version {
				return
			}
			crp, ok := decided(c, a.CertificateRegistration)
			if !ok {
				return
			}
			request, ok := decided(c, crp.RequestType)
			if !ok {
				return
			}
			v := violation{at: At("certificate_registration_point", "ndes_server")}
			switch {
			case request == RequestSCEP && crp.NDESServer.IsNull():
				v.fact = fmt.Sprintf("%s has no NDES server", a.label())
				v.found = fmt.Sprintf("request_type = %q without ndes_server.", request)
			case request == RequestPFX && !crp.NDESServer.IsNull():
				v.fact = fmt.Sprintf("%s is for PFX certificates and has an NDES server", a.label())
				v.found = fmt.Sprintf("request_type = %q together with ndes_server.", request)
			default:
				return
			}
			c.violate(v)
		},
	},
	{
		ID: "DEP-REMOVE-LAST-MP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "The last management point of a site goes after its clients",
		Why:     "Clients that are still assigned to the site when its last management point is removed get no policy any more, and cannot be moved by the site. A site that keeps clients without a management point is ROLE-CARD-MP-PRI-MIN.",
		Fix:     `First assign the clients to another site, then remove the role. To replace the server, assign "management_point" to the new one and apply before the old one goes.`,
		Sources: []Source{articlePowerShell.At("Remove-CMManagementPoint")},
		hierarchy: func(c *check) {
			if c.topology.Prior == nil {
				return
			}
			for _, s := range sortedSites(c.topology.Sites) {
				c.lastManagementPoint(s)
			}
		},
	},
}

func always(*Assignment) Value[bool] { return Known(true) }

// anyAssignment reports whether the hierarchy has a role that fulfils a condition. It
// is undecided while something is not known or listed that could.
func (c *check) anyAssignment(role string, fulfils func(*Assignment) Value[bool]) Value[bool] {
	x := c.topology.index
	found := Known(false)
	if x.open || len(x.external) > 0 || len(c.topology.Sites) == 0 {
		found = Unknown[bool]()
	}
	for _, a := range x.byRole[role] {
		if found = either(found, fulfils(a)); knownTrue(found) {
			break
		}
	}
	return found
}

// hasDistributionPoint reports whether the hierarchy has a distribution point. Setup
// puts one on the server of a secondary site, which need not be declared.
func (c *check) hasDistributionPoint() Value[bool] {
	has := c.anyAssignment(roleDistributionPoint, always)
	for _, s := range c.topology.Sites {
		if knownTrue(has) {
			break
		}
		if knownTrue(s.is(Secondary)) {
			has = Unknown[bool]()
		}
	}
	return has
}

// namesGateway judges the gateway that a connection point names, in a hierarchy that
// lists gateways. Names are compared up to the first dot: the service name of a gateway
// may be written with its domain.
func (c *check) namesGateway(a *Assignment) {
	gateways, ok := decided(c, c.topology.Hierarchy.Gateways)
	if !ok {
		return
	}
	name, ok := decided(c, a.gatewayName())
	if !ok {
		return
	}
	// A top-level site that is not listed may have gateways that are not either.
	open := len(c.topology.index.external) > 0
	var listed []string
	for _, entry := range gateways {
		g, ok := entry.Get()
		if !ok {
			open = true
			continue
		}
		other, ok := g.Name.Get()
		if !ok {
			open = true
			continue
		}
		if hostLabel(other) == hostLabel(name) {
			return
		}
		listed = append(listed, other)
	}
	if open {
		c.undecide()
		return
	}
	slices.Sort(listed)
	found := fmt.Sprintf("cloud_management_gateway = %q; the hierarchy lists no gateway.", name)
	if len(listed) > 0 {
		found = fmt.Sprintf("cloud_management_gateway = %q; the hierarchy lists: %s.%s", name, quoted(listed), didYouMean(name, listed))
	}
	c.violate(violation{
		on: a, at: At("cloud_management_gateway_connection_point", "cloud_management_gateway"), site: a.site(),
		fact:  fmt.Sprintf("%s names a gateway that the hierarchy does not have", a.label()),
		found: found,
	})
}

// gatewayName returns the gateway that a connection point names.
func (a *Assignment) gatewayName() Value[string] {
	return settingOf(a.GatewayConnection, func(g *GatewayConnection) Value[string] { return g.CloudManagementGateway })
}

func (a *Assignment) namesAGateway() bool { return a.gatewayName().IsKnown() }

// lastManagementPoint compares the management points of a primary site with those that
// it had. Where the design says that the site keeps clients, ROLE-CARD-MP-PRI-MIN is
// the error.
func (c *check) lastManagementPoint(s *Site) {
	code, ok := s.code().Get()
	if !ok {
		return
	}
	prior := c.topology.Prior.index
	before := prior.sites[code]
	if before == nil || !c.holds(s.is(Primary)) || c.topology.index.count(code, roleManagementPoint) > 0 || knownTrue(positive(s.clientTotal())) {
		return
	}
	var removed []*Assignment
	for _, a := range prior.rolesAt(before, roleManagementPoint) {
		if installed(a.Installed) {
			removed = append(removed, a)
		}
	}
	if len(removed) == 0 {
		return
	}
	clients, ok := decided(c, before.clientTotal())
	if !ok || clients == 0 {
		return
	}
	if c.topology.index.open {
		c.undecide()
		return
	}
	c.violate(violation{
		on: s, at: At("site_code"), site: s,
		fact:  fmt.Sprintf("%s loses its last management point while it has clients", s.label()),
		found: fmt.Sprintf("%s goes, and the site had %d clients before this change.", labels(removed), clients),
	})
}

var proxyRules = []Rule{
	{
		ID: "DEP-PROXY-BEFORE-SUP", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:   "A software update point that uses a proxy is on a server that has one",
		Why:     "The proxy is set once for the server; the role only says whether it uses it, for the synchronization and for automatic deployment rules. The latter has no effect at a secondary site.",
		Fix:     `Name the proxy on the configmgr_site_system_server, as in proxy { server_name = "proxy.contoso.com" }, or set use_proxy = false.`,
		Sources: []Source{articleProxySupport.At("Software update point"), articleConfigMgrCBDsc.Source()},
		roles:   []string{roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			settings, ok := decided(c, a.SoftwareUpdatePoint)
			if !ok {
				return
			}
			attribute := ""
			switch {
			case c.holds(settings.UseProxy):
				attribute = "use_proxy"
			case c.holds(settings.UseProxyForRules) && c.fails(a.site().is(Secondary)):
				attribute = "use_proxy_for_automatic_deployment_rules"
			}
			if proxy := a.server().Proxy; attribute != "" && c.fails(declaredBlock(proxy)) {
				c.violate(violation{
					at:    At("software_update_point", attribute),
					fact:  fmt.Sprintf("%s uses a proxy that its server does not have", a.label()),
					found: fmt.Sprintf("%s = true, and the server has no proxy block.", attribute),
				})
			}
		},
	},
	{
		ID: "DEP-PROXY-FIELDS", Severity: SeverityError, Basis: SecondarySource, Scope: ScopeServer,
		Title:   "The proxy of a server has a name and a valid port",
		Why:     "The console and the cmdlet ask for the name when a proxy is switched on; the port is a number from 1 to 65535, 80 unless another one is given.",
		Fix:     `Name the proxy, as in proxy { server_name = "proxy.contoso.com" }, or remove the proxy block.`,
		Sources: []Source{articleProxySupport.Source(), articlePowerShell.At("New-CMSiteSystemServer"), limitPort.source},
		server: func(c *check, s *Server) {
			proxy, ok := s.Proxy.Get()
			if !ok {
				c.undecideIf(s.Proxy.IsUnknown())
				return
			}
			name, ok := proxy.Server.Get()
			if proxy.Server.IsNull() || ok && strings.TrimSpace(name) == "" {
				c.violate(violation{
					at:    At("proxy", "server_name"),
					fact:  fmt.Sprintf("%s has a proxy without a name", s.label()),
					found: "the proxy block has no server_name.",
				})
			}
			c.undecideIf(proxy.Server.IsUnknown())
			if port, ok := decided(c, proxy.Port.OrDefault(DefaultProxyPort)); ok && (port < 1 || port > limitPort.value) {
				c.violate(violation{
					at:    At("proxy", "port"),
					fact:  fmt.Sprintf("%s has a proxy with an invalid port", s.label()),
					found: fmt.Sprintf("port = %d; possible are 1 to %d.", port, limitPort.value),
				})
			}
		},
	},
}

// keptDependencies are the rules that no design can break, and those that others say.
var keptDependencies = []Rule{
	{
		ID: "DEP-SCP-UPDATES", Severity: SeverityWarning, Basis: Documented, Scope: ScopeHierarchy,
		Title:       "Updates of the product come through the service connection point",
		Why:         "Without one no update appears in the console. In offline mode the service connection tool brings them.",
		Fix:         `Assign "service_connection_point" to a server of the top-level site.`,
		Sources:     []Source{articleServiceConnectionPoint.Source(), articleSiteSystemRoles.At("Service connection point"), articleUpdates.Source()},
		Enforcement: CoveredElsewhere,
		Note:        "A missing service connection point is ROLE-CARD-SCP-MIN.",
	},
	{
		ID: "DEP-MCC-DP", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:       "Microsoft Connected Cache is on a distribution point",
		Why:         "The cache is a part of the distribution point, which installs and runs it.",
		Fix:         "Set connected_cache = true in the distribution_point block.",
		Sources:     []Source{articleConnectedCache.Source()},
		Enforcement: Inexpressible,
		Note:        "connected_cache is a setting of a distribution point.",
	},
	{
		ID: "DEP-MULTICAST-DP", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:       "Multicast is on a distribution point",
		Why:         "The product adds multicast to a distribution point that is there.",
		Fix:         "Declare a multicast block in the distribution_point block.",
		Sources:     []Source{articleDistributionPoints.At("Multicast"), articlePowerShell.At("Add-CMMulticastServicePoint")},
		Enforcement: Inexpressible,
		Note:        "multicast is a block of a distribution point.",
	},
	{
		ID: "DEP-ACCOUNT-EXCLUSIVE", Severity: SeverityError, Basis: SecondarySource, Scope: ScopeServer,
		Title:       "A server is installed either with an account or with the computer account of the site server",
		Why:         "The two are one choice in the console.",
		Fix:         "Name the account in installation_account, or leave the attribute out for the computer account of the site server.",
		Sources:     []Source{articleConfigMgrCBDsc.Source(), articlePowerShell.At("New-CMSiteSystemServer")},
		Enforcement: Inexpressible,
		Note:        "installation_account of a configmgr_site_system_server is an account or nothing, and nothing is the computer account.",
	},
	{
		ID: "DEP-REMOVE-SYS-LAST", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:       "A site system server is removed after its roles",
		Why:         "The product does not remove a server that still holds a role.",
		Fix:         "Remove the role assignments and the server in one step, or the role assignments first.",
		Sources:     []Source{articlePowerShell.At("Remove-CMSiteSystemServer"), articleConfigMgrCBDsc.Source()},
		Enforcement: KeptByGraph,
		Note:        "A role assignment refers to its server, so that Terraform removes the role first and refuses a configuration that takes away a server that is still named.",
	},
	{
		ID: "DEP-SERVER-BEFORE-ROLE", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:       "A role is added to a site system server of the same site that exists",
		Why:         "First comes the site, then the server, then the role. The site server, the database server and the computers with an SMS Provider are site system servers from the start.",
		Fix:         "Declare a configmgr_site_system_server and pass it as server of the role assignment.",
		Sources:     []Source{articlePowerShell.Source(), articleInstallSiteSystemRoles.Source(), articleSiteSystemRoles.At("Configuration Manager site system")},
		Enforcement: KeptByGraph,
		Note:        "A role assignment takes its server, and a server its site, as an object: Terraform creates them in this order, and the role is at the site of its server.",
	},
}
