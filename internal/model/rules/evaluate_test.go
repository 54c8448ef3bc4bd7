package rules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

// An element of a hierarchy that was checked by its own resource is not reported
// again, one that is written by hand is, once, by the first that holds it.
func TestOwnership(t *testing.T) {
	site := func(id any) map[string]any {
		return map[string]any{"id": id, "site_code": "AUX", "site_type": "primary", "site_server": "cm.contoso.com"}
	}
	server := func(id any, s map[string]any) map[string]any {
		return map[string]any{"id": id, "fqdn": "dp.contoso.com", "site": s}
	}
	reserved := func(r *rule.Report) (paths []string) {
		for _, f := range r.Findings {
			if f.Rule.ID == "SITE-CODE-RESERVED" {
				paths = append(paths, f.Path.String())
			}
		}
		return paths
	}
	for _, test := range []struct {
		name     string
		topology *model.Topology
		want     []string
	}{
		{"the site itself", model.ForSite(modeltest.MustDecode[model.Site](t, site(nil))), []string{"site_code"}},
		{"a server of a managed site", model.ForServer(modeltest.MustDecode[model.Server](t, server(nil, site("AUX")))), nil},
		{"a server of a site by hand", model.ForServer(modeltest.MustDecode[model.Server](t, server(nil, site(nil)))), []string{"site.site_code"}},
		{"a role on a managed server of a site by hand", model.ForAssignment(modeltest.MustDecode[model.Assignment](t, map[string]any{"role": "management_point", "server": server("AUX/x", site(nil))})), nil},
		{"a role on a server by hand", model.ForAssignment(modeltest.MustDecode[model.Assignment](t, map[string]any{"role": "management_point", "server": server(nil, site(nil))})), []string{"server.site.site_code"}},
		{"a hierarchy of managed sites", model.ForHierarchy(modeltest.MustDecode[model.Hierarchy](t, map[string]any{"sites": map[string]any{"a": site("AUX")}}), false), nil},
		{"a hierarchy of sites by hand", model.ForHierarchy(modeltest.MustDecode[model.Hierarchy](t, map[string]any{"sites": map[string]any{"a": site(nil)}}), false), []string{`sites["a"].site_code`}},
		{"a hierarchy that reports for all", model.ForHierarchy(modeltest.MustDecode[model.Hierarchy](t, map[string]any{"sites": map[string]any{"a": site("AUX")}}), true), []string{`sites["a"].site_code`}},
	} {
		if got := reserved(rules.Catalog().Evaluate(test.topology, rule.Options{})); !slices.Equal(got, test.want) {
			t.Errorf("%s: reported at %q, want %q", test.name, got, test.want)
		}
	}
}

// The server of several roles is answered for once.
func TestSharedServerIsReportedOnce(t *testing.T) {
	r := report(t, "site PS1 primary\nserver PS1 srv operating_system=windows_server_2012\nrole PS1 srv management_point\nrole PS1 srv software_update_point", nil)
	count := strings.Count(describeFindings(r), "SRV-OS-LIST")
	if count != 1 {
		t.Errorf("the server is reported %d times:\n%s", count, describeFindings(r))
	}
}

// What is wrong at a parent is one finding, however many of its children it is about.
func TestDefectOfAParentIsReportedOnce(t *testing.T) {
	const children = "site PS1 primary CAS database.collation=" + ruletest.Latin + "\nsite PS2 primary CAS database.collation=" + ruletest.Latin + "\nsite PS3 primary CAS database.collation=" + ruletest.Latin + "\n"
	for _, test := range []struct {
		id, design string
		want       int
		names      []string // what the one finding tells of
	}{
		{"SUP-PARENT-FIRST", ruletest.TopSite + ruletest.Primaries(3, "", 1) + ruletest.Repeated(3, "role P%02d sup%[1]d software_update_point"), 1, []string{"sup0", "sup1", "sup2", "CAS"}},
		// Two parents lack something.
		{"SUP-PARENT-FIRST", ruletest.TopSite + ruletest.Primaries(2, "", 1) + "role CAS sup software_update_point\n" +
			ruletest.Repeated(2, "site S%02d secondary P%02[1]d\nsite T%02[1]d secondary P%02[1]d\nrole S%02[1]d ssup%[1]d software_update_point\nrole T%02[1]d tsup%[1]d software_update_point"), 2, nil},
		{"HIER-COLLATION", "site CAS central_administration database.collation=" + ruletest.Chinese + "\n" + children, 1, []string{"PS1, PS2, PS3", "CAS", ruletest.Latin, ruletest.Chinese}},
		{"HIER-COLLATION", "site CAS central_administration database.collation=" + ruletest.Latin + "\n" + children + "site PS4 primary CAS database.collation=" + ruletest.Chinese, 1, []string{"PS4", "CAS"}},
		{"HIER-EXPAND-LANGS", "site CAS central_administration client_languages=[]\n" + ruletest.Repeated(3, `site P%02d primary CAS client_languages=["DEU"]`), 1, []string{"P00, P01, P02"}},
	} {
		d := ruletest.Parse(t, test.design)
		var found []rule.Finding
		for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
			if f.Rule.ID == test.id {
				found = append(found, f)
			}
		}
		if len(found) != test.want {
			t.Errorf("%s: found %d times, want %d, in\n%s", test.id, len(found), test.want, test.design)
			continue
		}
		for _, name := range test.names {
			if !strings.Contains(found[0].Fact+found[0].Found, name) {
				t.Errorf("%s: the finding does not name %q: %s: %s", test.id, name, found[0].Fact, found[0].Found)
			}
		}
	}
}

