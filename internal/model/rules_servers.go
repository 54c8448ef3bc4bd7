package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 7: which computers may hold what. What a role assignment puts on a server is
// judged there; what the site itself puts there, and what the server is on its own, is
// judged at the server.

var serverRules = slices.Concat(
	membershipRules,
	distributionPointOnlyRules(),
	systemRules,
	untrustedForestRules(),
	networkLinkRules,
	notDescribedRules(),
)

// siteOf returns the site of a server, or an empty one that leaves every rule about
// it undecided.
func siteOf(s *Server) *Site {
	if site, ok := s.Site.Get(); ok {
		return site
	}
	return undecidedSite
}

// hasProvider reports whether a host has an SMS Provider of the site.
func (s *Site) hasProvider(fqdn Value[string]) Value[bool] {
	list, ok := s.providers().Get()
	if !ok {
		return Unknown[bool]()
	}
	return hostIn(list, fqdn)
}

// hostIn reports whether a list of hosts names a host.
func hostIn(list []Value[string], fqdn Value[string]) Value[bool] {
	found := Known(false)
	for _, entry := range list {
		found = either(found, equalHost(entry, fqdn))
	}
	return found
}

// putThere names what the site itself puts on a server, and records when nothing is
// known to be there and something may be.
func (c *check) putThere(s *Server) []string {
	site := siteOf(s)
	var names []string
	open := false
	for _, role := range []struct {
		name string
		here Value[bool]
	}{
		{"the site server", equalHost(site.Server, s.FQDN)},
		{"the passive site server", site.isPassiveServer(s.FQDN)},
		{"the site database", site.isDatabaseComputer(s.FQDN)},
		{"the SMS Provider", site.hasProvider(s.FQDN)},
	} {
		switch here, ok := role.here.Get(); {
		case !ok:
			open = true
		case here:
			names = append(names, role.name)
		}
	}
	if len(names) == 0 && open {
		c.undecide()
	}
	return names
}

// isSiteSystemRole reports whether the role of an assignment is a role of the server:
// connectors and cloud services are not.
func (a *Assignment) isSiteSystemRole() bool {
	role := a.role()
	return role != nil && role.WMIRoleName != ""
}

