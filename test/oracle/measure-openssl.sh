#!/usr/bin/env bash
# Builds the program `openssl` of a version that is not installed, from the crate openssl-src, and measures what it says.
#
#     test/oracle/measure-openssl.sh 111.28.2 1.1.1
#     test/oracle/measure-openssl.sh 300.5.4 3.5
#
# The first word is the version of the crate, the second the series under which the answers are kept. Takes some minutes.
set -euo pipefail
crate=$1 series=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${OPENSSL_BUILD:-$(mktemp -d)}
mkdir -p "$work/fetch/src"
touch "$work/fetch/src/lib.rs"
cat >"$work/fetch/Cargo.toml" <<TOML
[package]
name = "fetch"
version = "0.0.0"
edition = "2021"
[dependencies]
openssl-src = "=$crate"
[workspace]
TOML
sources=$(cd "$work/fetch" && cargo metadata --format-version 1 | grep -o '"[^"]*/openssl-src-[^"/]*/Cargo.toml"' | head -1 | tr -d '"')
[ -d "$work/openssl" ] || cp -r "$(dirname "$sources")/openssl" "$work/openssl"
cd "$work/openssl"
[ -x apps/openssl ] || {
  ./config no-shared no-tests no-engine no-dso --prefix="$work/installed" >/dev/null
  make -j"$(nproc)" build_generated >/dev/null
  make -j"$(nproc)" apps/openssl >/dev/null
}
cd "$root"
env "ORACLE_OPENSSL_${series//./_}=$work/openssl/apps/openssl" UPDATE=1 node scripts/test.mjs oracle
