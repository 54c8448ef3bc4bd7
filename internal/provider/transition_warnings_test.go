package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestAccTransition_Warnings applies the first design of every transition with
// Terraform and plans the second one. The testing framework does not show warnings,
// so the test runs Terraform itself and reads what it writes for machines.
func TestAccTransition_Warnings(t *testing.T) {
	// What is refused is in TestTransition_Warnings: an error ends the plan of all others.
	cases := slices.DeleteFunc(transitions(), func(c transition) bool { return len(c.errors) > 0 })
	run := func(c *cli, config string, arguments ...string) []commandMessage {
		t.Helper()
		c.write(t, "main.tf", config)
		output, err := c.try(append(slices.Clone(arguments), "-json", "-input=false", "-lock=false")...)
		messages := readMessages(t, []byte(output))
		for _, m := range messages {
			if m.Diagnostic != nil && m.Diagnostic.Severity == "error" {
				t.Errorf("%s: error: %s\n%s", strings.Join(arguments, " "), m.Diagnostic.Summary, m.Diagnostic.Detail)
			}
		}
		if err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(arguments, " "), err, config)
		}
		return messages
	}
	s := configure(t, nil)
	prior := s.written(t, cases, func(c transition) tree { return c.prior })
	next := s.written(t, cases, func(c transition) tree { return c.next })
	again := cliOf(t, providerFactories["configmgr"], nil, providersOf(cases)...)
	run(again, prior, "apply", "-auto-approve")
	changed := run(again, next, "plan")
	fresh := run(cliOf(t, providerFactories["configmgr"], nil, providersOf(cases)...), next, "plan")

	warned, known, actions := warningsByAddress(changed), warningsByAddress(fresh), map[string]string{}
	for _, m := range changed {
		if m.Type == "planned_change" {
			actions[m.Change.Resource.Address] = m.Change.Action
		}
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			address := fmt.Sprintf("%s.%s", c.kind, c.resourceName(i))
			found := slices.DeleteFunc(slices.Sorted(maps.Keys(warned[address])), func(id string) bool { return known[address][id] })
			if !slices.Equal(found, c.warnings) {
				t.Errorf("warnings %v, expected %v", found, c.warnings)
			}
			want := "update"
			if c.replacedPath != "" {
				want = "replace"
			}
			if got := actions[address]; got != want && (got != "" || want == "replace") {
				t.Errorf("Terraform plans to %s, expected %s", got, want)
			}
		})
	}
}

// commandMessage is a line of what Terraform writes for machines.
type commandMessage struct {
	Type       string `json:"type"`
	Diagnostic *struct {
		Severity string `json:"severity"`
		Summary  string `json:"summary"`
		Detail   string `json:"detail"`
		Address  string `json:"address"`
	} `json:"diagnostic"`
	Change struct {
		Action   string `json:"action"`
		Resource struct {
			Address string `json:"addr"`
		} `json:"resource"`
	} `json:"change"`
}

func readMessages(t *testing.T, output []byte) []commandMessage {
	t.Helper()
	var messages []commandMessage
	for line := range bytes.Lines(output) {
		var m commandMessage
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		messages = append(messages, m)
	}
	return messages
}

// warningsByAddress returns the rules that warn about each resource.
func warningsByAddress(messages []commandMessage) map[string]map[string]bool {
	byAddress := map[string]map[string]bool{}
	for _, m := range messages {
		if m.Diagnostic == nil || m.Diagnostic.Severity != "warning" {
			continue
		}
		if rule := errorRule.FindStringSubmatch(m.Diagnostic.Summary); rule != nil {
			if byAddress[m.Diagnostic.Address] == nil {
				byAddress[m.Diagnostic.Address] = map[string]bool{}
			}
			byAddress[m.Diagnostic.Address][rule[1]] = true
		}
	}
	return byAddress
}

func (c transition) resourceName(i int) string {
	return fmt.Sprintf("case%02d_%s", i, strings.ReplaceAll(c.name, " ", "_"))
}

// written writes one configuration of one side of all transitions. None refers to
// another one; a transition with a provider configuration has one of its own.
func (s *server) written(t *testing.T, cases []transition, side func(transition) tree) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("terraform {\n  required_providers {\n    configmgr = { source = \"terraform-configmgr/configmgr\" }\n")
	for _, name := range providersOf(cases) {
		fmt.Fprintf(&b, "    %[1]s = { source = \"terraform-configmgr/%[1]s\" }\n", name)
	}
	b.WriteString("  }\n}\n")
	for i, c := range cases {
		arguments := map[string]any{}
		for name, value := range side(c) {
			if name == "id" {
				continue // the provider gives the resource its id
			}
			arguments[name] = value
		}
		for _, nested := range s.schema(t, c.kind).Block.BlockTypes {
			if settings, ok := arguments[nested.TypeName].(tree); ok {
				arguments[nested.TypeName] = block(settings)
			}
		}
		fmt.Fprintf(&b, "\nresource %q %q {\n", c.kind, c.resourceName(i))
		if c.provider != nil {
			fmt.Fprintf(&b, "provider = case%02d\n", i)
		}
		writeArguments(&b, arguments)
		b.WriteString("}\n")
		if c.provider != nil {
			fmt.Fprintf(&b, "\nprovider \"case%02d\" {\n", i)
			writeArguments(&b, c.provider)
			b.WriteString("}\n")
		}
	}
	return b.String()
}

// providersOf names the providers of the cases that have one of their own.
func providersOf(cases []transition) []string {
	var names []string
	for i, c := range cases {
		if c.provider != nil {
			names = append(names, fmt.Sprintf("case%02d", i))
		}
	}
	return names
}
