#!/usr/bin/env bash
# Runs any command of `forebear`: builds when needed, then runs it from the folder the user called from.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

build_if_needed
cd "$called_from"
forebear "$@"
