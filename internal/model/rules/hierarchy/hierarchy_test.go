package hierarchy_test

import (
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/hierarchy"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules/ruletest"
)

func TestRules(t *testing.T) { ruletest.Run(t, hierarchy.Chapter(), hierarchyCases) }

// hierarchyCases joins the cases of the files of the group.
var hierarchyCases = ruletest.Joined(shapeCases, kinshipCases, transitionCases, distributedViewCases)

const (
	centralSiteLine = "site CAS central_administration\n"
	tree            = centralSiteLine + "site PS1 primary CAS\nsite SS1 secondary PS1\n"
)

var shapeCases = map[string]ruletest.Cases{
	"HIER-ONE-ROOT": {
		Violated: []string{
			tree + "site PS2 primary",
			centralSiteLine + "site PS1 primary",
			"site PS1 primary parent.site_code=CA9 parent.site_type=central_administration\nsite PS2 primary",
		},
		Satisfied: []string{
			tree, "site PS1 primary\nsite SS1 secondary PS1", centralSiteLine,
			// Several stand-alone sites are HIER-MULTI-PRIMARY-NEEDS-CAS, two central ones HIER-MAX-ONE-CAS.
			"site PS1 primary\nsite PS2 primary", centralSiteLine + "site CA2 central_administration",
			// A secondary site without a parent is HIER-SECONDARY-PARENT.
			tree + "site SS2 secondary",
		},
		Undecided: []string{
			centralSiteLine + "site PS1 primary ?", centralSiteLine + "site PS1 ?", "site PS1 primary\nsite SS1 secondary PS9",
			"site PS1 primary\nhierarchy sites={\"a\":{\"site_code\":\"CAS\",\"site_type\":\"central_administration\"},\"b\":\"?\"}",
		},
	},
	"HIER-MAX-ONE-CAS": {
		Violated: []string{
			centralSiteLine + "site CA2 central_administration",
			centralSiteLine + "site CA2 central_administration\nsite PS1 primary CAS\nsite PS2 primary CA2",
			centralSiteLine + "site PS1 primary parent.site_code=CA9 parent.site_type=central_administration",
			"site PS1 primary parent.site_code=CA8 parent.site_type=central_administration\nsite PS2 primary parent.site_code=CA9 parent.site_type=central_administration",
		},
		Satisfied: []string{tree, "site PS1 primary", "site PS1 primary\nsite PS2 primary"},
		Undecided: []string{tree + "site XX1 ?", "site PS1 primary" + ruletest.Below, "site CAS central_administration\nhierarchy sites=?"},
	},
	"HIER-CAS-NO-PARENT": {
		Violated:  []string{"site PS1 primary\nsite CAS central_administration PS1", centralSiteLine + "site CA2 central_administration CAS"},
		Satisfied: []string{tree},
		Undecided: []string{"site CAS central_administration ?", centralSiteLine + "site PS1 ? CAS"},
	},
	"HIER-PRIMARY-PARENT": {
		Violated:  []string{"site PS1 primary\nsite PS2 primary PS1", "site PS1 primary\nsite SS1 secondary PS1\nsite PS2 primary SS1", "site PS1 primary PS9"},
		Satisfied: []string{tree, "site PS1 primary", "site PS1 primary" + ruletest.Below},
		Undecided: []string{"site PS1 primary ?", "site XX1 ?\nsite PS1 primary XX1", "site PS1 primary parent.site_code=CAS"},
	},
	"HIER-SECONDARY-PARENT": {
		Violated:  []string{"site SS1 secondary", centralSiteLine + "site SS1 secondary CAS", "site PS1 primary\nsite SS1 secondary PS1\nsite SS2 secondary SS1"},
		Satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1", "site SS1 secondary PS9"},
		Undecided: []string{"site SS1 secondary ?", "site XX1 ?\nsite SS1 secondary XX1", "server SS1 dp site.id=null site.site_code=SS1 site.site_type=secondary site.site_server=ss1.contoso.com"},
	},
	"HIER-SECONDARY-NO-CHILD": {
		Violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nsite XX1 ? SS1"},
		Satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1\nsite SS2 secondary SS1"},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary ?"},
	},
	"HIER-DEPTH": {
		Violated: []string{
			"site AA1 ?\nsite BB1 ? AA1\nsite CC1 ? BB1\nsite DD1 ? CC1", "site PS1 primary\nsite BB1 ? PS1\nsite CC1 ? BB1",
			"site AA1 ?\nsite BB1 ? AA1\nsite CC1 ? BB1\nsite DD1 ? CC1\nsite EE1 ? DD1",
		},
		Satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1", tree + "site SS2 secondary SS1"},
		Undecided: []string{"site AA1 ?\nsite BB1 ? AA1\nsite CC1 ? BB1", "site PS1 primary ?"},
	},
	"HIER-ACYCLIC": {
		Violated: []string{
			"site PS1 primary parent.site_code=PS2 parent.site_type=central_administration\nsite PS2 primary parent.site_code=PS1 parent.site_type=central_administration",
			"site PS1 primary parent.site_code=SS1 parent.site_type=central_administration\nsite SS1 secondary parent.site_code=PS1 parent.site_type=primary\nsite SS2 secondary PS1",
		},
		Satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1", "site PS1 primary" + ruletest.Below},
		Undecided: []string{centralSiteLine + "site PS1 primary ?"},
	},
	"HIER-MULTI-PRIMARY-NEEDS-CAS": {
		Violated: []string{"site PS1 primary\nsite PS2 primary", "site PS1 primary\nsite PS2 primary\nsite PS3 primary\nsite SS1 secondary PS3",
			// A stand-alone primary site is the only one: the parent is a typing error, or of another hierarchy.
			"site PS1 primary\nsite SS1 secondary PS9"},
		Satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1", centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS", tree + "site PS2 primary", centralSiteLine + "site PS1 primary\nsite PS2 primary"},
		Undecided: []string{"site PS1 primary\nsite PS2 primary ?", "site PS1 primary\nsite XX1 ?", "site SS1 secondary PS9", "site PS1 primary ?\nsite SS1 secondary PS9",
			"site PS1 primary\nsite ? primary site_server=ps9.contoso.com\nsite SS1 secondary PS9"},
	},
	"HIER-CAS-MIN-CHILD": {
		Violated:  []string{centralSiteLine},
		Satisfied: []string{tree, "site PS1 primary"},
		Undecided: []string{centralSiteLine + "site PS1 primary ?", "site XX1 ?"},
	},
	"HIER-MAX-PRIMARIES": {
		Violated:  []string{centralSiteLine + ruletest.Repeated(26, "site P%02d primary CAS"), ruletest.Repeated(26, "site P%02d primary"+ruletest.Below)},
		Satisfied: []string{centralSiteLine + ruletest.Repeated(25, "site P%02d primary CAS"), "site PS1 primary"},
		Undecided: []string{centralSiteLine + ruletest.Repeated(25, "site P%02d primary CAS") + "site PS1 primary ?", "site PS1 primary" + ruletest.Below, centralSiteLine + "site PS1 ? CAS"},
	},
	"HIER-MAX-SECONDARIES": {
		Violated: []string{"site PS1 primary\n" + ruletest.Repeated(251, "site %03d secondary PS1"), ruletest.Repeated(251, "site %03d secondary PS1")},
		Satisfied: []string{
			"site PS1 primary\n" + ruletest.Repeated(250, "site %03d secondary PS1"), "site PS1 primary",
			// The limit is that of one primary site.
			centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS\n" + ruletest.Repeated(250, "site %03d secondary PS1") + "site SS1 secondary PS2",
		},
		Undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nsite SS2 secondary ?", "site SS1 secondary PS1"},
	},
}

