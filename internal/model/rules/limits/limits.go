package limits

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// How many clients and distribution points Microsoft supports. The numbers
// are for recommended hardware and default settings. A design that gives no number of
// clients is not judged.

// The numbers of the chapter are exported for the test that holds every documented number
// to a design on each side of it.
var (
	LimitEmbeddedExceptions   = product.Limit{Value: 10_000, Source: product.SizeAndScale.At("Primary sites and Windows Embedded devices")}
	LimitEmbeddedNoExceptions = product.Limit{Value: 3_000, Source: product.SizeAndScale.At("Primary sites and Windows Embedded devices")}

	LimitStandardPoints  = product.Limit{Value: 250, Source: product.SizeAndScale.At("Distribution point")}
	LimitPullPoints      = product.Limit{Value: 2_000, Source: product.SizeAndScale.At("Distribution point")}
	LimitPointsOfSite    = product.Limit{Value: 2_250, Source: product.SizeAndScale.At("Distribution point")}
	LimitPointsOfTree    = product.Limit{Value: 5_000, Source: product.SizeAndScale.At("Distribution point")}
	LimitPackagesOfPoint = product.Limit{Value: 10_000, Source: product.SizeAndScale.At("Distribution point")}

	RangeWarehouseRetained = product.ValueRange{Min: 60, Max: 2_186, Source: product.CmdletParameters.At("-DataRetentionDays")} // days
)

var scaleRules = slices.Concat(siteScaleRules, distributionScaleRules, roleScaleRules)

// population is some of the clients that a site is expected to have.
type population struct {
	attribute string // within the clients block, empty for all of them
	name      string // in a sentence
	of        func(*model.Site) model.Value[int64]
}

var (
	allClients     = population{"", "clients and devices", (*model.Site).ClientTotal}
	windowsClients = population{"windows", "Windows clients", clientsOf(func(n *model.ClientCounts) model.Value[int64] { return n.Windows })}
	macClients     = population{"macos", "Macs", clientsOf(func(n *model.ClientCounts) model.Value[int64] { return n.MacOS })}
	mobileDevices  = population{"mobile_devices", "mobile devices", clientsOf(func(n *model.ClientCounts) model.Value[int64] { return n.MobileDevices })}

	embeddedWithExceptions = population{"windows_embedded_with_exceptions", "Windows Embedded devices whose write filter has the documented exceptions",
		clientsOf(func(n *model.ClientCounts) model.Value[int64] { return n.EmbeddedExceptions })}
	embeddedWithoutExceptions = population{"windows_embedded_without_exceptions", "Windows Embedded devices whose write filter has no exceptions",
		clientsOf(func(n *model.ClientCounts) model.Value[int64] { return n.EmbeddedNoExceptions })}
)

// clientsOf reads a number of the clients block.
func clientsOf(number func(*model.ClientCounts) model.Value[int64]) func(*model.Site) model.Value[int64] {
	return func(s *model.Site) model.Value[int64] { return model.BlockSetting(s.Clients, number) }
}

// at is the place of the number in a site.
func (p population) at() model.Path {
	if p.attribute == "" {
		return model.At("clients")
	}
	return model.At("clients", p.attribute)
}

// capacity is how much of a population is supported in one place.
type capacity struct {
	population
	most product.Limit
}

var hierarchyCapacities = []capacity{
	// Together they are the 825,000 that a hierarchy supports.
	{windowsClients, product.LimitHierarchyWindows},
	{macClients, product.LimitHierarchyMacs},
	{mobileDevices, product.LimitHierarchyDevices},
}

