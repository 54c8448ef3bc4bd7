package prerequisites

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What has to be on a computer before the site or a role is installed there.
// The inventory of a server says what is. A role assignment does not carry it: what a
// site puts on a computer is judged at the server, what roles need by the hierarchy,
// for the servers that it lists.

var (
	featureFramework35      = product.Feature{Name: ".NET Framework 3.5", AnyOf: []string{"NET-Framework-Core", "NET-HTTP-Activation", "Web-Net-Ext", "Web-Asp-Net"}}
	featureHTTPActivation35 = product.Feature{Name: ".NET Framework 3.5 HTTP Activation", AnyOf: []string{"NET-HTTP-Activation"}}
	featureHTTPActivation   = product.Feature{Name: "HTTP Activation", AnyOf: []string{"NET-WCF-HTTP-Activation45", "NET-HTTP-Activation"}}
	featureASPNET           = product.Feature{Name: "ASP.NET 4.5", AnyOf: []string{"NET-Framework-45-ASPNET", "Web-Asp-Net45"}}
	featureCompression      = product.Feature{Name: "Remote Differential Compression", AnyOf: []string{"RDC"}}
	featureBITS             = product.Feature{Name: "BITS Server Extensions", AnyOf: []string{"BITS-IIS-Ext", "BITS"}}
	featureDefender         = product.Feature{Name: "Microsoft Defender Antivirus", AnyOf: []string{"Windows-Defender", "Windows-Defender-Features"}}
	featureDeployment       = product.Feature{Name: "Windows Deployment Services", AnyOf: []string{"WDS", "WDS-Deployment"}}
	featureWSUS             = product.Feature{Name: "Windows Server Update Services", AnyOf: []string{"UpdateServices-Services", "UpdateServices"}}

	featureISAPI            = product.Feature{Name: "ISAPI Extensions", AnyOf: []string{"Web-ISAPI-Ext", "Web-Asp-Net", "Web-Asp-Net45"}}
	featureWindowsAuth      = product.Feature{Name: "Windows Authentication", AnyOf: []string{"Web-Windows-Auth"}}
	featureMetabase         = product.Feature{Name: "IIS 6 Metabase Compatibility", AnyOf: []string{"Web-Metabase", "Web-WMI"}}
	featureIISWMI           = product.Feature{Name: "IIS 6 WMI Compatibility", AnyOf: []string{"Web-WMI"}}
	featureDefaultDocument  = product.Feature{Name: "Default Document", AnyOf: []string{"Web-Default-Doc", "Web-Server"}}  // Web-Server brings it
	featureStaticContent    = product.Feature{Name: "Static Content", AnyOf: []string{"Web-Static-Content", "Web-Server"}} // Web-Server brings it
	featureASPNET35OfIIS    = product.Feature{Name: "ASP.NET 3.5", AnyOf: []string{"Web-Asp-Net"}}
	featureASPNET45OfIIS    = product.Feature{Name: "ASP.NET 4.5 of IIS", AnyOf: []string{"Web-Asp-Net45"}}
	featureExtensibility35  = product.Feature{Name: ".NET Extensibility 3.5", AnyOf: []string{"Web-Net-Ext", "Web-Asp-Net"}}
	featureExtensibility45  = product.Feature{Name: ".NET Extensibility 4.5", AnyOf: []string{"Web-Net-Ext45", "Web-Asp-Net45"}}
	contentFeatures         = []product.Feature{featureISAPI, featureWindowsAuth, featureMetabase, featureIISWMI}
	webApplicationFeatures  = []product.Feature{featureASPNET35OfIIS, featureASPNET45OfIIS, featureExtensibility35, featureExtensibility45, featureMetabase}
	secondaryServerFeatures = slices.Concat([]product.Feature{featureFramework35, featureCompression, featureBITS}, contentFeatures)
)

// need is a feature that the computer of a role needs.
type need struct {
	feature product.Feature
	until   product.Version // the first version that no longer needs it, 0 for none
	// when says whether the role needs it in this design; nil: always. note says so to
	// readers.
	when func(*model.Assignment, *model.Server) model.Value[bool]
	note string
}

func needed(features ...product.Feature) []need {
	needs := make([]need, len(features))
	for i, f := range features {
		needs[i] = need{feature: f}
	}
	return needs
}

