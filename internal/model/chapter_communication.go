package model

import "slices"

// communicationChapter is the chapter of the catalogue.
func communicationChapter() Chapter {
	return Chapter{
		Name:  "communication",
		Title: "Client communication",
		About: "Protocols, client connections and access from the internet.",
		Rules: slices.Concat(communicationRules, communicationDocumented),
	}
}
