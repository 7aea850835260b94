/** What stands beside a connection that leaves TLS to its address: where the address comes from, and where the options are connected with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST =
  '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nsqlx = { version = "0.8", features = ["tls-rustls"] }\n';

/** The texts at the places that a finding points to, with what is said there. */
async function related(code: string): Promise<readonly string[]> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/lib.rs": code });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  assert.equal(findings.length, 1);
  return findings.flatMap((it) => it.related.map(({ span, message }) => `${code.slice(span.start, span.end)}: ${message}`));
}

test("options that leave TLS to an address are connected with elsewhere", async () => {
  const code = `use sqlx::postgres::PgConnectOptions;
pub async fn open(url: &str) -> sqlx::Result<sqlx::PgPool> {
    let options = url.parse::<PgConnectOptions>()?;
    sqlx::PgPool::connect_with(options).await
}`;
  assert.deepEqual(await related(code), ["sqlx::PgPool::connect_with: the connection is made here"]);
});

test("an address that is read elsewhere", async () => {
  const code = `pub async fn open() -> sqlx::Result<sqlx::PgPool> {
    let url = std::env::var("DATABASE_URL").unwrap();
    sqlx::PgPool::connect(&url).await
}`;
  assert.deepEqual(await related(code), ['std::env::var("DATABASE_URL"): the address comes from here']);
});

test("an address that is given as it is points nowhere", async () => {
  assert.deepEqual(await related("pub async fn open(url: &str) -> sqlx::Result<sqlx::PgPool> { sqlx::PgPool::connect(url).await }"), []);
});
