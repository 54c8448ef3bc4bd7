package model

import "slices"

// lifecycleChapter is the chapter of the catalogue.
func lifecycleChapter() Chapter {
	return Chapter{
		Name:  "lifecycle",
		Title: "Lifecycle",
		About: "What is deprecated or gone, by the version that a site runs.",
		Rules: slices.Concat(lifecycleRules, lifecycleDocumented),
	}
}
