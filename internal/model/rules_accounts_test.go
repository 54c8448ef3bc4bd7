package model

import "testing"

func TestRules_accounts(t *testing.T) { runCases(t, accountsChapter(), accountCases) }

var accountCases = map[string]cases{
	"ACC-RSP": {
		violated: []string{
			"site PS1 primary\nrole PS1 rsp reporting_services_point database_server=sql.contoso.com",
			`site PS1 primary` + "\n" + `role PS1 rsp reporting_services_point account=""`,
		},
		satisfied: []string{
			`site PS1 primary` + "\n" + `role PS1 rsp reporting_services_point account=contoso.com\svc-reports`,
			"site PS1 primary\nrole PS1 rsp reporting_services_point folder_name=Reports installed=true",
			"site PS1 primary\nrole PS1 mp management_point protocol=https",
		},
		undecided: []string{
			// A bare role is fine.
			"site PS1 primary\nrole PS1 rsp reporting_services_point",
			"site PS1 primary\nrole PS1 rsp reporting_services_point account=?",
			"site PS1 primary\nrole PS1 rsp reporting_services_point folder_name=Reports installed=?",
		},
	},
	"ACC-DWSP": {
		violated: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point database_server=sql.contoso.com",
		},
		satisfied: []string{
			`site PS1 primary` + "\n" + `role PS1 ps1 data_warehouse_service_point account=contoso.com\svc-warehouse`,
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point database_server=sql.contoso.com installed=true",
		},
		undecided: []string{
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point",
			"site PS1 primary\nrole PS1 ps1 data_warehouse_service_point account=?",
		},
	},
}
