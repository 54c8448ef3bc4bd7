package model

import (
	"fmt"
	"slices"
)

// Group 2: distributed views, with which a central administration site reads data
// from its primary sites instead of holding a copy.

var distributedViewRules = []Rule{
	{
		ID: "HIER-DVIEW-LINK", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:   "Distributed views are used between the central administration site and a child primary site",
		Why:     "They let the central administration site query the database of a primary site. No other link has them.",
		Fix:     `List child primary sites only, as in distributed_views = ["PS1", "PS2"].`,
		Sources: []Source{articleDatabaseReplication.At("Prerequisites and limitations for distributed views")},
		hierarchy: func(c *check) {
			for _, v := range c.views() {
				tier, ok := decided(c, v.site.TierOf())
				if ok && tier != TierChildPrimary {
					c.violate(violation{
						at: v.at, site: v.site,
						fact:  fmt.Sprintf("the link of %s cannot use distributed views", v.site.label()),
						found: fmt.Sprintf("%s names a %s.", v.at, tier.Name()),
					})
				}
			}
		},
	},
	viewRule(Rule{
		ID: "HIER-DVIEW-SQL", Basis: Unsupported,
		Title:     "With distributed views the central administration site runs SQL Server Enterprise",
		Why:       "The queries to the primary sites need features of that edition.",
		CoveredBy: onElement("DB-FULL-SQL"),
		Fix:       `Use SQL Server Enterprise at the central administration site: edition = "enterprise" in its database block. Or turn distributed views off: distributed_views = [].`,
	}, func(c *check, s *Site) {
		db, ok := decided(c, s.database())
		if !ok {
			return
		}
		edition, ok := decided(c, db.Edition)
		// Developer and Evaluation have the features of Enterprise; DB-FULL-SQL has its
		// say about them.
		if !ok || slices.Contains([]string{EditionEnterprise, EditionDeveloper, EditionEvaluation}, edition) {
			return
		}
		c.violate(violation{
			on: s, at: At("database", "edition"), site: s,
			fact:  fmt.Sprintf("the database of %s has no SQL Server Enterprise for distributed views", s.label()),
			found: fmt.Sprintf("edition = %q.", edition),
		})
	}),
	viewRule(Rule{
		ID: "HIER-DVIEW-PROVIDER", Basis: Unsupported,
		Title:     "With distributed views the only SMS Provider of the central administration site is on its database server",
		Why:       "The provider passes the identity of the user on to the primary sites, which works only from the database server itself.",
		Fix:       `List the database server alone, such as sms_providers = ["sql01.contoso.com"]. Or turn distributed views off: distributed_views = [].`,
		CoveredBy: onElement("ROLE-CARD-PROV-MIN"),
	}, func(c *check, s *Site) {
		providers, ok := decided(c, s.providers())
		if !ok {
			return
		}
		v := violation{
			on: s, at: At("sms_providers"), site: s,
			fact: fmt.Sprintf("the SMS Providers of %s do not suit distributed views", s.label()),
		}
		if n := len(providers); n != 1 {
			v.found = fmt.Sprintf("sms_providers lists %d computers.", n)
			c.violate(v)
			return
		}
		// A failover cluster instance or an availability group is HIER-DVIEW-DB-HA.
		if !c.fails(s.databaseIsVirtual()) || !c.fails(equalHost(providers[0], s.databaseServer())) {
			return
		}
		v.found = fmt.Sprintf("the provider is on %q, the database on %q.", providers[0], s.databaseServer())
		if s.Providers.IsNull() {
			v.found = fmt.Sprintf("sms_providers is not set, so that the provider is on the site server; the database is on %q.", s.databaseServer())
		}
		c.violate(v)
	}),
	viewRule(Rule{
		ID: "HIER-DVIEW-RSP", Basis: Unsupported,
		Title: "With distributed views the only reporting services point of the central administration site is on its database server",
		Why:   "Reports read the data of the primary sites through the database server, and can do so only from there.",
		Fix:   "Keep one reporting services point at the central administration site, on the server that holds its database. Or turn distributed views off: distributed_views = [].",
	}, func(c *check, s *Site) {
		points := c.topology.index.rolesAt(s, roleReportingServicesPoint)
		if len(points) > 1 {
			c.violate(violation{
				on: points[1], at: At("role"), site: s, related: asDeclared(points),
				fact:  fmt.Sprintf("%s has %d reporting services points and distributed views", s.label(), len(points)),
				found: labels(points) + ". One is supported with distributed views.",
			})
			return
		}
		c.openCount()
		c.onDatabaseServer(s, points)
	}),
	viewRule(Rule{
		ID: "HIER-DVIEW-DB-HA", Basis: Conflict,
		Title: "With distributed views the database of the central administration site is on a stand-alone SQL Server",
		Why:   "The only SMS Provider of the site has to be on the database server, and a provider cannot be on a node of a failover cluster instance. The articles disagree on clusters elsewhere in such a hierarchy.",
		Fix:   "Move the database of the central administration site to a stand-alone SQL Server: remove failover_cluster and availability_group from its database block. Or turn distributed views off: distributed_views = [].",
	}, func(c *check, s *Site) {
		db, ok := decided(c, s.database())
		if !ok {
			return
		}
		c.undecideIf(db.FailoverCluster.IsUnknown() || db.AvailabilityGroup.IsUnknown())
		switch {
		case db.FailoverCluster.IsKnown():
			c.violate(violation{
				on: s, at: At("database", "failover_cluster"), site: s,
				fact:  fmt.Sprintf("the database of %s is on a failover cluster instance and the hierarchy uses distributed views", s.label()),
				found: "the database block has a failover_cluster block.",
			})
		case db.AvailabilityGroup.IsKnown():
			c.violate(violation{
				on: s, at: At("database", "availability_group"), site: s, severity: SeverityWarning,
				fact:  fmt.Sprintf("the database of %s is in an availability group and the hierarchy uses distributed views", s.label()),
				found: "the database block has an availability_group block.",
			})
		}
	}),
	viewRule(Rule{
		ID: "HIER-DVIEW-DWSP", Basis: Documented, Sources: []Source{articleDataWarehouse.At("Prerequisites")},
		Title: "With distributed views the data warehouse service point is on the database server of the central administration site",
		Why:   "The data warehouse copies data of the primary sites through the database server, and can do so only from there.",
		Fix:   `Assign "data_warehouse_service_point" to the server that holds the database of the central administration site. Or turn distributed views off: distributed_views = [].`,
	}, func(c *check, s *Site) {
		c.openCount()
		c.onDatabaseServer(s, c.topology.index.rolesAt(s, roleDataWarehouse))
	}),
	{
		ID: "HIER-DVIEW-SCHEDULE", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:   "A link has distributed views or a replication schedule, and no primary site is uninstalled while a link has views",
		Why:     "With distributed views the data of the link is read at once and not replicated by a schedule. Uninstalling a primary site while any link still uses them leaves the replication of the hierarchy broken.",
		Fix:     "Take the site out of distributed_views or out of replication_schedules. Before a primary site is uninstalled: first turn distributed views off on all links, set distributed_views = [] and apply; then uninstall the site and remove it from the configuration.",
		Sources: []Source{articleDatabaseReplication.At("Distributed views"), articleDatabaseReplication.At("Prerequisites and limitations for distributed views")},
		hierarchy: func(c *check) {
			c.viewsWhileUninstalling()
			views, ok := decided(c, c.topology.Hierarchy.DistributedViews)
			if !ok || len(views) == 0 {
				return
			}
			schedules, ok := decided(c, c.topology.Hierarchy.ReplicationSchedules)
			if !ok {
				return
			}
			viewed := map[string]bool{}
			for _, entry := range views {
				if code, ok := decided(c, folded(entry, foldCode)); ok {
					viewed[code] = true
				}
			}
			for i, entry := range schedules {
				if code, ok := decided(c, folded(entry, foldCode)); ok && viewed[code] {
					at := At("replication_schedules").Index(i)
					c.violate(violation{
						at: at, site: c.topology.index.sites[code],
						fact:  fmt.Sprintf("the link of site %s has distributed views and a replication schedule", code),
						found: fmt.Sprintf("%s = %q, which distributed_views names too.", at, code),
					})
				}
			}
		},
	},
	{
		ID: "HIER-DVIEW-PRIMARY-HA", Severity: SeverityWarning, Basis: Conflict, Scope: ScopePair,
		Title:   "With distributed views a highly available database of a child primary site uses port 1433",
		Why:     "The central administration site links to the network name of the cluster or listener on the default port. An older article does not support a failover cluster instance there at all.",
		Fix:     "Let the failover cluster instance or the listener use port 1433 and leave port out of the database block. Or take the site out of distributed_views.",
		Sources: []Source{articleDatabaseReplication.At("Prerequisites and limitations for distributed views"), articleSQLServerCluster.At("Data replication options")},
		hierarchy: func(c *check) {
			for _, v := range c.views() {
				tier, ok := decided(c, v.site.TierOf())
				if !ok || tier != TierChildPrimary || !c.holds(v.site.databaseIsVirtual()) {
					continue
				}
				db, _ := v.site.database().Get()
				if port, ok := decided(c, db.Port.OrDefault(DefaultSQLPort)); ok && port != DefaultSQLPort {
					c.violate(violation{
						on: v.site, at: At("database", "port"), site: v.site,
						fact:  fmt.Sprintf("the database of %s is reached on another port than %d and has distributed views", v.site.label(), DefaultSQLPort),
						found: fmt.Sprintf("port = %d with a failover cluster instance or an availability group.", port),
					})
				}
			}
		},
	},
}

