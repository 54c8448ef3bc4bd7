package provider

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// Each guide about a group of rules shows a design that a rule of the group refuses.
// The first line of the design names the rule: it is the only error of the plan.
func TestAccRuleExamples(t *testing.T) {
	const examples = "../../examples/rules"
	folders, err := os.ReadDir(examples)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			design, err := os.ReadFile(filepath.Join(examples, folder.Name(), "main.tf"))
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(string(design), "\n")
			id := strings.TrimPrefix(first, "# ")
			rule, ok := rules.Catalog().RuleByID(id)
			if !ok || rule.Chapter != folder.Name() {
				t.Fatalf("the first line %q names no rule of the group", first)
			}
			if got := ruleIDs(planErrors(t, string(design))); !slices.Equal(got, []string{id}) {
				t.Errorf("the plan reports %v, want %s alone", got, id)
			}
		})
	}
}

// Every group with a checked error has an example.
func TestEveryGroupHasAnExample(t *testing.T) {
	for _, r := range rules.Catalog().Rules() {
		if r.Enforcement != rule.Checked || r.Severity != rule.SeverityError {
			continue
		}
		if _, err := os.Stat(filepath.Join("../../examples/rules", r.Chapter, "main.tf")); err != nil {
			t.Errorf("the group of %s has no example: %v", r.ID, err)
		}
	}
}
