package model

import (
	"maps"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Resident is what a computer carries of a site: what Setup puts there, or an
// assigned role. A database is none: one computer with SQL Server may serve several
// sites.
type Resident struct {
	Site   *Site
	Code   string // normalized site code
	Name   string // "site server", "management point"
	Anchor bool   // site server, passive site server or SMS Provider
	Exists bool   // installed, not only designed
	On     Declared
	At     Path
}

// Residents is what the computers of a hierarchy carry.
type Residents struct {
	index *Index
	setUp map[string][]Resident // what Setup puts on a computer, by normalized host name
	// odd are the role assignments whose server is named otherwise than by its name alone,
	// such as with an instance of SQL Server, by that name.
	odd map[string][]*Assignment
	// Complete says that nothing is left that is not known yet.
	Complete bool
}

// Residents returns what each computer carries.
func (t *Topology) Residents() *Residents { return t.Index.residents() }

// On returns what a computer carries, by its normalized host name: site servers first,
// then SMS Providers, then assigned roles. Most computers carry one role: what they carry
// is made when it is asked for.
func (r *Residents) On(host string) []Resident {
	list := slices.Clip(r.setUp[host])
	add := func(roles []*Assignment) {
		for _, a := range roles {
			if resident, ok := assignedResident(a); ok {
				list = append(list, resident)
			}
		}
	}
	if BareHost(host) == host {
		add(r.index.RolesOn(host))
	}
	add(r.odd[host])
	return list
}

// Shared returns the names of the computers that may carry more than one resident,
// sorted.
func (r *Residents) Shared() []string {
	hosts := slices.Clone(r.index.SharedHosts())
	hosts = slices.AppendSeq(hosts, maps.Keys(r.setUp))
	hosts = slices.AppendSeq(hosts, maps.Keys(r.odd))
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

func assignedResident(a *Assignment) (Resident, bool) {
	role := a.CatalogRole()
	code, ok := a.DeclaredSite().NormalizedCode().Get()
	if role == nil || !role.IsSiteSystemRole() || !ok {
		return Resident{}, false
	}
	return Resident{Site: a.DeclaredSite(), Code: code, Name: RoleNameOf(a), Exists: Installed(a.Installed), On: a, At: atServer}, true
}

var atServer = At("server")

func (t *Topology) findResidents() *Residents {
	found := &Residents{index: t.Index, setUp: map[string][]Resident{}, odd: map[string][]*Assignment{}, Complete: !t.Index.Open}
	add := func(host Value[string], r Resident) {
		name, okHost := t.FullName(host).Get()
		code, okSite := r.Site.NormalizedCode().Get()
		if !okHost || !okSite {
			found.Complete = false
			return
		}
		r.Code = code
		found.setUp[name] = append(found.setUp[name], r)
	}
	for _, s := range SortedSites(t.Sites) {
		set := Resident{Site: s, Anchor: true, Exists: Installed(s.Installed), On: s}
		set.Name, set.At = "site server", At("site_server")
		add(s.Server, set)
		if s.PassiveServer.IsUnknown() {
			found.Complete = false // it may turn out to be none
		} else if s.PassiveServer.IsKnown() {
			set.Name, set.At = "passive site server", At("passive_site_server")
			add(s.PassiveServer, set)
		}
		if parent, ok := s.Parent.Get(); ok && parent.Server.IsKnown() && t.isExternal(parent) {
			add(parent.Server, Resident{Site: parent, Name: "site server", Anchor: true, Exists: Installed(parent.Installed), On: s, At: At("parent")})
		}
	}
	for _, s := range SortedSites(t.Sites) {
		providers, ok := s.ProviderHosts().Get()
		found.Complete = found.Complete && ok
		for _, host := range providers {
			if !knownEqual(host, s.Server) { // it goes with the site server
				add(host, Resident{Site: s, Name: "SMS Provider", Anchor: true, Exists: Installed(s.Installed), On: s, At: At("sms_providers")})
			}
		}
	}
	for role := range t.Index.ByRole {
		found.Complete = found.Complete && product.RoleOf(role) != nil
	}
	for _, a := range t.Index.unusual { // the others are on their computer, under its name
		role := a.CatalogRole()
		if role == nil {
			found.Complete = false // it may be none of the computer's
			continue
		}
		if !role.IsSiteSystemRole() {
			continue
		}
		host, ok := a.Host().Get()
		if !ok || !a.DeclaredSite().NormalizedCode().IsKnown() {
			found.Complete = false
			continue
		}
		if name, _ := t.FullName(Known(host)).Get(); name != host {
			found.odd[name] = append(found.odd[name], a)
		}
	}
	return found
}

// isExternal reports whether a site is not listed in the hierarchy.
func (t *Topology) isExternal(s *Site) bool {
	code, ok := s.NormalizedCode().Get()
	return ok && t.Index.Sites[code] == nil
}
