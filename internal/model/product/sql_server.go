package product

import "slices"

// SQLServer is one line of the list of SQL Server versions that a site database may
// run on.
type SQLServer struct {
	Version   string // as the attribute sql_version names it
	Express   bool   // the line is about SQL Server Express
	SiteTypes []SiteType
	// From is the first version of the product that supports it, Until the first
	// that does not any more.
	From, Until SQLServerBound
	Source      Source
}

// SQLServerBound is where the support of a SQL Server version begins or ends. The
// zero bound is none.
type SQLServerBound struct {
	Version Version
	// Prose says that no table dates the bound: it follows from running text, or from
	// a source that is not Microsoft's. Such a bound is no ground for an error.
	Prose bool
}

// The kinds of sites that a line of the list is about.
var (
	fullSQLSites    = []SiteType{CentralAdministration, Primary, Secondary}
	ExpressSQLSites = []SiteType{Secondary}
)

// sqlServers is the list of Microsoft's article, oldest first.
var sqlServers = []SQLServer{
	{Version: "2008", SiteTypes: fullSQLSites, Until: SQLServerBound{Version: 1511}, Source: DeprecatedServer.At("SQL Server")},
	{Version: "2008 R2", SiteTypes: fullSQLSites, Until: SQLServerBound{Version: 1702}, Source: DeprecatedServer.At("SQL Server")},
	{Version: "2012", SiteTypes: fullSQLSites, From: SQLServerBound{Version: 1511}, Until: SQLServerBound{Version: 2409}, Source: WhatsNew2409.Source()},
	{Version: "2012", Express: true, SiteTypes: ExpressSQLSites, From: SQLServerBound{Version: 1511}, Until: SQLServerBound{Version: 2409}, Source: WhatsNew2409.Source()},
	{Version: "2014", SiteTypes: fullSQLSites, From: SQLServerBound{Version: 1511}, Until: SQLServerBound{Version: 2409}, Source: WhatsNew2409.Source()},
	{Version: "2014", Express: true, SiteTypes: ExpressSQLSites, From: SQLServerBound{Version: 1511}, Until: SQLServerBound{Version: 2409}, Source: WhatsNew2409.Source()},
	{Version: "2016", SiteTypes: fullSQLSites, From: SQLServerBound{Version: 1606, Prose: true}, Until: SQLServerBound{Version: 2609, Prose: true}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2016", Express: true, SiteTypes: ExpressSQLSites, Until: SQLServerBound{Version: 2609, Prose: true}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2017", SiteTypes: fullSQLSites, From: SQLServerBound{Version: 1710, Prose: true}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2017", Express: true, SiteTypes: ExpressSQLSites, From: SQLServerBound{Version: 1710, Prose: true}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2019", SiteTypes: fullSQLSites, From: SQLServerBound{Version: 1910, Prose: true}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2019", Express: true, SiteTypes: ExpressSQLSites, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2022", SiteTypes: fullSQLSites, From: SQLServerBound{Version: 2303}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	// The list has the Express edition of 2022 without a date; the date is that of
	// the full editions.
	{Version: "2022", Express: true, SiteTypes: ExpressSQLSites, From: SQLServerBound{Version: 2303, Prose: true}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2025", SiteTypes: fullSQLSites, From: SQLServerBound{Version: 2603}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2025", Express: true, SiteTypes: ExpressSQLSites, From: SQLServerBound{Version: 2603}, Source: SQLServerVersions.At("Supported versions of SQL Server")},
}

// SQLServers returns the list of SQL Server versions, oldest first.
func SQLServers() []SQLServer { return slices.Clone(sqlServers) }

// SQLVersions lists the SQL Server versions that sql_version takes, oldest first.
// Unsupported ones are legal values, so that a rule refuses them.
func SQLVersions() []string {
	var names []string
	for _, s := range sqlServers {
		names = append(names, s.Version)
	}
	return slices.Compact(names)
}
