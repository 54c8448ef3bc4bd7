// Package accounts is the chapter of the rule catalog about accounts: the accounts that
// roles need.
package accounts

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "accounts",
		Title: "Accounts",
		About: "The accounts that roles need.",
		Rules: slices.Concat(accountRules, documented),
	}
}
