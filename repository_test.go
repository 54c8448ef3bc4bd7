package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// A tag of an action can be moved to other code; a commit cannot. The comment names
// the version, which Dependabot keeps up with the commit.
func TestWorkflowActionsArePinned(t *testing.T) {
	pinned := regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	uses := regexp.MustCompile(`(?m)^\s*(?:- )?uses: (.+)$`)
	count := 0
	for _, file := range files(t, ".github/workflows/*.yml") {
		for _, match := range uses.FindAllStringSubmatch(read(t, file), -1) {
			if match[1] == "./.github/workflows/test.yml" {
				continue
			}
			count++
			if !pinned.MatchString(match[1]) {
				t.Errorf("%s: %q is not a commit with its version in a comment, as in actions/checkout@0123...cdef # v4.1.0", file, match[1])
			}
		}
	}
	if count == 0 {
		t.Error("no workflow uses an action: has the form of the files changed?")
	}
}

// A workflow can do what its token can: nothing by default, and in each job only what the
// job says. A job that hangs ends, no step finds a token in the work tree, and what may
// write on requests from forks never has their code.
func TestWorkflowsAreRestricted(t *testing.T) {
	type step struct {
		Uses string
		With struct {
			Persist *bool `yaml:"persist-credentials"`
		}
	}
	type workflow struct {
		Permissions map[string]string
		Jobs        map[string]struct {
			Uses        string
			Permissions map[string]string
			Timeout     int `yaml:"timeout-minutes"`
			Steps       []step
		}
	}
	for _, file := range files(t, ".github/workflows/*.yml") {
		text := read(t, file)
		var w workflow
		if err := yaml.Unmarshal([]byte(text), &w); err != nil || len(w.Jobs) == 0 {
			t.Errorf("%s: %v, %d jobs", file, err, len(w.Jobs))
			continue
		}
		if !strings.Contains(text, "\npermissions:") {
			t.Errorf("%s: without permissions of its own a workflow has those of the repository", file)
		}
		for scope, access := range w.Permissions {
			if access != "read" && access != "none" {
				t.Errorf("%s: %s: %s belongs to the job that needs it", file, scope, access)
			}
		}
		for name, job := range w.Jobs {
			if job.Uses == "" && (job.Timeout == 0 || job.Timeout > 60) {
				t.Errorf("%s: %s needs timeout-minutes of at most 60", file, name)
			}
			for _, s := range job.Steps {
				if !strings.HasPrefix(s.Uses, "actions/checkout@") {
					continue
				}
				if s.With.Persist == nil || *s.With.Persist {
					t.Errorf("%s: %s leaves the token in .git/config: persist-credentials: false", file, name)
				}
				if strings.Contains(text, "pull_request_target") {
					t.Errorf("%s: %s checks out code where pull_request_target gives it a token that may write", file, name)
				}
			}
		}
	}
}

// One version of Go builds the provider and its tools: what CI installs for one module
// serves the others too.
func TestModulesNeedOneGo(t *testing.T) {
	directive := regexp.MustCompile(`(?m)^go (\S+)$`)
	want := directive.FindStringSubmatch(read(t, "go.mod"))
	if want == nil || len(regexp.MustCompile(`\.`).FindAllString(want[1], -1)) != 2 {
		t.Fatalf("go.mod does not name a release of Go, such as 1.26.8: %q", want)
	}
	for _, file := range files(t, "tools/*/go.mod") {
		if got := directive.FindStringSubmatch(read(t, file)); got == nil || got[1] != want[1] {
			t.Errorf("%s needs %v, go.mod needs Go %s", file, got, want[1])
		}
	}
}

// GitHub shows a form that it cannot read as an empty issue, and says nothing.
func TestIssueForms(t *testing.T) {
	type field struct {
		Type       string
		ID         string `yaml:"id"`
		Attributes struct {
			Label   string
			Value   string
			Options []string
		}
	}
	for _, file := range files(t, ".github/ISSUE_TEMPLATE/[0-9]*.yml") {
		var form struct {
			Name, Description string
			Labels            []string
			Body              []field
		}
		if err := yaml.Unmarshal([]byte(read(t, file)), &form); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s: a form needs name, description and body", file)
		}
		ids := map[string]bool{}
		for i, f := range form.Body {
			switch {
			case f.Type == "markdown":
				if f.Attributes.Value == "" {
					t.Errorf("%s: field %d has no value", file, i)
				}
				continue
			case f.Type != "input" && f.Type != "textarea" && f.Type != "dropdown":
				t.Errorf("%s: field %d is of type %q", file, i, f.Type)
			case f.ID == "" || f.Attributes.Label == "":
				t.Errorf("%s: field %d needs an id and a label", file, i)
			case f.Type == "dropdown" && len(f.Attributes.Options) == 0:
				t.Errorf("%s: field %q has no options", file, f.ID)
			case ids[f.ID]:
				t.Errorf("%s: two fields have the id %q", file, f.ID)
			}
			ids[f.ID] = true
		}
	}
}

