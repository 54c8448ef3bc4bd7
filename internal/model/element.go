package model

// Kind is the kind of a declared element.
type Kind uint8

// The kinds of declared elements.
const (
	KindSite Kind = iota + 1
	KindServer
	KindAssignment
	KindHierarchy
)

// Element places a declared object in the design: what it is, where it stands in
// the configuration that is checked, and who checks it.
type Element struct {
	kind Kind
	// path leads from the checked resource to the object: empty for the resource
	// itself, site.parent for a reference, sites["cas"] within a hierarchy.
	path Path
	// checked says that the object's own resource has checked it already: its own
	// findings are computed, because they may cover others, but not reported again.
	checked bool
}

// Path leads from the checked resource to the element.
func (e *Element) Path() Path { return e.path }

// Kind is what the element is.
func (e *Element) Kind() Kind { return e.kind }

// Checked reports whether the element's own resource has checked it already: what it
// decides alone is not reported again.
func (e *Element) Checked() bool { return e.checked }

// Placed returns the place of the element in the design.
func (e *Element) Placed() *Element { return e }

// Declared is implemented by every element.
type Declared interface {
	Placed() *Element
	Accepted() Value[map[string]Value[string]]
	Label() string
}
