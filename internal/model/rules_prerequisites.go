package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 16: what has to be on a computer before the site or a role is installed there.
// The inventory of a server says what is. A role assignment does not carry it: what a
// site puts on a computer is judged at the server, what roles need by the hierarchy,
// for the servers that it lists.

// feature is a Windows feature.
type feature struct {
	name string // as Server Manager shows it
	// anyOf are names of Install-WindowsFeature, of which one will do: the first is the
	// one to install, the others take its place or are not installed without it.
	anyOf []string
}

var (
	featureFramework35      = feature{".NET Framework 3.5", []string{"NET-Framework-Core", "NET-HTTP-Activation", "Web-Net-Ext", "Web-Asp-Net"}}
	featureHTTPActivation35 = feature{".NET Framework 3.5 HTTP Activation", []string{"NET-HTTP-Activation"}}
	featureHTTPActivation   = feature{"HTTP Activation", []string{"NET-WCF-HTTP-Activation45", "NET-HTTP-Activation"}}
	featureASPNET           = feature{"ASP.NET 4.5", []string{"NET-Framework-45-ASPNET", "Web-Asp-Net45"}}
	featureCompression      = feature{"Remote Differential Compression", []string{"RDC"}}
	featureBITS             = feature{"BITS Server Extensions", []string{"BITS-IIS-Ext", "BITS"}}
	featureDefender         = feature{"Microsoft Defender Antivirus", []string{"Windows-Defender", "Windows-Defender-Features"}}
	featureDeployment       = feature{"Windows Deployment Services", []string{"WDS", "WDS-Deployment"}}
	featureWSUS             = feature{"Windows Server Update Services", []string{"UpdateServices-Services", "UpdateServices"}}
	featureWSUSConsole      = feature{"the administration console of Windows Server Update Services", []string{"UpdateServices-UI", "UpdateServices-RSAT", "UpdateServices-Services", "UpdateServices"}}

	// featureIIS is there as soon as any role service of it is.
	featureIIS              = feature{"Internet Information Services", []string{"Web-Server"}}
	featureISAPI            = feature{"ISAPI Extensions", []string{"Web-ISAPI-Ext", "Web-Asp-Net", "Web-Asp-Net45"}}
	featureWindowsAuth      = feature{"Windows Authentication", []string{"Web-Windows-Auth"}}
	featureMetabase         = feature{"IIS 6 Metabase Compatibility", []string{"Web-Metabase", "Web-WMI"}}
	featureIISWMI           = feature{"IIS 6 WMI Compatibility", []string{"Web-WMI"}}
	featureDefaultDocument  = feature{"Default Document", []string{"Web-Default-Doc", "Web-Server"}}  // Web-Server brings it
	featureStaticContent    = feature{"Static Content", []string{"Web-Static-Content", "Web-Server"}} // Web-Server brings it
	featureASPNET35OfIIS    = feature{"ASP.NET 3.5", []string{"Web-Asp-Net"}}
	featureASPNET45OfIIS    = feature{"ASP.NET 4.5 of IIS", []string{"Web-Asp-Net45"}}
	featureExtensibility35  = feature{".NET Extensibility 3.5", []string{"Web-Net-Ext", "Web-Asp-Net"}}
	featureExtensibility45  = feature{".NET Extensibility 4.5", []string{"Web-Net-Ext45", "Web-Asp-Net45"}}
	contentFeatures         = []feature{featureISAPI, featureWindowsAuth, featureMetabase, featureIISWMI}
	webApplicationFeatures  = []feature{featureASPNET35OfIIS, featureASPNET45OfIIS, featureExtensibility35, featureExtensibility45, featureMetabase}
	secondaryServerFeatures = slices.Concat([]feature{featureFramework35, featureCompression, featureBITS}, contentFeatures)
)

// Role services of Internet Information Services begin alike; one of Remote Access does
// so too.
const (
	prefixOfIIS = "Web-"
	notOfIIS    = "Web-Application-Proxy"
)

// need is a feature that the computer of a role needs.
type need struct {
	feature feature
	until   Version // the first version that no longer needs it, 0 for none
	// when says whether the role needs it in this design; nil: always. note says so to
	// readers.
	when func(*Assignment, *Server) Value[bool]
	note string
}

func needed(features ...feature) []need {
	needs := make([]need, len(features))
	for i, f := range features {
		needs[i] = need{feature: f}
	}
	return needs
}

