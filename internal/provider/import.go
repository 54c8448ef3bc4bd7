package provider

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// splitImportID splits an import id into its parts, or reports its shape.
func splitImportID(id, shape, example string, diags *diag.Diagnostics) []string {
	parts := strings.Split(id, "/")
	if len(parts) != strings.Count(shape, "/")+1 || strings.Contains("/"+id+"/", "//") {
		diags.AddError("Invalid import id", fmt.Sprintf("%q is not of the form %s. Import with an id such as %q.", id, shape, example))
		return nil
	}
	return parts
}
