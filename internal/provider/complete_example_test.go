package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

var update = flag.Bool("update", false, "write the complete example anew to where the tests of the texts read it")

// completeOutputs have the complete example rendered. The names are those of the golden
// files of the render package, without what an output cannot be named.
const completeOutputs = `
output "hierarchy" { value = jsonencode(local.topology) }
output "install_ps1" { value = provider::configmgr::install_script(local.topology, {}) }
output "data_psd1" { value = provider::configmgr::dsc_configuration_data(local.topology) }
output "inventory_yml" { value = provider::configmgr::ansible_inventory(local.topology) }
output "diagram_mmd" { value = provider::configmgr::mermaid_diagram(local.topology) }
output "setup_SEA_ini" {
  value = provider::configmgr::setup_script(local.topology, "SEA", {
    prerequisite_path = "D:\\Prerequisites", prerequisites_downloaded = true, admin_console = true, mobile_device_language = false
    server_languages = ["FRA", "DEU"], software_assurance = true, software_assurance_expiration = "2027-12-31", use_pki_client_certificates = false
  })
}
`

var completeFiles = map[string]string{
	"install_ps1": "install.ps1", "data_psd1": "data.psd1", "inventory_yml": "inventory.yml", "diagram_mmd": "diagram.mmd", "setup_SEA_ini": "setup_SEA.ini",
}

// TestAccFunctions_RenderTheCompleteExample has Terraform render the complete example,
// and compares the texts with the golden files of the render package. With -update it
// writes what these are rendered from.
func TestAccFunctions_RenderTheCompleteExample(t *testing.T) {
	folder, _ := copyExample(t, "complete")
	if err := os.WriteFile(filepath.Join(folder, "texts.tf"), []byte(completeOutputs), 0o600); err != nil {
		t.Fatal(err)
	}
	runTerraform(t, resource.TestCase{Steps: []resource.TestStep{{
		ConfigDirectory: config.StaticDirectory(folder), ProtoV6ProviderFactories: providerFactories,
		PlanOnly: true, ExpectNonEmptyPlan: true,
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{completeTexts{}}},
	}}})
}

// completeTexts checks the outputs.
type completeTexts struct{}

func (completeTexts) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	if *update {
		resp.Error = writeComplete(fmt.Sprint(req.Plan.OutputChanges["hierarchy"].After))
		return
	}
	for _, name := range slices.Sorted(maps.Keys(completeFiles)) {
		want, err := os.ReadFile(filepath.Join(golden, "complete", completeFiles[name]))
		switch change, ok := req.Plan.OutputChanges[name]; {
		case err != nil:
		case !ok || change.AfterUnknown == true:
			err = fmt.Errorf("the output %s is not known in the plan", name)
		case change.After != string(want):
			err = fmt.Errorf("the output %s differs from %s; run this test with -update, then those of the render package", name, completeFiles[name])
		}
		resp.Error = errors.Join(resp.Error, err)
	}
}

// writeComplete writes a topology without what is null in it.
func writeComplete(hierarchy string) error {
	var object tree
	if err := json.Unmarshal([]byte(hierarchy), &object); err != nil {
		return err
	}
	declaredOnly(object)
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(object); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(golden, "complete.json"), b.Bytes(), 0o644)
}

// declaredOnly takes null attributes away. In pull_sources, null is a priority.
func declaredOnly(node any) {
	switch node := node.(type) {
	case tree:
		for name, v := range node {
			if v == nil {
				delete(node, name)
			} else if name != "pull_sources" {
				declaredOnly(v)
			}
		}
	case []any:
		for _, v := range node {
			declaredOnly(v)
		}
	}
}
