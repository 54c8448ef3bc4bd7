package provider

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// readRequiredRoles reads the data source as Terraform does: validated first.
func (s *server) readRequiredRoles(t testing.TB, question tree) (tree, []*tfprotov6.Diagnostic) {
	t.Helper()
	const kind = "configmgr_required_roles"
	schema := s.schemas.DataSourceSchemas[kind]
	value := dynamicValue(t, schema.ValueType(), question)
	validated, err := s.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: kind, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if len(errorsOf(validated.Diagnostics)) > 0 {
		return nil, validated.Diagnostics
	}
	resp, err := s.ReadDataSource(context.Background(), &tfprotov6.ReadDataSourceRequest{TypeName: kind, Config: value})
	if err != nil {
		t.Fatal(err)
	}
	if len(errorsOf(resp.Diagnostics)) > 0 {
		return nil, resp.Diagnostics
	}
	return readTree(t, schema, resp.State), resp.Diagnostics
}

// callRequiredRoles calls the function with objects, or null.
func (s *server) callRequiredRoles(t testing.TB, question, options any) (tree, *tfprotov6.FunctionError) {
	t.Helper()
	var arguments []*tfprotov6.DynamicValue
	for _, argument := range []any{question, options} {
		v, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, untypedValue(t, argument))
		if err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, &v)
	}
	resp, err := s.CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: "required_roles", Arguments: arguments})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		return nil, resp.Error
	}
	functions, err := s.GetFunctions(context.Background(), &tfprotov6.GetFunctionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := resp.Result.Unmarshal(functions.Functions["required_roles"].Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	node, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	return node.(tree), nil
}

// untypedValue turns a tree into a value of the type that a literal has.
func untypedValue(t testing.TB, node any) tftypes.Value {
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
	case int64:
		return tftypes.NewValue(tftypes.Number, node)
	case []any:
		types, elements := make([]tftypes.Type, len(node)), make([]tftypes.Value, len(node))
		for i, e := range node {
			elements[i] = untypedValue(t, e)
			types[i] = elements[i].Type()
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, elements)
	case tree:
		types, elements := map[string]tftypes.Type{}, map[string]tftypes.Value{}
		for name, e := range node {
			elements[name] = untypedValue(t, e)
			types[name] = elements[name].Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, elements)
	default:
		t.Fatalf("a %T in a tree", node)
		return tftypes.Value{}
	}
}

// someQuestion makes a question at random.
func someQuestion(random *rand.Rand) tree {
	choose := func(values ...any) any { return values[random.IntN(len(values))] }
	cas := tree{"site_code": "CAS", "site_type": "central_administration"}
	ps1 := tree{"site_code": "PS1", "site_type": "primary", "parent": cas}
	sites := choose([]any{ps1}, []any{cas, ps1}, []any{tree{"site_code": "ps2", "site_type": "primary", "version": choose(nil, "2010", "2203")}},
		[]any{ps1, tree{"site_code": "SS1", "site_type": "secondary", "parent": tree{"site_code": "PS1", "site_type": "primary"}}}).([]any)
	var populations []any
	for _, site := range sites {
		p := tree{"site": site, "windows_installation": choose(nil, model.InstallFromAlternative, model.InstallWithOSDeployment), "macos_certificates": choose(nil, model.CertificatesIndependent), "internet": choose(nil, true, false)}
		for _, kind := range []string{"windows", "macos", "mobile_enrolled", "on_premises_mdm", "mobile_exchange", "mobile_legacy", "linux_unix"} {
			p[kind] = choose(nil, nil, 0, 1, 10_001, 25_001)
		}
		populations = append(populations, p)
	}
	features, conditions := tree{}, tree{}
	for _, f := range model.FeaturesToRequest() {
		features[f.Key] = choose(nil, false, true)
	}
	for _, name := range []string{"report_client_errors", "deployment_reports", "dedicated_server", "benefits_outweigh_risks"} {
		conditions[name] = choose(nil, false, true, true)
	}
	return tree{"population": populations, "features": features, "fallback_status_point": conditions}
}

