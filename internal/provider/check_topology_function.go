package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

var _ function.Function = (*checkTopologyFunction)(nil)

// checkTopologyFunction judges a whole topology and returns the findings as data,
// for preconditions, checks and pipelines. It judges what a configmgr_hierarchy with
// report_at = "hierarchy" judges, without its limits of size.
type checkTopologyFunction struct{}

func newCheckTopologyFunction() function.Function { return &checkTopologyFunction{} }

// findingType is the type of one finding.
var findingType = map[string]attr.Type{
	"rule":       types.StringType,
	"severity":   types.StringType,
	"path":       types.StringType,
	"summary":    types.StringType,
	"found":      types.StringType,
	"why":        types.StringType,
	"fix":        types.StringType,
	"references": types.ListType{ElemType: types.StringType},
}

func (f *checkTopologyFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "check_topology"
}

func (f *checkTopologyFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Judge a topology and return the findings as data",
		MarkdownDescription: "Judges a whole hierarchy by all rules and returns the findings as a list of objects, the same as the plan would report: `rule`, " +
			"`severity` (`error` or `warning`), `path`, `summary`, `found`, `why`, `fix` and `references`. " +
			"Use it in `check` blocks, in preconditions and in pipelines, and for hierarchies beyond about a thousand role assignments. A key that is misspelt " +
			"anywhere in the topology is an error.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name: "topology",
				MarkdownDescription: "An object with the arguments of a `configmgr_hierarchy`, such as `sites` and `role_assignments`: maps of resources, or of " +
					"plain objects with the same attributes. " +
					"The settings of a role stand in an object named like the role.",
			},
			checkOptionsParameter(),
		},
		Return: function.ListReturn{ElementType: types.ObjectType{AttrTypes: findingType}},
	}
}

func (f *checkTopologyFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var topology, options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &topology, &options); resp.Error != nil {
		return
	}
	declared, judged, funcErr := checkArguments(ctx, topology, options)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	report, funcErr := judge(ctx, declared, judged)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	findings := make([]attr.Value, 0, len(report.Findings))
	for _, finding := range report.Findings {
		findings = append(findings, types.ObjectValueMust(findingType, map[string]attr.Value{
			"rule":       types.StringValue(finding.Rule.ID),
			"severity":   types.StringValue(finding.Severity.String()),
			"path":       types.StringValue(finding.Path.String()),
			"summary":    types.StringValue(finding.Summary()),
			"found":      types.StringValue(finding.Found),
			"why":        types.StringValue(finding.Rule.Why),
			"fix":        types.StringValue(finding.Fix),
			"references": addresses(finding.Rule.Sources),
		}))
	}
	resp.Error = resp.Result.Set(ctx, types.ListValueMust(types.ObjectType{AttrTypes: findingType}, findings))
}

// judge judges a topology by all rules, until Terraform stops the provider.
func judge(ctx context.Context, t *model.Topology, options rule.Options) (*rule.Report, *function.FuncError) {
	options.Stopped = func() bool { return ctx.Err() != nil }
	report := rules.Catalog().Evaluate(t, options)
	if report.Stopped {
		return nil, function.NewFuncError("Terraform stopped the provider while it was judging the topology. Nothing was decided: run Terraform again")
	}
	return report, nil
}

// checkArguments decodes what a design is judged from, or says what is wrong with it.
func checkArguments(ctx context.Context, topology, options types.Dynamic) (*model.Topology, rule.Options, *function.FuncError) {
	t, funcErr := topologyArgument(ctx, topology)
	if funcErr != nil {
		return nil, rule.Options{}, funcErr
	}
	judged, problems := checkOptions(ctx, options)
	if len(problems) > 0 {
		return nil, rule.Options{}, argumentError(1, "The options are not valid. ", problems)
	}
	return t, judged, nil
}

// checkOptionsParameter is the same for every function that judges.
func checkOptionsParameter() function.Parameter {
	return function.DynamicParameter{
		Name: "options",
		MarkdownDescription: "An object with any of `configmgr_version`, `environment`, `rule_severities`, `strict` and `review_date`, which mean what they " +
			"mean in the provider configuration; `{}` for none, because OpenTofu leaves the result of a call with `null` open. " +
			"A function does not see the provider configuration.",
		AllowNullValue: true,
	}
}

