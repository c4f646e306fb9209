# Sourced by the scripts beside it: where things are, and how a script stops.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")

die() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# need PROGRAM FIX: stops with one sentence when a program is missing.
need() {
  command -v "$1" >/dev/null || die "$1 is missing: $2."
}

need_rust() {
  need cargo "install Rust from https://rustup.rs"
  need cc "install a C compiler, for example with apt-get install build-essential"
}

need_node() {
  need node "install Node.js 20.19 or newer"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node.js $(node --version) is too old: install 20.19 or newer."
}

# fingerprint PATH...: one hash over the contents of files, for stamps of what is already done.
fingerprint() {
  find "$@" \( -name node_modules -o -name dist -o -name paraglide -o -name results -o -name screenshots \) -prune \
    -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}
