package communication

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// The boundary groups through which clients find their roles.

// bootImagesUseGroups is the first version in which computers that start Windows PE
// look for their management point by boundary group.
var bootImagesUseGroups = product.Milestone{Version: 2509, Source: product.WhatsNew2509.Source()}

var boundaryGroupRules = []rule.Rule{
	{
		ID: "COMM-BG-DP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
		Title: "A distribution point belongs to a boundary group",
		Why: "Clients are offered the distribution points of their boundary group. One in no group is found only by falling back to the default group of " +
			"the site.",
		Fix:     `Name its boundary groups, such as boundary_groups = ["Seattle"].`,
		Sources: []product.Source{product.DistributionPoints.At("Boundary groups")},
		Hierarchy: func(c *rule.Check) {
			var alone []*model.Assignment
			points := c.Topology.Index.ByRole[product.RoleDistributionPoint]
			for _, a := range points {
				d, ok := rule.Decided(c, a.DistributionPoint)
				if !ok {
					continue
				}
				groups, ok := rule.Decided(c, d.BoundaryGroups)
				if !ok || len(groups) > 0 {
					continue
				}
				if onlyInternet := model.ValueIs(d.ClientConnections.OrDefault(model.ConnectionsIntranet), model.ConnectionsInternet); c.Fails(onlyInternet) {
					alone = append(alone, a)
				}
			}
			if len(alone) == 0 {
				return
			}
			sources, complete := pullSourcesOf(points)
			if !complete || c.Topology.Index.Open {
				c.Undecide()
				return
			}
			for _, a := range alone {
				// One that pull-distribution points copy from may serve nobody else.
				if host, ok := a.Host().Get(); !ok || sources[host] {
					continue
				}
				c.Violate(rule.Violation{
					On: a, At: model.At("distribution_point", "boundary_groups"), Site: a.DeclaredSite(),
					Fact:  fmt.Sprintf("%s is in no boundary group", a.Label()),
					Found: "boundary_groups is empty, and no pull-distribution point copies from it.",
				})
			}
		},
	},
	{
		ID: "COMM-BG-MP-WINPE", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeHierarchy, Versions: rule.VersionSpan(bootImagesUseGroups.Version, 0),
		Title: "A boundary group with PXE has a management point",
		Why: "From version 2509 on a computer that starts Windows PE asks a management point of its boundary group. Which group that is, no plan can tell; " +
			"one with a distribution point that answers PXE is likely.",
		Fix:     "Add the boundary group to boundary_groups in the management_point block of a management point.",
		Sources: []product.Source{product.WhatsNew2509.Source(), product.BoundaryGroupManagementPoints.Source()},
		Hierarchy: func(c *rule.Check) {
			covered, complete := managementPointGroups(c)
			for _, a := range c.Topology.Index.ByRole[product.RoleDistributionPoint] {
				d, ok := rule.Decided(c, a.DeclaredDistributionPoint())
				if !ok || !c.Holds(model.IsDeclared(d.PXE)) { // null: none
					continue
				}
				if d.BoundaryGroups.IsNull() {
					c.Undecide()
					continue
				}
				if v, ok := c.VersionOf(a.DeclaredSite()); !ok || v < bootImagesUseGroups.Version {
					continue
				}
				groups, ok := rule.Decided(c, d.BoundaryGroups)
				if !ok {
					continue
				}
				for i, entry := range groups {
					name, ok := rule.Decided(c, entry)
					if !ok || covered[strings.ToLower(name)] {
						continue
					}
					if !complete {
						c.Undecide()
						continue
					}
					covered[strings.ToLower(name)] = true // one finding for each group
					c.Violate(rule.Violation{
						On: a, At: model.At("distribution_point", "boundary_groups").Index(i), Site: a.DeclaredSite(),
						Fact:  fmt.Sprintf("the boundary group %q has PXE and no management point", name),
						Found: fmt.Sprintf("%s answers PXE there, and no management point names %q in boundary_groups.", a.Label(), name),
						Fix:   fmt.Sprintf("Add %q to boundary_groups in the management_point block of a management point, such as boundary_groups = [%q].", name, name),
					})
				}
			}
		},
	},
}

// pullSourcesOf returns the names of the computers that pull-distribution points copy
// from, and whether all of them are known.
func pullSourcesOf(points []*model.Assignment) (sources map[string]bool, complete bool) {
	sources, complete = map[string]bool{}, true
	for _, a := range points {
		d, ok := a.DeclaredDistributionPoint().Get()
		if !ok {
			complete = false
			continue
		}
		complete = complete && !d.PullSources.IsUnknown()
		named, _ := d.PullSources.Get()
		for key := range named {
			sources[model.FoldHost(key)] = true
		}
	}
	return sources, complete
}

// managementPointGroups returns the boundary groups of management points in lower
// case, and whether all of them are known.
func managementPointGroups(c *rule.Check) (groups map[string]bool, complete bool) {
	groups, complete = map[string]bool{}, !c.Topology.Index.Open
	for _, a := range c.Topology.Index.ByRole[product.RoleManagementPoint] {
		names, ok := model.SettingOf(a.ManagementPoint, func(m *model.ManagementPoint) model.Value[[]model.Value[string]] { return m.BoundaryGroups }).Get()
		complete = complete && ok
		for _, entry := range names {
			name, ok := entry.Get()
			complete = complete && ok
			groups[strings.ToLower(name)] = true
		}
	}
	return groups, complete
}