var siteScaleRules = []rule.Rule{
	{
		ID: "LIM-HIER-CAS-TOTAL", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: "A hierarchy has up to 700,000 Windows clients, 25,000 Macs and 100,000 mobile devices",
		Why: "These are the largest numbers that are tested and supported below one central administration site, 825,000 clients and devices in all. All " +
			"primary sites share them, whatever each of them supports alone.",
		Fix:       "Divide the population over several hierarchies, and correct the clients blocks of the primary sites.",
		Sources:   []product.Source{product.LimitHierarchyWindows.Source},
		CoveredBy: rule.InHierarchy("LIM-CHILDPRI"),
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if code, ok := s.NormalizedCode().Get(); ok && c.Holds(s.Is(product.CentralAdministration)) {
					hierarchyCapacity(c, code, s, model.At("site_code"))
				}
			}
			for _, code := range x.External {
				if slices.ContainsFunc(x.Children[code], func(s *model.Site) bool {
					parent, _ := s.Parent.Get()
					return model.KnownTrue(parent.Is(product.CentralAdministration))
				}) {
					hierarchyCapacity(c, code, c.Topology.Hierarchy, model.At("sites"))
				}
				c.Undecide() // it has children elsewhere, or a parent
			}
		},
	},
	siteCapacity(rule.Rule{
		ID:      "LIM-CHILDPRI",
		Title:   "A child primary site has up to 150,000 clients and devices",
		Why:     "A primary site below a central administration site supports that many of any kind. The clients of its secondary sites belong to it as well.",
		Fix:     "Assign the clients to more child primary sites, and divide the numbers between their clients blocks.",
		Sources: []product.Source{product.LimitChildPrimary.Source},
	}, []product.Tier{product.TierChildPrimary}, capacity{windowsClients, product.LimitChildPrimary}, capacity{allClients, product.LimitChildPrimary}),
	siteCapacity(rule.Rule{
		ID:      "LIM-SAPRI",
		Title:   "A stand-alone primary site has up to 175,000 clients and devices",
		Why:     "Of these, 150,000 may be Windows clients, 25,000 Macs and 50,000 mobile devices. The clients of its secondary sites belong to it as well.",
		Fix:     "Plan a central administration site with several child primary sites, and divide the numbers between their clients blocks.",
		Sources: []product.Source{product.LimitStandAloneClients.Source},
	}, []product.Tier{product.TierStandAlonePrimary}, capacity{windowsClients, product.LimitStandAloneWindows}, capacity{macClients, product.LimitStandAloneMacs},
		capacity{mobileDevices, product.LimitStandAloneDevices}, capacity{allClients, product.LimitStandAloneClients}),
	siteCapacity(rule.Rule{
		ID:      "LIM-SECONDARY",
		Title:   "A secondary site serves up to 15,000 Windows clients",
		Why:     "Its one management point and its database are rated for that many.",
		Fix:     "Serve the location with a second secondary site or with distribution points of the primary site, and lower windows in the clients block.",
		Sources: []product.Source{product.LimitSecondaryWindows.Source},
	}, []product.Tier{product.TierSecondary}, capacity{windowsClients, product.LimitSecondaryWindows}),
	siteCapacity(rule.Rule{
		ID:    "LIM-EMBEDDED",
		Title: "A primary site has up to 10,000 Windows Embedded devices with write filter exceptions, and 3,000 without",
		Why: "A device whose write filter keeps nothing of the client registers and downloads its policy again after every restart. With the exceptions " +
			"that the documentation lists for a file-based or unified write filter the load is lower. Devices without a write filter count like other Windows " +
			"clients.",
		Fix:     "Configure the exceptions of the write filter, or divide the devices between primary sites, and correct the clients block.",
		Sources: []product.Source{LimitEmbeddedExceptions.Source},
	}, product.PrimaryTiers, capacity{embeddedWithExceptions, LimitEmbeddedExceptions}, capacity{embeddedWithoutExceptions, LimitEmbeddedNoExceptions}),
	{
		ID: "LIM-MP-COUNT", Severity: rule.SeverityWarning, Basis: rule.Inferred, Scope: rule.ScopeSite,
		Title:   "A primary site has a management point for every 25,000 clients",
		Why:     "A management point supports 25,000 clients and devices. Those that a secondary site serves use the management point there.",
		Fix:     `Assign "management_point" to more servers of the site.`,
		Sources: []product.Source{product.LimitClientsPerManagementPoint.Source},
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if c.Holds(s.Is(product.Primary)) {
					enoughManagementPoints(c, s)
				}
			}
		},
	},
}