// TestRequiredRoles_DataSourceAndFunctionAgree asks both the same.
func TestRequiredRoles_DataSourceAndFunctionAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 17))
	for _, version := range []any{nil, "2010", "2403"} {
		s := configure(t, tree{"configmgr_version": version})
		for range 60 {
			question := someQuestion(random)
			read, diags := s.readRequiredRoles(t, question)
			if len(errorsOf(diags)) > 0 {
				t.Fatalf("%v: %s", question, describe(diags))
			}
			var options any = tree{"configmgr_version": version}
			if version == nil {
				options = nil
			}
			called, failed := s.callRequiredRoles(t, question, options)
			if failed != nil {
				t.Fatalf("%v: %s", question, failed.Text)
			}
			for _, name := range model.AnswerAttributes {
				if read[name] == nil || !reflect.DeepEqual(read[name], called[name]) {
					t.Fatalf("%s differ for %v:\n%v\n%v", name, question, read[name], called[name])
				}
			}
			if notices := read["notices"].([]any); len(notices) != len(diags) {
				t.Errorf("%d notices and %d warnings: %s", len(notices), len(diags), describe(diags))
			}
		}
	}
}

// at walks down a tree.
func at(node any, keys ...string) any {
	for _, key := range keys {
		object, ok := node.(tree)
		if !ok {
			return node
		}
		node = object[key]
	}
	return node
}

// TestRequiredRoles_FunctionWithUnknownValues keeps what does not depend on them.
func TestRequiredRoles_FunctionWithUnknownValues(t *testing.T) {
	s := configure(t, nil)
	unknown := model.UnknownValue{}
	site := tree{"site_code": "PS1", "site_type": "primary"}
	for _, test := range []struct {
		name     string
		question any
		options  any
		known    [][]string
		unknown  [][]string
	}{
		{"a number", tree{"population": []any{tree{"site": site, "windows": unknown, "macos": 1}}}, nil,
			[][]string{{"sites", "PS1", "roles", "management_point", "requirement"}, {"sites", "PS1", "roles", "enrollment_point", "reasons"}, {"totals", "enrollment_point", "required"}},
			[][]string{{"sites", "PS1", "roles", "management_point", "minimum"}, {"sites", "PS1", "roles", "distribution_point", "requirement"}, {"instances"}}},
		{"a feature", tree{"population": []any{tree{"site": site, "windows": 1}}, "features": tree{"endpoint_protection": unknown}}, nil,
			[][]string{{"sites", "PS1", "roles", "management_point", "rules"}, {"notices"}}, [][]string{{"sites", "PS1", "roles", "endpoint_protection_point", "requirement"}}},
		{"all features", tree{"population": []any{tree{"site": site, "windows": 1}}, "features": unknown}, nil,
			[][]string{{"sites", "PS1", "roles", "management_point", "requirement"}, {"sites", "PS1", "roles", "enrollment_point", "requirement"}}, [][]string{{"sites", "PS1", "roles", "software_update_point", "requirement"}}},
		{"the site code", tree{"population": []any{tree{"site": tree{"site_code": unknown, "site_type": "primary"}, "windows": 1}}}, nil,
			[][]string{{"totals", "management_point", "required"}}, [][]string{{"sites"}, {"instances"}}},
		{"the version", tree{"population": []any{tree{"site": site, "windows": 1}}}, tree{"configmgr_version": unknown},
			[][]string{{"sites", "PS1", "roles", "management_point", "requirement"}, {"instances"}}, [][]string{{"sites", "PS1", "roles", "certificate_registration_point", "requirement"}}},
		{"the options", tree{"population": []any{tree{"site": site, "windows": 1}}}, unknown,
			[][]string{{"sites", "PS1", "roles", "management_point", "requirement"}}, [][]string{{"sites", "PS1", "roles", "certificate_registration_point", "requirement"}}},
		{"a population", tree{"population": []any{tree{"site": site, "windows": 1}, unknown}}, nil, nil, [][]string{{"sites"}, {"totals"}, {"instances"}, {"notices"}}},
		{"everything", unknown, nil, nil, [][]string{{"sites"}, {"totals"}, {"instances"}, {"recommended_instances"}, {"notices"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer, failed := s.callRequiredRoles(t, test.question, test.options)
			if failed != nil {
				t.Fatal(failed.Text)
			}
			for _, keys := range test.known {
				if v := at(answer, keys...); v == nil || v == any(unknown) {
					t.Errorf("%v is %v", keys, v)
				}
			}
			for _, keys := range test.unknown {
				if v := at(answer, keys...); v != any(unknown) {
					t.Errorf("%v is %v, want unknown", keys, v)
				}
			}
		})
	}
}

// TestRequiredRoles_FunctionRefuses says where and why.
func TestRequiredRoles_FunctionRefuses(t *testing.T) {
	s := configure(t, nil)
	population := []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}, "windows": 1}}
	for _, test := range []struct {
		question, options any
		argument          int64
		want              string
	}{
		{tree{"populaton": population}, nil, 0, `Did you mean "population"`},
		{tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}, "window": 1}}}, nil, 0, `population[0].window: An attribute named "window" is not expected here. Did you mean "windows"`},
		{tree{"population": population, "features": tree{"software_update": true}}, nil, 0, `Did you mean "software_updates"`},
		{tree{}, nil, 0, "At least one population"},
		{"ps1", nil, 0, "An object is required"},
		{tree{"population": population, "sites": tree{}}, nil, 0, "part of the answer"},
		{tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}, "windows": -1}}}, nil, 0, "is negative"},
		{tree{"population": population}, tree{"configmgr_version": "2408"}, 1, "is not a release"},
		{tree{"population": population}, tree{"version": "2403"}, 1, "is not expected here"},
	} {
		_, failed := s.callRequiredRoles(t, test.question, test.options)
		switch {
		case failed == nil:
			t.Errorf("%v, %v: accepted", test.question, test.options)
		case failed.FunctionArgument == nil || *failed.FunctionArgument != test.argument || !strings.Contains(failed.Text, test.want):
			t.Errorf("%v: %q, want %q", test.question, failed.Text, test.want)
		}
	}
}

