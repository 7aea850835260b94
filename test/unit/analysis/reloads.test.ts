/** A configuration that asks nobody takes the place of one that demands certificates, in whatever the field keeps it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = `[package]
name = "app"
version = "0.1.0"
edition = "2021"

[dependencies]
rustls = "0.23"
arc-swap = "1"
tokio = "1"
parking_lot = "0.12"
`;

/** What a field is, how it is filled, how it is stored into. */
const reloading = (type: string, made: string, store: string, more = ""): string => `use std::sync::{Arc, Mutex, RwLock};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub struct Held {
    config: ${type},
}

pub fn start(roots: RootCertStore, (chain, key): Identity) -> Held {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key).unwrap();
    Held { config: ${made} }
}

pub async fn reload(held: &mut Held, (chain, key): Identity) {
    let next = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
    ${store};
}
${more}`;

async function said(text: string): Promise<readonly string[]> {
  const host = memoryHost({ "/project/Cargo.toml": MANIFEST, "/project/src/lib.rs": text });
  const service = await createLintService(host, { roots: ["/project"] });
  const { findings } = await service.lint("/project/src/lib.rs");
  service.dispose();
  return findings.map(({ severity, rule }) => `${severity} ${rule}`);
}

const REPLACED = ["warning overridden-verification"];
const ALONE = ["info no-client-auth"];

const KEPT: readonly (readonly [what: string, type: string, made: string, store: string])[] = [
  ["the field", "Arc<ServerConfig>", "Arc::new(config)", "held.config = Arc::new(next)"],
  ["an option", "Option<ServerConfig>", "Some(config)", "held.config = Some(next)"],
  ["a lock", "RwLock<Arc<ServerConfig>>", "RwLock::new(Arc::new(config))", "*held.config.write().unwrap() = Arc::new(next)"],
  [
    "a lock, by its guard",
    "Mutex<Arc<ServerConfig>>",
    "Mutex::new(Arc::new(config))",
    "let mut guard = held.config.lock().unwrap(); *guard = Arc::new(next)",
  ],
  [
    "a shared lock",
    "Arc<tokio::sync::RwLock<Arc<ServerConfig>>>",
    "Arc::new(tokio::sync::RwLock::new(Arc::new(config)))",
    "*held.config.write().await = Arc::new(next)",
  ],
  ["what is swapped", "arc_swap::ArcSwap<ServerConfig>", "arc_swap::ArcSwap::from_pointee(config)", "held.config.store(Arc::new(next))"],
];

for (const [what, type, made, store] of KEPT)
  test(`a reload replaces what is kept in ${what}`, async () => {
    assert.deepEqual(await said(reloading(type, made, store)), REPLACED);
  });

test("what goes into another field replaces nothing", async () => {
  const other = reloading(
    "Mutex<Arc<ServerConfig>>",
    "Mutex::new(Arc::new(config))",
    "*other.config.lock().unwrap() = Arc::new(next)",
    "pub struct Other { config: Mutex<Arc<ServerConfig>> }\n",
  ).replace("held: &mut Held", "other: &Other");
  assert.deepEqual(await said(other), ALONE);
});

/** The second server trusts the anchors that it is given, and goes on with sessions that a field keeps. */
const resuming = (type: string, made: string, sessions: string): string => `use std::sync::{Arc, Mutex, RwLock};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub struct Held {
    config: ${type},
}

pub fn start(roots: RootCertStore, (chain, key): Identity) -> Held {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
    let config = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key).unwrap();
    Held { config: ${made} }
}

pub fn other(held: &Held, roots: RootCertStore, (chain, key): Identity) -> ServerConfig {
    let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
    let mut next = ServerConfig::builder().with_client_cert_verifier(verifier).with_single_cert(chain, key).unwrap();
    next.session_storage = ${sessions};
    next
}
`;

for (const [what, type, made] of KEPT)
  test(`a server takes the sessions of one that is kept in ${what}`, async () => {
    const read: Readonly<Record<string, string>> = {
      "an option": "held.config.as_ref().unwrap().session_storage.clone()",
      "a lock": "held.config.read().unwrap().session_storage.clone()",
      "a lock, by its guard": "held.config.lock().unwrap().session_storage.clone()",
      "a shared lock": "held.config.blocking_read().session_storage.clone()",
      "what is swapped": "held.config.load().session_storage.clone()",
    };
    const sessions = read[what] ?? "held.config.session_storage.clone()";
    assert.deepEqual(await said(resuming(type, made, sessions)), ["warning shared-session-state"]);
  });

test("sessions of another field are another server's", async () => {
  assert.deepEqual(await said(resuming("Arc<ServerConfig>", "Arc::new(config)", "held.other.session_storage.clone()")), []);
});
