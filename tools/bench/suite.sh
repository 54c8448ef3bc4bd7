#!/usr/bin/env bash
# Compares the time of `make test` with that of an earlier build, and prints that of `make unit`.
#
#   suite.sh BASELINE_SOURCE
#
# Both suites are compiled first, and run once each, one after the other.
set -euo pipefail
# shellcheck source=verdict.sh
. "$(dirname "${BASH_SOURCE[0]}")/verdict.sh"

baseline=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Each suite has its own settings, not those that the other one's make exports.
unset MAKEFLAGS MAKELEVEL MFLAGS GOGC GODEBUG

seconds() {
	local TIMEFORMAT='%R %U %S'
	if ! { time make -C "$1" "$2" TESTARGS=-count=1 >"$work/output" 2>&1 </dev/null; } 2>&1; then
		cat "$work/output" >&2
		exit 1
	fi
}

for folder in "$here" "$baseline"; do
	make -C "$folder" unit TESTARGS="-run '^\$\$'" >"$work/output" 2>&1 || { cat "$work/output" >&2; exit 1; }
done
seconds "$here" test >"$work/current"
seconds "$baseline" test >"$work/baseline"
seconds "$here" unit >"$work/unit"
read -r wall cpu <<<"$(medians "$work/current")"
read -r wall0 cpu0 <<<"$(medians "$work/baseline")"
read -r unit _ <<<"$(medians "$work/unit")"
printf 'all tests, beside those of the earlier build (CPU %.0f s / %.0f s)\n' "$cpu" "$cpu0"
verdict "make test: wall $wall s / $wall0 s" "$(quotient "$wall" "$wall0")" 0.5
verdict 'make unit' "$unit" 90 ' s'
