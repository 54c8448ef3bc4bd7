package softwareupdates

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Where software update points stand and what they synchronize with.

var softwareUpdateRules = []rule.Rule{
	{
		ID: "SUP-PARENT-FIRST", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopePair,
		Title: "A software update point below another site needs one at the parent site",
		Why: "The catalog of updates flows from the top-level site down: a software update point synchronizes with that of the parent site. Without one " +
			"there it has no source. Within one apply the order takes care of itself.",
		Fix:       `Assign role = "software_update_point" to a server of the parent site as well, or remove it from the site below.`,
		Sources:   []product.Source{product.SoftwareUpdatePoint.Source(), product.SoftwareUpdatesPlan.At("Synchronization source"), product.SiteSystemRoles.At("Software update point")},
		CoveredBy: rule.InHierarchy("REQ-SUP"),
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			// It is the parent that lacks something: one finding, however many sites below
			// it depend on that.
			below := map[*model.Site][]*model.Site{}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				parent, ok := s.Parent.Get()
				if !ok || len(x.RolesAt(s, product.RoleSoftwareUpdatePoint)) == 0 {
					continue
				}
				code, ok := rule.Decided(c, parent.NormalizedCode())
				if !ok || len(x.RolesAt(parent, product.RoleSoftwareUpdatePoint)) > 0 {
					continue
				}
				// A parent that is not listed may have one.
				if x.Open || x.Sites[code] == nil {
					c.Undecide()
					continue
				}
				below[parent] = append(below[parent], s)
			}
			for _, parent := range model.SortedSites(slices.Collect(maps.Keys(below))) {
				var points []*model.Assignment
				for _, s := range below[parent] {
					points = append(points, x.RolesAt(s, product.RoleSoftwareUpdatePoint)...)
				}
				c.Violate(rule.Violation{
					On: points[0], At: model.At("role"), Related: slices.Concat(model.AsDeclared(points), model.SitesAsDeclared(below[parent]), []model.Declared{parent}), Site: parent,
					Fact:  fmt.Sprintf("%s has no upstream at %s", points[0].Label(), parent.Label()),
					Found: fmt.Sprintf("%s has no software update point, and below it there are some: %s.", parent.Label(), model.Labels(points)),
				})
			}
			c.OpenCount()
		},
	},
	{
		// The central administration site is not looked at: a software update point
		// below it without one there is SUP-PARENT-FIRST, at whatever site it begins.
		ID: "SUP-ALL-PRIMARIES", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "Every child primary site whose clients use software update points has one",
		Why: "Clients scan against a software update point of their own site. In a hierarchy that deploys software updates the central administration " +
			"site and each primary site with such clients need one.",
		Fix: `Assign role = "software_update_point" to a server of the site. When its clients get their updates otherwise, say so on the site: ` +
			`software_update_source = "windows_update", or "none".`,
		Sources:   []product.Source{product.SoftwareUpdatesPlan.At("Determine the software update point infrastructure"), product.SoftwareUpdatePoint.Source()},
		CoveredBy: rule.AtSite("SUP-PARENT-FIRST", "REQ-SUP"),
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			if len(x.ByRole[product.RoleSoftwareUpdatePoint]) == 0 {
				// Nobody is known to use them; what is not known or listed may.
				if x.Open || x.IsPartial() {
					c.Undecide()
				}
				return
			}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if tier, ok := rule.Decided(c, s.TierOf()); !ok || tier != product.TierChildPrimary || len(x.RolesAt(s, product.RoleSoftwareUpdatePoint)) > 0 {
					continue
				}
				missingUpdatePoint(c, s)
			}
		},
	},
	{
		ID: "SUP-UPSTREAM-TOP", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "Only the top-level site synchronizes with Microsoft Update or another WSUS server",
		Why: "Every site below takes the catalog from the software update point of its parent site. A source of its own there would bring updates that the " +
			"rest of the hierarchy does not know.",
		Fix: `Set synchronization_source = "parent_site" in the software_update_point block of the site below, and "microsoft_update" or "upstream_wsus" ` +
			`at the top-level site only.`,
		Sources: []product.Source{product.SoftwareUpdatePoint.At("Synchronization source"), product.SoftwareUpdatesPlan.At("Synchronization source"), product.ConfigMgrCBDsc.Source()},
		Roles:   []string{product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			settings, ok := rule.Decided(c, a.SoftwareUpdatePoint)
			if !ok {
				return
			}
			source, ok := rule.Decided(c, settings.SynchronizationSource)
			if !ok {
				return
			}
			tier, ok := rule.Decided(c, a.DeclaredSite().TierOf())
			if !ok {
				return
			}
			top := tier == product.TierCentralAdministration || tier == product.TierStandAlonePrimary
			v := rule.Violation{
				At:    model.At("software_update_point", "synchronization_source"),
				Fact:  fmt.Sprintf("%s does not synchronize with the parent site", a.Label()),
				Found: fmt.Sprintf("synchronization_source = %q at the %s.", source, model.WithCode(tier, a.DeclaredSite())),
			}
			switch {
			case !top && (source == model.SyncMicrosoftUpdate || source == model.SyncUpstreamWSUS):
			case !top && source == model.SyncNone:
				// Export and import at a site without a connection to its parent: the
				// sources differ on it.
				v.Severity = rule.SeverityWarning
			case top && source == model.SyncParentSite:
				v.Severity = rule.SeverityWarning
				v.Fact = fmt.Sprintf("%s has no parent site to synchronize with", a.Label())
				v.Fix = `Set synchronization_source = "microsoft_update", or "upstream_wsus" for a WSUS server outside the hierarchy.`
			default:
				return
			}
			c.Violate(v)
		},
	},
	{
		ID: "SUP-CAP-COLO", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeRole,
		Title: "A software update point that shares its server serves up to 25,000 clients",
		Why: "Scans load WSUS, its database and IIS together. A computer that carries another role as well is rated for 25,000 clients, a dedicated one " +
			"for 150,000.",
		Fix:       `Give the software update point a server of its own, or assign role = "software_update_point" to more servers of the site.`,
		Sources:   []product.Source{product.LimitUpdateClientsShared.Source},
		Hierarchy: updateCapacity,
	},
	{
		ID: "SUP-CAP-DED", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeRole,
		Title: "A software update point on a server of its own serves up to 150,000 clients",
		Why: "The number holds for a dedicated remote server whose IIS application pool WsusPool has a queue length of 2000 and four times the default " +
			"private memory limit, or none.",
		Fix:         `Assign role = "software_update_point" to more servers of the site.`,
		Sources:     []product.Source{product.LimitUpdateClientsDedicated.Source, product.RecommendedHardware.Source()},
		Enforcement: rule.CoveredElsewhere,
		Note: "A dedicated software update point serves as many Windows clients as a site may have: more of them are LIM-SAPRI, LIM-CHILDPRI or " +
			"LIM-SECONDARY.",
	},
	{
		ID: "SUP-WSUS-VERSION", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "The software update points of a site and its site server run the same WSUS version",
		Why: "WSUS has the version of the Windows Server it belongs to. The WSUS servers of a site, and the WSUS administration console on the site " +
			"server, have to match.",
		Fix: "Use one operating system for the site server and the software update points of the site: the same operating_system in the " +
			"configmgr_site_system_server of each.",
		Sources:   []product.Source{product.SoftwareUpdatesPrerequisites.At("Windows Server Update Services")},
		CoveredBy: rule.OnElement("SUP-SUSDB-ONE-WINDOWS"),
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				wsusVersions(c, s)
			}
			c.OpenCount()
		},
	},
	{
		ID: "SUP-SUSDB-ONE-WINDOWS", Severity: rule.SeverityError, Basis: rule.SecondarySource, Scope: rule.ScopePair,
		Title: "Software update points that share a WSUS database run one version of Windows Server",
		Why: "WSUS belongs to its version of Windows Server, and so does the structure of its database: a newer WSUS upgrades it away from the older one. " +
			"That holds wherever the software update points are, at one site or at several.",
		Fix:     "Give the servers one version of Windows Server, or each version a database of its own in wsus_database_server and wsus_database_instance.",
		Sources: []product.Source{product.SharedWSUSDatabase.Source(), product.SoftwareUpdatesPrerequisites.At("Windows Server Update Services")},
		Hierarchy: func(c *rule.Check) {
			sharedUpdateDatabases(c, func(place updateDatabase, points []*model.Assignment) {
				var first *model.Assignment
				for _, a := range points {
					os, ok := rule.Decided(c, a.DeclaredServer().OperatingSystem)
					switch {
					case !ok:
					case holdsNoUpdatePoint(c, a): // SRV-OS-LIST and SRV-CLIENTOS-DP-ONLY say that WSUS is not there at all
					case first == nil:
						first = a
					case first.DeclaredServer().OperatingSystem != model.Known(os):
						c.Violate(rule.Violation{
							On: a, At: model.At("software_update_point", "wsus_database_server"), Site: a.DeclaredSite(), Related: []model.Declared{first},
							Fact:  fmt.Sprintf("%s and %s share a WSUS database on different versions of Windows Server", first.Label(), a.Label()),
							Found: fmt.Sprintf("both use instance %q on %q; %s runs %s, %s runs %s.", place.instance, place.host, first.Label(), first.DeclaredServer().OsName(), a.Label(), a.DeclaredServer().OsName()),
						})
						return
					}
				}
			})
		},
	},
	{
		ID: "SUP-SUSDB-ONE-SITE", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopePair,
		Title: "Software update points share a WSUS database within one primary site only",
		Why: "Sharing saves clients a full scan when they change between the software update points of their primary site, and is advised for these. " +
			"Each site synchronizes with the one above it, which takes a database of its own.",
		Fix:       "Give the software update points of each site a database of their own, in wsus_database_server and wsus_database_instance.",
		Sources:   []product.Source{product.SoftwareUpdatesBestPractices.Source()},
		CoveredBy: rule.OnElement("SUP-SUSDB-ONE-WINDOWS"),
		Hierarchy: func(c *rule.Check) {
			sharedUpdateDatabases(c, func(place updateDatabase, points []*model.Assignment) {
				first := points[0]
				for _, a := range points[1:] {
					own, okOwn := rule.Decided(c, a.DeclaredSite().NormalizedCode())
					theirs, okTheirs := rule.Decided(c, first.DeclaredSite().NormalizedCode())
					if !okOwn || !okTheirs || own == theirs {
						continue
					}
					c.Violate(rule.Violation{
						On: a, At: model.At("software_update_point", "wsus_database_server"), Site: a.DeclaredSite(), Related: []model.Declared{first},
						Fact:  fmt.Sprintf("%s shares its WSUS database with site %s", a.Label(), theirs),
						Found: fmt.Sprintf("%s and %s both use instance %q on %q.", first.Label(), a.Label(), place.instance, place.host),
					})
					return
				}
			})
		},
	},
	{
		ID: "SUP-WSUS-CONSOLE", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "With a remote software update point the site server has the WSUS administration console",
		Why: "The site server of a central administration or primary site configures a WSUS on another computer through the console. Where WSUS itself is " +
			"installed on the site server, the console is there already.",
		Fix: `Run Install-WindowsFeature -Name UpdateServices-UI on the site server, and add "UpdateServices-UI" to windows_features in the inventory ` +
			`block of its configmgr_site_system_server.`,
		Sources: []product.Source{product.SiteSystemPrerequisites.At("Central administration site and primary site servers"), product.SoftwareUpdatesPrerequisites.Source()},
		Hierarchy: rule.EachSite(func(c *rule.Check, s *model.Site) {
			points := c.Topology.Index.RolesAt(s, product.RoleSoftwareUpdatePoint)
			if len(points) == 0 {
				c.OpenCount()
				return
			}
			if !c.Fails(s.Is(product.Secondary)) {
				return
			}
			wsusConsole(c, s, s.Server, points)
			if !s.PassiveServer.IsNull() {
				wsusConsole(c, s, s.PassiveServer, points)
			}
		}),
	},
	existingWSUS(rule.Rule{
		ID:    "SUP-PRI-NO-REPLICA",
		Title: "The WSUS server of a new software update point at a primary site is not a replica",
		Why: "The product configures the WSUS server itself and makes replicas of all but the first. One that is a replica already keeps following its old " +
			"upstream server.",
		Fix:     `Make the WSUS server an autonomous one before the role is added, or install WSUS afresh and set existing_wsus = "none".`,
		Sources: []product.Source{product.SoftwareUpdatesPlan.At("Configure WSUS as a replica server")},
	}, model.ExistingWSUSReplica, product.PrimaryTiers, "is to take over a WSUS replica"),
	existingWSUS(rule.Rule{
		ID:    "SUP-NOT-STANDALONE-WSUS",
		Title: "A software update point does not take over a WSUS server that managed clients itself",
		Why: "A WSUS server that was configured and used on its own keeps its approvals, groups and clients; the role does not support that. Such a server " +
			"may stay the upstream source of the top-level site.",
		Fix: `Install WSUS afresh for the role and set existing_wsus = "none", or keep the old server as source: synchronization_source = "upstream_wsus" ` +
			`at the top-level site.`,
		Sources: []product.Source{product.SoftwareUpdatePoint.Source(), product.SoftwareUpdatesPlan.At("Use an existing WSUS server as the synchronization source")},
	}, model.ExistingWSUSStandAlone, product.EveryTier, "is to take over a WSUS server in use"),
}

