package prerequisites

import (
	"fmt"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The versions of what has to be installed beside Windows, and certificates.

// Floor is the oldest version of a program that a version of the product accepts.
type Floor struct {
	From  product.Version
	Least string
	// severity is that at a site server, where the prerequisite check looks; other site
	// systems get a warning at most.
	severity rule.Severity
	Source   product.Source
}

// faultyRelease is a release of a program that the site does not work with.
type faultyRelease struct {
	Release string
	Until   product.Version // the first version of the product that takes it, 0 for none
	Source  product.Source
}

// The numbers of the chapter. They are exported for the test that holds every documented
// number to a design on each side of it.
var (
	warehouseFramework = Floor{Least: "4.5.2", severity: rule.SeverityWarning, Source: product.DataWarehouse.At("Prerequisites")}

	FrameworkFloors = []Floor{
		{2107, "4.6.2", rule.SeverityWarning, product.PrerequisiteChecks.At("Required version of Microsoft .NET Framework")},
		{2111, "4.6.2", rule.SeverityError, product.PrerequisiteChecks.At("Required version of Microsoft .NET Framework")},
	}
	// The article calls it required, the prerequisite check only warns.
	RecommendedFrameworks = []Floor{{2303, "4.8", rule.SeverityWarning, product.SiteSystemPrerequisites.At(".NET version requirements")}}

	DriverFloors = []Floor{
		{2309, "18.1.0", rule.SeverityError, product.WhatsNew2309.At("Introducing SQL ODBC driver support")},
		{2503, "18.4.1.1", rule.SeverityError, product.PrerequisiteChecks.At("ODBC driver for SQL Server")},
		{2509, "18.4.4.1", rule.SeverityWarning, product.WhatsNew2509.Source()},                         // the other articles keep 18.4.1.1
		{2609, "18.6.2.1", rule.SeverityWarning, product.SiteSystemPrerequisites.At("SQL ODBC driver")}, // from a rendered copy only
	}
	// From a rendered copy only.
	FaultyDrivers = []faultyRelease{
		{"18.6.1.1", 0, product.SiteSystemPrerequisites.At("SQL ODBC driver")},
		{"18.7.1.1", 2609, product.SiteSystemPrerequisites.At("SQL ODBC driver")},
	}
)

// adkSupport lists the releases of the Windows ADK that versions of the product support.
type adkSupport struct {
	From, Until product.Version // Until is the first version that the table does not tell about
	Releases    []string
	source      product.Source
}

// ADKTable is the support of the Windows ADK, by version of the product.
var (
	ADKTable = []adkSupport{
		{2211, 2303, []string{"10.1.19041", "10.1.20348", "10.1.22000", "10.1.22621"}, product.WindowsADK.Source()},
		{2303, 2409, []string{"10.1.19041", "10.1.20348", "10.1.22000", "10.1.22621", "10.1.26100.1"}, product.WindowsADK.Source()},
	}
)

// unsupportedADK is a release that no version of the product supports.
var unsupportedADK = faultyRelease{"10.1.25398.1", 0, product.WindowsADK.Source()}

// installedVersionRules are about programs of which the site needs a version.
func installedVersionRules() []rule.Rule {
	return []rule.Rule{
		programRule(rule.Rule{
			ID: "PRE-DOTNET-462", Severity: rule.SeverityError, Basis: rule.Refused, Versions: "from 2107",
			Title:   "Site servers and site systems have .NET Framework 4.6.2 or later",
			Why:     "The prerequisite check refuses a site server with an older one from version 2111 on, and warns in 2107. On other site systems Setup installs 4.6.2 itself and then asks for a restart.",
			Fix:     `Install .NET Framework 4.8 on the computer, restart it, and set dotnet_version = "4.8" in the inventory block of its configmgr_site_system_server.`,
			Sources: []product.Source{FrameworkFloors[0].Source, product.SiteSystemPrerequisites.At(".NET version requirements")},
		}, func(p *prerequisite) bool { return p.framework }, framework(FrameworkFloors)),
		programRule(rule.Rule{
			ID: "PRE-DOTNET-48", Severity: rule.SeverityWarning, Basis: rule.Conflict, Versions: "from 2303",
			Title:     "Site servers and site systems have .NET Framework 4.8 or later",
			Why:       "The article about prerequisites requires it, while the prerequisite check only warns. Without it, service connection points and management points do not work as they should.",
			Fix:       `Install .NET Framework 4.8 on the computer, restart it, and set dotnet_version = "4.8" in the inventory block of its configmgr_site_system_server.`,
			Sources:   []product.Source{RecommendedFrameworks[0].Source},
			CoveredBy: rule.OnElement("PRE-DOTNET-462"),
		}, func(p *prerequisite) bool { return p.framework }, framework(RecommendedFrameworks)),
		programRule(rule.Rule{
			ID: "PRE-ODBC", Severity: rule.SeverityError, Basis: rule.Refused, Versions: "from 2309",
			Title:   "What connects to the site database has a recent ODBC Driver 18 for SQL Server",
			Why:     "Setup refuses a site server whose driver is older than 18.1.0 from version 2309 on, and older than 18.4.1.1 from version 2503 on. The documentation asks the same of database servers, SMS Providers and most roles; about the releases since then the articles do not agree.",
			Fix:     `Install the newest Microsoft ODBC Driver 18 for SQL Server on the computer, and set its version in the inventory block of the configmgr_site_system_server, such as odbc_driver_version = "18.6.2.1".`,
			Sources: []product.Source{DriverFloors[0].Source, DriverFloors[1].Source, product.SiteSystemPrerequisites.At("SQL ODBC driver"), DriverFloors[2].Source},
		}, func(p *prerequisite) bool { return p.driver }, checkDriver),
		{
			ID: "PRE-ADK", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
			Title:   "Site servers and SMS Providers have a supported Windows ADK with Windows PE",
			Why:     "The site builds boot images with it: Deployment Tools and Windows PE on every SMS Provider and on the site servers of central administration and primary sites, active or passive, and there the User State Migration Tool as well. Not every release of the kit works with every version.",
			Fix:     `Install the kit and its add-on for Windows PE on the computer, and say so in the inventory block of its configmgr_site_system_server: adk_version = "10.1.26100.1" and adk_components = ["deployment_tools", "windows_pe", "user_state_migration_tool"].`,
			Sources: []product.Source{ADKTable[0].source, product.SiteSystemPrerequisites.Source(), product.SMSProvider.At("Prerequisites")},
			Server:  checkADK,
		},
	}
}

// programRule completes a rule about a version of something on the computers of what
// some rows of the table are about: what the site puts there is judged at the server,
// roles by the hierarchy.
func programRule(r rule.Rule, concerns func(*prerequisite) bool, judge func(c *rule.Check, s *model.Server, inventory *model.Inventory, siteServer bool)) rule.Rule {
	r.Scope = rule.ScopeServer
	r.Server = func(c *rule.Check, s *model.Server) {
		inventory, ok := rule.Decided(c, s.Inventory)
		if !ok {
			return
		}
		site := rule.SiteOf(s)
		here := model.Known(false)
		for i := range Prerequisites {
			if p := &Prerequisites[i]; p.Put != nil && concerns(p) {
				here = model.Either(here, p.Put(site, s.FQDN))
			}
		}
		if !c.Holds(here) {
			return
		}
		if siteServer, ok := rule.Decided(c, site.IsSiteServer(s.FQDN)); ok {
			judge(c, s, inventory, siteServer)
		}
	}
	r.Hierarchy = func(c *rule.Check) {
		for i := range Prerequisites {
			if p := &Prerequisites[i]; p.Role != "" && concerns(p) {
				c.EachEquipped(p.Role, func(_ *model.Assignment, s *model.Server, inventory *model.Inventory) {
					if siteServer, ok := rule.Decided(c, rule.SiteOf(s).IsSiteServer(s.FQDN)); ok {
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
func worst(c *rule.Check, floors []Floor, v product.Version, installed string) *Floor {
	var worst *Floor
	for i := range floors {
		f := &floors[i]
		if v >= f.From && c.Fails(model.AtLeast(installed, f.Least)) && (worst == nil || f.severity >= worst.severity) {
			worst = f
		}
	}
	return worst
}

// unfit reports a program that the site does not work with. Only at a site server it is
// more than a warning.
func unfit(c *rule.Check, s *model.Server, attribute, what, found string, severity rule.Severity, siteServer bool) {
	if !siteServer {
		severity = rule.SeverityWarning
	}
	c.Violate(rule.Violation{
		On: s, At: model.At("inventory", attribute), Site: rule.SiteOf(s), Severity: severity,
		Fact: fmt.Sprintf("%s has %s", s.Label(), what), Found: found,
	})
}

// framework judges the .NET Framework of a computer.
func framework(floors []Floor) func(*rule.Check, *model.Server, *model.Inventory, bool) {
	return func(c *rule.Check, s *model.Server, inventory *model.Inventory, siteServer bool) {
		v, ok := c.VersionOf(rule.SiteOf(s))
		if !ok || v < floors[0].From {
			return
		}
		installed, ok := rule.Decided(c, inventory.DotNetVersion)
		if !ok {
			return
		}
		if f := worst(c, floors, v, installed); f != nil {
			unfit(c, s, "dotnet_version", "a .NET Framework that is too old", fmt.Sprintf("dotnet_version = %q; version %s needs %s or later.", installed, v, f.Least), f.severity, siteServer)
		}
	}
}

// checkDriver judges the ODBC driver of a computer.
func checkDriver(c *rule.Check, s *model.Server, inventory *model.Inventory, siteServer bool) {
	v, ok := c.VersionOf(rule.SiteOf(s))
	if !ok || v < DriverFloors[0].From {
		return
	}
	installed, ok := rule.Decided(c, inventory.ODBCDriverVersion)
	if !ok {
		return
	}
	const attribute = "odbc_driver_version"
	if f := worst(c, DriverFloors, v, installed); f != nil {
		unfit(c, s, attribute, "no ODBC driver for SQL Server that is recent enough", fmt.Sprintf("odbc_driver_version = %q; version %s needs %s or later.", installed, v, f.Least), f.severity, siteServer)
		return
	}
	for _, faulty := range FaultyDrivers {
		if product.SameRelease(installed, faulty.Release) && rule.Spans(0, faulty.Until, v) {
			unfit(c, s, attribute, "a release of the ODBC driver for SQL Server with a fault", fmt.Sprintf("odbc_driver_version = %q, a release that version %s does not work with.", installed, v), rule.SeverityWarning, siteServer)
		}
	}
}

// checkADK judges the Windows ADK of a site server or an SMS Provider.
func checkADK(c *rule.Check, s *model.Server) {
	inventory, ok := rule.Decided(c, s.Inventory)
	if !ok {
		return
	}
	site := rule.SiteOf(s)
	siteServer := model.Both(model.Not(site.Is(product.Secondary)), site.IsSiteServer(s.FQDN))
	if !c.Holds(model.Either(siteServer, site.HasProvider(s.FQDN))) {
		return
	}
	if components, ok := rule.Decided(c, inventory.ADKComponents); ok {
		var missing []string
		for _, component := range model.ADKComponents() {
			if component == model.ADKUserState && !c.Holds(siteServer) {
				continue // SMS Providers do without
			}
			if c.Fails(model.Lists(components, component)) {
				missing = append(missing, fmt.Sprintf("%q", component))
			}
		}
		if len(missing) > 0 {
			c.Violate(rule.Violation{
				At:    model.At("inventory", "adk_components"),
				Fact:  fmt.Sprintf("%s lacks the Windows ADK that the site needs there", s.Label()),
				Found: fmt.Sprintf("adk_components does not list %s.", model.And(missing)),
			})
		}
	}
	adkRelease(c, s, inventory)
}

// adkRelease judges the release of the Windows ADK: an error where it is said to be
// unsupported, a warning where a table of its time does not list it.
func adkRelease(c *rule.Check, s *model.Server, inventory *model.Inventory) {
	release, okRelease := rule.Decided(c, inventory.ADKVersion)
	v, okVersion := c.VersionOf(rule.SiteOf(s))
	if !okRelease || !okVersion {
		return
	}
	finding := rule.Violation{
		At:   model.At("inventory", "adk_version"),
		Fact: fmt.Sprintf("the Windows ADK of %s is not known to work", s.Label()),
	}
	if product.SameRelease(release, unsupportedADK.Release) {
		finding.Found = fmt.Sprintf("adk_version = %q, which no version supports.", release)
		c.Violate(finding)
		return
	}
	i := slices.IndexFunc(ADKTable, func(row adkSupport) bool { return rule.Spans(row.From, row.Until, v) })
	last := len(ADKTable) - 1
	newer := i < 0 && v >= ADKTable[last].Until
	if newer {
		i = last
	}
	if i < 0 {
		c.Undecide() // older than the table
		return
	}
	row := ADKTable[i]
	if slices.ContainsFunc(row.Releases, func(listed string) bool { return product.SameRelease(release, listed) }) {
		return
	}
	// A later version of the product may support a later release of the kit.
	if above, ok := model.AtLeast(release, row.Releases[len(row.Releases)-1]).Get(); !ok || above && newer {
		c.Undecide()
		return
	}
	finding.Severity = rule.SeverityWarning
	finding.Found = fmt.Sprintf("adk_version = %q is not on the list for version %s: %s.", release, v, product.Quoted(row.Releases))
	c.Violate(finding)
}

// certificateNeed is what a role that uses HTTPS needs of a public key infrastructure.
type certificateNeed struct {
	role  string
	https func(*model.Assignment) model.Value[bool]
	// client says that the server checks the role with a client certificate.
	client bool
}

func usesHTTPS(protocol model.Value[string]) model.Value[bool] {
	p, ok := protocol.Get()
	if !ok {
		return model.Unknown[bool]()
	}
	return model.Known(p == model.ProtocolHTTPS)
}

func managementPointHTTPS(a *model.Assignment) model.Value[bool] {
	return usesHTTPS(model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[string] { return m.Protocol }))
}

func distributionPointHTTPS(a *model.Assignment) model.Value[bool] {
	return usesHTTPS(model.SettingOf(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[string] { return d.Protocol }))
}

var certificateNeeds = []certificateNeed{
	{role: product.RoleManagementPoint, https: managementPointHTTPS, client: true},
	{role: product.RoleDistributionPoint, https: distributionPointHTTPS},
	{role: product.RoleSoftwareUpdatePoint, https: func(a *model.Assignment) model.Value[bool] {
		return usesHTTPS(model.SettingOf(a.SoftwareUpdatePoint, func(s *model.SoftwareUpdatePoint) model.Value[string] { return s.Protocol }))
	}},
	// It has no protocol of its own.
	{role: product.RoleStateMigrationPoint, client: true, https: func(a *model.Assignment) model.Value[bool] {
		mode, ok := a.DeclaredSite().Communication.Get()
		if !ok {
			return model.Unknown[bool]()
		}
		return model.Known(mode == model.CommunicationHTTPSOnly)
	}},
	{role: product.RoleEnrollmentPoint, https: model.Always},
	{role: product.RoleEnrollmentProxyPoint, https: model.Always},
	{role: product.RoleCertificateRegistration, https: model.Always},
}

var certificateRules = []rule.Rule{
	{
		ID: "PRE-PKI", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "The server of a role that uses HTTPS has its certificates",
		Why:     "A role that uses HTTPS needs a web server certificate; management points and state migration points need a client certificate beside it, with which the server monitors them. A distribution point that uses HTTPS presents a client certificate as well: a self-signed one serves until every management point of the site uses HTTPS.",
		Fix:     `Issue the certificates and name them in the inventory block of the configmgr_site_system_server: certificates = ["web_server", "client"]. For a distribution point, import the client certificate and set certificate = "pki" in the distribution_point block.`,
		Sources: []product.Source{product.PKICertificates.At("PKI certificates for servers")},
		Hierarchy: func(c *rule.Check) {
			for _, need := range certificateNeeds {
				c.EachEquipped(need.role, func(a *model.Assignment, s *model.Server, inventory *model.Inventory) {
					certificates(c, need, a, s, inventory)
				})
			}
			selfSigned(c)
		},
	},
}

// certificates judges the certificates on the computer of a role.
func certificates(c *rule.Check, need certificateNeed, a *model.Assignment, s *model.Server, inventory *model.Inventory) {
	if !c.Holds(need.https(a)) {
		return
	}
	present, ok := rule.Decided(c, inventory.Certificates)
	if !ok {
		return
	}
	var missing []string
	if c.Fails(model.Lists(present, model.CertificateWebServer)) {
		missing = append(missing, fmt.Sprintf("%q", model.CertificateWebServer))
	}
	if need.client && c.Fails(model.Lists(present, model.CertificateClient)) {
		missing = append(missing, fmt.Sprintf("%q", model.CertificateClient))
	}
	if len(missing) > 0 {
		c.Violate(lacking(a, s, fmt.Sprintf("the role uses HTTPS, and certificates of %s does not list %s.", model.HostName(s), model.And(missing))))
	}
}

// selfSigned judges the certificates that distribution points present to the management
// points of their site.
func selfSigned(c *rule.Check) {
	x := c.Topology.Index
	byCode := map[string]model.Value[bool]{} // every management point uses HTTPS
	for _, a := range x.ByRole[product.RoleManagementPoint] {
		code, ok := a.DeclaredSite().NormalizedCode().Get()
		if !ok {
			continue // the index is open
		}
		if before, seen := byCode[code]; seen {
			byCode[code] = model.Both(before, managementPointHTTPS(a))
		} else {
			byCode[code] = managementPointHTTPS(a)
		}
	}
	for _, a := range x.ByRole[product.RoleDistributionPoint] {
		certificate, ok := rule.Decided(c, model.SettingOf(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[string] { return d.Certificate }))
		if !ok || certificate != model.CertificateSelfSigned || !c.Holds(distributionPointHTTPS(a)) {
			continue
		}
		code, ok := a.DeclaredSite().NormalizedCode().Get()
		if !ok {
			continue
		}
		switch all := byCode[code]; {
		case all.IsUnknown():
			c.Undecide()
		case !model.KnownTrue(all):
		case x.Open, !model.KnownTrue(a.DeclaredSite().Is(product.Primary)):
			// A secondary site uses the management points of its primary site as well.
			c.Undecide()
		default:
			c.Host, _ = a.Host().Get()
			c.Violate(rule.Violation{
				On: a, At: model.At("distribution_point", "certificate"), Site: a.DeclaredSite(),
				Fact:  fmt.Sprintf("%s presents a self-signed certificate where only HTTPS is left", a.Label()),
				Found: fmt.Sprintf("certificate = %q, and every management point of site %s uses HTTPS.", certificate, code),
			})
			c.Host = ""
		}
	}
}
