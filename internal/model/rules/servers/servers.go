package servers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Which computers may hold what. What a role assignment puts on a server is
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

// putThere names what the site itself puts on a server, and records when nothing is
// known to be there and something may be.
func putThere(c *rule.Check, s *model.Server) []string {
	site := rule.SiteOf(s)
	var names []string
	open := false
	for _, role := range []struct {
		name string
		here model.Value[bool]
	}{
		{"the site server", model.EqualHost(site.Server, s.FQDN)},
		{"the passive site server", site.IsPassiveServer(s.FQDN)},
		{"the site database", site.IsDatabaseComputer(s.FQDN)},
		{"the SMS Provider", site.HasProvider(s.FQDN)},
	} {
		switch here, ok := role.here.Get(); {
		case !ok:
			open = true
		case here:
			names = append(names, role.name)
		}
	}
	if len(names) == 0 && open {
		c.Undecide()
	}
	return names
}

// isSiteSystemRole reports whether the role of an assignment is a role of the server:
// connectors and cloud services are not.
func isSiteSystemRole(a *model.Assignment) bool {
	role := a.CatalogRole()
	return role != nil && role.WMIRoleName != ""
}

// membershipRules are about names, domains and what the site needs of its servers.
var membershipRules = []rule.Rule{
	{
		ID: "SRV-DOMAIN", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:     "A site system server is in an Active Directory domain",
		Why:       "Site systems authenticate each other with their computer accounts in Active Directory, those in a perimeter network too.",
		Fix:       "Join the computer to a domain, then set workgroup = false and name the domain in domain.",
		Sources:   []product.Source{product.ActiveDirectoryDomains.At("Requirements and limitations"), product.PrerequisiteChecks.At("Domain membership")},
		CoveredBy: rule.OnElement("HIER-AD-REQUIRED"),
		Server: func(c *rule.Check, s *model.Server) {
			if c.Holds(s.Workgroup) {
				c.Violate(rule.Violation{
					At:    model.At("workgroup"),
					Fact:  fmt.Sprintf("%s is in a workgroup", s.Label()),
					Found: "workgroup = true.",
				})
			}
		},
	},
	{
		ID: "SRV-RENAME-IMMUTABLE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title: "The site server of an installed site keeps its name and its domain",
		Why: "The name and the domain of a computer are fixed while it holds a role, and leaving the domain to join it again counts as a change. For a " +
			"site server only uninstalling the site helps: its clients have to be reassigned and its roles installed again.",
		Fix: "Keep the name and the domain as they are. To move the site to another computer, add that one in passive_site_server, apply, and promote it " +
			"by naming it in site_server.",
		Sources: []product.Source{product.ActiveDirectoryDomains.At("Requirements and limitations"), product.SiteSystemPrerequisites.At("General requirements and limitations")},
		Site:    checkSiteRename,
		Server:  checkRename,
	},
	fullNames,
	{
		ID: "SRV-SLD", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title: "A single-label domain comes with a DNS suffix of more than one label",
		Why: "The product accepts a domain whose name is a single label only where the DNS names of its computers have another suffix with a valid " +
			"top-level domain, and where the site servers use Kerberos for DCOM.",
		Fix: `Give the computers a DNS suffix such as "contoso.com" and name them with it; if domain holds a NetBIOS name, write its DNS name: domain = ` +
			`"contoso.com".`,
		Sources: []product.Source{product.ActiveDirectoryDomains.At("Single label domains")},
		Site: func(c *rule.Check, s *model.Site) {
			singleLabel(c, s, s.Domain, "site_server", s.Server)
		},
		Server: func(c *rule.Check, s *model.Server) {
			site := rule.SiteOf(s)
			if here, ok := model.EqualHost(site.Server, s.FQDN).Get(); ok && here && site.Domain.IsKnown() {
				return // the site reports it
			}
			singleLabel(c, s, s.Domain, "fqdn", s.FQDN)
		},
	},
	{
		ID: "SRV-PASSIVE-DOMAIN", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:   "The active and the passive site server are in the same domain",
		Why:     "High availability of the site server is supported within one Active Directory domain only.",
		Fix:     "Choose a computer of the domain of the site server in passive_site_server.",
		Sources: []product.Source{product.SiteServerHighAvailability.At("Active Directory")},
		Server: func(c *rule.Check, s *model.Server) {
			site := rule.SiteOf(s)
			if c.Holds(site.IsPassiveServer(s.FQDN)) && c.Fails(model.EqualHost(s.Domain, site.Domain)) {
				c.Violate(otherDomain(s, fmt.Sprintf("the passive site server %s is in another domain than the site server", model.HostName(s))))
			}
		},
	},
	{
		ID: "SRV-PROVIDER-DOMAIN", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title:     "An SMS Provider is in the domain of the site server",
		Why:       "Setup installs an SMS Provider only on a computer of the domain that the site server is in.",
		Fix:       "List a computer of the domain of the site server in sms_providers, or leave the attribute out for a provider on the site server.",
		Sources:   []product.Source{product.SMSProvider.At("Prerequisites"), product.SiteSystemRoles.At("SMS Provider")},
		CoveredBy: rule.OnElement("SRV-PASSIVE-DOMAIN"),
		Server: func(c *rule.Check, s *model.Server) {
			site := rule.SiteOf(s)
			if c.Holds(site.HasProvider(s.FQDN)) && c.Fails(model.EqualHost(site.Server, s.FQDN)) && c.Fails(model.EqualHost(s.Domain, site.Domain)) {
				c.Violate(otherDomain(s, fmt.Sprintf("the SMS Provider on %s is in another domain than the site server", model.HostName(s))))
			}
		},
	},
	{
		ID: "SRV-REMOTE-SQL-TRUST", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title: "A remote site database is in a domain with a two-way trust",
		Why: "The site server and every SMS Provider connect to the database with their computer accounts. The domain of the database server has to trust " +
			"theirs, and to be trusted by them.",
		Fix:     "Put the database on a computer of the domain of the site server, or of one with a two-way trust to it and to the domains of the SMS Providers.",
		Sources: []product.Source{product.SiteDatabase.At("Remote database server location considerations")},
		Server: func(c *rule.Check, s *model.Server) {
			site := rule.SiteOf(s)
			if !remoteDatabase(c, s) {
				return
			}
			if untrusted, ok := s.UntrustedForest.Get(); ok && untrusted {
				c.Violate(rule.Violation{
					At:    model.At("untrusted_forest"),
					Fact:  fmt.Sprintf("the site database on %s is in a forest without a trust", model.HostName(s)),
					Found: fmt.Sprintf("untrusted_forest = true on the server of the database of %s.", site.Label()),
				})
				return
			}
			// The domains of one forest trust each other both ways.
			if sameDomain, _ := model.EqualHost(s.Domain, site.Domain).Get(); sameDomain {
				return
			}
			if sameForest, _ := model.EqualHost(s.Forest, site.Forest).Get(); !sameForest {
				c.Undecide()
			}
		},
	},
	{
		ID: "SRV-PROVIDER-DB-DOMAIN", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopeServer,
		Title: "The SMS Providers and the site database are in the same domain",
		Why: "One article wants the SMS Providers in the domain of the site database too, another is content with a two-way trust. The providers are in " +
			"the domain of the site server.",
		Fix:       "Put the database on a computer of the domain of the site server, or make sure that both domains trust each other.",
		Sources:   []product.Source{product.SMSProvider.At("Prerequisites"), product.SiteDatabase.At("Remote database server location considerations")},
		CoveredBy: rule.OnElement("SRV-REMOTE-SQL-TRUST"),
		Server: func(c *rule.Check, s *model.Server) {
			site := rule.SiteOf(s)
			if c.Fails(site.Is(product.Secondary)) && remoteDatabase(c, s) && c.Fails(model.EqualHost(s.Domain, site.Domain)) {
				c.Violate(otherDomain(s, fmt.Sprintf("the site database on %s is in another domain than the SMS Providers", model.HostName(s))))
			}
		},
	},
	{
		ID: "SRV-RODC-DB", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeServer,
		Title:     "The site database is not on a read-only domain controller",
		Why:       "The prerequisite check refuses a database server that is a read-only domain controller.",
		Fix:       "Name another computer as server in the database block of the configmgr_site.",
		Sources:   []product.Source{product.SupportedOperatingSystems.At("Note 2"), product.PrerequisiteChecks.At("Read-only domain controller")},
		CoveredBy: rule.OnElement("SRV-DC-SECONDARY"),
		Server: func(c *rule.Check, s *model.Server) {
			kind, ok := rule.Decided(c, s.DomainController)
			if ok && kind == model.DomainControllerReadOnly && c.Holds(rule.SiteOf(s).HoldsDatabase(s.FQDN)) {
				c.Violate(rule.Violation{
					At:    model.At("domain_controller"),
					Fact:  fmt.Sprintf("the site database on %s is on a read-only domain controller", model.HostName(s)),
					Found: fmt.Sprintf("domain_controller = %q on the server of the database of %s.", kind, rule.SiteOf(s).Label()),
				})
			}
		},
	},
	{
		ID: "SRV-DC-SECONDARY", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:   "The site server of a secondary site is not a domain controller",
		Why:     "A secondary site is supported on a domain controller of no kind, whether writable or read-only.",
		Fix:     "Install the secondary site on a member server.",
		Sources: []product.Source{product.SupportedOperatingSystems.At("Note 2"), product.PrerequisiteChecks.At("Read-only domain controller")},
		Server: func(c *rule.Check, s *model.Server) {
			site := rule.SiteOf(s)
			kind, ok := rule.Decided(c, s.DomainController)
			if ok && kind != model.DomainControllerNone && c.Holds(site.Is(product.Secondary)) && c.Holds(model.EqualHost(site.Server, s.FQDN)) {
				c.Violate(rule.Violation{
					At:    model.At("domain_controller"),
					Fact:  fmt.Sprintf("the site server of %s is a domain controller", site.Label()),
					Found: fmt.Sprintf("domain_controller = %q on the site server of a secondary site.", kind),
				})
			}
		},
	},
	{
		ID: "SRV-CLUSTER", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title: "A node of a failover cluster holds no site system role but the site database",
		Why: "Site system roles are not supported on the nodes of a Windows Server failover cluster. Only the site database may be there and, beside a " +
			"replica of its availability group, the active site server with its SMS Provider and a reporting services point.",
		Fix:     "Put the role on a server that is not a node of a cluster.",
		Sources: []product.Source{product.SiteSystemPrerequisites.At("General requirements and limitations"), product.PrerequisiteChecks.At("Windows Failover Cluster"), product.SiteServerHighAvailability.At("Site database"), product.AvailabilityGroup.At("Changes for reporting")},
		Server:  checkClusterServer,
		Assignment: func(c *rule.Check, a *model.Assignment) {
			if !isSiteSystemRole(a) || !c.Holds(clusterNode(a.DeclaredServer())) {
				return
			}
			// The article has a reporting services point on every replica, so that reports
			// survive a failover.
			if a.Role == model.Known(product.RoleReportingServicesPoint) &&
				!c.Fails(model.Both(availabilityReplica(a.DeclaredServer()), model.Not(failoverNode(a.DeclaredServer())))) {
				return
			}
			finding := rule.Violation{
				At:    model.At("server"),
				Fact:  fmt.Sprintf("%s is on a node of a cluster", a.Label()),
				Found: fmt.Sprintf("the site database of %s lists the server among its cluster nodes or replicas.", a.DeclaredSite().Label()),
			}
			if declared, ok := a.DeclaredServer().ClusterNode.Get(); ok && declared {
				finding.At, finding.Found = model.At("server", "cluster_node"), "the server has cluster_node = true."
			}
			c.Violate(finding)
		},
	},
}

