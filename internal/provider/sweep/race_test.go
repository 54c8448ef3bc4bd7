//go:build race

package sweep

// The race detector makes everything ten times slower: it sees a smaller sweep.
const raceDetector = true
