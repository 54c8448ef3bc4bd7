// Guides writes the guide pages of the rule catalog, one for each chapter,
// as templates of the documentation.
//
//	go run ./internal/guides FOLDER EXAMPLES IDS
//	go run ./internal/guides -query "ID OR WORDS"
//
// With -query it prints the rules that [rule.Catalog.Search] finds instead.
//
// EXAMPLES holds, for a chapter, a folder of its name with a main.tf that a rule of the
// chapter refuses; the first line names the rule. IDS is the list of all ids that rules
// ever had: new ones are added, none is taken out.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) == 3 && os.Args[1] == "-query" {
		text, err := answer(rules.Catalog(), os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		if _, err := fmt.Fprint(os.Stdout, text); err != nil {
			log.Fatal(err)
		}
		return
	}
	if len(os.Args) != 4 {
		log.Fatal("usage: guides FOLDER EXAMPLES IDS, or guides -query \"ID OR WORDS\"")
	}
	catalog := rules.Catalog()
	for _, c := range catalog.Chapters() {
		page, err := guide(catalog, c, os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], "rules-"+c.Name+".md"), []byte(page), 0o644); err != nil {
			log.Fatal(err)
		}
	}
	if err := addIDs(os.Args[3], catalog.RuleIDs()); err != nil {
		log.Fatal(err)
	}
}

// answer returns the rules that a query finds: one or a few as the guides have them, more
// in a line each.
func answer(catalog *rule.Catalog, query string) (string, error) {
	found := catalog.Search(query)
	if len(found) == 0 {
		return "", fmt.Errorf("no rule has %q in its id, chapter, title, reason or way out: use fewer or other words, as in QUERY=\"content library\"", query)
	}
	const whole = 3
	var b strings.Builder
	for i := range found {
		if len(found) <= whole {
			b.WriteString(section(&found[i]) + "\n")
		} else {
			fmt.Fprintf(&b, "%-7s  %s: %s\n", found[i].Severity, found[i].ID, found[i].Title)
		}
	}
	if len(found) > whole {
		fmt.Fprintf(&b, "%d rules. QUERY=%s tells all about one.\n", len(found), found[0].ID)
	}
	return b.String(), nil
}

// addIDs adds ids to the sorted list in a file.
func addIDs(file string, ids []string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	all := append(strings.Fields(string(text)), ids...)
	slices.Sort(all)
	return os.WriteFile(file, []byte(strings.Join(slices.Compact(all), "\n")+"\n"), 0o644)
}

// guide returns the page of a chapter.
func guide(catalog *rule.Catalog, c rule.Chapter, examples string) (string, error) {
	var rules []rule.Rule
	for _, r := range catalog.Rules() {
		if r.Chapter == c.Name {
			rules = append(rules, r)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "---\npage_title: \"Rules: %s\"\nsubcategory: \"Rules\"\ndescription: |-\n  %s\n---\n\n", c.Title, c.About)
	fmt.Fprintf(&b, "# Rules: %s\n\n%s\n\n", c.Title, c.About)
	example, err := os.ReadFile(filepath.Join(examples, c.Name, "main.tf"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", err
	default:
		first, design, _ := strings.Cut(string(example), "\n")
		fmt.Fprintf(&b, "A design that `%s` refuses:\n\n```terraform\n%s\n```\n\n", strings.TrimSpace(strings.TrimPrefix(first, "#")), strings.TrimSpace(design))
	}
	b.WriteString("| Rule | Severity | What has to hold |\n|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", r.ID, r.Anchor(), r.Severity, cell(r.Title))
	}
	for _, r := range rules {
		b.WriteString("\n" + section(&r))
	}
	return b.String(), nil
}

// section is the text about one rule.
func section(r *rule.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n**%s.**\n\n%s", r.ID, r.Title, r.Why)
	if r.Fix != "" {
		fmt.Fprintf(&b, "\n\n*How to fix:* %s", r.Fix)
	}
	if r.Note != "" {
		fmt.Fprintf(&b, "\n\n*In a plan:* %s", r.Note)
	}
	facts := []string{"severity " + r.Severity.String(), "basis " + string(r.Basis)}
	if r.Versions != "" {
		facts = append(facts, "versions "+r.Versions)
	}
	facts = append(facts, enforcement(r))
	fmt.Fprintf(&b, "\n\n- %s\n", strings.Join(facts, "; "))
	for _, s := range r.Sources {
		fmt.Fprintf(&b, "- Source: [%s](%s)\n", s.Title(), s.URL())
	}
	return b.String()
}

// enforcement says how the rule is seen to.
func enforcement(r *rule.Rule) string {
	switch r.Enforcement {
	case rule.Checked:
		return "checked in the plan"
	case rule.CoveredElsewhere:
		return "reported under another id"
	case rule.Inexpressible:
		return "cannot be declared otherwise"
	case rule.ToldWithAnswer:
		return "told by configmgr_required_roles"
	case rule.KeptByGraph:
		return "kept by the order in which Terraform works"
	default:
		return "not checked in a plan"
	}
}

// cell makes a text fit for a cell of a Markdown table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
