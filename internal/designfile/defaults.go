package designfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// defaults are what elements of a kind have unless they say otherwise.
type defaults struct {
	sites   map[string]*value // by site type
	servers map[string]*value // by the code of their site in upper case
	roles   map[string]*value // by role

	everySite, everyServer *value
}

// site returns the defaults of a site of a type, nearest first.
func (d *defaults) site(siteType *value) []*value {
	key, _ := siteType.plain().(string)
	return []*value{d.sites[key], d.everySite}
}

// server returns the defaults of a server of a site, nearest first.
func (d *defaults) server(code string) []*value {
	return []*value{d.servers[fold(code)], d.everyServer}
}

func (r *reader) readDefaults(part entry) {
	if part.value == nil || isNull(follow(part.value)) {
		return
	}
	parts := []string{keySuffix, keySites, keyServers, keyRoles}
	entries, _ := r.entries(part.value, keyDefaults, "dns_suffix: contoso.com")
	// The suffix completes names in the others, wherever it stands.
	suffix, others := take(entries, keySuffix)
	if suffix != nil {
		r.readSuffix(*suffix)
	}
	for _, e := range others {
		if isNull(follow(e.value)) && slices.Contains(parts, e.key) {
			continue
		}
		switch e.key {
		case keySites:
			r.defaults.sites, r.defaults.everySite = r.defaultsBy(e, "site type", product.SiteTypes(), shared(r.schema.Site, keyParent))
		case keyServers:
			codes := slices.Sorted(maps.Keys(r.codes))
			r.defaults.servers, r.defaults.everyServer = r.defaultsBy(e, "site", codes, shared(r.schema.Server))
		case keyRoles:
			r.defaults.roles = map[string]*value{}
			roles, _ := r.entries(e.value, e.at.element, "management_point: { protocol: https }")
			for _, role := range roles {
				if !r.isRole(role.key, role.at) || isNull(follow(role.value)) {
					continue
				}
				if read := r.object(role.value, role.at, r.assignmentSchema(role.key), false); read != nil {
					r.judgeRole(role.key, read)
					r.defaults.roles[role.key] = read
				}
			}
		default:
			r.unexpectedDefault(e, parts)
		}
	}
}

func (r *reader) readSuffix(e entry) {
	read := r.value(e.value, e.at, &Attribute{Kind: String}, true)
	text, _ := read.plain().(string)
	suffix := strings.TrimSuffix(strings.TrimPrefix(text, "."), ".")
	if read == nil {
		return
	}
	if suffix == "" || strings.ContainsAny(suffix, " /\\@:") {
		r.add(read.at, "Write the DNS name of the domain: dns_suffix: contoso.com.", "%s is not the name of a domain.", quote(text))
		return
	}
	r.dnsSuffix = suffix
}

// unexpectedDefault reports a key of defaults that there is not. An argument there
// lacks what it is a default of.
func (r *reader) unexpectedDefault(e entry, parts []string) {
	switch {
	case r.schema.Server.Attributes[e.key] != nil && r.schema.Site.Attributes[e.key] == nil:
		r.add(e.at, fmt.Sprintf("Say whose default it is: servers: { every: { %s: ... } }.", e.key), "%s is not expected here.", quote(e.key))
	case r.schema.Site.Attributes[e.key] != nil:
		r.add(e.at, fmt.Sprintf("Say whose default it is: sites: { every: { %s: ... } }.", e.key), "%s is not expected here.", quote(e.key))
	default:
		if _, ok := product.RoleByKey(e.key); ok {
			r.add(e.at, fmt.Sprintf("Put it into roles: roles: { %s: ... }.", e.key), "%s is not expected here.", quote(e.key))
			return
		}
		r.unexpected(e, parts)
	}
}

// defaultsBy reads defaults by a kind of key, and those of every element.
func (r *reader) defaultsBy(e entry, kind string, valid []string, schema *Object) (by map[string]*value, every *value) {
	by = map[string]*value{}
	entries, _ := r.entries(e.value, e.at.element, fmt.Sprintf("every: { %s }", exampleOf(schema)))
	for _, of := range entries {
		key := of.key
		if kind == "site" {
			key = fold(key)
		}
		switch {
		case of.key != keyEvery && !slices.Contains(valid, key):
			known := append([]string{keyEvery}, valid...)
			fix := fmt.Sprintf("Give the defaults of a %s, or of all: %s.", kind, strings.Join(known, ", "))
			switch near := product.Nearest(of.key, known); {
			case schema.Attributes[of.key] != nil:
				fix = fmt.Sprintf("Say whose default it is: every: { %s: ... }.", of.key)
			case len(near) > 0 && len(near) < len(known):
				fix = fmt.Sprintf("Did you mean %s?", alternatives(near))
			}
			r.add(of.at, fix, "%s is not a %s of this file.", quote(of.key), kind)
			continue
		case isNull(follow(of.value)):
			continue
		}
		read := r.object(of.value, of.at, schema, false)
		if read == nil {
			continue
		}
		r.judge(read, schema)
		if of.key == keyEvery {
			every = read
		} else {
			by[key] = read
		}
	}
	return by, every
}

// shared returns the part of a schema that elements can have in common: what an element
// must have tells it from the others.
func shared(schema *Object, except ...string) *Object {
	common := &Object{Description: schema.Description, Attributes: map[string]*Attribute{}, Check: schema.Check}
	for name, a := range schema.Attributes {
		if !a.Required && !slices.Contains(except, name) {
			common.Attributes[name] = a
		}
	}
	return common
}
