#!/usr/bin/env bash
# github.com/hashicorp/terraform-plugin-framework v1.19.0: validation of nested objects that are unknown as a whole
#
# Guess:  an object that is not known yet is not checked for required attributes, wherever it stands.
# Seen:   - a single nested attribute whose value is unknown: no error
#         - an unknown element of a list or of a map of nested objects: error "Missing Configuration for Required Attribute"
#           for each required attribute below it, as if the element were there and empty
#         - the list or the map unknown as a whole: no error
# Why it matters here: Terraform's validate walk knows no value of a resource that does not exist yet. A map of servers with
# references to such resources is refused before it is planned, unless the nested attributes are optional in the schema and
# the provider checks them itself.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type design struct{ resource.Resource }

func (design) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = "example_design"
}

func (design) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	server := map[string]schema.Attribute{"fqdn": schema.StringAttribute{Required: true}}
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"single": schema.SingleNestedAttribute{Optional: true, Attributes: server},
		"list":   schema.ListNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: server}},
		"map":    schema.MapNestedAttribute{Optional: true, NestedObject: schema.NestedAttributeObject{Attributes: server}},
	}}
}

type example struct{ provider.Provider }

func (example) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "example"
}
func (example) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (example) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return design{} }}
}
func (example) DataSources(context.Context) []func() datasource.DataSource { return nil }

func main() {
	server := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"fqdn": tftypes.String}}
	types := map[string]tftypes.Type{"single": server, "list": tftypes.List{ElementType: server}, "map": tftypes.Map{ElementType: server}}
	unknown := tftypes.NewValue(server, tftypes.UnknownValue)
	cases := []struct {
		name, attribute string
		value           tftypes.Value
	}{
		{"single object unknown", "single", unknown},
		{"list unknown", "list", tftypes.NewValue(types["list"], tftypes.UnknownValue)},
		{"map unknown", "map", tftypes.NewValue(types["map"], tftypes.UnknownValue)},
		{"element of a list unknown", "list", tftypes.NewValue(types["list"], []tftypes.Value{unknown})},
		{"element of a map unknown", "map", tftypes.NewValue(types["map"], map[string]tftypes.Value{"mp01": unknown})},
	}
	for _, c := range cases {
		values := map[string]tftypes.Value{}
		for name, kind := range types {
			values[name] = tftypes.NewValue(kind, nil)
		}
		values[c.attribute] = c.value
		kind := tftypes.Object{AttributeTypes: types}
		config, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
		if err != nil {
			panic(err)
		}
		response, err := providerserver.NewProtocol6(example{})().ValidateResourceConfig(context.Background(),
			&tfprotov6.ValidateResourceConfigRequest{TypeName: "example_design", Config: &config})
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s: %d errors\n", c.name, len(response.Diagnostics))
		for _, diagnostic := range response.Diagnostics {
			fmt.Printf("  %s\n", diagnostic.Summary)
		}
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/hashicorp/terraform-plugin-framework@v1.19.0 github.com/hashicorp/terraform-plugin-go@v0.31.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . >seen

cat >expected <<'TEXT'
single object unknown: 0 errors
list unknown: 0 errors
map unknown: 0 errors
element of a list unknown: 1 errors
  Missing Configuration for Required Attribute
element of a map unknown: 1 errors
  Missing Configuration for Required Attribute
TEXT
cat seen
diff -u expected seen && echo 'as stated'
