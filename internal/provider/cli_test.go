package provider

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// The tests that read what Terraform prints, or that need one of its commands, run the
// CLI itself. Like the acceptance tests they need TF_ACC=1.

// cli is a CLI with a folder to work in.
type cli struct {
	folder string
	path   string
	env    []string
}

// requiredProvider is what a configuration of this provider begins with.
const requiredProvider = "terraform {\n  required_providers {\n    configmgr = { source = \"terraform-configmgr/configmgr\" }\n  }\n}\n"

// providerAddresses are those of a provider, for Terraform and for OpenTofu.
func providerAddresses(name string) []string {
	return []string{"registry.terraform.io/terraform-configmgr/" + name, "registry.opentofu.org/terraform-configmgr/" + name}
}

// requireCLI skips a test without TF_ACC.
func requireCLI(t *testing.T) {
	t.Helper()
	if os.Getenv(resource.EnvTfAcc) == "" {
		t.Skipf("needs %s=1", resource.EnvTfAcc)
	}
}

func cliPath() string { return cmp.Or(os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform") }

// newCLI returns a CLI in a folder with the given files.
func newCLI(t *testing.T, files map[string]string) *cli {
	t.Helper()
	return cliOf(t, providerFactories["configmgr"], files)
}

// cliOf is newCLI with another provider, which further names reach too.
func cliOf(t *testing.T, factory func() (tfprotov6.ProviderServer, error), files map[string]string, further ...string) *cli {
	t.Helper()
	requireCLI(t)
	c := &cli{folder: t.TempDir(), path: cliPath(), env: append(os.Environ(), serve(t, factory, append(further, "configmgr")), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
		"GOMAXPROCS=1")} // as many tests as there are processors run side by side
	for name, text := range files {
		c.write(t, name, text)
	}
	return c
}

func (c *cli) write(t *testing.T, name, text string) {
	t.Helper()
	if !strings.Contains(text, "required_providers") && name == "main.tf" {
		text = requiredProvider + text
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

// plan returns the text of a plan without the progress of reading the state.
func (c *cli) plan(t *testing.T, arguments ...string) string {
	t.Helper()
	output := c.run(t, append([]string{"plan", "-no-color", "-input=false", "-lock=false"}, arguments...)...)
	return refreshed.ReplaceAllString(output, "")
}

var refreshed = regexp.MustCompile(`(?m)^\S+: (Refreshing state|Reading|Read complete).*\n`)

func (c *cli) apply(t *testing.T, arguments ...string) {
	t.Helper()
	c.run(t, append([]string{"apply", "-no-color", "-input=false", "-auto-approve"}, arguments...)...)
}