// and lists names in a sentence.
func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// membershipRules are about names, domains and what the site needs of its servers.
var membershipRules = []Rule{
	{
		ID: "SRV-DOMAIN", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:     "A site system server is in an Active Directory domain",
		Why:       "Site systems authenticate each other with their computer accounts in Active Directory, those in a perimeter network too.",
		Fix:       "Join the computer to a domain, then set workgroup = false and name the domain in domain.",
		Sources:   []Source{articleActiveDirectoryDomains.At("Requirements and limitations"), articlePrerequisiteChecks.At("Domain membership")},
		CoveredBy: onElement("HIER-AD-REQUIRED"),
		server: func(c *check, s *Server) {
			if c.holds(s.Workgroup) {
				c.violate(violation{
					at:    At("workgroup"),
					fact:  fmt.Sprintf("%s is in a workgroup", s.label()),
					found: "workgroup = true.",
				})
			}
		},
	},
	{
		ID: "SRV-RENAME-IMMUTABLE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "The site server of an installed site keeps its name and its domain",
		Why:     "The name and the domain of a computer are fixed while it holds a role, and leaving the domain to join it again counts as a change. For a site server only uninstalling the site helps: its clients have to be reassigned and its roles installed again.",
		Fix:     "Keep fqdn and domain as they are. To move the site to another computer, add that one in passive_site_server, apply, and promote it by naming it in site_server.",
		Sources: []Source{articleActiveDirectoryDomains.At("Requirements and limitations"), articleSiteSystemPrerequisites.At("General requirements and limitations")},
		server:  checkRename,
	},
	{
		ID: "SRV-FQDN", Severity: SeverityWarning, Basis: Documented, Scope: ScopeServer,
		Title:   "A site system is named by its fully qualified name",
		Why:     "Other site systems and clients find the server by the name with its primary DNS suffix. A short name works only where every one of them happens to append the right suffix.",
		Fix:     `Give the name with the DNS suffix, such as "mp01.contoso.com".`,
		Sources: []Source{articleActiveDirectoryDomains.At("Configure a disjoint namespace"), articleOnPremisesMDMRoles.Source()},
		site: func(c *check, s *Site) {
			c.qualified("site_server", s.Server)
			if !s.PassiveServer.IsNull() {
				c.qualified("passive_site_server", s.PassiveServer)
			}
		},
		server: func(c *check, s *Server) {
			if here, ok := siteOf(s).isSiteServer(s.FQDN).Get(); ok && here {
				return // the site reports it
			}
			c.qualified("fqdn", s.FQDN)
		},
	},
	{
		ID: "SRV-SLD", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "A single-label domain comes with a DNS suffix of more than one label",
		Why:     "The product accepts a domain whose name is a single label only where the DNS names of its computers have another suffix with a valid top-level domain, and where the site servers use Kerberos for DCOM.",
		Fix:     `Give the computers a DNS suffix such as "contoso.com" and name them with it; if domain holds a NetBIOS name, write its DNS name: domain = "contoso.com".`,
		Sources: []Source{articleActiveDirectoryDomains.At("Single label domains")},
		site: func(c *check, s *Site) {
			c.singleLabel(s, s.Domain, "site_server", s.Server)
		},
		server: func(c *check, s *Server) {
			site := siteOf(s)
			if here, ok := equalHost(site.Server, s.FQDN).Get(); ok && here && site.Domain.IsKnown() {
				return // the site reports it
			}
			c.singleLabel(s, s.Domain, "fqdn", s.FQDN)
		},
	},
	{
		ID: "SRV-PASSIVE-DOMAIN", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "The active and the passive site server are in the same domain",
		Why:     "High availability of the site server is supported within one Active Directory domain only.",
		Fix:     "Choose a computer of the domain of the site server in passive_site_server.",
		Sources: []Source{articleSiteServerHighAvailability.At("Active Directory")},
		server: func(c *check, s *Server) {
			site := siteOf(s)
			if c.holds(site.isPassiveServer(s.FQDN)) && c.fails(equalHost(s.Domain, site.Domain)) {
				c.violate(otherDomain(s, fmt.Sprintf("the passive site server %s is in another domain than the site server", hostName(s))))
			}
		},
	},
	{
		ID: "SRV-PROVIDER-DOMAIN", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:     "An SMS Provider is in the domain of the site server",
		Why:       "Setup installs an SMS Provider only on a computer of the domain that the site server is in.",
		Fix:       "List a computer of the domain of the site server in sms_providers, or leave the attribute out for a provider on the site server.",
		Sources:   []Source{articleSMSProvider.At("Prerequisites"), articleSiteSystemRoles.At("SMS Provider")},
		CoveredBy: onElement("SRV-PASSIVE-DOMAIN"),
		server: func(c *check, s *Server) {
			site := siteOf(s)
			if c.holds(site.hasProvider(s.FQDN)) && c.fails(equalHost(site.Server, s.FQDN)) && c.fails(equalHost(s.Domain, site.Domain)) {
				c.violate(otherDomain(s, fmt.Sprintf("the SMS Provider on %s is in another domain than the site server", hostName(s))))
			}
		},
	},
	{
		ID: "SRV-REMOTE-SQL-TRUST", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "A remote site database is in a domain with a two-way trust",
		Why:     "The site server and every SMS Provider connect to the database with their computer accounts. The domain of the database server has to trust theirs, and to be trusted by them.",
		Fix:     "Put the database on a computer of the domain of the site server, or of one with a two-way trust to it and to the domains of the SMS Providers.",
		Sources: []Source{articleSiteDatabase.At("Remote database server location considerations")},
		server: func(c *check, s *Server) {
			site := siteOf(s)
			if !c.remoteDatabase(s) {
				return
			}
			if untrusted, ok := s.UntrustedForest.Get(); ok && untrusted {
				c.violate(violation{
					at:    At("untrusted_forest"),
					fact:  fmt.Sprintf("the site database on %s is in a forest without a trust", hostName(s)),
					found: fmt.Sprintf("untrusted_forest = true on the server of the database of %s.", site.label()),
				})
				return
			}
			// The domains of one forest trust each other both ways.
			if sameDomain, _ := equalHost(s.Domain, site.Domain).Get(); sameDomain {
				return
			}
			if sameForest, _ := equalHost(s.Forest, site.Forest).Get(); !sameForest {
				c.undecide()
			}
		},
	},
	{
		ID: "SRV-PROVIDER-DB-DOMAIN", Severity: SeverityWarning, Basis: Conflict, Scope: ScopeServer,
		Title:     "The SMS Providers and the site database are in the same domain",
		Why:       "One article wants the SMS Providers in the domain of the site database too, another is content with a two-way trust. The providers are in the domain of the site server.",
		Fix:       "Put the database on a computer of the domain of the site server, or make sure that both domains trust each other.",
		Sources:   []Source{articleSMSProvider.At("Prerequisites"), articleSiteDatabase.At("Remote database server location considerations")},
		CoveredBy: onElement("SRV-REMOTE-SQL-TRUST"),
		server: func(c *check, s *Server) {
			site := siteOf(s)
			if c.fails(site.is(Secondary)) && c.remoteDatabase(s) && c.fails(equalHost(s.Domain, site.Domain)) {
				c.violate(otherDomain(s, fmt.Sprintf("the site database on %s is in another domain than the SMS Providers", hostName(s))))
			}
		},
	},
	{
		ID: "SRV-RODC-DB", Severity: SeverityError, Basis: Refused, Scope: ScopeServer,
		Title:     "The site database is not on a read-only domain controller",
		Why:       "The prerequisite check refuses a database server that is a read-only domain controller.",
		Fix:       "Name another computer as server in the database block of the configmgr_site.",
		Sources:   []Source{articleOperatingSystems.At("Note 2"), articlePrerequisiteChecks.At("Read-only domain controller")},
		CoveredBy: onElement("SRV-DC-SECONDARY"),
		server: func(c *check, s *Server) {
			kind, ok := decided(c, s.DomainController)
			if ok && kind == DomainControllerReadOnly && c.holds(siteOf(s).isDatabaseComputer(s.FQDN)) {
				c.violate(violation{
					at:    At("domain_controller"),
					fact:  fmt.Sprintf("the site database on %s is on a read-only domain controller", hostName(s)),
					found: fmt.Sprintf("domain_controller = %q on the server of the database of %s.", kind, siteOf(s).label()),
				})
			}
		},
	},
	{
		ID: "SRV-DC-SECONDARY", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "The site server of a secondary site is not a domain controller",
		Why:     "A secondary site is supported on a domain controller of no kind, whether writable or read-only.",
		Fix:     "Install the secondary site on a member server.",
		Sources: []Source{articleOperatingSystems.At("Note 2"), articlePrerequisiteChecks.At("Read-only domain controller")},
		server: func(c *check, s *Server) {
			site := siteOf(s)
			kind, ok := decided(c, s.DomainController)
			if ok && kind != DomainControllerNone && c.holds(site.is(Secondary)) && c.holds(equalHost(site.Server, s.FQDN)) {
				c.violate(violation{
					at:    At("domain_controller"),
					fact:  fmt.Sprintf("the site server of %s is a domain controller", site.label()),
					found: fmt.Sprintf("domain_controller = %q on the site server of a secondary site.", kind),
				})
			}
		},
	},
	{
		ID: "SRV-CLUSTER", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:   "A node of a failover cluster holds no site system role but the site database",
		Why:     "Site system roles are not supported on the nodes of a Windows Server failover cluster. Only the site database may be there and, beside a replica of its availability group, the active site server with its SMS Provider.",
		Fix:     "Put the role on a server that is not a node of a cluster.",
		Sources: []Source{articleSiteSystemPrerequisites.At("General requirements and limitations"), articlePrerequisiteChecks.At("Windows Failover Cluster"), articleSiteServerHighAvailability.At("Site database")},
		server:  checkClusterServer,
		assignment: func(c *check, a *Assignment) {
			if !a.isSiteSystemRole() || !c.holds(clusterNode(a.server())) {
				return
			}
			finding := violation{
				at:    At("server"),
				fact:  fmt.Sprintf("%s is on a node of a cluster", a.label()),
				found: fmt.Sprintf("the site database of %s lists the server among its cluster nodes or replicas.", a.site().label()),
			}
			if declared, ok := a.server().ClusterNode.Get(); ok && declared {
				finding.at, finding.found = At("server", "cluster_node"), "the server has cluster_node = true."
			}
			c.violate(finding)
		},
	},
}

