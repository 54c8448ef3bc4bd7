// Package colocation is the chapter of the rule catalog about co-location: what may
// share a computer, and what needs one of its own.
package colocation

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "colocation",
		Title: "Co-location",
		About: "What may share a computer, and what needs one of its own.",
		Rules: slices.Concat(colocationRules, documented),
	}
}
