/** Whom a client connects to: by a whole address, by pieces that are put together, by what is there while nobody sets anything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { said } from "../../harness/said.ts";

/** The severity of `NoTls` for an address; undefined where it is silent. */
async function severity(address: string, more = ""): Promise<string | undefined> {
  const body = `pub async fn open(host: &str, settings: &Settings) {
    let _ = tokio_postgres::connect(${address}, tokio_postgres::NoTls).await;
}
pub struct Settings { pub host: String }
${more}`;
  const found = (await said(body)).filter((it) => it.includes("unverified-database-tls"));
  assert.ok(found.length <= 1, found.join("\n"));
  return found[0]?.split(" ")[1];
}

const cases: readonly (readonly [why: string, address: string, expected: string | undefined])[] = [
  ["this machine", '"postgres://app:x@localhost:5432/orders"', undefined],
  ["this machine, in pairs", '"host=127.0.0.1 user=app"', undefined],
  ["a socket", '"host=/run/postgresql user=app"', undefined],
  ["a service of a cluster", '"postgres://app:x@database/orders"', "hint"],
  ["another machine", '"postgres://app:x@db.shop.dev/orders"', "warning"],
  ["a host that is put in", '&format!("postgres://app:x@{host}/orders")', "warning"],
  ["a port and a name that are put in", '&format!("postgres://app:{}@localhost:{}/{}", host, host, host)', undefined],
  ["a user called localhost", '&format!("postgres://localhost:{}@{}/orders", host, host)', "warning"],
  ["a host in pairs", '&format!("host={host} user=app dbname=localhost")', "warning"],
  ["a default behind the scheme", '&format!("postgres://{}/x", std::env::var("DB").unwrap_or("localhost".into()))', "warning"],
  ["a default of the whole", '&std::env::var("DB").unwrap_or("postgres://localhost/x".into())', "info"],
  ["a default behind a scheme that is put in", '&format!("{host}://{}/x", std::env::var("DB").unwrap_or("localhost".into()))', "info"],
  ["another default", '&format!("postgres://{}/x", std::env::var("DB").unwrap_or("db.shop.dev".into()))', "warning"],
];

for (const [why, address, expected] of cases)
  test(`${why}: ${expected ?? "silent"}`, async () => {
    assert.equal(await severity(address), expected);
  });

test("MISSING: what unknown code makes of this machine and of more is taken for this machine", async () => {
  assert.equal(await severity('other::Address::new("postgres://localhost/x", host)'), undefined);
});

test("MISSING: an absolute address that a URL is joined with is taken for a path of the first", async () => {
  assert.equal(await severity('other::base("postgres://localhost/x").join(&format!("postgres://{host}/x"))'), undefined);
});

test("what a configuration has by default is not what somebody says", async () => {
  const read = "&read().host";
  const settings = (option: string, source: string): string => `#[derive(serde::Deserialize)] struct Read { ${option} host: String }
fn read() -> Read { ${source}.unwrap() }
fn here() -> String { "postgres://localhost/x".into() }`;
  // `try_into` is config's until 0.11, and that of toml's `Value`.
  for (const source of ["source().try_deserialize()", "source().try_into()", "config::Config::new().try_deserialize()"]) {
    assert.equal(await severity(read, settings('#[serde(default = "here")]', source)), "info");
    assert.equal(await severity(read, settings("", source)), "warning");
  }
  // Whoever says how it is made of something else has no default there.
  const converted = `${settings('#[serde(default = "here")]', "source().try_into()")}
impl TryFrom<u8> for Read { type Error = String; fn try_from(_: u8) -> Result<Self, String> { Err(String::new()) } }`;
  assert.equal(await severity(read, converted), "warning");
});