// checkSiteRename compares the site server of an installed site with its prior state.
// Another computer takes over by promotion, not by another name.
func checkSiteRename(c *rule.Check, s *model.Site) {
	prior := c.Topology.PriorSite(s)
	if prior == nil || !model.Installed(prior.Installed) {
		return
	}
	renamed, known := model.Not(model.EqualHost(prior.Server, s.Server)).Get()
	switch {
	case prior.Server.IsNull():
	case !known:
		c.Undecide()
		return
	case renamed && (model.KnownTrue(prior.IsPassiveServer(s.Server)) || !prior.PassiveServer.IsNull() && !s.PassiveServer.IsNull()):
		return // a promotion, or what is to be one: REF-PROMOTION
	case renamed:
		v := reinstalled(prior.Label(), "site_server", prior.Server, s.Server)
		if s.Type == model.Known(product.Secondary) { // which has no passive site server
			v.Fix = "Keep the name as it is. A secondary site does not move to another computer: uninstall it from the console of its primary site, remove it from the " +
				"configuration, apply, and declare it anew."
		}
		c.Violate(v)
		return // which says more than the domain of the new name
	}
	for _, of := range []struct {
		attribute     string
		before, after model.Value[string]
	}{{"domain", prior.Domain, s.Domain}, {"forest", prior.Forest, s.Forest}} {
		if changed(c, of.before, of.after) {
			c.Violate(reinstalled(prior.Label(), of.attribute, of.before, of.after))
			return
		}
	}
}

