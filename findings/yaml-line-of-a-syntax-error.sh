#!/usr/bin/env bash
# The line that readers of YAML name for a syntax error in line 83 of a file:
#   go.yaml.in/yaml/v3 v3.0.6, go.yaml.in/yaml/v4 v4.0.0, github.com/goccy/go-yaml v1.19.2,
#   github.com/zclconf/go-cty-yaml v1.2.0 (the reader behind yamldecode)
#
# Guess:  each names line 83, where the key with the wrong indentation is.
# Seen:   - yaml/v3 names the line before the one on which the surrounding map began: 42, for a map that begins in line 43
#         - go-cty-yaml names line 82, one less, with the right column
#         - yaml/v4 and goccy name line 83
# Why it matters here: a design in one file has hundreds of lines, and the message of the reader is all that its author has.
# Counting on it, one looks for the mistake forty lines too early, or in the line before, which is right.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"regexp"
	"strings"

	goccy "github.com/goccy/go-yaml"
	ctyyaml "github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	v3 "go.yaml.in/yaml/v3"
	v4 "go.yaml.in/yaml/v4"
)

var place = regexp.MustCompile(`line (\d+)|\[(\d+):`)

func main() {
	var file strings.Builder
	for _, kind := range []string{"sites", "servers"} {
		fmt.Fprintf(&file, "%s:\n", kind)
		for i := range 20 {
			fmt.Fprintf(&file, "  %s%02d:\n    name: contoso\n", kind, i)
		}
	}
	file.WriteString("   roles: [management_point]\n") // three spaces, where two or four would be right
	text := []byte(file.String())
	fmt.Println("the file has", strings.Count(file.String(), "\n"), "lines")
	var into any
	_, err := ctyyaml.Standard.Unmarshal(text, cty.DynamicPseudoType)
	for _, reader := range []struct {
		name string
		err  error
	}{
		{"yaml/v3", v3.Unmarshal(text, &into)},
		{"yaml/v4", v4.Unmarshal(text, &into)},
		{"goccy", goccy.Unmarshal(text, &into)},
		{"go-cty-yaml", err},
	} {
		found := place.FindStringSubmatch(reader.err.Error())
		fmt.Printf("%s: line %s\n", reader.name, found[1]+found[2])
	}
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get go.yaml.in/yaml/v3@v3.0.6 go.yaml.in/yaml/v4@v4.0.0 github.com/goccy/go-yaml@v1.19.2 github.com/zclconf/go-cty-yaml@v1.2.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . >seen

cat >expected <<'TEXT'
the file has 83 lines
yaml/v3: line 42
yaml/v4: line 83
goccy: line 83
go-cty-yaml: line 82
TEXT
cat seen
diff -u expected seen && echo 'as stated'
