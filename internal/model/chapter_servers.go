package model

import "slices"

// serversChapter is the chapter of the catalogue.
func serversChapter() Chapter {
	return Chapter{
		Name:  "servers",
		Title: "Server eligibility",
		About: "Which computers can hold which roles: operating system, domain, network.",
		Rules: slices.Concat(serverRules, serversDocumented),
	}
}
