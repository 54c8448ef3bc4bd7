package model

import (
	"fmt"
	"strings"
)

// Group 11: site databases in availability groups and failover cluster instances.

var databaseAvailabilityRules = []Rule{
	notAtSecondary(Rule{
		ID:      "AG-SITETYPE",
		Title:   "An availability group belongs to a central administration or primary site",
		Why:     "The database of a secondary site is on the site server; the product offers no availability group for it.",
		Fix:     "Remove availability_group from the database block of the secondary site.",
		Sources: []Source{articleAvailabilityGroup.Source(), articleHighAvailabilityOptions.Source()},
	}, "availability_group", (*Database).hasAvailabilityGroup),
	notAtSecondary(Rule{
		ID:      "FCI-SITETYPE",
		Title:   "A failover cluster instance belongs to a central administration or primary site",
		Why:     "The database of a secondary site is on the site server, and a site server is no node of the cluster.",
		Fix:     "Remove failover_cluster from the database block of the secondary site.",
		Sources: []Source{articleSQLServerCluster.Source(), articleHighAvailabilityOptions.Source()},
	}, "failover_cluster", (*Database).hasFailoverCluster),
	{
		ID: "SEC-NO-HA-BACKUP", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:       "A secondary site has no availability group, no failover cluster and no passive site server",
		Why:         "The product offers none of them, and no backup, for a secondary site: one that is lost is recovered or installed again from its parent site.",
		Fix:         "Remove availability_group, failover_cluster and passive_site_server from the secondary site.",
		Sources:     []Source{articleHighAvailabilityOptions.At("Use a SQL Server Always On solution")},
		Enforcement: CoveredElsewhere,
		Note:        "Each case has a rule of its own: AG-SITETYPE, FCI-SITETYPE and ROLE-SITE-SSP. A backup of a site is nothing that the schema declares.",
	},
	editionRule(Rule{
		ID: "AG-EDITION", Basis: Unsupported,
		Title:     "An availability group uses SQL Server Enterprise",
		Why:       "The basic availability groups of SQL Server Standard are not supported for a site database.",
		Fix:       `Set edition = "enterprise" in the database block; every replica needs it.`,
		Sources:   []Source{articleAvailabilityGroup.At("Edition")},
		CoveredBy: onElement("AG-SITETYPE", "DB-FULL-SQL"),
	}, func(c *check, _ *Site, db *Database) bool { return c.holds(db.hasAvailabilityGroup()) }, EditionEnterprise),
	{
		ID: "AG-NO-FCI", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:     "The replicas of an availability group are no failover cluster instances",
		Why:       "The product supports stand-alone instances as replicas only.",
		Fix:       "Keep one of the two blocks in the database block: availability_group or failover_cluster.",
		Sources:   []Source{articleAvailabilityGroup.Source()},
		CoveredBy: onElement("AG-SITETYPE", "FCI-SITETYPE"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if ok && c.holds(db.hasAvailabilityGroup()) && c.holds(db.hasFailoverCluster()) {
				c.violate(violation{
					at:    At("database", "failover_cluster"),
					fact:  fmt.Sprintf("the database of %s is in an availability group and a failover cluster", s.label()),
					found: "the database block holds both availability_group and failover_cluster.",
				})
			}
		},
	},
	{
		ID: "AG-LISTENER", Severity: SeverityError, Basis: Documented, Scope: ScopeSite,
		Title:     "A site reaches its availability group through the listener",
		Why:       "The listener leads to whichever replica is primary. A site that names a replica loses its database with the first failover.",
		Fix:       `Name the listener, not a computer: server = "cmlistener.contoso.com" in the database block.`,
		Sources:   []Source{articleAvailabilityGroup.At("Listener")},
		CoveredBy: onElement("AG-SITETYPE"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			group, ok := db.AvailabilityGroup.Get()
			if !ok {
				if db.AvailabilityGroup.IsUnknown() {
					c.undecide()
				}
				return
			}
			v := violation{at: At("database", "server"), fact: fmt.Sprintf("%s does not name the listener of its availability group", s.label())}
			switch {
			case db.Server.IsNull():
				v.at = At("database", "availability_group")
				v.found = "the database block has an availability group and no server: that means the site server."
			case knownTrue(equalHost(db.Server, s.Server)):
				v.found = fmt.Sprintf("server = %q in the database block is the site server.", db.Server)
			case c.holds(listsHost(group.Replicas, db.Server)):
				v.found = fmt.Sprintf("server = %q in the database block is one of the replicas.", db.Server)
			default:
				return
			}
			c.violate(v)
		},
	},
	{
		ID: "AG-INSTANCE", Severity: SeverityWarning, Basis: Conflict, Scope: ScopeSite,
		Title:     "The replicas of an availability group use the default instance",
		Why:       "The article about availability groups allows default and named instances; the list of prerequisite checks asks for the default one.",
		Fix:       "Use default instances: leave instance out of the database block. With named instances, try the prerequisite check before the installation.",
		Sources:   []Source{articleAvailabilityGroup.At("Replica members"), articlePrerequisiteChecks.Source()},
		CoveredBy: onElement("AG-SITETYPE"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok || !c.holds(db.hasAvailabilityGroup()) {
				return
			}
			if instance, ok := decided(c, s.databaseInstance()); ok && instance != DefaultInstance {
				c.violate(violation{
					at:    At("database", "instance"),
					fact:  fmt.Sprintf("the availability group of %s uses named instances", s.label()),
					found: fmt.Sprintf("instance = %q in a database block with availability_group.", instance),
				})
			}
		},
	},
	{
		ID: "AG-LOCATION", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:     "The replicas of an availability group are all on-premises or all in Azure",
		Why:       "The site does not support a group that is spread over both.",
		Fix:       `Move the replicas to one side, and say so in the inventory blocks of their computers: location = "on_premises" or location = "azure".`,
		Sources:   []Source{articleAvailabilityGroup.At("Replica member location")},
		CoveredBy: onElement("AG-SITETYPE"),
		hierarchy: eachSite(func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok || !c.holds(db.hasAvailabilityGroup()) {
				return
			}
			group, _ := db.AvailabilityGroup.Get()
			replicas, ok := decided(c, group.Replicas)
			if !ok {
				return
			}
			places := map[string]string{} // a replica by its location
			for _, replica := range replicas {
				host, okHost := folded(replica, foldHost).Get()
				location, ok := c.locationOf(host).Get()
				if !okHost || !ok {
					c.undecide()
				} else if places[location] == "" {
					places[location] = host
				}
			}
			if len(places) > 1 {
				c.violate(violation{
					on: s, at: At("database", "availability_group", "replicas"), site: s,
					fact:  fmt.Sprintf("the availability group of %s is spread over Azure and its own network", s.label()),
					found: fmt.Sprintf("the replica %q is in Azure, the replica %q is on-premises.", places[LocationAzure], places[LocationOnPremises]),
				})
			}
		}),
	},
	{
		ID: "AG-SECONDARY-READABLE", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:     "The replicas of an availability group can be read and take all connections",
		Why:       "The prerequisite check refuses replicas that do not allow every connection: Setup and the site also connect to the ones that are not primary at the moment. All replicas use the same seeding mode.",
		Fix:       `Set "Readable secondary" to Yes and "Connections in primary role" to all connections on every replica, and say so in the availability_group block: readable_secondary = "yes" and connections_in_primary_role = "all".`,
		Sources:   []Source{articleAvailabilityGroup.At("Replica members"), articlePrerequisiteChecks.Source()},
		CoveredBy: onElement("AG-SITETYPE"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok || !c.holds(db.hasAvailabilityGroup()) {
				return
			}
			group, _ := db.AvailabilityGroup.Get()
			for _, setting := range []struct {
				attribute, needed, fact string
				value                   Value[string]
			}{
				{"readable_secondary", ReadableYes, "cannot be read while they are secondary", group.Readable},
				{"connections_in_primary_role", ConnectionsAll, "do not take all connections while they are primary", group.Connections},
			} {
				if got, ok := decided(c, setting.value); ok && got != setting.needed {
					c.violate(violation{
						at:    At("database", "availability_group", setting.attribute),
						fact:  fmt.Sprintf("the replicas of %s %s", s.label(), setting.fact),
						found: fmt.Sprintf("%s = %q; needed: %q.", setting.attribute, got, setting.needed),
					})
				}
			}
		},
	},
	{
		ID: "AG-ONLY-SITEDB", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "Report server and WSUS databases are not behind the listener of the site database",
		Why:     "These databases may not be in an availability group, so the listener leads past them after a failover. On a computer that holds a replica they stay reachable under its own name. A data warehouse database is another matter.",
		Fix:     `Name the computer and the instance that hold the database, such as database_server = "sql01.contoso.com", not the listener.`,
		Sources: []Source{articleAvailabilityGroup.At("Unsupported database use"), articleAvailabilityGroup.At("Changes for reporting"), articleDataWarehouse.At("Prerequisites")},
		roles:   []string{roleReportingServicesPoint, roleSoftwareUpdatePoint},
		assignment: func(c *check, a *Assignment) {
			at, server := a.roleDatabase()
			host, ok := decided(c, folded(server, foldHost))
			if !ok {
				return
			}
			site := a.site()
			db, ok := decided(c, site.database())
			if !ok || !c.holds(db.hasAvailabilityGroup()) {
				return
			}
			if listener, ok := decided(c, site.databaseServer()); ok && listener == host {
				c.violate(violation{
					at:    at,
					fact:  fmt.Sprintf("%s uses the listener of the site database", a.label()),
					found: fmt.Sprintf("%s = %q is the listener of the availability group of %s.", at, host, site.label()),
				})
			}
		},
	},
	{
		ID: "FCI-REMOTE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:     "A site server is no node of the failover cluster of its database",
		Why:       "With a failover cluster instance the database has to be remote from the site server, and the site knows the cluster by its network name only.",
		Fix:       `Take the site server out of nodes, and name the cluster: server = "cmcluster.contoso.com" in the database block.`,
		Sources:   []Source{articleSQLServerCluster.At("Prerequisites")},
		CoveredBy: onElement("FCI-SITETYPE", "AG-NO-FCI"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			cluster, ok := db.FailoverCluster.Get()
			if !ok {
				if db.FailoverCluster.IsUnknown() {
					c.undecide()
				}
				return
			}
			server, okServer := decided(c, s.Server)
			if okServer && c.holds(equalHost(s.databaseServer(), s.Server)) {
				at := At("database", "server")
				if db.Server.IsNull() {
					at = At("database", "failover_cluster")
				}
				c.violate(violation{
					at:    at,
					fact:  fmt.Sprintf("%s does not name the cluster of its database", s.label()),
					found: "the database block has a failover cluster, and its server is the site server.",
				})
				return
			}
			nodes, ok := decided(c, cluster.Nodes)
			if !ok {
				return
			}
			for i, node := range nodes {
				host, ok := decided(c, node)
				if !ok || !c.holds(s.isSiteServer(node)) {
					continue
				}
				name := "the site server"
				if okServer && foldHost(server) != foldHost(host) {
					name = "the passive site server"
				}
				c.violate(violation{
					at:    At("database", "failover_cluster", "nodes").Index(i),
					fact:  fmt.Sprintf("%s of %s is a node of its database cluster", name, s.label()),
					found: fmt.Sprintf("nodes lists %q, which is %s.", host, name),
				})
			}
		},
	},
	{
		ID: "FCI-DPM", Severity: SeverityWarning, Basis: Unsupported, Scope: ScopeSite,
		Title:       "Data Protection Manager does not back up a site database in a named instance of a failover cluster",
		Why:         "A backup with System Center Data Protection Manager is not supported for a failover cluster instance that is a named one.",
		Fix:         "Use the default instance in the cluster, or back the database up with the site maintenance task or another product.",
		Sources:     []Source{articleSQLServerCluster.Source()},
		Enforcement: Inexpressible,
		Note:        "A design does not describe how the site database is backed up.",
	},
	{
		ID: "FCI-PATHS", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "Setup takes no paths for the database files in a failover cluster",
		Why:     "Setup offers its own paths for data and log files with a stand-alone SQL Server only; in a failover cluster instance the files go where the instance puts them.",
		Fix:     "Leave data_file_path and log_file_path out of the database block, and set the default paths in the instance.",
		Sources: []Source{articleSQLServerCluster.Source(), articleSetupWizard.Source()},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok || !c.holds(db.hasFailoverCluster()) {
				return
			}
			for _, path := range []struct {
				attribute string
				value     Value[string]
			}{{"data_file_path", db.DataFilePath}, {"log_file_path", db.LogFilePath}} {
				if path.value.IsUnknown() {
					c.undecide()
				}
				if text, ok := path.value.Get(); ok {
					c.violate(violation{
						at:    At("database", path.attribute),
						fact:  fmt.Sprintf("Setup cannot set the %s of %s in a failover cluster", strings.ReplaceAll(path.attribute, "_", " "), s.label()),
						found: fmt.Sprintf("%s = %q in a database block with failover_cluster.", path.attribute, text),
					})
				}
			}
		},
	},
	{
		ID: "DB-UNSUPPORTED-HA", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "A failover cluster instance keeps its files off cluster shared volumes",
		Why:     "Cluster shared volumes are not supported for a site database, nor are network load balancing of the cluster, database mirroring and peer-to-peer replication; only the first is something that a design declares.",
		Fix:     "Put the database files on cluster disks, and set cluster_shared_volumes = false in the failover_cluster block.",
		Sources: []Source{articleSQLServerVersions.At("Limitations to support")},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			cluster, ok := db.FailoverCluster.Get()
			if !ok {
				if db.FailoverCluster.IsUnknown() {
					c.undecide()
				}
				return
			}
			if c.holds(cluster.SharedVolumes) {
				c.violate(violation{
					at:    At("database", "failover_cluster", "cluster_shared_volumes"),
					fact:  fmt.Sprintf("the database of %s would be on cluster shared volumes", s.label()),
					found: "cluster_shared_volumes = true in the failover_cluster block.",
				})
			}
		},
	},
}