func TestRequiredRoles_DataSourceRefuses(t *testing.T) {
	s := configure(t, nil)
	site := tree{"site_code": "PS1", "site_type": "primary"}
	for _, test := range []struct {
		question tree
		at, want string
	}{
		{tree{"population": []any{}}, `AttributeName("population")`, "At least one population"},
		{tree{"population": []any{tree{"windows": 1}}}, `AttributeName("site")`, "The population has no site"},
		{tree{"population": []any{tree{"site": site, "windows": -5}}}, `AttributeName("windows")`, "-5 is negative"},
		{tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primery"}}}}, `AttributeName("site_type")`, `Did you mean "primary"`},
	} {
		_, diags := s.readRequiredRoles(t, test.question)
		found := errorsOf(diags)
		if len(found) != 1 || !strings.Contains(found[0].Detail, test.want) || !strings.HasSuffix(found[0].Attribute.String(), test.at) {
			t.Errorf("%v: %s", test.question, describe(diags))
		}
	}
	// What is not known yet is not a mistake.
	for _, question := range []tree{
		{"population": model.UnknownValue{}},
		{"population": []any{tree{"site": model.UnknownValue{}, "windows": model.UnknownValue{}}}},
		{"population": []any{tree{"site": site}}, "features": tree{"pxe": model.UnknownValue{}}},
	} {
		schema := s.schemas.DataSourceSchemas["configmgr_required_roles"]
		resp, err := s.ValidateDataResourceConfig(context.Background(), &tfprotov6.ValidateDataResourceConfigRequest{TypeName: "configmgr_required_roles", Config: dynamicValue(t, schema.ValueType(), question)})
		if err != nil || len(resp.Diagnostics) > 0 {
			t.Errorf("%v: %v, %s", question, err, describe(resp.Diagnostics))
		}
	}
}

// TestRequiredRoles_PolicyOfNotices lets the provider configuration weigh notices.
func TestRequiredRoles_PolicyOfNotices(t *testing.T) {
	question := tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}, "mobile_enrolled": 1}}}
	for want, configuration := range map[string]tree{
		"WARNING": {}, "ERROR": {"strict": true}, "": {"rule_severities": tree{"REQ-EP-DEPR": "off"}},
	} {
		_, diags := configure(t, configuration).readRequiredRoles(t, question)
		got := ""
		if len(diags) > 0 {
			got = diags[0].Severity.String()
		}
		if got != want || len(diags) > 1 || want != "" && !strings.HasPrefix(diags[0].Summary, "REQ-EP-DEPR: ") {
			t.Errorf("%v: %s", configuration, describe(diags))
		}
	}
}

// TestRequiredRoles_VersionNotKnownYet has Read say what to do, because a data source
// cannot answer in part.
func TestRequiredRoles_VersionNotKnownYet(t *testing.T) {
	s := configure(t, tree{"configmgr_version": model.UnknownValue{}})
	_, diags := s.readRequiredRoles(t, tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}}}})
	if len(diags) != 1 || !strings.Contains(diags[0].Detail, "configmgr_version") {
		t.Error(describe(diags))
	}
	if _, diags := s.readRequiredRoles(t, tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary", "version": "2503"}}}}); len(diags) > 0 {
		t.Error(describe(diags))
	}
}

