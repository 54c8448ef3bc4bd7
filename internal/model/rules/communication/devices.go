package communication

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What Macs and mobile devices need of the roles they talk to.

// macClientsEnded tells readers how long the rules about Macs matter.
const macClientsEnded = "while Macs are managed; their support ended on 2022-12-31"

var deviceAccessRules = []rule.Rule{
	{
		ID: "COMM-MAC-MP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: macClientsEnded,
		Title: "Macs find a management point at their primary site that is set up for them",
		Why: "A Mac talks to a management point of the primary site that it is assigned to, over HTTPS, the way that clients on the internet do, and to " +
			"none that reads a database replica. The site needs one that is all of it; others do not matter.",
		Fix: `Set protocol = "https", client_connections = "internet_and_intranet" and allow_mobile_devices = true in the management_point block, and ` +
			`internet_fqdn on its server.`,
		Sources: []product.Source{product.MacClients.At("Configure the management point and distribution point"), product.MacClients.At("Certificate requirements"), product.DeprecatedClient.Source()},
		// What is wrong with a management point whether or not Macs use it.
		CoveredBy: rule.AtSite("ROLE-CARD-MP-PRI-MIN", "MPREP-NO-MAC", "COMM-MDM-HTTPS", "COMM-INTERNET-HTTPS", "COMM-INTERNET-FQDN", "COMM-HTTPS-ONLY-ROLES"),
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if expects(c, s, func(n *model.ClientCounts) model.Value[int64] { return n.MacOS }) {
					macAccess(c, s)
				}
			}
		},
	},
	{
		ID: "COMM-MAC-DP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: macClientsEnded,
		Title: "Macs that get software find a distribution point with HTTPS that accepts connections from the internet",
		Why: "A Mac downloads content over HTTPS from a distribution point of its site that accepts clients from the internet, even on the intranet. " +
			"Macs that get no software need none.",
		Fix:       `Set protocol = "https" and client_connections = "internet_and_intranet" in the distribution_point block of one distribution point of the site.`,
		Sources:   []product.Source{product.MacClients.Source()},
		CoveredBy: rule.AtSite("COMM-MDM-HTTPS", "COMM-INTERNET-HTTPS", "COMM-HTTPS-ONLY-ROLES"),
		Hierarchy: func(c *rule.Check) {
			// Where the design does not say what it is for, software may go to Macs.
			severity := rule.SeverityWarning
			if features, ok := c.Topology.Hierarchy.Features.Get(); ok {
				if !slices.Contains(features, model.Known(model.FeatureApplications)) {
					c.UndecideIf(slices.ContainsFunc(features, model.Value[string].IsUnknown))
					return
				}
				severity = rule.SeverityError
			} else if c.Topology.Hierarchy.Features.IsUnknown() {
				c.Undecide()
				return
			}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if !expects(c, s, func(n *model.ClientCounts) model.Value[int64] { return n.MacOS }) {
					continue
				}
				points := noneServes(c, s, func(x model.RoleAccess) model.Value[bool] {
					return model.Both(x.Uses(model.ProtocolHTTPS), x.Internet())
				})
				if len(points) == 0 {
					continue
				}
				c.Violate(rule.Violation{
					On: points[0], At: model.At("distribution_point"), Site: s, Severity: severity, Related: append(model.AsDeclared(points), s),
					Fact:  fmt.Sprintf("the Macs of %s have no distribution point", s.Label()),
					Found: fmt.Sprintf(`no distribution point of the site has protocol = "https" and accepts connections from the internet: %s.`, model.Labels(points)),
				})
			}
		},
	},
	{
		ID: "COMM-MDM-HTTPS", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeRole, Versions: "deprecated since January 2022",
		Title: "Roles that serve mobile devices use HTTPS",
		Why: "Devices of on-premises mobile device management trust certificates only: the enrollment point, the enrollment proxy point, the management " +
			"point and the distribution point they use have HTTPS. The first two know nothing else.",
		Fix:       `Set protocol = "https" for the role. A management point for computers alone has allow_mobile_devices = false.`,
		Sources:   []product.Source{product.OnPremisesMDMRoles.Source(), product.OnPremisesMDMPlan.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-MP", "ROLE-SITE-DMP"),
		Roles:     []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			m, ok := rule.Decided(c, a.ManagementPoint)
			if !ok || !c.Holds(model.Both(m.AllowMobileDevices, model.ValueIs(m.Protocol, model.ProtocolHTTP))) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("management_point", "protocol"),
				Fact:  fmt.Sprintf("%s serves mobile devices without HTTPS", a.Label()),
				Found: fmt.Sprintf("protocol = %q and allow_mobile_devices = true.", model.ProtocolHTTP),
			})
		},
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if !expects(c, s, func(n *model.ClientCounts) model.Value[int64] { return n.MobileDevices }) {
					continue
				}
				points := noneServes(c, s, func(x model.RoleAccess) model.Value[bool] { return x.Uses(model.ProtocolHTTPS) })
				if len(points) == 0 {
					continue
				}
				c.Violate(rule.Violation{
					On: points[0], At: model.At("distribution_point", "protocol"), Site: s, Related: append(model.AsDeclared(points), s),
					Fact:  fmt.Sprintf("the mobile devices of %s have no distribution point with HTTPS", s.Label()),
					Found: fmt.Sprintf("protocol = %q for every distribution point of the site: %s.", model.ProtocolHTTP, model.Labels(points)),
				})
			}
		},
	},
	{
		ID: "COMM-MDM-INTRANET", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopeRole,
		Title: "Roles for on-premises mobile device management accept connections from the intranet only",
		Why: "One article has on-premises mobile device management on the intranet alone, unless Macs use the same roles; another asks for roles that " +
			"accept the internet for devices that Configuration Manager enrolls.",
		Fix:     `Set client_connections = "intranet" for the role. If Macs are managed too, say how many in the clients block of the site.`,
		Sources: []product.Source{product.OnPremisesMDMRoles.Source()},
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			for _, a := range x.ByRole[product.RoleManagementPoint] {
				devicesFromInternet(c, a, model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[bool] { return m.AllowMobileDevices }))
			}
			for _, a := range x.ByRole[product.RoleEnrollmentProxyPoint] {
				devicesFromInternet(c, a, model.Known(true))
			}
		},
	},
}

