package designfile

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// JSONSchemaVersion is the draft of the JSON Schema: the newest one that the YAML
// support of common editors knows in full.
const JSONSchemaVersion = "http://json-schema.org/draft-07/schema#"

// JSONSchema returns the JSON Schema of a design file as a tree for encoding/json.
//
// It accepts what [Read] accepts. An editor judges what YAML makes of a text, so that a
// string may also be a number or a truth value: the site code 001 is the number 1 to it.
// What needs more than one place of the file, such as a site that is not there, only
// Read reports.
func JSONSchema(s *Schema) map[string]any {
	roles := map[string]any{}
	for _, role := range product.AssignableRoles() {
		known, _ := product.RoleByKey(role)
		description := "The settings of the " + known.Name + "."
		all := &Object{Description: description, Attributes: maps.Clone(s.Assignment.Attributes)}
		if settings := s.Roles[role]; settings != nil {
			maps.Copy(all.Attributes, settings.Attributes)
		}
		roles[role] = orNull(objectSchema(all, true))
	}
	site := objectSchema(s.Site, true)
	if parent := s.Site.Attributes[keyParent]; parent != nil {
		site["properties"].(map[string]any)[keyParent] = map[string]any{
			"description": "The code of the parent site in this file, or an object with the arguments of a site that is designed elsewhere. A stand-alone or " +
				"top-level site has none.",
			"anyOf": []any{text(), objectSchema(parent.Object, true), null()},
		}
	}
	server := objectSchema(without(s.Server, keyFQDN), true)
	server["properties"].(map[string]any)[keySite] = described(text(), "The code of the site that the server belongs to, as under sites.")
	server["properties"].(map[string]any)[keyRoles] = map[string]any{
		"description": "The roles of the server: a list, or keys with the settings of each role.",
		"anyOf": []any{
			map[string]any{"type": "array", "items": map[string]any{"enum": texts(product.AssignableRoles())}, "uniqueItems": true},
			reference("roles"),
			null(),
		},
	}
	server["required"] = []any{keySite}

	types := map[string]any{keyEvery: orNull(reference("site_defaults"))}
	for _, siteType := range product.SiteTypes() {
		types[siteType] = types[keyEvery]
	}
	return map[string]any{
		"$schema":              JSONSchemaVersion,
		"title":                "Design of a Configuration Manager hierarchy",
		"type":                 "object",
		"additionalProperties": false,
		"required":             []any{keySites},
		"properties": map[string]any{
			keySites: map[string]any{
				"description":          "The sites of the hierarchy. The key of a site is its code, three letters or digits.",
				"type":                 "object",
				"minProperties":        1,
				"additionalProperties": reference("site"),
			},
			keyServers: orNull(map[string]any{
				"description":          "The site system servers. The key of a server is its name: the full name, or one that dns_suffix completes.",
				"type":                 "object",
				"additionalProperties": reference("server"),
			}),
			keyHierarchy: orNull(objectSchema(s.Hierarchy, true)),
			keyDefaults: orNull(map[string]any{
				"description":          "What elements have unless they say otherwise. The nearest wins: the element itself, then the kind, then every.",
				"type":                 "object",
				"additionalProperties": false,
				"properties": map[string]any{
					keySuffix: described(text(), "The domain that completes each name of a computer without a dot, such as contoso.com."),
					keySites: orNull(map[string]any{
						"description":          "Defaults of sites, by site type, and of every site.",
						"type":                 "object",
						"additionalProperties": false,
						"properties":           types,
					}),
					keyServers: orNull(map[string]any{
						"description":          "Defaults of servers, by the code of their site, and of every server.",
						"type":                 "object",
						"additionalProperties": orNull(reference("server_defaults")),
					}),
					keyRoles: described(orNull(reference("roles")), "Defaults of roles, by role."),
				},
			}),
		},
		"definitions": map[string]any{
			"site":            site,
			"site_defaults":   objectSchema(shared(s.Site, keyParent), false),
			"server":          server,
			"server_defaults": objectSchema(shared(s.Server), false),
			"roles":           map[string]any{"type": "object", "additionalProperties": false, "properties": roles},
		},
	}
}

// objectSchema is the JSON Schema of an object; one that stands for defaults need not be
// complete.
func objectSchema(o *Object, complete bool) map[string]any {
	properties := map[string]any{}
	var required []any
	for _, name := range slices.Sorted(maps.Keys(o.Attributes)) {
		a := o.Attributes[name]
		schema := attributeSchema(a, complete)
		if complete && a.Required {
			required = append(required, name)
		} else {
			schema = orNull(schema)
		}
		properties[name] = described(schema, a.Description)
	}
	schema := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	return described(schema, o.Description)
}

func attributeSchema(a *Attribute, complete bool) map[string]any {
	switch a.Kind {
	case Bool:
		return map[string]any{"type": "boolean"}
	case Integer:
		return map[string]any{"type": "integer"}
	case List:
		return map[string]any{"type": "array", "items": attributeSchema(a.Element, complete)}
	case Map:
		// A null in a map has a meaning where the values are scalars, such as no priority.
		return map[string]any{"type": "object", "additionalProperties": orNull(attributeSchema(a.Element, complete))}
	case Nested:
		return objectSchema(a.Object, complete)
	default:
		if len(a.Values) > 0 {
			return map[string]any{"enum": texts(a.Values)}
		}
		return text()
	}
}

// text is a string as an editor sees it.
func text() map[string]any {
	return map[string]any{"type": []any{"string", "number", "boolean"}}
}

func null() map[string]any { return map[string]any{"type": "null"} }

func reference(definition string) map[string]any {
	return map[string]any{"$ref": "#/definitions/" + definition}
}

// orNull returns a schema that accepts null too.
func orNull(schema map[string]any) map[string]any {
	nullable := maps.Clone(schema)
	switch kind := schema["type"].(type) {
	case string:
		nullable["type"] = []any{kind, "null"}
	case []any:
		if !slices.Contains(kind, "null") {
			nullable["type"] = append(slices.Clone(kind), "null")
		}
	default:
		if values, ok := schema["enum"].([]any); ok {
			nullable["enum"] = append(slices.Clone(values), nil)
			return nullable
		}
		return map[string]any{"anyOf": []any{schema, null()}}
	}
	return nullable
}

// described returns a schema with a description, which editors show as plain text. The
// descriptions of the provider are Markdown and escape backslashes, as HCL does.
func described(schema map[string]any, description string) map[string]any {
	if description == "" {
		return schema
	}
	result := maps.Clone(schema)
	result["description"] = plainText.Replace(description)
	return result
}

// texts lists the values of a vocabulary. One in digits, such as the SQL Server version
// 2019, is a number to an editor.
func texts(values []string) []any {
	var list []any
	for _, v := range values {
		list = append(list, v)
		if number, err := strconv.Atoi(v); err == nil {
			list = append(list, number)
		}
	}
	return list
}

var plainText = strings.NewReplacer("`", "", `\\`, `\`)
