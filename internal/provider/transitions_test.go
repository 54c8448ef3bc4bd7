package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// The tests below take a design that is installed to the next one: what the product
// can do at that moment only the prior state tells.

// draw writes a configuration from a design in a few lines:
//
//	site CAS central_administration
//	site PS1 primary parent=configmgr_site.cas new
//	role PS1 mp01 management_point
//	hierarchy package_count=10
//
// Sites and roles are installed unless they are new. A site has a site server named
// like its code; a role brings its server. A word is an argument or, with braces, a
// block whose arguments are separated by semicolons. The hierarchy lists everything.
func draw(t testing.TB, design string) string {
	t.Helper()
	var config strings.Builder
	lines := strings.NewReplacer("{", "{\n", "}", "\n}", ";", "\n")
	hierarchy := hcl{}
	listed := map[string][]string{"site": nil, "site_system_server": nil, "role_assignment": nil}
	declare := func(kind, label string, arguments hcl, words []string) {
		var blocks []string
		isNew := slices.Contains(words, "new")
		for _, word := range words {
			name, expression, ok := strings.Cut(word, "=")
			switch {
			case word == "new":
			case strings.Contains(name, "{"):
				blocks = append(blocks, lines.Replace(word))
			case ok:
				arguments[name] = expression
			default:
				t.Fatalf("design: %q is not an argument", word)
			}
		}
		if kind != "site_system_server" && !isNew {
			arguments["installed"] = "true"
		}
		config.WriteString(arguments.resource("configmgr_"+kind, label, blocks...))
		listed[kind] = append(listed[kind], fmt.Sprintf("%s = configmgr_%s.%s", label, kind, label))
	}
	for line := range strings.Lines(design) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case words[0] == "site":
			label := strings.ToLower(words[1])
			declare("site", label, hcl{
				"site_code": `"` + words[1] + `"`, "site_type": `"` + words[2] + `"`, "name": `"Contoso ` + words[1] + `"`,
				"site_server": `"` + label + `.contoso.com"`,
			}, words[3:])
		case words[0] == "role":
			host := words[2]
			if server := fmt.Sprintf("%s = configmgr_site_system_server.%s", host, host); !slices.Contains(listed["site_system_server"], server) {
				declare("site_system_server", host, hcl{"fqdn": `"` + host + `.contoso.com"`, "site": "configmgr_site." + strings.ToLower(words[1])}, nil)
			}
			declare("role_assignment", host+"_"+words[3], hcl{"server": "configmgr_site_system_server." + host, "role": `"` + words[3] + `"`}, words[4:])
		case words[0] == "hierarchy":
			for _, word := range words[1:] {
				name, expression, _ := strings.Cut(word, "=")
				hierarchy[name] = expression
			}
		default:
			t.Fatalf("design: unknown line %q", line)
		}
	}
	for kind, elements := range listed {
		hierarchy[kind+"s"] = "{ " + strings.Join(elements, ", ") + " }"
	}
	return config.String() + hierarchy.resource("configmgr_hierarchy", "contoso")
}

// turn is a design that follows on another one.
type turn struct {
	name    string
	design  string
	rules   []string // the errors of the plan, none for one that is allowed
	actions map[string]plancheck.ResourceActionType
	applied bool // the next turn starts from here
}

// expectTransitions applies a design and plans each next one against it.
func expectTransitions(t *testing.T, before string, turns []turn) {
	t.Helper()
	current := "before"
	found := map[string][]string{}
	steps := []resource.TestStep{{Config: draw(t, before)}}
	for _, next := range turns {
		step := planned(draw(t, next.design), next.actions)
		if next.applied {
			step = resource.TestStep{Config: step.Config}
			step.ConfigPlanChecks.PreApply = planned("", next.actions).ConfigPlanChecks.PostApplyPreRefresh
		}
		step.PreConfig = func() { current = next.name }
		steps = append(steps, step)
	}
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps:                    steps,
		ErrorCheck: func(err error) error {
			errors := parseErrors(err.Error())
			if len(errors) == 0 || current == "before" {
				return fmt.Errorf("%s: %w", current, err)
			}
			found[current] = ruleIDs(errors)
			return nil
		},
	})
	for _, next := range turns {
		t.Run(next.name, func(t *testing.T) {
			if !slices.Equal(found[next.name], next.rules) {
				t.Errorf("errors %v, expected %v", found[next.name], next.rules)
			}
		})
	}
}

const (
	updated  = plancheck.ResourceActionUpdate
	replaced = plancheck.ResourceActionDestroyBeforeCreate
)

type actions = map[string]plancheck.ResourceActionType

// What a stand-alone primary site and a child primary site need to serve clients.
const clientRoles = "\nrole PS1 mp01 management_point\nrole PS1 dp01 distribution_point\n"

