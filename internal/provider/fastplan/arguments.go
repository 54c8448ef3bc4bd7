package fastplan

import (
	"bytes"
	"context"
	"encoding/json"
	"hash/maphash"
	"io"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"
)

// The framework takes an argument of any type apart three times: into the type, the value
// of that type, and a value of its own, each with a map of types for every object in it.
// Of a topology of 50,000 objects that is most of the time of a function. Here such an
// argument becomes the tree that the function reads, and the framework sees a text in its
// place: [Argument] finds the tree again.

type argumentsKey struct{}

// notNormal begins the texts that stand for arguments. Terraform normalizes every text to
// composed characters, so that nobody can have typed it.
const notNormal = "a\u0301"

// Argument returns the tree of an argument that the framework did not see, and whether
// the value stands for one. The tree is shared: nobody may change it.
func Argument(ctx context.Context, argument types.Dynamic) (map[string]any, bool) {
	trees, _ := ctx.Value(argumentsKey{}).(map[string]map[string]any)
	token, ok := argument.UnderlyingValue().(types.String)
	if !ok || len(trees) == 0 {
		return nil, false
	}
	tree, ok := trees[token.ValueString()]
	return tree, ok
}

// CallFunction calls a function, with its large arguments past the framework.
func (s *Server) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	trees := map[string]map[string]any{}
	arguments := slices.Clone(req.Arguments)
	for _, position := range s.arguments[req.Name] {
		if position >= len(arguments) {
			continue
		}
		tree, ok := argumentTree(arguments[position])
		if !ok {
			continue
		}
		token := notNormal + strconv.Itoa(position)
		placeholder, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, tftypes.NewValue(tftypes.String, token))
		if err != nil {
			continue
		}
		trees[token], arguments[position] = tree, &placeholder
	}
	if len(trees) == 0 {
		return s.ProviderServer.CallFunction(ctx, req)
	}
	return s.ProviderServer.CallFunction(context.WithValue(ctx, argumentsKey{}, trees), &tfprotov6.CallFunctionRequest{Name: req.Name, Arguments: arguments})
}

// argumentTree decodes an argument of any type into the tree of an object whose values are
// all known. It says no to everything else, and to what is not as Terraform writes it.
func argumentTree(v *tfprotov6.DynamicValue) (map[string]any, bool) {
	if v == nil || len(v.MsgPack) == 0 {
		return nil, false
	}
	rest := bytes.NewReader(v.MsgPack)
	d := &typedDecoder{Decoder: msgpack.NewDecoder(rest), message: v.MsgPack, rest: rest}
	// A value of any type is its type, as JSON, and itself.
	if code, err := d.PeekCode(); err != nil || !msgpcode.IsFixedArray(code) {
		return nil, false
	}
	if length, err := d.DecodeArrayLen(); err != nil || length != 2 {
		return nil, false
	}
	types, ok := d.text()
	if !ok {
		return nil, false
	}
	d.types = types
	node, ok := d.value(0)
	tree, isObject := node.(map[string]any)
	return tree, ok && isObject && d.at == len(d.types) && rest.Len() == 0
}

// typedDecoder reads a message together with the text of its type, from which it learns
// what the message leaves open: a text may be a number.
type typedDecoder struct {
	*msgpack.Decoder
	message []byte
	rest    *bytes.Reader // of the message
	types   []byte
	at      int // in types
	// texts are some of those that were read, each at the place of its hash.
	texts [256]string
}

// text decodes a text to a part of the message.
func (d *typedDecoder) text() ([]byte, bool) {
	length, err := d.DecodeBytesLen()
	from := len(d.message) - d.rest.Len()
	if err != nil || length > d.rest.Len() {
		return nil, false
	}
	length = max(0, length)
	_, err = d.rest.Seek(int64(length), io.SeekCurrent)
	return d.message[from : from+length], err == nil
}

var textSeed = maphash.MakeSeed()

// kept returns a text as a string. Names and most values come again and again: they share
// one, which saves its room and lies near when it is looked up.
func (d *typedDecoder) kept(text []byte) string {
	const longest = 64
	if len(text) > longest {
		return string(text)
	}
	place := &d.texts[maphash.Bytes(textSeed, text)%uint64(len(d.texts))]
	if *place != string(text) {
		*place = string(text)
	}
	return *place
}

// deepest is how many levels a value may have; a design has a dozen.
const deepest = 100

// value decodes the next value, with the next type.
func (d *typedDecoder) value(depth int) (any, bool) {
	code, err := d.PeekCode()
	if err != nil || depth > deepest || msgpcode.IsExt(code) {
		return nil, false // broken, or not known yet
	}
	if code == msgpcode.Nil {
		return nil, d.DecodeNil() == nil && d.skipType(depth)
	}
	switch {
	case d.next(`"string"`):
		text, ok := d.text()
		if !ok {
			return nil, false
		}
		return d.kept(text), true
	case d.next(`"bool"`):
		is, err := d.DecodeBool()
		return is, err == nil
	case d.next(`"number"`):
		return d.number(code)
	case d.next(`["object",{`):
		return d.object(depth)
	case d.next(`["map",`):
		return d.mapping(depth)
	case d.next(`["tuple",[`):
		return d.tuple(depth)
	case d.next(`["list",`), d.next(`["set",`):
		return d.list(depth)
	default:
		return nil, false
	}
}

