package designfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// roles reads the roles of a server, a list of roles or a map with their settings, and
// returns the arguments of the role assignments by role.
func (r *reader) roles(e entry) map[string]map[string]any {
	assignments := map[string]map[string]any{}
	n := follow(e.value)
	switch n.Kind {
	case yaml.MappingNode:
		entries, _ := r.entries(n, e.at.element, "management_point: { protocol: https }")
		for i, role := range entries {
			if i > 0 && r.belowRole(entries[:i], role) {
				continue
			}
			if r.isRole(role.key, role.at) {
				assignments[role.key] = r.assignment(role)
			}
		}
	case yaml.SequenceNode:
		lines := map[string]int{}
		for i, item := range n.Content {
			at := place{item.Line, item.Column, fmt.Sprintf("%s[%d]", e.at.element, i)}
			item = follow(item)
			switch {
			case item.Kind == yaml.MappingNode:
				r.add(at, "Write all roles of the server as keys, without dashes and brackets: roles: { management_point: { protocol: https }, distribution_point: }.", "A list of roles has no settings.")
			case item.Kind != yaml.ScalarNode || isNull(item):
				r.add(at, "Write the key of a role, as in roles: [management_point].", "A role is required here, not %s.", describe(item))
			case lines[item.Value] != 0:
				r.add(at, "Remove one of them: a server has a role once.", "The role %s stands here a second time.", item.Value)
			case r.isRole(item.Value, at):
				lines[item.Value] = item.Line
				r.untagged(item, at)
				assignments[item.Value] = r.assignment(entry{key: item.Value, at: at})
			}
		}
	default:
		at := place{e.value.Line, e.value.Column, e.at.element}
		fix := "Write them in brackets: roles: [management_point, distribution_point]."
		if n.Kind == yaml.ScalarNode {
			fix = fmt.Sprintf("Write them in brackets: roles: [%s].", strings.Join(strings.FieldsFunc(n.Value, func(c rune) bool { return c == ',' || c == ' ' || c == ';' }), ", "))
		}
		r.add(at, fix, "A list of roles is required here, not %s.", describe(n))
	}
	return assignments
}

// belowRole reports a setting that stands as deep as its role.
func (r *reader) belowRole(before []entry, e entry) bool {
	if _, ok := product.RoleByKey(e.key); ok {
		return false
	}
	for _, owner := range slices.Backward(before) {
		if role, ok := product.RoleByKey(owner.key); ok && role.Assignable() && r.assignmentSchema(owner.key).Attributes[e.key] != nil {
			r.notIndented(owner, e)
			return true
		}
	}
	return false
}

// rolesOf returns what stands as roles of a server, right or wrong.
func rolesOf(e *entry) []string {
	if e == nil {
		return nil
	}
	n := follow(e.value)
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	var roles []string
	for i := 0; i < len(n.Content); i += step {
		roles = append(roles, follow(n.Content[i]).Value)
	}
	return roles
}

// isRole reports what is wrong with the key of a role.
func (r *reader) isRole(key string, at place) bool {
	role, ok := product.RoleByKey(key)
	switch {
	case !ok:
		fix := fmt.Sprintf("The roles are: %s.", strings.Join(product.AssignableRoles(), ", "))
		if near := product.NearestRoles(key); len(near) > 0 {
			fix = fmt.Sprintf("Did you mean %s?", alternatives(near))
		}
		r.add(at, fix, "There is no role %s.", quote(key))
		return false
	case !role.Assignable():
		r.add(at, inYAML.Replace(role.Instead), "The role %s (%s) cannot be assigned to a server.", key, role.Name)
		return false
	}
	return true
}

// inYAML turns what the catalog of roles advises for a configuration into what a design
// file has.
var inYAML = strings.NewReplacer(
	"Declare a configmgr_site_system_server", "List the server under servers",
	" block of the configmgr_site", " of the site", "the configmgr_site", "the site", "the configmgr_hierarchy", "hierarchy",
	" block", "", " = ", ": ",
)

// assignment reads the settings of a role, and what else is said of its assignment.
func (r *reader) assignment(e entry) map[string]any {
	schema := r.assignmentSchema(e.key)
	own := &value{at: e.at, fields: map[string]*value{}}
	if e.value != nil && !isNull(follow(e.value)) {
		if own = r.object(e.value, e.at, schema, true); own == nil {
			return map[string]any{}
		}
		r.judgeRole(e.key, own)
	}
	return r.split(e.key, plainFields(merged(own, schema, r.defaults.roles[e.key]).fields))
}

// assignmentSchema is what may be said of a role: its settings and the arguments of a
// role assignment.
func (r *reader) assignmentSchema(role string) *Object {
	all := maps.Clone(r.schema.Assignment.Attributes)
	if settings := r.schema.Roles[role]; settings != nil {
		maps.Copy(all, settings.Attributes)
	}
	return &Object{Attributes: all}
}

// judgeRole has the settings and the arguments of a role assignment judged, each by its schema.
func (r *reader) judgeRole(role string, written *value) {
	own, settings := &value{at: written.at, fields: map[string]*value{}}, &value{at: written.at, fields: map[string]*value{}}
	for name, field := range written.fields {
		if r.schema.Assignment.Attributes[name] != nil {
			own.fields[name] = field
		} else {
			settings.fields[name] = field
		}
	}
	r.judge(own, r.schema.Assignment)
	if schema := r.schema.Roles[role]; schema != nil {
		r.judge(settings, schema)
	}
}

// split gives the settings of a role the place that they have in a role assignment.
func (r *reader) split(role string, all map[string]any) map[string]any {
	assignment, settings := map[string]any{}, map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if r.schema.Assignment.Attributes[name] != nil {
			assignment[name] = all[name]
		} else {
			settings[name] = all[name]
		}
	}
	if len(settings) > 0 {
		assignment[role] = settings
	}
	return assignment
}
