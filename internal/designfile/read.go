package designfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// reader reads one file.
type reader struct {
	problems
	schema    *Schema
	server    *Object // the schema of a server, whose name is its key
	dnsSuffix string
	defaults  defaults
	codes     map[string]string // the codes of the sites as they are written, by code in upper case
	rolesHere []string          // the roles of the server whose own keys are being read
}

// The keys of a file.
const (
	keySites     = "sites"
	keyServers   = "servers"
	keyHierarchy = "hierarchy"
	keyDefaults  = "defaults"
	keyRoles     = "roles"
	keySite      = "site"
	keySiteType  = "site_type"
	keySiteCode  = "site_code"
	keyParent    = "parent"
	keyFQDN      = "fqdn"
	keySuffix    = "dns_suffix"
	keyEvery     = "every"
)

var topLevel = []string{keySites, keyServers, keyHierarchy, keyDefaults}

const (
	exampleOfSite   = "PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com }"
	exampleOfServer = "mp01: { site: PS1, roles: [management_point] }"
)

// Read returns the topology of a design file as a tree of nil (null), string, bool,
// int64, []any and map[string]any: an object with the arguments of a hierarchy, in
// which sites has the codes as keys, site_system_servers the keys of the servers, and
// role_assignments the key of the server and the role, joined by a slash. A role
// assignment carries its server, a server its site as an object with site_code, and a
// site its parent. Arguments that the file leaves open are missing.
//
// The content is the text of the file, or its bytes in base64. When there are problems,
// all of them are returned in the order of the file, and no topology.
func Read(content string, schema *Schema) (map[string]any, []Problem) {
	r := &reader{schema: schema, server: without(schema.Server, keyFQDN), codes: map[string]string{}}
	text, ok := decodeText(content, &r.problems)
	if !ok {
		return nil, r.sorted()
	}
	root := parse(text, &r.problems)
	if root == nil {
		return nil, r.sorted()
	}
	topology := r.file(root)
	if len(r.list) > 0 {
		return nil, r.sorted()
	}
	return topology, nil
}

func (r *reader) file(root *yaml.Node) map[string]any {
	parts := map[string]entry{}
	entries, _ := r.entries(root, "", "sites: { PS1: { ... } }")
	for i, e := range entries {
		if i > 0 && r.belowPart(entries[i-1], e) {
			return nil
		}
		if !slices.Contains(topLevel, e.key) {
			r.unexpectedAtTop(e)
			continue
		}
		parts[e.key] = e
	}
	if len(r.list) > 0 && len(parts) == 0 {
		return nil
	}
	sites, ok := parts[keySites]
	if !ok || isNull(follow(sites.value)) || follow(sites.value).Kind == yaml.MappingNode && len(follow(sites.value).Content) == 0 {
		at := place{1, 1, keySites}
		if ok {
			at = sites.at
		}
		if !r.reportedAtTop() {
			r.add(at, "List every site with its code as the key: sites: { PS1: { site_type: primary, name: Contoso, site_server: cm01.contoso.com } }.", "The design has no sites.")
		}
		return nil
	}
	siteEntries, _ := r.entries(sites.value, keySites, exampleOfSite)
	siteEntries = r.indented(siteEntries, slices.Collect(maps.Keys(r.schema.Site.Attributes)))
	for _, e := range siteEntries {
		code := fold(e.key)
		if other, twice := r.codes[code]; twice {
			r.add(e.at, "Keep one of them.", "The site %s stands here a second time; upper and lower case are the same, and the first one is written %s.", e.key, other)
			continue
		}
		r.codes[code] = strings.TrimSpace(e.key)
	}
	r.readDefaults(parts[keyDefaults])

	topology := map[string]any{}
	if e, ok := parts[keyHierarchy]; ok && !isNull(follow(e.value)) {
		if hierarchy := r.object(e.value, e.at, r.schema.Hierarchy, true); hierarchy != nil {
			r.judge(hierarchy, r.schema.Hierarchy)
			maps.Copy(topology, plainFields(hierarchy.fields))
		}
	}
	topology["sites"] = r.sites(siteEntries)
	topology["site_system_servers"], topology["role_assignments"] = r.servers(parts[keyServers])
	return topology
}

