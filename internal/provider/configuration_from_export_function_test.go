package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt/adopttest"
)

func writtenConfiguration(t testing.TB, text string, options tree) string {
	t.Helper()
	v, funcErr := configure(t, nil).call(t, "configuration_from_export", text, options)
	var written string
	if funcErr != nil || v.As(&written) != nil {
		t.Fatalf("%v, %v", v, funcErr)
	}
	return written
}

func TestConfigurationFromExport_ImportBlocks(t *testing.T) {
	if strings.Contains(writtenConfiguration(t, fabrikam(t), tree{}), "import {") {
		t.Error("imports that nobody asked for")
	}
	written := writtenConfiguration(t, fabrikam(t), tree{"import_blocks": true})
	for _, want := range []string{"to = configmgr_site.eu1\n", `id = "EU1/eu1-mp.fabrikam.net/management_point"`, `to = configmgr_site_system_server.eu1["eu1-mp.fabrikam.net"]`} {
		if !strings.Contains(written, want) {
			t.Errorf("there is no %s in\n%s", want, written)
		}
	}
}

func TestConfigurationFromExport_Format(t *testing.T) {
	written := writtenConfiguration(t, fabrikam(t), tree{"format": "yaml"})
	for _, want := range []string{"  EU1:\n", "  eu1-mp.fabrikam.net:", "site: EU1"} {
		if !strings.Contains(written, want) {
			t.Errorf("there is no %q in\n%s", want, written)
		}
	}
	for says, options := range map[string]tree{`"json" is not a valid value`: {"format": "json"}, "A design file has no import blocks": {"format": "yaml", "import_blocks": true}} {
		_, funcErr := configure(t, nil).call(t, "configuration_from_export", fabrikam(t), options)
		if funcErr == nil || *funcErr.FunctionArgument != 1 || !strings.Contains(funcErr.Text, says) {
			t.Errorf("error %+v, expected %q", funcErr, says)
		}
	}
}

// TestConfigurationFromExport_OptionsThatAreNotKnown leave the text open: each of them
// changes it.
func TestConfigurationFromExport_OptionsThatAreNotKnown(t *testing.T) {
	for _, option := range []string{"top_level_site_code", "import_blocks", "format"} {
		v, funcErr := configure(t, nil).call(t, "configuration_from_export", fabrikam(t), tree{option: model.UnknownValue{}})
		if funcErr != nil || v.IsKnown() {
			t.Errorf("%s: %v, error %v, expected a text that is not known", option, v, funcErr)
		}
	}
}

// samePlan compares what is planned with the export that the configuration was written
// from.
type samePlan struct{ live *model.Hierarchy }

func (p samePlan) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	declared, err := plannedHierarchy(req.Plan)
	if err != nil {
		resp.Error = err
		return
	}
	if drift := adopt.Compare(declared, p.live); !drift.Empty() {
		resp.Error = fmt.Errorf("what is planned differs from the export: %v", drift)
	}
}

// plannedHierarchy builds the hierarchy of the resources that a plan creates.
func plannedHierarchy(plan *tfjson.Plan) (*model.Hierarchy, error) {
	sites, servers, assignments := tree{}, tree{}, tree{}
	for _, r := range plan.PlannedValues.RootModule.Resources {
		text, err := json.Marshal(r.AttributeValues)
		if err != nil {
			return nil, err
		}
		var values tree
		if err := json.Unmarshal(text, &values); err != nil {
			return nil, err
		}
		id, _ := values["id"].(string)
		for name := range values {
			if name == "setup" || name == "install" || name == "dsc" || name == "windows_features" || name == "inbound_ports" || values[name] == nil {
				delete(values, name)
			}
		}
		switch r.Type {
		case "configmgr_site":
			sites[id] = values
		case "configmgr_site_system_server":
			values["site"] = tree{"site_code": strings.Split(id, "/")[0]}
			servers[id] = values
		case "configmgr_role_assignment":
			parts := strings.Split(id, "/")
			values["server"] = tree{"fqdn": parts[1], "site": tree{"site_code": parts[0]}}
			delete(values, "wmi_role_name")
			assignments[id] = values
		}
	}
	h := &model.Hierarchy{}
	if problems := model.Decode(h, tree{"sites": sites, "site_system_servers": servers, "role_assignments": assignments}); len(problems) > 0 {
		return nil, fmt.Errorf("%v", problems)
	}
	return h, nil
}

// TestAccConfigurationFromExport applies what was written from an export: without an
// error, the plan says what the export said, and a second plan is empty.
func TestAccConfigurationFromExport(t *testing.T) {
	exports := map[string]string{"fabrikam": fabrikam(t)}
	for seed := range uint64(2) {
		exports[fmt.Sprint("generated ", seed)] = adopttest.Text(adopttest.Generate(seed, 1+int(seed%3), int(seed%2), 3))
	}
	for name, text := range exports {
		t.Run(name, func(t *testing.T) {
			read, err := adopt.Read(text, adopt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			written := requiredProvider + "provider \"configmgr\" {\n  environment = \"lab\"\n}\n\n" + writtenConfiguration(t, text, tree{})
			if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte(written), 0o600); err != nil {
				t.Fatal(err)
			}
			runTerraform(t, resource.TestCase{Steps: []resource.TestStep{{
				ConfigDirectory: config.StaticDirectory(folder), ProtoV6ProviderFactories: providerFactories,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{samePlan{read.Hierarchy}}},
			}}})
		})
	}
}
