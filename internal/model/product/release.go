package product

import "slices"

// Release is one current branch release with all that is known of it. Each release has a
// row of its own, and nothing is looked up in the row of an older one: a set that did not
// change is named again. Where no article tells, a field is empty and says so here.
type Release struct {
	Version Version
	Build   string
	// Available is the first day of the early update ring, SupportEnds the last day of
	// support (both YYYY-MM-DD).
	Available, SupportEnds string
	// Baseline says that installation media exist for the release.
	Baseline bool
	// UpdateFrom is the oldest version that can update to this one, 0 when no article
	// that was read tells.
	UpdateFrom Version

	// Systems are the keys of the operating systems that site system servers may run.
	Systems []string
	// SQLServers are the versions of SQL Server that a site database may run on, as
	// [SQLServer.Name] writes them.
	SQLServers []string
	Kits       Kits
	Driver     Driver
	// Framework is the .NET Framework that a site server needs, Recommended the one that
	// the article about prerequisites asks for.
	Framework, Recommended Framework
	// GatewaySizes are the sizes of virtual machines of a cloud management gateway, none
	// where no article names them.
	GatewaySizes []string
	// Blocks are what the prerequisite check refuses to install or update a site with.
	Blocks []Block
	Source Source
}

// Kits says which releases of the Windows ADK a version of the product works with. A
// release is written as far as it matters: 10.1.26100 stands for every build of it.
type Kits struct {
	Supported, Refused []string
	Source             Source
}

// Driver says which releases of the ODBC driver for SQL Server a version of the product
// works with. The zero Driver is none.
type Driver struct {
	Least  string   // the oldest one
	Faulty []string // later ones that keep the site from being configured
	Source Source
}

// Framework is the oldest .NET Framework that a version of the product takes. The zero
// Framework is any.
type Framework struct {
	Least string
	// Blocks says that the prerequisite check refuses a site server with an older one; else
	// it warns.
	Blocks bool
	Source Source
}

// Block is something that the prerequisite check refuses.
type Block string

// What the prerequisite check refuses from some release on.
const (
	BlockApplicationCatalog      Block = "a role of the Application Catalog"
	BlockCertificateRegistration Block = "a certificate registration point"
	BlockClassicGateway          Block = "a cloud management gateway that is a classic cloud service"
	BlockPlainHTTP               Block = "a site with neither HTTPS nor enhanced HTTP"
)

// Sizes of the virtual machines of a cloud management gateway, as vm_size names them.
const (
	GatewaySizeB2s   = "standard_b2s"
	GatewaySizeA2v2  = "standard_a2_v2"
	GatewaySizeA4v2  = "standard_a4_v2"
	GatewaySizeD2ads = "standard_d2ads_v6"
	GatewaySizeD4ads = "standard_d4ads_v6"
	GatewaySizeD8ads = "standard_d8ads_v6"
)

