// Package communication is the chapter of the rule catalog about client communication:
// protocols, client connections and access from the internet.
package communication

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "communication",
		Title: "Client communication",
		About: "Protocols, client connections and access from the internet.",
		Rules: slices.Concat(communicationRules, documented),
	}
}
