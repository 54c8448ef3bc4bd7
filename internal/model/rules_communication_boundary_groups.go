package model

import (
	"fmt"
	"strings"
)

// Group 8: the boundary groups through which clients find their roles.

// bootImagesUseGroups is the first version in which computers that start Windows PE
// look for their management point by boundary group.
var bootImagesUseGroups = milestone{2509, articleWhatsNew2509.Source()}

var boundaryGroupRules = []Rule{
	{
		ID: "COMM-BG-DP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
		Title:   "A distribution point belongs to a boundary group",
		Why:     "Clients are offered the distribution points of their boundary group. One in no group is found only by falling back to the default group of the site.",
		Fix:     `Name its boundary groups, such as boundary_groups = ["Seattle"].`,
		Sources: []Source{articleDistributionPoints.At("Boundary groups")},
		hierarchy: func(c *check) {
			var alone []*Assignment
			points := c.topology.index.byRole[roleDistributionPoint]
			for _, a := range points {
				d, ok := decided(c, a.DistributionPoint)
				if !ok {
					continue
				}
				groups, ok := decided(c, d.BoundaryGroups)
				if !ok || len(groups) > 0 {
					continue
				}
				if onlyInternet := valueIs(d.ClientConnections.OrDefault(ConnectionsIntranet), ConnectionsInternet); c.fails(onlyInternet) {
					alone = append(alone, a)
				}
			}
			if len(alone) == 0 {
				return
			}
			sources, complete := pullSourcesOf(points)
			if !complete || c.topology.index.open {
				c.undecide()
				return
			}
			for _, a := range alone {
				// One that pull-distribution points copy from may serve nobody else.
				if host, ok := a.host().Get(); !ok || sources[host] {
					continue
				}
				c.violate(violation{
					on: a, at: At("distribution_point", "boundary_groups"), site: a.site(),
					fact:  fmt.Sprintf("%s is in no boundary group", a.label()),
					found: "boundary_groups is empty, and no pull-distribution point copies from it.",
				})
			}
		},
	},
	{
		ID: "COMM-BG-MP-WINPE", Severity: SeverityWarning, Basis: Documented, Scope: ScopeHierarchy, Versions: versionSpan(bootImagesUseGroups.version, 0),
		Title:   "A boundary group with PXE has a management point",
		Why:     "From version 2509 on a computer that starts Windows PE asks a management point of its boundary group. Which group that is no plan can tell; one with a distribution point that answers PXE is likely.",
		Fix:     `Add the boundary group to a management point, such as boundary_groups = ["Seattle"] in its management_point block.`,
		Sources: []Source{articleWhatsNew2509.Source(), articleBoundaryGroupManagementPoints.Source()},
		hierarchy: func(c *check) {
			covered, complete := c.managementPointGroups()
			for _, a := range c.topology.index.byRole[roleDistributionPoint] {
				d, ok := decided(c, a.distributionPoint())
				if !ok || !c.holds(isDeclared(d.PXE)) { // null: none
					continue
				}
				if d.BoundaryGroups.IsNull() {
					c.undecide()
					continue
				}
				if v, ok := c.versionOf(a.site()); !ok || v < bootImagesUseGroups.version {
					continue
				}
				groups, ok := decided(c, d.BoundaryGroups)
				if !ok {
					continue
				}
				for i, entry := range groups {
					name, ok := decided(c, entry)
					if !ok || covered[strings.ToLower(name)] {
						continue
					}
					if !complete {
						c.undecide()
						continue
					}
					covered[strings.ToLower(name)] = true // one finding for each group
					c.violate(violation{
						on: a, at: At("distribution_point", "boundary_groups").Index(i), site: a.site(),
						fact:  fmt.Sprintf("the boundary group %q has PXE and no management point", name),
						found: fmt.Sprintf("%s answers PXE there, and no management point names %q in boundary_groups.", a.label(), name),
					})
				}
			}
		},
	},
}

// pullSourcesOf returns the names of the computers that pull-distribution points copy
// from, and whether all of them are known.
func pullSourcesOf(points []*Assignment) (sources map[string]bool, complete bool) {
	sources, complete = map[string]bool{}, true
	for _, a := range points {
		d, ok := a.distributionPoint().Get()
		if !ok {
			complete = false
			continue
		}
		complete = complete && !d.PullSources.IsUnknown()
		named, _ := d.PullSources.Get()
		for key := range named {
			sources[foldHost(key)] = true
		}
	}
	return sources, complete
}

// managementPointGroups returns the boundary groups of management points in lower
// case, and whether all of them are known.
func (c *check) managementPointGroups() (groups map[string]bool, complete bool) {
	groups, complete = map[string]bool{}, !c.topology.index.open
	for _, a := range c.topology.index.byRole[roleManagementPoint] {
		names, ok := settingOf(a.ManagementPoint, func(m *ManagementPoint) Value[[]Value[string]] { return m.BoundaryGroups }).Get()
		complete = complete && ok
		for _, entry := range names {
			name, ok := entry.Get()
			complete = complete && ok
			groups[strings.ToLower(name)] = true
		}
	}
	return groups, complete
}
