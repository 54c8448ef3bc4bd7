package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/render"
)

var _ function.Function = (*designDocumentFunction)(nil)

// designDocumentFunction writes what a hierarchy is as a page, with what the rules say.
type designDocumentFunction struct{}

func newDesignDocumentFunction() function.Function { return &designDocumentFunction{} }

func (f *designDocumentFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "design_document"
}

func (f *designDocumentFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Write the design of a hierarchy as a page",
		MarkdownDescription: "Writes a page in Markdown, as it is handed over or kept beside the configuration: the verdict of the rules; the diagram; tables of sites, " +
			"computers with what they need, roles with their settings, and accounts; the roles that the answers in `required_roles` ask for, with what covers them; " +
			"the findings, and those that `accepted_findings` lets through with the reasons; the steps to build it; and the connections. " +
			"It holds no date: the same design gives the same page. Nothing that is declared becomes markup in it.",
		Parameters: []function.Parameter{
			topologyParameter(),
			function.DynamicParameter{
				Name:                "options",
				MarkdownDescription: "An object with any of the options of `check_topology`, by which the design is judged, and " + existingText + ". `{}` for none.",
				AllowNullValue:      true,
			},
		},
		Return: function.StringReturn{},
	}
}

func (f *designDocumentFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var topology, options types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &topology, &options); resp.Error != nil {
		return
	}
	if !isWhollyKnown(ctx, topology) || !isWhollyKnown(ctx, options) {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown())
		return
	}
	declared, funcErr := topologyArgument(ctx, topology)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	existing, rest, problems := splitExisting(ctx, options)
	judged, wrong := checkOptions(ctx, rest)
	problems = append(problems, wrong...)
	if len(problems) > 0 {
		resp.Error = argumentError(1, "The options are not valid. ", problems)
		return
	}
	report, funcErr := judge(ctx, declared, judged)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	drawn, funcErr := designArgument(ctx, topology, notRendered)
	if funcErr != nil {
		resp.Error = funcErr
		return
	}
	page, err := render.DesignDocument(drawn, existing, judgmentOf(declared.Hierarchy, report))
	if err != nil {
		resp.Error = renderingError(err)
		return
	}
	resp.Error = resp.Result.Set(ctx, page)
}

// judgmentOf is what the rules say about a hierarchy, and what its clients need, for its
// document.
func judgmentOf(h *model.Hierarchy, report *rule.Report) *render.Judgment {
	return &render.Judgment{
		Findings: documentFindings(report.Findings), Accepted: documentFindings(report.Accepted), Required: documentNeeds(h),
	}
}

func documentFindings(findings []rule.Finding) []render.DocumentFinding {
	list := make([]render.DocumentFinding, len(findings))
	for i, f := range findings {
		list[i] = render.DocumentFinding{
			Rule: f.Rule.ID, Severity: f.Severity.String(), Fact: f.Fact, Found: f.Found, Fix: f.Fix, Reason: f.Accepted,
		}
		if len(f.Rule.Sources) > 0 {
			list[i].Reference = f.Rule.Sources[0].URL()
		}
	}
	return list
}

// documentNeeds are the roles that the answers of a hierarchy require or recommend.
func documentNeeds(h *model.Hierarchy) []render.DocumentNeed {
	var list []render.DocumentNeed
	answers, _ := h.RequiredRoles.Get()
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		answer, _ := answers[key].Get()
		if answer == nil {
			continue
		}
		sites, _ := answer.Sites.Get()
		for _, code := range slices.Sorted(maps.Keys(sites)) {
			site, _ := sites[code].Get()
			if site == nil {
				continue
			}
			roles, _ := site.Roles.Get()
			for _, role := range slices.Sorted(maps.Keys(roles)) {
				needed, _ := roles[role].Get()
				if needed == nil {
					continue
				}
				requirement, _ := needed.Requirement.Get()
				if requirement != string(model.RoleRequired) && requirement != string(model.RoleRecommended) {
					continue
				}
				minimum, _ := needed.Minimum.Get()
				list = append(list, render.DocumentNeed{SiteCode: code, Role: role, Requirement: requirement, Minimum: minimum, Reasons: knownTexts(needed.Reasons)})
			}
		}
	}
	return list
}

// knownTexts are the texts of a list that are known.
func knownTexts(v model.Value[[]model.Value[string]]) []string {
	list, _ := v.Get()
	var texts []string
	for _, one := range list {
		if text, ok := one.Get(); ok {
			texts = append(texts, text)
		}
	}
	return texts
}