// The sets that the rows name. The year and month in a name are those of the first release
// with the set.
var (
	systems1511 = []string{"windows_server_2008_r2", "windows_server_2012", "windows_server_2012_r2", "windows_storage_server_2016", "windows_8_1", "windows_10", "windows_10_ltsc"}
	systems1606 = append(slices.Clip(systems1511), "windows_server_2016")
	systems1702 = without(systems1606, "windows_server_2008_r2")
	systems1810 = append(slices.Clip(systems1702), "windows_server_2019")
	systems2107 = append(slices.Clip(systems1810), "windows_server_2022", "windows_11")
	systems2309 = without(systems2107, "windows_8_1")
	systems2403 = without(systems2309, "windows_server_2012", "windows_server_2012_r2")
	systems2409 = append(slices.Clip(systems2403), "windows_server_2025")

	sql1511 = []string{"2008 R2", "2012", "2012 Express", "2014", "2014 Express", "2016 Express", "2019 Express"}
	sql1606 = append(slices.Clip(sql1511), "2016")
	sql1702 = without(sql1606, "2008 R2")
	sql1710 = append(slices.Clip(sql1702), "2017", "2017 Express")
	sql1910 = append(slices.Clip(sql1710), "2019")
	sql2303 = append(slices.Clip(sql1910), "2022", "2022 Express")
	sql2409 = without(sql2303, "2012", "2012 Express", "2014", "2014 Express")
	sql2603 = append(slices.Clip(sql2409), "2025", "2025 Express")
	sql2609 = without(sql2603, "2016", "2016 Express")

	// The tables of the article about the kit, in its editions of 2024-05-29 (2211 to 2403),
	// of 2024-12-06 (2403 to 2503, later 2503 to 2603) and of 2026-09-22 (2509 to 2609): the
	// last one that lists a release counts. No edition that was read lists an older one, but
	// its notes take one kit off the list of all.
	kits1511 = Kits{Refused: []string{"10.1.25398.1"}, Source: WindowsADK.At("Support notes")}
	kits2211 = Kits{Supported: []string{"10.1.19041", "10.1.20348", "10.1.22000", "10.1.22621"}, Refused: []string{"10.1.25398.1", "10.1.26100.1"}, Source: WindowsADK.At("Windows ADK versions")}
	kits2303 = Kits{Supported: []string{"10.1.19041", "10.1.20348", "10.1.22000", "10.1.22621", "10.1.26100.1"}, Refused: []string{"10.1.25398.1"}, Source: WindowsADK.At("Windows ADK versions")}
	kits2403 = Kits{Supported: []string{"10.1.19041", "10.1.20348", "10.1.22000", "10.1.22621", "10.1.26100"}, Refused: []string{"10.1.25398.1", "10.1.28000.1"}, Source: WindowsADK.At("Windows ADK versions")}
	kits2503 = Kits{Supported: []string{"10.1.20348", "10.1.22000", "10.1.22621", "10.1.26100"}, Refused: []string{"10.1.19041", "10.1.25398.1", "10.1.28000.1"}, Source: WindowsADK.At("Windows ADK versions")}

	noDriver   = Driver{}
	driver2309 = Driver{Least: "18.1.0", Faulty: []string{"18.6.1.1", "18.7.1.1"}, Source: WhatsNew2309.At("Introducing SQL ODBC driver support")}
	driver2503 = Driver{Least: "18.4.1.1", Faulty: []string{"18.6.1.1", "18.7.1.1"}, Source: PrerequisiteChecks.At("ODBC driver for SQL Server")}
	driver2609 = Driver{Least: "18.6.2.1", Source: PrerequisiteChecks.At("ODBC driver for SQL Server")}

	anyFramework  = Framework{}
	framework2107 = Framework{Least: "4.6.2", Source: PrerequisiteChecks.At("Required version of Microsoft .NET Framework")}
	framework2111 = Framework{Least: "4.6.2", Blocks: true, Source: PrerequisiteChecks.At("Required version of Microsoft .NET Framework")}
	framework2303 = Framework{Least: "4.8", Source: SiteSystemPrerequisites.At(".NET version requirements")}

	sizes2107 = []string{GatewaySizeB2s, GatewaySizeA2v2, GatewaySizeA4v2}
	// The new sizes replace the old ones one by one, and an update replaces the machines.
	sizes2609 = []string{GatewaySizeD2ads, GatewaySizeD4ads, GatewaySizeD8ads}

	blocks2107 = []Block{BlockApplicationCatalog}
	blocks2403 = append(slices.Clip(blocks2107), BlockCertificateRegistration, BlockClassicGateway, BlockPlainHTTP)
)