// missingUpdatePoint judges a child primary site without a software update point in
// a hierarchy that has some.
func missingUpdatePoint(c *rule.Check, s *model.Site) {
	source, declared := s.UpdateSource.Get()
	if declared && source != model.UpdatesFromPoint {
		return
	}
	counts, _ := s.Clients.OrDefault(&model.ClientCounts{}).Get()
	if counts != nil {
		if n, ok := counts.Windows.Get(); ok && n == 0 {
			return
		}
	}
	if s.UpdateSource.IsUnknown() || counts == nil || counts.Windows.IsUnknown() || c.Topology.Index.Open {
		c.Undecide()
		return
	}
	v := rule.Violation{
		On: s, At: model.At("software_update_source"), Site: s,
		Fact:  fmt.Sprintf("%s has no software update point", s.Label()),
		Found: fmt.Sprintf("software_update_source = %q, and no role assignment puts a software update point at the site.", source),
	}
	if !declared {
		v.At, v.Severity = model.At("site_code"), rule.SeverityWarning
		v.Found = "other sites of the hierarchy have a software update point, this one has none, and the design does not say where its clients get updates from."
	}
	c.Violate(v)
}

// updateLoad is what the software update points of a site have to serve.
type updateLoad struct {
	shared   *model.Assignment // the first that shares its computer, nil when none does
	capacity int64
}

