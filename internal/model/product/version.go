package product

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Version is a Configuration Manager current branch version as a number, YYMM:
// 2503 for version 2503. Versions compare as numbers.
type Version int

// DefaultVersion is the version of sites that declare none: the newest release
// with first-hand sources.
const DefaultVersion Version = 2603

// String writes the version as the product does.
func (v Version) String() string { return fmt.Sprintf("%04d", int(v)) }

// Release is one current branch release.
type Release struct {
	Version Version
	Build   string
	// SupportEnds is the last day of support (YYYY-MM-DD), empty where it is not
	// published first-hand and no rule needs it.
	SupportEnds string
	// Available is the first day of the early update ring, empty when not recorded.
	Available string
	// Baseline says that installation media exist for the release.
	Baseline bool
	// UpdateFrom is the oldest version that can update to this one, 0 when not recorded.
	UpdateFrom Version
	Source     Source
}

// Releases lists the current branch releases, oldest first.
func Releases() []Release { return slices.Clone(releases) }

// The build numbers and dates are those of the table of supported versions. Dates
// of releases older than 2303 only matter as "long ago": they are derived from the
// 18 (until 1706: 12) months of support after availability and left out.
var releases = []Release{
	{Version: 1511, Build: "8325", Baseline: true, Source: Versions.Source()},
	{Version: 1602, Build: "8355", Source: Versions.Source()},
	{Version: 1606, Build: "8412", Source: Versions.Source()},
	{Version: 1610, Build: "8458", Source: Versions.Source()},
	{Version: 1702, Build: "8498", Baseline: true, Source: Versions.Source()},
	{Version: 1706, Build: "8540", Source: Versions.Source()},
	{Version: 1710, Build: "8577", Source: Versions.Source()},
	{Version: 1802, Build: "8634", Baseline: true, Source: Versions.Source()},
	{Version: 1806, Build: "8692", Source: Versions.Source()},
	{Version: 1810, Build: "8740", Source: Versions.Source()},
	{Version: 1902, Build: "8790", Baseline: true, Source: Versions.Source()},
	{Version: 1906, Build: "8853", Source: Versions.Source()},
	{Version: 1910, Build: "8913", Source: Versions.Source()},
	{Version: 2002, Build: "8968", Baseline: true, Source: Versions.Source()},
	{Version: 2006, Build: "9012", Source: Versions.Source()},
	{Version: 2010, Build: "9040", Source: Versions.Source()},
	{Version: 2103, Build: "9049", Baseline: true, Source: Versions.Source()},
	{Version: 2107, Build: "9058", Source: Versions.Source()},
	{Version: 2111, Build: "9068", Source: Versions.Source()},
	{Version: 2203, Build: "9078", Baseline: true, Source: Versions.Source()},
	{Version: 2207, Build: "9088", Source: Versions.Source()},
	{Version: 2211, Build: "9096", Source: Versions.Source()},
	{Version: 2303, Build: "9106", Baseline: true, SupportEnds: "2024-10-10", Source: Versions.Source()},
	{Version: 2309, Build: "9122", Available: "2023-10-09", SupportEnds: "2025-04-09", Source: Versions.Source()},
	{Version: 2403, Build: "9128", Available: "2024-04-22", SupportEnds: "2025-10-22", Baseline: true, Source: Versions.Source()},
	{Version: 2409, Build: "9132", Available: "2024-12-04", SupportEnds: "2026-06-04", UpdateFrom: 2309, Source: Versions.Source()},
	{Version: 2503, Build: "9135", Available: "2025-03-31", SupportEnds: "2026-09-30", UpdateFrom: 2309, Source: Versions.Source()},
	{Version: 2509, Build: "9141", Available: "2025-11-12", SupportEnds: "2027-05-12", UpdateFrom: 2403, Baseline: true, Source: Versions.Source()},
	{Version: 2603, Build: "9146", Available: "2026-05-05", SupportEnds: "2027-11-05", UpdateFrom: 2409, Source: Versions.Source()},
	// 2609 is known from a rendered copy of the documentation only (secondary).
	{Version: 2609, Build: "9152", Available: "2026-09-28", SupportEnds: "2028-03-28", UpdateFrom: 2503, Baseline: true, Source: Versions.Source()},
}

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

// ParseVersion reads a version such as "2503". It accepts every known release and
// any newer well-formed one (YYMM with a month from 01 to 12). The error is a
// sentence for the user that names the nearest releases.
func ParseVersion(s string) (Version, error) {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != 4 || n < 0 {
		return 0, fmt.Errorf("%q is not a Configuration Manager version. Give the four digits of the release, year and month, such as %q.%s", s, DefaultVersion, DidYouMean(s, releaseNames()))
	}
	v := Version(n)
	if _, ok := ReleaseOf(v); ok {
		return v, nil
	}
	if month := n % 100; v > NewestVersion() && month >= 1 && month <= 12 {
		return v, nil
	}
	return 0, fmt.Errorf("%q is not a release of Configuration Manager current branch.%s The newest known release is %s.", s, DidYouMean(s, releaseNames()), NewestVersion())
}

// CheckUpdate says, in sentences for the user, why an installed site cannot change
// from one version to another, or returns nil. Updates go forward only, and each
// release names the oldest version it can be installed on; where that is not recorded
// nothing is said. The figures are those of the table of updates and servicing.
func CheckUpdate(from, to Version) error {
	if to < from {
		return fmt.Errorf("The site runs version %s, and no site goes back to an older one: version %s would be another installation. Keep version = %q; to go back, recover the site from a backup of that version first.", from, to, from)
	}
	release, ok := ReleaseOf(to)
	if !ok || release.UpdateFrom == 0 || from >= release.UpdateFrom {
		return nil
	}
	for _, r := range slices.Backward(releases) {
		// The newest release on the way.
		if r.Version < to && r.Version >= release.UpdateFrom && (r.UpdateFrom == 0 || from >= r.UpdateFrom) {
			return fmt.Errorf("Version %s can be installed on sites of version %s and later, and this one runs %s. First update to a release between them: set version = %q, apply once the site runs it, and then go on to %q.", to, release.UpdateFrom, from, r.Version, to)
		}
	}
	return fmt.Errorf("Version %s can be installed on sites of version %s and later, and this one runs %s. Update release by release, and record each in version.", to, release.UpdateFrom, from)
}

func releaseNames() []string {
	names := make([]string, 0, len(releases))
	for _, r := range slices.Backward(releases) {
		names = append(names, r.Version.String())
	}
	return names
}

// ParseDate reads a day written YYYY-MM-DD. The error is a sentence for the user.
func ParseDate(s string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a date. Write year, month and day as in %q.", s, "2026-12-31")
	}
	return day, nil
}
