package dependencies

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What roles need of each other. What features need of a hierarchy has a
// file of its own.

var dependencyRules = slices.Concat(enrollmentRules, partnerRules, featureRulesOfHierarchy, proxyRules, keptDependencies)

// The first versions that change what roles need.
var (
	catalogRemoved      = product.Milestone{Version: 1910, Source: product.ApplicationManagement.Source()} // the Application Catalog is refused as a whole
	connectedCacheProxy = product.Milestone{Version: 2603, Source: product.ProxySupport.Source()}          // Connected Cache uses the proxy of its server
)

var enrollmentRules = []rule.Rule{
	{
		ID: "DEP-EPXP-EP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "An enrollment proxy point has an enrollment point at its site",
		Why: "The proxy point passes what devices ask for on to one enrollment point of the same site. They may stand on different servers, and in " +
			"different forests.",
		Fix:       `Assign "enrollment_point" to a server of the site, and name that server in enrollment_point of the enrollment_proxy_point block.`,
		Sources:   []product.Source{product.MacClients.At("Configure the enrollment proxy point and the enrollment point"), product.OnPremisesMDMPlan.At("Site system roles"), product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		CoveredBy: rule.AtSite("ROLE-SITE-*", "REQ-EP-MOBILE", "REQ-EP-MAC", "REQ-MDM"),
		Hierarchy: func(c *rule.Check) {
			eachWithoutPartner(c, product.RoleEnrollmentProxyPoint, product.RoleEnrollmentPoint, func(a *model.Assignment) {
				c.Violate(rule.Violation{
					On: a, At: model.At("role"), Site: a.DeclaredSite(),
					Fact:  fmt.Sprintf("%s has no enrollment point", a.Label()),
					Found: fmt.Sprintf("no role assignment puts an enrollment point at %s.", a.DeclaredSite().Label()),
				})
			})
			for _, a := range c.Topology.Index.ByRole[product.RoleEnrollmentProxyPoint] {
				namesEnrollmentPoint(c, a)
			}
		},
	},
	{
		ID: "DEP-EP-EPXP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:     "An enrollment point has an enrollment proxy point at its site",
		Why:       "Devices reach the enrollment point through the proxy point only; without one it has nothing to do.",
		Fix:       `Assign "enrollment_proxy_point" to a server of the site, or remove the enrollment point.`,
		Sources:   []product.Source{product.SiteSystemRolesForClients.At("Enrollment point and enrollment proxy point")},
		CoveredBy: append(rule.AtSite("ROLE-SITE-*", "REQ-EP-MOBILE", "REQ-EP-MAC", "REQ-MDM"), rule.InHierarchy("DEP-DMP-ENROLL")...),
		Hierarchy: func(c *rule.Check) {
			eachWithoutPartner(c, product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint, func(a *model.Assignment) {
				c.Violate(rule.Violation{
					On: a, At: model.At("role"), Site: a.DeclaredSite(),
					Fact:  fmt.Sprintf("%s has no enrollment proxy point", a.Label()),
					Found: fmt.Sprintf("no role assignment puts an enrollment proxy point at %s.", a.DeclaredSite().Label()),
				})
			})
		},
	},
	{
		ID: "DEP-EPXP-PERIMETER", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title: "Devices on the internet enroll through the perimeter network, and the enrollment point stays out of it",
		Why: "The enrollment proxy point is made for the perimeter network; devices on the intranet get one of their own. The enrollment point reads the " +
			"site database and issues certificates: a server that the internet can reach is not the place for it.",
		Fix: `Assign "enrollment_proxy_point" to a server with perimeter_network = true for devices on the internet and to another one for those on the ` +
			`intranet, and "enrollment_point" to a server on the intranet.`,
		Sources: []product.Source{product.SiteSystemRoles.At("Enrollment proxy point"), product.SiteSecurity.Source()},
		Roles:   []string{product.RoleEnrollmentPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if c.Holds(a.DeclaredServer().PerimeterNetwork) {
				c.Violate(rule.Violation{
					At:    model.At("server"),
					Fact:  fmt.Sprintf("%s stands in the perimeter network", a.Label()),
					Found: "perimeter_network = true on the server of the enrollment point.",
				})
			}
		},
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				enrollmentFromInternet(c, s)
			}
		},
	},
	{
		ID: "DEP-DMP-ENROLL", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "Mobile devices have the roles to enroll with and a management point that accepts them",
		Why: "Devices of on-premises mobile device management enroll through an enrollment proxy point and an enrollment point of one primary site, talk " +
			"to a management point of their own primary site that accepts mobile devices, and install from a distribution point. Macs need the first two only " +
			"when Configuration Manager issues their certificates; their management point is COMM-MAC-MP.",
		Fix: `Set allow_mobile_devices = true in the management_point block of a management point of the site, and assign what is missing: ` +
			`"enrollment_point" and "enrollment_proxy_point" to servers of one primary site, "distribution_point" to a server of the site.`,
		Sources:   []product.Source{product.SiteSystemRolesForClients.Source(), product.OnPremisesMDMRoles.Source(), product.MacClients.Source()},
		CoveredBy: append(rule.AtSite("ROLE-SITE-*", "REQ-MP-DEVICE", "REQ-EP-MOBILE", "REQ-MDM"), rule.InHierarchy("ROLE-SITE-EP", "ROLE-SITE-EPXP")...),
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				enrollment(c, s)
			}
		},
	},
}