// updateCapacity compares the Windows clients of each site with what its software
// update points serve together, where one of them shares its computer.
func updateCapacity(c *rule.Check) {
	x := c.Topology.Index
	for _, s := range model.SortedSites(c.Topology.Sites) {
		siteType, ok := rule.Decided(c, s.Type)
		if !ok || siteType == product.CentralAdministration {
			continue // no clients of its own
		}
		points := x.RolesAt(s, product.RoleSoftwareUpdatePoint)
		if len(points) == 0 {
			c.OpenCount()
			continue
		}
		if code, ok := s.NormalizedCode().Get(); ok && siteType == product.Primary {
			// Clients of a secondary site are clients of its primary site.
			for _, child := range model.SortedSites(x.Children[code]) {
				points = append(points, x.RolesAt(child, product.RoleSoftwareUpdatePoint)...)
			}
		}
		counts, ok := rule.Decided(c, s.Clients)
		if !ok {
			continue
		}
		clients, ok := rule.Decided(c, counts.Windows)
		if !ok {
			continue
		}
		load, least := loadOf(c, points)
		switch {
		case clients <= least:
		case clients <= load.capacity || x.Open:
			c.Undecide()
		case load.shared != nil:
			c.Violate(rule.Violation{
				On: load.shared, At: model.At("role"), Site: s, Related: append(model.AsDeclared(points), s),
				Fact:  fmt.Sprintf("%s has more clients than its software update points serve", s.Label()),
				Found: fmt.Sprintf("%d Windows clients are expected; %d is what these serve: %s.", clients, load.capacity, model.Labels(points)),
			})
		}
	}
}

