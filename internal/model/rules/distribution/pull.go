package distribution

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Pull-distribution points and their sources.

var pullRules = []rule.Rule{
	{
		ID: "DP-PULL-SOURCE-MIN", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeRole,
		Title:   "A pull-distribution point has a source other than itself",
		Why:     "It gets all its content from its sources; the console asks for at least one, and none can be the server itself.",
		Fix:     `Name another distribution point, such as pull_sources = { "dp01.contoso.com" = 1 }, or leave pull_sources out for a standard distribution point.`,
		Sources: []product.Source{product.PullDistributionPoint.Source(), product.ConfigMgrCBDsc.Source()},
		Roles:   []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			sources, ok := pullSources(c, a)
			if !ok {
				return
			}
			if len(sources) == 0 {
				c.Violate(rule.Violation{
					At: model.At("distribution_point", "pull_sources"), Fix: otherSource(c, a),
					Fact:  fmt.Sprintf("%s has no source to pull from", a.Label()),
					Found: "pull_sources is empty.",
				})
				return
			}
			host, ok := rule.Decided(c, a.Host())
			if !ok {
				return
			}
			for _, key := range slices.Sorted(maps.Keys(sources)) {
				if model.FoldHost(key) == host {
					c.Violate(rule.Violation{
						At: model.At("distribution_point", "pull_sources").Key(key), Fix: otherSource(c, a),
						Fact:  fmt.Sprintf("%s would pull from itself", a.Label()),
						Found: fmt.Sprintf("pull_sources names %q, which is the server of the role.", key),
					})
				}
			}
		},
	},
	{
		ID: "DP-PULL-SOURCE-HTTP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopePair,
		Title: "A pull-distribution point with an HTTPS source has the client installed",
		Why: "It authenticates at an HTTPS source through the Configuration Manager client on its own computer. The console therefore offers only sources " +
			"that use HTTP.",
		Fix:     "Install the client on the pull-distribution point and set client_installed = true on its configmgr_site_system_server, or use a source with HTTP.",
		Sources: []product.Source{product.PullDistributionPoint.At("About source distribution points")},
		Hierarchy: func(c *rule.Check) {
			eachSource(c, func(a *model.Assignment, key string, source *model.Assignment) {
				settings, ok := rule.Decided(c, source.DeclaredDistributionPoint())
				if !ok {
					return
				}
				if protocol, ok := rule.Decided(c, settings.Protocol); !ok || protocol != model.ProtocolHTTPS || !c.Fails(hasClient(a.DeclaredServer())) {
					return
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("distribution_point", "pull_sources").Key(key), Site: a.DeclaredSite(), Related: []model.Declared{source},
					Fact:  fmt.Sprintf("%s has an HTTPS source and no client", a.Label()),
					Found: fmt.Sprintf("source %q has protocol = %q, and the server of the pull-distribution point has client_installed = false.", key, model.ProtocolHTTPS),
				})
			})
		},
	},
	{
		ID: "DP-PULL-SOURCE-FOREST", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopePair,
		Title: "A pull-distribution point with a source in another forest has the client installed",
		Why: "Across forests it authenticates through the Configuration Manager client on its own computer, with the network access account of the site; " +
			"the account is not needed from version 1806 on with enhanced HTTP.",
		Fix: "Install the client on the pull-distribution point and set client_installed = true on its configmgr_site_system_server, or use a source in " +
			"the same forest.",
		Sources: []product.Source{product.PullDistributionPoint.At("Limitations")},
		Hierarchy: func(c *rule.Check) {
			eachSource(c, func(a *model.Assignment, key string, source *model.Assignment) {
				own, okOwn := rule.Decided(c, a.DeclaredServer().Forest)
				theirs, okTheirs := rule.Decided(c, source.DeclaredServer().Forest)
				if !okOwn || !okTheirs || strings.EqualFold(own, theirs) || !c.Fails(hasClient(a.DeclaredServer())) {
					return
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("distribution_point", "pull_sources").Key(key), Site: a.DeclaredSite(), Related: []model.Declared{source},
					Fact:  fmt.Sprintf("%s has a source in another forest and no client", a.Label()),
					Found: fmt.Sprintf("source %q is in forest %q, the pull-distribution point in %q, and its server has client_installed = false.", key, theirs, own),
				})
			})
		},
	},
	{
		ID: "DP-PULL-SOURCE-CYCLE", Severity: rule.SeverityWarning, Basis: rule.Inferred, Scope: rule.ScopeHierarchy,
		Title: "Every pull-distribution point has a way to content through its sources",
		Why: "Pull-distribution points may be each other's sources. When none of them leads to a distribution point that the site sends content to, none " +
			"of them ever gets any.",
		Fix: "Give one of them a standard distribution point as a further source in pull_sources, or make one a standard distribution point by leaving " +
			"pull_sources out.",
		Sources:   []product.Source{product.PullDistributionPoint.Source()},
		CoveredBy: rule.OnElement("DP-PULL-SOURCE-MIN"),
		Hierarchy: func(c *rule.Check) {
			c.OpenCount()
			if len(c.Topology.Index.PullPoints()) == 0 {
				return
			}
			points := distributionPoints(c)
			sources := sourcesByHost(points)
			// What is not known yet may lead to content, and may not.
			waiting := stuck(points, sources, true)
			if len(stuck(points, sources, false)) > len(waiting) {
				c.Undecide()
			}
			for _, group := range connected(sources, waiting) {
				members := make([]*model.Assignment, len(group))
				for i, host := range group {
					members[i] = points[host]
				}
				c.Violate(rule.Violation{
					On: members[0], At: model.At("distribution_point", "pull_sources"), Site: members[0].DeclaredSite(), Related: model.AsDeclared(members),
					Fact:  fmt.Sprintf("%s has no way to content", members[0].Label()),
					Found: fmt.Sprintf("%d pull-distribution points have no source but each other: %s.", len(members), model.Labels(members)),
				})
			}
		},
	},
	{
		ID: "DP-PULL-SOURCE-SITE", Severity: rule.SeverityWarning, Basis: rule.SecondarySource, Scope: rule.ScopePair,
		Title:   "A pull-distribution point has its sources in its own site",
		Why:     "A lab builder of a Microsoft engineer insists on it; no article of Microsoft says so.",
		Fix:     "Name distribution points of the same site in pull_sources.",
		Sources: []product.Source{product.Memlabs.Source()},
		Hierarchy: func(c *rule.Check) {
			eachSource(c, func(a *model.Assignment, key string, source *model.Assignment) {
				own, okOwn := rule.Decided(c, a.DeclaredSite().NormalizedCode())
				theirs, okTheirs := rule.Decided(c, source.DeclaredSite().NormalizedCode())
				if !okOwn || !okTheirs || own == theirs {
					return
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("distribution_point", "pull_sources").Key(key), Site: a.DeclaredSite(), Related: []model.Declared{source},
					Fact:  fmt.Sprintf("%s pulls from another site", a.Label()),
					Found: fmt.Sprintf("source %q belongs to site %s, the pull-distribution point to site %s.", key, theirs, own),
				})
			})
		},
	},
	{
		ID: "DP-PULL-NOT-CLOUD", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeRole,
		Title: "A cloud service is not a pull-distribution point",
		Why: "A content-enabled cloud management gateway, and formerly a cloud distribution point, can be a source for pull-distribution points but " +
			"not one itself.",
		Fix:         "Name the cloud service in pull_sources of an on-premises distribution point instead.",
		Sources:     []product.Source{product.PullDistributionPoint.At("Limitations")},
		Enforcement: rule.Inexpressible,
		Note:        `Sources are declared by pull_sources in the distribution_point block, which only a role assignment with role = "distribution_point" may have.`,
	},
	{
		ID: "DP-PULL-PRESTAGE", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A pull-distribution point is not enabled for prestaged content",
		Why: "The setting for prestaged content takes precedence: the distribution point does not pull any more, and waits for content that somebody " +
			"extracts on it.",
		Fix:     "Set allow_prestaged_content = false, or leave pull_sources out.",
		Sources: []product.Source{product.PullDistributionPoint.At("Limitations")},
		Roles:   []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			d, ok := pullSettings(c, a)
			if ok && c.Holds(d.AllowPrestagedContent) {
				c.Violate(rule.Violation{
					At:    model.At("distribution_point", "allow_prestaged_content"),
					Fact:  fmt.Sprintf("%s waits for prestaged content instead of pulling", a.Label()),
					Found: "allow_prestaged_content = true together with pull_sources.",
				})
			}
		},
	},
	{
		ID: "DP-PULL-NO-THROTTLE", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title:   "A pull-distribution point has no rate limits",
		Why:     "Schedule and rate limits control what the site server sends; a pull-distribution point fetches its content itself and ignores them.",
		Fix:     `Set rate_limits = "unlimited", or leave pull_sources out when the transfer has to be limited by schedule or rate.`,
		Sources: []product.Source{product.PullDistributionPoint.At("Limitations")},
		Roles:   []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			d, ok := pullSettings(c, a)
			if !ok {
				return
			}
			if limits, ok := rule.Decided(c, d.RateLimits); ok && limits != model.RateUnlimited {
				c.Violate(rule.Violation{
					At:    model.At("distribution_point", "rate_limits"),
					Fact:  fmt.Sprintf("%s ignores its rate limits", a.Label()),
					Found: fmt.Sprintf("rate_limits = %q together with pull_sources.", limits),
				})
			}
		},
	},
	rangeRule(rule.Rule{
		ID:      "DP-PULL-RANK",
		Title:   "The priority of a pull source is 1 to 100",
		Why:     "The cmdlet accepts no other number. The source with the lowest number is asked first; equal numbers are fine.",
		Fix:     "Give each source a number from 1 to 100, or null to all of them.",
		Sources: []product.Source{product.PullDistributionPoint.At("Source priorities"), RangePullPriority.Source},
	}, priorities),
	{
		ID: "DP-PULL-RANK-COUNT", Severity: rule.SeverityWarning, Basis: rule.Inferred, Scope: rule.ScopeRole,
		Title:   "Either all sources of a pull-distribution point have a priority or none",
		Why:     "The cmdlet takes the sources and their priorities as two lists of the same length; with a shorter one it is left open which source comes when.",
		Fix:     "Give each entry of pull_sources a number, or null to all of them.",
		Sources: []product.Source{product.PowerShell.At("Add-CMDistributionPoint")},
		Roles:   []string{product.RoleDistributionPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			sources, ok := pullSources(c, a)
			if !ok {
				return
			}
			var without []string
			given := 0
			for _, key := range slices.Sorted(maps.Keys(sources)) {
				switch priority := sources[key]; {
				case priority.IsUnknown():
					c.Undecide()
					return
				case priority.IsNull():
					without = append(without, key)
				default:
					given++
				}
			}
			if given > 0 && len(without) > 0 {
				c.Violate(rule.Violation{
					At:    model.At("distribution_point", "pull_sources").Key(without[0]),
					Fact:  fmt.Sprintf("%s has sources with and without a priority", a.Label()),
					Found: fmt.Sprintf("pull_sources gives no priority to %s.", product.Quoted(without)),
				})
			}
		},
	},
}

