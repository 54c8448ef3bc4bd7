package cardinality_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/cardinality"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, cardinality.Chapter(), cardinalityCases) }

var cardinalityCases = map[string]ruletest.Cases{
	"ROLE-CARD-SCP-HIER": {
		Violated:  []string{"site PS1 primary\n" + ruletest.Repeated(2, "role PS1 srv%d service_connection_point")},
		Satisfied: []string{"site PS1 primary\nrole PS1 srv service_connection_point", "site PS1 primary"},
		Undecided: []string{"site PS1 primary\nrole PS1 srv service_connection_point\nrole PS1 other ?"},
	},
	"ROLE-CARD-AISP-HIER": {
		Violated:  []string{"version 2103\nsite PS1 primary\n" + ruletest.Repeated(2, "role PS1 srv%d asset_intelligence_synchronization_point")},
		Satisfied: []string{"version 2103\nsite PS1 primary\nrole PS1 srv asset_intelligence_synchronization_point"},
		Undecided: []string{"version 2103\nsite PS1 primary\nrole PS1 srv ?"},
	},
	"ROLE-CARD-EPP-HIER": {
		Violated:  []string{"site PS1 primary\n" + ruletest.Repeated(2, "role PS1 srv%d endpoint_protection_point")},
		Satisfied: []string{"site PS1 primary\nrole PS1 srv endpoint_protection_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 srv ?"},
	},
	"ROLE-CARD-DWSP-HIER": {
		Violated:  []string{"site PS1 primary\n" + ruletest.Repeated(2, "role PS1 srv%d data_warehouse_service_point\nrole PS1 srv%[1]d reporting_services_point")},
		Satisfied: []string{"site PS1 primary\nrole PS1 srv data_warehouse_service_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 srv ?"},
	},
	"ROLE-CARD-MP-PRI": {
		Violated:  []string{"site PS1 primary\n" + ruletest.Repeated(16, "role PS1 mp%d management_point")},
		Satisfied: []string{"site PS1 primary\n" + ruletest.Repeated(15, "role PS1 mp%d management_point"), "site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 management_point\n" + ruletest.Repeated(15, "role PS1 mp%d management_point")},
		Undecided: []string{"site PS1 primary\nrole PS1 srv ?", "site PS1 primary\nrole PS1 mp1 management_point\nserver ? srv\nrole ? srv management_point"},
	},
	"ROLE-CARD-SUP-SEC": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole PS1 sup software_update_point\n" + ruletest.Repeated(2, "role SS1 sup%d software_update_point")},
		Satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 ss1 software_update_point\n" + ruletest.Repeated(3, "role PS1 sup%d software_update_point")},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 srv ?"},
	},
	"ROLE-CARD-SCP-MIN": {
		Violated:  []string{"site PS1 primary\nrole PS1 mp management_point"},
		Satisfied: []string{"site PS1 primary\nrole PS1 scp service_connection_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 mp ?", "site PS1 primary CAS", "site PS1 primary\nhierarchy role_assignments=?"},
	},
	"ROLE-CARD-MP-PRI-MIN": {
		Violated:  []string{"site PS1 primary clients.windows=10", "site PS1 primary", "site PS1 primary clients.windows=10\nsite SS1 secondary PS1\nrole SS1 ss1 management_point"},
		Satisfied: []string{"site PS1 primary clients.windows=10\nrole PS1 mp management_point", "site PS1 primary clients.windows=0", "site CAS central_administration"},
		Undecided: []string{"site PS1 primary clients.windows=?", "site PS1 primary clients.windows=10\nrole PS1 mp ?", "site PS1 ?"},
	},
	"ROLE-CARD-MP-SEC": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 mp2 management_point"},
		Satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1\nrole SS1 SS1 management_point", "site PS1 primary\nrole PS1 mp management_point"},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1 site_server=?\nrole SS1 mp2 management_point"},
	},
	"ROLE-CARD-PROV-MIN": {
		Violated:  []string{"site PS1 primary sms_providers=[]"},
		Satisfied: []string{"site PS1 primary", "site PS1 primary sms_providers=[\"ps1.contoso.com\"]", "site PS1 primary\nsite SS1 secondary PS1 sms_providers=[]"},
		Undecided: []string{"site PS1 primary sms_providers=?", "site PS1 ? sms_providers=?"},
	},
	"ROLE-CARD-PROV-SERVER": {
		Violated: []string{
			"site PS1 primary sms_providers=[\"ps1.contoso.com\",\"PS1.contoso.com\"]",
		},
		Satisfied: []string{"site CAS central_administration\nsite PS1 primary CAS\nsite PS2 primary CAS"},
		Undecided: []string{"site PS1 primary sms_providers=[\"?\"]", "site PS1 primary sms_providers=?"},
	},
	"ROLE-CARD-ROLE-SERVER": {
		Violated:  []string{"site PS1 primary\nrole PS1 mp management_point\nrole PS1 MP management_point\nhierarchy site_system_servers={}"},
		Satisfied: []string{"site PS1 primary\nrole PS1 mp management_point\nrole PS1 mp distribution_point"},
		Undecided: []string{"site PS1 primary\nrole PS1 mp management_point\nrole PS1 mp ?"},
	},
	"ROLE-CARD-CRP-NDES": {
		Violated:  []string{"version 2010\nsite PS1 primary\n" + ruletest.Repeated(2, "role PS1 crp%d certificate_registration_point ndes_server=ndes.contoso.com")},
		Satisfied: []string{"version 2010\nsite PS1 primary\n" + ruletest.Repeated(2, "role PS1 crp%d certificate_registration_point ndes_server=ndes%[1]d.contoso.com")},
		Undecided: []string{"version 2010\nsite PS1 primary\n" + ruletest.Repeated(2, "role PS1 crp%d certificate_registration_point")},
	},
	"ROLE-CARD-CMGCP-MIN": {
		Violated:  []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}"},
		Satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=CMG", "site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg.contoso.com", "site PS1 primary"},
		Undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"?\"}}", "site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point", "site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp ?"},
	},
	"ROLE-CARD-CMGCP-RATIO": {
		Violated:  []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":5}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
		Satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":4}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
		Undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg"},
	},
	"ROLE-CARD-CMG-VM": {
		Violated: []string{
			"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":0}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg",
			"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":17}}\nrole PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg",
		},
		Satisfied: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"vm_instances\":16}}"},
		Undecided: []string{"site PS1 primary\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\"}}"},
	},
	"ROLE-CARD-EXC-ORG": {
		Violated:  []string{"site PS1 primary\n" + ruletest.Repeated(2, "role PS1 exc%d exchange_server_connector organization=Contoso")},
		Satisfied: []string{"site PS1 primary\n" + ruletest.Repeated(2, "role PS1 exc%d exchange_server_connector organization=Org%[1]d")},
		Undecided: []string{"site PS1 primary\n" + ruletest.Repeated(2, "role PS1 exc%d exchange_server_connector")},
	},
}
