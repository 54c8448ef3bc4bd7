# Sourced by the scripts beside it.

# Prints a measure with its bar and whether it holds: verdict TEXT VALUE BAR [UNIT].
verdict() {
	awk -v text="$1" -v value="$2" -v bar="$3" -v unit="${4:-}" \
		'BEGIN { printf "  %-86s %8.2f%s   at most %g%s   %s\n", text, value, unit, bar, unit, value <= bar ? "ok" : "missed" }'
}

# Reads wall, user and system seconds of several runs and prints the medians of wall and CPU.
medians() {
	awk '{ print $1 }' "$1" | sort -n | awk '{ v[NR] = $1 } END { printf "%s ", v[int((NR + 1) / 2)] }'
	awk '{ print $2 + $3 }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

quotient() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.4f", a / b }'
}
