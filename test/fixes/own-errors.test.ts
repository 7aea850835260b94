/** An error of the program's own that takes a text is returned, where it is plain which of its variants is meant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { first } from "./first-fix.ts";

const program = (variants: string, later = "Ok(store)"): string => `use rustls::pki_types::CertificateDer;
use rustls::RootCertStore;

pub enum Failure {
    ${variants}
}

pub fn store(ca: CertificateDer<'static>) -> Result<RootCertStore, Failure> {
    let mut store = RootCertStore::empty();
    let _ = store.add(ca);
    ${later}
}
`;
const fixed = async (text: string): Promise<string> => (await first("ignored-root-error", text)).text;

test("the variant that holds a text alone is taken", async () => {
  const text = await fixed(program("Configuration(String),\n    Closed,\n    At { path: String },\n    Both(String, u32),"));
  assert.match(text, /\.add\(ca\)\s+\.map_err\(\|error\| Failure::Configuration\(error\.to_string\(\)\)\)\?;/);
});

test("of several the one that the function names, else none", async () => {
  const two = "Configuration(String),\n    Network(String),";
  assert.match(await fixed(program(two)), /\.expect\(/);
  const named = program(two, 'if store.is_empty() { return Err(Failure::Network("none".to_owned())); }\n    Ok(store)');
  assert.match(await fixed(named), /map_err\(\|error\| Failure::Network\(/);
});

test("without one nothing is returned", async () => {
  assert.match(await fixed(program("Closed,\n    At { path: String },")), /\.expect\(/);
});
