// Package sites is the chapter of the rule catalog about site codes, names and
// immutable properties: what a site is called, where it is installed, and what never
// changes once it is.
package sites

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "sites",
		Title: "Site codes, names and immutable properties",
		About: "What a site is called, where it is installed, and what never changes once it is.",
		Rules: slices.Concat(siteRules, documented),
	}
}
