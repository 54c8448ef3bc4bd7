// Package distribution is the chapter of the rule catalog about distribution points:
// Pull-distribution points, PXE, multicast, drives and certificates.
package distribution

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// Chapter is the chapter of the catalog.
func Chapter() rule.Chapter {
	return rule.Chapter{
		Name:  "distribution",
		Title: "Distribution points",
		About: "Pull-distribution points, PXE, multicast, drives and certificates.",
		Rules: slices.Concat(distributionPointRules, documented),
	}
}
