/** A fault that holds by default points to where the option is declared, in whatever file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const MANIFEST = `[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nreqwest = "0.12"\nclap = "4"\nserde = "1"\nserde_json = "1"\nrumqttc = "0.24"\n`;
const client = (insecure: string): string => `reqwest::Client::builder().danger_accept_invalid_certs(${insecure}).build()`;

/** The declarations that findings point to, or what else is said of them. */
async function declared(files: Readonly<Record<string, string>>, said = "the option is declared here"): Promise<readonly string[]> {
  const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/project/src/${path}`, text]));
  const service = await createLintService(memoryHost({ "/project/Cargo.toml": MANIFEST, ...texts }), { roots: ["/project"] });
  const found: string[] = [];
  for (const path of Object.keys(texts)) {
    const { findings } = await service.lint(path);
    for (const { related } of findings)
      for (const { file, span, message } of related)
        if (message === said) found.push(`${file.slice("/project/src/".length)}: ${texts[file]?.slice(span.start, span.end)}`);
  }
  service.dispose();
  return [...new Set(found)].sort();
}

test("a flag of the command line", async () => {
  const text = `#[derive(clap::Parser)] struct Args { #[arg(long)] verify: bool }
fn main() { let args = <Args as clap::Parser>::parse(); let c = ${client("!args.verify")}; go(c); }`;
  assert.deepEqual(await declared({ "main.rs": text }, "`verify` is off by default here"), ["main.rs: verify: bool"]);
});

test("a field of settings in another file", async () => {
  const files = {
    "settings.rs": "#[derive(serde::Deserialize)] pub struct Tls { #[serde(default)] pub verify: bool }",
    "main.rs": `mod settings; fn client(tls: &settings::Tls) { let c = ${client("!tls.verify")}; go(c); } fn main() {}`,
  };
  assert.deepEqual(await declared(files, "`verify` is off by default here"), ["settings.rs: pub verify: bool"]);
});

test("all fields into which values of an enum are read", async () => {
  const text = `#[derive(Default, PartialEq, Clone, Copy, serde::Deserialize)] enum Trust { #[default] Everyone, Roots }
#[derive(serde::Deserialize)] struct One { trust: Trust }
#[derive(serde::Deserialize)] struct Two { of: Trust }
struct Three { trust: Trust }
fn client(trust: Trust) { let c = ${client("trust == Trust::Everyone")}; go(c); } fn main() {}`;
  assert.deepEqual(await declared({ "main.rs": text }), ["main.rs: of: Trust", "main.rs: trust: Trust"]);
});

test("what somebody has to ask for is no matter of its default", async () => {
  const text = `#[derive(serde::Deserialize)] pub struct Tls { #[serde(default)] insecure: bool }
fn client(tls: &Tls) { let c = ${client("tls.insecure")}; go(c); } fn main() {}`;
  assert.deepEqual(await declared({ "main.rs": text }), []);
});

const broker = (condition: string): string => `let mut options = rumqttc::MqttOptions::new("meter", &it.host, 1883);
    options.set_credentials(&it.user, &it.password);
    if ${condition} { options.set_transport(rumqttc::Transport::tls_with_config(rumqttc::TlsConfiguration::Native)); }
    go(options);`;

test("a switch that nobody turns on, read by a function of the program", async () => {
  const text = `#[derive(serde::Deserialize)] struct Broker { host: String, user: String, password: String, #[serde(default)] tls: bool }
impl Broker { fn read(text: &str) -> Result<Self, serde_json::Error> { Ok(serde_json::from_str(text)?) } }
fn main() { let it = Broker::read("").unwrap(); ${broker("it.tls")} }`;
  assert.deepEqual(await declared({ "main.rs": text }, "`tls` is off by default here"), ["main.rs: tls: bool"]);
});

test("where a switch is off by default", async () => {
  const text = `#[derive(serde::Deserialize)] #[serde(default)] struct Broker { host: String, user: String, password: String, tls: bool }
const OFF: bool = false;
impl Default for Broker {
    fn default() -> Self { Self { host: String::from("mqtt.shop.dev"), user: String::new(), password: String::new(), tls: OFF } }
}
fn main() { let it: Broker = serde_json::from_str("").unwrap(); ${broker("it.tls")} }`;
  assert.deepEqual(await declared({ "main.rs": text }), ["main.rs: tls: bool"]);
  assert.deepEqual(await declared({ "main.rs": text }, "`tls` is off by default here"), ["main.rs: false"]);
});
