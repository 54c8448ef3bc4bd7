package provider

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A computer that is named in short, by its address or with an instance is one error that
// says what to type, and what else is wrong with the computer shows beside it.
func TestAccHostNames_SayWhatToType(t *testing.T) {
	for _, c := range []struct{ name, server, text string }{
		{"short", "cm01", `Write the name with its DNS suffix, such as "cm01.contoso.com"`},
		{"instance", `CM01.contoso.com\\CM`, `Name the computer alone, such as "cm01.contoso.com"`},
		{"web address", "https://cm01.contoso.com/", `Name the computer alone, such as "cm01.contoso.com"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			errors := planErrors(t, `
provider "configmgr" {
  report_at = "hierarchy"
}
resource "configmgr_site" "ps1" {
  site_code            = "PS1"
  site_type            = "primary"
  name                 = "Contoso"
  site_server          = "`+c.server+`"
  passive_site_server  = "cm02.contoso.com"
  content_library_path = "\\\\fs01.contoso.com\\ContentLibrary"
}
resource "configmgr_site_system_server" "cm01" {
  fqdn = "cm01.contoso.com"
  site = configmgr_site.ps1
}
resource "configmgr_role_assignment" "scp" {
  server = configmgr_site_system_server.cm01
  role   = "service_connection_point"
}
resource "configmgr_hierarchy" "contoso" {
  sites               = { ps1 = configmgr_site.ps1 }
  site_system_servers = { cm01 = configmgr_site_system_server.cm01 }
  role_assignments    = { scp = configmgr_role_assignment.scp }
}
`)
			ids := ruleIDs(errors)
			slices.Sort(ids)
			if want := []string{"COLO-SCP-NOT-HA", "SRV-FQDN"}; !slices.Equal(ids, want) {
				t.Errorf("the plan reports %v, want %v", ids, want)
			}
			if !slices.ContainsFunc(errors, func(e reportedError) bool {
				return strings.Contains(strings.Join(strings.Fields(fmt.Sprint(e)), " "), c.text)
			}) {
				t.Errorf("the plan does not say %s:\n%v", c.text, errors)
			}
		})
	}
}

// TestHostLabel compares the quick way to judge a part of a name with its definition.
func TestHostLabel(t *testing.T) {
	definition := regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$`)
	labels := []string{"", strings.Repeat("a", 63), strings.Repeat("a", 64), "a" + strings.Repeat("-", 61) + "a", strings.Repeat("é", 20), "dp01\n", "DP_01"}
	for _, a := range "aZ9_-. ä" {
		for _, b := range "aZ9_-. ä" {
			for _, c := range "aZ9_-. ä" {
				labels = append(labels, string(a), string([]rune{a, b}), string([]rune{a, b, c}))
			}
		}
	}
	for _, label := range labels {
		if got, want := isHostLabel(label), definition.MatchString(label); got != want {
			t.Errorf("%q is a label: %v, want %v", label, got, want)
		}
	}
}
