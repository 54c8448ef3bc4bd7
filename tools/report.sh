#!/usr/bin/env bash
# Writes the report of a design, one HTML page:
#
#   report.sh CLI_CONFIGURATION FOLDER OUTPUT [TOPOLOGY]
#
# A folder with a design.yaml is reported by that file, right or wrong. Any other is applied in a copy with a state of its
# own, which records the design and reaches no server; TOPOLOGY is the expression of its topology, local.topology unless
# given, and a design with errors fails as its plan does.
set -euo pipefail

config=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
folder=$2
output=$3
topology=${4:-local.topology}

if [[ ! -d $folder ]]; then
	printf 'There is no %s. Folders with a configuration or a design.yaml:\n' "$folder" >&2
	find "$(dirname "$folder")" \( -name '*.tf' -o -name design.yaml \) -exec dirname {} + 2>/dev/null | sort -u | sed 's/^/  /' >&2
	exit 1
fi

cli=$("$(dirname "${BASH_SOURCE[0]}")/find-cli.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [[ -f $folder/design.yaml ]]; then
	cp "$folder/design.yaml" "$work"
	topology='provider::configmgr::topology_from_yaml(filebase64("design.yaml"))'
	cat >"$work/main.tf" <<-'TEXT'
		terraform {
		  required_providers {
		    configmgr = {
		      source = "terraform-configmgr/configmgr"
		    }
		  }
		}
	TEXT
elif grep -qs "^ *${topology#local.} *=" "$folder"/*.tf || [[ $topology != local.topology ]]; then
	cp "$folder"/*.tf "$work"
else
	printf '%s has no local "topology" and no design.yaml. Name the expression of its topology: make report EXAMPLE=%s TOPOLOGY=module.topology.topology\n' \
		"$folder" "${folder##*/}" >&2
	exit 1
fi
printf 'output "configmgr_report" {\n  value = provider::configmgr::design_report(%s, {})\n}\n' "$topology" >"$work/configmgr_report.tf"

export TF_CLI_CONFIG_FILE=$config TF_IN_AUTOMATION=1
"$cli" -chdir="$work" apply -auto-approve -input=false -no-color >"$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
mkdir -p "$(dirname "$output")"
"$cli" -chdir="$work" output -no-color -raw configmgr_report >"$output"
printf 'Wrote %s\n' "$output"