// loadOf adds up what software update points serve, and the least it may be
// while something about their computers is not known.
func loadOf(c *rule.Check, points []*model.Assignment) (load updateLoad, least int64) {
	seen := map[string]bool{}
	for _, a := range points {
		if host, ok := a.Host().Get(); ok {
			if seen[host] {
				continue
			}
			seen[host] = true
		}
		shares, known := sharesComputer(c, a).Get()
		switch {
		case known && shares:
			if load.shared == nil {
				load.shared = a
			}
			load.capacity += product.LimitUpdateClientsShared.Value
			least += product.LimitUpdateClientsShared.Value
		case known && !c.Topology.Index.Open:
			load.capacity += product.LimitUpdateClientsDedicated.Value
			least += product.LimitUpdateClientsDedicated.Value
		default:
			load.capacity += product.LimitUpdateClientsDedicated.Value
			least += product.LimitUpdateClientsShared.Value
		}
	}
	return load, least
}

// sharesComputer reports whether the computer of a role carries another one: an
// assigned role, the site server, the site database or an SMS Provider. The site
// system and component server roles that come with any role do not count.
func sharesComputer(c *rule.Check, a *model.Assignment) model.Value[bool] {
	host, ok := a.Host().Get()
	if !ok {
		return model.Unknown[bool]()
	}
	role, _ := a.Role.Get()
	for _, other := range c.Topology.Index.RolesOn(host) {
		if key, ok := other.Role.Get(); ok && key != role {
			return model.Known(true)
		}
	}
	site, fqdn := a.DeclaredSite(), a.DeclaredServer().FQDN
	return model.Either(site.IsSiteServer(fqdn), model.Either(site.IsDatabaseComputer(fqdn), model.ListsHost(site.ProviderHosts(), fqdn)))
}

