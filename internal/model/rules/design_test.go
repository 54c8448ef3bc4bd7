package rules_test

import (
	"reflect"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// TestDesign_Lines holds the form of the lines fast: states keep them, and the rules
// about changes read them back.
func TestDesign_Lines(t *testing.T) {
	topology := ruletest.Parse(t, `
site CAS central_administration site_server=CAS01.contoso.com. version="2603" installed=true database.server=sql01.contoso.com
site ps1 primary CAS version="2603" passive_site_server=ps102.contoso.com sms_providers=["prv01.contoso.com","ps1.contoso.com"] database.instance=ps1 database.collation=A,B%C clients.windows=10 clients.macos=2
site SS1 secondary ps1 database.availability_group.name=AG
server ps1 MP01
server ps1 empty
role ps1 MP01 management_point protocol=https client_connections=intranet installed=true
role ps1 MP01 distribution_point protocol=http client_connections=internet pull_sources={"dp2.contoso.com":1}
role CAS scp service_connection_point mode=online
`).Planned.Build(t, false)
	want := map[string]string{
		"CAS":                   "central_administration on cas01.contoso.com, 2603, installed, database sql01.contoso.com",
		"PS1":                   "child_primary of CAS on ps1.contoso.com, 2603, passive ps102.contoso.com, sms_providers prv01.contoso.com ps1.contoso.com, instance PS1, collation A%2CB%25C, clients 12",
		"SS1":                   "secondary of PS1 on ss1.contoso.com, availability_group",
		"PS1/mp01.contoso.com":  "distribution_point http internet pull, management_point https installed",
		"PS1/empty.contoso.com": "-",
		"CAS/scp.contoso.com":   "service_connection_point online",
	}
	lines, ok := topology.Design().Get()
	if !ok {
		t.Fatal("the design is not known")
	}
	got := map[string]string{}
	for key, v := range lines {
		got[key], _ = v.Get()
	}
	if !reflect.DeepEqual(got, want) {
		for key := range want {
			if got[key] != want[key] {
				t.Errorf("%s\n got %q\nwant %q", key, got[key], want[key])
			}
		}
		t.Errorf("keys: %v", got)
	}
}

func TestDesign_Unknown(t *testing.T) {
	for _, c := range []struct {
		name, text  string
		whole, line bool
	}{
		{"code of a site", "site ? primary", true, true},
		{"name of a server", "site PS1 primary\nserver PS1 ?", true, true},
		{"server of a role", "site PS1 primary\nserver ? mp\nrole ? mp management_point", true, true},
		{"map of servers", "site PS1 primary\nhierarchy site_system_servers=?", true, true},
		{"version", "site PS1 primary version=?", false, true},
		{"nothing", "site PS1 primary", false, false},
	} {
		design := ruletest.Parse(t, c.text).Planned.Build(t, false).Design()
		lines, _ := design.Get()
		if design.IsUnknown() != c.whole || !c.whole && lines["PS1"].IsUnknown() != c.line {
			t.Errorf("%s: %v", c.name, design)
		}
	}
}
