package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Group 2: the shape of a hierarchy. What holds between a site and its parent is in
// rules_hierarchy_sites.go, changes of a hierarchy that exists in
// rules_transition.go, distributed views in rules_distributed_views.go.

var (
	limitChildPrimaries      = limit{25, articleSizeAndScale.At("Central administration site")}
	limitSecondarySites      = limit{250, articleSizeAndScale.At("Primary site")}
	limitTiers               = limit{3, articleHierarchyDesign.At("Hierarchy topology")}
	limitTiersWithoutCentral = limit{2, articleHierarchyDesign.At("Hierarchy topology")}
)

var hierarchyRules = slices.Concat(shapeRules, kinshipRules, transitionRules, distributedViewRules)

var shapeRules = []Rule{
	{
		ID: "HIER-ONE-ROOT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:     "A hierarchy has one top-level site",
		Why:       "A hierarchy begins at one central administration site or at one stand-alone primary site. A primary site without a parent is the top of a hierarchy of its own and exchanges nothing with the others.",
		Fix:       "If the site belongs below the central administration site, say so: parent = configmgr_site.cas. If it is a hierarchy of its own, move it with its role assignments to a second configmgr_hierarchy.",
		Sources:   []Source{articleHierarchyDesign.At("Hierarchy topology"), articleFundamentals.Source()},
		CoveredBy: onElement("HIER-NO-DETACH"),
		hierarchy: func(c *check) {
			top := c.summit()
			switch {
			case top.hasPreview(): // HIER-TP-NO-HIERARCHY
			case len(top.central) == 0 || len(top.alone) == 0:
				c.undecideIf(top.open)
			default:
				for _, s := range top.alone {
					c.violate(violation{
						on: s, at: At("parent"), site: s,
						fact:  fmt.Sprintf("%s has no parent beside central administration site %s", s.label(), top.central[0].code),
						found: fmt.Sprintf("%s has no parent, and the hierarchy already has the central administration site %s as its top-level site.", s.label(), top.central[0].code),
					})
				}
			}
		},
	},
	{
		ID: "HIER-MAX-ONE-CAS", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:     "A hierarchy has at most one central administration site",
		Why:       "The central administration site is the top of its hierarchy, and the product has no tier above it that could join two.",
		Fix:       "Keep one central administration site. A second one is the top of another hierarchy: list it in a configmgr_hierarchy of its own, with its sites.",
		Sources:   []Source{articleHierarchyDesign.At("Determine when to use a central administration site"), articleFundamentals.Source()},
		CoveredBy: onElement("HIER-CAS-NO-PARENT"),
		hierarchy: func(c *check) {
			top := c.summit()
			all := slices.Concat(top.central, top.below)
			if len(all) < 2 {
				c.undecideIf(top.open)
				return
			}
			for _, other := range all[1:] {
				c.violate(violation{
					on: other.on, at: other.at, site: other.on,
					fact:  fmt.Sprintf("%s would be a second central administration site", other.code),
					found: fmt.Sprintf("the hierarchy has the central administration sites %s.", centralCodes(all)),
				})
			}
		},
	},
	{
		ID: "HIER-CAS-NO-PARENT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:     "A central administration site has no parent",
		Why:       "It is the top of a hierarchy by definition; Setup never asks for a parent of one.",
		Fix:       "Remove parent from the central administration site.",
		Sources:   []Source{articleHierarchyDesign.At("Determine when to use a central administration site")},
		CoveredBy: inHierarchy("HIER-ACYCLIC"),
		site: func(c *check, s *Site) {
			if c.holds(s.is(CentralAdministration)) && c.holds(s.hasParent()) {
				c.violate(violation{
					at:    At("parent"),
					fact:  fmt.Sprintf("%s has a parent", s.label()),
					found: fmt.Sprintf("parent is %s.", s.parentLabel()),
				})
			}
		},
	},
	{
		ID: "HIER-CAS-CHILD-PRIMARY", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:       "The child sites of a central administration site are primary sites",
		Why:         "Secondary sites belong below a primary site, and there is only one central administration site.",
		Fix:         "Give a secondary site a primary site as its parent, such as parent = configmgr_site.ps1.",
		Sources:     []Source{articleHierarchyDesign.At("Determine when to use a central administration site"), articleFundamentals.Source()},
		Enforcement: CoveredElsewhere,
		Note:        "The child says it: a secondary site below a central administration site is HIER-SECONDARY-PARENT, a central administration site with a parent HIER-CAS-NO-PARENT.",
	},
	{
		ID: "HIER-PRIMARY-PARENT", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:     "The parent of a primary site is a central administration site",
		Why:       "A primary site either stands alone or is a child of a central administration site. Sites below a primary site are secondary sites.",
		Fix:       `Name the central administration site, as in parent = configmgr_site.cas, or remove parent for a stand-alone primary site. For a site below a primary site use site_type = "secondary".`,
		Sources:   []Source{articleHierarchyDesign.At("Determine when to use a primary site")},
		CoveredBy: inHierarchy("HIER-ACYCLIC"),
		site: func(c *check, s *Site) {
			if !c.holds(s.is(Primary)) || !c.holds(s.hasParent()) {
				return
			}
			if parent, _ := s.Parent.Get(); c.fails(parent.is(CentralAdministration)) {
				c.violate(violation{
					at:    At("parent"),
					fact:  fmt.Sprintf("%s cannot be below a %s", s.label(), siteTypeName(parent)),
					found: fmt.Sprintf("parent is %s.", s.parentLabel()),
				})
			}
		},
	},
	{
		ID: "HIER-PRIMARY-CHILD-SECONDARY", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:       "The child sites of a primary site are secondary sites",
		Why:         "Only a central administration site connects primary sites.",
		Fix:         "Give a primary site the central administration site as its parent, such as parent = configmgr_site.cas.",
		Sources:     []Source{articleHierarchyDesign.At("Determine when to use a primary site")},
		Enforcement: CoveredElsewhere,
		Note:        "The child says it: a primary site below a primary site is HIER-PRIMARY-PARENT, a central administration site with a parent HIER-CAS-NO-PARENT.",
	},
	{
		ID: "HIER-SECONDARY-PARENT", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:     "The parent of a secondary site is a primary site",
		Why:       "A secondary site is installed from the console of its primary site, which manages it and holds its clients. It cannot be installed without one, nor below another kind of site.",
		Fix:       "Name the primary site, as in parent = configmgr_site.ps1.",
		Sources:   []Source{articleHierarchyDesign.At("Determine when to use a secondary site"), articleFundamentals.Source()},
		CoveredBy: inHierarchy("HIER-ACYCLIC"),
		site: func(c *check, s *Site) {
			if !c.holds(s.is(Secondary)) {
				return
			}
			if s.Parent.IsNull() {
				// A site that a server refers to may have been written without its parent.
				if c.refersTo(s) {
					c.undecide()
					return
				}
				c.violate(violation{
					at:    At("parent"),
					fact:  fmt.Sprintf("%s has no parent", s.label()),
					found: "parent is not set.",
				})
				return
			}
			if parent, ok := decided(c, s.Parent); ok && c.fails(parent.is(Primary)) {
				c.violate(violation{
					at:    At("parent"),
					fact:  fmt.Sprintf("%s cannot be below a %s", s.label(), siteTypeName(parent)),
					found: fmt.Sprintf("parent is %s.", s.parentLabel()),
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-NO-CHILD", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:     "A secondary site has no child sites",
		Why:       "Secondary sites are the lowest tier of a hierarchy.",
		Fix:       "Give the site a primary site as its parent, such as parent = configmgr_site.ps1.",
		Sources:   []Source{articleSizeAndScale.At("Secondary site")},
		CoveredBy: append(onElement("HIER-CAS-NO-PARENT", "HIER-PRIMARY-PARENT", "HIER-SECONDARY-PARENT"), inHierarchy("HIER-ACYCLIC")...),
		// The rules about the type of the child cover this one: it speaks where that
		// type is not known yet.
		site: func(c *check, s *Site) {
			if !c.holds(s.hasParent()) {
				return
			}
			if parent, _ := s.Parent.Get(); c.holds(parent.is(Secondary)) {
				c.violate(violation{
					at:    At("parent"),
					fact:  fmt.Sprintf("%s cannot be below a secondary site", s.label()),
					found: fmt.Sprintf("parent is %s.", s.parentLabel()),
				})
			}
		},
	},
	{
		ID: "HIER-DEPTH", Severity: SeverityError, Basis: Inferred, Scope: ScopeHierarchy,
		Title:   "A hierarchy has at most three tiers, and two without a central administration site",
		Why:     "The tiers are the central administration site, primary sites and secondary sites; each site has its place in one of them.",
		Fix:     "Move the site up: a primary site has the central administration site as its parent, a secondary site a primary site.",
		Sources: []Source{limitTiers.source},
		// Where the types are known, one of the sites above has a parent of the wrong type.
		CoveredBy: inHierarchy("HIER-CAS-NO-PARENT", "HIER-PRIMARY-PARENT", "HIER-SECONDARY-PARENT", "HIER-SECONDARY-NO-CHILD", "HIER-ACYCLIC", "SITE-CODE-UNIQUE-HIER"),
		hierarchy: eachSite(func(c *check, s *Site) {
			tiers, top := int64(1), s
			for tiers <= limitTiers.value+1 && top.Parent.IsKnown() {
				tiers++
				top, _ = top.Parent.Get()
			}
			c.undecideIf(top.Parent.IsUnknown())
			most := limitTiers
			switch t, ok := top.Type.Get(); {
			case ok && t != CentralAdministration:
				most = limitTiersWithoutCentral
			case !ok && tiers > limitTiersWithoutCentral.value:
				c.undecide()
			}
			// A site further down is too deep because this one is.
			if tiers == most.value+1 {
				c.violate(violation{
					on: s, at: At("parent"), site: s,
					fact:  fmt.Sprintf("%s is in tier %d of the hierarchy", s.label(), tiers),
					found: fmt.Sprintf("parent is %s, and the sites from here to %s are %d tiers; %d are possible.", s.parentLabel(), top.label(), tiers, most.value),
				})
			}
		}),
	},
	{
		ID: "HIER-ACYCLIC", Severity: SeverityError, Basis: Inferred, Scope: ScopeHierarchy,
		Title:     "No site is above itself",
		Why:       "The sites of a hierarchy form a tree: from every site the way up ends at the top-level site.",
		Fix:       "Pass the parent as a resource, as in parent = configmgr_site.cas: Terraform then refuses a circle by itself. Correct the site code in the parent that is written by hand.",
		Sources:   []Source{articleHierarchyDesign.Source()},
		CoveredBy: atSite("SITE-CODE-UNIQUE-HIER"),
		hierarchy: func(c *check) {
			seen := map[*Site]bool{}
			for _, s := range sortedSites(c.topology.Sites) {
				circle := circleFrom(s, seen)
				if circle == nil {
					continue
				}
				codes := make([]string, len(circle))
				related := make([]declared, len(circle))
				for i, member := range circle {
					codes[i], _ = member.code().Get()
					related[i] = member
				}
				c.violate(violation{
					on: circle[0], at: At("parent"), site: circle[0], related: related,
					fact:  fmt.Sprintf("%s is above itself", circle[0].label()),
					found: fmt.Sprintf("following the parents: %s, %s.", strings.Join(codes, ", "), codes[0]),
				})
			}
			c.openCount()
		},
	},
	{
		ID: "HIER-MULTI-PRIMARY-NEEDS-CAS", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:     "More than one primary site needs a central administration site",
		Why:       "Primary sites work together through the central administration site only; without one, each is a hierarchy of its own.",
		Fix:       `Add a site with site_type = "central_administration" and give it to each primary site as its parent; or describe each primary site in a configmgr_hierarchy of its own.`,
		Sources:   []Source{articleHierarchyDesign.At("Central administration site with one or more child primary sites"), articleHierarchyDesign.At("Determine when to use a central administration site")},
		CoveredBy: inHierarchy("HIER-RMCAS-ONE-CHILD"),
		hierarchy: func(c *check) {
			top := c.summit()
			switch {
			case top.hasPreview(): // HIER-TP-NO-HIERARCHY
			case len(top.alone) < 2:
				c.undecideIf(top.open)
			case len(top.central)+len(top.below) == 0: // otherwise HIER-ONE-ROOT
				c.violate(violation{
					on: top.alone[1], at: At("parent"), site: top.alone[1], related: sitesAsDeclared(top.alone),
					fact:  fmt.Sprintf("%d stand-alone primary sites are in one hierarchy", len(top.alone)),
					found: fmt.Sprintf("the primary sites %s have no parent, and the hierarchy has no central administration site.", siteCodes(top.alone)),
				})
			}
		},
	},
	{
		ID: "HIER-CAS-MIN-CHILD", Severity: SeverityWarning, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "A central administration site has a child primary site",
		Why:     "It has no clients of its own: without a primary site the hierarchy manages nothing. That is fine while the first primary site is still to come.",
		Fix:     `Add a site with site_type = "primary" and parent = configmgr_site.cas, or use a stand-alone primary site instead.`,
		Sources: []Source{articleFundamentals.Source(), articleMemlabs.Source()},
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				if !c.holds(s.is(CentralAdministration)) {
					continue
				}
				code, ok := decided(c, s.code())
				if !ok || len(c.topology.index.children[code]) > 0 {
					continue
				}
				if c.topology.index.open {
					c.undecide()
					continue
				}
				c.violate(violation{
					on: s, at: At("site_code"), site: s,
					fact:  fmt.Sprintf("%s has no child primary site", s.label()),
					found: fmt.Sprintf("no site of the hierarchy has %s as its parent.", code),
				})
			}
		},
	},
	childLimit(Rule{
		ID: "HIER-MAX-PRIMARIES", Scope: ScopeHierarchy,
		Title: fmt.Sprintf("A central administration site has at most %d child primary sites", limitChildPrimaries.value),
		Why:   "That is the largest number tested and supported.",
		Fix:   "Merge primary sites: one of them serves up to 150,000 clients, and a distribution point or a secondary site serves a location as well.",
	}, CentralAdministration, Primary, limitChildPrimaries, articleHierarchyDesign.Source()),
	childLimit(Rule{
		ID: "HIER-MAX-SECONDARIES", Scope: ScopeSite,
		Title: fmt.Sprintf("A primary site has at most %d secondary sites", limitSecondarySites.value),
		Why:   "That is the largest number tested and supported, and it already assumes networks that are always connected and reliable.",
		Fix:   "Replace secondary sites by distribution points, or spread them over another primary site of the hierarchy.",
	}, Primary, Secondary, limitSecondarySites),
}

// childLimit completes a rule about how many sites of one type have the same parent.
func childLimit(r Rule, parentType, childType SiteType, most limit, more ...Source) Rule {
	r.Severity, r.Basis = SeverityError, Unsupported
	r.Sources = append([]Source{most.source}, more...)
	r.hierarchy = func(c *check) {
		x := c.topology.index
		for _, code := range slices.Sorted(maps.Keys(x.children)) {
			var kids []*Site
			for _, s := range sortedSites(x.children[code]) {
				if c.holds(s.is(childType)) && x.lists(s) {
					kids = append(kids, s)
				}
			}
			if len(kids) == 0 {
				continue
			}
			parent, _ := kids[0].Parent.Get()
			if !c.holds(parent.is(parentType)) {
				continue
			}
			if n := int64(len(kids)); n <= most.value {
				// A parent that is not listed may have children that are not listed either.
				c.undecideIf(x.open || x.sites[code] == nil)
				continue
			}
			v := violation{
				on: parent, at: At("site_code"), site: parent,
				fact:  fmt.Sprintf("%s has %d child sites", parent.label(), len(kids)),
				found: fmt.Sprintf("%d sites of the type %q have %s as their parent; at most %d are supported.", len(kids), childType, code, most.value),
			}
			if x.sites[code] == nil {
				v.on, v.at = kids[most.value], At("parent")
			}
			c.violate(v)
		}
		c.openCount()
	}
	return r
}

// summit is what a hierarchy has at its top.
type summit struct {
	central []centralSite // central administration sites, the listed ones first
	below   []centralSite // those that have a parent, which none should
	alone   []*Site       // stand-alone primary sites
	// open says that there may be more: elements are not known yet, or a parent is
	// not listed.
	open bool
}

// centralSite is a central administration site of a hierarchy, or the reference to
// one that the hierarchy does not list.
type centralSite struct {
	code string
	site *Site // nil when the hierarchy does not list it
	on   *Site // the site that says so, and where it says it
	at   Path
}

// summit collects the sites that are or could be the top of the hierarchy. A site
// code that is listed twice counts once.
func (c *check) summit() summit {
	x := c.topology.index
	top := summit{open: x.open || len(x.external) > 0}
	var external []centralSite
	named := map[string]bool{}
	for _, s := range sortedSites(c.topology.Sites) {
		siteType, ok := s.Type.Get()
		if !ok || s.TierOf().IsUnknown() {
			top.open = true
		}
		code, ok := s.code().Get()
		if !ok || !x.lists(s) {
			continue
		}
		tier, _ := s.TierOf().Get()
		parent, hasParent := s.Parent.Get()
		switch {
		case siteType == CentralAdministration && hasParent:
			top.below = append(top.below, centralSite{code: code, site: s, on: s, at: At("parent")})
		case siteType == CentralAdministration:
			top.central = append(top.central, centralSite{code: code, site: s, on: s, at: At("site_type")})
		case tier == TierStandAlonePrimary:
			top.alone = append(top.alone, s)
		}
		if !hasParent {
			continue
		}
		above, ok := parent.code().Get()
		if t, _ := parent.Type.Get(); ok && t == CentralAdministration && x.sites[above] == nil && !named[above] {
			named[above] = true
			external = append(external, centralSite{code: above, on: s, at: At("parent")})
		}
	}
	top.central = append(top.central, external...)
	return top
}

// hasPreview reports whether a top-level site runs the technical preview branch.
func (top summit) hasPreview() bool {
	return slices.ContainsFunc(top.alone, (*Site).isPreview) ||
		slices.ContainsFunc(top.central, func(s centralSite) bool { return s.site != nil && s.site.isPreview() })
}

func centralCodes(sites []centralSite) string {
	codes := make([]string, len(sites))
	for i, s := range sites {
		codes[i] = s.code
	}
	return strings.Join(codes, ", ")
}

// lists reports whether the site is the one that its code stands for.
func (x *index) lists(s *Site) bool {
	code, ok := s.code().Get()
	return ok && x.sites[code] == s
}

// circleFrom returns the sites of a circle of parents that is reached from a site,
// the smallest code first, unless one of its sites was seen before.
func circleFrom(s *Site, seen map[*Site]bool) []*Site {
	var way []*Site
	for s != nil && !seen[s] {
		seen[s] = true
		way = append(way, s)
		parent, ok := s.Parent.Get()
		if ok && parent.code() == s.code() && s.code().IsKnown() {
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
		if a, b := circle[j].code(), circle[first].code(); a.String() < b.String() {
			first = j
		}
	}
	return slices.Concat(circle[first:], circle[:first])
}

// refersTo reports whether a site is only referred to by the element under check,
// and neither that element nor listed in a hierarchy.
func (c *check) refersTo(s *Site) bool {
	return c.topology.Hierarchy == nil && !s.Path().IsRoot()
}

// undecideIf records that the rule cannot be decided when a condition holds.
func (c *check) undecideIf(open bool) {
	if open {
		c.undecide()
	}
}

// parentLabel names the parent of a site in a sentence.
func (s *Site) parentLabel() string {
	if parent, ok := s.Parent.Get(); ok {
		return parent.label()
	}
	return "not known yet"
}

// siteCodes lists the codes of sites.
func siteCodes(sites []*Site) string {
	codes := make([]string, 0, len(sites))
	for _, s := range sites {
		if code, ok := s.code().Get(); ok {
			codes = append(codes, code)
		}
	}
	return strings.Join(codes, ", ")
}

func sitesAsDeclared(sites []*Site) []declared {
	d := make([]declared, len(sites))
	for i, s := range sites {
		d[i] = s
	}
	return d
}
