package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Finding is one violation of a rule by one element.
type Finding struct {
	Rule     *Rule
	Severity Severity
	Path     model.Path // the deepest attribute, from the checked resource downwards
	Fact     string     // a short fact that names the subject
	Found    string     // what was found, values quoted
	Fix      string     // what to do, with what to type
	// Accepted tells why the finding was let through, empty when it was not.
	Accepted string

	subject model.Declared
	related []model.Declared
	site    string // normalized code of the site it is about, empty when unknown
	host    string // normalized name of the computer it is about, empty when none
	silent  bool   // reported by another resource; here it only covers
}

// Summary is the first line of the finding: the rule id and a short fact.
func (f *Finding) Summary() string { return f.Rule.ID + ": " + f.Fact }

// Detail says what was found, why it matters and how to fix it, with the source.
// Older versions of Terraform show only the resource for a place within a collection
// or a reference, so the text names every place that is more than one attribute deep.
// Addresses stand on indented lines of their own: Terraform breaks all other lines.
func (f *Finding) Detail() string {
	var b strings.Builder
	line := func(label, text string) {
		if text == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(label + ":")
		if text[0] != '\n' {
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	line("Found", f.Found)
	if len(f.Path.Steps()) > 1 {
		line("Where", f.Path.String())
	}
	line("Why", f.Rule.Why)
	line("Fix", f.Fix)
	if f.Severity == SeverityError && f.acceptedAnywhere() {
		line("Note", "accepted_findings names this rule, but only warnings can be accepted.")
	}
	references := make([]string, len(f.Rule.Sources))
	for i, s := range f.Rule.Sources {
		references[i] = fmt.Sprintf("%s\n  %s", s.Title(), s.URL())
	}
	line("Reference", strings.Join(references, "\n"))
	line("Rule", "\n  "+f.Rule.GuideURL())
	return b.String()
}

func (f *Finding) acceptedAnywhere() bool {
	_, ok := f.acceptance()
	return ok
}

// acceptance returns the reason with which an element that the finding is about
// accepts it.
func (f *Finding) acceptance() (string, bool) {
	for _, e := range append([]model.Declared{f.subject}, f.related...) {
		reasons, ok := e.Accepted().Get()
		if !ok {
			continue
		}
		if reason, ok := reasons[f.Rule.ID]; ok {
			text, _ := reason.Get()
			return text, true
		}
	}
	return "", false
}

// sortFindings orders findings by element, then by the catalog, then by place.
func sortFindings(findings []Finding) {
	type keyed struct {
		*Finding
		subjectPath, path string // made once: a large design has very many findings
	}
	order := make([]keyed, len(findings))
	for i := range findings {
		order[i] = keyed{&findings[i], findings[i].subject.Placed().Path().String(), findings[i].Path.String()}
	}
	slices.SortStableFunc(order, func(a, b keyed) int {
		return cmp.Or(
			cmp.Compare(a.subject.Placed().Kind(), b.subject.Placed().Kind()),
			cmp.Compare(a.subjectPath, b.subjectPath),
			cmp.Compare(a.Rule.chapter, b.Rule.chapter),
			cmp.Compare(a.Rule.ID, b.Rule.ID),
			cmp.Compare(a.path, b.path),
			cmp.Compare(a.Fact, b.Fact),
		)
	})
	sorted := make([]Finding, len(order))
	for i := range order {
		sorted[i] = *order[i].Finding
	}
	copy(findings, sorted)
}