// next reports whether the type goes on with a text, and reads on behind it.
func (d *typedDecoder) next(text string) bool {
	if rest := d.types[d.at:]; len(rest) < len(text) || string(rest[:len(text)]) != text {
		return false
	}
	d.at += len(text)
	return true
}

func (d *typedDecoder) number(code byte) (any, bool) {
	switch {
	case msgpcode.IsFixedNum(code), code >= msgpcode.Int8 && code <= msgpcode.Int64:
		n, err := d.DecodeInt64()
		return n, err == nil
	case code >= msgpcode.Uint8 && code <= msgpcode.Uint64:
		n, err := d.DecodeUint64()
		return Number(new(big.Float).SetUint64(n)), err == nil
	case code == msgpcode.Float, code == msgpcode.Double:
		n, err := d.DecodeFloat64()
		if err != nil || math.IsNaN(n) {
			return nil, false
		}
		return Number(big.NewFloat(n)), true
	default:
		text, err := d.DecodeString()
		if err != nil {
			return nil, false
		}
		n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			return nil, false
		}
		return Number(n), true
	}
}

// Number returns a number as it stands in a tree: whole where it is.
func Number(n *big.Float) any {
	if whole, exact := n.Int64(); exact == big.Exact {
		return whole
	}
	f, _ := n.Float64()
	return f
}

// object decodes an object. Terraform writes its attributes and their types in one order.
func (d *typedDecoder) object(depth int) (any, bool) {
	length, err := d.DecodeMapLen()
	if err != nil || length < 0 {
		return nil, false
	}
	object := map[string]any{} // not made to measure: a broken message may promise anything
	for i := range length {
		if i > 0 && !d.next(`,`) {
			return nil, false
		}
		name, ok := d.name()
		if !ok {
			return nil, false
		}
		written, ok := d.text()
		if !ok || string(written) != name {
			return nil, false
		}
		if object[name], ok = d.value(depth + 1); !ok {
			return nil, false
		}
	}
	return object, d.next(`}]`)
}

// name reads the name of an attribute from the type, with the colon behind it.
func (d *typedDecoder) name() (string, bool) {
	raw, plain, ok := d.quoted()
	if !ok || !d.next(`:`) {
		return "", false
	}
	if plain {
		return d.kept(raw[1 : len(raw)-1]), true
	}
	var name string
	err := json.Unmarshal(raw, &name)
	return name, err == nil
}

// quoted reads a text in quotation marks from the type, and reports whether it is without
// escapes.
func (d *typedDecoder) quoted() (raw []byte, plain, ok bool) {
	if d.at >= len(d.types) || d.types[d.at] != '"' {
		return nil, false, false
	}
	plain = true
	for i := d.at + 1; i < len(d.types); i++ {
		switch d.types[i] {
		case '\\':
			plain = false
			i++
		case '"':
			raw, d.at = d.types[d.at:i+1], i+1
			return raw, plain, true
		}
	}
	return nil, false, false
}

func (d *typedDecoder) mapping(depth int) (any, bool) {
	length, err := d.DecodeMapLen()
	if err != nil || length < 0 {
		return nil, false
	}
	elements, start := map[string]any{}, d.at
	for range length {
		text, ok := d.text()
		key := d.kept(text)
		if _, twice := elements[key]; !ok || twice {
			return nil, false
		}
		d.at = start
		if elements[key], ok = d.value(depth + 1); !ok {
			return nil, false
		}
	}
	if length == 0 && !d.skipType(depth) {
		return nil, false
	}
	return elements, d.next(`]`)
}

func (d *typedDecoder) list(depth int) (any, bool) {
	length, err := d.DecodeArrayLen()
	if err != nil || length < 0 {
		return nil, false
	}
	list, start := []any{}, d.at
	for range length {
		d.at = start
		element, ok := d.value(depth + 1)
		if !ok {
			return nil, false
		}
		list = append(list, element)
	}
	if length == 0 && !d.skipType(depth) {
		return nil, false
	}
	return list, d.next(`]`)
}

func (d *typedDecoder) tuple(depth int) (any, bool) {
	length, err := d.DecodeArrayLen()
	if err != nil || length < 0 {
		return nil, false
	}
	list := []any{}
	for i := range length {
		if i > 0 && !d.next(`,`) {
			return nil, false
		}
		element, ok := d.value(depth + 1)
		if !ok {
			return nil, false
		}
		list = append(list, element)
	}
	return list, d.next(`]]`)
}

// skipType reads a type on whose value is null.
func (d *typedDecoder) skipType(depth int) bool {
	switch {
	case depth > deepest:
		return false
	case d.next(`["map",`), d.next(`["list",`), d.next(`["set",`):
		return d.skipType(depth+1) && d.next(`]`)
	case d.next(`["tuple",[`):
		for i := 0; !d.next(`]]`); i++ {
			if i > 0 && !d.next(`,`) || !d.skipType(depth+1) {
				return false
			}
		}
		return true
	case d.next(`["object",{`):
		for i := 0; !d.next(`}]`); i++ {
			if i > 0 && !d.next(`,`) {
				return false
			}
			if _, ok := d.name(); !ok || !d.skipType(depth+1) {
				return false
			}
		}
		return true
	default:
		for _, kind := range []string{`"string"`, `"bool"`, `"number"`, `"dynamic"`} {
			if d.next(kind) {
				return true
			}
		}
		return false
	}
}
