package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Group 13: pull-distribution points and their sources.

var pullRules = []Rule{
	{
		ID: "DP-PULL-SOURCE-MIN", Severity: SeverityError, Basis: Refused, Scope: ScopeRole,
		Title:   "A pull-distribution point has a source other than itself",
		Why:     "It gets all its content from its sources; the console asks for at least one, and none can be the server itself.",
		Fix:     `Name another distribution point, such as pull_sources = { "dp01.contoso.com" = 1 }, or leave pull_sources out for a standard distribution point.`,
		Sources: []Source{articlePullDistributionPoint.Source(), articleConfigMgrCBDsc.Source()},
		roles:   []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			sources, ok := c.pullSources(a)
			if !ok {
				return
			}
			if len(sources) == 0 {
				c.violate(violation{
					at:    At("distribution_point", "pull_sources"),
					fact:  fmt.Sprintf("%s has no source to pull from", a.label()),
					found: "pull_sources is empty.",
				})
				return
			}
			host, ok := decided(c, a.host())
			if !ok {
				return
			}
			for _, key := range slices.Sorted(maps.Keys(sources)) {
				if foldHost(key) == host {
					c.violate(violation{
						at:    At("distribution_point", "pull_sources").Key(key),
						fact:  fmt.Sprintf("%s would pull from itself", a.label()),
						found: fmt.Sprintf("pull_sources names %q, which is the server of the role.", key),
					})
				}
			}
		},
	},
	{
		ID: "DP-PULL-SOURCE-HTTP", Severity: SeverityWarning, Basis: Documented, Scope: ScopePair,
		Title:   "A pull-distribution point with an HTTPS source has the client installed",
		Why:     "It authenticates at an HTTPS source through the Configuration Manager client on its own computer. The console therefore offers only sources that use HTTP.",
		Fix:     "Install the client on the pull-distribution point and set client_installed = true on its configmgr_site_system_server, or use a source with HTTP.",
		Sources: []Source{articlePullDistributionPoint.At("About source distribution points")},
		hierarchy: func(c *check) {
			c.eachSource(func(a *Assignment, key string, source *Assignment) {
				settings, ok := decided(c, source.distributionPoint())
				if !ok {
					return
				}
				if protocol, ok := decided(c, settings.Protocol); !ok || protocol != ProtocolHTTPS || !c.fails(a.server().hasClient()) {
					return
				}
				c.violate(violation{
					on: a, at: At("distribution_point", "pull_sources").Key(key), site: a.site(), related: []declared{source},
					fact:  fmt.Sprintf("%s has an HTTPS source and no client", a.label()),
					found: fmt.Sprintf("source %q has protocol = %q, and the server of the pull-distribution point has client_installed = false.", key, ProtocolHTTPS),
				})
			})
		},
	},
	{
		ID: "DP-PULL-SOURCE-FOREST", Severity: SeverityError, Basis: Documented, Scope: ScopePair,
		Title:   "A pull-distribution point with a source in another forest has the client installed",
		Why:     "Across forests it authenticates through the Configuration Manager client on its own computer, with the network access account of the site; the account is not needed from version 1806 on with enhanced HTTP.",
		Fix:     "Install the client on the pull-distribution point and set client_installed = true on its configmgr_site_system_server, or use a source in the same forest.",
		Sources: []Source{articlePullDistributionPoint.At("Limitations")},
		hierarchy: func(c *check) {
			c.eachSource(func(a *Assignment, key string, source *Assignment) {
				own, okOwn := decided(c, a.server().Forest)
				theirs, okTheirs := decided(c, source.server().Forest)
				if !okOwn || !okTheirs || strings.EqualFold(own, theirs) || !c.fails(a.server().hasClient()) {
					return
				}
				c.violate(violation{
					on: a, at: At("distribution_point", "pull_sources").Key(key), site: a.site(), related: []declared{source},
					fact:  fmt.Sprintf("%s has a source in another forest and no client", a.label()),
					found: fmt.Sprintf("source %q is in forest %q, the pull-distribution point in %q, and its server has client_installed = false.", key, theirs, own),
				})
			})
		},
	},
	{
		ID: "DP-PULL-SOURCE-CYCLE", Severity: SeverityWarning, Basis: Inferred, Scope: ScopeHierarchy,
		Title:     "Every pull-distribution point has a way to content through its sources",
		Why:       "Pull-distribution points may be each other's sources. When none of them leads to a distribution point that the site sends content to, none of them ever gets any.",
		Fix:       "Give one of them a standard distribution point as a further source in pull_sources, or make one a standard distribution point by leaving pull_sources out.",
		Sources:   []Source{articlePullDistributionPoint.Source()},
		CoveredBy: onElement("DP-PULL-SOURCE-MIN"),
		hierarchy: func(c *check) {
			c.openCount()
			if !slices.ContainsFunc(c.topology.index.byRole[roleDistributionPoint], mayPull) {
				return
			}
			points := c.distributionPoints()
			sources := sourcesByHost(points)
			// What is not known yet may lead to content, and may not.
			waiting := stuck(points, sources, true)
			if len(stuck(points, sources, false)) > len(waiting) {
				c.undecide()
			}
			for _, group := range connected(sources, waiting) {
				members := make([]*Assignment, len(group))
				for i, host := range group {
					members[i] = points[host]
				}
				c.violate(violation{
					on: members[0], at: At("distribution_point", "pull_sources"), site: members[0].site(), related: asDeclared(members),
					fact:  fmt.Sprintf("%s has no way to content", members[0].label()),
					found: fmt.Sprintf("%d pull-distribution points have no source but each other: %s.", len(members), labels(members)),
				})
			}
		},
	},
	{
		ID: "DP-PULL-SOURCE-SITE", Severity: SeverityWarning, Basis: SecondarySource, Scope: ScopePair,
		Title:   "A pull-distribution point has its sources in its own site",
		Why:     "A lab builder of a Microsoft engineer insists on it; no article of Microsoft says so.",
		Fix:     "Name distribution points of the same site in pull_sources.",
		Sources: []Source{articleMemlabs.Source()},
		hierarchy: func(c *check) {
			c.eachSource(func(a *Assignment, key string, source *Assignment) {
				own, okOwn := decided(c, a.site().code())
				theirs, okTheirs := decided(c, source.site().code())
				if !okOwn || !okTheirs || own == theirs {
					return
				}
				c.violate(violation{
					on: a, at: At("distribution_point", "pull_sources").Key(key), site: a.site(), related: []declared{source},
					fact:  fmt.Sprintf("%s pulls from another site", a.label()),
					found: fmt.Sprintf("source %q belongs to site %s, the pull-distribution point to site %s.", key, theirs, own),
				})
			})
		},
	},
	{
		ID: "DP-PULL-NOT-CLOUD", Severity: SeverityError, Basis: Unsupported, Scope: ScopeRole,
		Title:       "A cloud service is no pull-distribution point",
		Why:         "A content-enabled cloud management gateway, and formerly a cloud distribution point, can be a source for pull-distribution points but not one itself.",
		Fix:         "Name the cloud service in pull_sources of an on-premises distribution point instead.",
		Sources:     []Source{articlePullDistributionPoint.At("Limitations")},
		Enforcement: Inexpressible,
		Note:        `Sources are declared by pull_sources in the distribution_point block, which only a role assignment with role = "distribution_point" may have.`,
	},
	{
		ID: "DP-PULL-PRESTAGE", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "A pull-distribution point is not enabled for prestaged content",
		Why:     "The setting for prestaged content takes precedence: the distribution point does not pull any more, and waits for content that somebody extracts on it.",
		Fix:     "Set allow_prestaged_content = false, or leave pull_sources out.",
		Sources: []Source{articlePullDistributionPoint.At("Limitations")},
		roles:   []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			d, ok := c.pullSettings(a)
			if ok && c.holds(d.AllowPrestagedContent) {
				c.violate(violation{
					at:    At("distribution_point", "allow_prestaged_content"),
					fact:  fmt.Sprintf("%s waits for prestaged content instead of pulling", a.label()),
					found: "allow_prestaged_content = true together with pull_sources.",
				})
			}
		},
	},
	{
		ID: "DP-PULL-NO-THROTTLE", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "A pull-distribution point has no rate limits",
		Why:     "Schedule and rate limits control what the site server sends; a pull-distribution point fetches its content itself and ignores them.",
		Fix:     `Set rate_limits = "unlimited", or leave pull_sources out when the transfer has to be limited by schedule or rate.`,
		Sources: []Source{articlePullDistributionPoint.At("Limitations")},
		roles:   []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			d, ok := c.pullSettings(a)
			if !ok {
				return
			}
			if limits, ok := decided(c, d.RateLimits); ok && limits != RateUnlimited {
				c.violate(violation{
					at:    At("distribution_point", "rate_limits"),
					fact:  fmt.Sprintf("%s ignores its rate limits", a.label()),
					found: fmt.Sprintf("rate_limits = %q together with pull_sources.", limits),
				})
			}
		},
	},
	rangeRule(Rule{
		ID:      "DP-PULL-RANK",
		Title:   "The priority of a pull source is 1 to 100",
		Why:     "The cmdlet accepts no other number. The source with the lowest number is asked first; equal numbers are fine.",
		Fix:     `Give a number from 1 to 100, as in pull_sources = { "dp01.contoso.com" = 1 }, or null for all sources.`,
		Sources: []Source{articlePullDistributionPoint.At("Source priorities"), rangePullPriority.source},
	}, priorities),
	{
		ID: "DP-PULL-RANK-COUNT", Severity: SeverityWarning, Basis: Inferred, Scope: ScopeRole,
		Title:   "Either all sources of a pull-distribution point have a priority or none",
		Why:     "The cmdlet takes the sources and their priorities as two lists of the same length; with a shorter one it is left open which source comes when.",
		Fix:     "Give each entry of pull_sources a number, or null to all of them.",
		Sources: []Source{articlePowerShell.At("Add-CMDistributionPoint")},
		roles:   []string{roleDistributionPoint},
		assignment: func(c *check, a *Assignment) {
			sources, ok := c.pullSources(a)
			if !ok {
				return
			}
			var without []string
			given := 0
			for _, key := range slices.Sorted(maps.Keys(sources)) {
				switch priority := sources[key]; {
				case priority.IsUnknown():
					c.undecide()
					return
				case priority.IsNull():
					without = append(without, key)
				default:
					given++
				}
			}
			if given > 0 && len(without) > 0 {
				c.violate(violation{
					at:    At("distribution_point", "pull_sources").Key(without[0]),
					fact:  fmt.Sprintf("%s has sources with and without a priority", a.label()),
					found: fmt.Sprintf("pull_sources gives no priority to %s.", quoted(without)),
				})
			}
		},
	},
}

