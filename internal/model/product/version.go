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
		return fmt.Errorf("The site runs version %s, and no site goes back to an older one: version %s would be another installation. Keep version = %q; to go "+
			"back, recover the site from a backup of that version first.", from, to, from)
	}
	release, ok := ReleaseOf(to)
	if !ok || release.UpdateFrom == 0 || from >= release.UpdateFrom {
		return nil
	}
	if step, ok := UpdateStep(from, to-1); ok {
		return fmt.Errorf("Version %s can be installed on sites of version %s and later, and this one runs %s. First update to a release between them: set "+
			"version = %q, apply once the site runs it, and then go on to %q.", to, release.UpdateFrom, from, step, to)
	}
	return fmt.Errorf("Version %s can be installed on sites of version %s and later, and this one runs %s. Update release by release, and record each in "+
		"version.", to, release.UpdateFrom, from)
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