// What the registries ask of a release is in its configuration: the names of files, the
// protocol, and platforms that Go builds for. The linker drops a flag for a variable that
// there is not in silence: TestBuildIsStamped has these.
func TestReleaseConfiguration(t *testing.T) {
	var release struct {
		Version int
		Builds  []struct {
			Binary       string
			Env          []string
			Ldflags      []string
			Goos, Goarch []string
			Ignore       []struct{ Goos, Goarch string }
		}
		Archives []struct {
			Formats []string
			Name    string `yaml:"name_template"`
		}
		Checksum struct {
			Name  string `yaml:"name_template"`
			Extra []struct {
				Glob string
				Name string `yaml:"name_template"`
			} `yaml:"extra_files"`
		}
		Signs []struct{ Artifacts string }
	}
	if err := yaml.Unmarshal([]byte(read(t, ".goreleaser.yml")), &release); err != nil {
		t.Fatal(err)
	}
	if release.Version != 2 || len(release.Builds) != 1 || len(release.Archives) != 1 || len(release.Checksum.Extra) != 1 || len(release.Signs) != 1 {
		t.Fatalf("the configuration has another form: %+v", release)
	}
	build := release.Builds[0]
	for _, test := range []struct{ what, got, want string }{
		{"binary", build.Binary, "{{ .ProjectName }}_v{{ .Version }}"},
		{"archive", release.Archives[0].Name, "{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}"},
		{"format", strings.Join(release.Archives[0].Formats, " "), "zip"},
		{"checksums", release.Checksum.Name, "{{ .ProjectName }}_{{ .Version }}_SHA256SUMS"},
		{"manifest", release.Checksum.Extra[0].Name, "{{ .ProjectName }}_{{ .Version }}_manifest.json"},
		{"signature", release.Signs[0].Artifacts, "checksum"},
		{"environment", strings.Join(build.Env, " "), "CGO_ENABLED=0"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, the registries ask for %q", test.what, test.got, test.want)
		}
	}
	for _, stamp := range []string{"-X main.version={{ .Version }}", "-X main.commit={{ .FullCommit }}"} {
		if !strings.Contains(strings.Join(build.Ldflags, " "), stamp) {
			t.Errorf("the build is not stamped with %s", stamp)
		}
	}
	known, err := exec.Command("go", "tool", "dist", "list").Output()
	if err != nil {
		t.Fatal(err)
	}
	targets := strings.Fields(string(known))
	for _, system := range build.Goos {
		for _, architecture := range build.Goarch {
			ignored := slices.ContainsFunc(build.Ignore, func(i struct{ Goos, Goarch string }) bool { return i.Goos == system && i.Goarch == architecture })
			if target := system + "/" + architecture; ignored == slices.Contains(targets, target) {
				t.Errorf("Go builds for %s: %t, and the release leaves it out: %t", target, !ignored, ignored)
			}
		}
	}
	// The dry run is worth something only for the goreleaser that releases.
	dry := regexp.MustCompile(`github.com/goreleaser/goreleaser/v2 (v\S+)`).FindStringSubmatch(read(t, "tools/release/go.mod"))
	if dry == nil || !strings.Contains(read(t, ".github/workflows/release.yml"), "          version: "+dry[1]+"\n") {
		t.Errorf(".github/workflows/release.yml releases with another goreleaser than the dry run of tools/release/go.mod: %q", dry)
	}
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			Protocols []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal([]byte(read(t, "terraform-registry-manifest.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Version != 1 || !slices.Equal(manifest.Metadata.Protocols, []string{"6.0"}) {
		t.Errorf("the manifest says %+v, the provider serves protocol 6", manifest)
	}
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		t.Fatalf("no file matches %s (%v)", pattern, err)
	}
	return found
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
