package designfile

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// value is a value of the file with its place: a scalar (nil, string, bool or int64), a
// list or an object.
type value struct {
	at     place
	scalar any
	list   []*value
	fields map[string]*value // of an object or a map
}

// plain returns the value as a tree of nil, string, bool, int64, []any and
// map[string]any, which model.Decode reads.
func (v *value) plain() any {
	switch {
	case v == nil:
		return nil
	case v.fields != nil:
		return plainFields(v.fields)
	case v.list != nil:
		list := make([]any, len(v.list))
		for i, element := range v.list {
			list[i] = element.plain()
		}
		return list
	default:
		return v.scalar
	}
}

func plainFields(fields map[string]*value) map[string]any {
	tree := make(map[string]any, len(fields))
	for name, field := range fields {
		tree[name] = field.plain()
	}
	return tree
}

// isNull reports whether there is no value, or one that says so.
func (v *value) isNull() bool {
	return v == nil || v.scalar == nil && v.list == nil && v.fields == nil
}

// find returns the place of the deepest value along a path.
func (v *value) find(path []string) place {
	at := v.at
	for _, step := range path {
		next := v.fields[step]
		if i, err := strconv.Atoi(step); err == nil && v.list != nil && i >= 0 && i < len(v.list) {
			next = v.list[i]
		}
		if next == nil {
			at.element = child(at.element, step)
			return at
		}
		v, at = next, next.at
	}
	return at
}

// merged returns an object with what it leaves open taken from its defaults: arguments
// one by one, those of nested objects too; lists and maps are taken whole. Null in the
// object stands: it says that the default does not apply.
func merged(object *value, schema *Object, defaults ...*value) *value {
	result := &value{at: object.at, fields: maps.Clone(object.fields)}
	for _, d := range defaults {
		if d == nil {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(d.fields)) {
			own, given := result.fields[name]
			a := schema.Attributes[name]
			switch {
			case !given:
				result.fields[name] = d.fields[name]
			case own.fields != nil && d.fields[name].fields != nil && a.Kind == Nested:
				result.fields[name] = merged(own, a.Object, d.fields[name])
			}
		}
	}
	return result
}

// object reads an object of a schema.
func (r *reader) object(n *yaml.Node, at place, schema *Object, complete bool) *value {
	entries, ok := r.entries(n, at.element, fmt.Sprintf("%s: { %s }", lastName(at.element), exampleWith(schema, follow(n))))
	if !ok {
		return nil
	}
	return r.fill(entries, at, schema, complete)
}

// fill reads the arguments of an object of a schema. What the schema does not have is
// reported; an object that stands for defaults need not be complete.
func (r *reader) fill(entries []entry, at place, schema *Object, complete bool) *value {
	result := &value{at: at, fields: map[string]*value{}}
	names := slices.Sorted(maps.Keys(schema.Attributes))
	valid := names
	if schema == r.server {
		valid = r.serverKeys()
	}
	tried := map[string]bool{}
	for i, e := range entries {
		attribute, ok := schema.Attributes[e.key]
		if !ok && i > 0 && r.thousands(entries[i-1], e) {
			continue
		}
		if !ok {
			near := r.unexpected(e, valid)
			for _, name := range near {
				tried[name] = true
			}
			continue
		}
		read := r.value(e.value, e.at, attribute, complete)
		if read != nil {
			result.fields[e.key] = read
		}
		tried[e.key] = read == nil
	}
	for _, name := range names {
		if complete && schema.Attributes[name].Required && result.fields[name].isNull() && !tried[name] {
			r.add(at, fmt.Sprintf("Add it: %s.", example(name, schema.Attributes[name])), "%s is missing.", name)
		}
	}
	return result
}

var threeDigits = regexp.MustCompile(`^[0-9]{3}$`)

