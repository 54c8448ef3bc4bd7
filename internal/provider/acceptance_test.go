package provider

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// The acceptance tests run Terraform or OpenTofu with this provider. They need
// TF_ACC=1; nothing outside this machine is touched.

// providerFactories serves this provider to the acceptance tests.
var providerFactories = map[string]func() (tfprotov6.ProviderServer, error){
	"configmgr": func() (tfprotov6.ProviderServer, error) { return NewServer("test")(), nil },
}

// reportedError is one error of a plan as Terraform prints it, its text on one line.
type reportedError struct {
	summary string
	address string // of the resource, empty when the error is about none
	text    string // everything after the summary: place, excerpt of the configuration and detail
}

var (
	errorStart   = regexp.MustCompile(`(?m)^Error: `)
	errorAddress = regexp.MustCompile(`(?m)^ +with ([^\n]+),$`)
	errorBlock   = regexp.MustCompile(`(?m), in resource "([^"]+)" "([^"]+)":$`)
	errorRule    = regexp.MustCompile(`^([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+): `)
)

// rule returns the id of the rule that the error is about, empty when it is about none.
func (e reportedError) rule() string {
	if m := errorRule.FindStringSubmatch(e.summary); m != nil {
		return m[1]
	}
	return ""
}

// parseErrors reads the errors that Terraform printed.
func parseErrors(output string) []reportedError {
	starts := errorStart.FindAllStringIndex(output, -1)
	found := make([]reportedError, 0, len(starts))
	for i, start := range starts {
		end := len(output)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		summary, text, _ := strings.Cut(output[start[1]:end], "\n\n")
		e := reportedError{summary: oneLine(summary), text: oneLine(text)}
		if m := errorAddress.FindStringSubmatch(text); m != nil {
			e.address = m[1]
		} else if m := errorBlock.FindStringSubmatch(text); m != nil {
			e.address = m[1] + "." + m[2]
		}
		found = append(found, e)
	}
	return found
}

// oneLine takes back the line breaks with which Terraform fits a text to the screen.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// planErrors returns the errors of the first plan of a configuration.
func planErrors(t *testing.T, config string) []reportedError {
	t.Helper()
	return planErrorsOf(t, resource.TestStep{Config: config})
}

func planErrorsOf(t *testing.T, step resource.TestStep) []reportedError {
	t.Helper()
	var found []reportedError
	step.ProtoV6ProviderFactories = providerFactories // here, because a folder may configure the provider
	step.PlanOnly, step.ExpectNonEmptyPlan = true, true
	runTerraform(t, resource.TestCase{
		ErrorCheck: func(err error) error {
			if found = parseErrors(err.Error()); len(found) == 0 {
				return err
			}
			return nil
		},
		Steps: []resource.TestStep{step},
	})
	return found
}

// ruleIDs returns the rule ids of errors, sorted. An error that is about no rule
// counts with its summary.
func ruleIDs(found []reportedError) []string {
	ids := make([]string, 0, len(found))
	for _, e := range found {
		if id := e.rule(); id != "" {
			ids = append(ids, id)
		} else {
			ids = append(ids, e.summary)
		}
	}
	slices.Sort(ids)
	return ids
}

// hcl is the arguments of a block: names with expressions as a configuration writes
// them. A test starts from what is right and changes one argument.
type hcl map[string]string

// but returns the arguments with one replaced, added or, where the expression is
// empty, left out.
func (h hcl) but(name, expression string) hcl {
	changed := maps.Clone(h)
	if changed[name] = expression; expression == "" {
		delete(changed, name)
	}
	return changed
}

