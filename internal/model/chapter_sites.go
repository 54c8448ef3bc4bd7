package model

import "slices"

// sitesChapter is the chapter of the catalogue.
func sitesChapter() Chapter {
	return Chapter{
		Name:  "sites",
		Title: "Site codes, names and immutable properties",
		About: "What a site is called, where it is installed, and what never changes once it is.",
		Rules: slices.Concat(siteRules, sitesDocumented),
	}
}
