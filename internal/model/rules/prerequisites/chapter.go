// Package prerequisites is the chapter of the rule catalog about prerequisites: what
// has to be on a computer before it gets a role.
package prerequisites

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "prerequisites",
		Title: "Prerequisites",
		About: "What has to be on a computer before it gets a role.",
		Rules: slices.Concat(prerequisiteRules, documented),
	}
}
