#!/usr/bin/env bash
# Makes the README's pictures: builds, serves a sample, opens the attacked pod in Chromium, light and dark.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

build_if_needed
say 'screenshot: docs/screenshot.png, docs/screenshot-dark.png'
node e2e/screenshot.ts docs
