// Package servers is the chapter of the rule catalog about server eligibility: which
// computers can hold which roles: operating system, domain, network.
package servers

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "servers",
		Title: "Server eligibility",
		About: "Which computers can hold which roles: operating system, domain, network.",
		Rules: slices.Concat(serverRules, documented),
	}
}
