package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

var _ function.Function = (*designReportFunction)(nil)

// designReportFunction writes a page to look at about a design, right or wrong.
type designReportFunction struct{}

func newDesignReportFunction() function.Function { return &designReportFunction{} }

func (f *designReportFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "design_report"
}

func (f *designReportFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Write a page about a design, with diagram, findings and tables",
		MarkdownDescription: "Writes one HTML page about a hierarchy that needs nothing else: how it was judged, its diagram, the findings and the accepted " +
			"warnings, the computers with what they do, and the steps that build it. The tables can be filtered. A design with errors has a page as well.",
		Parameters: []function.Parameter{topologyParameter(), checkOptionsParameter()},
		Return:     function.StringReturn{},
	}
}

func (f *designReportFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var topology, options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &topology, &options); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, topology) || !isWhollyKnown(ctx, options) {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown())
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
	var findings []render.ReportFinding
	shown := func(f *rule.Finding, severity, fix, reason string) {
		findings = append(findings, render.ReportFinding{
			Severity: severity, Rule: f.Rule.ID, Guide: f.Rule.GuideURL(), Path: f.Path.String(), Summary: f.Fact, Found: f.Found, Why: f.Rule.Why, Fix: fix, Reason: reason,
		})
	}
	for i := range report.Findings {
		shown(&report.Findings[i], report.Findings[i].Severity.String(), report.Findings[i].Fix, "")
	}
	for i := range report.Accepted {
		shown(&report.Accepted[i], "accepted", "", report.Accepted[i].Accepted)
	}
	verdict := summaryOf(declared, report, judged).Attributes()["text"].(types.String).ValueString()
	page, err := render.Report(declared.Hierarchy, verdict, findings)
	if err != nil {
		resp.Error = renderingError(err)
		return
	}
	resp.Error = resp.Result.Set(ctx, page)
}
