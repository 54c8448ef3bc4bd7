package dependencies

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What the features of a hierarchy need. A management point that is missing
// is ROLE-CARD-MP-PRI-MIN, whatever the clients are to do.

// featureNeed is something that a feature needs in the hierarchy.
type featureNeed struct {
	what string // with its article
	has  func(*rule.Check) model.Value[bool]
	// severity lowers that of the rule.
	severity rule.Severity
}

// demandedByAnswer reports whether an answer about required roles demands a role at a
// listed site: the rules about the answer then say that it is missing.
func demandedByAnswer(c *rule.Check, role string) model.Value[bool] {
	answers := c.Topology.Hierarchy.RequiredRoles
	demanded := model.Known(false)
	if answers.IsUnknown() {
		demanded = model.Unknown[bool]()
	}
	for _, answer := range model.First(answers.Get()) {
		sites := model.BlockSetting(answer, func(r *model.RequiredRoles) model.Value[map[string]model.Value[*model.SiteRoles]] { return r.Sites })
		demanded = model.Either(demanded, open(sites.IsUnknown()))
		for code, site := range model.First(sites.Get()) {
			if c.Topology.Index.Sites[model.FoldCode(code)] == nil {
				continue
			}
			roles := model.BlockSetting(site, func(s *model.SiteRoles) model.Value[map[string]model.Value[*model.RequiredRole]] { return s.Roles })
			demanded = model.Either(demanded, open(roles.IsUnknown()))
			if needed, ok := model.First(roles.Get())[role]; ok {
				requirement := model.BlockSetting(needed, func(r *model.RequiredRole) model.Value[string] { return r.Requirement })
				demanded = model.Either(demanded, model.ValueIs(requirement, string(model.RoleRequired)))
			}
		}
	}
	return demanded
}

// open is a condition that is not decided, or one that does not hold.
func open(is bool) model.Value[bool] {
	if is {
		return model.Unknown[bool]()
	}
	return model.Known(false)
}

// demand is what a feature needs.
type demand struct {
	feature string
	needs   []featureNeed
}

// needsRole is the need of a role that is assigned anywhere in the hierarchy.
func needsRole(what, role string) featureNeed {
	return featureNeed{what: what, has: func(c *rule.Check) model.Value[bool] { return anyAssignment(c, role, model.Always) }}
}

// asWarning is the need with a lower severity.
func (n featureNeed) asWarning() featureNeed {
	n.severity = rule.SeverityWarning
	return n
}

var (
	needsUpdatePoint    = needsRole("a software update point", product.RoleSoftwareUpdatePoint)
	needsMigrationPoint = needsRole("a state migration point", product.RoleStateMigrationPoint)
	needsEndpointPoint  = needsRole("an Endpoint Protection point", product.RoleEndpointProtection)
	needsReportingPoint = needsRole("a reporting services point", product.RoleReportingServicesPoint)

	needsContent   = featureNeed{what: "a distribution point or a cloud management gateway with content", has: hasContent}
	needsPXE       = featureNeed{what: "a distribution point with PXE", has: withSetting(func(d *model.DistributionPoint) model.Value[bool] { return model.IsDeclared(d.PXE) })}
	needsMulticast = featureNeed{what: "a distribution point with multicast", has: withSetting(func(d *model.DistributionPoint) model.Value[bool] { return model.DeclaredBlock(d.Multicast) })}

	needsOnlineConnection = featureNeed{what: "a service connection point in online mode", has: func(c *rule.Check) model.Value[bool] {
		return anyAssignment(c, product.RoleServiceConnectionPoint, func(a *model.Assignment) model.Value[bool] {
			return model.ValueIs(model.SettingOf(a.ServiceConnectionPoint, func(s *model.ServiceConnectionPoint) model.Value[string] { return s.Mode }), model.ModeOnline)
		})
	}}
	needsConnection = featureNeed{what: "a service connection point", has: func(c *rule.Check) model.Value[bool] {
		if features, _ := c.Topology.Hierarchy.Features.Get(); slices.Contains(features, model.Known(model.FeatureTenantAttach)) {
			return model.Known(true) // else DEP-TENANT-ATTACH says it
		}
		switch demanded, ok := demandedByAnswer(c, product.RoleServiceConnectionPoint).Get(); {
		case !ok:
			return model.Unknown[bool]()
		case demanded:
			return model.Known(true) // else REQ-CMGCP or REQ-SCP says it
		}
		return anyAssignment(c, product.RoleServiceConnectionPoint, model.Always)
	}}
	needsGateway = featureNeed{what: "a cloud management gateway", has: func(c *rule.Check) model.Value[bool] {
		gateways := c.Topology.Hierarchy.Gateways
		list, ok := gateways.Get()
		if len(list) > 0 {
			return model.Known(true)
		}
		if ok && slices.ContainsFunc(c.Topology.Index.ByRole[product.RoleGatewayConnection], namesAGateway) {
			return model.Known(true) // else DEP-CMGCP-CMG says it
		}
		// A top-level site that is not listed may have one that is not either.
		if gateways.IsUnknown() || c.Topology.Index.IsPartial() {
			return model.Unknown[bool]()
		}
		return model.Known(false)
	}}
)

