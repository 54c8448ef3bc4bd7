package provider

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// The tests that read what Terraform prints, or that need one of its commands, run the
// CLI itself with the provider as it is built. Like the acceptance tests they need
// TF_ACC=1.

// cli is a CLI with a folder to work in.
type cli struct {
	folder string
	path   string
	env    []string
}

// builtProvider builds the provider once for all tests, into a folder that the CLI
// configuration names.
var builtProvider = sync.OnceValues(func() (configuration string, err error) {
	folder, err := os.MkdirTemp("", "configmgr")
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(folder, "terraform-provider-configmgr"), "../..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, output)
	}
	var b strings.Builder
	b.WriteString("provider_installation {\n  dev_overrides {\n")
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		fmt.Fprintf(&b, "    %q = %q\n", host+"/terraform-configmgr/configmgr", folder)
	}
	b.WriteString("  }\n  direct {}\n}\n")
	configuration = filepath.Join(folder, "cli.tfrc")
	return configuration, os.WriteFile(configuration, []byte(b.String()), 0o600)
})

// newCLI returns a CLI in a folder with the given files.
func newCLI(t *testing.T, files map[string]string) *cli {
	t.Helper()
	if os.Getenv(resource.EnvTfAcc) == "" {
		t.Skipf("needs %s=1", resource.EnvTfAcc)
	}
	configuration, err := builtProvider()
	if err != nil {
		t.Fatal(err)
	}
	c := &cli{folder: t.TempDir(), path: cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform")}
	for name, text := range files {
		c.write(t, name, text)
	}
	c.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+configuration, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1")
	return c
}

func (c *cli) write(t *testing.T, name, text string) {
	t.Helper()
	if !strings.Contains(text, "required_providers") && name == "main.tf" {
		text = "terraform {\n  required_providers {\n    configmgr = { source = \"terraform-configmgr/configmgr\" }\n  }\n}\n" + text
	}
	file := filepath.Join(c.folder, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// try runs a command and returns what it printed.
func (c *cli) try(arguments ...string) (string, error) {
	command := exec.Command(c.path, arguments...)
	command.Dir, command.Env = c.folder, c.env
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	return output.String(), err
}

// run runs a command that has to succeed.
func (c *cli) run(t *testing.T, arguments ...string) string {
	t.Helper()
	output, err := c.try(arguments...)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(arguments, " "), err, output)
	}
	return output
}

// plan returns the text of a plan: without the progress of reading the state, and
// without warnings about the development build.
func (c *cli) plan(t *testing.T, arguments ...string) string {
	t.Helper()
	output := withoutDevelopmentWarning(c.run(t, append([]string{"plan", "-no-color", "-input=false", "-lock=false"}, arguments...)...))
	return refreshed.ReplaceAllString(output, "")
}

var refreshed = regexp.MustCompile(`(?m)^\S+: (Refreshing state|Reading|Read complete).*\n`)

// withoutDevelopmentWarning leaves out what the CLI says about dev_overrides.
func withoutDevelopmentWarning(output string) string {
	start := strings.Index(output, "Warning: Provider development overrides are in effect")
	if start < 0 {
		return output
	}
	const last = "releases.\n"
	end := strings.Index(output[start:], last)
	if end < 0 {
		return output
	}
	return output[:start] + output[start+end+len(last):]
}

func (c *cli) apply(t *testing.T, arguments ...string) {
	t.Helper()
	c.run(t, append([]string{"apply", "-no-color", "-input=false", "-auto-approve"}, arguments...)...)
}
