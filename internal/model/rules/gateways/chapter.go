// Package gateways is the chapter of the rule catalog about cloud management gateways:
// what a cloud management gateway needs in the hierarchy.
package gateways

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "gateways",
		Title: "Cloud management gateways",
		About: "What a cloud management gateway needs in the hierarchy.",
		Rules: slices.Concat(gatewayRules, sizeRules, documented),
	}
}
