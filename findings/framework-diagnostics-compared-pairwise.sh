#!/usr/bin/env bash
# github.com/hashicorp/terraform-plugin-framework v1.19.0: what it costs to collect many diagnostics
#
# Guess:  appending a warning to the diagnostics of a response costs the same, however many there are.
# Seen:   Append compares each new diagnostic with all that are there: 1,000 different warnings take 499,500 comparisons,
#         2,000 take 1,999,000. Four times the warnings take sixteen times as long. Appending to the slice with the append
#         of Go compares nothing, and the response takes it.
# Why it matters here: a check of a whole hierarchy, or of a map with tens of thousands of entries, can have a finding for
# each of them. What is linear in the check is quadratic in its report, and minutes long for 100,000.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

var comparisons int

// counted is a warning that counts how often it is compared.
type counted struct{ diag.WarningDiagnostic }

func (c counted) Equal(other diag.Diagnostic) bool {
	comparisons++
	return c.WarningDiagnostic.Equal(other.(counted).WarningDiagnostic)
}

func main() {
	for _, n := range []int{1000, 2000, 4000} {
		comparisons = 0
		var diags diag.Diagnostics
		for i := range n {
			diags.Append(counted{diag.NewWarningDiagnostic("Finding", fmt.Sprint("server ", i))})
		}
		fmt.Printf("%d warnings, %d kept: %d comparisons\n", n, len(diags), comparisons)
	}
	comparisons = 0
	var diags diag.Diagnostics
	for i := range 4000 {
		diags = append(diags, counted{diag.NewWarningDiagnostic("Finding", fmt.Sprint("server ", i))})
	}
	fmt.Printf("append of Go, %d kept: %d comparisons\n", len(diags), comparisons)
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/hashicorp/terraform-plugin-framework@v1.19.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . >seen

cat >expected <<'TEXT'
1000 warnings, 1000 kept: 499500 comparisons
2000 warnings, 2000 kept: 1999000 comparisons
4000 warnings, 4000 kept: 7998000 comparisons
append of Go, 4000 kept: 0 comparisons
TEXT
cat seen
diff -u expected seen && echo 'as stated'