// siteCapacity completes a rule about the clients of a site. The site itself says
// when its own number is too large, the hierarchy when that of its secondary sites is.
// What all clients are together is of interest only when no kind is too many.
func siteCapacity(r rule.Rule, tiers []product.Tier, capacities ...capacity) rule.Rule {
	r.Severity, r.Basis, r.Scope = rule.SeverityError, rule.Unsupported, rule.ScopeSite
	applies := func(c *rule.Check, s *model.Site) bool {
		tier, ok := rule.Decided(c, s.TierOf())
		return ok && slices.Contains(tiers, tier)
	}
	r.Site = func(c *rule.Check, s *model.Site) {
		if !applies(c, s) {
			return
		}
		exceeded := false
		for _, most := range capacities {
			n, ok := rule.Decided(c, most.of(s))
			if !ok || n <= most.most.Value || exceeded && most.attribute == "" {
				continue
			}
			exceeded = true
			c.Violate(rule.Violation{
				At:    most.at(),
				Fact:  fmt.Sprintf("%s has too many %s", s.Label(), most.name),
				Found: fmt.Sprintf("%d %s are expected; up to %d are supported.", n, most.name, most.most.Value),
			})
		}
	}
	r.Hierarchy = func(c *rule.Check) {
		for _, s := range model.SortedSites(c.Topology.Sites) {
			code, ok := s.NormalizedCode().Get()
			if !ok || !applies(c, s) {
				continue
			}
			// A site without a clients block has those that the required roles are for.
			counted, exceeded := c.Topology.Index.Counted(s), false
			for _, most := range capacities {
				if own, _ := most.of(counted).Get(); own > most.most.Value {
					if counted != s && !(exceeded && most.attribute == "") {
						c.Violate(rule.Violation{
							On: s, At: most.at(), Site: s,
							Fact:  fmt.Sprintf("%s has too many %s", s.Label(), most.name),
							Found: fmt.Sprintf("required_roles of the hierarchy expects %d %s at the site; up to %d are supported.", own, most.name, most.most.Value),
						})
					}
					exceeded = true
					continue
				}
				below := c.Topology.Index.ClientsOfSecondaries(code, most.of)
				if below <= most.most.Value || exceeded && most.attribute == "" {
					continue
				}
				exceeded = true
				c.Violate(rule.Violation{
					On: s, At: most.at(), Site: s,
					Fact:  fmt.Sprintf("the secondary sites of %s have too many %s", s.Label(), most.name),
					Found: fmt.Sprintf("its secondary sites expect %d %s, which belong to it; up to %d are supported.", below, most.name, most.most.Value),
				})
			}
		}
		c.OpenCount()
	}
	return r
}

// hierarchyCapacity judges the population below a central administration site.
func hierarchyCapacity(c *rule.Check, code string, on model.Declared, at model.Path) {
	var exceeded []string
	for _, most := range hierarchyCapacities {
		n, complete := c.Topology.Index.ClientsBelow(code, most.of)
		switch {
		case n > most.most.Value:
			exceeded = append(exceeded, fmt.Sprintf("%d %s where up to %d are supported", n, most.name, most.most.Value))
		case !complete:
			c.Undecide()
		}
	}
	if len(exceeded) == 0 {
		return
	}
	v := rule.Violation{
		On: on, At: at,
		Fact:  fmt.Sprintf("the hierarchy of %s has too many clients", code),
		Found: fmt.Sprintf("the primary sites below %s expect %s.", code, strings.Join(exceeded, ", and ")),
	}
	v.Site, _ = on.(*model.Site)
	c.Violate(v)
}

// enoughManagementPoints compares the clients of a primary site with what its
// management points serve. None at all is ROLE-CARD-MP-PRI-MIN.
func enoughManagementPoints(c *rule.Check, s *model.Site) {
	x := c.Topology.Index
	clients, ok := rule.Decided(c, s.ClientTotal())
	if !ok {
		return
	}
	code, _ := s.NormalizedCode().Get()
	points := x.Count(code, product.RoleManagementPoint)
	if points == 0 {
		return
	}
	// Each secondary site serves some, by its own management point.
	var elsewhere, atMost int64
	for _, secondary := range x.Children[code] {
		n, ok := secondary.ClientTotal().Get()
		elsewhere += n
		if ok {
			atMost += n
		} else {
			atMost += product.LimitSecondaryWindows.Value
		}
	}
	switch served := points * product.LimitClientsPerManagementPoint.Value; {
	case clients-elsewhere <= served:
	case clients-atMost <= served || x.Open:
		c.Undecide()
	default:
		where := ""
		if elsewhere > 0 {
			where = fmt.Sprintf(", %d of them at secondary sites", elsewhere)
		}
		c.Violate(rule.Violation{
			On: s, At: model.At("clients"), Site: s,
			Fact:  fmt.Sprintf("%s has too few management points", s.Label()),
			Found: fmt.Sprintf("%d clients and devices are expected%s, and %d management point(s) serve up to %d.", clients, where, points, served),
		})
	}
}