// checkRename compares the active site server of an installed site with its prior
// state, where the site does not say the same.
func checkRename(c *rule.Check, s *model.Server) {
	prior := c.Topology.PriorServer(s)
	if prior == nil {
		return
	}
	site, planned := rule.SiteOf(prior), rule.SiteOf(s)
	if wasSiteServer, _ := model.EqualHost(site.Server, prior.FQDN).Get(); !wasSiteServer || !model.Installed(site.Installed) {
		return
	}
	if promoted, _ := site.IsPassiveServer(s.FQDN).Get(); promoted || !c.Holds(model.EqualHost(planned.Server, s.FQDN)) {
		return
	}
	label := fmt.Sprintf("%s is the site server of %s, which", prior.Label(), site.Label())
	report := func(attribute string, before, after model.Value[string]) {
		if changed(c, before, after) {
			v := reinstalled(label, attribute, before, after)
			v.Fact = label + " would have to be reinstalled"
			c.Violate(v)
		}
	}
	if !planned.Checked() {
		report("fqdn", prior.FQDN, s.FQDN)
	}
	if !planned.Checked() || !changed(c, site.Domain, planned.Domain) {
		report("domain", prior.Domain, s.Domain)
	}
}

// changed reports whether a name that was declared is declared as another one.
func changed(c *rule.Check, before, after model.Value[string]) bool {
	if before.IsNull() || after.IsNull() {
		return false
	}
	return c.Fails(model.EqualHost(before, after))
}

