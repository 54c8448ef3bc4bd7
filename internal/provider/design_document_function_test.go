package provider

import (
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// document calls the function design_document.
func (s *server) document(t *testing.T, topology, options any) string {
	t.Helper()
	v, funcErr := s.call(t, "design_document", topology, options)
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	var page string
	if err := v.As(&page); err != nil {
		t.Fatal(err)
	}
	return page
}

// part returns the text below a heading of a page.
func part(t *testing.T, page, heading string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, "\n## "+heading+"\n")
	if !found {
		t.Fatalf("the page has no part %q", heading)
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	return text
}

// TestDesignDocument_SaysWhatTheRulesSay has the page of a design with an error, and of one
// whose warning is accepted.
func TestDesignDocument_SaysWhatTheRulesSay(t *testing.T) {
	s := configure(t, nil)
	wrong := but(t, smallTopology(), "http", "role_assignments", "mp01", "management_point", "protocol")
	wrong = but(t, wrong, "https_only", "sites", "ps1", "client_communication")
	page := s.document(t, wrong, tree{})
	if !strings.Contains(page, "**Verdict: not to be built as it is.**") || !strings.Contains(part(t, page, "Findings"), "| error |") {
		t.Errorf("the page of a design in error:\n%s", page)
	}
	findings := part(t, s.document(t, smallTopology(), tree{}), "Findings")
	_, rest, _ := strings.Cut(findings, "| warning | [")
	id, _, found := strings.Cut(rest, "]")
	if !found {
		t.Fatalf("the smallest design has no warning any more, the test needs another one: %s", findings)
	}
	accepted := but(t, smallTopology(), tree{id: "a lab of ours"}, "accepted_findings")
	page = s.document(t, accepted, tree{})
	if strings.Contains(part(t, page, "Findings"), id) || !strings.Contains(part(t, page, "Accepted findings"), "a lab of ours") {
		t.Errorf("an accepted finding:\n%s", page)
	}
	if page := s.document(t, smallTopology(), tree{"rule_severities": tree{id: "off"}}); strings.Contains(page, id) {
		t.Errorf("a rule that is switched off:\n%s", page)
	}
}

// TestDesignDocument_RequiredRoles passes the answer of required_roles on.
func TestDesignDocument_RequiredRoles(t *testing.T) {
	s := configure(t, nil)
	v, funcErr := s.call(t, "required_roles", tree{"population": []any{tree{"site": siteState, "windows": 500}}}, tree{})
	if funcErr != nil {
		t.Fatal(funcErr.Text)
	}
	answer, err := toTree(v)
	if err != nil {
		t.Fatal(err)
	}
	table := part(t, s.document(t, but(t, smallTopology(), tree{"all": answer}, "required_roles"), tree{}), "Required roles")
	if !strings.Contains(table, "| PS1 | management point | required |") || !strings.Contains(table, "| mp01.contoso.com |") {
		t.Errorf("required roles: %s", table)
	}
}

func TestDesignDocument_Arguments(t *testing.T) {
	s := configure(t, nil)
	v, funcErr := s.call(t, "design_document", smallTopology(), tree{"configmgr_version": model.UnknownValue{}})
	if funcErr != nil || v.IsKnown() {
		t.Errorf("with an unknown option: %v, %v", v, funcErr)
	}
	s.expectArgumentError(t, "design_document", 1, `An attribute named "enviroment" is not expected here`, smallTopology(), tree{"enviroment": "lab"})
	s.expectArgumentError(t, "design_document", 1, `"labb" is not a valid value`, smallTopology(), tree{"environment": "labb"})
	s.expectArgumentError(t, "design_document", 0, "An object is required", true, tree{})
}