// view is a site whose link to the central administration site has distributed
// views, and where the design says so.
type view struct {
	at   Path
	site *Site
}

// views returns the listed sites that distributed_views names. A site that is not
// listed leaves the rule undecided.
func (c *check) views() []view {
	codes, ok := decided(c, c.topology.Hierarchy.DistributedViews)
	if !ok {
		return nil
	}
	var list []view
	for i, entry := range codes {
		code, ok := decided(c, folded(entry, foldCode))
		if !ok {
			continue
		}
		if site := c.topology.index.sites[code]; site != nil {
			list = append(list, view{at: At("distributed_views").Index(i), site: site})
		} else {
			c.undecide()
		}
	}
	return list
}

// viewRule completes a rule about a central administration site with distributed
// views on any of its links.
func viewRule(r Rule, judge func(*check, *Site)) Rule {
	r.Severity, r.Scope = SeverityError, ScopeSite
	if r.Sources == nil {
		r.Sources = []Source{articleDatabaseReplication.At("Prerequisites and limitations for distributed views")}
	}
	if r.Basis == Conflict {
		r.Sources = append(r.Sources, articleSQLServerCluster.At("Data replication options"))
	}
	r.hierarchy = func(c *check) {
		var judged []*Site
		for _, v := range c.views() {
			tier, ok := decided(c, v.site.TierOf())
			if !ok || tier != TierChildPrimary {
				continue
			}
			parent, ok := decided(c, v.site.Parent)
			if !ok || !c.isListed(parent) {
				c.undecide()
				continue
			}
			if !slices.Contains(judged, parent) {
				judged = append(judged, parent)
				judge(c, parent)
			}
		}
	}
	return r
}

