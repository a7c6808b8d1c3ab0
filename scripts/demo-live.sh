#!/usr/bin/env bash
# Pushes the crawler incident into a running server, ten times faster than it happened.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

if [ ! -f apps/server/src/demo/live.ts ]; then
  echo 'demo: apps/server/src/demo/live.ts is not there' >&2
  exit 1
fi
cd "$called_from"
exec node --conditions=source "$root/apps/server/src/demo/live.ts" "$@"
