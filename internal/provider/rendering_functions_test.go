package provider

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// The tests below call functions over the protocol.

// inferred turns a tree into a value whose type is that of an expression in a
// configuration: objects and tuples.
func inferred(t testing.TB, node any) tftypes.Value {
	t.Helper()
	switch node := node.(type) {
	case nil:
		return tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	case model.UnknownValue:
		return tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)
	case string:
		return tftypes.NewValue(tftypes.String, node)
	case bool:
		return tftypes.NewValue(tftypes.Bool, node)
	case int:
		return tftypes.NewValue(tftypes.Number, int64(node))
	case int64, float64:
		return tftypes.NewValue(tftypes.Number, node)
	case []any:
		elements, types := make([]tftypes.Value, len(node)), make([]tftypes.Type, len(node))
		for i := range node {
			elements[i] = inferred(t, node[i])
			types[i] = elements[i].Type()
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, elements)
	case tree:
		elements, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
		for name := range node {
			elements[name] = inferred(t, node[name])
			types[name] = elements[name].Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, elements)
	default:
		t.Fatalf("a %T in a tree", node)
		return tftypes.Value{}
	}
}

// call calls a function of the provider. A string argument stands for itself, anything
// else is dynamic.
func (s *server) call(t testing.TB, name string, arguments ...any) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
	request := &tfprotov6.CallFunctionRequest{Name: name}
	for _, a := range arguments {
		var typ tftypes.Type = tftypes.DynamicPseudoType
		if _, ok := a.(string); ok {
			typ = tftypes.String
		}
		v, err := tfprotov6.NewDynamicValue(typ, inferred(t, a))
		if err != nil {
			t.Fatal(err)
		}
		request.Arguments = append(request.Arguments, &v)
	}
	resp, err := s.CallFunction(context.Background(), request)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		return tftypes.Value{}, resp.Error
	}
	typ := s.schemas.Functions[name].Return.Type
	v, err := resp.Result.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}
	return v, nil
}

// renderers are the functions of a hierarchy that describe it as a whole, with the
// arguments that they take besides.
var renderers = map[string][]any{
	"setup_script": {"PS1", nil}, "install_script": {tree{}}, "verification_script": nil, "active_directory_script": nil, "sql_server_setup": {"PS1"},
	"dsc_configuration_data": nil, "ansible_inventory": nil, "firewall_rules": nil, "firewall_csv": nil, "firewall_script": nil, "mermaid_diagram": nil,
	"design_document": {tree{}},
}

// callRenderer calls a function that renders, with the arguments that it has besides.
func (s *server) callRenderer(t testing.TB, name string, hierarchy any) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
	return s.call(t, name, append([]any{hierarchy}, renderers[name]...)...)
}

// plainHierarchy is a small hierarchy written by hand.
func plainHierarchy() tree {
	ps1 := tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com", "passive_site_server": "cm02.contoso.com", "content_library_path": `\\fs01.contoso.com\Library`}
	s01 := tree{"site_code": "S01", "site_type": "secondary", "name": "Branch", "site_server": "s01.contoso.com", "parent": ps1}
	return tree{
		"sites":            tree{"ps1": ps1, "s01": s01},
		"role_assignments": tree{"mp": tree{"role": "management_point", "server": tree{"fqdn": "mp01.contoso.com", "site": ps1}}},
	}
}

// but returns a copy of a tree with the value at a path replaced, or taken away by nil.
func but(t testing.TB, object tree, value any, path ...string) tree {
	t.Helper()
	changed := tree{}
	for name, v := range object {
		changed[name] = v
	}
	switch {
	case len(path) > 1:
		nested, _ := object[path[0]].(tree)
		changed[path[0]] = but(t, nested, value, path[1:]...)
	case value == nil:
		delete(changed, path[0])
	default:
		changed[path[0]] = value
	}
	return changed
}

func TestRenderers_UnknownAnywhereIsUnknown(t *testing.T) {
	s := configure(t, nil)
	for name := range renderers {
		for _, path := range [][]string{{"sites"}, {"sites", "ps1", "version"}, {"role_assignments", "mp", "server", "fqdn"}} {
			v, funcErr := s.callRenderer(t, name, but(t, plainHierarchy(), model.UnknownValue{}, path...))
			if funcErr != nil || v.IsKnown() {
				t.Errorf("%s with an unknown %v: %v, %v", name, path, v, funcErr)
			}
		}
	}
}