// pullSettings returns the settings of a pull-distribution point. A standard one has
// none, which is decided.
func (c *check) pullSettings(a *Assignment) (*DistributionPoint, bool) {
	d, ok := decided(c, a.distributionPoint())
	return d, ok && c.holds(d.isPull())
}

// pullSources returns the sources of a pull-distribution point.
func (c *check) pullSources(a *Assignment) (map[string]Value[int64], bool) {
	d, ok := c.pullSettings(a)
	if !ok {
		return nil, false
	}
	return d.PullSources.Get()
}

// priorities lists the priorities of the sources of a pull-distribution point. A
// source without one is fine.
func priorities(d *DistributionPoint) []setting {
	sources, ok := d.PullSources.Get()
	if !ok {
		if d.PullSources.IsUnknown() {
			return []setting{{value: Unknown[int64]()}}
		}
		return nil
	}
	list := make([]setting, 0, len(sources))
	for _, key := range slices.Sorted(maps.Keys(sources)) {
		list = append(list, setting{at: At("pull_sources").Key(key), name: "priority of source " + key, value: sources[key], free: true, allowed: &rangePullPriority})
	}
	return list
}

// hasClient reports whether the product's client runs on a server: one that is
// assigned to a site does.
func (s *Server) hasClient() Value[bool] {
	if s.ClientInstalled.IsNull() && s.ClientSiteCode.IsKnown() {
		return Known(true)
	}
	return s.ClientInstalled
}

