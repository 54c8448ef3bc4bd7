package model

import (
	"strings"
)

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

func (e *Element) element() *Element { return e }

// declared is implemented by every element.
type declared interface {
	element() *Element
	accepted() Value[map[string]Value[string]]
	label() string
}

// foldCode normalises a site code for comparison: codes are case-insensitive.
func foldCode(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// foldHost normalises a host name for comparison.
func foldHost(fqdn string) string { return strings.ToLower(trimHost(fqdn)) }

func trimHost(fqdn string) string { return strings.TrimSuffix(strings.TrimSpace(fqdn), ".") }

// folded applies a normalisation to a known value.
func folded(v Value[string], fold func(string) string) Value[string] {
	if s, ok := v.Get(); ok {
		return Known(fold(s))
	}
	return v
}

// hostLabel is the first label of a host name: its computer name.
func hostLabel(fqdn string) string {
	label, _, _ := strings.Cut(foldHost(fqdn), ".")
	return label
}

// hostDomain is the part of a host name after the first label, empty when there is none.
func hostDomain(fqdn string) string {
	_, domain, _ := strings.Cut(foldHost(fqdn), ".")
	return domain
}

// either is the value of a OR b: true as soon as one is known true, unknown when
// the undecided one could still be true.
func either(a, b Value[bool]) Value[bool] {
	av, aok := a.Get()
	bv, bok := b.Get()
	switch {
	case aok && av, bok && bv:
		return Known(true)
	case aok && bok:
		return Known(false)
	default:
		return Unknown[bool]()
	}
}

// equalHost compares two host names, undecided unless both are known.
func equalHost(a, b Value[string]) Value[bool] {
	x, okX := a.Get()
	y, okY := b.Get()
	if !okX || !okY {
		return Unknown[bool]()
	}
	return Known(strings.EqualFold(trimHost(x), trimHost(y))) // which stops at the first difference
}