func TestRenderers_SayWhatIsWrongAndWhere(t *testing.T) {
	s := configure(t, nil)
	for _, test := range []struct {
		value any
		path  []string
		want  string
	}{
		{"Contoso", []string{"sites", "ps1", "nam"}, `sites["ps1"].nam: An attribute named "nam" is not expected here. Did you mean "name"?`},
		{"x", []string{"role_assignments", "mp", "server", "fqdm"}, `role_assignments["mp"].server.fqdm`},
		{nil, []string{"sites", "ps1", "site_server"}, `sites["ps1"].site_server: The value is needed here, as in site_server = "cm01.contoso.com"`},
		{"cm01; calc", []string{"sites", "ps1", "site_server"}, `sites["ps1"].site_server`},
		{"manager", []string{"role_assignments", "mp", "role"}, `role_assignments["mp"].role`},
		{"XXX", []string{"role_assignments", "mp", "server", "site", "site_code"}, `role_assignments["mp"]`},
		{"PS1", []string{"sites", "s01", "site_code"}, `sites["s01"].site_code: The code "PS1" is also that of sites["ps1"]`},
		{true, []string{"sites"}, `sites: A map is required, not a bool`},
	} {
		for name := range renderers {
			_, funcErr := s.callRenderer(t, name, but(t, plainHierarchy(), test.value, test.path...))
			if funcErr == nil || !strings.Contains(funcErr.Text, test.want) || funcErr.FunctionArgument == nil || *funcErr.FunctionArgument != 0 {
				t.Errorf("%s with %v at %v: %v, expected %s at the first argument", name, test.value, test.path, funcErr, test.want)
			}
		}
	}
}

func TestSetupScript_WhatIsRefused(t *testing.T) {
	s := configure(t, nil)
	for _, test := range []struct {
		code     string
		options  any
		argument int64
		want     string
	}{
		{"S01", nil, 1, "New-CMSecondarySite"},
		{"cm02.contoso.com", nil, 1, "Add-CMPassiveSite"},
		{"PS2", nil, 1, `lists no site "PS2". Its sites: "PS1", "S01"`},
		{"PS1", tree{"product_id": "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"}, 2, "No product key or password is accepted"},
		{"PS1", tree{"sa_password": "x"}, 2, "No product key or password is accepted"},
		{"PS1", tree{"admin_consol": true}, 2, `Did you mean "admin_console"?`},
		{"PS1", tree{"admin_console": "yes"}, 2, "options are not valid. admin_console: A bool is required"},
		{"PS1", tree{"prerequisite_path": "somewhere"}, 2, "prerequisite_path"},
		{"PS1", tree{"server_languages": []any{"DEU", "GER"}}, 2, `options.server_languages[1]: Setup has no language pack "GER"`},
		{"PS1", tree{"software_assurance_expiration": "31.12.2027"}, 2, "software_assurance_expiration"},
	} {
		_, funcErr := s.call(t, "setup_script", plainHierarchy(), test.code, test.options)
		if funcErr == nil || !strings.Contains(funcErr.Text, test.want) || *funcErr.FunctionArgument != test.argument {
			t.Errorf("%s with %v: %v, expected %q at argument %d", test.code, test.options, funcErr, test.want, test.argument)
		}
		if funcErr != nil && strings.Contains(funcErr.Text, "AAAAA") {
			t.Errorf("the error repeats the product key: %s", funcErr.Text)
		}
	}
}

