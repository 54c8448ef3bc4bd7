package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 14: how many clients and distribution points Microsoft supports. The numbers
// are for recommended hardware and default settings. A design that gives no number of
// clients is not judged.

var (
	limitHierarchyWindows = limit{700_000, articleSizeAndScale.At("Hierarchy with a central administration site")}
	limitHierarchyMacs    = limit{25_000, articleSizeAndScale.At("Hierarchy with a central administration site")}
	limitHierarchyDevices = limit{100_000, articleSizeAndScale.At("Hierarchy with a central administration site")}

	limitChildPrimary = limit{150_000, articleSizeAndScale.At("Child primary site")}

	limitStandAloneClients = limit{175_000, articleSizeAndScale.At("Stand-alone primary site")}
	limitStandAloneWindows = limit{150_000, articleSizeAndScale.At("Stand-alone primary site")}
	limitStandAloneMacs    = limit{25_000, articleSizeAndScale.At("Stand-alone primary site")}
	limitStandAloneDevices = limit{50_000, articleSizeAndScale.At("Stand-alone primary site")}

	limitSecondaryWindows = limit{15_000, articleSizeAndScale.At("Secondary sites")}

	limitEmbeddedExceptions   = limit{10_000, articleSizeAndScale.At("Primary sites and Windows Embedded devices")}
	limitEmbeddedNoExceptions = limit{3_000, articleSizeAndScale.At("Primary sites and Windows Embedded devices")}

	limitStandardPoints    = limit{250, articleSizeAndScale.At("Distribution point")}
	limitPullPoints        = limit{2_000, articleSizeAndScale.At("Distribution point")}
	limitPointsOfSite      = limit{2_250, articleSizeAndScale.At("Distribution point")}
	limitPointsOfTree      = limit{5_000, articleSizeAndScale.At("Distribution point")}
	limitPackagesOfPoint   = limit{10_000, articleSizeAndScale.At("Distribution point")}
	limitFallbackClients   = limit{100_000, articleSizeAndScale.At("Fallback status point")}
	rangeWarehouseRetained = valueRange{60, 2_186, articleCmdletParameters.At("-DataRetentionDays")} // days
)

var scaleRules = slices.Concat(siteScaleRules, distributionScaleRules, roleScaleRules)

// population is some of the clients that a site is expected to have.
type population struct {
	attribute string // within the clients block, empty for all of them
	name      string // in a sentence
	of        func(*Site) Value[int64]
}

var (
	allClients     = population{"", "clients and devices", (*Site).clientTotal}
	windowsClients = population{"windows", "Windows clients", clientsOf(func(n *ClientCounts) Value[int64] { return n.Windows })}
	macClients     = population{"macos", "Macs", clientsOf(func(n *ClientCounts) Value[int64] { return n.MacOS })}
	mobileDevices  = population{"mobile_devices", "mobile devices", clientsOf(func(n *ClientCounts) Value[int64] { return n.MobileDevices })}

	embeddedWithExceptions = population{"windows_embedded_with_exceptions", "Windows Embedded devices whose write filter has the documented exceptions",
		clientsOf(func(n *ClientCounts) Value[int64] { return n.EmbeddedExceptions })}
	embeddedWithoutExceptions = population{"windows_embedded_without_exceptions", "Windows Embedded devices whose write filter has no exceptions",
		clientsOf(func(n *ClientCounts) Value[int64] { return n.EmbeddedNoExceptions })}
)

// clientsOf reads a number of the clients block.
func clientsOf(number func(*ClientCounts) Value[int64]) func(*Site) Value[int64] {
	return func(s *Site) Value[int64] { return blockSetting(s.Clients, number) }
}

// at is the place of the number in a site.
func (p population) at() Path {
	if p.attribute == "" {
		return At("clients")
	}
	return At("clients", p.attribute)
}

// capacity is how much of a population is supported in one place.
type capacity struct {
	population
	most limit
}

var hierarchyCapacities = []capacity{
	// Together they are the 825,000 that a hierarchy supports.
	{windowsClients, limitHierarchyWindows},
	{macClients, limitHierarchyMacs},
	{mobileDevices, limitHierarchyDevices},
}

