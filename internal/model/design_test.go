package model

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
)

// A design is a topology in a few lines of text, for tests:
//
//	version 2203                 the default version; also: lab, strict, review 2026-11-22
//	site CAS central_administration
//	site PS1 primary CAS clients.windows=5000
//	server PS1 dp1 operating_system=windows_11
//	role PS1 dp1 distribution_point pxe=responder installed=true
//	hierarchy package_count=10
//	prior                        what follows describes the prior state
//
// Hosts without a dot are in contoso.com. A site has a name and a site server named
// like its code. A value is JSON, a bare word, or ? for unknown; a dot leads into a
// block. Settings of a role stand without the name of its block.
type design struct {
	text    string
	options Options
	planned *designTrees
	prior   *designTrees
}

type designTrees struct {
	sites, servers, roles []map[string]any
	hierarchy             map[string]any
	byHost                map[any][]map[string]any // the servers by their names
}

func parseDesign(t testing.TB, text string) *design {
	t.Helper()
	d := &design{text: text, planned: &designTrees{hierarchy: map[string]any{}}}
	trees := d.planned
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		switch words[0] {
		case "version":
			v, err := ParseVersion(words[1])
			if err != nil {
				t.Fatalf("design: %v", err)
			}
			d.options.Version = v
		case "lab":
			d.options.Environment = Lab
		case "strict":
			d.options.Strict = true
		case "review":
			day, err := time.Parse(time.DateOnly, words[1])
			if err != nil {
				t.Fatalf("design: %v", err)
			}
			d.options.ReviewDate = day
		case "prior":
			trees = &designTrees{hierarchy: map[string]any{}}
			d.prior = trees
		case "site":
			trees.addSite(t, words[1:])
		case "server":
			trees.addServer(t, words[1:])
		case "role":
			trees.addRole(t, words[1:])
		case "hierarchy":
			set(t, trees.hierarchy, words[1:], "")
		default:
			t.Fatalf("design: unknown line %q", line)
		}
	}
	return d
}

func (d *designTrees) addSite(t testing.TB, words []string) {
	t.Helper()
	site := map[string]any{"site_code": scalar(words[0]), "site_type": scalar(words[1])}
	if words[0] != "?" {
		site["name"] = "Contoso " + words[0]
		site["site_server"] = host(strings.ToLower(words[0]))
	}
	words = words[2:]
	if len(words) > 0 && !strings.Contains(words[0], "=") {
		switch {
		case words[0] == "?":
			site["parent"] = UnknownValue{}
		default:
			site["parent"] = d.site(words[0])
		}
		words = words[1:]
	}
	set(t, site, words, "")
	d.sites = append(d.sites, site)
}

// site returns the tree of a declared site, or a reference to one that is not.
func (d *designTrees) site(code string) map[string]any {
	for _, s := range d.sites {
		if s["site_code"] == code {
			return s
		}
	}
	return map[string]any{"site_code": code, "site_type": string(Primary), "site_server": host(strings.ToLower(code))}
}

func (d *designTrees) addServer(t testing.TB, words []string) {
	t.Helper()
	server := map[string]any{"fqdn": host(words[1])}
	if words[0] == "?" {
		server["site"] = UnknownValue{}
	} else {
		server["site"] = d.site(words[0])
	}
	set(t, server, words[2:], "")
	d.servers = append(d.servers, server)
	if d.byHost == nil {
		d.byHost = map[any][]map[string]any{}
	}
	d.byHost[server["fqdn"]] = append(d.byHost[server["fqdn"]], server)
}

func (d *designTrees) addRole(t testing.TB, words []string) {
	t.Helper()
	var server map[string]any
	for _, s := range d.byHost[host(words[1])] {
		site, _ := s["site"].(map[string]any)
		if site == nil || site["site_code"] == words[0] {
			server = s
		}
	}
	if server == nil {
		d.addServer(t, words[:2])
		server = d.servers[len(d.servers)-1]
	}
	role := map[string]any{"role": scalar(words[2]), "server": server}
	set(t, role, words[3:], words[2])
	d.roles = append(d.roles, role)
}

