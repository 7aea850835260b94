/** The workspace in two lists: certificates by their end, and what servers and clients require. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { basicConstraints, certificatePem, time } from "../../certificates/build.ts";
import { memoryHost, NOON } from "../../harness/memory-host.ts";

const DAY = 86_400_000;
const ALL = { from: 0, count: 500 };
const NOTHING_MORE = { revocationLists: 0, notListed: 0, leftOut: [], unfiltered: 3 };

const pem = (commonName: string, days: number): string => {
  const at = (day: number) => time(new Date(NOON + day * DAY).toISOString());
  const extensions = [basicConstraints(true)];
  return certificatePem({ issuer: commonName, subject: commonName, notBefore: at(-400), notAfter: at(days + 0.5), extensions });
};

const MANIFEST = `[package]
name = "app"
version = "0.1.0"
[dependencies]
openssl = "0.10.72"
reqwest = "0.12"
`;

const CODE = `use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

pub fn acceptor(asked: bool) -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_ca_file("certs/ca.pem")?;
    if asked {
        builder.set_verify(SslVerifyMode::PEER);
    }
    Ok(builder)
}

pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(true).build()
}
`;
const TEST_CODE = `#[test]
fn speaks() {
    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap();
}
`;
const NGINX = `server {
    listen 443 ssl;
    ssl_certificate certs/server.pem;
    ssl_certificate_key certs/server.key;
    ssl_client_certificate certs/ca.pem;
    ssl_verify_client optional;
    location / {
        proxy_pass http://app;
    }
}
`;
const FILES = {
  "/w/Cargo.toml": MANIFEST,
  "/w/src/lib.rs": CODE,
  "/w/tests/speaks.rs": TEST_CODE,
  "/w/certs/ca.pem": `${pem("late", 300)}${pem("gone", -3)}`,
  "/w/certs/soon.pem": pem("soon", 10),
};

test("certificates stand in the order of their ends, with the code that reads them and what is found in them", async () => {
  const service = await createLintService(memoryHost(FILES), { roots: ["/w"] });
  const { total, items } = await service.overview.certificates(ALL);
  assert.equal(total, 3);
  assert.deepEqual(
    items.map(({ name, kind, role, daysLeft, place, uses, findings }) => [
      name,
      kind,
      role,
      daysLeft,
      FILES["/w/certs/ca.pem"].startsWith("-----BEGIN CERTIFICATE-----", place.span.start) || place.file,
      uses.map((it) => [it.place.file, it.call.split("::").at(-1), it.role]),
      // All are signed by one key of the tests.
      findings.map((it) => it.rule).filter((it) => it !== "shared-key"),
    ]),
    [
      ["gone", "certificate", "root", -3, true, [["/w/src/lib.rs", "set_ca_file", "client-ca"]], ["expired-certificate"]],
      ["soon", "certificate", "root", 10, true, [], ["expiring-certificate"]],
      ["late", "certificate", "root", 300, true, [["/w/src/lib.rs", "set_ca_file", "client-ca"]], []],
    ],
  );
  const [, second] = items;
  assert.deepEqual(await service.overview.certificates({ from: 1, count: 1 }), {
    total,
    items: [second],
    ...NOTHING_MORE,
  });
  assert.deepEqual(await service.overview.certificates({ from: 9, count: 1 }), { total, items: [], ...NOTHING_MORE });
  service.dispose();
});

test("with problems alone the others are counted, and pages are those of what is left", async () => {
  const files = { ...FILES, "/w/certs/ca.pem": pem("fine", 300), "/w/certs/old.pem": pem("gone", -3) };
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const rules = await service.overview.certificates(ALL);
  // All are signed by one key of the tests, which is a hint.
  const severities = rules.items.map((it) => [
    it.name,
    it.findings.map(({ severity }) => severity).filter((at) => at !== "hint").length > 0,
  ]);
  const wanted = severities.flatMap(([name, has]) => (has === true ? [name] : []));
  assert.deepEqual([rules.total, wanted.includes("gone"), wanted.includes("soon")], [3, true, true]);
  const { items, total, unfiltered } = await service.overview.certificates({ ...ALL, problems: true });
  assert.deepEqual([items.map(({ name }) => name), total, unfiltered], [wanted, wanted.length, 3]);
  const page = await service.overview.certificates({ from: 1, count: 1, problems: true });
  assert.deepEqual([page.items.map(({ name }) => name), page.total], [wanted.slice(1, 2), wanted.length]);
  service.dispose();
});

test("files that may hold more than is listed are counted and named, with why", async () => {
  const broken = pem("broken", 100).replace(/\n(.{20})/, "\n$1AAAA");
  const files = { ...FILES, "/w/certs/broken.pem": broken, "/w/certs/cut.pem": pem("cut", 100).slice(0, 200) };
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const { total, notListed, leftOut } = await service.overview.certificates(ALL);
  assert.deepEqual([total, notListed], [3, 2]);
  assert.deepEqual(
    leftOut.map((it) => it.file),
    ["/w/certs/broken.pem", "/w/certs/cut.pem"],
  );
  for (const { reason } of leftOut) assert.match(reason, /broken|not|no /, JSON.stringify(leftOut));
  service.dispose();
});

test("a certificate that changes is listed anew", async () => {
  const host = memoryHost(FILES);
  const service = await createLintService(host, { roots: ["/w"] });
  await service.overview.certificates(ALL);
  host.contents.set("/w/certs/soon.pem", pem("renewed", 700));
  host.contents.delete("/w/certs/ca.pem");
  service.invalidate(["/w/certs/soon.pem", "/w/certs/ca.pem"]);
  const { items } = await service.overview.certificates(ALL);
  assert.deepEqual(
    items.map((it) => [it.name, it.daysLeft]),
    [["renewed", 700]],
  );
  service.dispose();
});

test("servers stand before clients, tests behind both, and each says what it requires and where that is said", async () => {
  const service = await createLintService(memoryHost(FILES), { roots: ["/w"] });
  const { total, items } = await service.overview.endpoints(ALL);
  assert.equal(total, 3);
  assert.deepEqual(
    items.map(({ role, made, purpose, place, files }) => [role, made, purpose, place.file, files]),
    [
      ["server", "openssl", undefined, "/w/src/lib.rs", ["/w/certs/ca.pem"]],
      ["client", "reqwest", undefined, "/w/src/lib.rs", []],
      ["client", "reqwest", "test", "/w/tests/speaks.rs", []],
    ],
  );
  const [server, client] = items;
  const asks = server?.facts.find((it) => it.kind === "client-authentication" && it.conditions.length > 0);
  assert.deepEqual([asks?.value, asks?.words, asks?.conditions], ["optional", "client certificate optional", ["if `asked`"]]);
  assert.ok(asks && CODE.slice(asks.place.span.start, asks.place.span.end).includes("PEER"));
  assert.deepEqual(
    client?.facts.filter((it) => it.value === "off").map((it) => [it.kind, it.byDefault]),
    [["server-verification", false]],
  );
  assert.deepEqual(
    client?.findings.map((it) => it.rule),
    ["disabled-verification"],
  );
  service.dispose();
});

test("proxies in front are servers, too", async () => {
  const host = memoryHost({ "/w/nginx/nginx.conf": `events {}\nhttp {\n${NGINX}}\n` });
  const service = await createLintService(host, { roots: ["/w"] });
  const { items } = await service.overview.endpoints(ALL);
  const server = items.find((it) => it.role === "server");
  assert.equal(server?.made, "nginx");
  assert.deepEqual(
    server.facts.filter((it) => it.kind === "client-authentication").map((it) => it.value),
    ["optional"],
  );
  service.dispose();
});

test("what is found where another file sets up the endpoint is found of it, too", async () => {
  const files = {
    "/w/Cargo.toml": MANIFEST,
    "/w/src/lib.rs": `mod relaxed;

pub fn client() -> reqwest::Result<reqwest::Client> {
    relaxed::relaxed(reqwest::Client::builder()).build()
}
`,
    "/w/src/relaxed.rs": `pub fn relaxed(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.danger_accept_invalid_certs(true)
}
`,
  };
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const { items } = await service.overview.endpoints(ALL);
  const client = items.find((it) => it.place.file === "/w/src/lib.rs");
  assert.deepEqual(
    client?.findings.map((it) => [it.rule, it.place.file]),
    [["disabled-verification", "/w/src/relaxed.rs"]],
  );
});
