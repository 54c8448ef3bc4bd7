package model

import "slices"

// distributionChapter is the chapter of the catalogue.
func distributionChapter() Chapter {
	return Chapter{
		Name:  "distribution",
		Title: "Distribution points",
		About: "Pull-distribution points, PXE, multicast, drives and certificates.",
		Rules: slices.Concat(distributionPointRules, distributionDocumented),
	}
}
