package provider

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// The module makes of a file what resources by hand make of it: applied, planned again
// without a difference, and destroyed.
func TestAccTopologyModule(t *testing.T) {
	folder, module := t.TempDir(), t.TempDir()
	copyModule(t, module)
	main := strings.ReplaceAll(readText(t, "../../modules/topology/examples/contoso/main.tf"), `"../.."`, `"`+filepath.ToSlash(module)+`"`)
	for name, text := range map[string]string{
		"main.tf": main, "design.yaml": readText(t, "../../modules/topology/examples/contoso/design.yaml"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	step := resource.TestStep{ConfigDirectory: config.StaticDirectory(folder), ProtoV6ProviderFactories: providerFactories}
	destroy := step
	destroy.Destroy = true
	runTerraform(t, resource.TestCase{Steps: []resource.TestStep{step, destroy}})
}

// TestAccTopologyModule_Rejects has all that is wrong told in one plan, at the hierarchy.
func TestAccTopologyModule_Rejects(t *testing.T) {
	folder, module := t.TempDir(), t.TempDir()
	copyModule(t, module)
	main := `
		terraform {
		  required_providers {
		    configmgr = { source = "terraform-configmgr/configmgr" }
		  }
		}
		provider "configmgr" {
		  report_at = "hierarchy"
		}
		module "topology" {
		  source = "` + filepath.ToSlash(module) + `"
		  design = <<-YAML
		    sites:
		      CAS: { site_type: central_administration, name: Contoso, site_server: cas01.contoso.com }
		      PS1: { site_type: primary, name: Contoso, parent: CAS, site_server: ps101.contoso.com }
		      S01: { site_type: secondary, name: Branch, parent: CAS, site_server: s01.contoso.com }
		    servers:
		      mp01.contoso.com: { site: CAS, roles: [management_point, service_connection_point] }
		      sup01.contoso.com: { site: PS1, roles: [endpoint_protection_point] }
		  YAML
		}`
	if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(main), 0o600); err != nil {
		t.Fatal(err)
	}
	found := planErrorsOf(t, resource.TestStep{ConfigDirectory: config.StaticDirectory(folder)})
	var rules []string
	for _, e := range found {
		rules = append(rules, e.rule())
		if e.address != "module.topology.configmgr_hierarchy.this" {
			t.Errorf("%s is reported at %s", e.summary, e.address)
		}
	}
	for _, want := range []string{"HIER-SECONDARY-PARENT", "ROLE-SITE-MP", "ROLE-SITE-EPP"} {
		if !slices.Contains(rules, want) {
			t.Errorf("%s is not found, but %v", want, rules)
		}
	}
}

func copyModule(t *testing.T, to string) {
	t.Helper()
	files, err := filepath.Glob("../../modules/topology/*.tf")
	if err != nil || len(files) == 0 {
		t.Fatalf("the module has no files: %v", err)
	}
	for _, file := range files {
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), []byte(readText(t, file)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func readText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
