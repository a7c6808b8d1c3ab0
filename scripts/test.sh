#!/usr/bin/env bash
# The whole proof: build, check, and the browser tests in the system's Chromium.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

find_chromium() {
  local name
  for name in "${FOREBEAR_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 1
}

install_chromium() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return 1; fi
  say 'test: no Chromium here, installing it from the system packages'
  apt-get update -q >&2 || return 1
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium >&2
}

rm -rf test-results
bash scripts/build.sh
bash scripts/check.sh

say 'test: kill -9 in the middle of an upload, then the same file again, 20 times'
node apps/server/dist/trials/killUpload.js --rounds 20 --events 20000

say 'test: an upload of a gigabyte within 512 MiB of resident memory'
node apps/server/dist/trials/bigUpload.js

if ! find_chromium >/dev/null && ! install_chromium; then
  cat >&2 <<'TEXT'

test: FAILED: the browser tests need Chromium, and none was found or could be installed.
Install it (Debian, Ubuntu: sudo apt-get update && sudo apt-get install chromium), or name one:
FOREBEAR_CHROMIUM=/path/to/chromium npm test
TEXT
  exit 1
fi
FOREBEAR_CHROMIUM=$(find_chromium)
export FOREBEAR_CHROMIUM
say "test: browser tests ($FOREBEAR_CHROMIUM)"
PLAYWRIGHT_JSON_OUTPUT_FILE=$root/test-results/browser.json \
  playwright test --config e2e/playwright.config.ts --reporter=list,json