// reinstalled is the violation of a change that takes another installation of a site.
func reinstalled(label, attribute string, before, after model.Value[string]) rule.Violation {
	return rule.Violation{
		At:    model.At(attribute),
		Fact:  label + " is installed and would have to be reinstalled",
		Found: fmt.Sprintf("%s changes from %q to %q.", attribute, before, after),
	}
}

// singleLabel reports a domain of one label whose computers have no longer DNS suffix.
func singleLabel(c *rule.Check, on model.Declared, domain model.Value[string], attribute string, fqdn model.Value[string]) {
	name, ok := rule.Decided(c, model.Folded(domain, model.FoldHost))
	if !ok || strings.Contains(name, ".") {
		return
	}
	host, ok := rule.Decided(c, model.Folded(fqdn, model.FoldHost))
	switch suffix := model.HostDomain(host); {
	case !ok:
	case suffix == "":
		c.Undecide() // a short name does not tell the DNS suffix
	case !strings.Contains(suffix, "."):
		c.Violate(rule.Violation{
			At:    model.At("domain"),
			Fact:  fmt.Sprintf("%s is in a single-label domain", on.Label()),
			Found: fmt.Sprintf("domain = %q, and %s = %q has no DNS suffix with a top-level domain.", domain, attribute, fqdn),
		})
	}
}

