package database

import (
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// azureSQLDomains are the DNS suffixes of Azure SQL, databases and managed instances
// alike, in the public cloud and in the national ones.
var azureSQLDomains = struct {
	suffixes []string
	source   product.Source
}{
	[]string{".database.windows.net", ".database.usgovcloudapi.net", ".database.chinacloudapi.cn"},
	product.AzureFAQ.Source(),
}

// ownReplica is the way out for a replica or node that is named as one of several.
const ownReplica = `Install SQL Server on a computer, on premises or as a virtual machine in Azure, and name that one instead, such as "sql01.contoso.com".`

var azureRules = []rule.Rule{
	{
		ID: "DB-AZURE-SQL", Severity: rule.SeverityError, Basis: rule.Unsupported, Scope: rule.ScopeSite,
		Title: "A site database is on SQL Server, not in Azure SQL",
		Why: "The product supports SQL Server on a computer, which may be a virtual machine in Azure. An Azure SQL database or managed instance gives it " +
			"neither the rights nor the services that it needs on the SQL Server; a database replica for management points is no different.",
		Fix:     `Install SQL Server on a computer, on premises or as a virtual machine in Azure, and name it, as in server = "sql01.contoso.com".`,
		Sources: []product.Source{azureSQLDomains.source},
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			judge := func(host model.Value[string], at model.Path, fix string) {
				if name, ok := rule.Decided(c, model.Folded(host, model.FoldHost)); ok && inAzureSQL(name) {
					c.Violate(rule.Violation{
						At:    model.At("database").Join(at),
						Fact:  fmt.Sprintf("the database of %s would be in Azure SQL", s.Label()),
						Found: fmt.Sprintf("%s = %q in the database block is a name of Azure SQL.", at, host),
						Fix:   c.InTermsOf(fix, s, s),
					})
				}
			}
			if !db.Server.IsNull() {
				judge(db.Server, model.At("server"), "") // the fix of the rule
			}
			if group, ok := rule.Given(c, db.AvailabilityGroup); ok {
				for i, host := range model.First(rule.Given(c, group.Replicas)) {
					judge(host, model.At("availability_group", "replicas").Index(i), ownReplica)
				}
			}
			if cluster, ok := rule.Given(c, db.FailoverCluster); ok {
				for i, host := range model.First(rule.Given(c, cluster.Nodes)) {
					judge(host, model.At("failover_cluster", "nodes").Index(i), ownReplica)
				}
			}
		},
		Roles: []string{product.RoleManagementPoint},
		Assignment: func(c *rule.Check, a *model.Assignment) {
			replica, ok := replica(c, a)
			if !ok || replica.Server.IsNull() {
				return
			}
			if host, ok := rule.Decided(c, model.Folded(replica.Server, model.FoldHost)); ok && inAzureSQL(host) {
				c.Violate(rule.Violation{
					At:    model.At("management_point", "database_replica", "server"),
					Fact:  fmt.Sprintf("the database replica of %s would be in Azure SQL", a.Label()),
					Found: fmt.Sprintf("server = %q in database_replica is a name of Azure SQL.", replica.Server),
				})
			}
		},
	},
	{
		ID: "DB-COMPATIBILITY-LEVEL", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "The compatibility level of a site database is one that SQL Server has and the site supports",
		Why: "Each version of SQL Server adds a level and knows the older ones. With SQL Server 2022 a site before version 2603 keeps its database at " +
			"level 150; level 160 is supported from that version on.",
		Fix:     "Set the level of the database back to 150 with ALTER DATABASE, and compatibility_level with it; or update the site first.",
		Sources: []product.Source{product.SQLServerVersions.Source(), compatibility2022.Source},
		// A version that is refused takes another instance, and its level with it.
		CoveredBy: rule.OnElement("DB-VERSION", "ROLE-LIFE-SQL-2012", "ROLE-LIFE-SQL-2014", "ROLE-LIFE-SQL-2016"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			level, okLevel := rule.Decided(c, db.Compatibility)
			name, okName := rule.Decided(c, db.SQLVersion)
			if !okLevel || !okName {
				return
			}
			v := rule.Violation{
				At:   model.At("database", "compatibility_level"),
				Fact: fmt.Sprintf("the database of %s has a compatibility level that does not go with it", s.Label()),
			}
			newest, known := nativeLevels[name]
			switch {
			case !known:
				c.Undecide()
				return
			case level > newest:
				v.Found = fmt.Sprintf("compatibility_level = %d; SQL Server %s has levels up to %d.", level, name, newest)
				v.Fix = fmt.Sprintf("Set compatibility_level to the level that the database has, at most %d.", newest)
			case level == nativeLevels["2022"] && name == "2022":
				version, ok := c.Version()
				if !ok || version >= compatibility2022.Version {
					return
				}
				v.Found = fmt.Sprintf("compatibility_level = %d with SQL Server %s at version %s of the site; it is supported from version %s on.", level, name, version, compatibility2022.Version)
				code, _ := s.NormalizedCode().Get()
				if database, ok := db.Name.OrDefault("CM_" + code).Get(); ok {
					v.Fix = fmt.Sprintf("Set the level of the database back, ALTER DATABASE [%s] SET COMPATIBILITY_LEVEL = 150, and compatibility_level = 150 with it; or "+
						"update the site first.", strings.ReplaceAll(database, "]", "]]"))
				}
			default:
				return
			}
			c.Violate(v)
		},
	},
	{
		ID: "DB-CUMULATIVE-UPDATE", Severity: rule.SeverityError, Basis: rule.Documented, Scope: rule.ScopeSite,
		Title: "SQL Server has the cumulative update from which on its version is supported",
		Why: "SQL Server 2017 is supported with cumulative update 2 or later, and the prerequisite check of version 2609 refuses an older one. SQL Server " +
			"2019 is supported with cumulative update 5 or later, which mends the inlining of scalar functions. Both hold for their Express editions too; SQL " +
			"Server 2022 and 2025 need none.",
		Fix:       "Install the newest cumulative update on every computer of the instance, and set cumulative_update in the database block.",
		Sources:   []product.Source{product.SQLServerVersions.At("Supported versions of SQL Server")},
		CoveredBy: rule.OnElement("DB-VERSION"),
		Site: func(c *rule.Check, s *model.Site) {
			db, ok := rule.Decided(c, s.DeclaredDatabase())
			if !ok {
				return
			}
			installed, okInstalled := rule.Decided(c, db.CumulativeUpdate)
			name, okName := rule.Decided(c, db.SQLVersion)
			if !okInstalled || !okName {
				return
			}
			least, listed := leastUpdates[name]
			if !listed || installed >= least {
				return
			}
			c.Violate(rule.Violation{
				At:    model.At("database", "cumulative_update"),
				Fact:  fmt.Sprintf("the SQL Server %s of %s lacks a cumulative update", name, s.Label()),
				Found: fmt.Sprintf("cumulative_update = %d with SQL Server %s; the least that is supported is %d.", installed, name, least),
			})
		},
	},
}

// leastUpdates are the cumulative updates from which on a version of SQL Server is
// supported, in the full editions and in Express alike, as both tables of the article on
// supported SQL Server versions give them (2026-07-28). The edition of 2024-12-04 had the
// same numbers for the full editions and for 2017 Express, and no row for 2019 Express. The
// tables name RTM as the least of 2022 and 2025: a version without a row here needs none.
var leastUpdates = map[string]int64{"2017": 2, "2019": 5}

// compatibility2022 is the first version whose sites use the level of SQL Server 2022.
var compatibility2022 = product.Milestone{Version: 2603, Source: product.WhatsNew2603.Source()}

// nativeLevels are the newest compatibility levels of the versions of SQL Server, as its
// own documentation lists them.
var nativeLevels = map[string]int64{
	"2008": 100, "2008 R2": 100, "2012": 110, "2014": 120, "2016": 130, "2017": 140, "2019": 150, "2022": 160, "2025": 170,
}

// inAzureSQL reports whether a normalized host name is one of Azure SQL.
func inAzureSQL(host string) bool {
	return slices.ContainsFunc(azureSQLDomains.suffixes, func(suffix string) bool { return strings.HasSuffix(host, suffix) })
}
