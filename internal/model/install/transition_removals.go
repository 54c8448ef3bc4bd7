package install

import (
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// leaving reports whether a role that is there is removed, and not with its site.
func (g *graph) leaving(was *assigned) bool {
	if was.own {
		return false
	}
	a := g.roleAt(was.code, was.host, was.role)
	return a == nil || !a.installed
}

// freedBy is a step after which a computer is free, and its site.
type freedBy struct{ step, siteCode string }

// removals adds the steps that remove something, and returns by computer those after
// which it is free for another use.
func (g *graph) removals() map[string][]freedBy {
	freed := map[string][]freedBy{}
	remove := func(s Step, needs ...string) {
		s.Phase, s.Action = PhaseRemovals, DoRemove
		g.add(s, needs...)
		if s.Server != "" {
			freed[s.Server] = append(freed[s.Server], freedBy{s.ID, s.SiteCode})
		}
	}
	for _, was := range g.from.assigned {
		if g.leaving(was) {
			id := removedID(was.code, was.host, was.role)
			remove(Step{ID: id, SiteCode: was.code, Server: was.host, Role: was.role, Command: removeRole(was)}, g.beforeRemovalOf(was)...)
			g.preferSuccessors(id, was)
			if was.role == gatewayConnection && len(g.leavingGateways()) > 0 && slices.ContainsFunc(g.from.assigned, g.opensBefore) {
				g.hurry(id)
			}
		}
	}
	g.removeSystems(remove)
	g.leaveGroups(remove)
	for _, gw := range g.leavingGateways() {
		siteCode, _ := read(&g.from.reading, gw.SiteCode)
		name, _ := read(&g.from.reading, gw.Name)
		needs := append(g.removalsOf(gatewayConnection, ""), g.closings("")...)
		remove(Step{ID: gatewayRemovedID(gw), SiteCode: strings.ToUpper(siteCode), Role: gateway, Command: &Command{Cmdlet: "Remove-CMCloudManagementGateway", Parameters: []Parameter{
			{"Name", name}, {"Force", true},
		}}}, needs...)
		g.hurry(gatewayRemovedID(gw))
	}
	for _, was := range g.from.Sites {
		g.removePassive(was, remove)
		g.removeProviders(was, remove)
		if g.kept(was.Code) {
			continue
		}
		s := Step{ID: siteRemovedID(was.Code), SiteCode: was.Code, Server: was.Server}
		if was.Tier == product.TierSecondary {
			s.Command = &Command{Cmdlet: "Remove-CMSecondarySite", Parameters: []Parameter{{"SiteCode", was.Code}, {"Action", "Uninstall"}, {"Force", true}}}
		}
		remove(s, g.beforeRemovalOfSite(was)...)
		for _, host := range slices.Concat(g.from.databaseComputers(was.Declared), g.from.providersOf(was.Declared)) {
			freed[host] = append(freed[host], freedBy{s.ID, s.SiteCode})
		}
	}
	return freed
}

// hurry has a step done as soon as what it requires is: a gateway that goes leads nowhere
// from the moment at which its traffic is kept out.
func (g *graph) hurry(id string) { g.byID[id].phase = -1 }

// opensBefore reports whether a role that is there takes the traffic of gateways.
func (g *graph) opensBefore(was *assigned) bool { return opensGateway(&g.from.reading, was) }

// preferSuccessors has the removal of a role wait for what takes its place: others of its
// kind at its site, and what takes the traffic of gateways in its place anywhere.
func (g *graph) preferSuccessors(removal string, was *assigned) {
	if g.opensBefore(was) {
		g.preferences = append(g.preferences, preference{step: removal, after: g.openings})
	}
	if was.role == gatewayConnection {
		for _, siteCode := range g.codes {
			g.preferences = append(g.preferences, preference{step: removal, after: func() []string { return []string{readyID(siteCode, gatewayConnection)} }})
		}
	}
	if s := g.byCode[was.code]; s == nil || s.Tier == product.TierSecondary || slices.Contains(onceInHierarchy, was.role) {
		return
	}
	kinds := []string{was.role}
	if was.role == distributionPoint {
		kinds = append(kinds, pullDistributionPoint)
	}
	for _, kind := range kinds {
		g.preferences = append(g.preferences, preference{removal, readyID(was.code, kind), func() []string {
			var ids []string
			for _, a := range g.rolesAt(was.code, was.role) {
				if g.kindOf(a) == kind {
					ids = append(ids, idOf(a.code, a.host, a.role))
				}
			}
			return ids
		}})
	}
}

// openings are the steps after which roles take the traffic of gateways.
func (g *graph) openings() []string {
	var ids []string
	for _, a := range g.assigned {
		if opensGateway(&g.reading, a) {
			ids = append(ids, idOf(a.code, a.host, a.role), idOf(a.code, a.host, a.role, DoEnableGateway))
		}
	}
	return ids
}

// closings are the steps that keep the traffic of gateways out where it is let in: of one
// site, with that of sites without a connection point of their own, or of all.
func (g *graph) closings(siteCode string) []string {
	var ids []string
	for _, was := range g.from.assigned {
		if g.opensBefore(was) && (siteCode == "" || was.code == siteCode || len(g.from.rolesAt(was.code, gatewayConnection)) == 0) {
			ids = append(ids, removedID(was.code, was.host, was.role), closedID(was))
		}
	}
	return ids
}

// removalsOf are the steps that remove a role, of one site or of all.
func (g *graph) removalsOf(role, siteCode string) []string {
	var ids []string
	for _, was := range g.from.assigned {
		if was.role == role && (siteCode == "" || was.code == siteCode) && g.leaving(was) {
			ids = append(ids, removedID(was.code, was.host, was.role))
		}
	}
	return ids
}

// beforeRemovalOf returns what has to be done before a role is removed.
func (g *graph) beforeRemovalOf(was *assigned) []string {
	var needs []string
	switch was.role {
	case distributionPoint:
		// What pulls from it pulls from another one by then, or is gone.
		for _, other := range g.from.assigned {
			sources, _ := pullSources(&g.from.reading, block(&g.from.reading, other.DistributionPoint))
			if !slices.ContainsFunc(sources, func(s pullSource) bool { return s.host == was.host }) {
				continue
			}
			needs = append(needs, removedID(other.code, other.host, other.role), settingsID(other))
			if other.own && !g.kept(other.code) {
				needs = append(needs, siteRemovedID(other.code))
			}
		}
	case managementPoint:
		for _, s := range g.from.Sites {
			if s.Parent == was.code && s.Tier == product.TierSecondary && !g.kept(s.Code) {
				needs = append(needs, siteRemovedID(s.Code))
			}
		}
	case softwareUpdatePoint:
		for _, s := range g.from.Sites {
			if s.Parent == was.code {
				needs = append(needs, g.removalsOf(softwareUpdatePoint, s.Code)...)
			}
		}
	case reportingServicesPoint:
		needs = g.removalsOf(dataWarehouse, was.code)
	case enrollmentPoint:
		needs = g.removalsOf(enrollmentProxyPoint, was.code)
	case gatewayConnection:
		needs = g.closings(was.code)
	case serviceConnectionPoint:
		for _, gw := range g.leavingGateways() {
			needs = append(needs, gatewayRemovedID(gw))
		}
	}
	if passive, ok := read(&g.from.reading, g.from.Site(was.code).Declared.PassiveHost()); ok && passive == was.host && g.expanded(was.code) {
		needs = append(needs, passiveRemovedID(was.code))
	}
	return needs
}

// removeSystems removes the site systems that the design has nothing on.
func (g *graph) removeSystems(remove func(Step, ...string)) {
	used := func(d *Design) map[string]bool {
		hosts := map[string]bool{}
		for _, a := range d.assigned {
			hosts[idOf(a.code, a.host)] = true
		}
		for host, s := range d.servers {
			if site, ok := read(&d.reading, s.Site); ok {
				hosts[idOf(code(site), host)] = true
			}
		}
		return hosts
	}
	stays := used(g.Design)
	for _, key := range slices.Sorted(maps.Keys(used(g.from))) {
		siteCode, host, _ := strings.Cut(key, "/")
		was := g.from.Site(siteCode)
		if was == nil || was.Server == host || g.kept(siteCode) && (stays[key] || g.byCode[siteCode].Server == host) {
			continue
		}
		if passive, ok := read(&g.from.reading, was.Declared.PassiveHost()); ok && passive == host {
			continue // it goes with its part of the site
		}
		var needs []string
		for _, a := range g.from.assigned {
			if a.code == siteCode && a.host == host {
				needs = append(needs, removedID(a.code, a.host, a.role))
			}
		}
		remove(Step{ID: removedID(siteCode, host, siteSystem), SiteCode: siteCode, Server: host, Role: siteSystem, Command: &Command{Cmdlet: "Remove-CMSiteSystemServer", Parameters: []Parameter{
			{"SiteSystemServerName", host}, {"SiteCode", siteCode}, {"Force", true},
		}}}, needs...)
	}
}

// staysMember reports whether a site system keeps a role that has it in boundary groups, and
// with it its groups until it is taken out of them.
func (g *graph) staysMember(siteCode, host string) bool {
	return slices.ContainsFunc([]string{managementPoint, distributionPoint}, func(role string) bool {
		a := g.roleAt(siteCode, host, role)
		return a != nil && a.installed && g.from.roleAt(siteCode, host, role) != nil
	})
}

// joining are the site systems that boundary groups lack of those that they are to have.
func (g *graph) joining(siteCode string, groups map[string][]string) map[string][]string {
	if g.from == nil || !g.kept(siteCode) {
		return groups
	}
	before := g.from.groupsOf(g.from.rolesOf(siteCode))
	joining := map[string][]string{}
	for name, hosts := range groups {
		hosts = slices.DeleteFunc(slices.Clone(hosts), func(host string) bool {
			return slices.Contains(before[name], host) && g.staysMember(siteCode, host)
		})
		if len(hosts) > 0 {
			joining[name] = hosts
		}
	}
	return joining
}

// leaveGroups takes site systems out of the boundary groups that the design does not have
// them in, after others are in. A server without a role for them is in none any more.
func (g *graph) leaveGroups(remove func(Step, ...string)) {
	for _, was := range g.from.Sites {
		if !g.kept(was.Code) {
			continue
		}
		now, before := g.groupsOf(g.rolesOf(was.Code)), g.from.groupsOf(g.from.rolesOf(was.Code))
		for _, name := range slices.Sorted(maps.Keys(before)) {
			hosts := slices.DeleteFunc(slices.Clone(before[name]), func(host string) bool {
				return slices.Contains(now[name], host) || !g.saysGroups(was.Code, host)
			})
			if len(hosts) == 0 {
				continue
			}
			remove(Step{
				ID: idOf(boundaryGroupID(was.Code, name), "removed"), SiteCode: was.Code, Role: BoundaryGroup,
				Command: &Command{Cmdlet: "Set-CMBoundaryGroup", Parameters: []Parameter{{"Name", name}, {"RemoveSiteSystemServerName", hosts}}},
			}, boundaryGroupID(was.Code, name))
		}
	}
}

// BoundaryGroup stands where a step names a role, and is not one.
const BoundaryGroup = "boundary_group"

// saysGroups reports whether the design says which boundary groups a site system is in.
func (d *Design) saysGroups(siteCode, host string) bool {
	return slices.ContainsFunc([]string{managementPoint, distributionPoint}, func(role string) bool {
		a := d.roleAt(siteCode, host, role)
		if a == nil {
			return false
		}
		_, says := d.boundaryGroups(a)
		return says
	})
}

// removePassive removes a site server in passive mode: one that the design lacks, and one
// that was active before.
func (g *graph) removePassive(was *Site, remove func(Step, ...string)) {
	before, had := read(&g.from.reading, was.Declared.PassiveHost())
	s := g.byCode[was.Code]
	if !had || s != nil && g.keepsPassive(s) {
		return
	}
	host, needs := before, []string{}
	if s != nil && g.kept(was.Code) && g.promoted(was, s) {
		host, needs = was.Server, []string{promotedID(was.Code)}
	}
	remove(Step{ID: passiveRemovedID(was.Code), SiteCode: was.Code, Server: host, Role: passiveSiteServer}, needs...)
}

// removeProviders removes the SMS Providers that the design lacks, after another one is
// there. Those of a site that is removed go with it.
func (g *graph) removeProviders(was *Site, remove func(Step, ...string)) {
	s := g.byCode[was.Code]
	if s == nil || !g.kept(was.Code) || was.Tier == product.TierSecondary {
		return
	}
	designed, running := g.providersOf(s.Declared), g.from.providersOf(was.Declared)
	var needs []string
	if !slices.ContainsFunc(designed, func(host string) bool { return slices.Contains(running, host) }) {
		for _, host := range designed {
			needs = append(needs, idOf(was.Code, host, smsProvider))
		}
	}
	for _, host := range running {
		if passive, ok := read(&g.from.reading, was.Declared.PassiveHost()); slices.Contains(designed, host) || ok && passive == host {
			continue
		}
		remove(Step{ID: removedID(was.Code, host, smsProvider), SiteCode: was.Code, Server: host, Role: smsProvider}, needs...)
	}
}

// beforeRemovalOfSite returns what goes before a site: its roles and site systems, its
// gateways, and the sites below it.
func (g *graph) beforeRemovalOfSite(was *Site) []string {
	needs := []string{passiveRemovedID(was.Code)}
	for _, a := range g.from.assigned {
		if a.code == was.Code {
			needs = append(needs, removedID(a.code, a.host, a.role), removedID(a.code, a.host, siteSystem))
		}
	}
	if was.Parent == "" {
		for _, gw := range g.leavingGateways() {
			needs = append(needs, gatewayRemovedID(gw))
		}
	}
	for _, child := range g.from.Sites {
		if child.Parent == was.Code {
			needs = append(needs, siteRemovedID(child.Code))
		}
	}
	return needs
}

// afterRemovals has steps wait for removals: where only one may exist, and where a
// computer had another use.
func (g *graph) afterRemovals(freed map[string][]freedBy) {
	var roots []string // of another hierarchy, or of this one before it loses its top
	for _, was := range g.from.Sites {
		if was.Parent == "" && !g.kept(was.Code) {
			roots = append(roots, siteRemovedID(was.Code))
		}
	}
	for _, n := range g.nodes {
		var hosts []string
		if s := g.byCode[n.SiteCode]; s != nil && (n.Action == DoAddRole || n.Action == DoChangeRole) && g.kept(s.Code) &&
			s.Declared.Communication != model.Known(model.CommunicationHTTPSOnly) {
			n.Requires = append(n.Requires, idOf(s.Code, communicationStep))
		}
		switch n.Action {
		case DoAddRole:
			hosts = []string{n.Server}
			if slices.Contains(onceInHierarchy, n.Role) {
				n.Requires = append(n.Requires, g.removalsOf(n.Role, "")...)
			}
			if s := g.byCode[n.SiteCode]; s != nil && s.Tier == product.TierSecondary {
				n.Requires = append(n.Requires, g.removalsOf(n.Role, n.SiteCode)...) // it has each role once
			}
		case DoAddSiteSystem, DoAddProvider:
			hosts = []string{n.Server}
		case DoAddPassive:
			hosts = []string{n.Server}
			n.Requires = append(n.Requires, passiveRemovedID(n.SiteCode), promotedID(n.SiteCode))
		case DoCreateGateway:
			for _, a := range g.assigned {
				if a.role == serviceConnectionPoint {
					n.Requires = append(n.Requires, settingsID(a))
				}
			}
			for _, gw := range g.leavingGateways() {
				n.Requires = append(n.Requires, gatewayRemovedID(gw))
			}
		case DoSetup, DoNewSecondarySite:
			s := g.sites[n.SiteCode]
			hosts = append([]string{n.Server}, g.databaseComputers(s)...)
			if first, ok := read(&g.reading, firstProvider(s)); ok {
				hosts = append(hosts, first)
			}
			n.Requires = append(n.Requires, siteRemovedID(n.SiteCode))
			if !s.Parent.IsKnown() {
				n.Requires = append(n.Requires, roots...)
			}
			if child := g.expandedBy(s); child != nil {
				n.Requires = append(n.Requires, g.leftBeforeExpansion(code(child))...)
			}
		case DoMoveLibrary:
			if s := g.byCode[n.SiteCode]; s != nil {
				n.Requires = append(n.Requires, removedID(s.Code, s.Server, distributionPoint))
			}
		}
		var before []string // the roles that a site system of the site may still have
		for _, host := range hosts {
			for _, f := range freed[host] {
				if (n.Action == DoAddRole || n.Action == DoAddSiteSystem) && f.siteCode == n.SiteCode && g.kept(n.SiteCode) {
					before = append(before, f.step)
				} else {
					n.Requires = append(n.Requires, f.step)
				}
			}
		}
		if len(before) > 0 {
			g.preferences = append(g.preferences, preference{step: n.ID, after: func() []string { return before }})
		}
	}
}

// leftBeforeExpansion are the steps that remove what a stand-alone primary site gives up
// before it gets a central administration site.
func (g *graph) leftBeforeExpansion(siteCode string) []string {
	needs := []string{passiveRemovedID(siteCode)}
	for _, role := range leaveBeforeExpansion {
		needs = append(needs, g.removalsOf(role, siteCode)...)
	}
	for _, gw := range g.leavingGateways() {
		needs = append(needs, gatewayRemovedID(gw))
	}
	return needs
}
