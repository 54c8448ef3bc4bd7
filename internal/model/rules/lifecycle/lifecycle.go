package lifecycle

import (
	"fmt"
	"slices"
	"time"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What became of roles, settings and systems from version to version. The
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
	severity rule.Severity
	basis    rule.Basis
	roles    []string
	// settings are, by role, what has to be switched on for the row to be about an
	// assignment; a role without one is meant itself.
	settings map[string]roleSwitch
	from, to product.Version // to is the first version that the row is no longer about, 0 for none; from 0 means every version
	fact     string          // what to say of the role, after its name
	// carried is the severity for a role that is installed already, 0 when it makes
	// no difference; carriedFact is what to say of it.
	carried     rule.Severity
	carriedFact string
	title       string
	why         string
	fix         string
	sources     []product.Source
	covers      []rule.Cover
}

// roleSwitch is a setting of a role that is on or off.
type roleSwitch struct {
	at model.Path
	on func(*model.Assignment) model.Value[bool]
}

var (
	deviceManagementPoint = roleSwitch{model.At("management_point", "allow_mobile_devices"), func(a *model.Assignment) model.Value[bool] {
		return model.BlockSetting(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[bool] { return m.AllowMobileDevices })
	}}
	connectedCache = roleSwitch{model.At("distribution_point", "connected_cache"), func(a *model.Assignment) model.Value[bool] {
		return model.BlockSetting(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[bool] { return d.ConnectedCache })
	}}
	networkLoadBalancing = roleSwitch{model.At("software_update_point", "network_load_balanced"), func(a *model.Assignment) model.Value[bool] {
		return model.BlockSetting(a.SoftwareUpdatePoint, func(s *model.SoftwareUpdatePoint) model.Value[bool] { return s.NetworkLoadBalanced })
	}}
)

