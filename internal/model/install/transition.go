package install

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Transition reads a hierarchy whose plan does not begin with nothing, but with another
// hierarchy that runs: what is there already has no steps, whatever the design says of it
// in installed, and what differs has steps that add, change, move and remove.
//
// Nothing is removed before what takes its place is there, except where only one may
// exist, where a computer gets another use, and where the product asks for it. A site is
// the same one while its type and its site server stay, or its site server in passive mode
// takes over; a stand-alone primary site may get a central administration site above it, and
// lose it again. Any other site is removed and set up anew.
//
// The elements of both hierarchies belong to the design from then on.
func Transition(existing, designed *model.Hierarchy) *Design {
	d := Read(designed)
	d.from = Read(existing)
	d.keepSites()
	d.keepGateways()
	d.keepRoles()
	return d
}

// Existing is the hierarchy that the plan begins with, nil for nothing.
func (d *Design) Existing() *Design { return d.from }

// onceInHierarchy are the roles that a hierarchy may have once (the rules
// ROLE-CARD-SCP-HIER, ROLE-CARD-AISP-HIER, ROLE-CARD-EPP-HIER and ROLE-CARD-DWSP-HIER, with
// their articles): one that moves is removed first.
var onceInHierarchy = []string{assetIntelligence, dataWarehouse, endpointProtection, serviceConnectionPoint}

// kept reports whether a site of the design runs already.
func (d *Design) kept(siteCode string) bool {
	s := d.sites[siteCode]
	return s != nil && d.is(s.Installed)
}

// keepSites decides which sites of the design run already.
func (d *Design) keepSites() {
	for _, s := range d.Sites { // parents come first
		was := d.from.Site(s.Code)
		kept := was != nil && was.Declared.Type == s.Declared.Type && d.sameServer(was, s) && d.sameParent(was, s)
		s.Declared.Installed = model.Known(kept)
	}
}

func (d *Design) sameServer(was, s *Site) bool { return was.Server == s.Server || d.promoted(was, s) }

// promoted reports whether the site server in passive mode takes over.
func (d *Design) promoted(was, s *Site) bool {
	passive, ok := read(&d.from.reading, was.Declared.PassiveHost())
	return ok && was.Server != s.Server && passive == s.Server
}

// sameParent reports whether a site can stay below its parent, or get one, or lose it.
func (d *Design) sameParent(was, s *Site) bool {
	switch {
	case was.Parent == s.Parent:
		return s.Parent == "" || d.byCode[s.Parent] == nil && d.from.byCode[s.Parent] == nil || d.kept(s.Parent) && d.from.byCode[s.Parent] != nil
	case s.Tier == product.TierSecondary:
		return false
	case was.Parent == "":
		return d.byCode[s.Parent] != nil && d.from.byCode[s.Parent] == nil
	default:
		return s.Parent == "" && d.from.byCode[was.Parent] != nil && d.byCode[was.Parent] == nil
	}
}

// detached reports whether a site loses its central administration site.
func (d *Design) detached(s *Site) bool {
	if d.from == nil || !d.kept(s.Code) {
		return false
	}
	return s.Parent == "" && d.from.Site(s.Code).Parent != ""
}

// expanded reports whether a site that runs gets a central administration site.
func (d *Design) expanded(siteCode string) bool {
	s := d.byCode[siteCode]
	return s != nil && d.kept(siteCode) && s.Parent != "" && d.from.Site(siteCode).Parent == ""
}

// keepGateways decides which gateways are there already: those of a top-level site that
// stays what it is.
func (d *Design) keepGateways() {
	stays := slices.ContainsFunc(d.Sites, func(s *Site) bool {
		return s.Parent == "" && d.kept(s.Code) && d.from.Site(s.Code).Parent == ""
	})
	for _, gw := range d.gateways {
		was := slices.ContainsFunc(d.from.gateways, func(o *model.Gateway) bool {
			return gatewayName(o) == gatewayName(gw) && model.Folded(o.SiteCode, model.FoldCode) == model.Folded(gw.SiteCode, model.FoldCode)
		})
		gw.Installed = model.Known(stays && was)
	}
}

// leavingGateways are the gateways that are there and do not stay.
func (d *Design) leavingGateways() []*model.Gateway {
	return slices.DeleteFunc(slices.Clone(d.from.gateways), func(o *model.Gateway) bool {
		return slices.ContainsFunc(d.gateways, func(gw *model.Gateway) bool { return gatewayName(gw) == gatewayName(o) && d.is(gw.Installed) })
	})
}

