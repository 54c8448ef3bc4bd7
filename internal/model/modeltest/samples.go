package modeltest

import "testing"

// Samples is how many samples a test draws: n, and a tenth of it with -short.
func Samples(n int) int {
	if testing.Short() {
		return max(1, n/10)
	}
	return n
}