var distributionScaleRules = []rule.Rule{
	{
		ID: "LIM-DP-PER-SITE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "A site has up to 250 standard distribution points",
		Why: "A primary site and a secondary site each send content to that many; pull-distribution points fetch it from others and count by themselves. " +
			"Whether the one on the site server counts is not written down: it is left out here.",
		Fix:     `Make pull-distribution points of some, as in pull_sources = { "dp01.contoso.com" = 1 }, or give the location a secondary site.`,
		Sources: []product.Source{LimitStandardPoints.Source},
		Hierarchy: func(c *rule.Check) {
			eachCrowdedSite(c, LimitStandardPoints, func(s *model.Site, points []*model.Assignment) {
				standard := tally(s, points).standard
				if standard.certain > LimitStandardPoints.Value {
					c.Violate(rule.Violation{
						On: s, At: model.At("site_code"), Site: s,
						Fact:  fmt.Sprintf("%s has %d standard distribution points", s.Label(), standard.certain),
						Found: fmt.Sprintf("%d role assignments put a standard distribution point at the site, besides the site server; up to %d are supported.", standard.certain, LimitStandardPoints.Value),
					})
				} else if standard.possible > LimitStandardPoints.Value {
					c.Undecide()
				}
			})
		},
	},
	{
		ID: "LIM-DP-PULL-PER-SITE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "A site has up to 2,250 distribution points, pull-distribution points included",
		Why: "To the 250 standard ones a primary or secondary site may have 2,000 pull-distribution points; 2,250 together is the most that is " +
			"supported. More than 2,000 pull-distribution points within that sum are more than the documentation plans for.",
		Fix:       "Spread the distribution points over more primary or secondary sites.",
		Sources:   []product.Source{LimitPointsOfSite.Source},
		CoveredBy: rule.AtSite("LIM-DP-PER-SITE"),
		Hierarchy: func(c *rule.Check) {
			eachCrowdedSite(c, LimitPullPoints, func(s *model.Site, points []*model.Assignment) {
				n := tally(s, points)
				v := rule.Violation{On: s, At: model.At("site_code"), Site: s}
				switch {
				case n.all.certain > LimitPointsOfSite.Value:
					v.Fact = fmt.Sprintf("%s has %d distribution points", s.Label(), n.all.certain)
					v.Found = fmt.Sprintf("%d role assignments put a distribution point at the site, besides the site server; up to %d are supported.", n.all.certain, LimitPointsOfSite.Value)
				case n.pull.certain > LimitPullPoints.Value:
					v.Severity = rule.SeverityWarning
					v.Fact = fmt.Sprintf("%s has %d pull-distribution points", s.Label(), n.pull.certain)
					v.Found = fmt.Sprintf("%d role assignments put a pull-distribution point at the site; the documentation plans for %d of them.", n.pull.certain, LimitPullPoints.Value)
				default:
					c.UndecideIf(n.all.possible > LimitPointsOfSite.Value || n.pull.possible > LimitPullPoints.Value)
					return
				}
				c.Violate(v)
			})
		},
	},
	{
		ID: "LIM-DP-PER-TREE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title:     "A primary site and its secondary sites have up to 5,000 distribution points together",
		Why:       "The primary site keeps track of the content on all of them.",
		Fix:       "Spread the distribution points over more primary sites.",
		Sources:   []product.Source{LimitPointsOfTree.Source},
		CoveredBy: rule.AtSite("LIM-DP-PER-SITE", "LIM-DP-PULL-PER-SITE"),
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			for _, s := range model.SortedSites(c.Topology.Sites) {
				code, ok := s.NormalizedCode().Get()
				if !ok || !c.Holds(s.Is(product.Primary)) {
					continue
				}
				points := x.Count(code, product.RoleDistributionPoint)
				for _, secondary := range x.Children[code] {
					if below, ok := secondary.NormalizedCode().Get(); ok {
						points += x.Count(below, product.RoleDistributionPoint)
					}
				}
				if points <= LimitPointsOfTree.Value {
					continue
				}
				c.Violate(rule.Violation{
					On: s, At: model.At("site_code"), Site: s,
					Fact:  fmt.Sprintf("%s and its secondary sites have %d distribution points", s.Label(), points),
					Found: fmt.Sprintf("%d role assignments put a distribution point at these sites; up to %d are supported.", points, LimitPointsOfTree.Value),
				})
			}
			c.OpenCount()
		},
	},
}

