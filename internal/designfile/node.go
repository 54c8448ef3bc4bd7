package designfile

import (
	"cmp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// isNull reports whether a node says that there is no value.
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && isPlain(n) && n.ShortTag() == "!!null"
}

// isPlain reports whether a scalar stands without quotes.
func isPlain(n *yaml.Node) bool {
	return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

// follow returns the node that an alias stands for.
func follow(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	return n
}

// entry is one key of a mapping with its value.
type entry struct {
	key   string
	at    place // of the key
	value *yaml.Node
}

// largestMerge is how many keys the merge keys of one mapping may bring together. A file
// of a few lines can ask for billions.
const largestMerge = 10_000

// entries returns the keys of a mapping in their order, those of merge keys last. It
// reports keys that occur twice, and what is not a mapping.
func (r *reader) entries(n *yaml.Node, element, example string) (list []entry, ok bool) {
	n = follow(n)
	at := place{n.Line, n.Column, cmp.Or(element, "the file")}
	if n.Kind != yaml.MappingNode {
		fix := "Write it as keys with values: " + example + "."
		switch {
		case n.Kind == yaml.SequenceNode:
			fix = "Write it as keys with values, without dashes and brackets: " + example + "."
		case assignment.MatchString(n.Value):
			fix = "Write a colon in place of the equals sign, as in " + example + "."
		case n.Kind == yaml.ScalarNode && strings.Contains(n.Value, ":"):
			fix = "Put a blank after each colon, as in " + example + "."
		}
		r.add(at, fix, "Keys with values are required here, not %s.", describe(n))
		return nil, false
	}
	r.untagged(n, at)
	seen := map[string]int{}
	budget := largestMerge
	r.collect(n, element, &list, seen, nil, &budget)
	if budget < 0 {
		r.add(at, "Write the keys out, or say them once in defaults.", "The merge keys (<<) of this element bring together more than %d keys.", largestMerge)
		return nil, false
	}
	return list, true
}

// collect adds the keys of a mapping; stack holds the mappings that it is merged into.
func (r *reader) collect(n *yaml.Node, element string, list *[]entry, seen map[string]int, stack []*yaml.Node, budget *int) {
	var merged []*yaml.Node
	own := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if len(stack) > 0 { // what the mapping has itself stands in the file
			*budget--
		}
		if *budget < 0 {
			return
		}
		key, value := follow(n.Content[i]), n.Content[i+1]
		at := place{n.Content[i].Line, n.Content[i].Column, cmp.Or(element, "the file")}
		if key.Kind != yaml.ScalarNode {
			r.add(at, "Write one word before the colon.", "A key is one word, not %s.", describe(key))
			continue
		}
		if key.Value == "<<" && isPlain(key) {
			merged = append(merged, value)
			continue
		}
		if line, twice := own[key.Value]; twice {
			at.element = child(element, key.Value)
			r.add(at, "Keep one of the two and put everything about it there.", "The key %q stands here a second time; the first is in line %d.", key.Value, line)
			continue
		}
		own[key.Value] = n.Content[i].Line
		if _, covered := seen[key.Value]; covered {
			continue // what stands nearer wins over what is merged
		}
		seen[key.Value] = n.Content[i].Line
		at.element = child(element, key.Value)
		*list = append(*list, entry{key.Value, at, value})
	}
	for _, value := range merged {
		r.merge(value, element, list, seen, append(stack, n), budget)
	}
}

// merge adds what a merge key stands for: a mapping, or a list of mappings.
func (r *reader) merge(value *yaml.Node, element string, list *[]entry, seen map[string]int, stack []*yaml.Node, budget *int) {
	at := place{value.Line, value.Column, cmp.Or(element, "the file")}
	value = follow(value)
	for _, outer := range stack {
		if outer == value {
			r.add(at, "Remove the merge key.", "The merge key (<<) takes over the element that it stands in.")
			return
		}
	}
	switch value.Kind {
	case yaml.MappingNode:
		r.collect(value, element, list, seen, stack, budget)
	case yaml.SequenceNode:
		for _, item := range value.Content {
			if *budget--; *budget < 0 {
				return
			}
			if follow(item).Kind != yaml.MappingNode {
				r.add(place{item.Line, item.Column, at.element}, "Merge what is marked with & somewhere above: <<: *name.", "A merge key (<<) takes over keys with values, not %s.", describe(follow(item)))
				continue
			}
			r.merge(item, element, list, seen, stack, budget)
		}
	default:
		r.add(at, "Merge what is marked with & somewhere above: <<: *name.", "A merge key (<<) takes over keys with values, not %s.", describe(value))
	}
}

// untagged reports a tag: the kind of a value follows from where it stands.
func (r *reader) untagged(n *yaml.Node, at place) bool {
	if n.Style&yaml.TaggedStyle == 0 || n.ShortTag() == "!!str" {
		return true
	}
	r.add(at, "Write the value without it.", "The tag %s is not read: what kind of value it is follows from the key.", n.ShortTag())
	return false
}

// describe says what a node is, as the object of a sentence.
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "keys with values"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n):
		return "nothing"
	case !isPlain(n):
		return "the quoted text " + quote(n.Value)
	case n.ShortTag() == "!!bool":
		return "the truth value " + n.Value
	case n.ShortTag() == "!!int", n.ShortTag() == "!!float":
		return "the number " + n.Value
	default:
		return "the text " + quote(n.Value)
	}
}
