package model

// requiredrolesChapter is the chapter of the catalogue.
func requiredrolesChapter() Chapter {
	return Chapter{
		Name:  "requiredroles",
		Title: "Required roles",
		About: "Which roles client populations and features need, and what a hierarchy lacks of them.",
		Rules: requiredRoleRules,
	}
}
