package database

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Site databases in availability groups and failover cluster instances.

var databaseAvailabilityRules = []rule.Rule{
	notAtSecondary(rule.Rule{
		ID:      "AG-SITETYPE",
		Title:   "An availability group belongs to a central administration or primary site",
		Why:     "The database of a secondary site is on the site server; the product offers no availability group for it.",
		Fix:     "Remove availability_group from the database block of the secondary site.",
		Sources: []product.Source{product.AvailabilityGroup.Source(), product.HighAvailabilityOptions.Source()},
	}, "availability_group", hasAvailabilityGroup),
	notAtSecondary(rule.Rule{
		ID:      "FCI-SITETYPE",
		Title:   "A failover cluster instance belongs to a central administration or primary site",
		Why:     "The database of a secondary site is on the site server, and a site server is not a node of the cluster.",
		Fix:     "Remove failover_cluster from the database block of the secondary site.",
		Sources: []product.Source{product.SQLServerCluster.Source(), product.HighAvailabilityOptions.Source()},
	}, "failover_cluster", hasFailoverCluster),
	{
		ID: "SEC-NO-HA-BACKUP", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:       "A secondary site has no availability group, no failover cluster and no passive site server",
		Why:         "The product offers none of them, and no backup, for a secondary site: one that is lost is recovered or installed again from its parent site.",
		Fix:         "Remove availability_group, failover_cluster and passive_site_server from the secondary site.",
		Sources:     []product.Source{product.HighAvailabilityOptions.At("Use a SQL Server Always On solution")},
		Enforcement: rule.CoveredElsewhere,
		Note:        "Each case has a rule of its own: AG-SITETYPE, FCI-SITETYPE and ROLE-SITE-SSP. A backup of a site is nothing that the schema declares.",
	},
	editionRule(rule.Rule{
		ID: "AG-EDITION", Basis: rule.Unsupported,
		Title:     "An availability group uses SQL Server Enterprise",
		Why:       "The basic availability groups of SQL Server Standard are not supported for a site database.",
		Fix:       `Set edition = "enterprise" in the database block; every replica needs it.`,
		Sources:   []product.Source{product.AvailabilityGroup.At("Edition")},
		CoveredBy: rule.OnElement("AG-SITETYPE", "DB-FULL-SQL"),
	}, func(c *rule.Check, _ *model.Site, db *model.Database) bool { return c.Holds(hasAvailabilityGroup(db)) }, model.EditionEnterprise),
	{
		ID: "AG-NO-FCI", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:     "The replicas of an availability group are not failover cluster instances",
		Why:       "The product supports stand-alone instances as replicas only.",
		Fix:       "Keep one of the two blocks in the database block: availability_group or failover_cluster.",
		Sources:   []product.Source{product.AvailabilityGroup.Source()},
		CoveredBy: rule.OnElement("AG-SITETYPE", "FCI-SITETYPE"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if ok && c.Holds(hasAvailabilityGroup(db)) && c.Holds(hasFailoverCluster(db)) {
				c.Violate(rule.Violation{
					At:    model.At("database", "failover_cluster"),
					Fact:  fmt.Sprintf("the database of %s is in an availability group and a failover cluster", s.Label()),
					Found: "the database block holds both availability_group and failover_cluster.",
				})
			}
		},
	},
	{
		ID: "AG-LISTENER", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:     "A site reaches its availability group through the listener",
		Why:       "The listener leads to whichever replica is primary. A site that names a replica loses its database with the first failover.",
		Fix:       `Name the listener, not a computer: server = "cmlistener01.contoso.com" in the database block.`,
		Sources:   []product.Source{product.AvailabilityGroup.At("Listener")},
		CoveredBy: rule.OnElement("AG-SITETYPE"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			group, ok := rule.Given(c, db.AvailabilityGroup)
			if !ok {
				return
			}
			v := rule.Violation{At: model.At("database", "server"), Fact: fmt.Sprintf("%s does not name the listener of its availability group", s.Label())}
			switch {
			case db.Server.IsNull():
				v.At = model.At("database", "availability_group")
				v.Found = "the database block has an availability group and no server: that means the site server."
			case model.KnownTrue(model.EqualHost(db.Server, s.Server)):
				v.Found = fmt.Sprintf("server = %q in the database block is the site server.", db.Server)
			case c.Holds(model.ListsHost(group.Replicas, db.Server)):
				v.Found = fmt.Sprintf("server = %q in the database block is one of the replicas.", db.Server)
			default:
				return
			}
			c.Violate(v)
		},
	},
	{
		ID: "AG-INSTANCE", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopeSite,
		Title:     "The replicas of an availability group use the default instance",
		Why:       "The article about availability groups allows default and named instances; the list of prerequisite checks asks for the default one.",
		Fix:       "Use default instances: leave instance out of the database block. With named instances, try the prerequisite check before the installation.",
		Sources:   []product.Source{product.AvailabilityGroup.At("Replica members"), product.PrerequisiteChecks.Source()},
		CoveredBy: rule.OnElement("AG-SITETYPE"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || !c.Holds(hasAvailabilityGroup(db)) {
				return
			}
			if instance, ok := rule.Decided(c, s.DatabaseInstance()); ok && instance != model.DefaultInstance {
				c.Violate(rule.Violation{
					At:    model.At("database", "instance"),
					Fact:  fmt.Sprintf("the availability group of %s uses named instances", s.Label()),
					Found: fmt.Sprintf("instance = %q in a database block with availability_group.", db.Instance),
				})
			}
		},
	},
	{
		ID: "AG-LOCATION", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:     "The replicas of an availability group are all on-premises or all in Azure",
		Why:       "The site does not support a group that is spread over both.",
		Fix:       `Move the replicas to one side, and say so in the inventory blocks of their computers: location = "on_premises" or location = "azure".`,
		Sources:   []product.Source{product.AvailabilityGroup.At("Replica member location")},
		CoveredBy: rule.OnElement("AG-SITETYPE"),
		Hierarchy: rule.EachSite(func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || !c.Holds(hasAvailabilityGroup(db)) {
				return
			}
			group, _ := db.AvailabilityGroup.Get()
			replicas, ok := rule.Decided(c, group.Replicas)
			if !ok {
				return
			}
			places := map[string]string{} // a replica by its location
			for _, replica := range replicas {
				host, okHost := model.Folded(replica, model.FoldHost).Get()
				location, ok := locationOf(c, host).Get()
				if !okHost || !ok {
					c.Undecide()
				} else if places[location] == "" {
					places[location] = host
				}
			}
			if len(places) > 1 {
				c.Violate(rule.Violation{
					On: s, At: model.At("database", "availability_group", "replicas"), Site: s,
					Fact:  fmt.Sprintf("the availability group of %s is spread over Azure and its own network", s.Label()),
					Found: fmt.Sprintf("the replica %q is in Azure, the replica %q is on-premises.", places[model.LocationAzure], places[model.LocationOnPremises]),
				})
			}
		}),
	},
	{
		ID: "AG-SECONDARY-READABLE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "The replicas of an availability group can be read and take all connections",
		Why: "The prerequisite check refuses replicas that do not allow every connection: Setup and the site also connect to the ones that are not " +
			"primary at the moment. All replicas use the same seeding mode.",
		Fix: `Set "Readable secondary" to Yes and "Connections in primary role" to all connections on every replica, and say so in the ` +
			`availability_group block: readable_secondary = "yes" and connections_in_primary_role = "all".`,
		Sources:   []product.Source{product.AvailabilityGroup.At("Replica members"), product.PrerequisiteChecks.Source()},
		CoveredBy: rule.OnElement("AG-SITETYPE"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || !c.Holds(hasAvailabilityGroup(db)) {
				return
			}
			group, _ := db.AvailabilityGroup.Get()
			for _, setting := range []struct {
				attribute, needed, fact string
				value                   model.Value[string]
			}{
				{"readable_secondary", model.ReadableYes, "cannot be read while they are secondary", group.Readable},
				{"connections_in_primary_role", model.ConnectionsAll, "do not take all connections while they are primary", group.Connections},
			} {
				if got, ok := rule.Decided(c, setting.value); ok && got != setting.needed {
					c.Violate(rule.Violation{
						At:    model.At("database", "availability_group", setting.attribute),
						Fact:  fmt.Sprintf("the replicas of %s %s", s.Label(), setting.fact),
						Found: fmt.Sprintf("%s = %q; needed: %q.", setting.attribute, got, setting.needed),
					})
				}
			}
		},
	},
	{
		ID: "AG-ONLY-SITEDB", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "Report server and WSUS databases are not behind the listener of an availability group",
		Why: "These databases may not be in an availability group, be it that of their own site database, of another one or of another application: the " +
			"listener leads past them after a failover. On a computer that holds a replica they stay reachable under its own name. A data warehouse database is " +
			"another matter.",
		Fix:     `Name the computer and the instance that hold the database, such as database_server = "sql01.contoso.com", not the listener.`,
		Sources: []product.Source{product.AvailabilityGroup.At("Unsupported database use"), product.AvailabilityGroup.At("Changes for reporting"), product.DataWarehouse.At("Prerequisites")},
		Roles:   []string{product.RoleReportingServicesPoint, product.RoleSoftwareUpdatePoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			at, server := roleDatabase(a)
			host, ok := rule.Decided(c, model.Folded(server, model.FoldHost))
			if !ok {
				return
			}
			site := a.DeclaredSite()
			db, ok := rule.Decided(c, site.DeclaredDatabase())
			if !ok || !c.Holds(hasAvailabilityGroup(db)) {
				return
			}
			if listener, ok := rule.Decided(c, site.DatabaseHost()); ok && listener == host {
				c.Violate(behindListener(a, at, host, fmt.Sprintf("the listener of the availability group of %s", site.Label())))
			}
		},
		// The other listeners that the hierarchy knows.
		Hierarchy: func(c *rule.Check) {
			listeners := map[string]string{} // what a name stands for
			others := c.Topology.Hierarchy.OtherListeners
			c.UndecideIf(others.IsUnknown())
			names, _ := others.Get()
			for _, name := range names {
				if host, ok := rule.Decided(c, model.Folded(name, model.FoldHost)); ok {
					listeners[host] = "in other_availability_group_listeners"
				}
			}
			for _, s := range model.SortedSites(c.Topology.Sites) {
				db, okDB := s.DeclaredDatabase().Get()
				if host, ok := s.DatabaseHost().Get(); ok && okDB && db.AvailabilityGroup.IsKnown() {
					listeners[host] = fmt.Sprintf("the listener of the availability group of %s", s.Label())
				}
			}
			for _, role := range []string{product.RoleReportingServicesPoint, product.RoleSoftwareUpdatePoint} {
				for _, a := range c.Topology.Index.ByRole[role] {
					at, server := roleDatabase(a)
					host, ok := model.Folded(server, model.FoldHost).Get()
					if !ok || listeners[host] == "" || model.KnownTrue(model.EqualHost(a.DeclaredSite().DatabaseHost(), server)) && listeners[host] != "in other_availability_group_listeners" {
						continue // its own site's: the role says it
					}
					v := behindListener(a, at, host, listeners[host])
					v.On, v.Site = a, a.DeclaredSite()
					c.Violate(v)
				}
			}
		},
	},
	{
		ID: "FCI-REMOTE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:     "A site server is not a node of the failover cluster of its database",
		Why:       "With a failover cluster instance the database has to be remote from the site server, and the site knows the cluster by its network name only.",
		Fix:       `Take the site server out of nodes, and name the cluster: server = "cmcluster01.contoso.com" in the database block.`,
		Sources:   []product.Source{product.SQLServerCluster.At("Prerequisites")},
		CoveredBy: rule.OnElement("FCI-SITETYPE", "AG-NO-FCI"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			cluster, ok := rule.Given(c, db.FailoverCluster)
			if !ok {
				return
			}
			server, okServer := rule.Decided(c, s.Server)
			if okServer && c.Holds(model.EqualHost(s.DatabaseHost(), s.Server)) {
				at := model.At("database", "server")
				if db.Server.IsNull() {
					at = model.At("database", "failover_cluster")
				}
				c.Violate(rule.Violation{
					At:    at,
					Fact:  fmt.Sprintf("%s does not name the cluster of its database", s.Label()),
					Found: "the database block has a failover cluster, and its server is the site server.",
				})
				return
			}
			nodes, ok := rule.Decided(c, cluster.Nodes)
			if !ok {
				return
			}
			for i, node := range nodes {
				host, ok := rule.Decided(c, node)
				if !ok || !c.Holds(s.IsSiteServer(node)) {
					continue
				}
				name := "the site server"
				if okServer && model.FoldHost(server) != model.FoldHost(host) {
					name = "the passive site server"
				}
				c.Violate(rule.Violation{
					At:    model.At("database", "failover_cluster", "nodes").Index(i),
					Fact:  fmt.Sprintf("%s of %s is a node of its database cluster", name, s.Label()),
					Found: fmt.Sprintf("nodes lists %q, which is %s.", host, name),
				})
			}
		},
	},
	{
		ID: "FCI-DPM", Severity: rule.SeverityWarning, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:       "Data Protection Manager does not back up a site database in a named instance of a failover cluster",
		Why:         "A backup with System Center Data Protection Manager is not supported for a failover cluster instance that is a named one.",
		Fix:         "Use the default instance in the cluster, or back the database up with the site maintenance task or another product.",
		Sources:     []product.Source{product.SQLServerCluster.Source()},
		Enforcement: rule.Inexpressible,
		Note:        "A design does not describe how the site database is backed up.",
	},
	{
		ID: "FCI-PATHS", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "Setup takes no paths for the database files in a failover cluster",
		Why: "Setup offers its own paths for data and log files with a stand-alone SQL Server only; in a failover cluster instance the files go where the " +
			"instance puts them.",
		Fix:     "Leave data_file_path and log_file_path out of the database block, and set the default paths in the instance.",
		Sources: []product.Source{product.SQLServerCluster.Source(), product.SetupWizard.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || !c.Holds(hasFailoverCluster(db)) {
				return
			}
			for _, path := range []struct {
				attribute string
				value     model.Value[string]
			}{{"data_file_path", db.DataFilePath}, {"log_file_path", db.LogFilePath}} {
				if text, ok := rule.Given(c, path.value); ok {
					c.Violate(rule.Violation{
						At:    model.At("database", path.attribute),
						Fact:  fmt.Sprintf("Setup cannot set the %s of %s in a failover cluster", strings.ReplaceAll(path.attribute, "_", " "), s.Label()),
						Found: fmt.Sprintf("%s = %q in a database block with failover_cluster.", path.attribute, text),
					})
				}
			}
		},
	},
	{
		ID: "DB-UNSUPPORTED-HA", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "A failover cluster instance keeps its files off cluster shared volumes",
		Why: "Cluster shared volumes are not supported for a site database, nor are network load balancing of the cluster, database mirroring and " +
			"peer-to-peer replication; only the first is something that a design declares.",
		Fix:     "Put the database files on cluster disks, and set cluster_shared_volumes = false in the failover_cluster block.",
		Sources: []product.Source{product.SQLServerVersions.At("Limitations to support")},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			cluster, ok := rule.Given(c, db.FailoverCluster)
			if !ok {
				return
			}
			if c.Holds(cluster.SharedVolumes) {
				c.Violate(rule.Violation{
					At:    model.At("database", "failover_cluster", "cluster_shared_volumes"),
					Fact:  fmt.Sprintf("the database of %s would be on cluster shared volumes", s.Label()),
					Found: "cluster_shared_volumes = true in the failover_cluster block.",
				})
			}
		},
	},
}

