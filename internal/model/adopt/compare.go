package adopt

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// defaults are the values, as text, of attributes without one, by their paths below an
// element.
type defaults map[string]string

// none are the attributes without a value of which that is a statement: there is none.
var none = map[string]bool{
	"passive_site_server": true, "content_library_path": true, "internet_fqdn": true, "installation_account": true,
	"distribution_point.pull_sources": true, "distribution_point.pxe": true,
}

// fixedDefaults are the defaults that follow from nothing else. They are those of the
// product, as the attributes document them.
var fixedDefaults = defaults{
	"client_ports.http": strconv.Itoa(model.DefaultHTTPPort), "client_ports.https": strconv.Itoa(model.DefaultHTTPSPort),
	"client_ports.notification": strconv.Itoa(model.DefaultNotificationPort),
	"branch":                    model.BranchCurrent, "proxy.port": strconv.Itoa(model.DefaultProxyPort),
	"management_point.database_replica.instance": model.DefaultInstance,
}

// ignored are attributes that are identities, references or results.
var ignored = []string{
	"id", "tier", "parent", "site", "server", "unknown", "accepted_findings", "wmi_role_name", "site_code", "fqdn", "role", "inventory", "netbios_name",
	"sites", "site_system_servers", "role_assignments", "install_command",
}

// field is an attribute of a struct of the model.
type field struct {
	name  string
	index int
}

var fieldsByType sync.Map // reflect.Type -> []field

// fieldsOf lists the attributes of a type that are compared, by their names.
func fieldsOf(t reflect.Type) []field {
	if cached, ok := fieldsByType.Load(t); ok {
		return cached.([]field)
	}
	var list []field
	for i := range t.NumField() {
		name, ok := t.Field(i).Tag.Lookup("attr")
		_, isValue := reflect.New(t.Field(i).Type).Interface().(stateful)
		if !ok || !isValue || !model.IsSetting(name) || slices.Contains(ignored, name) && !(t == reflect.TypeFor[model.Database]() && name == "server" || t == reflect.TypeFor[model.DatabaseReplica]() && name == "server") {
			continue
		}
		list = append(list, field{name, i})
	}
	fieldsByType.Store(t, list)
	return list
}

// stateful is a model.Value of any type.
type stateful interface {
	IsNull() bool
	IsUnknown() bool
}

// object compares two objects of one type, given as pointers.
func (c *comparison) object(at model.Path, declared, live any, known defaults) {
	c.fields(at, "", reflect.ValueOf(declared).Elem(), reflect.ValueOf(live).Elem(), known)
}

func (c *comparison) fields(at model.Path, prefix string, declared, live reflect.Value, known defaults) {
	for _, f := range fieldsOf(declared.Type()) {
		want, have := declared.Field(f.index).Addr().Interface().(stateful), live.Field(f.index).Addr().Interface().(stateful)
		if want.IsNull() && have.IsNull() || want.IsUnknown() || have.IsUnknown() {
			continue
		}
		if block := blockType(want); block != nil {
			c.block(at.Attr(f.name), prefix+f.name, want, have, known)
			continue
		}
		c.value(at, f.name, prefix+f.name, want, have, known)
	}
}

// block compares settings blocks: one that is not there has all its defaults.
func (c *comparison) block(at model.Path, name string, want, have stateful, known defaults) {
	if want.IsNull() != have.IsNull() && model.IsTelling(reflect.PointerTo(blockType(want))) {
		there := func(v stateful) model.Value[string] {
			if v.IsNull() {
				return model.Null[string]()
			}
			return model.Known("{}")
		}
		c.drift.Different = append(c.drift.Different, Difference{at, there(want), there(have)})
		return
	}
	a, b := blockValue(want), blockValue(have)
	c.fields(at, name+".", a, b, known)
}

// value compares values that hold no attributes.
func (c *comparison) value(at model.Path, name, path string, want, have stateful, known defaults) {
	a, b := textOf(want), textOf(have)
	def, hasDefault := known[path]
	if !hasDefault {
		def, hasDefault = fixedDefaults[path]
	}
	for _, side := range []*rendered{&a, &b} {
		if side.null && hasDefault {
			side.compared = fold(def)
		}
	}
	if (a.null || b.null) && !hasDefault && !none[path] {
		return
	}
	if a.compared == b.compared || sameSources(want, have) {
		return
	}
	c.drift.Different = append(c.drift.Different, Difference{at.Attr(name), a.shown(), b.shown()})
}

