/** Items in the tokens of macros: those of other crates are read as they are written, those that are here by what they make. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { said } from "../../harness/said.ts";

const LENIENT = `lazy_static! {
    static ref LENIENT: Client = Client::builder().danger_accept_invalid_certs(true).build().expect("client");
}
`;
const SHARED = `cfg_if! {
    if #[cfg(debug_assertions)] {
        pub fn shared() -> Client {
            Client::builder().danger_accept_invalid_certs(true).build().expect("client")
        }
    } else {
        pub fn shared() -> Client { Client::new() }
    }
}
`;

test("items of macros that other crates have", async () => {
  const lazy = `use lazy_static::lazy_static;\nuse reqwest::Client;\n\n${LENIENT}`;
  assert.deepEqual(await said(lazy), ["5 error disabled-verification: true"]);
  assert.deepEqual(await said(`use cfg_if::cfg_if;\nuse reqwest::Client;\n\n${SHARED}`), ["7 hint disabled-verification: true"]);
});

test("branches of `cfg_if!`, and what stands in front of a call, are conditions of the items", async () => {
  const lenient = "pub fn http() -> Client { Client::builder().danger_accept_invalid_certs(true).build().unwrap() }";
  const strict = "pub fn http() -> Client { Client::new() }";
  const branches = (...all: readonly string[]): string => `use cfg_if::cfg_if;\nuse reqwest::Client;\ncfg_if! {\n${all.join("\n")}\n}\n`;
  const [tests, windows] = ["if #[cfg(test)] {", "if #[cfg(windows)] {"];
  assert.deepEqual(await said(branches(tests, lenient, "} else {", strict, "}")), ["5 hint disabled-verification: true"]);
  assert.deepEqual(await said(branches(windows, strict, `} else ${tests}`, lenient, "}")), ["7 hint disabled-verification: true"]);
  assert.deepEqual(await said(branches(tests, strict, "} else {", lenient, "}")), ["7 error disabled-verification: true"]);
  assert.deepEqual(await said(branches(tests, "mod inner {", `use super::Client; ${lenient}`, "}", "}")), [
    "6 hint disabled-verification: true",
  ]);
  assert.deepEqual(await said(`use reqwest::Client;\n#[cfg(test)]\n${LENIENT}`), ["4 hint disabled-verification: true"]);
});

test("a macro of the same name that is here and makes nothing", async () => {
  const swallowing = (name: string): string => `use reqwest::Client;\n\nmacro_rules! ${name} {\n    ($($tokens:tt)*) => {};\n}\n`;
  assert.deepEqual(await said(`${swallowing("lazy_static")}${LENIENT}`), []);
  assert.deepEqual(await said(`${swallowing("cfg_if")}${SHARED}`), []);
});
