package product

import (
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
