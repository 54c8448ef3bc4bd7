package model

import (
	"fmt"
	"maps"
	"slices"
)

// Group 10: where software update points stand and what they synchronise with.

var (
	limitUpdateClientsShared    = limit{25_000, articleSizeAndScale.At("Capacity planning for the software update point")}
	limitUpdateClientsDedicated = limit{150_000, articleSizeAndScale.At("Capacity planning for the software update point")}
)

var softwareUpdateRules = []Rule{
	{
		ID: "SUP-PARENT-FIRST", Severity: SeverityError, Basis: Documented, Scope: ScopePair,
		Title:     "A software update point below another site needs one at the parent site",
		Why:       "The catalog of updates flows from the top-level site down: a software update point synchronizes with that of the parent site. Without one there it has no source. Within one apply the order takes care of itself.",
		Fix:       `Assign role = "software_update_point" to a server of the parent site as well, or remove it from the site below.`,
		Sources:   []Source{articleSoftwareUpdatePoint.Source(), articleSoftwareUpdatesPlan.At("Synchronization source"), articleSiteSystemRoles.At("Software update point")},
		CoveredBy: inHierarchy("REQ-SUP"),
		hierarchy: func(c *check) {
			x := c.topology.index
			// It is the parent that lacks something: one finding, however many sites below
			// it depend on that.
			below := map[*Site][]*Site{}
			for _, s := range sortedSites(c.topology.Sites) {
				parent, ok := s.Parent.Get()
				if !ok || len(x.rolesAt(s, roleSoftwareUpdatePoint)) == 0 {
					continue
				}
				code, ok := decided(c, parent.code())
				if !ok || len(x.rolesAt(parent, roleSoftwareUpdatePoint)) > 0 {
					continue
				}
				// A parent that is not listed may have one.
				if x.open || x.sites[code] == nil {
					c.undecide()
					continue
				}
				below[parent] = append(below[parent], s)
			}
			for _, parent := range sortedSites(slices.Collect(maps.Keys(below))) {
				var points []*Assignment
				for _, s := range below[parent] {
					points = append(points, x.rolesAt(s, roleSoftwareUpdatePoint)...)
				}
				c.violate(violation{
					on: points[0], at: At("role"), related: slices.Concat(asDeclared(points), sitesAsDeclared(below[parent]), []declared{parent}), site: parent,
					fact:  fmt.Sprintf("%s has no upstream at %s", points[0].label(), parent.label()),
					found: fmt.Sprintf("%s has no software update point, and below it there are some: %s.", parent.label(), labels(points)),
				})
			}
			c.openCount()
		},
	},
	{
		// The central administration site is not looked at: a software update point
		// below it without one there is SUP-PARENT-FIRST, at whatever site it begins.
		ID: "SUP-ALL-PRIMARIES", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy,
		Title:     "Every child primary site whose clients use software update points has one",
		Why:       "Clients scan against a software update point of their own site. In a hierarchy that deploys software updates the central administration site and each primary site with such clients need one.",
		Fix:       `Assign role = "software_update_point" to a server of the site. When its clients get their updates otherwise, say so on the site: software_update_source = "windows_update", or "none".`,
		Sources:   []Source{articleSoftwareUpdatesPlan.At("Determine the software update point infrastructure"), articleSoftwareUpdatePoint.Source()},
		CoveredBy: atSite("SUP-PARENT-FIRST", "REQ-SUP"),
		hierarchy: func(c *check) {
			x := c.topology.index
			if len(x.byRole[roleSoftwareUpdatePoint]) == 0 {
				// Nobody is known to use them; what is not known or listed may.
				if x.open || len(x.external) > 0 {
					c.undecide()
				}
				return
			}
			for _, s := range sortedSites(c.topology.Sites) {
				if tier, ok := decided(c, s.TierOf()); !ok || tier != TierChildPrimary || len(x.rolesAt(s, roleSoftwareUpdatePoint)) > 0 {
					continue
				}
				c.missingUpdatePoint(s)
			}
		},
	},
	{
		ID: "SUP-UPSTREAM-TOP", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:   "Only the top-level site synchronizes with Microsoft Update or another WSUS server",
		Why:     "Every site below takes the catalog from the software update point of its parent site. A source of its own there would bring updates that the rest of the hierarchy does not know.",
		Fix:     `Set synchronization_source = "parent_site" in the software_update_point block of the site below, and "microsoft_update" or "upstream_wsus" at the top-level site only.`,
		Sources: []Source{articleSoftwareUpdatePoint.At("Synchronization source"), articleSoftwareUpdatesPlan.At("Synchronization source"), articleConfigMgrCBDsc.Source()},
		roles:   []string{roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			settings, ok := decided(c, a.SoftwareUpdatePoint)
			if !ok {
				return
			}
			source, ok := decided(c, settings.SynchronizationSource)
			if !ok {
				return
			}
			tier, ok := decided(c, a.site().TierOf())
			if !ok {
				return
			}
			top := tier == TierCentralAdministration || tier == TierStandAlonePrimary
			v := violation{
				at:    At("software_update_point", "synchronization_source"),
				fact:  fmt.Sprintf("%s does not synchronize with the parent site", a.label()),
				found: fmt.Sprintf("synchronization_source = %q at the %s.", source, withCode(tier, a.site())),
			}
			switch {
			case !top && (source == SyncMicrosoftUpdate || source == SyncUpstreamWSUS):
			case !top && source == SyncNone:
				// Export and import at a site without a connection to its parent: the
				// sources differ on it.
				v.severity = SeverityWarning
			case top && source == SyncParentSite:
				v.severity = SeverityWarning
				v.fact = fmt.Sprintf("%s has no parent site to synchronize with", a.label())
				v.fix = `Set synchronization_source = "microsoft_update", or "upstream_wsus" for a WSUS server outside the hierarchy.`
			default:
				return
			}
			c.violate(v)
		},
	},
	{
		ID: "SUP-CAP-COLO", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeRole,
		Title:     "A software update point that shares its server serves up to 25,000 clients",
		Why:       "Scans load WSUS, its database and IIS together. A computer that carries another role as well is rated for 25,000 clients, a dedicated one for 150,000.",
		Fix:       `Give the software update point a server of its own, or assign role = "software_update_point" to more servers of the site.`,
		Sources:   []Source{limitUpdateClientsShared.source},
		hierarchy: (*check).updateCapacity,
	},
	{
		ID: "SUP-CAP-DED", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeRole,
		Title:       "A software update point on a server of its own serves up to 150,000 clients",
		Why:         "The number holds for a dedicated remote server whose IIS application pool WsusPool has a queue length of 2000 and four times the default private memory limit, or none.",
		Fix:         `Assign role = "software_update_point" to more servers of the site.`,
		Sources:     []Source{limitUpdateClientsDedicated.source, articleRecommendedHardware.Source()},
		Enforcement: CoveredElsewhere,
		Note:        "A dedicated software update point serves as many Windows clients as a site may have: more of them are LIM-SAPRI, LIM-CHILDPRI or LIM-SECONDARY.",
	},
	{
		ID: "SUP-WSUS-VERSION", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:   "The software update points of a site and its site server run the same WSUS version",
		Why:     "WSUS has the version of the Windows Server it belongs to. The WSUS servers of a site, and the WSUS administration console on the site server, have to match.",
		Fix:     `Use one operating system for the site server and the software update points of the site, such as operating_system = "windows_server_2022".`,
		Sources: []Source{articleSoftwareUpdatesPrerequisites.At("Windows Server Update Services")},
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				c.wsusVersions(s)
			}
			c.openCount()
		},
	},
	{
		ID: "SUP-WSUS-CONSOLE", Severity: SeverityWarning, Basis: Documented, Scope: ScopeServer,
		Title:   "With a remote software update point the site server has the WSUS administration console",
		Why:     "The site server of a central administration or primary site configures a WSUS on another computer through the console. Where WSUS itself is installed on the site server, the console is there already.",
		Fix:     `Run Install-WindowsFeature -Name UpdateServices-UI on the site server, and add "UpdateServices-UI" to windows_features in the inventory block of its configmgr_site_system_server.`,
		Sources: []Source{articleSiteSystemPrerequisites.At("Central administration site and primary site servers"), articleSoftwareUpdatesPrerequisites.Source()},
		hierarchy: eachSite(func(c *check, s *Site) {
			points := c.topology.index.rolesAt(s, roleSoftwareUpdatePoint)
			if len(points) == 0 {
				c.openCount()
				return
			}
			if !c.fails(s.is(Secondary)) {
				return
			}
			c.wsusConsole(s, s.Server, points)
			if !s.PassiveServer.IsNull() {
				c.wsusConsole(s, s.PassiveServer, points)
			}
		}),
	},
	existingWSUS(Rule{
		ID:      "SUP-PRI-NO-REPLICA",
		Title:   "The WSUS server of a new software update point at a primary site is not a replica",
		Why:     "The product configures the WSUS server itself and makes replicas of all but the first. One that is a replica already keeps following its old upstream server.",
		Fix:     `Make the WSUS server an autonomous one before the role is added, or install WSUS afresh and set existing_wsus = "none".`,
		Sources: []Source{articleSoftwareUpdatesPlan.At("Configure WSUS as a replica server")},
	}, ExistingWSUSReplica, primaryTiers, "is to take over a WSUS replica"),
	existingWSUS(Rule{
		ID:      "SUP-NOT-STANDALONE-WSUS",
		Title:   "A software update point does not take over a WSUS server that managed clients itself",
		Why:     "A WSUS server that was configured and used on its own keeps its approvals, groups and clients; the role does not support that. Such a server may stay the upstream source of the top-level site.",
		Fix:     `Install WSUS afresh for the role and set existing_wsus = "none", or keep the old server as source: synchronization_source = "upstream_wsus" at the top-level site.`,
		Sources: []Source{articleSoftwareUpdatePoint.Source(), articleSoftwareUpdatesPlan.At("Use an existing WSUS server as the synchronization source")},
	}, ExistingWSUSStandAlone, everyTier, "is to take over a WSUS server in use"),
}

