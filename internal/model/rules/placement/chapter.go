// Package placement is the chapter of the rule catalog about role placement: which
// roles which sites may hold.
package placement

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "placement",
		Title: "Role placement",
		About: "Which roles which sites may hold.",
		Rules: placementRules(),
	}
}
