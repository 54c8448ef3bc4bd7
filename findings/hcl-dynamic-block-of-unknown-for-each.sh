#!/usr/bin/env bash
# github.com/hashicorp/hcl/v2 v2.24.0 and github.com/zclconf/go-cty v1.18.1: a dynamic block that may not be there
#
# Guess:  `dynamic "proxy"` with a for_each that is not known yet gives a block that is not known yet, as it may turn out
#         to be none.
# Seen:   where a block stands once (hcldec.BlockSpec, the nesting "single" of a provider's schema), it is a known object
#         whose written arguments are unknown; with a content block without arguments all of it is known, like an empty
#         block that somebody wrote. With the nesting "list" the whole list is unknown.
# Why it matters here: a check that asks whether a settings block is declared takes one that may never be there for
# declared, and refuses a design that is right. Nothing in the value tells a block without arguments from one that was
# written.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/dynblock"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/zclconf/go-cty/cty"
)

func main() {
	settings := hcldec.ObjectSpec{
		"server": &hcldec.AttrSpec{Name: "server", Type: cty.String},
		"port":   &hcldec.AttrSpec{Name: "port", Type: cty.Number},
	}
	specs := []struct {
		nesting string
		spec    hcldec.Spec
	}{
		{"single", &hcldec.BlockSpec{TypeName: "proxy", Nested: settings}},
		{"list", &hcldec.BlockListSpec{TypeName: "proxy", Nested: settings}},
	}
	context := &hcl.EvalContext{Variables: map[string]cty.Value{"later": cty.UnknownVal(cty.List(cty.String))}}
	for _, content := range []string{`content { server = "proxy.contoso.com" }`, `content {}`} {
		file, diags := hclparse.NewParser().ParseHCL([]byte("dynamic \"proxy\" {\n  for_each = later\n  "+content+"\n}\n"), "main.tf")
		if diags.HasErrors() {
			panic(diags)
		}
		for _, s := range specs {
			v, diags := hcldec.Decode(dynblock.Expand(file.Body, context), s.spec, context)
			if diags.HasErrors() {
				panic(diags)
			}
			fmt.Printf("%s, %s: known %v, wholly known %v\n", content, s.nesting, v.IsKnown(), v.IsWhollyKnown())
			if s.nesting == "single" {
				fmt.Printf("  server known %v, port null %v\n", v.GetAttr("server").IsKnown(), v.GetAttr("port").IsNull())
			}
		}
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/hashicorp/hcl/v2@v2.24.0 github.com/zclconf/go-cty@v1.18.1 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . >seen

cat >expected <<'TEXT'
content { server = "proxy.contoso.com" }, single: known true, wholly known false
  server known false, port null true
content { server = "proxy.contoso.com" }, list: known false, wholly known false
content {}, single: known true, wholly known true
  server known true, port null true
content {}, list: known false, wholly known false
TEXT
cat seen
diff -u expected seen && echo 'as stated'
