package designfile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// unexpected reports a key that an object does not have, and returns the names that it
// may have meant: the nearest ones, or none where the key belongs somewhere else.
func (r *reader) unexpected(e entry, valid []string) []string {
	if e.key == keySiteCode && slices.Contains(valid, "site_server") {
		r.add(e.at, "Remove it, and use the code as the key of the site, as in sites: { PS1: ... }.", "A site has no key site_code: its own key is its code.")
		return nil
	}
	if key, missing, found := strings.Cut(e.key, ":"); found && isNull(follow(e.value)) && slices.Contains(valid, key) {
		r.add(e.at, fmt.Sprintf("Write %s: %s.", key, missing), "There is no blank after the colon in %s, so that it is one long key.", quote(e.key))
		return []string{key}
	}
	if role, ok := product.RoleByKey(e.key); ok && slices.Contains(valid, keyRoles) {
		fix := fmt.Sprintf("Put it under roles: roles: { %s: ... }.", e.key)
		if !role.Assignable() {
			fix = inYAML.Replace(role.Instead)
		}
		r.add(e.at, fix, "%s is a role, and roles stand under roles.", quote(e.key))
		return nil
	}
	near := product.Nearest(e.key, valid)
	exact := r.belongsTo(e.key)
	if places := exact.list(r.rolesHere); len(places) > 0 && !isNearly(e.key, near) {
		fix := fmt.Sprintf("Move it to where it belongs: %s.", strings.Join(places, ", or "))
		switch longer, here := r.longer(e.key); {
		case here && len(exact.places) == 0 && !exact.has(r.rolesHere):
			fix = fmt.Sprintf("Write it as the role of this server has it: %s.", strings.Join(longer, ", or "))
		case len(longer) > 0:
			fix += fmt.Sprintf(" Or is it %s?", strings.Join(longer, ", or "))
		}
		r.add(e.at, fix, "%s is not expected here.", quote(e.key))
		return nil
	}
	if len(near) > 0 {
		r.add(e.at, fmt.Sprintf("Did you mean %s?", alternatives(near)), "%s is not expected here.", quote(e.key))
		return near
	}
	r.add(e.at, fmt.Sprintf("What can stand here: %s.", strings.Join(valid, ", ")), "%s is not expected here.", quote(e.key))
	return nil
}

// isNearly reports whether a key is the nearest name but for an ending, such as a plural.
func isNearly(key string, near []string) bool {
	return len(near) > 0 && (strings.HasPrefix(near[0], key) && len(near[0])-len(key) <= 2 || strings.HasPrefix(key, near[0]) && len(key)-len(near[0]) <= 2)
}

// whereabouts are the places in a design file that have a key.
type whereabouts struct {
	places []string
	roles  []string            // those that have it as a setting
	nested map[string][]string // those that have it inside a setting, by the setting
}

// has reports whether one of these roles has the key.
func (w *whereabouts) has(here []string) bool {
	isHere := func(role string) bool { return slices.Contains(here, role) }
	for _, roles := range w.nested {
		if slices.ContainsFunc(roles, isHere) {
			return true
		}
	}
	return slices.ContainsFunc(w.roles, isHere)
}

// list names the places. Where the server at hand has roles with the key, other roles are
// left out.
func (w *whereabouts) list(here []string) []string {
	var near, all []string
	in := func(roles []string, format string) {
		if len(roles) == 0 {
			return
		}
		all = append(all, fmt.Sprintf(format, orList(roles)))
		if own := slices.DeleteFunc(slices.Clone(roles), func(role string) bool { return !slices.Contains(here, role) }); len(own) > 0 {
			near = append(near, fmt.Sprintf(format, orList(own)))
		}
	}
	in(w.roles, "%s under roles")
	for _, setting := range slices.Sorted(maps.Keys(w.nested)) {
		in(w.nested[setting], setting+" of %s under roles")
	}
	if len(near) > 0 {
		all = near
	}
	return append(slices.Clone(w.places), all...)
}

// belongsTo says where in a design file a key can stand, by the schema.
func (r *reader) belongsTo(key string) *whereabouts {
	if slices.Contains(topLevel, key) {
		return &whereabouts{places: []string{"the beginning of a line, without a blank before it"}}
	}
	exact := r.find(func(name string) bool { return name == key })
	switch key {
	case keySite, keyRoles:
		exact.places = append(exact.places, "a server")
	case keySuffix:
		exact.places = append(exact.places, keyDefaults)
	}
	return exact
}

// longer lists the arguments whose names end with a key, such as
// database_connection_account for connection_account, with the places that have them: those
// of the roles of the server at hand alone, where these have some.
func (r *reader) longer(key string) (list []string, here bool) {
	if !strings.Contains(key, "_") { // one word is the end of too many
		return nil, false
	}
	ending := "_" + key
	names := map[string]bool{}
	r.find(func(name string) bool {
		names[name] = names[name] || strings.HasSuffix(name, ending)
		return false
	})
	var own []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !names[name] {
			continue
		}
		found := r.find(func(other string) bool { return other == name })
		text := name + " in " + strings.Join(found.list(r.rolesHere), ", or ")
		if list = append(list, text); found.has(r.rolesHere) {
			own = append(own, text)
		}
	}
	if len(own) > 0 {
		return own, true
	}
	return list, false
}