// prerequisite is what a role, or what a site puts on a computer, needs there.
type prerequisite struct {
	id   string // of the rule about its features, empty when it needs none
	own  *Rule  // its rule when it needs something else
	what string // as a sentence begins with it
	// role is the role that needs it; put says what the site puts there instead.
	role string
	put  func(*Site, Value[string]) Value[bool]

	needs     []need
	framework bool // it needs a recent .NET Framework
	driver    bool // it needs the ODBC driver
	why       string
	versions  string
	covers    []Cover
	source    Source
}

var prerequisites = []prerequisite{
	{id: "PRE-SS", what: "The site server of a central administration or primary site", needs: needed(featureFramework35, featureCompression), framework: true, driver: true,
		put: func(s *Site, fqdn Value[string]) Value[bool] {
			return both(not(s.is(Secondary)), s.isSiteServer(fqdn))
		},
		why:    "The prerequisite check looks for them before Setup runs; the passive site server needs the same.",
		source: articleSiteSystemPrerequisites.At("Central administration site and primary site servers")},
	{id: "PRE-SEC", what: "A secondary site server", needs: needed(secondaryServerFeatures...), framework: true, driver: true,
		put: func(s *Site, fqdn Value[string]) Value[bool] {
			return both(s.is(Secondary), s.isSiteServer(fqdn))
		},
		why:    "It carries a management point and a distribution point from the start, so that it needs what they need.",
		source: articleSiteSystemPrerequisites.At("Secondary site server")},
	{own: &databaseServerRule, what: "The site database server", put: (*Site).holdsDatabase, driver: true, source: articleSiteSystemPrerequisites.At("Database server")},
	{id: "PRE-PROV", what: "An SMS Provider", needs: []need{{feature: featureIIS, until: 2010}}, framework: true, driver: true, put: (*Site).hasProvider,
		why: "Its administration service used them up to version 2006.", versions: "up to 2006", source: articleSMSProvider.At("Prerequisites")},
	{own: &assetIntelligenceRule, what: "An Asset Intelligence synchronization point", role: roleAssetIntelligence, framework: true, driver: true, source: articleSiteSystemPrerequisites.At("Asset Intelligence synchronization point")},
	{id: "PRE-CRP", what: "A certificate registration point", role: roleCertificateRegistration, framework: true, driver: true,
		needs: needed(featureHTTPActivation, featureASPNET35OfIIS, featureASPNET45OfIIS, featureMetabase, featureIISWMI),
		why:   "It is a web application.", versions: "before 2403",
		covers: onElement("ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK"),
		source: articleSiteSystemPrerequisites.At("Certificate registration point")},
	{own: &warehouseRule, what: "A data warehouse service point", role: roleDataWarehouse, framework: true, source: articleDataWarehouse.At("Prerequisites")},
	{id: "PRE-DP", what: "A distribution point", role: roleDistributionPoint, covers: onHost("PRE-SEC"),
		needs: slices.Concat(
			needed(featureCompression),
			onlyWhen(installsNoIIS, "unless the site installs them", contentFeatures...),
			onlyWhen(usesDeploymentServices, "for PXE or multicast with it", featureDeployment),
		),
		why:    "The site may install Internet Information Services itself: install_iis = true in the distribution_point block.",
		source: articleSiteSystemPrerequisites.At("Distribution point")},
	{id: "PRE-EPP", what: "An Endpoint Protection point", role: roleEndpointProtection, driver: true,
		needs:  append(needed(featureFramework35), onlyWhen(hasDefender, "from Windows Server 2016 on", featureDefender)...),
		why:    "The role uses the engine of Windows to read malware definitions.",
		source: articleSiteSystemPrerequisites.At("Endpoint Protection point")},
	{id: "PRE-EP", what: "An enrollment point", role: roleEnrollmentPoint, framework: true, driver: true,
		needs:  needed(slices.Concat([]feature{featureFramework35, featureHTTPActivation35, featureASPNET, featureDefaultDocument}, webApplicationFeatures)...),
		why:    "It is a web application.",
		source: articleSiteSystemPrerequisites.At("Enrollment point")},
	{id: "PRE-EPXP", what: "An enrollment proxy point", role: roleEnrollmentProxyPoint, framework: true,
		needs:  needed(slices.Concat([]feature{featureFramework35, featureDefaultDocument, featureStaticContent, featureWindowsAuth}, webApplicationFeatures)...),
		why:    "It is a web application.",
		source: articleSiteSystemPrerequisites.At("Enrollment proxy point")},
	{id: "PRE-FSP", what: "A fallback status point", role: roleFallbackStatusPoint, needs: needed(featureBITS, featureIIS, featureMetabase),
		why:    "It is a web application.",
		source: articleSiteSystemPrerequisites.At("Fallback status point")},
	{id: "PRE-MP", what: "A management point", role: roleManagementPoint, needs: needed(slices.Concat([]feature{featureBITS}, contentFeatures)...), framework: true, driver: true,
		covers: onHost("PRE-SEC"),
		why:    "Its installation fails without them.",
		source: articleSiteSystemPrerequisites.At("Management point")},
	{own: &reportServerRule, what: "A reporting services point", role: roleReportingServicesPoint, framework: true, driver: true, source: articleSiteSystemPrerequisites.At("Reporting services point")},
	{id: "PRE-SCP", what: "A service connection point", role: roleServiceConnectionPoint, needs: needed(featureFramework35), framework: true, driver: true,
		why:    "The role does not work without it; in online mode it needs a way to the internet as well.",
		source: articleSiteSystemPrerequisites.At("Service connection point")},
	{id: "PRE-SUP", what: "A software update point", role: roleSoftwareUpdatePoint, needs: needed(featureFramework35, featureWSUS, featureIIS), framework: true, driver: true,
		why:    "The role configures the WSUS of its computer and does not install it. WSUS has the version of Windows Server; on 2016 to 2022 it needs an update of February 2023 or later to serve updates of the Unified Update Platform.",
		source: articleSiteSystemPrerequisites.At("Software update point")},
	{id: "PRE-SMP", what: "A state migration point", role: roleStateMigrationPoint, framework: true, driver: true,
		needs:  needed(slices.Concat([]feature{featureFramework35, featureHTTPActivation35, featureASPNET, featureDefaultDocument}, webApplicationFeatures)...),
		why:    "It is a web application.",
		source: articleSiteSystemPrerequisites.At("State migration point")},
	{what: "A cloud management gateway connection point", role: roleGatewayConnection, framework: true, source: articleSiteSystemPrerequisites.At(".NET version requirements")},
}

