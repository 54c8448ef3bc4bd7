package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Group 2: changes of a hierarchy that exists. What counts is the state before the
// change: the product asks for its conditions at that moment, not afterwards.

// The versions that can remove a central administration site.
var (
	removalPreRelease = milestone{2002, articleRemoveCentralAdministrationSite.Source()} // as a pre-release feature
	removalReleased   = milestone{2103, articleRemoveCentralAdministrationSite.Source()}
)

// notAtExpansion are the roles that a stand-alone primary site does not hold when it
// is expanded.
var notAtExpansion = []string{
	roleServiceConnectionPoint, roleAssetIntelligence, roleEndpointProtection, roleDataWarehouse, roleIntuneConnector,
}

// movedByRemoval are the roles that the removal of a central administration site
// takes care of.
var movedByRemoval = []string{roleServiceConnectionPoint, roleSoftwareUpdatePoint}

var transitionRules = []Rule{
	{
		ID: "HIER-NO-MERGE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:   "An installed primary site joins no other hierarchy",
		Why:     "An existing site cannot be moved below an existing central administration site. Only a stand-alone primary site can be expanded, and only into a central administration site that Setup creates at that moment.",
		Fix:     "Keep the parent as it was. To bring the clients over: install a new primary site below the central administration site, migrate objects and clients with a migration job, then uninstall the old site.",
		Sources: []Source{articleHierarchyDesign.Source()},
		site: func(c *check, s *Site) {
			prior := c.topology.priorSite(s)
			if prior == nil || !isInstalledPrimary(prior) || !c.holds(s.is(Primary)) || !c.holds(s.hasParent()) {
				return
			}
			to, okTo := decided(c, s.parentCode())
			from, okFrom := prior.parentCode().Get()
			if !okTo || prior.Parent.IsKnown() && !okFrom || from == to {
				return
			}
			if okFrom {
				c.violate(c.merged(s, from, to))
				return
			}
			// Whether the central administration site is new only the hierarchy knows. One
			// that is said to exist is not, unless the design is brought up to date late.
			if c.topology.Hierarchy != nil && c.siteExisted(to) {
				return
			}
			parent, _ := s.Parent.Get()
			if c.holds(parent.Installed.OrDefault(false)) {
				v := c.merged(s, from, to)
				v.severity = SeverityWarning
				v.fact = fmt.Sprintf("%s gets a parent, and both exist already", s.label())
				v.found = fmt.Sprintf("the site was stand-alone; its parent is now %s, which has installed = true.", parent.label())
				v.fix = "If the design only catches up with an expansion that is done, go on. Otherwise keep the site stand-alone: it cannot join a hierarchy that exists."
				c.violate(v)
			}
		},
		hierarchy: func(c *check) {
			for _, m := range c.moves() {
				switch {
				case m.to == "" || m.from != "": // the site says it
				case c.topology.index.sites[m.to] == nil:
					c.undecide()
				case c.siteExisted(m.to):
					c.violate(c.merged(m.site, m.from, m.to))
				default:
					// A site that is new here and said to exist may come from elsewhere.
					c.undecideIf(!c.fails(c.topology.index.sites[m.to].Installed.OrDefault(false)))
				}
			}
		},
	},
	{
		ID: "HIER-NO-DETACH", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "A child primary site stays below its central administration site",
		Why:     "A child primary site cannot leave its hierarchy. It becomes a stand-alone primary site only when the central administration site above it is removed, which needs it to be the last child.",
		Fix:     "Keep parent = configmgr_site.cas. If the central administration site is to go: first uninstall the other primary sites, then take parent out here and the central administration site out of the configuration in one step.",
		Sources: []Source{articleHierarchyDesign.At("Central administration site with one or more child primary sites"), articleRemoveCentralAdministrationSite.Source()},
		hierarchy: func(c *check) {
			for _, m := range c.moves() {
				if m.from == "" || m.to != "" {
					continue
				}
				if c.topology.index.sites[m.from] == nil {
					c.undecideIf(c.topology.index.open || c.topology.Prior.index.sites[m.from] == nil)
					continue
				}
				c.violate(violation{
					on: m.site, at: At("parent"), site: m.site,
					fact:  fmt.Sprintf("%s cannot leave its central administration site", m.site.label()),
					found: fmt.Sprintf("parent was %s and is not set any more, while %s is still part of the hierarchy.", m.from, m.from),
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-NO-REPARENT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "An installed secondary site keeps its parent",
		Why:     "A secondary site cannot be moved to another primary site. Terraform plans to replace it: the site is uninstalled and installed again, and its content has to be sent over the network once more.",
		Fix:     "Keep the parent. To move the location all the same: first give its clients other management points and distribution points, then uninstall the secondary site from the console, then apply and install it below the other primary site.",
		Sources: []Source{articleHierarchyDesign.At("Determine when to use a secondary site")},
		site: func(c *check, s *Site) {
			prior := c.topology.priorSite(s)
			if prior == nil || !installed(prior.Installed) || !c.holds(prior.is(Secondary)) || prior.Parent.IsNull() || s.Parent.IsNull() {
				return
			}
			before, okBefore := decided(c, prior.parentCode())
			after, okAfter := decided(c, s.parentCode())
			if okBefore && okAfter && before != after {
				c.violate(violation{
					at: At("parent"), severity: SeverityWarning,
					fact:  fmt.Sprintf("%s is installed and would have to be reinstalled", prior.label()),
					found: fmt.Sprintf("parent changes from %s to %s.", before, after),
				})
			}
		},
	},
	{
		ID: "HIER-UNINSTALL-CHILDREN-FIRST", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:       "A site is uninstalled after its child sites",
		Why:         "Setup refuses to uninstall a site that still has child sites.",
		Fix:         "Uninstall the secondary sites first, then the primary sites, then the central administration site.",
		Sources:     []Source{articleUninstallSites.At("Procedure to uninstall a primary site"), articleUninstallSites.At("Uninstall the central administration site")},
		Enforcement: KeptByGraph,
		Note:        "A child refers to its parent, so that Terraform removes the child first and refuses a configuration that takes away a parent that is still named. Taking away a central administration site above its last primary site is judged by the rules HIER-RMCAS-VERSION to HIER-RMCAS-LIMITS.",
	},
	{
		ID: "HIER-EXPAND-NEWCAS", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:   "One primary site is expanded into a central administration site",
		Why:     "Setup of a new central administration site takes over one stand-alone primary site. All further primary sites are installed new below it; one that exists cannot be added.",
		Fix:     "Expand one site: leave parent out at the others and keep each in a configmgr_hierarchy of its own. Then install new child primary sites, migrate the others into them, and uninstall those.",
		Sources: []Source{articleHierarchyDesign.At("Determine when to use a central administration site"), articleSiteInstallationPrerequisites.At("Prerequisites to expand a stand-alone primary site"), articleSetupWizard.Source()},
		hierarchy: func(c *check) {
			expanded := map[*Site][]*Site{}
			for _, e := range c.expansions() {
				expanded[e.central] = append(expanded[e.central], e.site)
			}
			for _, central := range sortedSites(c.topology.Sites) {
				if len(expanded[central]) == 0 {
					continue
				}
				// Primary sites that are new here but exist come from another hierarchy.
				code, _ := central.code().Get()
				joining := slices.Clone(expanded[central])
				for _, s := range c.topology.index.children[code] {
					if own, ok := s.code().Get(); ok && isInstalledPrimary(s) && c.topology.Prior.index.sites[own] == nil {
						joining = append(joining, s)
					}
				}
				if len(joining) < 2 {
					c.openCount()
					continue
				}
				c.violate(violation{
					on: joining[1], at: At("parent"), site: joining[1], related: sitesAsDeclared(joining),
					fact:  fmt.Sprintf("%d existing primary sites would be expanded into %s", len(joining), central.label()),
					found: fmt.Sprintf("the installed primary sites %s get the new parent %s.", siteCodes(joining), code),
				})
			}
		},
	},
	expansionRule(Rule{
		ID: "HIER-EXPAND-VERSION", Basis: Refused, Scope: ScopePair,
		Title:   "A central administration site for an expansion is installed with the version of the primary site",
		Why:     "Setup runs from the CD.Latest folder of the primary site and refuses media of another version.",
		Fix:     `First bring the primary site to the version that the hierarchy is to have. Then run Setup from its CD.Latest folder, and give both sites the same version, or leave version out at both.`,
		Sources: []Source{articleSiteInstallationPrerequisites.At("Source file version matches site version"), articlePrerequisiteChecks.At("Existing stand-alone primary site for version and site code")},
	}, func(c *check, e expansion) string {
		was, okWas := c.versionOf(e.prior)
		will, okWill := c.versionOf(e.central)
		if !okWas || !okWill || was == will {
			return ""
		}
		return fmt.Sprintf("the primary site runs version %s, and the central administration site is to have version %s", was, will)
	}),
	expansionRule(Rule{
		ID: "HIER-EXPAND-ROLES", Basis: Refused, Scope: ScopeSite,
		Title:   "A primary site is expanded without the roles of a top-level site",
		Why:     "These roles belong to the top-level site, which the primary site is no longer after the expansion. Setup refuses the expansion while it holds them, and a passive site server as well.",
		Fix:     "In this order: remove the named roles from the primary site, and passive_site_server with them, and apply. Then add the central administration site. Afterwards assign the roles again to servers of the central administration site; a passive site server may come back.",
		Sources: []Source{articleSiteInstallationPrerequisites.At("Top-level site roles"), articlePrerequisiteChecks.Source(), articleSetupWizard.At("Service Connection Point Setup"), articleDataWarehouse.At("Site expansion")},
	}, func(c *check, e expansion) string {
		code, _ := e.prior.code().Get()
		var held []string
		for _, role := range notAtExpansion {
			for _, a := range c.topology.Prior.index.rolesAt(e.prior, role) {
				if installed(a.Installed) {
					held = append(held, a.label())
				}
			}
		}
		if host, ok := e.prior.PassiveServer.Get(); ok {
			held = append(held, fmt.Sprintf("passive site server %s", foldHost(host)))
		}
		c.undecideIf(e.prior.PassiveServer.IsUnknown())
		gateways, _ := c.topology.Prior.Hierarchy.Gateways.Get()
		for _, key := range slices.Sorted(maps.Keys(gateways)) {
			// Without a code it can only be that of the stand-alone primary site.
			g, ok := gateways[key].Get()
			if ok && installed(g.Installed) && folded(g.SiteCode.OrDefault(code), foldCode) == Known(code) {
				name, _ := g.Name.OrDefault(key).Get()
				held = append(held, "cloud management gateway "+name)
			}
		}
		if len(held) == 0 {
			return ""
		}
		return "the site still holds: " + strings.Join(held, ", ")
	}),
	expansionRule(Rule{
		ID: "HIER-EXPAND-COLLATION", Basis: Refused, Scope: ScopePair,
		Title:   "A central administration site for an expansion has the collation of the primary site",
		Why:     "Setup of the central administration site compares the collation of its SQL Server with that of the database it takes over.",
		Fix:     "Install the SQL Server of the central administration site with the collation of the primary site, and name it in collation of its database block.",
		Sources: []Source{articlePrerequisiteChecks.At("Match collation of expand primary site")},
	}, func(c *check, e expansion) string {
		was, okWas := decided(c, e.prior.collation())
		will, okWill := decided(c, e.central.collation())
		if !okWas || !okWill || strings.EqualFold(was, will) {
			return ""
		}
		return fmt.Sprintf("the database of the primary site has the collation %q, that of the central administration site is to have %q", was, will)
	}),
	expansionRule(Rule{
		ID: "HIER-EXPAND-NO-AG", Basis: Refused, Scope: ScopeSite,
		Title:   "A primary site is expanded while its database is in no availability group",
		Why:     "Setup does not expand a site whose database is in an availability group.",
		Fix:     "In this order: take the site database out of the availability group, remove the availability_group block and apply. Then expand the site. Afterwards put the database back and restore the block.",
		Sources: []Source{articleAvailabilityGroup.At("Site expansion")},
	}, func(c *check, e expansion) string {
		db, ok := decided(c, e.prior.database())
		if !ok || db.AvailabilityGroup.IsNull() {
			return ""
		}
		if _, ok := decided(c, db.AvailabilityGroup); !ok {
			return ""
		}
		return "the site database is in an availability group"
	}),
	removalRule(Rule{
		ID: "HIER-RMCAS-VERSION", Basis: Documented, Scope: ScopeHierarchy, Versions: "from 2103 (2002 as a pre-release feature)",
		Title:   "A central administration site is removed from version 2103 on",
		Why:     "Older versions cannot remove it and keep the primary site below it; version 2002 to 2010 have it as a pre-release feature.",
		Fix:     `First update the hierarchy, then change version at its sites, such as version = "2403", and apply. Then remove the central administration site.`,
		Sources: []Source{articleRemoveCentralAdministrationSite.Source()},
	}, func(c *check, r removal) (string, Severity) {
		v, ok := c.versionOf(r.central)
		switch {
		case !ok || v >= removalReleased.version:
			return "", 0
		case v >= removalPreRelease.version:
			return fmt.Sprintf("it runs version %s, where the removal is a pre-release feature", v), SeverityWarning
		default:
			return fmt.Sprintf("it runs version %s, which cannot remove it", v), 0
		}
	}),
	removalRule(Rule{
		ID: "HIER-RMCAS-ONE-CHILD", Basis: Refused, Scope: ScopeHierarchy, Versions: "from 2103 (2002 as a pre-release feature)",
		Title:   "A central administration site is removed when it has one child primary site",
		Why:     "The one primary site takes over what the hierarchy has. The product does not remove a central administration site that connects several primary sites.",
		Fix:     "In this order: move the clients of all other primary sites to the one that stays, uninstall those sites, take them out of the configuration and apply. Then remove the central administration site and the parent of the last primary site. Secondary sites may stay.",
		Sources: []Source{articleRemoveCentralAdministrationSite.At("Prerequisites")},
	}, func(c *check, r removal) (string, Severity) {
		if len(r.children) < 2 {
			return "", 0
		}
		return fmt.Sprintf("it has %d child primary sites: %s", len(r.children), siteCodes(r.children)), 0
	}),
	removalRule(Rule{
		ID: "HIER-RMCAS-ROLES", Basis: Documented, Scope: ScopeHierarchy,
		Title:   "A central administration site is removed after its roles",
		Why:     "Only the service connection point and the software update point are taken care of: the first is set up on a server of the primary site, the second is dropped in favour of the one that the primary site has by then. Everything else goes with the site.",
		Fix:     `In this order: assign "software_update_point" to a server of the primary site, move or remove the other roles of the central administration site, and apply. Then remove the central administration site, and assign "service_connection_point" to a server of the primary site in the same step.`,
		Sources: []Source{articleRemoveCentralAdministrationSite.At("Plan"), articleRemoveCentralAdministrationSite.At("Process")},
	}, func(c *check, r removal) (string, Severity) {
		var problems, left []string
		code, _ := r.central.code().Get()
		held := map[string]bool{}
		for _, a := range c.topology.Prior.index.bySite[code] {
			role, ok := decided(c, a.Role)
			if !ok || !installed(a.Installed) {
				continue
			}
			held[role] = true
			if !slices.Contains(movedByRemoval, role) {
				left = append(left, a.label())
			}
		}
		if len(left) > 0 {
			problems = append(problems, "it still holds: "+strings.Join(left, ", "))
		}
		heir := r.survivors[0]
		if held[roleServiceConnectionPoint] && len(c.topology.index.rolesAt(heir, roleServiceConnectionPoint)) == 0 {
			problems = append(problems, fmt.Sprintf("the design names no service connection point at %s", heir.label()))
		}
		if held[roleSoftwareUpdatePoint] && !slices.ContainsFunc(c.topology.Prior.index.rolesAt(heir, roleSoftwareUpdatePoint), func(a *Assignment) bool { return installed(a.Installed) }) {
			problems = append(problems, fmt.Sprintf("it has a software update point, and %s has none yet", heir.label()))
		}
		return strings.Join(problems, "; "), 0
	}),
	removalRule(Rule{
		ID: "HIER-RMCAS-LIMITS", Basis: Documented, Scope: ScopeHierarchy, Versions: "from 2103 (2002 as a pre-release feature)",
		Title:   "A central administration site is removed from a hierarchy that is up to date and free of distributed views",
		Why:     "The removal works on the database replication of the hierarchy: all sites have to run the same, latest version, and no link may use distributed views. Migration jobs and source hierarchies have to be gone too, and the clients have to fit a stand-alone primary site (LIM-SAPRI).",
		Fix:     "In this order: finish the update of all sites, turn off distributed views on every link, set distributed_views = [], and apply. Then remove the central administration site.",
		Sources: []Source{articleRemoveCentralAdministrationSite.At("Plan")},
	}, func(c *check, r removal) (string, Severity) {
		var problems []string
		if views, ok := decided(c, c.topology.Prior.Hierarchy.DistributedViews); ok && len(views) > 0 {
			problems = append(problems, fmt.Sprintf("distributed views are on for %d link(s)", len(views)))
		}
		central, ok := c.versionOf(r.central)
		if !ok {
			return strings.Join(problems, "; "), 0
		}
		var behind []string
		for _, s := range sortedSites(c.topology.Prior.Sites) {
			if v, ok := c.versionOf(s); ok && v != central {
				behind = append(behind, fmt.Sprintf("%s %s", siteCodes([]*Site{s}), v))
			}
		}
		if len(behind) > 0 {
			problems = append(problems, fmt.Sprintf("not all sites run its version %s: %s", central, strings.Join(behind, ", ")))
		}
		if len(problems) > 0 {
			return strings.Join(problems, "; "), 0
		}
		latest, ok := latestOn(c.options.ReviewDate)
		if !ok {
			c.undecide()
			return "", 0
		}
		if central < latest {
			// Not every hierarchy is offered a version on its first day.
			return fmt.Sprintf("it runs version %s, and %s is available since before the review date", central, latest), SeverityWarning
		}
		return "", 0
	}),
}

// latestOn returns the newest version that was available on a day.
func latestOn(day time.Time) (Version, bool) {
	if day.IsZero() {
		return 0, false
	}
	for _, r := range slices.Backward(Releases()) {
		if available, err := ParseDate(r.Available); err == nil && !available.After(day) {
			return r.Version, true
		}
	}
	return 0, false
}

// move is an installed primary site that the plan puts below another parent, below
// none or below one for the first time.
type move struct {
	site, prior *Site
	from, to    string // codes of the parents, empty for none
}

// moves compares the parents of the primary sites with those of the prior state.
func (c *check) moves() []move {
	if c.topology.Prior == nil {
		return nil
	}
	var list []move
	for _, s := range sortedSites(c.topology.Sites) {
		code, _ := s.code().Get()
		prior := c.topology.Prior.index.sites[code]
		if prior == nil || !isInstalledPrimary(prior) || !c.topology.index.lists(s) || !c.holds(s.is(Primary)) {
			continue
		}
		to, okTo := s.parentCode().Get()
		from, okFrom := prior.parentCode().Get()
		if !okTo && !s.Parent.IsNull() || !okFrom && !prior.Parent.IsNull() {
			c.undecide()
			continue
		}
		if from != to {
			list = append(list, move{site: s, prior: prior, from: from, to: to})
		}
	}
	return list
}

// isInstalledPrimary reports whether a site of the prior state is a primary site
// that exists.
func isInstalledPrimary(s *Site) bool {
	t, _ := s.Type.Get()
	return t == Primary && installed(s.Installed)
}

// siteExisted reports whether the prior state lists an installed site of the code.
func (c *check) siteExisted(code string) bool {
	prior := c.topology.Prior.index.sites[code]
	return prior != nil && installed(prior.Installed)
}

// merged is the violation of an existing site that gets an existing parent.
func (c *check) merged(s *Site, from, to string) violation {
	v := violation{
		on: s, at: At("parent"), site: s,
		fact:  fmt.Sprintf("%s exists and cannot join the hierarchy of %s", s.label(), to),
		found: fmt.Sprintf("the site was stand-alone, and parent is now %s.", to),
	}
	if from != "" {
		v.found = fmt.Sprintf("parent changes from %s to %s.", from, to)
	}
	return v
}

// expansion is an installed stand-alone primary site that the plan puts below a new
// central administration site.
type expansion struct {
	site, prior, central *Site
}

// expansions returns the expansions that the plan brings. Where it cannot tell an
// expansion from something else the rule is undecided.
func (c *check) expansions() []expansion {
	var list []expansion
	for _, m := range c.moves() {
		if m.from != "" || m.to == "" {
			continue
		}
		central := c.topology.index.sites[m.to]
		switch {
		case central == nil:
			c.undecide()
		case !c.holds(central.is(CentralAdministration)):
		case c.siteExisted(m.to): // HIER-NO-MERGE
		case c.fails(central.Installed.OrDefault(false)):
			list = append(list, expansion{site: m.site, prior: m.prior, central: central})
		default:
			// The expansion is done, or the central administration site is an old one.
			c.undecide()
		}
	}
	return list
}

// expansionRule completes a rule about the moment of an expansion. judge says what
// is wrong, empty when nothing is.
func expansionRule(r Rule, judge func(*check, expansion) string) Rule {
	r.Severity = SeverityError
	r.hierarchy = func(c *check) {
		for _, e := range c.expansions() {
			if problem := judge(c, e); problem != "" {
				c.violate(violation{
					on: e.site, at: At("parent"), site: e.site, related: []declared{e.central},
					fact:  fmt.Sprintf("%s cannot be expanded into %s yet", e.site.label(), e.central.label()),
					found: problem + ".",
				})
			}
		}
	}
	return r
}

// removal is the removal of a central administration site whose primary site stays.
type removal struct {
	central   *Site   // in the prior state
	children  []*Site // its installed primary sites in the prior state
	survivors []*Site // those of them that stand alone in the plan
}

// removals returns the removals that the plan brings. A hierarchy that is taken
// down as a whole has no survivor and is none.
func (c *check) removals() []removal {
	var list []removal
	for _, m := range c.moves() {
		if m.from == "" || m.to != "" || c.topology.index.sites[m.from] != nil {
			continue
		}
		central := c.topology.Prior.index.sites[m.from]
		if c.topology.index.open || central == nil {
			c.undecide()
			continue
		}
		if !installed(central.Installed) {
			continue
		}
		if i := slices.IndexFunc(list, func(r removal) bool { return r.central == central }); i >= 0 {
			list[i].survivors = append(list[i].survivors, m.site)
			continue
		}
		r := removal{central: central, survivors: []*Site{m.site}}
		for _, s := range sortedSites(c.topology.Prior.index.children[m.from]) {
			if isInstalledPrimary(s) {
				r.children = append(r.children, s)
			}
		}
		list = append(list, r)
	}
	return list
}

// removalRule completes a rule about the moment when a central administration site
// is removed. judge says what is wrong, empty when nothing is.
func removalRule(r Rule, judge func(*check, removal) (string, Severity)) Rule {
	r.Severity = SeverityError
	r.hierarchy = func(c *check) {
		for _, removed := range c.removals() {
			if problem, severity := judge(c, removed); problem != "" {
				s := removed.survivors[0]
				c.violate(violation{
					on: s, at: At("parent"), site: s, severity: severity,
					fact:  fmt.Sprintf("%s cannot be removed above %s yet", removed.central.label(), s.label()),
					found: fmt.Sprintf("%s is not in the hierarchy any more; %s.", removed.central.label(), problem),
				})
			}
		}
	}
	return r
}
