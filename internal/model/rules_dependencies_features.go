package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 15: what the features of a hierarchy need. A management point that is missing
// is ROLE-CARD-MP-PRI-MIN, whatever the clients are to do.

// featureNeed is something that a feature needs in the hierarchy.
type featureNeed struct {
	what string // with its article
	has  func(*check) Value[bool]
	// severity lowers that of the rule.
	severity Severity
}

// demand is what a feature needs.
type demand struct {
	feature string
	needs   []featureNeed
}

// needsRole is the need of a role that is assigned anywhere in the hierarchy.
func needsRole(what, role string) featureNeed {
	return featureNeed{what: what, has: func(c *check) Value[bool] { return c.anyAssignment(role, always) }}
}

// asWarning is the need with a lower severity.
func (n featureNeed) asWarning() featureNeed {
	n.severity = SeverityWarning
	return n
}

var (
	needsUpdatePoint    = needsRole("a software update point", roleSoftwareUpdatePoint)
	needsMigrationPoint = needsRole("a state migration point", roleStateMigrationPoint)
	needsEndpointPoint  = needsRole("an Endpoint Protection point", roleEndpointProtection)
	needsReportingPoint = needsRole("a reporting services point", roleReportingServicesPoint)

	needsContent   = featureNeed{what: "a distribution point or a cloud management gateway with content", has: (*check).hasContent}
	needsPXE       = featureNeed{what: "a distribution point with PXE", has: withSetting(func(d *DistributionPoint) Value[bool] { return isDeclared(d.PXE) })}
	needsMulticast = featureNeed{what: "a distribution point with multicast", has: withSetting(func(d *DistributionPoint) Value[bool] { return declaredBlock(d.Multicast) })}

	needsOnlineConnection = featureNeed{what: "a service connection point in online mode", has: func(c *check) Value[bool] {
		return c.anyAssignment(roleServiceConnectionPoint, func(a *Assignment) Value[bool] {
			return valueIs(settingOf(a.ServiceConnectionPoint, func(s *ServiceConnectionPoint) Value[string] { return s.Mode }), ModeOnline)
		})
	}}
	needsConnection = featureNeed{what: "a service connection point", has: func(c *check) Value[bool] {
		if features, _ := c.topology.Hierarchy.Features.Get(); slices.Contains(features, Known(FeatureTenantAttach)) {
			return Known(true) // else DEP-TENANT-ATTACH says it
		}
		if c.topology.Hierarchy.RequiredRoles.IsKnown() {
			return Known(true) // else REQ-CMGCP or REQ-SCP says it
		}
		return c.anyAssignment(roleServiceConnectionPoint, always)
	}}
	needsGateway = featureNeed{what: "a cloud management gateway", has: func(c *check) Value[bool] {
		gateways := c.topology.Hierarchy.Gateways
		list, ok := gateways.Get()
		if len(list) > 0 {
			return Known(true)
		}
		if ok && slices.ContainsFunc(c.topology.index.byRole[roleGatewayConnection], (*Assignment).namesAGateway) {
			return Known(true) // else DEP-CMGCP-CMG says it
		}
		// A top-level site that is not listed may have one that is not either.
		if gateways.IsUnknown() || len(c.topology.index.external) > 0 {
			return Unknown[bool]()
		}
		return Known(false)
	}}
)

// withSetting is the need of a distribution point with a setting. The feature demands
// it: one that says nothing of the setting does not have it.
func withSetting(has func(*DistributionPoint) Value[bool]) func(*check) Value[bool] {
	return func(c *check) Value[bool] {
		return c.anyAssignment(roleDistributionPoint, func(a *Assignment) Value[bool] {
			d, ok := a.distributionPoint().Get()
			if !ok {
				return Unknown[bool]()
			}
			return has(d)
		})
	}
}

// hasContent reports whether clients get content from the hierarchy.
func (c *check) hasContent() Value[bool] {
	has := c.hasDistributionPoint()
	gateways := c.topology.Hierarchy.Gateways
	if gateways.IsUnknown() {
		return either(has, Unknown[bool]())
	}
	list, _ := gateways.Get()
	for _, entry := range list {
		has = either(has, settingOf(entry, func(g *Gateway) Value[bool] { return g.Content }))
	}
	return has
}

