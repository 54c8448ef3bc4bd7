package ruletest

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// hostAttributes and pathAttributes hold names of computers and domains, and paths: a
// dot or a backslash at the end, and letter case, mean nothing.
var (
	hostAttributes = []string{"fqdn", "site_server", "passive_site_server", "sms_providers", "server", "replicas", "nodes", "domain", "forest", "internet_fqdn",
		"database_server", "wsus_database_server", "enrollment_point", "ndes_server"}
	pathAttributes = []string{"install_directory", "content_library_path", "data_file_path", "log_file_path"}
)

// respelled writes every name and path of a tree in another way that means the same.
func respelled(node any, name string) any {
	switch node := node.(type) {
	case map[string]any:
		tree := make(map[string]any, len(node))
		for key, v := range node {
			if name == "pull_sources" {
				key = strings.TrimSuffix(key, ".") + "."
			}
			tree[key] = respelled(v, key)
		}
		return tree
	case []any:
		list := make([]any, len(node))
		for i, v := range node {
			list[i] = respelled(v, name)
		}
		return list
	case string:
		switch {
		case slices.Contains(hostAttributes, name) && strings.Contains(node, ".") && !strings.HasSuffix(node, "."):
			return node + "."
		case slices.Contains(pathAttributes, name) && len(node) > 3 && !strings.HasSuffix(node, `\`) && strings.TrimSpace(node) == node:
			return node + `\`
		}
	}
	return node
}

// spellingChangesNoFinding judges every design of the rules in another spelling, and as a
// change of the spelling alone.
func spellingChangesNoFinding(t *testing.T, all map[string]Cases) {
	t.Helper()
	ids := func(j Judgment) []string {
		var found []string
		for _, list := range [][]rule.Finding{j.Found, j.FoundAtOnce} {
			for _, f := range list {
				found = append(found, f.Rule.ID+" "+f.Severity.String())
			}
		}
		slices.Sort(found)
		return found
	}
	for id, c := range all {
		// A few of each, because a design is judged in full each time.
		for _, text := range slices.Concat(c.Violated[:min(2, len(c.Violated))], c.Satisfied[:min(2, len(c.Satisfied))]) {
			if len(text) > 1000 {
				continue
			}
			plain, other := Parse(t, text), Parse(t, text)
			for _, d := range []*Trees{other.Planned, other.prior} {
				if d == nil {
					continue
				}
				for _, list := range [][]map[string]any{d.sites, d.servers, d.Roles} {
					for i := range list {
						list[i] = respelled(list[i], "").(map[string]any)
					}
				}
			}
			want, got := ids(plain.Judge(t)), ids(other.Judge(t))
			if !slices.Equal(want, got) {
				t.Errorf("%s: %v, in another spelling %v\n%s", id, want, got, text)
			}
			// The same design again, and the same design again in another spelling, where all
			// of it exists.
			existing := Parse(t, text).Planned
			for _, list := range [][]map[string]any{existing.sites, existing.Roles} {
				for i := range list {
					list[i]["installed"] = true
				}
			}
			plain.prior, other.prior = existing, existing
			if plain.unknownPrior(t) {
				continue
			}
			if want, got = ids(plain.Judge(t)), ids(other.Judge(t)); !slices.Equal(want, got) {
				t.Errorf("%s: %v, after a change of the spelling %v\n%s", id, want, got, text)
			}
		}
	}
}

// unknownPrior reports whether the design holds what no state does.
func (d *Design) unknownPrior(t *testing.T) bool {
	t.Helper()
	design := d.Planned.Build(t, true).Design()
	lines, ok := design.Get()
	if !ok {
		return true
	}
	for _, v := range lines {
		if !v.IsKnown() {
			return true
		}
	}
	return false
}
