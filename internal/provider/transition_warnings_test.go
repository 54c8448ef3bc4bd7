package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAccTransition_Warnings applies the first design of every transition with
// Terraform and plans the second one. The testing framework does not show warnings,
// so the test runs Terraform itself and reads what it writes for machines.
func TestAccTransition_Warnings(t *testing.T) {
	cli := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if os.Getenv("TF_ACC") == "" || cli == "" {
		t.Skip("TF_ACC and TF_ACC_TERRAFORM_PATH are not set")
	}
	environment := builtProvider(t)
	cases := transitions()
	run := func(folder, config string, arguments ...string) []commandMessage {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		command := exec.Command(cli, append(slices.Clone(arguments), "-json", "-input=false", "-lock=false")...)
		command.Dir, command.Env = folder, append(os.Environ(), environment...)
		var stderr bytes.Buffer
		command.Stderr = &stderr
		output, err := command.Output()
		messages := readMessages(t, output)
		for _, m := range messages {
			if m.Diagnostic != nil && m.Diagnostic.Severity == "error" {
				t.Errorf("%s: error: %s\n%s", strings.Join(arguments, " "), m.Diagnostic.Summary, m.Diagnostic.Detail)
			}
		}
		if err != nil {
			t.Fatalf("%s: %v\n%s%s", strings.Join(arguments, " "), err, stderr.String(), config)
		}
		return messages
	}
	s := configure(t, nil)
	prior := s.written(t, cases, func(c transition) tree { return c.prior })
	next := s.written(t, cases, func(c transition) tree { return c.next })
	folder := t.TempDir()
	run(folder, prior, "apply", "-auto-approve")
	changed := run(folder, next, "plan")
	fresh := run(t.TempDir(), next, "plan")

	warned, known, actions := warningsByAddress(changed), warningsByAddress(fresh), map[string]string{}
	for _, m := range changed {
		if m.Type == "planned_change" {
			actions[m.Change.Resource.Address] = m.Change.Action
		}
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			address := fmt.Sprintf("%s.%s", c.kind, c.resourceName(i))
			found := slices.DeleteFunc(slices.Sorted(maps.Keys(warned[address])), func(id string) bool { return known[address][id] })
			if !slices.Equal(found, c.warnings) {
				t.Errorf("warnings %v, expected %v", found, c.warnings)
			}
			want := "update"
			if c.replacedPath != "" {
				want = "replace"
			}
			if got := actions[address]; got != want && (got != "" || want == "replace") {
				t.Errorf("Terraform plans to %s, expected %s", got, want)
			}
		})
	}
}

// builtProvider builds the provider and returns the environment in which Terraform
// uses it.
func builtProvider(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	build := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(folder, "terraform-provider-configmgr"), "../..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	var overrides strings.Builder
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		fmt.Fprintf(&overrides, "    \"%s/terraform-configmgr/configmgr\" = %q\n", host, folder)
	}
	config := filepath.Join(folder, "cli.tfrc")
	text := "provider_installation {\n  dev_overrides {\n" + overrides.String() + "  }\n  direct {}\n}\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"TF_CLI_CONFIG_FILE=" + config, "CHECKPOINT_DISABLE=1"}
}

// commandMessage is a line of what Terraform writes for machines.
type commandMessage struct {
	Type       string `json:"type"`
	Diagnostic *struct {
		Severity string `json:"severity"`
		Summary  string `json:"summary"`
		Detail   string `json:"detail"`
		Address  string `json:"address"`
	} `json:"diagnostic"`
	Change struct {
		Action   string `json:"action"`
		Resource struct {
			Address string `json:"addr"`
		} `json:"resource"`
	} `json:"change"`
}

func readMessages(t *testing.T, output []byte) []commandMessage {
	t.Helper()
	var messages []commandMessage
	for line := range bytes.Lines(output) {
		var m commandMessage
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		messages = append(messages, m)
	}
	return messages
}

// warningsByAddress returns the rules that warn about each resource.
func warningsByAddress(messages []commandMessage) map[string]map[string]bool {
	byAddress := map[string]map[string]bool{}
	for _, m := range messages {
		if m.Diagnostic == nil || m.Diagnostic.Severity != "warning" {
			continue
		}
		if rule := errorRule.FindStringSubmatch(m.Diagnostic.Summary); rule != nil {
			if byAddress[m.Diagnostic.Address] == nil {
				byAddress[m.Diagnostic.Address] = map[string]bool{}
			}
			byAddress[m.Diagnostic.Address][rule[1]] = true
		}
	}
	return byAddress
}

func (c transition) resourceName(i int) string {
	return fmt.Sprintf("case%02d_%s", i, strings.ReplaceAll(c.name, " ", "_"))
}

// written writes one configuration of one side of all transitions. None refers to
// another one; a transition with a provider configuration has one of its own.
func (s *server) written(t *testing.T, cases []transition, side func(transition) tree) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("terraform {\n  required_providers {\n    configmgr = {\n      source = \"terraform-configmgr/configmgr\"\n    }\n  }\n}\n")
	for i, c := range cases {
		arguments := map[string]any{}
		for name, value := range side(c) {
			if name == "id" {
				continue // the provider gives the resource its id
			}
			arguments[name] = value
		}
		for _, nested := range s.schema(t, c.kind).Block.BlockTypes {
			if settings, ok := arguments[nested.TypeName].(tree); ok {
				arguments[nested.TypeName] = block(settings)
			}
		}
		fmt.Fprintf(&b, "\nresource %q %q {\n", c.kind, c.resourceName(i))
		if c.provider != nil {
			fmt.Fprintf(&b, "provider = configmgr.case%02d\n", i)
		}
		writeArguments(&b, arguments)
		b.WriteString("}\n")
		if c.provider != nil {
			fmt.Fprintf(&b, "\nprovider \"configmgr\" {\nalias = \"case%02d\"\n", i)
			writeArguments(&b, c.provider)
			b.WriteString("}\n")
		}
	}
	return b.String()
}
