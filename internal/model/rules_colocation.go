package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 6: what may share a computer, and what needs one of its own.

var colocationRules = slices.Concat(
	sharedComputerRules,     // of two sites
	siteServerRules,         // of a site server, and of the database beside it
	sharedDistributionRules, // of a distribution point and its settings
	sharedRoleRules,         // of another role
	separationRules,         // recommended
)

var (
	versionReassignDistributionPoint = milestone{1802, articleDistributionPoints.At("Reassign a distribution point")}
	versionPXEResponder              = milestone{1806, articleWhatsNew1806.At("Improvements to PXE-enabled distribution points")}
	versionResponderBesideDHCP       = milestone{1902, articleDistributionPoints.At("PXE")}
	versionCertificateRegistration   = milestone{2203, articleSiteSystemRoles.At("Certificate registration point")} // not supported from here on
)

// resident is what a computer carries of a site: what Setup puts there, or an
// assigned role. A database is none: one computer with SQL Server may serve several
// sites.
type resident struct {
	site   *Site
	code   string // normalised site code
	name   string // "site server", "management point"
	anchor bool   // site server, passive site server or SMS Provider
	exists bool   // installed, not only designed
	on     declared
	at     Path
}

// residents returns what each computer carries, by host name: site servers first,
// then SMS Providers, then assigned roles; and whether nothing is left that is not
// known yet.
func (t *Topology) residents() (byHost map[string][]resident, complete bool) {
	x := t.index
	if x.residents == nil {
		x.residents, x.residentsKnown = t.findResidents()
	}
	return x.residents, x.residentsKnown
}

func (t *Topology) findResidents() (byHost map[string][]resident, complete bool) {
	byHost, complete = make(map[string][]resident, len(t.index.computers)), !t.index.open
	add := func(host Value[string], r resident) {
		name, okHost := folded(host, foldHost).Get()
		code, okSite := r.site.code().Get()
		if !okHost || !okSite {
			complete = false
			return
		}
		r.code = code
		byHost[name] = append(byHost[name], r)
	}
	for _, s := range sortedSites(t.Sites) {
		set := resident{site: s, anchor: true, exists: installed(s.Installed), on: s}
		set.name, set.at = "site server", At("site_server")
		add(s.Server, set)
		if !s.PassiveServer.IsNull() {
			set.name, set.at = "passive site server", At("passive_site_server")
			add(s.PassiveServer, set)
		}
		if parent, ok := s.Parent.Get(); ok && parent.Server.IsKnown() && t.isExternal(parent) {
			add(parent.Server, resident{site: parent, name: "site server", anchor: true, exists: installed(parent.Installed), on: s, at: At("parent")})
		}
	}
	for _, s := range sortedSites(t.Sites) {
		providers, ok := s.providers().Get()
		complete = complete && ok
		for _, host := range providers {
			if !knownEqual(host, s.Server) { // it goes with the site server
				add(host, resident{site: s, name: "SMS Provider", anchor: true, exists: installed(s.Installed), on: s, at: At("sms_providers")})
			}
		}
	}
	atServer := At("server")
	for _, a := range t.Assignments {
		if role := a.role(); role == nil || role.isSiteSystemRole() {
			add(a.host(), resident{site: a.site(), name: roleNameOf(a), exists: installed(a.Installed), on: a, at: atServer})
		}
	}
	return byHost, complete
}

// isExternal reports whether a site is not listed in the hierarchy.
func (t *Topology) isExternal(s *Site) bool {
	code, ok := s.code().Get()
	return ok && t.index.sites[code] == nil
}

// ofOtherSites leaves out what belongs to a site.
func ofOtherSites(list []resident, code string) []resident {
	return slices.DeleteFunc(slices.Clone(list), func(r resident) bool { return r.code == code })
}

// residentList lists residents in a sentence, site by site.
func residentList(list []resident) string {
	var codes []string
	names := map[string][]string{}
	for _, r := range list {
		if !slices.Contains(codes, r.code) {
			codes = append(codes, r.code)
		}
		if !slices.Contains(names[r.code], r.name) {
			names[r.code] = append(names[r.code], r.name)
		}
	}
	slices.Sort(codes)
	parts := make([]string, len(codes))
	for i, code := range codes {
		parts[i] = fmt.Sprintf("%s of site %s", strings.Join(names[code], ", "), code)
	}
	return strings.Join(parts, "; ")
}

// codesOf lists the codes of the sites of residents, sorted.
func codesOf(list []resident) []string {
	codes := make([]string, len(list))
	for i, r := range list {
		codes[i] = r.code
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func elementsOf(list []resident) []declared {
	elements := make([]declared, len(list))
	for i, r := range list {
		elements[i] = r.on
	}
	return elements
}

// isSiteSystemRole reports whether a role is one of a server: connectors and cloud
// services are not.
func (r *Role) isSiteSystemRole() bool { return r.WMIRoleName != "" }

// roleNameOf names the role of an assignment in a list.
func roleNameOf(a *Assignment) string {
	if key, ok := a.Role.Get(); ok {
		return RoleName(key)
	}
	return "a role that is not known yet"
}

// onServer visits the computers that carry something, in the order of their names,
// and makes each the one that findings are about.
func (c *check) onServer(byHost map[string][]resident, visit func(host string, list []resident)) {
	type entry struct {
		host string
		list []resident
	}
	entries := make([]entry, 0, len(byHost))
	for host, list := range byHost {
		entries = append(entries, entry{host, list})
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.host, b.host) })
	for _, e := range entries {
		c.host = e.host
		visit(e.host, e.list)
	}
	c.host = ""
}

// both is the value of a AND b: false as soon as one is known false.
func both(a, b Value[bool]) Value[bool] {
	av, aok := a.Get()
	bv, bok := b.Get()
	switch {
	case aok && !av, bok && !bv:
		return Known(false)
	case aok && bok:
		return Known(true)
	default:
		return Unknown[bool]()
	}
}

// isDeclared reports whether a structural attribute has another value than its
// default, none.
func isDeclared[T any](v Value[T]) Value[bool] {
	if v.IsUnknown() {
		return Unknown[bool]()
	}
	return Known(v.IsKnown())
}

// knownEqual reports whether two host names are known to be equal.
func knownEqual(a, b Value[string]) bool {
	equal, ok := equalHost(a, b).Get()
	return ok && equal
}

// databaseComputers returns the computers that hold the site database: the replicas
// or nodes where the database server is a listener or a cluster.
func (s *Site) databaseComputers() Value[[]Value[string]] {
	db, ok := s.database().Get()
	if !ok || db.AvailabilityGroup.IsUnknown() || db.FailoverCluster.IsUnknown() {
		return Unknown[[]Value[string]]()
	}
	if group, ok := db.AvailabilityGroup.Get(); ok {
		return group.Replicas
	}
	if cluster, ok := db.FailoverCluster.Get(); ok {
		return cluster.Nodes
	}
	return Known([]Value[string]{s.databaseServer()})
}

// holdsDatabase reports whether a computer holds the site database.
func (s *Site) holdsDatabase(fqdn Value[string]) Value[bool] {
	return listsHost(s.databaseComputers(), fqdn)
}
