package model

import (
	"fmt"
	"slices"
	"time"
)

// Group 5: what became of roles, settings and systems from version to version. The
// rows are data; each kind of row has one check.

var lifecycleRules = slices.Concat(
	roleLifecycleRules(),
	gatewayLifecycleRules(),
	sqlLifecycleRules(),
	otherLifecycles,
)

// lifecycle is what became of a role, or of a setting of a role, in a span of versions.
type lifecycle struct {
	id       string
	severity Severity
	basis    Basis
	roles    []string
	// settings are, by role, what has to be switched on for the row to be about an
	// assignment; a role without one is meant itself.
	settings map[string]roleSwitch
	from, to Version // to is the first version that the row is no longer about, 0 for none; from 0 means every version
	fact     string  // what to say of the role, after its name
	// carried is the severity for a role that is installed already, 0 when it makes
	// no difference; carriedFact is what to say of it.
	carried     Severity
	carriedFact string
	title       string
	why         string
	fix         string
	sources     []Source
	covers      []Cover
}

// roleSwitch is a setting of a role that is on or off.
type roleSwitch struct {
	at Path
	on func(*Assignment) Value[bool]
}

var (
	deviceManagementPoint = roleSwitch{At("management_point", "allow_mobile_devices"), func(a *Assignment) Value[bool] {
		return blockSetting(a.ManagementPoint, func(m *ManagementPoint) Value[bool] { return m.AllowMobileDevices })
	}}
	connectedCache = roleSwitch{At("distribution_point", "connected_cache"), func(a *Assignment) Value[bool] {
		return blockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[bool] { return d.ConnectedCache })
	}}
	networkLoadBalancing = roleSwitch{At("software_update_point", "network_load_balanced"), func(a *Assignment) Value[bool] {
		return blockSetting(a.SoftwareUpdatePoint, func(s *SoftwareUpdatePoint) Value[bool] { return s.NetworkLoadBalanced })
	}}
)

