#!/usr/bin/env bash
# Prints the path of the Terraform or OpenTofu that the make targets run:
#
#   1. $TERRAFORM, a path or a name on PATH, which has to work;
#   2. terraform on PATH;
#   3. tofu on PATH;
#   4. OpenTofu at the version of tools/opentofu/go.mod, built from its Go module into the user's cache at first use.
#
# What stands on PATH but does not run, or is too old for this provider, is passed over. Messages go to standard error.
set -euo pipefail

# Write-only attributes need Terraform 1.11 or OpenTofu 1.11.
minimum_minor=11

say() {
	printf 'find-cli: %s\n' "$*" >&2
}

absolute() {
	printf '%s/%s\n' "$(cd "$(dirname "$1")" && pwd)" "$(basename "$1")"
}

# Says nothing when the executable serves; otherwise prints why it does not.
objection() {
	local output
	if ! output=$(CHECKPOINT_DISABLE=1 "$1" version 2>&1 </dev/null); then
		printf 'it does not run: %s\n' "${output%%$'\n'*}"
	elif [[ ! $output =~ v([0-9]+)\.([0-9]+)\. ]]; then
		printf 'it does not report a version\n'
	elif ((BASH_REMATCH[1] == 1 && BASH_REMATCH[2] < minimum_minor || BASH_REMATCH[1] < 1)); then
		printf 'version %s.%s is older than 1.%s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "$minimum_minor"
	fi
}

if [[ -n ${TERRAFORM:-} ]]; then
	if ! cli=$(command -v "$TERRAFORM"); then
		say "TERRAFORM=$TERRAFORM is no executable"
		exit 1
	fi
	reason=$(objection "$cli")
	if [[ -n $reason ]]; then
		say "TERRAFORM=$TERRAFORM cannot be used: $reason"
		exit 1
	fi
	absolute "$cli"
	exit
fi

for name in terraform tofu; do
	cli=$(type -P "$name") || continue
	reason=$(objection "$cli")
	if [[ -z $reason ]]; then
		absolute "$cli"
		exit
	fi
	say "passing over $cli: $reason"
done

module=github.com/opentofu/opentofu
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/opentofu
version=$(awk -v module="$module" '{ for (i = 1; i < NF; i++) if ($i == module) { print $(i + 1); exit } }' "$source_dir/go.mod")
folder=${XDG_CACHE_HOME:-$HOME/.cache}/terraform-provider-configmgr/opentofu/$version/$(go env GOHOSTOS)_$(go env GOHOSTARCH)
cli=$folder/tofu

if [[ ! -x $cli ]]; then
	mkdir -p "$folder"
	# One build at a time where the system has flock; without it, two builds at once waste time but do no harm.
	exec 9>"$folder/lock"
	if type -P flock >/dev/null; then
		flock 9
	fi
fi

if [[ ! -x $cli ]]; then
	say "no terraform or tofu on PATH: building OpenTofu $version from its Go module, which takes about five minutes once"
	temporary=$(mktemp "$folder/tofu.XXXXXX")
	trap 'rm -f "$temporary"' EXIT
	# OpenTofu reports itself as a development version unless its linker flag says otherwise.
	env -u GOOS -u GOARCH CGO_ENABLED=0 GOWORK=off \
		go build -C "$source_dir" -trimpath -buildvcs=false \
		-ldflags "-s -w -X $module/version.dev=no" \
		-o "$temporary" "$module/cmd/tofu" >&2 9>&-
	chmod 755 "$temporary"
	mv -f "$temporary" "$cli"
fi

printf '%s\n' "$cli"
