package adopt

import (
	"strconv"
	"strings"
)

// row is one row of a class, reduced to what is read of it.
type row struct {
	class string
	index int // its place among the rows of the class, from 0
	// embedded and lists say whether the row has Props and PropLists at all: without them
	// nothing is known of what they would hold.
	embedded, hasLists bool
	// cut says that the embedded objects were cut off when the row was written.
	cut        bool
	properties []property
	props      []prop
	lists      []list
}

// property is a scalar with its name, or a list. There are more than a million of them in a
// large export, so that they are kept small.
type property struct {
	name nameID
	kind valueKind
	text string
	// items are the scalars of a property that is a list.
	items *[]value
}

func (p *property) value() value { return value{p.kind, p.text} }

func (p *property) set(v value) { p.kind, p.text = v.kind, v.text }

// prop is an embedded property with its three values, kept as small.
type prop struct {
	name  nameID
	kinds [3]valueKind
	texts [3]string
}

// Places of the values of an embedded property.
const (
	inValue = iota
	inValue1
	inValue2
)

func (p *prop) value() value  { return value{p.kinds[inValue], p.texts[inValue]} }
func (p *prop) value1() value { return value{p.kinds[inValue1], p.texts[inValue1]} }
func (p *prop) value2() value { return value{p.kinds[inValue2], p.texts[inValue2]} }

// list is an embedded list.
type list struct {
	name   nameID
	values []value
}

// String names the row for a message, counting from 1.
func (r *row) String() string { return r.class + "[" + strconv.Itoa(r.index+1) + "]" }

func (r *row) get(name nameID) value {
	for i := range r.properties {
		if r.properties[i].name == name {
			return r.properties[i].value()
		}
	}
	return value{}
}

func (r *row) items(name nameID) ([]value, bool) {
	for i := range r.properties {
		if r.properties[i].name == name {
			if items := r.properties[i].items; items != nil {
				return *items, true
			}
			return nil, false
		}
	}
	return nil, false
}

// prop returns an embedded property, nil when the row has none of the name.
func (r *row) prop(name nameID) *prop {
	for i := range r.props {
		if r.props[i].name == name {
			return &r.props[i]
		}
	}
	return nil
}

// list returns the values of an embedded list.
func (r *row) list(name nameID) ([]value, bool) {
	for i := range r.lists {
		if r.lists[i].name == name {
			return r.lists[i].values, true
		}
	}
	return nil, false
}

// same reports whether two rows say the same.
func (r *row) same(other *row) bool {
	if len(r.properties) != len(other.properties) || len(r.props) != len(other.props) || len(r.lists) != len(other.lists) {
		return false
	}
	for i := range r.properties {
		if v := other.get(r.properties[i].name); !strings.EqualFold(v.trimmed(), r.properties[i].value().trimmed()) {
			return false
		}
	}
	for i := range r.props {
		p := other.prop(r.props[i].name)
		if p == nil || p.value().trimmed() != r.props[i].value().trimmed() || p.value1() != r.props[i].value1() || p.value2() != r.props[i].value2() {
			return false
		}
	}
	for i := range r.lists {
		values, ok := other.list(r.lists[i].name)
		if !ok || len(values) != len(r.lists[i].values) {
			return false
		}
		for j, v := range values {
			if v.text != r.lists[i].values[j].text {
				return false
			}
		}
	}
	return true
}

// Names that rows and envelopes have beside the properties.
var (
	propertyProps     = propertyNames.must("Props")
	propertyPropLists = propertyNames.must("PropLists")
)

// scratch is the memory in which a row grows.
type scratch struct {
	properties []property
	props      []prop
	lists      []list
}

// pool hands out memory for many short lists in large pieces.
type pool[T any] struct{ free []T }

const piece = 4096

// keep returns a copy of a list that is as large as it needs to be.
func (p *pool[T]) keep(list []T) []T {
	if len(list) == 0 {
		return nil
	}
	if len(list) > len(p.free) {
		p.free = make([]T, max(piece, len(list)))
	}
	kept := p.free[:len(list):len(list)]
	p.free = p.free[len(list):]
	copy(kept, list)
	return kept
}

// row takes an object of any class. place names it in messages before its class is known.
func (r *reader) row(class string, index int) (result row, err error) {
	result = row{class: class, index: index, properties: r.scratch.properties[:0], props: r.scratch.props[:0], lists: r.scratch.lists[:0]}
	r.place = &result
	defer func() { r.place = nil }()
	// What a row needs is known at its end: until then it grows in memory that is used again.
	defer func() {
		r.scratch = scratch{result.properties, result.props, result.lists}
		result.properties, result.props, result.lists = r.pools.properties.keep(result.properties), r.pools.props.keep(result.props), r.pools.lists.keep(result.lists)
	}()
	err = r.object(func(name string) error {
		id := propertyNames.of(name)
		switch {
		case id == 0:
			return r.pass(name)
		case id == propertyProps:
			result.embedded = true
			return r.each(func() error { return r.prop(&result) })
		case id == propertyPropLists:
			result.hasLists = true
			return r.each(func() error { return r.list(&result) })
		}
		p := property{name: id}
		if c := r.next(); c == '[' || c == '{' && r.isWrapped() {
			items := []value{}
			err := r.each(func() error {
				if c := r.next(); c == '{' || c == '[' {
					return r.skip()
				}
				item, err := r.scalar()
				items = append(items, item)
				return err
			})
			if p.items = &items; len(items) == 1 {
				p.set(items[0])
			}
			result.properties = append(result.properties, p)
			return err
		} else if c == '{' {
			return r.skip()
		}
		v, err := r.scalar()
		p.set(v)
		result.properties = append(result.properties, p)
		return err
	})
	return result, err
}

