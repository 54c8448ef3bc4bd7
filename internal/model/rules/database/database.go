package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Where the site database is and what it shares its computer with. The SQL
// Server itself, availability groups and failover clusters, and the replicas of
// management points have files of their own.

var databaseRules = slices.Concat(siteDatabaseRules, sqlServerRules, databaseAvailabilityRules, databaseReplicaRules, databaseTransitionRules, azureRules)

var siteDatabaseRules = []rule.Rule{
	editionRule(rule.Rule{
		ID: "DB-FULL-SQL", Basis: rule.Unsupported,
		Title: "A central administration or primary site uses SQL Server Standard or Enterprise",
		Why: "The list of supported editions names these two for such a site. SQL Server Express is for secondary sites only; Developer and Evaluation " +
			"editions are not on the list either, though Setup takes them: in a lab they are accepted.",
		Fix:     `Use a full edition: edition = "standard" or "enterprise" in the database block.`,
		Sources: []product.Source{product.SQLServerVersions.At("Central administration site and primary sites")},
	}, func(c *rule.Check, s *model.Site, _ *model.Database) bool { return c.Fails(s.Is(product.Secondary)) }, model.EditionStandard, model.EditionEnterprise),
	editionRule(rule.Rule{
		ID: "DB-SEC-EDITION", Basis: rule.Documented,
		Title: "A secondary site uses SQL Server Express, Standard or Enterprise",
		Why: "The list of supported editions for the database of a secondary site has no other. Without an instance of its own, Setup installs SQL " +
			"Server Express on the site server.",
		Fix:       `Set edition = "express", "standard" or "enterprise" in the database block, or leave the block out for the Express that Setup installs.`,
		Sources:   []product.Source{product.SQLServerVersions.At("Secondary sites"), product.HierarchyDesign.At("Determine when to use a secondary site")},
		CoveredBy: rule.OnElement("COLO-SECDB-LOCAL"),
	}, func(c *rule.Check, s *model.Site, _ *model.Database) bool { return c.Holds(s.Is(product.Secondary)) }, model.EditionExpress, model.EditionStandard, model.EditionEnterprise),
	{
		ID: "DB-SEC-INSTANCE", Severity: rule.SeverityWarning, Basis: rule.Conflict, Scope: rule.ScopeSite,
		Title: "A secondary site on an existing SQL Server uses the default instance",
		Why: "The list of supported SQL Server versions asks for the default instance; the wizard and the cmdlet take a named one. The instance " +
			"CONFIGMGRSEC that Setup installs with SQL Server Express is not a named instance in this sense.",
		Fix:     `Use the default instance: leave instance out of the database block, or set instance = "MSSQLSERVER".`,
		Sources: []product.Source{product.SQLServerVersions.At("Secondary sites"), product.SecondarySiteWizard.Source(), product.PrerequisiteChecks.At("SQL Server Express version on secondary site")},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok || db.Instance.IsNull() || !c.Holds(s.Is(product.Secondary)) {
				return
			}
			instance, ok := rule.Decided(c, s.DatabaseInstance())
			if !ok || instance == model.DefaultInstance || instance == model.ExpressInstance {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("database", "instance"),
				Fact:  fmt.Sprintf("%s uses a named instance of an existing SQL Server", s.Label()),
				Found: fmt.Sprintf("instance = %q in the database block of a secondary site.", db.Instance),
			})
		},
	},
	{
		ID: "DB-SEC-IMMUTABLE", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "The database of an installed secondary site stays where it is",
		Why: "Setup can move the database of a central administration or primary site, never that of a secondary site: the site would have to be " +
			"uninstalled and installed again.",
		Fix: "Keep server and instance in the database block as they were. To rebuild the site all the same, uninstall it, remove it from the " +
			"configuration, apply, and declare it again.",
		Sources: []product.Source{product.ModifyInfrastructure.At("Modify the site database configuration")},
		Site: func(c *rule.Check, s *model.Site) {
			prior := c.Topology.PriorSite(s)
			if prior == nil || !model.Installed(prior.Installed) || !model.KnownTrue(prior.Is(product.Secondary)) || !c.Holds(s.Is(product.Secondary)) {
				return
			}
			before, _ := prior.DeclaredDatabase().Get()
			after, ok := rule.Decided(c, s.DeclaredDatabase())
			if before == nil || !ok {
				return
			}
			changed := func(attribute string, old, planned model.Value[string]) {
				was, okWas := old.Get()
				is, ok := rule.Decided(c, planned)
				if okWas && ok && was != is {
					c.Violate(rule.Violation{
						At:    model.At("database", attribute),
						Fact:  fmt.Sprintf("the database of %s cannot be moved", s.Label()),
						Found: fmt.Sprintf("%s of the database changes from %q to %q, and the site is installed.", attribute, was, is),
					})
				}
			}
			// What neither side names did not change; after an import nothing is named.
			if !before.Server.IsNull() || !after.Server.IsNull() && !prior.Server.IsNull() {
				changed("server", prior.DatabaseHost(), s.DatabaseHost())
			}
			if !before.Instance.IsNull() && !after.Instance.IsNull() {
				changed("instance", prior.DatabaseInstance(), s.DatabaseInstance())
			}
		},
	},
	{
		ID: "DB-DEDICATED-INSTANCE", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopePair,
		Title: "An instance of SQL Server holds the database of one site",
		Why:   "The prerequisite check refuses an instance that already holds the database of another site.",
		Fix: "Give each site an instance of its own: another computer in server of the database block, or another instance on the same one, with ports of " +
			"its own.",
		Sources:   []product.Source{product.SQLServerVersions.At("SQL Server instance"), product.PrerequisiteChecks.At("Dedicated SQL Server instance")},
		CoveredBy: rule.AtSite("SITE-CODE-UNIQUE-HIER"),
		Hierarchy: func(c *rule.Check) {
			sharedDatabaseServers(c, func(host string, s, other *model.Site) {
				own, okOwn := rule.Decided(c, sqlInstance(s))
				theirs, okTheirs := rule.Decided(c, sqlInstance(other))
				if !okOwn || !okTheirs || own != theirs {
					return
				}
				c.Violate(rule.Violation{
					On: s, At: databaseAttribute(s, "server"), Site: s, Related: []model.Declared{other},
					Fact:  fmt.Sprintf("%s and %s would share the SQL Server instance %s on %s", other.Label(), s.Label(), own, host),
					Found: fmt.Sprintf("the databases of both sites are on %q in instance %q.", host, own),
					Fix:   ownInstance(c, host, s),
				})
			})
		},
	},
	{
		ID: "DB-UNIQUE-PORTS", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopePair,
		Title:     "Sites whose databases are on one computer use different ports",
		Why:       "Each instance listens on a port of its own, for SQL Server and for its Service Broker; a port that is left out is 1433 and 4022.",
		Fix:       "Give each site its own pair of port and service_broker_port in the database block, and make the instance listen there.",
		Sources:   []product.Source{product.SQLServerConfigurations.At("SQL Server ports")},
		CoveredBy: append(rule.OnElement("DB-DEDICATED-INSTANCE"), rule.AtSite("SITE-CODE-UNIQUE-HIER")...),
		Hierarchy: func(c *rule.Check) {
			sharedDatabaseServers(c, func(host string, s, other *model.Site) {
				own, okOwn := rule.Decided(c, s.DeclaredDatabase())
				theirs, okTheirs := rule.Decided(c, other.DeclaredDatabase())
				if !okOwn || !okTheirs {
					return
				}
				equalPorts(c, host, s, other, portOf{"port", sqlPort(own)}, portOf{"port", sqlPort(theirs)})
				equalPorts(c, host, s, other, portOf{"service_broker_port", brokerPort(own)}, portOf{"service_broker_port", brokerPort(theirs)})
				equalPorts(c, host, s, other, portOf{"port", sqlPort(own)}, portOf{"service_broker_port", brokerPort(theirs)})
				equalPorts(c, host, s, other, portOf{"service_broker_port", brokerPort(own)}, portOf{"port", sqlPort(theirs)})
			})
		},
	},
	{
		ID: "DB-STATIC-PORT", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "The instance of a site database listens on a static port",
		Why: "The prerequisite check refuses dynamic ports. A named instance gets a dynamic one unless it is configured otherwise, while the site uses " +
			"1433 when the design names none.",
		Fix:     "Configure a static port on the instance and declare it, such as port = 1433 in the database block.",
		Sources: []product.Source{product.SQLServerConfigurations.At("SQL Server ports"), product.PrerequisiteChecks.At("SQL Server TCP port"), product.SetupScript.At("SQLConfigOptions")},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			if port, declared := db.Port.Get(); declared {
				if port == 0 {
					c.Violate(rule.Violation{
						At:    model.At("database", "port"),
						Fact:  fmt.Sprintf("the database of %s would listen on a dynamic port", s.Label()),
						Found: "port = 0 in the database block, which is how SQL Server writes a dynamic port.",
					})
				}
				return
			}
			if db.Port.IsUnknown() {
				c.Undecide()
				return
			}
			// The wizard sets the port of the Express instance that it installs.
			instance, ok := rule.Decided(c, sqlInstance(s))
			if !ok || instance == model.DefaultInstance || instance == model.ExpressInstance && !c.Fails(s.Is(product.Secondary)) {
				return
			}
			c.Violate(rule.Violation{
				At: model.At("database", "instance"), Severity: rule.SeverityWarning,
				Fact:  fmt.Sprintf("the design names no port for the instance %s of %s", instance, s.Label()),
				Found: fmt.Sprintf("instance = %q without port in the database block: the site uses %d.", instance, model.DefaultSQLPort),
			})
		},
	},
	{
		ID: "DB-PORT-DISTINCT", Severity: rule.SeverityError, Basis: rule.Inferred, Scope: rule.ScopeSite,
		Title:   "SQL Server and its Service Broker listen on different ports",
		Why:     "Two endpoints of one instance cannot listen on the same port.",
		Fix:     "Choose another port for one of them; left out, port is 1433 and service_broker_port is 4022.",
		Sources: []product.Source{product.SetupScript.At("SQLSSBPort"), product.Memlabs.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			port, okPort := rule.Decided(c, db.Port.OrDefault(model.DefaultSQLPort))
			broker, okBroker := rule.Decided(c, brokerPort(db))
			if !okPort || !okBroker || port != broker {
				return
			}
			at := "service_broker_port"
			if db.ServiceBrokerPort.IsNull() {
				at = "port"
			}
			c.Violate(rule.Violation{
				At:    model.At("database", at),
				Fact:  fmt.Sprintf("the database of %s would use port %d twice", s.Label(), port),
				Found: fmt.Sprintf("port and service_broker_port of the database are both %d.", port),
			})
		},
	},
	databaseLatency,
}

