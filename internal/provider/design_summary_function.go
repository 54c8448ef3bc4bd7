package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

var _ function.Function = (*designSummaryFunction)(nil)

// designSummaryFunction says how much of a topology was judged: a design without findings
// may be right, or say too little.
type designSummaryFunction struct{}

func newDesignSummaryFunction() function.Function { return &designSummaryFunction{} }

var (
	undecidedRuleType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"title": types.StringType, "declare": types.ListType{ElemType: types.StringType},
	}}
	acceptedFindingType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"rule": types.StringType, "path": types.StringType, "summary": types.StringType, "reason": types.StringType,
	}}
	designSummaryType = map[string]attr.Type{
		"text":      types.StringType,
		"rules":     types.Int64Type,
		"decided":   types.Int64Type,
		"undecided": types.MapType{ElemType: undecidedRuleType},
		"declare":   types.MapType{ElemType: types.Int64Type},
		"errors":    types.Int64Type,
		"warnings":  types.Int64Type,
		"accepted":  types.ListType{ElemType: acceptedFindingType},
	}
)

func (f *designSummaryFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "design_summary"
}

func (f *designSummaryFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Say how much of a topology was judged, and what to declare to have more judged",
		MarkdownDescription: "Judges a hierarchy as `check_topology` does and returns numbers in place of the findings: a design without findings may be right, or say too " +
			"little to be judged. `text` is the answer in one line; `rules`, the number of rules that a plan is judged by; `decided`, how many of them were decided " +
			"wherever they apply; `errors` and `warnings`, the numbers of findings; `accepted`, the warnings that `accepted_findings` lets through, with the `rule`, `path`, " +
			"`summary` and `reason` of each; `undecided`, by id, the rules that lack a value somewhere, each with its `title` and what to `declare` to decide it; and " +
			"`declare`, the same by attribute: the number of rules that it helps to decide. Attributes are written with their element, as in " +
			"`site.client_communication`; one is named where an element that can have it leaves it out. A rule that is about a change of something installed is not counted " +
			"as undecided for what is new.",
		Parameters: []function.Parameter{topologyParameter(), checkOptionsParameter()},
		Return:     function.ObjectReturn{AttributeTypes: designSummaryType},
	}
}

func (f *designSummaryFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var topology, options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &topology, &options); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, topology) || !isWhollyKnown(ctx, options) {
		resp.Error = resp.Result.Set(ctx, types.ObjectUnknown(designSummaryType))
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
	resp.Error = resp.Result.Set(ctx, summaryOf(declared, report, judged))
}

// summaryOf returns the summary of a report about a topology.
func summaryOf(t *model.Topology, report *rule.Report, options rule.Options) types.Object {
	errors, warnings := 0, 0
	for i := range report.Findings {
		if report.Findings[i].Severity == rule.SeverityError {
			errors++
		} else {
			warnings++
		}
	}
	accepted := make([]attr.Value, len(report.Accepted))
	for i := range report.Accepted {
		a := &report.Accepted[i]
		accepted[i] = types.ObjectValueMust(acceptedFindingType.AttrTypes, map[string]attr.Value{
			"rule": types.StringValue(a.Rule.ID), "path": types.StringValue(a.Path.String()), "summary": types.StringValue(a.Summary()), "reason": types.StringValue(a.Accepted),
		})
	}
	open := declarable(t, report, options)
	undecided, counts := map[string]attr.Value{}, map[string]attr.Value{}
	number := map[string]int64{}
	for id, names := range open {
		r, _ := rules.Catalog().RuleByID(id)
		undecided[id] = types.ObjectValueMust(undecidedRuleType.AttrTypes, map[string]attr.Value{"title": types.StringValue(r.Title), "declare": stringListValue(names)})
		for _, name := range names {
			number[name]++
			counts[name] = types.Int64Value(number[name])
		}
	}
	total := 0
	for _, r := range rules.Catalog().Rules() {
		if r.Enforcement == rule.Checked {
			total++
		}
	}
	return types.ObjectValueMust(designSummaryType, map[string]attr.Value{
		"text":      types.StringValue(summaryText(report, errors, warnings, number)),
		"rules":     types.Int64Value(int64(total)),
		"decided":   types.Int64Value(int64(report.Decided)),
		"undecided": types.MapValueMust(undecidedRuleType, undecided),
		"declare":   types.MapValueMust(types.Int64Type, counts),
		"errors":    types.Int64Value(int64(errors)),
		"warnings":  types.Int64Value(int64(warnings)),
		"accepted":  types.ListValueMust(acceptedFindingType, accepted),
	})
}

// declarable returns the undecided rules of a report with the attributes that the
// topology leaves out and that help to decide them.
func declarable(t *model.Topology, report *rule.Report, options rule.Options) map[string][]string {
	absent := model.AbsentAttributes(t)
	absent["review_date"] = options.ReviewDate.IsZero()
	open := map[string][]string{}
	for _, id := range report.UndecidedRules() {
		names := []string{}
		for _, name := range rules.Deciding(id) {
			if absent[name] {
				names = append(names, name)
			}
		}
		open[id] = names
	}
	return open
}

// summaryText is the summary in one line.
func summaryText(report *rule.Report, errors, warnings int, number map[string]int64) string {
	var b strings.Builder
	if errors+warnings == 0 {
		b.WriteString("No findings")
	} else {
		fmt.Fprintf(&b, "%s, %s", counted(errors, "error"), counted(warnings, "warning"))
	}
	if n := len(report.Accepted); n > 0 {
		fmt.Fprintf(&b, ", %s accepted", counted(n, "warning"))
	}
	fmt.Fprintf(&b, ". %s decided, %d undecided.", counted(report.Decided, "rule"), len(report.UndecidedRules()))
	names := slices.SortedFunc(maps.Keys(number), func(a, b string) int {
		if number[a] != number[b] {
			return int(number[b] - number[a])
		}
		return strings.Compare(a, b)
	})
	if len(names) > 0 {
		const shown = 3
		b.WriteString(" To have more judged, declare " + strings.Join(names[:min(shown, len(names))], ", "))
		if len(names) > shown {
			fmt.Fprintf(&b, " and others (%d in all)", len(names))
		}
		b.WriteString(".")
	}
	return b.String()
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
