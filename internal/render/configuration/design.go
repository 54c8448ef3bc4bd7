package configuration

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/adopt"
)

// Design returns a design file of an exported hierarchy, as topology_from_yaml reads it:
// the key of a site is its code, that of a server its name, and roles stand with their
// server. What Write leaves out because it is the default anyway is left out here too.
func Design(e *adopt.Export) (string, error) {
	w := &writer{names: map[string]bool{}}
	if err := w.arrange(e); err != nil {
		return "", err
	}
	root := mapping()
	d := w.designTrees()
	add(root, "sites", w.designSites(d))
	add(root, "servers", w.designServers(d))
	if hierarchy := w.designHierarchy(); len(hierarchy.Content) > 0 {
		add(root, "hierarchy", hierarchy)
	}
	add(root, "defaults", d.defaults())
	root.HeadComment = introductionText(e.Notes)
	written, err := yaml.Dump(root, yaml.WithV3Defaults(), yaml.WithIndent(2), yaml.WithLineWidth(-1))
	return string(written), err
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"} }

func add(to *yaml.Node, key string, value *yaml.Node) {
	to.Content = append(to.Content, text(key), value)
}

// addElement adds an element, with a comment about what is not known of it and cannot be
// listed in unknown.
func addElement(to *yaml.Node, name string, element *yaml.Node, notKnown []string) {
	add(to, name, element)
	if about := notListed(notKnown); about != "" {
		to.Content[len(to.Content)-2].HeadComment = commentLine(about)
	}
}

// text is a string, in quotes where YAML would take it for something else.
func text(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 }) >= 0 {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// node is a value of a tree. Short ones stand on one line.
func node(value any, order []string) *yaml.Node {
	switch value := value.(type) {
	case string:
		return text(value)
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(value)}
	case int64:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(value, 10)}
	case []any:
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle}
		for _, element := range value {
			list.Content = append(list.Content, node(element, nil))
		}
		return list
	case map[string]any:
		all := mapping()
		for _, name := range ordered(value, order) {
			add(all, name, node(value[name], nil))
		}
		return onOneLine(all)
	default:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "~"}
	}
}

// onOneLine writes an object on one line where that is short and holds no other one.
func onOneLine(n *yaml.Node) *yaml.Node {
	width := 0
	for _, part := range n.Content {
		width += len(part.Value) + 2
		for _, element := range part.Content {
			width += len(element.Value) + 2
		}
		if part.Kind == yaml.MappingNode {
			return n
		}
	}
	if width < widest {
		n.Style = yaml.FlowStyle
	}
	return n
}

// designed are the elements of a design file as trees, without what the keys say and
// without what all of a kind say alike, which stands in the defaults.
type designed struct {
	sites, servers map[string]map[string]any            // by code, by id
	roles          map[string]map[string]map[string]any // by id of the server and role
	notKnown       map[string][]string                  // by id of the server, of its roles as well
	everySite      map[string]any
	everyServer    map[string]any
	everyRole      map[string]map[string]any
}

func (w *writer) designTrees() *designed {
	d := &designed{
		sites: map[string]map[string]any{}, servers: map[string]map[string]any{}, roles: map[string]map[string]map[string]any{},
		notKnown: map[string][]string{}, everyRole: map[string]map[string]any{},
	}
	for _, s := range w.sites {
		tree := withoutDefaults(s)
		delete(tree, "site_code")
		listUnknown(tree)
		d.sites[s.code] = tree
	}
	for id, tree := range elements(w.tree, "site_system_servers") {
		tree = maps.Clone(tree)
		delete(tree, "site")
		delete(tree, "fqdn")
		_, d.notKnown[id] = unknownOf(tree)
		listUnknown(tree)
		d.servers[id] = tree
	}
	byRole := map[string][]map[string]any{}
	assignments := elements(w.tree, "role_assignments")
	for _, id := range slices.Sorted(maps.Keys(assignments)) {
		tree := assignments[id]
		role := roleOf(id)
		settings := map[string]any{"installed": true}
		if block, ok := tree[role].(map[string]any); ok {
			maps.Copy(settings, block)
		}
		names, rest := unknownOf(tree)
		if len(names) > 0 {
			settings["unknown"] = names
		}
		d.notKnown[serverOf(id)] = append(d.notKnown[serverOf(id)], rest...)
		if d.roles[serverOf(id)] == nil {
			d.roles[serverOf(id)] = map[string]map[string]any{}
		}
		d.roles[serverOf(id)][role] = settings
		byRole[role] = append(byRole[role], settings)
	}
	d.everySite = common(slices.Collect(maps.Values(d.sites)))
	d.everyServer = common(slices.Collect(maps.Values(d.servers)))
	for role, all := range byRole {
		d.everyRole[role] = common(all)
	}
	return d
}

