#!/usr/bin/env bash
# Writes docs/ from the provider's schema, templates/ and examples/, and checks the result against the rules of the
# registries. The schema is read through $1, a Terraform or OpenTofu executable, from the provider built in folder $2;
# $3 is the tfplugindocs executable. Both kinds of CLI give the same pages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cli=$1
provider_folder=$(cd "$2" && pwd)
tfplugindocs=$3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# tfplugindocs looks the schema up under this address, whatever the provider's own is.
address=registry.terraform.io/hashicorp/configmgr

cat >"$work/cli.tfrc" <<TEXT
provider_installation {
  dev_overrides {
    "$address" = "$provider_folder"
  }
}
TEXT

mkdir "$work/configuration"
cat >"$work/configuration/main.tf" <<TEXT
terraform {
  required_providers {
    configmgr = {
      source = "$address"
    }
  }
}
TEXT

TF_CLI_CONFIG_FILE=$work/cli.tfrc TF_DATA_DIR=$work/data CHECKPOINT_DISABLE=1 \
	"$cli" -chdir="$work/configuration" providers schema -json >"$work/schema.json"

# Progress is of no interest; warnings and errors come on standard error.
"$tfplugindocs" generate --provider-name configmgr --providers-schema "$work/schema.json" >/dev/null

# The pages about the rules come from the rules themselves.
go run ./internal/guides docs/guides examples/rules internal/model/rules/testdata/ids.txt

if ! "$tfplugindocs" validate --provider-name configmgr --providers-schema "$work/schema.json" >"$work/log" 2>&1; then
	grep -v '\[DEBUG\]' "$work/log" >&2
	exit 1
fi
