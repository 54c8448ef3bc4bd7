package hierarchy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The shape of a hierarchy. What holds between a site and its parent is in sites.go,
// changes of a hierarchy that exists in transition.go, distributed views in
// distributed_views.go.

// The numbers of the chapter are exported for the test that holds every documented number
// to a design on each side of it.
var (
	LimitChildPrimaries      = product.Limit{Value: 25, Source: product.SizeAndScale.At("Central administration site")}
	LimitSecondarySites      = product.Limit{Value: 250, Source: product.SizeAndScale.At("Primary site")}
	LimitTiers               = product.Limit{Value: 3, Source: product.HierarchyDesign.At("Hierarchy topology")}
	LimitTiersWithoutCentral = product.Limit{Value: 2, Source: product.HierarchyDesign.At("Hierarchy topology")}
)

var hierarchyRules = slices.Concat(shapeRules, kinshipRules, transitionRules, distributedViewRules)

var shapeRules = []rule.Rule{
	{
		ID: "HIER-ONE-ROOT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: "A hierarchy has one top-level site",
		Why: "A hierarchy begins at one central administration site or at one stand-alone primary site. A primary site without a parent is the top of a " +
			"hierarchy of its own and exchanges nothing with the others.",
		Fix: "If the site belongs below the central administration site, say so: parent = configmgr_site.cas. If it is a hierarchy of its own, move it " +
			"with its role assignments to a second configmgr_hierarchy.",
		Sources:   []product.Source{product.HierarchyDesign.At("Hierarchy topology"), product.Fundamentals.Source()},
		CoveredBy: rule.OnElement("HIER-NO-DETACH"),
		Hierarchy: func(c *rule.Check) {
			top := summitOf(c)
			switch {
			case top.hasPreview(): // HIER-TP-NO-HIERARCHY
			case len(top.central) == 0 || len(top.alone) == 0:
				c.UndecideIf(top.open)
			default:
				for _, s := range top.alone {
					c.Violate(rule.Violation{
						On: s, At: model.At("parent"), Site: s,
						Fact:  fmt.Sprintf("%s has no parent beside central administration site %s", s.Label(), top.central[0].code),
						Found: fmt.Sprintf("%s has no parent, and the hierarchy already has the central administration site %s as its top-level site.", s.Label(), top.central[0].code),
					})
				}
			}
		},
	},
	{
		ID: "HIER-MAX-ONE-CAS", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title:     "A hierarchy has at most one central administration site",
		Why:       "The central administration site is the top of its hierarchy, and the product has no tier above it that could join two.",
		Fix:       "Keep one central administration site. A second one is the top of another hierarchy: list it in a configmgr_hierarchy of its own, with its sites.",
		Sources:   []product.Source{product.HierarchyDesign.At("Determine when to use a central administration site"), product.Fundamentals.Source()},
		CoveredBy: rule.OnElement("HIER-CAS-NO-PARENT"),
		Hierarchy: func(c *rule.Check) {
			top := summitOf(c)
			all := slices.Concat(top.central, top.below)
			if len(all) < 2 {
				c.UndecideIf(top.open)
				return
			}
			for _, other := range all[1:] {
				c.Violate(rule.Violation{
					On: other.on, At: other.at, Site: other.on,
					Fact:  fmt.Sprintf("%s would be a second central administration site", other.code),
					Found: fmt.Sprintf("the hierarchy has the central administration sites %s.", centralCodes(all)),
				})
			}
		},
	},
	{
		ID: "HIER-CAS-NO-PARENT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:     "A central administration site has no parent",
		Why:       "It is the top of a hierarchy by definition; Setup never asks for a parent of one.",
		Fix:       "Remove parent from the central administration site.",
		Sources:   []product.Source{product.HierarchyDesign.At("Determine when to use a central administration site")},
		CoveredBy: rule.InHierarchy("HIER-ACYCLIC"),
		Site: func(c *rule.Check, s *model.Site) {
			if c.Holds(s.Is(product.CentralAdministration)) && c.Holds(s.HasParent()) {
				c.Violate(rule.Violation{
					At:    model.At("parent"),
					Fact:  fmt.Sprintf("%s has a parent", s.Label()),
					Found: fmt.Sprintf("parent is %s.", parentLabel(s)),
				})
			}
		},
	},
	{
		ID: "HIER-CAS-CHILD-PRIMARY", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title:       "The child sites of a central administration site are primary sites",
		Why:         "Secondary sites belong below a primary site, and there is only one central administration site.",
		Fix:         "Give a secondary site a primary site as its parent, such as parent = configmgr_site.ps1.",
		Sources:     []product.Source{product.HierarchyDesign.At("Determine when to use a central administration site"), product.Fundamentals.Source()},
		Enforcement: rule.CoveredElsewhere,
		Note: "The child says it: a secondary site below a central administration site is HIER-SECONDARY-PARENT, a central administration site with a " +
			"parent HIER-CAS-NO-PARENT.",
	},
	{
		ID: "HIER-PRIMARY-PARENT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title: "The parent of a primary site is a central administration site",
		Why:   "A primary site either stands alone or is a child of a central administration site. Sites below a primary site are secondary sites.",
		Fix: `Name the central administration site, as in parent = configmgr_site.cas, or remove parent for a stand-alone primary site. For a site below ` +
			`a primary site use site_type = "secondary".`,
		Sources:   []product.Source{product.HierarchyDesign.At("Determine when to use a primary site")},
		CoveredBy: rule.InHierarchy("HIER-ACYCLIC"),
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.Is(product.Primary)) || !c.Holds(s.HasParent()) {
				return
			}
			if parent, _ := s.Parent.Get(); c.Fails(parent.Is(product.CentralAdministration)) {
				c.Violate(rule.Violation{
					At:    model.At("parent"),
					Fact:  fmt.Sprintf("%s cannot be below a %s", s.Label(), model.SiteTypeName(parent)),
					Found: fmt.Sprintf("parent is %s.", parentLabel(s)),
				})
			}
		},
	},
	{
		ID: "HIER-PRIMARY-CHILD-SECONDARY", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title:       "The child sites of a primary site are secondary sites",
		Why:         "Only a central administration site connects primary sites.",
		Fix:         "Give a primary site the central administration site as its parent, such as parent = configmgr_site.cas.",
		Sources:     []product.Source{product.HierarchyDesign.At("Determine when to use a primary site")},
		Enforcement: rule.CoveredElsewhere,
		Note:        "The child says it: a primary site below a primary site is HIER-PRIMARY-PARENT, a central administration site with a parent HIER-CAS-NO-PARENT.",
	},
	{
		ID: "HIER-SECONDARY-PARENT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title: "The parent of a secondary site is a primary site",
		Why: "A secondary site is installed from the console of its primary site, which manages it and holds its clients. It cannot be installed without " +
			"one, nor below another kind of site.",
		Fix:       "Name the primary site, as in parent = configmgr_site.ps1.",
		Sources:   []product.Source{product.HierarchyDesign.At("Determine when to use a secondary site"), product.Fundamentals.Source()},
		CoveredBy: rule.InHierarchy("HIER-ACYCLIC"),
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.Is(product.Secondary)) {
				return
			}
			if s.Parent.IsNull() {
				// A site that a server refers to may have been written without its parent.
				if refersTo(c, s) {
					c.Undecide()
					return
				}
				c.Violate(rule.Violation{
					At:    model.At("parent"),
					Fact:  fmt.Sprintf("%s has no parent", s.Label()),
					Found: "parent is not set.",
				})
				return
			}
			if parent, ok := rule.Decided(c, s.Parent); ok && c.Fails(parent.Is(product.Primary)) {
				c.Violate(rule.Violation{
					At:    model.At("parent"),
					Fact:  fmt.Sprintf("%s cannot be below a %s", s.Label(), model.SiteTypeName(parent)),
					Found: fmt.Sprintf("parent is %s.", parentLabel(s)),
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-NO-CHILD", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:     "A secondary site has no child sites",
		Why:       "Secondary sites are the lowest tier of a hierarchy.",
		Fix:       "Give the site a primary site as its parent, such as parent = configmgr_site.ps1.",
		Sources:   []product.Source{product.SizeAndScale.At("Secondary site")},
		CoveredBy: append(rule.OnElement("HIER-CAS-NO-PARENT", "HIER-PRIMARY-PARENT", "HIER-SECONDARY-PARENT"), rule.InHierarchy("HIER-ACYCLIC")...),
		// The rules about the type of the child cover this one: it speaks where that
		// type is not known yet.
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.HasParent()) {
				return
			}
			if parent, _ := s.Parent.Get(); c.Holds(parent.Is(product.Secondary)) {
				c.Violate(rule.Violation{
					At:    model.At("parent"),
					Fact:  fmt.Sprintf("%s cannot be below a secondary site", s.Label()),
					Found: fmt.Sprintf("parent is %s.", parentLabel(s)),
				})
			}
		},
	},
	{
		ID: "HIER-DEPTH", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeHierarchy,
		Title:   "A hierarchy has at most three tiers, and two without a central administration site",
		Why:     "The tiers are the central administration site, primary sites and secondary sites; each site has its place in one of them.",
		Fix:     "Move the site up: a primary site has the central administration site as its parent, a secondary site a primary site.",
		Sources: []product.Source{LimitTiers.Source},
		// Where the types are known, one of the sites above has a parent of the wrong type.
		CoveredBy: rule.InHierarchy("HIER-CAS-NO-PARENT", "HIER-PRIMARY-PARENT", "HIER-SECONDARY-PARENT", "HIER-SECONDARY-NO-CHILD", "HIER-ACYCLIC", "SITE-CODE-UNIQUE-HIER"),
		Hierarchy: rule.EachSite(func(c *rule.Check, s *model.Site) {
			tiers, top := int64(1), s
			for tiers <= LimitTiers.Value+1 && top.Parent.IsKnown() {
				tiers++
				top, _ = top.Parent.Get()
			}
			c.UndecideIf(top.Parent.IsUnknown())
			most := LimitTiers
			switch t, ok := top.Type.Get(); {
			case ok && t != product.CentralAdministration:
				most = LimitTiersWithoutCentral
			case !ok && tiers > LimitTiersWithoutCentral.Value:
				c.Undecide()
			}
			// A site further down is too deep because this one is.
			if tiers == most.Value+1 {
				c.Violate(rule.Violation{
					On: s, At: model.At("parent"), Site: s,
					Fact:  fmt.Sprintf("%s is in tier %d of the hierarchy", s.Label(), tiers),
					Found: fmt.Sprintf("parent is %s, and the sites from here to %s are %d tiers; %d are possible.", parentLabel(s), top.Label(), tiers, most.Value),
				})
			}
		}),
	},
	{
		ID: "HIER-ACYCLIC", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeHierarchy,
		Title:     "No site is above itself",
		Why:       "The sites of a hierarchy form a tree: from every site the way up ends at the top-level site.",
		Fix:       "Pass the parent as a resource: Terraform then refuses a circle by itself. Correct the site code in the parent that is written by hand.",
		Sources:   []product.Source{product.HierarchyDesign.Source()},
		CoveredBy: rule.AtSite("SITE-CODE-UNIQUE-HIER"),
		Hierarchy: func(c *rule.Check) {
			seen := map[*model.Site]bool{}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				circle := circleFrom(s, seen)
				if circle == nil {
					continue
				}
				codes := make([]string, len(circle))
				related := make([]model.Declared, len(circle))
				for i, member := range circle {
					codes[i], _ = member.NormalizedCode().Get()
					related[i] = member
				}
				c.Violate(rule.Violation{
					On: circle[0], At: model.At("parent"), Site: circle[0], Related: related,
					Fact:  fmt.Sprintf("%s is above itself", circle[0].Label()),
					Found: fmt.Sprintf("following the parents: %s, %s.", strings.Join(codes, ", "), codes[0]),
				})
			}
			c.OpenCount()
		},
	},
	{
		ID: "HIER-MULTI-PRIMARY-NEEDS-CAS", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: "More than one primary site needs a central administration site",
		Why:   "Primary sites work together through the central administration site only; without one, each is a hierarchy of its own.",
		Fix: `Add a site with site_type = "central_administration" and give it to each primary site as its parent; or describe each primary site in a ` +
			`configmgr_hierarchy of its own.`,
		Sources:   []product.Source{product.HierarchyDesign.At("Central administration site with one or more child primary sites"), product.HierarchyDesign.At("Determine when to use a central administration site")},
		CoveredBy: rule.InHierarchy("HIER-RMCAS-ONE-CHILD"),
		Hierarchy: func(c *rule.Check) {
			top := summitOf(c)
			switch {
			case top.hasPreview(): // HIER-TP-NO-HIERARCHY
			case len(top.alone) == 1 && len(top.outside) > 0 && len(top.central)+len(top.below) == 0 && !c.Topology.Index.SitesOpen:
				outsidePrimaries(c, top)
			case len(top.alone) < 2:
				c.UndecideIf(top.open)
			case len(top.central)+len(top.below) == 0: // otherwise HIER-ONE-ROOT
				c.Violate(rule.Violation{
					On: top.alone[1], At: model.At("parent"), Site: top.alone[1], Related: model.SitesAsDeclared(top.alone),
					Fact:  fmt.Sprintf("%d stand-alone primary sites are in one hierarchy", len(top.alone)),
					Found: fmt.Sprintf("the primary sites %s have no parent, and the hierarchy has no central administration site.", siteCodes(top.alone)),
				})
			}
		},
	},
	{
		ID: "HIER-CAS-MIN-CHILD", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "A central administration site has a child primary site",
		Why:     "It has no clients of its own: without a primary site the hierarchy manages nothing. That is fine while the first primary site is still to come.",
		Fix:     `Add a site with site_type = "primary" and parent = configmgr_site.cas, or use a stand-alone primary site instead.`,
		Sources: []product.Source{product.Fundamentals.Source(), product.Memlabs.Source()},
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if !c.Holds(s.Is(product.CentralAdministration)) {
					continue
				}
				code, ok := rule.Decided(c, s.NormalizedCode())
				if !ok || len(c.Topology.Index.Children[code]) > 0 {
					continue
				}
				if c.Topology.Index.Open {
					c.Undecide()
					continue
				}
				c.Violate(rule.Violation{
					On: s, At: model.At("site_code"), Site: s,
					Fact:  fmt.Sprintf("%s has no child primary site", s.Label()),
					Found: fmt.Sprintf("no site of the hierarchy has %s as its parent.", code),
				})
			}
		},
	},
	childLimit(rule.Rule{
		ID: "HIER-MAX-PRIMARIES", Scope: rule.ScopeHierarchy,
		Title: fmt.Sprintf("A central administration site has at most %d child primary sites", LimitChildPrimaries.Value),
		Why:   "That is the largest number tested and supported.",
		Fix:   "Merge primary sites: one of them serves up to 150,000 clients, and a distribution point or a secondary site serves a location as well.",
	}, product.CentralAdministration, product.Primary, LimitChildPrimaries, product.HierarchyDesign.Source()),
	childLimit(rule.Rule{
		ID: "HIER-MAX-SECONDARIES", Scope: rule.ScopeSite,
		Title: fmt.Sprintf("A primary site has at most %d secondary sites", LimitSecondarySites.Value),
		Why:   "That is the largest number tested and supported, and it already assumes networks that are always connected and reliable.",
		Fix:   "Replace secondary sites by distribution points, or spread them over another primary site of the hierarchy.",
	}, product.Primary, product.Secondary, LimitSecondarySites),
}

