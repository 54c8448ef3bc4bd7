package model

import "slices"

// availabilityChapter is the chapter of the catalogue.
func availabilityChapter() Chapter {
	return Chapter{
		Name:  "availability",
		Title: "High availability",
		About: "Passive site servers and remote content libraries.",
		Rules: slices.Concat(highAvailabilityRules, availabilityDocumented),
	}
}