// rendered is a value as text.
type rendered struct {
	null     bool
	text     string
	compared string // what spelling alone does not change
}

func (r rendered) shown() model.Value[string] {
	if r.null {
		return model.Null[string]()
	}
	return model.Known(r.text)
}

func textOf(v stateful) rendered {
	if v.IsNull() {
		return rendered{null: true}
	}
	switch v := v.(type) {
	case *model.Value[string]:
		text, _ := v.Get()
		return rendered{text: text, compared: fold(text)}
	case *model.Value[product.SiteType]:
		text, _ := v.Get()
		return rendered{text: string(text), compared: string(text)}
	case *model.Value[bool]:
		is, _ := v.Get()
		return rendered{text: strconv.FormatBool(is), compared: strconv.FormatBool(is)}
	case *model.Value[int64]:
		n, _ := v.Get()
		text := strconv.FormatInt(n, 10)
		return rendered{text: text, compared: text}
	case *model.Value[[]model.Value[string]]:
		list, _ := v.Get()
		var texts, folded []string
		for _, element := range list {
			if text, ok := element.Get(); ok {
				texts, folded = append(texts, text), append(folded, fold(text))
			}
		}
		slices.Sort(folded) // the order says nothing
		return rendered{text: strings.Join(texts, ", "), compared: strings.Join(slices.Compact(folded), ", ")}
	case *model.Value[map[string]model.Value[int64]]:
		return sources(v)
	}
	return rendered{null: true}
}

// sameSources reports whether two values are the same pull sources, of which one may leave
// priorities open.
func sameSources(want, have stateful) bool {
	a, okA := want.(*model.Value[map[string]model.Value[int64]])
	b, okB := have.(*model.Value[map[string]model.Value[int64]])
	if !okA || !okB {
		return false
	}
	declared, known := a.Get()
	running, there := b.Get()
	if !known || !there || len(declared) != len(running) {
		return false
	}
	byHost := make(map[string]model.Value[int64], len(running))
	for host, priority := range running {
		byHost[model.FoldHost(host)] = priority
	}
	for host, priority := range declared {
		other, ok := byHost[model.FoldHost(host)]
		if !ok || priority.IsKnown() && other.IsKnown() && priority != other {
			return false
		}
	}
	return true
}

// sources are pull sources with their priorities.
func sources(v *model.Value[map[string]model.Value[int64]]) rendered {
	all, _ := v.Get()
	var texts, folded []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		text := key
		if n, ok := all[key].Get(); ok {
			text += " = " + strconv.FormatInt(n, 10)
		}
		texts, folded = append(texts, text), append(folded, strings.ToLower(text))
	}
	slices.Sort(folded)
	return rendered{text: strings.Join(texts, ", "), compared: strings.Join(folded, ", ")}
}

// fold takes away what is spelling only: names, codes, accounts and paths of Windows know
// no letter case, and may end with a dot or a backslash.
func fold(text string) string {
	return strings.ToLower(strings.TrimRight(strings.TrimSuffix(strings.TrimSpace(text), "."), `\`))
}

// blockType returns the type of the block that a value holds, nil when it holds none.
func blockType(v stateful) reflect.Type {
	get, ok := blockTypes.Load(reflect.TypeOf(v))
	if !ok {
		method, _ := reflect.TypeOf(v).MethodByName("Get")
		t := method.Type.Out(0)
		if t.Kind() != reflect.Pointer {
			t = reflect.TypeFor[struct{}]()
		} else {
			t = t.Elem()
		}
		blockTypes.Store(reflect.TypeOf(v), t)
		get = t
	}
	if t := get.(reflect.Type); t != reflect.TypeFor[struct{}]() {
		return t
	}
	return nil
}

var blockTypes sync.Map // reflect.Type of a *model.Value -> of the block

// blockValue returns a block, an empty one where there is none.
func blockValue(v stateful) reflect.Value {
	if v.IsNull() {
		return reflect.New(blockType(v)).Elem()
	}
	return reflect.ValueOf(v).MethodByName("Get").Call(nil)[0].Elem()
}
