package ruletest

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// Cases are the designs that show a rule: each one that violates it has to be found
// and yield no other error, each that satisfies it has to be decided without a
// finding, and each that leaves it undecided has to say so.
type Cases struct {
	Violated, Satisfied, Undecided []string
}

// Run tests a chapter by the cases of its rules, by rule id: that each rule that has a
// check has all three kinds, that the whole catalog says of each what it has to
// say, and what holds for every design.
func Run(t *testing.T, chapter rule.Chapter, all map[string]Cases) {
	t.Helper()
	t.Run("EveryRuleHasCases", func(t *testing.T) { everyRuleHasCases(t, chapter, all) })
	for _, id := range slices.Sorted(maps.Keys(all)) {
		t.Run(id, func(t *testing.T) { all[id].judge(t, id) })
	}
	t.Run("FindingsDoNotDependOnOrder", func(t *testing.T) { findingsDoNotDependOnOrder(t, all) })
	t.Run("UnknownValuesAddNoError", func(t *testing.T) { unknownValuesAddNoError(t, all) })
	t.Run("WhatMayBeNoneAddsNoFinding", func(t *testing.T) { whatMayBeNoneAddsNoFinding(t, all) })
	t.Run("SpellingChangesNoFinding", func(t *testing.T) { spellingChangesNoFinding(t, all) })
	t.Run("NoAnswersSilenceNothing", func(t *testing.T) { noAnswersSilenceNothing(t, all) })
	t.Run("DesignReadsBack", func(t *testing.T) { designReadsBack(t, all) })
	t.Run("DecidingAttributesAreListed", func(t *testing.T) { decidingIsListed(t, chapter, all) })
	t.Run("FixesAreAboutTheDesign", func(t *testing.T) { fixesAreAboutTheDesign(t, all) })
	t.Run("FindingTextKeepsAddressesWhole", func(t *testing.T) { findingTextKeepsAddressesWhole(t, all) })
}

func everyRuleHasCases(t *testing.T, chapter rule.Chapter, all map[string]Cases) {
	t.Helper()
	ids := map[string]bool{}
	for i := range chapter.Rules {
		r := &chapter.Rules[i]
		ids[r.ID] = true
		c := all[r.ID]
		if r.Enforcement == rule.Checked && (len(c.Violated) == 0 || len(c.Satisfied) == 0 || len(c.Undecided) == 0) {
			t.Errorf("%s lacks a violating, a satisfying or an undecided case", r.ID)
		}
	}
	for id := range all {
		if !ids[id] {
			t.Errorf("there are cases for %s, which is not in the chapter", id)
		}
	}
}

func (c Cases) judge(t *testing.T, id string) {
	t.Helper()
	for _, text := range c.Violated {
		j := Parse(t, text).Judge(t)
		for where, findings := range map[string][]rule.Finding{"resource by resource": j.Found, "at once": j.FoundAtOnce} {
			if ids := IdsOf(findings); !ids[id] {
				t.Errorf("%s was not found %s in\n%s\nfound: %v", id, where, text, slices.Sorted(maps.Keys(ids)))
			}
		}
		for _, errors := range []map[string]bool{j.waves, j.atOnce} {
			for other := range errors {
				if other != id {
					t.Errorf("%s: the design also yields the error %s\n%s", id, other, text)
				}
			}
		}
		for _, f := range j.Found {
			if f.Rule.ID == id {
				checkWording(t, f)
			}
		}
	}
	for _, text := range c.Satisfied {
		j := Parse(t, text).Judge(t)
		if IdsOf(j.Found)[id] || IdsOf(j.FoundAtOnce)[id] {
			t.Errorf("%s was found in\n%s", id, text)
		}
		if j.undecided[id] {
			t.Errorf("%s was not decided for\n%s", id, text)
		}
	}
	for _, text := range c.Undecided {
		j := Parse(t, text).Judge(t)
		if IdsOf(j.Found)[id] || IdsOf(j.FoundAtOnce)[id] {
			t.Errorf("%s was found in\n%s", id, text)
		}
		if !j.undecided[id] {
			t.Errorf("%s was decided for\n%s", id, text)
		}
	}
}

