#!/usr/bin/env bash
# For working on the product: the server from source, restarted on change, and Vite in front of it.
# Arguments go to `forebear serve`. Both end together.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

pids=()
stop() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; }
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say 'dev: server from source (node --watch)'
(cd "$called_from" && exec node --conditions=source --watch "$root/apps/server/src/main.ts" serve "$@") &
pids+=($!)
say 'dev: web app (vite)'
(cd apps/web && exec vite) &
pids+=($!)
wait -n
