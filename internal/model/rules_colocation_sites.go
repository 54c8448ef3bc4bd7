package model

import (
	"fmt"
	"strings"
)

// What two sites may share.

var sharedComputerRules = []Rule{
	{
		// Between sites that are all still on paper, or all installed, the defect is the
		// shared computer. COLO-SITE-SERVER-CLEAN is the better word when one of them is
		// about to be installed on a computer that carries the other already.
		ID: "COLO-ONE-SITE-PER-SERVER", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
		Title:     "All roles of a computer belong to one site",
		Why:       "Setup of a site, the wizard for a passive site server and the installation of an SMS Provider refuse a computer that carries something of another site. For the other roles, one site for each computer is what the documentation describes.",
		Fix:       `Give one of the sites another computer, such as site_server = "ps201.contoso.com" or sms_providers = ["prov02.contoso.com"], or assign the role to a server of the other site. Only SQL Server may serve several sites on one computer.`,
		Sources:   []Source{articleSiteDatabase.At("Remote database server location considerations"), articleSMSProvider.At("Prerequisites"), articleSiteServerHighAvailability.At("Prerequisites"), articlePrerequisiteChecks.At("Existing Configuration Manager server components on server")},
		CoveredBy: onHost("COLO-SITE-SERVER-CLEAN", "COLO-PASSIVE-NOT-SECONDARY"),
		hierarchy: func(c *check) {
			byHost, complete := c.topology.residents()
			if !complete {
				c.undecide()
			}
			c.onServer(byHost, func(host string, list []resident) {
				if len(list) < 2 {
					return
				}
				codes := codesOf(list)
				if len(codes) < 2 {
					return
				}
				v := violation{
					related: elementsOf(list), severity: SeverityWarning,
					fact:  fmt.Sprintf("%s would carry roles of the sites %s", host, strings.Join(codes, " and ")),
					found: fmt.Sprintf("%q carries: %s.", host, residentList(list)),
				}
				// A site server stays where it is: it comes first, and the finding belongs
				// to what is beside it.
				owner := list[0]
				if owner.anchor {
					v.severity = SeverityError
				}
				guests := ofOtherSites(list, owner.code)
				guest := guests[len(guests)-1]
				v.on, v.at, v.site = guest.on, guest.at, guest.site
				c.violate(v)
			})
		},
	},
	{
		ID: "COLO-SITE-SERVER-CLEAN", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:   "A site is installed on a computer without components of another site",
		Why:     "Setup looks for components of Configuration Manager on the computer and does not continue where another site has put some.",
		Fix:     `Name another computer, such as site_server = "ps201.contoso.com". Or take the other site's roles off this one, apply, and add the site after that.`,
		Sources: []Source{articlePrerequisiteChecks.At("Existing Configuration Manager server components on server")},
		hierarchy: func(c *check) {
			planned, complete := c.topology.residents()
			if !complete {
				c.undecide()
			}
			var before map[string][]resident
			if c.topology.Prior != nil {
				before, _ = c.topology.Prior.residents()
			}
			for _, s := range sortedSites(c.topology.Sites) {
				code, okCode := decided(c, s.code())
				host, okHost := decided(c, folded(s.Server, foldHost))
				exists, okExists := decided(c, s.Installed.OrDefault(false))
				if !okCode || !okHost || !okExists || exists || c.existed(code) {
					continue
				}
				old := onlyInstalled(ofOtherSites(before[host], code))
				present := onlyInstalled(ofOtherSites(planned[host], code))
				for _, r := range ofOtherSites(planned[host], code) {
					if !r.exists && len(ofCode(old, r.code)) > 0 {
						present = append(present, r)
					}
				}
				v := violation{
					on: s, at: At("site_server"), site: s,
					fact: fmt.Sprintf("%s would be installed beside another site on %s", s.label(), host),
				}
				switch {
				case len(present) > 0:
					v.related = elementsOf(present)
					v.found = fmt.Sprintf("%q carries already: %s.", host, residentList(present))
				case len(old) > 0 && len(ofOtherSites(planned[host], code)) == 0:
					// The same plan removes it: the order is what matters.
					v.severity = SeverityWarning
					v.found = fmt.Sprintf("%q carries, until this plan removes it: %s.", host, residentList(old))
					v.fix = fmt.Sprintf("Remove what the other site has on %s before Setup installs the new one: apply without the new site first.", host)
				default:
					continue
				}
				c.host = host
				c.violate(v)
				c.host = ""
			}
		},
	},
	{
		ID: "COLO-PASSIVE-EMPTY", Severity: SeverityError, Basis: Refused, Scope: ScopeServer, Versions: "from 1806",
		Title:     "A computer that becomes a passive site server carries no role at that moment",
		Why:       "The wizard accepts an empty computer only. Once the passive site server is installed, roles may come back to it.",
		Fix:       `Remove the role assignments from the computer and apply, then add passive_site_server and apply; the roles may return after that. Or name an empty computer, such as passive_site_server = "ps102.contoso.com".`,
		Sources:   []Source{articleSiteServerHighAvailability.At("Configurations for the site server in passive mode"), articleSiteServerHighAvailability.At("Limitations")},
		CoveredBy: append(onHost("COLO-ONE-SITE-PER-SERVER", "COLO-PASSIVE-NOT-SECONDARY"), onElement("ROLE-SITE-SSP")...),
		hierarchy: func(c *check) {
			if c.topology.Prior == nil {
				return
			}
			planned, _ := c.topology.residents()
			before, complete := c.topology.Prior.residents()
			if !complete {
				c.undecide()
			}
			for _, s := range sortedSites(c.topology.Sites) {
				if s.PassiveServer.IsNull() {
					continue
				}
				code, okCode := decided(c, s.code())
				host, okHost := decided(c, folded(s.PassiveServer, foldHost))
				if !okCode || !okHost {
					continue
				}
				// After a promotion the former active site server, with its roles, is the
				// passive one: nothing is added.
				prior := c.topology.Prior.index.sites[code]
				if prior != nil && first(prior.isSiteServer(s.PassiveServer).Get()) {
					continue
				}
				old := onlyInstalled(withoutOwnSetup(before[host], code))
				if len(old) == 0 {
					continue
				}
				v := violation{
					on: s, at: At("passive_site_server"), site: s,
					fact:  fmt.Sprintf("%s already carries roles and cannot become the passive site server of %s", host, s.label()),
					found: fmt.Sprintf("%q carries: %s.", host, residentList(old)),
				}
				if len(withoutOwnSetup(planned[host], code)) == 0 {
					v.severity = SeverityWarning
					v.found = fmt.Sprintf("%q carries, until this plan removes it: %s.", host, residentList(old))
					v.fix = "Remove the roles before the passive site server is added: apply without passive_site_server first."
				}
				c.host = host
				c.violate(v)
				c.host = ""
			}
		},
	},
	{
		ID: "COLO-PASSIVE-NOT-SECONDARY", Severity: SeverityError, Basis: Refused, Scope: ScopeServer, Versions: "from 1806",
		Title:     "A passive site server is not the site server of a secondary site, nor passive for another site",
		Why:       "The wizard that adds a site server in passive mode refuses both.",
		Fix:       `Name a computer that no other site uses, such as passive_site_server = "ps102.contoso.com".`,
		Sources:   []Source{articleSiteServerHighAvailability.At("Add a site server in passive mode")},
		CoveredBy: append(onHost("COLO-SITE-SERVER-CLEAN"), onElement("ROLE-SITE-SSP")...),
		hierarchy: func(c *check) {
			sites := sortedSites(c.topology.Sites)
			passive := map[string]*Site{} // by computer
			for _, s := range sites {
				host, ok := s.PassiveServer.Get()
				if !ok {
					if s.PassiveServer.IsUnknown() {
						c.undecide()
					}
					continue
				}
				c.host = foldHost(host)
				other := passive[c.host]
				if other == nil {
					passive[c.host] = s
				} else if other.code() != s.code() {
					c.violate(violation{
						on: s, at: At("passive_site_server"), site: s, related: []declared{other},
						fact:  fmt.Sprintf("%s would be the passive site server of two sites", c.host),
						found: fmt.Sprintf("%s and %s both name %q.", other.label(), s.label(), c.host),
					})
				}
				for _, other := range sites {
					if other == s || !c.holds(both(equalHost(other.Server, s.PassiveServer), other.is(Secondary))) {
						continue
					}
					c.violate(violation{
						on: s, at: At("passive_site_server"), site: s, related: []declared{other},
						fact:  fmt.Sprintf("the passive site server of %s is the site server of a secondary site", s.label()),
						found: fmt.Sprintf("passive_site_server = %q is the site server of %s.", c.host, other.label()),
					})
				}
				c.host = ""
			}
		},
	},
	{
		ID: "COLO-RCL-UNIQUE-SHARE", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair, Versions: "from 1806",
		Title:     "Each remote content library has a path of its own",
		Why:       "A site owns its content library and everything in it. Two libraries on one file server are fine, two sites in one folder are not supported.",
		Fix:       `Give each site its own folder, such as content_library_path = "\\\\fs01\\lib$\\PS1" and "\\\\fs01\\lib$\\PS2".`,
		Sources:   []Source{articleRemoteContentLibrary.Source()},
		CoveredBy: atSite("SITE-CODE-UNIQUE-HIER"),
		hierarchy: func(c *check) {
			owner := map[string]*Site{}
			for _, s := range sortedSites(c.topology.Sites) {
				if s.ContentLibraryPath.IsNull() {
					continue
				}
				path, ok := decided(c, folded(s.ContentLibraryPath, foldUNC))
				if !ok {
					continue
				}
				other := owner[path]
				if other == nil {
					owner[path] = s
					continue
				}
				c.violate(violation{
					on: s, at: At("content_library_path"), site: s, related: []declared{other},
					fact:  fmt.Sprintf("the content libraries of %s and %s share one path", other.label(), s.label()),
					found: fmt.Sprintf("content_library_path = %q on both sites.", s.ContentLibraryPath),
				})
			}
		},
	},
}

// existed reports whether a site was installed before the plan.
func (c *check) existed(code string) bool {
	if c.topology.Prior == nil {
		return false
	}
	prior := c.topology.Prior.index.sites[code]
	return prior != nil && installed(prior.Installed)
}

// onlyInstalled leaves out what exists on paper only.
func onlyInstalled(list []resident) []resident {
	return selectResidents(list, func(r resident) bool { return r.exists })
}

// ofCode returns what belongs to a site.
func ofCode(list []resident, code string) []resident {
	return selectResidents(list, func(r resident) bool { return r.code == code })
}

// withoutOwnSetup leaves out what Setup put there for the site itself: its SMS
// Provider is no obstacle.
func withoutOwnSetup(list []resident, code string) []resident {
	return selectResidents(list, func(r resident) bool { return !r.anchor || r.code != code })
}

func selectResidents(list []resident, keep func(resident) bool) []resident {
	var kept []resident
	for _, r := range list {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// foldUNC normalises a network path for comparison.
func foldUNC(path string) string {
	path = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(path)), "/", `\`)
	return strings.TrimRight(path, `\`)
}