// eachWithoutPartner reports the first of a role at each site that lacks another role.
func eachWithoutPartner(c *rule.Check, role, partner string, report func(*model.Assignment)) {
	x := c.Topology.Index
	seen := map[string]bool{}
	for _, a := range x.ByRole[role] {
		code, ok := rule.Decided(c, a.DeclaredSite().NormalizedCode())
		if !ok || seen[code] {
			continue
		}
		seen[code] = true
		switch {
		case x.Count(code, partner) > 0:
		case x.Open:
			c.Undecide()
		default:
			report(a)
		}
	}
}

// namesEnrollmentPoint judges the server that an enrollment proxy point names. Without
// any enrollment point at the site there is nothing to compare.
func namesEnrollmentPoint(c *rule.Check, a *model.Assignment) {
	named := model.BlockSetting(a.EnrollmentProxyPoint, func(e *model.EnrollmentProxyPoint) model.Value[string] { return e.EnrollmentPoint })
	if named.IsNull() {
		return
	}
	host, ok := rule.Decided(c, model.Folded(named, model.FoldHost))
	if !ok {
		return
	}
	points := c.Topology.Index.RolesAt(a.DeclaredSite(), product.RoleEnrollmentPoint)
	if len(points) == 0 {
		return
	}
	for _, point := range points {
		if point.Host() == model.Known(host) {
			return
		}
	}
	if c.Topology.Index.Open {
		c.Undecide()
		return
	}
	c.Violate(rule.Violation{
		On: a, At: model.At("enrollment_proxy_point", "enrollment_point"), Site: a.DeclaredSite(), Related: model.AsDeclared(points),
		Fact:  fmt.Sprintf("%s names a server that is not an enrollment point of its site", a.Label()),
		Found: fmt.Sprintf("enrollment_point = %q; the site has: %s.", named, model.Labels(points)),
	})
}

// enrollmentFromInternet judges where each enrollment proxy point of a site stands that
// accepts devices from the internet.
func enrollmentFromInternet(c *rule.Check, s *model.Site) {
	var inside []*model.Assignment
	for _, a := range c.Topology.Index.RolesAt(s, product.RoleEnrollmentProxyPoint) {
		connections, ok := rule.Decided(c, model.SettingOf(a.EnrollmentProxyPoint, func(e *model.EnrollmentProxyPoint) model.Value[string] { return e.ClientConnections }))
		if ok && connections != model.ConnectionsIntranet && c.Fails(a.DeclaredServer().PerimeterNetwork) {
			inside = append(inside, a)
		}
	}
	if len(inside) == 0 {
		return
	}
	c.Violate(rule.Violation{
		On: inside[0], At: model.At("server"), Site: s, Related: model.AsDeclared(inside),
		Fact:  fmt.Sprintf("%s accepts devices from the internet and does not stand in the perimeter network", inside[0].Label()),
		Found: fmt.Sprintf("perimeter_network = false for the servers of enrollment proxy points of %s that accept the internet: %s.", s.Label(), model.Labels(inside)),
	})
}

