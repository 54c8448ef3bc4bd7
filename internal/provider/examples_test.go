package provider

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

const examples = "../../examples"

// rejectedExample is the one whose plan fails, invalidExample the one that is refused
// without a plan.
const (
	rejectedExample = "rejected"
	invalidExample  = "validate"
)

// exampleFolders lists the folders below examples that hold a configuration, except
// those of examples/rules, which are made to fail and have a test of their own.
func exampleFolders(t *testing.T) []string {
	t.Helper()
	folders := map[string]bool{}
	err := filepath.WalkDir(examples, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(examples, filepath.Dir(path))
		if filepath.Ext(path) == ".tf" && !strings.HasPrefix(folder, "rules") {
			folders[filepath.ToSlash(folder)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, needed := range []string{"minimal", "complete", rejectedExample, "provider", "resources/configmgr_site", "resources/configmgr_site_system_server",
		"resources/configmgr_role_assignment", "resources/configmgr_hierarchy"} {
		if !folders[needed] {
			t.Errorf("there is no example %s", needed)
		}
	}
	return slices.Sorted(maps.Keys(folders))
}

// copyExample copies an example to a folder of its own. It returns the folder and the
// whole text.
func copyExample(t *testing.T, name string) (folder, text string) {
	t.Helper()
	folder = t.TempDir()
	return folder, copyExampleTo(t, name, folder)
}

func copyExampleTo(t *testing.T, name, folder string) (text string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(examples, filepath.FromSlash(name), "*.tf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("example %s has no files: %v", name, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(folder, filepath.Base(file)), string(content))
		text += string(content)
	}
	// The examples of the documentation leave out what every configuration begins with.
	if !strings.Contains(text, "required_providers") {
		writeFile(t, filepath.Join(folder, "versions.tf"), requiredProvider)
	}
	return text
}

// TestAccExamples_ApplyAndPlanAgain takes the examples of the documentation, which are
// small and many, together: each is a module. It ends with a step that destroys.
func TestAccExamples_ApplyAndPlanAgain(t *testing.T) {
	documentation := newModules(t)
	for _, name := range exampleFolders(t) {
		if name == rejectedExample || name == invalidExample {
			continue
		}
		if strings.Contains(name, "/") {
			copyExampleTo(t, name, documentation.add(t, strings.NewReplacer("/", "_", "-", "_").Replace(name)))
			continue
		}
		t.Run(name, func(t *testing.T) {
			folder, text := copyExample(t, name)
			applyAndPlanAgain(t, folder, strings.Contains(text, `resource "configmgr_`))
		})
	}
	t.Run("documentation", func(t *testing.T) { applyAndPlanAgain(t, documentation.folder, true) })
}

func applyAndPlanAgain(t *testing.T, folder string, hasResources bool) {
	t.Helper()
	step := resource.TestStep{ConfigDirectory: config.StaticDirectory(folder), ProtoV6ProviderFactories: providerFactories}
	if hasResources {
		values := &plannedValues{}
		step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{values}
		step.ConfigStateChecks = []statecheck.StateCheck{values}
	}
	destroy := resource.TestStep{ConfigDirectory: step.ConfigDirectory, ProtoV6ProviderFactories: providerFactories, Destroy: true}
	runTerraform(t, resource.TestCase{Steps: []resource.TestStep{step, destroy}})
}

// TestAccExamples_Invalid validates the example without a plan.
func TestAccExamples_Invalid(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(examples, invalidExample, "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	output, err := newCLI(t, map[string]string{"main.tf": string(content)}).try("validate", "-no-color")
	if err == nil {
		t.Error("the configuration is valid")
	}
	if ids := ruleIDs(parseErrors(output)); !slices.Equal(ids, []string{"COLO-MULTICAST-VS-RESPONDER", "HA-SSP-REMOTE-RCL", "SITE-CODE-FORMAT"}) {
		t.Errorf("reported are %v:\n%s", ids, output)
	}
}

// rejectedRow is a row of the table in the README of the rejected example.
var rejectedRow = regexp.MustCompile("(?m)^\\| `([A-Z0-9-]+)` \\| `([^`]+)` \\|")

func TestAccExamples_RejectedForWhatItsReadmeSays(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(examples, rejectedExample, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, row := range rejectedRow.FindAllStringSubmatch(string(readme), -1) {
		want = append(want, row[1]+" at "+row[2])
	}
	if len(want) == 0 {
		t.Fatal("the README has no table of errors")
	}
	folder, _ := copyExample(t, rejectedExample)
	for _, e := range planErrorsOf(t, resource.TestStep{ConfigDirectory: config.StaticDirectory(folder)}) {
		got = append(got, cmp.Or(e.rule(), e.summary)+" at "+e.address)
	}
	slices.Sort(want)
	slices.Sort(got)
	for _, e := range got {
		if !slices.Contains(want, e) {
			t.Errorf("%s is not in the README", e)
		}
	}
	for _, e := range want {
		if !slices.Contains(got, e) {
			t.Errorf("%s is in the README and was not found", e)
		}
	}
	if len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("an error is reported twice: %v", got)
	}
}

// TestAccExamples_RejectedAtTheHierarchies has the hierarchies report what otherwise
// comes in waves.
func TestAccExamples_RejectedAtTheHierarchies(t *testing.T) {
	folder, _ := copyExample(t, rejectedExample)
	ids := map[string][]string{}
	for _, e := range planErrorsOf(t, resource.TestStep{
		ConfigDirectory: config.StaticDirectory(folder),
		ConfigVariables: config.Variables{"report_at": config.StringVariable("hierarchy")},
	}) {
		ids[e.address] = append(ids[e.address], cmp.Or(e.rule(), e.summary))
	}
	for address, want := range map[string][]string{
		"configmgr_hierarchy.northwind": {"COLO-RCL-UNIQUE-SHARE", "DB-DEDICATED-INSTANCE", "ROLE-CARD-CMGCP-MIN", "ROLE-CARD-ROLE-SERVER", "ROLE-CARD-SCP-HIER", "ROLE-CARD-SUP-SEC"},
		"configmgr_hierarchy.tailspin":  {"COLO-SCP-NOT-HA", "ROLE-CARD-EPP-HIER"},
	} {
		if slices.Sort(ids[address]); !slices.Equal(ids[address], want) {
			t.Errorf("%s reports %v, expected %v", address, ids[address], want)
		}
		delete(ids, address)
	}
	if len(ids) > 0 {
		t.Errorf("elements report too: %v", ids)
	}
}

var importCommand = regexp.MustCompile(`(?m)^terraform import (\S+)\.(\S+) (\S+)$`)

func TestExamples_ImportCommands(t *testing.T) {
	s := configure(t, nil)
	for _, kind := range kindsOf(s) {
		t.Run(kind, func(t *testing.T) {
			script, err := os.ReadFile(filepath.Join(examples, "resources", kind, "import.sh"))
			if err != nil {
				t.Fatal(err)
			}
			commands := importCommand.FindAllStringSubmatch(string(script), -1)
			if len(commands) == 0 {
				t.Fatal("the script holds no import command")
			}
			_, text := copyExample(t, "resources/"+kind)
			for _, c := range commands {
				if !strings.Contains(text, `resource "`+c[1]+`" "`+c[2]+`"`) {
					t.Errorf("the example declares no %s.%s", c[1], c[2])
				}
				resp, err := s.ImportResourceState(context.Background(), &tfprotov6.ImportResourceStateRequest{TypeName: c[1], ID: c[3]})
				if err != nil {
					t.Fatal(err)
				}
				if len(resp.Diagnostics) > 0 || len(resp.ImportedResources) != 1 {
					t.Errorf("%s: %s", c[0], describe(resp.Diagnostics))
					continue
				}
				imported := readTree(t, s.schema(t, kind), resp.ImportedResources[0].State)
				if imported["id"] != c[3] {
					t.Errorf("%s imports %v", c[0], imported["id"])
				}
			}
		})
	}
}
