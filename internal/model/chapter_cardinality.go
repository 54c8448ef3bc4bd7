package model

import "slices"

// cardinalityChapter is the chapter of the catalogue.
func cardinalityChapter() Chapter {
	return Chapter{
		Name:  "cardinality",
		Title: "Role cardinality",
		About: "How many of a role a server, a site and a hierarchy may have.",
		Rules: slices.Concat(cardinalityRules(), cardinalityDocumented),
	}
}
