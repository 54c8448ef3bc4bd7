package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// An import reads nothing from a site: it records what an id says, and nothing that no
// configuration could ever say. The next plan adds what the configuration declares.

// importID are the parts of an import id. Those that a resource does not have are empty.
type importID struct{ code, fqdn, role string }

// parseImportID reads an id of the given shape, such as SITECODE/FQDN, or reports what is
// wrong with it.
func parseImportID(id, shape, example string, diags *diag.Diagnostics) (importID, bool) {
	refuse := func(format string, args ...any) (importID, bool) {
		diags.AddError("Invalid import id", fmt.Sprintf(format, args...)+fmt.Sprintf(" Import with an id such as %q.", example))
		return importID{}, false
	}
	parts := strings.Split(id, "/")
	if len(parts) != strings.Count(shape, "/")+1 || strings.Contains("/"+id+"/", "//") {
		return refuse("%q is not of the form %s.", shortened(id), shape)
	}
	read := importID{code: strings.ToUpper(parts[0])}
	if problem := rules.Catalog().SiteCodeProblem(read.code); problem != "" {
		return refuse("%q names no site: %s", shortened(id), problem)
	}
	if len(parts) > 1 {
		if err := checkHostName(parts[1]); err != nil {
			return refuse("%q names no server. %s", shortened(id), err)
		}
		read.fqdn = model.FoldHost(parts[1])
	}
	if len(parts) > 2 {
		if role, ok := product.RoleByKey(parts[2]); !ok || !role.Assignable() {
			return refuse("%q is not the key of an assignable role.%s", parts[2], meant(product.NearestRoles(parts[2])))
		}
		read.role = parts[2]
	}
	return read, true
}

// shortened keeps messages short, whatever somebody pastes.
func shortened(text string) string {
	const most = 200
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// importValues records attributes of an imported resource.
func importValues(ctx context.Context, resp *resource.ImportStateResponse, values map[string]string) {
	for name, value := range values {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
}
