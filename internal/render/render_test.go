package render

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

var update = flag.Bool("update", false, "write the golden files")

// tree is a declared object by attribute names.
type tree = map[string]any

// complete returns the hierarchy of the complete example, as Terraform records it. A
// test of the provider compares the file with the example.
func complete(t testing.TB) tree {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "complete.json"))
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	var object tree
	if err := decoder.Decode(&object); err != nil {
		t.Fatal(err)
	}
	return whole(object).(tree)
}

// whole replaces the numbers of JSON by what the model decodes.
func whole(node any) any {
	switch node := node.(type) {
	case json.Number:
		n, err := node.Int64()
		if err != nil {
			panic(err)
		}
		return n
	case []any:
		for i := range node {
			node[i] = whole(node[i])
		}
	case tree:
		for name := range node {
			node[name] = whole(node[name])
		}
	}
	return node
}

// hierarchy decodes a hierarchy that has to be right.
func hierarchy(t testing.TB, object tree) *model.Hierarchy {
	t.Helper()
	h := &model.Hierarchy{}
	if problems := model.Decode(h, object); len(problems) > 0 {
		t.Fatalf("hierarchy: %v", problems)
	}
	return h
}

// one returns a stand-alone primary site with a server for each role.
func one(roles ...string) tree {
	site := tree{"site_code": "PS1", "site_type": "primary", "name": "Contoso", "site_server": "cm01.contoso.com", "install_directory": `D:\ConfigMgr`}
	assignments := tree{}
	for i, role := range roles {
		assignments[string(rune('a'+i))] = tree{"role": role, "server": tree{"fqdn": string(rune('a'+i)) + ".contoso.com", "site": tree{"site_code": "PS1"}}}
	}
	return tree{"sites": tree{"ps1": site}, "role_assignments": assignments}
}

// renamed returns a copy of an object with a text replaced in every string and key.
func renamed(t testing.TB, object tree, from, to string) tree {
	t.Helper()
	var replace func(any) any
	replace = func(node any) any {
		switch node := node.(type) {
		case string:
			return strings.ReplaceAll(node, from, to)
		case []any:
			list := make([]any, len(node))
			for i := range node {
				list[i] = replace(node[i])
			}
			return list
		case tree:
			all := make(tree, len(node))
			for name := range node {
				all[strings.ReplaceAll(name, from, to)] = replace(node[name])
			}
			return all
		default:
			return node
		}
	}
	return replace(object).(tree)
}

// rekeyed returns a copy of a hierarchy with other keys in its maps, in the opposite
// order.
func rekeyed(object tree) tree {
	all := maps.Clone(object)
	for _, name := range []string{"sites", "site_system_servers", "role_assignments"} {
		elements, ok := object[name].(tree)
		if !ok {
			continue
		}
		changed := tree{}
		for i, key := range slices.Sorted(maps.Keys(elements)) {
			changed[string(rune('a'+(len(elements)-i)/26))+string(rune('a'+(len(elements)-i)%26))] = elements[key]
		}
		all[name] = changed
	}
	return all
}

// checkGolden compares a text with a golden file.
func checkGolden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", "complete", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs from the golden file; go test -update writes it anew. Now:\n%s", file, text)
	}
}

// hostile are strings that end a literal, start a comment, a variable, a template, a
// section or a line in one language or another.
var hostile = []string{
	`'; Remove-Item C:\ -Recurse; '`, `"; calc; "`, `$(calc)`, "`$(calc)", "${env:PATH}", "@{x=1}", "#>calc<#", "a\nb", "a\r\n[Options]\r\nProductID=Eval", "[Options]",
	"ProductID=1", "; comment", "# comment", "‘; calc; ‘", "’); calc; (’", "‚calc‛", "“$(calc)”", "„calc", "{{ lookup('pipe', 'id') }}", "{% raw %}", "{# x #}", "!unsafe x", "&anchor", "*alias",
	"- item", "key: value", "|", ">", "yes", "null", "0x1F", "1e3", "~", "%%{init: {}}%%", "end", "a --> b", `"]`, `]]`, "<script>alert(1)</script>", "#quot;", "&amp;", "**bold**", "`code`", "1. item",
	"style x:#35;", "Straße", "Ñandú", "ё", "日本語", "😀", "a\\", `\\server\share\`, "%PATH%", "^&|<>", "  blanks  ", "\ttab", "", "a;b", "ﬂ°°35¶ß", "\u2028", "\u0085", "\x00",
}