// set assigns key=value words to a tree; those that are no attribute of the tree's
// own belong to the block.
func set(t testing.TB, tree map[string]any, words []string, block string) {
	t.Helper()
	for _, word := range words {
		key, text, ok := strings.Cut(word, "=")
		if !ok {
			t.Fatalf("design: %q is not key=value", word)
		}
		target, steps := tree, strings.Split(key, ".")
		switch steps[0] {
		case "installed", "accepted_findings", "id", "server":
		default:
			if block != "" {
				steps = append([]string{block}, steps...)
			}
		}
		for _, step := range steps[:len(steps)-1] {
			next, ok := target[step].(map[string]any)
			if !ok {
				next = map[string]any{}
				target[step] = next
			}
			target = next
		}
		target[steps[len(steps)-1]] = value(text)
	}
}

func value(text string) any {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err == nil {
		return unknowns(v)
	}
	return scalar(text)
}

// unknowns replaces the string "?" within JSON.
func unknowns(v any) any {
	switch v := v.(type) {
	case string:
		return scalar(v)
	case []any:
		for i := range v {
			v[i] = unknowns(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = unknowns(v[k])
		}
	}
	return v
}

func scalar(text string) any {
	if text == "?" {
		return UnknownValue{}
	}
	return text
}

func host(name string) any {
	if name == "?" {
		return UnknownValue{}
	}
	if strings.Contains(name, ".") {
		return name
	}
	return name + ".contoso.com"
}

func mustDecode[T any](t testing.TB, tree map[string]any) *T {
	t.Helper()
	object := new(T)
	if errs := Decode(object, tree); len(errs) > 0 {
		t.Fatalf("design: %v", errs)
	}
	return object
}

// build returns the topology of the design as a hierarchy resource would see it.
func (d *designTrees) build(t testing.TB, checkAll bool) *Topology {
	t.Helper()
	tree := map[string]any{}
	for k, v := range d.hierarchy {
		tree[k] = v
	}
	keyed := func(prefix string, list []map[string]any) map[string]any {
		m := map[string]any{}
		for i, e := range list {
			m[fmt.Sprintf("%s%02d", prefix, i)] = listed(e)
		}
		return m
	}
	for name, list := range map[string][]map[string]any{"sites": d.sites, "site_system_servers": d.servers, "role_assignments": d.roles} {
		if _, given := tree[name]; !given {
			tree[name] = keyed(name[:1], list)
		}
	}
	return ForHierarchy(mustDecode[Hierarchy](t, tree), checkAll)
}

// judgement is what the rules say about a design.
type judgement struct {
	// found are the findings of every element alone, as its resource sees it, and of
	// the hierarchy; foundAtOnce those of a hierarchy that reports for all.
	found, foundAtOnce []Finding
	undecided          map[string]bool
	// waves are the errors that Terraform would show: those of the elements and,
	// when there are none, those of the hierarchy. atOnce are those of a hierarchy
	// that reports for all.
	waves, atOnce map[string]bool
}

// judge checks a design the way its resources would: every element alone, each with
// its prior state, then the hierarchy, then everything at once.
func (d *design) judge(t testing.TB) judgement {
	t.Helper()
	j := judgement{undecided: map[string]bool{}, waves: map[string]bool{}, atOnce: map[string]bool{}}
	add := func(topology *Topology, errors map[string]bool) []Finding {
		report := RuleCatalogue().Evaluate(topology, d.options)
		for _, id := range report.UndecidedRules() {
			j.undecided[id] = true
		}
		for _, f := range report.Findings {
			if f.Severity == SeverityError {
				errors[f.Rule.ID] = true
			}
		}
		return report.Findings
	}
	for i, tree := range d.planned.sites {
		topology := ForSite(mustDecode[Site](t, owned(tree)))
		if d.prior != nil && i < len(d.prior.sites) {
			topology.Prior = ForSite(mustDecode[Site](t, owned(d.prior.sites[i])))
		}
		j.found = append(j.found, add(topology, j.waves)...)
	}
	for i, tree := range d.planned.servers {
		topology := ForServer(mustDecode[Server](t, owned(tree)))
		if d.prior != nil && i < len(d.prior.servers) {
			topology.Prior = ForServer(mustDecode[Server](t, owned(d.prior.servers[i])))
		}
		j.found = append(j.found, add(topology, j.waves)...)
	}
	for i, tree := range d.planned.roles {
		topology := ForAssignment(mustDecode[Assignment](t, owned(tree)))
		if d.prior != nil && i < len(d.prior.roles) {
			topology.Prior = ForAssignment(mustDecode[Assignment](t, owned(d.prior.roles[i])))
		}
		j.found = append(j.found, add(topology, j.waves)...)
	}
	for _, checkAll := range []bool{false, true} {
		whole := d.planned.build(t, checkAll)
		if d.prior != nil {
			whole.Prior = d.prior.build(t, checkAll)
		}
		switch {
		case checkAll:
			j.foundAtOnce = add(whole, j.atOnce)
		case len(j.waves) == 0:
			j.found = append(j.found, add(whole, j.waves)...)
		}
	}
	return j
}

// owned returns a tree whose references are those to resources: they have an id and
// carry what a reference carries, no more. id=null makes one that is written by hand.
func owned(tree map[string]any) map[string]any {
	top := maps.Clone(tree)
	for name, as := range map[string]func(map[string]any) map[string]any{
		"parent": parentReference, "site": siteReference, "server": serverReference,
	} {
		if reference, ok := tree[name].(map[string]any); ok {
			top[name] = as(reference)
		}
	}
	return top
}

func parentReference(tree map[string]any) map[string]any {
	reference := carried(tree, ParentAttributes)
	if parent, ok := tree["parent"].(map[string]any); ok {
		reference["parent"] = carried(parent, ParentOfSiteAttributes)
	}
	return reference
}

func siteReference(tree map[string]any) map[string]any {
	reference := carried(tree, SiteAttributes)
	if database, ok := tree["database"].(map[string]any); ok {
		reference["database"] = carried(database, SiteDatabaseAttributes)
		delete(reference["database"].(map[string]any), "id")
	}
	switch parent := tree["parent"].(type) {
	case map[string]any:
		reference["parent"] = carried(parent, ParentOfSiteAttributes)
	case UnknownValue:
		reference["parent"] = parent
	}
	return reference
}

func serverReference(tree map[string]any) map[string]any {
	reference := carried(tree, ServerAttributes)
	switch site := tree["site"].(type) {
	case map[string]any:
		reference["site"] = siteReference(site)
	case UnknownValue:
		reference["site"] = site
	}
	return reference
}

// listed returns a tree as a hierarchy sees it: the site of a server is looked up in
// the sites, so that only its code is carried.
func listed(tree map[string]any) map[string]any {
	element := maps.Clone(tree)
	element["id"] = "set"
	if parent, ok := tree["parent"].(map[string]any); ok {
		element["parent"] = carried(parent, ParentAttributes)
	}
	if site, ok := tree["site"].(map[string]any); ok {
		element["site"] = map[string]any{"site_code": site["site_code"]}
	}
	if server, ok := tree["server"].(map[string]any); ok {
		reference := carried(server, ServerAttributes)
		reference["site"] = listed(server)["site"]
		element["server"] = reference
	}
	return element
}

func carried(tree map[string]any, names []string) map[string]any {
	reference := map[string]any{}
	for _, name := range names {
		if v, ok := tree[name]; ok {
			reference[name] = v
		}
	}
	if _, ok := tree["id"]; !ok {
		reference["id"] = "set"
	}
	return reference
}

// idsOf lists the rules of findings.
func idsOf(findings []Finding) map[string]bool {
	ids := map[string]bool{}
	for _, f := range findings {
		ids[f.Rule.ID] = true
	}
	return ids
}