// each takes a list, or a single value in place of one, or none.
func (r *reader) each(element func() error) error {
	switch r.next() {
	case '[':
		return r.array(element)
	case 'n':
		return r.skip()
	case '{':
		if r.isWrapped() {
			return r.object(func(member string) error {
				if strings.EqualFold(member, "value") {
					return r.each(element)
				}
				return r.skip()
			})
		}
	}
	return element()
}

// isWrapped reports whether an object is a list as Windows PowerShell 5.1 writes one that
// carries members of its own: {"value": [...], "Count": 2}.
func (r *reader) isWrapped() bool {
	ahead := scanner{text: r.text, at: r.at}
	list, others := false, false
	err := ahead.object(func(member string) error {
		switch {
		case strings.EqualFold(member, "value"):
			list = ahead.next() == '['
		case !strings.EqualFold(member, "Count"):
			others = true
		}
		return ahead.skip()
	})
	return err == nil && list && !others
}

// pass passes over a property that nothing reads, unless it holds a secret.
func (r *reader) pass(name string) error {
	if err := r.refuseSecret(name, &r.scanner); err != nil {
		return err
	}
	return r.skip()
}

// refuseSecret stops at a secret that is not empty. It is told of every name that is
// passed over.
func (r *reader) refuseSecret(name string, s *scanner) error {
	secret, seen := r.seen[name]
	if !seen {
		secret = isSecret(strings.ToLower(name))
		r.seen[strings.Clone(name)] = secret
	}
	if !secret {
		return nil
	}
	ahead := scanner{text: s.text, at: s.at}
	switch ahead.next() {
	case '[':
		ahead.at++
		if ahead.next() == ']' {
			return nil
		}
		return r.secret(name)
	case '{':
		ahead.at++
		if ahead.next() == '}' {
			return nil
		}
		return r.secret(name)
	}
	v, err := ahead.scalar()
	if err != nil {
		return err
	}
	if v.kind == kindString && v.given() {
		return r.secret(name)
	}
	return nil
}

func (r *reader) secret(name string) error {
	place := ""
	if r.place != nil {
		place = r.place.String()
	}
	return failure(place, "The property %q holds a secret or key material. No such file is read, because it would be passed on with it. Remove the "+
		"property, or write the export with the script that export_script returns, which never takes it; treat the file that has it as you treat a password.", name)
}

// prop takes an embedded property. Where the objects were cut off when they were written,
// their place is taken by a text.
func (r *reader) prop(to *row) error {
	if r.next() != '{' {
		return r.cut(to)
	}
	var p prop
	name := ""
	err := r.object(func(member string) error {
		var target int
		switch {
		case strings.EqualFold(member, "PropertyName"):
			v, err := r.optionalScalar()
			name = v.text
			p.name = propNames.of(strings.TrimSpace(v.text))
			return err
		case strings.EqualFold(member, "Value"):
			target = inValue
		case strings.EqualFold(member, "Value1"):
			target = inValue1
		case strings.EqualFold(member, "Value2"):
			target = inValue2
		default:
			return r.pass(member)
		}
		v, err := r.optionalScalar()
		p.kinds[target], p.texts[target] = v.kind, v.text
		return err
	})
	if err != nil {
		return err
	}
	if p.name != 0 {
		to.props = append(to.props, p)
	} else if isSecret(strings.ToLower(name)) && (p.value1().given() || p.value2().given()) {
		return r.secret(name)
	}
	return nil
}

// cut takes the text that stands where an embedded object was.
func (r *reader) cut(to *row) error {
	to.cut = true
	v, err := r.optionalScalar()
	if lower := strings.ToLower(v.text); err == nil && v.kind == kindString {
		for _, name := range secrets {
			if strings.Contains(lower, name) {
				return r.secret(name)
			}
		}
	}
	return err
}

func (r *reader) list(to *row) error {
	if r.next() != '{' {
		return r.cut(to)
	}
	var l list
	name := ""
	err := r.object(func(member string) error {
		switch {
		case strings.EqualFold(member, "PropertyListName"):
			v, err := r.optionalScalar()
			name = v.text
			l.name = listNames.of(strings.TrimSpace(v.text))
			return err
		case strings.EqualFold(member, "Values"):
			return r.each(func() error {
				v, err := r.optionalScalar()
				if v.kind > kindNull {
					l.values = append(l.values, v)
				}
				return err
			})
		default:
			return r.pass(member)
		}
	})
	if err != nil {
		return err
	}
	if l.name != 0 {
		to.lists = append(to.lists, l)
	} else if isSecret(strings.ToLower(name)) && len(l.values) > 0 {
		return r.secret(name)
	}
	return nil
}

// optionalScalar takes a scalar, and passes over anything else.
func (r *reader) optionalScalar() (value, error) {
	if c := r.next(); c == '{' || c == '[' {
		return value{}, r.skip()
	}
	return r.scalar()
}
