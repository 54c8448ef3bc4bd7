package model

import "slices"

// softwareupdatesChapter is the chapter of the catalogue.
func softwareupdatesChapter() Chapter {
	return Chapter{
		Name:  "softwareupdates",
		Title: "Software update points",
		About: "Where software update points are needed, and what they synchronise with.",
		Rules: slices.Concat(softwareUpdateRules, softwareupdatesDocumented),
	}
}