// databaseLatency is the rule about the way to a remote database server.
var databaseLatency = rule.Rule{
	ID: "DB-REMOTE-LATENCY", Severity: rule.SeverityWarning, Basis: rule.Recommended, Scope: rule.ScopeSite,
	Title: "A remote database server has a fast and reliable link to the site server",
	Why: "The site reads and writes its database all the time. Over a slow link everything in the site waits for it, and while the link is down the " +
		"site does nothing at all.",
	Fix:     `Move the database to the site server or to a computer beside it, or improve the link and set site_server_link = "fast".`,
	Sources: []product.Source{product.SiteDatabase.At("Remote database server location considerations"), product.PerformanceFAQ.At("SQL Server-related performance")},
	Server: func(c *rule.Check, s *model.Server) {
		link, ok := rule.Decided(c, s.SiteServerLink)
		if !ok || link != model.LinkSlow {
			return
		}
		site := rule.SiteOf(s)
		if c.Holds(site.HoldsDatabase(s.FQDN)) && c.Fails(model.EqualHost(site.Server, s.FQDN)) {
			c.Violate(rule.Violation{
				At:    model.At("site_server_link"),
				Fact:  fmt.Sprintf("the database of %s on %s is across a slow link", site.Label(), model.HostName(s)),
				Found: fmt.Sprintf("site_server_link = %q on a computer that holds the site database.", link),
			})
		}
	},
}

