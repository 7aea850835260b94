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

test("an address that can only name a file says nothing", async () => {
  const code = "pub async fn open(url: &str) -> sqlx::Result<sqlx::AnyPool> { sqlx::AnyPool::connect(url).await }";
  const besideFiles = MANIFEST.replace('"postgres"', '"postgres", "sqlite"');
  const filesAlone = MANIFEST.replace('"postgres"', '"sqlite"');
  const plaintext = ["unverified-database-tls: `sqlx::AnyPool::connect` can only connect in plaintext"];
  assert.deepEqual(await saidWith(lockOf(undefined), code), plaintext);
  assert.deepEqual(await saidWith(lockOf(undefined), code, besideFiles), plaintext);
  assert.deepEqual(await saidWith(lockOf(undefined), code, filesAlone), []);
  assert.deepEqual(await saidWith(lockOf("rustls"), code, filesAlone), []);
});

test("with one it is judged by its mode", async () => {
  for (const lock of [lockOf("rustls"), lockOf("native-tls")]) assert.deepEqual(await saidWith(lock), [OPTIONAL, UNVERIFIED]);
});

test("without a lock file the features tell that are asked for, of whichever package comes to the library", async () => {
  assert.deepEqual(await saidWith(undefined), [PLAINTEXT]);
  const asked = MANIFEST.replace('"postgres"', '"postgres", "tls-rustls"');
  const throughOther = `${MANIFEST}sea-orm = { version = "1", features = ["runtime-tokio-rustls"] }\n`;
  const byFeature = `${MANIFEST}[features]\ntls = ["sqlx/tls-rustls"]\n`;
  for (const manifest of [asked, throughOther, byFeature])
    assert.deepEqual(await saidWith(undefined, CODE, manifest), [OPTIONAL, UNVERIFIED]);
});

test("SPURIOUS: without a lock file, a library that another one brings TLS to is taken for one without", async () => {
  const manifest = `${MANIFEST}helper = { path = "../helper" }\n`;
  assert.deepEqual(await saidWith(undefined, CODE, manifest), [PLAINTEXT]);
});

const MQTT = `use rumqttc::{AsyncClient, MqttOptions};
pub fn client() -> AsyncClient {
    let host = std::env::var("MQTT_HOST").unwrap_or_else(|_| "localhost".to_owned());
    let mut options = MqttOptions::new("bridge", host, 1883);
    options.set_credentials("bridge", std::env::var("MQTT_PASSWORD").unwrap());
    AsyncClient::new(options, 10).0
}
pub fn anonymous() -> AsyncClient {
    let host = std::env::var("MQTT_HOST").unwrap_or_else(|_| "localhost".to_owned());
    AsyncClient::new(MqttOptions::new("bridge", host, 1883), 10).0
}
`;

test("a login that is always sent has no protection, whatever the host is by default", async () => {
  const manifest = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nrumqttc = { version = "0.24", default-features = false }\n';
  const locked = (library: string): string =>
    `version = 4\n[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = ["rumqttc"]\n[[package]]\nname = "rumqttc"\nversion = "0.24.0"\ndependencies = ["${library}"]\n[[package]]\nname = "${library}"\nversion = "0.22.0"\n`;
  const severities = async (library: string): Promise<readonly string[]> => {
    const host = memoryHost({ "/project/Cargo.toml": manifest, "/project/Cargo.lock": locked(library), "/project/src/lib.rs": MQTT });
    const service = await createLintService(host, { roots: ["/project"] });
    const { findings } = await service.lint("/project/src/lib.rs");
    service.dispose();
    return findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
  };
  const only = "`MqttOptions::new` can only connect in plaintext: `rumqttc` is compiled without TLS";
  assert.deepEqual(await severities("flume"), [`warning plaintext-upstream: ${only}`, `info plaintext-upstream: ${only}`]);
  assert.deepEqual(await severities("rustls"), [
    "warning plaintext-upstream: `MqttOptions::new` sends credentials in plaintext by default",
  ]);
});