// releases is oldest first. Dates and builds are those of the article about updates and
// servicing, edition of 2026-09-22; the oldest version to update from stands at the head of
// what is new in each release. The columns: version, build, first and last day, media,
// oldest version to update from, operating systems, SQL Server, Windows ADK, ODBC driver, .NET
// Framework that is needed and that is asked for, sizes of gateways, what is refused, source.
var releases = []Release{
	{1511, "8325", "2015-12-08", "2016-12-08", true, 0, systems1511, sql1511, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1602, "8355", "2016-03-11", "2017-03-11", false, 0, systems1511, sql1511, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1606, "8412", "2016-07-22", "2017-07-22", false, 0, systems1606, sql1606, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1610, "8458", "2016-11-18", "2017-11-18", false, 0, systems1606, sql1606, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1702, "8498", "2017-03-27", "2018-03-27", true, 0, systems1702, sql1702, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1706, "8540", "2017-07-31", "2018-07-31", false, 0, systems1702, sql1702, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1710, "8577", "2017-11-20", "2019-05-20", false, 0, systems1702, sql1710, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1802, "8634", "2018-03-22", "2019-09-22", true, 1702, systems1702, sql1710, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1806, "8692", "2018-07-31", "2020-01-31", false, 0, systems1702, sql1710, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1810, "8740", "2018-11-27", "2020-12-01", false, 1710, systems1810, sql1710, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1902, "8790", "2019-03-27", "2020-09-27", true, 0, systems1810, sql1710, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1906, "8853", "2019-07-26", "2021-01-26", false, 1806, systems1810, sql1710, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{1910, "8913", "2019-11-29", "2021-05-29", false, 0, systems1810, sql1910, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{2002, "8968", "2020-04-01", "2021-10-01", true, 0, systems1810, sql1910, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{2006, "9012", "2020-08-11", "2022-02-11", false, 1810, systems1810, sql1910, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{2010, "9040", "2020-11-30", "2022-05-30", false, 1906, systems1810, sql1910, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{2103, "9049", "2021-04-19", "2022-10-19", true, 1910, systems1810, sql1910, kits1511, noDriver, anyFramework, anyFramework, nil, nil, Updates.At("Version details")},
	{2107, "9058", "2021-08-02", "2023-02-02", false, 2002, systems2107, sql1910, kits1511, noDriver, framework2107, anyFramework, sizes2107, blocks2107, Updates.At("Version details")},
	{2111, "9068", "2021-12-01", "2023-06-01", false, 2006, systems2107, sql1910, kits1511, noDriver, framework2111, anyFramework, sizes2107, blocks2107, Updates.At("Version details")},
	{2203, "9078", "2022-04-06", "2023-10-06", true, 2010, systems2107, sql1910, kits1511, noDriver, framework2111, anyFramework, sizes2107, blocks2107, Updates.At("Version details")},
	{2207, "9088", "2022-08-12", "2024-02-12", false, 2103, systems2107, sql1910, kits1511, noDriver, framework2111, anyFramework, sizes2107, blocks2107, Updates.At("Version details")},
	{2211, "9096", "2022-12-05", "2024-06-05", false, 2107, systems2107, sql1910, kits2211, noDriver, framework2111, anyFramework, sizes2107, blocks2107, Updates.At("Version details")},
	{2303, "9106", "2023-04-10", "2024-10-10", true, 2111, systems2107, sql2303, kits2303, noDriver, framework2111, framework2303, sizes2107, blocks2107, Updates.At("Version details")},
	// Editions of what is new in 2309 differ between 2203 and 2207.
	{2309, "9122", "2023-10-09", "2025-04-09", false, 2203, systems2309, sql2303, kits2303, driver2309, framework2111, framework2303, sizes2107, blocks2107, Updates.At("Version details")},
	{2403, "9128", "2024-04-22", "2025-10-22", true, 2211, systems2403, sql2303, kits2403, driver2309, framework2111, framework2303, sizes2107, blocks2403, Updates.At("Version details")},
	{2409, "9132", "2024-12-04", "2026-06-04", false, 2309, systems2409, sql2409, kits2403, driver2309, framework2111, framework2303, sizes2107, blocks2403, Updates.At("Version details")},
	{2503, "9135", "2025-03-31", "2026-09-30", false, 2309, systems2409, sql2409, kits2503, driver2503, framework2111, framework2303, sizes2107, blocks2403, Updates.At("Version details")},
	{2509, "9141", "2025-11-12", "2027-05-12", true, 2403, systems2409, sql2409, kits2503, driver2503, framework2111, framework2303, sizes2107, blocks2403, Updates.At("Version details")},
	{2603, "9146", "2026-05-05", "2027-11-05", false, 2409, systems2409, sql2603, kits2503, driver2503, framework2111, framework2303, sizes2107, blocks2403, Updates.At("Version details")},
	{2609, "9152", "2026-09-28", "2028-03-28", true, 2503, systems2409, sql2609, kits2503, driver2609, framework2111, framework2303, sizes2609, blocks2403, Updates.At("Version details")},
}

// without returns a list without some of its elements.
func without(list []string, gone ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(gone, s) })
}

// Releases lists the current branch releases, oldest first.
func Releases() []Release { return slices.Clone(releases) }

// NewestVersion returns the newest release the model knows.
func NewestVersion() Version { return releases[len(releases)-1].Version }

// ReleaseOf returns the release of a version, and whether the model knows it.
func ReleaseOf(v Version) (Release, bool) {
	i, ok := slices.BinarySearchFunc(releases, v, func(r Release, v Version) int { return int(r.Version - v) })
	if !ok {
		return Release{}, false
	}
	return releases[i], true
}

// ReleaseFor returns the row that a version is judged by: its own, or that of the newest
// release for one that is newer than all of them. There is none for a version between or
// before the releases.
func ReleaseFor(v Version) (Release, bool) {
	if newest := NewestVersion(); v > newest {
		return ReleaseOf(newest)
	}
	return ReleaseOf(v)
}

// span returns the first version that has something, 0 when the oldest release has it, and
// the first version after it that does not any more, 0 when the newest release has it.
func span(has func(*Release) bool) (from, until Version) {
	first, last := -1, -1
	for i := range releases {
		if has(&releases[i]) {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	if first > 0 {
		from = releases[first].Version
	}
	if last < len(releases)-1 {
		until = releases[last+1].Version
	}
	return from, until
}

// BlockedFrom returns the first version whose prerequisite check refuses something.
func BlockedFrom(b Block) Version {
	from, _ := span(func(r *Release) bool { return slices.Contains(r.Blocks, b) })
	return from
}

// GatewaySizeOffered reports whether a version deploys gateways with a size of virtual
// machines; known is false where no article tells.
func GatewaySizeOffered(v Version, size string) (offered, known bool) {
	i := slices.IndexFunc(releases, func(r Release) bool { return r.Version >= v })
	if i < 0 {
		i = len(releases) - 1
	}
	if sizes := releases[i].GatewaySizes; sizes != nil {
		return slices.Contains(sizes, size), true
	}
	// A size that the first named set does not have came later.
	next := slices.IndexFunc(releases, func(r Release) bool { return r.GatewaySizes != nil })
	return false, !slices.Contains(releases[next].GatewaySizes, size)
}

// GatewaySizeUntil returns the first version that no longer deploys gateways with a size
// of virtual machines, 0 for none.
func GatewaySizeUntil(size string) Version {
	_, until := span(func(r *Release) bool { return slices.Contains(r.GatewaySizes, size) })
	return until
}

// GatewaySizeAt returns the size of virtual machines that a version offers in the place of
// another one: the next larger one there is, or the same, and whether there is any.
func GatewaySizeAt(v Version, size string) (string, bool) {
	release, ok := ReleaseFor(v)
	if !ok || release.GatewaySizes == nil {
		return "", false
	}
	for _, sizes := range [][]string{sizes2107, sizes2609} {
		if i := slices.Index(sizes, size); i >= 0 {
			return release.GatewaySizes[i], true
		}
	}
	return "", false
}

// UpdateStep returns the newest release that a site can be updated to in one step, below
// a version or that version, and whether one is recorded.
func UpdateStep(from, to Version) (Version, bool) {
	for _, r := range slices.Backward(releases) {
		if r.Version <= to && r.Version > from && r.UpdateFrom != 0 && r.UpdateFrom <= from {
			return r.Version, true
		}
	}
	return 0, false
}
