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

// TestDecode_ListThatIsNotKnownOfEveryKind opens what is inside of a block, the settings of
// the role itself, and the maps of a hierarchy, but not the settings of another role.
func TestDecode_ListThatIsNotKnownOfEveryKind(t *testing.T) {
	list := UnknownValue{}
	site := &Site{}
	Decode(site, map[string]any{"database": map[string]any{"port": int64(1500)}, "unknown": list})
	if db, _ := site.Database.Get(); db == nil || db.Port != Known[int64](1500) || !db.Server.IsUnknown() || !site.ClientPorts.IsUnknown() {
		t.Errorf("site: database %+v, client ports %v", db, site.ClientPorts)
	}
	server := &Server{}
	Decode(server, map[string]any{"fqdn": "dp01.contoso.com", "unknown": list})
	if !server.InternetFQDN.IsUnknown() || server.FQDN.IsUnknown() {
		t.Errorf("server: %+v", server)
	}
	assignment := &Assignment{}
	Decode(assignment, map[string]any{"role": "distribution_point", "unknown": list})
	if dp, _ := assignment.DistributionPoint.Get(); dp == nil || !dp.PullSources.IsUnknown() || !assignment.ManagementPoint.IsNull() {
		t.Errorf("role assignment: %+v", assignment)
	}
	hierarchy := &Hierarchy{}
	Decode(hierarchy, map[string]any{"sites": map[string]any{"ps1": map[string]any{"site_code": "PS1"}}, "unknown": list})
	if sites, _ := hierarchy.Sites.Get(); len(sites) != 2 || !sites[Others].IsUnknown() || !hierarchy.Assignments.IsUnknown() {
		t.Errorf("hierarchy: sites %v, role assignments %v", sites, hierarchy.Assignments)
	}
}

func TestListable_NamesAttributes(t *testing.T) {
	for name, test := range map[string]struct {
		object any
		names  []string
	}{
		"site": {&Site{}, Listable[Site]()}, "server": {&Server{}, Listable[Server]()}, "assignment": {&Assignment{}, Listable[Assignment]()},
		"hierarchy": {&Hierarchy{}, Listable[Hierarchy]()},
	} {
		if len(test.names) == 0 {
			t.Errorf("%s: nothing is listable", name)
		}
		for _, attribute := range test.names {
			if problems := Decode(test.object, map[string]any{"unknown": []any{attribute}}); len(problems) > 0 {
				t.Errorf("%s: %v", name, problems)
			}
		}
	}
}
