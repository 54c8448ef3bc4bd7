package provider

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// The smallest objects of each kind, and what the provider adds to them.
var (
	siteConfig = tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com"}
	siteState  = merged(siteConfig, tree{"id": "PS1", "tier": "stand_alone_primary", "version": product.DefaultVersion.String(), "report_at": nil})

	serverConfig = tree{"fqdn": "mp01.contoso.com", "site": siteState}
	serverState  = tree{
		"fqdn": "mp01.contoso.com", "id": "PS1/mp01.contoso.com", "site_code": "PS1", "site_facts": "stand_alone_primary on cm01.contoso.com, " + product.DefaultVersion.String(), "report_at": nil,
	}

	assignmentConfig = tree{"server": serverState, "role": "management_point"}
	assignmentState  = tree{
		"role": "management_point", "id": "PS1/mp01.contoso.com/management_point", "site_code": "PS1", "fqdn": "mp01.contoso.com",
		"wmi_role_name": "SMS Management Point", "install_command": "Add-CMManagementPoint -SiteSystemServerName 'mp01.contoso.com' -SiteCode 'PS1'", "report_at": nil,
	}

	hierarchyConfig = tree{
		"sites":               tree{"ps1": siteState},
		"site_system_servers": tree{"mp01": serverState},
		"role_assignments":    tree{"mp01": assignmentState},
		"accepted_findings":   tree{"ROLE-CARD-SCP-MIN": "no internet access"},
	}
	hierarchyState = tree{
		"accepted_findings": hierarchyConfig["accepted_findings"], "id": "PS1", "top_level_site_code": "PS1",
		"design": tree{"PS1": "stand_alone_primary on cm01.contoso.com, " + product.DefaultVersion.String(), "PS1/mp01.contoso.com": "management_point"},
	}

	configs = map[string]tree{
		"configmgr_site": siteConfig, "configmgr_site_system_server": serverConfig,
		"configmgr_role_assignment": assignmentConfig, "configmgr_hierarchy": hierarchyConfig,
	}
	states = map[string]tree{
		"configmgr_site": siteState, "configmgr_site_system_server": serverState,
		"configmgr_role_assignment": assignmentState, "configmgr_hierarchy": hierarchyState,
	}
)

// merged returns the attributes of both objects, those of the second one first.
func merged(object, with tree) tree {
	all := tree{}
	for _, part := range []tree{object, with} {
		for name, v := range part {
			all[name] = v
		}
	}
	return all
}

func TestPlan_ComputesEveryComputedAttribute(t *testing.T) {
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		planned := s.plan(t, kind, configs[kind], nil)
		if len(planned.diags) > 0 {
			t.Errorf("%s: %s", kind, describe(planned.diags))
		}
		for _, a := range s.schema(t, kind).Block.Attributes {
			if !a.Computed {
				continue
			}
			got := planned.object[a.Name]
			if want, ok := states[kind][a.Name]; ok && !reflect.DeepEqual(got, want) {
				t.Errorf("%s.%s is planned as %v, expected %v", kind, a.Name, got, want)
			} else if !ok && (got == nil || !isKnown(got)) {
				t.Errorf("%s.%s is planned as %v, expected what automation needs", kind, a.Name, got)
			}
		}
	}
}

// isKnown reports whether all of a value is known.
func isKnown(v any) bool {
	switch v := v.(type) {
	case model.UnknownValue:
		return false
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !isKnown(e) })
	case tree:
		for _, e := range v {
			if !isKnown(e) {
				return false
			}
		}
	}
	return true
}

func TestPlan_Destroy(t *testing.T) {
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		planned := s.plan(t, kind, nil, states[kind])
		if planned.object != nil || len(planned.diags) > 0 || len(planned.replaced) > 0 {
			t.Errorf("%s: planned %s%s", kind, describeTree(planned.object), describe(planned.diags))
		}
		applied := s.apply(t, kind, nil, nil, states[kind])
		if applied.object != nil || len(applied.diags) > 0 {
			t.Errorf("%s: recorded %s%s", kind, describeTree(applied.object), describe(applied.diags))
		}
	}
}

func TestRead_LeavesTheStateAsItIs(t *testing.T) {
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		schema := s.schema(t, kind)
		state := dynamicValue(t, schema.ValueType(), states[kind])
		resp, err := s.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{TypeName: kind, CurrentState: state})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := readTree(t, schema, resp.NewState), readTree(t, schema, state); !reflect.DeepEqual(got, want) || len(resp.Diagnostics) > 0 {
			t.Errorf("%s: read %s, expected %s%s", kind, describeTree(got), describeTree(want), describe(resp.Diagnostics))
		}
	}
}