// reportedAtTop reports whether a key of the file itself is known to be wrong: it may be
// the misspelt name of what is missing.
func (r *reader) reportedAtTop() bool {
	return slices.ContainsFunc(r.list, func(p Problem) bool { return !strings.ContainsAny(p.Element, ".[") })
}

// unexpectedAtTop reports a key of the file that there is not.
func (r *reader) unexpectedAtTop(e entry) {
	moved := map[string]string{
		"site_system_servers": "Rename it to servers.",
		"role_assignments":    "Give each server its roles: servers: { mp01: { site: PS1, roles: [management_point] } }.",
		"accepted_findings":   "Put it into what the findings are about: a site, a server, a role of a server, or hierarchy.",
		keySuffix:             "Put it into defaults: defaults: { dns_suffix: contoso.com }.",
		"configmgr_version":   `Put it into the provider block of the configuration, or give the sites a version: sites: { PS1: { version: 2603 } }.`,
	}
	for _, setting := range []string{"environment", "strict", "report_at", "review_date", "rule_severities"} {
		moved[setting] = fmt.Sprintf(`Put it into the block provider "configmgr" of the configuration: %s = ...`, setting)
	}
	if fix, ok := moved[e.key]; ok {
		r.add(e.at, fix, "%q is not expected here.", e.key)
		return
	}
	r.unexpected(e, topLevel)
}

// belowPart reports a key that stands as deep as the part of the file that it belongs to,
// the one before it, which is empty.
func (r *reader) belowPart(part, e entry) bool {
	if !isNull(follow(part.value)) || part.key != keySites && part.key != keyServers || slices.Contains(topLevel, e.key) ||
		follow(e.value).Kind != yaml.MappingNode || len(product.Nearest(e.key, topLevel)) > 0 {
		return false
	}
	r.notIndented(part, e)
	return true
}

// indented reports keys that stand as deep as the element that they belong to, the one
// before them, which is empty: once for each such element. It returns the other entries.
func (r *reader) indented(entries []entry, keys []string) []entry {
	var others []entry
	owner := -1 // the empty element whose keys are being passed
	for _, e := range entries {
		last := len(others) - 1
		switch {
		case !slices.Contains(keys, e.key):
			owner = -1
		case owner >= 0:
			continue
		case last >= 0 && isNull(follow(others[last].value)):
			owner = last
			r.notIndented(others[last], e)
			others = others[:last]
			continue
		}
		others = append(others, e)
	}
	return others
}

func (r *reader) notIndented(owner, e entry) {
	r.add(e.at, fmt.Sprintf("Indent it, and what else belongs to %s, by two blanks more.", owner.key), "%s stands as deep as %s in line %d, and belongs below it.", quote(e.key), quote(owner.key), owner.at.line)
}

// serverKeys are what a server can say of itself.
func (r *reader) serverKeys() []string {
	return slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(r.server.Attributes)), keySite, keyRoles)))
}

func (r *reader) sites(entries []entry) map[string]any {
	sites := map[string]any{}
	parents := map[string]entry{}
	for _, e := range entries {
		code := r.codes[fold(e.key)]
		if _, done := sites[code]; done {
			continue
		}
		entries, ok := r.entries(e.value, e.at.element, exampleOfSite)
		if !ok {
			continue
		}
		parent, others := take(entries, keyParent)
		own := r.fill(others, e.at, r.schema.Site, true)
		r.judge(own, r.schema.Site)
		site := merged(own, r.schema.Site, r.defaults.site(own.fields[keySiteType])...)
		if parent != nil {
			site.fields[keyParent] = r.parent(*parent, code)
			parents[code] = *parent
		}
		tree := plainFields(site.fields)
		tree[keySiteCode] = code
		sites[code] = tree
	}
	r.completeParents(sites, parents)
	return sites
}

