package hierarchy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Changes of a hierarchy that exists. What counts is the state before the
// change: the product asks for its conditions at that moment, not afterward.

// The versions that can remove a central administration site.
var (
	removalPreRelease = product.Milestone{Version: 2002, Source: product.RemoveCentralAdministrationSite.Source()} // as a pre-release feature
	removalReleased   = product.Milestone{Version: 2103, Source: product.RemoveCentralAdministrationSite.Source()}
)

// notAtExpansion are the roles that a stand-alone primary site does not hold when it
// is expanded.
var notAtExpansion = []string{
	product.RoleServiceConnectionPoint, product.RoleAssetIntelligence, product.RoleEndpointProtection, product.RoleDataWarehouse, product.RoleIntuneConnector,
}

// movedByRemoval are the roles that the removal of a central administration site
// takes care of.
var movedByRemoval = []string{product.RoleServiceConnectionPoint, product.RoleSoftwareUpdatePoint}

var transitionRules = []rule.Rule{
	{
		ID: "HIER-NO-MERGE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: "An installed primary site joins no other hierarchy",
		Why: "An existing site cannot be moved below an existing central administration site. Only a stand-alone primary site can be expanded, and only " +
			"into a central administration site that Setup creates at that moment.",
		Fix: "Keep the parent as it was. To bring the clients over: install a new primary site below the central administration site, migrate objects and " +
			"clients with a migration job, then uninstall the old site.",
		Sources: []product.Source{product.HierarchyDesign.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			prior := c.Topology.PriorSite(s)
			if prior == nil || !isInstalledPrimary(prior) || !c.Holds(s.Is(product.Primary)) || !c.Holds(s.HasParent()) {
				return
			}
			to, okTo := rule.Decided(c, parentCode(s))
			from, okFrom := parentCode(prior).Get()
			if !okTo || prior.Parent.IsKnown() && !okFrom || from == to {
				return
			}
			if okFrom {
				c.Violate(merged(s, from, to))
				return
			}
			// A central administration site that exists when the plan is made was not created
			// by Setup for this expansion, unless the design is brought up to date late.
			parent, _ := s.Parent.Get()
			if c.Holds(parent.Installed.OrDefault(false)) {
				v := merged(s, from, to)
				v.Found = fmt.Sprintf("the site was stand-alone; its parent is now %s, which has installed = true.", parent.Label())
				v.Fix = "Keep the site stand-alone; to bring its clients over, install a new primary site below the central administration site and migrate to it. " +
					"If Setup has expanded the site already, record that in two steps: apply with installed = false at the central administration site, then set it to " +
					"true."
				c.Violate(v)
			}
		},
		Hierarchy: func(c *rule.Check) {
			for _, m := range moves(c) {
				switch {
				case m.to == "" || m.from != "": // the site says it
				case c.Topology.Index.Sites[m.to] == nil:
					c.Undecide()
				case siteExisted(c, m.to):
					c.Violate(merged(m.site, m.from, m.to))
				default:
					// A site that is new here and said to exist may come from elsewhere.
					c.UndecideIf(!c.Fails(c.Topology.Index.Sites[m.to].Installed.OrDefault(false)))
				}
			}
		},
	},
	{
		ID: "HIER-NO-DETACH", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "A child primary site stays below its central administration site",
		Why: "A child primary site cannot leave its hierarchy. It becomes a stand-alone primary site only when the central administration site above it is " +
			"removed, which needs it to be the last child.",
		Fix: "Keep parent = configmgr_site.cas. If the central administration site is to go: first uninstall the other primary sites, then take parent out " +
			"here and the central administration site out of the configuration in one step.",
		Sources: []product.Source{product.HierarchyDesign.At("Central administration site with one or more child primary sites"), product.RemoveCentralAdministrationSite.Source()},
		Hierarchy: func(c *rule.Check) {
			for _, m := range moves(c) {
				if m.from == "" || m.to != "" {
					continue
				}
				if c.Topology.Index.Sites[m.from] == nil {
					c.UndecideIf(c.Topology.Index.Open || c.Topology.Prior.Index.Sites[m.from] == nil)
					continue
				}
				c.Violate(rule.Violation{
					On: m.site, At: model.At("parent"), Site: m.site,
					Fact:  fmt.Sprintf("%s cannot leave its central administration site", m.site.Label()),
					Found: fmt.Sprintf("parent was %s and is not set any more, while %s is still part of the hierarchy.", m.from, m.from),
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-NO-REPARENT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "An installed secondary site keeps its parent",
		Why: "A secondary site cannot be moved to another primary site. Terraform plans to replace it: the site is uninstalled and installed again, and " +
			"its content has to be sent over the network once more.",
		Fix: "Keep the parent. To move the location all the same: first give its clients other management points and distribution points, then uninstall " +
			"the secondary site from the console, then apply and install it below the other primary site.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a secondary site")},
		Site: func(c *rule.Check, s *model.Site) {
			prior := c.Topology.PriorSite(s)
			if prior == nil || !model.Installed(prior.Installed) || !c.Holds(prior.Is(product.Secondary)) || prior.Parent.IsNull() || s.Parent.IsNull() {
				return
			}
			before, okBefore := rule.Decided(c, parentCode(prior))
			after, okAfter := rule.Decided(c, parentCode(s))
			if okBefore && okAfter && before != after {
				c.Violate(rule.Violation{
					At:    model.At("parent"),
					Fact:  fmt.Sprintf("%s is installed and would have to be reinstalled", prior.Label()),
					Found: fmt.Sprintf("parent changes from %s to %s.", before, after),
				})
			}
		},
	},
	{
		ID: "HIER-UNINSTALL-CHILDREN-FIRST", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:       "A site is uninstalled after its child sites",
		Why:         "Setup refuses to uninstall a site that still has child sites.",
		Fix:         "Uninstall the secondary sites first, then the primary sites, then the central administration site.",
		Sources:     []product.Source{product.UninstallSites.At("Procedure to uninstall a primary site"), product.UninstallSites.At("Uninstall the central administration site")},
		Enforcement: rule.KeptByGraph,
		Note: "A child refers to its parent, so that Terraform removes the child first and refuses a configuration that takes away a parent that is " +
			"still named. Taking away a central administration site above its last primary site is judged by the rules HIER-RMCAS-VERSION to HIER-RMCAS-LIMITS.",
	},
	{
		ID: "HIER-EXPAND-NEWCAS", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: "One primary site is expanded into a central administration site",
		Why: "Setup of a new central administration site takes over one stand-alone primary site. All further primary sites are installed new below it; " +
			"one that exists cannot be added.",
		Fix: "Expand one site: leave parent out at the others and keep each in a configmgr_hierarchy of its own. Then install new child primary sites, " +
			"migrate the others into them, and uninstall those.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a central administration site"), product.SiteInstallationPrerequisites.At("Prerequisites to expand a stand-alone primary site"), product.SetupWizard.Source()},
		Hierarchy: func(c *rule.Check) {
			expanded := map[*model.Site][]*model.Site{}
			for _, e := range expansions(c) {
				expanded[e.central] = append(expanded[e.central], e.site)
			}
			for _, central := range model.SortedSites(c.Topology.Sites) {
				if len(expanded[central]) == 0 {
					continue
				}
				// Primary sites that are new here but exist come from another hierarchy.
				code, _ := central.NormalizedCode().Get()
				joining := slices.Clone(expanded[central])
				for _, s := range c.Topology.Index.Children[code] {
					if own, ok := s.NormalizedCode().Get(); ok && isInstalledPrimary(s) && c.Topology.Prior.Index.Sites[own] == nil {
						joining = append(joining, s)
					}
				}
				if len(joining) < 2 {
					c.OpenCount()
					continue
				}
				c.Violate(rule.Violation{
					On: joining[1], At: model.At("parent"), Site: joining[1], Related: model.SitesAsDeclared(joining),
					Fact:  fmt.Sprintf("%d existing primary sites would be expanded into %s", len(joining), central.Label()),
					Found: fmt.Sprintf("the installed primary sites %s get the new parent %s.", siteCodes(joining), code),
				})
			}
		},
	},
	expansionRule(rule.Rule{
		ID: "HIER-EXPAND-VERSION", Basis: rule.Refused, Scope: rule.ScopePair,
		Title: "A central administration site for an expansion is installed with the version of the primary site",
		Why:   "Setup runs from the CD.Latest folder of the primary site and refuses media of another version.",
		Fix: `First bring the primary site to the version that the hierarchy is to have. Then run Setup from its CD.Latest folder, and give both sites the ` +
			`same version, or leave version out at both.`,
		Sources: []product.Source{product.SiteInstallationPrerequisites.At("Source file version matches site version"), product.PrerequisiteChecks.At("Existing stand-alone primary site for " +
			"version and site code")},
	}, func(c *rule.Check, e expansion) string {
		was, okWas := c.VersionOf(e.prior)
		will, okWill := c.VersionOf(e.central)
		if !okWas || !okWill || was == will {
			return ""
		}
		return fmt.Sprintf("the primary site runs version %s, and the central administration site is to have version %s", was, will)
	}),
	expansionRule(rule.Rule{
		ID: "HIER-EXPAND-ROLES", Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "A primary site is expanded without the roles of a top-level site",
		Why: "These roles belong to the top-level site, which the primary site is no longer after the expansion. Setup refuses the expansion while it " +
			"holds them, and a passive site server as well.",
		Fix: "In this order: remove the named roles from the primary site, and passive_site_server with them, and apply. Then add the central " +
			"administration site. Afterward assign the roles again to servers of the central administration site; a passive site server may come back.",
		Sources: []product.Source{product.SiteInstallationPrerequisites.At("Top-level site roles"), product.PrerequisiteChecks.Source(), product.SetupWizard.At("Service Connection Point Setup"), product.DataWarehouse.At("Site expansion")},
	}, func(c *rule.Check, e expansion) string {
		code, _ := e.prior.NormalizedCode().Get()
		var held []string
		for _, role := range notAtExpansion {
			for _, a := range c.Topology.Prior.Index.RolesAt(e.prior, role) {
				if model.Installed(a.Installed) {
					held = append(held, a.Label())
				}
			}
		}
		if host, ok := e.prior.PassiveServer.Get(); ok {
			held = append(held, fmt.Sprintf("passive site server %s", model.FoldHost(host)))
		}
		c.UndecideIf(e.prior.PassiveServer.IsUnknown())
		held = append(held, gatewaysOf(c, code)...)
		if len(held) == 0 {
			return ""
		}
		return "the site still holds: " + strings.Join(held, ", ")
	}),
	expansionRule(rule.Rule{
		ID: "HIER-EXPAND-COLLATION", Basis: rule.Refused, Scope: rule.ScopePair,
		Title:   "A central administration site for an expansion has the collation of the primary site",
		Why:     "Setup of the central administration site compares the collation of its SQL Server with that of the database it takes over.",
		Fix:     "Install the SQL Server of the central administration site with the collation of the primary site, and name it in collation of its database block.",
		Sources: []product.Source{product.PrerequisiteChecks.At("Match collation of expand primary site")},
	}, func(c *rule.Check, e expansion) string {
		was, okWas := rule.Decided(c, collation(e.prior))
		will, okWill := rule.Decided(c, collation(e.central))
		if !okWas || !okWill || strings.EqualFold(was, will) {
			return ""
		}
		return fmt.Sprintf("the database of the primary site has the collation %q, that of the central administration site is to have %q", was, will)
	}),
	expansionRule(rule.Rule{
		ID: "HIER-EXPAND-NO-AG", Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "A primary site is expanded while its database is in no availability group",
		Why:   "Setup does not expand a site whose database is in an availability group.",
		Fix: "In this order: take the site database out of the availability group, remove the availability_group block and apply. Then expand the site. " +
			"Afterward put the database back and restore the block.",
		Sources: []product.Source{product.AvailabilityGroup.At("Site expansion")},
	}, func(c *rule.Check, e expansion) string {
		db, ok := rule.Decided(c, e.prior.DeclaredDatabase())
		if !ok || db.AvailabilityGroup.IsNull() {
			return ""
		}
		if _, ok := rule.Decided(c, db.AvailabilityGroup); !ok {
			return ""
		}
		return "the site database is in an availability group"
	}),
	removalRule(rule.Rule{
		ID: "HIER-RMCAS-VERSION", Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "from 2103 (2002 as a pre-release feature)",
		Title: "A central administration site is removed from version 2103 on",
		Why:   "Older versions cannot remove it and keep the primary site below it; version 2002 to 2010 have it as a pre-release feature.",
		Fix: "First update the hierarchy to version 2103 or later, from release to release where one step does not reach it, change version at its sites " +
			"as it goes, and apply. Then remove the central administration site.",
		Sources: []product.Source{product.RemoveCentralAdministrationSite.Source()},
	}, func(c *rule.Check, r removal) (string, rule.Severity) {
		v, ok := c.VersionOf(r.central)
		switch {
		case !ok || v >= removalReleased.Version:
			return "", 0
		case v >= removalPreRelease.Version:
			return fmt.Sprintf("it runs version %s, where the removal is a pre-release feature", v), rule.SeverityWarning
		default:
			return fmt.Sprintf("it runs version %s, which cannot remove it", v), 0
		}
	}),
	removalRule(rule.Rule{
		ID: "HIER-RMCAS-ONE-CHILD", Basis: rule.Refused, Scope: rule.ScopeHierarchy, Versions: "from 2103 (2002 as a pre-release feature)",
		Title: "A central administration site is removed when it has one child primary site",
		Why: "The one primary site takes over what the hierarchy has. The product does not remove a central administration site that connects several " +
			"primary sites.",
		Fix: "In this order: move the clients of all other primary sites to the one that stays, uninstall those sites, take them out of the configuration " +
			"and apply. Then remove the central administration site and the parent of the last primary site. Secondary sites may stay.",
		Sources: []product.Source{product.RemoveCentralAdministrationSite.At("Prerequisites")},
	}, func(c *rule.Check, r removal) (string, rule.Severity) {
		if len(r.children) < 2 {
			return "", 0
		}
		return fmt.Sprintf("it has %d child primary sites: %s", len(r.children), siteCodes(r.children)), 0
	}),
	removalRule(rule.Rule{
		ID: "HIER-RMCAS-ROLES", Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "A central administration site is removed after its roles",
		Why: "Only the service connection point and the software update point are taken care of: the first is set up on a server of the primary site, the " +
			"second is dropped in favor of the one that the primary site has by then. Everything else goes with the site; a cloud management gateway of its own " +
			"is removed before, and created again at the primary site.",
		Fix: `In this order: assign "software_update_point" to a server of the primary site, move or remove the other roles and the cloud management ` +
			`gateways of the central administration site, and apply. Then remove the central administration site, and assign "service_connection_point" to a ` +
			`server of the primary site in the same step.`,
		Sources: []product.Source{product.RemoveCentralAdministrationSite.At("Plan"), product.RemoveCentralAdministrationSite.At("Process")},
	}, func(c *rule.Check, r removal) (string, rule.Severity) {
		var problems, left []string
		code, _ := r.central.NormalizedCode().Get()
		held := map[string]bool{}
		for _, a := range c.Topology.Prior.Index.BySite[code] {
			role, ok := rule.Decided(c, a.Role)
			if !ok || !model.Installed(a.Installed) {
				continue
			}
			held[role] = true
			if !slices.Contains(movedByRemoval, role) {
				left = append(left, a.Label())
			}
		}
		if host, ok := r.central.PassiveServer.Get(); ok {
			left = append(left, "passive site server "+model.FoldHost(host))
		}
		c.UndecideIf(r.central.PassiveServer.IsUnknown())
		left = append(left, gatewaysOf(c, code)...)
		if len(left) > 0 {
			problems = append(problems, "it still holds: "+strings.Join(left, ", "))
		}
		heir := r.survivors[0]
		if held[product.RoleServiceConnectionPoint] && len(c.Topology.Index.RolesAt(heir, product.RoleServiceConnectionPoint)) == 0 {
			problems = append(problems, fmt.Sprintf("the design names no service connection point at %s", heir.Label()))
		}
		if held[product.RoleSoftwareUpdatePoint] && !slices.ContainsFunc(c.Topology.Prior.Index.RolesAt(heir, product.RoleSoftwareUpdatePoint), func(a *model.Assignment) bool { return model.Installed(a.Installed) }) {
			problems = append(problems, fmt.Sprintf("it has a software update point, and %s has none yet", heir.Label()))
		}
		return strings.Join(problems, "; "), 0
	}),
	removalRule(rule.Rule{
		ID: "HIER-RMCAS-LIMITS", Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: "from 2103 (2002 as a pre-release feature)",
		Title: "A central administration site is removed from a hierarchy that is up to date and free of distributed views",
		Why: "The removal works on the database replication of the hierarchy: all sites have to run the same, latest version, and no link may use " +
			"distributed views. Migration jobs and source hierarchies have to be gone too, and the clients have to fit a stand-alone primary site (LIM-SAPRI).",
		Fix: "In this order: finish the update of all sites, turn off distributed views on every link, set distributed_views = [], and apply. Then remove " +
			"the central administration site.",
		Sources: []product.Source{product.RemoveCentralAdministrationSite.At("Plan")},
	}, func(c *rule.Check, r removal) (string, rule.Severity) {
		var problems []string
		if views, ok := rule.Decided(c, c.Topology.Prior.Hierarchy.DistributedViews); ok && len(views) > 0 {
			problems = append(problems, fmt.Sprintf("distributed views are on for %d link(s)", len(views)))
		}
		central, ok := c.VersionOf(r.central)
		if !ok {
			return strings.Join(problems, "; "), 0
		}
		var behind []string
		for _, s := range model.SortedSites(c.Topology.Prior.Sites) {
			if v, ok := c.VersionOf(s); ok && v != central {
				behind = append(behind, fmt.Sprintf("%s %s", siteCodes([]*model.Site{s}), v))
			}
		}
		if len(behind) > 0 {
			problems = append(problems, fmt.Sprintf("not all sites run its version %s: %s", central, strings.Join(behind, ", ")))
		}
		if len(problems) > 0 {
			return strings.Join(problems, "; "), 0
		}
		latest, ok := latestOn(c.Options.ReviewDate)
		if !ok {
			c.Undecide()
			return "", 0
		}
		if central < latest {
			// Not every hierarchy is offered a version on its first day.
			return fmt.Sprintf("it runs version %s, and %s is available since before the review date", central, latest), rule.SeverityWarning
		}
		return "", 0
	}),
}

