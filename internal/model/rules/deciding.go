package rules

import (
	"embed"
	"strings"
	"sync"
)

// The files are written by the tests of the chapters, from the designs that show their
// rules.
//
//go:embed deciding/*.txt
var decidingFiles embed.FS

// Deciding returns the attributes that decide a rule, sorted: where a design leaves one of
// them out, the rule may stay undecided. Each is the kind of its element with the
// attribute, as in site.client_communication or
// role_assignment.management_point.protocol; review_date is an option. It is empty for a
// rule that what every design has decides.
func Deciding(id string) []string { return deciding()[id] }

var deciding = sync.OnceValue(func() map[string][]string {
	byRule := map[string][]string{}
	entries, _ := decidingFiles.ReadDir("deciding") // embedded: it is there
	for _, entry := range entries {
		text, _ := decidingFiles.ReadFile("deciding/" + entry.Name())
		for line := range strings.Lines(string(text)) {
			if words := strings.Fields(line); len(words) > 1 {
				byRule[words[0]] = words[1:]
			}
		}
	}
	return byRule
})