// eachCrowdedSite visits the sites that may have more distribution points than a
// number, with these.
func eachCrowdedSite(c *rule.Check, than product.Limit, judge func(*model.Site, []*model.Assignment)) {
	x := c.Topology.Index
	for _, s := range model.SortedSites(c.Topology.Sites) {
		code, ok := s.NormalizedCode().Get()
		if ok && x.Count(code, product.RoleDistributionPoint) > than.Value && !model.KnownTrue(s.Is(product.CentralAdministration)) {
			judge(s, x.RolesAt(s, product.RoleDistributionPoint))
		}
	}
	c.OpenCount()
}

// bounds are the least and the most that a number can be.
type bounds struct{ certain, possible int64 }

// pointTally counts distribution points of a site by their kind. One on the site
// server is possible, not certain: the sources do not say whether it counts.
type pointTally struct{ standard, pull, all bounds }

func tally(s *model.Site, points []*model.Assignment) pointTally {
	var n pointTally
	for _, a := range points {
		pull, known := model.IsPullDistributionPoint(a).Get()
		counts := s.IsSiteServer(a.DeclaredServer().FQDN) == model.Known(false)
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
	at   model.Path
	name string // in a sentence
	of   func(*model.Assignment) model.Value[int64]
	most product.Limit
}

var roleScaleRules = []rule.Rule{
	loadRule(rule.Rule{
		ID: "LIM-MP-CLIENTS", Severity: rule.SeverityError, Basis: rule.Unsupported,
		Title:   "A management point serves up to 25,000 clients, of these 10,000 Macs or mobile devices",
		Why:     "That is what one management point supports in all. It is for either 10,000 Macs or 10,000 mobile devices, not for as many of both.",
		Fix:     `Assign "management_point" to more servers of the site, and divide the numbers between them.`,
		Sources: []product.Source{product.LimitClientsPerManagementPoint.Source},
	}, product.RoleManagementPoint,
		load{model.At("management_point", "clients"), "clients", managementPointNumber(func(m *model.ManagementPoint) model.Value[int64] { return m.Clients }), product.LimitClientsPerManagementPoint},
		load{model.At("management_point", "macos"), "Macs", managementPointNumber(func(m *model.ManagementPoint) model.Value[int64] { return m.MacOS }), product.LimitMacsPerManagementPoint},
		load{model.At("management_point", "mobile_devices"), "mobile devices", managementPointNumber(func(m *model.ManagementPoint) model.Value[int64] { return m.MobileDevices }), product.LimitDevicesPerManagementPoint},
		load{model.At("management_point"), "Macs and mobile devices", managementPointNumber(otherDevices), product.LimitDevicesPerManagementPoint},
	),
	loadRule(rule.Rule{
		ID: "LIM-DP-CLIENTS", Severity: rule.SeverityWarning, Basis: rule.Documented,
		Title:   "A distribution point serves up to 4,000 clients",
		Why:     "That is the number to plan with; how many it serves in the end depends on its network, its disks and the content.",
		Fix:     `Assign "distribution_point" to more servers of the location, and divide the number between them.`,
		Sources: []product.Source{product.LimitClientsPerDistributionPoint.Source},
	}, product.RoleDistributionPoint, load{model.At("distribution_point", "clients"), "clients", func(a *model.Assignment) model.Value[int64] {
		return model.BlockSetting(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[int64] { return d.Clients })
	}, product.LimitClientsPerDistributionPoint}),
	loadRule(rule.Rule{
		ID: "LIM-DP-PACKAGES", Severity: rule.SeverityError, Basis: rule.Unsupported,
		Title:   "A distribution point holds up to 10,000 packages and applications",
		Why:     "More of them on one distribution point are not supported.",
		Fix:     "Distribute to this distribution point only what its location needs, and lower package_count.",
		Sources: []product.Source{LimitPackagesOfPoint.Source},
	}, product.RoleDistributionPoint, load{model.At("distribution_point", "package_count"), "packages and applications", func(a *model.Assignment) model.Value[int64] {
		return model.BlockSetting(a.DistributionPoint, func(d *model.DistributionPoint) model.Value[int64] { return d.PackageCount })
	}, LimitPackagesOfPoint}),
	loadRule(rule.Rule{
		ID: "LIM-FSP", Severity: rule.SeverityWarning, Basis: rule.Unsupported,
		Title:   "A fallback status point serves up to 100,000 clients",
		Why:     "Every installation of a client sends it several state messages, which it passes on at a limited rate.",
		Fix:     `Assign "fallback_status_point" to another server, and install part of the clients with that one.`,
		Sources: []product.Source{product.LimitFallbackClients.Source},
	}, product.RoleFallbackStatusPoint, load{model.At("fallback_status_point", "clients"), "clients", func(a *model.Assignment) model.Value[int64] {
		return model.BlockSetting(a.FallbackStatusPoint, func(f *model.FallbackStatusPoint) model.Value[int64] { return f.Clients })
	}, product.LimitFallbackClients}),
	{
		ID: "LIM-DWSP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "A data warehouse keeps its data for 60 to 2,186 days",
		Why:     "The cmdlet accepts no other number. Left alone the product keeps the data for three years; its database may grow to 2 TB.",
		Fix:     "Set retention_days to a number from 60 to 2186, or leave it out.",
		Sources: []product.Source{product.DataWarehouse.Source(), RangeWarehouseRetained.Source},
		Roles:   []string{product.RoleDataWarehouse},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			days, ok := rule.Decided(c, model.BlockSetting(a.DataWarehouse, func(d *model.DataWarehouse) model.Value[int64] { return d.RetentionDays }))
			if !ok || RangeWarehouseRetained.Holds(days) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("data_warehouse_service_point", "retention_days"),
				Fact:  fmt.Sprintf("the retention of the %s is outside its range", a.Label()),
				Found: fmt.Sprintf("retention_days = %d; possible are %d to %d.", days, RangeWarehouseRetained.Min, RangeWarehouseRetained.Max),
			})
		},
	},
}