// childLimit completes a rule about how many sites of one type have the same parent.
func childLimit(r rule.Rule, parentType, childType product.SiteType, most product.Limit, more ...product.Source) rule.Rule {
	r.Severity, r.Basis = rule.SeverityError, rule.Unsupported
	r.Sources = append([]product.Source{most.Source}, more...)
	r.Hierarchy = func(c *rule.Check) {
		x := c.Topology.Index
		for _, code := range slices.Sorted(maps.Keys(x.Children)) {
			var kids []*model.Site
			for _, s := range model.SortedSites(x.Children[code]) {
				if c.Holds(s.Is(childType)) && lists(x, s) {
					kids = append(kids, s)
				}
			}
			if len(kids) == 0 {
				continue
			}
			parent, _ := kids[0].Parent.Get()
			if !c.Holds(parent.Is(parentType)) {
				continue
			}
			if n := int64(len(kids)); n <= most.Value {
				// A parent that is not listed may have children that are not listed either.
				c.UndecideIf(x.Open || x.Sites[code] == nil)
				continue
			}
			v := rule.Violation{
				On: parent, At: model.At("site_code"), Site: parent,
				Fact:  fmt.Sprintf("%s has %d child sites", parent.Label(), len(kids)),
				Found: fmt.Sprintf("%d sites of the type %q have %s as their parent; at most %d are supported.", len(kids), childType, code, most.Value),
			}
			if x.Sites[code] == nil {
				v.On, v.At = kids[most.Value], model.At("parent")
			}
			c.Violate(v)
		}
		c.OpenCount()
	}
	return r
}