// editionRule completes a rule about the edition of a site database. Developer and
// Evaluation editions are on no list, but Setup takes them: a warning, and nothing in a lab.
func editionRule(r rule.Rule, applies func(*rule.Check, *model.Site, *model.Database) bool, allowed ...string) rule.Rule {
	r.Severity, r.Scope = rule.SeverityError, rule.ScopeSite
	r.Site = func(c *rule.Check, s *model.Site) {
		db, ok := rule.Decided(c, s.DeclaredDatabase())
		if !ok || !applies(c, s, db) {
			return
		}
		edition, ok := rule.Decided(c, db.Edition)
		if !ok || slices.Contains(allowed, edition) {
			return
		}
		unlisted := edition == model.EditionDeveloper || edition == model.EditionEvaluation
		if unlisted && c.Options.Environment == rule.Lab {
			return // a lab is what they are made for
		}
		v := rule.Violation{
			At:    model.At("database", "edition"),
			Fact:  fmt.Sprintf("%s uses an edition of SQL Server that is not supported here", s.Label()),
			Found: fmt.Sprintf("edition = %q; supported: %s.", edition, product.Quoted(allowed)),
		}
		if unlisted {
			v.Severity = rule.SeverityWarning
			v.Fact = fmt.Sprintf("%s uses an edition of SQL Server that is not on the list", s.Label())
		}
		c.Violate(v)
	}
	return r
}

