package rules_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// Users accept findings by the ids of rules and look them up: testdata/ids.txt holds every
// id that a rule ever had.
func TestCatalogIsComplete(t *testing.T) {
	data, err := os.ReadFile("testdata/ids.txt")
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Fields(string(data))
	if !slices.IsSorted(listed) || len(listed) < 500 {
		t.Fatalf("the list of ids is not sorted, or too short: %d ids", len(listed))
	}
	for _, id := range listed {
		if _, ok := rules.Catalog().RuleByID(id); !ok {
			t.Errorf("%s is missing: a rule that is given up stays in its chapter, with an enforcement that says why", id)
		}
	}
	for _, id := range rules.Catalog().RuleIDs() {
		if _, ok := slices.BinarySearch(listed, id); !ok {
			t.Errorf("%s is not in the list: run make generate", id)
		}
	}
}

// Each rule that is given up as undecidable is one less that users can rely on.
func TestFewRulesAreUndecidable(t *testing.T) {
	const most = 10
	var ids []string
	for _, r := range rules.Catalog().Rules() {
		if r.Enforcement == rule.Undecidable {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) > most {
		t.Errorf("%d rules are undecidable, at most %d may be: %v", len(ids), most, ids)
	}
}