// notAtSecondary completes a rule about a kind of high availability that the database
// of a secondary site cannot have.
func notAtSecondary(r rule.Rule, attribute string, has func(*model.Database) model.Value[bool]) rule.Rule {
	r.Severity, r.Basis, r.Scope = rule.SeverityError, rule.Unsupported, rule.ScopeSite
	r.Site = func(c *rule.Check, s *model.Site) {
		db, ok := rule.Decided(c, s.DeclaredDatabase())
		if !ok || !c.Holds(has(db)) || !c.Holds(s.Is(product.Secondary)) {
			return
		}
		c.Violate(rule.Violation{
			At:    model.At("database", attribute),
			Fact:  fmt.Sprintf("the database of %s cannot be highly available", s.Label()),
			Found: fmt.Sprintf("the database block of a secondary site holds %s.", attribute),
		})
	}
	return r
}

// locationOf returns where a computer runs: unknown for one that the hierarchy does not
// list with its inventory.
func locationOf(c *rule.Check, host string) model.Value[string] {
	s := c.Topology.Index.Server(host)
	if s == nil {
		return model.Unknown[string]()
	}
	return model.SettingOf(s.Inventory, func(i *model.Inventory) model.Value[string] { return i.Location })
}

func hasAvailabilityGroup(d *model.Database) model.Value[bool] {
	return model.DeclaredBlock(d.AvailabilityGroup)
}

func hasFailoverCluster(d *model.Database) model.Value[bool] {
	return model.DeclaredBlock(d.FailoverCluster)
}

// behindListener is the violation of a role whose database is behind a listener.
func behindListener(a *model.Assignment, at model.Path, host, what string) rule.Violation {
	return rule.Violation{
		At:    at,
		Fact:  fmt.Sprintf("%s uses the listener of an availability group", a.Label()),
		Found: fmt.Sprintf("%s = %q is %s.", at, host, what),
	}
}

// roleDatabase returns the computer of the database that a role has for itself, and
// where it is declared.
func roleDatabase(a *model.Assignment) (model.Path, model.Value[string]) {
	if role, _ := a.Role.Get(); role == product.RoleReportingServicesPoint {
		settings, ok := a.ReportingServicesPoint.Get()
		if !ok {
			return model.Path{}, model.Unknown[string]()
		}
		return model.At("reporting_services_point", "database_server"), settings.DatabaseServer
	}
	settings, ok := a.SoftwareUpdatePoint.Get()
	if !ok {
		return model.Path{}, model.Unknown[string]()
	}
	return model.At("software_update_point", "wsus_database_server"), settings.WSUSDatabaseServer
}