var roleLifecycles = []lifecycle{
	{id: "ROLE-LIFE-AISP-DEPR", severity: rule.SeverityWarning, basis: rule.Deprecated, roles: []string{product.RoleAssetIntelligence}, from: product.RoleOf(product.RoleAssetIntelligence).Deprecation.Since,
		fact:  "is deprecated",
		title: "A design avoids the deprecated Asset Intelligence synchronization point",
		why: "Microsoft announced the end of Asset Intelligence in November 2021, the prerequisite check warns of the role from version 2203 on, and version " +
			"2603 stops offering it.",
		fix: `Remove the role assignment with role = "asset_intelligence_synchronization_point".`,
		sources: []product.Source{product.AssetIntelligenceDeprecation.Source(), product.SiteSystemRoles.At("Asset Intelligence synchronization point"),
			product.PrerequisiteChecks.At("Asset Intelligence deprecation")},
		covers: rule.OnElement("ROLE-LIFE-AISP-2603")},
	{id: "ROLE-LIFE-AISP-2603", severity: rule.SeverityError, basis: rule.Removed, roles: []string{product.RoleAssetIntelligence}, from: product.RoleOf(product.RoleAssetIntelligence).Deprecation.Removed,
		fact: "cannot be added any more", carried: rule.SeverityWarning, carriedFact: "is a role that the product no longer offers",
		title: "An Asset Intelligence synchronization point is not added any more",
		why: "From version 2603 on the console leaves the role out of the list of roles to add. One that an update carried over keeps running, without a " +
			"way to set it up again.",
		fix: `Remove the role assignment with role = "asset_intelligence_synchronization_point". If the role is on the server already, say so with ` +
			`installed = true until it is removed there.`,
		sources: []product.Source{product.WhatsNew2603.Source(), product.AssetIntelligenceDeprecation.Source()}},
	{id: "ROLE-LIFE-CRP-DEPR", severity: rule.SeverityWarning, basis: rule.Deprecated, roles: []string{product.RoleCertificateRegistration}, from: product.RoleOf(product.RoleCertificateRegistration).Deprecation.Since, to: product.RoleOf(product.RoleCertificateRegistration).Deprecation.Removed,
		fact:    "is deprecated",
		title:   "A design avoids the deprecated certificate registration point",
		why:     "Company resource access, which the role serves, is deprecated from version 2103 on and is not supported from version 2203 on.",
		fix:     `Move certificate profiles to Microsoft Intune and remove the role assignment with role = "certificate_registration_point".`,
		sources: []product.Source{product.ResourceAccessDeprecation.Source(), product.DeprecatedFeatures.Source()}},
	{id: "ROLE-LIFE-CRP-UNSUP", severity: rule.SeverityError, basis: rule.Unsupported, roles: []string{product.RoleCertificateRegistration}, from: product.RoleOf(product.RoleCertificateRegistration).Deprecation.Removed, to: 2207,
		fact:    "is not supported any more",
		title:   "A site has no certificate registration point once it is unsupported",
		why:     "Version 2203 ended the support of company resource access and of the role that serves it.",
		fix:     `Move certificate profiles to Microsoft Intune and remove the role assignment with role = "certificate_registration_point".`,
		sources: []product.Source{product.SiteSystemRoles.At("Certificate registration point"), product.Accounts.Source(), product.ResourceAccessDeprecation.Source()}},
	{id: "ROLE-LIFE-CRP-NOCREATE", severity: rule.SeverityError, basis: rule.Refused, roles: []string{product.RoleCertificateRegistration}, from: 2207, to: 2403,
		fact: "cannot be created any more", carried: rule.SeverityWarning, carriedFact: "is not supported and will block the update to version 2403",
		title: "A certificate registration point is not created any more",
		why:   "From version 2207 on the product refuses to create the role; one that exists stops the site from being updated to version 2403.",
		fix: `Move certificate profiles to Microsoft Intune and remove the role assignment with role = "certificate_registration_point". If the role is on ` +
			`the server already, say so with installed = true until it is removed there.`,
		sources: []product.Source{product.ResourceAccessDeprecation.Source()}},
	{id: "ROLE-LIFE-CRP-BLOCK", severity: rule.SeverityError, basis: rule.Removed, roles: []string{product.RoleCertificateRegistration}, from: product.BlockedFrom(product.BlockCertificateRegistration),
		fact:    "does not exist any more and blocks the update of the site",
		title:   "A site that is updated to version 2403 or later has no certificate registration point",
		why:     "Company resource access was taken out of version 2403, and the prerequisite check stops an update while the role or its policies are there.",
		fix:     `Remove the role assignment with role = "certificate_registration_point", and the role from the server before the update.`,
		sources: []product.Source{product.PrerequisiteChecks.At("Resource access policies are no longer supported"), product.ResourceAccessDeprecation.Source()}},
	{id: "ROLE-LIFE-EP-DEPR", severity: rule.SeverityWarning, basis: rule.Deprecated,
		roles:    []string{product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint, product.RoleManagementPoint},
		settings: map[string]roleSwitch{product.RoleManagementPoint: deviceManagementPoint}, from: product.RoleOf(product.RoleEnrollmentPoint).Deprecation.Since,
		fact:  "serves on-premises management of mobile devices and Macs, which is deprecated",
		title: "A design has no enrollment points, enrollment proxy points or management points for devices",
		why: "Microsoft announced their end in January 2022 and planned it for March 2024; the prerequisite check warns of them from version 2203 on. No " +
			"version is known to have removed them.",
		fix: "Manage mobile devices and Macs with Microsoft Intune. Then remove the enrollment point and the enrollment proxy point, and set " +
			"allow_mobile_devices = false on the management points.",
		sources: []product.Source{product.SiteSystemRoles.At("Enrollment point"), product.SiteSystemRolesForClients.Source(), product.DeprecatedFeatures.Source(),
			product.PrerequisiteChecks.Source()}},
	{id: "ROLE-LIFE-ACAT", severity: rule.SeverityError, basis: rule.Removed, roles: []string{product.RoleCatalogWebService, product.RoleCatalogWebsite}, from: 1910,
		fact:  "is a role of the Application Catalog, which is not supported any more",
		title: "A site has no Application Catalog roles",
		why: "The support of the Application Catalog ended with version 1910. From version 2107 on the prerequisite check stops an update while one of its " +
			"roles is there.",
		fix: "Remove the role assignment, and the role from the server before the next update: Software Center shows the applications that are available " +
			"to users without it.",
		sources: []product.Source{product.ApplicationManagement.Source(), product.PrerequisiteChecks.At("Application catalog roles are unsupported")}},
	{id: "ROLE-LIFE-OOB", severity: rule.SeverityError, basis: rule.Removed, roles: []string{product.RoleOutOfBand, product.RoleHealthValidator},
		fact:  "is a role that current branch never had",
		title: "A site has neither an out of band service point nor a System Health Validator point",
		why: "Current branch has neither out of band management nor Network Access Protection. The prerequisite check refuses to upgrade a site that still " +
			"has one of the roles.",
		fix:     "Remove the role assignment, and the role from the server before the upgrade to current branch.",
		sources: []product.Source{product.DeprecatedFeatures.At("Unsupported and removed features"), product.PrerequisiteChecks.Source()}},
	{id: "ROLE-LIFE-CDP", severity: rule.SeverityError, basis: rule.Refused, roles: []string{product.RoleCloudDistributionPoint}, from: 2107,
		fact: "cannot be created any more", carried: rule.SeverityWarning, carriedFact: "is deprecated",
		title: "A cloud distribution point is not created any more",
		why:   "The role is deprecated since February 2019 and cannot be created from version 2107 on. A cloud management gateway can serve the same content.",
		fix: "Remove the role assignment and use a cloud management gateway that serves content: declare it in cloud_management_gateways of the " +
			"configmgr_hierarchy. If the cloud distribution point exists already, say so with installed = true until it is deleted.",
		sources: []product.Source{product.DeprecatedFeatures.At("Deprecated features")}},
	{id: "ROLE-LIFE-MCC-DEPR", severity: rule.SeverityWarning, basis: rule.Deprecated, roles: []string{product.RoleDistributionPoint},
		settings: map[string]roleSwitch{product.RoleDistributionPoint: connectedCache}, from: 2603,
		fact:  "runs Connected Cache, which is deprecated on distribution points",
		title: "A design has no Microsoft Connected Cache on distribution points",
		why: "Microsoft announced in June 2026 that a future version takes Connected Cache off distribution points. The stand-alone Connected Cache " +
			"replaces it; no date is set.",
		fix:     "Plan a stand-alone Microsoft Connected Cache, then set connected_cache = false in the distribution_point block.",
		sources: []product.Source{product.DeprecatedFeatures.At("Deprecated features"), product.ConnectedCache.Source()}},
	{id: "ROLE-LIFE-SUP-NLB", severity: rule.SeverityError, basis: rule.Removed, roles: []string{product.RoleSoftwareUpdatePoint},
		settings: map[string]roleSwitch{product.RoleSoftwareUpdatePoint: networkLoadBalancing}, from: 1702,
		fact:  "cannot be behind a network load balancer",
		title: "A software update point is not behind a network load balancer",
		why: "Version 1702 removed the support of load balancers, in Windows or as an appliance. Clients switch between the software update points of their " +
			"boundary group by themselves.",
		fix: "Set network_load_balanced = false and assign several software update points to the site, each on a server of its own.",
		sources: []product.Source{product.HighAvailabilityOptions.At("Redundancy for site system roles"), product.SoftwareUpdatesPlan.Source(),
			product.DeprecatedFeatures.At("Unsupported and removed features")}},
}