// resource returns the arguments as a resource, with further blocks as they stand.
func (h hcl) resource(kind, name string, blocks ...string) string {
	var b strings.Builder
	b.WriteString("resource \"" + kind + "\" \"" + name + "\" {\n")
	for _, n := range slices.Sorted(maps.Keys(h)) {
		b.WriteString("  " + n + " = " + h[n] + "\n")
	}
	for _, block := range blocks {
		b.WriteString(block + "\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// refusal is a resource that a plan refuses with one error.
type refusal struct {
	name     string // of the resource
	argument string // the argument that is wrong; the error points at it
	value    string // its expression, empty to leave the argument out
	block    string // a block, where no argument is wrong
	inObject bool   // wrong is a part of an object: Terraform points at the resource only
	summary  string
	text     string // what the error says besides, on one line
}

// expectRefusals plans the wrong resources in one configuration, each beside the
// right arguments, and expects one error for each and no other. They have to be
// found in the same walk: what is malformed hides what is wrong otherwise. For an
// object of another type, Terraform and OpenTofu differ in when they find it.
func expectRefusals(t *testing.T, config, kind string, right hcl, refusals []refusal) {
	t.Helper()
	for _, r := range refusals {
		if r.block != "" {
			config += right.resource(kind, r.name, r.block)
		} else {
			config += right.but(r.argument, r.value).resource(kind, r.name)
		}
	}
	found := map[string][]reportedError{}
	for _, e := range planErrors(t, config) {
		found[e.address] = append(found[e.address], e)
	}
	for _, r := range refusals {
		t.Run(r.name, func(t *testing.T) {
			errors := found[kind+"."+r.name]
			delete(found, kind+"."+r.name)
			if len(errors) != 1 {
				t.Fatalf("%d errors, expected one: %+v", len(errors), errors)
			}
			if errors[0].summary != r.summary {
				t.Errorf("summary %q, expected %q", errors[0].summary, r.summary)
			}
			if !strings.Contains(errors[0].text, r.text) {
				t.Errorf("the error does not say %q: %s", r.text, errors[0].text)
			}
			if place := oneLine(r.argument + " = " + r.value); r.value != "" && !r.inObject && !strings.Contains(errors[0].text, place) {
				t.Errorf("the error does not point at %s: %s", place, errors[0].text)
			}
		})
	}
	for address, errors := range found {
		t.Errorf("unexpected errors at %q: %+v", address, errors)
	}
}

// planned is a step that plans a configuration, applies nothing, and expects an
// action for each address.
func planned(config string, actions map[string]plancheck.ResourceActionType) resource.TestStep {
	checks := make([]plancheck.PlanCheck, 0, len(actions))
	for _, address := range slices.Sorted(maps.Keys(actions)) {
		checks = append(checks, plancheck.ExpectResourceAction(address, actions[address]))
	}
	changes := len(actions) == 0 || slices.ContainsFunc(slices.Collect(maps.Values(actions)), func(a plancheck.ResourceActionType) bool { return a != plancheck.ResourceActionNoop })
	return resource.TestStep{
		Config: config, PlanOnly: true, ExpectNonEmptyPlan: changes,
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPreRefresh: checks},
	}
}

func TestParseErrors(t *testing.T) {
	const output = `Error running non-refresh plan: exit status 1

Error: SITE-CODE-FORMAT: site code "PRI1" is not three letters or digits

  with configmgr_site.ps1,
  on terraform_plugin_test.tf line 3, in resource "configmgr_site" "ps1":
   3:   site_code = "PRI1"

Found: site_code = "PRI1" has 4 characters; exactly 3 from A to Z and 0 to 9
are allowed.

Error: Unsupported argument

  on terraform_plugin_test.tf line 9, in resource "configmgr_site" "ps2":
   9:   nam = "x"

An argument named "nam" is not expected here. Did you mean "name"?
`
	found := parseErrors(output)
	if len(found) != 2 {
		t.Fatalf("found %d errors: %+v", len(found), found)
	}
	if found[0].rule() != "SITE-CODE-FORMAT" || found[0].address != "configmgr_site.ps1" || !strings.Contains(found[0].text, "0 to 9 are allowed.") {
		t.Errorf("first error: %+v", found[0])
	}
	if found[1].rule() != "" || found[1].address != "configmgr_site.ps2" || found[1].summary != "Unsupported argument" {
		t.Errorf("second error: %+v", found[1])
	}
	if ids := ruleIDs(found); !slices.Equal(ids, []string{"SITE-CODE-FORMAT", "Unsupported argument"}) {
		t.Errorf("ids: %v", ids)
	}
}
