package provider

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// TestAccDocumentation_Adopt goes the way of the guide with the export of the tests: look,
// write, import, compare, and lead from what runs to the design.
func TestAccDocumentation_Adopt(t *testing.T) {
	t.Parallel()
	guide := strings.ReplaceAll(readText(t, "../../docs/guides/adopt.md"), "\r\n", "\n")
	block := func(beginning string) string { return shownBlock(t, guide, "terraform", beginning) }
	c := newCLI(t, map[string]string{"main.tf": block("terraform {"), "live.tf": block("locals {\n  export "), "live.json": fabrikam(t)})
	c.apply(t)
	outputs := map[string]struct{ Value any }{}
	printed, err := c.command("output", "-json") // without what goes to the error output
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(printed, &outputs); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"notes", "findings"} {
		if list, ok := outputs[name].Value.([]any); !ok || len(list) > 0 {
			t.Errorf("the output %s is %v", name, outputs[name].Value)
		}
	}
	if script, _ := outputs["export_script"].Value.(string); !strings.Contains(script, "ProviderServer") {
		t.Errorf("the export script is %q", script)
	}

	// The configuration takes what exists into the state, and says what an id does not.
	configuration, _ := outputs["configuration"].Value.(string)
	c.write(t, "hierarchy.tf", configuration)
	c.write(t, "drift.tf", block("locals {\n  drift "))
	c.write(t, "steps.tf", block("output \"steps\""))
	plan := plannedJSON(t, c)
	checkImports(t, plan, strings.Count(configuration, "import {"))
	drift := map[string]any{"missing": []any{}, "unexpected": []any{}, "different": []any{}}
	if got := plan.PlannedValues.Outputs["drift"].Value; !reflect.DeepEqual(got, any(drift)) {
		t.Errorf("the drift is %v", got)
	}
	if got, _ := plan.PlannedValues.Outputs["steps"].Value.([]any); len(got) > 0 {
		t.Errorf("steps lead from what runs to the same: %v", got)
	}
	c.run(t, "apply", "-no-color", "-input=false", "saved.tfplan")

	// A role that is gone and a site that has another name are drift, and a way back.
	c.write(t, "live.json", strings.NewReplacer("SMS Dmp Connector", "SMS Site System", `"SiteName": "Europe"`, `"SiteName": "Europa"`).Replace(fabrikam(t)))
	text := oneLine(c.plan(t))
	for _, want := range []string{
		"Check block assertion failed", "TOP/top-scp.fabrikam.net/service_connection_point is not there.",
		`sites["EU1"].name is Europa and not Europe.`, "service_connection_point",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the plan does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Plan:") {
		t.Errorf("another export changes resources:\n%s", text)
	}
}

// plannedJSON saves a plan as saved.tfplan and returns it.
func plannedJSON(t *testing.T, c *cli) *tfjson.Plan {
	t.Helper()
	c.run(t, "plan", "-no-color", "-input=false", "-out=saved.tfplan")
	plan := &tfjson.Plan{}
	if err := c.show(plan, "saved.tfplan"); err != nil {
		t.Fatal(err)
	}
	return plan
}

// checkImports expects imports of a number of resources, of which nothing changes that the
// import knew: an attribute has the value that it had, or had none.
func checkImports(t *testing.T, plan *tfjson.Plan, number int) {
	t.Helper()
	imported := 0
	for _, r := range plan.ResourceChanges {
		if r.Change.Importing == nil {
			if r.Type != "configmgr_hierarchy" || !r.Change.Actions.Create() {
				t.Errorf("%s is not imported: %v", r.Address, r.Change.Actions)
			}
			continue
		}
		imported++
		if !r.Change.Actions.NoOp() && !r.Change.Actions.Update() {
			t.Errorf("%s is imported and then %v", r.Address, r.Change.Actions)
		}
		before, _ := r.Change.Before.(map[string]any)
		after, _ := r.Change.After.(map[string]any)
		if len(before) == 0 {
			t.Errorf("%s has no attributes before", r.Address)
		}
		for name, had := range before {
			if had != nil && !reflect.DeepEqual(had, after[name]) {
				t.Errorf("%s: %s is imported as %v and becomes %v", r.Address, name, had, after[name])
			}
		}
	}
	if imported != number || number == 0 {
		t.Errorf("%d resources are imported, expected %d", imported, number)
	}
}