// TestFunctions_TakeWholeResources passes what a plan makes of resources, outputs included.
func TestFunctions_TakeWholeResources(t *testing.T) {
	s := configure(t, nil)
	site := s.plan(t, "configmgr_site", tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com"}, nil)
	serverPlan := s.plan(t, "configmgr_site_system_server", tree{"fqdn": "mp01.contoso.com", "site": site.object}, nil)
	role := s.plan(t, "configmgr_role_assignment", tree{"role": "management_point", "server": serverPlan.object, "management_point": tree{"protocol": "https"}}, nil)
	objects := tree{"sites": tree{"a": site.object}, "site_system_servers": tree{"c": serverPlan.object}, "role_assignments": tree{"b": role.object}}
	whole := s.plan(t, "configmgr_hierarchy", objects, nil)
	for _, c := range []change{site, serverPlan, role, whole} {
		if errors := errorsOf(c.diags); len(errors) > 0 {
			t.Fatal(describe(errors))
		}
	}
	// The same written by hand: the assignment carries its server.
	byHand := but(t, objects, tree{"role": "management_point", "server": serverPlan.object, "management_point": tree{"protocol": "https"}}, "role_assignments", "b")
	for name := range renderers {
		joined, funcErr := s.callRenderer(t, name, objects)
		if funcErr != nil {
			t.Fatalf("%s of objects: %s", name, funcErr.Text)
		}
		carried, funcErr := s.callRenderer(t, name, byHand)
		if funcErr != nil {
			t.Fatalf("%s of objects by hand: %s", name, funcErr.Text)
		}
		if !joined.Equal(carried) {
			t.Errorf("%s differs: %v, %v", name, joined, carried)
		}
		if _, funcErr := s.callRenderer(t, name, whole.object); funcErr == nil || !strings.Contains(funcErr.Text, "are write-only") {
			t.Errorf("%s of a hierarchy: %+v", name, funcErr)
		}
		if _, funcErr := s.callRenderer(t, name, tree{}); funcErr == nil || !strings.Contains(funcErr.Text, "sites: The topology needs it") || !strings.Contains(funcErr.Text, "role_assignments: The topology needs it") {
			t.Errorf("%s of nothing: %+v", name, funcErr)
		}
	}
	for _, topology := range []tree{objects, byHand} {
		if _, funcErr := s.call(t, "check_topology", topology, nil); funcErr != nil {
			t.Errorf("check_topology: %s", funcErr.Text)
		}
	}
	s.expectArgumentError(t, "check_topology", 0, "sites: The topology needs it", tree{}, tree{})
}

// golden are the files that the render package expects of the complete example, by the
// function and its further arguments.
const golden = "../render/testdata"

// completeTopology is the topology of the complete example.
func completeTopology(t *testing.T) tree {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(golden, "complete.json"))
	if err != nil {
		t.Fatal(err)
	}
	var complete tree
	if err := json.Unmarshal(content, &complete); err != nil {
		t.Fatal(err)
	}
	return complete
}

func TestFunctions_RenderTheCompleteExample(t *testing.T) {
	complete := completeTopology(t)
	s := configure(t, nil)
	for file, name := range map[string]string{
		"install.ps1": "install_script", "data.psd1": "dsc_configuration_data", "inventory.yml": "ansible_inventory", "diagram.mmd": "mermaid_diagram",
		"verify.ps1": "verification_script", "directory.ps1": "active_directory_script", "firewall.csv": "firewall_csv", "firewall.ps1": "firewall_script",
	} {
		v, funcErr := s.callRenderer(t, name, complete)
		if funcErr != nil {
			t.Fatalf("%s: %s", name, funcErr.Text)
		}
		expectFile(t, v, file)
	}
	for _, code := range []string{"CAS", "SEA", "LON"} {
		v, funcErr := s.call(t, "setup_script", complete, code, tree{
			"prerequisite_path": `D:\Prerequisites`, "prerequisites_downloaded": true, "admin_console": true, "mobile_device_language": false,
			"server_languages": []any{"FRA", "DEU"}, "software_assurance": true, "software_assurance_expiration": "2027-12-31", "use_pki_client_certificates": false,
		})
		if funcErr != nil {
			t.Fatalf("setup_script of %s: %s", code, funcErr.Text)
		}
		expectFile(t, v, "setup_"+code+".ini")
	}
}

func expectFile(t *testing.T, v tftypes.Value, file string) {
	t.Helper()
	var text string
	if err := v.As(&text); err != nil {
		t.Fatal(err)
	}
	expectText(t, text, file)
}

func expectText(t *testing.T, text, file string) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join(golden, "complete", file))
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("the result differs from %s:\n%s", file, text)
	}
}

// Terraform ends what a function says about an argument with a full stop of its own.
func TestArgumentErrors_LeaveTheFullStopToTerraform(t *testing.T) {
	s := configure(t, nil)
	for _, test := range []struct {
		name      string
		arguments []any
	}{
		{"required_roles", []any{tree{"population": []any{tree{"site": tree{"site_code": "X Y", "site_type": "primary"}, "windows": 1}}}, tree{}}},
		{"required_roles", []any{tree{}, tree{"verson": "2603"}}},
		{"setup_script", []any{smallTopology(), "PS1", tree{"product_id": "x"}}},
		{"setup_script", []any{smallTopology(), "PS1", tree{"evalution": true}}},
		{"check_topology", []any{tree{"sites": 5}, tree{}}},
		{"installation", []any{smallTopology(), tree{"exsting": 5}}},
		{"install_script", []any{smallTopology(), tree{"x": 5}}},
	} {
		_, funcErr := s.call(t, test.name, test.arguments...)
		if funcErr == nil || strings.HasSuffix(funcErr.Text, ".") || strings.HasSuffix(funcErr.Text, "?") {
			t.Errorf("%s%v: the error is %v", test.name, test.arguments, funcErr)
		}
	}
}
