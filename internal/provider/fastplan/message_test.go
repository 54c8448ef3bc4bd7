package fastplan

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
)

func TestObjectTree(t *testing.T) {
	list := tftypes.List{ElementType: tftypes.Number}
	of := tftypes.Map{ElementType: tftypes.String}
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"text": tftypes.String, "yes": tftypes.Bool, "none": tftypes.String, "later": of, "numbers": list, "map": of,
	}}
	sent, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{
		"text": tftypes.NewValue(tftypes.String, "Zürich"),
		"yes":  tftypes.NewValue(tftypes.Bool, true),
		"none": tftypes.NewValue(tftypes.String, nil),
		// As Terraform sends a value of which it knows only that it is not null.
		"later": tftypes.NewValue(of, tftypes.UnknownValue),
		"numbers": tftypes.NewValue(list, []tftypes.Value{
			tftypes.NewValue(tftypes.Number, -3), tftypes.NewValue(tftypes.Number, 70000), tftypes.NewValue(tftypes.Number, 1.5),
		}),
		"map": tftypes.NewValue(of, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, nil), "b": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}),
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"text": "Zürich", "yes": true, "none": nil, "later": model.UnknownValue{},
		"numbers": []any{int64(-3), int64(70000), 1.5},
		"map":     map[string]any{"a": nil, "b": model.UnknownValue{}},
	}
	if got, ok := objectTree(&sent); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("objectTree = %v, want %v", got, want)
	}
	refined := &tfprotov6.DynamicValue{MsgPack: []byte{0x81, 0xa1, 'a', 0xc7, 3, 12, 0x81, 1, 0xc2}} // {a: unknown, not null}
	if got, ok := objectTree(refined); !ok || !reflect.DeepEqual(got, map[string]any{"a": model.UnknownValue{}}) {
		t.Errorf("objectTree of a refined unknown value = %v", got)
	}
}

func FuzzObjectTree(f *testing.F) {
	f.Add([]byte{0x81, 0xa1, 'a', 0xd4, 0, 0})
	f.Add([]byte{0xdf, 0x00, 0x00, 0x00, 0x09}) // a map of nine elements that are not there
	f.Add([]byte{0x82, 0xa1, 'a', 0x93, 1, 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0xa1, 'b', 0xc3})
	f.Fuzz(func(t *testing.T, message []byte) {
		object, ok := objectTree(&tfprotov6.DynamicValue{MsgPack: message})
		if !ok && object != nil {
			t.Errorf("an object of a message that is none: %v", object)
		}
		_, _ = replaceAttributes(message, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, "b")})
	})
}

func TestReplaceAttributes_RefusesWhatIsNotThere(t *testing.T) {
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}}
	object, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, "b")}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := replaceAttributes(object.MsgPack, map[string]tftypes.Value{"z": tftypes.NewValue(tftypes.String, "")}); err == nil {
		t.Error("an attribute that the object does not have is replaced")
	}
}
