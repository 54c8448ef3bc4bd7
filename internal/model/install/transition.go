package install

import (
	"slices"

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
