#!/usr/bin/env bash
# Compares the rules with those of an earlier build, and what is done with an export with what encoding/json needs.
#
#   engine.sh BASELINE_SOURCE
#
# The two builds judge the same designs, in turns, RUNS times (3).
set -euo pipefail
# shellcheck source=verdict.sh
. "$(dirname "${BASH_SOURCE[0]}")/verdict.sh"

baseline=$1
runs=${RUNS:-3}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$here" && go test -c -o "$work/current" ./internal/model/rules && go test -c -o "$work/export" ./internal/model/adopt)
(cd "$baseline" && go test -c -o "$work/baseline" ./internal/model)

# The median of a column of the benchmark's lines: median FILE NAME UNIT.
median() {
	awk -v name="$2" -v unit="$3" 'index($1, name) { for (i = 2; i < NF; i++) if ($(i + 1) == unit) print $i }' "$1" | sort -n |
		awk '{ v[NR] = $1 } END { printf "%.0f", v[int((NR + 1) / 2)] }'
}

for ((run = 0; run < runs; run++)); do
	for build in current baseline; do
		(cd "$work" && "./$build" -test.run '^$' -test.bench '^BenchmarkEvaluate$/^assignments=(10000|125000)$' -test.benchtime 3x -test.benchmem) >>"$work/$build.txt"
	done
done
large='assignments=125000' small='assignments=10000-'
printf '125,000 role assignments judged by all rules, beside the earlier build, median of %d runs\n' "$runs"
for row in 'time:ns/op:0.5' 'memory allocated:B/op:0.6'; do
	IFS=: read -r text unit bar <<<"$row"
	verdict "$text" "$(quotient "$(median "$work/current.txt" "$large" "$unit")" "$(median "$work/baseline.txt" "$large" "$unit")")" "$bar"
done
verdict 'time of 125,000 / time of 10,000' "$(quotient "$(median "$work/current.txt" "$large" ns/op)" "$(median "$work/current.txt" "$small" ns/op)")" 14

"$work/export" -test.run '^$' -test.bench '^BenchmarkExport$' -test.benchtime "${runs}x" -test.benchmem >"$work/export.txt"
# In a process of its own: the others leave their heap behind.
"$work/export" -test.run '^$' -test.bench '^BenchmarkExport$/^read_check_compare$/^rows=125000$' -test.benchtime 1x >"$work/heap.txt"
of() { median "$work/export.txt" "/$1/rows=$2-" "${3:-ns/op}"; }
printf 'an export of 125,000 role rows read, checked and compared\n'
verdict 'time / (2 x encoding/json + engine)' "$(quotient "$(of read_check_compare 125000)" "$((2 * $(of encoding_json 125000) + $(of engine 125000)))")" 1
verdict 'time of 125,000 rows / time of 12,500' "$(quotient "$(of read_check_compare 125000)" "$(of read_check_compare 12500)")" 13
verdict 'heap of a process that does it once, export and design included' "$(median "$work/heap.txt" rows=125000 heap-MB)" 1000 ' MB'
