package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

func TestEveryRuleHasASection(t *testing.T) {
	catalog := rules.Catalog()
	pages := map[string]string{}
	for _, c := range catalog.Chapters() {
		page, err := guide(catalog, c, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		pages[c.Name] = page
	}
	for _, r := range catalog.Rules() {
		page := pages[r.Chapter]
		if !strings.Contains(page, "\n## "+r.ID+"\n") {
			t.Errorf("%s has no section in the guide of its chapter", r.ID)
		}
		for _, s := range r.Sources {
			if !strings.Contains(page, s.URL()) {
				t.Errorf("the section of %s lacks the source %s", r.ID, s.URL())
			}
		}
		if want := "rules-" + r.Chapter + ".md#" + strings.ToLower(r.ID); !strings.HasSuffix(r.GuideURL(), want) {
			t.Errorf("the address of %s is %s", r.ID, r.GuideURL())
		}
	}
}

func TestGuideShowsTheExample(t *testing.T) {
	catalog := rules.Catalog()
	sites := catalog.Chapters()[0]
	examples := t.TempDir()
	folder := filepath.Join(examples, sites.Name)
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte("# SITE-CODE-FORMAT\n\nlocals {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	page, err := guide(catalog, sites, examples)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page, "`SITE-CODE-FORMAT` refuses:\n\n```terraform\nlocals {}\n```") {
		t.Errorf("the page does not show the example:\n%.600s", page)
	}
}

func TestAnswer(t *testing.T) {
	catalog := rules.Catalog()
	for query, want := range map[string]string{
		"colo-scp-not-ha":           "## COLO-SCP-NOT-HA\n",
		"Content Library":           ": ",
		"passive content   library": "HA-SSP-REMOTE-RCL",
	} {
		text, err := answer(catalog, query)
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("%q: %v, no %q in %s", query, err, want, text)
		}
	}
	if one, err := answer(catalog, "COLO-SCP-NOT-HA"); err != nil || strings.Count(one, "## ") != 1 {
		t.Errorf("an id finds more than its rule: %v %s", err, one)
	}
	if text, err := answer(catalog, "no such words anywhere"); err == nil || !strings.Contains(err.Error(), "no such words anywhere") {
		t.Errorf("nothing found: %v, %q", err, text)
	}
}
