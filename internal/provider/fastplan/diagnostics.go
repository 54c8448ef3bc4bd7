package fastplan

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

func protocolDiagnostics(diags diag.Diagnostics) []*tfprotov6.Diagnostic {
	all := make([]*tfprotov6.Diagnostic, 0, len(diags))
	for _, d := range diags {
		p := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: model.Clipped(d.Summary()), Detail: model.Clipped(d.Detail())}
		if d.Severity() == diag.SeverityWarning {
			p.Severity = tfprotov6.DiagnosticSeverityWarning
		}
		if placed, ok := d.(diag.DiagnosticWithPath); ok {
			p.Attribute = protocolPath(placed.Path())
		}
		all = append(all, p)
	}
	return all
}

func protocolPath(at path.Path) *tftypes.AttributePath {
	p := tftypes.NewAttributePath()
	for _, step := range at.Steps() {
		switch step := step.(type) {
		case path.PathStepAttributeName:
			p = p.WithAttributeName(string(step))
		case path.PathStepElementKeyString:
			p = p.WithElementKeyString(string(step))
		case path.PathStepElementKeyInt:
			p = p.WithElementKeyInt(int(step))
		}
	}
	return p
}
