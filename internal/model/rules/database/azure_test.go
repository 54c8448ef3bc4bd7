package database_test

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

var azureCases = map[string]ruletest.Cases{
	"DB-AZURE-SQL": {
		Violated: []string{
			"site PS1 primary database.server=contoso.database.windows.net",
			"site PS1 primary database.server=contoso-mi.0a1b2c3d4e5f.Database.Windows.net.",
			"site CAS central_administration database.server=contoso.database.usgovcloudapi.net",
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=rep.database.windows.net database_replica.database_name=CM_REP",
		},
		Satisfied: []string{
			"site PS1 primary", "site PS1 primary database.server=sql.contoso.com", "site PS1 primary database.server=database.windows.net.contoso.com",
			"site PS1 primary\nrole PS1 mp management_point protocol=https",
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=rep.contoso.com database_replica.database_name=CM_REP",
		},
		Undecided: []string{"site PS1 primary database.server=?", "site PS1 primary\nrole PS1 mp management_point database_replica=?"},
	},
	"DB-COMPATIBILITY-LEVEL": {
		Violated: []string{
			"version 2509\nsite PS1 primary database.sql_version=\"2022\" database.compatibility_level=160",
			"version 2303\nsite PS1 primary database.sql_version=\"2022\" database.compatibility_level=160",
			"site PS1 primary database.sql_version=\"2019\" database.compatibility_level=160",
			"site PS1 primary database.sql_version=\"2025\" database.compatibility_level=180",
		},
		Satisfied: []string{
			"version 2509\nsite PS1 primary database.sql_version=\"2022\" database.compatibility_level=150",
			"version 2603\nsite PS1 primary database.sql_version=\"2022\" database.compatibility_level=160",
			"site PS1 primary database.sql_version=\"2019\" database.compatibility_level=150",
			"site PS1 primary database.sql_version=\"2025\" database.compatibility_level=160", "site PS1 primary database.sql_version=\"2025\" database.compatibility_level=170",
		},
		Undecided: []string{
			"site PS1 primary database.sql_version=\"2022\"", "site PS1 primary database.compatibility_level=160",
			"site PS1 primary version=? database.sql_version=\"2022\" database.compatibility_level=160",
			"site PS1 primary database.sql_version=\"2022\" database.compatibility_level=?",
		},
	},
}