// withSetting is the need of a distribution point with a setting. The feature demands
// it: one that says nothing of the setting does not have it.
func withSetting(has func(*model.DistributionPoint) model.Value[bool]) func(*rule.Check) model.Value[bool] {
	return func(c *rule.Check) model.Value[bool] {
		return anyAssignment(c, product.RoleDistributionPoint, func(a *model.Assignment) model.Value[bool] {
			d, ok := a.DeclaredDistributionPoint().Get()
			if !ok {
				return model.Unknown[bool]()
			}
			return has(d)
		})
	}
}

// hasContent reports whether clients get content from the hierarchy.
func hasContent(c *rule.Check) model.Value[bool] {
	has := hasDistributionPoint(c)
	gateways := c.Topology.Hierarchy.Gateways
	if gateways.IsUnknown() {
		return model.Either(has, model.Unknown[bool]())
	}
	list, _ := gateways.Get()
	for _, entry := range list {
		has = model.Either(has, model.SettingOf(entry, func(g *model.Gateway) model.Value[bool] { return g.Content }))
	}
	return has
}

// contentSeekers are the features that need content, those first whose rule says it
// when there is none: the same distribution point is missing for all of them.
var contentSeekers = []string{
	model.FeaturePXE, model.FeatureMulticast, model.FeatureApplications, model.FeatureUpdates, model.FeatureUpdatesNoPackages, model.FeatureOSDeployment,
}