// expects reports whether a primary site expects clients of a kind.
func expects(c *rule.Check, s *model.Site, count func(*model.ClientCounts) model.Value[int64]) bool {
	return c.Holds(model.Both(s.Is(product.Primary), model.Positive(model.SettingOf(s.Clients, count))))
}

// noneServes returns the distribution points of a site when none of them is what
// clients need. It returns none when there is no distribution point at all, which is
// another matter, and records when it is not decided.
func noneServes(c *rule.Check, s *model.Site, serves func(model.RoleAccess) model.Value[bool]) []*model.Assignment {
	points := c.Topology.Index.RolesAt(s, product.RoleDistributionPoint)
	open := c.Topology.Index.Open
	for _, a := range points {
		suits, ok := serves(a.Access()).Get()
		if suits {
			return nil
		}
		open = open || !ok
	}
	if open {
		c.Undecide()
		return nil
	}
	return points
}

// macAccess judges the management points of a site that expects Macs. The one that
// lacks least is the subject.
func macAccess(c *rule.Check, s *model.Site) {
	points := c.Topology.Index.RolesAt(s, product.RoleManagementPoint)
	open := c.Topology.Index.Open
	for _, a := range points {
		suits, ok := suitsMacs(a).Get()
		if suits {
			return
		}
		open = open || !ok
	}
	if open {
		c.Undecide()
		return
	}
	if len(points) == 0 {
		return // ROLE-CARD-MP-PRI-MIN
	}
	nearest := slices.MinFunc(points, func(a, b *model.Assignment) int { return len(lacksForMacs(a)) - len(lacksForMacs(b)) })
	c.Violate(rule.Violation{
		On: nearest, At: model.At("management_point"), Site: s, Related: append(model.AsDeclared(points), s),
		Fact:  fmt.Sprintf("the Macs of %s have no management point", s.Label()),
		Found: fmt.Sprintf("none of the management points of the site is set up for Macs; %s lacks %s.", nearest.Label(), strings.Join(lacksForMacs(nearest), ", ")),
	})
}

// macNeed is something that a management point needs for Macs.
type macNeed struct {
	what string // as an administrator types it
	met  func(*model.Assignment, *model.ManagementPoint) model.Value[bool]
}

var macNeeds = []macNeed{
	{`protocol = "https"`, func(_ *model.Assignment, m *model.ManagementPoint) model.Value[bool] {
		return model.ValueIs(m.Protocol, model.ProtocolHTTPS)
	}},
	{`client_connections = "internet_and_intranet"`, func(a *model.Assignment, _ *model.ManagementPoint) model.Value[bool] { return a.Access().Internet() }},
	{"allow_mobile_devices = true", func(_ *model.Assignment, m *model.ManagementPoint) model.Value[bool] { return m.AllowMobileDevices }},
	{"the site database in place of a replica", func(_ *model.Assignment, m *model.ManagementPoint) model.Value[bool] {
		return model.Not(model.DeclaredBlock(m.DatabaseReplica))
	}},
	{"internet_fqdn on its server", func(a *model.Assignment, _ *model.ManagementPoint) model.Value[bool] {
		switch name := a.DeclaredServer().InternetFQDN; {
		case name.IsKnown():
			return model.Known(true)
		case name.IsNull() && model.KnownTrue(a.Access().Internet()):
			return model.Known(false)
		default: // not asked for before the role accepts the internet
			return model.Unknown[bool]()
		}
	}},
}

// suitsMacs reports whether Macs can use a management point.
func suitsMacs(a *model.Assignment) model.Value[bool] {
	m, ok := a.ManagementPoint.Get()
	if !ok {
		return model.Unknown[bool]()
	}
	suits := model.Known(true)
	for _, need := range macNeeds {
		suits = model.Both(suits, need.met(a, m))
	}
	return suits
}

// lacksForMacs lists what a management point with declared settings is known to lack
// for Macs.
func lacksForMacs(a *model.Assignment) []string {
	var lacks []string
	m, _ := a.ManagementPoint.Get()
	for _, need := range macNeeds {
		if met, known := need.met(a, m).Get(); known && !met {
			lacks = append(lacks, need.what)
		}
	}
	return lacks
}

// devicesFromInternet reports a role for mobile devices that accepts the internet at a
// site without Macs.
func devicesFromInternet(c *rule.Check, a *model.Assignment, devices model.Value[bool]) {
	if !c.Holds(model.Both(devices, a.Access().Direct())) {
		return
	}
	site := a.DeclaredSite()
	if !expects(c, site, func(n *model.ClientCounts) model.Value[int64] { return n.MobileDevices }) {
		return
	}
	counts, _ := site.Clients.Get()
	if macs, ok := rule.Decided(c, counts.MacOS); !ok || macs > 0 {
		return
	}
	role, _ := a.Role.Get()
	c.Violate(rule.Violation{
		On: a, At: model.At(role, "client_connections"), Site: site, Related: []model.Declared{site},
		Fact:  fmt.Sprintf("%s accepts mobile devices from the internet", a.Label()),
		Found: fmt.Sprintf("client_connections = %q; the site expects %s mobile devices of on-premises mobile device management and no Macs.", a.Access().Connections, counts.MobileDevices),
	})
}