// enrollment judges what the mobile devices of a primary site need.
func enrollment(c *rule.Check, s *model.Site) {
	if !c.Holds(s.Is(product.Primary)) {
		return
	}
	counts, ok := rule.Decided(c, s.Clients)
	if !ok {
		return
	}
	devices, ok := rule.Decided(c, counts.MobileDevices)
	if !ok || devices == 0 {
		return
	}
	var missing []string
	lacks := func(has model.Value[bool], what string) {
		if c.Fails(has) {
			missing = append(missing, what)
		}
	}
	// No management point at all is ROLE-CARD-MP-PRI-MIN, one that Macs cannot use
	// either COMM-MAC-MP.
	if points := c.Topology.Index.RolesAt(s, product.RoleManagementPoint); len(points) > 0 && !model.KnownTrue(model.Positive(counts.MacOS)) {
		accepts := model.Known(false)
		if c.Topology.Index.Open {
			accepts = model.Unknown[bool]()
		}
		for _, a := range points {
			accepts = model.Either(accepts, model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[bool] { return m.AllowMobileDevices }))
		}
		lacks(accepts, "a management point that accepts mobile devices")
	}
	lacks(enrollsSomewhere(c), "an enrollment point and an enrollment proxy point at one primary site")
	lacks(hasDistributionPoint(c), "a distribution point")
	if len(missing) == 0 {
		return
	}
	c.Violate(rule.Violation{
		On: s, At: model.At("clients", "mobile_devices"), Site: s,
		Fact:  fmt.Sprintf("the mobile devices of %s lack roles", s.Label()),
		Found: fmt.Sprintf("%d mobile devices are expected; missing: %s.", devices, strings.Join(missing, "; ")),
	})
}

// enrollsSomewhere reports whether a primary site has both roles for enrollment. A
// proxy point without its enrollment point is DEP-EPXP-EP: it counts here.
func enrollsSomewhere(c *rule.Check) model.Value[bool] {
	return anyAssignment(c, product.RoleEnrollmentProxyPoint, func(a *model.Assignment) model.Value[bool] { return a.DeclaredSite().Is(product.Primary) })
}

