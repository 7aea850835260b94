/** Settings that are taken where the type of what has them is unknown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

async function ignored(taking: string, derives = "", more = ""): Promise<readonly string[]> {
  const dependencies = 'actix-web = "4"\nserde = { version = "1", features = ["derive"] }\ntoml = "0.8"\nreqwest = "0.12"\n';
  const text = `use actix_web::web;
use serde::Deserialize;
#[derive(Deserialize)]
${derives}struct Settings { address: String, tls_key: String, #[serde(default)] tls_cert: Option<String>, ${more} }
fn load() -> Settings { toml::from_str(&std::fs::read_to_string("settings.toml").unwrap()).unwrap() }
fn main() {
    let settings = load();
    println!("{}", settings.address);
    println!("{:?}", settings.tls_cert);
    ${taking}
}
`;
  const manifest = `[package]\nname = "service"\nversion = "0.1.0"\npublish = false\n\n[dependencies]\n${dependencies}`;
  const host = memoryHost({ "/w/Cargo.toml": manifest, "/w/src/main.rs": text });
  const service = await createLintService(host, { roots: ["/w"] });
  const { findings } = await service.lint("/w/src/main.rs");
  service.dispose();
  return findings.flatMap(({ rule, message }) => (rule === "ignored-setting" ? [message] : []));
}

test("what another crate makes of the settings may lead to them", async () => {
  assert.deepEqual(await ignored("let shared = web::Data::new(settings); serve(&shared.tls_key.clone());"), []);
  assert.deepEqual(await ignored("let shared = web::Data::from(settings); serve(&shared.tls_key.clone());"), []);
});

test("a field of that name of something else is not the setting", async () => {
  const [message, ...others] = await ignored("let client = reqwest::Client::new(); serve(&client.tls_key);");
  assert.match(message ?? "", /`tls_key` of `Settings`/);
  assert.deepEqual(others, []);
});

test("derives that show, copy, wipe or fill a value in their own way take no setting, and what others make is unknown", async () => {
  const derived = "#[derive(educe::Educe)]\n#[educe(Default)]\n";
  assert.equal((await ignored("", derived)).length, 1);
  assert.deepEqual(await ignored("", "#[derive(getset::Getters)]\n"), []);
});

test("a switch that turns the system's authorities off is meant to be read, and one that turns a check off is not", async () => {
  const serve = "serve(&settings.tls_key);";
  assert.match((await ignored(serve, "", "disable_native_certs: bool")).join(), /`disable_native_certs` of `Settings`/);
  assert.deepEqual(await ignored(serve, "", "disable_tls_verification: bool"), []);
});