// otherDomain is the violation of a server that is in another domain than its site server.
func otherDomain(s *model.Server, fact string) rule.Violation {
	return rule.Violation{
		At:    model.At("domain"),
		Fact:  fact,
		Found: fmt.Sprintf("domain = %q, but the site server is in %q.", s.Domain, rule.SiteOf(s).Domain),
	}
}

// remoteDatabase reports whether a server holds the database of its site, or a replica
// or node of it, and is not the site server, and records when that is not known.
func remoteDatabase(c *rule.Check, s *model.Server) bool {
	site := rule.SiteOf(s)
	return c.Holds(site.HoldsDatabase(s.FQDN)) && c.Fails(model.EqualHost(site.Server, s.FQDN))
}

// clusterNode reports whether a server is a node of a failover cluster: it says so,
// or its site database lists it.
func clusterNode(s *model.Server) model.Value[bool] {
	return model.Either(s.ClusterNode, model.Either(availabilityReplica(s), failoverNode(s)))
}

// availabilityReplica reports whether a server holds a replica of its site database.
func availabilityReplica(s *model.Server) model.Value[bool] {
	return databaseHost(s, func(db *model.Database) model.Value[[]model.Value[string]] {
		if db.AvailabilityGroup.IsNull() {
			return model.Known([]model.Value[string]{})
		}
		return model.BlockSetting(db.AvailabilityGroup, func(g *model.AvailabilityGroup) model.Value[[]model.Value[string]] { return g.Replicas })
	})
}

// failoverNode reports whether a server is a node of the failover cluster instance of
// its site database.
func failoverNode(s *model.Server) model.Value[bool] {
	return databaseHost(s, func(db *model.Database) model.Value[[]model.Value[string]] {
		if db.FailoverCluster.IsNull() {
			return model.Known([]model.Value[string]{})
		}
		return model.BlockSetting(db.FailoverCluster, func(f *model.FailoverCluster) model.Value[[]model.Value[string]] { return f.Nodes })
	})
}

func databaseHost(s *model.Server, hosts func(*model.Database) model.Value[[]model.Value[string]]) model.Value[bool] {
	db, ok := rule.SiteOf(s).DeclaredDatabase().Get()
	if !ok {
		return model.Unknown[bool]()
	}
	list, ok := hosts(db).Get()
	if !ok {
		return model.Unknown[bool]()
	}
	return model.HostIn(list, s.FQDN)
}

// checkClusterServer judges what the site itself puts on a node of a cluster. The
// passive site server, and what is on a node of the failover cluster instance of the
// site database, have rules of their own.
func checkClusterServer(c *rule.Check, s *model.Server) {
	site := rule.SiteOf(s)
	if passive, _ := site.IsPassiveServer(s.FQDN).Get(); passive || !c.Holds(clusterNode(s)) || !c.Fails(failoverNode(s)) {
		return
	}
	db, ok := rule.Decided(c, site.DeclaredDatabase())
	if !ok {
		return
	}
	what := ""
	switch active, ok := rule.Decided(c, model.EqualHost(site.Server, s.FQDN)); {
	case !ok:
		return
	case active && db.AvailabilityGroup.IsUnknown():
		c.Undecide()
	case active && db.AvailabilityGroup.IsNull():
		what = "the site server"
	case !active && c.Holds(site.HasProvider(s.FQDN)):
		what = "an SMS Provider"
	}
	if what == "" {
		return
	}
	c.Violate(rule.Violation{
		At:    model.At("cluster_node"),
		Fact:  fmt.Sprintf("%s of %s is on a node of a cluster", what, site.Label()),
		Found: fmt.Sprintf("%s is %s and a node of a cluster.", model.HostName(s), what),
	})
}

