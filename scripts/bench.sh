#!/usr/bin/env bash
# Measures from source, with the flags of the product. Arguments go to the benchmark.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

if [ ! -f apps/server/src/bench/main.ts ]; then
  echo 'bench: apps/server/src/bench/main.ts is not there, nothing was measured' >&2
  exit 1
fi
say "bench: node $(node --version), $(nproc 2>/dev/null || echo '?') cores"
cd "$called_from"
run_node --conditions=source "$root/apps/server/src/bench/main.ts" "$@"
