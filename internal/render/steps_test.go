package render

import (
	"encoding/json"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/install"
)

// stepsOf are the steps of a hierarchy as what walks through the script of the installation
// holds its calls against them (tools/powershell): with their cmdlets, and with what the
// computers need.
func stepsOf(t testing.TB, object tree) string {
	t.Helper()
	plan := install.ForHierarchy(hierarchy(t, object))
	steps := make([]tree, len(plan.Steps))
	for i, s := range plan.Steps {
		steps[i] = tree{"id": s.ID, "phase": s.Phase, "action": s.Action, "site": s.SiteCode, "server": s.Server, "requires": append([]string{}, s.Requires...)}
		if placeholders := placeholdersOf(s); len(placeholders) > 0 {
			list := make([]tree, len(placeholders))
			for j, p := range placeholders {
				list[j] = tree{"name": p.Name, "secret": p.Secret}
			}
			steps[i]["placeholders"] = list
		}
		if s.Command != nil {
			steps[i]["cmdlet"], steps[i]["parameters"] = s.Command.Cmdlet, parametersOf(s.Command)
		}
	}
	servers := tree{}
	for _, s := range plan.Servers {
		servers[s.FQDN] = tree{"features": append([]string{}, s.Features...), "administrators": append([]string{}, s.LocalAdministrators...)}
	}
	libraries := tree{}
	for _, s := range install.Read(hierarchy(t, object)).Sites {
		if location, ok := s.Declared.ContentLibraryPath.Get(); ok {
			libraries[s.Code] = location
		}
	}
	text, err := json.MarshalIndent(tree{"steps": steps, "servers": servers, "libraries": libraries}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

func parametersOf(c *install.Command) tree {
	parameters := tree{}
	for _, p := range c.Parameters {
		switch v := p.Value.(type) {
		case install.Placeholder:
			parameters[p.Name] = tree{"placeholder": v.Name}
		case *install.Command:
			parameters[p.Name] = tree{"cmdlet": v.Cmdlet, "parameters": parametersOf(v)}
		default:
			parameters[p.Name] = v
		}
	}
	return parameters
}

func TestSteps_Golden(t *testing.T) { checkGolden(t, "steps.json", stepsOf(t, complete(t))) }
