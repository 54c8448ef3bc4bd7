// Package limits is the chapter of the rule catalog about scale limits: how many
// clients and roles Microsoft supports.
package limits

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "limits",
		Title: "Scale limits",
		About: "How many clients and roles Microsoft supports.",
		Rules: slices.Concat(scaleRules, documented),
	}
}
