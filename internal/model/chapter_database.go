package model

import "slices"

// databaseChapter is the chapter of the catalogue.
func databaseChapter() Chapter {
	return Chapter{
		Name:  "database",
		Title: "Site database",
		About: "SQL Server: location, versions, editions, availability groups and clusters, replicas.",
		Rules: slices.Concat(databaseRules, databaseDocumented),
	}
}