// missingUpdatePoint judges a child primary site without a software update point in
// a hierarchy that has some.
func (c *check) missingUpdatePoint(s *Site) {
	source, declared := s.UpdateSource.Get()
	if declared && source != UpdatesFromPoint {
		return
	}
	counts, _ := s.Clients.OrDefault(&ClientCounts{}).Get()
	if counts != nil {
		if n, ok := counts.Windows.Get(); ok && n == 0 {
			return
		}
	}
	if s.UpdateSource.IsUnknown() || counts == nil || counts.Windows.IsUnknown() || c.topology.index.open {
		c.undecide()
		return
	}
	v := violation{
		on: s, at: At("software_update_source"), site: s,
		fact:  fmt.Sprintf("%s has no software update point", s.label()),
		found: fmt.Sprintf("software_update_source = %q, and no role assignment puts a software update point at the site.", source),
	}
	if !declared {
		v.at, v.severity = At("site_code"), SeverityWarning
		v.found = "other sites of the hierarchy have a software update point, this one has none, and the design does not say where its clients get updates from."
	}
	c.violate(v)
}

// updateLoad is what the software update points of a site have to serve.
type updateLoad struct {
	shared   *Assignment // the first that shares its computer, nil when none does
	capacity int64
}

// updateCapacity compares the Windows clients of each site with what its software
// update points serve together, where one of them shares its computer.
func (c *check) updateCapacity() {
	x := c.topology.index
	for _, s := range sortedSites(c.topology.Sites) {
		siteType, ok := decided(c, s.Type)
		if !ok || siteType == CentralAdministration {
			continue // no clients of its own
		}
		points := x.rolesAt(s, roleSoftwareUpdatePoint)
		if len(points) == 0 {
			c.openCount()
			continue
		}
		if code, ok := s.code().Get(); ok && siteType == Primary {
			// Clients of a secondary site are clients of its primary site.
			for _, child := range sortedSites(x.children[code]) {
				points = append(points, x.rolesAt(child, roleSoftwareUpdatePoint)...)
			}
		}
		counts, ok := decided(c, s.Clients)
		if !ok {
			continue
		}
		clients, ok := decided(c, counts.Windows)
		if !ok {
			continue
		}
		load, least := c.updateLoad(points)
		switch {
		case clients <= least:
		case clients <= load.capacity || x.open:
			c.undecide()
		case load.shared != nil:
			c.violate(violation{
				on: load.shared, at: At("role"), site: s, related: append(asDeclared(points), s),
				fact:  fmt.Sprintf("%s has more clients than its software update points serve", s.label()),
				found: fmt.Sprintf("%d Windows clients are expected; %d is what these serve: %s.", clients, load.capacity, labels(points)),
			})
		}
	}
}