func TestAccTransition_Expansion(t *testing.T) {
	const (
		child   = "site PS1 primary parent=configmgr_site.cas"
		latin   = ` database{collation="SQL_Latin1_General_CP1_CI_AS"}`
		chinese = ` database{collation="Chinese_Simplified_Pinyin_100_CI_AI"}`
		newCAS  = "site CAS central_administration new"
		top     = "\nrole CAS scp01 service_connection_point new"
	)
	expectTransitions(t, "site PS1 primary"+latin+clientRoles, []turn{
		{
			name: "under_a_new_site", design: newCAS + latin + "\n" + child + latin + clientRoles + top,
			actions: actions{"configmgr_site.cas": plancheck.ResourceActionCreate, "configmgr_site.ps1": updated, "configmgr_hierarchy.contoso": updated},
		},
		{
			name: "with_a_new_second_primary_site", design: newCAS + latin + "\n" + child + latin + clientRoles + top +
				"\nsite PS2 primary new parent=configmgr_site.cas" + latin + "\nrole PS2 mp02 management_point new\nrole PS2 dp02 distribution_point new",
			actions: actions{"configmgr_site.ps1": updated},
		},
		{name: "with_an_installed_second_primary_site", design: newCAS + latin + "\n" + child + latin + clientRoles + top +
			"\nsite PS2 primary parent=configmgr_site.cas" + latin + "\nrole PS2 mp02 management_point\nrole PS2 dp02 distribution_point",
			rules: []string{"HIER-EXPAND-NEWCAS"}},
		{name: "with_another_version", design: newCAS + latin + " version=\"2609\"\n" + child + latin + clientRoles + top,
			rules: []string{"HIER-EXPAND-VERSION"}},
		{name: "with_another_collation", design: newCAS + chinese + "\n" + child + latin + clientRoles + top,
			rules: []string{"HIER-EXPAND-COLLATION"}},
		{
			name: "with_its_own_code", design: strings.Replace(newCAS, " new", ` new site_code="PS1"`, 1) + latin + "\n" + child + latin + clientRoles + top,
			rules: []string{"SITE-CODE-UNIQUE-HIER"}, // SITE-CODE-EXPAND-DIFF is covered by it
		},
	})
}

func TestAccTransition_ExpansionWithAnAvailabilityGroup(t *testing.T) {
	const (
		newCAS = "site CAS central_administration new\n"
		child  = "site PS1 primary parent=configmgr_site.cas"
		alone  = "site PS1 primary"
		group  = ` database{server="listener.contoso.com";availability_group{name="AG1";replicas=["sql01.contoso.com","sql02.contoso.com"]}}`
		single = ` database{server="sql01.contoso.com"}`
		top    = "role CAS scp01 service_connection_point new\n"
	)
	expectTransitions(t, alone+group+clientRoles, []turn{
		{name: "in_the_group", design: newCAS + child + group + clientRoles + top, rules: []string{"HIER-EXPAND-NO-AG"}},
		{name: "taken_out_in_the_same_step", design: newCAS + child + single + clientRoles + top, rules: []string{"HIER-EXPAND-NO-AG"}},
		{name: "taken_out_first", design: alone + single + clientRoles, applied: true, actions: actions{"configmgr_site.ps1": updated}},
		{name: "out_of_the_group", design: newCAS + child + single + clientRoles + top, actions: actions{"configmgr_site.ps1": updated}},
	})
}

func TestAccTransition_NewSiteOnAServerWithRoles(t *testing.T) {
	const (
		sites = "site CAS central_administration\nsite PS1 primary parent=configmgr_site.cas" + clientRoles + "role CAS scp01 service_connection_point\n"
		guest = "role PS1 ps2 state_migration_point\n"
		ps2   = "site PS2 primary new parent=configmgr_site.cas\nrole PS2 mp02 management_point new\nrole PS2 dp02 distribution_point new\n"
	)
	expectTransitions(t, sites+guest, []turn{
		{name: "on_a_server_with_a_role_of_another_site", design: sites + guest + ps2, rules: []string{"COLO-SITE-SERVER-CLEAN"}},
		// The warning is in TestTransition_Warnings.
		{name: "while_the_role_of_another_site_goes", design: sites + ps2, actions: actions{"configmgr_site.ps2": plancheck.ResourceActionCreate}},
		{name: "role_of_another_site_removed_first", design: sites, applied: true},
		{name: "on_an_empty_server", design: sites + ps2, actions: actions{"configmgr_site.ps2": plancheck.ResourceActionCreate}},
	})
}