// updateDatabase is an instance of SQL Server with a WSUS database.
type updateDatabase struct{ host, instance string }

// sharedUpdateDatabases visits the WSUS databases that several software update points of
// the hierarchy name, wherever they are. One that names none has its own.
func sharedUpdateDatabases(c *rule.Check, visit func(updateDatabase, []*model.Assignment)) {
	users := map[updateDatabase][]*model.Assignment{}
	var places []updateDatabase
	for _, a := range c.Topology.Index.ByRole[product.RoleSoftwareUpdatePoint] {
		settings, ok := a.SoftwareUpdatePoint.Get()
		if !ok || settings.WSUSDatabaseServer.IsNull() {
			c.UndecideIf(a.SoftwareUpdatePoint.IsUnknown())
			continue
		}
		host, okHost := rule.Decided(c, model.Folded(settings.WSUSDatabaseServer, model.FoldHost))
		instance, okInstance := rule.Decided(c, model.Folded(settings.WSUSDatabaseInstance.OrDefault(model.DefaultInstance), strings.ToUpper))
		if !okHost || !okInstance {
			continue
		}
		place := updateDatabase{host, instance}
		if users[place] == nil {
			places = append(places, place)
		}
		users[place] = append(users[place], a)
	}
	for _, place := range places {
		if len(users[place]) > 1 {
			visit(place, users[place])
		}
	}
	c.OpenCount()
}

// wsusSystem is a computer with WSUS or its console, and the system that it runs.
type wsusSystem struct{ name, os string }

// wsusVersions compares the operating systems of the software update points of a site with
// each other, and with those of its site servers: the active one and the passive one run
// the WSUS console for every software update point on another computer.
func wsusVersions(c *rule.Check, s *model.Site) {
	points := c.Topology.Index.RolesAt(s, product.RoleSoftwareUpdatePoint)
	var first *wsusSystem
	for _, a := range points {
		remote := consolesFor(c, s, a)
		if len(remote) == 0 && len(points) == 1 {
			return // the only one, on the only site server
		}
		os, ok := rule.Decided(c, a.DeclaredServer().OperatingSystem)
		if !ok {
			continue
		}
		compared := slices.DeleteFunc(remote, func(other *wsusSystem) bool { return other == nil })
		if len(compared) == 0 && first != nil {
			compared = append(compared, first)
		}
		if first == nil {
			first = &wsusSystem{a.Label(), os}
		}
		if i := slices.IndexFunc(compared, func(other *wsusSystem) bool { return other.os != os }); i >= 0 {
			c.Violate(rule.Violation{
				On: a, At: model.At("server"), Site: s, Related: model.AsDeclared(points),
				Fact:  fmt.Sprintf("%s has another WSUS version than %s", a.Label(), compared[i].name),
				Found: fmt.Sprintf("%s runs %s, %s runs %s.", compared[i].name, operatingSystemName(compared[i].os), a.Label(), a.DeclaredServer().OsName()),
			})
		}
	}
}