var featureRulesOfHierarchy = []rule.Rule{
	featureRule(rule.Rule{
		ID: "DEP-SUM-ROLES", Severity: rule.SeverityError, Basis: rule.Documented,
		Title: "A hierarchy for software updates has a software update point, and distribution points for packages",
		Why: "Clients scan against a software update point and report through their management point. Deployment packages are downloaded from " +
			"distribution points; without packages clients download from Microsoft Update and need distribution points only as a fallback.",
		Fix: `Assign role = "software_update_point" to a server of the top-level site and "distribution_point" to servers of the primary sites. Where ` +
			`clients download from Microsoft Update, say so: features = ["software_updates_without_packages"].`,
		Sources:   []product.Source{product.SoftwareUpdatesPrerequisites.At("Software update dependencies that are internal"), product.SoftwareUpdatesPlan.At("Plan software update content")},
		CoveredBy: rule.InHierarchy("REQ-SUP", "REQ-DP-CONTENT"),
	}, demand{model.FeatureUpdates, []featureNeed{needsUpdatePoint, needsContent}},
		demand{model.FeatureUpdatesNoPackages, []featureNeed{needsUpdatePoint, needsContent.asWarning()}}),
	featureRule(rule.Rule{
		ID: "DEP-EPP-FEATURE", Severity: rule.SeverityError, Basis: rule.Documented,
		Title:     "A hierarchy for Endpoint Protection has the Endpoint Protection point",
		Why:       "The role accepts the license terms and sets the defaults; without it clients cannot be managed with Endpoint Protection.",
		Fix:       `Assign role = "endpoint_protection_point" to a server of the top-level site.`,
		Sources:   []product.Source{product.EndpointProtectionPoint.Source(), product.PowerShell.At("Add-CMEndpointProtectionPoint")},
		CoveredBy: rule.InHierarchy("REQ-EPP"),
	}, demand{model.FeatureEndpoint, []featureNeed{needsEndpointPoint}}),
	featureRule(rule.Rule{
		ID: "DEP-EPP-SUP", Severity: rule.SeverityWarning, Basis: rule.Recommended,
		Title: "A hierarchy that deploys definition updates as software updates has a software update point",
		Why: "The definitions come with the synchronization of software updates. Other sources, such as Microsoft Update or a file share, need no " +
			"software update point.",
		Fix:       `Assign role = "software_update_point" to a server of the top-level site, or take "endpoint_definitions_from_software_updates" out of features.`,
		Sources:   []product.Source{product.EndpointDefinitions.Source()},
		CoveredBy: rule.InHierarchy("DEP-SUM-ROLES", "REQ-SUP"),
	}, demand{model.FeatureDefinitions, []featureNeed{needsUpdatePoint}}),
	featureRule(rule.Rule{
		ID: "DEP-OSD-ROLES", Severity: rule.SeverityError, Basis: rule.Documented,
		Title: "A hierarchy that deploys operating systems has the distribution points for it",
		Why: "Computers start from a distribution point with PXE when they start from the network, and get images by multicast from one with multicast. " +
			"Other content comes from any distribution point, from a cloud management gateway with content or from stand-alone media.",
		Fix: `Set pxe = "responder" in the distribution_point block of a distribution point, or declare a multicast block there; without any, assign ` +
			`"distribution_point" to a server of a primary site.`,
		Sources:   []product.Source{product.OSDeploymentInfrastructure.At("PXE-enabled distribution point"), product.OSDeploymentInfrastructure.At("Multicast-enabled distribution point"), product.OSDeploymentRoles.Source()},
		CoveredBy: rule.InHierarchy("REQ-PXE-DP", "REQ-DP-OSD"),
	}, demand{model.FeaturePXE, []featureNeed{needsPXE}}, demand{model.FeatureMulticast, []featureNeed{needsMulticast}}, demand{model.FeatureOSDeployment, []featureNeed{needsContent.asWarning()}}),
	featureRule(rule.Rule{
		ID: "DEP-OSD-SMP", Severity: rule.SeverityError, Basis: rule.Documented,
		Title: "A hierarchy that keeps user state on state migration points has one",
		Why: "User state that is stored on a server while a computer gets its new system, or its replacement, is stored on a state migration point or on " +
			"a network share. Hard links on the computer itself need neither.",
		Fix:       `Assign role = "state_migration_point" to a server of a primary site.`,
		Sources:   []product.Source{product.UserState.Source(), product.OSDeploymentRoles.Source()},
		CoveredBy: rule.InHierarchy("REQ-SMP"),
	}, demand{model.FeatureUserState, []featureNeed{needsMigrationPoint}}, demand{model.FeatureSideBySide, []featureNeed{needsMigrationPoint.asWarning()}}),
	featureRule(rule.Rule{
		ID: "DEP-APP-ROLES", Severity: rule.SeverityError, Basis: rule.Documented,
		Title: "A hierarchy that deploys applications has content for them",
		Why: "Clients get their policy from a management point, and the content of applications and packages from a distribution point or a cloud " +
			"management gateway with content.",
		Fix:       `Assign "distribution_point" to a server of a primary site, or set content_enabled = true on a cloud management gateway.`,
		Sources:   []product.Source{product.ApplicationManagement.Source(), product.SiteSystemRolesForClients.At("Distribution point")},
		CoveredBy: rule.InHierarchy("REQ-DP-CONTENT"),
	}, demand{model.FeatureApplications, []featureNeed{needsContent}}),
	bitLockerRule,
	{
		ID: "DEP-TENANT-ATTACH", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "from 2002",
		Title:   "A hierarchy that is attached to a tenant has a service connection point in online mode",
		Why:     "Devices and actions travel between the site and the cloud through it. The administration service, which takes part, comes with every SMS Provider.",
		Fix:     `Assign "service_connection_point" to a server of the top-level site and set mode = "online" in its service_connection_point block.`,
		Sources: []product.Source{product.TenantAttach.At("Internet endpoints"), product.SiteSystemPrerequisites.At("SMS Provider server")},
		// The service connection point is then offline, or said to be missing.
		CoveredBy: rule.InHierarchy("CMG-SCP-ONLINE", "REQ-TENANT-ATTACH", "REQ-CMGCP"),
		Hierarchy: func(c *rule.Check) {
			if i, wanted := wants(c, model.FeatureTenantAttach); wanted && topVersionFrom(c, product.TenantAttachReleased.Version) {
				lacking(c, i, model.FeatureTenantAttach, []featureNeed{needsOnlineConnection})
			}
		},
	},
	featureRule(rule.Rule{
		ID: "DEP-CMG-CHAIN", Severity: rule.SeverityError, Basis: rule.Documented,
		Title: "A hierarchy that manages clients on the internet through a cloud management gateway has one",
		Why: "Such clients talk to the gateway, which the service connection point sets up, the gateway to a connection point, and this one to management " +
			"points and software update points that accept its traffic. What a gateway that is there lacks has rules of its own: CMG-SCP-ONLINE, " +
			"ROLE-CARD-CMGCP-MIN, CMG-MP and CMG-SUP.",
		Fix: `Assign "service_connection_point" to a server of the top-level site, and declare the gateway, as in cloud_management_gateways = { gw = { ` +
			`name = "contosogw" } }, with a connection point and a management point with allow_cmg_traffic = true.`,
		Sources: []product.Source{product.CMGPlan.Source(), product.SiteSystemRolesForClients.At("Cloud management gateway connector point"), product.CMGSetup.Source()},
	}, demand{model.FeatureGateway, []featureNeed{needsConnection, needsGateway}}),
}