var siteScaleRules = []Rule{
	{
		ID: "LIM-HIER-CAS-TOTAL", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:     "A hierarchy has up to 700,000 Windows clients, 25,000 Macs and 100,000 mobile devices",
		Why:       "These are the largest numbers that are tested and supported below one central administration site, 825,000 clients and devices in all. All primary sites share them, whatever each of them supports alone.",
		Fix:       "Divide the population over several hierarchies, and correct the clients blocks of the primary sites.",
		Sources:   []Source{limitHierarchyWindows.source},
		CoveredBy: inHierarchy("LIM-CHILDPRI"),
		hierarchy: func(c *check) {
			x := c.topology.index
			for _, s := range sortedSites(c.topology.Sites) {
				if code, ok := s.code().Get(); ok && c.holds(s.is(CentralAdministration)) {
					c.hierarchyCapacity(code, s, At("site_code"))
				}
			}
			for _, code := range x.external {
				if slices.ContainsFunc(x.children[code], func(s *Site) bool {
					parent, _ := s.Parent.Get()
					return knownTrue(parent.is(CentralAdministration))
				}) {
					c.hierarchyCapacity(code, c.topology.Hierarchy, At("sites"))
				}
				c.undecide() // it has children elsewhere, or a parent
			}
		},
	},
	siteCapacity(Rule{
		ID:      "LIM-CHILDPRI",
		Title:   "A child primary site has up to 150,000 clients and devices",
		Why:     "A primary site below a central administration site supports that many of any kind. The clients of its secondary sites belong to it as well.",
		Fix:     "Assign the clients to more child primary sites, and divide the numbers between their clients blocks.",
		Sources: []Source{limitChildPrimary.source},
	}, []Tier{TierChildPrimary}, capacity{windowsClients, limitChildPrimary}, capacity{allClients, limitChildPrimary}),
	siteCapacity(Rule{
		ID:      "LIM-SAPRI",
		Title:   "A stand-alone primary site has up to 175,000 clients and devices",
		Why:     "Of these, 150,000 may be Windows clients, 25,000 Macs and 50,000 mobile devices. The clients of its secondary sites belong to it as well.",
		Fix:     "Plan a central administration site with several child primary sites, and divide the numbers between their clients blocks.",
		Sources: []Source{limitStandAloneClients.source},
	}, []Tier{TierStandAlonePrimary}, capacity{windowsClients, limitStandAloneWindows}, capacity{macClients, limitStandAloneMacs},
		capacity{mobileDevices, limitStandAloneDevices}, capacity{allClients, limitStandAloneClients}),
	siteCapacity(Rule{
		ID:      "LIM-SECONDARY",
		Title:   "A secondary site serves up to 15,000 Windows clients",
		Why:     "Its one management point and its database are rated for that many.",
		Fix:     "Serve the location with a second secondary site or with distribution points of the primary site, and lower windows in the clients block.",
		Sources: []Source{limitSecondaryWindows.source},
	}, []Tier{TierSecondary}, capacity{windowsClients, limitSecondaryWindows}),
	siteCapacity(Rule{
		ID:      "LIM-EMBEDDED",
		Title:   "A primary site has up to 10,000 Windows Embedded devices with write filter exceptions, and 3,000 without",
		Why:     "A device whose write filter keeps nothing of the client registers and downloads its policy again after every restart. With the exceptions that the documentation lists for a file-based or unified write filter the load is lower. Devices without a write filter count like other Windows clients.",
		Fix:     "Configure the exceptions of the write filter, or divide the devices between primary sites, and correct the clients block.",
		Sources: []Source{limitEmbeddedExceptions.source},
	}, primaryTiers, capacity{embeddedWithExceptions, limitEmbeddedExceptions}, capacity{embeddedWithoutExceptions, limitEmbeddedNoExceptions}),
	{
		ID: "LIM-MP-COUNT", Severity: SeverityWarning, Basis: Inferred, Scope: ScopeSite,
		Title:   "A primary site has a management point for every 25,000 clients",
		Why:     "A management point supports 25,000 clients and devices. Those that a secondary site serves use the management point there.",
		Fix:     `Assign "management_point" to more servers of the site.`,
		Sources: []Source{limitClientsPerManagementPoint.source},
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				if c.holds(s.is(Primary)) {
					c.enoughManagementPoints(s)
				}
			}
		},
	},
}

