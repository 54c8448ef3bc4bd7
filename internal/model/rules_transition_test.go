package model

import "strings"

// Designs of the transitions: the order of the sites is that of the prior state, so
// that each site resource is compared with itself.
const (
	aloneBefore = "prior\nsite PS1 primary installed=true"
	expanded    = "site PS1 primary installed=true" + below + "\nsite CAS central_administration\n"

	childBefore = "prior\nsite PS1 primary installed=true" + below + "\nsite CAS central_administration installed=true\n"
	removed     = "site PS1 primary installed=true\n"
)

// onPaper turns a design of the prior state into one in which nothing is installed.
func onPaper(text string) string {
	before, prior, _ := strings.Cut(text, "prior\n")
	return before + "prior\n" + strings.ReplaceAll(prior, " installed=true", "")
}

var transitionCases = map[string]cases{
	"HIER-NO-MERGE": {
		violated: []string{
			// Both sites exist already.
			"site PS1 primary installed=true" + below + "\nsite CAS central_administration installed=true\nprior\nsite PS1 primary installed=true\nsite CAS central_administration installed=true",
			// From one hierarchy to another.
			"site PS1 primary installed=true parent.site_code=CA2 parent.site_type=central_administration\nprior\nsite PS1 primary installed=true" + below,
			"site PS1 primary installed=true parent.site_code=CA2 parent.site_type=central_administration\nsite CA2 central_administration\n" + childBefore,
			// Seen from the site alone: a warning.
			"site PS1 primary installed=true" + below + " parent.installed=true\n" + aloneBefore,
			"site PS1 primary installed=true" + below + " parent.installed=true\nsite CAS central_administration installed=true\n" + aloneBefore,
		},
		satisfied: []string{
			expanded + aloneBefore, removed + childBefore, tree,
			onPaper("site PS1 primary" + below + "\nsite CAS central_administration\nprior\nsite PS1 primary installed=true\nsite CAS central_administration installed=true"),
			"site PS1 primary installed=true" + below + "\nsite CAS central_administration\n" + childBefore,
			// The secondary sites of an expanded site move with it.
			"site PS1 primary installed=true" + below + "\nsite SS1 secondary PS1 installed=true\nsite CAS central_administration\n" + aloneBefore + "\nsite SS1 secondary PS1 installed=true",
		},
		undecided: []string{
			"site PS1 primary ? installed=true\n" + aloneBefore, "site PS1 primary installed=true" + below + "\n" + aloneBefore,
			"site PS1 primary installed=true" + below + " parent.installed=?\n" + aloneBefore,
		},
	},
	"HIER-NO-DETACH": {
		violated: []string{
			"site PS1 primary installed=true\nsite CAS central_administration installed=true\n" + childBefore,
			"site PS1 primary installed=true\nsite CAS central_administration installed=true\nsite PS2 primary CAS installed=true\n" + childBefore + "site PS2 primary CAS installed=true",
		},
		satisfied: []string{
			removed + childBefore, expanded + aloneBefore, tree,
			onPaper("site PS1 primary\nsite CAS central_administration\n" + childBefore),
			// Uninstalled, not detached.
			"site CAS central_administration\nprior\nsite CAS central_administration installed=true\nsite PS1 primary CAS installed=true",
		},
		undecided: []string{
			"site PS1 primary ? installed=true\n" + childBefore, "site PS1 primary installed=true\nprior\nsite PS1 primary installed=true" + below,
			"site PS1 primary installed=true\nsite ? central_administration site_server=cas.contoso.com\n" + childBefore,
		},
	},
	"HIER-SECONDARY-NO-REPARENT": {
		violated: []string{
			"site SS1 secondary PS2\nprior\nsite SS1 secondary PS1 installed=true",
		},
		satisfied: []string{
			"site SS1 secondary PS2\nprior\nsite SS1 secondary PS1", "site SS1 secondary PS1\nprior\nsite SS1 secondary parent.site_code=ps1 parent.site_type=primary installed=true",
			// After an import the state has no parent yet.
			"site SS1 secondary PS1\nprior\nsite SS1 secondary installed=true", "site SS1 secondary PS1",
		},
		undecided: []string{"site SS1 secondary ?\nprior\nsite SS1 secondary PS1 installed=true"},
	},
	"HIER-EXPAND-NEWCAS": {
		violated: []string{
			"site PS1 primary installed=true" + below + "\nsite PS2 primary installed=true" + below + "\nsite CAS central_administration\n" + aloneBefore + "\nsite PS2 primary installed=true",
			// The second one comes from another hierarchy.
			"site PS1 primary installed=true" + below + "\nsite CAS central_administration\nsite PS2 primary CAS installed=true\n" + aloneBefore,
		},
		satisfied: []string{expanded + aloneBefore, expanded + "site PS2 primary CAS\n" + aloneBefore, tree, expanded + onPaper(aloneBefore)},
		undecided: []string{
			"site PS1 primary ? installed=true\n" + aloneBefore, expanded + "site ? primary CAS site_server=ps2.contoso.com\n" + aloneBefore,
			"site PS1 primary installed=true" + below + "\n" + aloneBefore,
		},
	},
	"HIER-EXPAND-VERSION": {
		violated:  []string{"site PS1 primary version=\"2503\" installed=true" + below + "\nsite CAS central_administration version=\"2509\"\nprior\nsite PS1 primary version=\"2503\" installed=true"},
		satisfied: []string{expanded + aloneBefore, "version 2503\n" + expanded + "prior\nsite PS1 primary version=\"2503\" installed=true", tree},
		undecided: []string{"site PS1 primary installed=true" + below + "\nsite CAS central_administration version=?\n" + aloneBefore, "site PS1 primary ? installed=true\n" + aloneBefore},
	},
	"HIER-EXPAND-ROLES": {
		violated: []string{
			expanded + aloneBefore + "\nrole PS1 scp service_connection_point installed=true",
			expanded + aloneBefore + "\nrole PS1 aisp asset_intelligence_synchronization_point installed=true",
			expanded + aloneBefore + "\nrole PS1 epp endpoint_protection_point installed=true",
			expanded + aloneBefore + "\nrole PS1 dw data_warehouse_service_point installed=true",
			expanded + aloneBefore + "\nrole PS1 con windows_intune_connector installed=true",
			expanded + aloneBefore + " passive_site_server=ps1b.contoso.com",
			expanded + aloneBefore + "\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"ps1\",\"installed\":true}}",
			expanded + aloneBefore + "\nhierarchy cloud_management_gateways={\"a\":{\"installed\":true}}",
			// The roles are declared again in the same step: still too early.
			expanded + "role CAS scp service_connection_point\n" + aloneBefore + "\nrole PS1 scp service_connection_point installed=true",
		},
		satisfied: []string{
			expanded + aloneBefore,
			// Other roles stay, and what is not installed is not there.
			expanded + aloneBefore + "\nrole PS1 mp management_point installed=true\nrole PS1 rsp reporting_services_point installed=true\nrole PS1 scp service_connection_point",
			expanded + aloneBefore + "\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"PS1\"}}",
			expanded + onPaper(aloneBefore+"\nrole PS1 scp service_connection_point installed=true"),
			"site PS1 primary installed=true\nrole PS1 scp service_connection_point\n" + aloneBefore + "\nrole PS1 scp service_connection_point installed=true",
		},
		undecided: []string{
			"site PS1 primary ? installed=true\n" + aloneBefore + "\nrole PS1 scp service_connection_point installed=true",
			expanded + aloneBefore + " passive_site_server=?",
		},
	},
	"HIER-EXPAND-COLLATION": {
		violated:  []string{"site PS1 primary installed=true" + below + "\nsite CAS central_administration database.collation=" + latin + "\nprior\nsite PS1 primary installed=true database.collation=" + chinese},
		satisfied: []string{"site PS1 primary installed=true" + below + "\nsite CAS central_administration database.collation=" + latin + "\nprior\nsite PS1 primary installed=true database.collation=" + latin, tree},
		undecided: []string{expanded + aloneBefore, "site PS1 primary installed=true" + below + "\nsite CAS central_administration database=?\n" + aloneBefore + " database.collation=" + latin},
	},
	"HIER-EXPAND-NO-AG": {
		violated: []string{expanded + aloneBefore + " database.server=listener.contoso.com database.availability_group.name=AG1"},
		satisfied: []string{
			expanded + aloneBefore, tree,
			// A group before and after, but not at the same time as the expansion.
			"site PS1 primary installed=true database.server=listener.contoso.com database.availability_group.name=AG1" + below + "\nsite CAS central_administration\n" + aloneBefore,
		},
		undecided: []string{expanded + aloneBefore + " database=?", "site PS1 primary ? installed=true\n" + aloneBefore},
	},
	"HIER-RMCAS-VERSION": {
		violated:  []string{"version 1910\n" + removed + childBefore, "version 2002\n" + removed + childBefore, "version 2010\n" + removed + childBefore},
		satisfied: []string{"version 2103\n" + removed + childBefore, removed + childBefore, tree, "version 1910\n" + removed + onPaper(childBefore)},
		undecided: []string{removed + "prior\nsite PS1 primary installed=true" + below + "\nsite CAS central_administration installed=true version=?", "site PS1 primary ? installed=true\n" + childBefore},
	},
	"HIER-RMCAS-ONE-CHILD": {
		violated: []string{
			removed + childBefore + "site PS2 primary CAS installed=true",
			"site PS1 primary installed=true\nsite PS2 primary installed=true\nprior\nsite PS1 primary installed=true" + below + "\nsite PS2 primary installed=true" + below + "\nsite CAS central_administration installed=true",
		},
		satisfied: []string{
			removed + childBefore,
			// Its secondary sites stay.
			removed + "site SS1 secondary PS1 installed=true\n" + "prior\nsite PS1 primary installed=true" + below + "\nsite SS1 secondary PS1 installed=true\nsite CAS central_administration installed=true",
			removed + childBefore + "site PS2 primary CAS",
			// Uninstalling the whole hierarchy is another matter.
			"site CA2 central_administration\nprior\nsite CAS central_administration installed=true\nsite PS1 primary CAS installed=true\nsite PS2 primary CAS installed=true",
		},
		undecided: []string{"site PS1 primary ? installed=true\n" + childBefore, removed + "site ? primary site_server=ps2.contoso.com\n" + childBefore, removed + "prior\nsite PS1 primary installed=true" + below},
	},
	"HIER-RMCAS-ROLES": {
		violated: []string{
			removed + childBefore + "role CAS rsp reporting_services_point installed=true",
			removed + childBefore + "role CAS scp service_connection_point installed=true",
			removed + "role PS1 sup software_update_point\n" + childBefore + "role CAS sup software_update_point installed=true\nrole PS1 sup software_update_point",
		},
		satisfied: []string{
			removed + childBefore, tree,
			removed + "role PS1 scp service_connection_point\nrole PS1 sup software_update_point\n" + childBefore + "role CAS scp service_connection_point installed=true\nrole CAS sup software_update_point installed=true\nrole PS1 sup software_update_point installed=true",
			removed + childBefore + "role CAS rsp reporting_services_point",
		},
		undecided: []string{"site PS1 primary ? installed=true\n" + childBefore, removed + "role PS1 srv ?\n" + childBefore + "role CAS scp service_connection_point installed=true"},
	},
	"HIER-RMCAS-LIMITS": {
		violated: []string{
			removed + childBefore + "hierarchy distributed_views=[\"PS1\"]",
			removed + "prior\nsite PS1 primary installed=true version=\"2503\"" + below + "\nsite CAS central_administration installed=true version=\"2509\"",
			"review 2026-06-01\nversion 2509\n" + removed + childBefore + "hierarchy distributed_views=[]",
		},
		satisfied: []string{"review 2026-06-01\n" + removed + childBefore + "hierarchy distributed_views=[]", tree},
		undecided: []string{
			removed + childBefore + "hierarchy distributed_views=[]", "review 2026-06-01\n" + removed + childBefore,
			"review 2015-06-01\n" + removed + childBefore + "hierarchy distributed_views=[]", "site PS1 primary ? installed=true\n" + childBefore,
		},
	},
}
