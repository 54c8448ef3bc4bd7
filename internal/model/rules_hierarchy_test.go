package model

import (
	"maps"
	"testing"
)

func TestRules_hierarchy(t *testing.T) { runCases(t, hierarchyChapter(), hierarchyCases) }

// hierarchyCases joins the cases of the files of the group.
var hierarchyCases = joined(shapeCases, kinshipCases, transitionCases, distributedViewCases)

func joined(groups ...map[string]cases) map[string]cases {
	all := map[string]cases{}
	for _, group := range groups {
		maps.Copy(all, group)
	}
	return all
}

const (
	centralSiteLine = "site CAS central_administration\n"
	tree            = centralSiteLine + "site PS1 primary CAS\nsite SS1 secondary PS1\n"
	// below makes a site that stands before CAS in the design a child of it.
	below = " parent.site_code=CAS parent.site_type=central_administration"
)

var shapeCases = map[string]cases{
	"HIER-ONE-ROOT": {
		violated: []string{
			tree + "site PS2 primary",
			centralSiteLine + "site PS1 primary",
			"site PS1 primary parent.site_code=CA9 parent.site_type=central_administration\nsite PS2 primary",
		},
		satisfied: []string{
			tree, "site PS1 primary\nsite SS1 secondary PS1", centralSiteLine,
			// Several stand-alone sites are HIER-MULTI-PRIMARY-NEEDS-CAS, two central ones HIER-MAX-ONE-CAS.
			"site PS1 primary\nsite PS2 primary", centralSiteLine + "site CA2 central_administration",
			// A secondary site without a parent is HIER-SECONDARY-PARENT.
			tree + "site SS2 secondary",
		},
		undecided: []string{
			centralSiteLine + "site PS1 primary ?", centralSiteLine + "site PS1 ?", "site PS1 primary\nsite SS1 secondary PS9",
			"site PS1 primary\nhierarchy sites={\"a\":{\"site_code\":\"CAS\",\"site_type\":\"central_administration\"},\"b\":\"?\"}",
		},
	},
	"HIER-MAX-ONE-CAS": {
		violated: []string{
			centralSiteLine + "site CA2 central_administration",
			centralSiteLine + "site CA2 central_administration\nsite PS1 primary CAS\nsite PS2 primary CA2",
			centralSiteLine + "site PS1 primary parent.site_code=CA9 parent.site_type=central_administration",
			"site PS1 primary parent.site_code=CA8 parent.site_type=central_administration\nsite PS2 primary parent.site_code=CA9 parent.site_type=central_administration",
		},
		satisfied: []string{tree, "site PS1 primary", "site PS1 primary\nsite PS2 primary"},
		undecided: []string{tree + "site XX1 ?", "site PS1 primary" + below, "site CAS central_administration\nhierarchy sites=?"},
	},
	"HIER-CAS-NO-PARENT": {
		violated:  []string{"site PS1 primary\nsite CAS central_administration PS1", centralSiteLine + "site CA2 central_administration CAS"},
		satisfied: []string{tree},
		undecided: []string{"site CAS central_administration ?", centralSiteLine + "site PS1 ? CAS"},
	},
	"HIER-PRIMARY-PARENT": {
		violated:  []string{"site PS1 primary\nsite PS2 primary PS1", "site PS1 primary\nsite SS1 secondary PS1\nsite PS2 primary SS1", "site PS1 primary PS9"},
		satisfied: []string{tree, "site PS1 primary", "site PS1 primary" + below},
		undecided: []string{"site PS1 primary ?", "site XX1 ?\nsite PS1 primary XX1", "site PS1 primary parent.site_code=CAS"},
	},
	"HIER-SECONDARY-PARENT": {
		violated:  []string{"site SS1 secondary", centralSiteLine + "site SS1 secondary CAS", "site PS1 primary\nsite SS1 secondary PS1\nsite SS2 secondary SS1"},
		satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1", "site SS1 secondary PS9"},
		undecided: []string{"site SS1 secondary ?", "site XX1 ?\nsite SS1 secondary XX1", "server SS1 dp site.id=null site.site_code=SS1 site.site_type=secondary site.site_server=ss1.contoso.com"},
	},
	"HIER-SECONDARY-NO-CHILD": {
		violated:  []string{"site PS1 primary\nsite SS1 secondary PS1\nsite XX1 ? SS1"},
		satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1\nsite SS2 secondary SS1"},
		undecided: []string{"site PS1 primary\nsite SS1 secondary ?"},
	},
	"HIER-DEPTH": {
		violated: []string{
			"site AA1 ?\nsite BB1 ? AA1\nsite CC1 ? BB1\nsite DD1 ? CC1", "site PS1 primary\nsite BB1 ? PS1\nsite CC1 ? BB1",
			"site AA1 ?\nsite BB1 ? AA1\nsite CC1 ? BB1\nsite DD1 ? CC1\nsite EE1 ? DD1",
		},
		satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1", tree + "site SS2 secondary SS1"},
		undecided: []string{"site AA1 ?\nsite BB1 ? AA1\nsite CC1 ? BB1", "site PS1 primary ?"},
	},
	"HIER-ACYCLIC": {
		violated: []string{
			"site PS1 primary parent.site_code=PS2 parent.site_type=central_administration\nsite PS2 primary parent.site_code=PS1 parent.site_type=central_administration",
			"site PS1 primary parent.site_code=SS1 parent.site_type=central_administration\nsite SS1 secondary parent.site_code=PS1 parent.site_type=primary\nsite SS2 secondary PS1",
		},
		satisfied: []string{tree, "site PS1 primary\nsite SS1 secondary PS1", "site PS1 primary" + below},
		undecided: []string{centralSiteLine + "site PS1 primary ?"},
	},
	"HIER-MULTI-PRIMARY-NEEDS-CAS": {
		violated:  []string{"site PS1 primary\nsite PS2 primary", "site PS1 primary\nsite PS2 primary\nsite PS3 primary\nsite SS1 secondary PS3"},
		satisfied: []string{"site PS1 primary\nsite SS1 secondary PS1", centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS", tree + "site PS2 primary", centralSiteLine + "site PS1 primary\nsite PS2 primary"},
		undecided: []string{"site PS1 primary\nsite PS2 primary ?", "site PS1 primary\nsite XX1 ?", "site PS1 primary\nsite SS1 secondary PS9"},
	},
	"HIER-CAS-MIN-CHILD": {
		violated:  []string{centralSiteLine},
		satisfied: []string{tree, "site PS1 primary"},
		undecided: []string{centralSiteLine + "site PS1 primary ?", "site XX1 ?"},
	},
	"HIER-MAX-PRIMARIES": {
		violated:  []string{centralSiteLine + repeated(26, "site P%02d primary CAS"), repeated(26, "site P%02d primary"+below)},
		satisfied: []string{centralSiteLine + repeated(25, "site P%02d primary CAS"), "site PS1 primary"},
		undecided: []string{centralSiteLine + repeated(25, "site P%02d primary CAS") + "site PS1 primary ?", "site PS1 primary" + below, centralSiteLine + "site PS1 ? CAS"},
	},
	"HIER-MAX-SECONDARIES": {
		violated: []string{"site PS1 primary\n" + repeated(251, "site %03d secondary PS1"), repeated(251, "site %03d secondary PS1")},
		satisfied: []string{
			"site PS1 primary\n" + repeated(250, "site %03d secondary PS1"), "site PS1 primary",
			// The limit is that of one primary site.
			centralSiteLine + "site PS1 primary CAS\nsite PS2 primary CAS\n" + repeated(250, "site %03d secondary PS1") + "site SS1 secondary PS2",
		},
		undecided: []string{"site PS1 primary\nsite SS1 secondary PS1\nsite SS2 secondary ?", "site SS1 secondary PS1"},
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
		d := parseDesign(t, text)
		report := RuleCatalogue().Evaluate(d.planned.build(t, true), d.options)
		for _, f := range report.Findings {
			if shape[f.Rule.ID] && f.Severity == SeverityError && f.Rule.ID != want {
				t.Errorf("found %s beside %q in\n%s", f.Rule.ID, want, text)
			}
		}
		if want != "" && !idsOf(report.Findings)[want] {
			t.Errorf("%s was not found in\n%s", want, text)
		}
	}
}
