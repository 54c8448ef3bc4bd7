package configuration

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
)

func write(t *testing.T, export string, o Options) string {
	t.Helper()
	e, err := adopt.Read(export, adopt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := Write(e, o)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// parsed fails unless the text is a configuration in the format of terraform fmt.
func parsed(t *testing.T, text string) *hclsyntax.Body {
	t.Helper()
	file, diags := hclparse.NewParser().ParseHCL([]byte(text), "main.tf")
	if diags.HasErrors() {
		t.Fatalf("%v in\n%s", diags, text)
	}
	if formatted := string(hclwrite.Format([]byte(text))); formatted != text {
		t.Fatalf("formatting changes the text to\n%s", formatted)
	}
	return file.Body.(*hclsyntax.Body)
}

var names = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

func TestWrite_IsConfiguration(t *testing.T) {
	for seed := range uint64(40) {
		export := adopttest.Text(adopttest.Generate(seed, 1+int(seed%3), int(seed%2), 2+int(seed%5)))
		text := write(t, export, Options{ImportBlocks: seed%2 == 0})
		if again := write(t, export, Options{ImportBlocks: seed%2 == 0}); again != text {
			t.Fatalf("seed %d: written twice, it differs", seed)
		}
		addresses := map[string]bool{}
		for _, block := range parsed(t, text).Blocks {
			if block.Type != "resource" {
				continue
			}
			address := strings.Join(block.Labels, ".")
			if addresses[address] || !names.MatchString(block.Labels[1]) {
				t.Errorf("seed %d: the resource %s is there twice, or has no name", seed, address)
			}
			addresses[address] = true
		}
		// What is referred to is there.
		for _, reference := range regexp.MustCompile(`configmgr_\w+\.\w+`).FindAllString(withoutStrings(text), -1) {
			if !addresses[reference] {
				t.Errorf("seed %d: %s is not in the configuration", seed, reference)
			}
		}
	}
}

func withoutStrings(text string) string {
	return regexp.MustCompile(`"[^"]*"`).ReplaceAllString(text, `""`)
}

func TestWrite_Fabrikam(t *testing.T) {
	export, err := os.ReadFile("../../model/adopt/testdata/fabrikam.json")
	if err != nil {
		t.Fatal(err)
	}
	text := write(t, string(export), Options{ImportBlocks: true})
	parsed(t, text)
	want, err := os.ReadFile("testdata/fabrikam.tf")
	if os.Getenv("UPDATE") != "" {
		err = os.WriteFile("testdata/fabrikam.tf", []byte(text), 0o600)
		want = []byte(text)
	}
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("testdata/fabrikam.tf differs from\n%s", text)
	}
}

// No name, setting or note becomes code.
func TestWrite_TextStaysText(t *testing.T) {
	hostile := `a"${file("/etc/passwd")}%{ if true }\n` + "\u2028" + `# */ <<EOT`
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(hostile)
	text := write(t, `{"SMS_Site": {"SiteCode": "001", "SiteName": "`+quoted+`", "ServerName": "a.b.c", "ReportingSiteCode": "", "Type": 2, "BuildNumber": "9\n9"},
		"SMS_SCI_SysResUse": [{"SiteCode": "001", "RoleName": "x\nresource \"a\" \"b\" {}", "NetworkOSPath": "a.b.c"},
			{"SiteCode": "001", "RoleName": "SMS SRS Reporting Point", "NetworkOSPath": "a.b.c", "Props": [{"PropertyName": "RootFolder", "Value2": "`+quoted+`"}]}],
		"SMS_AzureService": {"Name": "`+quoted+`"}}`, Options{ImportBlocks: true})
	body := parsed(t, text)
	var site *hclsyntax.Block
	for _, block := range body.Blocks {
		if block.Type == "resource" && block.Labels[0] == "configmgr_site" {
			site = block
		}
		if block.Type == "resource" && !strings.HasPrefix(block.Labels[0], "configmgr_") {
			t.Errorf("a note became the resource %q", block.Labels)
		}
	}
	if site == nil || site.Labels[1] != "site_001" {
		t.Fatalf("no site in\n%s", text)
	}
	name, diags := site.Body.Attributes["name"].Expr.Value(&hcl.EvalContext{})
	if diags.HasErrors() || name.AsString() != hostile {
		t.Errorf("the name is %#v, %v", name, diags)
	}
}

func TestWrite_NeedsSites(t *testing.T) {
	e, err := adopt.Read(`[{"SiteCode": "PS1", "RoleName": "SMS Distribution Point", "NetworkOSPath": "\\\\dp.contoso.com"}]`, adopt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(e, Options{}); err == nil || !strings.Contains(err.Error(), "Export the classes SMS_Site") {
		t.Errorf("error %v", err)
	}
}

// FuzzWrite puts a text into names, settings and notes of an export: both ways to write it
// keep it a text.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"Contoso", "${1+1}", "%{ if true }", "\"\n}", "<<EOT", "null", "1e5", "*/", "\u2028", "# x", ": - {", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = "x" + strings.ToValidUTF8(s, "?") + "x"
		row := func(role, name string) map[string]any {
			return map[string]any{"SiteCode": "001", "RoleName": role, "NetworkOSPath": "a.b.c", "Props": []any{map[string]any{"PropertyName": name, "Value2": s}}}
		}
		export, err := json.Marshal(map[string]any{
			"SMS_Site":           map[string]any{"SiteCode": "001", "SiteName": s, "ServerName": "a.b.c", "ReportingSiteCode": "", "Type": 2, "BuildNumber": s},
			"SMS_SCI_SysResUse":  []any{row(s, s), row("SMS SRS Reporting Point", "RootFolder")},
			"SMS_AzureService":   map[string]any{"Name": s},
			"SMS_BoundaryGroup":  map[string]any{"GroupID": 1, "Name": s},
			"SMS_Identification": map[string]any{"ThisSiteName": s},
		})
		if err != nil {
			t.Fatal(err)
		}
		read, err := adopt.Read(string(export), adopt.Options{})
		if err != nil {
			t.Fatalf("%v\n%s", err, export)
		}
		sites, _ := read.Hierarchy.Sites.Get()
		site, _ := sites["001"].Get()
		name, _ := site.Name.Get()

		text, err := Write(read, Options{ImportBlocks: true})
		if err != nil {
			t.Fatal(err)
		}
		resources := 0
		for _, block := range parsed(t, text).Blocks {
			if block.Type != "resource" {
				continue
			}
			resources++
			if !strings.HasPrefix(block.Labels[0], "configmgr_") {
				t.Fatalf("%q became the resource %q", s, block.Labels)
			}
			if block.Labels[0] != "configmgr_site" {
				continue
			}
			if got, diags := block.Body.Attributes["name"].Expr.Value(&hcl.EvalContext{}); diags.HasErrors() || got.AsString() != name {
				t.Fatalf("the name %q is written as %#v, %v", name, got, diags)
			}
		}
		if resources != 4 { // a site, a server, a role and the hierarchy
			t.Fatalf("%d resources in\n%s", resources, text)
		}

		file, err := Design(read)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := hierarchyOf(t, file).Sites.Get()
		site, _ = again["001"].Get()
		if got, _ := site.Name.Get(); got != name || len(again) != 1 {
			t.Fatalf("the name %q of %d sites is read as %q from\n%s", name, len(again), got, file)
		}
	})
}
