package provider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAccTerraformTest has the CLI test a configuration: with the provider, whose findings
// are assertions, and with a mocked one, for plan and apply.
func TestAccTerraformTest(t *testing.T) {
	minimal, err := os.ReadFile(filepath.Join(examples, "minimal", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	const runs = `
run "planned" {
  command = plan
}
run "applied" {
  assert {
    condition     = length(configmgr_role_assignment.cm02) == 3
    error_message = "there are not three roles"
  }
}
`
	const topology = `
output "findings" {
  value = provider::configmgr::check_topology({
    sites               = { ps1 = configmgr_site.ps1 }
    site_system_servers = { cm02 = configmgr_site_system_server.cm02 }
    role_assignments    = configmgr_role_assignment.cm02
  }, {})
}
`
	for _, c := range []struct{ name, outputs, tests string }{
		{"the provider", topology, `
run "findings" {
  command = plan
  assert {
    condition     = length([for f in output.findings : f if f.severity == "error"]) == 0
    error_message = join("\n", output.findings[*].summary)
  }
}
` + runs},
		{"mocked", "", "mock_provider \"configmgr\" {}\n" + runs},
		{"mocked with functions", topology, `
mock_provider "configmgr" {
  mock_resource "configmgr_site_system_server" {
    defaults = { site_code = "PS1" }
  }
  mock_resource "configmgr_role_assignment" {
    defaults = { site_code = "PS1", fqdn = "cm02.contoso.com" }
  }
}
` + runs},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := newCLI(t, map[string]string{"main.tf": string(minimal), "outputs.tf": c.outputs, "tests/design.tftest.hcl": c.tests})
			if output := folder.run(t, "test", "-no-color"); !strings.Contains(output, "Success!") {
				t.Error(output)
			}
		})
	}
}