// contentSeekers are the features that need content, those first whose rule says it
// when there is none: the same distribution point is missing for all of them.
var contentSeekers = []string{
	FeaturePXE, FeatureMulticast, FeatureApplications, FeatureUpdates, FeatureUpdatesNoPackages, FeatureOSDeployment,
}

var featureRulesOfHierarchy = []Rule{
	featureRule(Rule{
		ID: "DEP-SUM-ROLES", Severity: SeverityError, Basis: Documented,
		Title:     "A hierarchy for software updates has a software update point, and distribution points for packages",
		Why:       "Clients scan against a software update point and report through their management point. Deployment packages are downloaded from distribution points; without packages clients download from Microsoft Update and need distribution points only as a fallback.",
		Fix:       `Assign role = "software_update_point" to a server of the top-level site and "distribution_point" to servers of the primary sites. Where clients download from Microsoft Update, say so: features = ["software_updates_without_packages"].`,
		Sources:   []Source{articleSoftwareUpdatesPrerequisites.At("Software update dependencies that are internal"), articleSoftwareUpdatesPlan.At("Plan software update content")},
		CoveredBy: inHierarchy("REQ-SUP", "REQ-DP-CONTENT"),
	}, demand{FeatureUpdates, []featureNeed{needsUpdatePoint, needsContent}},
		demand{FeatureUpdatesNoPackages, []featureNeed{needsUpdatePoint, needsContent.asWarning()}}),
	featureRule(Rule{
		ID: "DEP-EPP-FEATURE", Severity: SeverityError, Basis: Documented,
		Title:     "A hierarchy for Endpoint Protection has the Endpoint Protection point",
		Why:       "The role accepts the license terms and sets the defaults; without it clients cannot be managed with Endpoint Protection.",
		Fix:       `Assign role = "endpoint_protection_point" to a server of the top-level site.`,
		Sources:   []Source{articleEndpointProtectionPoint.Source(), articlePowerShell.At("Add-CMEndpointProtectionPoint")},
		CoveredBy: inHierarchy("REQ-EPP"),
	}, demand{FeatureEndpoint, []featureNeed{needsEndpointPoint}}),
	featureRule(Rule{
		ID: "DEP-EPP-SUP", Severity: SeverityWarning, Basis: Recommended,
		Title:     "A hierarchy that deploys definition updates as software updates has a software update point",
		Why:       "The definitions come with the synchronization of software updates. Other sources, such as Microsoft Update or a file share, need no software update point.",
		Fix:       `Assign role = "software_update_point" to a server of the top-level site, or take "endpoint_definitions_from_software_updates" out of features.`,
		Sources:   []Source{articleEndpointDefinitions.Source()},
		CoveredBy: inHierarchy("DEP-SUM-ROLES", "REQ-SUP"),
	}, demand{FeatureDefinitions, []featureNeed{needsUpdatePoint}}),
	featureRule(Rule{
		ID: "DEP-OSD-ROLES", Severity: SeverityError, Basis: Documented,
		Title:     "A hierarchy that deploys operating systems has the distribution points for it",
		Why:       "Computers start from a distribution point with PXE when they start from the network, and get images by multicast from one with multicast. Other content comes from any distribution point, from a cloud management gateway with content or from stand-alone media.",
		Fix:       `Set pxe = "responder" in the distribution_point block of a distribution point, or declare a multicast block there; without any, assign "distribution_point" to a server of a primary site.`,
		Sources:   []Source{articleOSDeploymentInfrastructure.At("PXE-enabled distribution point"), articleOSDeploymentInfrastructure.At("Multicast-enabled distribution point"), articleOSDeploymentRoles.Source()},
		CoveredBy: inHierarchy("REQ-PXE-DP", "REQ-DP-OSD"),
	}, demand{FeaturePXE, []featureNeed{needsPXE}}, demand{FeatureMulticast, []featureNeed{needsMulticast}}, demand{FeatureOSDeployment, []featureNeed{needsContent.asWarning()}}),
	featureRule(Rule{
		ID: "DEP-OSD-SMP", Severity: SeverityError, Basis: Documented,
		Title:     "A hierarchy that keeps user state on state migration points has one",
		Why:       "User state that is stored on a server while a computer gets its new system, or its replacement, is stored on a state migration point or on a network share. Hard links on the computer itself need neither.",
		Fix:       `Assign role = "state_migration_point" to a server of a primary site.`,
		Sources:   []Source{articleUserState.Source(), articleOSDeploymentRoles.Source()},
		CoveredBy: inHierarchy("REQ-SMP"),
	}, demand{FeatureUserState, []featureNeed{needsMigrationPoint}}, demand{FeatureSideBySide, []featureNeed{needsMigrationPoint.asWarning()}}),
	featureRule(Rule{
		ID: "DEP-APP-ROLES", Severity: SeverityError, Basis: Documented,
		Title:     "A hierarchy that deploys applications has content for them",
		Why:       "Clients get their policy from a management point, and the content of applications and packages from a distribution point or a cloud management gateway with content.",
		Fix:       `Assign "distribution_point" to a server of a primary site, or set content_enabled = true on a cloud management gateway.`,
		Sources:   []Source{articleApplicationManagement.Source(), articleSiteSystemRolesForClients.At("Distribution point")},
		CoveredBy: inHierarchy("REQ-DP-CONTENT"),
	}, demand{FeatureApplications, []featureNeed{needsContent}}),
	bitLockerRule,
	{
		ID: "DEP-TENANT-ATTACH", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy, Versions: "from 2002",
		Title:   "A hierarchy that is attached to a tenant has a service connection point in online mode",
		Why:     "Devices and actions travel between the site and the cloud through it. The administration service, which takes part, comes with every SMS Provider.",
		Fix:     `Assign "service_connection_point" to a server of the top-level site and set mode = "online" in its service_connection_point block.`,
		Sources: []Source{articleTenantAttach.At("Internet endpoints"), articleSiteSystemPrerequisites.At("SMS Provider server")},
		// The service connection point is then offline, or said to be missing.
		CoveredBy: inHierarchy("CMG-SCP-ONLINE", "REQ-TENANT-ATTACH", "REQ-CMGCP"),
		hierarchy: func(c *check) {
			if i, wanted := c.wants(FeatureTenantAttach); wanted && c.topVersionFrom(tenantAttachReleased.version) {
				c.lacking(i, FeatureTenantAttach, []featureNeed{needsOnlineConnection})
			}
		},
	},
	featureRule(Rule{
		ID: "DEP-CMG-CHAIN", Severity: SeverityError, Basis: Documented,
		Title:   "A hierarchy that manages clients on the internet through a cloud management gateway has one",
		Why:     "Such clients talk to the gateway, which the service connection point sets up, the gateway to a connection point, and this one to management points and software update points that accept its traffic. What a gateway that is there lacks has rules of its own: CMG-SCP-ONLINE, ROLE-CARD-CMGCP-MIN, CMG-MP and CMG-SUP.",
		Fix:     `Assign "service_connection_point" to a server of the top-level site, and declare the gateway, as in cloud_management_gateways = { gw = { name = "contosogw" } }, with a connection point and a management point with allow_cmg_traffic = true.`,
		Sources: []Source{articleCMGPlan.Source(), articleSiteSystemRolesForClients.At("Cloud management gateway connector point"), articleCMGSetup.Source()},
	}, demand{FeatureGateway, []featureNeed{needsConnection, needsGateway}}),
}