func TestAccTransition_ExpansionTakesTheTopRolesOffFirst(t *testing.T) {
	const (
		newCAS = "site CAS central_administration new\n"
		child  = "site PS1 primary parent=configmgr_site.cas"
		alone  = "site PS1 primary"
		scp    = "\nrole PS1 scp01 service_connection_point"
		moved  = "\nrole CAS scp02 service_connection_point new"
	)
	expectTransitions(t, alone+` passive_site_server="ps1b.contoso.com" content_library_path="\\\\fs01.contoso.com\\lib"`+clientRoles+scp, []turn{
		{
			name: "with_everything_moved_in_one_step", design: newCAS + child + clientRoles + moved,
			rules: []string{"HIER-EXPAND-ROLES"},
		},
		{
			name: "passive_site_server_removed", design: alone + clientRoles + scp, applied: true,
			actions: actions{"configmgr_site.ps1": updated},
		},
		{
			name: "with_the_service_connection_point", design: newCAS + child + clientRoles + moved,
			rules: []string{"HIER-EXPAND-ROLES"},
		},
		{name: "service_connection_point_removed", design: alone + clientRoles, applied: true},
		{
			name: "when_the_roles_are_gone", design: newCAS + child + clientRoles + moved,
			actions: actions{"configmgr_site.cas": plancheck.ResourceActionCreate, "configmgr_site.ps1": updated},
		},
	})
}

func TestAccTransition_ChildrenOfACentralAdministrationSite(t *testing.T) {
	const (
		cas   = "site CAS central_administration\n"
		ps1   = "site PS1 primary parent=configmgr_site.cas" + clientRoles
		ps2   = "site PS2 primary parent=configmgr_site.cas\nrole PS2 mp02 management_point\nrole PS2 dp02 distribution_point\n"
		top   = "role CAS scp01 service_connection_point\n"
		alone = "site PS1 primary" + clientRoles
		moved = "role PS1 scp02 service_connection_point new\n"
		sec   = "site SS1 secondary parent=configmgr_site.ps1 database{instance=\"CONFIGMGRSEC\"}\n"
	)
	expectTransitions(t, cas+ps1+ps2+top+sec, []turn{
		{name: "removed_above_two_children", design: alone + moved + sec, rules: []string{"HIER-RMCAS-ONE-CHILD"}},
		{name: "one_leaves", design: cas + alone + ps2 + top + sec, rules: []string{"HIER-NO-DETACH"}},
		{
			name: "one_joins_another_hierarchy", design: cas + ps2 + top + sec +
				`site PS1 primary parent={site_code="CA2",site_type="central_administration"}` + clientRoles,
			rules: []string{"HIER-NO-MERGE"},
		},
		{
			name: "secondary_below_another_site", design: cas + ps1 + ps2 + top + strings.Replace(sec, ".ps1", ".ps2", 1),
			rules: []string{"HIER-SECONDARY-NO-REPARENT"},
		},
		{
			name: "secondary_with_another_instance", design: cas + ps1 + ps2 + top + strings.Replace(sec, "CONFIGMGRSEC", "OTHER", 1),
			rules: []string{"DB-SEC-IMMUTABLE"},
		},
		{
			name: "secondary_uninstalled", design: cas + ps1 + ps2 + top,
			actions: actions{"configmgr_site.ss1": plancheck.ResourceActionDestroy, "configmgr_site.ps1": plancheck.ResourceActionNoop},
		},
	})
}

func TestAccTransition_RemovalOfTheCentralAdministrationSite(t *testing.T) {
	const (
		cas       = "site CAS central_administration\n"
		child     = "site PS1 primary parent=configmgr_site.cas" + clientRoles
		alone     = "site PS1 primary" + clientRoles
		top       = "role CAS scp01 service_connection_point\n"
		reporting = "role CAS cas reporting_services_point\n"
		moved     = "role PS1 scp02 service_connection_point new\n"
		views     = "hierarchy distributed_views=[\"PS1\"]\n"
	)
	expectTransitions(t, cas+child+top+reporting+views, []turn{
		{name: "with_roles_and_views", design: alone + moved, rules: []string{"HIER-RMCAS-LIMITS", "HIER-RMCAS-ROLES"}},
		{name: "child_uninstalled_with_views", design: cas + top + reporting + "hierarchy distributed_views=[]", rules: []string{"HIER-DVIEW-SCHEDULE"}},
		{name: "views_turned_off", design: cas + child + top + reporting, applied: true},
		{name: "with_a_reporting_services_point", design: alone + moved, rules: []string{"HIER-RMCAS-ROLES"}},
		{name: "reporting_services_point_removed", design: cas + child + top, applied: true},
		{name: "without_a_service_connection_point_below", design: alone, rules: []string{"HIER-RMCAS-ROLES"}},
		{
			name: "with_its_one_child", design: alone + moved,
			actions: actions{"configmgr_site.cas": plancheck.ResourceActionDestroy, "configmgr_site.ps1": updated, "configmgr_hierarchy.contoso": updated},
		},
	})
}

