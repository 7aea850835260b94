/** Clients that a lock file shows to be compiled without TLS: they neither do what would be TLS, nor go on with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST =
  '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nsqlx = { version = "0.8", default-features = false, features = ["postgres"] }\n';

/** A chain of packages, each of which depends on the next, and one beside the driver. */
const lockOf = (library: string | undefined, beside?: string): string => {
  const names = ["a", "sqlx", "sqlx-core", ...(library === undefined ? [] : [library])];
  const others = beside === undefined ? "" : `[[package]]\nname = "${beside}"\nversion = "0.23.0"\n`;
  const registry = 'source = "registry+https://github.com/rust-lang/crates.io-index"\n';
  const one = (name: string, at: number): string =>
    `[[package]]\nname = "${name}"\nversion = "${at === 0 ? "0.1.0" : "0.8.2"}"\n${at === 0 ? "" : registry}${names[at + 1] === undefined ? "" : `dependencies = ["${names[at + 1]}"${at === 0 && beside !== undefined ? `, "${beside}"` : ""}]\n`}`;
  return ["version = 4\n", ...names.map(one), others].join("\n");
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

async function saidWith(lock: string | undefined, code = CODE, manifest = MANIFEST): Promise<readonly string[]> {
  const locked = lock === undefined ? {} : { "/project/Cargo.lock": lock };
  const host = memoryHost({ "/project/Cargo.toml": manifest, "/project/src/lib.rs": code, ...locked });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  return findings.map(({ rule, message }) => `${rule}: ${message.split(": ")[0]}`);
}

const PLAINTEXT = "unverified-database-tls: `PgConnectOptions::new` can only connect in plaintext";
const OPTIONAL = "unverified-database-tls: `PgConnectOptions::new` falls back to plaintext by default";
const UNVERIFIED = "unverified-database-tls: `ssl_mode` accepts any certificate";

test("without a TLS library what prefers TLS is plaintext, and what requires it fails", async () => {
  assert.deepEqual(await saidWith(lockOf(undefined)), [PLAINTEXT]);
});

test("what others of the crate's packages do TLS with is nothing to it", async () => {
  assert.deepEqual(await saidWith(lockOf(undefined, "rustls")), [PLAINTEXT]);
});

test("an address that may name a file says nothing", async () => {
  const code = "pub async fn open(url: &str) -> sqlx::Result<sqlx::PgPool> { sqlx::PgPool::connect(url).await }";
  const besideFiles = MANIFEST.replace('"postgres"', '"postgres", "sqlite"');
  assert.deepEqual(await saidWith(lockOf(undefined), code), [
    "unverified-database-tls: `sqlx::PgPool::connect` can only connect in plaintext",
  ]);
  assert.deepEqual(await saidWith(lockOf(undefined), code, besideFiles), []);
});

test("with one, or without a lock file, it is judged by its mode", async () => {
  for (const lock of [lockOf("rustls"), lockOf("native-tls"), undefined]) assert.deepEqual(await saidWith(lock), [OPTIONAL, UNVERIFIED]);
});

test("MISSING: what a literal says where the driver does no TLS", async () => {
  const literal = 'pub const DATABASE: &str = "postgres://app:s3cret@db.shop.dev/shop";\n';
  const [first] = await saidWith(lockOf(undefined), literal);
  assert.equal(first, "unverified-database-tls: `postgres://` falls back to plaintext by default");
});