var roleLifecycles = []lifecycle{
	{id: "ROLE-LIFE-AISP-DEPR", severity: SeverityWarning, basis: Deprecated, roles: []string{roleAssetIntelligence}, from: roleOf(roleAssetIntelligence).Deprecation.Since,
		fact:  "is deprecated",
		title: "A design does without the deprecated Asset Intelligence synchronization point",
		why:   "Microsoft announced the end of Asset Intelligence in November 2021, the prerequisite check warns of the role from version 2203 on, and version 2603 stops offering it.",
		fix:   `Remove the role assignment with role = "asset_intelligence_synchronization_point".`,
		sources: []Source{articleAssetIntelligenceDeprecation.Source(), articleSiteSystemRoles.At("Asset Intelligence synchronization point"),
			articlePrerequisiteChecks.At("Asset Intelligence deprecation")},
		covers: onElement("ROLE-LIFE-AISP-2603")},
	{id: "ROLE-LIFE-AISP-2603", severity: SeverityError, basis: Removed, roles: []string{roleAssetIntelligence}, from: roleOf(roleAssetIntelligence).Deprecation.Removed,
		fact: "cannot be added any more", carried: SeverityWarning, carriedFact: "is a role that the product no longer offers",
		title:   "An Asset Intelligence synchronization point is not added any more",
		why:     "From version 2603 on the console leaves the role out of the list of roles to add. One that an update carried over keeps running, without a way to set it up again.",
		fix:     `Remove the role assignment with role = "asset_intelligence_synchronization_point". If the role is on the server already, say so with installed = true until it is removed there.`,
		sources: []Source{articleWhatsNew2603.Source(), articleAssetIntelligenceDeprecation.Source()}},
	{id: "ROLE-LIFE-CRP-DEPR", severity: SeverityWarning, basis: Deprecated, roles: []string{roleCertificateRegistration}, from: roleOf(roleCertificateRegistration).Deprecation.Since, to: roleOf(roleCertificateRegistration).Deprecation.Removed,
		fact:    "is deprecated",
		title:   "A design does without the deprecated certificate registration point",
		why:     "Company resource access, which the role serves, is deprecated from version 2103 on and is not supported from version 2203 on.",
		fix:     `Move certificate profiles to Microsoft Intune and remove the role assignment with role = "certificate_registration_point".`,
		sources: []Source{articleResourceAccessDeprecation.Source(), articleDeprecatedFeatures.Source()}},
	{id: "ROLE-LIFE-CRP-UNSUP", severity: SeverityError, basis: Unsupported, roles: []string{roleCertificateRegistration}, from: roleOf(roleCertificateRegistration).Deprecation.Removed, to: 2207,
		fact:    "is not supported any more",
		title:   "A site has no certificate registration point once it is unsupported",
		why:     "Version 2203 ended the support of company resource access and of the role that serves it.",
		fix:     `Move certificate profiles to Microsoft Intune and remove the role assignment with role = "certificate_registration_point".`,
		sources: []Source{articleSiteSystemRoles.At("Certificate registration point"), articleAccounts.Source(), articleResourceAccessDeprecation.Source()}},
	{id: "ROLE-LIFE-CRP-NOCREATE", severity: SeverityError, basis: Refused, roles: []string{roleCertificateRegistration}, from: 2207, to: 2403,
		fact: "cannot be created any more", carried: SeverityWarning, carriedFact: "is not supported and will block the update to version 2403",
		title:   "A certificate registration point is not created any more",
		why:     "From version 2207 on the product refuses to create the role; one that exists stops the site from being updated to version 2403.",
		fix:     `Move certificate profiles to Microsoft Intune and remove the role assignment with role = "certificate_registration_point". If the role is on the server already, say so with installed = true until it is removed there.`,
		sources: []Source{articleResourceAccessDeprecation.Source()}},
	{id: "ROLE-LIFE-CRP-BLOCK", severity: SeverityError, basis: Removed, roles: []string{roleCertificateRegistration}, from: 2403,
		fact:    "does not exist any more and blocks the update of the site",
		title:   "A site that is updated to version 2403 or later has no certificate registration point",
		why:     "Company resource access was taken out of version 2403, and the prerequisite check stops an update while the role or its policies are there.",
		fix:     `Remove the role assignment with role = "certificate_registration_point", and the role from the server before the update.`,
		sources: []Source{articlePrerequisiteChecks.At("Resource access policies are no longer supported"), articleResourceAccessDeprecation.Source()}},
	{id: "ROLE-LIFE-EP-DEPR", severity: SeverityWarning, basis: Deprecated,
		roles:    []string{roleEnrollmentPoint, roleEnrollmentProxyPoint, roleManagementPoint},
		settings: map[string]roleSwitch{roleManagementPoint: deviceManagementPoint}, from: roleOf(roleEnrollmentPoint).Deprecation.Since,
		fact:  "serves on-premises management of mobile devices and Macs, which is deprecated",
		title: "A design does without enrollment points, enrollment proxy points and management points for devices",
		why:   "Microsoft announced their end in January 2022 and planned it for March 2024; the prerequisite check warns of them from version 2203 on. No version is known to have removed them.",
		fix:   "Manage mobile devices and Macs with Microsoft Intune. Then remove the enrollment point and the enrollment proxy point, and set allow_mobile_devices = false on the management points.",
		sources: []Source{articleSiteSystemRoles.At("Enrollment point"), articleSiteSystemRolesForClients.Source(), articleDeprecatedFeatures.Source(),
			articlePrerequisiteChecks.Source()}},
	{id: "ROLE-LIFE-ACAT", severity: SeverityError, basis: Removed, roles: []string{roleCatalogWebService, roleCatalogWebsite}, from: 1910,
		fact:    "is a role of the Application Catalog, which is not supported any more",
		title:   "A site has no Application Catalog roles",
		why:     "The support of the Application Catalog ended with version 1910. From version 2107 on the prerequisite check stops an update while one of its roles is there.",
		fix:     "Remove the role assignment, and the role from the server before the next update: Software Center shows the applications that are available to users without it.",
		sources: []Source{articleApplicationManagement.Source(), articlePrerequisiteChecks.At("Application catalog roles are unsupported")}},
	{id: "ROLE-LIFE-OOB", severity: SeverityError, basis: Removed, roles: []string{roleOutOfBand, roleHealthValidator},
		fact:    "is a role that current branch never had",
		title:   "A site has neither an out of band service point nor a System Health Validator point",
		why:     "Current branch has neither out of band management nor Network Access Protection. The prerequisite check refuses to upgrade a site that still has one of the roles.",
		fix:     "Remove the role assignment, and the role from the server before the upgrade to current branch.",
		sources: []Source{articleDeprecatedFeatures.At("Unsupported and removed features"), articlePrerequisiteChecks.Source()}},
	{id: "ROLE-LIFE-CDP", severity: SeverityError, basis: Refused, roles: []string{roleCloudDistributionPoint}, from: 2107,
		fact: "cannot be created any more", carried: SeverityWarning, carriedFact: "is deprecated",
		title:   "A cloud distribution point is not created any more",
		why:     "The role is deprecated since February 2019 and cannot be created from version 2107 on. A cloud management gateway can serve the same content.",
		fix:     "Remove the role assignment and use a cloud management gateway that serves content: declare it in cloud_management_gateways of the configmgr_hierarchy. If the cloud distribution point exists already, say so with installed = true until it is deleted.",
		sources: []Source{articleDeprecatedFeatures.At("Deprecated features"), articleCloudDistributionPoint.Source()}},
	{id: "ROLE-LIFE-MCC-DEPR", severity: SeverityWarning, basis: Deprecated, roles: []string{roleDistributionPoint},
		settings: map[string]roleSwitch{roleDistributionPoint: connectedCache}, from: 2603,
		fact:    "runs Connected Cache, which is deprecated on distribution points",
		title:   "A design does without Microsoft Connected Cache on distribution points",
		why:     "Microsoft announced in June 2026 that a future version takes Connected Cache off distribution points. The stand-alone Connected Cache replaces it; no date is set.",
		fix:     "Plan a stand-alone Microsoft Connected Cache, then set connected_cache = false in the distribution_point block.",
		sources: []Source{articleDeprecatedFeatures.At("Deprecated features"), articleConnectedCache.Source()}},
	{id: "ROLE-LIFE-SUP-NLB", severity: SeverityError, basis: Removed, roles: []string{roleSoftwareUpdatePoint},
		settings: map[string]roleSwitch{roleSoftwareUpdatePoint: networkLoadBalancing}, from: 1702,
		fact:  "cannot be behind a network load balancer",
		title: "A software update point is not behind a network load balancer",
		why:   "Version 1702 removed the support of load balancers, in Windows or as an appliance. Clients switch between the software update points of their boundary group by themselves.",
		fix:   "Set network_load_balanced = false and assign several software update points to the site, each on a server of its own.",
		sources: []Source{articleHighAvailabilityOptions.At("Redundancy for site system roles"), articleSoftwareUpdatesPlan.Source(),
			articleDeprecatedFeatures.At("Unsupported and removed features")}},
}

