package model

// placementChapter is the chapter of the catalogue.
func placementChapter() Chapter {
	return Chapter{
		Name:  "placement",
		Title: "Role placement",
		About: "Which roles which sites may hold.",
		Rules: placementRules(),
	}
}