// siteCapacity completes a rule about the clients of a site. The site itself says
// when its own number is too large, the hierarchy when that of its secondary sites is.
// What all clients are together is of interest only when no kind is too many.
func siteCapacity(r Rule, tiers []Tier, capacities ...capacity) Rule {
	r.Severity, r.Basis, r.Scope = SeverityError, Unsupported, ScopeSite
	applies := func(c *check, s *Site) bool {
		tier, ok := decided(c, s.TierOf())
		return ok && slices.Contains(tiers, tier)
	}
	r.site = func(c *check, s *Site) {
		if !applies(c, s) {
			return
		}
		exceeded := false
		for _, most := range capacities {
			n, ok := decided(c, most.of(s))
			if !ok || n <= most.most.value || exceeded && most.attribute == "" {
				continue
			}
			exceeded = true
			c.violate(violation{
				at:    most.at(),
				fact:  fmt.Sprintf("%s has too many %s", s.label(), most.name),
				found: fmt.Sprintf("%d %s are expected; up to %d are supported.", n, most.name, most.most.value),
			})
		}
	}
	if slices.Contains(tiers, TierSecondary) {
		return r
	}
	r.hierarchy = func(c *check) {
		for _, s := range sortedSites(c.topology.Sites) {
			code, ok := s.code().Get()
			if !ok || !applies(c, s) {
				continue
			}
			exceeded := false
			for _, most := range capacities {
				if own, _ := most.of(s).Get(); own > most.most.value {
					exceeded = true
					continue
				}
				below := c.topology.index.clientsOfSecondaries(code, most.of)
				if below <= most.most.value || exceeded && most.attribute == "" {
					continue
				}
				exceeded = true
				c.violate(violation{
					on: s, at: most.at(), site: s,
					fact:  fmt.Sprintf("the secondary sites of %s have too many %s", s.label(), most.name),
					found: fmt.Sprintf("its secondary sites expect %d %s, which belong to it; up to %d are supported.", below, most.name, most.most.value),
				})
			}
		}
		c.openCount()
	}
	return r
}

// hierarchyCapacity judges the population below a central administration site.
func (c *check) hierarchyCapacity(code string, on declared, at Path) {
	var exceeded []string
	for _, most := range hierarchyCapacities {
		n, complete := c.topology.index.clientsBelow(code, most.of)
		switch {
		case n > most.most.value:
			exceeded = append(exceeded, fmt.Sprintf("%d %s where up to %d are supported", n, most.name, most.most.value))
		case !complete:
			c.undecide()
		}
	}
	if len(exceeded) == 0 {
		return
	}
	v := violation{
		on: on, at: at,
		fact:  fmt.Sprintf("the hierarchy of %s has too many clients", code),
		found: fmt.Sprintf("the primary sites below %s expect %s.", code, strings.Join(exceeded, ", and ")),
	}
	v.site, _ = on.(*Site)
	c.violate(v)
}

// clientsBelow adds up what the primary sites below a central administration site
// expect of a population, and says whether all their numbers are known.
func (x *index) clientsBelow(code string, number func(*Site) Value[int64]) (total int64, complete bool) {
	complete = !x.open
	for _, primary := range x.children[code] {
		own, ok := number(primary).Get()
		complete = complete && ok
		var below int64
		if primaryCode, ok := primary.code().Get(); ok {
			below = x.clientsOfSecondaries(primaryCode, number)
		}
		// The clients of a secondary site are clients of its primary site: the larger
		// number counts.
		total += max(own, below)
	}
	return total, complete
}

// clientsOfSecondaries adds up what the secondary sites of a primary site expect of a
// population, as far as they say.
func (x *index) clientsOfSecondaries(code string, number func(*Site) Value[int64]) (total int64) {
	for _, s := range x.children[code] {
		n, _ := number(s).Get()
		total += n
	}
	return total
}

