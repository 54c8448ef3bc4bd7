package provider

import (
	"bytes"
	"context"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/model"
	"github.com/terraform-configmgr/terraform-provider-configmgr/internal/provider/fastplan"
)

// probe is a server that remembers what it is called with.
type probe struct {
	tfprotov6.ProviderServer
	called func(context.Context, *tfprotov6.CallFunctionRequest)
}

func (p *probe) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	p.called(ctx, req)
	return &tfprotov6.CallFunctionResponse{}, nil
}

// shortArgument returns the tree that an argument becomes past the framework.
func shortArgument(t testing.TB, message []byte) (tree, bool) {
	t.Helper()
	var found tree
	var short bool
	s := fastplan.New(&probe{called: func(ctx context.Context, req *tfprotov6.CallFunctionRequest) {
		if bytes.Equal(req.Arguments[0].MsgPack, message) {
			return // left to the framework
		}
		v, err := req.Arguments[0].Unmarshal(tftypes.DynamicPseudoType)
		if err != nil {
			t.Fatal(err)
		}
		var token string
		if err := v.As(&token); err != nil {
			t.Fatal(err)
		}
		if found, short = fastplan.Argument(ctx, types.DynamicValue(types.StringValue(token))); !short {
			t.Error("the tree of an argument is lost")
		}
		if _, ok := fastplan.Argument(ctx, types.DynamicValue(types.StringValue("x"))); ok {
			t.Error("a text of the user stands for a tree")
		}
	}}, nil, map[string][]int{"f": {0, 7}})
	if _, err := s.CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: "f", Arguments: []*tfprotov6.DynamicValue{{MsgPack: message}}}); err != nil {
		t.Fatal(err)
	}
	return found, short
}

// longArgument returns the tree that the same argument becomes by way of the framework.
func longArgument(message []byte) (any, error) {
	v, err := (tfprotov6.DynamicValue{MsgPack: message}).Unmarshal(tftypes.DynamicPseudoType)
	if err != nil {
		return nil, err
	}
	value, err := types.DynamicType.ValueFromTerraform(context.Background(), v)
	if err != nil {
		return nil, err
	}
	raw, err := value.(types.Dynamic).UnderlyingValue().ToTerraformValue(context.Background())
	if err != nil {
		return nil, err
	}
	return treeOf(raw, true)
}

func argumentMessage(t testing.TB, v tftypes.Value) []byte {
	t.Helper()
	d, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, v)
	if err != nil {
		t.Fatal(err)
	}
	return d.MsgPack
}

func objectOf(attributes map[string]tftypes.Value) tftypes.Value {
	of := map[string]tftypes.Type{}
	for name, v := range attributes {
		of[name] = v.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: of}, attributes)
}

// everyKindOfValue has a value of each type and form that a message may have.
func everyKindOfValue() tftypes.Value {
	number := func(text string) tftypes.Value {
		n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			panic(err)
		}
		return tftypes.NewValue(tftypes.Number, n)
	}
	pair := objectOf(map[string]tftypes.Value{"a": text("x"), "b": number("7")})
	numbers := map[string]tftypes.Value{}
	for _, n := range []string{"0", "-1", "127", "-33", "200", "70000", "-70000", "5000000000", "-5000000000", "18446744073709551615", "9223372036854775807", "0.5", "-2.25", "0.1", "18.4", "1e60", "123456789012345678901234567890"} {
		numbers[n] = number(n)
	}
	return objectOf(map[string]tftypes.Value{
		"numbers": objectOf(numbers), "text": text("x"), "empty": text(""), "looks like a number": text("18.4"), "long": text(strings.Repeat("y", 70_000)),
		"true": tftypes.NewValue(tftypes.Bool, true), "false": tftypes.NewValue(tftypes.Bool, false),
		"null": tftypes.NewValue(tftypes.DynamicPseudoType, nil), "null text": tftypes.NewValue(tftypes.String, nil),
		"null object": tftypes.NewValue(pair.Type(), nil), "null list": tftypes.NewValue(tftypes.List{ElementType: pair.Type()}, nil),
		"null tuple": tftypes.NewValue(tftypes.Tuple{ElementTypes: []tftypes.Type{tftypes.String, tftypes.Bool}}, nil), "null map": tftypes.NewValue(rawMap, nil),
		"null of nothing": tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{}}, nil), "null empty tuple": tftypes.NewValue(tftypes.Tuple{}, nil),
		"object": pair, "nothing": objectOf(nil), `quoted "name" with \ and <tag> & ä` + "\n": pair,
		"list": tftypes.NewValue(tftypes.List{ElementType: pair.Type()}, []tftypes.Value{pair, tftypes.NewValue(pair.Type(), nil), pair}),
		"set":  tftypes.NewValue(tftypes.Set{ElementType: tftypes.Number}, []tftypes.Value{number("1"), number("2.5")}),
		"map":  tftypes.NewValue(tftypes.Map{ElementType: pair.Type()}, map[string]tftypes.Value{"k": pair, "": pair, "null": tftypes.NewValue(pair.Type(), nil)}),
		"tuple": tftypes.NewValue(tftypes.Tuple{ElementTypes: []tftypes.Type{tftypes.String, pair.Type(), tftypes.Tuple{}}}, []tftypes.Value{
			text("x"), pair, tftypes.NewValue(tftypes.Tuple{}, []tftypes.Value{}),
		}),
		"empty list":  tftypes.NewValue(tftypes.List{ElementType: pair.Type()}, []tftypes.Value{}),
		"empty set":   tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{}),
		"empty map":   tftypes.NewValue(tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.Bool}}, map[string]tftypes.Value{}),
		"empty tuple": tftypes.NewValue(tftypes.Tuple{}, []tftypes.Value{}),
	})
}

