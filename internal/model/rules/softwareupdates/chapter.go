// Package softwareupdates is the chapter of the rule catalog about software update
// points: where software update points are needed, and what they synchronize with.
package softwareupdates

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "softwareupdates",
		Title: "Software update points",
		About: "Where software update points are needed, and what they synchronize with.",
		Rules: slices.Concat(softwareUpdateRules, documented),
	}
}
