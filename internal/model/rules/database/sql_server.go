package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Version, size and configuration of the SQL Server of a site database.

// The numbers of the chapter are exported for the test that holds every documented number
// to a design on each side of it.
var (
	LimitStandardEditionClients = product.Limit{Value: 50_000, Source: product.SizeAndScale.At("Hierarchy with a central administration site")}
	LimitExpressContent         = product.Limit{Value: 4_000_000, Source: product.PerformanceFAQ.At("When should I use full SQL Server instead of SQL " +
		"Server Express on my secondary sites")}
	LimitMemoryUpperSites = product.Limit{Value: 8192, Source: product.SQLServerConfigurations.At("Server memory configuration")} // megabytes
	LimitMemorySecondary  = product.Limit{Value: 4096, Source: product.SQLServerConfigurations.At("Server memory configuration")} // megabytes
)

// siteCollations are the collations of a site database: the usual one, and those for
// systems that have to meet GB18030.
var siteCollations = []string{
	"SQL_Latin1_General_CP1_CI_AS",
	"Chinese_Simplified_Pinyin_100_CI_AI",
	"Chinese_Simplified_Stroke_Order_100_CI_AI",
}

// ExpressFloor is the oldest SQL Server whose Express edition a secondary site should
// run on, with the service pack that its year alone does not tell.
const ExpressFloor = "2016"

// expressVersionSince is the version whose prerequisite check began to look at the
// SQL Server Express of a secondary site.
var expressVersionSince = product.Milestone{Version: 2103, Source: product.PrerequisiteChecks.At("SQL Server Express version on secondary site")}

