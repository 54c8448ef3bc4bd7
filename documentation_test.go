package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// pages are the pages of the repository by their paths, with Unix line ends.
func pages(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && (path == ".git" || path == ".build" || entry.Name() == "node_modules") {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".md") {
			texts[filepath.ToSlash(path)] = strings.ReplaceAll(read(t, path), "\r\n", "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

var (
	fence   = regexp.MustCompile("(?ms)^( *)```(\\w+)\n(.*?)^ *```$")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	anchor  = regexp.MustCompile(`<a id="([^"]+)">`)
	dropped = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// A link of a page leads to a file of the repository, and to a heading of it. Links of the
// registry's pages name pages without .md: those of docs/ are looked for both ways.
func TestLinksResolve(t *testing.T) {
	texts := pages(t)
	anchors := map[string]map[string]bool{}
	for path, text := range texts {
		anchors[path] = map[string]bool{}
		for _, h := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			anchors[path][strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-")] = true
		}
		for _, a := range anchor.FindAllStringSubmatch(text, -1) {
			anchors[path][a[1]] = true
		}
	}
	checked := 0
	for path, text := range texts {
		for _, match := range link.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			target, fragment, _ := strings.Cut(match[1], "#")
			const repository = "https://github.com/terraform-configmgr/terraform-provider-configmgr/blob/main/"
			own, isOwn := strings.CutPrefix(target, repository)
			switch {
			case isOwn:
				target = own
			case strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:"):
				continue
			case target == "":
				target = path
			default:
				target = filepath.ToSlash(filepath.Join(filepath.Dir(path), target))
			}
			checked++
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: %s leads nowhere", path, match[1])
			} else if fragment != "" && strings.HasSuffix(target, ".md") && !anchors[target][fragment] {
				t.Errorf("%s: %s has no heading %q", path, target, fragment)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d links were found", checked)
	}
}

// YAML, JSON and shell that a page shows can be read. HCL is compared with the schema by
// internal/provider, designs are read by internal/designschema, and PowerShell is parsed
// with a grammar of its own by `make powershell`.
func TestShownBlocksCanBeRead(t *testing.T) {
	bash, _ := exec.LookPath("bash")
	for path, text := range pages(t) {
		for _, block := range fence.FindAllStringSubmatch(text, -1) {
			language, content := block[2], block[3]
			switch language {
			case "yaml":
				var value any
				if err := yaml.Unmarshal([]byte(content), &value); err != nil {
					t.Errorf("%s: %v in\n%s", path, err, content)
				}
			case "json":
				if !json.Valid([]byte(content)) {
					t.Errorf("%s: not JSON:\n%s", path, content)
				}
			case "shell", "bash", "sh":
				if bash == "" {
					continue
				}
				check := exec.Command(bash, "-n")
				check.Stdin = strings.NewReader(content)
				if output, err := check.CombinedOutput(); err != nil {
					t.Errorf("%s: %s in\n%s", path, output, content)
				}
			case "hcl", "terraform", "powershell", "text", "mermaid", "ini", "csv":
			default:
				t.Errorf("%s: nothing reads a block of %q", path, language)
			}
		}
	}
}

// The commands of make that a page shows exist.
func TestShownTargetsExist(t *testing.T) {
	makefile := read(t, "GNUmakefile")
	target := regexp.MustCompile("(?m)(?:^|`)make ([a-z][a-z-]*)")
	count := 0
	for path, text := range pages(t) {
		for _, match := range target.FindAllStringSubmatch(text, -1) {
			count++
			if !strings.Contains(makefile, "\n"+match[1]+":") {
				t.Errorf("%s: there is no make target %q", path, match[1])
			}
		}
	}
	if count == 0 {
		t.Error("no page shows a make target")
	}
}
