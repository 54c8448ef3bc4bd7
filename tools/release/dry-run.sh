#!/usr/bin/env bash
# Builds a release from this work tree as the release workflow does, publishes nothing, and checks what came out: files,
# checksums and signature as the registries want them, the stamps of the executables, and an installation with terraform init.
#
#   dry-run.sh CLI GORELEASER [all]
#
# With "all" it builds for every platform of a release; otherwise for this one and those that `make cross` builds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cli=$1
goreleaser=$2
platforms=${3:-}
version=0.1.0
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
cleanup() {
	if [[ -d $work/gnupg ]]; then
		GNUPGHOME=$work/gnupg gpgconf --kill all || true
	fi
	rm -rf "$work"
}
trap cleanup EXIT

# A clone may lack the remote and the tag that goreleaser asks git for.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=remote.origin.url
export GIT_CONFIG_VALUE_0=https://github.com/terraform-configmgr/terraform-provider-configmgr
export GORELEASER_CURRENT_TAG=v$version

"$goreleaser" check .goreleaser.yml

skip=publish,announce,validate
if type -P gpg >/dev/null; then
	# A key for this run alone.
	mkdir -m 700 "$work/gnupg"
	export GNUPGHOME=$work/gnupg
	gpg --batch --quiet --passphrase '' --quick-generate-key 'Dry run of a release' default default 1d
	GPG_FINGERPRINT=$(gpg --batch --list-keys --with-colons | awk -F: '$1 == "fpr" { print $10; exit }')
	export GPG_FINGERPRINT
else
	printf 'Without gpg nothing is signed.\n'
	skip+=,sign
fi

configuration=$work/goreleaser.yml
printf 'dist: %s/dist\n' "$work" >"$configuration"
if [[ $platforms == all ]]; then
	cat .goreleaser.yml >>"$configuration"
else
	targets=$(printf '%s\n' "$(go env GOHOSTOS)_$(go env GOHOSTARCH)" windows_amd64 darwin_arm64 linux_386 | sort -u | paste -sd ,)
	sed "s/^    goos: .*/    targets: [$targets]\n&/" .goreleaser.yml >>"$configuration"
	grep -q '^    targets: ' "$configuration"
fi
"$goreleaser" release --config "$configuration" --clean --skip "$skip"

if [[ -n ${GPG_FINGERPRINT:-} ]]; then
	gpg --batch --quiet --verify "$work/dist/terraform-provider-configmgr_${version}_SHA256SUMS"{.sig,} 2>/dev/null
	printf 'The checksums are signed.\n'
fi

(cd tools/release && GOWORK=off go run . "$work/dist" "$version" "$commit" "$(git log -1 --format=%ct "$commit")" ../../terraform-registry-manifest.json)

# A folder of archives is one of the places that `init` installs from.
for host in registry.terraform.io registry.opentofu.org; do
	mkdir -p "$work/mirror/$host/terraform-configmgr/configmgr"
	cp "$work"/dist/*.zip "$work/mirror/$host/terraform-configmgr/configmgr/"
done
printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s/mirror"\n  }\n}\n' "$work" >"$work/cli.tfrc"
cp -r examples/minimal "$work/minimal"
rm -rf "$work"/minimal/.terraform*
export TF_CLI_CONFIG_FILE=$work/cli.tfrc TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
"$cli" -chdir="$work/minimal" init -no-color | grep 'Installed'
"$cli" -chdir="$work/minimal" plan -no-color -input=false | grep '^Plan:'