// gatewaysOf lists the installed cloud management gateways of a top-level site in the
// prior state: one without a code can only be its own.
func gatewaysOf(c *rule.Check, code string) []string {
	var names []string
	gateways, _ := rule.Given(c, c.Topology.Prior.Hierarchy.Gateways)
	for _, key := range slices.Sorted(maps.Keys(gateways)) {
		g, ok := gateways[key].Get()
		if ok && model.Installed(g.Installed) && model.Folded(g.SiteCode.OrDefault(code), model.FoldCode) == model.Known(code) {
			name, _ := g.Name.OrDefault(key).Get()
			names = append(names, "cloud management gateway "+name)
		}
	}
	return names
}

// latestOn returns the newest version that was available on a day.
func latestOn(day time.Time) (product.Version, bool) {
	if day.IsZero() {
		return 0, false
	}
	for _, r := range slices.Backward(product.Releases()) {
		if available, err := product.ParseDate(r.Available); err == nil && !available.After(day) {
			return r.Version, true
		}
	}
	return 0, false
}

// move is an installed primary site that the plan puts below another parent, below
// none or below one for the first time.
type move struct {
	site, prior *model.Site
	from, to    string // codes of the parents, empty for none
}

// moves compares the parents of the primary sites with those of the prior state.
func moves(c *rule.Check) []move {
	if c.Topology.Prior == nil {
		return nil
	}
	var list []move
	for _, s := range model.SortedSites(c.Topology.Sites) {
		code, _ := s.NormalizedCode().Get()
		prior := c.Topology.Prior.Index.Sites[code]
		c.UndecideIf(prior == nil && c.Topology.Prior.Index.SitesOpen)
		if prior == nil || !isInstalledPrimary(prior) || !lists(c.Topology.Index, s) || !c.Holds(s.Is(product.Primary)) {
			continue
		}
		to, okTo := parentCode(s).Get()
		from, okFrom := parentCode(prior).Get()
		if !okTo && !s.Parent.IsNull() || !okFrom && !prior.Parent.IsNull() {
			c.Undecide()
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
func isInstalledPrimary(s *model.Site) bool {
	t, _ := s.Type.Get()
	return t == product.Primary && model.Installed(s.Installed)
}

// siteExisted reports whether the prior state lists an installed site of the code.
func siteExisted(c *rule.Check, code string) bool {
	prior := c.Topology.Prior.Index.Sites[code]
	return prior != nil && model.Installed(prior.Installed)
}

// merged is the violation of an existing site that gets an existing parent.
func merged(s *model.Site, from, to string) rule.Violation {
	v := rule.Violation{
		On: s, At: model.At("parent"), Site: s,
		Fact:  fmt.Sprintf("%s exists and cannot join the hierarchy of %s", s.Label(), to),
		Found: fmt.Sprintf("the site was stand-alone, and parent is now %s.", to),
	}
	if from != "" {
		v.Found = fmt.Sprintf("parent changes from %s to %s.", from, to)
	}
	return v
}

// expansion is an installed stand-alone primary site that the plan puts below a new
// central administration site.
type expansion struct {
	site, prior, central *model.Site
}

// expansions returns the expansions that the plan brings. Where it cannot tell an
// expansion from something else the rule is undecided.
func expansions(c *rule.Check) []expansion {
	var list []expansion
	for _, m := range moves(c) {
		if m.from != "" || m.to == "" {
			continue
		}
		central := c.Topology.Index.Sites[m.to]
		switch {
		case central == nil:
			c.Undecide()
		case !c.Holds(central.Is(product.CentralAdministration)):
		case siteExisted(c, m.to): // HIER-NO-MERGE
		case c.Fails(central.Installed.OrDefault(false)):
			list = append(list, expansion{site: m.site, prior: m.prior, central: central})
		default:
			// The expansion is done, or the central administration site is an old one.
			c.Undecide()
		}
	}
	return list
}

// expansionRule completes a rule about the moment of an expansion. judge says what
// is wrong, empty when nothing is.
func expansionRule(r rule.Rule, judge func(*rule.Check, expansion) string) rule.Rule {
	r.Severity = rule.SeverityError
	r.Hierarchy = func(c *rule.Check) {
		for _, e := range expansions(c) {
			if problem := judge(c, e); problem != "" {
				c.Violate(rule.Violation{
					On: e.site, At: model.At("parent"), Site: e.site, Related: []model.Declared{e.central},
					Fact:  fmt.Sprintf("%s cannot be expanded into %s yet", e.site.Label(), e.central.Label()),
					Found: problem + ".",
				})
			}
		}
	}
	return r
}

// removal is the removal of a central administration site whose primary site stays.
type removal struct {
	central   *model.Site   // in the prior state
	children  []*model.Site // its installed primary sites in the prior state
	survivors []*model.Site // those of them that stand alone in the plan
}

// removals returns the removals that the plan brings. A hierarchy that is taken
// down as a whole has no survivor and is none.
func removals(c *rule.Check) []removal {
	var list []removal
	for _, m := range moves(c) {
		if m.from == "" || m.to != "" || c.Topology.Index.Sites[m.from] != nil {
			continue
		}
		central := c.Topology.Prior.Index.Sites[m.from]
		if c.Topology.Index.Open || central == nil {
			c.Undecide()
			continue
		}
		if !model.Installed(central.Installed) {
			continue
		}
		if i := slices.IndexFunc(list, func(r removal) bool { return r.central == central }); i >= 0 {
			list[i].survivors = append(list[i].survivors, m.site)
			continue
		}
		r := removal{central: central, survivors: []*model.Site{m.site}}
		for _, s := range model.SortedSites(c.Topology.Prior.Index.Children[m.from]) {
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
func removalRule(r rule.Rule, judge func(*rule.Check, removal) (string, rule.Severity)) rule.Rule {
	r.Severity = rule.SeverityError
	r.Hierarchy = func(c *rule.Check) {
		for _, removed := range removals(c) {
			if problem, severity := judge(c, removed); problem != "" {
				s := removed.survivors[0]
				c.Violate(rule.Violation{
					On: s, At: model.At("parent"), Site: s, Severity: severity,
					Fact:  fmt.Sprintf("%s cannot be removed above %s yet", removed.central.Label(), s.Label()),
					Found: fmt.Sprintf("%s is not in the hierarchy any more; %s.", removed.central.Label(), problem),
				})
			}
		}
	}
	return r
}
