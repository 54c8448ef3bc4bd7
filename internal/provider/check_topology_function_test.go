package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Terraform puts the text of an argument error into a sentence and ends that with a
// full stop.
func TestCheckTopology_ArgumentErrors(t *testing.T) {
	s := configure(t, nil)
	object := func(values map[string]tftypes.Value) tftypes.Value {
		kinds := map[string]tftypes.Type{}
		for name, v := range values {
			kinds[name] = v.Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, values)
	}
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	sites := object(map[string]tftypes.Value{"ps1": object(map[string]tftypes.Value{"site_code": text("PS1"), "site_type": text("primary")})})
	nothing := tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	for _, test := range []struct {
		name              string
		topology, options tftypes.Value
		argument          int64
		says              string
	}{
		{"misspelt", object(map[string]tftypes.Value{"role": object(nil)}), nothing, 0, `An attribute named "role" is not expected here`},
		{"options", object(map[string]tftypes.Value{"sites": sites, "role_assignments": object(nil)}), object(map[string]tftypes.Value{"environment": text("test")}), 1, `"test" is not a valid value`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var arguments []*tfprotov6.DynamicValue
			for _, v := range []tftypes.Value{test.topology, test.options} {
				d, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, v)
				if err != nil {
					t.Fatal(err)
				}
				arguments = append(arguments, &d)
			}
			resp, err := s.CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: arguments})
			if err != nil {
				t.Fatal(err)
			}
			if resp.Error == nil || resp.Error.FunctionArgument == nil || *resp.Error.FunctionArgument != test.argument || !strings.Contains(resp.Error.Text, test.says) {
				t.Fatalf("the error is %+v, want one of argument %d with %q", resp.Error, test.argument, test.says)
			}
			if strings.HasSuffix(resp.Error.Text, ".") {
				t.Errorf("the text ends with a full stop, Terraform adds another one: %q", resp.Error.Text)
			}
		})
	}
}

// asText writes every number and truth value of a tree as a string, as csvdecode reads
// them.
func asText(node any) any {
	switch node := node.(type) {
	case tree:
		object := tree{}
		for name, v := range node {
			object[name] = asText(v)
		}
		return object
	case []any:
		list := make([]any, len(node))
		for i, v := range node {
			list[i] = asText(v)
		}
		return list
	case bool, int, int64, float64:
		return fmt.Sprint(node)
	default:
		return node
	}
}

// TestFunctions_ConvertLikeResources hands the same hierarchies to the resource, with
// the types of the schema, and to the function, as text: both find the same.
func TestFunctions_ConvertLikeResources(t *testing.T) {
	s := configure(t, tree{"report_at": "hierarchy"})
	schema, judged := s.schema(t, "configmgr_hierarchy"), 0
	for seed := range uint64(150) {
		g := newGenerator(seed, 1, 0)
		config := g.altered(schema, hierarchyConfig)
		// The elements have settings of every type.
		for name, kind := range map[string]string{"sites": "configmgr_site", "site_system_servers": "configmgr_site_system_server", "role_assignments": "configmgr_role_assignment"} {
			of := tree{}
			for key, element := range config[name].(tree) {
				altered := g.altered(s.schema(t, kind), element.(tree))
				delete(altered, "parent") // of which a function sees more
				of[key] = altered
			}
			config[name] = of
		}
		if len(errorsOf(s.validate(t, "configmgr_hierarchy", config))) > 0 {
			continue
		}
		planned := s.plan(t, "configmgr_hierarchy", config, nil)
		var want []string
		for _, d := range planned.diags {
			if m := errorRule.FindStringSubmatch(d.Summary); m != nil {
				want = append(want, m[1])
			}
		}
		v, funcErr := s.call(t, "check_topology", asText(config), tree{})
		if funcErr != nil {
			if len(errorsOf(planned.diags)) == 0 {
				t.Errorf("the function refuses what the resource takes: %s\n%s", funcErr.Text, describeTree(config))
			}
			continue
		}
		judged++
		findings, err := toTree(v)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range findings.([]any) {
			got = append(got, f.(tree)["rule"].(string))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(slices.Compact(got), slices.Compact(want)) {
			t.Errorf("the resource finds %v, the function %v in %s", want, got, describeTree(config))
		}
	}
	t.Logf("%d hierarchies were judged", judged)
	if judged < 10 {
		t.Error("too few hierarchies were judged for the test to say something")
	}
}

// TestOptions_AreReadLikeTheProviderBlock has each option as the provider block takes
// it, and says of null and of text the same.
func TestOptions_AreReadLikeTheProviderBlock(t *testing.T) {
	s := configure(t, nil)
	for _, options := range []tree{
		{}, {"strict": "true"}, {"strict": true}, {"strict": nil}, {"configmgr_version": 2503}, {"configmgr_version": "2503"}, {"configmgr_version": nil}, {"environment": nil},
		{"rule_severities": tree{"ROLE-CARD-SCP-MIN": nil}}, {"rule_severities": nil}, {"review_date": nil},
		{"strict": "yes"}, {"configmgr_version": ""}, {"environment": ""}, {"review_date": ""}, {"rule_severities": tree{"ROLE-CARD-SCP-MIN": ""}}, {"rule_severities": tree{"X": "off"}},
	} {
		_, funcErr := s.call(t, "check_topology", smallTopology(), options)
		provider := merged(options, nil)
		if text, ok := provider["strict"].(string); ok { // Terraform converts, or refuses
			if text != "true" {
				if funcErr == nil {
					t.Errorf("%s: the function takes what Terraform refuses in the provider block", describeTree(options))
				}
				continue
			}
			provider["strict"] = true
		}
		if n, ok := provider["configmgr_version"].(int); ok {
			provider["configmgr_version"] = fmt.Sprint(n)
		}
		_, diags := tryConfigure(t, provider)
		if refused := len(errorsOf(diags)) > 0; refused != (funcErr != nil) {
			t.Errorf("%s: the provider block refuses it: %v, the function: %+v", describeTree(options), refused, funcErr)
		}
	}
}
