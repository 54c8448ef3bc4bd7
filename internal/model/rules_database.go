package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 11: where the site database is and what it shares its computer with. The SQL
// Server itself, availability groups and failover clusters, and the replicas of
// management points have files of their own.

var databaseRules = slices.Concat(siteDatabaseRules, sqlServerRules, databaseAvailabilityRules, databaseReplicaRules)

var siteDatabaseRules = []Rule{
	editionRule(Rule{
		ID: "DB-FULL-SQL", Basis: Unsupported,
		Title:   "A central administration or primary site uses SQL Server Standard or Enterprise",
		Why:     "The list of supported editions names these two for such a site. SQL Server Express is for secondary sites only; Developer and Evaluation editions are not on the list either, though Setup takes them.",
		Fix:     `Use a full edition: edition = "standard" or "enterprise" in the database block.`,
		Sources: []Source{articleSQLServerVersions.At("Central administration site and primary sites")},
	}, func(c *check, s *Site, _ *Database) bool { return c.fails(s.is(Secondary)) }, EditionStandard, EditionEnterprise),
	editionRule(Rule{
		ID: "DB-SEC-EDITION", Basis: Documented,
		Title:     "A secondary site uses SQL Server Express, Standard or Enterprise",
		Why:       "The list of supported editions for the database of a secondary site has no other. Without an instance of its own, Setup installs SQL Server Express on the site server.",
		Fix:       `Set edition = "express", "standard" or "enterprise" in the database block, or leave the block out for the Express that Setup installs.`,
		Sources:   []Source{articleSQLServerVersions.At("Secondary sites"), articleHierarchyDesign.At("Determine when to use a secondary site")},
		CoveredBy: onElement("COLO-SECDB-LOCAL"),
	}, func(c *check, s *Site, _ *Database) bool { return c.holds(s.is(Secondary)) }, EditionExpress, EditionStandard, EditionEnterprise),
	{
		ID: "DB-SEC-INSTANCE", Severity: SeverityWarning, Basis: Conflict, Scope: ScopeSite,
		Title:   "A secondary site on an existing SQL Server uses the default instance",
		Why:     "The list of supported SQL Server versions asks for the default instance; the wizard and the cmdlet take a named one. The instance CONFIGMGRSEC that Setup installs with SQL Server Express is no named instance in this sense.",
		Fix:     `Use the default instance: leave instance out of the database block, or set instance = "MSSQLSERVER".`,
		Sources: []Source{articleSQLServerVersions.At("Secondary sites"), articleSecondarySiteWizard.Source(), articlePrerequisiteChecks.At("SQL Server Express version on secondary site")},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok || db.Instance.IsNull() || !c.holds(s.is(Secondary)) {
				return
			}
			instance, ok := decided(c, s.databaseInstance())
			if !ok || instance == DefaultInstance || instance == expressInstance {
				return
			}
			c.violate(violation{
				at:    At("database", "instance"),
				fact:  fmt.Sprintf("%s uses a named instance of an existing SQL Server", s.label()),
				found: fmt.Sprintf("instance = %q in the database block of a secondary site.", instance),
			})
		},
	},
	{
		ID: "DB-SEC-IMMUTABLE", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:   "The database of an installed secondary site stays where it is",
		Why:     "Setup can move the database of a central administration or primary site, never that of a secondary site: the site would have to be uninstalled and installed again.",
		Fix:     "Keep server and instance in the database block as they were. To rebuild the site all the same, uninstall it, remove it from the configuration, apply, and declare it again.",
		Sources: []Source{articleModifyInfrastructure.At("Modify the site database configuration")},
		site: func(c *check, s *Site) {
			prior := c.topology.priorSite(s)
			if prior == nil || !installed(prior.Installed) || !knownTrue(prior.is(Secondary)) || !c.holds(s.is(Secondary)) {
				return
			}
			before, _ := prior.database().Get()
			after, ok := decided(c, s.database())
			if before == nil || !ok {
				return
			}
			changed := func(attribute string, old, planned Value[string]) {
				was, okWas := old.Get()
				is, ok := decided(c, planned)
				if okWas && ok && was != is {
					c.violate(violation{
						at:    At("database", attribute),
						fact:  fmt.Sprintf("the database of %s cannot be moved", s.label()),
						found: fmt.Sprintf("%s of the database changes from %q to %q, and the site is installed.", attribute, was, is),
					})
				}
			}
			// What neither side names did not change; after an import nothing is named.
			if !before.Server.IsNull() || !after.Server.IsNull() && !prior.Server.IsNull() {
				changed("server", prior.databaseServer(), s.databaseServer())
			}
			if !before.Instance.IsNull() && !after.Instance.IsNull() {
				changed("instance", prior.databaseInstance(), s.databaseInstance())
			}
		},
	},
	{
		ID: "DB-DEDICATED-INSTANCE", Severity: SeverityError, Basis: Refused, Scope: ScopePair,
		Title:     "An instance of SQL Server holds the database of one site",
		Why:       "The prerequisite check refuses an instance that already holds the database of another site.",
		Fix:       `Give each site an instance of its own: another computer in server of the database block, or another instance on the same one, such as instance = "PS2" with a port of its own.`,
		Sources:   []Source{articleSQLServerVersions.At("SQL Server instance"), articlePrerequisiteChecks.At("Dedicated SQL Server instance")},
		CoveredBy: atSite("SITE-CODE-UNIQUE-HIER"),
		hierarchy: func(c *check) {
			c.sharedDatabaseServers(func(host string, s, other *Site) {
				own, okOwn := decided(c, s.sqlInstance())
				theirs, okTheirs := decided(c, other.sqlInstance())
				if !okOwn || !okTheirs || own != theirs {
					return
				}
				c.violate(violation{
					on: s, at: s.databaseAttribute("server"), site: s, related: []declared{other},
					fact:  fmt.Sprintf("%s and %s would share the SQL Server instance %s on %s", other.label(), s.label(), own, host),
					found: fmt.Sprintf("the databases of both sites are on %q in instance %q.", host, own),
				})
			})
		},
	},
	{
		ID: "DB-UNIQUE-PORTS", Severity: SeverityError, Basis: Unsupported, Scope: ScopePair,
		Title:     "Sites whose databases are on one computer use different ports",
		Why:       "Each instance listens on a port of its own, for SQL Server and for its Service Broker; a port that is left out is 1433 and 4022.",
		Fix:       "Give each site its own pair, such as port = 1434 and service_broker_port = 4023 in the database block, and make the instance listen there.",
		Sources:   []Source{articleSQLServerConfigurations.At("SQL Server ports")},
		CoveredBy: append(onElement("DB-DEDICATED-INSTANCE"), atSite("SITE-CODE-UNIQUE-HIER")...),
		hierarchy: func(c *check) {
			c.sharedDatabaseServers(func(host string, s, other *Site) {
				own, okOwn := decided(c, s.database())
				theirs, okTheirs := decided(c, other.database())
				if !okOwn || !okTheirs {
					return
				}
				c.equalPorts(host, s, other, "port", own.Port.OrDefault(DefaultSQLPort), theirs.Port.OrDefault(DefaultSQLPort))
				c.equalPorts(host, s, other, "service_broker_port", own.brokerPort(), theirs.brokerPort())
			})
		},
	},
	{
		ID: "DB-STATIC-PORT", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "The instance of a site database listens on a static port",
		Why:     "The prerequisite check refuses dynamic ports. A named instance gets a dynamic one unless it is configured otherwise, while the site uses 1433 when the design names none.",
		Fix:     "Configure a static port on the instance and declare it, such as port = 1433 in the database block.",
		Sources: []Source{articleSQLServerConfigurations.At("SQL Server ports"), articlePrerequisiteChecks.At("SQL Server TCP port"), articleSetupScript.At("SQLConfigOptions")},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			if port, declared := db.Port.Get(); declared {
				if port == 0 {
					c.violate(violation{
						at:    At("database", "port"),
						fact:  fmt.Sprintf("the database of %s would listen on a dynamic port", s.label()),
						found: "port = 0 in the database block, which is how SQL Server writes a dynamic port.",
					})
				}
				return
			}
			if db.Port.IsUnknown() {
				c.undecide()
				return
			}
			// The wizard sets the port of the Express instance that it installs.
			instance, ok := decided(c, s.sqlInstance())
			if !ok || instance == DefaultInstance || instance == expressInstance && !c.fails(s.is(Secondary)) {
				return
			}
			c.violate(violation{
				at: At("database", "instance"), severity: SeverityWarning,
				fact:  fmt.Sprintf("the design names no port for the instance %s of %s", instance, s.label()),
				found: fmt.Sprintf("instance = %q without port in the database block: the site uses %d.", instance, DefaultSQLPort),
			})
		},
	},
	{
		ID: "DB-PORT-DISTINCT", Severity: SeverityError, Basis: Inferred, Scope: ScopeSite,
		Title:   "SQL Server and its Service Broker listen on different ports",
		Why:     "Two endpoints of one instance cannot listen on the same port.",
		Fix:     "Choose another port for one of them; left out, port is 1433 and service_broker_port is 4022.",
		Sources: []Source{articleSetupScript.At("SQLSSBPort"), articleMemlabs.Source()},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			port, okPort := decided(c, db.Port.OrDefault(DefaultSQLPort))
			broker, okBroker := decided(c, db.brokerPort())
			if !okPort || !okBroker || port != broker {
				return
			}
			at := "service_broker_port"
			if db.ServiceBrokerPort.IsNull() {
				at = "port"
			}
			c.violate(violation{
				at:    At("database", at),
				fact:  fmt.Sprintf("the database of %s would use port %d twice", s.label(), port),
				found: fmt.Sprintf("port and service_broker_port of the database are both %d.", port),
			})
		},
	},
	databaseLatency,
}

