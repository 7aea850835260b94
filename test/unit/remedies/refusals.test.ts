/** Where no fix can be right, there is none, and the reason is one that a user understands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixed, type Stage, spellOn } from "./stage.ts";

const server = (body: string, returns = "rustls::ServerConfig"): Stage => ({
  text: `fn config(chain: Chain, key: Key, mtls: bool) -> ${returns} {\n${body}\n}\n`,
  at: ".with_no_client_auth",
  call: "rustls::ConfigBuilder<rustls::ServerConfig>::with_no_client_auth",
  want: { kind: "client-authentication", mode: "required" },
  role: "server",
  versions: { rustls: "0.23.20" },
});

const refusal = async (stage: Stage): Promise<string> => {
  const result = await spellOn(stage);
  return result.ok ? "there is a fix" : result.error;
};

test("a condition decides, not the call", async () => {
  const stage = server("    rustls::ServerConfig::builder().with_no_client_auth()");
  const place = { file: "main.rs", span: { start: 0, end: 0 } };
  const guard = { kind: "condition", text: "mtls", negated: true, optIn: false, place } as const;
  assert.equal(await refusal({ ...stage, guards: [guard] }), "`mtls` decides this: change the condition or what it reads");
});

test("the code around does not parse", async () => {
  assert.equal(
    await refusal(server("    let x = rustls::ServerConfig::builder().with_no_client_auth().;\n    x")),
    "the code around it does not parse",
  );
});

test("the crate's version lacks the call", async () => {
  const stage: Stage = {
    text: "fn f(roots: R, crls: C) -> V {\n    rustls::server::WebPkiClientVerifier::builder(roots).with_crls(crls).build()\n}\n",
    at: ".with_crls",
    call: "rustls::server::ClientCertVerifierBuilder::with_crls",
    want: { kind: "revocation-expiry", enforced: true },
    versions: { rustls: "0.22.4" },
  };
  assert.match(await refusal(stage), /rustls 0\.22\.4 has no way to write it: it takes 0\.23\.8 or later/);
});

test("a constant has no place for statements", async () => {
  const stage = server("");
  const text = "static CONFIG: rustls::ServerConfig = rustls::ServerConfig::builder().with_no_client_auth();\n";
  assert.match(await refusal({ ...stage, text }), /stands in a constant/);
});

test("a name that is taken is not imported over", async () => {
  const stage = server("    rustls::ServerConfig::builder().with_no_client_auth()");
  const text = await fixed({ ...stage, text: `struct RootCertStore;\n\n${stage.text}` });
  assert.match(text, /let mut client_roots = rustls::RootCertStore::empty\(\);/);
  assert.doesNotMatch(text, /use rustls::RootCertStore/);
});

test("a name that is taken in the function gets a number", async () => {
  const text = await fixed(server("    let client_roots = 7;\n    rustls::ServerConfig::builder().with_no_client_auth()"));
  assert.match(text, /let mut client_roots_2 = /);
});

test("the same fix twice changes nothing more", async () => {
  const stage = server(
    "    rustls::ServerConfig::builder()\n        .with_no_client_auth()\n        .with_single_cert(chain, key)\n        .unwrap()",
  );
  const once = await fixed(stage);
  assert.ok(!once.includes("with_no_client_auth"));
  assert.equal(once.match(/^use /gm)?.length, 5);
});

test("a hook that uses what is made behind the listener does not move before it", async () => {
  const hooked = (between: string, hook: string): Promise<string> =>
    refusal({
      text: `fn main() -> std::io::Result<()> {
    let server = actix_web::HttpServer::new(app).bind("127.0.0.1:8080")?;
    ${between}
    let server = server.on_connect(${hook});
    server.run().await
}
`,
      at: ".on_connect",
      call: "actix_web::HttpServer::on_connect",
      want: { kind: "move-before-listener" },
      versions: { "actix-web": "4.9.0" },
    });
  const elsewhere = "the call that binds the address stands elsewhere: register the hook before it by hand";
  assert.equal(await hooked("let peers = 1;", "move |_, data| data.insert(peers)"), elsewhere);
  assert.equal(await hooked("let peers = 1;", 'move |_, _| println!("{peers}")'), elsewhere);
  assert.equal(await hooked("let peers = 1;", 'move |_, _| println!("peers") /* peers */'), "there is a fix");
});