// featureRule completes a rule about what the features of a hierarchy need. What two
// features need is reported once, for the first of them.
func featureRule(r rule.Rule, demands ...demand) rule.Rule {
	r.Scope = rule.ScopeHierarchy
	r.Hierarchy = func(c *rule.Check) {
		var told []string
		for _, d := range demands {
			i, wanted := wants(c, d.feature)
			if !wanted {
				continue
			}
			var open []featureNeed
			for _, n := range d.needs {
				if !slices.Contains(told, n.what) && (n.what != needsContent.what || tellsOfContent(c, d.feature)) {
					open = append(open, n)
				}
			}
			told = append(told, lacking(c, i, d.feature, open)...)
		}
	}
	return r
}

// wants returns the place of a feature in the list of features, and whether it is there.
func wants(c *rule.Check, feature string) (at int, wanted bool) {
	features, ok := rule.Decided(c, c.Topology.Hierarchy.Features)
	if !ok {
		return 0, false
	}
	if at = slices.Index(features, model.Known(feature)); at >= 0 {
		return at, true
	}
	c.UndecideIf(slices.ContainsFunc(features, model.Value[string].IsUnknown))
	return 0, false
}

// tellsOfContent reports whether a feature is the first of the wanted ones that need
// content.
func tellsOfContent(c *rule.Check, feature string) bool {
	features, _ := c.Topology.Hierarchy.Features.Get()
	for _, other := range contentSeekers {
		if slices.Contains(features, model.Known(other)) {
			return other == feature
		}
	}
	return false
}

// lacking reports what a feature needs and the hierarchy lacks, and returns it.
func lacking(c *rule.Check, at int, feature string, needs []featureNeed) (missing []string) {
	var severity rule.Severity
	for _, n := range needs {
		if !c.Fails(n.has(c)) {
			continue
		}
		missing = append(missing, n.what)
		weight := n.severity
		if weight == 0 {
			weight = c.Rule.Severity
		}
		severity = max(severity, weight)
	}
	if len(missing) > 0 {
		c.Violate(rule.Violation{
			At: model.At("features").Index(at), Severity: severity,
			Fact:  fmt.Sprintf("the hierarchy of %s lacks %s", model.TopName(c.Topology), model.And(missing)),
			Found: fmt.Sprintf("features lists %q; missing: %s.", feature, strings.Join(missing, "; ")),
		})
	}
	return missing
}

