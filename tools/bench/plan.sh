#!/usr/bin/env bash
# Compares the time of a plan of many configmgr_role_assignment resources with the same number of time_static and of the
# built-in terraform_data, all in one run on one machine: seconds differ from machine to machine, ratios much less.
#
#   plan.sh CLI CONFIGMGR_FOLDER TIME_FOLDER
#
# CLI is a Terraform or OpenTofu executable; the folders hold the two built providers. COUNT resources (500, at most 1024)
# are planned RUNS times (5) from an empty state; the three take turns, so that a disturbance of the machine meets all.
# SUBJECTS names the resource types to compare; the ratios are those of the first to each of the others.
set -euo pipefail
# shellcheck source=verdict.sh
. "$(dirname "${BASH_SOURCE[0]}")/verdict.sh"

cli=$1
configmgr_folder=$2
time_folder=$3
count=${COUNT:-500}
runs=${RUNS:-5}
read -ra subjects <<<"${SUBJECTS:-configmgr_role_assignment time_static terraform_data}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/cli.tfrc" <<TEXT
provider_installation {
  dev_overrides {
    "registry.terraform.io/terraform-configmgr/configmgr" = "$configmgr_folder"
    "registry.opentofu.org/terraform-configmgr/configmgr" = "$configmgr_folder"
    "registry.terraform.io/hashicorp/time"                = "$time_folder"
    "registry.opentofu.org/hashicorp/time"                = "$time_folder"
  }
}
TEXT
export TF_CLI_CONFIG_FILE=$work/cli.tfrc CHECKPOINT_DISABLE=1

for subject in configmgr_role_assignment time_static terraform_data; do
	mkdir "$work/$subject"
	# A map, because Terraform sorts a set again for each of its instances, which would hide what is compared.
	cat >"$work/$subject/names.tf" <<TEXT
locals {
  names = { for i in range($count) : format("dp%03d", i) => i }
}
TEXT
done

cat >"$work/configmgr_role_assignment/main.tf" <<'TEXT'
terraform {
  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

resource "configmgr_site" "ps1" {
  site_code   = "PS1"
  site_type   = "primary"
  name        = "Bench"
  site_server = "ps1.contoso.com"
}

resource "configmgr_role_assignment" "dp" {
  for_each = local.names

  server = {
    fqdn             = "${each.key}.contoso.com"
    operating_system = "windows_server_2022"
    site             = configmgr_site.ps1
  }
  role = "distribution_point"

  distribution_point {
    protocol = "https"
  }
}
TEXT

cat >"$work/time_static/main.tf" <<'TEXT'
terraform {
  required_providers {
    time = {
      source = "hashicorp/time"
    }
  }
}

resource "time_static" "dp" {
  for_each = local.names

  rfc3339 = "2020-01-01T00:00:00Z"
}
TEXT

cat >"$work/terraform_data/main.tf" <<'TEXT'
resource "terraform_data" "dp" {
  for_each = local.names

  input = each.key
}
TEXT

# Plans one subject and prints the wall and the CPU seconds it took. A plan that fails ends the comparison and shows why.
seconds() {
	local TIMEFORMAT='%R %U %S'
	if ! { time TF_DATA_DIR=$work/$1/data "$cli" -chdir="$work/$1" plan -input=false -no-color -lock=false \
		>"$work/$1/output" 2>&1 </dev/null; } 2>&1; then
		printf 'the plan of %s failed:\n' "$1" >&2
		cat "$work/$1/output" >&2
		exit 1
	fi
}

# Reads wall, user and system seconds, and prints the median, the lowest and the highest wall time and the median CPU time.
summary() {
	local times
	times=$(cat)
	awk '{ print $1 }' <<<"$times" | sort -n | awk '
		{ value[NR] = $1 }
		END {
			middle = int((NR + 1) / 2)
			median = NR % 2 ? value[middle] : (value[middle] + value[middle + 1]) / 2
			printf "%s %s %s ", median, value[1], value[NR]
		}'
	awk '{ print $2 + $3 }' <<<"$times" | sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# The first run of each fills the caches of the system and is not counted.
for subject in "${subjects[@]}"; do
	seconds "$subject" >/dev/null
	if ! grep -Eq "^Plan: ($count|$((count + 1))) to add, 0 to change, 0 to destroy" "$work/$subject/output"; then
		printf 'the plan of %s does not add %d resources:\n' "$subject" "$count" >&2
		tail -n 20 "$work/$subject/output" >&2
		exit 1
	fi
done

for ((run = 0; run < runs; run++)); do
	for subject in "${subjects[@]}"; do
		seconds "$subject" >>"$work/$subject/seconds"
	done
done

version=$("$cli" version)
printf 'plan of %d resources from an empty state, median of %d runs, %s\n' "$count" "$runs" "${version%%$'\n'*}"
for subject in "${subjects[@]}"; do
	summary <"$work/$subject/seconds" >"$work/$subject/summary"
	read -r median lowest highest cpu <"$work/$subject/summary"
	printf '  %-44s %7.2f s   (%.2f to %.2f s)   CPU %7.2f s\n' "$subject" "$median" "$lowest" "$highest" "$cpu"
done
# The bars of the ratios, by what the first subject is compared with.
declare -A bars=([time_static]=0.5 [terraform_data]=2)
read -r wall _ _ cpu <"$work/${subjects[0]}/summary"
for other in "${subjects[@]:1}"; do
	read -r wall0 _ _ cpu0 <"$work/$other/summary"
	verdict "${subjects[0]} / $other, wall" "$(quotient "$wall" "$wall0")" "${bars[$other]:-1}"
	verdict "${subjects[0]} / $other, CPU" "$(quotient "$cpu" "$cpu0")" "${bars[$other]:-1}"
done
