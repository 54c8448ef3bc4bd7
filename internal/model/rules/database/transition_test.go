package database_test

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

const (
	onReplica = "role PS1 mp management_point installed=true database_replica.server=rep.contoso.com database_replica.database_name=CM_REP\n"
	onSite    = "role PS1 mp management_point installed=true\n"
	installed = "site PS1 primary installed=true "
	promoted  = installed + "site_server=ps1b.contoso.com passive_site_server=ps1.contoso.com " + ruletest.RemoteLibrary
	active    = "\nprior\n" + installed + "passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary
)

var databaseTransitionCases = map[string]ruletest.Cases{
	"DB-PROMOTION-KEEPS": {
		Violated: []string{
			promoted + active,
			// The passive site server is not declared again.
			installed + "site_server=ps1b.contoso.com" + active,
			promoted + active + " database.server=ps1.contoso.com",
			promoted + " database.instance=CM" + active + " database.instance=CM",
			promoted + active + " database.server=sql.contoso.com",
		},
		Satisfied: []string{
			promoted + " database.server=sql.contoso.com" + active + " database.server=sql.contoso.com",
			promoted + " database.server=ps1.contoso.com" + active,
			// The default was the computer that takes over.
			promoted + active + " database.server=ps1b.contoso.com",
			installed + "passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary + active,
			// On paper nothing moves; another name is SRV-RENAME-IMMUTABLE.
			"site PS1 primary site_server=ps1b.contoso.com\nprior\nsite PS1 primary passive_site_server=ps1b.contoso.com " + ruletest.RemoteLibrary,
			installed + "site_server=new.contoso.com" + active,
		},
		Undecided: []string{
			installed + "site_server=?" + active, promoted + " database=?" + active, promoted + " database.availability_group=?" + active,
		},
	},
	"MPREP-UPGRADE": {
		Violated: []string{
			installed + "version=\"2603\"\n" + onReplica + "prior\n" + installed + "version=\"2509\"\n" + onReplica,
			// The default of the provider moves the site as well.
			"version 2603\n" + installed + "\n" + onReplica + "prior\n" + installed + "version=\"2509\"\n" + onReplica,
			installed + "database.server=sql2.contoso.com\n" + onReplica + "prior\n" + installed + "database.server=sql1.contoso.com\n" + onReplica,
			installed + "database.instance=NEW\n" + onReplica + "prior\n" + installed + "database.instance=OLD\n" + onReplica,
			// Back to the site server.
			installed + "\n" + onReplica + "prior\n" + installed + "database.server=sql1.contoso.com\n" + onReplica,
			// One of two is enough.
			installed + "version=\"2603\"\n" + onReplica + "role PS1 mp2 management_point installed=true\nprior\n" + installed + "version=\"2509\"\n" + onReplica + "role PS1 mp2 management_point installed=true",
			// The replica goes in the same plan: a warning.
			installed + "version=\"2603\"\n" + onSite + "prior\n" + installed + "version=\"2509\"\n" + onReplica,
		},
		Satisfied: []string{
			installed + "version=\"2603\"\n" + onSite + "prior\n" + installed + "version=\"2509\"\n" + onSite,
			installed + "version=\"2603\"\n" + onReplica + "prior\n" + installed + "version=\"2603\"\n" + onReplica,
			installed + "database.server=PS1.contoso.com\n" + onReplica + "prior\n" + installed + "\n" + onReplica,
			// The design says more than before; nothing moves.
			installed + "database.server=sql1.contoso.com database.instance=CM\n" + onReplica + "prior\n" + installed + "\n" + onReplica,
			// A design on paper, and a replica that is still to come.
			"site PS1 primary version=\"2603\"\n" + onReplica + "prior\nsite PS1 primary version=\"2509\"\n" + onReplica,
			installed + "version=\"2603\"\nrole PS1 mp management_point database_replica.server=rep.contoso.com database_replica.database_name=CM_REP\nprior\n" + installed + "version=\"2509\"",
			// Another site of the hierarchy.
			"site CAS central_administration installed=true version=\"2603\"\nsite PS1 primary CAS installed=true version=\"2509\"\n" + onReplica +
				"prior\nsite CAS central_administration installed=true version=\"2509\"\nsite PS1 primary CAS installed=true version=\"2509\"\n" + onReplica,
		},
		Undecided: []string{
			installed + "version=?\n" + onReplica + "prior\n" + installed + "version=\"2509\"\n" + onReplica,
			installed + "version=\"2603\"\nrole PS1 mp management_point installed=true database_replica=?\nprior\n" + installed + "version=\"2509\"\n" + onSite,
			installed + "database=?\n" + onReplica + "prior\n" + installed + "\n" + onReplica,
		},
	},
}
