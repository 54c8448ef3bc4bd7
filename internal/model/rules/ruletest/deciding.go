package ruletest

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// writeDeciding has the tests of the chapters write what they compare with otherwise.
const writeDeciding = "WRITE_DECIDING"

// decidingIsListed compares what [rules.Deciding] lists with the designs that show the
// rules: an attribute decides a rule where leaving it out leaves the rule undecided.
func decidingIsListed(t *testing.T, chapter rule.Chapter, all map[string]Cases) {
	t.Helper()
	var text strings.Builder
	for i := range chapter.Rules {
		id := chapter.Rules[i].ID
		names := decidingIn(t, id, all[id])
		if len(names) > 0 {
			text.WriteString(id + " " + strings.Join(names, " ") + "\n")
		}
		if listed := rules.Deciding(id); !slices.Equal(listed, names) && os.Getenv(writeDeciding) == "" {
			t.Errorf("%s is decided by %v, and the list says %v: %s=1 go test ./internal/model/rules/... -run /DecidingAttributes writes it", id, names, listed, writeDeciding)
		}
	}
	if os.Getenv(writeDeciding) != "" {
		if err := os.WriteFile(filepath.Join("..", "deciding", chapter.Name+".txt"), []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// decidingIn returns the attributes that decide a rule in its designs, sorted.
func decidingIn(t *testing.T, id string, c Cases) []string {
	t.Helper()
	found := map[string]bool{}
	for _, text := range slices.Concat(c.Satisfied, c.Violated) {
		d := Parse(t, text)
		elements := slices.Concat(d.Planned.sites, d.Planned.servers, d.Planned.Roles)
		if len(elements) > 12 {
			continue // a crowd shows nothing that a few do not
		}
		undecided := func() bool {
			return rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Undecided(id)
		}
		if undecided() {
			continue
		}
		visit := func(kind string, tree map[string]any) {
			eachAbsence(tree, "", func(name string) {
				if !found[kind+"."+name] && undecided() {
					found[kind+"."+name] = true
				}
			})
		}
		for _, tree := range d.Planned.sites {
			visit("site", tree)
		}
		for _, tree := range d.Planned.servers {
			visit("site_system_server", tree)
		}
		for _, tree := range d.Planned.Roles {
			visit("role_assignment", tree)
		}
		visit("hierarchy", d.Planned.hierarchy)
		if !d.Options.ReviewDate.IsZero() {
			d.Options.ReviewDate = time.Time{}
			if undecided() {
				found["review_date"] = true
			}
		}
	}
	names := slices.Sorted(maps.Keys(found))
	return slices.DeleteFunc(names, func(name string) bool {
		// A block stands for its attributes where none of them decides.
		return slices.ContainsFunc(names, func(other string) bool { return strings.HasPrefix(other, name+".") })
	})
}

// eachAbsence takes the attributes that a design may leave out from an element, one at a
// time, those of its blocks too.
func eachAbsence(tree map[string]any, prefix string, visit func(name string)) {
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		v := tree[name]
		if _, unknown := v.(model.UnknownValue); unknown || v == nil || slices.Contains(neverLeftOut, name) {
			continue
		}
		delete(tree, name)
		visit(prefix + name)
		tree[name] = v
		if block, ok := v.(map[string]any); ok && prefix == "" {
			eachAbsence(block, name+".", visit)
		}
	}
}

// neverLeftOut are what every element has, and what the tests add.
var neverLeftOut = []string{
	"id", "site_code", "site_type", "name", "site_server", "parent", "fqdn", "site", "server", "role", "installed", "unknown", "accepted_findings",
	"sites", "site_system_servers", "role_assignments",
}
