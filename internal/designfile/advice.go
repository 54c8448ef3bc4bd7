package designfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

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
	near := product.Nearest(e.key, valid)
	if places := r.belongsTo(e.key); len(places) > 0 && !isNearly(e.key, near) {
		r.add(e.at, fmt.Sprintf("Move it to where it belongs: %s.", strings.Join(places, ", or ")), "%s is not expected here.", quote(e.key))
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

// belongsTo says where in a design file a key can stand, by the schema.
func (r *reader) belongsTo(key string) []string {
	if slices.Contains(topLevel, key) {
		return []string{"the beginning of a line, without a blank before it"}
	}
	var places []string
	in := func(schema *Object, name string) {
		for _, attribute := range slices.Sorted(maps.Keys(schema.Attributes)) {
			if attribute == key {
				places = append(places, name)
			}
			if nested := schema.Attributes[attribute]; nested.Kind == Nested && attribute != keyParent && nested.Object.Attributes[key] != nil {
				places = append(places, attribute+" of "+name)
			}
		}
	}
	switch key {
	case keySite, keyRoles:
		places = append(places, "a server")
	case keySuffix:
		places = append(places, keyDefaults)
	}
	in(r.schema.Hierarchy, keyHierarchy)
	in(r.schema.Site, "a site")
	in(r.schema.Server, "a server")
	for _, role := range slices.Sorted(maps.Keys(r.schema.Roles)) {
		in(r.schema.Roles[role], role+" under roles")
	}
	if len(places) > 3 {
		places = append(places[:2], "another role that has it")
	}
	return places
}

// exampleOf returns an argument of an object with a value.
func exampleOf(schema *Object) string {
	names := slices.Sorted(maps.Keys(schema.Attributes))
	for _, name := range names {
		if schema.Attributes[name].Required {
			return example(name, schema.Attributes[name])
		}
	}
	for _, name := range names {
		return example(name, schema.Attributes[name])
	}
	return "key: value"
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
