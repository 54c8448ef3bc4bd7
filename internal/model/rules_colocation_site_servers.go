package model

import "fmt"

// What the computers of a site server and of its database may be and do besides.

var siteServerRules = []Rule{
	{
		ID: "COLO-PASSIVE-NOT-AGNODE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer, Versions: "from 1806",
		Title:     "A passive site server is no replica of the availability group of its site database",
		Why:       "A site server in passive mode needs a computer of its own. Only the active site server may be a node of the availability group.",
		Fix:       `Name a computer outside the availability group, such as passive_site_server = "ps102.contoso.com", or take the computer out of replicas.`,
		Sources:   []Source{articleSiteServerHighAvailability.At("Site database"), articleSiteServerHighAvailability.At("Limitations")},
		CoveredBy: onElement("ROLE-SITE-SSP", "AG-SITETYPE"),
		site: func(c *check, s *Site) {
			if s.PassiveServer.IsNull() {
				return
			}
			db, ok := decided(c, s.database())
			if !ok || db.AvailabilityGroup.IsNull() {
				return
			}
			group, ok := decided(c, db.AvailabilityGroup)
			if !ok || !c.holds(listsHost(group.Replicas, s.PassiveServer)) {
				return
			}
			c.violate(violation{
				at:    At("passive_site_server"),
				fact:  fmt.Sprintf("the passive site server of %s is a replica of its site database", s.label()),
				found: fmt.Sprintf("passive_site_server = %q, which is also one of the replicas of the availability group.", s.PassiveServer),
			})
		},
	},
	{
		ID: "COLO-PROVIDER-NOT-FCI", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:     "No SMS Provider is on a node of the failover cluster of the site database",
		Why:       "The product does not support the provider on a computer of the cluster that holds the database it reads.",
		Fix:       `Put the SMS Provider on another computer, such as sms_providers = ["ps101.contoso.com"].`,
		Sources:   []Source{articleSMSProvider.At("SQL Server that hosts the site database"), articleSQLServerCluster.Source()},
		CoveredBy: onElement("ROLE-SITE-PROV", "FCI-SITETYPE"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok || db.FailoverCluster.IsNull() {
				return
			}
			cluster, ok := decided(c, db.FailoverCluster)
			if !ok {
				return
			}
			providers, ok := decided(c, s.providers())
			if !ok {
				return
			}
			for i, provider := range providers {
				// A site server on a node is FCI-REMOTE, its SMS Provider included.
				if first(s.isSiteServer(provider).Get()) || !c.holds(either(listsHost(cluster.Nodes, provider), equalHost(provider, s.databaseServer()))) {
					continue
				}
				c.violate(violation{
					at:    At("sms_providers").Index(i),
					fact:  fmt.Sprintf("an SMS Provider of %s is on a node of its database cluster", s.label()),
					found: fmt.Sprintf("sms_providers names %q, which belongs to the failover cluster of the site database.", provider),
				})
			}
		},
	},
	{
		ID: "COLO-SECDB-LOCAL", Severity: SeverityError, Basis: Unsupported, Scope: ScopeServer,
		Title:     "The database of a secondary site is on its site server",
		Why:       "A secondary site uses the SQL Server or SQL Server Express of its own computer; a remote one is not supported.",
		Fix:       `Leave database.server out, or set it to the name in site_server.`,
		Sources:   []Source{articleSQLServerVersions.At("Secondary sites")},
		CoveredBy: onElement("AG-SITETYPE", "FCI-SITETYPE"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok || db.Server.IsNull() || !c.holds(s.is(Secondary)) || !c.fails(equalHost(db.Server, s.Server)) {
				return
			}
			c.violate(violation{
				at:    At("database", "server"),
				fact:  fmt.Sprintf("the database of %s is on another computer", s.label()),
				found: fmt.Sprintf("database.server = %q, but site_server = %q.", db.Server, s.Server),
			})
		},
	},
	{
		ID: "COLO-SITESERVER-ON-DC", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:     "No site server and no site database is on a domain controller",
		Why:       "On a domain controller the local administrators are those of the domain: whoever controls the site controls the domain, and the other way round.",
		Fix:       `Use a member server, one with domain_controller = "none".`,
		Sources:   []Source{articleOperatingSystems.Source(), articlePrerequisiteChecks.Source(), articleSiteSecurity.Source()},
		CoveredBy: onElement("SRV-RODC-DB", "SRV-DC-SECONDARY"),
		server: func(c *check, s *Server) {
			kind, ok := decided(c, s.DomainController)
			if !ok || kind == DomainControllerNone {
				return
			}
			site, ok := decided(c, s.Site)
			if !ok || !c.fails(site.is(Secondary)) {
				return // a secondary site server is SRV-DC-SECONDARY
			}
			if !c.holds(either(site.isSiteServer(s.FQDN), site.holdsDatabase(s.FQDN))) {
				return
			}
			c.violate(violation{
				at:    At("domain_controller"),
				fact:  fmt.Sprintf("%s is a domain controller and runs %s", s.label(), site.label()),
				found: fmt.Sprintf("domain_controller = %q on a site server or site database server of %s.", kind, site.label()),
			})
		},
	},
	{
		ID: "COLO-DB-NO-OTHER-APPS", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeServer,
		Title:   "The site database server runs no other applications with databases",
		Why:     "Other applications on the SQL Server widen the attack surface of the site database and take memory and disk throughput from it. The databases of report servers, the data warehouse, WSUS and other sites are not meant.",
		Fix:     "Move the other applications to another SQL Server, and set other_sql_applications = false.",
		Sources: []Source{articleSiteSecurity.At("Security guidance for SQL Server"), articleSQLServerVersions.At("Data warehouse service point"), articleSiteSystemPrerequisites.At("Reporting services point")},
		server: func(c *check, s *Server) {
			if !c.holds(s.OtherSQLApplications) {
				return
			}
			site, ok := decided(c, s.Site)
			if !ok || !c.holds(site.holdsDatabase(s.FQDN)) {
				return
			}
			c.violate(violation{
				at:    At("other_sql_applications"),
				fact:  fmt.Sprintf("%s shares SQL Server with other applications", s.label()),
				found: fmt.Sprintf("other_sql_applications = true on the site database server of %s.", site.label()),
			})
		},
	},
	{
		ID: "COLO-CLIENT-SAME-SITE", Severity: SeverityWarning, Basis: Documented, Scope: ScopeServer,
		Title:   "The client on a site system is assigned to the site that the site system belongs to",
		Why:     "While the sites of a hierarchy run different versions, a client of another site may be newer or older than the site system on the same computer; and whoever manages that other site manages this computer.",
		Fix:     `Assign the client to the site of the server, as in client_site_code = "PS1" on a server of site PS1. The server of a secondary site is a client of the primary site above.`,
		Sources: []Source{articleInteroperability.At("Assign site systems as clients to the same site"), articleSiteSecurity.At("Security guidance for the management point")},
		server: func(c *check, s *Server) {
			client, ok := decided(c, folded(s.ClientSiteCode, foldCode))
			if !ok || client == "" {
				return // no client
			}
			site, ok := decided(c, s.Site)
			if !ok {
				return
			}
			code, ok := decided(c, site.code())
			if !ok || client == code {
				return
			}
			siteType, ok := decided(c, site.Type)
			if !ok || siteType == CentralAdministration {
				return // which has no clients: its servers are clients of some primary site
			}
			if siteType == Secondary {
				parent, ok := decided(c, site.Parent)
				if !ok {
					return
				}
				if above, ok := decided(c, parent.code()); !ok || client == above {
					return
				}
			}
			c.violate(violation{
				at:    At("client_site_code"),
				fact:  fmt.Sprintf("%s is a client of another site", s.label()),
				found: fmt.Sprintf("client_site_code = %q, but the server belongs to %s.", client, site.label()),
			})
		},
	},
	{
		ID: "COLO-PROXY-ONE", Severity: SeverityError, Basis: Documented, Scope: ScopeServer,
		Title:       "All roles of a server use one proxy configuration",
		Why:         "The proxy is a property of the site system server, not of a role.",
		Fix:         `Declare it once, on the configmgr_site_system_server: proxy { server_name = "proxy.contoso.com" }.`,
		Sources:     []Source{articleProxySupport.Source()},
		Enforcement: Inexpressible,
		Note:        "A configmgr_site_system_server has one proxy block, and a role only says whether it uses that proxy.",
	},
}