// checkWording tests what users read: a summary with the rule and a subject, and a
// text without a Go identifier or a leftover of formatting.
func checkWording(t *testing.T, f rule.Finding) {
	t.Helper()
	if f.Fact == "" || f.Found == "" || strings.HasSuffix(f.Fact, ".") || !strings.HasSuffix(f.Found, ".") && !strings.HasSuffix(f.Found, "?") {
		t.Errorf("%s: a fact ends without a full stop, what was found ends with one: %q, %q", f.Rule.ID, f.Fact, f.Found)
	}
	for _, odd := range []string{"..", "?.", ". .", "  "} {
		if text := f.Fact + "\n" + f.Found + "\n" + f.Fix; strings.Contains(text, odd) {
			t.Errorf("%s: the text holds %q: %s", f.Rule.ID, odd, text)
		}
	}
	for _, odd := range []string{"%!", "<nil>", "{", "0x", "(null)", "(unknown)", "Value["} {
		if text := f.Fact + f.Found; strings.Contains(text, odd) {
			t.Errorf("%s: the text holds %q: %s", f.Rule.ID, odd, text)
		}
	}
	if len(f.Path.Steps()) == 0 {
		t.Errorf("%s names no attribute", f.Rule.ID)
	}
}

// findingsDoNotDependOnOrder tests that a design gives the same findings in the same
// order, however its elements are keyed and ordered: a permutation of the keys changes
// paths only.
func findingsDoNotDependOnOrder(t *testing.T, all map[string]Cases) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	for id, c := range all {
		for _, text := range c.Violated {
			d := Parse(t, text)
			if len(d.Planned.sites) > 60 || len(d.Planned.Roles) > 60 {
				continue
			}
			want := idsInOrder(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options))
			again := idsInOrder(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options))
			if !slices.Equal(want, again) {
				t.Errorf("%s: two looks at the same design differ: %v, %v\n%s", id, want, again, text)
			}
			for _, list := range [][]map[string]any{d.Planned.sites, d.Planned.servers, d.Planned.Roles} {
				random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			}
			shuffled := idsInOrder(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options))
			slices.Sort(want)
			slices.Sort(shuffled)
			if !slices.Equal(want, shuffled) {
				t.Errorf("%s: the order of the elements changes the findings: %v, %v\n%s", id, want, shuffled, text)
			}
		}
	}
}

func idsInOrder(r *rule.Report) []string {
	var ids []string
	for _, f := range r.Findings {
		ids = append(ids, f.Severity.String()+" "+f.Rule.ID)
	}
	return ids
}

// unknownValuesAddNoError tests that making any value of a valid design unknown gives
// no error: what is not known may still turn out to be what it was.
func unknownValuesAddNoError(t *testing.T, all map[string]Cases) {
	t.Helper()
	for id, c := range all {
		for _, text := range slices.Concat(c.Satisfied, c.Violated) {
			d := Parse(t, text)
			if len(d.Planned.sites) > 30 || len(d.Planned.Roles) > 30 {
				continue
			}
			if len(errorIDs(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options))) > 0 {
				continue
			}
			for _, element := range slices.Concat(d.Planned.sites, d.Planned.servers, d.Planned.Roles) {
				eachValue(element, func(name string, blur func(), restore func()) {
					blur()
					for other := range errorIDs(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options)) {
						t.Errorf("%s: with %s unknown the design gets the error %s:\n%s", id, name, other, text)
					}
					restore()
				})
			}
		}
	}
}

// noAnswersSilenceNothing tests that a design that is handed no answers about required roles
// is judged as one that does not say whether there are any: a rule that leaves something to
// those about the answers has to see one.
func noAnswersSilenceNothing(t *testing.T, all map[string]Cases) {
	t.Helper()
	for id, c := range all {
		for _, text := range c.Violated {
			d := Parse(t, text)
			if _, given := d.Planned.hierarchy["required_roles"]; given || len(d.Planned.Roles) > 30 {
				continue
			}
			before := IdsOf(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings)
			d.Planned.hierarchy["required_roles"] = map[string]any{}
			after := IdsOf(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings)
			if !maps.Equal(before, after) {
				t.Errorf("%s: found %v, with required_roles = {} %v:\n%s", id, slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after)), text)
			}
		}
	}
}