// prerequisite is what a role, or what a site puts on a computer, needs there.
type prerequisite struct {
	id   string     // of the rule about its features, empty when it needs none
	own  *rule.Rule // its rule when it needs something else
	What string     // as a sentence begins with it
	// role is the role that needs it; put says what the site puts there instead.
	Role string
	Put  func(*model.Site, model.Value[string]) model.Value[bool]

	part string // what Put puts there, as product.ProgramsOf names it

	needs    []need
	why      string
	versions string
	covers   []rule.Cover
	source   product.Source
}

// programs are what it needs besides features of Windows.
func (p *prerequisite) programs() product.Programs { return product.ProgramsOf(cmp.Or(p.Role, p.part)) }

// Prerequisites are what roles need on their computers.
var Prerequisites = []prerequisite{
	{id: "PRE-SS", part: product.PartSiteServer, What: "The site server of a central administration or primary site", needs: needed(featureFramework35, featureCompression),
		Put: func(s *model.Site, fqdn model.Value[string]) model.Value[bool] {
			return model.Both(model.Not(s.Is(product.Secondary)), s.IsSiteServer(fqdn))
		},
		why:    "The prerequisite check looks for them before Setup runs; the passive site server needs the same.",
		source: product.SiteSystemPrerequisites.At("Central administration site and primary site servers")},
	{id: "PRE-SEC", part: product.PartSiteServer, What: "A secondary site server", needs: needed(secondaryServerFeatures...),
		Put: func(s *model.Site, fqdn model.Value[string]) model.Value[bool] {
			return model.Both(s.Is(product.Secondary), s.IsSiteServer(fqdn))
		},
		why:    "It carries a management point and a distribution point from the start, so that it needs what they need.",
		source: product.SiteSystemPrerequisites.At("Secondary site server")},
	{own: &databaseServerRule, part: product.PartSiteDatabaseServer, What: "The site database server", Put: (*model.Site).HoldsDatabase, source: product.SiteSystemPrerequisites.At("Database server")},
	{id: "PRE-PROV", part: product.PartSMSProvider, What: "An SMS Provider", needs: []need{{feature: product.FeatureIIS, until: 2010}}, Put: (*model.Site).HasProvider,
		why: "Its administration service used them up to version 2006.", versions: "up to 2006", source: product.SMSProvider.At("Prerequisites")},
	{own: &assetIntelligenceRule, What: "An Asset Intelligence synchronization point", Role: product.RoleAssetIntelligence, source: product.SiteSystemPrerequisites.At("Asset Intelligence synchronization point")},
	{id: "PRE-CRP", What: "A certificate registration point", Role: product.RoleCertificateRegistration,
		needs: needed(featureHTTPActivation, featureASPNET35OfIIS, featureASPNET45OfIIS, featureMetabase, featureIISWMI),
		why:   "It is a web application.", versions: "before 2403",
		covers: rule.OnElement("ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK"),
		source: product.SiteSystemPrerequisites.At("Certificate registration point")},
	{own: &warehouseRule, What: "A data warehouse service point", Role: product.RoleDataWarehouse, source: product.DataWarehouse.At("Prerequisites")},
	{id: "PRE-DP", What: "A distribution point", Role: product.RoleDistributionPoint, covers: rule.OnHost("PRE-SEC"),
		needs: slices.Concat(
			needed(featureCompression),
			onlyWhen(installsNoIIS, "unless the site installs them", contentFeatures...),
			onlyWhen(usesDeploymentServices, "for PXE or multicast with it", featureDeployment),
		),
		why:    "The site may install Internet Information Services itself: install_iis = true in the distribution_point block.",
		source: product.SiteSystemPrerequisites.At("Distribution point")},
	{id: "PRE-EPP", What: "An Endpoint Protection point", Role: product.RoleEndpointProtection,
		needs:  append(needed(featureFramework35), onlyWhen(hasDefender, "from Windows Server 2016 on", featureDefender)...),
		why:    "The role uses the engine of Windows to read malware definitions.",
		source: product.SiteSystemPrerequisites.At("Endpoint Protection point")},
	{id: "PRE-EP", What: "An enrollment point", Role: product.RoleEnrollmentPoint,
		needs:  needed(slices.Concat([]product.Feature{featureFramework35, featureHTTPActivation35, featureASPNET, featureDefaultDocument}, webApplicationFeatures)...),
		why:    "It is a web application.",
		source: product.SiteSystemPrerequisites.At("Enrollment point")},
	{id: "PRE-EPXP", What: "An enrollment proxy point", Role: product.RoleEnrollmentProxyPoint,
		needs:  needed(slices.Concat([]product.Feature{featureFramework35, featureDefaultDocument, featureStaticContent, featureWindowsAuth}, webApplicationFeatures)...),
		why:    "It is a web application.",
		source: product.SiteSystemPrerequisites.At("Enrollment proxy point")},
	{id: "PRE-FSP", What: "A fallback status point", Role: product.RoleFallbackStatusPoint, needs: needed(featureBITS, product.FeatureIIS, featureMetabase),
		why:    "It is a web application.",
		source: product.SiteSystemPrerequisites.At("Fallback status point")},
	{id: "PRE-MP", What: "A management point", Role: product.RoleManagementPoint, needs: needed(slices.Concat([]product.Feature{featureBITS}, contentFeatures)...),
		covers: rule.OnHost("PRE-SEC"),
		why:    "Its installation fails without them.",
		source: product.SiteSystemPrerequisites.At("Management point")},
	{own: &reportServerRule, What: "A reporting services point", Role: product.RoleReportingServicesPoint, source: product.SiteSystemPrerequisites.At("Reporting services point")},
	{id: "PRE-SCP", What: "A service connection point", Role: product.RoleServiceConnectionPoint, needs: needed(featureFramework35),
		why:    "The role does not work without it; in online mode it needs a way to the internet as well.",
		source: product.SiteSystemPrerequisites.At("Service connection point")},
	{id: "PRE-SUP", What: "A software update point", Role: product.RoleSoftwareUpdatePoint, needs: needed(featureFramework35, featureWSUS, product.FeatureIIS),
		why: "The role configures the WSUS of its computer and does not install it. WSUS has the version of Windows Server; on 2016 to 2022 it needs an " +
			"update of February 2023 or later to serve updates of the Unified Update Platform.",
		source: product.SiteSystemPrerequisites.At("Software update point")},
	{id: "PRE-SMP", What: "A state migration point", Role: product.RoleStateMigrationPoint,
		needs:  needed(slices.Concat([]product.Feature{featureFramework35, featureHTTPActivation35, featureASPNET, featureDefaultDocument}, webApplicationFeatures)...),
		why:    "It is a web application.",
		source: product.SiteSystemPrerequisites.At("State migration point")},
	{What: "A cloud management gateway connection point", Role: product.RoleGatewayConnection, source: product.SiteSystemPrerequisites.At(".NET version requirements")},
}