// parent reads the parent of a site: the code of a site of the file, or an object for a
// site that is designed elsewhere.
func (r *reader) parent(e entry, of string) *value {
	n := follow(e.value)
	if n.Kind == yaml.MappingNode {
		schema := r.schema.Site.Attributes[keyParent].Object
		parent := r.object(n, e.at, schema, true)
		if parent != nil {
			r.judge(parent, schema)
		}
		return parent
	}
	code, ok := r.siteCode(e.value, e.at, " A site that is designed elsewhere is an object: parent: { site_code: CAS, site_type: central_administration }.")
	if !ok {
		return &value{at: e.at}
	}
	if fold(code) == fold(of) {
		r.add(place{e.value.Line, e.value.Column, e.at.element}, "Name the site above it, or leave parent out for a stand-alone or top-level site.", "The site %s is its own parent.", of)
	}
	return &value{at: e.at, fields: map[string]*value{keySiteCode: {at: e.at, scalar: code}}}
}

// siteCode reads the code of a site of the file, as it is written there as a key; further
// is what else can be done when there is none.
func (r *reader) siteCode(n *yaml.Node, at place, further string) (string, bool) {
	written := place{n.Line, n.Column, at.element}
	n = follow(n)
	if n.Kind != yaml.ScalarNode || isNull(n) {
		r.add(written, "Write the code of a site of this file, as in site: PS1.", "The code of a site is required here, not %s.", describe(n))
		return "", false
	}
	if !r.untagged(n, written) {
		return "", false
	}
	code, ok := r.codes[fold(n.Value)]
	if !ok {
		r.add(written, r.siteAdvice(n.Value)+further, "There is no site %q under sites.", n.Value)
	}
	return code, ok
}

// siteExample shows how a server names its site.
func (r *reader) siteExample() string {
	codes := slices.Sorted(maps.Values(r.codes))
	if len(codes) == 0 { // sites itself is wrong, which is said there
		return "as in site: PS1"
	}
	if len(codes) == 1 || len(codes) > 5 {
		return "as in site: " + codes[0]
	}
	return "one of " + strings.Join(codes, ", ") + ", as in site: " + codes[0]
}

func (r *reader) siteAdvice(code string) string {
	known := slices.Sorted(maps.Values(r.codes))
	if near := product.Nearest(code, known); len(near) > 0 && len(near) < len(known) {
		return fmt.Sprintf("Did you mean %s? Otherwise add the site to sites.", alternatives(near))
	}
	return fmt.Sprintf("Add it to sites, or name one of the sites there: %s.", strings.Join(known, ", "))
}

// completeParents gives the parents of the file the type that rules read, and reports
// parents that go round in a circle, which no plan could order.
func (r *reader) completeParents(sites map[string]any, parents map[string]entry) {
	parentOf := func(code string) (map[string]any, string) {
		site, _ := sites[code].(map[string]any)
		parent, _ := site[keyParent].(map[string]any)
		of, _ := parent[keySiteCode].(string)
		return parent, r.codes[fold(of)]
	}
	for _, code := range slices.Sorted(maps.Keys(sites)) {
		parent, above := parentOf(code)
		if above == "" {
			continue
		}
		if listed, ok := sites[above].(map[string]any); ok && parent[keySiteType] == nil {
			parent[keySiteType] = listed[keySiteType]
		}
		circle := []string{code}
		for next := above; next != "" && len(circle) <= len(sites); _, next = parentOf(next) {
			circle = append(circle, next)
			if next == code {
				break
			}
		}
		if len(circle) > 2 && circle[len(circle)-1] == code && code == slices.Min(circle) {
			e := parents[code]
			r.add(place{e.value.Line, e.value.Column, e.at.element}, "Leave parent out at the site at the top.", "The parents go round in a circle: %s.", strings.Join(circle, ", "))
		}
	}
}