func roleLifecycleRules() []rule.Rule {
	rules := make([]rule.Rule, len(roleLifecycles))
	for i, row := range roleLifecycles {
		rules[i] = row.rule()
	}
	return rules
}

func (row lifecycle) rule() rule.Rule {
	return rule.Rule{
		ID: row.id, Severity: row.severity, Basis: row.basis, Scope: rule.ScopeRole,
		Title: row.title, Why: row.why, Fix: row.fix, Sources: row.sources,
		Versions: rule.VersionSpan(row.from, row.to), CoveredBy: row.covers,
		Roles: row.roles,
		Assignment: func(c *rule.Check, a *model.Assignment) {
			key, ok := rule.Decided(c, a.Role)
			if !ok {
				return
			}
			s, isSetting := row.settings[key]
			if isSetting && !c.Holds(s.on(a)) {
				return
			}
			var v product.Version
			if row.from != 0 {
				if v, ok = c.VersionOf(a.DeclaredSite()); !ok || !rule.Spans(row.from, row.to, v) {
					return
				}
			}
			at, what := model.At("role"), fmt.Sprintf("role = %q", key)
			if isSetting {
				at, what = s.at, fmt.Sprintf("%s = true", s.at)
			}
			if row.from != 0 {
				what += fmt.Sprintf(" at version %s", v)
			}
			finding := rule.Violation{At: at, Fact: fmt.Sprintf("%s %s", a.Label(), row.fact), Found: what + "."}
			if row.carried != 0 {
				carried, ok := rule.Decided(c, a.Installed.OrDefault(false))
				if !ok {
					return
				}
				if carried {
					finding.Severity = row.carried
					finding.Fact = fmt.Sprintf("%s %s", a.Label(), row.carriedFact)
					finding.Found = what + ", and installed = true."
				}
			}
			c.Violate(finding)
		},
	}
}

// gatewayLifecycle is what became of a way to deploy cloud management gateways.
type gatewayLifecycle struct {
	id      string
	basis   rule.Basis
	cases   []gatewayCase
	title   string
	why     string
	fix     string
	sources []product.Source
}

