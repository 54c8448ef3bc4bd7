package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 8: what Macs and mobile devices need of the roles they talk to.

// macClientsEnded tells readers how long the rules about Macs matter.
const macClientsEnded = "while Macs are managed; their support ended on 2022-12-31"

var deviceAccessRules = []Rule{
	{
		ID: "COMM-MAC-MP", Severity: SeverityError, Basis: Documented, Scope: ScopeRole, Versions: macClientsEnded,
		Title:   "Macs find a management point at their primary site that is set up for them",
		Why:     "A Mac talks to a management point of the primary site that it is assigned to, over HTTPS, the way that clients on the internet do, and to none that reads a database replica. The site needs one that is all of it; others do not matter.",
		Fix:     `Set protocol = "https", client_connections = "internet_and_intranet" and allow_mobile_devices = true in the management_point block, and internet_fqdn on its server.`,
		Sources: []Source{articleMacClients.At("Configure the management point and distribution point"), articleMacClients.At("Certificate requirements"), articleDeprecatedClient.Source()},
		// What is wrong with a management point whether or not Macs use it.
		CoveredBy: atSite("ROLE-CARD-MP-PRI-MIN", "MPREP-NO-MAC", "COMM-MDM-HTTPS", "COMM-INTERNET-HTTPS", "COMM-INTERNET-FQDN", "COMM-HTTPS-ONLY-ROLES"),
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				if c.expects(s, func(n *ClientCounts) Value[int64] { return n.MacOS }) {
					c.macAccess(s)
				}
			}
		},
	},
	{
		ID: "COMM-MAC-DP", Severity: SeverityError, Basis: Documented, Scope: ScopeRole, Versions: macClientsEnded,
		Title:     "Macs that get software find a distribution point with HTTPS that accepts connections from the internet",
		Why:       "A Mac downloads content over HTTPS from a distribution point of its site that accepts clients from the internet, even on the intranet. Macs that get no software need none.",
		Fix:       `Set protocol = "https" and client_connections = "internet_and_intranet" in the distribution_point block of one distribution point of the site.`,
		Sources:   []Source{articleMacClients.Source()},
		CoveredBy: atSite("COMM-MDM-HTTPS", "COMM-INTERNET-HTTPS", "COMM-HTTPS-ONLY-ROLES"),
		hierarchy: func(c *check) {
			// Where the design does not say what it is for, software may go to Macs.
			severity := SeverityWarning
			if features, ok := c.topology.Hierarchy.Features.Get(); ok {
				if !slices.Contains(features, Known(FeatureApplications)) {
					c.undecideIf(slices.ContainsFunc(features, Value[string].IsUnknown))
					return
				}
				severity = SeverityError
			} else if c.topology.Hierarchy.Features.IsUnknown() {
				c.undecide()
				return
			}
			for _, s := range sortedSites(c.topology.Sites) {
				if !c.expects(s, func(n *ClientCounts) Value[int64] { return n.MacOS }) {
					continue
				}
				points := c.noneServes(s, func(x roleAccess) Value[bool] { return both(x.uses(ProtocolHTTPS), x.internet()) })
				if len(points) == 0 {
					continue
				}
				c.violate(violation{
					on: points[0], at: At("distribution_point"), site: s, severity: severity, related: append(asDeclared(points), s),
					fact:  fmt.Sprintf("the Macs of %s have no distribution point", s.label()),
					found: fmt.Sprintf(`no distribution point of the site has protocol = "https" and accepts connections from the internet: %s.`, labels(points)),
				})
			}
		},
	},
	{
		ID: "COMM-MDM-HTTPS", Severity: SeverityError, Basis: Documented, Scope: ScopeRole, Versions: "deprecated since January 2022",
		Title:     "Roles that serve mobile devices use HTTPS",
		Why:       "Devices of on-premises mobile device management trust certificates only: the enrollment point, the enrollment proxy point, the management point and the distribution point they use have HTTPS. The first two know nothing else.",
		Fix:       `Set protocol = "https" for the role. A management point for computers alone has allow_mobile_devices = false.`,
		Sources:   []Source{articleOnPremisesMDMRoles.Source(), articleOnPremisesMDMPlan.Source()},
		CoveredBy: onElement("ROLE-SITE-MP", "ROLE-SITE-DMP"),
		roles:     []string{roleManagementPoint},
		assignment: func(c *check, a *Assignment) {
			m, ok := decided(c, a.ManagementPoint)
			if !ok || !c.holds(both(m.AllowMobileDevices, valueIs(m.Protocol, ProtocolHTTP))) {
				return
			}
			c.violate(violation{
				at:    At("management_point", "protocol"),
				fact:  fmt.Sprintf("%s serves mobile devices without HTTPS", a.label()),
				found: fmt.Sprintf("protocol = %q and allow_mobile_devices = true.", ProtocolHTTP),
			})
		},
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				if !c.expects(s, func(n *ClientCounts) Value[int64] { return n.MobileDevices }) {
					continue
				}
				points := c.noneServes(s, func(x roleAccess) Value[bool] { return x.uses(ProtocolHTTPS) })
				if len(points) == 0 {
					continue
				}
				c.violate(violation{
					on: points[0], at: At("distribution_point", "protocol"), site: s, related: append(asDeclared(points), s),
					fact:  fmt.Sprintf("the mobile devices of %s have no distribution point with HTTPS", s.label()),
					found: fmt.Sprintf("protocol = %q for every distribution point of the site: %s.", ProtocolHTTP, labels(points)),
				})
			}
		},
	},
	{
		ID: "COMM-MDM-INTRANET", Severity: SeverityWarning, Basis: Conflict, Scope: ScopeRole,
		Title:   "Roles for on-premises mobile device management accept connections from the intranet only",
		Why:     "One article has on-premises mobile device management on the intranet alone, unless Macs use the same roles; another asks for roles that accept the internet for devices that Configuration Manager enrolls.",
		Fix:     `Set client_connections = "intranet" for the role. If Macs are managed too, say how many in the clients block of the site.`,
		Sources: []Source{articleOnPremisesMDMRoles.Source()},
		hierarchy: func(c *check) {
			x := c.topology.index
			for _, a := range x.byRole[roleManagementPoint] {
				c.devicesFromInternet(a, settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[bool] { return m.AllowMobileDevices }))
			}
			for _, a := range x.byRole[roleEnrollmentProxyPoint] {
				c.devicesFromInternet(a, Known(true))
			}
		},
	},
}