// sqlPort returns the port of SQL Server.
func sqlPort(d *model.Database) model.Value[int64] {
	return d.Port.OrDefault(model.DefaultSQLPort)
}

// brokerPort returns the port of the Service Broker.
func brokerPort(d *model.Database) model.Value[int64] {
	return d.ServiceBrokerPort.OrDefault(model.DefaultServiceBrokerPort)
}

// databaseAttribute leads to an attribute of the database block, or to the block
// where the design has none.
func databaseAttribute(s *model.Site, name string) model.Path {
	if s.Database.IsNull() {
		return model.At("database")
	}
	return model.At("database", name)
}

// sqlInstance returns the instance of the site database: Setup names the one that it
// installs at a secondary site.
func sqlInstance(s *model.Site) model.Value[string] {
	db, ok := s.DeclaredDatabase().Get()
	if !ok {
		return model.Unknown[string]()
	}
	if !db.Instance.IsNull() {
		return s.DatabaseInstance()
	}
	siteType, ok := s.Type.Get()
	if !ok {
		return model.Unknown[string]()
	}
	if siteType != product.Secondary {
		return model.Known(model.DefaultInstance)
	}
	express, ok := s.UsesExpress().Get()
	switch {
	case !ok:
		return model.Unknown[string]()
	case express:
		return model.Known(model.ExpressInstance)
	default:
		return model.Known(model.DefaultInstance)
	}
}

