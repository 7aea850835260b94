/** What a hover over code says of the server or client that is set up there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = `[package]
name = "app"
version = "0.1.0"
[dependencies]
actix-web = "4"
openssl = "0.10.72"
reqwest = "0.12"
`;

const CODE = `use actix_web::{web, App, HttpServer};
use openssl::error::ErrorStack;
use openssl::ssl::{SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode};

fn strict() -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut strict = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    strict.set_ca_file("certs/clients.pem")?;
    strict.set_session_id_context(b"strict")?;
    strict.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    Ok(strict)
}

fn open(asked: bool) -> Result<SslAcceptorBuilder, ErrorStack> {
    let mut open = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
    open.set_ca_file("certs/clients.pem")?;
    if asked {
        open.set_verify(SslVerifyMode::PEER);
    }
    Ok(open)
}

pub async fn serve(asked: bool) -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "hello" })))
        .bind_openssl("0.0.0.0:8443", strict()?)?
        .bind_openssl("0.0.0.0:9443", open(asked)?)?
        .run()
        .await
}

pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().https_only(true).build()
}

pub fn nothing() -> usize {
    "quiet".len()
}
`;

async function hovers(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const service = await createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, "/w/src/lib.rs": CODE }), { roots: ["/w"] });
  const found: string[][] = [];
  for (const text of texts) {
    const { markdown = "" } = (await service.hover("/w/src/lib.rs", CODE.indexOf(text) + 2)) ?? {};
    // The lines before whatever a finding says.
    const [first = ""] = markdown.split("\n\n---\n\n");
    found.push(first.startsWith("**") ? first.replaceAll(/\\|\*\*/g, "").split("  \n") : []);
  }
  service.dispose();
  return found;
}

const STRICT = "server (openssl): TLS 1.2 or newer · client certificate required · CA certs/clients.pem";

test("a builder, and what is decided on it, say what comes of it", async () => {
  const [made, told, verified] = await hovers(
    "SslAcceptor::mozilla_intermediate",
    'set_ca_file("certs/clients.pem")?;\n    strict',
    "SslVerifyMode::PEER |",
  );
  assert.deepEqual([made, told, verified], [[STRICT], [STRICT], [STRICT]]);
});

test("what holds under a condition is said with it", async () => {
  const [open] = await hovers("SslAcceptor::mozilla_modern");
  assert.equal(open?.length, 1);
  assert.match(
    open?.[0] ?? "",
    /^server \(openssl\): TLS 1\.3 or newer · .*client certificate optional \(if `asked`\).* · CA certs\/clients\.pem$/,
  );
});

test("a bind says where it listens, and what each of its configurations requires", async () => {
  const [bound] = await hovers("bind_openssl");
  assert.equal(bound?.[0], "server (actix_web): TLS on 0.0.0.0:8443 · TLS on 0.0.0.0:9443");
  assert.ok(bound.includes(STRICT));
  assert.equal(bound.length, 3);
});

test("a client without any finding says whom it believes", async () => {
  const [client] = await hovers("Client::builder");
  assert.equal(client?.length, 1);
  assert.match(client?.[0] ?? "", /^client \(reqwest\): server certificate verified · hostname verified/);
});

test("other code says nothing", async () => {
  assert.deepEqual(await hovers("quiet", "pub fn nothing"), [[], []]);
});
