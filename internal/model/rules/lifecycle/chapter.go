// Package lifecycle is the chapter of the rule catalog about lifecycle: what is
// deprecated or gone, by the version that a site runs.
package lifecycle

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "lifecycle",
		Title: "Lifecycle",
		About: "What is deprecated or gone, by the version that a site runs.",
		Rules: slices.Concat(lifecycleRules, documented),
	}
}
