package configuration

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// servers writes one resource for the servers of a site that have no settings block, and
// one for each settings block that servers share. What all of them say is said once.
func (w *writer) servers() {
	trees := elements(w.tree, "site_system_servers")
	for _, s := range w.sites {
		groups := groupBy(s.servers, func(id string) string { return value(trees[id]["proxy"]) })
		for i, ids := range groups {
			name := s.name
			if i > 0 {
				name = fmt.Sprintf("%s_%d", s.name, i+1)
			}
			w.serverGroup(s, name, ids, trees)
		}
	}
}

// groupBy puts what has the same signature together, in the order of the first of each.
func groupBy(ids []string, signature func(string) string) [][]string {
	index := map[string]int{}
	var groups [][]string
	for _, id := range ids {
		s := signature(id)
		i, ok := index[s]
		if !ok {
			i = len(groups)
			index[s] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], id)
	}
	return groups
}

func host(id string) string {
	_, name, _ := strings.Cut(id, "/")
	return name
}

func (w *writer) serverGroup(s *site, name string, ids []string, trees map[string]map[string]any) {
	address := "configmgr_site_system_server." + name
	w.serverGroups = append(w.serverGroups, address)
	common, varying := w.agreement(ids, trees)
	entries := make([]string, len(ids))
	for i, id := range ids {
		w.addresses[id] = address + "[" + quote(host(id)) + "]"
		w.imports = append(w.imports, imported{w.addresses[id], id})
		fields := []string{}
		for _, attribute := range varying {
			if node, ok := trees[id][attribute]; ok {
				fields = append(fields, attribute+" = "+value(node))
			}
		}
		entry := "{}"
		if len(fields) > 0 {
			entry = "{ " + strings.Join(fields, ", ") + " }"
		}
		entries[i] = quote(host(id)) + " = " + entry
	}
	local := name + "_servers"
	locals := w.block("locals")
	comment(locals, "Servers of site "+s.code+", by name.")
	set(locals, local, "{\n"+strings.Join(entries, "\n")+"\n}")

	body := w.block("resource", "configmgr_site_system_server", name)
	set(body, "for_each", "local."+local)
	body.AppendNewline()
	set(body, "fqdn", "each.key")
	set(body, "site", "configmgr_site."+s.name)
	attributes := append(slices.Collect(maps.Keys(common)), varying...)
	for _, attribute := range ordered(asKeys(attributes), serverOrder) {
		if node, ok := common[attribute]; ok {
			if attribute == "unknown" {
				setUnknown(body, map[string]any{"unknown": node})
			} else {
				set(body, attribute, value(node))
			}
			continue
		}
		set(body, attribute, "try(each.value."+attribute+", null)")
	}
	if proxy, ok := trees[ids[0]]["proxy"].(map[string]any); ok {
		writeBlock(body, "proxy", proxy, nil, nil)
	}
}

func asKeys(names []string) map[string]any {
	all := make(map[string]any, len(names))
	for _, name := range names {
		all[name] = nil
	}
	return all
}

// agreement tells what all servers of a group say alike from what they do not.
func (w *writer) agreement(ids []string, trees map[string]map[string]any) (common map[string]any, varying []string) {
	common = map[string]any{}
	seen := map[string]bool{}
	for _, id := range ids {
		for name := range trees[id] {
			if name == "fqdn" || name == "site" || name == "proxy" || seen[name] {
				continue
			}
			seen[name] = true
			first := value(trees[ids[0]][name])
			if slices.ContainsFunc(ids, func(other string) bool { return value(trees[other][name]) != first }) {
				varying = append(varying, name)
			} else {
				common[name] = trees[id][name]
			}
		}
	}
	return common, inOrder(varying)
}

func inOrder(names []string) []string { return ordered(asKeys(names), serverOrder) }

// collections are the maps that roles and the hierarchy refer to. They are looked up in
// locals, because Terraform would build the map of a resource anew for each lookup.
func (w *writer) collections() {
	locals := w.block("locals")
	var entries []string
	for _, s := range w.sites {
		entries = append(entries, key(s.code)+" = configmgr_site."+s.name)
	}
	set(locals, "sites", "{\n"+strings.Join(entries, "\n")+"\n}")
	locals.AppendNewline()
	set(locals, "site_system_servers", joined("server", valuesOf(w.serverGroups), nil))
}

func valuesOf(addresses []string) []string {
	texts := make([]string, len(addresses))
	for i, address := range addresses {
		texts[i] = "values(" + address + ")"
	}
	return texts
}