func roleLifecycleRules() []Rule {
	rules := make([]Rule, len(roleLifecycles))
	for i, row := range roleLifecycles {
		rules[i] = row.rule()
	}
	return rules
}

func (row lifecycle) rule() Rule {
	return Rule{
		ID: row.id, Severity: row.severity, Basis: row.basis, Scope: ScopeRole,
		Title: row.title, Why: row.why, Fix: row.fix, Sources: row.sources,
		Versions: versionSpan(row.from, row.to), CoveredBy: row.covers,
		roles: row.roles,
		assignment: func(c *check, a *Assignment) {
			key, ok := decided(c, a.Role)
			if !ok {
				return
			}
			s, isSetting := row.settings[key]
			if isSetting && !c.holds(s.on(a)) {
				return
			}
			var v Version
			if row.from != 0 {
				if v, ok = c.versionOf(a.site()); !ok || !spans(row.from, row.to, v) {
					return
				}
			}
			at, what := At("role"), fmt.Sprintf("role = %q", key)
			if isSetting {
				at, what = s.at, fmt.Sprintf("%s = true", s.at)
			}
			if row.from != 0 {
				what += fmt.Sprintf(" at version %s", v)
			}
			finding := violation{at: at, fact: fmt.Sprintf("%s %s", a.label(), row.fact), found: what + "."}
			if row.carried != 0 {
				carried, ok := decided(c, a.Installed.OrDefault(false))
				if !ok {
					return
				}
				if carried {
					finding.severity = row.carried
					finding.fact = fmt.Sprintf("%s %s", a.label(), row.carriedFact)
					finding.found = what + ", and installed = true."
				}
			}
			c.violate(finding)
		},
	}
}