func onlyWhen(when func(*Assignment, *Server) Value[bool], note string, features ...feature) []need {
	needs := needed(features...)
	for i := range needs {
		needs[i].when, needs[i].note = when, note
	}
	return needs
}

// installsNoIIS reports whether Internet Information Services is left to the
// administrator of a distribution point.
func installsNoIIS(a *Assignment, _ *Server) Value[bool] {
	return not(settingOf(a.DistributionPoint, func(d *DistributionPoint) Value[bool] { return d.InstallIIS }))
}

// usesDeploymentServices reports whether a distribution point needs Windows Deployment
// Services; without the setting it does not.
func usesDeploymentServices(a *Assignment, _ *Server) Value[bool] {
	d, ok := a.distributionPoint().Get()
	if !ok {
		return Unknown[bool]()
	}
	pxe, ok := d.PXE.OrDefault("").Get()
	if !ok {
		return either(declaredBlock(d.Multicast), Unknown[bool]())
	}
	return either(declaredBlock(d.Multicast), Known(pxe == PXEWindowsDeploymentServices))
}

// hasDefender reports whether the operating system of a server has Microsoft Defender
// Antivirus as a feature: every server system from Windows Server 2016 on.
func hasDefender(_ *Assignment, s *Server) Value[bool] {
	os := s.operatingSystem()
	if os == nil {
		return Unknown[bool]()
	}
	return Known(os.RefusedFrom == 0)
}

// prerequisiteRules is group 16.
var prerequisiteRules = slices.Concat(featureRules(), installedVersionRules(), certificateRules)

// featureRules are the rules of the table, in its order.
func featureRules() []Rule {
	var rules []Rule
	for i := range prerequisites {
		p := &prerequisites[i]
		switch {
		case p.own != nil:
			rules = append(rules, *p.own)
		case p.id != "":
			rules = append(rules, p.rule())
		}
	}
	for i := range rules {
		rules[i].Severity, rules[i].Basis, rules[i].Scope = SeverityWarning, Documented, ScopeRole
	}
	return rules
}

