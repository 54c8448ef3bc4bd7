package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// What is generated is in the repository as the provider's schema has it.
func TestGeneratedFilesAreUpToDate(t *testing.T) {
	schema := provider.DesignSchema()
	text, err := jsonSchema(schema)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]byte{"schema/design.schema.json": text}
	for name, content := range module(schema) {
		want["modules/topology/"+name] = content
	}
	for name, content := range want {
		got, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), content) {
			t.Errorf("%s is not what the provider's schema says: run make generate and commit the result", name)
		}
	}
}

var yamlBlock = regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$")

var topLevelSites = regexp.MustCompile(`(?m)^sites:`)

// Every design that the repository shows is right, to the reader and to an editor that
// uses the published schema.
func TestShownDesignsAreRight(t *testing.T) {
	designs := map[string]string{}
	for _, folder := range []string{"../../README.md", "../../modules", "../../examples", "../../templates"} {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			content := strings.ReplaceAll(string(text), "\r\n", "\n")
			switch {
			case filepath.Base(path) == "design.yaml":
				designs[path] = content
			case strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".md.tmpl"):
				for _, block := range yamlBlock.FindAllStringSubmatch(content, -1) {
					if topLevelSites.MatchString(block[1]) {
						designs[path+": "+block[1]] = block[1]
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(designs) < 2 {
		t.Fatalf("there are %d designs", len(designs))
	}
	published, err := jsonschema.NewCompiler().Compile("../../schema/design.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := provider.DesignSchema()
	for name, text := range designs {
		if _, problems := designfile.Read(text, schema); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		var content any
		if err := yaml.Unmarshal([]byte(text), &content); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := published.Validate(content); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
