package prerequisites

import (
	"fmt"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The versions of what has to be installed beside Windows, and certificates.

// Which versions of each program a version of the product takes stands in the table of the
// releases.

// warehouseFramework is the oldest .NET Framework of a data warehouse service point.
var warehouseFramework = product.Framework{Least: "4.5.2", Source: product.DataWarehouse.At("Prerequisites")}

// validatedDriver is the driver that the newest release ships and was tested with.
const validatedDriver = "18.6.2.1"

func requiredFramework(r product.Release) product.Framework    { return r.Framework }
func recommendedFramework(r product.Release) product.Framework { return r.Recommended }

// installedVersionRules are about programs of which the site needs a version.
func installedVersionRules() []rule.Rule {
	return []rule.Rule{
		programRule(rule.Rule{
			ID: "PRE-DOTNET-462", Severity: rule.SeverityError, Basis: rule.Refused, Versions: "from 2107",
			Title: "Site servers and site systems have .NET Framework 4.6.2 or later",
			Why: "The prerequisite check refuses a site server with an older one from version 2111 on, and warns in 2107. On other site systems Setup " +
				"installs 4.6.2 itself and then asks for a restart.",
			Fix: `Install .NET Framework 4.8 on the computer, restart it, and set dotnet_version = "4.8" in the inventory block of its ` +
				`configmgr_site_system_server.`,
			Sources: []product.Source{product.PrerequisiteChecks.At("Required version of Microsoft .NET Framework"), product.SiteSystemPrerequisites.At(".NET version requirements")},
		}, func(p *prerequisite) bool { return p.programs().Framework }, framework(requiredFramework)),
		programRule(rule.Rule{
			ID: "PRE-DOTNET-48", Severity: rule.SeverityWarning, Basis: rule.Conflict, Versions: "from 2303",
			Title: "Site servers and site systems have .NET Framework 4.8 or later",
			Why: "The article about prerequisites requires it, while the prerequisite check only warns. Without it, service connection points and " +
				"management points do not work as they should. The programs of version 2609 are made for 4.7.2.",
			Fix: `Install .NET Framework 4.8 on the computer, restart it, and set dotnet_version = "4.8" in the inventory block of its ` +
				`configmgr_site_system_server.`,
			Sources:   []product.Source{product.SiteSystemPrerequisites.At(".NET version requirements"), product.PrerequisiteChecks.At("Recommended version of Microsoft .NET Framework"), product.WhatsNew2609.At(".NET Framework applications upgraded to version 4.7.2")},
			CoveredBy: rule.OnElement("PRE-DOTNET-462"),
		}, func(p *prerequisite) bool { return p.programs().Framework }, framework(recommendedFramework)),
		programRule(rule.Rule{
			ID: "PRE-ODBC", Severity: rule.SeverityError, Basis: rule.Refused, Versions: "from 2309",
			Title: "What connects to the site database has a recent ODBC Driver 18 for SQL Server",
			Why: "Setup and updates refuse a site server whose driver is older than 18.1.0 from version 2309 on, than 18.4.1.1 from version 2503 on, and than " +
				"18.6.2.1 from version 2609 on. The documentation asks the same of database servers, SMS Providers and most roles. Two releases have a fault: " +
				"18.6.1.1, and up to version 2603 also 18.7.1.1.",
			Fix: fmt.Sprintf("Install Microsoft ODBC Driver 18 for SQL Server on the computer in the release that was tested last, and set it in the "+
				"inventory block of the configmgr_site_system_server: odbc_driver_version = %q.", validatedDriver),
			Sources: []product.Source{product.PrerequisiteChecks.At("ODBC driver for SQL Server"), product.WhatsNew2309.At("Introducing SQL ODBC driver support"), product.SiteSystemPrerequisites.At("Microsoft ODBC Driver for SQL Server on the site server"), product.WhatsNew2609.At("SQL Server drivers updated")},
		}, func(p *prerequisite) bool { return p.programs().Driver }, checkDriver),
		{
			ID: "PRE-ADK", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
			Title: "Site servers and SMS Providers have a supported Windows ADK with Windows PE",
			Why: "The site builds boot images with it: Deployment Tools and Windows PE on every SMS Provider and on the site servers of central " +
				"administration and primary sites, active or passive, and there the User State Migration Tool as well. Each version supports some releases of the " +
				"kit; one that the list of its version does not have is not supported.",
			Fix: `Install the kit and its add-on for Windows PE on the computer, and say so in the inventory block of its configmgr_site_system_server: ` +
				`adk_components = ["deployment_tools", "windows_pe", "user_state_migration_tool"].`,
			Sources: []product.Source{product.WindowsADK.At("Windows ADK versions"), product.SiteSystemPrerequisites.Source(), product.SMSProvider.At("Prerequisites")},
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

// releaseOf returns the row that the version of a server's site is judged by, and the
// version.
func releaseOf(c *rule.Check, s *model.Server) (product.Release, product.Version, bool) {
	v, ok := c.VersionOf(rule.SiteOf(s))
	if !ok {
		return product.Release{}, 0, false
	}
	release, ok := product.ReleaseFor(v)
	return release, v, ok
}

// framework judges the .NET Framework of a computer. Its releases leave out parts that are
// zero: 4.8 is 4.8.0.
func framework(of func(product.Release) product.Framework) func(*rule.Check, *model.Server, *model.Inventory, bool) {
	return func(c *rule.Check, s *model.Server, inventory *model.Inventory, siteServer bool) {
		release, v, ok := releaseOf(c, s)
		floor := of(release)
		if !ok || floor.Least == "" {
			return
		}
		installed, ok := rule.Decided(c, inventory.DotNetVersion)
		if !ok || !c.Holds(olderFramework(installed, floor.Least)) {
			return
		}
		severity := rule.SeverityWarning
		if floor.Blocks {
			severity = rule.SeverityError
		}
		unfit(c, s, "dotnet_version", "a .NET Framework that is too old", fmt.Sprintf("dotnet_version = %q; version %s needs %s or later.", installed, v, floor.Least), severity, siteServer)
	}
}

// olderFramework reports whether a .NET Framework is older than another one.
func olderFramework(installed, least string) model.Value[bool] {
	if installed == model.NotInstalled {
		return model.Known(true)
	}
	order, ok := product.CompareReleases(installed, least)
	if !ok {
		return model.Unknown[bool]()
	}
	return model.Known(order < 0)
}

// checkDriver judges the ODBC driver of a computer.
func checkDriver(c *rule.Check, s *model.Server, inventory *model.Inventory, siteServer bool) {
	release, v, ok := releaseOf(c, s)
	if !ok || release.Driver.Least == "" {
		return
	}
	installed, ok := rule.Decided(c, inventory.ODBCDriverVersion)
	if !ok {
		return
	}
	const attribute = "odbc_driver_version"
	if c.Fails(model.AtLeast(installed, release.Driver.Least)) {
		unfit(c, s, attribute, "no ODBC driver for SQL Server that is recent enough", fmt.Sprintf("odbc_driver_version = %q; version %s needs %s or later.", installed, v, release.Driver.Least), rule.SeverityError, siteServer)
		return
	}
	if slices.ContainsFunc(release.Driver.Faulty, func(faulty string) bool { return product.SameRelease(installed, faulty) }) {
		unfit(c, s, attribute, "a release of the ODBC driver for SQL Server with a fault", fmt.Sprintf("odbc_driver_version = %q, a release that version %s "+
			"does not work with.", installed, v), rule.SeverityWarning, siteServer)
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
				continue // an SMS Provider does not need it
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

// adkRelease judges the release of the Windows ADK by the list of the version.
func adkRelease(c *rule.Check, s *model.Server, inventory *model.Inventory) {
	kit, okKit := rule.Decided(c, inventory.ADKVersion)
	release, v, okRelease := releaseOf(c, s)
	if !okKit || !okRelease {
		return
	}
	list := release.Kits
	is := func(listed string) bool { return product.SameRelease(kit, listed) }
	supported, refused := slices.ContainsFunc(list.Supported, is), slices.ContainsFunc(list.Refused, is)
	switch parts, ok := product.DottedParts(kit); {
	case !ok, len(parts) < 3, supported && refused:
		c.Undecide() // it may be one or the other
		return
	case supported:
		return
	case !refused && len(list.Supported) == 0:
		c.Undecide() // no article has the list of this version
		return
	}
	finding := rule.Violation{
		At:   model.At("inventory", "adk_version"),
		Fact: fmt.Sprintf("version %s does not support the Windows ADK of %s", v, s.Label()),
	}
	if len(list.Supported) == 0 {
		finding.Found = fmt.Sprintf("adk_version = %q, which no version supports.", kit)
	} else {
		newest := list.Supported[len(list.Supported)-1]
		finding.Found = fmt.Sprintf("adk_version = %q; version %s supports %s.", kit, v, product.Quoted(list.Supported))
		finding.Fix = fmt.Sprintf("Install that kit with its add-on for Windows PE instead, and set adk_version = %q in the inventory block of the "+
			"configmgr_site_system_server.", fullKit(newest))
	}
	if !refused && newerThanList(kit, v, list) {
		// The list may have been written before there was the kit, or the version.
		finding.Severity = rule.SeverityWarning
	}
	c.Violate(finding)
}

// newerThanList reports whether the list of a version may be too old to know a kit: a later
// build of one that it has, or any later one for a version that the releases do not have yet.
func newerThanList(kit string, v product.Version, list product.Kits) bool {
	for _, listed := range list.Supported {
		order, ok := product.CompareReleases(kit, listed)
		parts, _ := product.DottedParts(listed)
		given, _ := product.DottedParts(kit)
		if ok && order > 0 && slices.Equal(parts[:3], given[:min(3, len(given))]) {
			return true
		}
	}
	return v > product.NewestVersion() && !slices.ContainsFunc(slices.Concat(list.Supported, list.Refused), func(listed string) bool {
		order, ok := product.CompareReleases(kit, listed)
		return !ok || order < 0
	})
}

// fullKit is a release of the kit as an installation shows it.
func fullKit(listed string) string {
	if parts, ok := product.DottedParts(listed); ok && len(parts) == 3 {
		return listed + ".1"
	}
	return listed
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
		Title: "The server of a role that uses HTTPS has its certificates",
		Why: "A role that uses HTTPS needs a web server certificate; management points and state migration points need a client certificate beside it, " +
			"with which the server monitors them. A distribution point that uses HTTPS presents a client certificate as well: a self-signed one serves until " +
			"every management point of the site uses HTTPS.",
		Fix: `Issue the certificates and name them in the inventory block of the configmgr_site_system_server: certificates = ["web_server", "client"]. ` +
			`For a distribution point, import the client certificate and set certificate = "pki" in the distribution_point block.`,
		Sources:     []product.Source{product.PKICertificates.At("PKI certificates for servers")},
		MemberRoles: rolesWithCertificates(),
		Member: func(c *rule.Check, a *model.Assignment) {
			s, inventory, ok := c.Equipped(a)
			if !ok {
				return
			}
			for _, need := range certificateNeeds {
				if a.Role == model.Known(need.role) {
					certificates(c, need, a, s, inventory)
				}
			}
		},
		Hierarchy: selfSigned,
	},
}

func rolesWithCertificates() []string {
	roles := make([]string, len(certificateNeeds))
	for i, need := range certificateNeeds {
		roles[i] = need.role
	}
	return roles
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
	c.OpenCount()
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
