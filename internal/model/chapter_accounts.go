package model

import "slices"

// accountsChapter is the chapter of the catalogue.
func accountsChapter() Chapter {
	return Chapter{
		Name:  "accounts",
		Title: "Accounts",
		About: "The accounts that roles need.",
		Rules: slices.Concat(accountRules, accountsDocumented),
	}
}
