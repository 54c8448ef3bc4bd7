package adopt

import (
	"slices"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Tree returns a hierarchy as [model.Decode] reads it: objects with the attributes that
// have a value, by their names, and under unknown the list of those that are not known,
// such as database.failover_cluster. References are lean: a site has the code and the type
// of its parent, a server the code of its site; a role assignment has its server.
func Tree(h *model.Hierarchy) map[string]any {
	rest := *h
	rest.Sites, rest.Servers, rest.Assignments = model.Value[map[string]model.Value[*model.Site]]{}, model.Value[map[string]model.Value[*model.Server]]{}, model.Value[map[string]model.Value[*model.Assignment]]{}
	tree := object(&rest)
	open := unknownOf(tree)
	mapOf := func(name string, elements map[string]any, isOpen bool) {
		tree[name] = elements
		if isOpen {
			open = append(open, name)
		}
	}
	sites, isOpen := elements(h.Sites, siteTree)
	mapOf("sites", sites, isOpen)
	servers, isOpen := elements(h.Servers, serverTree)
	mapOf("site_system_servers", servers, isOpen)
	assignments, isOpen := elements(h.Assignments, assignmentTree)
	mapOf("role_assignments", assignments, isOpen)
	setUnknown(tree, open)
	return tree
}

// elements encodes the known elements of a map, and reports whether there may be others.
func elements[T any](v model.Value[map[string]model.Value[*T]], encode func(*T) map[string]any) (map[string]any, bool) {
	all, _ := v.Get()
	tree := make(map[string]any, len(all))
	open := v.IsUnknown()
	for key, element := range all {
		if e, ok := element.Get(); ok {
			tree[key] = encode(e)
		} else if element.IsUnknown() {
			open = true
		}
	}
	return tree, open
}

func siteTree(s *model.Site) map[string]any {
	rest := *s
	rest.Parent = model.Null[*model.Site]()
	tree := object(&rest)
	if parent, ok := s.Parent.Get(); ok {
		reference := map[string]any{}
		put(reference, "site_code", parent.Code)
		put(reference, "site_type", parent.Type)
		tree["parent"] = reference
	} else if s.Parent.IsUnknown() {
		setUnknown(tree, append(unknownOf(tree), "parent"))
	}
	return tree
}

func put[T ~string](tree map[string]any, name string, v model.Value[T]) {
	if text, ok := v.Get(); ok {
		tree[name] = string(text)
	}
}

func serverTree(s *model.Server) map[string]any {
	rest := *s
	rest.Site = model.Null[*model.Site]()
	tree := object(&rest)
	tree["site"] = siteReference(s)
	return tree
}

func siteReference(s *model.Server) map[string]any {
	reference := map[string]any{}
	if site, ok := s.Site.Get(); ok {
		put(reference, "site_code", site.Code)
	}
	return reference
}

func assignmentTree(a *model.Assignment) map[string]any {
	rest := *a
	rest.Server = model.Null[*model.Server]()
	tree := object(&rest)
	if server, ok := a.Server.Get(); ok {
		tree["server"] = serverTree(server)
	}
	return tree
}

// object encodes what an object has a value for.
func object(o any) map[string]any {
	var open []string
	tree := compact(model.Encode(o), "", &open)
	setUnknown(tree, open)
	return tree
}

// compact takes nulls out and notes what is not known.
func compact(encoded map[string]any, prefix string, open *[]string) map[string]any {
	tree := map[string]any{}
	for name, node := range encoded {
		switch node := node.(type) {
		case nil:
		case model.UnknownValue:
			*open = append(*open, prefix+name)
		case map[string]any:
			if name == "pull_sources" { // a map: null is a source without a priority
				tree[name] = node
				continue
			}
			known := len(*open)
			nested := compact(node, prefix+name+".", open)
			if len(nested) > 0 || len(*open) == known { // a block of which nothing is known comes back with unknown
				tree[name] = nested
			}
		default:
			tree[name] = node
		}
	}
	return tree
}

func unknownOf(tree map[string]any) []string {
	list, _ := tree["unknown"].([]any)
	names := make([]string, len(list))
	for i, name := range list {
		names[i] = name.(string)
	}
	return names
}

func setUnknown(tree map[string]any, names []string) {
	delete(tree, "unknown")
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	list := make([]any, 0, len(names))
	for _, name := range slices.Compact(names) {
		list = append(list, name)
	}
	tree["unknown"] = list
}