// common takes out of trees what all of them say alike. Of a single one that is only that
// it runs, which every export says.
func common(trees []map[string]any) map[string]any {
	alike := map[string]any{}
	if len(trees) == 0 {
		return alike
	}
	for name, first := range trees[0] {
		_, isBlock := first.(map[string]any)
		if isBlock || name != "installed" && len(trees) == 1 {
			continue
		}
		text := value(first)
		if !slices.ContainsFunc(trees, func(tree map[string]any) bool { return tree[name] == nil || value(tree[name]) != text }) {
			alike[name] = first
		}
	}
	for _, tree := range trees {
		for name := range alike {
			delete(tree, name)
		}
	}
	return alike
}

// listUnknown leaves in unknown what can be listed there.
func listUnknown(tree map[string]any) {
	names, _ := unknownOf(tree)
	delete(tree, "unknown")
	if len(names) > 0 {
		tree["unknown"] = names
	}
}

func (w *writer) designSites(d *designed) *yaml.Node {
	all := mapping()
	for _, s := range w.sites {
		tree, site := d.sites[s.code], mapping()
		for _, name := range ordered(tree, siteOrder) {
			value := node(tree[name], databaseOrder)
			if parent, ok := tree[name].(map[string]any); ok && name == "parent" {
				if code, _ := parent["site_code"].(string); w.byCode[code] != nil {
					value = text(code)
				}
			}
			add(site, name, value)
		}
		_, rest := unknownOf(s.tree)
		addElement(all, s.code, site, rest)
	}
	return all
}

func (w *writer) designServers(d *designed) *yaml.Node {
	servers := mapping()
	for _, s := range w.sites {
		for _, id := range s.servers {
			server, name := mapping(), host(id)
			if len(w.hosts[name]) > 1 { // a computer of two sites has two entries
				add(server, "fqdn", text(name))
				name = id
			}
			add(server, "site", text(s.code))
			for _, attribute := range ordered(d.servers[id], serverOrder) {
				add(server, attribute, node(d.servers[id][attribute], nil))
			}
			if roles := d.roles[id]; len(roles) > 0 {
				add(server, "roles", designRoles(roles))
			}
			addElement(servers, name, onOneLine(server), d.notKnown[id])
		}
	}
	return servers
}

// designRoles are the roles of a server: a list, or a map where one has settings.
func designRoles(roles map[string]map[string]any) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle}
	all, plain := mapping(), true
	for _, role := range slices.Sorted(maps.Keys(roles)) {
		list.Content = append(list.Content, text(role))
		if len(roles[role]) == 0 {
			add(all, role, node(nil, nil))
			continue
		}
		plain = false
		add(all, role, node(roles[role], settingsOrder[role]))
	}
	if plain {
		return list
	}
	return all
}

func (w *writer) designHierarchy() *yaml.Node {
	hierarchy := mapping()
	if gateways, ok := w.tree["cloud_management_gateways"].(map[string]any); ok && len(gateways) > 0 {
		add(hierarchy, "cloud_management_gateways", node(gateways, nil))
	}
	if names, _ := unknownOf(w.tree); len(names) > 0 {
		add(hierarchy, "unknown", node(names, nil))
	}
	return hierarchy
}

// defaults are what all of a kind say alike: of everything, that it runs.
func (d *designed) defaults() *yaml.Node {
	defaults := mapping()
	add(defaults, "sites", node(map[string]any{"every": d.everySite}, nil))
	if len(d.everyServer) > 0 {
		add(defaults, "servers", node(map[string]any{"every": d.everyServer}, nil))
	}
	byRole := mapping()
	for _, role := range slices.Sorted(maps.Keys(d.everyRole)) {
		add(byRole, role, node(d.everyRole[role], settingsOrder[role]))
	}
	if len(byRole.Content) > 0 {
		add(defaults, "roles", byRole)
	}
	return defaults
}
