package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// TestHierarchy_EqualFindingsAreOne has thirty servers with the same mistake: the
// hierarchy reports it once, with a list.
func TestHierarchy_EqualFindingsAreOne(t *testing.T) {
	servers := tree{}
	for i := range 30 {
		servers[fmt.Sprintf("s%02d", i)] = tree{"fqdn": fmt.Sprintf("s%02d.contoso.com", i), "site": siteState, "workgroup": true}
	}
	config := merged(hierarchyConfig, tree{"site_system_servers": servers, "role_assignments": tree{}})
	diags := errorsOf(configure(t, nil).plan(t, "configmgr_hierarchy", config, nil).diags)
	if len(diags) != 1 {
		t.Fatalf("%d errors: %s", len(diags), describe(diags))
	}
	d := diags[0]
	if !strings.HasPrefix(d.Summary, "SRV-DOMAIN: ") || !strings.HasSuffix(d.Summary, ", and 29 more") {
		t.Errorf("summary %q", d.Summary)
	}
	for _, text := range []string{"Found:\n  30 times:\n  site_system_servers[\"s00\"]", "\n  site_system_servers[\"s19\"]", "\n  and 10 more, which the function check_topology lists\n", "\n\nWhy: ", "\n\nFix: "} {
		if !strings.Contains(d.Detail, text) {
			t.Errorf("the detail lacks %q:\n%s", text, d.Detail)
		}
	}
	if strings.Contains(d.Detail, "Where:") || d.Attribute.String() != `AttributeName("site_system_servers")` {
		t.Errorf("at %s: %s", d.Attribute, d.Detail)
	}
	// As data, each is a finding of its own.
	v, funcErr := configure(t, nil).call(t, "check_topology", tree{"sites": hierarchyConfig["sites"], "site_system_servers": servers, "role_assignments": tree{}}, tree{})
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	findings, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, f := range findings.([]any) {
		if f.(tree)["rule"] == "SRV-DOMAIN" {
			count++
		}
	}
	if count != 30 {
		t.Errorf("check_topology finds it %d times", count)
	}
}

// TestRoleAssignment_DynamicBlocksThatAreNotKnown has a dynamic block with an unknown
// for_each for each role: whether there is a block at all is not decided yet.
func TestRoleAssignment_DynamicBlocksThatAreNotKnown(t *testing.T) {
	s := configure(t, nil)
	for _, b := range s.schema(t, "configmgr_role_assignment").Block.BlockTypes {
		config := merged(assignmentConfig, tree{b.TypeName: model.UnknownValue{}})
		if errors := errorsOf(s.plan(t, "configmgr_role_assignment", config, nil).diags); len(errors) > 0 {
			t.Errorf("%s: %s", b.TypeName, describe(errors))
		}
	}
}
