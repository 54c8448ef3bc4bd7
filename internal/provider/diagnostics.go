package provider

import (
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