test("brokers and document stores whose library is left out", async () => {
  const said = async (name: string, version: string, call: string, library: string): Promise<readonly string[]> => {
    const manifest = `[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\n${name} = { version = "${version}", default-features = false }\n`;
    const lock = `version = 4\n[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = ["${name}"]\n[[package]]\nname = "${name}"\nversion = "${version}"\ndependencies = ["${library}"]\n[[package]]\nname = "${library}"\nversion = "0.22.0"\n`;
    return saidWith(lock, `pub async fn open(url: &str) { let client = ${call}.await.unwrap(); std::mem::forget(client); }`, manifest);
  };
  const broker = "lapin::Connection::connect(url, Default::default())";
  assert.deepEqual(await said("lapin", "3.0.0", broker, "flume"), [
    "plaintext-upstream: `lapin::Connection::connect` can only connect in plaintext",
  ]);
  assert.deepEqual(await said("lapin", "3.0.0", broker, "rustls"), []);
  const store = "mongodb::Client::with_uri_str(url)";
  assert.deepEqual(await said("mongodb", "3.2.0", store, "bson"), [
    "plaintext-upstream: `mongodb::Client::with_uri_str` can only connect in plaintext",
  ]);
  assert.deepEqual(await said("mongodb", "3.2.0", store, "rustls"), [
    "plaintext-upstream: `mongodb::Client::with_uri_str` sends credentials in plaintext unless the address demands TLS",
  ]);
});

test("it is told where manifests leave TLS out, as they are now", async () => {
  const root = '[workspace]\nmembers = ["a"]\n[workspace.dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n';
  const host = memoryHost({
    "/project/Cargo.toml": root,
    "/project/Cargo.lock": lockOf(undefined),
    "/project/a/Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nsqlx.workspace = true\n',
    "/project/a/src/lib.rs": CODE,
  });
  const service = await createLintService(host, { roots: ["/project"] });
  const told = async (): Promise<readonly string[]> => {
    const { findings } = await service.lint("/project/a/src/lib.rs");
    return findings.flatMap(({ related }) => related.map(({ file, span, message }) => `${file}:${span.start} ${message}`));
  };
  const place = (text: string): string => `/project/Cargo.toml:${text.indexOf("features")} \`sqlx\` is required here without a TLS feature`;
  assert.deepEqual(await told(), [place(root)]);
  const moved = `# All of them.\n${root}`;
  service.open("/project/Cargo.toml", moved);
  assert.deepEqual(await told(), [place(moved)]);
  service.dispose();
});

test("what another library brings along is told where that one is required", async () => {
  const manifest = '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nbb8-redis = "0.18"\nserde = "1"\n';
  const lock =
    'version = 4\n[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = ["bb8-redis", "serde"]\n[[package]]\nname = "bb8-redis"\nversion = "0.18.0"\ndependencies = ["redis"]\n[[package]]\nname = "redis"\nversion = "0.27.0"\n[[package]]\nname = "serde"\nversion = "1.0.0"\n';
  const code =
    "use bb8_redis::RedisConnectionManager;\npub fn cache(url: &str) -> RedisConnectionManager { RedisConnectionManager::new(url).unwrap() }\n";
  const host = memoryHost({ "/project/Cargo.toml": manifest, "/project/Cargo.lock": lock, "/project/src/lib.rs": code });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  const places = findings.flatMap(({ related }) => related.filter(({ file }) => file.endsWith(".toml")));
  assert.deepEqual(places, [
    {
      file: "/project/Cargo.toml",
      span: { start: manifest.indexOf("bb8"), end: manifest.indexOf("bb8") + "bb8-redis".length },
      message: "`bb8-redis` is required here, which brings `redis` without a TLS feature",
    },
  ]);
});

test("MISSING: what a literal says where the driver does no TLS", async () => {
  const literal = 'pub const DATABASE: &str = "postgres://app:s3cret@db.shop.dev/shop";\n';
  const [first] = await saidWith(lockOf(undefined), literal);
  assert.equal(first, "unverified-database-tls: `postgres://` falls back to plaintext by default");
});
