// Package modeltest reads values, elements and questions from text, for tests.
package modeltest

import (
	"encoding/json"
	"testing"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// Value reads a value of a design: JSON, a bare word, or ? for unknown.
func Value(text string) any {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err == nil {
		return Unknowns(v)
	}
	return Scalar(text)
}

// Unknowns replaces the string "?" within JSON.
func Unknowns(v any) any {
	switch v := v.(type) {
	case string:
		return Scalar(v)
	case []any:
		for i := range v {
			v[i] = Unknowns(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = Unknowns(v[k])
		}
	}
	return v
}

// Scalar reads a word, ? as unknown.
func Scalar(text string) any {
	if text == "?" {
		return model.UnknownValue{}
	}
	return text
}

// MustDecode decodes a tree that has to be right.
func MustDecode[T any](t testing.TB, tree map[string]any) *T {
	t.Helper()
	object := new(T)
	if errs := model.Decode(object, tree); len(errs) > 0 {
		t.Fatalf("design: %v", errs)
	}
	return object
}
