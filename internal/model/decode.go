package model

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model/product"
)

// UnknownValue marks a value that is not decided yet in the input of [Decode].
type UnknownValue struct{}

// Output stands for a computed attribute that nothing reads back: [Decode] takes
// whatever it holds, and keeps nothing of it.
type Output struct{}

var outputType = reflect.TypeFor[Output]()

// DecodeError says what is wrong with one place of a decoded object.
type DecodeError struct {
	Path    Path
	Message string // a full sentence without the path
}

func (e DecodeError) Error() string { return e.Path.String() + ": " + e.Message }

// Decode fills a model object (a pointer to a [Site], [Server], [Assignment],
// [Hierarchy] or [RequiredRoles]) from a tree of nil (null), [UnknownValue], string,
// bool, int64, float64, []any and map[string]any, by the attribute names in the
// struct tags. It is strict: a key that the object does not have is an error that
// names the nearest one, as is a value of another type. Numbers and truth values may be
// given as strings, and the other way round, as Terraform converts them. Errors are
// sorted by path.
func Decode(object any, tree map[string]any) []DecodeError {
	target := reflect.ValueOf(object).Elem()
	before := reflect.New(target.Type()).Elem()
	before.Set(target)
	// Nearly every tree is right: it is read without noting where everything stands, and
	// again, in order, for what there is to say about a wrong one.
	d := decoder{quick: true}
	if d.object(Path{}, target, tree); !d.failed {
		return nil
	}
	target.Set(before)
	d = decoder{}
	d.object(Path{}, target, tree)
	return d.errors
}

// AttributesOf returns the attribute names that Decode accepts for an object
// type, sorted. The argument is a pointer to the object.
func AttributesOf(object any) []string {
	return slices.Sorted(maps.Keys(fieldsOf(reflect.TypeOf(object).Elem())))
}

// inputsOf returns the attribute names that Decode keeps for an object type, sorted.
func inputsOf(object any) []string {
	t := reflect.TypeOf(object).Elem()
	return slices.DeleteFunc(AttributesOf(object), func(name string) bool { return t.Field(fieldsOf(t)[name]).Type == outputType })
}

type decoder struct {
	// quick has the decoder only find out whether something is wrong: paths are those of the
	// root, and maps come in any order.
	quick  bool
	failed bool
	errors []DecodeError
}

func (d *decoder) fail(at Path, format string, args ...any) {
	d.failed = true
	if !d.quick {
		d.errors = append(d.errors, DecodeError{Path: at, Message: fmt.Sprintf(format, args...)})
	}
}

// attr returns the path of an attribute of the object at a path.
func (d *decoder) attr(at Path, name string) Path {
	if d.quick {
		return at
	}
	return at.Attr(name)
}

func (d *decoder) object(at Path, target reflect.Value, tree map[string]any) {
	fields := fieldsOf(target.Type())
	for name, node := range (Entries[any]{Of: tree, InOrder: !d.quick}).All {
		if d.quick && d.failed {
			return
		}
		index, ok := fields[name]
		if !ok {
			d.fail(d.attr(at, name), "An attribute named %q is not expected here.%s", name, product.DidYouMean(name, SortedKeys(fields)))
			continue
		}
		if target.Field(index).Type() == outputType {
			continue
		}
		field := target.Field(index).Addr().Interface().(slot)
		d.value(d.attr(at, name), field, node)
		if block, ok := node.(map[string]any); ok && IsTelling(field.kind()) && mayBeNone(block) {
			field.setUnknown()
		}
	}
	d.undecide(at, target)
}

// telling are the blocks that say something by being there.
var telling = []reflect.Type{
	reflect.TypeFor[*AvailabilityGroup](), reflect.TypeFor[*FailoverCluster](), reflect.TypeFor[*Proxy](), reflect.TypeFor[*DatabaseReplica](),
	reflect.TypeFor[*Multicast](),
}

// IsTelling reports whether a block, of which this is the type of a pointer to it, says
// something by being there: it is not one whose arguments merely have defaults.
func IsTelling(block reflect.Type) bool { return slices.Contains(telling, block) }

// mayBeNone reports whether nothing in a block is known, and something is unknown. Terraform
// writes one so whose dynamic block has a for_each that is not known yet: it may turn out
// not to be there.
func mayBeNone(block map[string]any) bool {
	open := false
	for _, v := range block {
		if _, unknown := v.(UnknownValue); unknown {
			open = true
		} else if v != nil {
			return false
		}
	}
	return open
}

