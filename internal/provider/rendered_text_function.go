package provider

import (
	"context"
	"errors"
	"strings"

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
		Parameters:          []function.Parameter{hierarchyParameter()},
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
	h, funcErr := hierarchyArgument(ctx, argument)
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

// hierarchyParameter is the same for every function that renders.
func hierarchyParameter() function.Parameter {
	return function.DynamicParameter{
		Name: "hierarchy",
		MarkdownDescription: "A `configmgr_hierarchy`, or an object with its arguments, such as `sites` and `role_assignments`: maps of resources, or of plain objects with the same attributes. " +
			"A key that is misspelt anywhere is an error. What is right about the design is not judged: that is for the plan of the resource, or for the function `check_topology`. " +
			"While anything in it is not known yet, neither is the result.",
	}
}

// hierarchyArgument decodes a hierarchy, or says what is wrong with it and where.
func hierarchyArgument(ctx context.Context, argument types.Dynamic) (*model.Hierarchy, *function.FuncError) {
	h := &model.Hierarchy{}
	_, problems := argumentTree(ctx, argument, h, hierarchySchema(ctx).Attributes)
	if len(problems) == 0 {
		var diags diag.Diagnostics
		validateHierarchy(h, &diags)
		for _, d := range diags.Errors() {
			problems = append(problems, d.Detail())
		}
	}
	if len(problems) > 0 {
		return nil, function.NewArgumentFuncError(0, "The hierarchy cannot be rendered. "+strings.Join(problems, "\n"))
	}
	return h, nil
}

// renderingError places an error at the argument that it is about.
func renderingError(err error) *function.FuncError {
	var wrong *render.Error
	if errors.As(err, &wrong) && wrong.Path.Steps()[0].Attribute == "options" {
		return function.NewArgumentFuncError(2, "The options are not valid. "+err.Error())
	}
	if wrong == nil {
		return function.NewArgumentFuncError(1, err.Error())
	}
	return function.NewArgumentFuncError(0, "The hierarchy cannot be rendered. "+err.Error())
}

// isWhollyKnown reports whether nothing in an argument is unknown. Terraform does not
// call a function before; what a text would leave out otherwise could not be seen in it.
func isWhollyKnown(ctx context.Context, argument types.Dynamic) bool {
	value, err := argument.ToTerraformValue(ctx)
	return err != nil || value.IsFullyKnown()
}
