#!/usr/bin/env bash
# github.com/hashicorp/hcl/v2 v2.24.0: a key given twice
#
# Guess:  a key given twice is an error everywhere, as it is for an argument of a block.
# Seen:   - an argument given twice in a body: error "Attribute redefined"
#         - a key given twice in an object constructor, `{ mp01 = 1, mp01 = 2 }`: no error and no warning, the last one wins
#         - a key that comes twice out of a `for` expression: error "Duplicate object key"
# Why it matters here: a hierarchy takes maps of sites, servers and role assignments. A server copied with its key disappears
# from the design before any provider sees it; written as a `for` expression over the servers it would be an error.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
)

func show(name, text string) {
	file, diags := hclparse.NewParser().ParseHCL([]byte(text), name)
	if !diags.HasErrors() {
		attributes, more := file.Body.JustAttributes()
		diags = append(diags, more...)
		for _, attribute := range attributes {
			value, more := attribute.Expr.Value(&hcl.EvalContext{})
			diags = append(diags, more...)
			if !diags.HasErrors() {
				for it := value.ElementIterator(); it.Next(); {
					key, element := it.Element()
					fmt.Printf("%s: %s = %s\n", name, key.AsString(), element.AsString())
				}
			}
		}
	}
	for _, diag := range diags {
		fmt.Printf("%s: %s\n", name, diag.Summary)
	}
}

func main() {
	show("body", "a = [\"mp01\"]\na = [\"mp02\"]\n")
	show("object", `servers = { mp01 = "first.contoso.com", mp01 = "second.contoso.com" }`)
	show("for", `servers = { for name in ["first", "second"] : "mp01" => name }`)
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/hashicorp/hcl/v2@v2.24.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . >seen

cat >expected <<'TEXT'
body: Attribute redefined
object: mp01 = second.contoso.com
for: Duplicate object key
TEXT
cat seen
diff -u expected seen && echo 'as stated'
