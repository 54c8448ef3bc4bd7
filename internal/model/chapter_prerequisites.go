package model

import "slices"

// prerequisitesChapter is the chapter of the catalogue.
func prerequisitesChapter() Chapter {
	return Chapter{
		Name:  "prerequisites",
		Title: "Prerequisites",
		About: "What has to be on a computer before it gets a role.",
		Rules: slices.Concat(prerequisiteRules, prerequisitesDocumented),
	}
}