// summit is what a hierarchy has at its top.
type summit struct {
	central []centralSite // central administration sites, the listed ones first
	below   []centralSite // those that have a parent, which none should
	alone   []*model.Site // stand-alone primary sites
	outside []*model.Site // secondary sites of primary sites that are not listed
	// open says that there may be more: elements are not known yet, or a parent is
	// not listed.
	open bool
}

// centralSite is a central administration site of a hierarchy, or the reference to
// one that the hierarchy does not list.
type centralSite struct {
	code string
	site *model.Site // nil when the hierarchy does not list it
	on   *model.Site // the site that says so, and where it says it
	at   model.Path
}

// summitOf collects the sites that are or could be the top of the hierarchy. A site
// code that is listed twice counts once.
func summitOf(c *rule.Check) summit {
	x := c.Topology.Index
	top := summit{open: x.Open || x.IsPartial()}
	var external []centralSite
	named := map[string]bool{}
	for _, s := range model.SortedSites(c.Topology.Sites) {
		siteType, ok := s.Type.Get()
		if !ok || s.TierOf().IsUnknown() {
			top.open = true
		}
		code, ok := s.NormalizedCode().Get()
		if !ok || !lists(x, s) {
			continue
		}
		tier, _ := s.TierOf().Get()
		parent, hasParent := s.Parent.Get()
		switch {
		case siteType == product.CentralAdministration && hasParent:
			top.below = append(top.below, centralSite{code: code, site: s, on: s, at: model.At("parent")})
		case siteType == product.CentralAdministration:
			top.central = append(top.central, centralSite{code: code, site: s, on: s, at: model.At("site_type")})
		case tier == product.TierStandAlonePrimary:
			top.alone = append(top.alone, s)
		}
		if !hasParent {
			continue
		}
		above, ok := parent.NormalizedCode().Get()
		if t, _ := parent.Type.Get(); ok && t == product.CentralAdministration && x.Sites[above] == nil && !named[above] {
			named[above] = true
			external = append(external, centralSite{code: above, on: s, at: model.At("parent")})
		} else if ok && t == product.Primary && x.Sites[above] == nil {
			top.outside = append(top.outside, s)
		}
	}
	top.central = append(top.central, external...)
	return top
}