// onDatabaseServer reports roles of a site that are not on its database server.
// HIER-DVIEW-DB-HA speaks about a database that is on no single computer.
func (c *check) onDatabaseServer(s *Site, points []*Assignment) {
	for _, a := range points {
		if c.fails(s.databaseIsVirtual()) && c.fails(equalHost(a.host(), s.databaseServer())) {
			c.violate(violation{
				on: a, at: At("server"), site: s,
				fact:  fmt.Sprintf("%s is not on the database server of %s", a.label(), s.label()),
				found: fmt.Sprintf("the role is on %q, the database on %q.", a.host(), s.databaseServer()),
			})
		}
	}
}

// viewsWhileUninstalling reports installed primary sites that leave the hierarchy
// while links have distributed views.
func (c *check) viewsWhileUninstalling() {
	if c.topology.Prior == nil {
		return
	}
	for _, prior := range sortedSites(c.topology.Prior.Sites) {
		code, ok := prior.code().Get()
		if !ok || !isInstalledPrimary(prior) || c.topology.index.sites[code] != nil {
			continue
		}
		views, ok := decided(c, c.topology.Prior.Hierarchy.DistributedViews)
		if c.topology.index.open {
			c.undecide()
			continue
		}
		if ok && len(views) > 0 {
			c.violate(violation{
				at:    At("distributed_views"),
				fact:  fmt.Sprintf("%s is to be uninstalled while links have distributed views", prior.label()),
				found: fmt.Sprintf("%s is installed and not in sites any more, and distributed views are on for %d link(s).", code, len(views)),
			})
		}
	}
}