// expects reports whether a primary site expects clients of a kind.
func (c *check) expects(s *Site, count func(*ClientCounts) Value[int64]) bool {
	return c.holds(both(s.is(Primary), positive(settingOf(s.Clients, count))))
}

// noneServes returns the distribution points of a site when none of them is what
// clients need. It returns none when there is no distribution point at all, which is
// another matter, and records when it is not decided.
func (c *check) noneServes(s *Site, serves func(roleAccess) Value[bool]) []*Assignment {
	points := c.topology.index.rolesAt(s, roleDistributionPoint)
	open := c.topology.index.open
	for _, a := range points {
		suits, ok := serves(a.access()).Get()
		if suits {
			return nil
		}
		open = open || !ok
	}
	if open {
		c.undecide()
		return nil
	}
	return points
}

// macAccess judges the management points of a site that expects Macs. The one that
// lacks least is the subject.
func (c *check) macAccess(s *Site) {
	points := c.topology.index.rolesAt(s, roleManagementPoint)
	open := c.topology.index.open
	for _, a := range points {
		suits, ok := a.suitsMacs().Get()
		if suits {
			return
		}
		open = open || !ok
	}
	if open {
		c.undecide()
		return
	}
	if len(points) == 0 {
		return // ROLE-CARD-MP-PRI-MIN
	}
	nearest := slices.MinFunc(points, func(a, b *Assignment) int { return len(a.lacksForMacs()) - len(b.lacksForMacs()) })
	c.violate(violation{
		on: nearest, at: At("management_point"), site: s, related: append(asDeclared(points), s),
		fact:  fmt.Sprintf("the Macs of %s have no management point", s.label()),
		found: fmt.Sprintf("none of the management points of the site is set up for Macs; %s lacks %s.", nearest.label(), strings.Join(nearest.lacksForMacs(), ", ")),
	})
}

// macNeed is something that a management point needs for Macs.
type macNeed struct {
	what string // as an administrator types it
	met  func(*Assignment, *ManagementPoint) Value[bool]
}

var macNeeds = []macNeed{
	{`protocol = "https"`, func(_ *Assignment, m *ManagementPoint) Value[bool] { return valueIs(m.Protocol, ProtocolHTTPS) }},
	{`client_connections = "internet_and_intranet"`, func(a *Assignment, _ *ManagementPoint) Value[bool] { return a.access().internet() }},
	{"allow_mobile_devices = true", func(_ *Assignment, m *ManagementPoint) Value[bool] { return m.AllowMobileDevices }},
	{"the site database in place of a replica", func(_ *Assignment, m *ManagementPoint) Value[bool] { return not(declaredBlock(m.DatabaseReplica)) }},
	{"internet_fqdn on its server", func(a *Assignment, _ *ManagementPoint) Value[bool] {
		switch name := a.server().InternetFQDN; {
		case name.IsKnown():
			return Known(true)
		case name.IsNull() && knownTrue(a.access().internet()):
			return Known(false)
		default: // not asked for before the role accepts the internet
			return Unknown[bool]()
		}
	}},
}

// suitsMacs reports whether Macs can use a management point.
func (a *Assignment) suitsMacs() Value[bool] {
	m, ok := a.ManagementPoint.Get()
	if !ok {
		return Unknown[bool]()
	}
	suits := Known(true)
	for _, need := range macNeeds {
		suits = both(suits, need.met(a, m))
	}
	return suits
}

// lacksForMacs lists what a management point with declared settings is known to lack
// for Macs.
func (a *Assignment) lacksForMacs() []string {
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
func (c *check) devicesFromInternet(a *Assignment, devices Value[bool]) {
	if !c.holds(both(devices, a.access().direct())) {
		return
	}
	site := a.site()
	if !c.expects(site, func(n *ClientCounts) Value[int64] { return n.MobileDevices }) {
		return
	}
	counts, _ := site.Clients.Get()
	if macs, ok := decided(c, counts.MacOS); !ok || macs > 0 {
		return
	}
	role, _ := a.Role.Get()
	c.violate(violation{
		on: a, at: At(role, "client_connections"), site: site, related: []declared{site},
		fact:  fmt.Sprintf("%s accepts mobile devices from the internet", a.label()),
		found: fmt.Sprintf("client_connections = %q; the site expects %s mobile devices of on-premises mobile device management and no Macs.", a.access().connections, counts.MobileDevices),
	})
}
