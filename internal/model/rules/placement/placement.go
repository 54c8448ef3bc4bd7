package placement

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Which roles which tiers may hold. The table is the role catalog; one
// check serves every role.

// placement says what the role catalog does not: what the rule rests on.
type placement struct {
	abbreviation string
	basis        rule.Basis
	versions     string
	sources      []product.Source
	covers       []rule.Cover
	severity     rule.Severity // lowers the error where the sources leave room
}

var placements = []placement{
	{abbreviation: "MP", basis: rule.Unsupported,
		sources: []product.Source{product.HierarchyDesign.At("Determine when to use a central administration site"), product.SiteSystemRoles.At("Management point")}},
	{abbreviation: "DP", basis: rule.Refused,
		sources: []product.Source{product.SiteSystemRoles.At("Distribution point"), product.PowerShell.At("Add-CMDistributionPoint")}},
	{abbreviation: "SMP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("State migration point")}},
	{abbreviation: "FSP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("Fallback status point")}},
	{abbreviation: "RSP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("Reporting services point")}},
	{abbreviation: "SCP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("Service connection point"), product.ServiceConnectionPoint.Source()}},
	{abbreviation: "DWSP", basis: rule.Unsupported,
		sources: []product.Source{product.DataWarehouse.At("Prerequisites"), product.PrerequisiteChecks.At("Data warehouse service point on the expanded primary site")}},
	{abbreviation: "EPP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("Endpoint Protection point"), product.EndpointProtectionPoint.Source()}},
	{abbreviation: "AISP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("Asset Intelligence synchronization point")},
		covers:  rule.OnElement("ROLE-LIFE-AISP-2603")},
	{abbreviation: "EP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("Enrollment point")}},
	{abbreviation: "EPXP", basis: rule.Unsupported,
		sources: []product.Source{product.SiteSystemRoles.At("Enrollment proxy point")}},
	{abbreviation: "CRP", basis: rule.Unsupported, versions: "before 2403",
		sources: []product.Source{product.SiteSystemRoles.At("Certificate registration point")},
		covers:  rule.OnElement("ROLE-LIFE-CRP-UNSUP", "ROLE-LIFE-CRP-NOCREATE", "ROLE-LIFE-CRP-BLOCK")},
	{abbreviation: "CMGCP", basis: rule.Inferred,
		sources: []product.Source{product.CMGHierarchy.Source(), product.CMGPlan.Source()}},
	{abbreviation: "EXC", basis: rule.Documented,
		sources: []product.Source{product.ExchangeConnector.At("Install the connector")}},
	{abbreviation: "CDP", basis: rule.Documented, versions: "before 2107",
		sources: []product.Source{product.DeprecatedFeatures.At("Deprecated features")}, covers: rule.OnElement("ROLE-LIFE-CDP")},
	{abbreviation: "ACAT", basis: rule.Documented, versions: "before 1910",
		sources: []product.Source{product.ApplicationManagement.Source()}, covers: rule.OnElement("ROLE-LIFE-ACAT")},
}

// notAssigned are the rules about roles that Setup or the product puts on a server:
// the schema refuses an assignment of them.
var notAssigned = []rule.Rule{
	{ID: "ROLE-SITE-SS", Basis: rule.Documented, Title: "The site server of a site is set up with the site",
		Why: "Every site has one active site server from its installation on; it is not assigned, moved or removed as a role.",
		Fix: "Name it in site_server of the configmgr_site.", Sources: []product.Source{product.SiteSystemRoles.At("Configuration Manager site server"), product.SiteServerHighAvailability.Source()}},
	{ID: "ROLE-SITE-SYS", Basis: rule.Refused, Title: "The site system role comes with the first role of a server",
		Why: "Every server that holds a role carries it, and it goes with the last other role.",
		Fix: "Declare a configmgr_site_system_server.", Sources: []product.Source{product.SiteSystemRoles.At("Configuration Manager site system")}},
	{ID: "ROLE-SITE-CMP", Basis: rule.Documented, Title: "The component server role comes with the SMS Executive service",
		Why: "The product adds it to every server that runs the service.",
		Fix: "There is nothing to declare.", Sources: []product.Source{product.SiteSystemRoles.At("Configuration Manager component site system role")}},
	{ID: "ROLE-SITE-DB", Basis: rule.Documented, Title: "The site database server is set up with the site",
		Why: "Every site has one database, which Setup creates and moves; the role follows it.",
		Fix: "Name the computer in the database block of the configmgr_site; without one the site server hosts the database.", Sources: []product.Source{product.SiteSystemRoles.At("Configuration Manager site database server"), product.SiteDatabase.Source()}},
}

func placementRules() []rule.Rule {
	rules := make([]rule.Rule, 0, len(notAssigned)+len(placements)+8)
	for _, r := range notAssigned {
		r.Severity, r.Scope, r.Enforcement = rule.SeverityError, rule.ScopeRole, rule.Inexpressible
		r.Note = "role of a configmgr_role_assignment does not accept the key."
		rules = append(rules, r)
	}
	for _, p := range placements {
		rules = append(rules, p.rule())
	}
	return append(rules, otherPlacements...)
}

// rule makes the placement rule of the roles with the abbreviation.
func (p placement) rule() rule.Rule {
	var keys []string
	var name, because string
	var tiers []product.Tier
	for _, r := range product.Roles() {
		if r.Abbreviation == p.abbreviation {
			keys, name, tiers, because = append(keys, r.Key), r.Name, r.Tiers, r.Because
		}
	}
	allowed := product.TierList(tiers)
	return rule.Rule{
		ID: "ROLE-SITE-" + p.abbreviation, Severity: rule.SeverityError, Basis: p.basis, Scope: rule.ScopeRole,
		Title:    fmt.Sprintf("A %s belongs to %s", name, allowed),
		Why:      because,
		Fix:      fmt.Sprintf("Assign the role to a server of %s.", allowed),
		Sources:  p.sources,
		Versions: p.versions, CoveredBy: p.covers,
		Roles: keys,
		Assignment: func(c *rule.Check, a *model.Assignment) {
			key, _ := rule.Decided(c, a.Role)
			role := product.RoleOf(key)
			if role == nil {
				return
			}
			tier, ok := rule.Decided(c, a.DeclaredSite().TierOf())
			if !ok || role.Supports(tier) {
				return
			}
			c.Violate(rule.Violation{
				At: model.At("role"), Severity: p.severity,
				Fact:  fmt.Sprintf("%s cannot be at %s", a.Label(), model.WithCode(tier, a.DeclaredSite())),
				Found: fmt.Sprintf("role = %q on a server of the %s; supported is %s.", role.Key, model.WithCode(tier, a.DeclaredSite()), allowed),
			})
		},
	}
}

// otherPlacements are the rules of the group that are about more than the key of a role.
var otherPlacements = []rule.Rule{
	{
		ID: "ROLE-SITE-PROV", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title:   "SMS Providers belong to central administration and primary sites",
		Why:     "Consoles and scripts connect to the provider of a central administration or primary site; a secondary site is managed through its parent.",
		Fix:     "Remove sms_providers from the secondary site.",
		Sources: []product.Source{product.SMSProvider.At("About")},
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.Is(product.Secondary)) || s.Providers.IsNull() {
				return
			}
			if list, ok := rule.Decided(c, s.Providers); ok && len(list) > 0 {
				c.Violate(rule.Violation{
					At:    model.At("sms_providers"),
					Fact:  fmt.Sprintf("%s cannot have an SMS Provider", s.Label()),
					Found: fmt.Sprintf("sms_providers lists %d computer(s) for a secondary site.", len(list)),
				})
			}
		},
	},
	{
		ID: "ROLE-SITE-SSP", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title:   "A site server in passive mode belongs to a central administration or primary site",
		Why:     "The product offers no high availability for the site server of a secondary site.",
		Fix:     "Remove passive_site_server from the secondary site.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Limitations"), product.HighAvailabilityOptions.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			if c.Holds(model.Both(s.Is(product.Secondary), model.IsDeclared(s.PassiveServer))) {
				c.Violate(rule.Violation{
					At:    model.At("passive_site_server"),
					Fact:  fmt.Sprintf("%s cannot have a passive site server", s.Label()),
					Found: fmt.Sprintf("passive_site_server = %q on a secondary site.", s.PassiveServer),
				})
			}
		},
	},
	{
		ID: "ROLE-SITE-DMP", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title:     "A management point for mobile devices and Macs belongs to a primary site",
		Why:       "Mobile devices and Macs talk to a management point of the primary site that they are assigned to, never to one of a secondary site.",
		Fix:       "Set allow_mobile_devices on a management point of the primary site instead.",
		Sources:   []product.Source{product.SiteSystemRolesForClients.At("Management point"), product.OnPremisesMDMRoles.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-MP"),
		Roles:     []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			mp, ok := rule.Decided(c, a.ManagementPoint)
			if !ok || !c.Holds(mp.AllowMobileDevices) {
				return
			}
			if tier, ok := rule.Decided(c, a.DeclaredSite().TierOf()); ok && tier == product.TierSecondary {
				c.Violate(rule.Violation{
					At:    model.At("management_point", "allow_mobile_devices"),
					Fact:  fmt.Sprintf("%s cannot serve mobile devices at %s", a.Label(), model.WithCode(tier, a.DeclaredSite())),
					Found: "allow_mobile_devices = true on a management point of a secondary site.",
				})
			}
		},
	},
	{
		ID: "ROLE-SITE-SUP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:       "A software update point may be at every site",
		Why:         "Central administration, primary and secondary sites all support the role.",
		Fix:         "Nothing to correct.",
		Sources:     []product.Source{product.SiteSystemRoles.At("Software update point")},
		Enforcement: rule.Inexpressible,
		Note:        "There is no site type that does not support it.",
	},
	{
		ID: "ROLE-SITE-CMG", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "A cloud management gateway belongs to a central administration or primary site",
		Why:     "The service is created and managed by the top-level site or a primary site; a secondary site has no provider for it.",
		Fix:     "Name the top-level site in site_code of the gateway.",
		Sources: []product.Source{product.CMGSetup.Source(), product.CMGHierarchy.Source()},
		Hierarchy: func(c *rule.Check) {
			c.EachGateway(func(at model.Path, g *model.Gateway) {
				code, ok := rule.Decided(c, model.Folded(g.SiteCode, model.FoldCode))
				if !ok {
					return
				}
				if site := c.Topology.Index.Sites[code]; site != nil && c.Holds(site.Is(product.Secondary)) {
					c.Violate(rule.Violation{
						At: at.Attr("site_code"), Site: site,
						Fact:  fmt.Sprintf("%s cannot own the cloud management gateway", site.Label()),
						Found: fmt.Sprintf("%s = %q names a secondary site.", at.Attr("site_code"), g.SiteCode),
					})
				}
			})
		},
	},
	{
		ID: "ROLE-SITE-LEGACY", Severity: rule.SeverityError, Basis: rule.Removed, Scope: rule.ScopeRole,
		Title:       "Out of band service points and System Health Validator points exist at no site",
		Why:         "Current branch never had the roles.",
		Fix:         "Remove the role assignment.",
		Sources:     []product.Source{product.DeprecatedFeatures.At("Unsupported and removed features")},
		Enforcement: rule.CoveredElsewhere,
		Note:        "An assignment of either role is ROLE-LIFE-OOB at every version.",
	},
	{
		ID: "ROLE-SITE-INTUNE", Severity: rule.SeverityError, Basis: rule.Removed, Scope: rule.ScopeRole,
		Title:   "The Microsoft Intune connector does not exist any more",
		Why:     "The service behind hybrid mobile device management ended on 2019-09-01; the connector cannot be configured any more.",
		Fix:     product.RoleOf(product.RoleIntuneConnector).Instead,
		Sources: []product.Source{product.DeprecatedFeatures.Source()},
		Roles:   []string{product.RoleIntuneConnector},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			c.Violate(rule.Violation{
				At:    model.At("role"),
				Fact:  fmt.Sprintf("%s is a role of the past", a.Label()),
				Found: fmt.Sprintf("role = %q.", product.RoleIntuneConnector),
			})
		},
	},
}
