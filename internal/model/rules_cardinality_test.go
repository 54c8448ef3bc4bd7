package model

import (
	"fmt"
	"strings"
	"testing"
)

func repeated(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line+"\n", i)
	}
	return b.String()
}

func TestRules_cardinality(t *testing.T) { runCases(t, cardinalityChapter(), cardinalityCases) }

var cardinalityCases = map[string]cases{
	"ROLE-CARD-SCP-HIER": {
		violated:  []string{"site PS1 primary\n" + repeated(2, "role PS1 srv%d service_connection_point")},
		satisfied: []string{"site PS1 primary\nrole PS1 srv service_connection_point", "site PS1 primary"},
		undecided: []string{"site PS1 primary\nrole PS1 srv service_connection_point\nrole PS1 other ?"},
	},
	"ROLE-CARD-AISP-HIER": {
		violated:  []string{"version 2103\nsite PS1 primary\n" + repeated(2, "role PS1 srv%d asset_intelligence_synchronization_point")},
		satisfied: []string{"version 2103\nsite PS1 primary\nrole PS1 srv asset_intelligence_synchronization_point"},
		undecided: []string{"version 2103\nsite PS1 primary\nrole PS1 srv ?"},
	},
	"ROLE-CARD-EPP-HIER": {
		violated:  []string{"site PS1 primary\n" + repeated(2, "role PS1 srv%d endpoint_protection_point")},
		satisfied: []string{"site PS1 primary\nrole PS1 srv endpoint_protection_point"},
		undecided: []string{"site PS1 primary\nrole PS1 srv ?"},
	},
	"ROLE-CARD-DWSP-HIER": {
		violated:  []string{"site PS1 primary\n" + repeated(2, "role PS1 srv%d data_warehouse_service_point\nrole PS1 srv%[1]d reporting_services_point")},
		satisfied: []string{"site PS1 primary\nrole PS1 srv data_warehouse_service_point"},
		undecided: []string{"site PS1 primary\nrole PS1 srv ?"},
	},
	"ROLE-CARD-MP-PRI": {
		violated:  []string{"site PS1 primary\n" + repeated(16, "role PS1 mp%d management_point")},
		satisfied: []string{"site PS1 primary\n" + repeated(15, "role PS1 mp%d management_point"), "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point\n" + repeated(15, "role PS1 mp%d management_point")},
		undecided: []string{"site PS1 primary\nrole PS1 srv ?", "site PS1 primary\nrole PS1 mp1 management_point\nserver ? srv\nrole ? srv management_point"},
	},
	"ROLE-CARD-SUP-SEC": {
		violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 sup software_update_point\n" + repeated(2, "role SS1 sup%d software_update_point")},
		satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 software_update_point\n" + repeated(3, "role PS1 sup%d software_update_point")},
		undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 srv ?"},
	},
	"ROLE-CARD-SCP-MIN": {
		violated:  []string{"site PS1 primary\nrole PS1 mp management_point"},
		satisfied: []string{"site PS1 primary\nrole PS1 scp service_connection_point"},
		undecided: []string{"site PS1 primary\nrole PS1 mp ?", "site PS1 primary CAS", "site PS1 primary\nhierarchy role_assignments=?"},
	},
	"ROLE-CARD-MP-PRI-MIN": {
		violated:  []string{"site PS1 primary clients.windows=10", "site PS1 primary", "site PS1 primary clients.windows=10\nsite SS1 secondary PS1\nrole SS1 ss1 management_point"},
		satisfied: []string{"site PS1 primary clients.windows=10\nrole PS1 mp management_point", "site PS1 primary clients.windows=0", "site CAS central_administration"},
		undecided: []string{"site PS1 primary clients.windows=?", "site PS1 primary clients.windows=10\nrole PS1 mp ?", "site PS1 ?"},
	},
	"ROLE-CARD-MP-SEC": {
		violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 mp2 management_point"},
		satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 SS1 management_point", "site PS1 primary\nrole PS1 mp management_point"},
		undecided: []string{"site PS1 primary\nsite SS1 secondary PS1 site_server=?\nrole SS1 mp2 management_point"},
	},
	"ROLE-CARD-PROV-MIN": {
		violated:  []string{"site PS1 primary sms_providers=[]"},
		satisfied: []string{"site PS1 primary", "site PS1 primary sms_providers=[\"ps1.contoso.com\"]", "site PS1 primary\nsite SS1 secondary PS1 sms_providers=[]"},
		undecided: []string{"site PS1 primary sms_providers=?", "site PS1 ? sms_providers=?"},
	},
	"ROLE-CARD-PROV-SERVER": {
		violated: []string{
			"site PS1 primary sms_providers=[\"ps1.contoso.com\",\"PS1.contoso.com\"]",
		},
		satisfied: []string{"site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS"},
		undecided: []string{"site PS1 primary sms_providers=[\"?\"]", "site PS1 primary sms_providers=?"},
	},
	"ROLE-CARD-ROLE-SERVER": {
		violated:  []string{"site PS1 primary\nrole PS1 mp management_point\nrole PS1 MP management_point"},
		satisfied: []string{"site PS1 primary\nrole PS1 mp management_point\nrole PS1 mp distribution_point"},
		undecided: []string{"site PS1 primary\nrole PS1 mp management_point\nrole PS1 mp ?"},
	},
	"ROLE-CARD-CRP-NDES": {
		violated:  []string{"version 2010\nsite PS1 primary\n" + repeated(2, "role PS1 crp%d certificate_registration_point ndes_server=ndes.contoso.com")},
		satisfied: []string{"version 2010\nsite PS1 primary\n" + repeated(2, "role PS1 crp%d certificate_registration_point ndes_server=ndes%[1]d.contoso.com")},
		undecided: []string{"version 2010\nsite PS1 primary\n" + repeated(2, "role PS1 crp%d certificate_registration_point")},
	},
	"ROLE-CARD-CMGCP-MIN": {
		violated:  []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}"},
		satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=CMG", "site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg.contoso.com", "site PS1 primary"},
		undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"?\"}}", "site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point", "site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp ?"},
	},
	"ROLE-CARD-CMGCP-RATIO": {
		violated:  []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":5}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
		satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":4}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
		undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
	},
	"ROLE-CARD-CMG-VM": {
		violated: []string{
			"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":0}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg",
			"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":17}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg",
		},
		satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":16}}"},
		undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}"},
	},
	"ROLE-CARD-EXC-ORG": {
		violated:  []string{"site PS1 primary\n" + repeated(2, "role PS1 exc%d exchange_server_connector organization=Contoso")},
		satisfied: []string{"site PS1 primary\n" + repeated(2, "role PS1 exc%d exchange_server_connector organization=Org%[1]d")},
		undecided: []string{"site PS1 primary\n" + repeated(2, "role PS1 exc%d exchange_server_connector")},
	},
}
