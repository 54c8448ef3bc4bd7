package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// resourceSweep sweeps one resource.
type resourceSweep struct {
	*sweep
	kind      string
	object    *field
	server    *server
	framework *server
	states    []tree // of the bases
}

// TestResources puts values at every place of every resource and takes each design through
// its life: validated, planned, applied, read, planned again, changed, destroyed, imported
// and upgraded.
func TestResources(t *testing.T) {
	s := newSweep(t, 0.6)
	short := []*server{serve(t, nil), serve(t, tree{"report_at": "hierarchy", "review_date": "2026-06-30", "strict": true})}
	t.Setenv(provider.FrameworkOnly, "1")
	alone := []*server{serve(t, nil), serve(t, tree{"report_at": "hierarchy", "review_date": "2026-06-30", "strict": true})}
	if err := os.Unsetenv(provider.FrameworkOnly); err != nil {
		t.Fatal(err)
	}
	t.Run("of", func(t *testing.T) {
		for _, kind := range slices.Sorted(maps.Keys(short[0].resources)) {
			if len(bases[kind]) == 0 {
				t.Errorf("there is no design for %s to begin with", kind)
				continue
			}
			t.Run(kind, func(t *testing.T) {
				t.Parallel()
				began := time.Now()
				of := &sweep{t: t, seed: s.seed, reported: map[string]bool{}, right: map[string][]any{}, until: s.until}
				for i := range short {
					rs := &resourceSweep{sweep: of, kind: kind, object: short[i].resources[kind], server: short[i], framework: alone[i]}
					rs.run(i)
				}
				t.Logf("%d designs, %d of them accepted, %d calls in %s", of.cases.Load(), of.accepted.Load(), of.calls.Load(), time.Since(began).Round(time.Millisecond))
				if of.suppressing > 0 {
					t.Logf("%d more faults of these kinds", of.suppressing)
				}
				s.cases.Add(of.cases.Load())
				s.calls.Add(of.calls.Load())
			})
		}
	})
	t.Logf("%d designs, %d calls", s.cases.Load(), s.calls.Load())
}

// run sweeps a resource with one provider. Only the first one sees each value by itself.
func (s *resourceSweep) run(number int) {
	for _, base := range bases[s.kind] {
		s.states = append(s.states, s.recorded(base))
	}
	part := fmt.Sprintf("%s %d ", s.kind, number)
	count := 0
	if number == 0 {
		for b, base := range bases[s.kind] {
			for _, p := range places(s.object, base.config) {
				if b > 0 && !s.soaking() && len(p.steps) > 1 {
					continue // deep places once
				}
				r := s.random(part+base.name+p.String(), 0)
				for _, c := range s.few(r, p, 4, 3) {
					count++
					s.try(r, base, []alteration{{p, c}}, count)
				}
			}
		}
	}
	pairs := 120 * scale()
	for i := 0; i < pairs || s.soaking() && time.Now().Before(s.until); i++ {
		r := s.random(part+"pair", i)
		base := pick(r, bases[s.kind])
		all := places(s.object, base.config)
		var changes []alteration
		for range 2 + r.IntN(1+r.IntN(3)) {
			p := pick(r, all)
			changes = append(changes, alteration{p, s.draw(r, p)})
		}
		s.try(r, base, apart(changes), count+i)
		if s.soaking() && number == 0 && i >= 20_000 {
			break // the other provider has its turn
		}
	}
}

// recorded returns the state of a base, which has to be accepted.
func (s *resourceSweep) recorded(base design) tree {
	p := s.server.plan(s.kind, base.config, nil)
	if hasErrors(p.diags) {
		s.t.Fatalf("%s, %s is refused: %s", s.kind, base.name, describe(p.diags))
	}
	config := base.config
	if !isWhole(p.object) { // an unknown reference
		config = with(config, tree{"server": plannedServer})
		p = s.server.plan(s.kind, config, nil)
	}
	state, diags := s.server.apply(s.kind, config, p.message, nil)
	if hasErrors(diags) {
		s.t.Fatalf("%s, %s cannot be applied: %s", s.kind, base.name, describe(diags))
	}
	return state
}