// blockSetting returns a setting of a block: null when the block is not declared.
func blockSetting[B, T any](block Value[*B], setting func(*B) Value[T]) Value[T] {
	b, ok := block.Get()
	switch {
	case ok:
		return setting(b)
	case block.IsUnknown():
		return Unknown[T]()
	default:
		return Null[T]()
	}
}

// spans reports whether a version lies in a span; to is the first version after it,
// 0 for none.
func spans(from, to, v Version) bool { return v >= from && (to == 0 || v < to) }

// versionSpan tells a span of versions to readers.
func versionSpan(from, to Version) string {
	switch {
	case from == 0:
		return ""
	case to == 0:
		return fmt.Sprintf("%s and later", from)
	default:
		return fmt.Sprintf("%s and later, before %s", from, to)
	}
}

// gatewayLifecycle is what became of a way to deploy cloud management gateways.
type gatewayLifecycle struct {
	id      string
	basis   Basis
	cases   []gatewayCase
	title   string
	why     string
	fix     string
	sources []Source
}

// gatewayCase is one case of a [gatewayLifecycle]: a gateway that is new, or one that
// is installed already, in a span of versions.
type gatewayCase struct {
	deployments []string
	installed   bool
	from, to    Version
	severity    Severity // 0: that of the rule
	fact        string   // what to say of the gateway, after its name
}

var gatewayLifecycles = []gatewayLifecycle{
	{id: "ROLE-LIFE-CMG-CLASSIC-NEW", basis: Removed,
		cases: []gatewayCase{
			{deployments: []string{DeploymentClassic}, from: 2203, fact: "cannot be deployed as a classic cloud service any more"},
		},
		title:   "A new cloud management gateway is not deployed as a classic cloud service",
		why:     "From version 2203 on the product deploys a new gateway as a virtual machine scale set only.",
		fix:     `Set deployment = "virtual_machine_scale_set". If the gateway exists already, say so with installed = true.`,
		sources: []Source{articleDeprecatedFeatures.Source(), articleCMGPlan.Source()}},
	{id: "ROLE-LIFE-CMG-CLASSIC-BLOCK", basis: Refused,
		cases: []gatewayCase{
			{deployments: []string{DeploymentClassic, DeploymentServiceManager}, installed: true, from: 2403, fact: "is still a classic cloud service, which blocks the update of the site"},
		},
		title:   "A site that is updated to version 2403 or later has no gateway that is a classic cloud service",
		why:     "The prerequisite check stops the update while such a gateway is there.",
		fix:     `Convert the gateway to a virtual machine scale set, or delete and deploy it again, before the update. Then set deployment = "virtual_machine_scale_set".`,
		sources: []Source{articlePrerequisiteChecks.At("Check for a cloud management gateway (CMG) as a cloud service (classic)")}},
	{id: "ROLE-LIFE-CMG-ASM", basis: Refused,
		cases: []gatewayCase{
			{deployments: []string{DeploymentServiceManager}, from: 1902, fact: "cannot be deployed with Azure Service Manager any more"},
			{deployments: []string{DeploymentServiceManager}, installed: true, from: 1902, to: 2403, severity: SeverityWarning, fact: "still uses Azure Service Manager"},
		},
		title:   "A new cloud management gateway is not deployed with Azure Service Manager",
		why:     "From version 1902 on the product deploys to Azure with Azure Resource Manager only. A gateway that was deployed with a management certificate keeps working until version 2403.",
		fix:     `Set deployment = "virtual_machine_scale_set", or "cloud_service_classic" before version 2107. If the gateway exists already, say so with installed = true.`,
		sources: []Source{articleCloudDistributionPoint.At("Azure Resource Manager"), articleDeprecatedFeatures.At("Deprecated features")}},
}

