package provider

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestUpgrade_StateOfVersion0 plans a state that a build wrote whose schemas kept whole
// references (commit 3a857b9), with the configuration that it was made from. It comes
// up without an error, a replacement and even a difference.
func TestUpgrade_StateOfVersion0(t *testing.T) {
	content, err := os.ReadFile("testdata/state_version_0.json")
	if err != nil {
		t.Fatal(err)
	}
	var recorded []struct {
		Type, Name string
		Version    int64 `json:"schema_version"`
		Attributes json.RawMessage
	}
	if err := json.Unmarshal(content, &recorded); err != nil {
		t.Fatal(err)
	}
	s := configure(t, nil)
	upgraded := map[string]tree{}
	for _, r := range recorded {
		address := r.Type + "." + r.Name
		resp, err := s.UpgradeResourceState(context.Background(), &tfprotov6.UpgradeResourceStateRequest{
			TypeName: r.Type, Version: r.Version, RawState: &tfprotov6.RawState{JSON: r.Attributes},
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(resp.Diagnostics) > 0 {
			t.Fatalf("%s: %s", address, describe(resp.Diagnostics))
		}
		state := readTree(t, s.schema(t, r.Type), resp.UpgradedState)
		upgraded[address] = state
		config := configurationOfState(t, s.schema(t, r.Type), r.Attributes)
		switch r.Type { // references to what is upgraded
		case "configmgr_site":
			if config["parent"] != nil {
				config["parent"] = upgraded["configmgr_site.cas"]
			}
		case "configmgr_site_system_server":
			config["site"] = upgraded["configmgr_site."+map[string]string{"mp01": "ps1", "scp01": "cas"}[r.Name]]
		case "configmgr_role_assignment":
			config["server"] = upgraded["configmgr_site_system_server."+map[string]string{"mp01": "mp01", "dp01": "mp01", "scp01": "scp01"}[r.Name]]
		case "configmgr_hierarchy":
			config["sites"] = tree{"cas": upgraded["configmgr_site.cas"], "ps1": upgraded["configmgr_site.ps1"]}
			config["site_system_servers"] = tree{"mp01": upgraded["configmgr_site_system_server.mp01"], "scp01": upgraded["configmgr_site_system_server.scp01"]}
			config["role_assignments"] = tree{"a": upgraded["configmgr_role_assignment.mp01"], "b": upgraded["configmgr_role_assignment.dp01"], "c": upgraded["configmgr_role_assignment.scp01"]}
		}
		planned := s.plan(t, r.Type, config, state)
		if errors := errorsOf(planned.diags); len(errors) > 0 || len(planned.replaced) > 0 {
			t.Errorf("%s: replaced because of %v%s", address, planned.replaced, describe(errors))
		}
		if !reflect.DeepEqual(planned.object, state) {
			t.Errorf("%s: the state %s\nis planned as %s", address, describeTree(state), describeTree(planned.object))
		}
	}
	if got := upgraded["configmgr_role_assignment.mp01"]; got["fqdn"] != "mp01.contoso.com" || got["site_code"] != "PS1" || got["server"] != nil {
		t.Errorf("the role assignment is upgraded to %s", describeTree(got))
	}
	design := upgraded["configmgr_hierarchy.contoso"]["design"].(tree)
	if design["PS1/mp01.contoso.com"] != "distribution_point, management_point https installed" || len(design) != 4 {
		t.Errorf("the design is %s", describeTree(design))
	}
}

// configurationOfState returns what the configuration of a recorded resource said: all
// that only the provider computes is left out.
func configurationOfState(t *testing.T, schema *tfprotov6.Schema, attributes json.RawMessage) tree {
	t.Helper()
	var recorded tree
	if err := json.Unmarshal(attributes, &recorded); err != nil {
		t.Fatal(err)
	}
	config := tree{}
	for _, a := range schema.Block.Attributes {
		if !a.Computed {
			config[a.Name] = recorded[a.Name]
		}
	}
	for _, b := range schema.Block.BlockTypes {
		config[b.TypeName] = recorded[b.TypeName]
	}
	return config
}

// TestUpgrade_StateThatCannotBeRead has a message that is not an object.
func TestUpgrade_StateThatCannotBeRead(t *testing.T) {
	s := configure(t, nil)
	for _, kind := range []string{"configmgr_role_assignment", "configmgr_hierarchy"} {
		for _, state := range []string{`[]`, `{"id": {}}`, `{`} {
			resp, err := s.UpgradeResourceState(context.Background(), &tfprotov6.UpgradeResourceStateRequest{TypeName: kind, RawState: &tfprotov6.RawState{JSON: []byte(state)}})
			if err == nil && len(errorsOf(resp.Diagnostics)) == 0 {
				t.Errorf("%s: the state %s is read", kind, state)
			}
		}
		for _, state := range []string{`{}`, `{"server": null, "sites": null}`, `{"install_steps": [1], "sites": {"a": {"gone": true}}, "server": {"gone": true}}`} {
			resp, err := s.UpgradeResourceState(context.Background(), &tfprotov6.UpgradeResourceStateRequest{TypeName: kind, RawState: &tfprotov6.RawState{JSON: []byte(state)}})
			if err != nil || len(resp.Diagnostics) > 0 {
				t.Errorf("%s: the state %s: %v%s", kind, state, err, describe(resp.Diagnostics))
				continue
			}
			if got := readTree(t, s.schema(t, kind), resp.UpgradedState); !isKnown(got) {
				t.Errorf("%s: the state %s is upgraded to %v", kind, state, got)
			}
		}
	}
}
