# Sourced by the other scripts: puts the project's tools in reach and tells steps apart.
# Everything the scripts install for themselves lives in .tools/, which git ignores.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools="$root/.tools"
export PATH="$tools/bin:$root/node_modules/.bin:$PATH"

# Written by scripts/setup when the compiler that knows wasm32 is not the default one.
# shellcheck source=/dev/null
[ ! -f "$tools/env" ] || . "$tools/env"

say() { printf '%s\n' "$*" >&2; }

fail() {
  say ""
  say "error: $1"
  shift
  for line in "$@"; do say "  $line"; done
  exit 1
}

# step "what happens" command…: names a long step as it begins and its seconds when it ends.
step() {
  local what=$1 began=$SECONDS log
  shift
  log="$tools/log/$(printf '%s' "$what" | tr -c 'A-Za-z0-9' '-').log"
  mkdir -p "$tools/log"
  printf '  %-58s ' "$what …" >&2
  if "$@" >"$log" 2>&1; then
    say "$((SECONDS - began)) s"
  else
    say "failed after $((SECONDS - began)) s"
    tail -n 25 "$log" >&2
    fail "$what: failed; the whole log is $log"
  fi
}

# The version that Cargo.toml pins for a crate of the workspace.
pinned() { sed -n "s/^$1 = .*\"=\([0-9.]*\)\".*/\1/p" "$root/Cargo.toml" | head -n 1; }

has() { command -v "$1" >/dev/null 2>&1; }

# cargo_tool crate binary version [minutes]: built once into .tools/bin, whose debug information nobody needs.
cargo_tool() {
  local crate=$1 binary=$2 version=$3 minutes=$4
  if [ -x "$tools/bin/$binary" ] && "$tools/bin/$binary" --version | grep -qF "$version"; then return; fi
  step "compile $crate $version (about $minutes min)" env CARGO_PROFILE_DEV_DEBUG=0 \
    CARGO_TARGET_DIR="$tools/target" cargo install --debug --root "$tools" --version "=$version" "$crate"
}
