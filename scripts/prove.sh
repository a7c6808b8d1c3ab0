#!/usr/bin/env bash
# The long proofs: the graph's properties at 10^5 runs, the kill trial, 1 GB within 512 MiB. Minutes to an hour; ends by itself.
source "$(dirname "${BASH_SOURCE[0]}")/house.sh"

say 'prove: any order, repetition and batching gives the same forest, 100,000 runs'
FOREBEAR_RUNS=100000 vitest run packages/model/src/graph/derive.property.test.ts --testTimeout=7200000
say 'prove: kill -9 in an upload, 100 rounds'
node --conditions=source apps/server/src/trials/killUpload.ts --rounds 100
say 'prove: 1 GB within 512 MiB'
node --conditions=source apps/server/src/trials/bigUpload.ts