// thousands reports a number that a comma inside braces ended: { windows: 3,000 }.
func (r *reader) thousands(before, e entry) bool {
	number := follow(before.value)
	if !threeDigits.MatchString(e.key) || !isNull(follow(e.value)) || number.Kind != yaml.ScalarNode || !decimal.MatchString(number.Value) {
		return false
	}
	at := place{number.Line, number.Column, before.at.element}
	r.add(at, fmt.Sprintf("Write it without one: %s: %s%s.", before.key, number.Value, e.key), "The comma in %s,%s separates two keys, and not thousands.", number.Value, e.key)
	return true
}

// lastName is the name of an element without those that it is in.
func lastName(element string) string {
	if strings.HasSuffix(element, `"]`) {
		if name, err := strconv.Unquote(element[strings.LastIndex(element, "[")+1 : len(element)-1]); err == nil {
			return name
		}
	}
	return element[strings.LastIndex(element, ".")+1:]
}

// value reads a value of a kind, nil with a problem when it is of another one.
func (r *reader) value(n *yaml.Node, at place, a *Attribute, complete bool) *value {
	written := place{n.Line, n.Column, at.element}
	n = follow(n)
	if isNull(n) {
		return &value{at: at}
	}
	r.untagged(n, written)
	name := lastName(at.element)
	switch a.Kind {
	case Nested:
		return r.object(n, at, a.Object, complete)
	case List:
		return r.listOf(n, written, name, a, complete)
	case Map:
		result := &value{at: at, fields: map[string]*value{}}
		entries, ok := r.entries(n, at.element, exampleOfMap(name, a, n))
		if !ok {
			return nil
		}
		for _, e := range entries {
			key := e.key
			if a.Host {
				key = r.fullName(key)
			}
			if read := r.value(e.value, e.at, a.Element, complete); read != nil {
				result.fields[key] = read
			}
		}
		return result
	default:
		return r.scalar(n, written, name, a)
	}
}

func (r *reader) listOf(n *yaml.Node, at place, name string, a *Attribute, complete bool) *value {
	if n.Kind != yaml.SequenceNode {
		fix := fmt.Sprintf("Write it in brackets: %s.", example(name, a))
		switch {
		case n.Kind == yaml.ScalarNode:
			fix = fmt.Sprintf("Write it in brackets: %s: [%s].", name, n.Value)
		case n.Kind == yaml.MappingNode && a.Element.Kind != Nested && len(n.Content) > 0:
			var keys []string
			for i := 0; i < len(n.Content); i += 2 {
				keys = append(keys, follow(n.Content[i]).Value)
			}
			fix = fmt.Sprintf("Write it in brackets: %s: [%s].", name, strings.Join(keys, ", "))
		}
		r.add(at, fix, "A list is required here, not %s.", describe(n))
		return nil
	}
	result := &value{at: at, list: []*value{}}
	for i, item := range n.Content {
		element := place{item.Line, item.Column, fmt.Sprintf("%s[%d]", at.element, i)}
		if isNull(follow(item)) {
			r.add(element, "Write the value, or remove the comma or dash.", "An item of the list is empty.")
			continue
		}
		if read := r.value(item, element, a.Element, complete); read != nil {
			result.list = append(result.list, read)
		}
	}
	return result
}

