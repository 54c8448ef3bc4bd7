package designfile_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// mistake is a row of testdata/mistakes.yaml, which says at its top what the keys mean.
type mistake struct {
	Name    string
	All     bool
	Old     string
	New     string
	Editor  bool
	Line    int
	Column  int
	Element string
	Reason  string
	Fix     string
}

// text is the design with the mistake.
func (m *mistake) text(t *testing.T, right string) string {
	t.Helper()
	switch {
	case m.All:
		return m.New
	case strings.Count(right, m.Old) == 0:
		t.Fatalf("the right design does not hold %q", m.Old)
	}
	return strings.Replace(right, m.Old, m.New, 1)
}

func readMistakes(t *testing.T) (right string, mistakes []mistake) {
	t.Helper()
	content, err := os.ReadFile("testdata/mistakes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Right    string
		Mistakes []mistake
	}
	decoder := yaml.NewDecoder(strings.NewReader(string(content)))
	decoder.KnownFields(true)
	if err := decoder.Decode(&table); err != nil {
		t.Fatal(err)
	}
	return table.Right, table.Mistakes
}

func TestMistakes(t *testing.T) {
	schema := provider.DesignSchema()
	right, mistakes := readMistakes(t)
	if _, problems := designfile.Read(right, schema); len(problems) > 0 {
		t.Fatalf("the right design is refused: %v", problems)
	}
	if len(mistakes) < 40 {
		t.Fatalf("there are %d mistakes", len(mistakes))
	}
	for _, m := range mistakes {
		t.Run(m.Name, func(t *testing.T) {
			text := m.text(t, right)
			want := designfile.Problem{Line: m.Line, Column: m.Column, Element: m.Element, Reason: m.Reason, Fix: m.Fix}
			topology, problems := designfile.Read(text, schema)
			if len(problems) != 1 || problems[0] != want || topology != nil {
				t.Errorf("in\n%s\ngot  %q\nwant %q", text, problems, want)
			}
			if m.Line < 1 || m.Column < 1 || m.Element == "" || m.Reason == "" || m.Fix == "" {
				t.Error("a message needs line, column, element, reason and fix")
			}
			// Windows line ends move nothing.
			if _, windows := designfile.Read(strings.ReplaceAll(text, "\n", "\r\n"), schema); len(windows) != 1 || windows[0] != want {
				t.Errorf("with Windows line ends: %q", windows)
			}
		})
	}
}

// Mistakes in several places are told at once, in the order of the file.
func TestAllMistakesAtOnce(t *testing.T) {
	right, _ := readMistakes(t)
	text := strings.NewReplacer("protocol: https", "protocol: htps", "parent: CAS", "parent: CA1", "port: 1433", "port: many").Replace(right)
	_, problems := designfile.Read(text, provider.DesignSchema())
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	if len(lines) != 3 || lines[0] != 6 || lines[1] != 9 || lines[2] != 14 {
		t.Errorf("got %q, want one problem in each of the lines 6, 9 and 14", problems)
	}
}

// What is missing from one element is told at once, too.
func TestEverythingMissingIsTold(t *testing.T) {
	_, problems := designfile.Read("sites:\n  PS1: {}\nservers:\n  mp01: {}\n", provider.DesignSchema())
	var reasons []string
	for _, p := range problems {
		reasons = append(reasons, p.Reason)
	}
	want := []string{
		"name is missing.", "site_server is missing.", "site_type is missing.",
		"site is missing.", `"mp01" is the name of a computer without its domain.`,
	}
	if !slices.Equal(reasons, want) {
		t.Errorf("got %q, want %q", reasons, want)
	}
}