var partnerRules = []rule.Rule{
	{
		ID: "DEP-RSP-SSRS", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title: "A reporting services point has a report server on its computer",
		Why: "The role uses an instance of SQL Server Reporting Services in native mode or, from version 2002 on, Power BI Report Server on the same " +
			"computer, and reads the site database. The database of the report server may be elsewhere.",
		Fix: `Install SQL Server Reporting Services on the computer, and set reporting_services = "native_mode" in the inventory block of its ` +
			`configmgr_site_system_server.`,
		Sources:   []product.Source{product.ReportingConfiguration.At("SQL Server Reporting Services"), product.ReportingPrerequisites.Source(), product.SQLServerVersions.At("SQL Server Reporting Services")},
		CoveredBy: rule.OnElement("ROLE-SITE-RSP"),
		Hierarchy: func(c *rule.Check) {
			c.EachEquipped(product.RoleReportingServicesPoint, func(a *model.Assignment, s *model.Server, inventory *model.Inventory) {
				kind, ok := rule.Decided(c, inventory.ReportingServices)
				if !ok || kind == model.ReportingNativeMode {
					return
				}
				found := fmt.Sprintf("reporting_services = %q on %s.", kind, model.HostName(s))
				if kind == model.ReportingPowerBI {
					v, ok := c.VersionOf(a.DeclaredSite())
					if !ok || v >= product.VersionPowerBI.Version {
						return
					}
					found = fmt.Sprintf("reporting_services = %q on %s at version %s; the role supports it from version %s on.", kind, model.HostName(s), v, product.VersionPowerBI.Version)
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("server"), Site: a.DeclaredSite(), Related: []model.Declared{s},
					Fact: fmt.Sprintf("%s has no report server that it can use", a.Label()), Found: found,
				})
			})
		},
	},
	{
		ID: "DEP-DWSP-RSP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A data warehouse service point has a reporting services point at its site",
		Why: "The reports of the data warehouse are shown by a reporting services point of the top-level site. Which of the two is installed first does " +
			"not matter.",
		Fix:       `Assign "reporting_services_point" to a server of the site.`,
		Sources:   []product.Source{product.DataWarehouse.At("Prerequisites")},
		CoveredBy: rule.AtSite("ROLE-SITE-*"),
		Hierarchy: func(c *rule.Check) {
			eachWithoutPartner(c, product.RoleDataWarehouse, product.RoleReportingServicesPoint, func(a *model.Assignment) {
				c.Violate(rule.Violation{
					On: a, At: model.At("role"), Site: a.DeclaredSite(),
					Fact:  fmt.Sprintf("%s has no reporting services point for its reports", a.Label()),
					Found: fmt.Sprintf("no role assignment puts a reporting services point at %s.", a.DeclaredSite().Label()),
				})
			})
		},
	},
	{
		ID: "DEP-CMGCP-CMG", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title: "A cloud management gateway connection point names a gateway of the hierarchy",
		Why:   "The connection point is added for one gateway, which has to exist by then.",
		Fix: `Correct cloud_management_gateway in the block of the connection point, or add the gateway to the hierarchy: cloud_management_gateways = { gw ` +
			`= { name = "contosocmg" } }.`,
		Sources: []product.Source{product.PowerShell.At("Add-CMCloudManagementGatewayConnectionPoint")},
		Hierarchy: func(c *rule.Check) {
			for _, a := range c.Topology.Index.ByRole[product.RoleGatewayConnection] {
				namesGateway(c, a)
			}
		},
	},
	{
		ID: "DEP-ACAT", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "up to 1906",
		Title:     "An Application Catalog website point has a web service point",
		Why:       "The website shows what the web service point reads from the site. From version 1910 on neither is supported, which ROLE-LIFE-ACAT says.",
		Fix:       `Assign "application_catalog_web_service_point" as well, or remove the website point: Software Center needs neither.`,
		Sources:   []product.Source{product.ApplicationManagement.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-ACAT"),
		Hierarchy: func(c *rule.Check) {
			for _, a := range c.Topology.Index.ByRole[product.RoleCatalogWebsite] {
				v, ok := c.VersionOf(a.DeclaredSite())
				if !ok || v >= catalogRemoved.Version || !c.Fails(anyAssignment(c, product.RoleCatalogWebService, model.Always)) {
					continue
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("role"), Site: a.DeclaredSite(),
					Fact:  fmt.Sprintf("%s has no web service point", a.Label()),
					Found: `no role assignment has role = "application_catalog_web_service_point".`,
				})
			}
		},
	},
	{
		ID: "DEP-CRP-NDES", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "before 2203",
		Title: "A certificate registration point for SCEP has an NDES server, one for PFX certificates has none",
		Why: "Requests with the Simple Certificate Enrollment Protocol come from a server of the Network Device Enrollment Service with the policy " +
			"module. PFX certificates come from a certification authority of Microsoft or Entrust. One certificate registration point does one or the other.",
		Fix: `For SCEP name the server, as in ndes_server = "ndes01.contoso.com". For PFX certificates remove ndes_server, and assign the role to ` +
			`another server for SCEP.`,
		Sources:   []product.Source{product.CertificateInfrastructure.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-CRP"),
		Roles:     []string{product.RoleCertificateRegistration},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if v, ok := c.Version(); !ok || v >= product.VersionCertificateRegistration.Version {
				return
			}
			crp, ok := rule.Decided(c, a.CertificateRegistration)
			if !ok {
				return
			}
			request, ok := rule.Decided(c, crp.RequestType)
			if !ok {
				return
			}
			v := rule.Violation{At: model.At("certificate_registration_point", "ndes_server")}
			switch {
			case request == model.RequestSCEP && crp.NDESServer.IsNull():
				v.Fact = fmt.Sprintf("%s has no NDES server", a.Label())
				v.Found = fmt.Sprintf("request_type = %q without ndes_server.", request)
			case crp.NDESServer.IsUnknown():
				c.Undecide() // it may turn out to be none
				return
			case request == model.RequestPFX && crp.NDESServer.IsKnown():
				v.Fact = fmt.Sprintf("%s is for PFX certificates and has an NDES server", a.Label())
				v.Found = fmt.Sprintf("request_type = %q together with ndes_server.", request)
			default:
				return
			}
			c.Violate(v)
		},
	},
	{
		ID: "DEP-REMOVE-LAST-MP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "The last management point of a site goes after its clients",
		Why: "Clients that are still assigned to the site when its last management point is removed get no policy any more, and cannot be moved by the " +
			"site. A site that keeps clients without a management point is ROLE-CARD-MP-PRI-MIN.",
		Fix: `First assign the clients to another site, then remove the role. To replace the server, assign "management_point" to the new one and apply ` +
			`before the old one goes.`,
		Sources: []product.Source{product.PowerShell.At("Remove-CMManagementPoint")},
		Hierarchy: func(c *rule.Check) {
			if c.Topology.Prior == nil {
				return
			}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				lastManagementPoint(c, s)
			}
		},
	},
}

