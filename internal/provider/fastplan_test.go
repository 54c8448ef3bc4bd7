package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

// That the server plans as the framework alone does is checked wherever a test plans:
// see server.plan.

func TestFastPlan_NumbersThatAreNotWhole(t *testing.T) {
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

func TestFastPlan_LeavesJSONToTheFramework(t *testing.T) {
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

// TestCheckValues_DecidesAlone keeps the short cut of validation short: what is right
// must not be left to the framework, what only the framework judges must.
func TestCheckValues_DecidesAlone(t *testing.T) {
	declared := (&configmgrProvider{}).shortCuts()["configmgr_role_assignment"].Schema()
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
		unreadable     bool
		missing        bool
	}{
		{name: "right", change: func(tree) {}},
		{name: "required attribute null", change: func(c tree) { c["server"] = nil }, missing: true},
		{name: "required attribute of an object null", change: func(c tree) { c["server"].(tree)["fqdn"] = nil }, missing: true},
		{name: "list in place of a string", change: func(c tree) { c["role"] = []any{} }, unreadable: true},
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
			c := fastplan.CheckConfiguration(context.Background(), declared.Attributes, declared.Blocks, config)
			if c.Partial != test.partial || c.Unreadable != test.unreadable || len(c.Missing) > 0 != test.missing || len(c.Diags) > 0 != test.wrong {
				t.Errorf("partial = %v, want %v; unreadable = %v, want %v; diagnostics: %v", c.Partial, test.partial, c.Unreadable, test.unreadable, c.Diags)
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

// TestFrameworkOnly turns the short cuts off, as support does.
func TestFrameworkOnly(t *testing.T) {
	for value, off := range map[string]bool{"": false, "0": false, "no": false, "1": true, "true": true} {
		t.Setenv(FrameworkOnly, value)
		if _, short := NewServer("test")().(*fastplan.Server); short == off {
			t.Errorf("%s = %q: short cuts %v", FrameworkOnly, value, short)
		}
	}
	t.Setenv(FrameworkOnly, "1")
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		if planned := s.plan(t, kind, configs[kind], nil); len(planned.diags) > 0 || planned.object["id"] != states[kind]["id"] {
			t.Errorf("%s: planned %v%s", kind, planned.object["id"], describe(planned.diags))
		}
	}
}
