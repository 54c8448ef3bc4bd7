package modeltest

import (
	"os"
	"testing"
)

// Samples is how many samples a test draws: n in a long run, for which SOAK is set, a
// third of it otherwise, and a tenth with -short.
func Samples(n int) int {
	switch {
	case os.Getenv("SOAK") != "":
		return n
	case testing.Short():
		return max(1, n/10)
	default:
		return max(1, n/3)
	}
}