// checkRename compares the active site server of an installed site with its prior
// state. Another computer takes over by promotion, not by renaming.
func checkRename(c *check, s *Server) {
	prior := c.topology.priorServer(s)
	if prior == nil {
		return
	}
	site := siteOf(prior)
	if wasSiteServer, _ := equalHost(site.Server, prior.FQDN).Get(); !wasSiteServer || !installed(site.Installed) {
		return
	}
	changed := func(attribute string, before, after Value[string]) {
		if before.IsNull() || after.IsNull() {
			return
		}
		was, okWas := decided(c, folded(before, foldHost))
		is, okIs := decided(c, folded(after, foldHost))
		if okWas && okIs && was != is {
			c.violate(violation{
				at: At(attribute), severity: SeverityWarning,
				fact:  fmt.Sprintf("%s is the site server of %s, which would have to be reinstalled", prior.label(), site.label()),
				found: fmt.Sprintf("%s changes from %q to %q.", attribute, was, is),
			})
		}
	}
	switch promoted, _ := site.isPassiveServer(s.FQDN).Get(); {
	case promoted:
	case c.holds(equalHost(siteOf(s).Server, s.FQDN)):
		changed("fqdn", prior.FQDN, s.FQDN)
		changed("domain", prior.Domain, s.Domain)
	}
}

