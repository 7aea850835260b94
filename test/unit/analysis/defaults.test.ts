/** Defaults follow the producer: what a type has that nobody sets, by whoever makes it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { said } from "../../harness/said.ts";

const client = (declared: string, condition: string): string => `use reqwest::{Client, Result};
pub fn made(settings: &Settings) -> Result<Client> {
    Client::builder().danger_accept_invalid_certs(${condition}).build()
}
${declared}
`;

/** The severity alone. */
async function severity(declared: string, condition = "!settings.verify"): Promise<string | undefined> {
  const found = await said(client(declared, condition));
  assert.equal(found.length, 1, declared);
  return found[0]?.split(" ")[1];
}

const DERIVED = "#[derive(Default)] pub struct Settings { pub verify: bool }\n";
const NEW = "impl Settings { pub fn new() -> Self { Self { verify: true } } }\n";

test("a derived default, unless everybody goes by a constructor", async () => {
  assert.equal(await severity(DERIVED), "warning");
  assert.equal(await severity(DERIVED + NEW), "hint");
});

test("a default that somebody takes counts beside a constructor, and one that only a test takes does not", async () => {
  assert.equal(await severity(`${DERIVED}${NEW}pub fn other() -> Settings { Settings::default() }`), "warning");
  assert.equal(await severity(`${DERIVED}${NEW}#[test]\nfn other() { let _ = Settings::default(); }`), "hint");
  assert.equal(await severity(`${DERIVED}${NEW}#[derive(Default)] pub struct Holder { pub settings: Settings }`), "warning");
});

test("a constructor that is given the value has no default", async () => {
  assert.equal(
    await severity("pub struct Settings { verify: bool }\nimpl Settings { pub fn new(verify: bool) -> Self { Self { verify } } }"),
    "hint",
  );
});

test("a constructor that may be given nothing has one", async () => {
  const optional = "impl Settings { pub fn new(verify: Option<bool>) -> Self { Self { verify: verify.unwrap_or(false) } } }";
  assert.equal(await severity(`pub struct Settings { verify: bool }\n${optional}`), "warning");
});

test("options of the command line, however the derive is written", async () => {
  assert.equal(await severity("#[derive(clap::Parser)] pub struct Settings { #[arg(long)] pub verify: bool }"), "warning");
  assert.equal(
    await severity(
      '#[cfg_attr(feature = "cli", derive(clap::Parser))] pub struct Settings { #[cfg_attr(feature = "cli", arg(long))] pub verify: bool }',
    ),
    "warning",
  );
});

test("what is not in the environment", async () => {
  const declared = "pub struct Settings;";
  assert.equal(await severity(declared, 'std::env::var("VERIFY").is_err()'), "warning");
  assert.equal(await severity(declared, 'std::env::var("INSECURE").is_ok()'), "hint");
});

test("a flag that the command line was asked for is not given unless somebody wants it, and was decided where it is asked for", async () => {
  const program = (flag: string): string => `fn main() {
    let matches = clap::App::new("client").arg(clap::Arg::with_name("check")).get_matches();
    let quiet = matches.is_present("quiet");
    let client = made(${flag}, quiet);
}
fn made(verify: bool, _quiet: bool) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(!verify).build()
}`;
  assert.deepEqual(await said(program('matches.is_present("check")')), ['4 warning disabled-verification: matches.is_present("check")']);
  assert.deepEqual(await said(program('!matches.is_present("insecure")')), [
    '4 hint disabled-verification: matches.is_present("insecure")',
  ]);
  assert.deepEqual(await said(program('matches.get_flag("check")')), ['4 warning disabled-verification: matches.get_flag("check")']);
});

test("an option that has no default says by its name what whoever sets it chooses", async () => {
  const read = (source: string): string =>
    `#[derive(serde::Deserialize)] struct Read { insecure: bool, other: u8 }\nfn read() -> Read { ${source}.unwrap() }\npub struct Settings;`;
  assert.equal(await severity(read('toml::from_str("")'), "read().insecure"), "hint");
  assert.equal(await severity(read("source().try_deserialize()"), "read().insecure"), "hint");
});

/** What a loop merges is too much to tell apart for whoever calls `made`. */
const merged = (declared: string, asked: string, before = ""): string => `use reqwest::{Client, Result};
use std::collections::HashMap;
${declared}
fn made(settings: &Settings) -> Result<Client> {
    let mut builder = Client::builder();
    if ${asked} {
        builder = builder.danger_accept_invalid_certs(true);
    }
    builder.build()
}
fn later(older: Settings, newer: &HashMap<String, String>) -> Settings {
    let option = newer.get("option").map(|it| it.len() > 1).unwrap_or(older.option);
    Settings { option, name: newer.get("name").cloned().unwrap_or(older.name) }
}
fn main() {
    let matches = clap::App::new("client").arg(clap::Arg::with_name("check-only")).get_matches();
    let mut settings: Settings = serde_json::from_str("").unwrap();
    for it in others() {
        settings = later(settings, &it);
        if settings.name.is_empty() {
            settings.name = std::env::args().next().unwrap();
        }
    }
    ${before}
    let client = made(&settings);
}
`;
const read = (attribute: string): string => `#[derive(serde::Deserialize)] struct Settings { ${attribute} option: bool, name: String }`;

test("what a callee asks of values that nobody knows has the default of their type", async () => {
  const severityOf = async (source: string) => (await said(source)).map((it) => it.split(" ")[1]);
  assert.deepEqual(await severityOf(merged(read(""), "!settings.option").replaceAll("option", "verify")), ["hint"]);
  assert.deepEqual(await severityOf(merged(read("#[serde(default)]"), "!settings.option").replaceAll("option", "verify")), ["warning"]);
  assert.deepEqual(await severityOf(merged(read(""), "settings.option").replaceAll("option", "insecure")), ["hint"]);
});

test("who does not ask for a check of something else has not asked for insecurity", async () => {
  const checked = merged(read(""), "settings.option", 'if matches.is_present("check-only") { return; }').replaceAll("option", "insecure");
  assert.deepEqual(
    (await said(checked)).map((it) => it.split(" ")[1]),
    ["hint"],
  );
});

test("a flag that is read with more than its name is what is given instead of it", async () => {
  const called = (instead: boolean): string => `use shell::Call;
use reqwest::{Client, Result};
pub fn made(call: &Call, state: &State) -> Result<Client> {
    let accept_all = call.get_flag(state, "accept-all")?.unwrap_or(${instead});
    Client::builder().danger_accept_invalid_certs(accept_all).build()
}
`;
  const severities = async (text: string): Promise<readonly (string | undefined)[]> => (await said(text)).map((it) => it.split(" ")[1]);
  assert.deepEqual(await severities(called(true)), ["warning"]);
  assert.deepEqual(await severities(called(false)), ["hint"]);
});
