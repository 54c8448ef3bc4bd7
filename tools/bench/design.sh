#!/usr/bin/env bash
# Compares the provider with an earlier build of it, in one run on one machine: the first plan of designs of several sizes
# (SIZES servers with a role each and their hierarchy), the state file of examples/complete, and how long the provider
# takes to answer for its schema, with the memory that takes.
#
#   design.sh CLI CONFIGMGR_FOLDER BASELINE_FOLDER BASELINE_EXAMPLES
#
# CLI is a Terraform or OpenTofu executable; the folders hold the two built providers; BASELINE_EXAMPLES are the examples
# that belong to the earlier build. Each plan is made RUNS times (3), the two builds in turns.
set -euo pipefail
# shellcheck source=verdict.sh
. "$(dirname "${BASH_SOURCE[0]}")/verdict.sh"

cli=$1
current=$2
baseline=$3
baseline_examples=$4
examples=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples" && pwd)
runs=${RUNS:-3}
read -ra sizes <<<"${SIZES:-500 1000 2000}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHECKPOINT_DISABLE=1

for build in current baseline; do
	cat >"$work/$build.tfrc" <<TEXT
provider_installation {
  dev_overrides {
    "registry.terraform.io/terraform-configmgr/configmgr" = "${!build}"
    "registry.opentofu.org/terraform-configmgr/configmgr" = "${!build}"
  }
}
TEXT
done

# One configuration serves both builds: a hierarchy may always list its servers.
mkdir "$work/design"
cat >"$work/design/main.tf" <<'TEXT'
terraform {
  required_providers {
    configmgr = {
      source = "terraform-configmgr/configmgr"
    }
  }
}

variable "size" {
  type = number
}

locals {
  # 200 distribution points for each primary site; range() ends at 1024.
  names = { for n in setproduct(range(var.size / 100), range(100)) : format("dp%02d%02d", n...) => floor(n[0] / 2) }
  sites = configmgr_site.primary
}

resource "configmgr_site" "cas" {
  site_code   = "CAS"
  site_type   = "central_administration"
  name        = "Bench"
  site_server = "cas.contoso.com"
}

resource "configmgr_site" "primary" {
  for_each = { for n in range(ceil(var.size / 200)) : n => format("P%02d", n) }

  site_code   = each.value
  site_type   = "primary"
  name        = "Bench ${each.value}"
  site_server = "${lower(each.value)}.contoso.com"
  parent      = configmgr_site.cas
}

resource "configmgr_site_system_server" "dp" {
  for_each = local.names

  fqdn             = "${each.key}.contoso.com"
  operating_system = "windows_server_2022"
  site             = local.sites[each.value]
}

locals {
  servers = configmgr_site_system_server.dp
}

resource "configmgr_role_assignment" "dp" {
  for_each = local.names

  server = local.servers[each.key]
  role   = "distribution_point"

  distribution_point {
    protocol = "https"
  }
}

resource "configmgr_hierarchy" "bench" {
  sites               = merge({ cas = configmgr_site.cas }, local.sites)
  site_system_servers = local.servers
  role_assignments    = configmgr_role_assignment.dp
}
TEXT

# Runs a command with a build and prints wall and CPU seconds. A command that fails ends the comparison and shows why.
seconds() {
	local build=$1 TIMEFORMAT='%R %U %S'
	shift
	if ! { time TF_CLI_CONFIG_FILE=$work/$build.tfrc TF_DATA_DIR=$work/data-$build "$@" >"$work/output" 2>&1 </dev/null; } 2>&1; then
		cat "$work/output" >&2
		exit 1
	fi
}

printf 'first plan of servers with a role each and their hierarchy, beside the earlier build, median of %d runs\n' "$runs"
for size in "${sizes[@]}"; do
	for ((run = 0; run < runs; run++)); do
		for build in current baseline; do
			seconds "$build" "$cli" -chdir="$work/design" plan -input=false -no-color -lock=false -var "size=$size" >>"$work/$build-$size"
		done
	done
	read -r wall cpu <<<"$(medians "$work/current-$size")"
	read -r wall0 cpu0 <<<"$(medians "$work/baseline-$size")"
	verdict "$size servers with a role each: wall $wall s / $wall0 s" "$(quotient "$wall" "$wall0")" 0.6
	verdict "$size servers with a role each: CPU $cpu s / $cpu0 s" "$(quotient "$cpu" "$cpu0")" 0.6
done

for build in current baseline; do
	mkdir "$work/state-$build"
	source=$examples
	[[ $build == baseline ]] && source=$baseline_examples
	cp "$source"/complete/*.tf "$work/state-$build"
	seconds "$build" "$cli" -chdir="$work/state-$build" apply -input=false -no-color -auto-approve >/dev/null
done
size=$(wc -c <"$work/state-current/terraform.tfstate")
size0=$(wc -c <"$work/state-baseline/terraform.tfstate")
verdict "state file of examples/complete: $size bytes / $size0 bytes" "$(quotient "$size" "$size0")" 0.3

# The CLI asks a provider for its schema and ends; `version` starts no provider, so that the difference is the provider's.
for ((run = 0; run < runs; run++)); do
	seconds current "$cli" -chdir="$work/design" providers schema -json >>"$work/schema"
	seconds current "$cli" version >>"$work/version"
done
read -r wall _ <<<"$(medians "$work/schema")"
read -r wall0 _ <<<"$(medians "$work/version")"
verdict 'provider start to schema' "$(awk -v w="$wall" -v w0="$wall0" 'BEGIN { print 1000 * (w - w0) }')" 150 ' ms'

# What the provider has held by the time it has answered, where the system tells: Linux does.
mkdir "$work/watched"
cat >"$work/watched/terraform-provider-configmgr" <<TEXT
#!/usr/bin/env bash
"$current/terraform-provider-configmgr" "\$@" &
provider=\$!
trap 'kill "\$provider" 2>/dev/null' TERM INT
while held=\$(awk '/^VmHWM/ { print \$2 }' "/proc/\$provider/status" 2>/dev/null) && [[ -n \$held ]]; do
	printf '%s\n' "\$held" >>"$work/held"
	sleep 0.005
done
wait "\$provider"
TEXT
chmod +x "$work/watched/terraform-provider-configmgr"
sed "s#\"$current\"#\"$work/watched\"#" "$work/current.tfrc" >"$work/watched.tfrc"
if [[ -r /proc/self/status ]]; then
	seconds watched "$cli" -chdir="$work/design" providers schema -json >/dev/null
	verdict 'memory of the provider at its schema' "$(sort -n "$work/held" | awk 'END { print $1 / 1000 }')" 40 ' MB'
fi
