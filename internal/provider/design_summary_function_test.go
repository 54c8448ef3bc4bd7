package provider

import (
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// summarize calls the function design_summary.
func (s *server) summarize(t *testing.T, topology, options tree) tree {
	t.Helper()
	v, funcErr := s.call(t, "design_summary", topology, options)
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	return treeFrom(t, v)
}

// integer reads a whole number of a tree.
func integer(node any) int64 {
	n, _ := node.(int64)
	return n
}

// A summary counts what check_topology finds.
func TestDesignSummary_CountsFindings(t *testing.T) {
	s := configure(t, nil)
	passive := but(t, smallTopology(), "cm02.contoso.com", "sites", "ps1", "passive_site_server")
	for name, topology := range map[string]tree{"small": smallTopology(), "wrong": passive} {
		v, funcErr := s.call(t, "check_topology", topology, tree{})
		if funcErr != nil {
			t.Fatal(funcErr.Text)
		}
		node, err := toTree(v)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]int64{}
		for _, f := range node.([]any) {
			found[f.(tree)["severity"].(string)]++
		}
		summary := s.summarize(t, topology, tree{})
		for key, want := range map[string]int64{"errors": found["error"], "warnings": found["warning"]} {
			if got := integer(summary[key]); got != want {
				t.Errorf("%s: %d %s, check_topology finds %d", name, got, key, want)
			}
		}
		if name == "wrong" && found["error"] == 0 {
			t.Error("the design without a remote content library is not refused")
		}
		decided, undecided, all := integer(summary["decided"]), int64(len(summary["undecided"].(tree))), integer(summary["rules"])
		if decided == 0 || undecided == 0 || decided+undecided > all {
			t.Errorf("%s: %d rules decided, %d undecided, %d in all", name, decided, undecided, all)
		}
	}
}

// What a summary says to declare is left out, decides the rule, and is not asked for again.
func TestDesignSummary_SaysWhatToDeclare(t *testing.T) {
	s := configure(t, nil)
	before := s.summarize(t, smallTopology(), tree{})
	const attribute = "site.client_communication"
	if integer(before["declare"].(tree)[attribute]) == 0 {
		t.Fatalf("%s is not asked for: %v", attribute, before["declare"])
	}
	if integer(before["declare"].(tree)["review_date"]) == 0 {
		t.Errorf("review_date is not asked for: %v", before["declare"])
	}
	if !strings.Contains(before["text"].(string), "declare ") {
		t.Errorf("the text does not say what to declare: %s", before["text"])
	}
	for id, of := range before["undecided"].(tree) {
		for _, name := range of.(tree)["declare"].([]any) {
			if !slices.Contains(rules.Deciding(id), name.(string)) {
				t.Errorf("%s is to be decided by %s", id, name)
			}
		}
	}
	after := s.summarize(t, but(t, smallTopology(), "enhanced_http", "sites", "ps1", "client_communication"), tree{"review_date": "2026-10-01"})
	for _, name := range []string{attribute, "review_date"} {
		if _, asked := after["declare"].(tree)[name]; asked {
			t.Errorf("%s is declared, and asked for", name)
		}
	}
	if integer(after["decided"]) <= integer(before["decided"]) {
		t.Errorf("%v rules are decided, %v without it", after["decided"], before["decided"])
	}
}

func TestDesignSummary_ListsAccepted(t *testing.T) {
	s := configure(t, nil)
	warned := but(t, smallTopology(), `C:\ConfigMgr`, "sites", "ps1", "install_directory")
	accepted := but(t, warned, tree{"SITE-DIR-NOT-OS-DRIVE": "one volume"}, "sites", "ps1", "accepted_findings")
	summary := s.summarize(t, accepted, tree{})
	list := summary["accepted"].([]any)
	if len(list) != 1 || list[0].(tree)["rule"] != "SITE-DIR-NOT-OS-DRIVE" || list[0].(tree)["reason"] != "one volume" {
		t.Errorf("accepted: %v", list)
	}
	if without := s.summarize(t, warned, tree{}); integer(without["warnings"]) != integer(summary["warnings"])+1 {
		t.Errorf("%v warnings, and %v with one accepted", without["warnings"], summary["warnings"])
	}
}

// A page shows what check_topology finds, of a refused design too.
func TestDesignReport_ShowsFindings(t *testing.T) {
	s := configure(t, nil)
	v, funcErr := s.call(t, "design_report", but(t, smallTopology(), "cm02.contoso.com", "sites", "ps1", "passive_site_server"), tree{})
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	var page string
	if err := v.As(&page); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"<!DOCTYPE html>", `<p class="verdict error">`, ">HA-SSP-REMOTE-RCL</a>", "mp01.contoso.com", "<svg "} {
		if !strings.Contains(page, text) {
			t.Errorf("the page has no %s", text)
		}
	}
	s.expectArgumentError(t, "design_report", 0, "sites: The topology needs it", tree{}, tree{})
}
