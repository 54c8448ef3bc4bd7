package provider

import (
	"encoding/base64"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
)

func fabrikam(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../model/adopt/testdata/fabrikam.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// treeFrom returns a result as a tree.
func treeFrom(t testing.TB, v tftypes.Value) tree {
	t.Helper()
	node, err := treeOf(v, true)
	if err != nil {
		t.Fatal(err)
	}
	result, _ := node.(tree)
	return result
}

func TestTopologyFromExport(t *testing.T) {
	s := configure(t, nil)
	text := fabrikam(t)
	v, funcErr := s.call(t, "topology_from_export", text, tree{})
	if funcErr != nil {
		t.Fatal(funcErr)
	}
	result := treeFrom(t, v)
	topology := result["topology"].(tree)
	site := topology["sites"].(tree)["EU1"].(tree)
	if site["passive_site_server"] != "eu1-ha.fabrikam.net" || site["installed"] != true || !reflect.DeepEqual(site["unknown"], []any{"client_ports", "content_library_path", "database.failover_cluster"}) {
		t.Errorf("the site is %v", site)
	}
	if notes := result["notes"].([]any); len(notes) > 0 {
		t.Errorf("notes %v", notes)
	}
	// As base64, and with null for the options, it is the same.
	same, funcErr := s.call(t, "topology_from_export", base64.StdEncoding.EncodeToString([]byte("\xef\xbb\xbf"+text)), nil)
	if funcErr != nil || !same.Equal(v) {
		t.Errorf("as base64: %v, %v", same, funcErr)
	}
	// What it returns is what the other functions take.
	findings, funcErr := s.call(t, "check_topology", topology, tree{})
	var list []tftypes.Value
	if funcErr != nil || findings.As(&list) != nil || len(list) > 0 {
		t.Errorf("findings %v, %v", findings, funcErr)
	}
}

func TestTopologyFromExport_Notes(t *testing.T) {
	text := strings.Replace(fabrikam(t), "SMS Dmp Connector", "SMS Dump Connector", 1)
	v, funcErr := configure(t, nil).call(t, "topology_from_export", text, tree{})
	if funcErr != nil {
		t.Fatal(funcErr)
	}
	notes, _ := treeFrom(t, v)["notes"].([]any)
	if len(notes) != 1 || notes[0].(tree)["kind"] != "unknown_role" || !strings.Contains(notes[0].(tree)["message"].(string), "SMS Dmp Connector") {
		t.Errorf("notes %v", notes)
	}
}

func TestExportFunctions_ArgumentErrors(t *testing.T) {
	s := configure(t, nil)
	for _, name := range []string{"topology_from_export", "configuration_from_export"} {
		for _, test := range []struct {
			name, text string
			options    any
			argument   int64
			says       string
		}{
			{"cut off", fabrikam(t)[:500], tree{}, 0, "it was cut off"},
			{"a secret", `{"SMS_Site": [{"SiteCode": "PS1", "SQLAccountPassword": "x"}]}`, tree{}, 0, `"SQLAccountPassword" holds a secret`},
			{"a misspelt option", fabrikam(t), tree{"top_level_site": "TOP"}, 1, `Did you mean "top_level_site_code"`},
			{"an option of another type", fabrikam(t), tree{"top_level_site_code": []any{}}, 1, "A string is required"},
			{"a site that is not there", fabrikam(t), tree{"top_level_site_code": "XXX"}, 0, "Its sites are EU1, OSL, TOP"},
		} {
			_, funcErr := s.call(t, name, test.text, test.options)
			if funcErr == nil || funcErr.FunctionArgument == nil || *funcErr.FunctionArgument != test.argument || !strings.Contains(funcErr.Text, test.says) || strings.HasSuffix(funcErr.Text, ".") {
				t.Errorf("%s: %s: %+v, expected one of argument %d with %q", name, test.name, funcErr, test.argument, test.says)
			}
		}
	}
}

func TestTopologyDrift(t *testing.T) {
	s := configure(t, nil)
	declared := adopttest.Generate(5, 2, 1, 3)
	v, funcErr := s.call(t, "topology_from_export", adopttest.Text(declared), tree{})
	if funcErr != nil {
		t.Fatal(funcErr)
	}
	live := treeFrom(t, v)["topology"]
	drift := func(declared tree) tree {
		t.Helper()
		v, funcErr := s.call(t, "topology_drift", declared, live)
		if funcErr != nil {
			t.Fatal(funcErr)
		}
		return treeFrom(t, v)
	}
	if got := drift(declared); !reflect.DeepEqual(got, tree{"missing": []any{}, "unexpected": []any{}, "different": []any{}}) {
		t.Errorf("the same differs: %v", got)
	}
	changed := but(t, declared, int64(1444), "sites", "P00", "database", "port")
	got := drift(changed)
	if list := got["different"].([]any); len(list) != 1 || list[0].(tree)["path"] != `sites["P00"].database.port` || list[0].(tree)["declared"] != "1444" {
		t.Errorf("another port: %v", got)
	}
	_, funcErr = s.call(t, "topology_drift", declared, tree{"sites": tree{}, "role_assignment": tree{}})
	if funcErr == nil || *funcErr.FunctionArgument != 1 || !strings.Contains(funcErr.Text, `Did you mean "role_assignments"`) {
		t.Errorf("error %+v", funcErr)
	}
}

// What a design lists as unknown is not known after apply either: a computed value that
// follows from it is null and not open.
func TestUnknownList_LeavesNoComputedValueOpen(t *testing.T) {
	s := configure(t, nil)
	config := tree{
		"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com", "installed": true,
		"unknown": []any{"database.name", "sms_providers", "client_ports"},
	}
	planned := s.plan(t, "configmgr_site", config, nil)
	for name, value := range planned.object {
		if !isWhole(value) {
			t.Errorf("%s is open: %v", name, value)
		}
	}
	if planned.object["id"] != "PS1" || planned.object["tier"] != "stand_alone_primary" {
		t.Errorf("planned %v", planned.object)
	}
}