// pullSettings returns the settings of a pull-distribution point. A standard one has
// none, which is decided.
func pullSettings(c *rule.Check, a *model.Assignment) (*model.DistributionPoint, bool) {
	d, ok := rule.Decided(c, a.DeclaredDistributionPoint())
	return d, ok && c.Holds(d.IsPull())
}

// pullSources returns the sources of a pull-distribution point.
func pullSources(c *rule.Check, a *model.Assignment) (map[string]model.Value[int64], bool) {
	d, ok := pullSettings(c, a)
	if !ok {
		return nil, false
	}
	return d.PullSources.Get()
}

// priorities lists the priorities of the sources of a pull-distribution point. A
// source without one is fine.
func priorities(d *model.DistributionPoint) []setting {
	sources, ok := d.PullSources.Get()
	if !ok {
		if d.PullSources.IsUnknown() {
			return []setting{{value: model.Unknown[int64]()}}
		}
		return nil
	}
	list := make([]setting, 0, len(sources))
	for _, key := range slices.Sorted(maps.Keys(sources)) {
		list = append(list, setting{at: model.At("pull_sources").Key(key), name: "priority of source " + key, value: sources[key], free: true, allowed: &RangePullPriority})
	}
	return list
}

// otherSource names a distribution point of the site, or else of the hierarchy, that a
// pull-distribution point could pull from; empty where none is known.
func otherSource(c *rule.Check, a *model.Assignment) string {
	x := c.Topology.Index
	if x == nil {
		return ""
	}
	own, _ := a.Host().Get()
	code, _ := a.DeclaredSite().NormalizedCode().Get()
	for _, list := range [][]*model.Assignment{x.BySite[code], x.ByRole[product.RoleDistributionPoint]} {
		for _, other := range list {
			host, ok := other.Host().Get()
			if d, _ := other.DeclaredDistributionPoint().Get(); ok && host != own && other.Role == model.Known(product.RoleDistributionPoint) && d != nil && d.PullSources.IsNull() {
				return fmt.Sprintf("Name another distribution point, such as pull_sources = { %q = 1 }, or leave pull_sources out for a standard distribution point.", host)
			}
		}
	}
	return ""
}

