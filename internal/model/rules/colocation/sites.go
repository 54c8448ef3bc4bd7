package colocation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What two sites may share.

var sharedComputerRules = []rule.Rule{
	{
		// Between sites that are all still on paper, or all installed, the defect is the
		// shared computer. COLO-SITE-SERVER-CLEAN is the better word when one of them is
		// about to be installed on a computer that carries the other already.
		ID: "COLO-ONE-SITE-PER-SERVER", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "All roles of a computer belong to one site",
		Why: "Setup of a site, the wizard for a passive site server and the installation of an SMS Provider refuse a computer that carries something of " +
			"another site. For the other roles, one site for each computer is what the documentation describes.",
		Fix: `Give one of the sites another computer, such as site_server = "ps201.contoso.com" or sms_providers = ["prov02.contoso.com"], or assign the ` +
			`role to a server of the other site. Only SQL Server may serve several sites on one computer.`,
		Sources: []product.Source{product.SiteDatabase.At("Remote database server location considerations"), product.SMSProvider.At("Prerequisites"), product.SiteServerHighAvailability.At("Prerequisites"), product.PrerequisiteChecks.At("Existing Configuration Manager server " +
			"components on server")},
		CoveredBy: slices.Concat(rule.OnHost("COLO-SITE-SERVER-CLEAN", "COLO-PASSIVE-NOT-SECONDARY"), rule.OnElement("ROLE-CARD-MP-SEC"),
			rule.OnAttribute("ROLE-SITE-SSP", "ROLE-SITE-PROV")),
		Hierarchy: func(c *rule.Check) {
			residents := c.Topology.Residents()
			c.UndecideIf(!residents.Complete)
			onServer(c, residents, func(host string, list []model.Resident) {
				if len(list) < 2 {
					return
				}
				codes := codesOf(list)
				if len(codes) < 2 {
					return
				}
				v := rule.Violation{
					Related: elementsOf(list), Severity: rule.SeverityWarning,
					Fact:  fmt.Sprintf("%s would carry roles of the sites %s", host, strings.Join(codes, " and ")),
					Found: fmt.Sprintf("%q carries: %s.", host, residentList(list)),
				}
				// A site server stays where it is: it comes first, and the finding belongs
				// to what is beside it.
				owner := list[0]
				if owner.Anchor {
					v.Severity = rule.SeverityError
				}
				guests := ofOtherSites(list, owner.Code)
				guest := guests[len(guests)-1]
				v.On, v.At, v.Site = guest.On, guest.At, guest.Site
				c.Violate(v)
			})
		},
	},
	{
		ID: "COLO-SITE-SERVER-CLEAN", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title:   "A site is installed on a computer without components of another site",
		Why:     "Setup looks for components of Configuration Manager on the computer and does not continue where another site has put some.",
		Fix:     `Name another computer, such as site_server = "ps201.contoso.com". Or take the other site's roles off this one, apply, and add the site after that.`,
		Sources: []product.Source{product.PrerequisiteChecks.At("Existing Configuration Manager server components on server")},
		Hierarchy: func(c *rule.Check) {
			residents := c.Topology.Residents()
			c.UndecideIf(!residents.Complete)
			for _, s := range model.SortedSites(c.Topology.Sites) {
				code, okCode := rule.Decided(c, s.NormalizedCode())
				host, okHost := rule.Decided(c, model.Folded(s.Server, model.FoldHost))
				exists, okExists := rule.Decided(c, s.Installed.OrDefault(false))
				if !okCode || !okHost || !okExists || exists || existed(c, code) {
					continue
				}
				var old []model.Resident
				if c.Topology.Prior != nil {
					old = onlyInstalled(ofOtherSites(c.Topology.Prior.Residents().On(host), code))
				}
				planned := ofOtherSites(residents.On(host), code)
				present := onlyInstalled(planned)
				for _, r := range planned {
					if !r.Exists && len(ofCode(old, r.Code)) > 0 {
						present = append(present, r)
					}
				}
				v := rule.Violation{
					On: s, At: model.At("site_server"), Site: s,
					Fact: fmt.Sprintf("%s would be installed beside another site on %s", s.Label(), host),
				}
				switch {
				case len(present) > 0:
					v.Related = elementsOf(present)
					v.Found = fmt.Sprintf("%q carries already: %s.", host, residentList(present))
				case len(old) > 0 && len(planned) == 0:
					// The same plan removes it: the order is what matters.
					v.Severity = rule.SeverityWarning
					v.Found = fmt.Sprintf("%q carries, until this plan removes it: %s.", host, residentList(old))
					v.Fix = fmt.Sprintf("Remove what the other site has on %s before Setup installs the new one: apply without the new site first.", host)
				default:
					continue
				}
				c.Host = host
				c.Violate(v)
				c.Host = ""
			}
		},
	},
	{
		ID: "COLO-PASSIVE-EMPTY", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer, Versions: "from 1806",
		Title: "A computer that becomes a passive site server carries no role at that moment",
		Why:   "The wizard accepts an empty computer only. Once the passive site server is installed, roles may come back to it.",
		Fix: `Remove the role assignments from the computer and apply, then add passive_site_server and apply; the roles may return after that. Or name ` +
			`an empty computer, such as passive_site_server = "ps102.contoso.com".`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Configurations for the site server in passive mode"), product.SiteServerHighAvailability.At("Limitations")},
		CoveredBy: append(rule.OnHost("COLO-ONE-SITE-PER-SERVER", "COLO-PASSIVE-NOT-SECONDARY"), rule.OnElement("ROLE-SITE-SSP")...),
		Hierarchy: func(c *rule.Check) {
			if c.Topology.Prior == nil {
				return
			}
			planned, before := c.Topology.Residents(), c.Topology.Prior.Residents()
			c.UndecideIf(!before.Complete)
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if s.PassiveServer.IsNull() {
					continue
				}
				code, okCode := rule.Decided(c, s.NormalizedCode())
				host, okHost := rule.Decided(c, model.Folded(s.PassiveServer, model.FoldHost))
				if !okCode || !okHost {
					continue
				}
				// After a promotion the former active site server, with its roles, is the
				// passive one: nothing is added.
				prior := c.Topology.Prior.Index.Sites[code]
				if prior != nil && model.First(prior.IsSiteServer(s.PassiveServer).Get()) {
					continue
				}
				old := onlyInstalled(withoutOwnSetup(before.On(host), code))
				if len(old) == 0 {
					continue
				}
				v := rule.Violation{
					On: s, At: model.At("passive_site_server"), Site: s,
					Fact:  fmt.Sprintf("%s already carries roles and cannot become the passive site server of %s", host, s.Label()),
					Found: fmt.Sprintf("%q carries: %s.", host, residentList(old)),
				}
				if len(withoutOwnSetup(planned.On(host), code)) == 0 {
					v.Severity = rule.SeverityWarning
					v.Found = fmt.Sprintf("%q carries, until this plan removes it: %s.", host, residentList(old))
					v.Fix = "Remove the roles before the passive site server is added: apply without passive_site_server first."
				}
				c.Host = host
				c.Violate(v)
				c.Host = ""
			}
		},
	},
	{
		ID: "COLO-PASSIVE-NOT-SECONDARY", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer, Versions: "from 1806",
		Title:     "A passive site server is not the site server of a secondary site, nor passive for another site",
		Why:       "The wizard that adds a site server in passive mode refuses both.",
		Fix:       `Name a computer that no other site uses, such as passive_site_server = "ps102.contoso.com".`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Add a site server in passive mode")},
		CoveredBy: append(rule.OnHost("COLO-SITE-SERVER-CLEAN"), rule.OnElement("ROLE-SITE-SSP")...),
		Hierarchy: func(c *rule.Check) {
			sites := model.SortedSites(c.Topology.Sites)
			passive := map[string]*model.Site{} // by computer
			for _, s := range sites {
				host, ok := rule.Given(c, s.PassiveServer)
				if !ok {
					continue
				}
				c.Host = model.FoldHost(host)
				other := passive[c.Host]
				if other == nil {
					passive[c.Host] = s
				} else if other.NormalizedCode() != s.NormalizedCode() {
					c.Violate(rule.Violation{
						On: s, At: model.At("passive_site_server"), Site: s, Related: []model.Declared{other},
						Fact:  fmt.Sprintf("%s would be the passive site server of two sites", c.Host),
						Found: fmt.Sprintf("%s and %s both name %q.", other.Label(), s.Label(), c.Host),
					})
				}
				for _, other := range sites {
					if other == s || !c.Holds(model.Both(model.EqualHost(other.Server, s.PassiveServer), other.Is(product.Secondary))) {
						continue
					}
					c.Violate(rule.Violation{
						On: s, At: model.At("passive_site_server"), Site: s, Related: []model.Declared{other},
						Fact:  fmt.Sprintf("the passive site server of %s is the site server of a secondary site", s.Label()),
						Found: fmt.Sprintf("passive_site_server = %q is the site server of %s.", s.PassiveServer, other.Label()),
					})
				}
				c.Host = ""
			}
		},
	},
	{
		ID: "COLO-RCL-UNIQUE-SHARE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair, Versions: "from 1806",
		Title:     "Each remote content library has a path of its own",
		Why:       "A site owns its content library and everything in it. Two libraries on one file server are fine, two sites in one folder are not supported.",
		Fix:       `Give each site its own folder, such as content_library_path = "\\\\fs01\\lib$\\PS1" and "\\\\fs01\\lib$\\PS2".`,
		Sources:   []product.Source{product.RemoteContentLibrary.Source()},
		CoveredBy: rule.AtSite("SITE-CODE-UNIQUE-HIER"),
		Hierarchy: func(c *rule.Check) {
			owner := map[string]*model.Site{}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if s.ContentLibraryPath.IsNull() {
					continue
				}
				path, ok := rule.Decided(c, model.Folded(s.ContentLibraryPath, foldUNC))
				if !ok {
					continue
				}
				other := owner[path]
				if other == nil {
					owner[path] = s
					continue
				}
				c.Violate(rule.Violation{
					On: s, At: model.At("content_library_path"), Site: s, Related: []model.Declared{other},
					Fact:  fmt.Sprintf("the content libraries of %s and %s share one path", other.Label(), s.Label()),
					Found: fmt.Sprintf("content_library_path = %q on both sites.", s.ContentLibraryPath),
					Fix:   ownFolders(other, s),
				})
			}
		},
	},
}

