/** Names that a program sets itself, after it has switched off that the library sets one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../server/src/analysis/index.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { rustParser } from "../../../server/src/rust/index.ts";
import { programOf } from "../../harness/flow.ts";

/** Whether a name that is not compared is told. */
function isUnnamed(text: string): boolean {
  const rust = rustParser.parse(text);
  assert.ok(rust.ok);
  const file = { name: "/f.rs", file: rust.value, modulePath: [], testCode: false, crate: undefined };
  const { observations } = analyse({ files: [file], models, program: programOf(text), standard: STD });
  return observations.some(({ fact }) => fact.kind === "hostname-verification" && !fact.enabled);
}

const f = (given: string, sets: string): string => `use openssl::ssl::ConnectConfiguration;
pub fn f(c: ${given} ConnectConfiguration, name: &str, set_host: fn(&mut P, &str), other: fn(&mut P, &str)) {
    c.set_verify_hostname(false);
    ${sets}
}`;

for (const given of ["&mut", "mut"]) {
  test(`a configuration that came in (${given}) is one, whichever of its parts is looked at`, () => {
    assert.equal(isUnnamed(f(given, "c.param_mut().set_host(name).unwrap();").replace("(c: mut", "(mut c:")), false);
    assert.equal(isUnnamed(f(given, "").replace("(c: mut", "(mut c:")), true);
  });
}

test("a function that came in sets a name if it is called so, and is given the configuration", () => {
  assert.equal(isUnnamed(f("&mut", "set_host(c.param_mut(), name);")), true);
  const own = (call: string): string => `use openssl::ssl::{ConnectConfiguration, SslConnector};
pub fn f(connector: &SslConnector, name: &str, set_host: N, other: N) -> ConnectConfiguration {
    let mut c = connector.configure().unwrap();
    ${call}
    c.set_verify_hostname(false);
    c
}`;
  assert.equal(isUnnamed(own("set_host(c.param_mut(), name);")), false);
  assert.equal(isUnnamed(own("other(c.param_mut(), name);")), true);
});