func onlyWhen(when func(*model.Assignment, *model.Server) model.Value[bool], note string, features ...product.Feature) []need {
	needs := needed(features...)
	for i := range needs {
		needs[i].when, needs[i].note = when, note
	}
	return needs
}

// installsNoIIS reports whether Internet Information Services is left to the
// administrator of a distribution point.
func installsNoIIS(a *model.Assignment, _ *model.Server) model.Value[bool] {
	return model.Not(model.SettingOf(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[bool] { return d.InstallIIS }))
}

// usesDeploymentServices reports whether a distribution point needs Windows Deployment
// Services; without the setting it does not.
func usesDeploymentServices(a *model.Assignment, _ *model.Server) model.Value[bool] {
	d, ok := a.DeclaredDistributionPoint().Get()
	if !ok {
		return model.Unknown[bool]()
	}
	pxe, ok := d.PXE.OrDefault("").Get()
	if !ok {
		return model.Either(model.DeclaredBlock(d.Multicast), model.Unknown[bool]())
	}
	return model.Either(model.DeclaredBlock(d.Multicast), model.Known(pxe == model.PXEWindowsDeploymentServices))
}

// hasDefender reports whether the operating system of a server has Microsoft Defender
// Antivirus as a feature: every server system from Windows Server 2016 on.
func hasDefender(_ *model.Assignment, s *model.Server) model.Value[bool] {
	os := s.System()
	if os == nil {
		return model.Unknown[bool]()
	}
	return model.Known(os.RefusedFrom == 0)
}

// prerequisiteRules is group 16.
var prerequisiteRules = slices.Concat(featureRules(), installedVersionRules(), certificateRules)

