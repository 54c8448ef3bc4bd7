// Package ruletest reads designs from a few lines of text and judges them, for the tests of
// the chapters.
package ruletest

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/modeltest"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rule"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/rules"
)

// Design is a topology in a few lines of text, for tests:
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
type Design struct {
	text    string
	Options rule.Options
	Planned *Trees
	prior   *Trees
}

// Trees are the elements of a design as trees of values.
type Trees struct {
	sites, servers, Roles []map[string]any
	hierarchy             map[string]any
	byHost                map[any][]map[string]any // the servers by their names
}

// Parse reads a design.
func Parse(t testing.TB, text string) *Design {
	t.Helper()
	d := &Design{text: text, Planned: &Trees{hierarchy: map[string]any{}}}
	trees := d.Planned
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		switch words[0] {
		case "version":
			v, err := product.ParseVersion(words[1])
			if err != nil {
				t.Fatalf("design: %v", err)
			}
			d.Options.Version = v
		case "lab":
			d.Options.Environment = rule.Lab
		case "strict":
			d.Options.Strict = true
		case "review":
			day, err := time.Parse(time.DateOnly, words[1])
			if err != nil {
				t.Fatalf("design: %v", err)
			}
			d.Options.ReviewDate = day
		case "prior":
			trees = &Trees{hierarchy: map[string]any{}}
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

func (d *Trees) addSite(t testing.TB, words []string) {
	t.Helper()
	site := map[string]any{"site_code": modeltest.Scalar(words[0]), "site_type": modeltest.Scalar(words[1])}
	if words[0] != "?" {
		site["name"] = "Contoso " + words[0]
		site["site_server"] = host(strings.ToLower(words[0]))
	}
	words = words[2:]
	if len(words) > 0 && !strings.Contains(words[0], "=") {
		switch {
		case words[0] == "?":
			site["parent"] = model.UnknownValue{}
		default:
			site["parent"] = d.site(words[0])
		}
		words = words[1:]
	}
	set(t, site, words, "")
	d.sites = append(d.sites, site)
}

// site returns the tree of a declared site, or a reference to one that is not.
func (d *Trees) site(code string) map[string]any {
	for _, s := range d.sites {
		if s["site_code"] == code {
			return s
		}
	}
	return map[string]any{"site_code": code, "site_type": string(product.Primary), "site_server": host(strings.ToLower(code))}
}

func (d *Trees) addServer(t testing.TB, words []string) {
	t.Helper()
	server := map[string]any{"fqdn": host(words[1])}
	if words[0] == "?" {
		server["site"] = model.UnknownValue{}
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

func (d *Trees) addRole(t testing.TB, words []string) {
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
	role := map[string]any{"role": modeltest.Scalar(words[2]), "server": server}
	set(t, role, words[3:], words[2])
	d.Roles = append(d.Roles, role)
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
		target[steps[len(steps)-1]] = modeltest.Value(text)
	}
}

func host(name string) any {
	if name == "?" {
		return model.UnknownValue{}
	}
	if strings.Contains(name, ".") {
		return name
	}
	return name + ".contoso.com"
}

// Build returns the topology of the design as a hierarchy resource would see it.
func (d *Trees) Build(t testing.TB, checkAll bool) *model.Topology {
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
	for name, list := range map[string][]map[string]any{"sites": d.sites, "site_system_servers": d.servers, "role_assignments": d.Roles} {
		if _, given := tree[name]; !given {
			tree[name] = keyed(name[:1], list)
		}
	}
	return model.ForHierarchy(modeltest.MustDecode[model.Hierarchy](t, tree), checkAll)
}

// recorded returns what a state keeps of a hierarchy: its design and what it declares
// itself.
func recorded(t testing.TB, prior *model.Topology) *model.Topology {
	t.Helper()
	h := *prior.Hierarchy
	h.Design, h.Sites, h.Servers, h.Assignments = prior.Design(), model.Null[map[string]model.Value[*model.Site]](), model.Null[map[string]model.Value[*model.Server]](), model.Null[map[string]model.Value[*model.Assignment]]()
	read := model.PriorDesign(&h)
	if read == nil {
		t.Fatal("the prior state has unknown values")
	}
	return model.ForHierarchy(read, false)
}

// Judgment is what the rules say about a design.
type Judgment struct {
	// found are the findings of every element alone, as its resource sees it, and of
	// the hierarchy; foundAtOnce those of a hierarchy that reports for all.
	Found, FoundAtOnce []rule.Finding
	undecided          map[string]bool
	// waves are the errors that Terraform would show: those of the elements and,
	// when there are none, those of the hierarchy. atOnce are those of a hierarchy
	// that reports for all.
	waves, atOnce map[string]bool
}

// Judge checks a design the way its resources would: every element alone, each with
// its prior state, then the hierarchy, then everything at once.
func (d *Design) Judge(t testing.TB) Judgment {
	t.Helper()
	j := Judgment{undecided: map[string]bool{}, waves: map[string]bool{}, atOnce: map[string]bool{}}
	add := func(topology *model.Topology, errors map[string]bool) []rule.Finding {
		report := rules.Catalog().Evaluate(topology, d.Options)
		for _, id := range report.UndecidedRules() {
			j.undecided[id] = true
		}
		for _, f := range report.Findings {
			if f.Severity == rule.SeverityError {
				errors[f.Rule.ID] = true
			}
		}
		return report.Findings
	}
	// What compares an element with its prior state its own resource says in either mode.
	element := func(topology *model.Topology) []rule.Finding {
		if topology.Prior != nil {
			report := rules.Catalog().Transitions(topology, d.Options)
			j.FoundAtOnce = append(j.FoundAtOnce, report.Findings...)
			for _, f := range report.Findings {
				if f.Severity == rule.SeverityError {
					j.atOnce[f.Rule.ID] = true
				}
			}
		}
		return add(topology, j.waves)
	}
	for i, tree := range d.Planned.sites {
		topology := model.ForSite(modeltest.MustDecode[model.Site](t, Owned(tree)))
		if d.prior != nil && i < len(d.prior.sites) {
			topology.Prior = model.ForSite(modeltest.MustDecode[model.Site](t, Owned(d.prior.sites[i])))
		}
		j.Found = append(j.Found, element(topology)...)
	}
	for i, tree := range d.Planned.servers {
		topology := model.ForServer(modeltest.MustDecode[model.Server](t, Owned(tree)))
		if d.prior != nil && i < len(d.prior.servers) {
			topology.Prior = model.ForServer(modeltest.MustDecode[model.Server](t, Owned(d.prior.servers[i])))
		}
		j.Found = append(j.Found, element(topology)...)
	}
	for i, tree := range d.Planned.Roles {
		topology := model.ForAssignment(modeltest.MustDecode[model.Assignment](t, Owned(tree)))
		if d.prior != nil && i < len(d.prior.Roles) {
			topology.Prior = model.ForAssignment(modeltest.MustDecode[model.Assignment](t, Owned(d.prior.Roles[i])))
		}
		j.Found = append(j.Found, element(topology)...)
	}
	for _, checkAll := range []bool{false, true} {
		whole := d.Planned.Build(t, checkAll)
		if d.prior != nil {
			whole.Prior = recorded(t, d.prior.Build(t, checkAll))
		}
		switch {
		case checkAll:
			j.FoundAtOnce = append(j.FoundAtOnce, add(whole, j.atOnce)...)
		case len(j.waves) == 0:
			j.Found = append(j.Found, add(whole, j.waves)...)
		}
	}
	return j
}

// Owned returns a tree whose references are those to resources: they have an id and
// carry what a reference carries, no more. id=null makes one that is written by hand.
func Owned(tree map[string]any) map[string]any {
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
	reference := carried(tree, model.ParentAttributes)
	if parent, ok := tree["parent"].(map[string]any); ok {
		reference["parent"] = carried(parent, model.ParentOfSiteAttributes)
	}
	return reference
}

func siteReference(tree map[string]any) map[string]any {
	reference := carried(tree, model.SiteAttributes)
	if database, ok := tree["database"].(map[string]any); ok {
		reference["database"] = carried(database, model.SiteDatabaseAttributes)
		delete(reference["database"].(map[string]any), "id")
	}
	switch parent := tree["parent"].(type) {
	case map[string]any:
		reference["parent"] = carried(parent, model.ParentOfSiteAttributes)
	case model.UnknownValue:
		reference["parent"] = parent
	}
	return reference
}

func serverReference(tree map[string]any) map[string]any {
	reference := carried(tree, model.ServerAttributes)
	if id, given := tree["id"]; given && id == nil { // written by hand
		switch site := tree["site"].(type) {
		case map[string]any:
			reference["site"] = siteReference(site)
		case model.UnknownValue:
			reference["site"] = site
		}
		return reference
	}
	sayOfSite(reference, tree)
	return reference
}

// sayOfSite gives what refers to a server what its resource computes of its site.
func sayOfSite(reference, tree map[string]any) {
	server := new(model.Server)
	model.Decode(server, map[string]any{"site": Owned(tree)["site"]})
	model.ForServer(server)
	reference["site_code"], reference["site_facts"] = any(model.UnknownValue{}), any(model.UnknownValue{})
	if site, ok := server.Site.Get(); ok {
		if code, ok := site.Code.Get(); ok {
			reference["site_code"] = code
		}
		switch facts, ok := site.Facts().Get(); {
		case ok:
			reference["site_facts"] = facts
		case site.Facts().IsNull():
			reference["site_facts"] = nil
		}
	}
}

// listed returns a tree as a hierarchy sees it: the site of a server is looked up in
// the sites, so that only its code is carried.
func listed(tree map[string]any) map[string]any {
	element := maps.Clone(tree)
	element["id"] = "set"
	if parent, ok := tree["parent"].(map[string]any); ok {
		element["parent"] = carried(parent, model.ParentAttributes)
	}
	if site, ok := tree["site"].(map[string]any); ok {
		delete(element, "site") // a write-only reference
		sayOfSite(element, tree)
		element["site_code"] = site["site_code"]
	}
	switch server := tree["server"].(type) {
	case map[string]any:
		delete(element, "server") // a write-only reference
		element["fqdn"], element["site_code"] = server["fqdn"], model.UnknownValue{}
		if site, ok := server["site"].(map[string]any); ok {
			element["site_code"] = site["site_code"]
		}
	case model.UnknownValue:
		delete(element, "server")
		element["fqdn"], element["site_code"] = server, server
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

// IdsOf lists the rules of findings.
func IdsOf(findings []rule.Finding) map[string]bool {
	ids := map[string]bool{}
	for _, f := range findings {
		ids[f.Rule.ID] = true
	}
	return ids
}
