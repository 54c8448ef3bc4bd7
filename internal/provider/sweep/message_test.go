package sweep

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// encoder writes values as Terraform sends them. The library does the same through a typed
// value of each attribute, which takes most of the time of a sweep.
type encoder struct {
	buffer bytes.Buffer
	e      *msgpack.Encoder
}

// message returns an object of a schema as Terraform sends it, null for nil.
func message(object *field, node tree) *tfprotov6.DynamicValue {
	w := &encoder{}
	w.e = msgpack.NewEncoder(&w.buffer)
	if node == nil {
		w.scalar(nil)
	} else {
		w.value(object, node)
	}
	return &tfprotov6.DynamicValue{MsgPack: w.buffer.Bytes()}
}

func (w *encoder) value(f *field, node any) {
	switch node := node.(type) {
	case tree:
		w.object(f, node)
	case []any:
		must(w.e.EncodeArrayLen(len(node)))
		for _, element := range node {
			w.value(elementOf(f), element)
		}
	case nil:
		if f != nil && f.block && f.shape == shapeObjects {
			must(w.e.EncodeArrayLen(0))
			return
		}
		w.scalar(nil)
	default:
		w.scalar(node)
	}
}

func (w *encoder) object(f *field, node tree) {
	if f == nil || f.shape != shapeObject {
		keys := slices.Sorted(maps.Keys(node))
		must(w.e.EncodeMapLen(len(keys)))
		for _, key := range keys {
			must(w.e.EncodeString(key))
			w.value(elementOf(f), node[key])
		}
		return
	}
	must(w.e.EncodeMapLen(len(f.fields)))
	for _, sub := range f.fields {
		must(w.e.EncodeString(sub.name))
		w.value(sub, node[sub.name])
	}
}