// databaseLatency is the rule about the way to a remote database server.
var databaseLatency = Rule{
	ID: "DB-REMOTE-LATENCY", Severity: SeverityWarning, Basis: Recommended, Scope: ScopeSite,
	Title:   "A remote database server has a fast and reliable link to the site server",
	Why:     "The site reads and writes its database all the time. Over a slow link everything in the site waits for it, and while the link is down the site does nothing at all.",
	Fix:     `Move the database to the site server or to a computer beside it, or improve the link and set site_server_link = "fast".`,
	Sources: []Source{articleSiteDatabase.At("Remote database server location considerations"), articlePerformanceFAQ.At("SQL Server-related performance")},
	server: func(c *check, s *Server) {
		link, ok := decided(c, s.SiteServerLink)
		if !ok || link != LinkSlow {
			return
		}
		site := siteOf(s)
		if c.holds(site.holdsDatabase(s.FQDN)) && c.fails(equalHost(site.Server, s.FQDN)) {
			c.violate(violation{
				at:    At("site_server_link"),
				fact:  fmt.Sprintf("the database of %s on %s is across a slow link", site.label(), hostName(s)),
				found: fmt.Sprintf("site_server_link = %q on a computer that holds the site database.", link),
			})
		}
	},
}

// editionRule completes a rule about the edition of a site database. Developer and
// Evaluation editions are on no list, but Setup takes them: a warning.
func editionRule(r Rule, applies func(*check, *Site, *Database) bool, allowed ...string) Rule {
	r.Severity, r.Scope = SeverityError, ScopeSite
	r.site = func(c *check, s *Site) {
		db, ok := decided(c, s.database())
		if !ok || !applies(c, s, db) {
			return
		}
		edition, ok := decided(c, db.Edition)
		if !ok || slices.Contains(allowed, edition) {
			return
		}
		v := violation{
			at:    At("database", "edition"),
			fact:  fmt.Sprintf("%s uses an edition of SQL Server that is not supported here", s.label()),
			found: fmt.Sprintf("edition = %q; supported: %s.", edition, quoted(allowed)),
		}
		if edition == EditionDeveloper || edition == EditionEvaluation {
			v.severity = SeverityWarning
			v.fact = fmt.Sprintf("%s uses an edition of SQL Server that is not on the list", s.label())
		}
		c.violate(v)
	}
	return r
}

