package product

import (
	"slices"
	"strings"
	"time"
)

// SQLServer is one line of the list of SQL Server versions that a site database may
// run on.
type SQLServer struct {
	Version   string // as the attribute sql_version names it
	Express   bool   // the line is about SQL Server Express
	SiteTypes []SiteType
	// SupportEnds is the last day of the extended support of the version (YYYY-MM-DD).
	SupportEnds string
	// From is the first version of the product that supports it, Until the first
	// that does not any more, as the releases have it.
	From, Until SQLServerBound
	Source      Source
}

// Name is the version with the edition, as the releases list it.
func (s *SQLServer) Name() string {
	if s.Express {
		return s.Version + expressSuffix
	}
	return s.Version
}

const expressSuffix = " Express"

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

// The bounds that no table dates.
var prose = SQLServerBound{Prose: true}

// sqlServers is the list of Microsoft's article, oldest first. The releases say which of
// them support a line; the last days are those of the lifecycle pages of each version.
var sqlServers = datedSQLServers([]SQLServer{
	{Version: "2008", SiteTypes: fullSQLSites, SupportEnds: "2019-07-09", Source: DeprecatedServer.At("SQL Server")},
	{Version: "2008 R2", SiteTypes: fullSQLSites, SupportEnds: "2019-07-09", Source: DeprecatedServer.At("SQL Server")},
	{Version: "2012", SiteTypes: fullSQLSites, SupportEnds: "2022-07-12", Source: WhatsNew2409.Source()},
	{Version: "2012", Express: true, SiteTypes: ExpressSQLSites, SupportEnds: "2022-07-12", Source: WhatsNew2409.Source()},
	{Version: "2014", SiteTypes: fullSQLSites, SupportEnds: "2024-07-09", Source: WhatsNew2409.Source()},
	{Version: "2014", Express: true, SiteTypes: ExpressSQLSites, SupportEnds: "2024-07-09", Source: WhatsNew2409.Source()},
	// The end of 2016 stands in four articles: the list of versions, what is new in 2609,
	// its checklist and the list of prerequisite checks.
	{Version: "2016", SiteTypes: fullSQLSites, SupportEnds: "2026-07-14", From: prose, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2016", Express: true, SiteTypes: ExpressSQLSites, SupportEnds: "2026-07-14", Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2017", SiteTypes: fullSQLSites, SupportEnds: "2027-10-12", From: prose, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2017", Express: true, SiteTypes: ExpressSQLSites, SupportEnds: "2027-10-12", From: prose, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2019", SiteTypes: fullSQLSites, SupportEnds: "2030-01-08", From: prose, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2019", Express: true, SiteTypes: ExpressSQLSites, SupportEnds: "2030-01-08", Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2022", SiteTypes: fullSQLSites, SupportEnds: "2033-01-11", Source: SQLServerVersions.At("Supported versions of SQL Server")},
	// The list has the Express edition of 2022 without a date; the date is that of
	// the full editions.
	{Version: "2022", Express: true, SiteTypes: ExpressSQLSites, SupportEnds: "2033-01-11", From: prose, Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2025", SiteTypes: fullSQLSites, SupportEnds: "2036-01-06", Source: SQLServerVersions.At("Supported versions of SQL Server")},
	{Version: "2025", Express: true, SiteTypes: ExpressSQLSites, SupportEnds: "2036-01-06", Source: SQLServerVersions.At("Supported versions of SQL Server")},
})

// datedSQLServers fills in from when to when the releases support each line.
func datedSQLServers(lines []SQLServer) []SQLServer {
	for i := range lines {
		s := &lines[i]
		s.From.Version, s.Until.Version = span(func(r *Release) bool { return slices.Contains(r.SQLServers, s.Name()) })
	}
	return lines
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

// SQLSupportEnds returns the last day of the support of a SQL Server version, as
// sql_version names it, and whether there is such a version.
func SQLSupportEnds(version string) (time.Time, bool) {
	i := slices.IndexFunc(sqlServers, func(s SQLServer) bool { return s.Version == version })
	if i < 0 {
		return time.Time{}, false
	}
	day, err := ParseDate(sqlServers[i].SupportEnds)
	return day, err == nil
}

// NewestSQLServer returns the newest SQL Server that a version supports for a site
// database, as sql_version names it, in the Express edition or in the others.
func NewestSQLServer(v Version, express bool) string {
	release, ok := ReleaseFor(v)
	if !ok {
		release = releases[len(releases)-1]
	}
	newest := ""
	for _, name := range release.SQLServers {
		version, isExpress := strings.CutSuffix(name, expressSuffix)
		if isExpress == express && version > newest {
			newest = version
		}
	}
	return newest
}
