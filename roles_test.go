package main

import (
	"slices"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/needs"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// Roles that need no entry somewhere, each with the reason.
var (
	withoutSettings = map[string]string{
		"state_migration_point":                    "its settings are about user state, which no rule and no output reads",
		"endpoint_protection_point":                "the license terms and the defaults are settings of the hierarchy",
		"asset_intelligence_synchronization_point": "it is not set up any more",
		"cloud_distribution_point":                 "it is not set up any more",
		"application_catalog_web_service_point":    "it is not set up any more",
		"application_catalog_website_point":        "it is not set up any more",
		"out_of_band_service_point":                "current branch never had it",
		"system_health_validator_point":            "current branch never had it",
		"windows_intune_connector":                 "it is not set up any more",
	}
	withoutQuestion = map[string]string{
		"cloud_distribution_point":              "a gateway with content takes its place",
		"application_catalog_web_service_point": "Software Center takes its place",
		"application_catalog_website_point":     "Software Center takes its place",
		"out_of_band_service_point":             "current branch never had it",
		"system_health_validator_point":         "current branch never had it",
		"windows_intune_connector":              "it is not set up any more",
	}
	withoutTiers = map[string]string{
		"software_update_point":         "every site may hold it",
		"out_of_band_service_point":     "current branch never had it",
		"system_health_validator_point": "current branch never had it",
		"windows_intune_connector":      "it is not set up any more",
	}
)

// TestEveryRoleHasItsEntries says of each role that can be assigned where it lacks an
// entry. Cmdlets and rules of placement are TestTables_CoverTheCatalog and
// TestPlacementTableNamesEveryAssignableRole.
func TestEveryRoleHasItsEntries(t *testing.T) {
	settings, questions := model.AttributesOf(new(model.Assignment)), needs.RequestableRoles()
	for _, key := range product.AssignableRoles() {
		role, _ := product.RoleByKey(key)
		if _, excused := withoutTiers[key]; (role.Because == "" || len(role.Tiers) == 0) != excused {
			t.Errorf("%s: internal/model/product/role.go says where it belongs and why, or withoutTiers of this test says why not", key)
		}
		if _, excused := withoutSettings[key]; slices.Contains(settings, key) == excused {
			t.Errorf("%s: internal/model/assignment.go and internal/provider/role_assignment_resource.go have its settings block, or withoutSettings of this test says why not", key)
		}
		if _, excused := withoutQuestion[key]; slices.Contains(questions, key) == excused {
			t.Errorf("%s: internal/model/needs asks whether a site needs it, or withoutQuestion of this test says why not", key)
		}
		if id := "ROLE-SITE-" + role.Abbreviation; !slices.Contains(rules.Catalog().RuleIDs(), id) {
			t.Errorf("%s: internal/model/rules/placement has no rule %s", key, id)
		}
	}
}