// outsidePrimaries reports the secondary sites of a hierarchy with a stand-alone primary
// site that name another one: no central administration site could join the two.
func outsidePrimaries(c *rule.Check, top summit) {
	only, _ := top.alone[0].NormalizedCode().Get()
	for _, s := range top.outside {
		code, _ := model.ParentCode(s).Get()
		c.Violate(rule.Violation{
			On: s, At: model.At("parent"), Site: s,
			Fact:  fmt.Sprintf("%s is below a primary site that the hierarchy does not list", s.Label()),
			Found: fmt.Sprintf("parent is %q, and %s has no parent, so that it is the only primary site of its hierarchy.%s", code, top.alone[0].Label(), product.DidYouMean(code, []string{only})),
			Fix: fmt.Sprintf("Correct the parent, as in parent = configmgr_site.%s. If %s is the primary site of another hierarchy, list %s in the "+
				"configmgr_hierarchy of that one.", model.SiteResource(only), code, s.Label()),
		})
	}
}

// hasPreview reports whether a top-level site runs the technical preview branch.
func (top summit) hasPreview() bool {
	return slices.ContainsFunc(top.alone, isPreview) ||
		slices.ContainsFunc(top.central, func(s centralSite) bool { return s.site != nil && isPreview(s.site) })
}

