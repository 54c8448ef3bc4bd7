package needs

import (
	"fmt"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// A population that is not known yet may turn out to have any number of clients: no sum
// over it is known, and no notice about its site names the site.
func TestAnswer_UnknownPopulation(t *testing.T) {
	known := map[string]any{"site": map[string]any{"site_code": "PS1", "site_type": "primary"}, "windows": int64(200_000)}
	unknownSite := map[string]any{"site": map[string]any{"site_code": model.UnknownValue{}, "site_type": "primary"}, "windows": int64(2_000_000)}
	for name, c := range map[string]struct {
		populations any
		total       string // of the management points
		notices     bool
	}{
		"known":                     {[]any{known}, "8", true},
		"all of them":               {model.UnknownValue{}, "(unknown)", false},
		"the only one":              {[]any{model.UnknownValue{}}, "(unknown)", false},
		"one of two":                {[]any{known, model.UnknownValue{}}, "(unknown)", false},
		"the code of the only site": {[]any{unknownSite}, "80", false},
	} {
		t.Run(name, func(t *testing.T) {
			r := modeltest.MustDecode[model.RequiredRoles](t, map[string]any{"population": c.populations})
			Answer(r, model.Known(product.DefaultVersion))
			total := model.Unknown[int64]()
			if sums, ok := r.Totals.Get(); ok {
				sum, _ := sums[product.RoleManagementPoint].Get()
				total = sum.Required
			}
			if got := fmt.Sprint(total); got != c.total {
				t.Errorf("%s management points are required, want %s", got, c.total)
			}
			if r.Notices.IsKnown() != c.notices {
				t.Errorf("the notices are %v", r.Notices)
			}
		})
	}
}
