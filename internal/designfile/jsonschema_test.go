package designfile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/designfile"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider"
)

// editor judges a file as an editor does: by the JSON Schema, with what YAML makes of
// the text.
type editor struct{ schema *jsonschema.Schema }

func newEditor(t *testing.T) editor {
	t.Helper()
	text, err := json.Marshal(designfile.JSONSchema(provider.DesignSchema()))
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("design.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("design.schema.json")
	if err != nil {
		t.Fatalf("the schema is not one: %v", err)
	}
	return editor{schema}
}

func (e editor) judge(t *testing.T, text string) error {
	t.Helper()
	var content any
	if err := yaml.Unmarshal([]byte(text), &content); err != nil {
		t.Fatalf("not YAML: %v\n%s", err, text)
	}
	return e.schema.Validate(asJSON(content))
}

// asJSON turns what YAML makes of a text into what JSON can hold.
func asJSON(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			v[key] = asJSON(v[key])
		}
		return v
	case map[any]any:
		object := map[string]any{}
		for key := range v {
			object[fmt.Sprint(key)] = asJSON(v[key])
		}
		return object
	case []any:
		for i := range v {
			v[i] = asJSON(v[i])
		}
		return v
	case time.Time:
		return v.Format(time.DateOnly)
	default:
		return v
	}
}

func TestEditorSeesMistakes(t *testing.T) {
	e := newEditor(t)
	right, mistakes := readMistakes(t)
	if err := e.judge(t, right); err != nil {
		t.Fatalf("the right design is refused: %v", err)
	}
	seen := 0
	for _, m := range mistakes {
		text := m.text(t, right)
		var content any
		if yaml.Unmarshal([]byte(text), &content) != nil {
			if m.Editor {
				t.Errorf("%s: an editor sees no more of what is not YAML", m.Name)
			}
			continue
		}
		if err := e.schema.Validate(asJSON(content)); (err != nil) != m.Editor {
			t.Errorf("%s: the table says editor: %v, the schema says %v", m.Name, m.Editor, err)
		}
		if m.Editor {
			seen++
		}
	}
	if seen < 20 {
		t.Errorf("an editor sees %d of the mistakes", seen)
	}
}

// use is one place of a design at which an argument can stand.
type use struct {
	name      string
	attribute *designfile.Attribute
	// design is the text around "NAME: VALUE" of the argument.
	design func(argument string) string
}

// uses returns every argument of the schema, with a design around each.
func uses(s *designfile.Schema) []use {
	var all []use
	var in func(prefix string, o *designfile.Object, design func(string) string)
	in = func(prefix string, o *designfile.Object, design func(string) string) {
		for _, name := range slices.Sorted(maps.Keys(o.Attributes)) {
			a := o.Attributes[name]
			all = append(all, use{prefix + name, a, design})
			switch {
			case a.Kind == designfile.Nested:
				in(prefix+name+".", a.Object, func(argument string) string { return design(name + ": { " + argument + " }") })
			case a.Kind == designfile.Map && a.Element.Kind == designfile.Nested:
				in(prefix+name+".x.", a.Element.Object, func(argument string) string { return design(name + ": { x: { " + argument + " } }") })
			}
		}
	}
	const site = "site_type: primary, name: Contoso, site_server: cm01.contoso.com"
	optional := func(o *designfile.Object, except ...string) *designfile.Object {
		lighter := &designfile.Object{Attributes: maps.Clone(o.Attributes)}
		maps.DeleteFunc(lighter.Attributes, func(name string, a *designfile.Attribute) bool { return a.Required || slices.Contains(except, name) })
		return lighter
	}
	in("sites.", optional(s.Site, "parent"), func(argument string) string {
		return "sites: { PS1: { " + site + ", " + argument + " } }\n"
	})
	in("servers.", optional(s.Server), func(argument string) string {
		return "sites: { PS1: { " + site + " } }\nservers: { mp01.contoso.com: { site: PS1, " + argument + " } }\n"
	})
	in("hierarchy.", optional(s.Hierarchy), func(argument string) string {
		return "sites: { PS1: { " + site + " } }\nhierarchy: { " + argument + " }\n"
	})
	for _, role := range product.AssignableRoles() {
		settings := &designfile.Object{Attributes: maps.Clone(s.Assignment.Attributes)}
		if s.Roles[role] != nil {
			maps.Copy(settings.Attributes, s.Roles[role].Attributes)
		}
		in("roles."+role+".", settings, func(argument string) string {
			return "sites: { PS1: { " + site + " } }\nservers: { mp01.contoso.com: { site: PS1, roles: { " + role + ": { " + argument + " } } } }\n"
		})
		in("defaults.roles."+role+".", settings, func(argument string) string {
			return "sites: { PS1: { " + site + " } }\ndefaults: { roles: { " + role + ": { " + argument + " } } }\n"
		})
	}
	in("defaults.sites.", optional(s.Site, "parent"), func(argument string) string {
		return "sites: { PS1: { " + site + " } }\ndefaults: { sites: { every: { " + argument + " } } }\n"
	})
	in("defaults.servers.", optional(s.Server), func(argument string) string {
		return "sites: { PS1: { " + site + " } }\ndefaults: { servers: { PS1: { " + argument + " } } }\n"
	})
	return all
}