// distributionPoints returns the distribution points of the hierarchy by computer.
func (c *check) distributionPoints() map[string]*Assignment {
	points := map[string]*Assignment{}
	for _, a := range c.topology.index.byRole[roleDistributionPoint] {
		if host, ok := a.host().Get(); ok && points[host] == nil {
			points[host] = a
		}
	}
	return points
}

// eachSource visits the sources of the pull-distribution points that are distribution
// points of the hierarchy. Nothing is known of others, such as a cloud service.
func (c *check) eachSource(visit func(a *Assignment, key string, source *Assignment)) {
	if !slices.ContainsFunc(c.topology.index.byRole[roleDistributionPoint], mayPull) {
		return
	}
	points := c.distributionPoints()
	for _, a := range c.topology.index.byRole[roleDistributionPoint] {
		sources, ok := c.pullSources(a)
		if !ok {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(sources)) {
			switch source := points[foldHost(key)]; {
			case source == nil:
				c.undecide()
			case source != a:
				visit(a, key, source)
			}
		}
	}
	c.openCount()
}

// sourcesByHost returns the computers that the distribution points pull from, each
// without itself. A standard distribution point has none.
func sourcesByHost(points map[string]*Assignment) map[string][]string {
	sources := make(map[string][]string, len(points))
	for host, a := range points {
		d, ok := a.distributionPoint().Get()
		if !ok {
			continue
		}
		declared, _ := d.PullSources.Get()
		for _, key := range slices.Sorted(maps.Keys(declared)) {
			if source := foldHost(key); source != host {
				sources[host] = append(sources[host], source)
			}
		}
	}
	return sources
}

// mayPull reports whether a distribution point pulls, or may turn out to.
func mayPull(a *Assignment) bool {
	d, ok := a.distributionPoint().Get()
	return !ok || !d.PullSources.IsNull()
}

// stuck returns the pull-distribution points that no chain of sources leads to
// content. A source that the hierarchy does not list counts as content; what is not
// known yet counts as content when the caller hopes for the best. The setting for
// prestaged content counts as off when it is left out, as in the product.
func stuck(points map[string]*Assignment, sources map[string][]string, hope bool) map[string]bool {
	waiting := map[string]bool{}
	for host, a := range points {
		d, ok := a.distributionPoint().Get()
		switch {
		case !ok, d.PullSources.IsUnknown():
			waiting[host] = !hope
		case d.AllowPrestagedContent.IsUnknown():
			waiting[host] = !hope && len(sources[host]) > 0
		default:
			// A pull-distribution point without any source is DP-PULL-SOURCE-MIN.
			waiting[host] = len(sources[host]) > 0 && !knownTrue(d.AllowPrestagedContent)
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