// try takes one design through its life.
func (s *resourceSweep) try(r *rand.Rand, base design, changes []alteration, number int) {
	s.cases.Add(1)
	config := altered(s.object, base.config, changes)
	where := s.kind + " " + names(changes)
	fail := func(about, format string, args ...any) {
		s.fail(about, where, "%s\nof %q: %s", fmt.Sprintf(format, args...), base.name, inShort(config))
	}
	if panicked := safely(func() { s.life(r, base, config, changes, number, fail) }); panicked != "" {
		fail("panic", "%s", panicked)
	}
}

func inShort(config tree) string {
	text, err := json.Marshal(config)
	if err != nil {
		return err.Error()
	}
	if len(text) > 1500 {
		return string(text[:1500]) + "…"
	}
	return string(text)
}

type failing func(about, format string, args ...any)

func (s *resourceSweep) life(r *rand.Rand, base design, config tree, changes []alteration, number int, fail failing) {
	sent := message(s.object, config)
	validated := s.server.validate(s.kind, sent)
	s.calls.Add(1)
	readable(validated, fail)
	if hasErrors(validated) && number%8 != 0 && isWhole(config) {
		return // Terraform goes no further
	}
	create := s.server.plan(s.kind, config, nil)
	s.calls.Add(1)
	if !hasErrors(validated) {
		readable(create.diags, fail)
	}
	accepted := !hasErrors(validated) && !hasErrors(create.diags)
	if number%40 == 0 {
		s.compare(config, nil, sent, validated, create, fail)
	}
	if number%7 == 0 && !leftToTheFramework(create.diags) {
		again := s.server.plan(s.kind, config, nil)
		s.calls.Add(1)
		if !equal(s.object, again.object, create.object) || describe(again.diags) != describe(create.diags) {
			fail("two plans differ", "%s\nand %s", describe(create.diags), describe(again.diags))
		}
	}
	complete, whole := config, create
	if slices.ContainsFunc(changes, func(a alteration) bool { return a.kind == isUnknown }) {
		completion := s.completed(r, base.config, changes)
		complete = altered(s.object, base.config, completion)
		if s.sound(complete, completion, accepted, validated, create, fail) {
			whole = s.server.plan(s.kind, complete, nil)
			s.calls.Add(1)
			if len(changes) == 1 {
				s.silent(create.diags, whole.diags, fail)
			}
			if broken := differences("", s.object, create.object, withoutWriteOnly(s.object, whole.object)); accepted && len(broken) > 0 {
				fail("the final plan is inconsistent", "%s\ncompleted: %s", broken, inShort(complete))
			}
		} else {
			accepted = false
		}
	}
	if !accepted {
		return
	}
	s.accepted.Add(1)
	if len(changes) == 1 && changes[0].kind == isUsual && (changes[0].element || changes[0].field.shape <= shapeNumber) {
		s.accept(changes[0].field, changes[0].value)
	}
	if broken := violations(s.object, config, create.object); len(broken) > 0 {
		fail("the plan breaks the protocol", "%s", broken)
	}
	if !isWhole(complete) {
		return
	}
	if !isWhole(whole.object) {
		fail("a plan of known values is not known", "%s", brief(whole.object))
	}
	state, diags := s.server.apply(s.kind, complete, whole.message, nil)
	s.calls.Add(1)
	if len(diags) > 0 {
		fail("an accepted plan is not applied", "%s", describe(diags))
		return
	}
	if !equal(s.object, whole.object, state) {
		fail("the state is not what was planned", "planned %s\nrecorded %s", brief(whole.object), brief(state))
	}
	s.settled(complete, state, fail)
	s.change(r, config, complete, accepted, fail)
	if number%16 == 0 {
		s.rest(complete, state, fail)
	}
}

