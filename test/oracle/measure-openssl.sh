#!/usr/bin/env bash
# Builds a version of OpenSSL that is not installed, from the crate openssl-src, and measures what its libraries say.
#
#     test/oracle/measure-openssl.sh 111.28.2 1.1.1
#     test/oracle/measure-openssl.sh 300.5.4 3.5
#     test/oracle/measure-openssl.sh 400.0.2 4.0
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
[ -e libssl.a ] || {
  ./config no-shared no-tests no-engine no-dso --prefix="$work/installed" >/dev/null
  make -j"$(nproc)" build_generated >/dev/null
  make -j"$(nproc)" libcrypto.a libssl.a >/dev/null
}
cd "$root"
program() { cc -O1 -I"$work/openssl/include" "test/oracle/$1.c" -o "$2" "${@:3}" "$work/openssl/libcrypto.a" -lpthread -ldl; }
program openssl "$work/ask"
program openssl-handshake "$work/shake" "$work/openssl/libssl.a"
env "ORACLE_OPENSSL_${series//./_}=$work/ask" "ORACLE_HANDSHAKES_${series//./_}=$work/shake" UPDATE=1 node scripts/test.mjs oracle
