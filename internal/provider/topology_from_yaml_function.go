package provider

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
)

var _ function.Function = (*topologyFromYAMLFunction)(nil)

// topologyFromYAMLFunction reads a design file into the object that check_topology takes.
type topologyFromYAMLFunction struct{}

func newTopologyFromYAMLFunction() function.Function { return &topologyFromYAMLFunction{} }

// designSchema is built once: the schemas of the resources never change.
var designSchema = sync.OnceValue(DesignSchema)

func (f *topologyFromYAMLFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "topology_from_yaml"
}

func (f *topologyFromYAMLFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Read a topology from a design file",
		MarkdownDescription: "Reads a whole hierarchy from one YAML file and returns the topology that `check_topology` takes: an object with `sites` (by site " +
			"code), `site_system_servers` (by the key of the server in the file), `role_assignments` (by the key of the server and the role, as in " +
			"`mp01/management_point`) and the arguments of a `configmgr_hierarchy`.\n\n" +
			"The file says what the resources say, under the same names, with short forms: the key of a site is its code, the key of a server its name, and " +
			"`roles` of a server is a list of roles or a map with their settings. `parent` of a site and `site` of a server are codes of sites in the file. " +
			"`defaults` holds what elements have in common: `dns_suffix` completes computer names without a dot, `sites` has defaults by site type, `servers` by " +
			"site code, `roles` by role, and the key `every` of the first two is for all.\n\n" +
			"Values are read as they are written: the site codes `001`, `1E5` and `OFF` stay strings. Everything that is wrong with the file is reported at once, " +
			"each mistake with line, column, element and a way out.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "text",
				MarkdownDescription: "The text of the file, `file(\"design.yaml\")`, or its bytes in base64, `filebase64(\"design.yaml\")`. " +
					"The second form also reads UTF-16, which Windows PowerShell 5.1 writes and `file` refuses.",
			},
		},
		Return: function.DynamicReturn{},
	}
}

// mostProblems is how many mistakes of a file are told at once: one in a default or in a
// generated file comes a thousand times.
const mostProblems = 30

func (f *topologyFromYAMLFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	topology, found := designfile.Read(text, designSchema())
	if len(found) > 0 {
		shown := found[:min(len(found), mostProblems)]
		problems := make([]string, len(shown))
		for i, p := range shown {
			problems[i] = p.String()
		}
		if more := len(found) - len(shown); more > 0 {
			problems = append(problems, fmt.Sprintf("There are %d more of them.", more))
		}
		// Terraform puts a full stop behind the text, which may end with a question.
		resp.Error = argumentError(0, "The design file is not right.\n\n", []string{strings.Join(problems, "\n\n") + "\n\nCorrect the file and plan again"})
		return
	}
	typ := topologyType(designSchema())
	raw, err := fromTree(typ.TerraformType(ctx), topology)
	if err != nil {
		resp.Error = function.NewFuncError("The topology cannot be returned. This is a bug in the provider, please report it: " + err.Error())
		return
	}
	value, err := typ.ValueFromTerraform(ctx, raw)
	if err != nil {
		resp.Error = function.NewFuncError("The topology cannot be returned. This is a bug in the provider, please report it: " + err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, types.DynamicValue(value))
}
