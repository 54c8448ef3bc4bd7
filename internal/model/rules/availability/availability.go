package availability

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// High availability of the site server.

var highAvailabilityRules = []rule.Rule{
	{
		ID: "HA-SSP-REMOTE-RCL", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "A site with a passive site server has a remote content library",
		Why:   "Both site servers need the content, whichever is active: the wizard refuses a passive site server while the library is on the site server.",
		Fix: `First move the content library to a file server, and say so: content_library_path = "\\\\fs01.contoso.com\\ContentLibrary". Then add the ` +
			`passive site server.`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Content library"), product.RemoteContentLibrary.Source()},
		CoveredBy: append(rule.AtSite("ROLE-SITE-SSP"), rule.OnElement("REF-DISTINCT")...),
		Site: func(c *rule.Check, s *model.Site) {
			if s.PassiveServer.IsNull() {
				return
			}
			passive, ok := rule.Decided(c, s.PassiveServer)
			if !ok {
				return
			}
			v := rule.Violation{
				At:   model.At("content_library_path"),
				Fact: fmt.Sprintf("%s has a passive site server and no remote content library", s.Label()),
			}
			if s.ContentLibraryPath.IsNull() {
				v.Found = fmt.Sprintf("passive_site_server = %q, and content_library_path is not set, so that the library is on the site server.", passive)
				c.Violate(v)
				return
			}
			path, ok := rule.Decided(c, s.ContentLibraryPath)
			if !ok {
				return
			}
			if host := shareHost(path); host == "" || namesComputer(host, passive) || namesComputer(host, model.First(rule.Decided(c, s.Server))) {
				v.Found = fmt.Sprintf("content_library_path = %q leads to a site server of the site.", path)
				c.Violate(v)
			}
		},
	},
	{
		ID: "HA-SSP-REMOTE-DB", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite, Versions: "from 1806",
		Title: "A site with a passive site server has its database on neither of the two, or in an availability group",
		Why: "Both site servers use the same site database. One that is on a site server goes down with it, and after a promotion the site would have to " +
			"find it on the computer that has just been replaced.",
		Fix: `Move the site database to a computer of its own, and name it: database { server = "sql01.contoso.com" }. Or put it into an availability ` +
			`group, of which the active site server may be a node.`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Site database")},
		CoveredBy: append(rule.AtSite("ROLE-SITE-SSP"), rule.OnElement("DB-PROMOTION-KEEPS", "REF-DISTINCT")...),
		Site: func(c *rule.Check, s *model.Site) {
			if s.PassiveServer.IsNull() || !c.Fails(s.DatabaseIsVirtual()) || !c.Holds(s.IsSiteServer(s.DatabaseHost())) {
				return
			}
			if _, ok := rule.Decided(c, s.PassiveServer); !ok {
				return // which may turn out to be none
			}
			v := rule.Violation{
				At:    model.At("passive_site_server"),
				Fact:  fmt.Sprintf("%s has a passive site server, and its database on a site server", s.Label()),
				Found: fmt.Sprintf("passive_site_server = %q, and the database block names no server, so that the database is on %q.", s.PassiveServer, s.Server),
			}
			if db, _ := s.DeclaredDatabase().Get(); !db.Server.IsNull() {
				v.At = model.At("database", "server")
				v.Found = fmt.Sprintf("server = %q in the database block is one of the two site servers, %q and %q.", db.Server, s.Server, s.PassiveServer)
			}
			c.Violate(v)
		},
	},
	{
		ID: "HA-RCL-DP-ELSEWHERE", Severity: rule.SeverityWarning, Basis: rule.SecondarySource, Scope: rule.ScopeSite,
		Title:     "A primary site with a remote content library has a distribution point on another server",
		Why:       "With a remote content library neither site server can hold a distribution point, so that the content reaches clients from other servers only.",
		Fix:       `Assign "distribution_point" to a server of the site that is not one of its site servers.`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Content library"), product.Memlabs.Source()},
		CoveredBy: rule.AtSite("COLO-DP-NOT-ON-RCL"),
		Hierarchy: func(c *rule.Check) {
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if !c.Holds(s.Is(product.Primary)) || s.ContentLibraryPath.IsNull() {
					continue
				}
				path, ok := rule.Decided(c, s.ContentLibraryPath)
				if !ok || hasRemoteDistributionPoint(c, s) {
					continue
				}
				if c.Topology.Index.Open || c.Topology.Hierarchy.Assignments.IsNull() {
					c.Undecide()
					continue
				}
				c.Violate(rule.Violation{
					On: s, At: model.At("content_library_path"), Site: s,
					Fact:  fmt.Sprintf("%s has a remote content library and no distribution point beside its site servers", s.Label()),
					Found: fmt.Sprintf("content_library_path = %q, and no role assignment puts a distribution point on another server of the site.", path),
				})
			}
		},
	},
	libraryDomain,
}