// brokerPort returns the port of the Service Broker.
func (d *Database) brokerPort() Value[int64] {
	return d.ServiceBrokerPort.OrDefault(DefaultServiceBrokerPort)
}

// databaseAttribute leads to an attribute of the database block, or to the block
// where the design has none.
func (s *Site) databaseAttribute(name string) Path {
	if s.Database.IsNull() {
		return At("database")
	}
	return At("database", name)
}

// usesExpress reports whether the site database is in SQL Server Express: declared,
// or because Setup installs it at a secondary site that names no instance. A site
// that names neither edition nor a telling instance leaves it open.
func (s *Site) usesExpress() Value[bool] {
	db, ok := s.database().Get()
	if !ok || db.Edition.IsUnknown() {
		return Unknown[bool]()
	}
	if edition, ok := db.Edition.Get(); ok {
		return Known(edition == EditionExpress)
	}
	siteType, ok := s.Type.Get()
	if !ok || siteType != Secondary || db.Instance.IsUnknown() {
		return Unknown[bool]()
	}
	instance, named := s.databaseInstance().Get()
	if db.Instance.IsNull() || named && instance == expressInstance {
		return Known(true)
	}
	return Unknown[bool]()
}

// sqlInstance returns the instance of the site database: Setup names the one that it
// installs at a secondary site.
func (s *Site) sqlInstance() Value[string] {
	db, ok := s.database().Get()
	if !ok {
		return Unknown[string]()
	}
	if !db.Instance.IsNull() {
		return s.databaseInstance()
	}
	siteType, ok := s.Type.Get()
	if !ok {
		return Unknown[string]()
	}
	if siteType != Secondary {
		return Known(DefaultInstance)
	}
	express, ok := s.usesExpress().Get()
	switch {
	case !ok:
		return Unknown[string]()
	case express:
		return Known(expressInstance)
	default:
		return Known(DefaultInstance)
	}
}