// notAtSecondary completes a rule about a kind of high availability that the database
// of a secondary site cannot have.
func notAtSecondary(r Rule, attribute string, has func(*Database) Value[bool]) Rule {
	r.Severity, r.Basis, r.Scope = SeverityError, Unsupported, ScopeSite
	r.site = func(c *check, s *Site) {
		db, ok := decided(c, s.database())
		if !ok || !c.holds(has(db)) || !c.holds(s.is(Secondary)) {
			return
		}
		c.violate(violation{
			at:    At("database", attribute),
			fact:  fmt.Sprintf("the database of %s cannot be highly available", s.label()),
			found: fmt.Sprintf("the database block of a secondary site holds %s.", attribute),
		})
	}
	return r
}

// locationOf returns where a computer runs: unknown for one that the hierarchy does not
// list with its inventory.
func (c *check) locationOf(host string) Value[string] {
	s := c.topology.index.server(host)
	if s == nil {
		return Unknown[string]()
	}
	return settingOf(s.Inventory, func(i *Inventory) Value[string] { return i.Location })
}

// declaredBlock reports whether a block is declared; an unknown one leaves it open.
func declaredBlock[T any](block Value[*T]) Value[bool] {
	if block.IsUnknown() {
		return Unknown[bool]()
	}
	return Known(block.IsKnown())
}

func (d *Database) hasAvailabilityGroup() Value[bool] { return declaredBlock(d.AvailabilityGroup) }

func (d *Database) hasFailoverCluster() Value[bool] { return declaredBlock(d.FailoverCluster) }

// roleDatabase returns the computer of the database that a role has for itself, and
// where it is declared.
func (a *Assignment) roleDatabase() (Path, Value[string]) {
	if role, _ := a.Role.Get(); role == roleReportingServicesPoint {
		settings, ok := a.ReportingServicesPoint.Get()
		if !ok {
			return Path{}, Unknown[string]()
		}
		return At("reporting_services_point", "database_server"), settings.DatabaseServer
	}
	settings, ok := a.SoftwareUpdatePoint.Get()
	if !ok {
		return Path{}, Unknown[string]()
	}
	return At("software_update_point", "wsus_database_server"), settings.WSUSDatabaseServer
}