// qualified reports a host name without a DNS suffix.
func (c *check) qualified(attribute string, fqdn Value[string]) {
	if name, ok := decided(c, fqdn); ok && hostDomain(name) == "" {
		c.violate(violation{
			at:    At(attribute),
			fact:  fmt.Sprintf("%q is not a fully qualified name", name),
			found: fmt.Sprintf("%s = %q has no DNS suffix.", attribute, name),
		})
	}
}

// singleLabel reports a domain of one label whose computers have no longer DNS suffix.
func (c *check) singleLabel(on declared, domain Value[string], attribute string, fqdn Value[string]) {
	name, ok := decided(c, folded(domain, foldHost))
	if !ok || strings.Contains(name, ".") {
		return
	}
	host, ok := decided(c, folded(fqdn, foldHost))
	switch suffix := hostDomain(host); {
	case !ok:
	case suffix == "":
		c.undecide() // a short name does not tell the DNS suffix
	case !strings.Contains(suffix, "."):
		c.violate(violation{
			at:    At("domain"),
			fact:  fmt.Sprintf("%s is in a single-label domain", on.label()),
			found: fmt.Sprintf("domain = %q, and %s = %q has no DNS suffix with a top-level domain.", name, attribute, host),
		})
	}
}

// hostName returns the name of a server in a sentence.
func hostName(s *Server) string {
	if host, ok := s.host().Get(); ok {
		return host
	}
	return "a server whose name is not known yet"
}

// otherDomain is the violation of a server that is in another domain than its site server.
func otherDomain(s *Server, fact string) violation {
	return violation{
		at:    At("domain"),
		fact:  fact,
		found: fmt.Sprintf("domain = %q, but the site server is in %q.", s.Domain, siteOf(s).Domain),
	}
}

// remoteDatabase reports whether a server holds the database of its site and is not
// the site server, and records when that is not known.
func (c *check) remoteDatabase(s *Server) bool {
	site := siteOf(s)
	return c.holds(site.isDatabaseComputer(s.FQDN)) && c.fails(equalHost(site.Server, s.FQDN))
}

// clusterNode reports whether a server is a node of a failover cluster: it says so,
// or its site database lists it.
func clusterNode(s *Server) Value[bool] {
	return either(s.ClusterNode, either(availabilityReplica(s), failoverNode(s)))
}

// availabilityReplica reports whether a server holds a replica of its site database.
func availabilityReplica(s *Server) Value[bool] {
	return databaseHost(s, func(db *Database) Value[[]Value[string]] {
		if db.AvailabilityGroup.IsNull() {
			return Known([]Value[string]{})
		}
		return blockSetting(db.AvailabilityGroup, func(g *AvailabilityGroup) Value[[]Value[string]] { return g.Replicas })
	})
}

// failoverNode reports whether a server is a node of the failover cluster instance of
// its site database.
func failoverNode(s *Server) Value[bool] {
	return databaseHost(s, func(db *Database) Value[[]Value[string]] {
		if db.FailoverCluster.IsNull() {
			return Known([]Value[string]{})
		}
		return blockSetting(db.FailoverCluster, func(f *FailoverCluster) Value[[]Value[string]] { return f.Nodes })
	})
}

