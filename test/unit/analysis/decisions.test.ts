/** Where something was decided: the place of a finding, from the argument back to what was written down. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { said } from "../../harness/said.ts";

const USE = "use reqwest::{Client, Result};\n";
const client = (accept: string): string => `Client::builder().danger_accept_invalid_certs(${accept}).build()`;

const MODE = `#[derive(PartialEq)]
pub enum Mode { Strict, Loose }
fn accepts(mode: Mode) -> bool {
    match mode { Mode::Loose => true, Mode::Strict => false }
}
`;

test("of several arms that say the same, the first one", async () => {
  const text = `${USE}pub fn made(level: u8) -> Result<Client> {\n    let accept = match level {\n        0 => true,\n        _ => true,\n    };\n    ${client("accept")}\n}\n`;
  assert.deepEqual(await said(text), ["4 error disabled-verification: true"]);
});

test("what a caller chose, not how a callee spells it out", async () => {
  const helper = `fn made(mode: Mode) -> Result<Client> {\n    ${client("accepts(mode)")}\n}\n`;
  const caller = (mode: string): string => `${USE}${MODE}${helper}pub fn one() -> Result<Client> { made(Mode::${mode}) }\n`;
  assert.deepEqual(await said(caller("Loose")), ["10 error disabled-verification: Mode::Loose"]);
  assert.deepEqual(await said(caller("Strict")), []);
});

test("what a function was given that makes an answer of it", async () => {
  const text = `${USE}${MODE}pub fn one() -> Result<Client> {\n    let mode = Mode::Loose;\n    let accept = accepts(mode);\n    ${client("accept")}\n}\n`;
  assert.deepEqual(await said(text), ["8 error disabled-verification: Mode::Loose"]);
});

test("alternatives of one argument that say the same are one", async () => {
  const text = `${USE}pub struct Options { pub accept: Option<bool> }\npub fn made(options: &Options) -> Result<Client> {\n    ${client("options.accept.unwrap_or(true)")}\n}\n`;
  assert.deepEqual(await said(text), ["4 warning disabled-verification: options.accept.unwrap_or(true)"]);
});

test("what the environment says is decided where it is asked", async () => {
  const text = `${USE}use std::sync::LazyLock;
static INSECURE: LazyLock<bool> = LazyLock::new(|| std::env::var("INSECURE").unwrap_or_else(|_| "false".to_string()).parse::<bool>().expect("a truth"));
pub fn made() -> Result<Client> {
    ${client("*INSECURE")}
}
`;
  assert.deepEqual(await said(text), ['3 hint disabled-verification: std::env::var("INSECURE")']);
});

test("a comparison with a variant asks what a pattern asks", async () => {
  const text = (condition: string): string => `${USE}${MODE}impl Default for Mode { fn default() -> Self { Mode::Loose } }
#[derive(Default)]
pub struct Settings { pub mode: Mode }
pub fn made(settings: &Settings) -> Result<Client> {
    ${client(condition)}
}
`;
  for (const condition of ["settings.mode == Mode::Loose", "matches!(settings.mode, Mode::Loose)", "settings.mode != Mode::Strict"])
    assert.deepEqual(await said(text(condition)), [`11 warning disabled-verification: ${condition}`]);
});

test("what a call gives whatever it is given", async () => {
  const text = `${USE}pub fn made() -> Result<Client> {\n    let accept = bool::default();\n    ${client("!accept")}\n}\n`;
  assert.deepEqual(await said(text), ["3 error disabled-verification: bool::default()"]);
});