func TestTopLevelSiteCode(t *testing.T) {
	for text, want := range map[string]string{
		"site CAS central_administration\nsite ps1 primary CAS": "CAS",
		"site ps1 primary":                           "PS1",
		"site PS1 primary CAS":                       "CAS",
		"site PS1 primary ?":                         "(unknown)",
		"site PS1 primary\nsite PS2 primary":         "(null)",
		"site ? primary site_server=a.b.com":         "(unknown)",
		"hierarchy sites=?":                          "(unknown)",
		"site PS1 primary CA1\nsite PS2 primary CA2": "(null)",
	} {
		d := ruletest.Parse(t, text)
		if got := d.Planned.Build(t, false).TopLevelSiteCode(); fmt.Sprint(got) != want {
			t.Errorf("the top-level site is %v, want %s, in\n%s", got, want, text)
		}
	}
}

func TestFindingText(t *testing.T) {
	r := report(t, "site CAS central_administration\nrole CAS mp management_point", nil)
	i := slices.IndexFunc(r.Findings, func(f rule.Finding) bool { return f.Rule.ID == "ROLE-SITE-MP" })
	if i < 0 {
		t.Fatalf("no finding: %s", describeFindings(r))
	}
	f := r.Findings[i]
	if got, want := f.Summary(), "ROLE-SITE-MP: management point on mp.contoso.com cannot be at central administration site CAS"; got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
	detail := f.Detail()
	for _, part := range []string{
		`Found: role = "management_point"`, `Where: role_assignments["r00"].role`, "Why: ", "Fix: ", "Reference: ",
		"https://learn.microsoft.com/", "docs/guides/rules-placement.md#role-site-mp",
	} {
		if !strings.Contains(detail, part) {
			t.Errorf("the detail lacks %q:\n%s", part, detail)
		}
	}
}

// The text names the place wherever it is more than an attribute of the resource.
func TestFindingTextNamesDeepPlaces(t *testing.T) {
	for _, test := range []struct {
		topology    *model.Topology
		rule, where string
	}{
		{model.ForSite(modeltest.MustDecode[model.Site](t, map[string]any{"site_code": "AUX", "site_type": "primary"})), "SITE-CODE-RESERVED", ""},
		{model.ForSite(modeltest.MustDecode[model.Site](t, map[string]any{"site_code": "PS1", "site_type": "primary", "database": map[string]any{"port": int64(4022)}})), "DB-PORT-DISTINCT", "database.port"},
		{ruletest.Parse(t, "site PS1 primary\nhierarchy cloud_management_gateways={\"northwind\":{\"name\":\"cmg\"}}").Planned.Build(t, false), "ROLE-CARD-CMGCP-MIN", `cloud_management_gateways["northwind"]`},
		{ruletest.Parse(t, "site PS1 primary\nhierarchy published_site_codes=[\"PS1\"]").Planned.Build(t, true), "SITE-CODE-UNIQUE-FOREST", `sites["s00"].site_code`},
	} {
		findings := rules.Catalog().Evaluate(test.topology, rule.Options{}).Findings
		i := slices.IndexFunc(findings, func(f rule.Finding) bool { return f.Rule.ID == test.rule })
		if i < 0 {
			t.Errorf("%s was not found", test.rule)
			continue
		}
		var where string
		for paragraph := range strings.SplitSeq(findings[i].Detail(), "\n\n") {
			if place, ok := strings.CutPrefix(paragraph, "Where: "); ok {
				where = place
			}
		}
		if where != test.where && !strings.HasPrefix(where, test.where+".") || test.where == "" && where != "" {
			t.Errorf("%s: the text says %q, want %q:\n%s", test.rule, where, test.where, findings[i].Detail())
		}
	}
}

func TestValueString(t *testing.T) {
	if got := fmt.Sprint(model.Known("x"), model.Null[string](), model.Unknown[string]()); got != "x (null) (unknown)" {
		t.Errorf("values print as %q", got)
	}
}

func TestPathString(t *testing.T) {
	if got := model.At("sites").Key("a b").Attr("sms_providers").Index(2).String(); got != `sites["a b"].sms_providers[2]` {
		t.Errorf("the path prints as %s", got)
	}
}
