package model

import "slices"

// limitsChapter is the chapter of the catalogue.
func limitsChapter() Chapter {
	return Chapter{
		Name:  "limits",
		Title: "Scale limits",
		About: "How many clients and roles Microsoft supports.",
		Rules: slices.Concat(scaleRules, limitsDocumented),
	}
}