// sound completes a design whose values are not all known, and reports whether the completed one is
// accepted. When it is, the other one has to be.
func (s *resourceSweep) sound(complete tree, completion []alteration, accepted bool, validated []*tfprotov6.Diagnostic, plan planned, fail failing) bool {
	if hasErrors(s.server.validate(s.kind, message(s.object, complete))) {
		return false
	}
	after := s.server.plan(s.kind, complete, nil)
	s.calls.Add(2)
	if hasErrors(after.diags) {
		return false
	}
	if !accepted {
		fail("unknown values are refused", "%s%s\nbut accepted with %s: %s", describe(validated), describe(plan.diags), names(completion), inShort(complete))
	}
	return true
}

// silent compares what is said about a value that is not known with what is said about one
// that it may become: nothing that is not said then.
func (s *resourceSweep) silent(before, after []*tfprotov6.Diagnostic, fail failing) {
	said := map[string]bool{}
	for _, d := range after {
		said[ruleOf(d)] = true
	}
	for _, d := range before {
		if !said[ruleOf(d)] {
			fail("a warning about what is not known", "%s\nlater%s", describe([]*tfprotov6.Diagnostic{d}), describe(after))
		}
	}
}

func ruleOf(d *tfprotov6.Diagnostic) string {
	id, _, _ := strings.Cut(d.Summary, ":")
	return id
}

// settled reads a state and plans it again: nothing changes.
func (s *resourceSweep) settled(config, state tree, fail failing) {
	sent := message(s.object, state)
	read, err := s.server.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{TypeName: s.kind, CurrentState: sent})
	s.calls.Add(1)
	if err != nil || len(read.Diagnostics) > 0 || string(read.NewState.MsgPack) != string(sent.MsgPack) {
		fail("a state is not read as it is", "%v", err)
	}
	again := s.server.plan(s.kind, config, state)
	s.calls.Add(1)
	switch {
	case hasErrors(again.diags):
		fail("what was applied is refused", "%s", describe(again.diags))
	case len(again.replaced) > 0:
		fail("the second plan replaces", "%v", again.replaced)
	case !equal(s.object, state, again.object):
		fail("the second plan is not empty", "state %s\nplanned %s", brief(state), brief(again.object))
	}
}

// change plans a design as a change of another one.
func (s *resourceSweep) change(r *rand.Rand, config, complete tree, accepted bool, fail failing) {
	prior := pick(r, s.states)
	update := s.server.plan(s.kind, config, prior)
	s.calls.Add(1)
	readable(update.diags, fail)
	if hasErrors(update.diags) || !accepted {
		return
	}
	if broken := violations(s.object, config, update.object); len(broken) > 0 {
		fail("the plan of a change breaks the protocol", "%s", broken)
	}
	if !isWhole(config) {
		final := s.server.plan(s.kind, complete, prior)
		s.calls.Add(1)
		if hasErrors(final.diags) {
			return // what was not known is judged when it is
		}
		if broken := differences("", s.object, update.object, withoutWriteOnly(s.object, final.object)); len(broken) > 0 {
			fail("the final plan of a change is inconsistent", "%s\ncompleted: %s", broken, inShort(complete))
		}
		for _, at := range final.replaced {
			if !slices.Contains(update.replaced, at) {
				fail("an update turns into a replacement", "%s", at)
			}
		}
		update = final
	}
	if len(update.replaced) > 0 {
		return // and created anew, as before
	}
	state, diags := s.server.apply(s.kind, complete, update.message, prior)
	s.calls.Add(1)
	if len(diags) > 0 || !equal(s.object, update.object, state) {
		fail("the state of a change is not what was planned", "planned %s\nrecorded %s%s", brief(update.object), brief(state), describe(diags))
		return
	}
	again := s.server.plan(s.kind, complete, state)
	s.calls.Add(1)
	if hasErrors(again.diags) || len(again.replaced) > 0 || !equal(s.object, state, again.object) {
		fail("the second plan of a change is not empty", "state %s\nplanned %s%s%v", brief(state), brief(again.object), describe(again.diags), again.replaced)
	}
}