// enoughManagementPoints compares the clients of a primary site with what its
// management points serve. None at all is ROLE-CARD-MP-PRI-MIN.
func (c *check) enoughManagementPoints(s *Site) {
	x := c.topology.index
	clients, ok := decided(c, s.clientTotal())
	if !ok {
		return
	}
	code, _ := s.code().Get()
	points := x.count(code, roleManagementPoint)
	if points == 0 {
		return
	}
	// Each secondary site serves some, by its own management point.
	var elsewhere, atMost int64
	for _, secondary := range x.children[code] {
		n, ok := secondary.clientTotal().Get()
		elsewhere += n
		if ok {
			atMost += n
		} else {
			atMost += limitSecondaryWindows.value
		}
	}
	switch served := points * limitClientsPerManagementPoint.value; {
	case clients-elsewhere <= served:
	case clients-atMost <= served || x.open:
		c.undecide()
	default:
		where := ""
		if elsewhere > 0 {
			where = fmt.Sprintf(", %d of them at secondary sites", elsewhere)
		}
		c.violate(violation{
			on: s, at: At("clients"), site: s,
			fact:  fmt.Sprintf("%s has too few management points", s.label()),
			found: fmt.Sprintf("%d clients and devices are expected%s, and %d management point(s) serve up to %d.", clients, where, points, served),
		})
	}
}

// count returns the number of assignments of a role at a site.
func (x *index) count(code, role string) int64 {
	var n int64
	for _, a := range x.bySite[code] {
		if key, _ := a.Role.Get(); key == role {
			n++
		}
	}
	return n
}

var distributionScaleRules = []Rule{
	{
		ID: "LIM-DP-PER-SITE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "A site has up to 250 standard distribution points",
		Why:     "A primary site and a secondary site each send content to that many; pull-distribution points fetch it from others and count by themselves. Whether the one on the site server counts is not written down: it is left out here.",
		Fix:     `Make pull-distribution points of some, as in pull_sources = { "dp01.contoso.com" = 1 }, or give the location a secondary site.`,
		Sources: []Source{limitStandardPoints.source},
		hierarchy: func(c *check) {
			c.eachCrowdedSite(limitStandardPoints, func(s *Site, points []*Assignment) {
				standard := c.tally(s, points).standard
				if standard.certain > limitStandardPoints.value {
					c.violate(violation{
						on: s, at: At("site_code"), site: s,
						fact:  fmt.Sprintf("%s has %d standard distribution points", s.label(), standard.certain),
						found: fmt.Sprintf("%d role assignments put a standard distribution point at the site, besides the site server; up to %d are supported.", standard.certain, limitStandardPoints.value),
					})
				} else if standard.possible > limitStandardPoints.value {
					c.undecide()
				}
			})
		},
	},
	{
		ID: "LIM-DP-PULL-PER-SITE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:     "A site has up to 2,250 distribution points, pull-distribution points included",
		Why:       "To the 250 standard ones a primary or secondary site may have 2,000 pull-distribution points; 2,250 together is the most that is supported. More than 2,000 pull-distribution points within that sum are more than the documentation plans for.",
		Fix:       "Spread the distribution points over more primary or secondary sites.",
		Sources:   []Source{limitPointsOfSite.source},
		CoveredBy: atSite("LIM-DP-PER-SITE"),
		hierarchy: func(c *check) {
			c.eachCrowdedSite(limitPullPoints, func(s *Site, points []*Assignment) {
				n := c.tally(s, points)
				v := violation{on: s, at: At("site_code"), site: s}
				switch {
				case n.all.certain > limitPointsOfSite.value:
					v.fact = fmt.Sprintf("%s has %d distribution points", s.label(), n.all.certain)
					v.found = fmt.Sprintf("%d role assignments put a distribution point at the site, besides the site server; up to %d are supported.", n.all.certain, limitPointsOfSite.value)
				case n.pull.certain > limitPullPoints.value:
					v.severity = SeverityWarning
					v.fact = fmt.Sprintf("%s has %d pull-distribution points", s.label(), n.pull.certain)
					v.found = fmt.Sprintf("%d role assignments put a pull-distribution point at the site; the documentation plans for %d of them.", n.pull.certain, limitPullPoints.value)
				default:
					c.undecideIf(n.all.possible > limitPointsOfSite.value || n.pull.possible > limitPullPoints.value)
					return
				}
				c.violate(v)
			})
		},
	},
	{
		ID: "LIM-DP-PER-TREE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:     "A primary site and its secondary sites have up to 5,000 distribution points together",
		Why:       "The primary site keeps track of the content on all of them.",
		Fix:       "Spread the distribution points over more primary sites.",
		Sources:   []Source{limitPointsOfTree.source},
		CoveredBy: atSite("LIM-DP-PER-SITE", "LIM-DP-PULL-PER-SITE"),
		hierarchy: func(c *check) {
			x := c.topology.index
			for _, s := range sortedSites(c.topology.Sites) {
				code, ok := s.code().Get()
				if !ok || !c.holds(s.is(Primary)) {
					continue
				}
				points := x.count(code, roleDistributionPoint)
				for _, secondary := range x.children[code] {
					if below, ok := secondary.code().Get(); ok {
						points += x.count(below, roleDistributionPoint)
					}
				}
				if points <= limitPointsOfTree.value {
					continue
				}
				c.violate(violation{
					on: s, at: At("site_code"), site: s,
					fact:  fmt.Sprintf("%s and its secondary sites have %d distribution points", s.label(), points),
					found: fmt.Sprintf("%d role assignments put a distribution point at these sites; up to %d are supported.", points, limitPointsOfTree.value),
				})
			}
			c.openCount()
		},
	},
}

