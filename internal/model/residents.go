package model

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

// Residents returns what each computer carries, by host name: site servers first,
// then SMS Providers, then assigned roles; and whether nothing is left that is not
// known yet.
func (t *Topology) Residents() (byHost map[string][]Resident, complete bool) {
	x := t.Index
	if x.residents == nil {
		x.residents, x.residentsKnown = t.findResidents()
	}
	return x.residents, x.residentsKnown
}

func (t *Topology) findResidents() (byHost map[string][]Resident, complete bool) {
	byHost, complete = make(map[string][]Resident, len(t.Index.computers)), !t.Index.Open
	add := func(host Value[string], r Resident) {
		name, okHost := t.FullName(host).Get()
		code, okSite := r.Site.NormalizedCode().Get()
		if !okHost || !okSite {
			complete = false
			return
		}
		r.Code = code
		byHost[name] = append(byHost[name], r)
	}
	for _, s := range SortedSites(t.Sites) {
		set := Resident{Site: s, Anchor: true, Exists: Installed(s.Installed), On: s}
		set.Name, set.At = "site server", At("site_server")
		add(s.Server, set)
		if s.PassiveServer.IsUnknown() {
			complete = false // it may turn out to be none
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
		complete = complete && ok
		for _, host := range providers {
			if !knownEqual(host, s.Server) { // it goes with the site server
				add(host, Resident{Site: s, Name: "SMS Provider", Anchor: true, Exists: Installed(s.Installed), On: s, At: At("sms_providers")})
			}
		}
	}
	atServer := At("server")
	for _, a := range t.Assignments {
		role := a.CatalogRole()
		if role == nil {
			complete = false // it may be none of the computer's
		} else if role.IsSiteSystemRole() {
			add(a.Host(), Resident{Site: a.DeclaredSite(), Name: RoleNameOf(a), Exists: Installed(a.Installed), On: a, At: atServer})
		}
	}
	return byHost, complete
}

// isExternal reports whether a site is not listed in the hierarchy.
func (t *Topology) isExternal(s *Site) bool {
	code, ok := s.NormalizedCode().Get()
	return ok && t.Index.Sites[code] == nil
}