// argumentError says what is wrong with an argument. Terraform makes it the end of a
// sentence of its own and adds the full stop.
func argumentError(position int64, introduction string, problems []string) *function.FuncError {
	text := introduction + strings.Join(problems, "\n")
	if strings.HasSuffix(text, "?") { // after which no full stop fits
		text += " Correct it, and run Terraform again."
	}
	return function.NewArgumentFuncError(position, strings.TrimSuffix(text, "."))
}

// hierarchySchema is the schema of a hierarchy, made once.
var hierarchySchema = sync.OnceValue(func() schema.Schema {
	var resp resource.SchemaResponse
	(&hierarchyResource{}).Schema(context.Background(), resource.SchemaRequest{}, &resp)
	return resp.Schema
})

// checkOptionsInput are the options as a user writes them.
type checkOptionsInput struct {
	Version     model.Value[string]                         `attr:"configmgr_version"`
	Environment model.Value[string]                         `attr:"environment"`
	Severities  model.Value[map[string]model.Value[string]] `attr:"rule_severities"`
	Strict      model.Value[bool]                           `attr:"strict"`
	ReviewDate  model.Value[string]                         `attr:"review_date"`
}

// checkOptions reads the options, or says in sentences what is wrong with them.
func checkOptions(ctx context.Context, argument types.Dynamic) (rule.Options, []string) {
	options := rule.Options{ReportAt: rule.ReportAtHierarchy}
	if argument.IsNull() || argument.IsUnderlyingValueNull() {
		return options, nil
	}
	input := &checkOptionsInput{}
	_, problems := argumentTree(ctx, argument, input, nil)
	complain := func(name string, err error) {
		if err != nil {
			problems = append(problems, name+": "+err.Error())
		}
	}
	var err error
	if text, ok := input.Version.Get(); ok {
		options.Version, err = product.ParseVersion(text)
		complain("configmgr_version", err)
	}
	if text, ok := input.Environment.Get(); ok {
		if !slices.Contains(rule.Environments(), text) {
			complain("environment", fmt.Errorf("%q is not a valid value. Valid values: %s.", text, quotedList(rule.Environments())))
		}
		options.Environment = rule.Environment(text)
	}
	if text, ok := input.ReviewDate.Get(); ok {
		var day time.Time
		day, err = product.ParseDate(text)
		complain("review_date", err)
		options.ReviewDate = day
	}
	options.Strict, _ = input.Strict.Get()
	severities, _ := input.Severities.Get()
	options.Severities = map[string]rule.Severity{}
	for _, id := range slices.Sorted(maps.Keys(severities)) {
		text, ok := severities[id].Get()
		if !ok {
			continue
		}
		severity, err := rule.ParseSeverity(text)
		if err == nil {
			err = rules.Catalog().ValidateSeverity(id, severity)
		}
		complain("rule_severities", err)
		options.Severities[id] = severity
	}
	return options, problems
}

// argumentTree decodes a dynamic argument strictly into a model object and judges the
// values by the validators of the given attributes, so that a function refuses what a
// resource refuses. It returns the tree, which nobody may change, and what is wrong as
// sentences that begin with the place.
func argumentTree(ctx context.Context, argument types.Dynamic, object any, attributes map[string]schema.Attribute) (map[string]any, []string) {
	tree, ok := fastplan.Argument(ctx, argument)
	if !ok {
		if argument.IsNull() || argument.IsUnknown() || argument.UnderlyingValue() == nil {
			return nil, []string{"An object is required."}
		}
		value, err := argument.UnderlyingValue().ToTerraformValue(ctx)
		if err != nil {
			return nil, []string{err.Error()}
		}
		node, err := treeOf(value, true)
		if err != nil {
			return nil, []string{err.Error()}
		}
		if tree, ok = node.(map[string]any); !ok {
			return nil, []string{"An object is required."}
		}
	}
	var problems, invalid []string
	var judged sync.WaitGroup
	judged.Go(func() { invalid = invalidValues(ctx, attributes, tree) })
	for _, e := range model.Decode(object, tree) {
		problems = append(problems, e.Error())
	}
	judged.Wait()
	return tree, append(problems, invalid...)
}

// invalidValues says what the validators of a schema find in a tree.
func invalidValues(ctx context.Context, attributes map[string]schema.Attribute, tree map[string]any) []string {
	var problems []string
	for _, d := range fastplan.CheckValues(ctx, attributes, nil, tree).Diags.Errors() {
		text := d.Detail()
		if placed, ok := d.(diag.DiagnosticWithPath); ok && !strings.HasPrefix(text, placed.Path().String()+": ") {
			text = placed.Path().String() + ": " + text
		}
		problems = append(problems, text)
	}
	return problems
}
