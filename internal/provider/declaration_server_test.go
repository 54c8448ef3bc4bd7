package provider

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// That the server plans as the framework alone does is checked wherever a test plans:
// see server.plan.

func TestDeclarationServer_NumbersThatAreNotWhole(t *testing.T) {
	s := configure(t, nil)
	for _, number := range []float64{1.5, 0.1, 1e60} {
		for kind, config := range map[string]tree{
			"configmgr_site": {"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com", "database": tree{"port": number}},
			"configmgr_hierarchy": {
				"sites": tree{"ps1": tree{"site_code": "PS1", "site_type": "primary", "database": tree{"port": number}}}, "role_assignments": tree{},
			},
		} {
			diags := s.validate(t, kind, config)
			if len(diags) != 1 {
				t.Fatalf("%s with the port %v gives not one error: %s", kind, number, describe(diags))
			}
			if d := diags[0]; d.Summary != "Invalid value" || !strings.Contains(d.Detail, "whole number") || !strings.Contains(d.Attribute.String(), "port") {
				t.Errorf("%s with the port %v: %s", kind, number, describe(diags))
			}
		}
	}
}

func TestDeclarationServer_LeavesJSONToTheFramework(t *testing.T) {
	s := configure(t, nil)
	config := `{"site_code":"PS1","site_type":"primary","name":"Contoso","site_server":"cm01.contoso.com"}`
	resp, err := s.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName:   "configmgr_site",
		PriorState: &tfprotov6.DynamicValue{JSON: []byte(`null`)}, Config: &tfprotov6.DynamicValue{JSON: []byte(config)}, ProposedNewState: &tfprotov6.DynamicValue{JSON: []byte(config)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if planned := readTree(t, s.schema(t, "configmgr_site"), resp.PlannedState); planned["tier"] != "stand_alone_primary" {
		t.Errorf("planned %v, %s", planned, describe(resp.Diagnostics))
	}
}

func TestObjectTree(t *testing.T) {
	list := tftypes.List{ElementType: tftypes.Number}
	of := tftypes.Map{ElementType: tftypes.String}
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"text": tftypes.String, "yes": tftypes.Bool, "none": tftypes.String, "later": of, "numbers": list, "map": of,
	}}
	sent, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{
		"text": tftypes.NewValue(tftypes.String, "Zürich"),
		"yes":  tftypes.NewValue(tftypes.Bool, true),
		"none": tftypes.NewValue(tftypes.String, nil),
		// As Terraform sends a value of which it knows only that it is not null.
		"later": tftypes.NewValue(of, tftypes.UnknownValue),
		"numbers": tftypes.NewValue(list, []tftypes.Value{
			tftypes.NewValue(tftypes.Number, -3), tftypes.NewValue(tftypes.Number, 70000), tftypes.NewValue(tftypes.Number, 1.5),
		}),
		"map": tftypes.NewValue(of, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, nil), "b": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}),
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := tree{
		"text": "Zürich", "yes": true, "none": nil, "later": model.UnknownValue{},
		"numbers": []any{int64(-3), int64(70000), 1.5},
		"map":     tree{"a": nil, "b": model.UnknownValue{}},
	}
	if got, ok := objectTree(&sent); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("objectTree = %v, want %v", got, want)
	}
	refined := &tfprotov6.DynamicValue{MsgPack: []byte{0x81, 0xa1, 'a', 0xc7, 3, 12, 0x81, 1, 0xc2}} // {a: unknown, not null}
	if got, ok := objectTree(refined); !ok || !reflect.DeepEqual(got, tree{"a": model.UnknownValue{}}) {
		t.Errorf("objectTree of a refined unknown value = %v", got)
	}
}

