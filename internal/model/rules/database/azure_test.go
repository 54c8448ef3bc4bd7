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
			"site PS1 primary database.server=listener.contoso.com database.edition=enterprise database.availability_group.name=AG database.availability_group.replicas=[\"sql1.contoso.com\",\"two.database.windows.net\"]",
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=rep.database.windows.net database_replica.database_name=CM_REP",
		},
		Satisfied: []string{
			"site PS1 primary", "site PS1 primary database.server=sql.contoso.com", "site PS1 primary database.server=database.windows.net.contoso.com",
			"site PS1 primary\nrole PS1 mp management_point protocol=https",
			"site PS1 primary\nrole PS1 mp management_point database_replica.server=rep.contoso.com database_replica.database_name=CM_REP",
		},
		Undecided: []string{
			"site PS1 primary database.server=?", "site PS1 primary\nrole PS1 mp management_point database_replica=?",
			"site PS1 primary database.server=listener.contoso.com database.availability_group=?",
			"site PS1 primary database.server=listener.contoso.com database.availability_group.replicas=?",
			"site PS1 primary database.server=cluster.contoso.com database.failover_cluster=?",
		},
	},
	"DB-CUMULATIVE-UPDATE": {
		Violated: []string{
			`site PS1 primary database.sql_version="2019" database.cumulative_update=4`, `site CAS central_administration database.sql_version="2019" database.cumulative_update=0`,
			`site PS1 primary database.sql_version="2017" database.cumulative_update=1`,
			"site PS1 primary\n" + `site SS1 secondary PS1 database.sql_version="2017" database.cumulative_update=1 database.instance=CONFIGMGRSEC`,
			"site PS1 primary\n" + `site SS1 secondary PS1 database.sql_version="2019" database.cumulative_update=4 database.instance=CONFIGMGRSEC database.edition=express`,
		},
		Satisfied: []string{
			`site PS1 primary database.sql_version="2019" database.cumulative_update=5`, `site PS1 primary database.sql_version="2017" database.cumulative_update=31`,
			// These are supported as they came out.
			`site PS1 primary database.sql_version="2022" database.cumulative_update=0`,
			`site PS1 primary database.sql_version="2022" database.cumulative_update=1` + "\n" + `site SS1 secondary PS1 database.sql_version="2019" database.cumulative_update=5 database.instance=CONFIGMGRSEC database.edition=express`,
			`site PS1 primary database.sql_version="2022" database.cumulative_update=1` + "\n" + `site SS1 secondary PS1 database.sql_version="2022" database.cumulative_update=0 database.instance=CONFIGMGRSEC database.edition=express`,
			`site PS1 primary database.sql_version="2025" database.cumulative_update=0`,
		},
		Undecided: []string{
			`site PS1 primary database.sql_version="2019"`, "site PS1 primary database.cumulative_update=3", `site PS1 primary database.sql_version="2019" database.cumulative_update=?`,
			`site PS1 primary database.sql_version=? database.cumulative_update=3`,
		},
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
