package product

import (
	"regexp"
	"slices"
)

var siteCodeFormat = regexp.MustCompile(`^[A-Z0-9]{3}$`)

// ReservedSiteCodes are codes that no site may have: Windows refuses the device names, the
// product the others. ENV stands in one of the two articles only; refusing it is the safe
// reading (Prepare to install sites; Setup wizard).
var ReservedSiteCodes = []string{"AUX", "CON", "ENV", "NUL", "PRN", "SMS"}

// IsSiteCode reports whether an upper-case text has the form of a site code: three letters
// from A to Z or digits.
func IsSiteCode(code string) bool { return siteCodeFormat.MatchString(code) }

// IsReservedSiteCode reports whether an upper-case code is a reserved name.
func IsReservedSiteCode(code string) bool { return slices.Contains(ReservedSiteCodes, code) }
