package model

import (
	"fmt"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// Shown returns a boolean setting as a word.
func Shown(v Value[bool]) Value[string] {
	switch is, ok := v.Get(); {
	case ok:
		return Known(fmt.Sprint(is))
	case v.IsNull():
		return Null[string]()
	default:
		return Unknown[string]()
	}
}

// Folded applies a normalization to a known value.
func Folded(v Value[string], fold func(string) string) Value[string] {
	if s, ok := v.Get(); ok {
		return Known(fold(s))
	}
	return v
}

// Either is the value of a OR b: true as soon as one is known true, unknown when
// the undecided one could still be true.
func Either(a, b Value[bool]) Value[bool] {
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

// EqualHost compares two host names, undecided unless both are known. A name without a
// DNS suffix is that of the computer whose name begins with it.
func EqualHost(a, b Value[string]) Value[bool] {
	x, okX := a.Get()
	y, okY := b.Get()
	if !okX || !okY {
		return Unknown[bool]()
	}
	if x == y {
		return Known(true)
	}
	if isPlainName(x) && isPlainName(y) {
		return Known(false)
	}
	return sameComputer(trimHost(x), trimHost(y))
}

// Lists reports whether a list of names holds one of some others, whatever their
// case: undecided while an entry that is not known could be it.
func Lists(list []Value[string], anyOf ...string) Value[bool] {
	found := Known(false)
	for _, entry := range list {
		name, ok := entry.Get()
		if !ok {
			found = Unknown[bool]()
			continue
		}
		for _, wanted := range anyOf {
			if strings.EqualFold(name, wanted) {
				return Known(true)
			}
		}
	}
	return found
}

// AtLeast reports whether a version is another one or a later one. It is undecided
// for what is not a version, and for one with too few parts to tell: 18 may be 18.4.
func AtLeast(version, least string) Value[bool] {
	if version == NotInstalled {
		return Known(false)
	}
	given, ok := product.DottedParts(version)
	floor, _ := product.DottedParts(least)
	if !ok {
		return Unknown[bool]()
	}
	for i, part := range floor {
		switch {
		case i >= len(given) && part != 0:
			return Unknown[bool]()
		case i < len(given) && given[i] != part:
			return Known(given[i] > part)
		}
	}
	return Known(true)
}

// Both is the value of a AND b: false as soon as one is known false.
func Both(a, b Value[bool]) Value[bool] {
	av, aok := a.Get()
	bv, bok := b.Get()
	switch {
	case aok && !av, bok && !bv:
		return Known(false)
	case aok && bok:
		return Known(true)
	default:
		return Unknown[bool]()
	}
}

// IsDeclared reports whether a structural attribute has another value than its
// default, none.
func IsDeclared[T any](v Value[T]) Value[bool] {
	if v.IsUnknown() {
		return Unknown[bool]()
	}
	return Known(v.IsKnown())
}

// knownEqual reports whether two host names are known to be equal.
func knownEqual(a, b Value[string]) bool {
	equal, ok := EqualHost(a, b).Get()
	return ok && equal
}

// SettingOf reads a setting of a block, undecided where the block is not declared.
func SettingOf[B, T any](block Value[*B], read func(*B) Value[T]) Value[T] {
	if declared, ok := block.Get(); ok {
		return read(declared)
	}
	return Unknown[T]()
}

// Not is the opposite of a condition, undecided where it is.
func Not(condition Value[bool]) Value[bool] {
	if is, ok := condition.Get(); ok {
		return Known(!is)
	}
	return Unknown[bool]()
}

// ValueIs compares a value with what it could be, undecided unless it is known.
func ValueIs(v Value[string], want string) Value[bool] {
	got, ok := v.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(got == want)
}

// Positive reports whether there is any of what is counted, undecided while the
// number is not declared or not known.
func Positive(n Value[int64]) Value[bool] {
	count, ok := n.Get()
	if !ok {
		return Unknown[bool]()
	}
	return Known(count > 0)
}

// DeclaredBlock reports whether a block is declared; an unknown one leaves it open.
func DeclaredBlock[T any](block Value[*T]) Value[bool] {
	if block.IsUnknown() {
		return Unknown[bool]()
	}
	return Known(block.IsKnown())
}

// Always is a condition that holds for every assignment.
func Always(*Assignment) Value[bool] { return Known(true) }

// BlockSetting returns a setting of a block: null when the block is not declared.
func BlockSetting[B, T any](block Value[*B], setting func(*B) Value[T]) Value[T] {
	b, ok := block.Get()
	switch {
	case ok:
		return setting(b)
	case block.IsUnknown():
		return Unknown[T]()
	default:
		return Null[T]()
	}
}

// First returns the first of two results.
func First[T any](v T, _ bool) T { return v }

// And lists names in a sentence.
func And(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// ListsHost reports whether a list of host names holds a host: undecided while an
// entry that is not known could be it.
func ListsHost(list Value[[]Value[string]], fqdn Value[string]) Value[bool] {
	entries, ok := list.Get()
	if !ok {
		return Unknown[bool]()
	}
	found := Known(false)
	for _, entry := range entries {
		found = Either(found, EqualHost(entry, fqdn))
	}
	return found
}

// KnownTrue reports whether a condition is known to hold.
func KnownTrue(condition Value[bool]) bool {
	value, ok := condition.Get()
	return ok && value
}
