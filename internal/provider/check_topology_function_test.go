package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Terraform puts the text of an argument error into a sentence and ends that with a
// full stop.
func TestCheckTopology_ArgumentErrors(t *testing.T) {
	s := configure(t, nil)
	object := func(values map[string]tftypes.Value) tftypes.Value {
		kinds := map[string]tftypes.Type{}
		for name, v := range values {
			kinds[name] = v.Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, values)
	}
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	sites := object(map[string]tftypes.Value{"ps1": object(map[string]tftypes.Value{"site_code": text("PS1"), "site_type": text("primary")})})
	nothing := tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	for _, test := range []struct {
		name              string
		topology, options tftypes.Value
		argument          int64
		says              string
	}{
		{"misspelt", object(map[string]tftypes.Value{"role": object(nil)}), nothing, 0, `An attribute named "role" is not expected here`},
		{"options", object(map[string]tftypes.Value{"sites": sites, "role_assignments": object(nil)}), object(map[string]tftypes.Value{"environment": text("test")}), 1, `"test" is not a valid value`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var arguments []*tfprotov6.DynamicValue
			for _, v := range []tftypes.Value{test.topology, test.options} {
				d, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, v)
				if err != nil {
					t.Fatal(err)
				}
				arguments = append(arguments, &d)
			}
			resp, err := s.CallFunction(context.Background(), &tfprotov6.CallFunctionRequest{Name: "check_topology", Arguments: arguments})
			if err != nil {
				t.Fatal(err)
			}
			if resp.Error == nil || resp.Error.FunctionArgument == nil || *resp.Error.FunctionArgument != test.argument || !strings.Contains(resp.Error.Text, test.says) {
				t.Fatalf("the error is %+v, want one of argument %d with %q", resp.Error, test.argument, test.says)
			}
			if strings.HasSuffix(resp.Error.Text, ".") {
				t.Errorf("the text ends with a full stop, Terraform adds another one: %q", resp.Error.Text)
			}
		})
	}
}
