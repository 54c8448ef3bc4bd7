// Package accounts is the chapter of the rule catalogue about accounts: the accounts that
// roles need.
package accounts

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalogue.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "accounts",
		Title: "Accounts",
		About: "The accounts that roles need.",
		Rules: slices.Concat(accountRules, documented),
	}
}
