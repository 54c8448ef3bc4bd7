package model

import (
	"fmt"
	"slices"
	"strings"
)

// Group 11: version, size and configuration of the SQL Server of a site database.

var (
	limitStandardEditionClients = limit{50_000, articleSizeAndScale.At("Hierarchy with a central administration site")}
	limitExpressContent         = limit{4_000_000, articlePerformanceFAQ.At("When should I use full SQL Server instead of SQL Server Express on my secondary sites")}
	limitMemoryUpperSites       = limit{8192, articleSQLServerConfigurations.At("Server memory configuration")} // megabytes
	limitMemorySecondary        = limit{4096, articleSQLServerConfigurations.At("Server memory configuration")} // megabytes
)

// siteCollations are the collations of a site database: the usual one, and those for
// systems that have to meet GB18030.
var siteCollations = []string{
	"SQL_Latin1_General_CP1_CI_AS",
	"Chinese_Simplified_Pinyin_100_CI_AI",
	"Chinese_Simplified_Stroke_Order_100_CI_AI",
}

// expressFloor is the oldest SQL Server whose Express edition a secondary site should
// run on, with the service pack that its year alone does not tell.
const expressFloor = "2016"

// expressVersionSince is the version whose prerequisite check began to look at the
// SQL Server Express of a secondary site.
var expressVersionSince = milestone{2103, articlePrerequisiteChecks.At("SQL Server Express version on secondary site")}