// value decodes one tree node into a slot. Null leaves the zero Value.
func (d *decoder) value(at Path, target slot, node any) {
	switch node := node.(type) {
	case nil:
	case UnknownValue:
		target.setUnknown()
	default:
		if target.take(node) {
			return
		}
		if decoded, ok := d.known(at, target.kind(), node); ok {
			target.set(decoded.Interface())
		}
	}
}

// known decodes a known node into a new value of the given type.
func (d *decoder) known(at Path, want reflect.Type, node any) (reflect.Value, bool) {
	node = converted(want, node)
	switch want.Kind() {
	case reflect.String, reflect.Bool:
		if got := reflect.ValueOf(node); got.Kind() == want.Kind() {
			return got, true
		}
	case reflect.Int64:
		switch number := node.(type) {
		case int64:
			return reflect.ValueOf(number), true
		case float64:
			if number == math.Trunc(number) && math.Abs(number) < 1<<53 {
				return reflect.ValueOf(int64(number)), true
			}
			d.fail(at, "A whole number is required, not %v.", number)
			return reflect.Value{}, false
		}
	case reflect.Pointer:
		if tree, ok := node.(map[string]any); ok {
			object := reflect.New(want.Elem())
			d.object(at, object.Elem(), tree)
			return object, true
		}
	case reflect.Slice:
		if list, ok := node.([]any); ok {
			elements, place := reflect.MakeSlice(want, len(list), len(list)), at
			for i, element := range list {
				if !d.quick {
					place = at.Index(i)
				}
				d.value(place, elements.Index(i).Addr().Interface().(slot), element)
			}
			return elements, true
		}
	case reflect.Map:
		if tree, ok := node.(map[string]any); ok {
			elements, place := reflect.MakeMapWithSize(want, len(tree)), at
			key, element := reflect.New(want.Key()).Elem(), reflect.New(want.Elem())
			for name, node := range (Entries[any]{Of: tree, InOrder: !d.quick}).All {
				if d.quick && d.failed {
					break
				}
				if !d.quick {
					place = at.Key(name)
				}
				key.SetString(name)
				element.Elem().SetZero()
				d.value(place, element.Interface().(slot), node)
				elements.SetMapIndex(key, element.Elem())
			}
			return elements, true
		}
	}
	d.fail(at, "%s is required, not %s.", wanted(want), given(node))
	return reflect.Value{}, false
}

// converted converts between strings, numbers and truth values as Terraform does with the
// arguments of a resource: files such as CSV have nothing but strings. What cannot be
// converted stays as it is.
func converted(want reflect.Type, node any) any {
	switch node := node.(type) {
	case string:
		switch want.Kind() {
		case reflect.Bool:
			if is, ok := map[string]bool{"true": true, "1": true, "false": false, "0": false}[node]; ok {
				return is
			}
		case reflect.Int64:
			if n, err := strconv.ParseInt(node, 10, 64); err == nil {
				return n
			}
			if f, err := strconv.ParseFloat(node, 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) && !strings.ContainsAny(node, "xXpP_") {
				return f
			}
		}
	case bool:
		if want.Kind() == reflect.String {
			return strconv.FormatBool(node)
		}
	case int64:
		if want.Kind() == reflect.String {
			return strconv.FormatInt(node, 10)
		}
	case float64:
		if want.Kind() == reflect.String {
			return strconv.FormatFloat(node, 'f', -1, 64)
		}
	}
	return node
}

// Converted returns a node of a tree as Terraform converts it to a string, bool or int64,
// and whether it can.
func Converted[T string | bool | int64](node any) (T, bool) {
	if value, ok := node.(T); ok {
		return value, true // as nearly always
	}
	value, ok := converted(reflect.TypeFor[T](), node).(T)
	return value, ok
}

func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "A string"
	case reflect.Bool:
		return "A bool"
	case reflect.Int64:
		return "A number"
	case reflect.Slice:
		return "A list"
	case reflect.Map:
		return "A map"
	default:
		return "An object"
	}
}

func given(node any) string {
	switch node.(type) {
	case string:
		return "a string"
	case bool:
		return "a bool"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	default:
		return "a number"
	}
}

var fieldCache sync.Map // reflect.Type -> map[string]int

// fieldsOf maps attribute names to field indices, from the struct tags.
func fieldsOf(t reflect.Type) map[string]int {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.(map[string]int)
	}
	fields := map[string]int{}
	for i := range t.NumField() {
		if name, ok := t.Field(i).Tag.Lookup("attr"); ok {
			fields[name] = i
		}
	}
	fieldCache.Store(t, fields)
	return fields
}
