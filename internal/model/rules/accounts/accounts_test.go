package accounts_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/accounts"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, accounts.Chapter(), accountCases) }

var accountCases = map[string]ruletest.Cases{
	"ACC-RSP": {
		Violated: []string{
			"site PS1 primary\nrole PS1 rsp reporting_services_point database_server=sql.contoso.com",
			`site PS1 primary` + "\n" + `role PS1 rsp reporting_services_point account=""`,
		},
		Satisfied: []string{
			`site PS1 primary` + "\n" + `role PS1 rsp reporting_services_point account=contoso.com\svc-reports`,
			"site PS1 primary\nrole PS1 rsp reporting_services_point folder_name=Reports installed=true",
			"site PS1 primary\nrole PS1 mp management_point protocol=https",
		},
		Undecided: []string{
			// A bare role is fine.
			"site PS1 primary\nrole PS1 rsp reporting_services_point",
			"site PS1 primary\nrole PS1 rsp reporting_services_point account=?",
			"site PS1 primary\nrole PS1 rsp reporting_services_point folder_name=Reports installed=?",
		},
	},
	"ACC-DWSP": {
		Violated: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point database_server=sql.contoso.com",
		},
		Satisfied: []string{
			`site PS1 primary` + "\n" + `role PS1 ps1 data_warehouse_service_point account=contoso.com\svc-warehouse`,
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point database_server=sql.contoso.com installed=true",
		},
		Undecided: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point",
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=?",
		},
	},
	"ACC-NAME": {
		Violated: []string{
			"site PS1 primary\nserver PS1 mp installation_account=svc", "site PS1 primary domain=contoso.com\nserver PS1 mp installation_account=\\svc",
			"site PS1 primary domain=contoso.com\nserver PS1 mp installation_account=contoso.com\\", "site PS1 primary\nserver PS1 mp installation_account=svc@",
			`site PS1 primary network_access_accounts=["CONTOSO\\naa","svc-naa"]`, `site PS1 primary network_access_accounts=["\\svc-naa"]`,
			"site PS1 primary\nrole PS1 mp management_point database_connection_account=svc",
			"site PS1 primary\nrole PS1 dp distribution_point multicast.maximum_clients=10 multicast.connection_account=svc",
			"site PS1 primary\nrole PS1 sup software_update_point wsus_connection_account=svc",
			"site PS1 primary\nrole PS1 rsp reporting_services_point account=svc", "site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=svc",
			"site PS1 primary\nrole PS1 ep enrollment_point database_connection_account=svc",
			"version 2111\nsite PS1 primary\nrole PS1 crp certificate_registration_point database_connection_account=svc",
		},
		Satisfied: []string{
			"site PS1 primary\nserver PS1 mp installation_account=CONTOSO\\svc", "site PS1 primary\nserver PS1 mp installation_account=svc@contoso.com",
			`site PS1 primary network_access_accounts=["CONTOSO\\naa"]` + "\nserver PS1 mp", "site PS1 primary\nserver PS1 mp installation_account=\"\"",
			// The account of the SQL Server service may be one of the computer.
			"site PS1 primary database.service_account=LocalSystem",
		},
		Undecided: []string{
			"site PS1 primary\nserver PS1 mp installation_account=?", `site PS1 primary network_access_accounts=["?"]`, "site PS1 primary network_access_accounts=?",
			"site PS1 primary\nrole PS1 rsp reporting_services_point account=?",
		},
	},
}