// TestRequiredRoles_OfTheHierarchy refuses answers that are none.
func TestRequiredRoles_OfTheHierarchy(t *testing.T) {
	s := configure(t, nil)
	question := tree{"population": []any{tree{"site": tree{"site_code": "PS2", "site_type": "primary"}, "windows": 1}}}
	answer, failed := s.callRequiredRoles(t, question, nil)
	if failed != nil {
		t.Fatal(failed.Text)
	}
	for _, test := range []struct {
		answer any
		want   string
	}{
		{answer, "The required roles are about site PS2"},
		{tree{}, "An answer about required roles has sites"},
		{nil, "An answer about required roles has sites"},
		{tree{"sites": tree{"PS1": tree{"roles": tree{"management_point": tree{}}}}}, "needs requirement"},
		{tree{"sites": tree{"PS1": tree{"roles": tree{"managment_point": tree{"requirement": "required"}}}}}, `Did you mean "management_point"`},
	} {
		change := s.plan(t, "configmgr_hierarchy", tree{
			"sites":            tree{"a": tree{"id": "PS1", "site_code": "PS1", "site_type": "primary"}},
			"role_assignments": tree{}, "required_roles": tree{"clients": test.answer},
		}, nil)
		found := errorsOf(change.diags)
		if len(found) != 1 || !strings.Contains(found[0].Detail, test.want) {
			t.Errorf("%v: %s", test.answer, describe(change.diags))
		}
	}
	// One that is written by hand may leave out what is the same everywhere.
	change := s.plan(t, "configmgr_hierarchy", tree{
		"sites":            tree{"a": tree{"id": "PS1", "site_code": "PS1", "site_type": "primary"}},
		"role_assignments": tree{}, "required_roles": tree{"clients": tree{"sites": tree{"PS1": tree{"roles": tree{"endpoint_protection_point": tree{"requirement": "required"}}}}}},
	}, nil)
	if found := errorsOf(change.diags); len(found) != 1 || !strings.HasPrefix(found[0].Summary, "REQ-EPP: ") {
		t.Error(describe(change.diags))
	}
	// An answer that is not known yet decides nothing.
	for _, unknown := range []any{model.UnknownValue{}, tree{"clients": model.UnknownValue{}}, tree{"clients": tree{"sites": model.UnknownValue{}}}} {
		change := s.plan(t, "configmgr_hierarchy", tree{
			"sites":            tree{"a": tree{"id": "PS1", "site_code": "PS1", "site_type": "primary"}},
			"role_assignments": tree{}, "required_roles": unknown,
		}, nil)
		if found := errorsOf(change.diags); len(found) > 0 {
			t.Errorf("%v: %s", unknown, describe(found))
		}
	}
}

// TestRequiredRoles_OfATopology hands a whole answer to check_topology, which decodes
// strictly.
func TestRequiredRoles_OfATopology(t *testing.T) {
	s := configure(t, nil)
	site := tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com"}
	answer, _ := s.readRequiredRoles(t, tree{"population": []any{tree{"site": site, "windows": 1}}})
	roles := tree{}
	for _, role := range []string{"management_point", "service_connection_point", "distribution_point"} {
		roles[role] = tree{"role": role, "server": tree{"fqdn": role[:4] + ".contoso.com", "site": tree{"site_code": "PS1"}}}
	}
	for missing, want := range map[string]string{"": "", "management_point": "REQ-MP-ANY", "service_connection_point": "REQ-SCP", "distribution_point": ""} {
		some := maps.Clone(roles)
		delete(some, missing)
		var arguments []*tfprotov6.DynamicValue
		for _, argument := range []any{tree{"sites": tree{"a": site}, "role_assignments": some, "required_roles": tree{"clients": answer}}, nil} {
			v, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, untypedValue(t, argument))
			if err != nil {
				t.Fatal(err)
			}
			arguments = append(arguments, &v)
		}
		resp, err := s.CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: arguments})
		if err != nil || resp.Error != nil {
			t.Fatalf("%v, %v", err, resp.Error)
		}
		functions, err := s.GetFunctions(context.Background(), &tfprotov6.GetFunctionsRequest{})
		if err != nil {
			t.Fatal(err)
		}
		v, err := resp.Result.Unmarshal(functions.Functions["check_topology"].Return.Type)
		if err != nil {
			t.Fatal(err)
		}
		findings, err := toTree(v)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, f := range findings.([]any) {
			ids = append(ids, f.(tree)["rule"].(string))
		}
		if strings.Join(ids, " ") != want {
			t.Errorf("without %s: %v, want %s", missing, ids, want)
		}
	}
}

