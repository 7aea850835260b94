/** Of two checks that are switched off for one object, one change switches both on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, first } from "./first-fix.ts";

const BOTH = "Enable certificate and hostname verification";
const RULES = ["disabled-verification", "disabled-hostname-verification"] as const;

test("calls of one chain go together, wherever they stand in it", async () => {
  for (const between of ["", "\n        .use_rustls_tls()"]) {
    const text = `pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .danger_accept_invalid_certs(true)${between}
        .danger_accept_invalid_hostnames(true)
        .build()
}
`;
    for (const rule of RULES) {
      const fix = await first(rule, text);
      assert.equal(fix.title, BOTH);
      assert.doesNotMatch(fix.text, /danger/);
      assert.match(fix.text, between === "" ? /builder\(\)\.build\(\)/ : /use_rustls_tls/);
    }
  }
});

test("so do statements", async () => {
  const text = `pub fn connector() -> native_tls::Result<native_tls::TlsConnector> {
    let mut builder = native_tls::TlsConnector::builder();
    builder.danger_accept_invalid_certs(true);
    builder.use_sni(false);
    builder.danger_accept_invalid_hostnames(true);
    builder.build()
}
`;
  for (const rule of RULES) {
    const fix = await first(rule, text);
    assert.equal(fix.title, BOTH);
    assert.equal(changes(text, fix.text), "-builder.danger_accept_invalid_certs(true);\n-builder.danger_accept_invalid_hostnames(true);");
  }
  const chained = text.replace(";\n    builder.use_sni(false);\n    builder", "");
  const { text: after } = await first("disabled-verification", chained);
  assert.match(after, /let builder = native_tls::TlsConnector::builder\(\);\n {4}builder\.build\(\)/);
});

test("what only some ask for stays theirs", async () => {
  const text = `pub fn connector(lax: bool) -> native_tls::Result<native_tls::TlsConnector> {
    let mut builder = native_tls::TlsConnector::builder();
    builder.danger_accept_invalid_certs(true);
    if lax {
        builder.danger_accept_invalid_hostnames(true);
    }
    builder.build()
}
`;
  const fix = await first("disabled-verification", text);
  assert.equal(fix.title, "Enable certificate verification");
  assert.match(fix.text, /danger_accept_invalid_hostnames/);
});

test("of two objects each is changed for itself", async () => {
  const text = `pub fn clients() -> reqwest::Result<(reqwest::Client, reqwest::Client)> {
    let one = reqwest::Client::builder().danger_accept_invalid_certs(true).build()?;
    let other = reqwest::Client::builder().danger_accept_invalid_hostnames(true).build()?;
    Ok((one, other))
}
`;
  assert.equal((await first("disabled-verification", text)).title, "Enable certificate verification");
});

const SETTINGS = `pub fn client(tls: &Tls) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .danger_accept_invalid_certs(!tls.verify)
        .danger_accept_invalid_hostnames(!tls.verify_hostname)
        .build()
}
`;
const FIELDS = "    pub verify: bool,\n    pub verify_hostname: bool,\n";

test("so do two defaults, however they are given, whichever is asked for", async () => {
  const byHand = `pub struct Tls {\n${FIELDS}}\nimpl Default for Tls {
    fn default() -> Self {
        Self { verify: false, verify_hostname: false }
    }
}\n${SETTINGS}`;
  const derived = `#[derive(Default)]\npub struct Tls {\n${FIELDS}}\n${SETTINGS}`;
  const shared = `use serde::Deserialize;
#[derive(Deserialize)]
pub struct Tls {
    #[serde(default = "no")]
    pub verify: bool,
    #[serde(default = "yes")]
    pub lax: bool,
    #[serde(default = "yes")]
    pub lax_names: bool,
    #[serde(default = "yes")]
    pub others: bool,
}
fn yes() -> bool {
    true
}
fn no() -> bool {
    false
}
${SETTINGS.replace("!tls.verify)", "tls.lax)").replace("!tls.verify_hostname", "tls.lax_names")}`;
  for (const rule of RULES) {
    for (const text of [byHand, derived]) {
      const fix = await first(rule, text);
      assert.equal(fix.title, BOTH);
      assert.match(fix.text, /verify: true,\s+verify_hostname: true/);
    }
    const fix = await first(rule, shared);
    assert.equal(fix.title, BOTH);
    assert.match(fix.text, /#\[serde\(default\)\]\n {4}pub lax: bool,\n {4}#\[serde\(default\)\]\n {4}pub lax_names: bool,/);
    assert.match(fix.text, /#\[serde\(default = "yes"\)\]\n {4}pub others/);
  }
});

test("a default that is safe stays", async () => {
  const text = `pub struct Tls {\n${FIELDS}}\nimpl Default for Tls {
    fn default() -> Self {
        Self { verify: true, verify_hostname: false }
    }
}\n${SETTINGS}`;
  const fix = await first("disabled-hostname-verification", text);
  assert.equal(changes(text, fix.text), "-Self { verify: true, verify_hostname: false }\n+Self { verify: true, verify_hostname: true }");
  assert.equal(fix.title, "Set `verify_hostname` to `true`");
});