func databaseHost(s *Server, hosts func(*Database) Value[[]Value[string]]) Value[bool] {
	db, ok := siteOf(s).database().Get()
	if !ok {
		return Unknown[bool]()
	}
	list, ok := hosts(db).Get()
	if !ok {
		return Unknown[bool]()
	}
	return hostIn(list, s.FQDN)
}

// checkClusterServer judges what the site itself puts on a node of a cluster. The
// passive site server, and what is on a node of the failover cluster instance of the
// site database, have rules of their own.
func checkClusterServer(c *check, s *Server) {
	site := siteOf(s)
	if passive, _ := site.isPassiveServer(s.FQDN).Get(); passive || !c.holds(clusterNode(s)) || !c.fails(failoverNode(s)) {
		return
	}
	db, ok := decided(c, site.database())
	if !ok {
		return
	}
	what := ""
	switch active, ok := decided(c, equalHost(site.Server, s.FQDN)); {
	case !ok:
		return
	case active && db.AvailabilityGroup.IsUnknown():
		c.undecide()
	case active && db.AvailabilityGroup.IsNull():
		what = "the site server"
	case !active && c.holds(site.hasProvider(s.FQDN)):
		what = "an SMS Provider"
	}
	if what == "" {
		return
	}
	c.violate(violation{
		at:    At("cluster_node"),
		fact:  fmt.Sprintf("%s of %s is on a node of a cluster", what, site.label()),
		found: fmt.Sprintf("%s is %s and a node of a cluster.", hostName(s), what),
	})
}

// networkLinkRules are about the network between a server and its site server.
var networkLinkRules = []Rule{
	unsupportedLink(Rule{
		ID:      "SRV-NAT",
		Title:   "No address translation stands between site systems",
		Why:     "Site systems do not work with each other, or with clients of the intranet, across network address translation. Only clients on the internet may be behind it.",
		Fix:     `Route between the two networks without translation, then set site_server_link = "fast".`,
		Sources: []Source{articleWindowsFeatures.At("Network address translation")},
	}, LinkNAT, "behind network address translation"),
	unsupportedLink(Rule{
		ID:      "SRV-DIRECTACCESS",
		Title:   "Site systems do not reach each other through DirectAccess",
		Why:     "DirectAccess is for clients; it is supported neither between sites nor between a site server and its site systems.",
		Fix:     `Connect the server with a routed network or a site-to-site tunnel, then set site_server_link = "fast".`,
		Sources: []Source{articleWindowsFeatures.At("DirectAccess")},
	}, LinkDirectAccess, "connected through DirectAccess"),
	{
		ID: "SRV-SLOW-LINK-MP", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:   "A management point has a fast link to its site server",
		Why:     "A management point talks to the site server and to the site database all the time, and none of that traffic can be throttled. A secondary site compresses and schedules what crosses the link.",
		Fix:     "Install a secondary site where the clients are, instead of a management point.",
		Sources: []Source{articleSizeAndScale.At("Management point")},
		roles:   []string{roleManagementPoint},
		assignment: func(c *check, a *Assignment) {
			c.slowLink(a, "A management point needs a fast link")
		},
	},
	{
		ID: "SRV-FAST-LINK", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:   "Site systems other than distribution points have a fast link to their site server",
		Why:     "Only the transfer of content to distribution points can be scheduled and throttled; everything else takes what the network gives.",
		Fix:     "Move the role to a server that is well connected to the site server, or install a secondary site.",
		Sources: []Source{articleCommunications.At("Communications between site systems in a site")},
		// Of the site database the more specific rule tells.
		CoveredBy: onElement("DB-REMOTE-LATENCY"),
		server: func(c *check, s *Server) {
			link, ok := decided(c, s.SiteServerLink)
			if !ok || link != LinkSlow || !c.fails(equalHost(siteOf(s).Server, s.FQDN)) {
				return
			}
			if here := c.putThere(s); len(here) > 0 {
				c.violate(violation{
					at:    At("site_server_link"),
					fact:  fmt.Sprintf("%s of %s is across a slow link", and(here), siteOf(s).label()),
					found: fmt.Sprintf("site_server_link = %q.", link),
				})
			}
		},
		assignment: func(c *check, a *Assignment) {
			switch key, _ := a.Role.Get(); {
			case key == roleDistributionPoint, key == roleManagementPoint, !a.isSiteSystemRole():
			default:
				c.slowLink(a, "The role needs a fast link")
			}
		},
	},
}

