package model

import (
	"fmt"
	"testing"
)

func TestRules_placement(t *testing.T) { runCases(t, placementChapter(), placementCases()) }

// placementCases tries every role at every tier: what the role catalogue does not
// list as supported has to be refused, and what it lists must not be.
func placementCases() map[string]cases {
	all := map[string]cases{
		"ROLE-SITE-PROV": {
			violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 sms_providers=[\"ss1.contoso.com\"]"},
			satisfied: []string{"site PS1 primary sms_providers=[\"ps1.contoso.com\"]\nsite SS1 secondary PS1"},
			undecided: []string{"site ? ? site_server=ss1.contoso.com sms_providers=[\"ss1.contoso.com\"]", "site PS1 primary\nsite SS1 secondary PS1 sms_providers=?"},
		},
		"ROLE-SITE-SSP": {
			violated:  []string{"site PS1 primary\nsite SS1 secondary PS1 passive_site_server=ss2.contoso.com"},
			satisfied: []string{"site PS1 primary passive_site_server=ps2.contoso.com content_library_path=\\\\fs1\\lib$"},
			undecided: []string{"site PS1 ? passive_site_server=ps2.contoso.com"},
		},
		"ROLE-SITE-DMP": {
			violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_mobile_devices=true"},
			satisfied: []string{"site PS1 primary\nrole PS1 mp1 management_point allow_mobile_devices=true", "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point allow_mobile_devices=false"},
			undecided: []string{"site PS1 primary\nrole PS1 mp1 management_point", "site PS1 primary\nrole PS1 mp1 management_point allow_mobile_devices=?"},
		},
		"ROLE-SITE-CMG": {
			violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"SS1\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
			satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"PS1\"}}", "site PS1 primary"},
			undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}", "site PS1 primary\nhierarchy cloud_management_gateways=?"},
		},
		"ROLE-SITE-INTUNE": {
			violated:  []string{"site PS1 primary\nrole PS1 srv windows_intune_connector"},
			satisfied: []string{"site PS1 primary\nrole PS1 srv service_connection_point"},
			undecided: []string{"site PS1 primary\nrole PS1 srv ?"},
		},
	}
	sites := map[Tier]string{
		TierCentralAdministration: "site CAS central_administration\nrole CAS srv %s",
		TierStandAlonePrimary:     "site PS1 primary\nrole PS1 srv %s",
		TierChildPrimary:          "site CAS central_administration\nsite PS1 primary CAS\nrole PS1 srv %s",
		TierSecondary:             "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 %s",
	}
	for _, r := range Roles() {
		if !r.Assignable() || len(r.Tiers) == 0 {
			continue
		}
		id := "ROLE-SITE-" + r.Abbreviation
		c := all[id]
		for _, tier := range everyTier {
			text := fmt.Sprintf("version "+versionWith(r.Key)+"\n"+sites[tier], r.Key)
			if r.supports(tier) {
				c.satisfied = append(c.satisfied, text)
			} else {
				c.violated = append(c.violated, text)
			}
		}
		c.undecided = append(c.undecided,
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
	case roleCatalogWebService, roleCatalogWebsite:
		return "1906"
	case roleCloudDistributionPoint:
		return "2010"
	case roleCertificateRegistration:
		return "2103"
	case roleAssetIntelligence, roleEnrollmentPoint, roleEnrollmentProxyPoint:
		return "2010"
	default:
		return "2509"
	}
}

func TestPlacementTableNamesEveryAssignableRole(t *testing.T) {
	for _, r := range Roles() {
		if r.Abbreviation == "LEGACY" || !r.Assignable() {
			continue
		}
		if _, ok := RuleCatalogue().RuleByID("ROLE-SITE-" + r.Abbreviation); !ok {
			t.Errorf("the role %s has no placement rule", r.Key)
		}
	}
}
