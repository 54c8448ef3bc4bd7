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

// What holds between a site and the sites around it, and what a site's
// place in the hierarchy asks of its clients and computers.

// The numbers of the chapter are exported for the test that holds every documented number
// to a design on each side of it.
var (
	LimitSecondaryClients        = product.Limit{Value: 500, Source: product.SizeAndScale.At("Primary site")}
	LimitTechnicalPreviewClients = product.Limit{Value: 10, Source: product.TechnicalPreview.At("Requirements and limitations")}
)

// impliedLanguage is the client language that is always there.
const impliedLanguage = "ENG"

var kinshipRules = []rule.Rule{
	{
		ID: "HIER-CAS-NO-CLIENTS", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:   "A central administration site has no clients",
		Why:     "It holds none of the roles that serve clients; clients are assigned to primary sites.",
		Fix:     "Move the numbers to the clients block of the primary sites, and remove the block from the central administration site.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a central administration site")},
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.Is(product.CentralAdministration)) {
				return
			}
			if n, ok := rule.Decided(c, s.ClientTotal()); ok && n > 0 {
				c.Violate(rule.Violation{
					At:    model.At("clients"),
					Fact:  fmt.Sprintf("%s cannot have clients", s.Label()),
					Found: fmt.Sprintf("clients adds up to %d.", n),
				})
			}
		},
	},
	{
		ID: "HIER-CLIENT-ASSIGN-PRIMARY", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title:   "Clients are assigned to a primary site",
		Why:     "A client belongs to one primary site. A secondary site only passes on what its clients send, and a central administration site serves none.",
		Fix:     "Name a primary site in client_site_code; near a secondary site that is its parent.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a primary site"), product.Fundamentals.Source()},
		Server: func(c *rule.Check, s *model.Server) {
			code, ok := rule.Decided(c, clientSite(s))
			if !ok {
				return
			}
			if site := siteAbove(s, code); site != nil {
				clientsOf(c, s, site)
			} else if c.Topology.Index == nil || c.Topology.Index.Sites[code] == nil {
				c.Undecide()
			}
		},
		// The other sites of the hierarchy.
		Hierarchy: func(c *rule.Check) {
			for _, s := range c.Topology.Servers {
				code, ok := clientSite(s).Get()
				if !ok {
					continue
				}
				if site := c.Topology.Index.Sites[code]; site != nil && siteAbove(s, code) == nil {
					clientsOf(c, s, site)
				}
			}
		},
	},
	{
		ID: "HIER-SAME-VERSION", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: "A site runs the version of its parent",
		Why: "A site is installed with the version of its parent, and updates go from the top of a hierarchy downwards. An older child is supported only " +
			"until the update reaches it; a newer one cannot come about.",
		Fix: "Leave version out at both sites, so that configmgr_version of the provider is right for both, or set the same one. During an update raise " +
			"the version of the top-level site first, then of the primary sites, then of the secondary sites.",
		Sources:   []product.Source{product.Interoperability.At("Current branch and earlier versions"), product.PrerequisiteChecks.At("Verify central administration site version"), product.SiteInstallationPrerequisites.Source()},
		CoveredBy: rule.OnElement("HIER-EXPAND-VERSION"),
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.HasParent()) {
				return
			}
			parent, _ := s.Parent.Get()
			// A parent that was written by hand, or that a server sees through its site,
			// does not carry its version.
			if parent.Version.IsNull() && !s.Version.IsNull() && (parent.ID.IsNull() || refersTo(c, s)) && !isListed(c, parent) {
				c.Undecide()
				return
			}
			own, okOwn := c.VersionOf(s)
			above, okAbove := c.VersionOf(parent)
			if !okOwn || !okAbove || own == above {
				return
			}
			if prior := c.Topology.SiteBefore(s); own < above && prior != nil && isInstalledPrimary(prior) && prior.Parent.IsNull() {
				c.Undecide() // an expansion: HIER-EXPAND-VERSION
				return
			}
			v := rule.Violation{
				At:    model.At("version"),
				Fact:  fmt.Sprintf("%s is newer than its parent", s.Label()),
				Found: fmt.Sprintf("the site runs version %s, %s version %s.", own, parent.Label(), above),
			}
			if own < above {
				v.Severity = rule.SeverityWarning
				v.Fact = fmt.Sprintf("%s is older than its parent", s.Label())
				v.Fix = fmt.Sprintf("If the site exists, update it to %s soon; until then the hierarchy has the features of the older version only. A site that is "+
					"still to be installed is installed with version = %q.", above, above.String())
			}
			c.Violate(v)
		},
	},
	{
		ID: "HIER-FOREST-TRUST", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title: "Sites in two forests have a two-way forest trust between them",
		Why: "Site servers authenticate each other with Kerberos when they replicate files and data. Between forests that needs a two-way forest trust; an " +
			"external trust does not carry it.",
		Fix:     `Create a two-way forest trust and say so with parent_forest_trust = "two_way_forest", or put the site server into the forest of the parent.`,
		Sources: []product.Source{product.Communications.At("Scenario 1: Communication between sites in a hierarchy that spans forests")},
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.HasParent()) {
				return
			}
			parent, _ := s.Parent.Get()
			own, okOwn := rule.Decided(c, model.Folded(s.Forest, model.FoldHost))
			above, okAbove := rule.Decided(c, model.Folded(parent.Forest, model.FoldHost))
			if !okOwn || !okAbove || own == above {
				return
			}
			if trust, ok := rule.Decided(c, s.ParentForestTrust); ok && trust != model.TrustTwoWayForest {
				c.Violate(rule.Violation{
					At:    model.At("parent_forest_trust"),
					Fact:  fmt.Sprintf("%s has no two-way forest trust with its parent", s.Label()),
					Found: fmt.Sprintf("the site is in forest %q, %s in %q, and parent_forest_trust = %q.", own, parent.Label(), above, trust),
				})
			}
		},
	},
	{
		ID: "HIER-COLLATION", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeHierarchy,
		Title:     "All site databases of a hierarchy have the same collation",
		Why:       "Sites replicate their databases to each other, and Setup compares the collation of a new site with that of its parent.",
		Fix:       "Install SQL Server with the collation of the other sites, and say so in collation of the database block.",
		Sources:   []product.Source{product.PrerequisiteChecks.At("Parent database collation"), product.InternationalSupport.Source()},
		CoveredBy: rule.OnElement("HIER-EXPAND-COLLATION"),
		Hierarchy: func(c *rule.Check) {
			if len(c.Topology.Sites) < 2 {
				c.OpenCount()
				return
			}
			// The site to compare with: the parent, and where that says nothing the first
			// site that does.
			var first *model.Site
			for _, s := range slices.Concat(model.SortedSites(c.Topology.Index.Roots), model.SortedSites(c.Topology.Sites)) {
				if first == nil && collation(s).IsKnown() {
					first = s
				}
			}
			// Sites that differ from the same one in the same way are one finding: it may be
			// that one that is wrong.
			type difference struct {
				from *model.Site
				own  string
			}
			var differences []difference
			differing := map[difference][]*model.Site{}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				own, ok := rule.Decided(c, model.Folded(collation(s), strings.ToLower))
				if !ok || s == first {
					continue
				}
				other := first
				if parent, ok := s.Parent.Get(); ok && collation(parent).IsKnown() {
					other = parent
				}
				if theirs, _ := collation(other).Get(); strings.EqualFold(own, theirs) {
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
				own, _ := collation(sites[0]).Get()
				theirs, _ := collation(d.from).Get()
				c.Violate(rule.Violation{
					On: sites[0], At: model.At("database", "collation"), Site: sites[0], Related: append(model.SitesAsDeclared(sites), d.from),
					Fact:  fmt.Sprintf("the database of %s has another collation than that of %s", sites[0].Label(), d.from.Label()),
					Found: fmt.Sprintf("collation = %q at %s, %q at %s.", own, siteCodes(sites), theirs, d.from.Label()),
					Fix: fmt.Sprintf("Install SQL Server with one collation for all: collation = %q in the database block of %s; or %q everywhere.",
						theirs, siteCodes(sites), own),
				})
			}
			c.OpenCount()
		},
	},
	{
		ID: "HIER-AD-REQUIRED", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:   "A site server is a member of an Active Directory domain",
		Why:     "The prerequisite check stops Setup on a computer that is not in a domain, for every type of site.",
		Fix:     `Join the computer to a domain before Setup, remove workgroup, and name the domain: domain = "contoso.com".`,
		Sources: []product.Source{product.ActiveDirectoryDomains.Source(), product.PrerequisiteChecks.At("Domain membership")},
		Server: func(c *rule.Check, s *model.Server) {
			if !c.Holds(s.Workgroup) {
				return
			}
			if site, ok := rule.Decided(c, s.Site); ok && c.Holds(site.IsSiteServer(s.FQDN)) {
				c.Violate(rule.Violation{
					At:    model.At("workgroup"),
					Fact:  fmt.Sprintf("%s is the site server of %s and in no domain", s.Label(), site.Label()),
					Found: "workgroup = true.",
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-MIN-CLIENTS", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeSite,
		Title: "A secondary site serves at least 500 clients",
		Why: "A secondary site brings a database, a management point and replication of its own. For a small location a distribution point does the same " +
			"with less.",
		Fix:     `Assign "distribution_point" to a server at the location instead, or a distribution point with pull_sources.`,
		Sources: []product.Source{LimitSecondaryClients.Source},
		Site: func(c *rule.Check, s *model.Site) {
			if !c.Holds(s.Is(product.Secondary)) {
				return
			}
			if n, ok := rule.Decided(c, s.ClientTotal()); ok && n < LimitSecondaryClients.Value {
				c.Violate(rule.Violation{
					At:    model.At("clients"),
					Fact:  fmt.Sprintf("%s serves few clients", s.Label()),
					Found: fmt.Sprintf("clients adds up to %d; a secondary site pays off from %d.", n, LimitSecondaryClients.Value),
				})
			}
		},
	},
	{
		ID: "HIER-SECONDARY-PEER-ROUTE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title:   "File replication routes between secondary sites stay below one primary site",
		Why:     "A secondary site can send content to another one that has the same parent; it knows no other.",
		Fix:     "Remove the route. Content reaches the other secondary site through its own primary site.",
		Sources: []product.Source{product.HierarchyDesign.At("Determine when to use a secondary site")},
		Hierarchy: func(c *rule.Check) {
			routes := c.Topology.Hierarchy.FileRoutes
			known, ok := rule.Decided(c, routes)
			if !ok {
				return
			}
			for _, key := range slices.Sorted(maps.Keys(known)) {
				route, ok := rule.Decided(c, known[key])
				if !ok {
					continue
				}
				from, to := secondary(c, route.Source), secondary(c, route.Destination)
				if from == nil || to == nil {
					continue
				}
				above, okFrom := rule.Decided(c, parentCode(from))
				other, okTo := rule.Decided(c, parentCode(to))
				if okFrom && okTo && above != other {
					c.Violate(rule.Violation{
						At:    model.At("file_replication_routes").Key(key),
						Fact:  fmt.Sprintf("no file replication route is possible from %s to %s", from.Label(), to.Label()),
						Found: fmt.Sprintf("the parent of %s is %s, that of %s is %s.", from.Label(), above, to.Label(), other),
					})
				}
			}
		},
	},
	{
		ID: "HIER-TP-NO-HIERARCHY", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy, Versions: "technical preview",
		Title: "A technical preview site is a small stand-alone primary site that is online",
		Why: "The technical preview branch supports one stand-alone primary site with up to ten clients and a service connection point in online mode, and " +
			"no other site beside it.",
		Fix: `Use branch = "current_branch" for anything larger, or reduce the design to one site with site_type = "primary", at most ten clients and mode ` +
			`= "online" in the service_connection_point block.`,
		Sources: []product.Source{LimitTechnicalPreviewClients.Source, product.Memlabs.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			parent, _ := s.Parent.Get()
			if !c.Holds(runsPreview(s)) {
				// A central administration site of that branch is its own finding.
				if parent != nil && c.Holds(runsPreview(parent)) && c.Fails(parent.Is(product.CentralAdministration)) {
					c.Violate(rule.Violation{
						At:    model.At("parent"),
						Fact:  fmt.Sprintf("%s is below a technical preview site", s.Label()),
						Found: fmt.Sprintf("the parent, %s, has branch = %q.", parent.Label(), model.BranchTechnicalPreview),
					})
				}
				return
			}
			tier, ok := rule.Decided(c, s.TierOf())
			if !ok {
				return
			}
			if tier != product.TierStandAlonePrimary {
				c.Violate(rule.Violation{
					At:    model.At("branch"),
					Fact:  fmt.Sprintf("%s cannot run the technical preview branch", s.Label()),
					Found: fmt.Sprintf("branch = %q on a %s.", model.BranchTechnicalPreview, tier.Name()),
				})
				return
			}
			if n, ok := rule.Decided(c, s.ClientTotal()); ok && n > LimitTechnicalPreviewClients.Value {
				c.Violate(rule.Violation{
					At:    model.At("clients"),
					Fact:  fmt.Sprintf("technical preview %s has too many clients", s.Label()),
					Found: fmt.Sprintf("clients adds up to %d; at most %d are supported.", n, LimitTechnicalPreviewClients.Value),
				})
			}
		},
		Roles: []string{product.RoleServiceConnectionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if !c.Holds(runsPreview(a.DeclaredSite())) {
				return
			}
			settings, ok := rule.Decided(c, a.ServiceConnectionPoint)
			if !ok {
				return
			}
			if mode, ok := rule.Decided(c, settings.Mode); ok && mode != model.ModeOnline {
				c.Violate(rule.Violation{
					At:    model.At("service_connection_point", "mode"),
					Fact:  fmt.Sprintf("%s of a technical preview site is not online", a.Label()),
					Found: fmt.Sprintf("mode = %q.", mode),
				})
			}
		},
		// The top-level sites beside it; those below one are their own to report.
		Hierarchy: func(c *rule.Check) {
			top := summitOf(c)
			c.UndecideIf(top.open)
			for _, s := range top.alone {
				if !isPreview(s) || len(top.alone)+len(top.central) < 2 {
					continue
				}
				others := slices.DeleteFunc(slices.Clone(top.alone), func(o *model.Site) bool { return o == s })
				names := strings.Trim(siteCodes(others)+", "+centralCodes(top.central), ", ")
				c.Violate(rule.Violation{
					On: s, At: model.At("branch"), Site: s,
					Fact:  fmt.Sprintf("technical preview %s is not the only site", s.Label()),
					Found: fmt.Sprintf("branch = %q, and the hierarchy also has %s.", model.BranchTechnicalPreview, names),
				})
				break
			}
		},
	},
	{
		ID: "HIER-EXPAND-LANGS", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy,
		Title: "The central administration site has the client languages of its primary sites",
		Why: "The client files of the central administration site serve the whole hierarchy. A language that it lacks is missing for clients that install " +
			"from there, and at an expansion Setup does not take the languages over.",
		Fix:     "Add the language to client_languages of the central administration site, and select it in Setup.",
		Sources: []product.Source{product.SetupWizard.At("Client Language Selection"), product.SetupWizard.At("Expand a stand-alone primary site")},
		Hierarchy: func(c *rule.Check) {
			for _, central := range model.SortedSites(c.Topology.Sites) {
				if !c.Holds(central.Is(product.CentralAdministration)) || !lists(c.Topology.Index, central) {
					continue
				}
				has, ok := rule.Decided(c, languages(central))
				if !ok {
					continue
				}
				code, _ := central.NormalizedCode().Get()
				var lacks []string
				var users []*model.Site
				for _, s := range model.SortedSites(c.Topology.Index.Children[code]) {
					wants, ok := rule.Decided(c, languages(s))
					if !ok || !c.Holds(s.Is(product.Primary)) {
						continue
					}
					missing := slices.DeleteFunc(wants, func(l string) bool { return slices.Contains(has, l) })
					if len(missing) > 0 {
						lacks, users = append(lacks, missing...), append(users, s)
					}
				}
				if len(lacks) > 0 {
					slices.Sort(lacks)
					lacks = slices.Compact(lacks)
					c.Violate(rule.Violation{
						On: central, At: model.At("client_languages"), Site: central, Related: model.SitesAsDeclared(users),
						Fact:  fmt.Sprintf("%s lacks client languages of its primary sites", central.Label()),
						Found: fmt.Sprintf("client_languages lacks %s, declared at %s.", product.Quoted(lacks), siteCodes(users)),
						Fix: fmt.Sprintf("Add what is missing at %s: client_languages = [%s]. Select it in Setup, too.", central.Label(),
							product.Quoted(slices.Concat(has, lacks))),
					})
				}
			}
			c.UndecideIf(c.Topology.Index.Open || c.Topology.Index.IsPartial())
		},
	},
}

// parentCode returns the normalized code of the parent, null when there is none.
func parentCode(s *model.Site) model.Value[string] {
	if parent, ok := s.Parent.Get(); ok {
		return parent.NormalizedCode()
	}
	if s.Parent.IsUnknown() {
		return model.Unknown[string]()
	}
	return model.Null[string]()
}

// isListed reports whether a site is one of those that a hierarchy lists.
func isListed(c *rule.Check, s *model.Site) bool {
	return c.Topology.Index != nil && lists(c.Topology.Index, s)
}

// collation returns the declared collation of the site database.
func collation(s *model.Site) model.Value[string] {
	db, ok := s.DeclaredDatabase().Get()
	if !ok {
		return model.Unknown[string]()
	}
	return db.Collation
}

// runsPreview reports whether the site runs the technical preview branch; a site
// that says nothing runs current branch.
func runsPreview(s *model.Site) model.Value[bool] {
	branch, ok := s.Branch.OrDefault(model.BranchCurrent).Get()
	if !ok {
		return model.Unknown[bool]()
	}
	return model.Known(branch == model.BranchTechnicalPreview)
}

func isPreview(s *model.Site) bool {
	preview, _ := runsPreview(s).Get()
	return preview
}

// languages returns the declared client languages in upper case, without the one
// that is always there.
func languages(s *model.Site) model.Value[[]string] {
	list, ok := s.ClientLanguages.Get()
	if !ok {
		if s.ClientLanguages.IsUnknown() {
			return model.Unknown[[]string]()
		}
		return model.Null[[]string]()
	}
	languages := make([]string, 0, len(list))
	for _, entry := range list {
		language, ok := entry.Get()
		if !ok {
			return model.Unknown[[]string]()
		}
		if language = strings.ToUpper(language); language != impliedLanguage {
			languages = append(languages, language)
		}
	}
	return model.Known(languages)
}

// clientSite returns the normalized code of the site that the client on the server
// is assigned to.
func clientSite(s *model.Server) model.Value[string] {
	return model.Folded(s.ClientSiteCode, model.FoldCode)
}

// siteAbove returns the site of the server or one above it by its code, nil when
// none has that code.
func siteAbove(s *model.Server, code string) *model.Site {
	site, ok := s.Site.Get()
	for range LimitTiers.Value {
		if !ok {
			return nil
		}
		if own, _ := site.NormalizedCode().Get(); own == code {
			return site
		}
		site, ok = site.Parent.Get()
	}
	return nil
}

// clientsOf reports a server whose client is assigned to a site that takes no clients.
func clientsOf(c *rule.Check, s *model.Server, site *model.Site) {
	if c.Fails(site.Is(product.Primary)) {
		fix := ""
		if code := primaryNear(c, s); code != "" {
			fix = fmt.Sprintf("Name a primary site: client_site_code = %q.", code)
		}
		c.Violate(rule.Violation{
			Fix: fix,
			On:  s, At: model.At("client_site_code"), Site: site,
			Fact:  fmt.Sprintf("the client on %s cannot be assigned to %s", s.Label(), site.Label()),
			Found: fmt.Sprintf("client_site_code = %q is the code of a %s.", s.ClientSiteCode, model.SiteTypeName(site)),
		})
	}
}

// primaryNear returns the code of the primary site that a server belongs to, directly or
// through a secondary site, or else of one of the topology; empty without any.
func primaryNear(c *rule.Check, s *model.Server) string {
	var near []*model.Site
	for site, ok := s.Site.Get(); ok && len(near) < int(LimitTiers.Value); site, ok = site.Parent.Get() {
		near = append(near, site)
	}
	for _, site := range append(near, model.SortedSites(c.Topology.Sites)...) {
		if code, ok := site.NormalizedCode().Get(); ok && site.Type == model.Known(product.Primary) {
			return code
		}
	}
	return ""
}

// secondary returns the listed secondary site of a code, nil when the code is that
// of another site. A site that is not listed leaves the rule undecided.
func secondary(c *rule.Check, code model.Value[string]) *model.Site {
	known, ok := rule.Decided(c, model.Folded(code, model.FoldCode))
	if !ok {
		return nil
	}
	site := c.Topology.Index.Sites[known]
	if site == nil {
		c.Undecide()
		return nil
	}
	if !c.Holds(site.Is(product.Secondary)) {
		return nil
	}
	return site
}
