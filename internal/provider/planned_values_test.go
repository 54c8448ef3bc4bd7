package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// plannedValues checks that a plan shows what the apply records: every value of this
// provider's resources is known in the plan, and the same in the state afterwards.
// One value serves one step, as its plan check before the apply and as its state
// check after it.
type plannedValues struct {
	byAddress map[string]map[string]any
}

var (
	_ plancheck.PlanCheck   = (*plannedValues)(nil)
	_ statecheck.StateCheck = (*plannedValues)(nil)
)

// CheckPlan fails on values that the plan does not know, and remembers the others.
func (p *plannedValues) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	p.byAddress = map[string]map[string]any{}
	var problems []error
	for _, change := range req.Plan.ResourceChanges {
		if !strings.HasPrefix(change.Type, "configmgr_") || change.Mode != tfjson.ManagedResourceMode || change.Change.Actions.Delete() {
			continue
		}
		for _, at := range unknownPlaces(change.Change.AfterUnknown) {
			problems = append(problems, fmt.Errorf("%s%s is not known in the plan", change.Address, at))
		}
		values, ok := change.Change.After.(map[string]any)
		if !ok {
			problems = append(problems, fmt.Errorf("%s has no planned values", change.Address))
			continue
		}
		p.byAddress[change.Address] = values
	}
	if len(p.byAddress) == 0 {
		problems = append(problems, errors.New("the plan holds no resource of this provider"))
	}
	resp.Error = errors.Join(problems...)
}

// CheckState fails on values that are not those of the plan.
func (p *plannedValues) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	recorded := map[string]map[string]any{}
	if req.State.Values != nil {
		collectState(req.State.Values.RootModule, recorded)
	}
	var problems []error
	for _, address := range slices.Sorted(maps.Keys(p.byAddress)) {
		state, ok := recorded[address]
		if !ok {
			problems = append(problems, fmt.Errorf("%s was planned and is not in the state", address))
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(p.byAddress[address])) {
			planned, applied := asJSON(p.byAddress[address][name]), asJSON(state[name])
			if planned != applied {
				problems = append(problems, fmt.Errorf("%s.%s was planned as %s and recorded as %s", address, name, planned, applied))
			}
		}
	}
	resp.Error = errors.Join(problems...)
}

// unknownPlaces lists the places that the after_unknown of a plan marks.
func unknownPlaces(marks any) []string {
	var places []string
	switch marks := marks.(type) {
	case bool:
		if marks {
			places = append(places, "")
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(marks)) {
			for _, below := range unknownPlaces(marks[name]) {
				places = append(places, "."+name+below)
			}
		}
	case []any:
		for i, mark := range marks {
			for _, below := range unknownPlaces(mark) {
				places = append(places, fmt.Sprintf("[%d]%s", i, below))
			}
		}
	}
	return places
}

func collectState(module *tfjson.StateModule, recorded map[string]map[string]any) {
	if module == nil {
		return
	}
	for _, r := range module.Resources {
		recorded[r.Address] = r.AttributeValues
	}
	for _, child := range module.ChildModules {
		collectState(child, recorded)
	}
}

// asJSON makes values comparable: plan and state are not read with the same number types.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func TestPlannedValues(t *testing.T) {
	change := func(kind string, action tfjson.Action, after, unknown map[string]any) *tfjson.ResourceChange {
		return &tfjson.ResourceChange{
			Address: kind + ".x", Type: kind, Mode: tfjson.ManagedResourceMode,
			Change: &tfjson.Change{Actions: tfjson.Actions{action}, After: after, AfterUnknown: unknown},
		}
	}
	state := func(values map[string]any) *tfjson.State {
		return &tfjson.State{Values: &tfjson.StateValues{RootModule: &tfjson.StateModule{ChildModules: []*tfjson.StateModule{
			{Resources: []*tfjson.StateResource{{Address: "configmgr_site.x", AttributeValues: values}}},
		}}}}
	}
	known := change("configmgr_site", tfjson.ActionCreate, map[string]any{"id": "PS1", "port": 1433.0}, map[string]any{"parent": map[string]any{}})
	for _, c := range []struct {
		name                string
		change              *tfjson.ResourceChange
		state               *tfjson.State
		planText, stateText string
	}{
		{"all known and recorded", known, state(map[string]any{"id": "PS1", "port": json.Number("1433"), "name": "x"}), "", ""},
		{"unknown attribute", change("configmgr_site", tfjson.ActionCreate, map[string]any{}, map[string]any{"id": true}), nil,
			"configmgr_site.x.id is not known in the plan", ""},
		{"unknown within an object in a list", change("configmgr_site", tfjson.ActionUpdate, map[string]any{},
			map[string]any{"parent": []any{map[string]any{"id": true}}}), nil, "configmgr_site.x.parent[0].id is not known in the plan", ""},
		{"destroyed", change("configmgr_site", tfjson.ActionDelete, nil, nil), nil, "the plan holds no resource of this provider", ""},
		{"another provider's", change("terraform_data", tfjson.ActionCreate, map[string]any{}, map[string]any{"id": true}), nil,
			"the plan holds no resource of this provider", ""},
		{"another value recorded", known, state(map[string]any{"id": "PS2", "port": 1433}), "", `configmgr_site.x.id was planned as "PS1" and recorded as "PS2"`},
		{"nothing recorded", known, &tfjson.State{}, "", "configmgr_site.x was planned and is not in the state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			check := &plannedValues{}
			var planned plancheck.CheckPlanResponse
			check.CheckPlan(t.Context(), plancheck.CheckPlanRequest{Plan: &tfjson.Plan{ResourceChanges: []*tfjson.ResourceChange{c.change}}}, &planned)
			expectError(t, planned.Error, c.planText)
			if c.state == nil {
				return
			}
			var applied statecheck.CheckStateResponse
			check.CheckState(t.Context(), statecheck.CheckStateRequest{State: c.state}, &applied)
			expectError(t, applied.Error, c.stateText)
		})
	}
}

func expectError(t *testing.T, err error, text string) {
	t.Helper()
	switch {
	case err == nil && text != "":
		t.Errorf("no error, expected %q", text)
	case err != nil && (text == "" || err.Error() != text):
		t.Errorf("error %q, expected %q", err, text)
	}
}