// updateLoad adds up what software update points serve, and the least it may be
// while something about their computers is not known.
func (c *check) updateLoad(points []*Assignment) (load updateLoad, least int64) {
	seen := map[string]bool{}
	for _, a := range points {
		if host, ok := a.host().Get(); ok {
			if seen[host] {
				continue
			}
			seen[host] = true
		}
		shares, known := c.sharesComputer(a).Get()
		switch {
		case known && shares:
			if load.shared == nil {
				load.shared = a
			}
			load.capacity += limitUpdateClientsShared.value
			least += limitUpdateClientsShared.value
		case known && !c.topology.index.open:
			load.capacity += limitUpdateClientsDedicated.value
			least += limitUpdateClientsDedicated.value
		default:
			load.capacity += limitUpdateClientsDedicated.value
			least += limitUpdateClientsShared.value
		}
	}
	return load, least
}

// sharesComputer reports whether the computer of a role carries another one: an
// assigned role, the site server, the site database or an SMS Provider. The site
// system and component server roles that come with any role do not count.
func (c *check) sharesComputer(a *Assignment) Value[bool] {
	host, ok := a.host().Get()
	if !ok {
		return Unknown[bool]()
	}
	role, _ := a.Role.Get()
	for _, other := range c.topology.index.rolesOn(host) {
		if key, ok := other.Role.Get(); ok && key != role {
			return Known(true)
		}
	}
	site, fqdn := a.site(), a.server().FQDN
	return either(site.isSiteServer(fqdn), either(site.isDatabaseComputer(fqdn), listsHost(site.providers(), fqdn)))
}