// TestArguments_AsTheFrameworkReadsThem holds the short cut of arguments to the way through
// the framework.
func TestArguments_AsTheFrameworkReadsThem(t *testing.T) {
	var whole map[string]tftypes.Value
	if err := everyKindOfValue().As(&whole); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		message := argumentMessage(t, objectOf(map[string]tftypes.Value{"before": text("x"), name: whole[name], "zz": text("y")}))
		short, ok := shortArgument(t, message)
		if !ok {
			t.Errorf("%s: it is left to the framework", name)
		}
		if long, err := longArgument(message); err != nil || !reflect.DeepEqual(long, any(short)) {
			t.Errorf("%s: %v past the framework, %v by the framework, %v", name, short, long, err)
		}
	}
	for name, v := range map[string]tftypes.Value{
		"text": text("x"), "null": tftypes.NewValue(tftypes.DynamicPseudoType, nil), "unknown": tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue),
		"null object":   tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}}, nil),
		"unknown part":  objectOf(map[string]tftypes.Value{"a": unknownString}),
		"unknown in it": objectOf(map[string]tftypes.Value{"a": objectOf(map[string]tftypes.Value{"b": unknown(rawMap)})}),
		"tuple":         tftypes.NewValue(tftypes.Tuple{ElementTypes: []tftypes.Type{tftypes.String}}, []tftypes.Value{text("x")}),
	} {
		if _, ok := shortArgument(t, argumentMessage(t, v)); ok {
			t.Errorf("%s: it is not left to the framework", name)
		}
	}
}

// FuzzArguments breaks messages: what the short cut takes, the framework takes as the same.
func FuzzArguments(f *testing.F) {
	f.Add(argumentMessage(f, everyKindOfValue()))
	for _, text := range []string{`["object",{"a":"number"}]`, `["object",{"a":["map","dynamic"]}]`, `["object",{"a":["list",["tuple",[]]]},["a"]]`} {
		for _, value := range []string{"\x81\xa1a\xa3nan", "\x81\xa1a\x90", "\x81\xa1a\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", "\x80"} {
			f.Add(append(append([]byte{0x92, 0xc4, byte(len(text))}, text...), value...))
		}
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		short, ok := shortArgument(t, message)
		if !ok {
			return
		}
		if long, err := longArgument(message); err != nil || !reflect.DeepEqual(long, any(short)) {
			t.Errorf("%v past the framework, %v by the framework, %v", short, long, err)
		}
	})
}

// TestFunctions_AnswerAsByTheFramework calls every function that takes a topology, past
// the framework and by it.
func TestFunctions_AnswerAsByTheFramework(t *testing.T) {
	s := configure(t, nil)
	unsettled := merged(plainHierarchy(), tree{"unknown": []any{"site_system_servers"}})
	topologies := []any{
		plainHierarchy(), unsettled, merged(plainHierarchy(), tree{"package_count": "10", "rol_assignments": tree{}}), tree{}, tree{"sites": nil, "role_assignments": tree{}},
		merged(plainHierarchy(), tree{"sites": []any{"x"}, "package_count": 1.5}), merged(plainHierarchy(), tree{"package_count": model.UnknownValue{}}),
		"text", nil, model.UnknownValue{}, []any{tree{}}, int64(7),
		tree{"population": []any{tree{"site": tree{"site_code": "PS1", "site_type": "primary"}, "windows": int64(5000)}}}, tree{"population": []any{}, "x": int64(1)},
	}
	short := 0
	for name, positions := range (&configmgrProvider{}).largeArguments() {
		for i, topology := range topologies {
			request := &tfprotov6.CallFunctionRequest{Name: name}
			for position, p := range s.schemas.Functions[name].Parameters {
				var argument any = tree{}
				if slices.Contains(positions, position) {
					argument = topology
				} else if p.Type.Is(tftypes.String) {
					argument = "PS1"
				}
				v, err := tfprotov6.NewDynamicValue(p.Type, inferred(t, argument))
				if err != nil {
					t.Fatal(err)
				}
				request.Arguments = append(request.Arguments, &v)
			}
			if _, ok := shortArgument(t, request.Arguments[positions[0]].MsgPack); ok {
				short++
			}
			got, err := s.CallFunction(context.Background(), request)
			if err != nil {
				t.Fatal(err)
			}
			want, err := s.framework.CallFunction(context.Background(), request)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.Error, want.Error) || (got.Result == nil) != (want.Result == nil) {
				t.Errorf("%s of topology %d: %+v past the framework, %+v by the framework", name, i, got.Error, want.Error)
				continue
			}
			if got.Result == nil {
				continue
			}
			answer, err := got.Result.Unmarshal(s.schemas.Functions[name].Return.Type)
			if err != nil {
				t.Fatal(err)
			}
			if other, err := want.Result.Unmarshal(s.schemas.Functions[name].Return.Type); err != nil || !answer.Equal(other) {
				t.Errorf("%s of topology %d: %s past the framework, %s by the framework, %v", name, i, answer, other, err)
			}
		}
	}
	if short < 100 {
		t.Errorf("only %d of the arguments went past the framework", short)
	}
}
