package provider

import (
	"slices"

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

// appendReport turns the outcome of a check into diagnostics, in its order.
func appendReport(diags *diag.Diagnostics, report *rule.Report) {
	for _, f := range report.Findings {
		if f.Severity == rule.SeverityError {
			diags.AddAttributeError(toPath(f.Path), f.Summary(), f.Detail())
		} else {
			diags.AddAttributeWarning(toPath(f.Path), f.Summary(), f.Detail())
		}
	}
	for _, u := range report.Unused {
		diags.AddAttributeWarning(toPath(u.Path), u.Summary(), u.Detail())
	}
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