// The rules of the rows that need other things than Windows features.
var (
	databaseServerRule = Rule{
		ID:          "PRE-DB",
		Title:       "The site database server has what Setup needs there",
		Why:         "Setup reaches the computer through its Remote Registry service, and the site uses a supported SQL Server with a recent ODBC driver.",
		Fix:         `Start the Remote Registry service before Setup runs, and set odbc_driver_version = "18.4.1.1" or later in the inventory block of the server.`,
		Sources:     []Source{articleSiteSystemPrerequisites.At("Database server")},
		Enforcement: CoveredElsewhere,
		Note:        "The driver is the subject of PRE-ODBC and the version of SQL Server that of DB-VERSION. Whether a service runs while Setup does is nothing that a design declares.",
	}
	assetIntelligenceRule = Rule{
		ID:          "PRE-AISP",
		Title:       "The server of an Asset Intelligence synchronization point has what the role needs",
		Why:         "The role needs a recent .NET Framework and, from version 2309 on, the ODBC driver for SQL Server.",
		Fix:         `Set dotnet_version = "4.8" and odbc_driver_version = "18.4.1.1", or later ones, in the inventory block of the server, once they are there.`,
		Sources:     []Source{articleSiteSystemPrerequisites.At("Asset Intelligence synchronization point")},
		Enforcement: CoveredElsewhere,
		Note:        "The role needs nothing but what PRE-DOTNET-462, PRE-DOTNET-48 and PRE-ODBC are about.",
	}
	warehouseRule = Rule{
		ID: "PRE-DWSP", Versions: "up to 2103",
		Title:   "The server of a data warehouse service point has .NET Framework 4.5.2 or later",
		Why:     "The role does not work with an older one. From version 2107 on every role needs more, which PRE-DOTNET-462 and PRE-DOTNET-48 are about. The database of the data warehouse needs SQL Server 2012 or later.",
		Fix:     `Install .NET Framework 4.8 on the computer and set dotnet_version = "4.8" in the inventory block of its configmgr_site_system_server.`,
		Sources: []Source{articleDataWarehouse.At("Prerequisites"), articleSiteSystemPrerequisites.At(".NET version requirements")},
		hierarchy: func(c *check) {
			c.eachEquipped(roleDataWarehouse, func(a *Assignment, s *Server, inventory *Inventory) {
				v, ok := c.versionOf(a.site())
				if !ok || v >= frameworkFloors[0].from {
					return
				}
				version, ok := decided(c, inventory.DotNetVersion)
				if ok && c.fails(atLeast(version, warehouseFramework.least)) {
					c.violate(lacking(a, s, fmt.Sprintf("dotnet_version = %q on %s; the role needs %s or later.", version, hostName(s), warehouseFramework.least)))
				}
			})
		},
	}
	reportServerRule = Rule{
		ID:          "PRE-RSP",
		Title:       "The server of a reporting services point has a report server that the role supports",
		Why:         "The role connects to SQL Server Reporting Services in native mode or, from version 2002 on, to Power BI Report Server. SharePoint integrated mode is not supported.",
		Fix:         `Install SQL Server Reporting Services on the computer, and set reporting_services = "native_mode" in the inventory block of its configmgr_site_system_server.`,
		Sources:     []Source{articleSiteSystemPrerequisites.At("Reporting services point"), articleReportingPrerequisites.Source()},
		Enforcement: CoveredElsewhere,
		Note:        "The role cannot be installed without one: DEP-RSP-SSRS compares the inventory of the server with what the role needs.",
	}
)

