package model

import (
	"reflect"
)

// Encode is the inverse of [Decode]: it turns a model object (a pointer to a struct of
// Values) into a tree of nil (null), [UnknownValue], string, bool, int64, []any and
// map[string]any. Every attribute is there, null ones included.
func Encode(object any) map[string]any {
	return encodeObject(reflect.ValueOf(object).Elem())
}

func encodeObject(object reflect.Value) map[string]any {
	tree := map[string]any{}
	for name, index := range fieldsOf(object.Type()) {
		if v, ok := object.Field(index).Interface().(encodable); ok { // no computed output
			tree[name] = encodeValue(v)
		}
	}
	return tree
}

// encodeValue encodes a Value of any type.
func encodeValue(value encodable) any {
	switch {
	case value.IsUnknown():
		return UnknownValue{}
	case value.IsNull():
		return nil
	}
	known := reflect.ValueOf(value.known())
	switch known.Kind() {
	case reflect.Pointer:
		return encodeObject(known.Elem())
	case reflect.Slice:
		list := make([]any, known.Len())
		for i := range list {
			list[i] = encodeValue(known.Index(i).Interface().(encodable))
		}
		return list
	case reflect.Map:
		tree := make(map[string]any, known.Len())
		for _, key := range known.MapKeys() {
			tree[key.String()] = encodeValue(known.MapIndex(key).Interface().(encodable))
		}
		return tree
	case reflect.String:
		return known.String()
	default:
		return known.Interface()
	}
}

// encodable is a Value that [Encode] can read without knowing its type parameter.
type encodable interface {
	IsNull() bool
	IsUnknown() bool
	known() any
}

func (v Value[T]) known() any { return v.value }
