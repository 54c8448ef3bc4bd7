package placement_test

import (
	"fmt"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/placement"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, placement.Chapter(), placementCases()) }

// placementCases tries every role at every tier: what the role catalog does not
// list as supported has to be refused, and what it lists must not be.
func placementCases() map[string]ruletest.Cases {
	all := map[string]ruletest.Cases{
		"ROLE-SITE-PROV": {
			Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 sms_providers=[\"ss1.contoso.com\"]"},
			Satisfied: []string{"site PS1 primary sms_providers=[\"ps1.contoso.com\"]\nsite SS1 secondary PS1"},
			Undecided: []string{"site ? ? site_server=ss1.contoso.com sms_providers=[\"ss1.contoso.com\"]", "site PS1 primary\nsite SS1 secondary PS1 sms_providers=?"},
		},
		"ROLE-SITE-SSP": {
			Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 passive_site_server=ss2.contoso.com"},
			Satisfied: []string{"site PS1 primary passive_site_server=ps2.contoso.com content_library_path=\\\\fs1\\lib$"},
			Undecided: []string{
				"site PS1 ? passive_site_server=ps2.contoso.com",
				// It may turn out to be none.
				"site PS1 primary\nsite SS1 secondary PS1 passive_site_server=?",
			},
		},
		"ROLE-SITE-DMP": {
			Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_mobile_devices=true"},
			Satisfied: []string{"site PS1 primary\nrole PS1 mp1 management_point allow_mobile_devices=true", "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_mobile_devices=false"},
			Undecided: []string{"site PS1 primary\nrole PS1 mp1 management_point", "site PS1 primary\nrole PS1 mp1 management_point allow_mobile_devices=?"},
		},
		"ROLE-SITE-CMG": {
			Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"SS1\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
			Satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"PS1\"}}", "site PS1 primary"},
			Undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}", "site PS1 primary\nhierarchy cloud_management_gateways=?"},
		},
		"ROLE-SITE-INTUNE": {
			Violated:  []string{"site PS1 primary\nrole PS1 srv windows_intune_connector"},
			Satisfied: []string{"site PS1 primary\nrole PS1 srv service_connection_point"},
			Undecided: []string{"site PS1 primary\nrole PS1 srv ?"},
		},
	}
	sites := map[product.Tier]string{
		product.TierCentralAdministration: "site CAS central_administration\nrole CAS srv %s",
		product.TierStandAlonePrimary:     "site PS1 primary\nrole PS1 srv %s",
		product.TierChildPrimary:          "site CAS central_administration\nsite PS1 primary CAS\nrole PS1 srv %s",
		product.TierSecondary:             "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 %s",
	}
	for _, r := range product.Roles() {
		if !r.Assignable() || len(r.Tiers) == 0 {
			continue
		}
		id := "ROLE-SITE-" + r.Abbreviation
		c := all[id]
		for _, tier := range product.EveryTier {
			text := fmt.Sprintf("version "+versionWith(r.Key)+"\n"+sites[tier], r.Key)
			if r.Supports(tier) {
				c.Satisfied = append(c.Satisfied, text)
			} else {
				c.Violated = append(c.Violated, text)
			}
		}
		c.Undecided = append(c.Undecided,
			"version "+versionWith(r.Key)+"\nserver ? srv\nrole ? srv "+r.Key,
			"site PS1 primary\nrole PS1 srv ?")
		all[id] = c
	}
	// Every site supports it: there is nothing to violate.
	delete(all, "ROLE-SITE-SUP")
	return all
}

// versionWith returns a version that still has the role.
func versionWith(role string) string {
	switch role {
	case product.RoleCatalogWebService, product.RoleCatalogWebsite:
		return "1906"
	case product.RoleCloudDistributionPoint:
		return "2010"
	case product.RoleCertificateRegistration:
		return "2103"
	case product.RoleAssetIntelligence, product.RoleEnrollmentPoint, product.RoleEnrollmentProxyPoint:
		return "2010"
	default:
		return "2509"
	}
}

func TestPlacementTableNamesEveryAssignableRole(t *testing.T) {
	for _, r := range product.Roles() {
		if r.Abbreviation == "LEGACY" || !r.Assignable() {
			continue
		}
		if _, ok := rules.Catalog().RuleByID("ROLE-SITE-" + r.Abbreviation); !ok {
			t.Errorf("the role %s has no placement rule", r.Key)
		}
	}
}
