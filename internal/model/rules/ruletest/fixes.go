package ruletest

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

var (
	primaryName   = regexp.MustCompile(`\b(?i:ps)([0-9])`)
	centralName   = regexp.MustCompile(`\b(CAS|cas)\b`)
	strangeInFix  = regexp.MustCompile(`\bPS[0-9]\b|\bCAS\b|configmgr_site\.(ps[0-9]|cas)\b`)
	proposesCodes = []string{"SITE-CODE-FORMAT", "SITE-CODE-RESERVED"} // which no site has yet
)

// fixesAreAboutTheDesign tests that what a finding tells to type names sites of the design,
// and none that the design does not have: with other codes, the codes of the examples are
// nowhere in it.
func fixesAreAboutTheDesign(t *testing.T, all map[string]Cases) {
	t.Helper()
	for id, c := range all {
		for _, text := range c.Violated {
			if len(text) > 1000 || slices.Contains(proposesCodes, id) {
				continue
			}
			other := centralName.ReplaceAllStringFunc(primaryName.ReplaceAllStringFunc(text, func(name string) string {
				if strings.HasPrefix(name, "PS") {
					return "NY" + name[2:]
				}
				return "ny" + name[2:]
			}), func(name string) string { return name[:1] + "01" })
			d := Parse(t, other)
			for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
				if f.Rule.ID != id {
					continue
				}
				for _, strange := range strangeInFix.FindAllString(f.Fix, -1) {
					if strange == "configmgr_site.cas" && !strings.Contains(other, "central_administration") || strange == "configmgr_site.ps1" && !strings.Contains(other, " primary") {
						continue // there is none to name
					}
					t.Errorf("%s proposes %s for a design that has no such site: %s\n%s", id, strange, f.Fix, other)
				}
			}
		}
	}
}
