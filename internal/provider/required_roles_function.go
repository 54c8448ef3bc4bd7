package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/needs"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

var _ function.Function = (*requiredRolesFunction)(nil)

// requiredRolesFunction answers what the data source of the same name answers, also
// for sites that are managed resources with pending changes.
type requiredRolesFunction struct{}

func newRequiredRolesFunction() function.Function { return &requiredRolesFunction{} }

func (f *requiredRolesFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "required_roles"
}

func (f *requiredRolesFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Answer which site system roles client populations and features need",
		MarkdownDescription: "Answers which site system roles the sites of a hierarchy need, how many, with which settings and why: the same as the data " +
			"source `configmgr_required_roles`, and with sites that are managed resources it answers in the plan all the same. " +
			"A part of the answer that depends on a value which is not known yet is not known yet either, the rest is. A key that is misspelt anywhere in the " +
			"input is an error. What is not supported any more is in `notices`.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name: "input",
				MarkdownDescription: "An object with the blocks of the data source as attributes: `population` (a list of objects with `site` and the numbers of " +
					"clients), and, where they are needed, `features` and `fallback_status_point`. " +
					"`site` is a `configmgr_site` or an object with `site_code`, `site_type` and, for a child site, `parent`.",
				AllowUnknownValues: true,
			},
			function.DynamicParameter{
				Name: "options",
				MarkdownDescription: "The options of `check_topology`, `{}` for none. Of these the answer depends on `configmgr_version`, the version of sites that " +
					"name none. " +
					"A function does not see the provider configuration.",
				AllowNullValue:     true,
				AllowUnknownValues: true,
			},
		},
		Return: function.ObjectReturn{AttributeTypes: answerType()},
	}
}

func (f *requiredRolesFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var input, options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &input, &options); resp.Error != nil {
		return
	}
	version := model.Unknown[product.Version]()
	if !options.IsUnknown() && !options.IsUnderlyingValueUnknown() {
		judged, problems := checkOptions(ctx, options)
		if len(problems) > 0 {
			resp.Error = argumentError(1, "The options are not valid. ", problems)
			return
		}
		version = optionsVersion(ctx, options, judged)
	}
	request := &model.RequiredRoles{Populations: model.Unknown[[]model.Value[*model.Population]]()}
	if !input.IsUnknown() && !input.IsUnderlyingValueUnknown() {
		request = &model.RequiredRoles{}
		tree, problems := argumentTree(ctx, input, request, nil)
		for _, name := range model.AnswerAttributes {
			if _, given := tree[name]; given {
				problems = append(problems, name+": This is part of the answer. Leave it out of the input.")
			}
		}
		if len(problems) == 0 {
			problems = problemTexts(request.Problems())
		}
		if len(problems) > 0 {
			resp.Error = argumentError(0, "The required roles cannot be computed. ", problems)
			return
		}
	}
	needs.Answer(request, version)
	values, err := answerValues(ctx, request)
	if err != nil {
		resp.Error = function.NewFuncError("This is a bug in the provider, please report it: " + err.Error())
		return
	}
	typ := types.ObjectType{AttrTypes: answerType()}
	answer, err := typ.ValueFromTerraform(ctx, tftypes.NewValue(typ.TerraformType(ctx), values))
	if err != nil {
		resp.Error = function.NewFuncError("This is a bug in the provider, please report it: " + err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, answer)
}

// optionsVersion returns the version of sites that name none, unknown while the options
// do not say it yet.
func optionsVersion(ctx context.Context, argument types.Dynamic, options rule.Options) model.Value[product.Version] {
	input := &checkOptionsInput{}
	if !argument.IsNull() && !argument.IsUnderlyingValueNull() {
		argumentTree(ctx, argument, input, nil)
	}
	if input.Version.IsUnknown() {
		return model.Unknown[product.Version]()
	}
	return model.Known(options.SiteVersion())
}
