#!/usr/bin/env bash
# Builds the provider for other systems with the flags of a release, and has the one that runs here, of 32 bits, serve its
# schema: it has to be that of the build for this system.
#
#   cross.sh CLI FOLDER_OF_THE_PROVIDER
set -euo pipefail

cli=$1
native=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=terraform-provider-configmgr

for target in windows/amd64 darwin/arm64 linux/386; do
	file=$work/${target/\//_}/$name
	GOOS=${target%/*} GOARCH=${target#*/} CGO_ENABLED=0 \
		go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=0.0.1 -X main.commit=cross' -o "$file" .
	if ! go version -m "$file" | grep -q "GOARCH=${target#*/}"; then
		printf '%s is not a build for %s\n' "$file" "$target"
		exit 1
	fi
	printf 'built for %s\n' "$target"
done

if [[ $(go env GOHOSTOS)/$(go env GOHOSTARCH) != linux/amd64 ]]; then
	exit
fi

said=$("$work/linux_386/$name" -version)
if [[ $said != "$name 0.0.1 of commit cross ("* ]]; then
	printf 'the build says "%s"\n' "$said"
	exit 1
fi

schema() {
	mkdir -p "$work/configuration"
	printf 'provider_installation {\n  dev_overrides {\n    "%s" = "%s"\n  }\n  direct {}\n}\n' terraform-configmgr/configmgr "$1" >"$work/cli.tfrc"
	printf 'terraform {\n  required_providers {\n    configmgr = {\n      source = "terraform-configmgr/configmgr"\n    }\n  }\n}\n' >"$work/configuration/main.tf"
	TF_CLI_CONFIG_FILE=$work/cli.tfrc CHECKPOINT_DISABLE=1 "$cli" -chdir="$work/configuration" providers schema -json
}
schema "$native" >"$work/native.json"
schema "$work/linux_386" >"$work/cross.json"
cmp "$work/native.json" "$work/cross.json"
printf 'the schema of the build for linux/386 is that of this system, %d bytes\n' "$(wc -c <"$work/native.json")"