// rest is the end of a life, and what Terraform does when the provider is another one.
func (s *resourceSweep) rest(config, state tree, fail failing) {
	destroyed := s.server.plan(s.kind, nil, state)
	s.calls.Add(2)
	if destroyed.object != nil || len(destroyed.diags) > 0 {
		fail("a destruction plans something", "%s%s", brief(destroyed.object), describe(destroyed.diags))
	} else if left, diags := s.server.apply(s.kind, nil, destroyed.message, state); left != nil || len(diags) > 0 {
		fail("something is left of what was destroyed", "%s%s", brief(left), describe(diags))
	}
	current := s.server.schemas.ResourceSchemas[s.kind].Version
	upgraded, diags := s.upgrade(current, state)
	s.calls.Add(1)
	if len(diags) > 0 || !equal(s.object, state, upgraded) {
		fail("a state of this version does not stay", "%s became %s%s", brief(state), brief(upgraded), describe(diags))
	}
	if current == 0 {
		return
	}
	// Version 0 kept the references.
	old, diags := s.upgrade(0, with(config, dropNull(state)))
	s.calls.Add(1)
	if len(diags) > 0 {
		fail("an old state is refused", "%s", describe(diags))
		return
	}
	plan := s.server.plan(s.kind, config, old)
	s.calls.Add(1)
	if !equal(s.object, state, plan.object) || len(plan.replaced) > 0 {
		fail("an old state is changed", "state %s\nplanned %s, replaced %v", brief(old), brief(plan.object), plan.replaced)
	}
}

func (s *resourceSweep) upgrade(version int64, state tree) (tree, []*tfprotov6.Diagnostic) {
	text, err := json.Marshal(state)
	must(err)
	resp, err := s.server.UpgradeResourceState(context.Background(), &tfprotov6.UpgradeResourceStateRequest{
		TypeName: s.kind, Version: version, RawState: &tfprotov6.RawState{JSON: text},
	})
	must(err)
	if resp.UpgradedState == nil {
		return nil, resp.Diagnostics
	}
	node, err := read(resp.UpgradedState)
	must(err)
	object, _ := node.(tree)
	return object, resp.Diagnostics
}

// compare asks the framework alone, which has to answer the same.
func (s *resourceSweep) compare(config, prior tree, sent *tfprotov6.DynamicValue, validated []*tfprotov6.Diagnostic, plan planned, fail failing) {
	alone := s.framework.validate(s.kind, sent)
	s.calls.Add(2)
	if hasErrors(alone) != hasErrors(validated) {
		fail("the framework validates otherwise", "%s\nby the framework %s", describe(validated), describe(alone))
	}
	other := s.framework.plan(s.kind, config, prior)
	if leftToTheFramework(other.diags) {
		return
	}
	if !equal(s.object, plan.object, other.object) || !slices.Equal(plan.replaced, other.replaced) || describe(plan.diags) != describe(other.diags) {
		fail("the framework plans otherwise", "%s %v%s\nby the framework %s %v%s", brief(plan.object), plan.replaced, describe(plan.diags), brief(other.object), other.replaced, describe(other.diags))
	}
}

// leftToTheFramework reports whether a plan is one of what validation refuses: Terraform
// never asks for it, and the framework reports it in the order of a map.
func leftToTheFramework(diags []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d *tfprotov6.Diagnostic) bool { return d.Summary == "Configuration Read Error" })
}

func readable(diags []*tfprotov6.Diagnostic, fail failing) {
	for _, d := range diags {
		if d.Summary == "" || d.Detail == "" {
			fail("a message without a text", "%s: %s", d.Summary, d.Detail)
		}
		if what := odd(d.Summary + "\n" + d.Detail); what != "" {
			fail("a message "+what, "%s", describe([]*tfprotov6.Diagnostic{d}))
		}
	}
}

func withoutWriteOnly(object *field, node tree) tree {
	kept := maps.Clone(node)
	for _, f := range object.fields {
		if f.writeonly {
			delete(kept, f.name)
		}
	}
	return kept
}

func dropNull(node tree) tree {
	kept := tree{}
	for name, v := range node {
		if v != nil {
			kept[name] = v
		}
	}
	return kept
}

func scale() int {
	switch {
	case raceDetector:
		return 1
	case testing.Short():
		return 2
	default:
		return 10
	}
}