// hasClient reports whether the product's client runs on a server: one that is
// assigned to a site does.
func hasClient(s *model.Server) model.Value[bool] {
	if s.ClientInstalled.IsNull() && s.ClientSiteCode.IsKnown() {
		return model.Known(true)
	}
	return s.ClientInstalled
}

// distributionPoints returns the distribution points of the hierarchy by computer.
func distributionPoints(c *rule.Check) map[string]*model.Assignment {
	points := map[string]*model.Assignment{}
	for _, a := range c.Topology.Index.ByRole[product.RoleDistributionPoint] {
		if host, ok := a.Host().Get(); ok && points[host] == nil {
			points[host] = a
		}
	}
	return points
}

// eachSource visits the sources of the pull-distribution points that are distribution
// points of the hierarchy. Nothing is known of others, such as a cloud service.
func eachSource(c *rule.Check, visit func(a *model.Assignment, key string, source *model.Assignment)) {
	pulling := c.Topology.Index.PullPoints()
	if len(pulling) == 0 {
		return
	}
	points := distributionPoints(c)
	for _, a := range pulling {
		sources, ok := pullSources(c, a)
		if !ok {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(sources)) {
			switch source := points[model.FoldHost(key)]; {
			case source == nil:
				c.Undecide()
			case source != a:
				visit(a, key, source)
			}
		}
	}
	c.OpenCount()
}

