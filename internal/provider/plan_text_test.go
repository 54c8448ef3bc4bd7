package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A plan is what a person reviews: the tests below count its lines.

// blocksOfPlan returns the number of lines of each resource in the text of a plan, by
// address.
func blocksOfPlan(text string) map[string]int {
	lines := map[string]int{}
	address := ""
	for line := range strings.Lines(text) {
		if m := resourceOfPlan.FindStringSubmatch(line); m != nil {
			address = m[1]
		}
		if address != "" {
			lines[address]++
		}
		if strings.HasPrefix(line, "    }") {
			address = ""
		}
	}
	return lines
}

var resourceOfPlan = regexp.MustCompile(`^  # (\S+) (?:will|must) be `)

func expectAtMost(t *testing.T, text string, lines, hierarchy int) {
	t.Helper()
	const role = 25
	if n := strings.Count(text, "\n"); n > lines {
		t.Errorf("the plan has %d lines, at most %d can be read", n, lines)
	} else {
		t.Logf("the plan has %d lines", n)
	}
	for address, n := range blocksOfPlan(text) {
		switch {
		case strings.HasPrefix(address, "configmgr_role_assignment.") && n > role:
			t.Errorf("%s has %d lines, at most %d can be read", address, n, role)
		case strings.HasPrefix(address, "configmgr_hierarchy.") && n > hierarchy:
			t.Errorf("%s has %d lines, at most %d can be read", address, n, hierarchy)
		}
	}
}

func TestAccPlanText_CompleteExample(t *testing.T) {
	files := map[string]string{}
	names, err := filepath.Glob(filepath.Join(examples, "complete", "*.tf"))
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = string(content)
	}
	text := newCLI(t, files).plan(t)
	expectAtMost(t, text, 1400, 80)
	for _, needed := range []string{"(write-only attribute)", `+ "SEA/sea-mp01.contoso.com"  = "management_point http"`} {
		if !strings.Contains(text, needed) {
			t.Errorf("the plan lacks %q", needed)
		}
	}
}

// fiftyRoles is a site with fifty servers that hold a role each.
const fiftyRoles = `
variable "version_of_site" {
  type    = string
  default = "2503"
}
variable "active" {
  type    = string
  default = "cm01.contoso.com"
}
variable "passive" {
  type    = string
  default = "cm02.contoso.com"
}
variable "moved" {
  type    = string
  default = "s07"
}
locals {
  names = { for i in range(50) : format("s%02d", i) => i }
}
resource "configmgr_site" "ps1" {
  site_code            = "PS1"
  site_type            = "primary"
  name                 = "Contoso"
  site_server          = var.active
  passive_site_server  = var.passive
  content_library_path = "\\\\fs01.contoso.com\\ContentLibrary"
  client_communication = "enhanced_http"
  domain               = "contoso.com"
  forest               = "contoso.com"
  version              = var.version_of_site
  installed            = true
  database {
    server = "sql01.contoso.com"
  }
}
resource "configmgr_site_system_server" "this" {
  for_each         = merge(local.names, { spare = 50 })
  fqdn             = "${each.key}.contoso.com"
  site             = configmgr_site.ps1
  operating_system = "windows_server_2022"
  domain           = "contoso.com"
  forest           = "contoso.com"
}
locals {
  servers = configmgr_site_system_server.this
}
resource "configmgr_role_assignment" "this" {
  for_each  = local.names
  server    = local.servers[each.key == "s07" ? var.moved : each.key]
  role      = "distribution_point"
  installed = true
  distribution_point {
    protocol           = "http"
    client_connections = "intranet"
    minimum_free_space = 500
  }
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = local.servers
  role_assignments    = configmgr_role_assignment.this
}
`

// TestAccPlanText_FiftyRoles creates fifty roles on fifty servers, updates the site with
// them, promotes its passive site server, and moves one role.
func TestAccPlanText_FiftyRoles(t *testing.T) {
	c := newCLI(t, map[string]string{"main.tf": fiftyRoles})
	expectAtMost(t, c.plan(t), 2300, 80)
	c.apply(t)
	if text := c.plan(t); !strings.Contains(text, "No changes.") {
		t.Errorf("a second plan is not empty:\n%s", text)
	}
	expectAtMost(t, c.plan(t, "-var", "version_of_site=2509"), 500, 80)
	expectAtMost(t, c.plan(t, "-var", "active=cm02.contoso.com", "-var", "passive=cm01.contoso.com"), 500, 80)

	text := c.plan(t, "-var", "moved=spare")
	// OpenTofu also shows the write-only attributes of what is updated, as if they changed.
	expectAtMost(t, text, 85, 20)
	for _, needed := range []string{
		`~ fqdn            = "s07.contoso.com" -> "spare.contoso.com" # forces replacement`,
		`~ "PS1/s07.contoso.com"   = "distribution_point http installed" -> "-"`,
		`~ "PS1/spare.contoso.com" = "-" -> "distribution_point http installed"`,
		"Plan: 1 to add, 1 to change, 1 to destroy.",
	} {
		if !strings.Contains(text, needed) {
			t.Errorf("the plan lacks %q", needed)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}
