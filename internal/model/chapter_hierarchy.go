package model

import "slices"

// hierarchyChapter is the chapter of the catalogue.
func hierarchyChapter() Chapter {
	return Chapter{
		Name:  "hierarchy",
		Title: "Hierarchy",
		About: "Which sites may stand above which, and how a hierarchy grows, shrinks and replicates.",
		Rules: slices.Concat(hierarchyRules, hierarchyDocumented),
	}
}