// sourcesByHost returns the computers that the distribution points pull from, each
// without itself. A standard distribution point has none.
func sourcesByHost(points map[string]*model.Assignment) map[string][]string {
	sources := make(map[string][]string, len(points))
	for host, a := range points {
		d, ok := a.DeclaredDistributionPoint().Get()
		if !ok {
			continue
		}
		declared, _ := d.PullSources.Get()
		for _, key := range slices.Sorted(maps.Keys(declared)) {
			if source := model.FoldHost(key); source != host {
				sources[host] = append(sources[host], source)
			}
		}
	}
	return sources
}

// stuck returns the pull-distribution points that no chain of sources leads to
// content. A source that the hierarchy does not list counts as content; what is not
// known yet counts as content when the caller hopes for the best. The setting for
// prestaged content counts as off when it is left out, as in the product.
func stuck(points map[string]*model.Assignment, sources map[string][]string, hope bool) map[string]bool {
	waiting := map[string]bool{}
	for host, a := range points {
		d, ok := a.DeclaredDistributionPoint().Get()
		switch {
		case !ok, d.PullSources.IsUnknown():
			waiting[host] = !hope
		case d.AllowPrestagedContent.IsUnknown():
			waiting[host] = !hope && len(sources[host]) > 0
		default:
			// A pull-distribution point without any source is DP-PULL-SOURCE-MIN.
			waiting[host] = len(sources[host]) > 0 && !model.KnownTrue(d.AllowPrestagedContent)
		}
	}
	maps.DeleteFunc(waiting, func(_ string, is bool) bool { return !is })
	for progress := true; progress; {
		progress = false
		for host := range waiting {
			if slices.ContainsFunc(sources[host], func(source string) bool { return !waiting[source] }) {
				delete(waiting, host)
				progress = true
			}
		}
	}
	return waiting
}

// connected splits computers into groups that sources connect, each sorted. The
// sources of the given computers are among them.
func connected(sources map[string][]string, hosts map[string]bool) [][]string {
	neighbors := map[string][]string{}
	for host := range hosts {
		for _, source := range sources[host] {
			neighbors[host] = append(neighbors[host], source)
			neighbors[source] = append(neighbors[source], host)
		}
	}
	var groups [][]string
	seen := map[string]bool{}
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		if seen[host] {
			continue
		}
		seen[host] = true
		group := []string{host}
		for i := 0; i < len(group); i++ {
			for _, next := range neighbors[group[i]] {
				if !seen[next] {
					seen[next] = true
					group = append(group, next)
				}
			}
		}
		slices.Sort(group)
		groups = append(groups, group)
	}
	return groups
}
