package provider

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// renamedServer has the management point of the smallest topology on another computer.
func renamedServer(t *testing.T) tree {
	t.Helper()
	topology := but(t, smallTopology(), "mp02.contoso.com", "site_system_servers", "mp01", "fqdn")
	topology = but(t, topology, "PS1/mp02.contoso.com", "site_system_servers", "mp01", "id")
	topology = but(t, topology, "PS1/mp02.contoso.com/management_point", "role_assignments", "mp01", "id")
	return but(t, topology, "mp02.contoso.com", "role_assignments", "mp01", "fqdn")
}

func TestExisting_LeadsFromWhatRuns(t *testing.T) {
	s := configure(t, nil)
	v, funcErr := s.call(t, "installation", renamedServer(t), tree{"existing": smallTopology()})
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	node, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, step := range node.(tree)["steps"].([]any) {
		ids = append(ids, step.(tree)["id"].(string))
		if id := step.(tree)["id"].(string); strings.HasSuffix(id, "_removed") != (step.(tree)["action"] == "remove") {
			t.Errorf("%s has the action %v", id, step.(tree)["action"])
		}
	}
	added, removed := slices.Index(ids, "PS1/mp02.contoso.com/management_point"), slices.Index(ids, "PS1/mp01.contoso.com/management_point_removed")
	if added < 0 || removed < added || slices.Contains(ids, "PS1/setup") {
		t.Errorf("the steps are %v", ids)
	}
	v, funcErr = s.call(t, "install_script", renamedServer(t), tree{"existing": smallTopology()})
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	var script string
	if err := v.As(&script); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "Invoke-Step ") && strings.Contains(line, "Remove-") != strings.Contains(line, " -Removal ") {
			t.Errorf("a removal runs without its switch: %s", line)
		}
	}
	if !strings.Contains(script, " -Removal -Test { -not (Test-Role ") || !strings.Contains(script, "if ($Removal -and -not $AllowRemoval") {
		t.Errorf("the script does not remove the role:\n%s", script)
	}
	page := s.document(t, renamedServer(t), tree{"existing": smallTopology(), "environment": "lab"})
	if runbook := part(t, page, "Runbook"); !strings.Contains(runbook, "PS1/mp01.contoso.com/management&#95;point&#95;removed: **Remove the management point**") && !strings.Contains(runbook, "management_point_removed: **Remove the management point**") {
		t.Errorf("the runbook: %s", runbook)
	}
}

// TestExisting_TellsWhatTheProductRefuses has a site that would go back to an older version:
// no step does it, and every output says so.
func TestExisting_TellsWhatTheProductRefuses(t *testing.T) {
	s := configure(t, nil)
	older := but(t, smallTopology(), "2503", "sites", "ps1", "version")
	newer := tree{"existing": but(t, smallTopology(), "2603", "sites", "ps1", "version")}
	v, funcErr := s.call(t, "installation", older, newer)
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	node, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	const refusal = "The site runs version 2603, and no site goes back to an older one"
	refusals, _ := node.(tree)["refusals"].([]any)
	if steps := node.(tree)["steps"].([]any); len(steps) > 0 || len(refusals) != 1 || !strings.Contains(refusals[0].(string), `sites["ps1"].version: `+refusal) {
		t.Errorf("the steps are %v, the refusals %v", steps, refusals)
	}
	v, funcErr = s.call(t, "install_script", older, newer)
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	var script string
	if err := v.As(&script); err != nil || !strings.Contains(script, `Write-Warning -Message 'sites["ps1"].version: `+refusal) {
		t.Errorf("the script does not say it: %v\n%s", err, script)
	}
	newer["environment"] = "lab"
	if runbook := part(t, s.document(t, older, newer), "Runbook"); !strings.Contains(runbook, refusal) {
		t.Errorf("the runbook: %s", runbook)
	}
}

func TestExisting_NothingToDo(t *testing.T) {
	s := configure(t, nil)
	for name, arguments := range map[string][]any{"installation": {smallTopology(), tree{"existing": smallTopology()}}, "null": {smallTopology(), tree{"existing": nil}}} {
		v, funcErr := s.call(t, "installation", arguments...)
		if funcErr != nil {
			t.Fatal(funcErr.Text)
		}
		node, _ := toTree(v)
		if steps := node.(tree)["steps"].([]any); (len(steps) == 0) != (name == "installation") {
			t.Errorf("%s has the steps %v", name, steps)
		}
	}
}

func TestExisting_WhatIsRefused(t *testing.T) {
	s := configure(t, nil)
	for _, name := range []string{"installation", "install_script", "design_document"} {
		for _, c := range []struct {
			options any
			says    string
		}{
			{tree{"existing": but(t, smallTopology(), "x", "sites", "ps1", "nam")}, `existing: sites["ps1"].nam: An attribute named "nam" is not expected here. Did you mean "name"?`},
			{tree{"existing": tree{}}, "existing: sites: The topology needs it"},
			{tree{"existing": true}, "existing: An object is required"},
			{tree{"existing": hierarchyState}, "existing: The references of a configmgr_hierarchy are write-only"},
			{tree{"existin": smallTopology()}, `An attribute named "existin" is not expected here`},
			{true, "An object is required"},
		} {
			s.expectArgumentError(t, name, 1, c.says, smallTopology(), c.options)
		}
		v, funcErr := s.call(t, name, smallTopology(), tree{"existing": but(t, smallTopology(), model.UnknownValue{}, "sites", "ps1", "version")})
		if funcErr != nil || v.IsKnown() {
			t.Errorf("%s with something unknown: %v, %v", name, v, funcErr)
		}
	}
}

// TestExisting_OfAnExport leads from an export to what it says, and to less.
func TestExisting_OfAnExport(t *testing.T) {
	s := configure(t, nil)
	exported, funcErr := s.call(t, "topology_from_export", fabrikam(t), tree{})
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	live := treeFrom(t, exported)["topology"].(tree)
	steps := func(design tree) []any {
		v, funcErr := s.call(t, "installation", design, tree{"existing": live})
		if funcErr != nil {
			t.Fatal(funcErr.Text)
		}
		result := treeFrom(t, v)
		if len(result["servers"].(tree)) == 0 {
			t.Error("no computer is listed")
		}
		return result["steps"].([]any)
	}
	if got := steps(live); len(got) > 0 {
		t.Errorf("what runs has the steps %v", got)
	}
	for key, a := range live["role_assignments"].(tree) {
		if a.(tree)["role"] != "distribution_point" || !strings.HasPrefix(key, "EU1/") {
			continue
		}
		got := steps(but(t, live, nil, "role_assignments", key))
		if len(got) == 0 || got[0].(tree)["action"] != "remove" {
			t.Errorf("without %s the steps are %v", key, got)
		}
		return
	}
	t.Error("the export has no distribution point")
}