// find returns the places of the keys that match.
func (r *reader) find(matches func(name string) bool) *whereabouts {
	w := &whereabouts{nested: map[string][]string{}}
	in := func(schema *Object, own func(), inside func(setting string)) {
		for _, attribute := range slices.Sorted(maps.Keys(schema.Attributes)) {
			if matches(attribute) {
				own()
			}
			nested := schema.Attributes[attribute]
			if nested.Kind != Nested || attribute == keyParent {
				continue
			}
			for _, key := range slices.Sorted(maps.Keys(nested.Object.Attributes)) {
				if matches(key) {
					inside(attribute)
				}
			}
		}
	}
	place := func(schema *Object, name string) {
		in(schema, func() { w.places = append(w.places, name) }, func(setting string) { w.places = append(w.places, setting+" of "+name) })
	}
	place(r.schema.Hierarchy, keyHierarchy)
	place(r.schema.Site, "a site")
	place(r.schema.Server, "a server")
	for _, role := range slices.Sorted(maps.Keys(r.schema.Roles)) {
		in(r.schema.Roles[role], func() { w.roles = append(w.roles, role) }, func(setting string) { w.nested[setting] = append(w.nested[setting], role) })
	}
	return w
}

// orList joins names: a, b or c.
func orList(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// exampleOf returns an argument of an object with a value.
func exampleOf(schema *Object) string {
	names := slices.Sorted(maps.Keys(schema.Attributes))
	for _, name := range names {
		if schema.Attributes[name].Required {
			return example(name, schema.Attributes[name])
		}
	}
	// What most designs say, before what few do.
	for _, name := range append([]string{"protocol", "windows", "server"}, names...) {
		if a := schema.Attributes[name]; a != nil && !slices.Contains([]string{"accepted_findings", "installed", "unknown"}, name) {
			return example(name, a)
		}
	}
	return "installed: true"
}

// exampleWith returns an argument of an object with the value that stands in its place.
func exampleWith(schema *Object, n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		return exampleOf(schema)
	}
	for _, name := range slices.Sorted(maps.Keys(schema.Attributes)) {
		if slices.Contains(schema.Attributes[name].Values, n.Value) {
			return fmt.Sprintf("%s: %s", name, n.Value)
		}
	}
	if name, _, _ := strings.Cut(exampleOf(schema), ":"); schema.Attributes[name] != nil && schema.Attributes[name].Kind == Integer && decimal.MatchString(n.Value) {
		return fmt.Sprintf("%s: %s", name, n.Value)
	}
	return exampleOf(schema)
}

// example returns an argument with a value that it may have.
func example(name string, a *Attribute) string {
	switch a.Kind {
	case List:
		return fmt.Sprintf("%s: [%s]", name, scalarExample(name, a.Element, a.Host))
	case Map:
		key := "name"
		switch {
		case a.Host:
			key = "cm01.contoso.com"
		case name == "accepted_findings":
			return name + ": { COLO-FSP-DEDICATED: 'lab server, agreed with security' }"
		}
		return fmt.Sprintf("%s: { %s: %s }", name, key, scalarExample(name, a.Element, false))
	case Nested:
		return fmt.Sprintf("%s: { %s }", name, exampleOf(a.Object))
	default:
		return fmt.Sprintf("%s: %s", name, scalarExample(name, a, a.Host))
	}
}

// exampleOfMap returns a map with the keys of the list that stands in its place.
func exampleOfMap(name string, a *Attribute, n *yaml.Node) string {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 || len(n.Content) > 5 || a.Element.Kind == Nested {
		return example(name, a)
	}
	var entries []string
	for i, item := range n.Content {
		if follow(item).Kind != yaml.ScalarNode {
			return example(name, a)
		}
		text := scalarExample(name, a.Element, false)
		switch {
		case a.Element.Kind == Integer:
			text = strconv.Itoa(i + 1)
		case name == "accepted_findings":
			text = "'lab server, agreed with security'"
		}
		entries = append(entries, fmt.Sprintf("%s: %s", follow(item).Value, text))
	}
	return fmt.Sprintf("%s: { %s }", name, strings.Join(entries, ", "))
}

func scalarExample(name string, a *Attribute, host bool) string {
	switch {
	case host:
		return "cm01.contoso.com"
	case a.Kind == Bool:
		return "true"
	case a.Kind == Integer:
		return "1"
	case a.Kind == Nested:
		return fmt.Sprintf("{ %s }", exampleOf(a.Object))
	case len(a.Values) > 0:
		return a.Values[0]
	case name == "name":
		return "Contoso"
	default:
		return "text"
	}
}
