// Package dependencies is the chapter of the rule catalog about dependencies: what
// roles and features need of each other.
package dependencies

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "dependencies",
		Title: "Dependencies",
		About: "What roles and features need of each other.",
		Rules: slices.Concat(dependencyRules, documented),
	}
}