// networkLinkRules are about the network between a server and its site server.
var networkLinkRules = []rule.Rule{
	unsupportedLink(rule.Rule{
		ID:    "SRV-NAT",
		Title: "No address translation stands between site systems",
		Why: "Site systems do not work with each other, or with clients of the intranet, across network address translation. Only clients on the internet " +
			"may be behind it.",
		Fix:     `Route between the two networks without translation, then set site_server_link = "fast".`,
		Sources: []product.Source{product.WindowsFeatures.At("Network address translation")},
	}, model.LinkNAT, "behind network address translation"),
	unsupportedLink(rule.Rule{
		ID:      "SRV-DIRECTACCESS",
		Title:   "Site systems do not reach each other through DirectAccess",
		Why:     "DirectAccess is for clients; it is supported neither between sites nor between a site server and its site systems.",
		Fix:     `Connect the server with a routed network or a site-to-site tunnel, then set site_server_link = "fast".`,
		Sources: []product.Source{product.WindowsFeatures.At("DirectAccess")},
	}, model.LinkDirectAccess, "connected through DirectAccess"),
	{
		ID: "SRV-SLOW-LINK-MP", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title: "A management point has a fast link to its site server",
		Why: "A management point talks to the site server and to the site database all the time, and none of that traffic can be throttled. A secondary " +
			"site compresses and schedules what crosses the link.",
		Fix:     "Install a secondary site where the clients are, instead of a management point.",
		Sources: []product.Source{product.SizeAndScale.At("Management point")},
		Roles:   []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			slowLink(c, a, "A management point needs a fast link")
		},
	},
	{
		ID: "SRV-FAST-LINK", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title:   "Site systems other than distribution points have a fast link to their site server",
		Why:     "Only the transfer of content to distribution points can be scheduled and throttled; everything else takes what the network gives.",
		Fix:     "Move the role to a server that is well connected to the site server, or install a secondary site.",
		Sources: []product.Source{product.Communications.At("Communications between site systems in a site")},
		// Of the site database the more specific rule tells.
		CoveredBy: rule.OnElement("DB-REMOTE-LATENCY"),
		Server: func(c *rule.Check, s *model.Server) {
			link, ok := rule.Decided(c, s.SiteServerLink)
			if !ok || link != model.LinkSlow || !c.Fails(model.EqualHost(rule.SiteOf(s).Server, s.FQDN)) {
				return
			}
			if here := putThere(c, s); len(here) > 0 {
				c.Violate(rule.Violation{
					At:    model.At("site_server_link"),
					Fact:  fmt.Sprintf("%s of %s is across a slow link", model.And(here), rule.SiteOf(s).Label()),
					Found: fmt.Sprintf("site_server_link = %q.", link),
				})
			}
		},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			switch key, _ := a.Role.Get(); {
			case key == product.RoleDistributionPoint, key == product.RoleManagementPoint, !isSiteSystemRole(a):
			default:
				slowLink(c, a, "The role needs a fast link")
			}
		},
	},
}

// unsupportedLink completes a rule about a kind of link that is not supported.
func unsupportedLink(r rule.Rule, link, what string) rule.Rule {
	r.Severity, r.Basis, r.Scope = rule.SeverityError, rule.Unsupported, rule.ScopeServer
	r.Server = func(c *rule.Check, s *model.Server) {
		if got, ok := rule.Decided(c, s.SiteServerLink); ok && got == link {
			c.Violate(rule.Violation{
				At:    model.At("site_server_link"),
				Fact:  fmt.Sprintf("%s is %s", s.Label(), what),
				Found: fmt.Sprintf("site_server_link = %q.", link),
			})
		}
	}
	return r
}

