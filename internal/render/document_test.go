package render

import (
	"strings"
	"testing"
)

func judged() *Judgment {
	return &Judgment{
		Findings: []DocumentFinding{{Rule: "SUP-EXAMPLE", Severity: "warning", Fact: "a fact", Found: "protocol = \"http\"", Fix: "Set it.", Reference: "https://learn.microsoft.com/x"}},
		Accepted: []DocumentFinding{{Rule: "HA-EXAMPLE", Severity: "warning", Fact: "another fact", Reason: "a lab | of ours"}},
		Required: []DocumentNeed{{SiteCode: "SEA", Role: "management_point", Requirement: "required", Minimum: 2, Reasons: []string{"clients of Windows"}}, {SiteCode: "SEA", Role: "enrollment_point", Requirement: "required"}},
	}
}

func documentOf(t testing.TB, object tree) (string, error) {
	return DesignDocument(hierarchy(t, object), nil, judged())
}

// TestDesignDocument_HasEveryPart looks for everything that is declared.
func TestDesignDocument_HasEveryPart(t *testing.T) {
	page := text(documentOf)(t, complete(t))
	d, err := newDesign(hierarchy(t, complete(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, server := range d.Plan().Servers {
		if strings.Count(page, server.FQDN) < 2 {
			t.Errorf("%s is not in the document", server.FQDN)
		}
	}
	for _, step := range d.Plan().Steps {
		if !strings.Contains(page, markdownText(step.ID)+":") {
			t.Errorf("the runbook lacks %s", step.ID)
		}
	}
	for _, part := range []string{
		"**Verdict: can be built.** 1 warning to look at.", "```mermaid\n%%{init", "[SUP-EXAMPLE](https://learn.microsoft.com/x)", "a lab &#124; of ours", "sea-mp01.contoso.com<br>sea-mp02.contoso.com",
		"| SEA | enrollment point | required |  | nothing |", `contoso.com&#92;svc-reports`, "windowsupdate.microsoft.com", "WinRM",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("the document lacks %s", part)
		}
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "|") && strings.Count(line, "|") < 4 {
			t.Errorf("a broken row: %s", line)
		}
	}
}

// FuzzDesignDocument puts a text into every place: the structure of the page stays.
func FuzzDesignDocument(f *testing.F) {
	shape := func(page string) string {
		var b strings.Builder
		for line := range strings.Lines(page) {
			switch {
			case strings.HasPrefix(line, "#"):
				b.WriteString(line)
			case strings.HasPrefix(line, "|"):
				b.WriteString(strings.Repeat("|", strings.Count(line, "|")) + "\n")
			case strings.HasPrefix(line, "```"):
				b.WriteString("```\n")
			}
		}
		return b.String()
	}
	fuzzText(f, func(t *testing.T, s string) {
		want, got := shape(text(documentOf)(t, anywhere(marker))), shape(text(documentOf)(t, anywhere(s)))
		if want != got {
			t.Fatalf("%q changes the shape of the page", s)
		}
		for _, cell := range []string{markdownText(s), markdownText("x" + s)} {
			if strings.ContainsAny(cell, "|<>*_`[]\n\r#\\") && !strings.Contains(cell, "&#") {
				t.Fatalf("%q is written as %q", s, cell)
			}
		}
	})
}