// anyAssignment reports whether the hierarchy has a role that fulfills a condition. It
// is undecided while something is not known or listed that could.
func anyAssignment(c *rule.Check, role string, fulfills func(*model.Assignment) model.Value[bool]) model.Value[bool] {
	x := c.Topology.Index
	found := model.Known(false)
	if x.Open || x.IsPartial() || len(c.Topology.Sites) == 0 {
		found = model.Unknown[bool]()
	}
	for _, a := range x.ByRole[role] {
		if found = model.Either(found, fulfills(a)); model.KnownTrue(found) {
			break
		}
	}
	return found
}

// hasDistributionPoint reports whether the hierarchy has a distribution point. Setup
// puts one on the server of a secondary site, which need not be declared.
func hasDistributionPoint(c *rule.Check) model.Value[bool] {
	has := anyAssignment(c, product.RoleDistributionPoint, model.Always)
	for _, s := range c.Topology.Sites {
		if model.KnownTrue(has) {
			break
		}
		if model.KnownTrue(s.Is(product.Secondary)) {
			has = model.Unknown[bool]()
		}
	}
	return has
}

// namesGateway judges the gateway that a connection point names, in a hierarchy that
// lists gateways. Names are compared up to the first dot: the service name of a gateway
// may be written with its domain.
func namesGateway(c *rule.Check, a *model.Assignment) {
	gateways, ok := rule.Decided(c, c.Topology.Hierarchy.Gateways)
	if !ok {
		return
	}
	name, ok := rule.Decided(c, gatewayName(a))
	if !ok {
		return
	}
	// A top-level site that is not listed may have gateways that are not either.
	open := c.Topology.Index.IsPartial()
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
		if model.HostLabel(other) == model.HostLabel(name) {
			return
		}
		listed = append(listed, other)
	}
	if open {
		c.Undecide()
		return
	}
	slices.Sort(listed)
	found := fmt.Sprintf("cloud_management_gateway = %q; the hierarchy has no gateway, or it is not listed here.", name)
	fix := fmt.Sprintf("List the gateway in the hierarchy: cloud_management_gateways = { gw = { name = %q } }.", name)
	if len(listed) > 0 {
		found = fmt.Sprintf("cloud_management_gateway = %q; the hierarchy lists: %s.%s", name, product.Quoted(listed), product.DidYouMean(name, listed))
		fix = fmt.Sprintf("Correct the name, as in cloud_management_gateway = %q, or add the gateway to cloud_management_gateways of the hierarchy.", listed[0])
	}
	c.Violate(rule.Violation{
		On: a, At: model.At("cloud_management_gateway_connection_point", "cloud_management_gateway"), Site: a.DeclaredSite(),
		Fact:  fmt.Sprintf("%s names a gateway that the hierarchy does not have", a.Label()),
		Found: found, Fix: fix,
	})
}

// gatewayName returns the gateway that a connection point names.
func gatewayName(a *model.Assignment) model.Value[string] {
	return model.SettingOf(a.GatewayConnection, func(g *model.GatewayConnection) model.Value[string] { return g.CloudManagementGateway })
}

func namesAGateway(a *model.Assignment) bool { return gatewayName(a).IsKnown() }

// lastManagementPoint compares the management points of a primary site with those that
// it had. Where the design says that the site keeps clients, ROLE-CARD-MP-PRI-MIN is
// the error.
func lastManagementPoint(c *rule.Check, s *model.Site) {
	code, ok := s.NormalizedCode().Get()
	if !ok {
		return
	}
	prior := c.Topology.Prior.Index
	before := prior.Sites[code]
	if before == nil || !c.Holds(s.Is(product.Primary)) || c.Topology.Index.Count(code, product.RoleManagementPoint) > 0 || model.KnownTrue(model.Positive(s.ClientTotal())) {
		return
	}
	var removed []*model.Assignment
	for _, a := range prior.RolesAt(before, product.RoleManagementPoint) {
		if model.Installed(a.Installed) {
			removed = append(removed, a)
		}
	}
	if len(removed) == 0 {
		return
	}
	clients, ok := rule.Decided(c, before.ClientTotal())
	if !ok || clients == 0 {
		return
	}
	if c.Topology.Index.Open {
		c.Undecide()
		return
	}
	c.Violate(rule.Violation{
		On: s, At: model.At("site_code"), Site: s,
		Fact:  fmt.Sprintf("%s loses its last management point while it has clients", s.Label()),
		Found: fmt.Sprintf("%s goes, and the site had %d clients before this change.", model.Labels(removed), clients),
	})
}

