package rules_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// A catalogued rule is a row of testdata/catalogue.csv, the list of all rules that
// this project answers for: P is decidable from the design, A with an optional
// attribute of it, R at run time only.
type catalogued struct {
	id                     string
	chapter                string
	severity, basis, scope string
	check                  string
}

// deliberate are the places where the catalogue says otherwise than the list, with
// the reason. The keys are the id and the column.
var deliberate = map[[2]string]struct{ value, reason string }{}

func readCatalogued(t *testing.T) []catalogued {
	t.Helper()
	data, err := os.ReadFile("testdata/catalogue.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	list := make([]catalogued, 0, len(rows))
	for _, row := range rows[1:] {
		list = append(list, catalogued{id: row[0], chapter: row[1], severity: row[2], basis: row[3], scope: row[4], check: row[5]})
	}
	return list
}

func TestCatalogueIsComplete(t *testing.T) {
	listed, differs := map[string]bool{}, map[[2]string]bool{}
	for _, want := range readCatalogued(t) {
		listed[want.id] = true
		r, ok := rules.Catalogue().RuleByID(want.id)
		if !ok {
			t.Errorf("%s of the chapter %s is missing", want.id, want.chapter)
			continue
		}
		for _, column := range []struct{ name, got, want string }{
			{"chapter", r.Chapter, want.chapter},
			{"severity", r.Severity.String(), want.severity},
			{"basis", string(r.Basis), want.basis},
			{"scope", string(r.Scope), want.scope},
		} {
			if column.got == column.want {
				continue
			}
			key := [2]string{want.id, column.name}
			differs[key] = true
			if d, ok := deliberate[key]; !ok || d.value != column.got {
				t.Errorf("%s: the %s is %s, not %s", want.id, column.name, column.got, column.want)
			}
		}
		if r.Enforcement == rule.DocumentedOnly && want.severity != "info" && want.check != "R" {
			t.Errorf("%s is a %s that can be judged from a design, and is only documented", want.id, want.severity)
		}
	}
	for _, id := range rules.Catalogue().RuleIDs() {
		if !listed[id] {
			t.Errorf("%s is not in the list", id)
		}
	}
	for key, d := range deliberate {
		if !differs[key] || d.reason == "" {
			t.Errorf("%s: the %s does not differ, or nobody says why", key[0], key[1])
		}
	}
}

// Each rule that is given up as undecidable is one less that users can rely on.
func TestFewRulesAreUndecidable(t *testing.T) {
	const most = 10
	var ids []string
	for _, r := range rules.Catalogue().Rules() {
		if r.Enforcement == rule.Undecidable {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) > most {
		t.Errorf("%d rules are undecidable, at most %d may be: %v", len(ids), most, ids)
	}
}
