package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

func TestEveryRuleHasASection(t *testing.T) {
	pages := map[model.Group]string{}
	for _, g := range model.Groups() {
		page, err := guide(g, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		pages[g] = page
	}
	for _, r := range model.Rules() {
		page := pages[r.Group]
		if !strings.Contains(page, "\n## "+r.ID+"\n") {
			t.Errorf("%s has no section in the guide of its group", r.ID)
		}
		for _, s := range r.Sources {
			if !strings.Contains(page, s.URL()) {
				t.Errorf("the section of %s lacks the source %s", r.ID, s.URL())
			}
		}
		if want := "rules-" + r.Group.Slug() + ".md#" + strings.ToLower(r.ID); !strings.HasSuffix(r.GuideURL(), want) {
			t.Errorf("the address of %s is %s", r.ID, r.GuideURL())
		}
	}
}

func TestGuideShowsTheExample(t *testing.T) {
	examples := t.TempDir()
	folder := filepath.Join(examples, model.GroupSites.Slug())
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "main.tf"), []byte("# SITE-CODE-FORMAT\n\nlocals {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	page, err := guide(model.GroupSites, examples)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page, "`SITE-CODE-FORMAT` refuses:\n\n```terraform\nlocals {}\n```") {
		t.Errorf("the page does not show the example:\n%.600s", page)
	}
}