func gatewayLifecycleRules() []Rule {
	rules := make([]Rule, len(gatewayLifecycles))
	for i, row := range gatewayLifecycles {
		rules[i] = row.rule()
	}
	return rules
}

func (row gatewayLifecycle) rule() Rule {
	first := row.cases[0]
	return Rule{
		ID: row.id, Severity: SeverityError, Basis: row.basis, Scope: ScopeRole,
		Title: row.title, Why: row.why, Fix: row.fix, Sources: row.sources, Versions: versionSpan(first.from, first.to),
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				deployment, ok := decided(c, g.Deployment)
				if !ok || !slices.ContainsFunc(row.cases, func(k gatewayCase) bool { return slices.Contains(k.deployments, deployment) }) {
					return
				}
				exists, okExists := decided(c, g.Installed.OrDefault(false))
				site, okSite := c.gatewaySite(g)
				if !okExists || !okSite {
					return
				}
				v, ok := c.versionOf(site)
				if !ok {
					return
				}
				for _, k := range row.cases {
					if exists != k.installed || !slices.Contains(k.deployments, deployment) || !spans(k.from, k.to, v) {
						continue
					}
					c.violate(violation{
						at: at.Attr("deployment"), site: site, severity: k.severity,
						fact:  fmt.Sprintf("%s %s", gatewayLabel(at, g), k.fact),
						found: fmt.Sprintf("%s = %q at version %s, and installed = %t.", at.Attr("deployment"), deployment, v, exists),
					})
				}
			})
		},
	}
}

// gatewaySite returns the site that owns a gateway: the one it names, else the
// top-level site. It records when the hierarchy does not tell.
func (c *check) gatewaySite(g *Gateway) (*Site, bool) {
	code := folded(g.SiteCode, foldCode)
	if code.IsNull() {
		code = c.topology.TopLevelSiteCode()
	}
	name, ok := decided(c, code)
	if !ok {
		return nil, false
	}
	site := c.topology.index.sites[name]
	if site == nil {
		c.undecide()
	}
	return site, site != nil
}

// gatewayLabel names a gateway by its service name, or by its key.
func gatewayLabel(at Path, g *Gateway) string {
	if name, ok := g.Name.Get(); ok {
		return "the cloud management gateway " + name
	}
	return "the gateway " + at.String()
}

// sqlLifecycle is the end of a version of SQL Server for site databases.
type sqlLifecycle struct {
	id      string
	version string  // as in sql_version
	warned  Version // the first version that no longer supports it, 0 when that is also the first to refuse it
	refused Version // the first version that refuses it
	why     string
	sources []Source
}