// TestShapeOfHierarchy pins which one id each defect of the shape has.
func TestShapeOfHierarchy(t *testing.T) {
	shape := map[string]bool{}
	for id := range shapeCases {
		shape[id] = true
	}
	for text, want := range map[string]string{
		tree: "",
		// An orphan beside a central administration site.
		tree + "site PS2 primary": "HIER-ONE-ROOT",
		// Two central administration sites, with and without children.
		centralSiteLine + "site CA2 central_administration\nsite PS1 primary CAS\nsite PS2 primary CA2": "HIER-MAX-ONE-CAS",
		"site PS1 primary\nsite PS2 primary":                                          "HIER-MULTI-PRIMARY-NEEDS-CAS",
		tree + "site SS2 secondary":                                                   "HIER-SECONDARY-PARENT",
		centralSiteLine + "site PS1 primary CAS\nsite SS1 secondary CAS":              "HIER-SECONDARY-PARENT",
		tree + "site SS2 secondary SS1":                                               "HIER-SECONDARY-PARENT",
		tree + "site PS2 primary PS1":                                                 "HIER-PRIMARY-PARENT",
		tree + "site PS2 primary PS1\nsite SS2 secondary PS2":                         "HIER-PRIMARY-PARENT",
		centralSiteLine + "site PS1 primary CAS\nsite CA2 central_administration CAS": "HIER-CAS-NO-PARENT",
		"site PS1 primary\nsite CAS central_administration PS1":                       "HIER-CAS-NO-PARENT",
		// The hierarchy sees the circle that neither site sees.
		"site PS1 primary parent.site_code=PS2 parent.site_type=central_administration\nsite PS2 primary PS1": "HIER-ACYCLIC",
	} {
		d := ruletest.Parse(t, text)
		report := rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options)
		for _, f := range report.Findings {
			if shape[f.Rule.ID] && f.Severity == rule.SeverityError && f.Rule.ID != want {
				t.Errorf("found %s beside %q in\n%s", f.Rule.ID, want, text)
			}
		}
		if want != "" && !ruletest.IdsOf(report.Findings)[want] {
			t.Errorf("%s was not found in\n%s", want, text)
		}
	}
}