// servers reads the servers and their roles.
func (r *reader) servers(part entry) (servers, assignments map[string]any) {
	servers, assignments = map[string]any{}, map[string]any{}
	if part.value == nil || isNull(follow(part.value)) {
		return servers, assignments
	}
	keys, computers := map[string]string{}, map[string]entry{}
	entries, _ := r.entries(part.value, keyServers, exampleOfServer)
	for _, e := range r.indented(entries, r.serverKeys()) {
		if strings.TrimSpace(e.key) == "" {
			r.add(e.at, "Write its full name as the key, as in "+exampleOfServer+".", "The server has no name.")
			continue
		}
		if other, twice := keys[strings.ToLower(e.key)]; twice {
			r.add(e.at, "Keep one of them.", "The server %s stands here a second time; upper and lower case are the same, and the first one is written %s.", e.key, other)
			continue
		}
		keys[strings.ToLower(e.key)] = e.key
		entries, ok := r.entries(e.value, e.at.element, exampleOfServer)
		if !ok {
			continue
		}
		site, others := take(entries, keySite)
		roles, others := take(others, keyRoles)
		r.rolesHere = rolesOf(roles)
		own := r.fill(others, e.at, r.server, true)
		r.rolesHere = nil
		code, found := "", false
		if site == nil {
			r.add(e.at, "Add the code of its site, "+r.siteExample()+".", "site is missing.")
		} else {
			code, found = r.siteCode(site.value, site.at, "")
		}
		if own.fields[keyFQDN].isNull() {
			own.fields[keyFQDN] = &value{at: e.at, scalar: r.fullName(e.key)}
			if !strings.Contains(r.fullName(e.key), ".") {
				r.add(e.at, fmt.Sprintf("Write the full name as the key, as in %s.contoso.com, or say the domain once: defaults: { dns_suffix: contoso.com }.", e.key), "%q is the name of a computer without its domain.", e.key)
			}
		}
		r.judge(own, r.server)
		server := merged(own, r.server, r.defaults.server(code)...)
		tree := plainFields(server.fields)
		tree[keySite] = map[string]any{keySiteCode: code}
		servers[e.key] = tree
		if fqdn, ok := tree[keyFQDN].(string); ok && found {
			id := fold(code) + "/" + model.FoldHost(fqdn)
			if other, twice := computers[id]; twice {
				r.add(e.at, "Keep one of them, with the roles of both.", "%s and %s (line %d) are the same computer, %s of site %s.", e.key, other.key, other.at.line, model.FoldHost(fqdn), code)
			}
			computers[id] = e
		}
		if roles != nil {
			for role, settings := range r.roles(*roles) {
				settings["role"] = role
				settings["server"] = referenced(tree)
				assignments[e.key+"/"+role] = settings
			}
		}
	}
	return servers, assignments
}

// referenced is what a role assignment carries of its server: what is judged and
// accepted once for each computer stays with the server.
func referenced(server map[string]any) map[string]any {
	carried := maps.Clone(server)
	for _, name := range StaysWithServer() {
		delete(carried, name)
	}
	return carried
}

// StaysWithServer lists the arguments of a server that its role assignments do not carry.
func StaysWithServer() []string { return []string{"inventory", "accepted_findings"} }

// take takes a key out of a list of entries: it returns the entry, nil when there is
// none or when it is null, and the other entries.
func take(entries []entry, key string) (found *entry, others []entry) {
	for _, e := range entries {
		switch {
		case e.key != key:
			others = append(others, e)
		case !isNull(follow(e.value)):
			found = &e
		}
	}
	return found, others
}

// without returns a schema in which an argument is not required: the reader gives it.
func without(schema *Object, name string) *Object {
	if schema.Attributes[name] == nil || !schema.Attributes[name].Required {
		return schema
	}
	lighter := *schema
	lighter.Attributes = maps.Clone(schema.Attributes)
	optional := *schema.Attributes[name]
	optional.Required = false
	lighter.Attributes[name] = &optional
	return &lighter
}

func fold(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }
