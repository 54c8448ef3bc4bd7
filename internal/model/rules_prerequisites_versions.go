package model

import (
	"fmt"
	"slices"
)

// Group 16: the versions of what has to be installed beside Windows, and certificates.

// floor is the oldest version of a program that a version of the product accepts.
type floor struct {
	from  Version
	least string
	// severity is that at a site server, where the prerequisite check looks; other site
	// systems get a warning at most.
	severity Severity
	source   Source
}

// faultyRelease is a release of a program that the site does not work with.
type faultyRelease struct {
	release string
	until   Version // the first version of the product that takes it, 0 for none
	source  Source
}

var (
	warehouseFramework = floor{least: "4.5.2", severity: SeverityWarning, source: articleDataWarehouse.At("Prerequisites")}
	versionPowerBI     = milestone{2002, articleSiteSystemPrerequisites.At("Reporting services point")}

	frameworkFloors = []floor{
		{2107, "4.6.2", SeverityWarning, articlePrerequisiteChecks.At("Required version of Microsoft .NET Framework")},
		{2111, "4.6.2", SeverityError, articlePrerequisiteChecks.At("Required version of Microsoft .NET Framework")},
	}
	// The article calls it required, the prerequisite check only warns.
	recommendedFrameworks = []floor{{2303, "4.8", SeverityWarning, articleSiteSystemPrerequisites.At(".NET version requirements")}}

	driverFloors = []floor{
		{2309, "18.1.0", SeverityError, articleWhatsNew2309.At("Introducing SQL ODBC driver support")},
		{2503, "18.4.1.1", SeverityError, articlePrerequisiteChecks.At("ODBC driver for SQL Server")},
		{2509, "18.4.4.1", SeverityWarning, articleWhatsNew2509.Source()},                         // the other articles keep 18.4.1.1
		{2609, "18.6.2.1", SeverityWarning, articleSiteSystemPrerequisites.At("SQL ODBC driver")}, // from a rendered copy only
	}
	// From a rendered copy only.
	faultyDrivers = []faultyRelease{
		{"18.6.1.1", 0, articleSiteSystemPrerequisites.At("SQL ODBC driver")},
		{"18.7.1.1", 2609, articleSiteSystemPrerequisites.At("SQL ODBC driver")},
	}
)

// adkSupport lists the releases of the Windows ADK that versions of the product support.
type adkSupport struct {
	from, until Version // until is the first version that the table does not tell about
	releases    []string
	source      Source
}

var (
	adkTable = []adkSupport{
		{2211, 2303, []string{"10.1.19041", "10.1.20348", "10.1.22000", "10.1.22621"}, articleWindowsADK.Source()},
		{2303, 2409, []string{"10.1.19041", "10.1.20348", "10.1.22000", "10.1.22621", "10.1.26100.1"}, articleWindowsADK.Source()},
	}
)

// unsupportedADK is a release that no version of the product supports.
var unsupportedADK = faultyRelease{"10.1.25398.1", 0, articleWindowsADK.Source()}

// installedVersionRules are about programs of which the site needs a version.
func installedVersionRules() []Rule {
	return []Rule{
		programRule(Rule{
			ID: "PRE-DOTNET-462", Severity: SeverityError, Basis: Refused, Versions: "from 2107",
			Title:   "Site servers and site systems have .NET Framework 4.6.2 or later",
			Why:     "The prerequisite check refuses a site server with an older one from version 2111 on, and warns in 2107. On other site systems Setup installs 4.6.2 itself and then asks for a restart.",
			Fix:     `Install .NET Framework 4.8 on the computer, restart it, and set dotnet_version = "4.8" in the inventory block of its configmgr_site_system_server.`,
			Sources: []Source{frameworkFloors[0].source, articleSiteSystemPrerequisites.At(".NET version requirements")},
		}, func(p *prerequisite) bool { return p.framework }, framework(frameworkFloors)),
		programRule(Rule{
			ID: "PRE-DOTNET-48", Severity: SeverityWarning, Basis: Conflict, Versions: "from 2303",
			Title:     "Site servers and site systems have .NET Framework 4.8 or later",
			Why:       "The article about prerequisites requires it, while the prerequisite check only warns. Without it, service connection points and management points do not work as they should.",
			Fix:       `Install .NET Framework 4.8 on the computer, restart it, and set dotnet_version = "4.8" in the inventory block of its configmgr_site_system_server.`,
			Sources:   []Source{recommendedFrameworks[0].source},
			CoveredBy: onElement("PRE-DOTNET-462"),
		}, func(p *prerequisite) bool { return p.framework }, framework(recommendedFrameworks)),
		programRule(Rule{
			ID: "PRE-ODBC", Severity: SeverityError, Basis: Refused, Versions: "from 2309",
			Title:   "What connects to the site database has a recent ODBC Driver 18 for SQL Server",
			Why:     "Setup refuses a site server whose driver is older than 18.1.0 from version 2309 on, and older than 18.4.1.1 from version 2503 on. The documentation asks the same of database servers, SMS Providers and most roles; about the releases since then the articles do not agree.",
			Fix:     `Install the newest Microsoft ODBC Driver 18 for SQL Server on the computer, and set its version in the inventory block of the configmgr_site_system_server, such as odbc_driver_version = "18.6.2.1".`,
			Sources: []Source{driverFloors[0].source, driverFloors[1].source, articleSiteSystemPrerequisites.At("SQL ODBC driver"), driverFloors[2].source},
		}, func(p *prerequisite) bool { return p.driver }, checkDriver),
		{
			ID: "PRE-ADK", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
			Title:   "Site servers and SMS Providers have a supported Windows ADK with Windows PE",
			Why:     "The site builds boot images with it: Deployment Tools and Windows PE on every SMS Provider and on the site servers of central administration and primary sites, active or passive, and there the User State Migration Tool as well. Not every release of the kit works with every version.",
			Fix:     `Install the kit and its add-on for Windows PE on the computer, and say so in the inventory block of its configmgr_site_system_server: adk_version = "10.1.26100.1" and adk_components = ["deployment_tools", "windows_pe", "user_state_migration_tool"].`,
			Sources: []Source{adkTable[0].source, articleSiteSystemPrerequisites.Source(), articleSMSProvider.At("Prerequisites")},
			server:  checkADK,
		},
	}
}

// programRule completes a rule about a version of something on the computers of what
// some rows of the table are about: what the site puts there is judged at the server,
// roles by the hierarchy.
func programRule(r Rule, concerns func(*prerequisite) bool, judge func(c *check, s *Server, inventory *Inventory, siteServer bool)) Rule {
	r.Scope = ScopeServer
	r.server = func(c *check, s *Server) {
		inventory, ok := decided(c, s.Inventory)
		if !ok {
			return
		}
		site := siteOf(s)
		here := Known(false)
		for i := range prerequisites {
			if p := &prerequisites[i]; p.put != nil && concerns(p) {
				here = either(here, p.put(site, s.FQDN))
			}
		}
		if !c.holds(here) {
			return
		}
		if siteServer, ok := decided(c, site.isSiteServer(s.FQDN)); ok {
			judge(c, s, inventory, siteServer)
		}
	}
	r.hierarchy = func(c *check) {
		for i := range prerequisites {
			if p := &prerequisites[i]; p.role != "" && concerns(p) {
				c.eachEquipped(p.role, func(_ *Assignment, s *Server, inventory *Inventory) {
					if siteServer, ok := decided(c, siteOf(s).isSiteServer(s.FQDN)); ok {
						judge(c, s, inventory, siteServer)
					}
				})
			}
		}
	}
	return r
}

// worst returns the floor that a version is most severely below, nil when it is below
// none.
func (c *check) worst(floors []floor, v Version, installed string) *floor {
	var worst *floor
	for i := range floors {
		f := &floors[i]
		if v >= f.from && c.fails(atLeast(installed, f.least)) && (worst == nil || f.severity >= worst.severity) {
			worst = f
		}
	}
	return worst
}

// unfit reports a program that the site does not work with. Only at a site server it is
// more than a warning.
func (c *check) unfit(s *Server, attribute, what, found string, severity Severity, siteServer bool) {
	if !siteServer {
		severity = SeverityWarning
	}
	c.violate(violation{
		on: s, at: At("inventory", attribute), site: siteOf(s), severity: severity,
		fact: fmt.Sprintf("%s has %s", s.label(), what), found: found,
	})
}

// framework judges the .NET Framework of a computer.
func framework(floors []floor) func(*check, *Server, *Inventory, bool) {
	return func(c *check, s *Server, inventory *Inventory, siteServer bool) {
		v, ok := c.versionOf(siteOf(s))
		if !ok || v < floors[0].from {
			return
		}
		installed, ok := decided(c, inventory.DotNetVersion)
		if !ok {
			return
		}
		if f := c.worst(floors, v, installed); f != nil {
			c.unfit(s, "dotnet_version", "a .NET Framework that is too old", fmt.Sprintf("dotnet_version = %q; version %s needs %s or later.", installed, v, f.least), f.severity, siteServer)
		}
	}
}

// checkDriver judges the ODBC driver of a computer.
func checkDriver(c *check, s *Server, inventory *Inventory, siteServer bool) {
	v, ok := c.versionOf(siteOf(s))
	if !ok || v < driverFloors[0].from {
		return
	}
	installed, ok := decided(c, inventory.ODBCDriverVersion)
	if !ok {
		return
	}
	const attribute = "odbc_driver_version"
	if f := c.worst(driverFloors, v, installed); f != nil {
		c.unfit(s, attribute, "no ODBC driver for SQL Server that is recent enough", fmt.Sprintf("odbc_driver_version = %q; version %s needs %s or later.", installed, v, f.least), f.severity, siteServer)
		return
	}
	for _, faulty := range faultyDrivers {
		if sameRelease(installed, faulty.release) && spans(0, faulty.until, v) {
			c.unfit(s, attribute, "a release of the ODBC driver for SQL Server with a fault", fmt.Sprintf("odbc_driver_version = %q, a release that version %s does not work with.", installed, v), SeverityWarning, siteServer)
		}
	}
}

// checkADK judges the Windows ADK of a site server or an SMS Provider.
func checkADK(c *check, s *Server) {
	inventory, ok := decided(c, s.Inventory)
	if !ok {
		return
	}
	site := siteOf(s)
	siteServer := both(not(site.is(Secondary)), site.isSiteServer(s.FQDN))
	if !c.holds(either(siteServer, site.hasProvider(s.FQDN))) {
		return
	}
	if components, ok := decided(c, inventory.ADKComponents); ok {
		var missing []string
		for _, component := range ADKComponents() {
			if component == ADKUserState && !c.holds(siteServer) {
				continue // SMS Providers do without
			}
			if c.fails(lists(components, component)) {
				missing = append(missing, fmt.Sprintf("%q", component))
			}
		}
		if len(missing) > 0 {
			c.violate(violation{
				at:    At("inventory", "adk_components"),
				fact:  fmt.Sprintf("%s lacks the Windows ADK that the site needs there", s.label()),
				found: fmt.Sprintf("adk_components does not list %s.", and(missing)),
			})
		}
	}
	c.adkRelease(s, inventory)
}

// adkRelease judges the release of the Windows ADK: an error where it is said to be
// unsupported, a warning where a table of its time does not list it.
func (c *check) adkRelease(s *Server, inventory *Inventory) {
	release, okRelease := decided(c, inventory.ADKVersion)
	v, okVersion := c.versionOf(siteOf(s))
	if !okRelease || !okVersion {
		return
	}
	finding := violation{
		at:   At("inventory", "adk_version"),
		fact: fmt.Sprintf("the Windows ADK of %s is not known to work", s.label()),
	}
	if sameRelease(release, unsupportedADK.release) {
		finding.found = fmt.Sprintf("adk_version = %q, which no version supports.", release)
		c.violate(finding)
		return
	}
	i := slices.IndexFunc(adkTable, func(row adkSupport) bool { return spans(row.from, row.until, v) })
	last := len(adkTable) - 1
	newer := i < 0 && v >= adkTable[last].until
	if newer {
		i = last
	}
	if i < 0 {
		c.undecide() // older than the table
		return
	}
	row := adkTable[i]
	if slices.ContainsFunc(row.releases, func(listed string) bool { return sameRelease(release, listed) }) {
		return
	}
	// A later version of the product may support a later release of the kit.
	if above, ok := atLeast(release, row.releases[len(row.releases)-1]).Get(); !ok || above && newer {
		c.undecide()
		return
	}
	finding.severity = SeverityWarning
	finding.found = fmt.Sprintf("adk_version = %q is not on the list for version %s: %s.", release, v, quoted(row.releases))
	c.violate(finding)
}

// certificateNeed is what a role that uses HTTPS needs of a public key infrastructure.
type certificateNeed struct {
	role  string
	https func(*Assignment) Value[bool]
	// client says that the server checks the role with a client certificate.
	client bool
}

func usesHTTPS(protocol Value[string]) Value[bool] {
	p, ok := protocol.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(p == ProtocolHTTPS)
}

func managementPointHTTPS(a *Assignment) Value[bool] {
	return usesHTTPS(settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.Protocol }))
}

func distributionPointHTTPS(a *Assignment) Value[bool] {
	return usesHTTPS(settingOf(a.DistributionPoint, func(d *DistributionPoint) Value[string] { return d.Protocol }))
}

var certificateNeeds = []certificateNeed{
	{role: roleManagementPoint, https: managementPointHTTPS, client: true},
	{role: roleDistributionPoint, https: distributionPointHTTPS},
	{role: roleSoftwareUpdatePoint, https: func(a *Assignment) Value[bool] {
		return usesHTTPS(settingOf(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[string] { return s.Protocol }))
	}},
	// It has no protocol of its own.
	{role: roleStateMigrationPoint, client: true, https: func(a *Assignment) Value[bool] {
		mode, ok := a.site().Communication.Get()
		if !ok {
			return Unknown[bool]()
		}
		return Known(mode == CommunicationHTTPSOnly)
	}},
	{role: roleEnrollmentPoint, https: always},
	{role: roleEnrollmentProxyPoint, https: always},
	{role: roleCertificateRegistration, https: always},
}

var certificateRules = []Rule{
	{
		ID: "PRE-PKI", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "The server of a role that uses HTTPS has its certificates",
		Why:     "A role that uses HTTPS needs a web server certificate; management points and state migration points need a client certificate beside it, with which the server monitors them. A distribution point that uses HTTPS presents a client certificate as well: a self-signed one serves until every management point of the site uses HTTPS.",
		Fix:     `Issue the certificates and name them in the inventory block of the configmgr_site_system_server: certificates = ["web_server", "client"]. For a distribution point, import the client certificate and set certificate = "pki" in the distribution_point block.`,
		Sources: []Source{articlePKICertificates.At("PKI certificates for servers")},
		hierarchy: func(c *check) {
			for _, need := range certificateNeeds {
				c.eachEquipped(need.role, func(a *Assignment, s *Server, inventory *Inventory) { c.certificates(need, a, s, inventory) })
			}
			c.selfSigned()
		},
	},
}

// certificates judges the certificates on the computer of a role.
func (c *check) certificates(need certificateNeed, a *Assignment, s *Server, inventory *Inventory) {
	if !c.holds(need.https(a)) {
		return
	}
	present, ok := decided(c, inventory.Certificates)
	if !ok {
		return
	}
	var missing []string
	if c.fails(lists(present, CertificateWebServer)) {
		missing = append(missing, fmt.Sprintf("%q", CertificateWebServer))
	}
	if need.client && c.fails(lists(present, CertificateClient)) {
		missing = append(missing, fmt.Sprintf("%q", CertificateClient))
	}
	if len(missing) > 0 {
		c.violate(lacking(a, s, fmt.Sprintf("the role uses HTTPS, and certificates of %s does not list %s.", hostName(s), and(missing))))
	}
}

// selfSigned judges the certificates that distribution points present to the management
// points of their site.
func (c *check) selfSigned() {
	x := c.topology.index
	byCode := map[string]Value[bool]{} // every management point uses HTTPS
	for _, a := range x.byRole[roleManagementPoint] {
		code, ok := a.site().code().Get()
		if !ok {
			continue // the index is open
		}
		if before, seen := byCode[code]; seen {
			byCode[code] = both(before, managementPointHTTPS(a))
		} else {
			byCode[code] = managementPointHTTPS(a)
		}
	}
	for _, a := range x.byRole[roleDistributionPoint] {
		certificate, ok := decided(c, settingOf(a.DistributionPoint, func(d *DistributionPoint) Value[string] { return d.Certificate }))
		if !ok || certificate != CertificateSelfSigned || !c.holds(distributionPointHTTPS(a)) {
			continue
		}
		code, ok := a.site().code().Get()
		if !ok {
			continue
		}
		switch all := byCode[code]; {
		case all.IsUnknown():
			c.undecide()
		case !knownTrue(all):
		case x.open, !knownTrue(a.site().is(Primary)):
			// A secondary site uses the management points of its primary site as well.
			c.undecide()
		default:
			c.host, _ = a.host().Get()
			c.violate(violation{
				on: a, at: At("distribution_point", "certificate"), site: a.site(),
				fact:  fmt.Sprintf("%s presents a self-signed certificate where only HTTPS is left", a.label()),
				found: fmt.Sprintf("certificate = %q, and every management point of site %s uses HTTPS.", certificate, code),
			})
			c.host = ""
		}
	}
}
