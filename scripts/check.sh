#!/usr/bin/env bash
# Everything that needs no browser: format, types, lint, law, unused code, unit tests. Every stage
# runs, also after a failed one, so that one run shows all there is to mend.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

failed=()
stage() {
  local name=$1 begun=$SECONDS
  shift
  say "check: $name ($*)"
  if "$@"; then
    echo "check: $name ok, $((SECONDS - begun)) s"
  else
    failed+=("$name")
    echo "check: $name FAILED" >&2
  fi
}

projects=(
  packages/model packages/model/tsconfig.test.json apps/server apps/server/tsconfig.test.json
  apps/web apps/web/tsconfig.test.json tools e2e
)

stage 'format and import order' biome ci .
stage 'types' tsc -b "${projects[@]}"
stage 'lint' oxlint
stage 'import law' node tools/law/main.ts
stage 'unused code' knip
stage 'unit tests' vitest run --reporter=default --reporter=json \
  --outputFile.json=test-results/unit.json

if [ ${#failed[@]} -gt 0 ]; then
  printf '\ncheck: FAILED: %s\n' "$(IFS=';'; echo "${failed[*]}")" >&2
  exit 1
fi
printf '\ncheck: all green\n'