var sqlLifecycles = []sqlLifecycle{
	{id: "ROLE-LIFE-SQL-2012", version: "2012", warned: 2207, refused: 2409,
		why: "SQL Server 2012 is not supported from version 2207 on: the prerequisite check warns of it, and from version 2409 on it refuses the installation or update.",
		sources: []Source{articleDeprecatedServer.At("SQL Server"), articleWhatsNew2409.Source(),
			articlePrerequisiteChecks.At("SQL Server 2012 lifecycle")}},
	{id: "ROLE-LIFE-SQL-2014", version: "2014", refused: 2409,
		why:     "Version 2409 removed the support of SQL Server 2014 and refuses the installation or update.",
		sources: []Source{articleDeprecatedServer.At("SQL Server"), articleWhatsNew2409.Source(), articleSQLServerVersions.At("Supported versions of SQL Server")}},
}

func sqlLifecycleRules() []Rule {
	rules := make([]Rule, len(sqlLifecycles))
	for i, row := range sqlLifecycles {
		rules[i] = row.rule()
	}
	return rules
}

func (row sqlLifecycle) rule() Rule {
	from := row.refused
	if row.warned != 0 {
		from = row.warned
	}
	return Rule{
		ID: row.id, Severity: SeverityError, Basis: Removed, Scope: ScopeRole,
		Title:    fmt.Sprintf("A site database is not on SQL Server %s", row.version),
		Why:      row.why,
		Fix:      `Upgrade SQL Server before the site: sql_version = "2019" in the database block.`,
		Sources:  row.sources,
		Versions: versionSpan(from, 0),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			sql, ok := decided(c, db.SQLVersion)
			if !ok || sql != row.version {
				return
			}
			v, ok := c.versionOf(s)
			if !ok || v < from {
				return
			}
			finding := violation{
				at:    At("database", "sql_version"),
				fact:  fmt.Sprintf("%s cannot have its database on SQL Server %s", s.label(), sql),
				found: fmt.Sprintf("sql_version = %q at version %s.", sql, v),
			}
			if v < row.refused {
				// The end of support is that of the full editions. An Express edition
				// there can only be at a secondary site.
				if !c.fails(s.is(Secondary)) {
					if edition, ok := decided(c, db.Edition); !ok || edition == EditionExpress {
						return
					}
				}
				finding.severity = SeverityWarning
				finding.fact = fmt.Sprintf("%s has its database on SQL Server %s, which is not supported any more", s.label(), sql)
			}
			c.violate(finding)
		},
	}
}

// Versions in which plain HTTP between clients and site systems was deprecated, and
// refused.
var (
	plainHTTPDeprecated = milestone{2103, articleCommunications.Source()}
	plainHTTPRefused    = milestone{2403, articlePrerequisiteChecks.At("Enable site system roles for HTTPS or Enhanced HTTP")}
)