// gatewayCase is one case of a [gatewayLifecycle]: a gateway that is new, or one that
// is installed already, in a span of versions.
type gatewayCase struct {
	deployments []string
	installed   bool
	from, to    product.Version
	severity    rule.Severity // 0: that of the rule
	fact        string        // what to say of the gateway, after its name
}

var gatewayLifecycles = []gatewayLifecycle{
	{id: "ROLE-LIFE-CMG-CLASSIC-NEW", basis: rule.Removed,
		cases: []gatewayCase{
			{deployments: []string{model.DeploymentClassic}, from: 2203, fact: "cannot be deployed as a classic cloud service any more"},
		},
		title:   "A new cloud management gateway is not deployed as a classic cloud service",
		why:     "From version 2203 on the product deploys a new gateway as a virtual machine scale set only.",
		fix:     `Set deployment = "virtual_machine_scale_set". If the gateway exists already, say so with installed = true.`,
		sources: []product.Source{product.DeprecatedFeatures.Source(), product.CMGPlan.Source()}},
	{id: "ROLE-LIFE-CMG-CLASSIC-BLOCK", basis: rule.Refused,
		cases: []gatewayCase{
			{deployments: []string{model.DeploymentClassic, model.DeploymentServiceManager}, installed: true, from: product.BlockedFrom(product.BlockClassicGateway), fact: "is still a classic cloud service, which " +
				"blocks the update of the site"},
		},
		title: "A site that is updated to version 2403 or later has no gateway that is a classic cloud service",
		why:   "The prerequisite check stops the update while such a gateway is there.",
		fix: `Convert the gateway to a virtual machine scale set, or delete and deploy it again, before the update. Then set deployment = ` +
			`"virtual_machine_scale_set".`,
		sources: []product.Source{product.PrerequisiteChecks.At("Check for a cloud management gateway (CMG) as a cloud service (classic)")}},
	{id: "ROLE-LIFE-CMG-ASM", basis: rule.Refused,
		cases: []gatewayCase{
			{deployments: []string{model.DeploymentServiceManager}, from: 1902, fact: "cannot be deployed with Azure Service Manager any more"},
			{deployments: []string{model.DeploymentServiceManager}, installed: true, from: 1902, to: 2403, severity: rule.SeverityWarning, fact: "still uses Azure Service Manager"},
		},
		title: "A new cloud management gateway is not deployed with Azure Service Manager",
		why: "From version 1902 on the product deploys to Azure with Azure Resource Manager only. A gateway that was deployed with a management " +
			"certificate keeps working until version 2403.",
		fix: `Set deployment = "virtual_machine_scale_set", or before version 2107, where that is not generally available, "cloud_service_classic". If the ` +
			`gateway exists already, say so with installed = true.`,
		sources: []product.Source{product.DeprecatedFeatures.At("Deprecated features")}},
}

func gatewayLifecycleRules() []rule.Rule {
	rules := make([]rule.Rule, len(gatewayLifecycles))
	for i, row := range gatewayLifecycles {
		rules[i] = row.rule()
	}
	return rules
}

func (row gatewayLifecycle) rule() rule.Rule {
	first := row.cases[0]
	return rule.Rule{
		ID: row.id, Severity: rule.SeverityError, Basis: row.basis, Scope: rule.ScopeRole,
		Title: row.title, Why: row.why, Fix: row.fix, Sources: row.sources, Versions: rule.VersionSpan(first.from, first.to),
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				deployment, ok := rule.Decided(c, g.Deployment)
				if !ok || !slices.ContainsFunc(row.cases, func(k gatewayCase) bool { return slices.Contains(k.deployments, deployment) }) {
					return
				}
				exists, okExists := rule.Decided(c, g.Installed.OrDefault(false))
				site, okSite := c.GatewaySite(g)
				if !okExists || !okSite {
					return
				}
				v, ok := c.VersionOf(site)
				if !ok {
					return
				}
				for _, k := range row.cases {
					if exists != k.installed || !slices.Contains(k.deployments, deployment) || !rule.Spans(k.from, k.to, v) {
						continue
					}
					c.Violate(rule.Violation{
						At: at.Attr("deployment"), Site: site, Severity: k.severity,
						Fact:  fmt.Sprintf("%s %s", rule.GatewayLabel(at, g), k.fact),
						Found: fmt.Sprintf("%s = %q at version %s, and installed = %t.", at.Attr("deployment"), deployment, v, exists),
					})
				}
			})
		},
	}
}

// sqlLifecycle is the end of a version of SQL Server for site databases. The releases say
// which is the first version of the product to refuse it.
type sqlLifecycle struct {
	id      string
	version string          // as in sql_version
	Warned  product.Version // the first version that no longer supports it, 0 when that is also the first to refuse it
	why     string
	Sources []product.Source
}

