package render

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

func TestFirewallRules_AreRulesOfTheirKind(t *testing.T) {
	seen, kinds := map[string]bool{}, map[string]int{}
	for _, r := range rulesOf(t, complete(t)) {
		if seen[r.ID] {
			t.Errorf("%s is there twice", r.ID)
		}
		seen[r.ID] = true
		kinds[r.Kind]++
		if slices.Contains(r.SourceServers, r.Destination) || !slices.IsSorted(r.SourceServers) || len(r.Rows) == 0 || r.Purpose == "" || r.SiteCode == "" {
			t.Errorf("%+v", r)
		}
		leaves := r.Kind != install.KindInbound && r.Kind != install.KindWinRM && r.Kind != install.KindAvailability
		if leaves == strings.HasSuffix(r.Destination, ".contoso.com") {
			t.Errorf("%s is %s", r.ID, r.Kind)
		}
	}
	for _, kind := range install.Kinds() {
		if kinds[kind] == 0 {
			t.Errorf("the complete example has no rule of kind %s", kind)
		}
	}
}

// TestFirewallCSV_ReadsBack reads the table with another reader of CSV.
func TestFirewallCSV_ReadsBack(t *testing.T) {
	rules := rulesOf(t, complete(t))
	rows, err := csv.NewReader(strings.NewReader(FirewallCSV(rules))).ReadAll()
	if err != nil || len(rows) != len(rules)+1 {
		t.Fatalf("%d rows of %d rules, %v", len(rows), len(rules), err)
	}
	for i, r := range rules {
		row := rows[i+1]
		if row[0] != r.Kind || row[5] != r.Destination || row[7] != r.Ports || row[3] != strings.Join(r.SourceServers, ";") {
			t.Errorf("%q, expected %+v", row, r)
		}
	}
	if got := csvText("=1+1"); got != "'=1+1" {
		t.Errorf("a formula is written as %q", got)
	}
}

// TestFirewallScript_HasEveryRule reads the rules back, computer by computer.
func TestFirewallScript_HasEveryRule(t *testing.T) {
	rules := rulesOf(t, complete(t))
	want := map[string]bool{}
	for _, r := range rules {
		if r.Kind == install.KindInbound || r.Kind == install.KindAvailability {
			want[r.Destination+" ConfigMgr-"+r.Protocol+"-"+r.Ports+"-"+r.Source] = true
		}
	}
	list := tokens(t, FirewallScript(rules))
	host := ""
	for i, tok := range list {
		if tok.kind == "string" && i+1 < len(list) && list[i+1].kind == "{" {
			host = tok.text
		}
		if tok.text != "Add-Rule" || list[i+1].text != "-Name" {
			continue
		}
		key := host + " " + list[i+2].text
		if !want[key] {
			t.Errorf("%s is not expected", key)
		}
		delete(want, key)
	}
	for key := range want {
		t.Errorf("%s is missing", key)
	}
}

func FuzzFirewallScript(f *testing.F) {
	fuzzText(f, func(t *testing.T, s string) {
		checkHarmless(t, s, anywhere, func(t testing.TB, object tree) string { return FirewallScript(rulesOf(t, object)) })
	})
}
