/** The folder that the editor tests work in: made anew for each run, because fixes are saved to it. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { certificate } from "../lsp/programs.ts";

const client = (name: string): string => `use reqwest::Client;

pub fn ${name}() -> reqwest::Result<Client> {
    Client::builder()
        .danger_accept_invalid_certs(true)
        .build()
}
`;

const acceptor = `
pub fn acceptor() -> Result<openssl::ssl::SslAcceptorBuilder, openssl::error::ErrorStack> {
    let mut builder = openssl::ssl::SslAcceptor::mozilla_intermediate_v5(openssl::ssl::SslMethod::tls_server())?;
    builder.set_ca_file("certs/ca.pem")?;
    builder.set_verify(openssl::ssl::SslVerifyMode::PEER);
    Ok(builder)
}
`;

const MANIFEST = `[package]
name = "service"
version = "0.1.0"
edition = "2021"

[dependencies]
reqwest = "0.12.12"
openssl = "0.10.72"
`;

export function makeWorkspace(parent: string): string {
  const folder = mkdtempSync(join(parent, "workspace-"));
  const binary = certificate("Binary Test CA").replace(/-----[^-]+-----|\s/g, "");
  const files = {
    "Cargo.toml": MANIFEST,
    "src/main.rs": client("client") + acceptor,
    "src/fixed.rs": client("client"),
    "src/on_save.rs": client("client"),
    "src/clean.rs": "pub fn nothing() {}\n",
    "certs/ca.pem": certificate("Editor Test CA"),
    "certs/ca.der": Buffer.from(binary, "base64"),
    "certs/soon.pem": certificate("Soon Over CA", 9.5),
    "certs/cut.pem": certificate("Cut Off CA").slice(0, 200),
  };
  put(folder, files);
  return folder;
}

/** A workspace of two folders that have one name. */
export function makeTwins(parent: string): string {
  const folder = mkdtempSync(join(parent, "twins-"));
  for (const it of ["blue", "green"])
    put(join(folder, it, "service"), {
      "Cargo.toml": MANIFEST,
      "src/main.rs": acceptor,
      "certs/ca.pem": certificate(`CA of ${it}`, it === "blue" ? 50.5 : 60.5),
    });
  const folders = ["blue/service", "green/service"].map((path) => ({ path }));
  const file = join(folder, "twins.code-workspace");
  writeFileSync(file, JSON.stringify({ folders }));
  return file;
}

function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