// eachCrowdedSite visits the sites that may have more distribution points than a
// number, with these.
func (c *check) eachCrowdedSite(than limit, judge func(*Site, []*Assignment)) {
	x := c.topology.index
	for _, s := range sortedSites(c.topology.Sites) {
		code, ok := s.code().Get()
		if ok && x.count(code, roleDistributionPoint) > than.value && !knownTrue(s.is(CentralAdministration)) {
			judge(s, x.rolesAt(s, roleDistributionPoint))
		}
	}
	c.openCount()
}

// bounds are the least and the most that a number can be.
type bounds struct{ certain, possible int64 }

// pointTally counts distribution points of a site by their kind. One on the site
// server is possible, not certain: the sources do not say whether it counts.
type pointTally struct{ standard, pull, all bounds }

func (c *check) tally(s *Site, points []*Assignment) pointTally {
	var n pointTally
	for _, a := range points {
		pull, known := isPullDistributionPoint(a).Get()
		counts := s.isSiteServer(a.server().FQDN) == Known(false)
		n.all.add(counts)
		if !known || pull {
			n.pull.add(known)
		}
		if !known || !pull {
			n.standard.add(known && counts)
		}
	}
	return n
}

func (b *bounds) add(certain bool) {
	b.possible++
	if certain {
		b.certain++
	}
}

// load is a number of something that a role is to carry.
type load struct {
	at   Path
	name string // in a sentence
	of   func(*Assignment) Value[int64]
	most limit
}