// featureRule completes a rule about what the features of a hierarchy need. What two
// features need is reported once, for the first of them.
func featureRule(r Rule, demands ...demand) Rule {
	r.Scope = ScopeHierarchy
	r.hierarchy = func(c *check) {
		var told []string
		for _, d := range demands {
			i, wanted := c.wants(d.feature)
			if !wanted {
				continue
			}
			var open []featureNeed
			for _, n := range d.needs {
				if !slices.Contains(told, n.what) && (n.what != needsContent.what || c.tellsOfContent(d.feature)) {
					open = append(open, n)
				}
			}
			told = append(told, c.lacking(i, d.feature, open)...)
		}
	}
	return r
}

// wants returns the place of a feature in the list of features, and whether it is there.
func (c *check) wants(feature string) (at int, wanted bool) {
	features, ok := decided(c, c.topology.Hierarchy.Features)
	if !ok {
		return 0, false
	}
	if at = slices.Index(features, Known(feature)); at >= 0 {
		return at, true
	}
	c.undecideIf(slices.ContainsFunc(features, Value[string].IsUnknown))
	return 0, false
}

// tellsOfContent reports whether a feature is the first of the wanted ones that need
// content.
func (c *check) tellsOfContent(feature string) bool {
	features, _ := c.topology.Hierarchy.Features.Get()
	for _, other := range contentSeekers {
		if slices.Contains(features, Known(other)) {
			return other == feature
		}
	}
	return false
}

