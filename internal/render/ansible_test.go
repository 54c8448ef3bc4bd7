package render

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// confusing are strings that YAML 1.1 reads as something else unless they are quoted.
var confusing = []string{
	"OFF", "off", "YES", "No", "y", "N", "on", "true", "null", "~", "12:30", "1:20:30", "0o17", "017", "1_000", "0x1F", "1e3", ".inf", ".NaN", "2026-11-28",
	"2001-12-14t21:59:43.10-05:00", "=", "<<", "-", "?", "001", "+1", "190:20:30.15", "0b1010", "", " x ", "a: b", "# x", "!x", "&x", "*x", "%x", "@x", "`x`", "{x", "[x",
}

// TestAnsibleInventory_QuotesEveryString looks at the text: a value between double quotes
// is a string to every reader of YAML.
func TestAnsibleInventory_QuotesEveryString(t *testing.T) {
	plain := regexp.MustCompile(`^ *(?:- )*(?:(?:[a-z_]+|"(?:[^"\\\\]|\\\\.)*"): *)?(?:(?:!unsafe )?"(?:[^"\\\\]|\\\\.)*"|\{\}|\[\])?$`)
	for _, s := range append([]string{"Contoso"}, confusing...) {
		object := one("management_point")
		object["sites"].(tree)["ps1"].(tree)["name"] = s
		inventory := text(inventoryOf)(t, object)
		for line := range strings.Lines(inventory) {
			if line = strings.TrimSuffix(line, "\n"); !plain.MatchString(line) {
				t.Errorf("%q: not quoted: %s", s, line)
			}
		}
	}
}

// TestAnsibleInventory_YAML11 reads inventories back with PyYAML, which Ansible reads them
// with: every value is the string that was declared.
func TestAnsibleInventory_YAML11(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no Python")
	}
	if err := exec.Command(python, "-c", "import yaml").Run(); err != nil {
		t.Skip("there is no PyYAML")
	}
	const read = `import json, sys, yaml
yaml.SafeLoader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
json.dump([yaml.safe_load(text) for text in json.load(sys.stdin)], sys.stdout)`
	var inventories []string
	for _, s := range confusing {
		object := one("management_point")
		object["sites"].(tree)["ps1"].(tree)["name"] = s
		object["sites"].(tree)["ps1"].(tree)["site_code"] = "001"
		object["role_assignments"].(tree)["a"].(tree)["server"].(tree)["site"].(tree)["site_code"] = "001"
		object["role_assignments"].(tree)["a"].(tree)["server"].(tree)["installation_account"] = s
		inventories = append(inventories, text(inventoryOf)(t, object))
	}
	inventories = append(inventories, text(inventoryOf)(t, complete(t)), AnsiblePlaybook)
	input, err := json.Marshal(inventories)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(python, "-c", read)
	command.Stdin = bytes.NewReader(input)
	output, err := command.Output()
	if err != nil {
		t.Fatalf("PyYAML refuses an inventory: %v", err)
	}
	var read11 []any
	if err := json.Unmarshal(output, &read11); err != nil {
		t.Fatal(err)
	}
	for i, s := range confusing {
		group := read11[i].(tree)["all"].(tree)["children"].(tree)["configmgr"].(tree)
		site := group["children"].(tree)["configmgr_site_001"].(tree)["vars"].(tree)
		if site["configmgr_site_name"] != s || site["configmgr_site_code"] != "001" {
			t.Errorf("%q is read as %v of site %v", s, site["configmgr_site_name"], site["configmgr_site_code"])
		}
		host := group["hosts"].(tree)["a.contoso.com"].(tree)
		if got := host["configmgr_local_administrators"]; !reflect.DeepEqual(got, []any{s}) {
			t.Errorf("%q is read as %v", s, got)
		}
		checkStrings(t, s, group)
	}
	checkStrings(t, "complete example", read11[len(confusing)])
}

// checkStrings fails for anything in an inventory that is neither text nor made of it.
func checkStrings(t *testing.T, name string, node any) {
	t.Helper()
	switch node := node.(type) {
	case string:
	case []any:
		for _, v := range node {
			checkStrings(t, name, v)
		}
	case tree:
		for _, v := range node {
			checkStrings(t, name, v)
		}
	default:
		t.Errorf("%s: %v is a %T", name, node, node)
	}
}

// TestAnsibleInventory_Ansible has Ansible itself read the inventory of the complete
// example, where it is installed.
func TestAnsibleInventory_Ansible(t *testing.T) {
	tool, err := exec.LookPath("ansible-inventory")
	if err != nil {
		t.Skip("there is no Ansible")
	}
	file := filepath.Join(t.TempDir(), "inventory.yml")
	if err := os.WriteFile(file, []byte(text(inventoryOf)(t, complete(t))), 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(tool, "-i", file, "--list").Output()
	if err != nil {
		t.Fatalf("ansible-inventory: %v", err)
	}
	var list tree
	if err := json.Unmarshal(output, &list); err != nil {
		t.Fatal(err)
	}
	hosts := list["_meta"].(tree)["hostvars"].(tree)
	servers, err := newDesign(hierarchy(t, complete(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, server := range servers.Plan().Servers {
		vars, ok := hosts[server.FQDN].(tree)
		if !ok {
			t.Errorf("Ansible does not know %s", server.FQDN)
			continue
		}
		if got := vars["configmgr_roles"]; len(got.([]any)) != len(server.Roles) {
			t.Errorf("%s has the roles %v", server.FQDN, got)
		}
		if steps, ok := vars["configmgr_install_steps"].([]any); !ok || len(steps) != len(servers.Plan().Steps) {
			t.Errorf("%s does not know the steps", server.FQDN)
		}
	}
}

func TestAnsiblePlaybook_IsThatOfTheGuide(t *testing.T) {
	for _, guide := range []string{filepath.Join("docs", "guides", "prepare-servers-with-ansible.md"), filepath.Join("templates", "guides", "prepare-servers-with-ansible.md.tmpl")} {
		page, err := os.ReadFile(filepath.Join("..", "..", guide))
		if err != nil {
			t.Fatal(err)
		}
		shown := regexp.MustCompile(`\{\{ "(\{\{ .*? \}\})" \}\}`).ReplaceAllString(string(page), "$1") // as the generator of the docs does
		if !strings.Contains(shown, AnsiblePlaybook) {
			t.Errorf("%s has another playbook", guide)
		}
	}
}
