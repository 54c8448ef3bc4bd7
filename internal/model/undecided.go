package model

import (
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"

	"reflect"
	"slices"
	"strings"
)

// An object can say that it does not know an attribute: the list in its attribute
// unknown names it, and every rule that would take null for the product's default is
// undecided instead. What reads a running hierarchy writes such lists, because no
// source of it knows everything.

// Others is the key of the element that [Decode] adds to a map of a hierarchy that is
// not complete, because unknown lists the map: there may be other elements, about
// which nothing is known.
const Others = "(others)"

var unknownList = reflect.TypeFor[Value[[]Value[string]]]()

// undecide makes the attributes of an object unknown that its list names: attributes,
// or those of its blocks, as in database.failover_cluster. Naming one that has a value
// is an error.
func (d *decoder) undecide(at Path, object reflect.Value) {
	index, ok := fieldsOf(object.Type())["unknown"]
	if !ok || object.Type().Field(index).Type != unknownList {
		return
	}
	list := object.Field(index).Interface().(Value[[]Value[string]])
	names, _ := list.Get()
	if list.IsUnknown() || slices.ContainsFunc(names, Value[string].IsUnknown) {
		openListable(object)
	}
	for i, value := range names {
		if name, ok := value.Get(); ok {
			d.undecideOne(at, at.Attr("unknown").Index(i), object, name)
		}
	}
}

// listable are the structural attributes that the list of what nobody knows can name in a
// resource.
var listable = []string{"passive_site_server", "sms_providers", "content_library_path", "branch", "database", "client_ports", "internet_fqdn", "proxy", "installation_account"}

// openListable leaves open what a list that is not known itself may turn out to name.
func openListable(object reflect.Value) {
	fields := fieldsOf(object.Type())
	for _, name := range listable {
		index, ok := fields[name]
		if !ok {
			continue
		}
		if state, ok := object.Field(index).Interface().(encodable); ok && state.IsNull() {
			object.Field(index).Addr().Interface().(slot).setUnknown()
		}
	}
}

func (d *decoder) undecideOne(at, entry Path, object reflect.Value, name string) {
	first, rest, nested := strings.Cut(name, ".")
	fields := fieldsOf(object.Type())
	index, ok := fields[first]
	field := reflect.Value{}
	if ok {
		field = object.Field(index)
		_, ok = field.Addr().Interface().(slot)
	}
	if !ok || first == "unknown" {
		d.fail(entry, "There is no attribute %q here.%s", first, product.DidYouMean(first, attributeNames(fields)))
		return
	}
	target := field.Addr().Interface().(slot)
	switch state := field.Interface().(encodable); {
	case state.IsUnknown():
	case nested && target.kind().Kind() != reflect.Pointer:
		d.fail(entry, "%q has no attributes of its own. Write %q.", first, first)
	case nested:
		if state.IsNull() {
			target.set(reflect.New(target.kind().Elem()).Interface())
		}
		block := reflect.ValueOf(field.Interface().(encodable).known())
		d.undecideOne(at.Attr(first), entry, block.Elem(), rest)
	case state.IsNull():
		target.setUnknown()
	case target.kind().Kind() == reflect.Map && target.kind().Elem().Kind() == reflect.Struct && at.IsRoot() && object.Type() == reflect.TypeFor[Hierarchy]():
		d.openMap(field)
	default:
		d.fail(entry, "%q is listed as unknown and has a value. Take it out of the list, or the value away.", at.Attr(first))
	}
}

// openMap adds an element to a map about which nothing is known.
func (d *decoder) openMap(field reflect.Value) {
	elements := reflect.ValueOf(field.Interface().(encodable).known())
	other := reflect.New(elements.Type().Elem())
	other.Interface().(slot).setUnknown()
	elements.SetMapIndex(reflect.ValueOf(Others), other.Elem())
}

func attributeNames(fields map[string]int) []string {
	var names []string
	for name := range fields {
		if name != "unknown" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