// slowLink reports a role on a server with a slow link to its site server.
func slowLink(c *rule.Check, a *model.Assignment, need string) {
	link, ok := rule.Decided(c, a.DeclaredServer().SiteServerLink)
	if ok && link == model.LinkSlow && c.Fails(model.EqualHost(a.DeclaredSite().Server, a.DeclaredServer().FQDN)) {
		c.Violate(rule.Violation{
			At:    model.At("server", "site_server_link"),
			Fact:  fmt.Sprintf("%s is across a slow link", a.Label()),
			Found: fmt.Sprintf("the server has site_server_link = %q. %s.", link, need),
		})
	}
}

// notDescribedRules are the rules that no design can violate, because it does not
// describe what they are about.
func notDescribedRules() []rule.Rule {
	rules := []rule.Rule{
		{ID: "SRV-FUNCTIONAL-LEVEL", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
			Title:   "Domains and forests have the functional level of Windows Server 2008 R2 or later",
			Why:     "Sites and their clients use features that Active Directory has at that level.",
			Fix:     "Raise the functional level before the site is installed.",
			Sources: []product.Source{product.ActiveDirectoryDomains.At("Requirements and limitations"), product.PrerequisiteChecks.Source()},
			Note:    "A design names domains and forests; it does not describe their functional levels."},
		{ID: "SRV-64BIT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
			Title:   "Site systems run on 64-bit systems",
			Why:     "Only a distribution point may be on a 32-bit system, and only on some of them.",
			Fix:     "Use a 64-bit edition.",
			Sources: []product.Source{product.SiteSystemPrerequisites.At("General requirements and limitations")},
			Note: "Every server system that operating_system accepts and a rule does not refuse exists in 64 bits only, and client systems hold only " +
				"distribution points."},
		{ID: "SRV-STATIC-IP", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
			Title: "Site systems have static addresses and stand in one network",
			Why: "Clients and firewalls rely on the address of a site system; a computer with one foot in the perimeter network and the other in the intranet " +
				"undoes the separation.",
			Fix:     "Give the server a static address and one network.",
			Sources: []product.Source{product.SiteSecurity.Source()},
			Note:    "A design names servers by their DNS names; it does not describe addresses and network adapters."},
		{ID: "SRV-INSTALL-ACCOUNT-ONE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
			Title:   "A server has one site system installation account",
			Why:     "The same account installs every role of the server.",
			Fix:     "Name it once, in installation_account of the configmgr_site_system_server.",
			Sources: []product.Source{product.Accounts.At("Site system installation account")},
			Note:    "installation_account of a configmgr_site_system_server holds one account for all roles of the server."},
		{ID: "SRV-ACCOUNT-PASSWORD-PCT", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeServer,
			Title:   "The passwords of configured accounts hold no percent sign",
			Why:     "The documentation of the accounts rules the character out.",
			Fix:     "Choose a password without a percent sign.",
			Sources: []product.Source{product.Accounts.At("Accounts that Configuration Manager uses")},
			Note:    "The provider accepts no passwords."},
		{ID: "SRV-UNTRUSTED-EP", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeRole,
			Title:   "Users in an untrusted forest enroll through an enrollment point of their forest",
			Why:     "An enrollment point authenticates the users who enroll devices, which it cannot do across forests without a trust.",
			Fix:     `Assign "enrollment_point" to a server of the forest of the users.`,
			Sources: []product.Source{product.SiteSystemRoles.At("Enrollment point")},
			Note:    "A design describes the forests of sites and servers, not those of users."},
	}
	for i := range rules {
		rules[i].Enforcement = rule.Inexpressible
	}
	return rules
}
