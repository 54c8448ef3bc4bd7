#!/usr/bin/env bash
# Compares check_topology of a large topology, through the CLI, with what jsondecode and jsonencode of the same document
# cost in the same run.
#
#   function.sh CLI CONFIGMGR_FOLDER
#
# The document has OBJECTS objects (50000), half of them servers and half role assignments. Each is run RUNS times (3).
set -euo pipefail
# shellcheck source=verdict.sh
. "$(dirname "${BASH_SOURCE[0]}")/verdict.sh"

cli=$1
configmgr_folder=$2
objects=${OBJECTS:-50000}
runs=${RUNS:-3}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE=$work/cli.tfrc
cat >"$work/cli.tfrc" <<TEXT
provider_installation {
  dev_overrides {
    "registry.terraform.io/terraform-configmgr/configmgr" = "$configmgr_folder"
    "registry.opentofu.org/terraform-configmgr/configmgr" = "$configmgr_folder"
  }
}
TEXT
mkdir "$work/check" "$work/json"
awk -v n="$((objects / 2))" 'BEGIN {
	sites = int((n + 199) / 200)
	printf "{\"sites\":{\"CAS\":{\"site_code\":\"CAS\",\"site_type\":\"central_administration\",\"name\":\"Bench\",\"site_server\":\"cas.contoso.com\"}"
	for (i = 0; i < sites; i++) {
		code = sprintf("P%02X", i)
		printf ",\"%s\":{\"site_code\":\"%s\",\"site_type\":\"primary\",\"name\":\"Bench %s\",\"site_server\":\"%s.contoso.com\",\"parent\":{\"site_code\":\"CAS\",\"site_type\":\"central_administration\"}}", code, code, code, tolower(code)
	}
	printf "},\"site_system_servers\":{"
	for (i = 0; i < n; i++)
		printf "%s\"dp%05d\":{\"fqdn\":\"dp%05d.contoso.com\",\"operating_system\":\"windows_server_2022\",\"site\":{\"site_code\":\"P%02X\"}}", i ? "," : "", i, i, int(i / 200)
	printf "},\"role_assignments\":{"
	for (i = 0; i < n; i++)
		printf "%s\"dp%05d\":{\"role\":\"distribution_point\",\"site_code\":\"P%02X\",\"fqdn\":\"dp%05d.contoso.com\",\"distribution_point\":{\"protocol\":\"https\"}}", i ? "," : "", i, int(i / 200), i
	printf "}}"
}' >"$work/topology.json"
cat >"$work/check/main.tf" <<TEXT
terraform {
  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

output "result" {
  value = length(provider::configmgr::check_topology(jsondecode(file("$work/topology.json")), {}))
}
TEXT
cat >"$work/json/main.tf" <<TEXT
output "result" {
  value = length(jsonencode(jsondecode(file("$work/topology.json"))))
}
TEXT
seconds() {
	local TIMEFORMAT='%R %U %S'
	if ! { time TF_DATA_DIR=$work/$1/data "$cli" -chdir="$work/$1" plan -input=false -no-color -lock=false >"$work/output" 2>&1 </dev/null; } 2>&1; then
		cat "$work/output" >&2
		exit 1
	fi
}
for ((run = 0; run < runs; run++)); do
	for subject in check json; do
		seconds "$subject" >>"$work/$subject/seconds"
	done
done
read -r wall cpu <<<"$(medians "$work/check/seconds")"
read -r wall0 cpu0 <<<"$(medians "$work/json/seconds")"
printf 'check_topology of %d objects beside jsondecode and jsonencode of the document, median of %d runs\n' "$objects" "$runs"
verdict "wall $wall s / $wall0 s" "$(quotient "$wall" "$wall0")" 1.5
verdict "CPU $cpu s / $cpu0 s" "$(quotient "$cpu" "$cpu0")" 1.5
