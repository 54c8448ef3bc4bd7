package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Group 2: what holds between a site and the sites around it, and what a site's
// place in the hierarchy asks of its clients and computers.

var (
	limitSecondaryClients        = limit{500, articleSizeAndScale.At("Primary site")}
	limitTechnicalPreviewClients = limit{10, articleTechnicalPreview.At("Requirements and limitations")}
)

// impliedLanguage is the client language that is always there.
const impliedLanguage = "ENG"

var kinshipRules = []Rule{
	{
		ID: "HIER-CAS-NO-CLIENTS", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "A central administration site has no clients",
		Why:     "It holds none of the roles that serve clients; clients are assigned to primary sites.",
		Fix:     "Move the numbers to the clients block of the primary sites, and remove the block from the central administration site.",
		Sources: []Source{articleHierarchyDesign.At("Determine when to use a central administration site")},
		site: func(c *check, s *Site) {
			if !c.holds(s.is(CentralAdministration)) {
				return
			}
			if n, ok := decided(c, s.clientTotal()); ok && n > 0 {
				c.violate(violation{
					at:    At("clients"),
					fact:  fmt.Sprintf("%s cannot have clients", s.label()),
					found: fmt.Sprintf("clients adds up to %d.", n),
				})
			}
		},
	},
	{
		ID: "HIER-CLIENT-ASSIGN-PRIMARY", Severity: SeverityError, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "Clients are assigned to a primary site",
		Why:     "A client belongs to one primary site. A secondary site only passes on what its clients send, and a central administration site serves none.",
		Fix:     `Name a primary site, such as client_site_code = "PS1"; near a secondary site that is its parent.`,
		Sources: []Source{articleHierarchyDesign.At("Determine when to use a primary site"), articleFundamentals.Source()},
		server: func(c *check, s *Server) {
			code, ok := decided(c, s.clientSite())
			if !ok {
				return
			}
			if site := s.siteAbove(code); site != nil {
				c.clientsOf(s, code, site)
			} else if c.topology.index == nil || c.topology.index.sites[code] == nil {
				c.undecide()
			}
		},
		// The other sites of the hierarchy.
		hierarchy: func(c *check) {
			for _, s := range c.topology.Servers {
				code, ok := s.clientSite().Get()
				if !ok {
					continue
				}
				if site := c.topology.index.sites[code]; site != nil && s.siteAbove(code) == nil {
					c.clientsOf(s, code, site)
				}
			}
		},
	},
	{
		ID: "HIER-SAME-VERSION", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:     "A site runs the version of its parent",
		Why:       "A site is installed with the version of its parent, and updates go from the top of a hierarchy downwards. An older child is supported only until the update reaches it; a newer one cannot come about.",
		Fix:       "Leave version out at both sites, so that configmgr_version of the provider is right for both, or set the same one. During an update raise the version of the top-level site first, then of the primary sites, then of the secondary sites.",
		Sources:   []Source{articleInteroperability.At("Current branch and earlier versions"), articlePrerequisiteChecks.At("Verify central administration site version"), articleSiteInstallationPrerequisites.Source()},
		CoveredBy: onElement("HIER-EXPAND-VERSION"),
		site: func(c *check, s *Site) {
			if !c.holds(s.hasParent()) {
				return
			}
			parent, _ := s.Parent.Get()
			// A parent that was written by hand, or that a server sees through its site,
			// does not carry its version.
			if parent.Version.IsNull() && !s.Version.IsNull() && (parent.ID.IsNull() || c.refersTo(s)) && !c.isListed(parent) {
				c.undecide()
				return
			}
			own, okOwn := c.versionOf(s)
			above, okAbove := c.versionOf(parent)
			if !okOwn || !okAbove || own == above {
				return
			}
			if prior := c.topology.priorSite(s); own < above && prior != nil && isInstalledPrimary(prior) && prior.Parent.IsNull() {
				c.undecide() // an expansion: HIER-EXPAND-VERSION
				return
			}
			v := violation{
				at:    At("version"),
				fact:  fmt.Sprintf("%s is newer than its parent", s.label()),
				found: fmt.Sprintf("the site runs version %s, %s version %s.", own, parent.label(), above),
			}
			if own < above {
				v.severity = SeverityWarning
				v.fact = fmt.Sprintf("%s is older than its parent", s.label())
				v.fix = fmt.Sprintf("If the site exists, update it to %s soon; until then the hierarchy has the features of the older version only. A site that is still to be installed is installed with version = %q.", above, above.String())
			}
			c.violate(v)
		},
	},
	{
		ID: "HIER-FOREST-TRUST", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:   "Sites in two forests have a two-way forest trust between them",
		Why:     "Site servers authenticate each other with Kerberos when they replicate files and data. Between forests that needs a two-way forest trust; an external trust does not carry it.",
		Fix:     `Create a two-way forest trust and say so with parent_forest_trust = "two_way_forest", or put the site server into the forest of the parent.`,
		Sources: []Source{articleCommunications.At("Scenario 1: Communication between sites in a hierarchy that spans forests")},
		site: func(c *check, s *Site) {
			if !c.holds(s.hasParent()) {
				return
			}
			parent, _ := s.Parent.Get()
			own, okOwn := decided(c, folded(s.Forest, foldHost))
			above, okAbove := decided(c, folded(parent.Forest, foldHost))
			if !okOwn || !okAbove || own == above {
				return
			}
			if trust, ok := decided(c, s.ParentForestTrust); ok && trust != TrustTwoWayForest {
				c.violate(violation{
					at:    At("parent_forest_trust"),
					fact:  fmt.Sprintf("%s has no two-way forest trust with its parent", s.label()),
					found: fmt.Sprintf("the site is in forest %q, %s in %q, and parent_forest_trust = %q.", own, parent.label(), above, trust),
				})
			}
		},
	},
	{
		ID: "HIER-COLLATION", Severity: SeverityError, Basis: Refused, Scope: ScopeHierarchy,
		Title:     "All site databases of a hierarchy have the same collation",
		Why:       "Sites replicate their databases to each other, and Setup compares the collation of a new site with that of its parent.",
		Fix:       `Install SQL Server with the collation of the other sites, usually collation = "SQL_Latin1_General_CP1_CI_AS" in each database block.`,
		Sources:   []Source{articlePrerequisiteChecks.At("Parent database collation"), articleInternationalSupport.Source()},
		CoveredBy: onElement("HIER-EXPAND-COLLATION"),
		hierarchy: func(c *check) {
			if len(c.topology.Sites) < 2 {
				c.openCount()
				return
			}
			// The site to compare with: the parent, and where that says nothing the first
			// site that does.
			var first *Site
			for _, s := range slices.Concat(sortedSites(c.topology.index.roots), sortedSites(c.topology.Sites)) {
				if first == nil && s.collation().IsKnown() {
					first = s
				}
			}
			// Sites that differ from the same one in the same way are one finding: it may be
			// that one that is wrong.
			type difference struct {
				from *Site
				own  string
			}
			var differences []difference
			differing := map[difference][]*Site{}
			for _, s := range sortedSites(c.topology.Sites) {
				own, ok := decided(c, folded(s.collation(), strings.ToLower))
				if !ok || s == first {
					continue
				}
				other := first
				if parent, ok := s.Parent.Get(); ok && parent.collation().IsKnown() {
					other = parent
				}
				if theirs, _ := other.collation().Get(); strings.EqualFold(own, theirs) {
					continue
				}
				d := difference{other, own}
				if differing[d] == nil {
					differences = append(differences, d)
				}
				differing[d] = append(differing[d], s)
			}
			for _, d := range differences {
				sites := differing[d]
				own, _ := sites[0].collation().Get()
				theirs, _ := d.from.collation().Get()
				c.violate(violation{
					on: sites[0], at: At("database", "collation"), site: sites[0], related: append(sitesAsDeclared(sites), d.from),
					fact:  fmt.Sprintf("the database of %s has another collation than that of %s", sites[0].label(), d.from.label()),
					found: fmt.Sprintf("collation = %q at %s, %q at %s.", own, siteCodes(sites), theirs, d.from.label()),
				})
			}
			c.openCount()
		},
	},
	{
		ID: "HIER-AD-REQUIRED", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "A site server is a member of an Active Directory domain",
		Why:     "The prerequisite check stops Setup on a computer that is not in a domain, for every type of site.",
		Fix:     `Join the computer to a domain before Setup, remove workgroup, and name the domain: domain = "contoso.com".`,
		Sources: []Source{articleActiveDirectoryDomains.Source(), articlePrerequisiteChecks.At("Domain membership")},
		server: func(c *check, s *Server) {
			if !c.holds(s.Workgroup) {
				return
			}
			if site, ok := decided(c, s.Site); ok && c.holds(site.isSiteServer(s.FQDN)) {
				c.violate(violation{
					at:    At("workgroup"),
					fact:  fmt.Sprintf("%s is the site server of %s and in no domain", s.label(), site.label()),
					found: "workgroup = true.",
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-MIN-CLIENTS", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeSite,
		Title:   "A secondary site serves at least 500 clients",
		Why:     "A secondary site brings a database, a management point and replication of its own. For a small location a distribution point does the same with less.",
		Fix:     `Assign "distribution_point" to a server at the location instead, or a distribution point with pull_sources.`,
		Sources: []Source{limitSecondaryClients.source},
		site: func(c *check, s *Site) {
			if !c.holds(s.is(Secondary)) {
				return
			}
			if n, ok := decided(c, s.clientTotal()); ok && n < limitSecondaryClients.value {
				c.violate(violation{
					at:    At("clients"),
					fact:  fmt.Sprintf("%s serves few clients", s.label()),
					found: fmt.Sprintf("clients adds up to %d; a secondary site pays off from %d.", n, limitSecondaryClients.value),
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-PEER-ROUTE", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:   "File replication routes between secondary sites stay below one primary site",
		Why:     "A secondary site can send content to another one that has the same parent; it knows no other.",
		Fix:     "Remove the route. Content reaches the other secondary site through its own primary site.",
		Sources: []Source{articleHierarchyDesign.At("Determine when to use a secondary site")},
		hierarchy: func(c *check) {
			routes := c.topology.Hierarchy.FileRoutes
			known, ok := decided(c, routes)
			if !ok {
				return
			}
			for _, key := range slices.Sorted(maps.Keys(known)) {
				route, ok := decided(c, known[key])
				if !ok {
					continue
				}
				from, to := c.secondary(route.Source), c.secondary(route.Destination)
				if from == nil || to == nil {
					continue
				}
				above, okFrom := decided(c, from.parentCode())
				other, okTo := decided(c, to.parentCode())
				if okFrom && okTo && above != other {
					c.violate(violation{
						at:    At("file_replication_routes").Key(key),
						fact:  fmt.Sprintf("no file replication route is possible from %s to %s", from.label(), to.label()),
						found: fmt.Sprintf("the parent of %s is %s, that of %s is %s.", from.label(), above, to.label(), other),
					})
				}
			}
		},
	},
	{
		ID: "HIER-TP-NO-HIERARCHY", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy, Versions: "technical preview",
		Title:   "A technical preview site is a small stand-alone primary site that is online",
		Why:     "The technical preview branch supports one stand-alone primary site with up to ten clients and a service connection point in online mode, and no other site beside it.",
		Fix:     `Use branch = "current_branch" for anything larger, or reduce the design to one site with site_type = "primary", at most ten clients and mode = "online" in the service_connection_point block.`,
		Sources: []Source{limitTechnicalPreviewClients.source, articleMemlabs.Source()},
		site: func(c *check, s *Site) {
			parent, _ := s.Parent.Get()
			if !c.holds(s.runsPreview()) {
				// A central administration site of that branch is its own finding.
				if parent != nil && c.holds(parent.runsPreview()) && c.fails(parent.is(CentralAdministration)) {
					c.violate(violation{
						at:    At("parent"),
						fact:  fmt.Sprintf("%s is below a technical preview site", s.label()),
						found: fmt.Sprintf("the parent, %s, has branch = %q.", parent.label(), BranchTechnicalPreview),
					})
				}
				return
			}
			tier, ok := decided(c, s.TierOf())
			if !ok {
				return
			}
			if tier != TierStandAlonePrimary {
				c.violate(violation{
					at:    At("branch"),
					fact:  fmt.Sprintf("%s cannot run the technical preview branch", s.label()),
					found: fmt.Sprintf("branch = %q on a %s.", BranchTechnicalPreview, tier.Name()),
				})
				return
			}
			if n, ok := decided(c, s.clientTotal()); ok && n > limitTechnicalPreviewClients.value {
				c.violate(violation{
					at:    At("clients"),
					fact:  fmt.Sprintf("technical preview %s has too many clients", s.label()),
					found: fmt.Sprintf("clients adds up to %d; at most %d are supported.", n, limitTechnicalPreviewClients.value),
				})
			}
		},
		roles: []string{roleServiceConnectionPoint},
		assignment: func(c *check, a *Assignment) {
			if !c.holds(a.site().runsPreview()) {
				return
			}
			settings, ok := decided(c, a.ServiceConnectionPoint)
			if !ok {
				return
			}
			if mode, ok := decided(c, settings.Mode); ok && mode != ModeOnline {
				c.violate(violation{
					at:    At("service_connection_point", "mode"),
					fact:  fmt.Sprintf("%s of a technical preview site is not online", a.label()),
					found: fmt.Sprintf("mode = %q.", mode),
				})
			}
		},
		// The top-level sites beside it; those below one are their own to report.
		hierarchy: func(c *check) {
			top := c.summit()
			c.undecideIf(top.open)
			for _, s := range top.alone {
				if !s.isPreview() || len(top.alone)+len(top.central) < 2 {
					continue
				}
				others := slices.DeleteFunc(slices.Clone(top.alone), func(o *Site) bool { return o == s })
				names := strings.Trim(siteCodes(others)+", "+centralCodes(top.central), ", ")
				c.violate(violation{
					on: s, at: At("branch"), site: s,
					fact:  fmt.Sprintf("technical preview %s is not the only site", s.label()),
					found: fmt.Sprintf("branch = %q, and the hierarchy also has %s.", BranchTechnicalPreview, names),
				})
				break
			}
		},
	},
	{
		ID: "HIER-EXPAND-LANGS", Severity: SeverityWarning, Basis: Documented, Scope: ScopeHierarchy,
		Title:   "The central administration site has the client languages of its primary sites",
		Why:     "The client files of the central administration site serve the whole hierarchy. A language that it lacks is missing for clients that install from there, and at an expansion Setup does not take the languages over.",
		Fix:     `Add the language at the central administration site, as in client_languages = ["DEU", "FRA"], and select it in Setup.`,
		Sources: []Source{articleSetupWizard.At("Client Language Selection"), articleSetupWizard.At("Expand a stand-alone primary site")},
		hierarchy: func(c *check) {
			for _, central := range sortedSites(c.topology.Sites) {
				if !c.holds(central.is(CentralAdministration)) || !c.topology.index.lists(central) {
					continue
				}
				has, ok := decided(c, central.languages())
				if !ok {
					continue
				}
				code, _ := central.code().Get()
				var lacks []string
				var users []*Site
				for _, s := range sortedSites(c.topology.index.children[code]) {
					wants, ok := decided(c, s.languages())
					if !ok || !c.holds(s.is(Primary)) {
						continue
					}
					missing := slices.DeleteFunc(wants, func(l string) bool { return slices.Contains(has, l) })
					if len(missing) > 0 {
						lacks, users = append(lacks, missing...), append(users, s)
					}
				}
				if len(lacks) > 0 {
					slices.Sort(lacks)
					c.violate(violation{
						on: central, at: At("client_languages"), site: central, related: sitesAsDeclared(users),
						fact:  fmt.Sprintf("%s lacks client languages of its primary sites", central.label()),
						found: fmt.Sprintf("client_languages lacks %s, declared at %s.", quoted(slices.Compact(lacks)), siteCodes(users)),
					})
				}
			}
			c.undecideIf(c.topology.index.open || len(c.topology.index.external) > 0)
		},
	},
}

// parentCode returns the normalised code of the parent, null when there is none.
func (s *Site) parentCode() Value[string] {
	if parent, ok := s.Parent.Get(); ok {
		return parent.code()
	}
	if s.Parent.IsUnknown() {
		return Unknown[string]()
	}
	return Null[string]()
}

// isListed reports whether a site is one of those that a hierarchy lists.
func (c *check) isListed(s *Site) bool {
	return c.topology.index != nil && c.topology.index.lists(s)
}

// collation returns the declared collation of the site database.
func (s *Site) collation() Value[string] {
	db, ok := s.database().Get()
	if !ok {
		return Unknown[string]()
	}
	return db.Collation
}

// runsPreview reports whether the site runs the technical preview branch; a site
// that says nothing runs current branch.
func (s *Site) runsPreview() Value[bool] {
	branch, ok := s.Branch.OrDefault(BranchCurrent).Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(branch == BranchTechnicalPreview)
}

func (s *Site) isPreview() bool {
	preview, _ := s.runsPreview().Get()
	return preview
}

// languages returns the declared client languages in upper case, without the one
// that is always there.
func (s *Site) languages() Value[[]string] {
	list, ok := s.ClientLanguages.Get()
	if !ok {
		if s.ClientLanguages.IsUnknown() {
			return Unknown[[]string]()
		}
		return Null[[]string]()
	}
	languages := make([]string, 0, len(list))
	for _, entry := range list {
		language, ok := entry.Get()
		if !ok {
			return Unknown[[]string]()
		}
		if language = strings.ToUpper(language); language != impliedLanguage {
			languages = append(languages, language)
		}
	}
	return Known(languages)
}

// clientSite returns the normalised code of the site that the client on the server
// is assigned to.
func (s *Server) clientSite() Value[string] { return folded(s.ClientSiteCode, foldCode) }

// siteAbove returns the site of the server or one above it by its code, nil when
// none has that code.
func (s *Server) siteAbove(code string) *Site {
	site, ok := s.Site.Get()
	for range limitTiers.value {
		if !ok {
			return nil
		}
		if own, _ := site.code().Get(); own == code {
			return site
		}
		site, ok = site.Parent.Get()
	}
	return nil
}

// clientsOf reports a server whose client is assigned to a site that takes no clients.
func (c *check) clientsOf(s *Server, code string, site *Site) {
	if c.fails(site.is(Primary)) {
		c.violate(violation{
			on: s, at: At("client_site_code"), site: site,
			fact:  fmt.Sprintf("the client on %s cannot be assigned to %s", s.label(), site.label()),
			found: fmt.Sprintf("client_site_code = %q is the code of a %s.", code, siteTypeName(site)),
		})
	}
}

// secondary returns the listed secondary site of a code, nil when the code is that
// of another site. A site that is not listed leaves the rule undecided.
func (c *check) secondary(code Value[string]) *Site {
	known, ok := decided(c, folded(code, foldCode))
	if !ok {
		return nil
	}
	site := c.topology.index.sites[known]
	if site == nil {
		c.undecide()
		return nil
	}
	if !c.holds(site.is(Secondary)) {
		return nil
	}
	return site
}