// lacking reports what a feature needs and the hierarchy lacks, and returns it.
func (c *check) lacking(at int, feature string, needs []featureNeed) (missing []string) {
	var severity Severity
	for _, n := range needs {
		if !c.fails(n.has(c)) {
			continue
		}
		missing = append(missing, n.what)
		weight := n.severity
		if weight == 0 {
			weight = c.rule.Severity
		}
		severity = max(severity, weight)
	}
	if len(missing) > 0 {
		c.violate(violation{
			at: At("features").Index(at), severity: severity,
			fact:  fmt.Sprintf("the hierarchy of %s lacks %s", topName(c.topology), and(missing)),
			found: fmt.Sprintf("features lists %q; missing: %s.", feature, strings.Join(missing, "; ")),
		})
	}
	return missing
}

// topVersionFrom reports whether the top-level site runs a version or a later one.
func (c *check) topVersionFrom(least Version) bool {
	code, ok := decided(c, c.topology.TopLevelSiteCode())
	if !ok {
		return false
	}
	top := c.topology.index.sites[code]
	if top == nil {
		c.undecide()
		return false
	}
	v, ok := c.versionOf(top)
	return ok && v >= least
}

var bitLockerRule = Rule{
	ID: "DEP-BITLOCKER", Severity: SeverityWarning, Basis: Documented, Scope: ScopeHierarchy, Versions: "from 1910",
	Title:     "A hierarchy for BitLocker management has a management point for recovery keys and a reporting services point",
	Why:       "Up to version 2010 clients send recovery keys over HTTPS only, to a management point that reads the site database itself; from version 2103 on any management point serves. The reports, of which the recovery audit needs one at the primary site, are shown by a reporting services point. The portals run on any web server that reaches the site database.",
	Fix:       `Assign "reporting_services_point" to a server of the primary site. Up to version 2010 also set protocol = "https" on a management point of each primary site, and keep one without a database_replica block.`,
	Sources:   []Source{articleBitLocker.At("General prerequisites"), articleBitLocker.At("Prerequisites for the recovery service")},
	CoveredBy: inHierarchy("REQ-BITLOCKER"),
	hierarchy: func(c *check) {
		i, wanted := c.wants(FeatureBitLocker)
		if !wanted {
			return
		}
		if c.topVersionFrom(bitLockerIntroduced.version) {
			c.lacking(i, FeatureBitLocker, []featureNeed{needsReportingPoint})
		}
		for _, s := range sortedSites(c.topology.Sites) {
			if v, ok := c.versionOf(s); ok && v >= bitLockerIntroduced.version && v < bitLockerWithoutTLS.version && c.holds(s.is(Primary)) {
				c.recoveryService(s)
			}
		}
	},
}

// recoveryService judges the management points of a primary site that take recovery
// keys over HTTPS only. None at all is ROLE-CARD-MP-PRI-MIN.
func (c *check) recoveryService(s *Site) {
	points := c.topology.index.rolesAt(s, roleManagementPoint)
	if len(points) == 0 {
		return
	}
	secure, direct := Known(false), Known(false)
	if c.topology.index.open {
		secure, direct = Unknown[bool](), Unknown[bool]()
	}
	for _, a := range points {
		secure = either(secure, valueIs(settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[string] { return m.Protocol }), ProtocolHTTPS))
		direct = either(direct, not(declaredBlock(a.databaseReplica())))
	}
	v := violation{on: s, at: At("site_code"), site: s, related: append(asDeclared(points), c.topology.Hierarchy)}
	switch {
	case c.fails(secure):
		v.fact = fmt.Sprintf("%s has no management point with HTTPS for recovery keys", s.label())
		v.found = fmt.Sprintf("protocol = %q for every management point of the site: %s.", ProtocolHTTP, labels(points))
	case c.fails(direct):
		v.fact = fmt.Sprintf("%s has no management point on the site database for recovery keys", s.label())
		v.found = fmt.Sprintf("every management point of the site has a database_replica block: %s.", labels(points))
	default:
		return
	}
	c.violate(v)
}
