package product

import (
	"slices"
	"strconv"
	"strings"
)

// DottedParts reads a version such as 18.4.1.1.
func DottedParts(version string) ([]int, bool) {
	texts := strings.Split(strings.TrimSpace(version), ".")
	parts := make([]int, len(texts))
	for i, text := range texts {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return nil, false
		}
		parts[i] = n
	}
	return parts, true
}

// SameRelease reports whether two versions agree in the parts that both name.
func SameRelease(a, b string) bool {
	x, okX := DottedParts(a)
	y, okY := DottedParts(b)
	if !okX || !okY {
		return false
	}
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

// CompareReleases compares two versions part by part; a part that one of them leaves out
// is zero. It reports false where one of them is none.
func CompareReleases(a, b string) (int, bool) {
	x, okX := DottedParts(a)
	y, okY := DottedParts(b)
	if !okX || !okY {
		return 0, false
	}
	for len(x) < len(y) {
		x = append(x, 0)
	}
	for len(y) < len(x) {
		y = append(y, 0)
	}
	return slices.Compare(x, y), true
}
