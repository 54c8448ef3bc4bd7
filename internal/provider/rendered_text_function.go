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

// topologyArgument decodes a topology, or says what is wrong with it and where.
func topologyArgument(ctx context.Context, argument types.Dynamic, introduction string) (*model.Hierarchy, *function.FuncError) {
	h := &model.Hierarchy{}
	_, problems := argumentTree(ctx, argument, h, hierarchySchema(ctx).Attributes)
	if len(problems) == 0 {
		problems = topologyProblems(h)
	}
	if len(problems) > 0 {
		return nil, argumentError(0, introduction, problems)
	}
	return h, nil
}

// designArgument decodes a topology for what is derived from it: what the lists in unknown
// name has the default of the product there, as nothing could be derived without it.
func designArgument(ctx context.Context, argument types.Dynamic, introduction string) (*model.Hierarchy, *function.FuncError) {
	h, funcErr := topologyArgument(ctx, argument, introduction)
	if funcErr != nil {
		return nil, funcErr
	}
	tree, _ := argumentTree(ctx, argument, &model.Hierarchy{}, nil)
	if listsUnknown(tree) {
		h = &model.Hierarchy{}
		model.Decode(h, tree) // what is wrong with it was said before
	}
	return h, nil
}

// listsUnknown takes the lists in unknown out of a tree, and reports whether there are any.
func listsUnknown(node map[string]any) bool {
	found := false
	for name, value := range node {
		switch value := value.(type) {
		case []any:
			if name == "unknown" {
				delete(node, name)
				found = true
			}
		case map[string]any:
			found = listsUnknown(value) || found
		}
	}
	return found
}

// topologyProblems says in sentences what of a topology is missing or belongs to no
// other part of it.
func topologyProblems(h *model.Hierarchy) []string {
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
	if len(problems) > 0 {
		return problems
	}
	var diags diag.Diagnostics
	validateHierarchy(h, model.ForHierarchy(h, false), &diags)
	for _, d := range diags.Errors() {
		problems = append(problems, d.Detail())
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
