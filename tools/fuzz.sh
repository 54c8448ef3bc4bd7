#!/usr/bin/env bash
# Fuzzes every target of the module for a time each, one after the other: usage, fuzz.sh 30s.
# Go runs one target at a time, and only by its package and name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

failed=0
while read -r folder; do
	targets=$(grep -ohE '^func Fuzz[A-Za-z0-9_]*' "$folder"/*_test.go | sed 's/^func //')
	for target in $targets; do
		printf '== %s %s\n' "$folder" "$target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "./$folder" || failed=1
	done
done < <(grep -rlE '^func Fuzz' --include='*_test.go' internal | xargs -n1 dirname | sort -u)
exit "$failed"
