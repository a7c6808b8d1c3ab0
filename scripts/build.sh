#!/usr/bin/env bash
# Builds what production runs: model and server as JavaScript (dist/), the web app as static files.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

started=$(mktemp)
trap 'rm -f "$started"' EXIT

say 'build: model and server (tsc -b)'
if [ -f apps/server/src/main.ts ]; then
  tsc -b packages/model apps/server
else
  skip 'build of the server: apps/server/src/main.ts is not there'
  tsc -b packages/model
fi

say 'build: web app (vite build)'
(cd apps/web && vite build)

# Dated from before the build, so that a source saved meanwhile makes the next start build again.
mkdir -p apps/server/dist
touch -r "$started" apps/server/dist/.built