var sqlServerRules = []rule.Rule{
	{
		ID: "DB-VERSION", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "The version of the site supports the SQL Server version of its database",
		Why: "Microsoft lists the SQL Server versions for each version of the product; Setup and updates of the site refuse some of the others. A bound " +
			"that no table dates is a warning only.",
		Fix:       "Choose a SQL Server version for the version of the site, or update the site first.",
		Sources:   []product.Source{product.SQLServerVersions.At("Supported versions of SQL Server"), product.DeprecatedServer.At("SQL Server"), product.WhatsNew2409.Source()},
		CoveredBy: rule.OnElement("ROLE-LIFE-SQL-2012", "ROLE-LIFE-SQL-2014", "ROLE-LIFE-SQL-2016"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			name, ok := rule.Decided(c, db.SQLVersion)
			if !ok {
				return
			}
			siteType, okType := rule.Decided(c, s.Type)
			version, okVersion := c.Version()
			if !okType || !okVersion {
				return
			}
			lines := SQLServersFor(name, siteType, s.UsesExpress())
			if len(lines) == 0 {
				// Nothing is written about the Express edition of the oldest versions.
				lines = SQLServersFor(name, siteType, model.Known(false))
			}
			if len(lines) == 0 {
				c.Undecide()
				return
			}
			severity, bound := Support(lines[0], version)
			for _, other := range lines[1:] {
				if differing, _ := Support(other, version); differing != severity {
					c.Undecide() // the edition decides
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
			c.Violate(rule.Violation{
				At: model.At("database", "sql_version"), Severity: severity,
				Fact:  fmt.Sprintf("%s does not go with SQL Server %s", s.Label(), name),
				Found: fmt.Sprintf("sql_version = %q at version %s of the site; %s.", name, version, what),
				Fix: fmt.Sprintf("Choose a SQL Server version that version %s of the site supports, such as sql_version = %q, or update the site first.",
					version, product.NewestSQLServer(version, model.KnownTrue(s.UsesExpress()))),
			})
		},
	},
	{
		ID: "DB-CAS-STANDARD-LIMIT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeHierarchy,
		Title: "With SQL Server Standard at the central administration site a hierarchy has up to 50,000 clients",
		Why: "The database of the central administration site holds the data of all sites. Its edition sets the limit for the hierarchy; that of the " +
			"primary sites does not matter.",
		Fix:     `Use edition = "enterprise" in the database block of the central administration site.`,
		Sources: []product.Source{LimitStandardEditionClients.Source, product.SQLServerVersions.Source()},
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if !c.Holds(s.Is(product.CentralAdministration)) {
					continue
				}
				db, ok := rule.Decided(c, s.DeclaredDatabase())
				if !ok {
					continue
				}
				if edition, ok := rule.Decided(c, db.Edition); !ok || edition != model.EditionStandard {
					continue
				}
				code, ok := rule.Decided(c, s.NormalizedCode())
				if !ok {
					continue
				}
				clients, complete := x.ClientsBelow(code, (*model.Site).ClientTotal)
				if clients <= LimitStandardEditionClients.Value {
					if !complete {
						c.Undecide()
					}
					continue
				}
				c.Violate(rule.Violation{
					On: s, At: model.At("database", "edition"), Site: s,
					Fact:  fmt.Sprintf("%s uses SQL Server Standard for more than %d clients", s.Label(), LimitStandardEditionClients.Value),
					Found: fmt.Sprintf("edition = %q, and the sites below expect at least %d clients and devices.", model.EditionStandard, clients),
				})
			}
			if x.IsPartial() {
				c.Undecide() // a central administration site that is not listed
			}
		},
	},
	{
		ID: "DB-EXPRESS-10GB", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "A secondary site with SQL Server Express has few enough packages and distribution points",
		Why: "A database of SQL Server Express ends at 10 GB. The content status of a hierarchy fills it: above four million combinations of package and " +
			"distribution point the site needs a full SQL Server. From version 2107 on the prerequisite check looks at the size.",
		Fix:     `Install SQL Server Standard on the secondary site server and set edition = "standard" in its database block.`,
		Sources: []product.Source{LimitExpressContent.Source, product.PrerequisiteChecks.At("SQL Server Express database size on secondary site")},
		Hierarchy: func(c *rule.Check) {
			x := c.Topology.Index
			for _, s := range model.SortedSites(c.Topology.Sites) {
				if !c.Holds(s.Is(product.Secondary)) || !c.Holds(s.UsesExpress()) {
					continue
				}
				packages, ok := rule.Decided(c, c.Topology.Hierarchy.PackageCount)
				if !ok {
					continue
				}
				points := int64(len(x.ByRole[product.RoleDistributionPoint]))
				if packages*points <= LimitExpressContent.Value {
					c.OpenCount()
					continue
				}
				c.Violate(rule.Violation{
					On: s, At: databaseAttribute(s, "edition"), Site: s,
					Fact:  fmt.Sprintf("the database of %s will outgrow SQL Server Express", s.Label()),
					Found: fmt.Sprintf("%d packages and applications on %d distribution points are %d; up to %d fit.", packages, points, packages*points, LimitExpressContent.Value),
				})
			}
		},
	},
	{
		ID: "DB-EXPRESS-VERSION", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite, Versions: "from 2103",
		Title: "The SQL Server Express that Setup installed at a secondary site is 2016 SP2 or later",
		Why: "The prerequisite check warns about the instance CONFIGMGRSEC below 13.0.5026.0; from version 2409 on the 2012 and 2014 releases are " +
			"refused like their full editions, and from version 2609 on everything before 2017 with cumulative update 2.",
		Fix:       "Upgrade the instance CONFIGMGRSEC, and set sql_version in the database block of the secondary site.",
		Sources:   []product.Source{product.PrerequisiteChecks.At("SQL Server Express version on secondary site")},
		CoveredBy: rule.OnElement("ROLE-LIFE-SQL-2012", "ROLE-LIFE-SQL-2014", "ROLE-LIFE-SQL-2016", "DB-VERSION"),
		Site: func(c *rule.Check, s *model.Site) {
			version, ok := c.Version()
			if !ok || version < expressVersionSince.Version || !c.Holds(s.Is(product.Secondary)) {
				return
			}
			instance, ok := rule.Decided(c, sqlInstance(s))
			if !ok || instance != model.ExpressInstance {
				return
			}
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			name, ok := rule.Decided(c, db.SQLVersion)
			if !ok {
				return
			}
			known := product.SQLVersions()
			switch i, floor := slices.Index(known, name), slices.Index(known, ExpressFloor); {
			case i < 0, i == floor:
				c.Undecide() // the year does not tell the service pack
			case i < floor:
				c.Violate(rule.Violation{
					At:    model.At("database", "sql_version"),
					Fact:  fmt.Sprintf("the SQL Server Express of %s is too old", s.Label()),
					Found: fmt.Sprintf("sql_version = %q in the instance %s.", name, instance),
					Fix: fmt.Sprintf("Upgrade the instance CONFIGMGRSEC to SQL Server %[1]s Express, and set sql_version = %[1]q in the database block of the "+
						"secondary site.", product.NewestSQLServer(version, true)),
				})
			}
		},
	},
	{
		ID: "DB-COLLATION", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title: "The collation of a site database is SQL_Latin1_General_CP1_CI_AS",
		Why: "Setup checks the collation of the instance and of the database and refuses any other. Only on Chinese systems that have to meet GB18030, " +
			"with the file GB18030.SMS, two Chinese collations are allowed.",
		Fix: `Install the instance with this collation and set collation = "SQL_Latin1_General_CP1_CI_AS"; the collation of an installed instance is ` +
			`changed only by rebuilding its system databases.`,
		Sources: []product.Source{product.SQLServerConfigurations.At("SQL Server instance and database collation"), product.PrerequisiteChecks.At("Required SQL Server collation"), product.InternationalSupport.Source()},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			collation, ok := rule.Decided(c, db.Collation)
			if !ok || slices.ContainsFunc(siteCollations, func(known string) bool { return strings.EqualFold(known, collation) }) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("database", "collation"),
				Fact:  fmt.Sprintf("the database of %s has a collation that Setup refuses", s.Label()),
				Found: fmt.Sprintf("collation = %q; allowed are %s, the last two for GB18030.", collation, strings.Join(siteCollations, ", ")),
			})
		},
	},
	{
		ID: "DB-WINAUTH", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title:   "The SQL Server of a site uses Windows authentication only",
		Why:     "The product connects with Windows accounts. Mixed mode works, but adds logins with passwords to attack, and the prerequisite check warns about it.",
		Fix:     `Set the instance to Windows authentication, and authentication = "windows" in the database block.`,
		Sources: []product.Source{product.SQLServerConfigurations.At("Windows authentication"), product.PrerequisiteChecks.At("SQL Server security mode"), product.SiteSecurity.At("Configure SQL Server to use Windows authentication")},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			if mode, ok := rule.Decided(c, db.Authentication); ok && mode == model.AuthenticationMixed {
				c.Violate(rule.Violation{
					At:    model.At("database", "authentication"),
					Fact:  fmt.Sprintf("the SQL Server of %s uses mixed authentication", s.Label()),
					Found: fmt.Sprintf("authentication = %q in the database block.", mode),
				})
			}
		},
	},
	{
		ID: "DB-SERVICE-ACCOUNT", Severity: rule.SeverityError, Basis: rule.Refused, Scope: rule.ScopeSite,
		Title:   "SQL Server runs neither as a local user nor as Local Service",
		Why:     "The prerequisite check refuses these accounts: they have no identity on the network. A domain account, Network Service and Local System have one.",
		Fix:     `Run the service with a domain account, such as service_account = "CONTOSO\\sql-ps1", or with "NT AUTHORITY\\NETWORK SERVICE".`,
		Sources: []product.Source{product.PrerequisiteChecks.At("SQL Server service running account"), product.SQLServerConfigurations.At("SQL Server service account")},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			account, ok := rule.Decided(c, db.ServiceAccount)
			if !ok {
				return
			}
			domain, user, qualified := strings.Cut(account, `\`)
			v := rule.Violation{At: model.At("database", "service_account"), Found: fmt.Sprintf("service_account = %q in the database block.", account)}
			switch {
			case !qualified && model.IsLocalService(domain), qualified && strings.EqualFold(domain, "NT AUTHORITY") && model.IsLocalService(user):
				v.Fact = fmt.Sprintf("the SQL Server of %s runs as Local Service", s.Label())
			case qualified && (domain == "." || model.KnownTrue(databaseComputerIs(s, domain))):
				v.Fact = fmt.Sprintf("the SQL Server of %s runs as a local user", s.Label())
			default:
				return
			}
			c.Violate(v)
		},
	},
	{
		ID: "DB-64BIT", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title:       "The SQL Server of a site database is a 64-bit one with the Database Engine Services",
		Why:         "The site supports no 32-bit SQL Server, and uses only the database engine of an instance.",
		Fix:         "Install a 64-bit SQL Server with the feature Database Engine Services.",
		Sources:     []product.Source{product.SQLServerVersions.At("SQL Server architecture version"), product.SQLServerVersions.At("SQL Server features")},
		Enforcement: rule.Inexpressible,
		Note:        "From SQL Server 2016 on there are 64-bit versions only, and a database block stands for a database engine. DB-VERSION is about the older ones.",
	},
	{
		ID: "DB-MEM-RESERVE", Severity: rule.SeverityWarning, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "SQL Server reserves memory for a site database",
		Why: "The site reads its database all the time; memory that SQL Server gives back to Windows is missing then. The prerequisite check expects 8 GB " +
			"at a central administration or primary site and 4 GB at a secondary site. SQL Server Express uses 1 GB at most and is not meant.",
		Fix:     "Raise the minimum server memory of the instance: minimum_server_memory = 8192, at a secondary site 4096, in megabytes.",
		Sources: []product.Source{LimitMemoryUpperSites.Source, product.PrerequisiteChecks.At("SQL Server process memory allocation")},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			memory, ok := rule.Decided(c, db.MinimumMemory)
			if !ok {
				return
			}
			siteType, ok := rule.Decided(c, s.Type)
			least := LimitMemoryUpperSites.Value
			if siteType == product.Secondary {
				least = LimitMemorySecondary.Value
			}
			if !ok || memory >= least || siteType == product.Secondary && !c.Fails(s.UsesExpress()) {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("database", "minimum_server_memory"),
				Fact:  fmt.Sprintf("the SQL Server of %s reserves too little memory", s.Label()),
				Found: fmt.Sprintf("minimum_server_memory = %d megabytes; at least %d are expected.", memory, least),
			})
		},
	},
}

// databaseComputerIs reports whether a computer name is that of the database server.
func databaseComputerIs(s *model.Site, name string) model.Value[bool] {
	host, ok := s.DatabaseHost().Get()
	if !ok || !strings.EqualFold(model.HostLabel(host), name) {
		return model.Known(false)
	}
	return s.IsDatabaseComputer(model.Known(host))
}

// SQLServersFor returns the lines of a SQL Server version that a site may mean: the
// edition tells the Express line from that of the full editions. While a secondary
// site leaves it open, both are returned. There may be none for Express.
func SQLServersFor(version string, siteType product.SiteType, express model.Value[bool]) []product.SQLServer {
	var lines []product.SQLServer
	for _, s := range product.SQLServers() {
		if s.Version != version {
			continue
		}
		if is, ok := express.Get(); ok && s.Express != is || !ok && !slices.Contains(s.SiteTypes, siteType) {
			continue
		}
		lines = append(lines, s)
	}
	return lines
}

// Support says how a SQL Server version fits a version of the product: no severity
// when it is supported, else the bound that is not kept.
func Support(s product.SQLServer, v product.Version) (rule.Severity, product.SQLServerBound) {
	severity := func(b product.SQLServerBound) rule.Severity {
		if b.Prose {
			return rule.SeverityWarning
		}
		return rule.SeverityError
	}
	switch {
	case v < s.From.Version:
		return severity(s.From), s.From
	case s.Until.Version != 0 && v >= s.Until.Version:
		return severity(s.Until), s.Until
	default:
		return 0, product.SQLServerBound{}
	}
}