// listsHost reports whether a list of host names holds a host: undecided while an
// entry that is not known could be it.
func listsHost(list Value[[]Value[string]], fqdn Value[string]) Value[bool] {
	entries, ok := list.Get()
	if !ok {
		return Unknown[bool]()
	}
	found := Known(false)
	for _, entry := range entries {
		found = either(found, equalHost(entry, fqdn))
	}
	return found
}

// wsusVersions compares the operating systems of the software update points of a
// site, and that of its site server when it runs the WSUS console for a remote one.
func (c *check) wsusVersions(s *Site) {
	x := c.topology.index
	points := x.rolesAt(s, roleSoftwareUpdatePoint)
	if len(points) == 0 {
		return
	}
	type system struct{ name, os string }
	var first *system
	compare := func(name string, server *Server) (differs *system) {
		os, ok := decided(c, server.OperatingSystem)
		switch {
		case !ok:
		case first == nil:
			first = &system{name, os}
		case first.os != os:
			return first
		}
		return nil
	}
	remote := false
	for _, a := range points {
		remote = remote || !knownTrue(s.isSiteServer(a.server().FQDN))
	}
	// A secondary site server needs no console.
	if host, ok := folded(s.Server, foldHost).Get(); remote && !knownTrue(s.is(Secondary)) {
		if server := x.server(host); ok && server != nil {
			compare("the site server "+host, server)
		} else {
			c.undecide()
		}
	}
	if !remote && len(points) == 1 {
		return
	}
	for _, a := range points {
		if other := compare(a.label(), a.server()); other != nil {
			c.violate(violation{
				on: a, at: At("server"), site: s, related: asDeclared(points),
				fact:  fmt.Sprintf("%s has another WSUS version than %s", a.label(), other.name),
				found: fmt.Sprintf("%s runs %s, %s runs %s.", other.name, operatingSystemName(other.os), a.label(), a.server().osName()),
			})
		}
	}
}

// wsusConsole judges whether a site server can configure the software update points
// that are on other computers.
func (c *check) wsusConsole(site *Site, fqdn Value[string], points []*Assignment) {
	remote := Known(false)
	for _, a := range points {
		remote = either(remote, not(equalHost(a.host(), fqdn)))
	}
	host, ok := decided(c, folded(fqdn, foldHost))
	if !ok || !c.holds(remote) {
		return
	}
	s := c.topology.index.server(host)
	if s == nil {
		c.undecide()
		return
	}
	inventory, ok := decided(c, s.Inventory)
	if !ok {
		return
	}
	features, ok := decided(c, inventory.WindowsFeatures)
	if !ok || !c.fails(featureWSUSConsole.among(features)) {
		return
	}
	c.host = host
	c.violate(violation{
		on: s, at: At("inventory", "windows_features"), site: site, related: append(asDeclared(points), site),
		fact:  fmt.Sprintf("the site server %s lacks the WSUS administration console", host),
		found: fmt.Sprintf("the site has %s, and windows_features of the site server does not list %s.", labels(points), featureList([]feature{featureWSUSConsole})),
	})
	c.host = ""
}

// knownTrue reports whether a condition is known to hold.
func knownTrue(condition Value[bool]) bool {
	value, ok := condition.Get()
	return ok && value
}

// operatingSystemName returns the name of an operating system, or its key.
func operatingSystemName(key string) string {
	if os := systemOf(key); os != nil {
		return os.Name
	}
	return key
}

// existingWSUS completes a rule about a WSUS server that was there before the role.
// Once the role is installed the product has configured it: the past does not count.
func existingWSUS(r Rule, refused string, tiers []Tier, what string) Rule {
	r.Severity, r.Basis, r.Scope = SeverityError, Unsupported, ScopeRole
	r.roles = []string{roleSoftwareUpdatePoint}
	r.assignment = func(c *check, a *Assignment) {
		settings, ok := decided(c, a.SoftwareUpdatePoint)
		if !ok {
			return
		}
		use, ok := decided(c, settings.ExistingWSUS)
		if !ok || use != refused {
			return
		}
		if exists, ok := decided(c, a.Installed.OrDefault(false)); !ok || exists {
			return
		}
		tier, ok := decided(c, a.site().TierOf())
		if !ok || !slices.Contains(tiers, tier) {
			return
		}
		c.violate(violation{
			at:    At("software_update_point", "existing_wsus"),
			fact:  fmt.Sprintf("%s %s", a.label(), what),
			found: fmt.Sprintf("existing_wsus = %q at the %s, where the role is not installed yet.", use, withCode(tier, a.site())),
		})
	}
	return r
}
