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

// undecide makes the attributes of an object unknown that its list names: attributes,
// or those of its blocks, as in database.failover_cluster. Naming one that has a value
// is an error.
func (d *decoder) undecide(at Path, object reflect.Value) {
	index, ok := fieldsOf(object.Type())["unknown"]
	if !ok {
		return
	}
	list, ok := object.Field(index).Addr().Interface().(*Value[[]Value[string]])
	if !ok {
		return
	}
	names, _ := list.Get()
	if list.IsUnknown() || slices.ContainsFunc(names, Value[string].IsUnknown) {
		d.openListable(object)
	}
	for i, value := range names {
		if name, ok := value.Get(); ok {
			d.undecideOne(at, at.Attr("unknown").Index(i), object, name)
		}
	}
}

// listable are the attributes that the list of what nobody knows can name in a resource,
// a block before what it holds.
var listable = map[reflect.Type][]string{
	reflect.TypeFor[Site](): {
		"passive_site_server", "sms_providers", "content_library_path", "branch",
		"database", "database.server", "database.instance", "database.name", "database.port", "database.service_broker_port", "database.availability_group",
		"database.failover_cluster",
		"client_ports", "client_ports.http", "client_ports.https", "client_ports.notification",
	},
	reflect.TypeFor[Server](): {"internet_fqdn", "proxy", "installation_account"},
	reflect.TypeFor[Assignment](): {
		"management_point.database_replica", "distribution_point.pull_sources", "distribution_point.pxe", "distribution_point.multicast",
	},
	reflect.TypeFor[Hierarchy](): {"sites", "site_system_servers", "role_assignments", "cloud_management_gateways"},
}

// Listable returns the names that the list unknown of a resource can hold: attributes, or
// those of its blocks with the name of the block and a dot in front. It is empty for what
// has no such list.
func Listable[T any]() []string { return slices.Clone(listable[reflect.TypeFor[T]()]) }

// openListable leaves open what a list that is not known itself may turn out to name.
func (d *decoder) openListable(object reflect.Value) {
	for _, name := range listable[object.Type()] {
		d.openOne(object, name)
	}
}

func (d *decoder) openOne(object reflect.Value, name string) {
	first, rest, nested := strings.Cut(name, ".")
	field := object.Field(fieldsOf(object.Type())[first])
	target, state := field.Addr().Interface().(slot), field.Interface().(encodable)
	switch {
	case state.IsUnknown():
	case nested:
		if state.IsNull() {
			// Only the settings of its own role can say something about an assignment.
			if a, ok := object.Addr().Interface().(*Assignment); !ok || a.Role != Known(first) {
				return
			}
			target.set(reflect.New(target.kind().Elem()).Interface())
		}
		d.openOne(reflect.ValueOf(field.Interface().(encodable).known()).Elem(), rest)
	case state.IsNull():
		target.setUnknown()
	case isMapOfElements(object, target):
		d.openMap(field)
	}
}

// isMapOfElements reports whether a field is a map of a hierarchy, to which elements can
// be added.
func isMapOfElements(object reflect.Value, field slot) bool {
	return object.Type() == reflect.TypeFor[Hierarchy]() && field.kind().Kind() == reflect.Map && field.kind().Elem().Kind() == reflect.Struct
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
	case isMapOfElements(object, target):
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
