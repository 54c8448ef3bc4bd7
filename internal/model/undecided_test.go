package model

import (
	"strings"
	"testing"
)

func TestDecode_UnknownList(t *testing.T) {
	site := &Site{}
	problems := Decode(site, map[string]any{
		"site_code": "PS1", "site_type": "primary", "passive_site_server": "ps1b.contoso.com", "database": map[string]any{"port": int64(1500)},
		"unknown": []any{"content_library_path", "database.failover_cluster", "client_ports.notification"},
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	db, _ := site.Database.Get()
	ports, _ := site.ClientPorts.Get()
	if !site.ContentLibraryPath.IsUnknown() || !db.FailoverCluster.IsUnknown() || db.Port != Known[int64](1500) || ports == nil || !ports.Notification.IsUnknown() || !ports.HTTP.IsNull() {
		t.Errorf("decoded %+v, database %+v, ports %+v", site, db, ports)
	}
	if again := (&Site{}); len(Decode(again, Encode(site))) > 0 || !again.ContentLibraryPath.IsUnknown() {
		t.Error("what is encoded is not decoded as the same")
	}
}

func TestDecode_UnknownListIsStrict(t *testing.T) {
	for _, test := range []struct {
		name, says string
		tree       map[string]any
	}{
		{"misspelt", `Did you mean "content_library_path"`, map[string]any{"unknown": []any{"content_library_paht"}}},
		{"nested misspelt", `There is no attribute "prot" here`, map[string]any{"unknown": []any{"database.prot"}}},
		{"no block", `"name" has no attributes of its own`, map[string]any{"unknown": []any{"name.first"}}},
		{"itself", `There is no attribute "unknown" here`, map[string]any{"unknown": []any{"unknown"}}},
		{"an output", `There is no attribute "setup" here`, map[string]any{"unknown": []any{"setup"}}},
		{"with a value", `is listed as unknown and has a value`, map[string]any{"name": "Contoso", "unknown": []any{"name"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			problems := Decode(&Site{}, test.tree)
			if len(problems) != 1 || !strings.Contains(problems[0].Message, test.says) {
				t.Errorf("%v, expected one with %q", problems, test.says)
			}
		})
	}
}

// TestDecode_ListThatIsNotKnown may turn out to name what has no value.
func TestDecode_ListThatIsNotKnown(t *testing.T) {
	for name, list := range map[string]any{"list": UnknownValue{}, "entry": []any{UnknownValue{}}} {
		site := &Site{}
		if problems := Decode(site, map[string]any{"site_type": "primary", "site_server": "a.contoso.com", "branch": "ltsb", "unknown": list}); len(problems) > 0 {
			t.Fatal(problems)
		}
		if !site.PassiveServer.IsUnknown() || !site.Branch.IsKnown() || !site.ID.IsNull() || !site.Facts().IsUnknown() {
			t.Errorf("%s: passive site server %v, branch %v, id %v, facts %v", name, site.PassiveServer, site.Branch, site.ID, site.Facts())
		}
	}
}