// TestAccTransition_Versions changes the version of a site: forward, past releases as
// far as an update goes, and no way back.
func TestAccTransition_Versions(t *testing.T) {
	const refused = "SITE-VERSION-UPDATE"
	site := func(version string) string { return "site PS1 primary version=\"" + version + "\"" + clientRoles }
	expectTransitions(t, site("2403"), []turn{
		{name: "lowered", design: site("2309"), rules: []string{refused}},
		{name: "past_what_an_update_can", design: site("2603"), rules: []string{refused}},
		{name: "raised", design: site("2409"), actions: actions{"configmgr_site.ps1": updated}},
		{name: "past_a_release", design: site("2509"), actions: actions{"configmgr_site.ps1": updated}},
	})
}

// TestAccTransition_VersionsOfAHierarchy updates from the top: a child may stay
// behind for a while, but not run ahead.
func TestAccTransition_VersionsOfAHierarchy(t *testing.T) {
	sites := func(cas, ps1 string) string {
		return "site CAS central_administration version=\"" + cas + "\"\nsite PS1 primary parent=configmgr_site.cas version=\"" + ps1 + "\"" + clientRoles +
			"role CAS scp01 service_connection_point\n"
	}
	expectTransitions(t, sites("2409", "2409"), []turn{
		{name: "top_first", design: sites("2503", "2409"), actions: actions{"configmgr_site.cas": updated}},
		{name: "child_first", design: sites("2409", "2503"), rules: []string{"HIER-SAME-VERSION"}},
	})
}

func TestAccTransition_PassiveSiteServer(t *testing.T) {
	const (
		library = ` content_library_path="\\\\fs01.contoso.com\\lib"`
		alone   = "site PS1 primary" + library
		passive = alone + ` passive_site_server="ps1b.contoso.com"`
		reports = "role PS1 ps1b reporting_services_point\n"
	)
	expectTransitions(t, alone+clientRoles+reports, []turn{
		{name: "on_a_server_with_a_role", design: passive + clientRoles + reports, rules: []string{"COLO-PASSIVE-EMPTY"}},
		// The warning is in TestTransition_Warnings.
		{name: "on_a_server_that_loses_its_role", design: passive + clientRoles, actions: actions{"configmgr_site.ps1": updated}},
		{name: "role_removed_first", design: alone + clientRoles, applied: true},
		{name: "on_an_empty_server", design: passive + clientRoles, applied: true, actions: actions{"configmgr_site.ps1": updated}},
		{name: "and_the_role_comes_back", design: passive + clientRoles + "role PS1 ps1b reporting_services_point new\n"},
	})
}

func TestAccTransition_ServiceConnectionPointAndPassiveSiteServer(t *testing.T) {
	const (
		alone   = `site PS1 primary content_library_path="\\\\fs01.contoso.com\\lib"`
		passive = alone + ` passive_site_server="ps1b.contoso.com"`
		onSite  = clientRoles + "role PS1 ps1 service_connection_point\n"
		away    = clientRoles + "role PS1 scp01 service_connection_point\n"
	)
	expectTransitions(t, alone+onSite, []turn{
		{name: "passive_site_server_added", design: passive + onSite, rules: []string{"COLO-SCP-NOT-HA"}},
		{name: "role_moved_off_in_the_same_step", design: passive + away, applied: true},
		{name: "role_moved_back", design: passive + onSite, rules: []string{"COLO-SCP-NOT-HA"}},
		{name: "role_moved_to_the_passive_one", design: passive + strings.Replace(onSite, " ps1 ", " ps1b ", 1), rules: []string{"COLO-SCP-NOT-HA"}},
		{name: "role_moved_back_without_passive_one", design: alone + onSite},
	})
}

// TestAccTransition_WarningsThatReplace plans what the product only does by a
// reinstallation. Terraform shows what is replaced; the warnings are in
// TestTransition_Warnings.
func TestAccTransition_WarningsThatReplace(t *testing.T) {
	const before = `site CAS central_administration
site PS1 primary parent=configmgr_site.cas install_directory="D:\\ConfigMgr"
site PS2 primary parent=configmgr_site.cas
role CAS scp01 service_connection_point
role PS1 mp01 management_point
role PS1 dp01 distribution_point
role PS1 ps1 state_migration_point
role PS2 mp02 management_point
role PS2 dp02 distribution_point
`
	change := func(old, now string) string {
		if !strings.Contains(before, old) {
			t.Fatalf("the design has no %q", old)
		}
		return strings.Replace(before, old, now, 1)
	}
	expectTransitions(t, before, []turn{
		{name: "SITE-CODE-IMMUTABLE", design: change("site PS1 primary", `site PS1 primary site_code="XYZ"`), rules: []string{"SITE-CODE-IMMUTABLE"}},
		{name: "SITE-NAME-IMMUTABLE", design: change("site PS1 primary", `site PS1 primary name="Portland"`), rules: []string{"SITE-NAME-IMMUTABLE"}},
		{name: "SITE-DIR-IMMUTABLE", design: change(`D:\\`, `E:\\`), rules: []string{"SITE-DIR-IMMUTABLE"}},
		{
			// Renamed: the server and the site server.
			name: "SRV-RENAME-IMMUTABLE", design: strings.Replace(change("site PS1 primary", `site PS1 primary site_server="ps9.contoso.com"`), "role PS1 ps1 ", "role PS1 ps9 ", 1),
			rules: []string{"SRV-RENAME-IMMUTABLE"},
		},
		{
			// The console reassigns it in place.
			name: "COLO-DP-REASSIGN", design: change("role PS1 dp01 ", "role PS2 dp01 "),
			actions: actions{"configmgr_role_assignment.dp01_distribution_point": updated, "configmgr_site_system_server.dp01": replaced},
		},
		{name: "DEP-REMOVE-LAST-MP", design: change("role PS1 mp01 management_point", ""), actions: actions{"configmgr_role_assignment.mp01_management_point": plancheck.ResourceActionDestroy}},
	})
}

