package colocation

import (
	"fmt"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// What the computers of a site server and of its database may be and do besides.

var siteServerRules = []rule.Rule{
	{
		ID: "COLO-PASSIVE-NOT-AGNODE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer, Versions: "from 1806",
		Title:     "A passive site server is not a replica of an availability group, nor a node of another cluster",
		Why:       "A site server in passive mode needs a computer of its own. Only the active site server may be a node of the availability group.",
		Fix:       `Name a computer outside the availability group, such as passive_site_server = "ps102.contoso.com", or take the computer out of replicas.`,
		Sources:   []product.Source{product.SiteServerHighAvailability.At("Site database"), product.SiteServerHighAvailability.At("Limitations")},
		CoveredBy: append(rule.OnElement("ROLE-SITE-SSP", "AG-SITETYPE"), rule.OnAttribute("REF-DISTINCT")...),
		Site: func(c *rule.Check, s *model.Site) {
			if s.PassiveServer.IsNull() {
				return
			}
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || db.AvailabilityGroup.IsNull() {
				return
			}
			group, ok := rule.Decided(c, db.AvailabilityGroup)
			if !ok || !c.Holds(model.ListsHost(group.Replicas, s.PassiveServer)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("passive_site_server"),
				Fact:  fmt.Sprintf("the passive site server of %s is a replica of its site database", s.Label()),
				Found: fmt.Sprintf("passive_site_server = %q, which is also one of the replicas of the availability group.", s.PassiveServer),
			})
		},
		// A node of some cluster that no database block lists.
		Server: func(c *rule.Check, s *model.Server) {
			site, ok := rule.Decided(c, s.Site)
			if !ok || !c.Holds(model.Both(site.IsPassiveServer(s.FQDN), s.ClusterNode)) || !c.Fails(site.HoldsDatabase(s.FQDN)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("cluster_node"),
				Fact:  fmt.Sprintf("the passive site server of %s is a node of a cluster", site.Label()),
				Found: fmt.Sprintf("%s has cluster_node = true and is passive_site_server of %s.", s.Label(), site.Label()),
				Fix:   `Name a computer outside the cluster, such as passive_site_server = "ps102.contoso.com".`,
			})
		},
	},
	{
		ID: "COLO-PROVIDER-NOT-FCI", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:     "No SMS Provider is on a node of the failover cluster of the site database",
		Why:       "The product does not support the provider on a computer of the cluster that holds the database it reads.",
		Fix:       `Put the SMS Provider on another computer, such as sms_providers = ["ps101.contoso.com"].`,
		Sources:   []product.Source{product.SMSProvider.At("SQL Server that hosts the site database"), product.SQLServerCluster.Source()},
		CoveredBy: rule.OnElement("ROLE-SITE-PROV", "FCI-SITETYPE"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || db.FailoverCluster.IsNull() {
				return
			}
			cluster, ok := rule.Decided(c, db.FailoverCluster)
			if !ok {
				return
			}
			providers, ok := rule.Decided(c, s.ProviderHosts())
			if !ok {
				return
			}
			for i, provider := range providers {
				// A site server on a node is FCI-REMOTE, its SMS Provider included.
				if model.First(s.IsSiteServer(provider).Get()) || !c.Holds(model.Either(model.ListsHost(cluster.Nodes, provider), model.EqualHost(provider, s.DatabaseHost()))) {
					continue
				}
				c.Violate(rule.Violation{
					At:    model.At("sms_providers").Index(i),
					Fact:  fmt.Sprintf("an SMS Provider of %s is on a node of its database cluster", s.Label()),
					Found: fmt.Sprintf("sms_providers names %q, which belongs to the failover cluster of the site database.", provider),
				})
			}
		},
	},
	{
		ID: "COLO-SECDB-LOCAL", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeServer,
		Title:     "The database of a secondary site is on its site server",
		Why:       "A secondary site uses the SQL Server or SQL Server Express of its own computer; a remote one is not supported.",
		Fix:       `Leave database.server out, or set it to the name in site_server.`,
		Sources:   []product.Source{product.SQLServerVersions.At("Secondary sites")},
		CoveredBy: rule.OnElement("AG-SITETYPE", "FCI-SITETYPE"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || db.Server.IsNull() || !c.Holds(s.Is(product.Secondary)) || !c.Fails(model.EqualHost(db.Server, s.Server)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("database", "server"),
				Fact:  fmt.Sprintf("the database of %s is on another computer", s.Label()),
				Found: fmt.Sprintf("database.server = %q, but site_server = %q.", db.Server, s.Server),
			})
		},
	},
	{
		ID: "COLO-SITESERVER-ON-DC", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title:     "No site server and no site database is on a domain controller",
		Why:       "On a domain controller the local administrators are those of the domain: whoever controls the site controls the domain, and the other way round.",
		Fix:       `Use a member server, one with domain_controller = "none".`,
		Sources:   []product.Source{product.SupportedOperatingSystems.Source(), product.PrerequisiteChecks.Source(), product.SiteSecurity.Source()},
		CoveredBy: rule.OnElement("SRV-RODC-DB", "SRV-DC-SECONDARY"),
		Server: func(c *rule.Check, s *model.Server) {
			kind, ok := rule.Decided(c, s.DomainController)
			if !ok || kind == model.DomainControllerNone {
				return
			}
			site, ok := rule.Decided(c, s.Site)
			if !ok || !c.Fails(site.Is(product.Secondary)) {
				return // a secondary site server is SRV-DC-SECONDARY
			}
			if !c.Holds(model.Either(site.IsSiteServer(s.FQDN), site.HoldsDatabase(s.FQDN))) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("domain_controller"),
				Fact:  fmt.Sprintf("%s is a domain controller and runs %s", s.Label(), site.Label()),
				Found: fmt.Sprintf("domain_controller = %q on a site server or site database server of %s.", kind, site.Label()),
			})
		},
	},
	{
		ID: "COLO-DB-NO-OTHER-APPS", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeServer,
		Title: "The site database server runs no other applications with databases",
		Why: "Other applications on the SQL Server widen the attack surface of the site database and take memory and disk throughput from it. The " +
			"databases of report servers, the data warehouse, WSUS and other sites are not meant.",
		Fix:     "Move the other applications to another SQL Server, and set other_sql_applications = false.",
		Sources: []product.Source{product.SiteSecurity.At("Security guidance for SQL Server"), product.SQLServerVersions.At("Data warehouse service point"), product.SiteSystemPrerequisites.At("Reporting services point")},
		Server: func(c *rule.Check, s *model.Server) {
			if !c.Holds(s.OtherSQLApplications) {
				return
			}
			site, ok := rule.Decided(c, s.Site)
			if !ok || !c.Holds(site.HoldsDatabase(s.FQDN)) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("other_sql_applications"),
				Fact:  fmt.Sprintf("%s shares SQL Server with other applications", s.Label()),
				Found: fmt.Sprintf("other_sql_applications = true on the site database server of %s.", site.Label()),
			})
		},
	},
	{
		ID: "COLO-CLIENT-SAME-SITE", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title: "The client on a site system is assigned to the site that the site system belongs to",
		Why: "While the sites of a hierarchy run different versions, a client of another site may be newer or older than the site system on the same " +
			"computer; and whoever manages that other site manages this computer.",
		Fix: "Assign the client to the site of the server, and name that in client_site_code. The server of a secondary site is a client of the primary " +
			"site above.",
		// Which says what is wrong with the site that is named.
		CoveredBy: rule.OnAttribute("HIER-CLIENT-ASSIGN-PRIMARY"),
		Sources:   []product.Source{product.Interoperability.At("Assign site systems as clients to the same site"), product.SiteSecurity.At("Security guidance for the management point")},
		Server: func(c *rule.Check, s *model.Server) {
			client, ok := rule.Decided(c, model.Folded(s.ClientSiteCode, model.FoldCode))
			if !ok || client == "" {
				return // no client
			}
			site, ok := rule.Decided(c, s.Site)
			if !ok {
				return
			}
			code, ok := rule.Decided(c, site.NormalizedCode())
			if !ok || client == code {
				return
			}
			siteType, ok := rule.Decided(c, site.Type)
			if !ok || siteType == product.CentralAdministration {
				return // which has no clients: its servers are clients of some primary site
			}
			right := code
			if siteType == product.Secondary {
				parent, ok := rule.Decided(c, site.Parent)
				if !ok {
					return
				}
				above, ok := rule.Decided(c, parent.NormalizedCode())
				if !ok || client == above {
					return
				}
				right = above
			}
			near := []string{right} // what may have been meant
			if x := c.Topology.Index; x != nil && x.Sites[client] != nil {
				near = nil // it is the code of a site
			}
			c.Violate(rule.Violation{
				At:    model.At("client_site_code"),
				Fact:  fmt.Sprintf("%s is a client of another site", s.Label()),
				Found: fmt.Sprintf("client_site_code = %q, but the server belongs to %s.%s", s.ClientSiteCode, site.Label(), product.DidYouMean(client, near)),
				Fix:   fmt.Sprintf("Assign the client to the site of the server, which for a secondary site is the primary site above: client_site_code = %q.", right),
			})
		},
	},
	{
		ID: "COLO-PROXY-ONE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeServer,
		Title:       "All roles of a server use one proxy configuration",
		Why:         "The proxy is a property of the site system server, not of a role.",
		Fix:         `Declare it once, on the configmgr_site_system_server: proxy { server_name = "proxy.contoso.com" }.`,
		Sources:     []product.Source{product.ProxySupport.Source()},
		Enforcement: rule.Inexpressible,
		Note:        "A configmgr_site_system_server has one proxy block, and a role only says whether it uses that proxy.",
	},
}