// keepRoles decides which roles are there already.
func (d *Design) keepRoles() {
	leaving := len(d.leavingGateways()) > 0
	for _, a := range d.assigned {
		was := d.from.roleAt(a.code, a.host, a.role)
		a.installed = was != nil && d.kept(a.code)
		switch {
		case a.own: // it comes and goes with its site
			a.installed = d.kept(a.code)
		case d.expanded(a.code) && slices.Contains(leaveBeforeExpansion, a.role), leaving && a.role == gatewayConnection, d.becomesPassive(a.code, a.host):
			a.installed = false
		}
	}
}

// becomesPassive reports whether a computer gets the part of the site server in passive
// mode: it has no roles by then.
func (d *Design) becomesPassive(siteCode, host string) bool {
	s := d.byCode[siteCode]
	if s == nil || !d.kept(siteCode) {
		return false
	}
	passive, ok := read(&d.reading, s.Declared.PassiveHost())
	return ok && passive == host && !d.keepsPassive(s)
}

// keepsPassive reports whether the site server in passive mode of the design is there
// already: before, or as the one that was active.
func (d *Design) keepsPassive(s *Site) bool {
	if d.from == nil || !d.kept(s.Code) || d.expanded(s.Code) {
		return false
	}
	was := d.from.Site(s.Code)
	passive, ok := read(&d.reading, s.Declared.PassiveHost())
	before, had := read(&d.from.reading, was.Declared.PassiveHost())
	if d.promoted(was, s) {
		return ok && passive == was.Server
	}
	return ok && had && passive == before
}

// roleAt returns a role assignment, nil where there is none.
func (d *Design) roleAt(siteCode, host, role string) *assigned {
	for _, a := range d.byRole[idOf(siteCode, role)] {
		if a.host == host {
			return a
		}
	}
	return nil
}

// Ids of the steps of a transition.
func removedID(siteCode, host, role string) string { return idOf(siteCode, host, role+"_removed") }
func siteRemovedID(siteCode string) string         { return idOf(siteCode, "site_removed") }
func passiveRemovedID(siteCode string) string {
	return idOf(siteCode, passiveSiteServer+"_removed")
}
func gatewayRemovedID(gw *model.Gateway) string { return idOf(gateway, gatewayName(gw), "removed") }
func promotedID(siteCode string) string         { return idOf(siteCode, "promotion") }
func settingsID(a *assigned) string             { return idOf(a.code, a.host, a.role, "settings") }
func closedID(a *assigned) string               { return idOf(a.code, a.host, a.role, DoDisableGateway) }

// transition adds the steps that change and remove what is there.
func (g *graph) transition() {
	if g.from == nil {
		return
	}
	for _, s := range g.Sites {
		if g.kept(s.Code) {
			g.changeSite(s, g.from.Site(s.Code))
		}
	}
	for _, a := range g.assigned {
		if was := g.from.roleAt(a.code, a.host, a.role); a.installed && was != nil {
			g.changeRole(a, was)
		}
	}
	g.changeSystems()
	g.closeGateways()
	freed := g.removals()
	g.afterRemovals(freed)
}

// changeSystems gives site systems that are there the settings of the design.
func (g *graph) changeSystems() {
	for _, host := range slices.Sorted(maps.Keys(g.servers)) {
		was := g.from.servers[host]
		site, ok := read(&g.reading, g.servers[host].Site)
		if was == nil || !ok || !g.kept(code(site)) {
			continue
		}
		siteCode := code(site)
		if before, ok := read(&g.from.reading, was.Site); !ok || code(before) != siteCode || g.byCode[siteCode].Server == host {
			continue
		}
		now := g.newSiteSystem(siteCode, host)
		if old := (&graph{Design: g.from}).newSiteSystem(siteCode, host); !now.Known() || now.Line() == old.Line() {
			continue
		}
		now.Cmdlet = "Set-CMSiteSystemServer"
		g.add(Step{ID: idOf(siteCode, host, siteSystem, "settings"), Phase: PhaseRoles, Action: DoChangeSiteSystem, SiteCode: siteCode, Server: host, Command: now},
			append(g.register(accountsIn(now, g.registrar(siteCode))), g.base(siteCode))...)
	}
}

// knowsAccount reports whether a site that runs has an account registered already, as far
// as it is known.
func (g *graph) knowsAccount(a Account) bool {
	if g.from == nil || !g.kept(a.SiteCode) {
		return false
	}
	return g.from.registered()[a.SiteCode+"/"+a.key()]
}

