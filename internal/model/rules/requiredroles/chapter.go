// Package requiredroles is the chapter of the rule catalog about required roles: which
// roles client populations and features need, and what a hierarchy lacks of them.
package requiredroles

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "requiredroles",
		Title: "Required roles",
		About: "Which roles client populations and features need, and what a hierarchy lacks of them.",
		Rules: requiredRoleRules,
	}
}
