package sweep

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// sweep holds what the cases of one run share.
type sweep struct {
	t           *testing.T
	seed        uint64
	cases       atomic.Int64 // inputs
	calls       atomic.Int64 // of the protocol, each with its checks
	accepted    atomic.Int64
	mutex       sync.Mutex
	reported    map[string]bool
	right       map[string][]any // values that were accepted, by field
	until       time.Time        // of a soak
	suppressing int
}

const mostFailures = 40

func TestMain(m *testing.M) {
	// As the provider runs. What is collected late is much here: many designs with huge
	// values are judged at once.
	debug.SetGCPercent(800)
	debug.SetMemoryLimit(2 << 30)
	os.Exit(m.Run())
}

// newSweep begins a run. SOAK makes it go on for a share of a time, SEED gives it other
// draws.
func newSweep(t *testing.T, share float64) *sweep {
	t.Helper()
	s := &sweep{t: t, seed: 1, reported: map[string]bool{}, right: map[string][]any{}}
	if text := os.Getenv("SEED"); text != "" {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("SEED: %v", err)
		}
		s.seed = seed
	}
	if text := os.Getenv("SOAK"); text != "" {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatalf("SOAK is a duration such as 30m: %v", err)
		}
		s.until = time.Now().Add(time.Duration(share * float64(d)))
		if os.Getenv("SEED") == "" {
			s.seed = uint64(time.Now().UnixNano())
		}
	}
	t.Logf("SEED=%d draws the same again", s.seed)
	return s
}

// soaking reports whether the run goes on for a time instead of a number of cases.
func (s *sweep) soaking() bool { return !s.until.IsZero() }

// random returns the source of one case. It depends on nothing that ran before.
func (s *sweep) random(part string, number int) *rand.Rand {
	h := uint64(14695981039346656037)
	for _, b := range []byte(part) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return rand.New(rand.NewPCG(s.seed, h+uint64(number)))
}

// fail reports a fault, the first of its kind at its place.
func (s *sweep) fail(about, at, format string, args ...any) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := about + " " + at
	if s.reported[key] || len(s.reported) > mostFailures {
		s.suppressing++
		return
	}
	s.reported[key] = true
	text := fmt.Sprintf(format, args...)
	if len(text) > 6000 {
		text = text[:6000] + "…"
	}
	s.t.Errorf("%s at %s: %s", about, at, text)
}

// accept remembers a value that was accepted.
func (s *sweep) accept(f *field, value any) {
	switch value.(type) {
	case string, int64, bool:
	default:
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := f.name + f.description
	if !slices.Contains(s.right[key], value) && len(s.right[key]) < 12 {
		s.right[key] = append(s.right[key], value)
	}
}

func (s *sweep) rightFor(f *field) []any {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.right[f.name+f.description])
}

// few draws some of the candidates of a place: those without a value always.
func (s *sweep) few(r *rand.Rand, p place, usual, wrong int) []candidate {
	all := candidates(p)
	if s.soaking() {
		return all
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var drawn []candidate
	for _, c := range all {
		switch c.kind {
		case isUsual:
			if usual--; usual < 0 {
				continue
			}
		case isWrong:
			if wrong--; wrong < 0 {
				continue
			}
		}
		drawn = append(drawn, c)
	}
	return drawn
}

// draw draws a value for a place: one that is right as often as not.
func (s *sweep) draw(r *rand.Rand, p place) candidate {
	if right := s.rightFor(p.field); len(right) > 0 && r.IntN(2) == 0 && (p.element || !p.field.holdsObjects()) {
		if p.element || p.field.shape <= shapeNumber {
			return candidate{isUsual, pick(r, right)}
		}
	}
	all := candidates(p)
	if r.IntN(4) == 0 {
		return all[r.IntN(2)] // null and unknown
	}
	c := pick(r, all)
	if c.kind == isHuge && r.IntN(4) > 0 {
		c = pick(r, all)
	}
	return c
}

// alteration is a value at a place.
type alteration struct {
	place
	candidate
}

func (a alteration) String() string { return a.place.String() + " " + string(a.kind) }

// apart leaves out alterations above or below an earlier one, which they would take back.
func apart(changes []alteration) []alteration {
	var kept []alteration
	for _, c := range changes {
		if !slices.ContainsFunc(kept, func(k alteration) bool {
			n := min(len(k.steps), len(c.steps))
			return slices.Equal(k.steps[:n], c.steps[:n])
		}) {
			kept = append(kept, c)
		}
	}
	return kept
}

func names(altered []alteration) string {
	texts := make([]string, len(altered))
	for i, a := range altered {
		texts[i] = a.String()
	}
	return strings.Join(texts, ", ")
}

// altered returns a design with alterations.
func altered(object *field, base tree, changes []alteration) tree {
	for _, c := range changes {
		base = put(object, base, c.place, c.value)
	}
	return base
}

// completed returns the alterations with a value for each that is not known.
func (s *sweep) completed(r *rand.Rand, base tree, changes []alteration) []alteration {
	all := slices.Clone(changes)
	for i, c := range all {
		if c.kind != isUnknown {
			continue
		}
		switch all[i].candidate = s.draw(r, c.place); {
		case all[i].kind != isUnknown:
		case !c.element && c.field.required:
			all[i].candidate = candidate{isUsual, examples[c.field.name]}
		default:
			all[i].candidate = candidate{isNull, nil}
		}
		if r.IntN(3) == 0 { // what the design had
			if node, ok := at(base, c.steps); ok {
				all[i].candidate = candidate{isUsual, node}
			}
		}
	}
	return all
}

// at returns what a design has at a place.
func at(node any, steps []any) (any, bool) {
	for _, step := range steps {
		switch step := step.(type) {
		case string:
			object, _ := node.(tree)
			next, ok := object[step]
			if !ok {
				return nil, false
			}
			node = next
		case int:
			list, _ := node.([]any)
			if step >= len(list) {
				return nil, false
			}
			node = list[step]
		}
	}
	return node, true
}