// unsupportedLink completes a rule about a kind of link that is not supported.
func unsupportedLink(r Rule, link, what string) Rule {
	r.Severity, r.Basis, r.Scope = SeverityError, Unsupported, ScopeServer
	r.server = func(c *check, s *Server) {
		if got, ok := decided(c, s.SiteServerLink); ok && got == link {
			c.violate(violation{
				at:    At("site_server_link"),
				fact:  fmt.Sprintf("%s is %s", s.label(), what),
				found: fmt.Sprintf("site_server_link = %q.", link),
			})
		}
	}
	return r
}

// slowLink reports a role on a server with a slow link to its site server.
func (c *check) slowLink(a *Assignment, need string) {
	link, ok := decided(c, a.server().SiteServerLink)
	if ok && link == LinkSlow && c.fails(equalHost(a.site().Server, a.server().FQDN)) {
		c.violate(violation{
			at:    At("server", "site_server_link"),
			fact:  fmt.Sprintf("%s is across a slow link", a.label()),
			found: fmt.Sprintf("the server has site_server_link = %q. %s.", link, need),
		})
	}
}

// notDescribedRules are the rules that no design can violate, because it does not
// describe what they are about.
func notDescribedRules() []Rule {
	rules := []Rule{
		{ID: "SRV-FUNCTIONAL-LEVEL", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
			Title:   "Domains and forests have the functional level of Windows Server 2008 R2 or later",
			Why:     "Sites and their clients use features that Active Directory has at that level.",
			Fix:     "Raise the functional level before the site is installed.",
			Sources: []Source{articleActiveDirectoryDomains.At("Requirements and limitations"), articlePrerequisiteChecks.Source()},
			Note:    "A design names domains and forests; it does not describe their functional levels."},
		{ID: "SRV-64BIT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
			Title:   "Site systems run on 64-bit systems",
			Why:     "Only a distribution point may be on a 32-bit system, and only on some of them.",
			Fix:     "Use a 64-bit edition.",
			Sources: []Source{articleSiteSystemPrerequisites.At("General requirements and limitations")},
			Note:    "Every server system that operating_system accepts and a rule does not refuse exists in 64 bits only, and client systems hold only distribution points."},
		{ID: "SRV-STATIC-IP", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
			Title:   "Site systems have static addresses and stand in one network",
			Why:     "Clients and firewalls rely on the address of a site system; a computer with one foot in the perimeter network and the other in the intranet undoes the separation.",
			Fix:     "Give the server a static address and one network.",
			Sources: []Source{articleSiteSecurity.Source()},
			Note:    "A design names servers by their DNS names; it does not describe addresses and network adapters."},
		{ID: "SRV-INSTALL-ACCOUNT-ONE", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
			Title:   "A server has one site system installation account",
			Why:     "The same account installs every role of the server.",
			Fix:     "Name it once, in installation_account of the configmgr_site_system_server.",
			Sources: []Source{articleAccounts.At("Site system installation account")},
			Note:    "installation_account of a configmgr_site_system_server holds one account for all roles of the server."},
		{ID: "SRV-ACCOUNT-PASSWORD-PCT", Severity: SeverityWarning, Basis: Documented, Scope: ScopeServer,
			Title:   "The passwords of configured accounts hold no percent sign",
			Why:     "The documentation of the accounts rules the character out.",
			Fix:     "Choose a password without a percent sign.",
			Sources: []Source{articleAccounts.At("Accounts that Configuration Manager uses")},
			Note:    "The provider accepts no passwords."},
		{ID: "SRV-UNTRUSTED-EP", Severity: SeverityWarning, Basis: Documented, Scope: ScopeRole,
			Title:   "Users in an untrusted forest enroll through an enrollment point of their forest",
			Why:     "An enrollment point authenticates the users who enroll devices, which it cannot do across forests without a trust.",
			Fix:     `Assign "enrollment_point" to a server of the forest of the users.`,
			Sources: []Source{articleSiteSystemRoles.At("Enrollment point")},
			Note:    "A design describes the forests of sites and servers, not those of users."},
	}
	for i := range rules {
		rules[i].Enforcement = Inexpressible
	}
	return rules
}