var decimal = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,14})$`)

func (r *reader) scalar(n *yaml.Node, at place, name string, a *Attribute) *value {
	if n.Kind != yaml.ScalarNode {
		kind := map[Kind]string{String: "A text", Bool: "true or false", Integer: "A number"}[a.Kind]
		r.add(at, fmt.Sprintf("Write it as %s.", cmp.Or(oneInside(name, a, n), example(name, a))), "%s is required here, not %s.", kind, describe(n))
		return nil
	}
	text := n.Value
	switch a.Kind {
	case Bool:
		switch {
		case isPlain(n) && n.ShortTag() == "!!bool":
			return &value{at: at, scalar: strings.EqualFold(text, "true")}
		case slices.Contains([]string{"yes", "y", "on", "1", "true"}, strings.ToLower(text)):
			r.add(at, fmt.Sprintf("Write %s: true.", name), "true or false is required here, not %s.", describe(n))
		case slices.Contains([]string{"no", "n", "off", "0", "false"}, strings.ToLower(text)):
			r.add(at, fmt.Sprintf("Write %s: false.", name), "true or false is required here, not %s.", describe(n))
		default:
			r.add(at, fmt.Sprintf("Write %s: true or %s: false.", name, name), "true or false is required here, not %s.", describe(n))
		}
		return nil
	case Integer:
		if isPlain(n) && decimal.MatchString(text) {
			number, _ := strconv.ParseInt(text, 10, 64)
			return &value{at: at, scalar: number}
		}
		if isPlain(n) && anyDecimal.MatchString(text) {
			r.add(at, fmt.Sprintf("Write the number that is meant in %s: one of at most 15 digits.", name), "The number %s is too large.", text)
			return nil
		}
		fix := fmt.Sprintf("Write it as %s.", example(name, a))
		if number, ok := meantNumber(text); ok {
			fix = fmt.Sprintf("Write it as %s: %d.", name, number)
		}
		r.add(at, fix, "A whole number in plain digits is required here, not %s.", describe(n))
		return nil
	default:
		if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			text = strings.TrimRight(text, "\n")
		}
		if a.Host {
			text = r.fullName(text)
		}
		return &value{at: at, scalar: text}
	}
}

// oneInside returns an argument with the one value that a list or an object holds.
func oneInside(name string, a *Attribute, n *yaml.Node) string {
	if n.Kind == yaml.SequenceNode && len(n.Content) != 1 || n.Kind == yaml.MappingNode && len(n.Content) != 2 {
		return ""
	}
	inside := follow(n.Content[len(n.Content)-1])
	if inside.Kind != yaml.ScalarNode || isNull(inside) || a.Kind != String && !isPlain(inside) {
		return ""
	}
	return fmt.Sprintf("%s: %s", name, inside.Value)
}

// anyDecimal is a whole number of any size in plain digits.
var anyDecimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)

var groupsOfThree = regexp.MustCompile(`^[1-9][0-9]{0,2}(\.[0-9]{3})+$`)

// meantNumber reads a number that is written in another way than a design has it.
func meantNumber(text string) (int64, bool) {
	text = strings.NewReplacer("_", "", ",", "", "'", "", " ", "").Replace(text)
	if groupsOfThree.MatchString(text) { // as many countries write thousands
		text = strings.ReplaceAll(text, ".", "")
	}
	if number, err := strconv.ParseInt(strings.TrimLeft(text, "+0"), 10, 64); err == nil {
		return number, true
	}
	if number, err := strconv.ParseInt(text, 0, 64); err == nil {
		return number, true
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil && number == math.Trunc(number) && math.Abs(number) < 1<<53 {
		return int64(number), true
	}
	return 0, false
}

// fullName completes the name of a computer that stands without a domain.
func (r *reader) fullName(name string) string {
	if r.dnsSuffix == "" || strings.TrimSpace(name) == "" || strings.Contains(name, ".") {
		return name
	}
	return name + "." + r.dnsSuffix
}

// judge reports what the check of a schema says about an object of the file.
func (r *reader) judge(object *value, schema *Object) {
	if schema.Check == nil {
		return
	}
	for _, invalid := range schema.Check(plainFields(object.fields)) {
		reason, fix := splitAdvice(invalid.Text)
		if fix == "" {
			fix = "Correct the value."
		}
		r.add(object.find(invalid.Path), fix, "%s", reason)
	}
}

var sentenceEnd = regexp.MustCompile(`[.!?] +[A-Z"]`)

// splitAdvice parts what is wrong, the first sentence, from what to do.
func splitAdvice(text string) (reason, fix string) {
	end := sentenceEnd.FindStringIndex(text)
	if end == nil {
		return text, ""
	}
	return text[:end[0]+1], strings.TrimSpace(text[end[0]+1:])
}

func alternatives(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quote(name)
	}
	return strings.Join(quoted, " or ")
}

func quote(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:57]) + "..."
	}
	return strconv.Quote(s)
}
