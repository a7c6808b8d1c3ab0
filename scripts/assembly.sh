#!/usr/bin/env bash
# Compiles packages/model/assembly and writes the module into the model as text, so that it loads the same way everywhere.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"
exec node tools/assembly/main.ts "$@"
