package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/terraform-configmgr/terraform-provider-configmgr"

// room names the package of a folder as ARCHITECTURE.md does, empty for one that only
// tests import.
func room(folder string) string {
	switch {
	case folder == ".":
		return "main"
	case strings.HasSuffix(folder, "test"):
		return ""
	case strings.HasPrefix(folder, "internal/model/rules/"):
		return "chapters"
	default:
		return path.Base(folder)
	}
}

// imports are the arrows between the packages, tests left out.
func imports(t *testing.T) map[string]bool {
	t.Helper()
	arrows := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "tools") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		from := room(filepath.ToSlash(filepath.Dir(name)))
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			folder, ours := strings.CutPrefix(imported, module+"/")
			if to := room(folder); ours && from != "" && to != "" && from != to {
				arrows[from+" --> "+to] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return arrows
}

// TestArchitecture compares the picture of the packages with their imports, and sees
// that the arrows point one way.
func TestArchitecture(t *testing.T) {
	page, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, arrow := range regexp.MustCompile(`(?m)^  \w+ --> \w+$`).FindAllString(string(page), -1) {
		drawn[strings.TrimSpace(arrow)] = true
	}
	imported := imports(t)
	for _, arrow := range slices.Sorted(maps.Keys(imported)) {
		if !drawn[arrow] {
			t.Errorf("the picture lacks the arrow %s", arrow)
		}
	}
	below := map[string][]string{}
	for _, arrow := range slices.Sorted(maps.Keys(drawn)) {
		if !imported[arrow] {
			t.Errorf("there is no import for the arrow %s", arrow)
		}
		from, to, _ := strings.Cut(arrow, " --> ")
		below[from] = append(below[from], to)
	}
	var walk func(string, []string)
	walk = func(from string, above []string) {
		if slices.Contains(above, from) {
			t.Fatalf("the arrows run in a circle: %v", append(above, from))
		}
		for _, to := range below[from] {
			walk(to, append(slices.Clip(above), from))
		}
	}
	for from := range below {
		walk(from, nil)
	}
}
