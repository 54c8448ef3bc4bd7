#!/usr/bin/env bash
# Prints the section of CHANGELOG.md about the release $1, such as v0.1.0, without its heading. A release without a section
# is an error: what changed is written by hand before the tag is set.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=${1#v}
notes=$(awk -v heading="## [$version]" '
	index($0, "## [") == 1 { inside = index($0, heading) == 1; next }
	/^\[[^]]*\]: / { next }
	inside
' CHANGELOG.md)

if [[ -z ${notes//[[:space:]]/} ]]; then
	printf 'CHANGELOG.md has no section "## [%s]" with text in it\n' "$version" >&2
	exit 1
fi
printf '%s\n' "$notes"