// Every argument is accepted by both with a value of its kind, and refused by both under
// a misspelt name and with a value of another kind.
func TestSchemaAndReaderAgree(t *testing.T) {
	schema, e := provider.DesignSchema(), newEditor(t)
	all := uses(schema)
	if len(all) < 400 {
		t.Fatalf("there are %d arguments", len(all))
	}
	accept := func(u use, text string) bool {
		_, problems := designfile.Read(text, schema)
		if len(problems) == 0 {
			if err := e.judge(t, text); err != nil {
				t.Errorf("%s: the reader accepts what the schema refuses:\n%s%v", u.name, text, err)
			}
		}
		return len(problems) == 0
	}
	refuse := func(u use, text string) {
		if _, problems := designfile.Read(text, schema); len(problems) != 1 {
			t.Errorf("%s: the reader has %d problems with\n%s%q", u.name, len(problems), text, problems)
		}
		if e.judge(t, text) == nil {
			t.Errorf("%s: the schema accepts\n%s", u.name, text)
		}
	}
	for _, u := range all {
		name := u.name[strings.LastIndex(u.name, ".")+1:]
		given := false
		for _, value := range valuesFor(name, u.attribute) {
			given = accept(u, u.design(name+": "+value)) || given
		}
		if !given {
			t.Errorf("%s: no value is accepted", u.name)
		}
		accept(u, u.design(name+": null"))
		refuse(u, u.design(name+"_x: "+valuesFor(name, u.attribute)[0]))
		for _, wrong := range wrongFor(u.attribute) {
			refuse(u, u.design(name+": "+wrong))
		}
	}
	t.Logf("%d arguments", len(all))
}

// valuesFor returns values of the kind of an argument, of which at least one is right.
func valuesFor(name string, a *designfile.Attribute) []string {
	switch a.Kind {
	case designfile.Bool:
		return []string{"true"}
	case designfile.Integer:
		return []string{"1", "200"}
	case designfile.List:
		var values []string
		for _, value := range valuesFor("", a.Element) {
			values = append(values, "["+value+"]")
		}
		return append(values, "[]")
	case designfile.Map:
		if name == "accepted_findings" {
			return []string{"{ COLO-FSP-DEDICATED: agreed }"}
		}
		return []string{"{ x.contoso.com: " + valuesFor("", a.Element)[0] + " }"}
	case designfile.Nested:
		return []string{"{}"}
	}
	if len(a.Values) > 0 {
		return a.Values
	}
	return []string{"x.contoso.com", "001", "true", "2603", "2026-12-31", `'\\fs01.contoso.com\Share'`, `'D:\ConfigMgr'`, "10.1.26100.1", "Web-Metabase"}
}

// wrongFor returns values of other kinds than that of an argument.
func wrongFor(a *designfile.Attribute) []string {
	switch a.Kind {
	case designfile.Bool:
		return []string{"'true'", "yes", "1", "[true]", "{ a: b }"}
	case designfile.Integer:
		return []string{"'1'", "many", "1.5", "[1]", "{ a: b }"}
	case designfile.List:
		return []string{"text", "{ a: b }", "[[a]]"}
	case designfile.Map:
		return []string{"text", "[a]"}
	case designfile.Nested:
		return []string{"text", "[a]", "{ no_such_argument: 1 }"}
	}
	if len(a.Values) > 0 {
		return []string{"no_such_value", "[" + a.Values[0] + "]", "{ a: b }"}
	}
	return []string{"[text]", "{ a: b }"}
}