// sharedDatabaseServers visits the pairs of sites whose databases are on one
// computer, behind one listener or in one cluster. Two sites on one site server are
// left out: that is the worse defect, and their databases only follow it.
func sharedDatabaseServers(c *rule.Check, visit func(host string, s, other *model.Site)) {
	byServer := map[string][]*model.Site{}
	for _, s := range model.SortedSites(c.Topology.Sites) {
		host, ok := rule.Decided(c, s.DatabaseHost())
		if !ok {
			continue
		}
		for _, other := range byServer[host] {
			if model.KnownTrue(model.EqualHost(s.Server, other.Server)) {
				continue
			}
			c.Host = host
			if db, ok := s.DeclaredDatabase().Get(); ok && db.Server.IsNull() {
				visit(host, other, s) // the other one is the guest
			} else {
				visit(host, s, other)
			}
			c.Host = ""
		}
		byServer[host] = append(byServer[host], s)
	}
	c.OpenCount()
}

// portOf is a port of a database and the attribute that names it.
type portOf struct {
	attribute string
	number    model.Value[int64]
}

// equalPorts reports a port that two sites on one computer share. A dynamic port is
// DB-STATIC-PORT.
func equalPorts(c *rule.Check, host string, s, other *model.Site, own, theirs portOf) {
	mine, okMine := rule.Decided(c, own.number)
	yours, okYours := rule.Decided(c, theirs.number)
	if !okMine || !okYours || mine != yours || mine == 0 {
		return
	}
	sqlPort, broker := freePorts(c, host, s)
	what, found := strings.ReplaceAll(own.attribute, "_", " "), own.attribute+" of both databases"
	if own.attribute != theirs.attribute {
		what, found = "port", fmt.Sprintf("%s of the database of %s and %s of that of %s", own.attribute, s.Label(), theirs.attribute, other.Label())
	}
	c.Violate(rule.Violation{
		On: s, At: model.At("database", own.attribute), Site: s, Related: []model.Declared{other},
		Fact:  fmt.Sprintf("%s and %s would use the same %s on %s", other.Label(), s.Label(), what, host),
		Found: fmt.Sprintf("%s is %d on %q.", found, mine, host),
		Fix: fmt.Sprintf("Give each site its own pair, such as port = %d and service_broker_port = %d in the database block of %s, and make the instance listen there.",
			sqlPort, broker, s.Label()),
	})
}

// freePorts returns a pair of ports for the database of a site on a computer where other
// sites have theirs. Port 1434 belongs to SQL Server Browser (UDP) and to the dedicated
// administrator connection of the default instance (TCP): Configure the Windows Firewall to
// allow SQL Server access, "Ports used by the Database Engine".
func freePorts(c *rule.Check, host string, site *model.Site) (sql, broker int64) {
	taken := map[int64]bool{}
	for _, s := range c.Topology.Sites {
		db, ok := s.DeclaredDatabase().Get()
		if at, _ := s.DatabaseHost().Get(); !ok || at != host || s == site {
			continue
		}
		for _, v := range []model.Value[int64]{sqlPort(db), brokerPort(db)} {
			port, _ := v.Get()
			taken[port] = true
		}
	}
	for sql = model.DefaultSQLPort; taken[sql] || sql == model.DefaultSQLPort+1; sql++ {
	}
	for broker = model.DefaultServiceBrokerPort; taken[broker] || broker == sql; broker++ {
	}
	return sql, broker
}

// ownInstance proposes an instance and ports that no other site has on a computer.
func ownInstance(c *rule.Check, host string, site *model.Site) string {
	taken := map[string]bool{}
	for _, s := range c.Topology.Sites {
		if at, _ := s.DatabaseHost().Get(); at == host {
			instance, _ := s.DatabaseInstance().Get()
			taken[instance] = true
		}
	}
	code, _ := site.NormalizedCode().Get()
	instance := "CM" + code
	for taken[instance] {
		instance += "X"
	}
	port, broker := freePorts(c, host, site)
	return fmt.Sprintf("Give each site an instance of its own: another computer in server of the database block, or another instance on this one, such as "+
		"instance = %q, port = %d and service_broker_port = %d in the database block of %s.", instance, port, broker, site.Label())
}