// consolesFor returns the site servers that manage a software update point from another
// computer; nil stands for one whose system is not known. The site server of a secondary
// site needs no console.
func consolesFor(c *rule.Check, s *model.Site, a *model.Assignment) []*wsusSystem {
	if model.KnownTrue(s.Is(product.Secondary)) {
		return nil
	}
	var consoles []*wsusSystem
	for _, siteServer := range []struct {
		name string
		fqdn model.Value[string]
	}{{"the site server ", s.Server}, {"the passive site server ", s.PassiveServer}} {
		host, ok := model.Folded(siteServer.fqdn, model.FoldHost).Get()
		if siteServer.fqdn.IsNull() || model.KnownTrue(model.EqualHost(siteServer.fqdn, a.Host())) {
			continue
		}
		var found *wsusSystem
		if server := c.Topology.Index.Server(host); ok && server != nil {
			if os, ok := rule.Decided(c, server.OperatingSystem); ok {
				found = &wsusSystem{siteServer.name + host, os}
			}
		} else {
			c.Undecide()
		}
		consoles = append(consoles, found)
	}
	return consoles
}

// wsusConsole judges whether a site server can configure the software update points
// that are on other computers.
func wsusConsole(c *rule.Check, site *model.Site, fqdn model.Value[string], points []*model.Assignment) {
	remote := model.Known(false)
	for _, a := range points {
		remote = model.Either(remote, model.Not(model.EqualHost(a.Host(), fqdn)))
	}
	host, ok := rule.Decided(c, model.Folded(fqdn, model.FoldHost))
	if !ok || !c.Holds(remote) {
		return
	}
	s := c.Topology.Index.Server(host)
	if s == nil {
		c.Undecide()
		return
	}
	inventory, ok := rule.Decided(c, s.Inventory)
	if !ok {
		return
	}
	features, ok := rule.Decided(c, inventory.WindowsFeatures)
	if !ok || !c.Fails(model.Among(product.FeatureWSUSConsole, features)) {
		return
	}
	c.Host = host
	c.Violate(rule.Violation{
		On: s, At: model.At("inventory", "windows_features"), Site: site, Related: append(model.AsDeclared(points), site),
		Fact:  fmt.Sprintf("the site server %s lacks the WSUS administration console", host),
		Found: fmt.Sprintf("the site has %s, and windows_features of the site server does not list %s.", model.Labels(points), product.FeatureList([]product.Feature{product.FeatureWSUSConsole})),
	})
	c.Host = ""
}

// operatingSystemName returns the name of an operating system, or its key.
func operatingSystemName(key string) string {
	if os := product.SystemOf(key); os != nil {
		return os.Name
	}
	return key
}

// existingWSUS completes a rule about a WSUS server that was there before the role.
// Once the role is installed the product has configured it: the past does not count.
func existingWSUS(r rule.Rule, refused string, tiers []product.Tier, what string) rule.Rule {
	r.Severity, r.Basis, r.Scope = rule.SeverityError, rule.Unsupported, rule.ScopeRole
	r.Roles = []string{product.RoleSoftwareUpdatePoint}
	r.Assignment = func(c *rule.Check, a *model.Assignment) {
		settings, ok := rule.Decided(c, a.SoftwareUpdatePoint)
		if !ok {
			return
		}
		use, ok := rule.Decided(c, settings.ExistingWSUS)
		if !ok || use != refused {
			return
		}
		if exists, ok := rule.Decided(c, a.Installed.OrDefault(false)); !ok || exists {
			return
		}
		tier, ok := rule.Decided(c, a.DeclaredSite().TierOf())
		if !ok || !slices.Contains(tiers, tier) {
			return
		}
		c.Violate(rule.Violation{
			At:    model.At("software_update_point", "existing_wsus"),
			Fact:  fmt.Sprintf("%s %s", a.Label(), what),
			Found: fmt.Sprintf("existing_wsus = %q at the %s, where the role is not installed yet.", use, model.WithCode(tier, a.DeclaredSite())),
		})
	}
	return r
}

// holdsNoUpdatePoint reports whether the system of a server cannot carry a software update
// point: it hosts no role but the distribution point, or the version of the site refuses it.
func holdsNoUpdatePoint(c *rule.Check, a *model.Assignment) bool {
	os := a.DeclaredServer().System()
	if os == nil {
		return false
	}
	v, ok := c.VersionOf(a.DeclaredSite())
	return os.DistributionPointOnly || ok && os.RefusedBy(v)
}
