/** Clients that a lock file shows to be compiled without TLS: they neither do what would be TLS, nor go on with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST =
  '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nsqlx = { version = "0.8", default-features = false, features = ["postgres"] }\n';

const lockOf = (library: string | undefined): string => {
  const names = ["a", "sqlx", "sqlx-core", ...(library === undefined ? [] : [library])];
  const registry = 'source = "registry+https://github.com/rust-lang/crates.io-index"\n';
  const one = (name: string, at: number): string =>
    `[[package]]\nname = "${name}"\nversion = "${at === 0 ? "0.1.0" : "0.8.2"}"\n${at === 0 ? "" : registry}${names[at + 1] === undefined ? "" : `dependencies = ["${names[at + 1]}"]\n`}`;
  return ["version = 4\n", ...names.map(one)].join("\n");
};

const CODE = [
  "use sqlx::postgres::{PgConnectOptions, PgSslMode};",
  "pub async fn preferred(host: &str, password: &str) -> sqlx::Result<sqlx::PgPool> {",
  "    sqlx::PgPool::connect_with(PgConnectOptions::new().host(host).password(password)).await",
  "}",
  "pub async fn required(host: &str, password: &str) -> sqlx::Result<sqlx::PgPool> {",
  "    sqlx::PgPool::connect_with(PgConnectOptions::new().host(host).password(password).ssl_mode(PgSslMode::Require)).await",
  "}",
].join("\n");

async function saidWith(lock: string | undefined, code = CODE): Promise<readonly string[]> {
  const locked = lock === undefined ? {} : { "/project/Cargo.lock": lock };
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/lib.rs": code, ...locked });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  return findings.map(({ rule, message }) => `${rule}: ${message.split(": ")[0]}`);
}

const PLAINTEXT = "unverified-database-tls: `PgConnectOptions::new` connects to the database in plaintext by default";
const OPTIONAL = "unverified-database-tls: `PgConnectOptions::new` falls back to plaintext by default";
const UNVERIFIED = "unverified-database-tls: `ssl_mode` accepts any certificate";

test("without a TLS library what prefers TLS is plaintext, and what requires it fails", async () => {
  assert.deepEqual(await saidWith(lockOf(undefined)), [PLAINTEXT]);
});

test("with one, or without a lock file, it is judged by its mode", async () => {
  for (const lock of [lockOf("rustls"), lockOf("native-tls"), undefined]) assert.deepEqual(await saidWith(lock), [OPTIONAL, UNVERIFIED]);
});

test("MISSING: what a literal says where the driver does no TLS", async () => {
  const literal = 'pub const DATABASE: &str = "postgres://app:s3cret@db.shop.dev/shop";\n';
  const [first] = await saidWith(lockOf(undefined), literal);
  assert.equal(first, "unverified-database-tls: `postgres://` falls back to plaintext by default");
});
