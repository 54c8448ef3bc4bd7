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
}