// SQLLifecycles are the SQL Server versions that a site is warned of.
var SQLLifecycles = []sqlLifecycle{
	{id: "ROLE-LIFE-SQL-2012", version: "2012", Warned: 2207,
		why: "SQL Server 2012 is not supported from version 2207 on: the prerequisite check warns of it, and from version 2409 on it refuses the installation " +
			"or update.",
		Sources: []product.Source{product.DeprecatedServer.At("SQL Server"), product.WhatsNew2409.Source(),
			product.PrerequisiteChecks.At("SQL Server 2012 lifecycle")}},
	{id: "ROLE-LIFE-SQL-2014", version: "2014",
		why:     "Version 2409 removed the support of SQL Server 2014 and refuses the installation or update.",
		Sources: []product.Source{product.DeprecatedServer.At("SQL Server"), product.WhatsNew2409.Source(), product.SQLServerVersions.At("Supported versions of SQL Server")}},
	{id: "ROLE-LIFE-SQL-2016", version: "2016",
		why: "From version 2609 on a site needs SQL Server 2017 with cumulative update 2 or later: the prerequisite check refuses the installation or update " +
			"on SQL Server 2016, SQL Server Express at secondary sites included.",
		Sources: []product.Source{product.WhatsNew2609.At("Configuration Manager no longer supports SQL Server 2016"), product.PrerequisiteChecks.At("SQL Server version"),
			product.SQLServerVersions.At("Supported versions of SQL Server"), product.UpdateChecklist2609.At("Review the SQL Server version")}},
}

// refused returns the first version that refuses the SQL Server version.
func (row sqlLifecycle) refused() product.Version {
	lines := product.SQLServers()
	return lines[slices.IndexFunc(lines, func(s product.SQLServer) bool { return s.Version == row.version })].Until.Version
}

func sqlLifecycleRules() []rule.Rule {
	rules := make([]rule.Rule, len(SQLLifecycles))
	for i, row := range SQLLifecycles {
		rules[i] = row.rule()
	}
	return rules
}

func (row sqlLifecycle) rule() rule.Rule {
	refused := row.refused()
	from := refused
	if row.Warned != 0 {
		from = row.Warned
	}
	return rule.Rule{
		ID: row.id, Severity: rule.SeverityError, Basis: rule.Removed, Scope: rule.ScopeRole,
		Title:    fmt.Sprintf("A site database is not on SQL Server %s", row.version),
		Why:      row.why,
		Fix:      "Upgrade SQL Server before the site, and set sql_version in the database block to a version that the site supports.",
		Sources:  row.Sources,
		Versions: rule.VersionSpan(from, 0),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			sql, ok := rule.Decided(c, db.SQLVersion)
			if !ok || sql != row.version {
				return
			}
			v, ok := c.VersionOf(s)
			if !ok || v < from {
				return
			}
			finding := rule.Violation{
				At:    model.At("database", "sql_version"),
				Fact:  fmt.Sprintf("%s cannot have its database on SQL Server %s", s.Label(), sql),
				Found: fmt.Sprintf("sql_version = %q at version %s.", sql, v),
				Fix:   fmt.Sprintf("Upgrade SQL Server before the site: sql_version = %q in the database block.", newestSQLServer(s, v)),
			}
			if v < refused {
				// The end of support is that of the full editions. An Express edition
				// there can only be at a secondary site.
				if !c.Fails(s.Is(product.Secondary)) {
					if edition, ok := rule.Decided(c, db.Edition); !ok || edition == model.EditionExpress {
						return
					}
				}
				finding.Severity = rule.SeverityWarning
				finding.Fact = fmt.Sprintf("%s has its database on SQL Server %s, which is not supported any more", s.Label(), sql)
			}
			c.Violate(finding)
		},
	}
}

// newestSQLServer returns the newest SQL Server that a site may have at a version.
func newestSQLServer(s *model.Site, v product.Version) string {
	return product.NewestSQLServer(v, model.KnownTrue(s.UsesExpress()))
}

// Versions in which plain HTTP between clients and site systems was deprecated, and
// refused.
var (
	plainHTTPDeprecated = product.Milestone{Version: 2103, Source: product.Communications.Source()}
	plainHTTPRefused    = product.Milestone{Version: product.BlockedFrom(product.BlockPlainHTTP), Source: product.PrerequisiteChecks.At("Enable site system roles for HTTPS or Enhanced HTTP")}
)

