// Package availability is the chapter of the rule catalog about high availability:
// passive site servers and remote content libraries.
package availability

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "availability",
		Title: "High availability",
		About: "Passive site servers and remote content libraries.",
		Rules: slices.Concat(highAvailabilityRules, documented),
	}
}
