package hierarchy

import (
	"fmt"
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Distributed views, with which a central administration site reads data
// from its primary sites instead of holding a copy.

var distributedViewRules = []rule.Rule{
	{
		ID: "HIER-DVIEW-LINK", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title:   "Distributed views are used between the central administration site and a child primary site",
		Why:     "They let the central administration site query the database of a primary site. No other link has them.",
		Fix:     "List child primary sites only in distributed_views.",
		Sources: []product.Source{product.DatabaseReplication.At("Prerequisites and limitations for distributed views")},
		Hierarchy: func(c *rule.Check) {
			for _, v := range views(c) {
				tier, ok := rule.Decided(c, v.site.TierOf())
				if ok && tier != product.TierChildPrimary {
					c.Violate(rule.Violation{
						At: v.at, Site: v.site,
						Fact:  fmt.Sprintf("the link of %s cannot use distributed views", v.site.Label()),
						Found: fmt.Sprintf("%s names a %s.", v.at, tier.Name()),
						Fix:   viewableFix(c),
					})
				}
			}
		},
	},
	viewRule(rule.Rule{
		ID: "HIER-DVIEW-SQL", Basis: rule.Unsupported,
		Title:     "With distributed views the central administration site runs SQL Server Enterprise",
		Why:       "The queries to the primary sites need features of that edition.",
		CoveredBy: rule.OnElement("DB-FULL-SQL"),
		Fix: `Use SQL Server Enterprise at the central administration site: edition = "enterprise" in its database block. Or turn distributed views off: ` +
			`distributed_views = [].`,
	}, func(c *rule.Check, s *model.Site) {
		db, ok := rule.Decided(c, s.DeclaredDatabase())
		if !ok {
			return
		}
		edition, ok := rule.Decided(c, db.Edition)
		// Developer and Evaluation have the features of Enterprise; DB-FULL-SQL has its
		// say about them.
		if !ok || slices.Contains([]string{model.EditionEnterprise, model.EditionDeveloper, model.EditionEvaluation}, edition) {
			return
		}
		c.Violate(rule.Violation{
			On: s, At: model.At("database", "edition"), Site: s,
			Fact:  fmt.Sprintf("the database of %s has no SQL Server Enterprise for distributed views", s.Label()),
			Found: fmt.Sprintf("edition = %q.", edition),
		})
	}),
	viewRule(rule.Rule{
		ID: "HIER-DVIEW-PROVIDER", Basis: rule.Unsupported,
		Title:     "With distributed views the only SMS Provider of the central administration site is on its database server",
		Why:       "The provider passes the identity of the user on to the primary sites, which works only from the database server itself.",
		Fix:       "List the database server alone in sms_providers. Or turn distributed views off: distributed_views = [].",
		CoveredBy: append(rule.OnElement("ROLE-CARD-PROV-MIN"), rule.OnAttribute("COLO-ONE-SITE-PER-SERVER")...),
	}, func(c *rule.Check, s *model.Site) {
		providers, ok := rule.Decided(c, s.ProviderHosts())
		if !ok {
			return
		}
		v := rule.Violation{
			On: s, At: model.At("sms_providers"), Site: s,
			Fact: fmt.Sprintf("the SMS Providers of %s do not suit distributed views", s.Label()),
		}
		if host, ok := s.DatabaseHost().Get(); ok && s.DatabaseIsVirtual() == model.Known(false) {
			v.Fix = fmt.Sprintf("List the database server alone: sms_providers = [%q]. Or turn distributed views off: distributed_views = [].", host)
		}
		if n := len(providers); n != 1 {
			v.Found = fmt.Sprintf("sms_providers lists %d computers.", n)
			c.Violate(v)
			return
		}
		// A failover cluster instance or an availability group is HIER-DVIEW-DB-HA.
		if !c.Fails(s.DatabaseIsVirtual()) || !c.Fails(model.EqualHost(providers[0], s.DatabaseHost())) {
			return
		}
		v.Found = fmt.Sprintf("the provider is on %q, the database on %q.", providers[0], s.DatabaseHost())
		if s.Providers.IsNull() {
			v.Found = fmt.Sprintf("sms_providers is not set, so that the provider is on the site server; the database is on %q.", s.DatabaseHost())
		}
		c.Violate(v)
	}),
	viewRule(rule.Rule{
		ID: "HIER-DVIEW-RSP", Basis: rule.Unsupported, CoveredBy: rule.OnAttribute("ROLE-CARD-ROLE-SERVER", "COLO-ONE-SITE-PER-SERVER"),
		Title: "With distributed views the only reporting services point of the central administration site is on its database server",
		Why:   "Reports read the data of the primary sites through the database server, and can do so only from there.",
		Fix: "Keep one reporting services point at the central administration site, on the server that holds its database. Or turn distributed views off: " +
			"distributed_views = [].",
	}, func(c *rule.Check, s *model.Site) {
		points := c.Topology.Index.RolesAt(s, product.RoleReportingServicesPoint)
		if len(points) > 1 {
			c.Violate(rule.Violation{
				On: points[1], At: model.At("role"), Site: s, Related: model.AsDeclared(points),
				Fact:  fmt.Sprintf("%s has %d reporting services points and distributed views", s.Label(), len(points)),
				Found: model.Labels(points) + ". One is supported with distributed views.",
			})
			return
		}
		c.OpenCount()
		onDatabaseServer(c, s, points)
	}),
	viewRule(rule.Rule{
		ID: "HIER-DVIEW-DB-HA", Basis: rule.Conflict,
		Title: "With distributed views the database of the central administration site is on a stand-alone SQL Server",
		Why: "The only SMS Provider of the site has to be on the database server, and a provider cannot be on a node of a failover cluster instance. The " +
			"articles disagree on clusters elsewhere in such a hierarchy.",
		Fix: "Move the database of the central administration site to a stand-alone SQL Server: remove failover_cluster and availability_group from its " +
			"database block. Or turn distributed views off: distributed_views = [].",
	}, func(c *rule.Check, s *model.Site) {
		db, ok := rule.Decided(c, s.DeclaredDatabase())
		if !ok {
			return
		}
		c.UndecideIf(db.FailoverCluster.IsUnknown() || db.AvailabilityGroup.IsUnknown())
		switch {
		case db.FailoverCluster.IsKnown():
			c.Violate(rule.Violation{
				On: s, At: model.At("database", "failover_cluster"), Site: s,
				Fact:  fmt.Sprintf("the database of %s is on a failover cluster instance and the hierarchy uses distributed views", s.Label()),
				Found: "the database block has a failover_cluster block.",
			})
		case db.AvailabilityGroup.IsKnown():
			c.Violate(rule.Violation{
				On: s, At: model.At("database", "availability_group"), Site: s, Severity: rule.SeverityWarning,
				Fact:  fmt.Sprintf("the database of %s is in an availability group and the hierarchy uses distributed views", s.Label()),
				Found: "the database block has an availability_group block.",
			})
		}
	}),
	viewRule(rule.Rule{
		ID: "HIER-DVIEW-DWSP", Basis: rule.Documented, CoveredBy: rule.OnAttribute("COLO-ONE-SITE-PER-SERVER"), Sources: []product.Source{product.DataWarehouse.At("Prerequisites")},
		Title: "With distributed views the data warehouse service point is on the database server of the central administration site",
		Why:   "The data warehouse copies data of the primary sites through the database server, and can do so only from there.",
		Fix: `Assign "data_warehouse_service_point" to the server that holds the database of the central administration site. Or turn distributed views off: ` +
			`distributed_views = [].`,
	}, func(c *rule.Check, s *model.Site) {
		c.OpenCount()
		onDatabaseServer(c, s, c.Topology.Index.RolesAt(s, product.RoleDataWarehouse))
	}),
	{
		ID: "HIER-DVIEW-SCHEDULE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title: "A link has distributed views or a replication schedule, and no primary site is uninstalled while a link has views",
		Why: "With distributed views the data of the link is read at once and not replicated by a schedule. Uninstalling a primary site while any link " +
			"still uses them leaves the replication of the hierarchy broken.",
		Fix: "Take the site out of distributed_views or out of replication_schedules. Before a primary site is uninstalled: first turn distributed views " +
			"off on all links, set distributed_views = [] and apply; then uninstall the site and remove it from the configuration.",
		Sources: []product.Source{product.DatabaseReplication.At("Distributed views"), product.DatabaseReplication.At("Prerequisites and limitations for distributed views")},
		Hierarchy: func(c *rule.Check) {
			viewsWhileUninstalling(c)
			views, ok := rule.Decided(c, c.Topology.Hierarchy.DistributedViews)
			if !ok || len(views) == 0 {
				return
			}
			schedules, ok := rule.Decided(c, c.Topology.Hierarchy.ReplicationSchedules)
			if !ok {
				return
			}
			viewed := map[string]bool{}
			for _, entry := range views {
				if code, ok := rule.Decided(c, model.Folded(entry, model.FoldCode)); ok {
					viewed[code] = true
				}
			}
			for i, entry := range schedules {
				if code, ok := rule.Decided(c, model.Folded(entry, model.FoldCode)); ok && viewed[code] {
					at := model.At("replication_schedules").Index(i)
					c.Violate(rule.Violation{
						At: at, Site: c.Topology.Index.Sites[code],
						Fact:  fmt.Sprintf("the link of site %s has distributed views and a replication schedule", code),
						Found: fmt.Sprintf("%s = %q, which distributed_views names too.", at, entry),
					})
				}
			}
		},
	},
	{
		ID: "HIER-DVIEW-PRIMARY-HA", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopePair,
		Title: "With distributed views a highly available database of a child primary site uses port 1433",
		Why: "The central administration site links to the network name of the cluster or listener on the default port. An older article does not support " +
			"a failover cluster instance there at all.",
		Fix: "Let the failover cluster instance or the listener use port 1433 and leave port out of the database block. Or take the site out of " +
			"distributed_views.",
		Sources: []product.Source{product.DatabaseReplication.At("Prerequisites and limitations for distributed views"), product.SQLServerCluster.At("Data replication options")},
		Hierarchy: func(c *rule.Check) {
			for _, v := range views(c) {
				tier, ok := rule.Decided(c, v.site.TierOf())
				if !ok || tier != product.TierChildPrimary || !c.Holds(v.site.DatabaseIsVirtual()) {
					continue
				}
				db, _ := v.site.DeclaredDatabase().Get()
				if port, ok := rule.Decided(c, db.Port.OrDefault(model.DefaultSQLPort)); ok && port != model.DefaultSQLPort {
					c.Violate(rule.Violation{
						On: v.site, At: model.At("database", "port"), Site: v.site,
						Fact:  fmt.Sprintf("the database of %s is reached on another port than %d and has distributed views", v.site.Label(), model.DefaultSQLPort),
						Found: fmt.Sprintf("port = %d with a failover cluster instance or an availability group.", port),
					})
				}
			}
		},
	},
}

// viewableFix names the child primary sites of the hierarchy, whose links can have views.
func viewableFix(c *rule.Check) string {
	var codes []string
	for _, s := range model.SortedSites(c.Topology.Sites) {
		if code, ok := s.NormalizedCode().Get(); ok && s.TierOf() == model.Known(product.TierChildPrimary) && len(codes) < 2 {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return "Take the code out: distributed_views = []. Only a child primary site of a central administration site can have them."
	}
	return fmt.Sprintf("List child primary sites only, as in distributed_views = [%s].", product.Quoted(codes))
}

// view is a site whose link to the central administration site has distributed
// views, and where the design says so.
type view struct {
	at   model.Path
	site *model.Site
}

// views returns the listed sites that distributed_views names. A site that is not
// listed leaves the rule undecided.
func views(c *rule.Check) []view {
	codes, ok := rule.Decided(c, c.Topology.Hierarchy.DistributedViews)
	if !ok {
		return nil
	}
	var list []view
	for i, entry := range codes {
		code, ok := rule.Decided(c, model.Folded(entry, model.FoldCode))
		if !ok {
			continue
		}
		if site := c.Topology.Index.Sites[code]; site != nil {
			list = append(list, view{at: model.At("distributed_views").Index(i), site: site})
		} else {
			c.Undecide()
		}
	}
	return list
}

// viewRule completes a rule about a central administration site with distributed
// views on any of its links.
func viewRule(r rule.Rule, judge func(*rule.Check, *model.Site)) rule.Rule {
	r.Severity, r.Scope = rule.SeverityError, rule.ScopeSite
	if r.Sources == nil {
		r.Sources = []product.Source{product.DatabaseReplication.At("Prerequisites and limitations for distributed views")}
	}
	if r.Basis == rule.Conflict {
		r.Sources = append(r.Sources, product.SQLServerCluster.At("Data replication options"))
	}
	r.Hierarchy = func(c *rule.Check) {
		var judged []*model.Site
		for _, v := range views(c) {
			tier, ok := rule.Decided(c, v.site.TierOf())
			if !ok || tier != product.TierChildPrimary {
				continue
			}
			parent, ok := rule.Decided(c, v.site.Parent)
			if !ok || !isListed(c, parent) {
				c.Undecide()
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
func onDatabaseServer(c *rule.Check, s *model.Site, points []*model.Assignment) {
	for _, a := range points {
		if c.Fails(s.DatabaseIsVirtual()) && c.Fails(model.EqualHost(a.Host(), s.DatabaseHost())) {
			c.Violate(rule.Violation{
				On: a, At: model.At("server"), Site: s,
				Fact:  fmt.Sprintf("%s is not on the database server of %s", a.Label(), s.Label()),
				Found: fmt.Sprintf("the role is on %q, the database on %q.", a.Host(), s.DatabaseHost()),
			})
		}
	}
}

// viewsWhileUninstalling reports installed primary sites that leave the hierarchy
// while links have distributed views.
func viewsWhileUninstalling(c *rule.Check) {
	if c.Topology.Prior == nil {
		return
	}
	for _, prior := range model.SortedSites(c.Topology.Prior.Sites) {
		code, ok := prior.NormalizedCode().Get()
		if !ok || !isInstalledPrimary(prior) || c.Topology.Index.Sites[code] != nil {
			continue
		}
		views, ok := rule.Decided(c, c.Topology.Prior.Hierarchy.DistributedViews)
		if c.Topology.Index.Open {
			c.Undecide()
			continue
		}
		if ok && len(views) > 0 {
			c.Violate(rule.Violation{
				At:    model.At("distributed_views"),
				Fact:  fmt.Sprintf("%s is to be uninstalled while links have distributed views", prior.Label()),
				Found: fmt.Sprintf("%s is installed and not in sites any more, and distributed views are on for %d link(s).", code, len(views)),
			})
		}
	}
}