// libraryDomain is the rule about the domain of the file server with a remote content
// library.
var libraryDomain = rule.Rule{
	ID: "HA-RCL-DOMAIN", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
	Title: "The file server of a remote content library is in a domain that the site server trusts",
	Why: "Both site servers write to the share with their computer accounts, which need Full Control of the share and of its files. A file server in " +
		"a workgroup, or in a forest without a trust, cannot grant it to them.",
	Fix:       "Name a share in content_library_path that is on a file server of the domain of the site server, or of one that trusts it.",
	Sources:   []product.Source{product.RemoteContentLibrary.Source(), product.SiteServerHighAvailability.At("Content library")},
	CoveredBy: rule.OnHost("SRV-DOMAIN"),
	Hierarchy: rule.EachSite(func(c *rule.Check, s *model.Site) {
		if s.ContentLibraryPath.IsNull() {
			return
		}
		path, ok := rule.Decided(c, s.ContentLibraryPath)
		if !ok {
			return
		}
		// A share is often named by the first label of its computer alone.
		host, _ := c.Topology.FullName(model.Known(shareHost(path))).Get()
		server, label, related := fileServer(c, host)
		if server == nil {
			c.Undecide() // the hierarchy does not know it
			return
		}
		v := rule.Violation{
			On: s, At: model.At("content_library_path"), Site: s, Related: related,
			Fact: fmt.Sprintf("the content library of %s is on a server without a trust", s.Label()),
		}
		trusted := model.Either(model.EqualHost(server.Domain, s.Domain), model.EqualHost(server.Forest, s.Forest))
		switch {
		case model.KnownTrue(server.Workgroup):
			v.Found = fmt.Sprintf("content_library_path = %q, and %s has workgroup = true.", path, label)
		case model.KnownTrue(server.UntrustedForest):
			v.Found = fmt.Sprintf("content_library_path = %q, and %s has untrusted_forest = true.", path, label)
		case model.KnownTrue(trusted), model.KnownTrue(model.Not(server.UntrustedForest)) && !server.Workgroup.IsUnknown():
			return
		default:
			c.Undecide()
			return
		}
		c.Host = host
		c.Violate(v)
		c.Host = ""
	}),
}

// fileServer returns what the hierarchy says about a computer with shares: a file server
// as such, or a site system server. It is nil for one that is not described.
func fileServer(c *rule.Check, host string) (described *model.FileServer, label string, related []model.Declared) {
	if s := c.Topology.Index.Server(host); s != nil {
		return &model.FileServer{FQDN: s.FQDN, Domain: s.Domain, Forest: s.Forest, Workgroup: s.Workgroup, UntrustedForest: s.UntrustedForest}, s.Label(), []model.Declared{s}
	}
	listed, _ := c.Topology.Hierarchy.FileServers.Get()
	for _, key := range slices.Sorted(maps.Keys(listed)) {
		f, ok := listed[key].Get()
		if !ok {
			continue
		}
		if name, ok := f.FQDN.Get(); ok && namesComputer(host, name) {
			return f, model.At("file_servers").Key(key).String(), nil
		}
	}
	return nil, "", nil
}

// hasRemoteDistributionPoint reports whether a site has a distribution point that is
// not on a site server, or may have one.
func hasRemoteDistributionPoint(c *rule.Check, s *model.Site) bool {
	for _, a := range c.Topology.Index.RolesAt(s, product.RoleDistributionPoint) {
		on, ok := rule.Decided(c, s.IsSiteServer(a.Host()))
		if !ok || !on {
			return true
		}
	}
	return false
}

// shareHost returns the computer that a network path names, empty for a local path.
func shareHost(path string) string {
	rest, ok := strings.CutPrefix(strings.ReplaceAll(path, "/", `\`), `\\`)
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, `\`)
	return model.FoldHost(host)
}

// namesComputer reports whether a name in a network path is that of a computer: its
// full name, or its first label alone.
func namesComputer(name, fqdn string) bool {
	return fqdn != "" && (name == model.FoldHost(fqdn) || name == model.HostLabel(fqdn))
}