// topVersionFrom reports whether the top-level site runs a version or a later one.
func topVersionFrom(c *rule.Check, least product.Version) bool {
	code, ok := rule.Decided(c, c.Topology.TopLevelSiteCode())
	if !ok {
		return false
	}
	top := c.Topology.Index.Sites[code]
	if top == nil {
		c.Undecide()
		return false
	}
	v, ok := c.VersionOf(top)
	return ok && v >= least
}

var bitLockerRule = rule.Rule{
	ID: "DEP-BITLOCKER", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "from 1910",
	Title: "A hierarchy for BitLocker management has a management point for recovery keys and a reporting services point",
	Why: "Up to version 2010 clients send recovery keys over HTTPS only, to a management point that reads the site database itself; from version 2103 " +
		"on any management point serves. The reports, of which the recovery audit needs one at the primary site, are shown by a reporting services point. The " +
		"portals run on any web server that reaches the site database.",
	Fix: `Assign "reporting_services_point" to a server of the primary site. Up to version 2010 also set protocol = "https" on a management point of ` +
		`each primary site, and keep one without a database_replica block.`,
	Sources:   []product.Source{product.BitLocker.At("General prerequisites"), product.BitLocker.At("Prerequisites for the recovery service")},
	CoveredBy: rule.InHierarchy("REQ-BITLOCKER"),
	Hierarchy: func(c *rule.Check) {
		i, wanted := wants(c, model.FeatureBitLocker)
		if !wanted {
			return
		}
		if topVersionFrom(c, product.BitLockerIntroduced.Version) {
			lacking(c, i, model.FeatureBitLocker, []featureNeed{needsReportingPoint})
		}
		for _, s := range model.SortedSites(c.Topology.Sites) {
			if v, ok := c.VersionOf(s); ok && v >= product.BitLockerIntroduced.Version && v < product.BitLockerWithoutTLS.Version && c.Holds(s.Is(product.Primary)) {
				recoveryService(c, s)
			}
		}
	},
}

// recoveryService judges the management points of a primary site that take recovery
// keys over HTTPS only. None at all is ROLE-CARD-MP-PRI-MIN.
func recoveryService(c *rule.Check, s *model.Site) {
	points := c.Topology.Index.RolesAt(s, product.RoleManagementPoint)
	if len(points) == 0 {
		return
	}
	secure, direct, both := model.Known(false), model.Known(false), model.Known(false)
	if c.Topology.Index.Open {
		secure, direct, both = model.Unknown[bool](), model.Unknown[bool](), model.Unknown[bool]()
	}
	for _, a := range points {
		https := a.Access().Uses(model.ProtocolHTTPS)
		onSiteDatabase := model.Not(model.DeclaredBlock(a.DatabaseReplica()))
		secure, direct = model.Either(secure, https), model.Either(direct, onSiteDatabase)
		both = model.Either(both, model.Both(https, onSiteDatabase))
	}
	v := rule.Violation{On: s, At: model.At("site_code"), Site: s, Related: append(model.AsDeclared(points), c.Topology.Hierarchy)}
	switch {
	case c.Fails(secure):
		v.Fact = fmt.Sprintf("%s has no management point with HTTPS for recovery keys", s.Label())
		v.Found = fmt.Sprintf("protocol = %q for every management point of the site: %s.", model.ProtocolHTTP, model.Labels(points))
	case c.Fails(direct):
		v.Fact = fmt.Sprintf("%s has no management point on the site database for recovery keys", s.Label())
		v.Found = fmt.Sprintf("every management point of the site has a database_replica block: %s.", model.Labels(points))
	case c.Fails(both):
		v.Fact = fmt.Sprintf("%s has no management point with HTTPS on the site database for recovery keys", s.Label())
		v.Found = fmt.Sprintf("of the management points of the site, those with protocol = %q have a database_replica block: %s.", model.ProtocolHTTPS, model.Labels(points))
	default:
		return
	}
	c.Violate(v)
}
