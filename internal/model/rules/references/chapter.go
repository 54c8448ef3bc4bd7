// Package references is the chapter of the rule catalog about references: names and codes
// that a design mentions stand for something, places that must differ do, and one thing has
// one description.
package references

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "references",
		Title: "References",
		About: "Names and codes that a design mentions stand for something in it, places that must differ do, and one thing has one description.",
		Rules: slices.Concat(nameRules, differenceRules, descriptionRules),
	}
}