var roleScaleRules = []Rule{
	loadRule(Rule{
		ID: "LIM-MP-CLIENTS", Severity: SeverityError, Basis: Unsupported,
		Title:   "A management point serves up to 25,000 clients, of these 10,000 Macs or mobile devices",
		Why:     "That is what one management point supports in all. It is for either 10,000 Macs or 10,000 mobile devices, not for as many of both.",
		Fix:     `Assign "management_point" to more servers of the site, and divide the numbers between them.`,
		Sources: []Source{limitClientsPerManagementPoint.source},
	}, roleManagementPoint,
		load{At("management_point", "clients"), "clients", managementPointNumber(func(m *ManagementPoint) Value[int64] { return m.Clients }), limitClientsPerManagementPoint},
		load{At("management_point", "macos"), "Macs", managementPointNumber(func(m *ManagementPoint) Value[int64] { return m.MacOS }), limitMacsPerManagementPoint},
		load{At("management_point", "mobile_devices"), "mobile devices", managementPointNumber(func(m *ManagementPoint) Value[int64] { return m.MobileDevices }), limitDevicesPerManagementPoint},
		load{At("management_point"), "Macs and mobile devices", managementPointNumber((*ManagementPoint).otherDevices), limitDevicesPerManagementPoint},
	),
	loadRule(Rule{
		ID: "LIM-DP-CLIENTS", Severity: SeverityWarning, Basis: Documented,
		Title:   "A distribution point serves up to 4,000 clients",
		Why:     "That is the number to plan with; how many it serves in the end depends on its network, its disks and the content.",
		Fix:     `Assign "distribution_point" to more servers of the location, and divide the number between them.`,
		Sources: []Source{limitClientsPerDistributionPoint.source},
	}, roleDistributionPoint, load{At("distribution_point", "clients"), "clients", func(a *Assignment) Value[int64] {
		return blockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[int64] { return d.Clients })
	}, limitClientsPerDistributionPoint}),
	loadRule(Rule{
		ID: "LIM-DP-PACKAGES", Severity: SeverityError, Basis: Unsupported,
		Title:   "A distribution point holds up to 10,000 packages and applications",
		Why:     "More of them on one distribution point are not supported.",
		Fix:     "Distribute to this distribution point only what its location needs, and lower package_count.",
		Sources: []Source{limitPackagesOfPoint.source},
	}, roleDistributionPoint, load{At("distribution_point", "package_count"), "packages and applications", func(a *Assignment) Value[int64] {
		return blockSetting(a.DistributionPoint, func(d *DistributionPoint) Value[int64] { return d.PackageCount })
	}, limitPackagesOfPoint}),
	loadRule(Rule{
		ID: "LIM-FSP", Severity: SeverityWarning, Basis: Unsupported,
		Title:   "A fallback status point serves up to 100,000 clients",
		Why:     "Every installation of a client sends it several state messages, which it passes on at a limited rate.",
		Fix:     `Assign "fallback_status_point" to another server, and install part of the clients with that one.`,
		Sources: []Source{limitFallbackClients.source},
	}, roleFallbackStatusPoint, load{At("fallback_status_point", "clients"), "clients", func(a *Assignment) Value[int64] {
		return blockSetting(a.FallbackStatusPoint, func(f *FallbackStatusPoint) Value[int64] { return f.Clients })
	}, limitFallbackClients}),
	{
		ID: "LIM-DWSP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "A data warehouse keeps its data for 60 to 2,186 days",
		Why:     "The cmdlet accepts no other number. Left alone the product keeps the data for three years; its database may grow to 2 TB.",
		Fix:     "Set retention_days to a number from 60 to 2186, or leave it out.",
		Sources: []Source{articleDataWarehouse.Source(), rangeWarehouseRetained.source},
		roles:   []string{roleDataWarehouse},
		assignment: func(c *check, a *Assignment) {
			days, ok := decided(c, blockSetting(a.DataWarehouse, func(d *DataWarehouse) Value[int64] { return d.RetentionDays }))
			if !ok || rangeWarehouseRetained.holds(days) {
				return
			}
			c.violate(violation{
				at:    At("data_warehouse_service_point", "retention_days"),
				fact:  fmt.Sprintf("the retention of the %s is outside its range", a.label()),
				found: fmt.Sprintf("retention_days = %d; possible are %d to %d.", days, rangeWarehouseRetained.min, rangeWarehouseRetained.max),
			})
		},
	},
}

func managementPointNumber(number func(*ManagementPoint) Value[int64]) func(*Assignment) Value[int64] {
	return func(a *Assignment) Value[int64] { return blockSetting(a.ManagementPoint, number) }
}

// otherDevices are Macs and mobile devices together, where a management point serves
// both within the limit of each.
func (m *ManagementPoint) otherDevices() Value[int64] {
	macs, okMacs := m.MacOS.Get()
	devices, okDevices := m.MobileDevices.Get()
	if !okMacs || !okDevices || macs > limitMacsPerManagementPoint.value || devices > limitDevicesPerManagementPoint.value {
		return Known[int64](0)
	}
	return Known(macs + devices)
}

// loadRule completes a rule about the numbers that are declared for one role.
func loadRule(r Rule, role string, loads ...load) Rule {
	r.Scope, r.roles = ScopeRole, []string{role}
	r.assignment = func(c *check, a *Assignment) {
		for _, l := range loads {
			n, ok := decided(c, l.of(a))
			if !ok || n <= l.most.value {
				continue
			}
			c.violate(violation{
				at:    l.at,
				fact:  fmt.Sprintf("the %s is to carry too many %s", a.label(), l.name),
				found: fmt.Sprintf("%d %s are expected; up to %d are supported.", n, l.name, l.most.value),
			})
		}
	}
	return r
}
