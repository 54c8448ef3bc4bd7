// Package cardinality is the chapter of the rule catalog about role cardinality: how
// many of a role a server, a site and a hierarchy may have.
package cardinality

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "cardinality",
		Title: "Role cardinality",
		About: "How many of a role a server, a site and a hierarchy may have.",
		Rules: slices.Concat(cardinalityRules(), documented),
	}
}