// registered are the accounts that the sites, their roles and site systems name, by the
// code of the site and their keys.
func (d *Design) registered() map[string]bool {
	if d.accounts != nil {
		return d.accounts
	}
	d.accounts = map[string]bool{}
	g := &graph{Design: d}
	know := func(accounts []Account) {
		for _, a := range accounts {
			d.accounts[a.SiteCode+"/"+a.key()] = true
		}
	}
	for _, a := range d.assigned {
		command, _ := commandOf(a.role, a.Assignment)
		know(accountsIn(command, d.registrar(a.code)))
		know(accountsIn(g.newSiteSystem(a.code, a.host), d.registrar(a.code)))
	}
	for siteCode, s := range d.sites {
		names, _ := texts(&d.reading, s.AccessAccounts)
		for _, name := range names {
			know([]Account{{SiteCode: siteCode, Name: name}})
		}
	}
	return d.accounts
}

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
			needs = append(needs, removedID(other.code, other.host, other.role), idOf(other.code, other.host, other.role, "settings"))
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

// opensGateway reports whether a role takes the traffic of gateways.
func opensGateway(r *reading, a *assigned) bool {
	switch a.role {
	case managementPoint:
		return orDefault(r, block(r, a.ManagementPoint).AllowCMGTraffic, false)
	case softwareUpdatePoint:
		return orDefault(r, block(r, a.SoftwareUpdatePoint).AllowCMGTraffic, false)
	}
	return false
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
				ID: idOf(boundaryGroupID(was.Code, name), "removed"), SiteCode: was.Code, Role: boundaryGroup,
				Command: &Command{Cmdlet: "Set-CMBoundaryGroup", Parameters: []Parameter{{"Name", name}, {"RemoveSiteSystemServerName", hosts}}},
			}, boundaryGroupID(was.Code, name))
		}
	}
}

// boundaryGroup stands where a step names a role, and is not one.
const boundaryGroup = "boundary_group"

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

// changeSite adds the steps that change a site that runs.
func (g *graph) changeSite(s, was *Site) {
	siteCode, ready := s.Code, g.base(s.Code)
	if g.detached(s) {
		g.linked(s.Declared, s.Server, siteRemovedID(was.Parent))
	}
	if g.promoted(was, s) {
		g.add(Step{ID: promotedID(siteCode), Phase: PhaseAvailability, Action: DoPromote, SiteCode: siteCode, Server: s.Server, Role: siteServer})
	}
	step := func(name, action string, command *Command, needs ...string) {
		g.add(Step{ID: idOf(siteCode, name), Phase: PhaseSites, Action: action, SiteCode: siteCode, Command: command}, append(needs, ready)...)
	}
	g.changeCommunication(s, was, step)
	// It moves back to a local folder (remote content library, 2021-08-02).
	if _, remote := read(&g.from.reading, was.Declared.ContentLibraryPath); remote && s.Declared.ContentLibraryPath.IsNull() {
		p := &parameters{}
		p.add("NewLocation", placeholderLocalLibrary)
		p.add("SiteCode", siteCode)
		g.add(Step{ID: idOf(siteCode, "content_library"), Phase: PhaseAvailability, Action: DoMoveLibrary, SiteCode: siteCode, Command: p.command("Move-CMContentLibrary")},
			ready, passiveRemovedID(siteCode))
	}
	before := map[string]int64{}
	for _, port := range g.allClientPorts(was.Declared) {
		before[port.name] = port.number
	}
	for _, port := range g.allClientPorts(s.Declared) {
		if port.number != before[port.name] {
			step("client_port_"+port.name, DoClientPorts, port.command)
		}
	}
	g.changeAccessAccounts(s, was, step)
	g.changeVersion(s, was, step)
	if s.Declared.Database.IsKnown() && was.Declared.Database.IsKnown() && differs(s.Declared.DeclaredDatabase(), was.Declared.DeclaredDatabase()) {
		step("database_change", DoChangeDatabase, nil)
	}
}

// changeCommunication sets how clients talk to a site: before its roles allow HTTP, and
// after none of them does where the site accepts HTTPS only.
func (g *graph) changeCommunication(s, was *Site, step func(string, string, *Command, ...string)) {
	now, ok := read(&g.reading, s.Declared.Communication)
	c := g.communication(s.Declared)
	if !ok || c == nil || s.Declared.Communication == was.Declared.Communication {
		return
	}
	var after []string
	if now == model.CommunicationHTTPSOnly {
		for _, a := range g.from.assigned {
			if a.code == s.Code {
				after = append(after, removedID(a.code, a.host, a.role), idOf(a.code, a.host, a.role, "settings"))
			}
		}
	}
	step(communicationStep, DoCommunication, c, after...)
}

// communicationStep ends the ids of the steps that set how clients talk to a site.
const communicationStep = "client_communication"