// requiredRolesExample is from a question to a topology, in one pass.
func requiredRolesExample(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(examples, "required-roles", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	// The test framework names the provider itself.
	_, rest, _ := strings.Cut(string(text), "# 1. ")
	return "# 1. " + rest
}

func TestAccRequiredRoles_FromClientsToATopologyInOnePass(t *testing.T) {
	folder, _ := copyExample(t, "required-roles")
	var actions []plancheck.PlanCheck
	for _, address := range []string{
		"management_point/1", "distribution_point/1", "distribution_point/4", "software_update_point/1", "service_connection_point/1",
		"cloud_management_gateway_connection_point/1", "reporting_services_point/1",
	} {
		actions = append(actions, plancheck.ExpectResourceAction(fmt.Sprintf("configmgr_role_assignment.this[%q]", "SEA/"+address), plancheck.ResourceActionCreate))
	}
	actions = append(actions, plancheck.ExpectResourceAction("configmgr_hierarchy.contoso", plancheck.ResourceActionCreate))
	directory := config.StaticDirectory(folder)
	runTerraform(t, resource.TestCase{Steps: []resource.TestStep{
		{ConfigDirectory: directory, ProtoV6ProviderFactories: providerFactories, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: actions}},
		{ConfigDirectory: directory, ProtoV6ProviderFactories: providerFactories, PlanOnly: true},
		{ConfigDirectory: directory, ProtoV6ProviderFactories: providerFactories, Destroy: true},
	}})
}

func TestAccRequiredRoles_WithoutOneAssignment(t *testing.T) {
	const all = "role_assignments    = configmgr_role_assignment.this\n"
	for missing, want := range map[string][3]string{
		"SEA/distribution_point/4":                        {"", "", ""}, // fewer than needed is a warning
		"SEA/management_point/1":                          {"REQ-MP-ANY", "the role management point is required with at least 1 at primary site SEA", "managed through a management point"},
		"SEA/software_update_point/1":                     {"REQ-SUP", "the role software update point is required", "features.software_updates"},
		"SEA/cloud_management_gateway_connection_point/1": {"REQ-CMGCP", "the role cloud management gateway connection point is required", "features.cloud_management_gateway"},
	} {
		t.Run(missing, func(t *testing.T) {
			text := requiredRolesExample(t)
			if !strings.Contains(text, all) {
				t.Fatal("the example does not pass all role assignments")
			}
			found := planErrors(t, strings.Replace(text, all, fmt.Sprintf("role_assignments = { for key, a in configmgr_role_assignment.this : key => a if key != %q }\n", missing), 1))
			if want[0] == "" {
				if len(found) > 0 {
					t.Errorf("found %v", found)
				}
				return
			}
			if !slices.Equal(ruleIDs(found), []string{want[0]}) {
				t.Fatalf("found %v, want %s", ruleIDs(found), want[0])
			}
			for _, words := range want[1:] {
				if !strings.Contains(found[0].text, words) {
					t.Errorf("the error does not say %q: %s", words, found[0].text)
				}
			}
		})
	}
}

// TestAccRequiredRoles_FunctionOfManagedSites asks about a site that is created in the
// same plan, and about a number that is known only after the apply.
func TestAccRequiredRoles_FunctionOfManagedSites(t *testing.T) {
	const text = `
resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Contoso"
  site_server = "cm01.contoso.com"
}
resource "terraform_data" "clients" {
  input = 26000
}
locals {
  answer = provider::configmgr::required_roles({
    population = [{ site = configmgr_site.ps1, windows = terraform_data.clients.output, macos = 5 }]
  }, { configmgr_version = "2503" })
}
resource "terraform_data" "known" {
  input = local.answer.sites["PS1"].roles["enrollment_point"].requirement
}
resource "terraform_data" "later" {
  input = local.answer.sites["PS1"].roles["management_point"].minimum
}
`
	runTerraform(t, resource.TestCase{
		ProtoV6ProviderFactories: providerFactories,
		Steps: []resource.TestStep{{
			Config: text,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownValue("terraform_data.known", tfjsonpath.New("input"), knownvalue.StringExact("required")),
				plancheck.ExpectUnknownValue("terraform_data.later", tfjsonpath.New("input")),
			}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue("terraform_data.later", tfjsonpath.New("output"), knownvalue.Int64Exact(2))},
		}},
	})
}
