package model

import "slices"

// dependenciesChapter is the chapter of the catalogue.
func dependenciesChapter() Chapter {
	return Chapter{
		Name:  "dependencies",
		Title: "Dependencies",
		About: "What roles and features need of each other.",
		Rules: slices.Concat(dependencyRules, dependenciesDocumented),
	}
}
