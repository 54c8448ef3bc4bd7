package model

import (
	"fmt"
	"reflect"
	"slices"
)

type state uint8

const (
	stateNull state = iota
	stateKnown
	stateUnknown
)

// Value is one declared value: known, null (not declared) or unknown (not
// decided yet, as during a Terraform plan). The zero Value is null.
//
// What null means depends on the attribute: for a structural attribute it is the
// product's default and counts as known; for a descriptive one it leaves a rule
// undecided. The accessor methods of [Site], [Server] and [Assignment] hold that
// table, so that no rule decides it again.
type Value[T any] struct {
	value T
	state state
}

// Known returns a known value.
func Known[T any](v T) Value[T] { return Value[T]{value: v, state: stateKnown} }

// Null returns a value that was not declared.
func Null[T any]() Value[T] { return Value[T]{} }

// Unknown returns a value that is not decided yet.
func Unknown[T any]() Value[T] { return Value[T]{state: stateUnknown} }

// Get returns the value and whether it is known.
func (v Value[T]) Get() (T, bool) { return v.value, v.state == stateKnown }

// IsKnown reports whether the value was declared and is decided.
func (v Value[T]) IsKnown() bool { return v.state == stateKnown }

// IsNull reports whether the value was not declared.
func (v Value[T]) IsNull() bool { return v.state == stateNull }

// IsUnknown reports whether the value is not decided yet.
func (v Value[T]) IsUnknown() bool { return v.state == stateUnknown }

// OrDefault returns the value with null replaced by def: the reading of a
// structural attribute. An unknown value stays unknown.
func (v Value[T]) OrDefault(def T) Value[T] {
	if v.state == stateNull {
		return Known(def)
	}
	return v
}

// or returns the value, or another one in place of null.
func (v Value[T]) or(other Value[T]) Value[T] {
	if v.state == stateNull {
		return other
	}
	return v
}

// slot is a Value that [Decode] can fill without knowing its type parameter.
type slot interface {
	setUnknown()
	take(x any) bool
	set(x any)
	kind() reflect.Type
}

func (v *Value[T]) setUnknown() { *v = Unknown[T]() }

// take stores x if it is of the type of the value.
func (v *Value[T]) take(x any) bool {
	value, ok := x.(T)
	if ok {
		*v = Known(value)
	}
	return ok
}

// set stores x converted to the type of the value. [Decode] calls it with
// convertible values only.
func (v *Value[T]) set(x any) {
	*v = Known(reflect.ValueOf(x).Convert(v.kind()).Interface().(T))
}

func (v *Value[T]) kind() reflect.Type { return reflect.TypeFor[T]() }

// String is for test failures and debugging.
func (v Value[T]) String() string {
	switch v.state {
	case stateKnown:
		return fmt.Sprint(v.value)
	case stateUnknown:
		return "(unknown)"
	default:
		return "(null)"
	}
}

// SortedKeys returns the keys of a map in their order, and nil for an empty one. It makes
// room once, as a topology is read of very many small maps.
func SortedKeys[V any](of map[string]V) []string {
	if len(of) == 0 {
		return nil
	}
	keys := make([]string, 0, len(of))
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Entries are the entries of a map: in the order of their keys, which is what a reader wants
// to be told in, or as they come, which is faster.
type Entries[V any] struct {
	Of      map[string]V
	InOrder bool
}

// All visits the entries. It is for a range clause, where it makes no garbage.
func (e Entries[V]) All(yield func(string, V) bool) {
	if !e.InOrder {
		for key, v := range e.Of {
			if !yield(key, v) {
				return
			}
		}
		return
	}
	for _, key := range SortedKeys(e.Of) {
		if !yield(key, e.Of[key]) {
			return
		}
	}
}
