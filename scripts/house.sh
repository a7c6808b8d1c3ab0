# Read by the other scripts: where the repository is, which Node runs, how a step is announced.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# npm leaves the caller's folder in INIT_CWD: paths the user types are relative to that one.
called_from=$PWD
if [ -n "${npm_lifecycle_event:-}" ] && [ -d "${INIT_CWD:-}" ]; then called_from=$INIT_CWD; fi

cd "$root"
if [ ! -d node_modules ]; then
  echo 'forebear: nothing is installed yet. Run: npm ci' >&2
  exit 1
fi
# The tools of this repository first, and with them Node 24 where npm could install it.
export PATH="$root/node_modules/.bin:$PATH"
if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 18) ? 0 : 1)'; then
  echo "forebear: the scripts need Node 22.18 or newer, and this one is $(node --version)." >&2
  exit 1
fi

say() { printf '\n== %s\n' "$*"; }

# A part of the house that is not built yet is named, so that green never means "was not there".
skip() { printf '\n== SKIPPED: %s\n' "$*" >&2; }

# Builds when a source, a configuration or the lock is newer than the last whole build. All that is
# said goes to stderr: what the command prints may be piped.
build_if_needed() {
  local stamp=$root/apps/server/dist/.built
  if [ -f "$stamp" ] && [ -z "$(newer_than "$stamp")" ]; then return; fi
  bash "$root/scripts/build.sh" >&2
}

# How the program runs. Its threads make garbage and buffers: small young generations, old ones that are collected when they have doubled
# (else what hundreds of megabytes of log leave behind is kept), young ones by the thread whose they are (helpers cost more than they
# help where two threads are at work already). One malloc arena, which keeps what it has for the next batch, in large pages where the
# system has them: memory that goes back to the system comes from it again page by page.
node_flags=(--max-semi-space-size=8 --heap-growing-percent=100 --no-parallel-scavenge)
malloc_settings=(MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=134217728 MALLOC_MMAP_THRESHOLD_=16777216 GLIBC_TUNABLES=glibc.malloc.hugetlb=1)
run_node() {
  exec env "${malloc_settings[@]}" node "${node_flags[@]}" "$@"
}

# The built program.
forebear() {
  run_node "$root/apps/server/dist/main.js" "$@"
}

newer_than() {
  find package-lock.json tsconfig.base.json packages apps \
    \( -name node_modules -o -name dist -o -name 'dist-*' -o -name testing -o -name '.vite' \) -prune -o \
    -path '*/src/*' ! -name '*.test.ts' ! -name '*.test.tsx' ! -name '*.md' -newer "$1" -print -o \
    -type f ! -path '*/src/*' ! -name '*.md' -newer "$1" -print | head -n 1
}