func FuzzObjectTree(f *testing.F) {
	f.Add([]byte{0x81, 0xa1, 'a', 0xd4, 0, 0})
	f.Add([]byte{0xdf, 0xff, 0xff, 0xff, 0xff}) // a map of four billion elements
	f.Add([]byte{0x82, 0xa1, 'a', 0x93, 1, 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0xa1, 'b', 0xc3})
	f.Fuzz(func(t *testing.T, message []byte) {
		object, ok := objectTree(&tfprotov6.DynamicValue{MsgPack: message})
		if !ok && object != nil {
			t.Errorf("an object of a message that is none: %v", object)
		}
		_, _ = replaceAttributes(message, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, "b")})
	})
}

func TestReplaceAttributes_RefusesWhatIsNotThere(t *testing.T) {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}}
	object, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, "b")}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := replaceAttributes(object.MsgPack, map[string]tftypes.Value{"z": tftypes.NewValue(tftypes.String, "")}); err == nil {
		t.Error("an attribute that the object does not have is replaced")
	}
}

// TestCheckValues_DecidesAlone keeps the short cut of validation short: what is right
// must not be left to the framework, what only the framework judges must.
func TestCheckValues_DecidesAlone(t *testing.T) {
	declared := NewServer("test")().(*declarationServer).planners["configmgr_role_assignment"].declared()
	right := tree{
		"id": nil, "role": "distribution_point", "installed": model.UnknownValue{}, "accepted_findings": tree{"COLO-FSP-DEDICATED": "agreed"},
		"server": tree{"fqdn": "dp01.contoso.com", "operating_system": model.UnknownValue{}, "site": tree{"site_code": "PS1", "site_type": "primary", "sms_providers": []any{"cm01.contoso.com", model.UnknownValue{}}}},
		"distribution_point": tree{
			"protocol": "https", "pull_sources": tree{"dp02.contoso.com": int64(1), "dp03.contoso.com": nil, "dp04.contoso.com": model.UnknownValue{}},
			"minimum_free_space": int64(500), "boundary_groups": []any{"Berlin"}, "multicast": tree{"maximum_clients": int64(10)},
		},
	}
	for _, test := range []struct {
		name           string
		change         func(tree)
		partial, wrong bool
	}{
		{name: "right", change: func(tree) {}},
		{name: "required attribute null", change: func(c tree) { c["server"] = nil }, partial: true},
		{name: "required attribute of an object null", change: func(c tree) { c["server"].(tree)["fqdn"] = nil }, partial: true},
		{name: "list in place of a string", change: func(c tree) { c["role"] = []any{} }, partial: true, wrong: true},
		{name: "role misspelt", change: func(c tree) { c["role"] = "distribution_pint" }, wrong: true},
		{name: "value in a block misspelt", change: func(c tree) { c["distribution_point"].(tree)["protocol"] = "htps" }, wrong: true},
		{name: "key of a map malformed", change: func(c tree) { c["distribution_point"].(tree)["pull_sources"] = tree{"dp 02": int64(1)} }, wrong: true},
		{name: "element of a list malformed", change: func(c tree) { c["server"].(tree)["site"].(tree)["sms_providers"] = []any{"cm 01"} }, wrong: true},
		{name: "reason of an acceptance missing", change: func(c tree) { c["accepted_findings"] = tree{"COLO-FSP-DEDICATED": ""} }, wrong: true},
		{name: "attribute that is none", change: func(c tree) { c["rule"] = "x" }, partial: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			config := cloneTree(right).(tree)
			test.change(config)
			c := checkValues(context.Background(), declared.Attributes, declared.Blocks, config)
			if c.partial != test.partial || len(c.diags) > 0 != test.wrong {
				t.Errorf("partial = %v, want %v; diagnostics: %v", c.partial, test.partial, c.diags)
			}
		})
	}
}

func cloneTree(node any) any {
	switch node := node.(type) {
	case tree:
		clone := tree{}
		for name, v := range node {
			clone[name] = cloneTree(v)
		}
		return clone
	case []any:
		return append([]any{}, node...)
	default:
		return node
	}
}
