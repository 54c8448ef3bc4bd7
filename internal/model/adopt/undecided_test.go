package adopt

import (
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// A passive site server needs a remote content library: a design that does not say where
// it is has none, one that does not know says nothing.
func TestUnknownList_LeavesRulesUndecided(t *testing.T) {
	tree := tree{"site_code": "PS1", "site_type": "primary", "name": "PS1", "site_server": "ps1.contoso.com", "passive_site_server": "ps1b.contoso.com", "version": "2603"}
	reports := func() bool {
		site := &model.Site{}
		if problems := model.Decode(site, tree); len(problems) > 0 {
			t.Fatal(problems)
		}
		for _, f := range rules.Catalog().Evaluate(model.ForSite(site), rule.Options{}).Findings {
			if strings.Contains(f.Path.String(), "content_library_path") || strings.Contains(f.Found, "content_library_path") {
				return true
			}
		}
		return false
	}
	if !reports() {
		t.Fatal("no rule reports a site without a remote content library")
	}
	tree["unknown"] = []any{"content_library_path"}
	if reports() {
		t.Error("what is not known is taken for the default")
	}
}

// A map that is not complete leaves open what is missing, and nothing else.
func TestUnknownList_OfAHierarchy(t *testing.T) {
	site := tree{"site_code": "PS1", "site_type": "primary", "name": "PS1", "site_server": "ps1.contoso.com", "version": "2603"}
	tree := tree{"sites": tree{"PS1": site}, "role_assignments": tree{}}
	missing := func() int {
		h := &model.Hierarchy{}
		if problems := model.Decode(h, tree); len(problems) > 0 {
			t.Fatal(problems)
		}
		n := 0
		for _, f := range rules.Catalog().Evaluate(model.ForHierarchy(h, true), rule.Options{}).Findings {
			if strings.Contains(f.Summary(), "no service connection point") || strings.Contains(f.Summary(), "management point") {
				n++
			}
		}
		return n
	}
	if missing() == 0 {
		t.Fatal("a hierarchy without roles lacks none")
	}
	tree["unknown"] = []any{"role_assignments"}
	if n := missing(); n > 0 {
		t.Errorf("%d roles are missing in a map that is not complete", n)
	}
}