// warningIDs returns the rules that warn, sorted.
func warningIDs(diags []*tfprotov6.Diagnostic) []string {
	ids := map[string]bool{}
	for _, d := range diags {
		if m := errorRule.FindStringSubmatch(d.Summary); m != nil && d.Severity == tfprotov6.DiagnosticSeverityWarning {
			ids[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// altered returns a tree with some attributes replaced.
func altered(base, by tree) tree {
	object := maps.Clone(base)
	maps.Copy(object, by)
	return object
}

// transition is a change of one resource that is allowed, at a price or for nothing.
type transition struct {
	name         string
	provider     tree
	kind         string
	prior, next  tree
	warnings     []string // what the change says beyond what the same design says when it is new
	errors       []string // the rules that refuse it
	replacedPath string   // empty when the change is made in place
}

// transitions are the changes that warn, each beside one that does not.
func transitions() []transition {
	const (
		siteKind   = "configmgr_site"
		serverKind = "configmgr_site_system_server"
		roleKind   = "configmgr_role_assignment"
		whole      = "configmgr_hierarchy"
	)
	ref := func(object tree) tree { return altered(object, tree{"id": object["site_code"]}) }
	cas := tree{"site_code": "CAS", "site_type": "central_administration", "name": "Contoso CAS", "site_server": "cas.contoso.com", "installed": true}
	ps1 := tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso PS1", "site_server": "ps1.contoso.com", "installed": true}
	ps2 := altered(ps1, tree{"site_code": "PS2", "name": "Contoso PS2", "site_server": "ps2.contoso.com"})
	ss1 := tree{"site_code": "SS1", "site_type": "secondary", "name": "Contoso SS1", "site_server": "ss1.contoso.com", "installed": true, "parent": ref(ps1)}
	server := func(host string, site tree) tree {
		return tree{"id": site["site_code"].(string) + "/" + host, "fqdn": host + ".contoso.com", "site": ref(site)}
	}
	role := func(key string, server tree) tree {
		return tree{"id": server["id"].(string) + "/" + key, "role": key, "server": server, "installed": true}
	}
	hierarchy := func(sites []tree, roles ...tree) tree {
		object := tree{"sites": tree{}, "role_assignments": tree{}}
		for _, s := range sites {
			object["sites"].(tree)[strings.ToLower(s["site_code"].(string))] = ref(s)
		}
		for i, r := range roles {
			object["role_assignments"].(tree)[fmt.Sprint(i)] = r
		}
		return object
	}
	below := altered(ps1, tree{"parent": ref(cas)})
	mp, dp := role("management_point", server("mp01", ps1)), role("distribution_point", server("dp01", ps1))
	cmgcp := role("cloud_management_gateway_connection_point", server("cmg01", ps1))
	passive := altered(ps1, tree{"passive_site_server": "ps1b.contoso.com", "content_library_path": `\\fs01.contoso.com\lib`})
	withClients := altered(ps1, tree{"clients": tree{"windows": 1000}})

	return []transition{
		{name: "site code", kind: siteKind, prior: ps1, next: altered(ps1, tree{"site_code": "XYZ"}), errors: []string{"SITE-CODE-IMMUTABLE"}, replacedPath: `AttributeName("site_code")`},
		{name: "site name", kind: siteKind, prior: ps1, next: altered(ps1, tree{"name": "Portland"}), errors: []string{"SITE-NAME-IMMUTABLE"}, replacedPath: `AttributeName("name")`},
		{name: "site name in capitals", kind: siteKind, prior: ps1, next: altered(ps1, tree{"name": "CONTOSO PS1"})},
		{
			name: "site type", kind: siteKind, prior: ps1, next: altered(ps1, tree{"site_type": "central_administration"}),
			errors: []string{"SITE-TYPE-IMMUTABLE"}, replacedPath: `AttributeName("site_type")`,
		},
		{name: "name of a site on paper", kind: siteKind, prior: altered(ps1, tree{"installed": false}), next: altered(ps1, tree{"name": "Portland"}), replacedPath: `AttributeName("name")`},
		{
			name: "directory", kind: siteKind, prior: altered(ps1, tree{"install_directory": `D:\ConfigMgr`}), next: altered(ps1, tree{"install_directory": `E:\ConfigMgr`}),
			errors: []string{"SITE-DIR-IMMUTABLE"}, replacedPath: `AttributeName("install_directory")`,
		},
		{
			name: "secondary site below another one", kind: siteKind, prior: ss1, next: altered(ss1, tree{"parent": ref(ps2)}),
			errors: []string{"HIER-SECONDARY-NO-REPARENT"}, replacedPath: `AttributeName("parent")`,
		},
		{name: "site below one that is installed", kind: siteKind, prior: ps1, next: below, errors: []string{"HIER-NO-MERGE"}},
		{name: "version lowered", kind: siteKind, prior: altered(ps1, tree{"version": "2503"}), next: altered(ps1, tree{"version": "2409"}), errors: []string{"SITE-VERSION-UPDATE"}},
		{name: "version raised past a release", kind: siteKind, prior: altered(ps1, tree{"version": "2403"}), next: altered(ps1, tree{"version": "2509"})},
		{name: "site below a new one", kind: siteKind, prior: ps1, next: altered(ps1, tree{"parent": altered(ref(cas), tree{"installed": false})})},
		{
			name: "site server renamed", kind: siteKind, prior: ps1, next: altered(ps1, tree{"site_server": "ps9.contoso.com"}),
			errors: []string{"SRV-RENAME-IMMUTABLE"}, replacedPath: `AttributeName("site_server")`,
		},
		{
			// The site says it: one warning for one cause.
			name: "server of a site server that is renamed", kind: serverKind, prior: server("ps1", ps1), next: server("ps9", altered(ps1, tree{"site_server": "ps9.contoso.com"})),
			replacedPath: `AttributeName("fqdn")`,
		},
		{
			name: "domain of a site", kind: siteKind, prior: altered(ps1, tree{"domain": "contoso.com"}), next: altered(ps1, tree{"domain": "fabrikam.com"}),
			errors: []string{"SRV-RENAME-IMMUTABLE"},
		},
		{
			name: "site server renamed where the hierarchy reports", provider: tree{"report_at": "hierarchy"}, kind: siteKind, prior: ps1, next: altered(ps1, tree{"site_server": "ps9.contoso.com"}),
			errors: []string{"SRV-RENAME-IMMUTABLE"}, replacedPath: `AttributeName("site_server")`,
		},
		{
			name: "domain of a site where the hierarchy reports", provider: tree{"report_at": "hierarchy"}, kind: siteKind,
			prior: altered(ps1, tree{"domain": "contoso.com"}), next: altered(ps1, tree{"domain": "fabrikam.com"}),
			errors: []string{"SRV-RENAME-IMMUTABLE"},
		},
		{
			name: "version that the provider block moves too far", provider: tree{"configmgr_version": "2603"}, kind: siteKind, prior: altered(ps1, tree{"version": "2403"}), next: ps1,
			errors: []string{"SITE-VERSION-UPDATE"},
		},
		{
			name: "version that a newer provider moves too far", kind: siteKind, prior: altered(ps1, tree{"version": "2403"}), next: ps1,
			warnings: []string{"SITE-VERSION-UPDATE"},
		},
		{
			name: "domain of a site server", kind: serverKind, prior: altered(server("ps1", ps1), tree{"domain": "contoso.com"}), next: altered(server("ps1", ps1), tree{"domain": "fabrikam.com"}),
			errors: []string{"SRV-RENAME-IMMUTABLE"}, replacedPath: `AttributeName("domain")`,
		},
		{name: "other server renamed", kind: serverKind, prior: server("mp01", ps1), next: server("mp02", ps1), replacedPath: `AttributeName("fqdn")`},
		{
			name: "distribution point at a secondary site", kind: roleKind, prior: dp, next: role("distribution_point", server("dp01", ss1)),
			warnings: []string{"COLO-DP-REASSIGN"}, replacedPath: `AttributeName("site_code")`,
		},
		// The console reassigns it in place.
		{name: "distribution point at another primary site", kind: roleKind, prior: dp, next: role("distribution_point", server("dp01", ps2))},
		{name: "management point at another site", kind: roleKind, prior: mp, next: role("management_point", server("mp01", ps2)), replacedPath: `AttributeName("site_code")`},
		{
			name: "distribution point at another site beside another role", kind: whole,
			prior:    hierarchy([]tree{cas, below, altered(ps2, tree{"parent": ref(cas)})}, mp, dp),
			next:     hierarchy([]tree{cas, below, altered(ps2, tree{"parent": ref(cas)})}, mp, role("distribution_point", server("dp01", ps2)), role("state_migration_point", server("dp01", ps2))),
			warnings: []string{"COLO-DP-REASSIGN"},
		},
		{name: "distribution point on another server", kind: roleKind, prior: dp, next: role("distribution_point", server("dp02", ps1)), replacedPath: `AttributeName("fqdn")`},
		{
			name: "gateway at another site", kind: whole,
			prior:    altered(hierarchy([]tree{cas, below}, mp, dp, cmgcp), tree{"cloud_management_gateways": tree{"cmg": tree{"name": "cmg.contoso.com", "site_code": "CAS", "installed": true}}}),
			next:     altered(hierarchy([]tree{cas, below}, mp, dp, cmgcp), tree{"cloud_management_gateways": tree{"cmg": tree{"name": "cmg.contoso.com", "site_code": "PS1", "installed": true}}}),
			warnings: []string{"COLO-DP-REASSIGN"},
		},
		{
			name: "last management point of a site with clients", kind: whole, prior: hierarchy([]tree{withClients}, mp, dp), next: hierarchy([]tree{ps1}, dp),
			warnings: []string{"DEP-REMOVE-LAST-MP"},
		},
		{name: "last management point of a site without clients", kind: whole, prior: hierarchy([]tree{ps1}, mp, dp), next: hierarchy([]tree{ps1}, dp)},
		{
			name: "passive site server on a server that loses its role", kind: whole,
			prior:    hierarchy([]tree{ps1}, mp, dp, role("reporting_services_point", server("ps1b", ps1))),
			next:     hierarchy([]tree{passive}, mp, dp),
			warnings: []string{"COLO-PASSIVE-EMPTY"},
		},
		{
			name: "site on a server that another site leaves", kind: whole,
			prior:    hierarchy([]tree{cas, below}, mp, dp, role("state_migration_point", server("ps2", ps1))),
			next:     hierarchy([]tree{cas, below, altered(ps2, tree{"installed": false, "parent": ref(cas)})}, mp, dp),
			warnings: []string{"COLO-SITE-SERVER-CLEAN"},
		},
		{
			name: "central administration site removed as a pre-release feature", provider: tree{"configmgr_version": "2010"}, kind: whole,
			prior: hierarchy([]tree{cas, below}, mp, dp), next: hierarchy([]tree{ps1}, mp, dp), warnings: []string{"HIER-RMCAS-VERSION"},
		},
		{
			name: "central administration site removed behind the latest version", provider: tree{"configmgr_version": "2503", "review_date": "2026-06-01"}, kind: whole,
			prior: altered(hierarchy([]tree{cas, below}, mp, dp), tree{"distributed_views": []any{}}), next: hierarchy([]tree{ps1}, mp, dp), warnings: []string{"HIER-RMCAS-LIMITS"},
		},
	}
}

// TestTransition_Warnings plans the transitions by the protocol.
func TestTransition_Warnings(t *testing.T) {
	for _, c := range transitions() {
		t.Run(c.name, func(t *testing.T) {
			s := configure(t, c.provider)
			before := s.plan(t, c.kind, c.prior, nil)
			if errors := errorsOf(before.diags); len(errors) > 0 {
				t.Fatalf("the first design: %s", describe(errors))
			}
			fresh := warningIDs(s.plan(t, c.kind, c.next, nil).diags)
			next := s.plan(t, c.kind, c.next, before.object)
			var refused []string
			for _, d := range errorsOf(next.diags) {
				id, _, _ := strings.Cut(d.Summary, ":")
				refused = append(refused, id)
			}
			if !slices.Equal(refused, c.errors) {
				t.Errorf("errors %v, expected %v: %s", refused, c.errors, describe(errorsOf(next.diags)))
			}
			found := slices.DeleteFunc(warningIDs(next.diags), func(id string) bool { return slices.Contains(fresh, id) })
			if !slices.Equal(found, c.warnings) {
				t.Errorf("warnings %v, expected %v:%s", found, c.warnings, describe(next.diags))
			}
			switch {
			case c.replacedPath == "" && len(next.replaced) > 0:
				t.Errorf("replaced because of %v", next.replaced)
			case c.replacedPath != "" && (len(next.replaced) != 1 || next.replaced[0] != c.replacedPath):
				t.Errorf("replaced because of %v, expected %s", next.replaced, c.replacedPath)
			}
		})
	}
}

// TestTransition_Refused plans changes of an installed element that the product cannot
// carry out, with the elements reporting and with the hierarchy reporting: what compares
// an element with its prior state, the element says in both.
func TestTransition_Refused(t *testing.T) {
	const siteKind, whole = "configmgr_site", "configmgr_hierarchy"
	cas := tree{"id": "CAS", "site_code": "CAS", "site_type": "central_administration", "name": "Contoso CAS", "site_server": "cas.contoso.com", "installed": true}
	ps1 := tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso PS1", "site_server": "ps1.contoso.com", "installed": true}
	passive := altered(ps1, tree{"passive_site_server": "ps1b.contoso.com", "content_library_path": `\\fs01.contoso.com\lib`})
	listed := func(site tree, roles ...tree) tree {
		object := tree{"sites": tree{"ps1": altered(site, tree{"id": "PS1"})}, "role_assignments": tree{}}
		for i, r := range roles {
			object["role_assignments"].(tree)[fmt.Sprint(i)] = r
		}
		return object
	}
	server := tree{"id": "PS1/ps1.contoso.com", "fqdn": "ps1.contoso.com", "site": altered(ps1, tree{"id": "PS1"})}
	replica := tree{
		"id": "PS1/ps1.contoso.com/management_point", "role": "management_point", "server": server, "installed": true,
		"management_point": tree{"database_replica": tree{"server": "rep01.contoso.com", "database_name": "CM_REP"}},
	}
	gateway := tree{"g": tree{"name": "contosocmg", "site_code": "CAS", "deployment": "virtual_machine_scale_set", "installed": true}}
	for _, c := range []struct {
		name         string
		before, next tree // of the provider
		kind         string
		prior, then  tree
		rule         string
	}{
		{name: "hierarchies merged", kind: siteKind, prior: ps1, then: altered(ps1, tree{"parent": cas}), rule: "HIER-NO-MERGE"},
		{name: "to another hierarchy", kind: siteKind, prior: altered(ps1, tree{"parent": cas}), then: altered(ps1, tree{"parent": altered(cas, tree{"id": "CA2", "site_code": "CA2"})}), rule: "HIER-NO-MERGE"},
		{name: "downgraded", kind: siteKind, prior: altered(ps1, tree{"version": "2503"}), then: altered(ps1, tree{"version": "2409"}), rule: "SITE-VERSION-UPDATE"},
		{name: "downgraded through the default", before: tree{"configmgr_version": "2503"}, next: tree{"configmgr_version": "2409"}, kind: siteKind, prior: ps1, then: ps1, rule: "SITE-VERSION-UPDATE"},
		{name: "updated too far", kind: siteKind, prior: altered(ps1, tree{"version": "2403"}), then: altered(ps1, tree{"version": "2603"}), rule: "SITE-VERSION-UPDATE"},
		{
			name: "database moved by a promotion", kind: siteKind, prior: passive,
			then: altered(passive, tree{"site_server": "ps1b.contoso.com", "passive_site_server": "ps1.contoso.com"}), rule: "DB-PROMOTION-KEEPS",
		},
		{name: "updated beside a replica", kind: whole, prior: listed(altered(ps1, tree{"version": "2509"}), replica), then: listed(altered(ps1, tree{"version": "2603"}), replica), rule: "MPREP-UPGRADE"},
		{
			name: "central administration site removed with its gateway", kind: whole,
			prior: tree{"sites": tree{"cas": cas, "ps1": altered(ps1, tree{"id": "PS1", "parent": cas})}, "role_assignments": tree{}, "cloud_management_gateways": gateway},
			then:  listed(ps1), rule: "HIER-RMCAS-ROLES",
		},
	} {
		for _, place := range []string{"element", "hierarchy"} {
			t.Run(c.name+" at "+place, func(t *testing.T) {
				at := tree{"report_at": place}
				before := configure(t, altered(at, c.before)).plan(t, c.kind, c.prior, nil)
				next := configure(t, altered(at, c.next)).plan(t, c.kind, c.then, before.object)
				var found []string
				for _, d := range errorsOf(next.diags) {
					found = append(found, strings.SplitN(d.Summary, ":", 2)[0])
				}
				if !slices.Contains(found, c.rule) || slices.ContainsFunc(found, func(id string) bool { return id != c.rule }) && c.kind == siteKind {
					t.Errorf("errors %v, expected %s:%s", found, c.rule, describe(next.diags))
				}
			})
		}
	}
}

// TestTransition_RemovalBeforeTheProductCould is an error where the version cannot
// remove a central administration site at all.
func TestTransition_RemovalBeforeTheProductCould(t *testing.T) {
	s := configure(t, tree{"configmgr_version": "1910"})
	cas := tree{"id": "CAS", "site_code": "CAS", "site_type": "central_administration", "site_server": "cas.contoso.com", "installed": true}
	ps1 := tree{"id": "PS1", "site_code": "PS1", "site_type": "primary", "site_server": "ps1.contoso.com", "installed": true}
	prior := s.plan(t, "configmgr_hierarchy", tree{"sites": tree{"cas": cas, "ps1": altered(ps1, tree{"parent": cas})}, "role_assignments": tree{}}, nil)
	next := s.plan(t, "configmgr_hierarchy", tree{"sites": tree{"ps1": ps1}, "role_assignments": tree{}}, prior.object)
	var found []string
	for _, d := range errorsOf(next.diags) {
		found = append(found, strings.SplitN(d.Summary, ":", 2)[0])
	}
	if !slices.Contains(found, "HIER-RMCAS-VERSION") {
		t.Errorf("errors %v, expected HIER-RMCAS-VERSION", found)
	}
}