func (w *encoder) scalar(node any) {
	switch node := node.(type) {
	case nil:
		must(w.e.EncodeNil())
	case string:
		must(w.e.EncodeString(node))
	case bool:
		must(w.e.EncodeBool(node))
	case int64:
		must(w.e.EncodeInt(node))
	case float64:
		must(w.e.EncodeFloat64(node))
	case digits:
		must(w.e.EncodeString(string(node)))
	default: // unknown
		_, err := w.buffer.Write([]byte{0xd4, 0, 0})
		must(err)
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// read decodes a message without its schema.
func read(v *tfprotov6.DynamicValue) (any, error) {
	if v == nil || len(v.MsgPack) == 0 {
		return nil, fmt.Errorf("there is no message")
	}
	d := msgpack.NewDecoder(bytes.NewReader(v.MsgPack))
	return readNode(d)
}

func readNode(d *msgpack.Decoder) (any, error) {
	code, err := d.PeekCode()
	if err != nil {
		return nil, err
	}
	switch {
	case code == msgpcode.Nil:
		return nil, d.DecodeNil()
	case msgpcode.IsExt(code):
		return unknown, d.Skip()
	case msgpcode.IsFixedMap(code) || code == msgpcode.Map16 || code == msgpcode.Map32:
		length, err := d.DecodeMapLen()
		if err != nil {
			return nil, err
		}
		object := make(tree, length)
		for range length {
			name, err := d.DecodeString()
			if err != nil {
				return nil, err
			}
			if object[name], err = readNode(d); err != nil {
				return nil, err
			}
		}
		return object, nil
	case msgpcode.IsFixedArray(code) || code == msgpcode.Array16 || code == msgpcode.Array32:
		length, err := d.DecodeArrayLen()
		if err != nil {
			return nil, err
		}
		list := make([]any, length)
		for i := range list {
			if list[i], err = readNode(d); err != nil {
				return nil, err
			}
		}
		return list, nil
	default:
		scalar, err := d.DecodeInterfaceLoose()
		if n, ok := scalar.(uint64); ok {
			return int64(n), err
		}
		return scalar, err
	}
}

// equal compares two nodes. An attribute that an object lacks is null, a list of blocks
// that is missing is empty.
func equal(f *field, a, b any) bool {
	switch a := a.(type) {
	case nil:
		list, ok := b.([]any)
		return b == nil || ok && len(list) == 0 && f != nil && f.block
	case tree:
		other, ok := b.(tree)
		if !ok {
			return false
		}
		if f != nil && f.shape == shapeObject {
			for _, sub := range f.fields {
				if !equal(sub, a[sub.name], other[sub.name]) {
					return false
				}
			}
			return true
		}
		if len(a) != len(other) {
			return false
		}
		for key, element := range a {
			member, ok := other[key]
			if !ok || !equal(elementOf(f), element, member) {
				return false
			}
		}
		return true
	case []any:
		other, ok := b.([]any)
		if b == nil && len(a) == 0 && f != nil && f.block {
			return true
		}
		return ok && slices.EqualFunc(a, other, func(x, y any) bool { return equal(elementOf(f), x, y) })
	case digits:
		return fmt.Sprint(b) == string(a) || sameNumber(string(a), fmt.Sprint(b))
	default:
		if text, ok := b.(digits); ok {
			return sameNumber(fmt.Sprint(a), string(text))
		}
		return a == b
	}
}

func sameNumber(a, b string) bool {
	x, _, errX := big.ParseFloat(a, 10, 512, big.ToNearestEven)
	y, _, errY := big.ParseFloat(b, 10, 512, big.ToNearestEven)
	return errX == nil && errY == nil && x.Cmp(y) == 0
}

// isWhole reports whether nothing in a node is unknown.
func isWhole(node any) bool {
	switch node := node.(type) {
	case tree:
		for _, v := range node {
			if !isWhole(v) {
				return false
			}
		}
	case []any:
		return !slices.ContainsFunc(node, func(v any) bool { return !isWhole(v) })
	default:
		return node != any(unknown)
	}
	return true
}

// dynamic returns a value as Terraform passes an argument of any type: with its own type.
func dynamic(node any) *tfprotov6.DynamicValue {
	w := &encoder{}
	w.e = msgpack.NewEncoder(&w.buffer)
	if node == any(unknown) {
		w.scalar(node)
		return &tfprotov6.DynamicValue{MsgPack: w.buffer.Bytes()}
	}
	must(w.e.EncodeArrayLen(2))
	must(w.e.EncodeBytes([]byte(typeText(node))))
	w.value(nil, node)
	return &tfprotov6.DynamicValue{MsgPack: w.buffer.Bytes()}
}

// typeText is the type of a node in the form of the protocol: objects and tuples, as
// literals in a configuration have them.
func typeText(node any) string {
	switch node := node.(type) {
	case tree:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(node)) {
			quoted, err := json.Marshal(name)
			must(err)
			parts = append(parts, string(quoted)+":"+typeText(node[name]))
		}
		return `["object",{` + strings.Join(parts, ",") + `}]`
	case []any:
		parts := make([]string, len(node))
		for i, element := range node {
			parts[i] = typeText(element)
		}
		return `["tuple",[` + strings.Join(parts, ",") + `]]`
	case bool:
		return `"bool"`
	case int64, float64, digits:
		return `"number"`
	case nil:
		return `"dynamic"`
	default:
		return `"string"`
	}
}

// TestMessages holds the encoder of this package to that of the library.
func TestMessages(t *testing.T) {
	s := serve(t, nil)
	for kind, base := range bases {
		for _, design := range base {
			object, schema := s.resources[kind], s.schemas.ResourceSchemas[kind]
			if object == nil {
				object, schema = s.data[kind], s.schemas.DataSourceSchemas[kind]
			}
			typ := schema.ValueType()
			sent := message(object, design.config)
			v, err := sent.Unmarshal(typ)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			again, err := tfprotov6.NewDynamicValue(typ, v)
			if err != nil {
				t.Fatal(err)
			}
			own, err := read(sent)
			if err != nil {
				t.Fatal(err)
			}
			theirs, err := read(&again)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(own, theirs) {
				t.Errorf("%s: sent %v, the library sends %v", kind, own, theirs)
			}
			argument := dynamic(design.config)
			if _, err := argument.Unmarshal(tftypes.DynamicPseudoType); err != nil {
				t.Errorf("%s as an argument: %v", kind, err)
			}
		}
	}
	for _, node := range []any{nil, unknown, "x", true, int64(7), 1.5, digits("1" + strings.Repeat("0", 60)), []any{"a", unknown, nil}, tree{"a": tree{}, `b"`: nil}} {
		argument := dynamic(node)
		if _, err := argument.Unmarshal(tftypes.DynamicPseudoType); err != nil {
			t.Errorf("%v as an argument: %v", node, err)
		}
	}
}

// text is a message of one scalar.
func (w *encoder) text(node any) *tfprotov6.DynamicValue {
	w.e = msgpack.NewEncoder(&w.buffer)
	w.scalar(node)
	return &tfprotov6.DynamicValue{MsgPack: w.buffer.Bytes()}
}