func managementPointNumber(number func(*model.ManagementPoint) model.Value[int64]) func(*model.Assignment) model.Value[int64] {
	return func(a *model.Assignment) model.Value[int64] { return model.BlockSetting(a.ManagementPoint, number) }
}

// otherDevices are Macs and mobile devices together, where a management point serves
// both within the limit of each.
func otherDevices(m *model.ManagementPoint) model.Value[int64] {
	macs, okMacs := m.MacOS.Get()
	devices, okDevices := m.MobileDevices.Get()
	if !okMacs || !okDevices || macs > product.LimitMacsPerManagementPoint.Value || devices > product.LimitDevicesPerManagementPoint.Value {
		return model.Known[int64](0)
	}
	return model.Known(macs + devices)
}

// loadRule completes a rule about the numbers that are declared for one role.
func loadRule(r rule.Rule, role string, loads ...load) rule.Rule {
	r.Scope, r.Roles = rule.ScopeRole, []string{role}
	r.Assignment = func(c *rule.Check, a *model.Assignment) {
		for _, l := range loads {
			n, ok := rule.Decided(c, l.of(a))
			if !ok || n <= l.most.Value {
				continue
			}
			c.Violate(rule.Violation{
				At:    l.at,
				Fact:  fmt.Sprintf("the %s is to carry too many %s", a.Label(), l.name),
				Found: fmt.Sprintf("%d %s are expected; up to %d are supported.", n, l.name, l.most.Value),
			})
		}
	}
	return r
}
