package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

var _ function.Function = (*renderedTextFunction)(nil)

// renderedTextFunction writes a hierarchy in one language.
type renderedTextFunction struct {
	name        string
	summary     string
	description string
	render      func(*model.Hierarchy) (string, error)
}

func (f *renderedTextFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = f.name
}

func (f *renderedTextFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             f.summary,
		MarkdownDescription: f.description,
		Parameters:          []function.Parameter{topologyParameter()},
		Return:              function.StringReturn{},
	}
}

func (f *renderedTextFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &argument); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, argument) {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown())
		return
	}
	h, funcErr := designArgument(ctx, argument, notRendered)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	text, err := f.render(h)
	if err != nil {
		resp.Error = renderingError(err)
		return
	}
	resp.Error = resp.Result.Set(ctx, text)
}

// topologyParameter is the same for every function of a topology.
func topologyParameter() function.Parameter {
	return function.DynamicParameter{
		Name: "topology",
		MarkdownDescription: "An object with the arguments of a `configmgr_hierarchy`, such as `sites`, `site_system_servers` and `role_assignments`: maps of " +
			"resources, or of plain objects with the same attributes. Keep it in a local to hand it to the resource and to functions. " +
			"A key that is misspelt anywhere is an error. What is right about the design is not judged: that is for the plan of the resource, or for the function " +
			"`check_topology`. " +
			"What an element lists in `unknown` is taken for the default of the product where something is derived from it, and leaves rules undecided. " +
			"While anything in it is not known yet, neither is the result.",
	}
}

// topologyArgument decodes a topology that is to be judged, every element of it, or says
// what is wrong with it and where.
func topologyArgument(ctx context.Context, argument types.Dynamic) (*model.Topology, *function.FuncError) {
	t, _, problems := readTopology(ctx, argument, true)
	if len(problems) > 0 {
		return nil, argumentError(0, "The topology cannot be judged. ", problems)
	}
	return t, nil
}

// designArgument decodes a topology for what is derived from it: what the lists in unknown
// name has the default of the product there, as nothing could be derived without it.
func designArgument(ctx context.Context, argument types.Dynamic, introduction string) (*model.Hierarchy, *function.FuncError) {
	t, tree, problems := readTopology(ctx, argument, false)
	if len(problems) > 0 {
		return nil, argumentError(0, introduction, problems)
	}
	return withDefaults(t.Hierarchy, tree), nil
}

// readTopology decodes a topology, and links it as [model.ForHierarchy] does. It returns the
// tree that it is made of as well, and what is wrong in sentences that begin with the place.
func readTopology(ctx context.Context, argument types.Dynamic, checkAll bool) (*model.Topology, map[string]any, []string) {
	h := &model.Hierarchy{}
	tree, problems := argumentTree(ctx, argument, h, hierarchySchema().Attributes)
	if len(problems) > 0 {
		return nil, nil, problems
	}
	if problems = missingMaps(h); len(problems) > 0 {
		return nil, nil, problems
	}
	t := model.ForHierarchy(h, checkAll)
	var diags diag.Diagnostics
	validateHierarchy(h, t, &diags)
	for _, d := range diags.Errors() {
		problems = append(problems, d.Detail())
	}
	return t, tree, problems
}

// withDefaults returns a hierarchy as its tree has it without the lists in unknown.
func withDefaults(h *model.Hierarchy, tree map[string]any) *model.Hierarchy {
	if !listsUnknown(tree) {
		return h
	}
	h = &model.Hierarchy{}
	model.Decode(h, withoutUnknown(tree)) // what is wrong with it was said before
	return h
}

// unknownName is the attribute that lists what a design does not know.
const unknownName = "unknown"

// listsUnknown reports whether a tree has a list in unknown.
func listsUnknown(node map[string]any) bool {
	for name, value := range node {
		switch value := value.(type) {
		case []any:
			if name == unknownName {
				return true
			}
		case map[string]any:
			if listsUnknown(value) {
				return true
			}
		}
	}
	return false
}

// withoutUnknown returns a tree without the lists in unknown.
func withoutUnknown(node map[string]any) map[string]any {
	rest := make(map[string]any, len(node))
	for name, value := range node {
		switch value := value.(type) {
		case []any:
			if name != unknownName {
				rest[name] = value
			}
		case map[string]any:
			rest[name] = withoutUnknown(value)
		default:
			rest[name] = value
		}
	}
	return rest
}

// missingMaps says in sentences which maps a topology cannot do without.
func missingMaps(h *model.Hierarchy) []string {
	if h.Sites.IsNull() && (!h.ID.IsNull() || !h.Design.IsNull()) {
		return []string{"The references of a configmgr_hierarchy are write-only: the resource does not hold its sites, servers and role assignments. Keep them " +
			"in a local, hand that to the resource and to this function."}
	}
	var problems []string
	for _, needed := range []struct {
		name, example string
		missing       bool
	}{
		{"sites", "sites = { ps1 = configmgr_site.ps1 }", h.Sites.IsNull()},
		{"role_assignments", "role_assignments = configmgr_role_assignment.this, or {} for none", h.Assignments.IsNull()},
	} {
		if needed.missing {
			problems = append(problems, needed.name+": The topology needs it, as in "+needed.example+".")
		}
	}
	return problems
}

const notRendered = "The topology cannot be rendered. "

// renderingError places an error at the argument that it is about.
func renderingError(err error) *function.FuncError {
	var wrong *render.Error
	if errors.As(err, &wrong) && wrong.Path.Steps()[0].Attribute == "options" {
		position := int64(2)
		if steps := wrong.Path.Steps(); len(steps) > 1 && steps[1].Attribute == existingName {
			position = 1
		}
		return argumentError(position, "The options are not valid. ", []string{err.Error()})
	}
	if wrong == nil {
		return argumentError(1, "", []string{err.Error()})
	}
	return argumentError(0, notRendered, []string{err.Error()})
}

// isWhollyKnown reports whether nothing in an argument is unknown. Terraform does not
// call a function before; what a text would leave out otherwise could not be seen in it.
func isWhollyKnown(ctx context.Context, argument types.Dynamic) bool {
	value, err := argument.ToTerraformValue(ctx)
	return err != nil || value.IsFullyKnown()
}