var proxyRules = []rule.Rule{
	{
		ID: "DEP-PROXY-BEFORE-SUP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A software update point that uses a proxy is on a server that has one",
		Why: "The proxy is set once for the server; the role only says whether it uses it, for the synchronization and for automatic deployment rules. The " +
			"latter has no effect at a secondary site.",
		Fix:     `Name the proxy on the configmgr_site_system_server, as in proxy { server_name = "proxy.contoso.com" }, or set use_proxy = false.`,
		Sources: []product.Source{product.ProxySupport.At("Software update point"), product.ConfigMgrCBDsc.Source()},
		Roles:   []string{product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			settings, ok := rule.Decided(c, a.SoftwareUpdatePoint)
			if !ok {
				return
			}
			attribute := ""
			switch {
			case c.Holds(settings.UseProxy):
				attribute = "use_proxy"
			case c.Holds(settings.UseProxyForRules) && c.Fails(a.DeclaredSite().Is(product.Secondary)):
				attribute = "use_proxy_for_automatic_deployment_rules"
			}
			if proxy := a.DeclaredServer().Proxy; attribute != "" && c.Fails(model.DeclaredBlock(proxy)) {
				c.Violate(rule.Violation{
					At:    model.At("software_update_point", attribute),
					Fact:  fmt.Sprintf("%s uses a proxy that its server does not have", a.Label()),
					Found: fmt.Sprintf("%s = true, and the server has no proxy block.", attribute),
				})
			}
		},
	},
	{
		ID: "DEP-MCC-PROXY", Severity: rule.SeverityWarning, Basis: rule.Unsupported, Scope: rule.ScopeRole, Versions: "before 2603",
		Title: "Before version 2603, Connected Cache goes to the internet without the proxy of its server",
		Why: "Connected Cache fetches content from the internet itself. It uses the proxy of the site system server from version 2603 on; before, it " +
			"passes that proxy by.",
		Fix:     "Let the server reach the internet without a proxy and remove the proxy block, update the site to version 2603, or set connected_cache = false.",
		Sources: []product.Source{connectedCacheProxy.Source, product.WhatsNew2603.Source()},
		Roles:   []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			d, ok := rule.Decided(c, a.DeclaredDistributionPoint())
			if !ok || !c.Holds(d.ConnectedCache.OrDefault(false)) || !c.Holds(model.DeclaredBlock(a.DeclaredServer().Proxy)) {
				return
			}
			if v, ok := c.VersionOf(a.DeclaredSite()); ok && v < connectedCacheProxy.Version {
				c.Violate(rule.Violation{
					At:    model.At("distribution_point", "connected_cache"),
					Fact:  fmt.Sprintf("%s has Connected Cache behind the proxy of its server", a.Label()),
					Found: fmt.Sprintf("connected_cache = true at version %s, and the server has a proxy block.", v),
				})
			}
		},
	},
	{
		ID: "DEP-PROXY-FIELDS", Severity: rule.SeverityError, Basis: rule.SecondarySource, Scope: rule.ScopeServer,
		Title:   "The proxy of a server has a name and a valid port",
		Why:     "The console and the cmdlet ask for the name when a proxy is switched on; the port is a number from 1 to 65535, 80 unless another one is given.",
		Fix:     `Name the proxy, as in proxy { server_name = "proxy.contoso.com" }, or remove the proxy block.`,
		Sources: []product.Source{product.ProxySupport.Source(), product.PowerShell.At("New-CMSiteSystemServer"), product.LimitPort.Source},
		Server: func(c *rule.Check, s *model.Server) {
			proxy, ok := s.Proxy.Get()
			if !ok {
				c.UndecideIf(s.Proxy.IsUnknown())
				return
			}
			name, ok := proxy.Server.Get()
			if proxy.Server.IsNull() || ok && strings.TrimSpace(name) == "" {
				c.Violate(rule.Violation{
					At:    model.At("proxy", "server_name"),
					Fact:  fmt.Sprintf("%s has a proxy without a name", s.Label()),
					Found: "the proxy block has no server_name.",
				})
			}
			c.UndecideIf(proxy.Server.IsUnknown())
			if port, ok := rule.Decided(c, proxy.Port.OrDefault(model.DefaultProxyPort)); ok && (port < 1 || port > product.LimitPort.Value) {
				c.Violate(rule.Violation{
					At:    model.At("proxy", "port"),
					Fact:  fmt.Sprintf("%s has a proxy with an invalid port", s.Label()),
					Found: fmt.Sprintf("port = %d; possible are 1 to %d.", port, product.LimitPort.Value),
				})
			}
		},
	},
}

