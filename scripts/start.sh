#!/usr/bin/env bash
# Serves: builds when needed, then `forebear serve ARGS` from the folder the user called from.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

build_if_needed
cd "$called_from"
forebear serve "$@"
