#!/usr/bin/env bash
# A site code as an unquoted YAML key, read as a map with string keys by:
#   github.com/zclconf/go-cty-yaml v1.2.0 (the reader behind yamldecode), go.yaml.in/yaml/v3 v3.0.6,
#   github.com/goccy/go-yaml v1.19.2, npm yaml 2.9.1 (as YAML 1.2 and as 1.1), npm js-yaml 5.5.0
#
# Guess:  a key of a map with string keys is the text in the file, whoever reads it; if not, all readers agree.
# Seen:   only yaml/v3 keeps the text. The others turn it into a number or a truth value first and that into text again,
#         and do not agree: the key 010 becomes 10 or 8, 1E5 becomes 100000 (goccy keeps it), OFF becomes false for two.
# Why it matters here: any three letters and digits are a site code, and a design keyed by site code is read by
# Terraform, by editors and by pipelines. No reader reports anything, and the site has another code in each.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf '%s\n' '010: a' '001: b' '1E5: c' 'OFF: d' 'P01: e' >sites.yaml

cat >main.go <<'GO'
package main

import (
	"fmt"
	"maps"
	"os"
	"slices"

	goccy "github.com/goccy/go-yaml"
	ctyyaml "github.com/zclconf/go-cty-yaml"
	"go.yaml.in/yaml/v3"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	text, err := os.ReadFile("sites.yaml")
	must(err)

	kind, err := ctyyaml.Standard.ImpliedType(text)
	must(err)
	value, err := ctyyaml.Standard.Unmarshal(text, kind)
	must(err)
	fmt.Println("go-cty-yaml:", slices.Sorted(maps.Keys(value.AsValueMap())))

	read := map[string]string{}
	must(yaml.Unmarshal(text, &read))
	fmt.Println("yaml/v3:", slices.Sorted(maps.Keys(read)))

	read = map[string]string{}
	must(goccy.Unmarshal(text, &read))
	fmt.Println("goccy:", slices.Sorted(maps.Keys(read)))
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/zclconf/go-cty-yaml@v1.2.0 github.com/zclconf/go-cty@v1.18.1 go.yaml.in/yaml/v3@v3.0.6 \
	github.com/goccy/go-yaml@v1.19.2 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . >seen

npm install --silent --no-audit --no-fund yaml@2.9.1 js-yaml@5.5.0 >/dev/null
cat >main.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { load } from 'js-yaml'

const text = readFileSync('sites.yaml', 'utf8')
const show = (name, read) => console.log(`${name}: [${Object.keys(read).sort().join(' ')}]`)
show('npm yaml 1.2', parse(text))
show('npm yaml 1.1', parse(text, { version: '1.1' }))
show('npm js-yaml', load(text))
JS
node main.mjs >>seen

cat >expected <<'TEXT'
go-cty-yaml: [1 10 100000 P01 false]
yaml/v3: [001 010 1E5 OFF P01]
goccy: [1 1E5 8 OFF P01]
npm yaml 1.2: [1 10 100000 OFF P01]
npm yaml 1.1: [1 100000 8 P01 false]
npm js-yaml: [1 10 100000 OFF P01]
TEXT
cat seen
diff -u expected seen && echo 'as stated'