// whatMayBeNoneAddsNoFinding tests that leaving open whether an attribute is set that a design
// without an error leaves out gives no finding: it may turn out not to be. Of each design it
// tries a few attributes of each element, always the same.
func whatMayBeNoneAddsNoFinding(t *testing.T, all map[string]Cases) {
	t.Helper()
	const tries = 4
	for _, id := range slices.Sorted(maps.Keys(all)) {
		random := rand.New(rand.NewPCG(3, uint64(len(id))))
		for _, text := range slices.Concat(all[id].Satisfied, all[id].Violated) {
			d := Parse(t, text)
			if len(d.Planned.sites) > 30 || len(d.Planned.Roles) > 30 {
				continue
			}
			before := rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options)
			if len(errorIDs(before)) > 0 {
				continue
			}
			said := IdsOf(before.Findings)
			for object, list := range map[any][]map[string]any{
				reflect.TypeFor[model.Site](): d.Planned.sites, reflect.TypeFor[model.Server](): d.Planned.servers, reflect.TypeFor[model.Assignment](): d.Planned.Roles,
			} {
				for _, element := range list {
					absent := absentIn(object.(reflect.Type), element, "")
					random.Shuffle(len(absent), func(i, j int) { absent[i], absent[j] = absent[j], absent[i] })
					for _, a := range absent[:min(tries, len(absent))] {
						a.tree[a.attribute] = model.UnknownValue{}
						for other := range IdsOf(rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings) {
							if !said[other] && !coveredBy(other, said) {
								t.Errorf("%s: with %s unknown, which may be none, the design gets the finding %s:\n%s", id, a.name, other, text)
							}
						}
						delete(a.tree, a.attribute)
					}
				}
			}
		}
	}
}

// coveredBy reports whether one of the rules covers another one: what it said better may be
// open now.
func coveredBy(id string, said map[string]bool) bool {
	r, _ := rules.Catalog().RuleByID(id)
	return slices.ContainsFunc(r.CoveredBy, func(c rule.Cover) bool { return said[c.By] })
}

// absentAttribute is an attribute that a design leaves out.
type absentAttribute struct {
	tree            map[string]any
	attribute, name string
}

// absentIn lists the attributes that an element leaves out, and those that its blocks leave
// out, in the order of their names.
func absentIn(object reflect.Type, tree map[string]any, prefix string) []absentAttribute {
	var list []absentAttribute
	for i := range object.NumField() {
		field := object.Field(i)
		name, ok := field.Tag.Lookup("attr")
		get, isValue := reflect.PointerTo(field.Type).MethodByName("Get")
		if !ok || !isValue || slices.Contains([]string{"id", "tier", "wmi_role_name", "parent", "site", "server"}, name) {
			continue
		}
		switch v := tree[name].(type) {
		case nil:
			list = append(list, absentAttribute{tree, name, prefix + name})
		case map[string]any:
			if held := get.Type.Out(0); held.Kind() == reflect.Pointer {
				list = append(list, absentIn(held.Elem(), v, prefix+name+".")...)
			}
		}
	}
	return list
}

// errorIDs lists the rules of the errors of a report.
func errorIDs(r *rule.Report) map[string]bool {
	ids := map[string]bool{}
	for _, f := range r.Findings {
		if f.Severity == rule.SeverityError {
			ids[f.Rule.ID] = true
		}
	}
	return ids
}

// eachValue visits every value of an element, nested ones included, with a function
// that makes it unknown and one that puts it back.
func eachValue(tree map[string]any, visit func(name string, blur, restore func())) {
	for name, v := range tree {
		if name == "id" || v == nil {
			continue
		}
		visit(name, func() { tree[name] = model.UnknownValue{} }, func() { tree[name] = v })
		if nested, ok := v.(map[string]any); ok && name != "parent" && name != "site" && name != "server" {
			eachValue(nested, visit)
		}
	}
}

// findingTextKeepsAddressesWhole tests that addresses stand on indented lines, which
// Terraform does not break.
func findingTextKeepsAddressesWhole(t *testing.T, all map[string]Cases) {
	t.Helper()
	for id, c := range all {
		d := Parse(t, c.Violated[0])
		for _, f := range rules.Catalog().Evaluate(d.Planned.Build(t, true), d.Options).Findings {
			for line := range strings.Lines(f.Detail()) {
				if strings.Contains(line, "https://") && !strings.HasPrefix(line, "  https://") {
					t.Errorf("%s: the address is not on an indented line of its own: %q", id, line)
				}
				if strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") {
					t.Errorf("%s: the line ends with a blank: %q", id, line)
				}
			}
		}
	}
}