var sqlServerRules = []Rule{
	{
		ID: "DB-VERSION", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:     "The version of the site supports the SQL Server version of its database",
		Why:       "Microsoft lists the SQL Server versions for each version of the product; Setup and updates of the site refuse some of the others. A bound that no table dates is a warning only.",
		Fix:       `Choose a SQL Server version for the version of the site, such as sql_version = "2022" from version 2303 on or "2019" before, or update the site first.`,
		Sources:   []Source{articleSQLServerVersions.At("Supported versions of SQL Server"), articleDeprecatedServer.At("SQL Server"), articleWhatsNew2409.Source()},
		CoveredBy: onElement("ROLE-LIFE-SQL-2012", "ROLE-LIFE-SQL-2014"),
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			name, ok := decided(c, db.SQLVersion)
			if !ok {
				return
			}
			siteType, okType := decided(c, s.Type)
			version, okVersion := c.version()
			if !okType || !okVersion {
				return
			}
			lines := sqlServersFor(name, siteType, s.usesExpress())
			if len(lines) == 0 {
				// Nothing is written about the Express edition of the oldest versions.
				lines = sqlServersFor(name, siteType, Known(false))
			}
			if len(lines) == 0 {
				c.undecide()
				return
			}
			severity, bound := lines[0].support(version)
			for _, other := range lines[1:] {
				if differing, _ := other.support(version); differing != severity {
					c.undecide() // the edition decides
					return
				}
			}
			if severity == 0 {
				return
			}
			what := fmt.Sprintf("it was supported before version %s only", bound.Version)
			if bound == lines[0].From {
				what = fmt.Sprintf("it is supported from version %s on", bound.Version)
			}
			c.violate(violation{
				at: At("database", "sql_version"), severity: severity,
				fact:  fmt.Sprintf("%s does not go with SQL Server %s", s.label(), name),
				found: fmt.Sprintf("sql_version = %q at version %s of the site; %s.", name, version, what),
			})
		},
	},
	{
		ID: "DB-CAS-STANDARD-LIMIT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeHierarchy,
		Title:   "With SQL Server Standard at the central administration site a hierarchy has up to 50,000 clients",
		Why:     "The database of the central administration site holds the data of all sites. Its edition sets the limit for the hierarchy; that of the primary sites does not matter.",
		Fix:     `Use edition = "enterprise" in the database block of the central administration site.`,
		Sources: []Source{limitStandardEditionClients.source, articleSQLServerVersions.Source()},
		hierarchy: func(c *check) {
			x := c.topology.index
			for _, s := range sortedSites(c.topology.Sites) {
				if !c.holds(s.is(CentralAdministration)) {
					continue
				}
				db, ok := decided(c, s.database())
				if !ok {
					continue
				}
				if edition, ok := decided(c, db.Edition); !ok || edition != EditionStandard {
					continue
				}
				code, ok := decided(c, s.code())
				if !ok {
					continue
				}
				clients, complete := x.clientsBelow(code, (*Site).clientTotal)
				if clients <= limitStandardEditionClients.value {
					if !complete {
						c.undecide()
					}
					continue
				}
				c.violate(violation{
					on: s, at: At("database", "edition"), site: s,
					fact:  fmt.Sprintf("%s uses SQL Server Standard for more than %d clients", s.label(), limitStandardEditionClients.value),
					found: fmt.Sprintf("edition = %q, and the sites below expect at least %d clients and devices.", EditionStandard, clients),
				})
			}
			if len(x.external) > 0 {
				c.undecide() // a central administration site that is not listed
			}
		},
	},
	{
		ID: "DB-EXPRESS-10GB", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:   "A secondary site with SQL Server Express has few enough packages and distribution points",
		Why:     "A database of SQL Server Express ends at 10 GB. The content status of a hierarchy fills it: above four million combinations of package and distribution point the site needs a full SQL Server. From version 2107 on the prerequisite check looks at the size.",
		Fix:     `Install SQL Server Standard on the secondary site server and set edition = "standard" in its database block.`,
		Sources: []Source{limitExpressContent.source, articlePrerequisiteChecks.At("SQL Server Express database size on secondary site")},
		hierarchy: func(c *check) {
			x := c.topology.index
			for _, s := range sortedSites(c.topology.Sites) {
				if !c.holds(s.is(Secondary)) || !c.holds(s.usesExpress()) {
					continue
				}
				packages, ok := decided(c, c.topology.Hierarchy.PackageCount)
				if !ok {
					continue
				}
				points := int64(len(x.byRole[roleDistributionPoint]))
				if packages*points <= limitExpressContent.value {
					c.openCount()
					continue
				}
				c.violate(violation{
					on: s, at: s.databaseAttribute("edition"), site: s,
					fact:  fmt.Sprintf("the database of %s will outgrow SQL Server Express", s.label()),
					found: fmt.Sprintf("%d packages and applications on %d distribution points are %d; up to %d fit.", packages, points, packages*points, limitExpressContent.value),
				})
			}
		},
	},
	{
		ID: "DB-EXPRESS-VERSION", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite, Versions: "from 2103",
		Title:     "The SQL Server Express that Setup installed at a secondary site is 2016 SP2 or later",
		Why:       "The prerequisite check warns about the instance CONFIGMGRSEC below 13.0.5026.0; from version 2409 on the 2012 and 2014 releases are refused like their full editions.",
		Fix:       `Upgrade the instance CONFIGMGRSEC, for example to SQL Server 2019 Express, and set sql_version = "2019".`,
		Sources:   []Source{articlePrerequisiteChecks.At("SQL Server Express version on secondary site")},
		CoveredBy: onElement("ROLE-LIFE-SQL-2012", "ROLE-LIFE-SQL-2014", "DB-VERSION"),
		site: func(c *check, s *Site) {
			if version, ok := c.version(); !ok || version < expressVersionSince.version || !c.holds(s.is(Secondary)) {
				return
			}
			instance, ok := decided(c, s.sqlInstance())
			if !ok || instance != expressInstance {
				return
			}
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			name, ok := decided(c, db.SQLVersion)
			if !ok {
				return
			}
			known := SQLVersions()
			switch i, floor := slices.Index(known, name), slices.Index(known, expressFloor); {
			case i < 0, i == floor:
				c.undecide() // the year does not tell the service pack
			case i < floor:
				c.violate(violation{
					at:    At("database", "sql_version"),
					fact:  fmt.Sprintf("the SQL Server Express of %s is too old", s.label()),
					found: fmt.Sprintf("sql_version = %q in the instance %s.", name, instance),
				})
			}
		},
	},
	{
		ID: "DB-COLLATION", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "The collation of a site database is SQL_Latin1_General_CP1_CI_AS",
		Why:     "Setup checks the collation of the instance and of the database and refuses any other. Only on Chinese systems that have to meet GB18030, with the file GB18030.SMS, two Chinese collations are allowed.",
		Fix:     `Install the instance with this collation and set collation = "SQL_Latin1_General_CP1_CI_AS"; the collation of an installed instance is changed only by rebuilding its system databases.`,
		Sources: []Source{articleSQLServerConfigurations.At("SQL Server instance and database collation"), articlePrerequisiteChecks.At("Required SQL Server collation"), articleInternationalSupport.Source()},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			collation, ok := decided(c, db.Collation)
			if !ok || slices.ContainsFunc(siteCollations, func(known string) bool { return strings.EqualFold(known, collation) }) {
				return
			}
			c.violate(violation{
				at:    At("database", "collation"),
				fact:  fmt.Sprintf("the database of %s has a collation that Setup refuses", s.label()),
				found: fmt.Sprintf("collation = %q; allowed are %s, the last two for GB18030.", collation, strings.Join(siteCollations, ", ")),
			})
		},
	},
	{
		ID: "DB-WINAUTH", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:   "The SQL Server of a site uses Windows authentication only",
		Why:     "The product connects with Windows accounts. Mixed mode works, but adds logins with passwords to attack, and the prerequisite check warns about it.",
		Fix:     `Set the instance to Windows authentication, and authentication = "windows" in the database block.`,
		Sources: []Source{articleSQLServerConfigurations.At("Windows authentication"), articlePrerequisiteChecks.At("SQL Server security mode"), articleSiteSecurity.At("Configure SQL Server to use Windows authentication")},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			if mode, ok := decided(c, db.Authentication); ok && mode == AuthenticationMixed {
				c.violate(violation{
					at:    At("database", "authentication"),
					fact:  fmt.Sprintf("the SQL Server of %s uses mixed authentication", s.label()),
					found: fmt.Sprintf("authentication = %q in the database block.", mode),
				})
			}
		},
	},
	{
		ID: "DB-SERVICE-ACCOUNT", Severity: SeverityError, Basis: Refused, Scope: ScopeSite,
		Title:   "SQL Server runs neither as a local user nor as Local Service",
		Why:     "The prerequisite check refuses these accounts: they have no identity on the network. A domain account, Network Service and Local System have one.",
		Fix:     `Run the service with a domain account, such as service_account = "CONTOSO\\sql-ps1", or with "NT AUTHORITY\\NETWORK SERVICE".`,
		Sources: []Source{articlePrerequisiteChecks.At("SQL Server service running account"), articleSQLServerConfigurations.At("SQL Server service account")},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			account, ok := decided(c, db.ServiceAccount)
			if !ok {
				return
			}
			domain, user, qualified := strings.Cut(account, `\`)
			v := violation{at: At("database", "service_account"), found: fmt.Sprintf("service_account = %q in the database block.", account)}
			switch {
			case !qualified && isLocalService(domain), qualified && strings.EqualFold(domain, "NT AUTHORITY") && isLocalService(user):
				v.fact = fmt.Sprintf("the SQL Server of %s runs as Local Service", s.label())
			case qualified && (domain == "." || knownTrue(s.databaseComputerIs(domain))):
				v.fact = fmt.Sprintf("the SQL Server of %s runs as a local user", s.label())
			default:
				return
			}
			c.violate(v)
		},
	},
	{
		ID: "DB-64BIT", Severity: SeverityError, Basis: Unsupported, Scope: ScopeSite,
		Title:       "The SQL Server of a site database is a 64-bit one with the Database Engine Services",
		Why:         "The site supports no 32-bit SQL Server, and uses only the database engine of an instance.",
		Fix:         "Install a 64-bit SQL Server with the feature Database Engine Services.",
		Sources:     []Source{articleSQLServerVersions.At("SQL Server architecture version"), articleSQLServerVersions.At("SQL Server features")},
		Enforcement: Inexpressible,
		Note:        "From SQL Server 2016 on there are 64-bit versions only, and a database block stands for a database engine. DB-VERSION is about the older ones.",
	},
	{
		ID: "DB-MEM-RESERVE", Severity: SeverityWarning, Basis: Documented, Scope: ScopeSite,
		Title:   "SQL Server reserves memory for a site database",
		Why:     "The site reads its database all the time; memory that SQL Server gives back to Windows is missing then. The prerequisite check expects 8 GB at a central administration or primary site and 4 GB at a secondary site. SQL Server Express uses 1 GB at most and is not meant.",
		Fix:     "Raise the minimum server memory of the instance: minimum_server_memory = 8192, at a secondary site 4096, in megabytes.",
		Sources: []Source{limitMemoryUpperSites.source, articlePrerequisiteChecks.At("SQL Server process memory allocation")},
		site: func(c *check, s *Site) {
			db, ok := decided(c, s.database())
			if !ok {
				return
			}
			memory, ok := decided(c, db.MinimumMemory)
			if !ok {
				return
			}
			siteType, ok := decided(c, s.Type)
			least := limitMemoryUpperSites.value
			if siteType == Secondary {
				least = limitMemorySecondary.value
			}
			if !ok || memory >= least || siteType == Secondary && !c.fails(s.usesExpress()) {
				return
			}
			c.violate(violation{
				at:    At("database", "minimum_server_memory"),
				fact:  fmt.Sprintf("the SQL Server of %s reserves too little memory", s.label()),
				found: fmt.Sprintf("minimum_server_memory = %d megabytes; at least %d are expected.", memory, least),
			})
		},
	},
}

// databaseComputerIs reports whether a computer name is that of the database server.
func (s *Site) databaseComputerIs(name string) Value[bool] {
	host, ok := s.databaseServer().Get()
	if !ok || !strings.EqualFold(hostLabel(host), name) {
		return Known(false)
	}
	return s.isDatabaseComputer(Known(host))
}

// isLocalService reports whether a name is that of the account Local Service.
func isLocalService(name string) bool {
	return strings.EqualFold(strings.ReplaceAll(name, " ", ""), "LocalService")
}