// sharedDatabaseServers visits the pairs of sites whose databases are on one
// computer, behind one listener or in one cluster. Two sites on one site server are
// left out: that is the worse defect, and their databases only follow it.
func (c *check) sharedDatabaseServers(visit func(host string, s, other *Site)) {
	byServer := map[string][]*Site{}
	for _, s := range sortedSites(c.topology.Sites) {
		host, ok := decided(c, s.databaseServer())
		if !ok {
			continue
		}
		for _, other := range byServer[host] {
			if knownTrue(equalHost(s.Server, other.Server)) {
				continue
			}
			c.host = host
			if db, ok := s.database().Get(); ok && db.Server.IsNull() {
				visit(host, other, s) // the other one is the guest
			} else {
				visit(host, s, other)
			}
			c.host = ""
		}
		byServer[host] = append(byServer[host], s)
	}
	c.openCount()
}

// equalPorts reports a port that two sites on one computer share. A dynamic port is
// DB-STATIC-PORT.
func (c *check) equalPorts(host string, s, other *Site, attribute string, own, theirs Value[int64]) {
	mine, okMine := decided(c, own)
	yours, okYours := decided(c, theirs)
	if !okMine || !okYours || mine != yours || mine == 0 {
		return
	}
	c.violate(violation{
		on: s, at: At("database", attribute), site: s, related: []declared{other},
		fact:  fmt.Sprintf("%s and %s would use the same %s on %s", other.label(), s.label(), strings.ReplaceAll(attribute, "_", " "), host),
		found: fmt.Sprintf("%s of both databases is %d on %q.", attribute, mine, host),
	})
}
