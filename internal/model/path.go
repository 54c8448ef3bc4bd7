package model

import (
	"strconv"
	"strings"
)

// Path names an attribute of a declared object: attribute names and map keys from
// the object downwards. Paths are immutable; Attr and Key return longer copies.
type Path struct{ steps []Step }

// Step is one step of a [Path]: an attribute name, a map key or a list index.
type Step struct {
	Attribute string // the attribute's name, empty for a map key or a list index
	Key       string // the map key, when Attribute is empty and IsIndex is false
	Index     int    // the list index, when IsIndex is true
	IsIndex   bool
}

// At returns the path of nested attributes, outermost first.
func At(attributes ...string) Path {
	p := Path{steps: make([]Step, 0, len(attributes))}
	for _, a := range attributes {
		p.steps = append(p.steps, Step{Attribute: a})
	}
	return p
}

// Steps returns the steps of the path. The caller must not change them.
func (p Path) Steps() []Step { return p.steps }

// Attr returns the path of an attribute of the object at p.
func (p Path) Attr(name string) Path { return p.with(Step{Attribute: name}) }

// Key returns the path of an element of the map at p.
func (p Path) Key(key string) Path { return p.with(Step{Key: key}) }

// Index returns the path of an element of the list at p.
func (p Path) Index(i int) Path { return p.with(Step{Index: i, IsIndex: true}) }

// Join returns the path of q seen from the object at p.
func (p Path) Join(q Path) Path { return p.with(q.steps...) }

func (p Path) with(steps ...Step) Path {
	longer := make([]Step, 0, len(p.steps)+len(steps))
	longer = append(longer, p.steps...)
	return Path{steps: append(longer, steps...)}
}

// String writes the path as Terraform does: site.parent, sites["cas"].name.
func (p Path) String() string {
	var b strings.Builder
	for i, s := range p.steps {
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
