/** Functions that call themselves, or each other: what they ask of an input that they hand on as it is, they ask at each depth. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "./stage.ts";

const KIND = ["server-verification"] as const;
const retrying = (again: string): string => `
fn connect(options: &Options, insecure: bool, left: u32) -> reqwest::Client {
    let mut builder = reqwest::Client::builder();
    if options.insecure || insecure { builder = builder.danger_accept_invalid_certs(true); }
    let client = builder.build().unwrap();
    if left > 0 && fails(&client) { return ${again}; }
    client
}
fn main() { go(connect(&given(), false, 3)); }`;

test("an attempt that is made again with the same options has the same guard", () => {
  assert.deepEqual(seen(retrying("connect(options, insecure, left - 1)"), KIND), [
    "server-verification off «true» [given().insecure opt-in]",
  ]);
});

test("one that is made again without verification has its own", () => {
  assert.deepEqual(seen(retrying("connect(options, true, left - 1)"), KIND), ["server-verification off «true» [fails(&client)]"]);
  assert.match(seen(retrying("connect(options, !insecure, left - 1)"), KIND)[0] ?? "", /fails\(&client\)/);
});

test("a helper of functions that call each other is guarded as the one of them has it that calls it", () => {
  const helper = "fn helper() -> reqwest::ClientBuilder { reqwest::Client::builder().danger_accept_invalid_certs(true) }";
  const circle = `
    fn again(o: &Options) { retried(o); let c = if o.insecure { helper() } else { reqwest::Client::builder() }; go(c); }
    fn retried(o: &Options) { if o.left > 0 { again(o); } }`;
  for (const source of [`${helper} ${circle}`, `${circle} ${helper}`]) {
    const said = seen(source, KIND);
    assert.equal(said.length, 1, source);
    assert.match(said[0] ?? "", /o\.insecure opt-in/);
  }
});