var otherLifecycles = []Rule{
	{
		ID: "ROLE-LIFE-HTTP-DEPR", Severity: SeverityWarning, Basis: Deprecated, Scope: ScopeRole,
		Title:    "A primary site does not permit plain HTTP for its clients",
		Why:      "Client communication over HTTP without enhanced HTTP is deprecated from version 2103 on, and version 2403 refuses it.",
		Fix:      `Set client_communication = "enhanced_http", which needs no certificates of your own, or client_communication = "https_only".`,
		Sources:  []Source{articleCommunications.Source(), articleSiteSystemRoles.At("Management point")},
		Versions: versionSpan(plainHTTPDeprecated.version, plainHTTPRefused.version),
		site: func(c *check, s *Site) {
			if v, ok := c.plainHTTP(s, Primary); ok && spans(plainHTTPDeprecated.version, plainHTTPRefused.version, v) {
				c.violate(violation{
					at:    At("client_communication"),
					fact:  fmt.Sprintf("%s permits plain HTTP, which is deprecated", s.label()),
					found: fmt.Sprintf("client_communication = %q at version %s.", CommunicationHTTPSOrHTTP, v),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-HTTP-BLOCK", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:    "A primary site uses HTTPS or enhanced HTTP",
		Why:      "From version 2403 on the prerequisite check stops a site that neither requires HTTPS nor uses enhanced HTTP.",
		Fix:      `Set client_communication = "enhanced_http", which needs no certificates of your own, or client_communication = "https_only".`,
		Sources:  []Source{articlePrerequisiteChecks.At("Enable site system roles for HTTPS or Enhanced HTTP"), articleEnhancedHTTP.At("Configure the site")},
		Versions: versionSpan(plainHTTPRefused.version, 0),
		site: func(c *check, s *Site) {
			v, ok := c.plainHTTP(s, Primary, CentralAdministration)
			if !ok || v < plainHTTPRefused.version {
				return
			}
			finding := violation{
				at:    At("client_communication"),
				fact:  fmt.Sprintf("%s permits plain HTTP", s.label()),
				found: fmt.Sprintf("client_communication = %q at version %s.", CommunicationHTTPSOrHTTP, v),
			}
			if s.Type == Known(CentralAdministration) {
				// The check names the site, but the option concerns only its SMS Provider.
				finding.severity = SeverityWarning
				finding.fix = `Set client_communication = "enhanced_http"; at a central administration site the option concerns the SMS Provider.`
			}
			c.violate(finding)
		},
	},
	{
		ID: "ROLE-LIFE-OS-2012", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:    "A server does not stay on Windows Server 2012 or 2012 R2",
		Why:      "Microsoft ended the support of the system on 2023-10-10. The prerequisite check warns of it from version 2309 on and refuses it from version 2403 on; SRV-OS-LIST reports it there.",
		Fix:      `Upgrade or replace the server before the site is updated to version 2403: operating_system = "windows_server_2022".`,
		Sources:  []Source{articleOperatingSystems.At("Windows Server 2012 and Windows Server 2012 R2"), articlePrerequisiteChecks.At("Windows Server 2012/R2 lifecycle")},
		Versions: versionSpan(2309, 2403),
		server: func(c *check, s *Server) {
			os := c.system(s)
			if os == nil || os.NoticeFrom == 0 {
				return
			}
			if v, ok := c.versionOf(siteOf(s)); ok && spans(os.NoticeFrom, os.RefusedFrom, v) {
				c.violate(violation{
					at: At("operating_system"), severity: SeverityWarning,
					fact:  fmt.Sprintf("%s runs %s, which version %s refuses", s.label(), os.Name, os.RefusedFrom),
					found: fmt.Sprintf("operating_system = %q at version %s. %s", os.Key, v, os.History),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-OS-2008R2", Severity: SeverityError, Basis: Removed, Scope: ScopeRole,
		Title:     "A distribution point does not stay on Windows Server 2008 or 2008 R2",
		Why:       "Current branch dropped the systems, Windows Server 2008 at once and 2008 R2 with version 1702. The prerequisite check only warns while the server is nothing but a distribution point; anything else on it is SRV-OS-LIST.",
		Fix:       `Upgrade or replace the server, for example operating_system = "windows_server_2022".`,
		Sources:   []Source{articleDeprecatedServer.At("Server OS"), articlePrerequisiteChecks.At("Unsupported site system OS version for upgrade")},
		Versions:  "1702 and later; for Windows Server 2008 all",
		CoveredBy: onHost("SRV-OS-LIST"),
		roles:     []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			os := c.system(a.server())
			if os == nil || !os.KeptForDistributionPoints {
				return
			}
			if v, ok := c.versionOf(a.site()); ok && os.refusedBy(v) {
				c.violate(violation{
					at: At("server", "operating_system"), severity: SeverityWarning,
					fact:  fmt.Sprintf("%s runs %s", a.label(), os.Name),
					found: fmt.Sprintf("the operating_system of the server is %q at version %s. %s", os.Key, v, os.History),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-OS-WIN10", Severity: SeverityWarning, Basis: Conflict, Scope: ScopeRole,
		Title:    "A distribution point from version 2509 on is not on Windows 10 of the general channel",
		Why:      "One article ends the support of Windows 10 22H2 with version 2509, another still lists Windows 10 for distribution points. The long-term servicing editions are not affected.",
		Fix:      `Use another system, such as operating_system = "windows_11"; for a long-term servicing edition write operating_system = "windows_10_ltsc".`,
		Sources:  []Source{articleDeprecatedServer.Source(), articleOperatingSystems.At("Client OS versions"), articleWhatsNew2509.Source()},
		Versions: versionSpan(2509, 0),
		roles:    []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			os := c.system(a.server())
			if os == nil || os.DisputedFrom == 0 {
				return
			}
			if v, ok := c.versionOf(a.site()); ok && v >= os.DisputedFrom {
				c.violate(violation{
					at:    At("server", "operating_system"),
					fact:  fmt.Sprintf("%s runs %s, whose support is in doubt", a.label(), os.Name),
					found: fmt.Sprintf("the operating_system of the server is %q at version %s.", os.Key, v),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-SITE-VERSION-SUPPORT", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "A site runs a version that is in support",
		Why:     "Microsoft supports a current branch version for 18 months. After that there are no security fixes, and it may be too old to be updated in one step.",
		Fix:     fmt.Sprintf("Update the site to a version that is in support, such as version = %q.", DefaultVersion),
		Sources: []Source{articleVersions.Source(), articleUpdates.Source()},
		site:    checkVersionSupport,
	},
}

// plainHTTP reports whether a site of one of the types permits plain HTTP, and the
// version that it runs.
func (c *check) plainHTTP(s *Site, types ...SiteType) (Version, bool) {
	t, okType := decided(c, s.Type)
	if okType && !slices.Contains(types, t) {
		return 0, false
	}
	mode, ok := decided(c, s.Communication)
	if !ok || !okType || mode != CommunicationHTTPSOrHTTP {
		return 0, false
	}
	return c.versionOf(s)
}

// system returns the operating system of a server, and records when it is not known.
func (c *check) system(s *Server) *OperatingSystem {
	os := s.operatingSystem()
	if os == nil {
		c.undecide()
	}
	return os
}

// checkVersionSupport reports a site whose version is out of support on the day of
// the review. A site that runs the version of its parent is reported there.
func checkVersionSupport(c *check, s *Site) {
	if branch, ok := s.Branch.OrDefault(BranchCurrent).Get(); !ok {
		c.undecide()
		return
	} else if branch != BranchCurrent {
		return
	}
	v, ok := c.versionOf(s)
	if !ok {
		return
	}
	if parent, ok := s.Parent.Get(); ok && parent.EffectiveVersion(c.options.version()) == Known(v) {
		return
	}
	release, known := ReleaseOf(v)
	if !known {
		return // newer than every known release
	}
	if c.options.ReviewDate.IsZero() {
		c.undecide()
		return
	}
	ended := fmt.Sprintf("its support ended on %s", release.SupportEnds)
	switch {
	case c.reviewedAfter(release.SupportEnds):
	case release.SupportEnds != "":
		return
	default:
		// The end is not published. It lies before that of every newer version.
		releases := Releases()
		newer := slices.IndexFunc(releases, func(r Release) bool { return r.Version > v && c.reviewedAfter(r.SupportEnds) })
		if newer < 0 {
			c.undecide()
			return
		}
		ended = fmt.Sprintf("the support of the newer version %s ended on %s", releases[newer].Version, releases[newer].SupportEnds)
	}
	c.violate(violation{
		at:    At("version"),
		fact:  fmt.Sprintf("%s runs version %s, which is out of support", s.label(), v),
		found: fmt.Sprintf("on the review date %s the version is %s; %s.", c.options.ReviewDate.Format(time.DateOnly), v, ended),
	})
}

// reviewedAfter reports whether the review date lies after a day.
func (c *check) reviewedAfter(day string) bool {
	if day == "" {
		return false
	}
	last, err := ParseDate(day)
	return err == nil && c.options.ReviewDate.After(last)
}
