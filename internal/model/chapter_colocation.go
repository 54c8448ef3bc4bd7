package model

import "slices"

// colocationChapter is the chapter of the catalogue.
func colocationChapter() Chapter {
	return Chapter{
		Name:  "colocation",
		Title: "Co-location",
		About: "What may share a computer, and what needs one of its own.",
		Rules: slices.Concat(colocationRules, colocationDocumented),
	}
}
