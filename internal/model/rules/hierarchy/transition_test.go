package hierarchy_test

import (
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// Designs of the transitions: the order of the sites is that of the prior state, so
// that each site resource is compared with itself.
const (
	aloneBefore = "prior\nsite PS1 primary installed=true"
	expanded    = "site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration\n"
)

// onPaper turns a design of the prior state into one in which nothing is installed.
func onPaper(text string) string {
	before, prior, _ := strings.Cut(text, "prior\n")
	return before + "prior\n" + strings.ReplaceAll(prior, " installed=true", "")
}

var transitionCases = map[string]ruletest.Cases{
	"HIER-NO-MERGE": {
		Violated: []string{
			// Both sites exist already.
			"site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration installed=true\nprior\nsite PS1 primary installed=true\nsite CAS central_administration installed=true",
			// From one hierarchy to another.
			"site PS1 primary installed=true parent.site_code=CA2 parent.site_type=central_administration\nprior\nsite PS1 primary installed=true" + ruletest.Below,
			"site PS1 primary installed=true parent.site_code=CA2 parent.site_type=central_administration\nsite CA2 central_administration\n" + strings.Replace(ruletest.ChildBefore, "site CAS central_administration installed=true", "site CAS central_administration", 1),
			// Seen from the site alone.
			"site PS1 primary installed=true" + ruletest.Below + " parent.installed=true\n" + aloneBefore,
			"site PS1 primary installed=true" + ruletest.Below + " parent.installed=true\nsite CAS central_administration installed=true\n" + aloneBefore,
		},
		Satisfied: []string{
			expanded + aloneBefore, ruletest.Removed + ruletest.ChildBefore, tree,
			onPaper("site PS1 primary" + ruletest.Below + "\nsite CAS central_administration\nprior\nsite PS1 primary installed=true\nsite CAS central_administration installed=true"),
			"site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration\n" + ruletest.ChildBefore,
			// The secondary sites of an expanded site move with it.
			"site PS1 primary installed=true" + ruletest.Below + "\nsite SS1 secondary PS1 installed=true\nsite CAS central_administration\n" + aloneBefore + "\nsite SS1 secondary PS1 installed=true",
		},
		Undecided: []string{
			"site PS1 primary ? installed=true\n" + aloneBefore, "site PS1 primary installed=true" + ruletest.Below + "\n" + aloneBefore,
			"site PS1 primary installed=true" + ruletest.Below + " parent.installed=?\n" + aloneBefore,
		},
	},
	"HIER-NO-DETACH": {
		Violated: []string{
			"site PS1 primary installed=true\nsite CAS central_administration installed=true\n" + ruletest.ChildBefore,
			"site PS1 primary installed=true\nsite CAS central_administration installed=true\nsite PS2 primary CAS installed=true\n" + ruletest.ChildBefore + "site PS2 primary CAS installed=true",
		},
		Satisfied: []string{
			ruletest.Removed + ruletest.ChildBefore, expanded + aloneBefore, tree,
			onPaper("site PS1 primary\nsite CAS central_administration\n" + ruletest.ChildBefore),
			// Uninstalled, not detached.
			"site CAS central_administration\nprior\nsite CAS central_administration installed=true\nsite PS1 primary CAS installed=true",
		},
		Undecided: []string{
			"site PS1 primary ? installed=true\n" + ruletest.ChildBefore, "site PS1 primary installed=true\nprior\nsite PS1 primary installed=true" + ruletest.Below,
			"site PS1 primary installed=true\nsite ? central_administration site_server=cas.contoso.com\n" + ruletest.ChildBefore,
		},
	},
	"HIER-SECONDARY-NO-REPARENT": {
		Violated: []string{
			"site SS1 secondary PS2\nprior\nsite SS1 secondary PS1 installed=true",
		},
		Satisfied: []string{
			"site SS1 secondary PS2\nprior\nsite SS1 secondary PS1", "site SS1 secondary PS1\nprior\nsite SS1 secondary parent.site_code=ps1 parent.site_type=primary installed=true",
			// After an import the state has no parent yet.
			"site SS1 secondary PS1\nprior\nsite SS1 secondary installed=true", "site SS1 secondary PS1",
		},
		Undecided: []string{"site SS1 secondary ?\nprior\nsite SS1 secondary PS1 installed=true"},
	},
	"HIER-EXPAND-NEWCAS": {
		Violated: []string{
			"site PS1 primary installed=true" + ruletest.Below + "\nsite PS2 primary installed=true" + ruletest.Below + "\nsite CAS central_administration\n" + aloneBefore + "\nsite PS2 primary installed=true",
			// The second one comes from another hierarchy.
			"site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration\nsite PS2 primary CAS installed=true\n" + aloneBefore,
		},
		Satisfied: []string{expanded + aloneBefore, expanded + "site PS2 primary CAS\n" + aloneBefore, tree, expanded + onPaper(aloneBefore)},
		Undecided: []string{
			"site PS1 primary ? installed=true\n" + aloneBefore, expanded + "site ? primary CAS site_server=ps2.contoso.com\n" + aloneBefore,
			"site PS1 primary installed=true" + ruletest.Below + "\n" + aloneBefore,
		},
	},
	"HIER-EXPAND-VERSION": {
		Violated:  []string{"site PS1 primary version=\"2503\" installed=true" + ruletest.Below + "\nsite CAS central_administration version=\"2509\"\nprior\nsite PS1 primary version=\"2503\" installed=true"},
		Satisfied: []string{expanded + aloneBefore, "version 2503\n" + expanded + "prior\nsite PS1 primary version=\"2503\" installed=true", tree},
		Undecided: []string{"site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration version=?\n" + aloneBefore, "site PS1 primary ? installed=true\n" + aloneBefore},
	},
	"HIER-EXPAND-ROLES": {
		Violated: []string{
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
		Satisfied: []string{
			expanded + aloneBefore,
			// Other roles stay, and what is not installed is not there.
			expanded + aloneBefore + "\nrole PS1 mp management_point installed=true\nrole PS1 rsp reporting_services_point installed=true\nrole PS1 scp service_connection_point",
			expanded + aloneBefore + "\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"PS1\"}}",
			expanded + onPaper(aloneBefore+"\nrole PS1 scp service_connection_point installed=true"),
			"site PS1 primary installed=true\nrole PS1 scp service_connection_point\n" + aloneBefore + "\nrole PS1 scp service_connection_point installed=true",
		},
		Undecided: []string{
			"site PS1 primary ? installed=true\n" + aloneBefore + "\nrole PS1 scp service_connection_point installed=true",
			expanded + aloneBefore + " passive_site_server=?",
		},
	},
	"HIER-EXPAND-COLLATION": {
		Violated:  []string{"site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration database.collation=" + ruletest.Latin + "\nprior\nsite PS1 primary installed=true database.collation=" + ruletest.Chinese},
		Satisfied: []string{"site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration database.collation=" + ruletest.Latin + "\nprior\nsite PS1 primary installed=true database.collation=" + ruletest.Latin, tree},
		Undecided: []string{expanded + aloneBefore, "site PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration database=?\n" + aloneBefore + " database.collation=" + ruletest.Latin},
	},
	"HIER-EXPAND-NO-AG": {
		Violated: []string{expanded + aloneBefore + " database.server=listener.contoso.com database.availability_group.name=AG1"},
		Satisfied: []string{
			expanded + aloneBefore, tree,
			// A group before and after, but not at the same time as the expansion.
			"site PS1 primary installed=true database.server=listener.contoso.com database.availability_group.name=AG1" + ruletest.Below + "\nsite CAS central_administration\n" + aloneBefore,
		},
		Undecided: []string{expanded + aloneBefore + " database=?", "site PS1 primary ? installed=true\n" + aloneBefore},
	},
	"HIER-RMCAS-VERSION": {
		Violated:  []string{"version 1910\n" + ruletest.Removed + ruletest.ChildBefore, "version 2002\n" + ruletest.Removed + ruletest.ChildBefore, "version 2010\n" + ruletest.Removed + ruletest.ChildBefore},
		Satisfied: []string{"version 2103\n" + ruletest.Removed + ruletest.ChildBefore, ruletest.Removed + ruletest.ChildBefore, tree, "version 1910\n" + ruletest.Removed + onPaper(ruletest.ChildBefore)},
		Undecided: []string{ruletest.Removed + "prior\nsite PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration installed=true version=?", "site PS1 primary ? installed=true\n" + ruletest.ChildBefore},
	},
	"HIER-RMCAS-ONE-CHILD": {
		Violated: []string{
			ruletest.Removed + ruletest.ChildBefore + "site PS2 primary CAS installed=true",
			"site PS1 primary installed=true\nsite PS2 primary installed=true\nprior\nsite PS1 primary installed=true" + ruletest.Below + "\nsite PS2 primary installed=true" + ruletest.Below + "\nsite CAS central_administration installed=true",
		},
		Satisfied: []string{
			ruletest.Removed + ruletest.ChildBefore,
			// Its secondary sites stay.
			ruletest.Removed + "site SS1 secondary PS1 installed=true\n" + "prior\nsite PS1 primary installed=true" + ruletest.Below + "\nsite SS1 secondary PS1 installed=true\nsite CAS central_administration installed=true",
			ruletest.Removed + ruletest.ChildBefore + "site PS2 primary CAS",
			// Uninstalling the whole hierarchy is another matter.
			"site CA2 central_administration\nprior\nsite CAS central_administration installed=true\nsite PS1 primary CAS installed=true\nsite PS2 primary CAS installed=true",
		},
		Undecided: []string{"site PS1 primary ? installed=true\n" + ruletest.ChildBefore, ruletest.Removed + "site ? primary site_server=ps2.contoso.com\n" + ruletest.ChildBefore, ruletest.Removed + "prior\nsite PS1 primary installed=true" + ruletest.Below},
	},
	"HIER-RMCAS-ROLES": {
		Violated: []string{
			ruletest.Removed + ruletest.ChildBefore + "role CAS rsp reporting_services_point installed=true",
			ruletest.Removed + ruletest.ChildBefore + "role CAS scp service_connection_point installed=true",
			ruletest.Removed + "role PS1 sup software_update_point\n" + ruletest.ChildBefore + "role CAS sup software_update_point installed=true\nrole PS1 sup software_update_point",
			// As for an expansion, a passive site server counts.
			ruletest.Removed + "prior\nsite PS1 primary installed=true" + ruletest.Below + "\nsite CAS central_administration installed=true passive_site_server=casb.contoso.com " + ruletest.RemoteLibrary,
			// The gateway goes first, whether it goes with the site or moves to the other one.
			ruletest.Removed + ruletest.ChildBefore + "hierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"cas\",\"installed\":true}}",
			ruletest.Removed + ruletest.ChildBefore + "hierarchy cloud_management_gateways={\"a\":{\"installed\":true}}",
			ruletest.Removed + "role PS1 cp cloud_management_gateway_connection_point cloud_management_gateway=cmg\nhierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"PS1\"}}\n" +
				ruletest.ChildBefore + "hierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"CAS\",\"installed\":true}}",
		},
		Satisfied: []string{
			ruletest.Removed + ruletest.ChildBefore, tree,
			ruletest.Removed + "role PS1 scp service_connection_point\nrole PS1 sup software_update_point\n" + ruletest.ChildBefore + "role CAS scp service_connection_point installed=true\nrole CAS sup software_update_point installed=true\nrole PS1 sup software_update_point installed=true",
			ruletest.Removed + ruletest.ChildBefore + "role CAS rsp reporting_services_point",
			ruletest.Removed + ruletest.ChildBefore + "hierarchy cloud_management_gateways={\"a\":{\"name\":\"cmg\",\"site_code\":\"CAS\"},\"b\":{\"name\":\"two\",\"site_code\":\"PS1\",\"installed\":true}}",
		},
		Undecided: []string{"site PS1 primary ? installed=true\n" + ruletest.ChildBefore, ruletest.Removed + "role PS1 srv ?\n" + ruletest.ChildBefore + "role CAS scp service_connection_point installed=true"},
	},
	"HIER-RMCAS-LIMITS": {
		Violated: []string{
			ruletest.Removed + ruletest.ChildBefore + "hierarchy distributed_views=[\"PS1\"]",
			ruletest.Removed + "prior\nsite PS1 primary installed=true version=\"2503\"" + ruletest.Below + "\nsite CAS central_administration installed=true version=\"2509\"",
			"review 2026-06-01\nversion 2509\n" + ruletest.Removed + ruletest.ChildBefore + "hierarchy distributed_views=[]",
		},
		Satisfied: []string{"review 2026-06-01\n" + ruletest.Removed + ruletest.ChildBefore + "hierarchy distributed_views=[]", tree},
		Undecided: []string{
			ruletest.Removed + ruletest.ChildBefore + "hierarchy distributed_views=[]", "review 2026-06-01\n" + ruletest.Removed + ruletest.ChildBefore,
			"review 2015-06-01\n" + ruletest.Removed + ruletest.ChildBefore + "hierarchy distributed_views=[]", "site PS1 primary ? installed=true\n" + ruletest.ChildBefore,
		},
	},
}