// joined makes one map by id of several maps and single resources.
func joined(name string, collections, singles []string) string {
	if len(singles) > 0 {
		collections = append(slices.Clone(collections), list(singles))
	}
	switch len(collections) {
	case 0:
		return "{}"
	case 1:
		return fmt.Sprintf("{ for %s in %s : %s.id => %s }", name, collections[0], name, name)
	}
	return fmt.Sprintf("{ for %s in concat(\n%s,\n) : %s.id => %s }", name, strings.Join(collections, ",\n"), name, name)
}

// roles writes one resource for the assignments of a role at a site that agree in all
// settings.
func (w *writer) roles() {
	trees := elements(w.tree, "role_assignments")
	bySite := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(trees)) {
		code, _, _ := strings.Cut(id, "/")
		bySite[code] = append(bySite[code], id)
	}
	for _, s := range w.sites {
		groups := groupBy(bySite[s.code], func(id string) string {
			tree := maps.Clone(trees[id])
			delete(tree, "server")
			return value(tree)
		})
		slices.SortStableFunc(groups, func(a, b []string) int { return strings.Compare(roleOf(a[0]), roleOf(b[0])) })
		for _, ids := range groups {
			w.roleGroup(s, ids, trees[ids[0]])
		}
	}
}

// roleOf is the last part of PS1/fqdn/role.
func roleOf(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// serverOf is what leads to the role: PS1/fqdn.
func serverOf(id string) string { return id[:strings.LastIndexByte(id, '/')] }

func (w *writer) roleGroup(s *site, ids []string, tree map[string]any) {
	name := s.name + "_" + roleOf(ids[0])
	for i := 2; w.names[name]; i++ {
		name = fmt.Sprintf("%s_%s_%d", s.name, roleOf(ids[0]), i)
	}
	w.names[name] = true
	address := "configmgr_role_assignment." + name
	if len(ids) == 1 {
		w.singleRoles = append(w.singleRoles, address)
		w.imports = append(w.imports, imported{address, ids[0]})
		body := w.block("resource", "configmgr_role_assignment", name)
		set(body, "server", w.addresses[serverOf(ids[0])])
		w.role(body, ids[0], tree)
		return
	}
	w.roleGroups = append(w.roleGroups, address)
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = quote(host(serverOf(id)))
		w.imports = append(w.imports, imported{address + "[" + names[i] + "]", id})
	}
	set(w.block("locals"), name, "{ for fqdn in [\n"+strings.Join(names, ",\n")+",\n] : fqdn => fqdn }")
	body := w.block("resource", "configmgr_role_assignment", name)
	set(body, "for_each", "local."+name)
	body.AppendNewline()
	set(body, "server", `local.site_system_servers["`+s.code+`/${each.key}"]`)
	w.role(body, ids[0], tree)
}

// role writes what an assignment says beside its server.
func (w *writer) role(body *hclwrite.Body, id string, tree map[string]any) {
	set(body, "role", quote(roleOf(id)))
	set(body, "installed", "true")
	setUnknown(body, tree)
	if settings, ok := tree[roleOf(id)].(map[string]any); ok {
		writeBlock(body, roleOf(id), settings, settingsOrder[roleOf(id)], w.reference)
	}
}

// reference writes names of servers as references to them.
func (w *writer) reference(body *hclwrite.Body, attribute string, node any) bool {
	switch attribute {
	case "server", "database_server", "wsus_database_server", "enrollment_point":
		text, ok := node.(string)
		if !ok {
			return false
		}
		set(body, attribute, w.name(text))
		return true
	case "pull_sources":
		sources, ok := node.(map[string]any)
		if !ok {
			return false
		}
		entries := make([]string, 0, len(sources))
		for _, source := range slices.Sorted(maps.Keys(sources)) {
			name := w.name(source)
			if name[0] != '"' {
				name = "(" + name + ")"
			}
			entries = append(entries, name+" = "+value(sources[source]))
		}
		set(body, attribute, "{\n"+strings.Join(entries, "\n")+"\n}")
		return true
	}
	return false
}

// name refers to a server of the configuration, or writes the name of another computer.
func (w *writer) name(fqdn string) string {
	if ids := w.hosts[strings.ToLower(fqdn)]; len(ids) == 1 {
		return "local.site_system_servers[" + quote(ids[0]) + "].fqdn"
	}
	return quote(fqdn)
}
