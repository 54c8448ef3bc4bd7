package fastplan

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

// objectTree decodes an object as [model.Decode] wants it, nil when it is null.
func objectTree(v *tfprotov6.DynamicValue) (map[string]any, bool) {
	if v == nil || len(v.MsgPack) == 0 {
		return nil, false
	}
	node, err := messageTree(msgpack.NewDecoder(bytes.NewReader(v.MsgPack)))
	if node == nil {
		return nil, err == nil
	}
	object, ok := node.(map[string]any)
	return object, ok && err == nil
}

// messageTree decodes the next value of a message. Terraform sends objects and maps as
// maps, and unknown values as extensions.
func messageTree(d *msgpack.Decoder) (any, error) {
	code, err := d.PeekCode()
	if err != nil {
		return nil, err
	}
	switch {
	case code == msgpcode.Nil:
		return nil, d.DecodeNil()
	case msgpcode.IsExt(code):
		return model.UnknownValue{}, d.Skip()
	case msgpcode.IsFixedMap(code) || code == msgpcode.Map16 || code == msgpcode.Map32:
		length, err := d.DecodeMapLen()
		if err != nil {
			return nil, err
		}
		object := map[string]any{} // not made to measure: a broken message may promise anything
		for range length {
			name, err := d.DecodeString()
			if err != nil {
				return nil, err
			}
			if _, twice := object[name]; twice {
				return nil, fmt.Errorf("%q is in it twice", model.Clipped(name))
			}
			if object[name], err = messageTree(d); err != nil {
				return nil, err
			}
		}
		return object, nil
	case msgpcode.IsFixedArray(code) || code == msgpcode.Array16 || code == msgpcode.Array32:
		length, err := d.DecodeArrayLen()
		if err != nil {
			return nil, err
		}
		list := []any{}
		for range length {
			element, err := messageTree(d)
			if err != nil {
				return nil, err
			}
			list = append(list, element)
		}
		return list, nil
	default:
		scalar, err := d.DecodeInterfaceLoose() // a string, a bool, an int64, a uint64 or a float64
		if n, ok := scalar.(uint64); ok {
			return int64(n), err // Terraform writes what does not fit as a string
		}
		return scalar, err
	}
}

// replaceAttributes returns an encoded object with some of its attributes replaced.
// The others stay as they are, to the byte.
func replaceAttributes(object []byte, replaced map[string]tftypes.Value) ([]byte, error) {
	d := msgpack.NewDecoder(bytes.NewReader(object))
	length, err := d.DecodeMapLen()
	if err != nil {
		return nil, err
	}
	var result bytes.Buffer
	result.Grow(len(object) + 64*len(replaced))
	e := msgpack.NewEncoder(&result)
	if err := e.EncodeMapLen(length); err != nil {
		return nil, err
	}
	seen := 0
	for range length {
		name, err := d.DecodeString()
		if err != nil {
			return nil, err
		}
		value, err := d.DecodeRaw()
		if err != nil {
			return nil, err
		}
		if v, ok := replaced[name]; ok {
			seen++
			encoded, err := tfprotov6.NewDynamicValue(v.Type(), v)
			if err != nil {
				return nil, err
			}
			value = encoded.MsgPack
		}
		if err := e.EncodeString(name); err != nil {
			return nil, err
		}
		if err := e.Encode(value); err != nil {
			return nil, err
		}
	}
	if seen != len(replaced) {
		return nil, fmt.Errorf("%d of %d attributes are not part of the object", len(replaced)-seen, len(replaced))
	}
	return result.Bytes(), nil
}
