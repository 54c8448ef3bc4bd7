package model

import (
	"fmt"
	"strings"
)

// Group 12: high availability of the site server.

var highAvailabilityRules = []Rule{
	{
		ID: "HA-SSP-REMOTE-RCL", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:     "A site with a passive site server has a remote content library",
		Why:       "Both site servers need the content, whichever is active: the wizard refuses a passive site server while the library is on the site server.",
		Fix:       `First move the content library to a file server, and say so: content_library_path = "\\\\fs01.contoso.com\\ContentLibrary". Then add the passive site server.`,
		Sources:   []Source{articleSiteServerHighAvailability.At("Content library"), articleRemoteContentLibrary.Source()},
		CoveredBy: atSite("ROLE-SITE-SSP"),
		site: func(c *check, s *Site) {
			if s.PassiveServer.IsNull() {
				return
			}
			passive, ok := decided(c, s.PassiveServer)
			if !ok {
				return
			}
			v := violation{
				at:   At("content_library_path"),
				fact: fmt.Sprintf("%s has a passive site server and no remote content library", s.label()),
			}
			if s.ContentLibraryPath.IsNull() {
				v.found = fmt.Sprintf("passive_site_server = %q, and content_library_path is not set, so that the library is on the site server.", passive)
				c.violate(v)
				return
			}
			path, ok := decided(c, s.ContentLibraryPath)
			if !ok {
				return
			}
			if host := shareHost(path); host == "" || namesComputer(host, passive) || namesComputer(host, first(decided(c, s.Server))) {
				v.found = fmt.Sprintf("content_library_path = %q leads to a site server of the site.", path)
				c.violate(v)
			}
		},
	},
	{
		ID: "HA-RCL-DP-ELSEWHERE", Severity: SeverityWarning, Basis: SecondarySource, Scope: ScopeSite,
		Title:     "A primary site with a remote content library has a distribution point on another server",
		Why:       "With a remote content library neither site server can hold a distribution point, so that the content reaches clients from other servers only.",
		Fix:       `Assign "distribution_point" to a server of the site that is not one of its site servers.`,
		Sources:   []Source{articleSiteServerHighAvailability.At("Content library"), articleMemlabs.Source()},
		CoveredBy: atSite("COLO-DP-NOT-ON-RCL"),
		hierarchy: func(c *check) {
			for _, s := range sortedSites(c.topology.Sites) {
				if !c.holds(s.is(Primary)) || s.ContentLibraryPath.IsNull() {
					continue
				}
				path, ok := decided(c, s.ContentLibraryPath)
				if !ok || c.hasRemoteDistributionPoint(s) {
					continue
				}
				if c.topology.index.open || c.topology.Hierarchy.Assignments.IsNull() {
					c.undecide()
					continue
				}
				c.violate(violation{
					on: s, at: At("content_library_path"), site: s,
					fact:  fmt.Sprintf("%s has a remote content library and no distribution point beside its site servers", s.label()),
					found: fmt.Sprintf("content_library_path = %q, and no role assignment puts a distribution point on another server of the site.", path),
				})
			}
		},
	},
	libraryDomain,
}

// libraryDomain is the rule about the domain of the file server with a remote content
// library.
var libraryDomain = Rule{
	ID: "HA-RCL-DOMAIN", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
	Title:     "The file server of a remote content library is in a domain that the site server trusts",
	Why:       "Both site servers write to the share with their computer accounts, which need Full Control of the share and of its files. A file server in a workgroup, or in a forest without a trust, cannot grant it to them.",
	Fix:       "Name a share in content_library_path that is on a file server of the domain of the site server, or of one that trusts it.",
	Sources:   []Source{articleRemoteContentLibrary.Source(), articleSiteServerHighAvailability.At("Content library")},
	CoveredBy: onHost("SRV-DOMAIN"),
	hierarchy: eachSite(func(c *check, s *Site) {
		if s.ContentLibraryPath.IsNull() {
			return
		}
		path, ok := decided(c, s.ContentLibraryPath)
		if !ok {
			return
		}
		host := shareHost(path)
		server := c.topology.index.server(host)
		if server == nil {
			c.undecide() // not a server of the hierarchy
			return
		}
		v := violation{
			on: s, at: At("content_library_path"), site: s, related: []declared{server},
			fact: fmt.Sprintf("the content library of %s is on a server without a trust", s.label()),
		}
		trusted := either(equalHost(server.Domain, s.Domain), equalHost(server.Forest, s.Forest))
		switch {
		case knownTrue(server.Workgroup):
			v.found = fmt.Sprintf("content_library_path = %q, and %s has workgroup = true.", path, server.label())
		case knownTrue(server.UntrustedForest):
			v.found = fmt.Sprintf("content_library_path = %q, and %s has untrusted_forest = true.", path, server.label())
		case knownTrue(trusted), knownTrue(not(server.UntrustedForest)) && !server.Workgroup.IsUnknown():
			return
		default:
			c.undecide()
			return
		}
		c.host = host
		c.violate(v)
		c.host = ""
	}),
}

// hasRemoteDistributionPoint reports whether a site has a distribution point that is
// not on a site server, or may have one.
func (c *check) hasRemoteDistributionPoint(s *Site) bool {
	for _, a := range c.topology.index.rolesAt(s, roleDistributionPoint) {
		on, ok := decided(c, s.isSiteServer(a.host()))
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
	return foldHost(host)
}

// namesComputer reports whether a name in a network path is that of a computer: its
// full name, or its first label alone.
func namesComputer(name, fqdn string) bool {
	return fqdn != "" && (name == foldHost(fqdn) || name == hostLabel(fqdn))
}