// TestApply_RecomputesWhatWasUnknown hands every resource a plan whose computed
// attributes were not known, together with inputs that are.
func TestApply_RecomputesWhatWasUnknown(t *testing.T) {
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		var computed []string
		planned := merged(configs[kind], nil)
		for _, a := range s.schema(t, kind).Block.Attributes {
			if a.Computed {
				computed = append(computed, a.Name)
				planned[a.Name] = model.UnknownValue{}
			}
		}
		known := s.plan(t, kind, configs[kind], nil).object
		created := s.apply(t, kind, configs[kind], planned, nil)
		updated := s.apply(t, kind, configs[kind], planned, states[kind])
		for _, name := range computed {
			if want := known[name]; !reflect.DeepEqual(created.object[name], want) || !reflect.DeepEqual(updated.object[name], want) {
				t.Errorf("%s.%s: created as %v and updated to %v, expected %v", kind, name, created.object[name], updated.object[name], want)
			}
		}
		if len(created.diags)+len(updated.diags) > 0 {
			t.Errorf("%s: %s%s", kind, describe(created.diags), describe(updated.diags))
		}
	}
}

func TestPlan_Replacements(t *testing.T) {
	s := configure(t, nil)
	unknown := model.UnknownValue{}
	attribute := func(name string) []string { return []string{`AttributeName("` + name + `")`} }
	promoted := tree{"passive_site_server": "cm02.contoso.com", "content_library_path": `\\fs01.contoso.com\Library`}
	secondary := tree{"site_type": "secondary", "tier": "secondary", "parent": merged(siteState, nil), "site_code": "SS1", "id": "SS1", "site_server": "ss01.contoso.com"}
	reporting := tree{"role": "reporting_services_point", "reporting_services_point": tree{"folder_name": "A", "report_server_instance": "SSRS"}}
	for _, c := range []struct {
		name, kind string
		prior      tree // added to the smallest state
		planned    tree // added to that, as the new configuration
		want       []string
	}{
		{"nothing", "configmgr_site", nil, nil, nil},
		{"code", "configmgr_site", nil, tree{"site_code": "PS2"}, attribute("site_code")},
		{"code not known", "configmgr_site", nil, tree{"site_code": unknown}, attribute("site_code")},
		{"case of the code", "configmgr_site", tree{"site_code": "ps1"}, tree{"site_code": "PS1"}, nil},
		{"name", "configmgr_site", nil, tree{"name": "Fabrikam"}, attribute("name")},
		{"case of the name", "configmgr_site", nil, tree{"name": "CONTOSO"}, nil},
		{"type", "configmgr_site", nil, tree{"site_type": "central_administration"}, attribute("site_type")},
		{"type not known", "configmgr_site", nil, tree{"site_type": unknown}, attribute("site_type")},
		{"directory", "configmgr_site", tree{"install_directory": `D:\A`}, tree{"install_directory": `D:\B`}, attribute("install_directory")},
		{"spelling of the directory", "configmgr_site", tree{"install_directory": `D:\ConfigMgr`}, tree{"install_directory": `d:\configmgr\`}, nil},
		{"directory declared", "configmgr_site", nil, tree{"install_directory": `D:\B`}, nil},
		{"directory no longer declared", "configmgr_site", tree{"install_directory": `D:\A`}, tree{"install_directory": nil}, nil},
		{"site server", "configmgr_site", nil, tree{"site_server": "cm02.contoso.com"}, attribute("site_server")},
		{"spelling of the site server", "configmgr_site", nil, tree{"site_server": "CM01.contoso.com."}, nil},
		{"spelling of the promoted site server", "configmgr_site", promoted, tree{"site_server": "cm02.contoso.com.", "passive_site_server": "cm01.contoso.com"}, nil},
		{"site server not known", "configmgr_site", nil, tree{"site_server": unknown}, attribute("site_server")},
		{"promotion", "configmgr_site", promoted, tree{"site_server": "CM02.contoso.com", "passive_site_server": "cm01.contoso.com"}, nil},
		{"promotion without a new passive site server", "configmgr_site", promoted, tree{"site_server": "cm02.contoso.com", "passive_site_server": nil}, nil},
		{"site server beside the passive one", "configmgr_site", promoted, tree{"site_server": "cm03.contoso.com"}, attribute("site_server")},
		{"parent of a primary site", "configmgr_site", nil, tree{"parent": tree{"site_code": "CAS", "site_type": "central_administration"}}, nil},
		{"parent of a secondary site", "configmgr_site", secondary, tree{"parent": tree{"site_code": "PS2", "site_type": "primary"}}, attribute("parent")},
		{"parent of a site that may stay a secondary one", "configmgr_site", secondary, tree{"site_type": unknown, "parent": tree{"site_code": "PS2", "site_type": "primary"}},
			append(attribute("parent"), attribute("site_type")...)},
		{"parent of a secondary site not known", "configmgr_site", secondary, tree{"parent": unknown}, attribute("parent")},
		{"case of the parent of a secondary site", "configmgr_site", secondary, tree{"parent": tree{"site_code": "ps1", "site_type": "primary"}}, nil},
		{"database block that says the default", "configmgr_site", secondary, tree{"database": tree{"server": "SS01.contoso.com."}}, nil},
		{"database block that said the default", "configmgr_site", merged(secondary, tree{"database": tree{"server": "ss01.contoso.com", "instance": "CONFIGMGRSEC"}}), tree{"database": nil}, nil},
		{"empty database block", "configmgr_site", secondary, tree{"database": tree{}}, nil},
		{"spelling of the database server", "configmgr_site", merged(secondary, tree{"database": tree{"server": "sql01.contoso.com"}}), tree{"database": tree{"server": "SQL01.contoso.com."}}, nil},
		{"database server", "configmgr_site", secondary, tree{"database": tree{"server": "sql01.contoso.com"}}, attribute("database")},
		{"database server not known", "configmgr_site", secondary, tree{"database": tree{"server": unknown}}, attribute("database")},
		{"database instance", "configmgr_site", merged(secondary, tree{"database": tree{"instance": "A"}}), tree{"database": tree{"instance": "B"}}, attribute("database")},
		{"parent of an imported secondary site", "configmgr_site", merged(secondary, tree{"parent": nil}), tree{"parent": siteState}, nil},
		{"after an import", "configmgr_site", tree{"site_type": nil, "name": nil, "site_server": nil, "tier": nil, "version": nil}, siteConfig, nil},
		{"server", "configmgr_site_system_server", nil, tree{"fqdn": "mp02.contoso.com"}, attribute("fqdn")},
		{"case of the server", "configmgr_site_system_server", nil, tree{"fqdn": "MP01.contoso.com"}, nil},
		{"spelling of the server", "configmgr_site_system_server", tree{"domain": "contoso.com"}, tree{"fqdn": "mp01.contoso.com.", "domain": "CONTOSO.com."}, nil},
		{"site of a server", "configmgr_site_system_server", nil, tree{"site": merged(siteState, tree{"site_code": "PS2", "id": "PS2"})}, attribute("site_code")},
		{"site of a server not known", "configmgr_site_system_server", nil, tree{"site": unknown}, attribute("site_code")},
		{"system of a server", "configmgr_site_system_server", nil, tree{"operating_system": "windows_server_2022"}, nil},
		{"role", "configmgr_role_assignment", nil, tree{"role": "distribution_point"}, attribute("role")},
		{"role not known", "configmgr_role_assignment", nil, tree{"role": unknown}, attribute("role")},
		{"server of a role", "configmgr_role_assignment", nil, tree{"server": merged(serverState, tree{"fqdn": "mp02.contoso.com"})}, attribute("fqdn")},
		{"server of a role not known", "configmgr_role_assignment", nil, tree{"server": unknown}, append(attribute("fqdn"), attribute("site_code")...)},
		{"system of the server of a role", "configmgr_role_assignment", nil, tree{"server": merged(serverState, tree{"operating_system": "windows_server_2022"})}, nil},
		{"folder of the reports", "configmgr_role_assignment", reporting, tree{"reporting_services_point": tree{"folder_name": "B", "report_server_instance": "SSRS"}},
			[]string{`AttributeName("reporting_services_point").AttributeName("folder_name")`}},
		{"instance of the reports not known", "configmgr_role_assignment", reporting, tree{"reporting_services_point": tree{"folder_name": "A", "report_server_instance": unknown}},
			[]string{`AttributeName("reporting_services_point").AttributeName("report_server_instance")`}},
		{"settings of the reports no longer declared", "configmgr_role_assignment", reporting, tree{"reporting_services_point": nil}, nil},
		{"sites of a hierarchy", "configmgr_hierarchy", nil, tree{"sites": tree{"x": siteState}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			prior := merged(states[c.kind], c.prior)
			config := merged(merged(configs[c.kind], c.prior), c.planned)
			for _, a := range s.schema(t, c.kind).Block.Attributes {
				if a.Computed {
					delete(config, a.Name)
				}
			}
			for _, a := range s.schema(t, c.kind).Block.Attributes {
				if a.WriteOnly {
					delete(prior, a.Name)
				}
			}
			got := s.plan(t, c.kind, config, prior).replaced
			if !slices.Equal(got, c.want) {
				t.Errorf("replaced because of %v, expected %v", got, c.want)
			}
		})
	}
}

// TestPlan_WrittenReferences has a site with a reserved code at different distances.
// One with an id was checked by its own resource; one without is checked where it is
// written, once.
func TestPlan_WrittenReferences(t *testing.T) {
	const rule = "SITE-CODE-RESERVED"
	written := tree{"site_code": "AUX", "site_type": "primary"}
	known := merged(written, tree{"id": "AUX"})
	server := func(site tree) tree { return tree{"fqdn": "mp01.contoso.com", "site": site} }
	knownServer := func(tree) tree {
		return tree{"fqdn": "mp01.contoso.com", "id": "AUX/mp01.contoso.com", "site_code": "AUX", "site_facts": "stand_alone_primary on cm01.contoso.com"}
	}
	assignment := func(server tree) tree { return tree{"server": server, "role": "management_point"} }
	knownAssignment := func(tree) tree {
		return tree{"role": "management_point", "id": "AUX/mp01.contoso.com/management_point", "site_code": "AUX", "fqdn": "mp01.contoso.com"}
	}
	cas := tree{"site_code": "CAS", "site_type": "central_administration"}
	hierarchy := func(site, assignment tree) tree {
		return tree{"sites": tree{"x": site}, "site_system_servers": tree{"mp01": knownServer(known)}, "role_assignments": tree{"mp01": assignment}}
	}
	secondary := merged(siteConfig, tree{"site_type": "secondary"})
	for _, c := range []struct {
		name, kind string
		config     tree
		want       string // the path of the one finding
	}{
		{"site of a server", "configmgr_site_system_server", server(written), `AttributeName("site")`},
		{"known site of a server", "configmgr_site_system_server", server(known), ""},
		{"site of the server of a role", "configmgr_role_assignment", assignment(server(written)), `AttributeName("server")`},
		{"known site of the server of a role", "configmgr_role_assignment", assignment(server(known)), ""},
		{"site of the known server of a role", "configmgr_role_assignment", assignment(knownServer(written)), ""},
		{"parent", "configmgr_site", merged(secondary, tree{"parent": written}), `AttributeName("parent")`},
		{"known parent", "configmgr_site", merged(secondary, tree{"parent": known}), ""},
		{"parent of a parent", "configmgr_site", merged(secondary, tree{"parent": tree{"site_code": "PS2", "site_type": "primary", "parent": merged(cas, tree{"site_code": "AUX"})}}),
			`AttributeName("parent")`},
		{"parent of a known parent", "configmgr_site", merged(secondary, tree{"parent": tree{"id": "PS2", "site_code": "PS2", "site_type": "primary", "parent": merged(cas, tree{"site_code": "AUX"})}}), ""},
		{"site of a hierarchy", "configmgr_hierarchy", hierarchy(written, knownAssignment(knownServer(known))), `AttributeName("sites")`},
		{"site of a hierarchy, all written", "configmgr_hierarchy", hierarchy(written, assignment(server(written))), `AttributeName("sites")`},
		{"known site of a hierarchy", "configmgr_hierarchy", hierarchy(known, knownAssignment(knownServer(known))), ""},
		{"known site of a hierarchy, the rest written", "configmgr_hierarchy", hierarchy(known, assignment(server(written))), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var paths []string
			diags := configure(t, nil).plan(t, c.kind, c.config, nil).diags
			for _, d := range errorsOf(diags) {
				if m := errorRule.FindStringSubmatch(d.Summary); m == nil || m[1] != rule {
					t.Errorf("another error: %s", describe([]*tfprotov6.Diagnostic{d}))
					continue
				}
				paths = append(paths, d.Attribute.String())
			}
			if want := []string{c.want}; c.want == "" && len(paths) > 0 || c.want != "" && !slices.Equal(paths, want) {
				t.Errorf("%s found at %q, expected at %q", rule, paths, c.want)
			}
		})
	}
}

// TestPlan_HierarchyKeepsItsID changes the top-level site of a hierarchy.
func TestPlan_HierarchyKeepsItsID(t *testing.T) {
	cas := tree{"id": "CAS", "site_code": "CAS", "site_type": "central_administration", "name": "CAS", "site_server": "cas01.contoso.com", "tier": "central_administration"}
	child := merged(siteState, tree{"tier": "child_primary", "parent": cas})
	config := merged(hierarchyConfig, tree{"sites": tree{"cas": cas, "ps1": child}})
	for _, c := range []struct {
		name    string
		prior   tree
		id, top any
	}{
		{"new", nil, "CAS", "CAS"},
		{"expanded", hierarchyState, "PS1", "CAS"},
		{"expanded, id not recorded", merged(hierarchyState, tree{"id": nil}), "CAS", "CAS"},
	} {
		object := configure(t, nil).plan(t, "configmgr_hierarchy", config, c.prior).object
		if object["id"] != c.id || object["top_level_site_code"] != c.top {
			t.Errorf("%s: id %v and top %v, expected %v and %v", c.name, object["id"], object["top_level_site_code"], c.id, c.top)
		}
	}
}