// rule is the rule about the features of the row.
func (p *prerequisite) rule() Rule {
	var names []string
	for _, n := range p.needs {
		name := n.feature.name
		if n.note != "" {
			name += " (" + n.note + ")"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	r := Rule{
		ID: p.id, Versions: p.versions, CoveredBy: p.covers,
		Title:   p.what + " has the Windows features that it needs",
		Why:     fmt.Sprintf("%s needs these features: %s. %s", p.what, strings.Join(names, "; "), p.why),
		Fix:     fmt.Sprintf(`Install what is missing, as in Install-WindowsFeature -Name %[1]s, and add it to windows_features in the inventory block of the configmgr_site_system_server: windows_features = [..., %[1]q].`, p.needs[0].feature.anyOf[0]),
		Sources: []Source{p.source},
	}
	if p.put != nil {
		r.server = p.judgeServer
		return r
	}
	r.hierarchy = func(c *check) {
		c.eachEquipped(p.role, func(a *Assignment, s *Server, inventory *Inventory) { p.judgeRole(c, a, s, inventory) })
	}
	return r
}

// lowerFirst turns the beginning of a sentence into a part of one.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// judgeServer judges the computer of what the site puts there.
func (p *prerequisite) judgeServer(c *check, s *Server) {
	inventory, ok := decided(c, s.Inventory)
	if !ok || !c.holds(p.put(siteOf(s), s.FQDN)) {
		return
	}
	if missing := c.missingFeatures(p.needs, nil, s, inventory); len(missing) > 0 {
		c.violate(violation{
			at:    At("inventory", "windows_features"),
			fact:  fmt.Sprintf("%s lacks Windows features that %s needs", s.label(), lowerFirst(p.what)),
			found: fmt.Sprintf("windows_features of %s does not list %s.", hostName(s), featureList(missing)),
			fix:   installation(missing),
		})
	}
}

// judgeRole judges the computer of a role.
func (p *prerequisite) judgeRole(c *check, a *Assignment, s *Server, inventory *Inventory) {
	// Windows clients name their features in other ways.
	if os := s.operatingSystem(); os != nil && os.Client {
		c.undecide()
		return
	}
	if missing := c.missingFeatures(p.needs, a, s, inventory); len(missing) > 0 {
		v := lacking(a, s, fmt.Sprintf("windows_features of %s does not list %s.", hostName(s), featureList(missing)))
		v.fix = installation(missing)
		c.violate(v)
	}
}

// lacking reports a role that lacks something on its computer.
func lacking(a *Assignment, s *Server, found string) violation {
	return violation{
		on: a, at: At("server"), site: a.site(), related: []declared{s},
		fact: fmt.Sprintf("%s lacks prerequisites", a.label()), found: found,
	}
}

// missingFeatures returns the features that an inventory lacks. The assignment is nil
// for what the site puts on the computer.
func (c *check) missingFeatures(needs []need, a *Assignment, s *Server, inventory *Inventory) []feature {
	installed, ok := decided(c, inventory.WindowsFeatures)
	if !ok {
		return nil
	}
	var missing []feature
	for _, n := range needs {
		if n.until != 0 {
			if v, ok := c.versionOf(siteOf(s)); !ok || v >= n.until {
				continue
			}
		}
		if n.when != nil && !c.holds(n.when(a, s)) {
			continue
		}
		if c.fails(n.feature.among(installed)) {
			missing = append(missing, n.feature)
		}
	}
	return missing
}

// among reports whether a feature is among the installed ones.
func (f feature) among(installed []Value[string]) Value[bool] {
	if f.anyOf[0] == featureIIS.anyOf[0] {
		for _, entry := range installed {
			name, _ := entry.Get()
			if len(name) > len(prefixOfIIS) && strings.EqualFold(name[:len(prefixOfIIS)], prefixOfIIS) && !strings.EqualFold(name, notOfIIS) {
				return Known(true)
			}
		}
	}
	return lists(installed, f.anyOf...)
}

// featureList names features in a sentence.
func featureList(features []feature) string {
	names := make([]string, len(features))
	for i, f := range features {
		names[i] = fmt.Sprintf("%q (%s)", f.anyOf[0], f.name)
	}
	return strings.Join(names, ", ")
}

// installation tells how to install features.
func installation(features []feature) string {
	names, quotedNames := make([]string, len(features)), make([]string, len(features))
	for i, f := range features {
		names[i], quotedNames[i] = f.anyOf[0], fmt.Sprintf("%q", f.anyOf[0])
	}
	return fmt.Sprintf("Run Install-WindowsFeature -Name %s on the computer, and add %s to windows_features in the inventory block of its configmgr_site_system_server.",
		strings.Join(names, ", "), and(quotedNames))
}

// eachEquipped visits the assignments of a role whose server is listed with its
// inventory, and makes the server the computer that findings are about.
func (c *check) eachEquipped(role string, visit func(*Assignment, *Server, *Inventory)) {
	x := c.topology.index
	servers := x.serverOf[role]
	for i, a := range x.byRole[role] {
		s := servers[i]
		if s == nil {
			continue // the index is open
		}
		inventory, ok := decided(c, s.Inventory)
		if !ok {
			continue
		}
		c.host, _ = a.host().Get()
		visit(a, s, inventory)
	}
	c.host = ""
	c.openCount()
}
