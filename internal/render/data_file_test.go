package render

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDSCConfiguration_TakesWhatTheDataHolds compares the properties of the configuration
// with the schemas of the module, and with the data of the complete example: nothing in
// the data is left out.
func TestDSCConfiguration_TakesWhatTheDataHolds(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "model", "install", "testdata", "dsc.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Resources map[string]map[string]struct {
			Qualifier string `json:"qualifier"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(text, &table); err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`(?s)foreach \(\$item in \$Node\.(CM\w+)\) \{\n +(CM\w+) \(Join-Name [^\n]*\) \{\n(.*?)\n            \}`).FindAllStringSubmatch(DSCConfiguration, -1)
	taken := map[string][]string{}
	for _, block := range blocks {
		if block[1] != block[2] {
			t.Errorf("%s is made of %s", block[2], block[1])
		}
		for _, property := range regexp.MustCompile(`(?m)^ {16}(\w+) += `).FindAllStringSubmatch(block[3], -1) {
			if property[1] == "PsDscRunAsCredential" {
				continue
			}
			if _, ok := table.Resources[block[1]][property[1]]; !ok {
				t.Errorf("%s has no property %s", block[1], property[1])
			}
			taken[block[1]] = append(taken[block[1]], property[1])
		}
		if !strings.Contains(block[3], "PsDscRunAsCredential") {
			t.Errorf("%s runs with no rights at the site", block[1])
		}
		for name, p := range table.Resources[block[1]] {
			if p.Qualifier != "write" && !slices.Contains(taken[block[1]], name) {
				t.Errorf("%s lacks %s", block[1], name)
			}
		}
	}
	for resource := range table.Resources {
		if taken[resource] == nil {
			t.Errorf("%s is not used", resource)
		}
	}
	for _, object := range []tree{complete(t), anywhere("y")} {
		d, err := newDesign(hierarchy(t, object))
		if err != nil {
			t.Fatal(err)
		}
		resources, _ := d.StateOf()
		for _, r := range resources {
			for _, p := range r.Properties {
				if !slices.Contains(taken[r.Resource], p.Name) {
					t.Errorf("the configuration leaves out %s of %s", p.Name, r.Resource)
				}
			}
		}
	}
	tokens(t, DSCConfiguration) // reads it as PowerShell
	for _, guide := range []string{filepath.Join("docs", "guides", "configure-with-dsc.md"), filepath.Join("templates", "guides", "configure-with-dsc.md.tmpl")} {
		page, err := os.ReadFile(filepath.Join("..", "..", guide))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), DSCConfiguration) {
			t.Errorf("%s has another configuration", guide)
		}
	}
}