// ownFolders advises two sites with one content library to use a folder each, below the
// one that they share.
func ownFolders(first, second *model.Site) string {
	shared, _ := second.ContentLibraryPath.Get()
	folder := func(s *model.Site) string {
		code, _ := s.NormalizedCode().Get()
		return fmt.Sprintf("%q", strings.TrimRight(shared, `\`)+`\`+code)
	}
	return fmt.Sprintf("Give each site its own folder, such as content_library_path = %s for %s and %s for %s.", folder(first), first.Label(), folder(second), second.Label())
}

// existed reports whether a site was installed before the plan.
func existed(c *rule.Check, code string) bool {
	if c.Topology.Prior == nil {
		return false
	}
	prior := c.Topology.Prior.Index.Sites[code]
	return prior != nil && model.Installed(prior.Installed)
}

// onlyInstalled leaves out what exists on paper only.
func onlyInstalled(list []model.Resident) []model.Resident {
	return selectResidents(list, func(r model.Resident) bool { return r.Exists })
}

// ofCode returns what belongs to a site.
func ofCode(list []model.Resident, code string) []model.Resident {
	return selectResidents(list, func(r model.Resident) bool { return r.Code == code })
}

// withoutOwnSetup leaves out what Setup put there for the site itself: its SMS
// Provider does not stand in the way.
func withoutOwnSetup(list []model.Resident, code string) []model.Resident {
	return selectResidents(list, func(r model.Resident) bool { return !r.Anchor || r.Code != code })
}

func selectResidents(list []model.Resident, keep func(model.Resident) bool) []model.Resident {
	var kept []model.Resident
	for _, r := range list {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// foldUNC normalizes a network path for comparison.
func foldUNC(path string) string {
	path = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(path)), "/", `\`)
	return strings.TrimRight(path, `\`)
}