func centralCodes(sites []centralSite) string {
	codes := make([]string, len(sites))
	for i, s := range sites {
		codes[i] = s.code
	}
	return strings.Join(codes, ", ")
}

// lists reports whether the site is the one that its code stands for.
func lists(x *model.Index, s *model.Site) bool {
	code, ok := s.NormalizedCode().Get()
	return ok && x.Sites[code] == s
}

// circleFrom returns the sites of a circle of parents that is reached from a site,
// the smallest code first, unless one of its sites was seen before.
func circleFrom(s *model.Site, seen map[*model.Site]bool) []*model.Site {
	var way []*model.Site
	for s != nil && !seen[s] {
		seen[s] = true
		way = append(way, s)
		parent, ok := s.Parent.Get()
		if ok && parent.NormalizedCode() == s.NormalizedCode() && s.NormalizedCode().IsKnown() {
			parent = s // the reference of a site to itself is not replaced by the listed one
		}
		s = parent
	}
	i := slices.Index(way, s)
	if s == nil || i < 0 {
		return nil
	}
	circle := way[i:]
	first := 0
	for j := range circle {
		if a, b := circle[j].NormalizedCode(), circle[first].NormalizedCode(); a.String() < b.String() {
			first = j
		}
	}
	return slices.Concat(circle[first:], circle[:first])
}

// refersTo reports whether a site is only referred to by the element under check,
// and neither that element nor listed in a hierarchy.
func refersTo(c *rule.Check, s *model.Site) bool {
	return c.Topology.Hierarchy == nil && !s.Path().IsRoot()
}

// parentLabel names the parent of a site in a sentence.
func parentLabel(s *model.Site) string {
	if parent, ok := s.Parent.Get(); ok {
		return parent.Label()
	}
	return "not known yet"
}

// siteCodes lists the codes of sites.
func siteCodes(sites []*model.Site) string {
	codes := make([]string, 0, len(sites))
	for _, s := range sites {
		if code, ok := s.NormalizedCode().Get(); ok {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, ", ")
}
