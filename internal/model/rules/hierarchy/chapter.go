// Package hierarchy is the chapter of the rule catalog about hierarchy: which sites may
// stand above which, and how a hierarchy grows, shrinks and replicates.
package hierarchy

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "hierarchy",
		Title: "Hierarchy",
		About: "Which sites may stand above which, and how a hierarchy grows, shrinks and replicates.",
		Rules: slices.Concat(hierarchyRules, documented),
	}
}
