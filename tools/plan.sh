#!/usr/bin/env bash
# Plans a configuration with the provider of a development build, and leaves nothing in its folder:
#
#   plan.sh CLI_CONFIGURATION FOLDER [PLAN ARGUMENT...]
#
# No init is needed, because CLI_CONFIGURATION names the folder of the built provider. The exit code is the plan's.
set -euo pipefail

config=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
folder=$2
shift 2

if [[ ! -d $folder ]]; then
	printf 'There is no %s. Folders with a configuration:\n' "$folder" >&2
	find "$(dirname "$folder")" -name '*.tf' -exec dirname {} + 2>/dev/null | sort -u | sed 's/^/  /' >&2
	exit 1
fi

cli=$("$(dirname "${BASH_SOURCE[0]}")/find-cli.sh")

arguments=(-input=false -lock=false)
if [[ ! -t 1 || -n ${NO_COLOR:-} ]]; then
	arguments+=(-no-color)
fi

export TF_CLI_CONFIG_FILE=$config
export TF_DATA_DIR=${config%/*}/plan/${folder##*/}
# Leaves out the hints on what to type next, which do not hold here.
export TF_IN_AUTOMATION=1

# Modules of the configuration's own have to be known to the CLI before it can plan.
"$cli" -chdir="$folder" get -no-color >/dev/null
exec "$cli" -chdir="$folder" plan "${arguments[@]}" "$@"