func (g *graph) changeAccessAccounts(s, was *Site, step func(string, string, *Command, ...string)) {
	now, declared := texts(&g.reading, s.Declared.AccessAccounts)
	before, _ := texts(&g.from.reading, was.Declared.AccessAccounts)
	if !declared {
		return
	}
	without := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(name string) bool {
			return slices.ContainsFunc(other, func(o string) bool { return strings.EqualFold(o, name) })
		})
	}
	added, removed := without(now, before), without(before, now)
	p := &parameters{}
	p.add("SiteCode", s.Code)
	var accounts []Account
	if len(added) > 0 {
		p.add("AddNetworkAccessAccountName", added)
		for _, name := range added {
			accounts = append(accounts, Account{SiteCode: s.Code, Name: name})
		}
	}
	if len(removed) > 0 {
		p.add("RemoveNetworkAccessAccountName", removed)
	}
	if len(p.list) > 1 {
		step("network_access_accounts", DoAccessAccounts, p.command("Set-CMSoftwareDistributionComponent"), g.register(accounts)...)
	}
}

// changeVersion updates a site. Those below the top-level site get the update from it.
func (g *graph) changeVersion(s, was *Site, step func(string, string, *Command, ...string)) {
	read(&g.reading, s.Declared.Version)
	now, ok := s.Declared.EffectiveVersion(product.DefaultVersion).Get()
	before, known := was.Declared.EffectiveVersion(product.DefaultVersion).Get()
	if !ok || !known || now == before || s.Declared.Version.IsNull() || product.CheckUpdate(before, now) != nil {
		return // what the product refuses is told in Refusals
	}
	command := updateCommand(s.Declared)
	if s.Parent != "" {
		command = nil
	}
	step(DoUpdateSite, DoUpdateSite, command, idOf(s.Parent, DoUpdateSite))
}

// Refusals are what the product refuses of the way to the design, so that no step does it,
// a site each: versions that a site that runs cannot be updated to. They are nil where the
// plan begins with nothing.
func (d *Design) Refusals() []Problem {
	if d.from == nil {
		return nil
	}
	var list []Problem
	for _, s := range d.Sites {
		if !d.kept(s.Code) || s.Declared.Version.IsNull() {
			continue
		}
		now, ok := s.Declared.EffectiveVersion(product.DefaultVersion).Get()
		before, known := d.from.Site(s.Code).Declared.EffectiveVersion(product.DefaultVersion).Get()
		if !ok || !known {
			continue
		}
		if err := product.CheckUpdate(before, now); err != nil {
			list = append(list, Problem{Path: s.At.Attr("version"), Message: err.Error()})
		}
	}
	return list
}

// differs reports whether a settings block says something else than another one: what it
// leaves to the product, and what the other one does not know, is no difference, but what
// it has no longer is one where its absence says something.
func differs[T any](now, before model.Value[*T]) bool {
	a, _ := now.Get()
	b, _ := before.Get()
	if a == nil {
		a = new(T)
	}
	if b == nil {
		b = new(T)
	}
	old := model.Encode(b)
	for name, value := range model.Encode(a) {
		switch {
		case name == "boundary_groups": // which have steps of their own
		case value == nil && slices.Contains(absent, name):
			if old[name] != nil {
				return true
			}
		case value == nil:
		case !reflect.DeepEqual(value, old[name]):
			return true
		}
	}
	return false
}

// absent are settings whose absence says that there is none.
var absent = []string{"pull_sources", "pxe", "multicast", "database_replica", "availability_group", "failover_cluster"}

// roleDiffers reports whether a role has other settings than the one that is there.
func roleDiffers(a, was *model.Assignment) bool {
	return differs(a.ManagementPoint, was.ManagementPoint) || differs(a.DistributionPoint, was.DistributionPoint) ||
		differs(a.SoftwareUpdatePoint, was.SoftwareUpdatePoint) || differs(a.ReportingServicesPoint, was.ReportingServicesPoint) ||
		differs(a.ServiceConnectionPoint, was.ServiceConnectionPoint) || differs(a.EnrollmentPoint, was.EnrollmentPoint) ||
		differs(a.EnrollmentProxyPoint, was.EnrollmentProxyPoint) || differs(a.GatewayConnection, was.GatewayConnection) ||
		differs(a.DataWarehouse, was.DataWarehouse) || differs(a.CertificateRegistration, was.CertificateRegistration)
}