// featureRules are the rules of the table, in its order.
func featureRules() []rule.Rule {
	var rules []rule.Rule
	for i := range Prerequisites {
		p := &Prerequisites[i]
		switch {
		case p.own != nil:
			rules = append(rules, *p.own)
		case p.id != "":
			rules = append(rules, p.rule())
		}
	}
	for i := range rules {
		rules[i].Severity, rules[i].Basis, rules[i].Scope = rule.SeverityWarning, rule.Documented, rule.ScopeRole
	}
	return rules
}

// The rules of the rows that need other things than Windows features.
var (
	databaseServerRule = rule.Rule{
		ID:          "PRE-DB",
		Title:       "The site database server has what Setup needs there",
		Why:         "Setup reaches the computer through its Remote Registry service, and the site uses a supported SQL Server with a recent ODBC driver.",
		Fix:         `Start the Remote Registry service before Setup runs, and set odbc_driver_version = "18.4.1.1" or later in the inventory block of the server.`,
		Sources:     []product.Source{product.SiteSystemPrerequisites.At("Database server")},
		Enforcement: rule.CoveredElsewhere,
		Note: "The driver is the subject of PRE-ODBC and the version of SQL Server that of DB-VERSION. Whether a service runs while Setup does is " +
			"nothing that a design declares.",
	}
	assetIntelligenceRule = rule.Rule{
		ID:          "PRE-AISP",
		Title:       "The server of an Asset Intelligence synchronization point has what the role needs",
		Why:         "The role needs a recent .NET Framework and, from version 2309 on, the ODBC driver for SQL Server.",
		Fix:         `Set dotnet_version = "4.8" and odbc_driver_version = "18.4.1.1", or later ones, in the inventory block of the server, once they are there.`,
		Sources:     []product.Source{product.SiteSystemPrerequisites.At("Asset Intelligence synchronization point")},
		Enforcement: rule.CoveredElsewhere,
		Note:        "The role needs nothing but what PRE-DOTNET-462, PRE-DOTNET-48 and PRE-ODBC are about.",
	}
	warehouseRule = rule.Rule{
		ID: "PRE-DWSP", Versions: "up to 2103",
		Title: "The server of a data warehouse service point has .NET Framework 4.5.2 or later",
		Why: "The role does not work with an older one. From version 2107 on every role needs more, which PRE-DOTNET-462 and PRE-DOTNET-48 are about. The " +
			"database of the data warehouse needs SQL Server 2012 or later.",
		Fix:     `Install .NET Framework 4.8 on the computer and set dotnet_version = "4.8" in the inventory block of its configmgr_site_system_server.`,
		Sources: []product.Source{product.DataWarehouse.At("Prerequisites"), product.SiteSystemPrerequisites.At(".NET version requirements")},
		Hierarchy: func(c *rule.Check) {
			c.EachEquipped(product.RoleDataWarehouse, func(a *model.Assignment, s *model.Server, inventory *model.Inventory) {
				v, ok := c.VersionOf(a.DeclaredSite())
				if release, known := product.ReleaseFor(v); !ok || !known || release.Framework.Least != "" {
					return
				}
				version, ok := rule.Decided(c, inventory.DotNetVersion)
				if ok && c.Holds(olderFramework(version, warehouseFramework.Least)) {
					c.Violate(lacking(a, s, fmt.Sprintf("dotnet_version = %q on %s; the role needs %s or later.", version, model.HostName(s), warehouseFramework.Least)))
				}
			})
		},
	}
	reportServerRule = rule.Rule{
		ID:    "PRE-RSP",
		Title: "The server of a reporting services point has a report server that the role supports",
		Why: "The role connects to SQL Server Reporting Services in native mode or, from version 2002 on, to Power BI Report Server. SharePoint " +
			"integrated mode is not supported.",
		Fix: `Install SQL Server Reporting Services on the computer, and set reporting_services = "native_mode" in the inventory block of its ` +
			`configmgr_site_system_server.`,
		Sources:     []product.Source{product.SiteSystemPrerequisites.At("Reporting services point"), product.ReportingPrerequisites.Source()},
		Enforcement: rule.CoveredElsewhere,
		Note:        "The role cannot be installed without one: DEP-RSP-SSRS compares the inventory of the server with what the role needs.",
	}
)

