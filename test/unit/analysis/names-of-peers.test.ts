/** Comments are no code: neither do they ask for an address, nor do they look at who the peer is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { underlined } from "./underlined.ts";

const header = (inside: string): Promise<readonly string[]> =>
  underlined(
    "trusted-proxy-header",
    `pub fn f(r: &Request) -> bool {\n    ${inside}\n    r.headers().get("x-client-verify").is_some()\n}\n`,
  );

test("a header is checked where code asks for the address that it came from", async () => {
  assert.deepEqual(await header("if !r.peer_addr().ip().is_loopback () { return false; }"), []);
  assert.deepEqual(await header('let proxy = r.extension("remote_addr");'), []);
  assert.deepEqual(await header("// peer_addr() is that of the proxy, and ConnectInfo not there"), ['info: "x-client-verify"']);
  assert.deepEqual(await header("let is_loopback_name = 1;"), ['info: "x-client-verify"']);
});

const MANIFEST = `[package]
name = "app"
version = "0.1.0"
edition = "2021"

[dependencies]
actix-web = { version = "4", features = ["rustls-0_23"] }
rustls = "0.23"
`;

const server = (handler: string): string => `use actix_web::{web, App, HttpRequest, HttpServer};

async fn wipe(request: HttpRequest) -> &'static str {
    ${handler}
    "gone"
}

async fn serve(
    roots: rustls::RootCertStore,
    chain: Vec<rustls::pki_types::CertificateDer<'static>>,
    key: rustls::pki_types::PrivateKeyDer<'static>,
) -> Result<(), Box<dyn std::error::Error>> {
    let verifier = rustls::server::WebPkiClientVerifier::builder(roots.into()).build()?;
    let tls = rustls::ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key)?;
    HttpServer::new(|| App::new().route("/", web::delete().to(wipe))).bind_rustls_0_23("0.0.0.0:8443", tls)?.run().await?;
    Ok(())
}

#[actix_web::main]
async fn main() {
    serve(todo!(), todo!(), todo!()).await.unwrap()
}
`;

async function unasked(handler: string): Promise<number> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/main.rs": server(handler) });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/main.rs");
  service.dispose();
  return findings.filter((it) => it.rule === "unauthorized-client-identity").length;
}

test("nobody looks at who the peer is where only a comment speaks of it", async () => {
  assert.equal(await unasked(""), 1);
  assert.equal(await unasked("// the subject of the peer certificate does not matter"), 1);
  assert.equal(await unasked('let _ = request.headers().get("subject");'), 0);
  assert.equal(await unasked("let _ = request.conn_data::<Identity>();"), 0);
});