var otherLifecycles = []rule.Rule{
	{
		ID: "ROLE-LIFE-HTTP-DEPR", Severity: rule.SeverityWarning, Basis: rule.Deprecated, Scope: rule.ScopeRole,
		Title:    "A primary site does not permit plain HTTP for its clients",
		Why:      "Client communication over HTTP without enhanced HTTP is deprecated from version 2103 on, and version 2403 refuses it.",
		Fix:      `Set client_communication = "enhanced_http", which needs no certificates of your own, or client_communication = "https_only".`,
		Sources:  []product.Source{product.Communications.Source(), product.SiteSystemRoles.At("Management point")},
		Versions: rule.VersionSpan(plainHTTPDeprecated.Version, plainHTTPRefused.Version),
		Site: func(c *rule.Check, s *model.Site) {
			if v, ok := plainHTTP(c, s, product.Primary); ok && rule.Spans(plainHTTPDeprecated.Version, plainHTTPRefused.Version, v) {
				c.Violate(rule.Violation{
					At:    model.At("client_communication"),
					Fact:  fmt.Sprintf("%s permits plain HTTP, which is deprecated", s.Label()),
					Found: fmt.Sprintf("client_communication = %q at version %s.", model.CommunicationHTTPSOrHTTP, v),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-HTTP-BLOCK", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:    "A central administration or primary site uses HTTPS or enhanced HTTP",
		Why:      "From version 2403 on the prerequisite check stops a site that neither requires HTTPS nor uses enhanced HTTP.",
		Fix:      `Set client_communication = "enhanced_http", which needs no certificates of your own, or client_communication = "https_only".`,
		Sources:  []product.Source{product.PrerequisiteChecks.At("Enable site system roles for HTTPS or Enhanced HTTP"), product.EnhancedHTTP.At("Configure the site")},
		Versions: rule.VersionSpan(plainHTTPRefused.Version, 0),
		Site: func(c *rule.Check, s *model.Site) {
			v, ok := plainHTTP(c, s, product.Primary, product.CentralAdministration)
			if !ok || v < plainHTTPRefused.Version {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("client_communication"),
				Fact:  fmt.Sprintf("%s permits plain HTTP", s.Label()),
				Found: fmt.Sprintf("client_communication = %q at version %s.", model.CommunicationHTTPSOrHTTP, v),
			})
		},
	},
	{
		ID: "ROLE-LIFE-OS-2012", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title: "A server does not stay on Windows Server 2012 or 2012 R2",
		Why: "Microsoft ended the support of the system on 2023-10-10. The prerequisite check warns of it from version 2309 on and refuses it from " +
			"version 2403 on; SRV-OS-LIST reports it there.",
		Fix:      `Upgrade or replace the server before the site is updated to version 2403: operating_system = "windows_server_2022".`,
		Sources:  []product.Source{product.SupportedOperatingSystems.At("Windows Server 2012 and Windows Server 2012 R2"), product.PrerequisiteChecks.At("Windows Server 2012/R2 lifecycle")},
		Versions: rule.VersionSpan(2309, 2403),
		Server: func(c *rule.Check, s *model.Server) {
			os := c.System(s)
			if os == nil || os.NoticeFrom == 0 {
				return
			}
			if v, ok := c.VersionOf(rule.SiteOf(s)); ok && rule.Spans(os.NoticeFrom, os.RefusedFrom, v) {
				c.Violate(rule.Violation{
					At: model.At("operating_system"), Severity: rule.SeverityWarning,
					Fact:  fmt.Sprintf("%s runs %s, which version %s refuses", s.Label(), os.Name, os.RefusedFrom),
					Found: fmt.Sprintf("operating_system = %q at version %s. %s", os.Key, v, os.History),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-OS-2008R2", Severity: rule.SeverityError, Basis: rule.Removed, Scope: rule.ScopeRole,
		Title: "A distribution point does not stay on Windows Server 2008 or 2008 R2",
		Why: "Current branch dropped the systems, Windows Server 2008 at once and 2008 R2 with version 1702. The prerequisite check only warns while the " +
			"server is nothing but a distribution point; anything else on it is SRV-OS-LIST.",
		Fix:       "Upgrade or replace the server, and set operating_system to one that the version of the site supports.",
		Sources:   []product.Source{product.DeprecatedServer.At("Server OS"), product.PrerequisiteChecks.At("Unsupported site system OS version for upgrade")},
		Versions:  "1702 and later; for Windows Server 2008 all",
		CoveredBy: rule.OnHost("SRV-OS-LIST"),
		Roles:     []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			os := c.System(a.DeclaredServer())
			if os == nil || !os.KeptForDistributionPoints {
				return
			}
			if v, ok := c.VersionOf(a.DeclaredSite()); ok && os.RefusedBy(v) {
				c.Violate(rule.Violation{
					At: model.At("server", "operating_system"), Severity: rule.SeverityWarning,
					Fact:  fmt.Sprintf("%s runs %s", a.Label(), os.Name),
					Found: fmt.Sprintf("the operating_system of the server is %q at version %s. %s", os.Key, v, os.History),
					Fix:   fmt.Sprintf("Upgrade or replace the server, for example operating_system = %q.", product.NewestServer(v).Key),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-OS-WIN10", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopeRole,
		Title: "A distribution point from version 2509 on is not on Windows 10 of the general channel",
		Why: "One article ends the support of Windows 10 22H2 with version 2509, another still lists Windows 10 for distribution points. The long-term " +
			"servicing editions are not affected.",
		Fix: `Use another system, such as operating_system = "windows_server_2022"; for a long-term servicing edition write operating_system = ` +
			`"windows_10_ltsc".`,
		Sources:  []product.Source{product.DeprecatedServer.Source(), product.SupportedOperatingSystems.At("Client OS versions"), product.WhatsNew2509.Source()},
		Versions: rule.VersionSpan(2509, 0),
		Roles:    []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			os := c.System(a.DeclaredServer())
			if os == nil || os.DisputedFrom == 0 {
				return
			}
			if v, ok := c.VersionOf(a.DeclaredSite()); ok && v >= os.DisputedFrom {
				c.Violate(rule.Violation{
					At:    model.At("server", "operating_system"),
					Fact:  fmt.Sprintf("%s runs %s, whose support is in doubt", a.Label(), os.Name),
					Found: fmt.Sprintf("the operating_system of the server is %q at version %s.", os.Key, v),
				})
			}
		},
	},
	{
		ID: "ROLE-LIFE-SITE-VERSION-SUPPORT", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A site runs a version that is in support",
		Why: "Microsoft supports a current branch version for 18 months; from 2609 on there is one release a year. After that there are no security fixes, " +
			"and it may be too old to be updated in one step.",
		Fix:     "Update the site to a version that is in support.",
		Sources: []product.Source{product.Versions.Source(), product.Updates.Source()},
		Site:    checkVersionSupport,
	},
	{
		ID: "ROLE-LIFE-SQL-SUPPORT", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "The SQL Server of a site database is in support",
		Why: "A site may run on a SQL Server version as long as Microsoft supports that version: after its last day there are no security fixes for it " +
			"any more.",
		Fix:       "Upgrade SQL Server, and set sql_version in the database block to a version that is in support.",
		Sources:   []product.Source{product.SQLServerVersions.At("Supported versions of SQL Server"), product.SQLServerLifecycle.Source()},
		CoveredBy: rule.OnElement("DB-VERSION", "ROLE-LIFE-SQL-2012", "ROLE-LIFE-SQL-2014", "ROLE-LIFE-SQL-2016", "DB-EXPRESS-VERSION"),
		Site:      checkSQLSupport,
	},
	{
		ID: "ROLE-LIFE-MACOS", Severity: rule.SeverityWarning, Basis: rule.Removed, Scope: rule.ScopeSite,
		Title:   "A site has no clients that run macOS",
		Why:     "The support of the client for macOS ended on 2022-12-31. Macs that still have it get neither fixes nor help.",
		Fix:     "Manage the Macs with Microsoft Intune, and take macos out of the clients block.",
		Sources: []product.Source{product.MacSupportEnds.Source, product.DeprecatedFeatures.At("Deprecated features"), product.SiteSystemRolesForClients.Source()},
		Site:    checkMacs,
	},
}

// plainHTTP reports whether a site of one of the types permits plain HTTP, and the
// version that it runs.
func plainHTTP(c *rule.Check, s *model.Site, types ...product.SiteType) (product.Version, bool) {
	t, okType := rule.Decided(c, s.Type)
	if okType && !slices.Contains(types, t) {
		return 0, false
	}
	mode, ok := rule.Decided(c, s.Communication)
	if !ok || !okType || mode != model.CommunicationHTTPSOrHTTP {
		return 0, false
	}
	return c.VersionOf(s)
}

// checkVersionSupport reports a site whose version is out of support on the day of
// the review. A site that runs the version of its parent is reported there.
func checkVersionSupport(c *rule.Check, s *model.Site) {
	if branch, ok := s.Branch.OrDefault(model.BranchCurrent).Get(); !ok {
		c.Undecide()
		return
	} else if branch != model.BranchCurrent {
		return
	}
	v, ok := c.VersionOf(s)
	if !ok {
		return
	}
	if parent, ok := s.Parent.Get(); ok && parent.EffectiveVersion(c.Options.SiteVersion()) == model.Known(v) {
		return
	}
	release, known := product.ReleaseOf(v)
	if !known {
		return // newer than every known release
	}
	if c.Options.ReviewDate.IsZero() {
		c.Undecide()
		return
	}
	if !reviewedAfter(c, release.SupportEnds) {
		return
	}
	c.Violate(rule.Violation{
		At:    model.At("version"),
		Fact:  fmt.Sprintf("%s runs version %s, which is out of support", s.Label(), v),
		Found: fmt.Sprintf("on the review date %s the version is %s; its support ended on %s.", c.Options.ReviewDate.Format(time.DateOnly), v, release.SupportEnds),
		Fix:   supportedVersion(c, v),
	})
}

// supportedVersion says what a site that is out of support is updated to: the newest release
// that is available on the day of the review and that its version can be updated to.
func supportedVersion(c *rule.Check, from product.Version) string {
	available := func(r product.Release) bool {
		day, err := product.ParseDate(r.Available)
		return err == nil && !day.After(c.Options.ReviewDate)
	}
	newest := from
	for _, r := range product.Releases() {
		if available(r) {
			newest = max(newest, r.Version)
		}
	}
	step, ok := product.UpdateStep(from, newest)
	switch {
	case !ok:
		return "Update the site, release by release, to a version that is in support, and record each in version."
	case step < newest:
		return fmt.Sprintf("First update the site to version = %q, the newest release that it can be updated to in one step, and then go on to %q.", step, newest)
	default:
		return fmt.Sprintf("Update the site to version = %q.", step)
	}
}

// checkSQLSupport reports a site database on a SQL Server version that is out of support on
// the day of the review.
func checkSQLSupport(c *rule.Check, s *model.Site) {
	db, ok := rule.Decided(c, s.DeclaredDatabase())
	if !ok {
		return
	}
	sql, ok := rule.Decided(c, db.SQLVersion)
	if !ok {
		return
	}
	ends, known := product.SQLSupportEnds(sql)
	if !known || c.Options.ReviewDate.IsZero() {
		c.Undecide()
		return
	}
	if !c.Options.ReviewDate.After(ends) {
		return
	}
	v := rule.Violation{
		At:    model.At("database", "sql_version"),
		Fact:  fmt.Sprintf("%s has its database on SQL Server %s, which is out of support", s.Label(), sql),
		Found: fmt.Sprintf("on the review date %s sql_version is %q; its support ended on %s.", c.Options.ReviewDate.Format(time.DateOnly), sql, ends.Format(time.DateOnly)),
	}
	if version, ok := c.VersionOf(s); ok {
		newest := newestSQLServer(s, version)
		if until, ok := product.SQLSupportEnds(newest); ok && !c.Options.ReviewDate.After(until) {
			v.Fix = fmt.Sprintf("Upgrade SQL Server: sql_version = %q in the database block.", newest)
		} else {
			v.Fix = "Update the site to a version that supports a SQL Server that is in support, and upgrade SQL Server."
		}
	}
	c.Violate(v)
}

// checkMacs reports Macs among the clients of a site. The day of the review, or a version
// that is younger than the end of their support, says that they are not supported any more.
func checkMacs(c *rule.Check, s *model.Site) {
	macs, ok := rule.Decided(c, model.BlockSetting(s.Clients, func(n *model.ClientCounts) model.Value[int64] { return n.MacOS }))
	if !ok || macs == 0 {
		return
	}
	late := reviewedAfter(c, product.MacSupportEnds.Day)
	if v, ok := c.VersionOf(s); !late && ok {
		release, known := product.ReleaseFor(v)
		late = known && release.Available > product.MacSupportEnds.Day
	} else if !late {
		return
	}
	switch {
	case late:
		c.Violate(rule.Violation{
			At:    model.At("clients", "macos"),
			Fact:  fmt.Sprintf("%s has clients that run macOS, which are not supported any more", s.Label()),
			Found: fmt.Sprintf("macos = %d in the clients block; the support ended on %s.", macs, product.MacSupportEnds.Day),
		})
	case c.Options.ReviewDate.IsZero():
		c.Undecide()
	}
}

// reviewedAfter reports whether the review date lies after a day.
func reviewedAfter(c *rule.Check, day string) bool {
	if day == "" {
		return false
	}
	last, err := product.ParseDate(day)
	return err == nil && c.Options.ReviewDate.After(last)
}