// keptDependencies are the rules that no design can break, and those that others say.
var keptDependencies = []rule.Rule{
	{
		ID: "DEP-SCP-UPDATES", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:       "Updates of the product come through the service connection point",
		Why:         "Without one no update appears in the console. In offline mode the service connection tool brings them.",
		Fix:         `Assign "service_connection_point" to a server of the top-level site.`,
		Sources:     []product.Source{product.ServiceConnectionPoint.Source(), product.SiteSystemRoles.At("Service connection point"), product.Updates.Source()},
		Enforcement: rule.CoveredElsewhere,
		Note:        "A missing service connection point is ROLE-CARD-SCP-MIN.",
	},
	{
		ID: "DEP-MCC-DP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:       "Microsoft Connected Cache is on a distribution point",
		Why:         "The cache is a part of the distribution point, which installs and runs it.",
		Fix:         "Set connected_cache = true in the distribution_point block.",
		Sources:     []product.Source{product.ConnectedCache.Source()},
		Enforcement: rule.Inexpressible,
		Note:        "connected_cache is a setting of a distribution point.",
	},
	{
		ID: "DEP-MULTICAST-DP", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title:       "Multicast is on a distribution point",
		Why:         "The product adds multicast to a distribution point that is there.",
		Fix:         "Declare a multicast block in the distribution_point block.",
		Sources:     []product.Source{product.DistributionPoints.At("Multicast"), product.PowerShell.At("Add-CMMulticastServicePoint")},
		Enforcement: rule.Inexpressible,
		Note:        "multicast is a block of a distribution point.",
	},
	{
		ID: "DEP-ACCOUNT-EXCLUSIVE", Severity: rule.SeverityError, Basis: rule.SecondarySource, Scope: rule.ScopeServer,
		Title:       "A server is installed either with an account or with the computer account of the site server",
		Why:         "The two are one choice in the console.",
		Fix:         "Name the account in installation_account, or leave the attribute out for the computer account of the site server.",
		Sources:     []product.Source{product.ConfigMgrCBDsc.Source(), product.PowerShell.At("New-CMSiteSystemServer")},
		Enforcement: rule.Inexpressible,
		Note:        "installation_account of a configmgr_site_system_server is an account or nothing, and nothing is the computer account.",
	},
	{
		ID: "DEP-REMOVE-SYS-LAST", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title:       "A site system server is removed after its roles",
		Why:         "The product does not remove a server that still holds a role.",
		Fix:         "Remove the role assignments and the server in one step, or the role assignments first.",
		Sources:     []product.Source{product.PowerShell.At("Remove-CMSiteSystemServer"), product.ConfigMgrCBDsc.Source()},
		Enforcement: rule.KeptByGraph,
		Note: "A role assignment refers to its server, so that Terraform removes the role first and refuses a configuration that takes away a server " +
			"that is still named.",
	},
	{
		ID: "DEP-SERVER-BEFORE-ROLE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title: "A role is added to a site system server of the same site that exists",
		Why: "First comes the site, then the server, then the role. The site server, the database server and the computers with an SMS Provider are " +
			"site system servers from the start.",
		Fix:         "Declare a configmgr_site_system_server and pass it as server of the role assignment.",
		Sources:     []product.Source{product.PowerShell.Source(), product.InstallSiteSystemRoles.Source(), product.SiteSystemRoles.At("Configuration Manager site system")},
		Enforcement: rule.KeptByGraph,
		Note: "A role assignment takes its server, and a server its site, as an object: Terraform creates them in this order, and the role is at the " +
			"site of its server.",
	},
}
