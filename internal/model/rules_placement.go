package model

import (
	"fmt"
	"strings"
)

// Group 3: which roles which tiers may hold. The table is the role catalogue; one
// check serves every role.

// placement says what the role catalogue does not: what the rule rests on.
type placement struct {
	abbreviation string
	basis        Basis
	versions     string
	sources      []Source
	covers       []Cover
	severity     Severity // lowers the error where the sources leave room
}

var placements = []placement{
	{abbreviation: "MP", basis: Unsupported,
		sources: []Source{articleHierarchyDesign.At("Determine when to use a central administration site"), articleSiteSystemRoles.At("Management point")}},
	{abbreviation: "DP", basis: Refused,
		sources: []Source{articleSiteSystemRoles.At("Distribution point"), articlePowerShell.At("Add-CMDistributionPoint")}},
	{abbreviation: "SMP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("State migration point")}},
	{abbreviation: "FSP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("Fallback status point")}},
	{abbreviation: "RSP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("Reporting services point")}},
	{abbreviation: "SCP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("Service connection point"), articleServiceConnectionPoint.Source()}},
	{abbreviation: "DWSP", basis: Unsupported,
		sources: []Source{articleDataWarehouse.At("Prerequisites"), articlePrerequisiteChecks.At("Data warehouse service point on the expanded primary site")}},
	{abbreviation: "EPP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("Endpoint Protection point"), articleEndpointProtectionPoint.Source()}},
	{abbreviation: "AISP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("Asset Intelligence synchronization point")},
		covers:  onElement("ROLE-LIFE-AISP-2603")},
	{abbreviation: "EP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("Enrollment point")}},
	{abbreviation: "EPXP", basis: Unsupported,
		sources: []Source{articleSiteSystemRoles.At("Enrollment proxy point")}},
	{abbreviation: "CRP", basis: Unsupported, versions: "before 2403",
		sources: []Source{articleSiteSystemRoles.At("Certificate registration point")},
		covers:  onElement("ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK")},
	{abbreviation: "CMGCP", basis: Inferred,
		sources: []Source{articleCMGHierarchy.Source(), articleCMGPlan.Source()}},
	{abbreviation: "EXC", basis: Documented,
		sources: []Source{articleExchangeConnector.At("Install the connector")}},
	{abbreviation: "CDP", basis: Documented, versions: "before 2107",
		sources: []Source{articleCloudDistributionPoint.At("Hierarchy design")}, covers: onElement("ROLE-LIFE-CDP")},
	{abbreviation: "ACAT", basis: Documented, versions: "before 1910",
		sources: []Source{articleApplicationManagement.Source()}, covers: onElement("ROLE-LIFE-ACAT")},
}

// notAssigned are the rules about roles that Setup or the product puts on a server:
// the schema refuses an assignment of them.
var notAssigned = []Rule{
	{ID: "ROLE-SITE-SS", Basis: Documented, Title: "The site server of a site is set up with the site",
		Why: "Every site has one active site server from its installation on; it is not assigned, moved or removed as a role.",
		Fix: "Name it in site_server of the configmgr_site.", Sources: []Source{articleSiteSystemRoles.At("Configuration Manager site server"), articleSiteServerHighAvailability.Source()}},
	{ID: "ROLE-SITE-SYS", Basis: Refused, Title: "The site system role comes with the first role of a server",
		Why: "Every server that holds a role carries it, and it goes with the last other role.",
		Fix: "Declare a configmgr_site_system_server.", Sources: []Source{articleSiteSystemRoles.At("Configuration Manager site system")}},
	{ID: "ROLE-SITE-CMP", Basis: Documented, Title: "The component server role comes with the SMS Executive service",
		Why: "The product adds it to every server that runs the service.",
		Fix: "There is nothing to declare.", Sources: []Source{articleSiteSystemRoles.At("Configuration Manager component site system role")}},
	{ID: "ROLE-SITE-DB", Basis: Documented, Title: "The site database server is set up with the site",
		Why: "Every site has one database, which Setup creates and moves; the role follows it.",
		Fix: "Name the computer in the database block of the configmgr_site; without one the site server hosts the database.", Sources: []Source{articleSiteSystemRoles.At("Configuration Manager site database server"), articleSiteDatabase.Source()}},
}

func placementRules() []Rule {
	rules := make([]Rule, 0, len(notAssigned)+len(placements)+8)
	for _, r := range notAssigned {
		r.Severity, r.Scope, r.Enforcement = SeverityError, ScopeRole, Inexpressible
		r.Note = "role of a configmgr_role_assignment does not accept the key."
		rules = append(rules, r)
	}
	for _, p := range placements {
		rules = append(rules, p.rule())
	}
	return append(rules, otherPlacements...)
}

// rule makes the placement rule of the roles with the abbreviation.
func (p placement) rule() Rule {
	var keys []string
	var name, because string
	var tiers []Tier
	for _, r := range Roles() {
		if r.Abbreviation == p.abbreviation {
			keys, name, tiers, because = append(keys, r.Key), r.Name, r.Tiers, r.Because
		}
	}
	allowed := tierList(tiers)
	return Rule{
		ID: "ROLE-SITE-" + p.abbreviation, Severity: SeverityError, Basis: p.basis, Scope: ScopeRole,
		Title:    fmt.Sprintf("A %s belongs to %s", name, allowed),
		Why:      because,
		Fix:      fmt.Sprintf("Assign the role to a server of %s.", allowed),
		Sources:  p.sources,
		Versions: p.versions, CoveredBy: p.covers,
		roles: keys,
		assignment: func(c *check, a *Assignment) {
			key, _ := decided(c, a.Role)
			role := roleOf(key)
			if role == nil {
				return
			}
			tier, ok := decided(c, a.site().TierOf())
			if !ok || role.supports(tier) {
				return
			}
			c.violate(violation{
				at: At("role"), severity: p.severity,
				fact:  fmt.Sprintf("%s cannot be at %s", a.label(), withCode(tier, a.site())),
				found: fmt.Sprintf("role = %q on a server of the %s; supported is %s.", role.Key, withCode(tier, a.site()), allowed),
			})
		},
	}
}

func first[T any](v T, _ bool) T { return v }

// withCode names a tier together with the code of the site.
func withCode(t Tier, s *Site) string {
	if code, ok := s.code().Get(); ok {
		return t.Name() + " " + code
	}
	return t.Name()
}

// tierList names a set of tiers in a sentence.
func tierList(tiers []Tier) string {
	has := map[Tier]bool{}
	for _, t := range tiers {
		has[t] = true
	}
	var names []string
	switch {
	case has[TierCentralAdministration] && has[TierStandAlonePrimary] && !has[TierChildPrimary]:
		return "the top-level site: a central administration site or a stand-alone primary site"
	case has[TierCentralAdministration]:
		names = append(names, "a central administration site")
	}
	if has[TierStandAlonePrimary] && has[TierChildPrimary] {
		names = append(names, "a primary site")
	}
	if has[TierSecondary] {
		names = append(names, "a secondary site")
	}
	return strings.Join(names, " or ")
}

// otherPlacements are the rules of the group that are about more than the key of a role.
var otherPlacements = []Rule{
	{
		ID: "ROLE-SITE-PROV", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:   "SMS Providers belong to central administration and primary sites",
		Why:     "Consoles and scripts connect to the provider of a central administration or primary site; a secondary site is managed through its parent.",
		Fix:     "Remove sms_providers from the secondary site.",
		Sources: []Source{articleSMSProvider.At("About")},
		site: func(c *check, s *Site) {
			if !c.holds(s.is(Secondary)) || s.Providers.IsNull() {
				return
			}
			if list, ok := decided(c, s.Providers); ok && len(list) > 0 {
				c.violate(violation{
					at:    At("sms_providers"),
					fact:  fmt.Sprintf("%s cannot have an SMS Provider", s.label()),
					found: fmt.Sprintf("sms_providers lists %d computer(s) for a secondary site.", len(list)),
				})
			}
		},
	},
	{
		ID: "ROLE-SITE-SSP", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:   "A site server in passive mode belongs to a central administration or primary site",
		Why:     "The product offers no high availability for the site server of a secondary site.",
		Fix:     "Remove passive_site_server from the secondary site.",
		Sources: []Source{articleSiteServerHighAvailability.At("Limitations"), articleHighAvailabilityOptions.Source()},
		site: func(c *check, s *Site) {
			if !s.PassiveServer.IsNull() && c.holds(s.is(Secondary)) {
				c.violate(violation{
					at:    At("passive_site_server"),
					fact:  fmt.Sprintf("%s cannot have a passive site server", s.label()),
					found: fmt.Sprintf("passive_site_server = %q on a secondary site.", s.PassiveServer),
				})
			}
		},
	},
	{
		ID: "ROLE-SITE-DMP", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:     "A management point for mobile devices and Macs belongs to a primary site",
		Why:       "Mobile devices and Macs talk to a management point of the primary site that they are assigned to, never to one of a secondary site.",
		Fix:       "Set allow_mobile_devices on a management point of the primary site instead.",
		Sources:   []Source{articleSiteSystemRolesForClients.At("Management point"), articleOnPremisesMDMRoles.Source()},
		CoveredBy: onElement("ROLE-SITE-MP"),
		roles:     []string{roleManagementPoint},
		assignment: func(c *check, a *Assignment) {
			mp, ok := decided(c, a.ManagementPoint)
			if !ok || !c.holds(mp.AllowMobileDevices) {
				return
			}
			if tier, ok := decided(c, a.site().TierOf()); ok && tier == TierSecondary {
				c.violate(violation{
					at:    At("management_point", "allow_mobile_devices"),
					fact:  fmt.Sprintf("%s cannot serve mobile devices at %s", a.label(), withCode(tier, a.site())),
					found: "allow_mobile_devices = true on a management point of a secondary site.",
				})
			}
		},
	},
	{
		ID: "ROLE-SITE-SUP", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:       "A software update point may be at every site",
		Why:         "Central administration, primary and secondary sites all support the role.",
		Fix:         "Nothing to correct.",
		Sources:     []Source{articleSiteSystemRoles.At("Software update point")},
		Enforcement: Inexpressible,
		Note:        "There is no site type that does not support it.",
	},
	{
		ID: "ROLE-SITE-CMG", Severity: SeverityError, Basis: Documented, Scope: ScopeRole,
		Title:   "A cloud management gateway belongs to a central administration or primary site",
		Why:     "The service is created and managed by the top-level site or a primary site; a secondary site has no provider for it.",
		Fix:     "Name the top-level site in site_code of the gateway.",
		Sources: []Source{articleCMGSetup.Source(), articleCMGHierarchy.Source()},
		hierarchy: func(c *check) {
			c.eachGateway(func(at Path, g *Gateway) {
				code, ok := decided(c, folded(g.SiteCode, foldCode))
				if !ok {
					return
				}
				if site := c.topology.index.sites[code]; site != nil && c.holds(site.is(Secondary)) {
					c.violate(violation{
						at: at.Attr("site_code"), site: site,
						fact:  fmt.Sprintf("%s cannot own the cloud management gateway", site.label()),
						found: fmt.Sprintf("%s = %q names a secondary site.", at.Attr("site_code"), code),
					})
				}
			})
		},
	},
	{
		ID: "ROLE-SITE-LEGACY", Severity: SeverityError, Basis: Removed, Scope: ScopeRole,
		Title:       "Out of band service points and System Health Validator points exist at no site",
		Why:         "Current branch never had the roles.",
		Fix:         "Remove the role assignment.",
		Sources:     []Source{articleDeprecatedFeatures.At("Unsupported and removed features")},
		Enforcement: CoveredElsewhere,
		Note:        "An assignment of either role is ROLE-LIFE-OOB at every version.",
	},
	{
		ID: "ROLE-SITE-INTUNE", Severity: SeverityError, Basis: Removed, Scope: ScopeRole,
		Title:   "The Microsoft Intune connector does not exist any more",
		Why:     "The service behind hybrid mobile device management ended on 2019-09-01; the connector cannot be configured any more.",
		Fix:     roleOf(roleIntuneConnector).Instead,
		Sources: []Source{articleDeprecatedFeatures.Source()},
		roles:   []string{roleIntuneConnector},
		assignment: func(c *check, a *Assignment) {
			c.violate(violation{
				at:    At("role"),
				fact:  fmt.Sprintf("%s is a role of the past", a.label()),
				found: fmt.Sprintf("role = %q.", roleIntuneConnector),
			})
		},
	},
}