// rule is the rule about the features of the row.
func (p *prerequisite) rule() rule.Rule {
	var names []string
	for _, n := range p.needs {
		name := n.feature.Name
		if n.note != "" {
			name += " (" + n.note + ")"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	r := rule.Rule{
		ID: p.id, Versions: p.versions, CoveredBy: p.covers,
		Title: p.What + " has the Windows features that it needs",
		Why:   fmt.Sprintf("%s needs these features: %s. %s", p.What, strings.Join(names, "; "), p.why),
		Fix: fmt.Sprintf(`Install what is missing, as in Install-WindowsFeature -Name %[1]s, and add it to windows_features in the inventory block of the `+
			`configmgr_site_system_server: windows_features = [..., %[1]q].`, p.needs[0].feature.AnyOf[0]),
		Sources: []product.Source{p.source},
	}
	if p.Put != nil {
		r.Server = p.judgeServer
		return r
	}
	r.MemberRoles = []string{p.Role}
	r.Member = func(c *rule.Check, a *model.Assignment) {
		if s, inventory, ok := c.Equipped(a); ok {
			p.judgeRole(c, a, s, inventory)
		}
	}
	r.Hierarchy = (*rule.Check).OpenCount
	return r
}

// lowerFirst turns the beginning of a sentence into a part of one.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// judgeServer judges the computer of what the site puts there.
func (p *prerequisite) judgeServer(c *rule.Check, s *model.Server) {
	inventory, ok := rule.Decided(c, s.Inventory)
	if !ok || !c.Holds(p.Put(rule.SiteOf(s), s.FQDN)) {
		return
	}
	if missing := missingFeatures(c, p.needs, nil, s, inventory); len(missing) > 0 {
		c.Violate(rule.Violation{
			At:    model.At("inventory", "windows_features"),
			Fact:  fmt.Sprintf("%s lacks Windows features that %s needs", s.Label(), lowerFirst(p.What)),
			Found: fmt.Sprintf("windows_features of %s does not list %s.", model.HostName(s), product.FeatureList(missing)),
			Fix:   installation(missing),
		})
	}
}

// judgeRole judges the computer of a role.
func (p *prerequisite) judgeRole(c *rule.Check, a *model.Assignment, s *model.Server, inventory *model.Inventory) {
	// Windows clients name their features in other ways.
	if os := s.System(); os != nil && os.Client {
		c.Undecide()
		return
	}
	if missing := missingFeatures(c, p.needs, a, s, inventory); len(missing) > 0 {
		v := lacking(a, s, fmt.Sprintf("windows_features of %s does not list %s.", model.HostName(s), product.FeatureList(missing)))
		v.Fix = installation(missing)
		c.Violate(v)
	}
}

// lacking reports a role that lacks something on its computer.
func lacking(a *model.Assignment, s *model.Server, found string) rule.Violation {
	return rule.Violation{
		On: a, At: model.At("server"), Site: a.DeclaredSite(), Related: []model.Declared{s},
		Fact: fmt.Sprintf("%s lacks prerequisites", a.Label()), Found: found,
	}
}

// missingFeatures returns the features that an inventory lacks. The assignment is nil
// for what the site puts on the computer.
func missingFeatures(c *rule.Check, needs []need, a *model.Assignment, s *model.Server, inventory *model.Inventory) []product.Feature {
	installed, ok := rule.Decided(c, inventory.WindowsFeatures)
	if !ok {
		return nil
	}
	var missing []product.Feature
	for _, n := range needs {
		if n.until != 0 {
			if v, ok := c.VersionOf(rule.SiteOf(s)); !ok || v >= n.until {
				continue
			}
		}
		if n.when != nil && !c.Holds(n.when(a, s)) {
			continue
		}
		if c.Fails(model.Among(n.feature, installed)) {
			missing = append(missing, n.feature)
		}
	}
	return missing
}

// installation tells how to install features.
func installation(features []product.Feature) string {
	names, quotedNames := make([]string, len(features)), make([]string, len(features))
	for i, f := range features {
		names[i], quotedNames[i] = f.AnyOf[0], fmt.Sprintf("%q", f.AnyOf[0])
	}
	return fmt.Sprintf("Run Install-WindowsFeature -Name %s on the computer, and add %s to windows_features in the inventory block of its "+
		"configmgr_site_system_server.",
		strings.Join(names, ", "), model.And(quotedNames))
}