// changeRole adds the steps that give a role that is there its settings.
func (g *graph) changeRole(a, was *assigned) {
	if !roleDiffers(a.Assignment, was.Assignment) {
		return
	}
	opened, opens := opensGateway(&g.from.reading, was), opensGateway(&g.reading, a)
	command := changeOf(a)
	if command != nil && !command.Known() {
		g.open = true
		return
	}
	needs := append(g.register(accountsIn(command, g.registrar(a.code))), g.base(a.code))
	switch a.role {
	case distributionPoint:
		needs = append(needs, g.pullRequirements(a)...)
	case serviceConnectionPoint: // gateways need one that is online
		for _, gw := range g.leavingGateways() {
			needs = append(needs, gatewayRemovedID(gw))
		}
	}
	g.add(Step{
		ID: settingsID(a), Phase: g.phaseOfRole(a), Action: DoChangeRole, SiteCode: a.code, Server: a.host, Role: a.role, Command: command,
	}, needs...)
	if opens && !opened {
		g.openGateway(a)
	}
}

// openGateway lets the traffic of gateways in at a role that is there.
func (g *graph) openGateway(a *assigned) {
	command, _ := commandOf(a.role, a.Assignment)
	g.enableGateway(a, command)
}

// closeGateways keeps the traffic of gateways out: where the design does not let it in
// any more, and for as long as gateways are replaced.
func (g *graph) closeGateways() {
	leaving := g.leavingGateways()
	replaced := len(leaving) > 0
	for _, a := range g.assigned {
		was := g.from.roleAt(a.code, a.host, a.role)
		if !a.installed || was == nil || !g.opensBefore(was) {
			continue
		}
		opens := opensGateway(&g.reading, a)
		if opens && !replaced {
			continue
		}
		g.preferences = append(g.preferences, preference{step: closedID(a), after: g.openings})
		g.add(Step{
			ID: closedID(a), Phase: PhaseCloud, Action: DoDisableGateway, SiteCode: a.code, Server: a.host, Role: a.role,
			Command: &Command{Cmdlet: gatewayCmdlets[a.role], Parameters: []Parameter{{"SiteSystemServerName", a.host}, {"SiteCode", a.code}, {enablesGateway, false}}},
		})
		if opens {
			g.openGateway(a)
			if n := g.byID[idOf(a.code, a.host, a.role, DoEnableGateway)]; n != nil {
				n.Requires = append(n.Requires, closedID(a))
				for _, gw := range leaving {
					n.Requires = append(n.Requires, gatewayRemovedID(gw))
				}
			}
		}
	}
}

// changeOf is the cmdlet that gives a role its settings, nil where it is done by hand.
// Traffic of gateways is let in by a step of its own.
func changeOf(a *assigned) *Command {
	change, ok := changes[a.role]
	if !ok {
		return nil
	}
	p := &parameters{}
	recipes[a.role].place(p, a.Assignment)
	named := len(p.list)
	change.settings(p, a.Assignment)
	p.list = slices.DeleteFunc(p.list, letsGatewayIn)
	if len(p.list) == named && !p.open {
		return nil
	}
	return p.command(change.cmdlet)
}

// updateParameters are the parameters of Set-CMSoftwareUpdatePoint by those of
// Add-CMSoftwareUpdatePoint.
var updateParameters = map[string]string{"WsusSsl": "EnableSsl", "WsusIisPort": "HttpPort", "WsusIisSslPort": "HttpsPort"}

// changes are the cmdlets that change roles, as far as their parameters go. What they
// have no parameter for is done in the console.
var changes = map[string]struct {
	cmdlet   string
	settings func(*parameters, *model.Assignment)
}{
	managementPoint: {"Set-CMManagementPoint", func(p *parameters, a *model.Assignment) {
		managementPointSettings(p, a, "UserName")
		if block(&p.reading, a.ManagementPoint).DatabaseReplica.IsNull() {
			p.add("UseSiteDatabase", true)
		}
	}},
	distributionPoint: {"Set-CMDistributionPoint", func(p *parameters, a *model.Assignment) {
		changedDistributionPoint(p, a)
		if block(&p.reading, a.DistributionPoint).PullSources.IsNull() {
			p.add("EnablePullDP", false)
		}
	}},
	softwareUpdatePoint: {"Set-CMSoftwareUpdatePoint", func(p *parameters, a *model.Assignment) {
		named := len(p.list)
		updateServerParameters(p, block(&p.reading, a.SoftwareUpdatePoint))
		for i := range p.list[named:] { // the cmdlet that adds the role names them otherwise
			if name, ok := updateParameters[p.list[named+i].Name]; ok {
				p.list[named+i].Name = name
			}
		}
	}},
	serviceConnectionPoint: {"Set-CMServiceConnectionPoint", connectionSettings},
}
