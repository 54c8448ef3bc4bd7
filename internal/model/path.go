package model

import (
	"slices"
	"strconv"
	"strings"
)

// Path names an attribute of a declared object: attribute names and map keys from
// the object downwards. Paths are immutable; Attr and Key return longer ones, which
// share what they have in common: a hierarchy has one for each of its elements, and
// shows few of them.
type Path struct{ last *node }

// node is a step with what leads to it. It is small, because a hierarchy has one or two
// for each of its elements.
type node struct {
	before *node
	text   string // the name of an attribute or the key of a map
	index  int32  // of a list
	kind   stepKind
}

type stepKind uint8

const (
	attributeStep stepKind = iota
	keyStep
	indexStep
)

func (n *node) step() Step {
	switch n.kind {
	case attributeStep:
		return Step{Attribute: n.text}
	case keyStep:
		return Step{Key: n.text}
	default:
		return Step{Index: int(n.index), IsIndex: true}
	}
}

// Step is one step of a [Path]: an attribute name, a map key or a list index.
type Step struct {
	Attribute string // the attribute's name, empty for a map key or a list index
	Key       string // the map key, when Attribute is empty and IsIndex is false
	Index     int    // the list index, when IsIndex is true
	IsIndex   bool
}

// At returns the path of nested attributes, outermost first.
func At(attributes ...string) Path {
	var p Path
	for _, a := range attributes {
		p = p.Attr(a)
	}
	return p
}

// Steps returns the steps of the path, outermost first.
func (p Path) Steps() []Step {
	var steps []Step
	for n := p.last; n != nil; n = n.before {
		steps = append(steps, n.step())
	}
	slices.Reverse(steps)
	return steps
}

// IsRoot reports whether the path leads to the object itself.
func (p Path) IsRoot() bool { return p.last == nil }

// Root returns the name of the first attribute, empty for the object itself.
func (p Path) Root() string {
	n := p.last
	if n == nil {
		return ""
	}
	for n.before != nil {
		n = n.before
	}
	return n.step().Attribute
}

// Attr returns the path of an attribute of the object at p.
func (p Path) Attr(name string) Path { return p.with(node{text: name}) }

// Key returns the path of an element of the map at p.
func (p Path) Key(key string) Path { return p.with(node{text: key, kind: keyStep}) }

// Index returns the path of an element of the list at p.
func (p Path) Index(i int) Path { return p.with(node{index: int32(i), kind: indexStep}) }

// Join returns the path of q seen from the object at p.
func (p Path) Join(q Path) Path {
	var nodes []*node
	for n := q.last; n != nil; n = n.before {
		nodes = append(nodes, n)
	}
	for _, n := range slices.Backward(nodes) {
		p = p.with(*n)
	}
	return p
}

func (p Path) with(n node) Path {
	n.before = p.last
	return Path{last: &n}
}

// paths makes many paths, with their last nodes in pieces.
type paths struct{ room []node }

// attr is [Path.Attr].
func (p *paths) attr(at Path, name string) Path { return p.with(at, node{text: name}) }

// key is [Path.Key].
func (p *paths) key(at Path, key string) Path { return p.with(at, node{text: key, kind: keyStep}) }

func (p *paths) with(at Path, n node) Path {
	if len(p.room) == cap(p.room) {
		p.room = make([]node, 0, 256)
	}
	n.before = at.last
	p.room = append(p.room, n)
	return Path{last: &p.room[len(p.room)-1]}
}

// String writes the path as Terraform does: site.parent, sites["cas"].name.
func (p Path) String() string {
	var b strings.Builder
	for i, s := range p.Steps() {
		switch {
		case s.IsIndex:
			b.WriteString("[" + strconv.Itoa(s.Index) + "]")
		case s.Attribute != "":
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(s.Attribute)
		default:
			b.WriteString("[" + strconv.Quote(s.Key) + "]")
		}
	}
	return b.String()
}
