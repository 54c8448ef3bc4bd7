package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
)

// toPath turns a model path into a Terraform path.
func toPath(p model.Path) path.Path {
	at := path.Empty()
	for _, step := range p.Steps() {
		switch {
		case step.IsIndex:
			at = at.AtListIndex(step.Index)
		case step.Attribute != "":
			at = at.AtName(step.Attribute)
		default:
			at = at.AtMapKey(step.Key)
		}
	}
	return at
}

// appendReport turns the outcome of a check into diagnostics, in its order. It adds each
// without a look at the others: with thousands of findings, to compare all with all, as
// the framework does, takes longer than to find them.
func appendReport(diags *diag.Diagnostics, report *rule.Report) {
	for _, f := range report.Findings {
		if f.Severity == rule.SeverityError {
			*diags = append(*diags, diag.NewAttributeErrorDiagnostic(toPath(f.Path), f.Summary(), f.Detail()))
		} else {
			*diags = append(*diags, diag.NewAttributeWarningDiagnostic(toPath(f.Path), f.Summary(), f.Detail()))
		}
	}
	for _, u := range report.Unused {
		*diags = append(*diags, diag.NewAttributeWarningDiagnostic(toPath(u.Path), u.Summary(), u.Detail()))
	}
}

// grouped returns a report in which equal findings about several elements are one that
// lists them: the same rule with the same severity and the same advice. The order is
// that of the first of each.
func grouped(report *rule.Report) *rule.Report {
	type kind struct {
		rule     string
		severity rule.Severity
		fix      string
	}
	members, order := map[kind][]rule.Finding{}, []kind{}
	for _, f := range report.Findings {
		k := kind{f.Rule.ID, f.Severity, f.Fix}
		if members[k] == nil {
			order = append(order, k)
		}
		members[k] = append(members[k], f)
	}
	all := *report
	all.Findings = make([]rule.Finding, len(order))
	for i, k := range order {
		all.Findings[i] = oneOfMany(members[k])
	}
	return &all
}

// oneOfMany returns a finding that stands for equal ones.
func oneOfMany(findings []rule.Finding) rule.Finding {
	const most = 20
	f := findings[0]
	if len(findings) == 1 {
		return f
	}
	var list strings.Builder
	fmt.Fprintf(&list, "\n  %d times:", len(findings))
	for i, each := range findings {
		if i == most {
			fmt.Fprintf(&list, "\n  and %d more, which the function check_topology lists", len(findings)-most)
			break
		}
		fmt.Fprintf(&list, "\n  %s: %s", each.Path, each.Found)
	}
	f.Fact = fmt.Sprintf("%s, and %d more", f.Fact, len(findings)-1)
	f.Found = list.String()
	if steps := f.Path.Steps(); len(steps) > 0 {
		f.Path = model.At(steps[0].Attribute)
	}
	return f
}

// references are the attributes that hold whole resources.
var references = []string{"parent", "site", "server", "sites", "site_system_servers", "role_assignments", "required_roles"}

// atReferences attaches diagnostics about a place within a reference to the reference
// itself: Terraform and OpenTofu show the line of an attribute, and only that of the
// resource for a place below one that is write-only. The text names the place.
func atReferences(diags diag.Diagnostics) diag.Diagnostics {
	for i, d := range diags {
		placed, ok := d.(diag.DiagnosticWithPath)
		if !ok || len(placed.Path().Steps()) < 2 {
			continue
		}
		root, ok := placed.Path().Steps()[0].(path.PathStepAttributeName)
		if !ok || !slices.Contains(references, string(root)) {
			continue
		}
		if d.Severity() == diag.SeverityError {
			diags[i] = diag.NewAttributeErrorDiagnostic(path.Root(string(root)), d.Summary(), d.Detail())
		} else {
			diags[i] = diag.NewAttributeWarningDiagnostic(path.Root(string(root)), d.Summary(), d.Detail())
		}
	}
	return diags
}
