/** What may be missing is missing while nobody gives it: what stands in for it is the default, whatever type holds it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "./stage.ts";

const guard = (value: string, more = ""): string =>
  seen(`${more} fn f(options: &Options) { let c = reqwest::Client::builder().danger_accept_invalid_certs(${value}).build(); go(c); }`, [
    "server-verification",
  ]).find((it) => it.includes(" off ")) ?? "";

test("the stand-in of an option of unknown type", () => {
  assert.match(guard("options.insecure.unwrap_or(true)"), /=true\]$/);
  assert.match(guard("options.insecure.unwrap_or(false)"), /opt-in =false\]$/);
  assert.match(guard("!options.verify.unwrap_or(false)"), /=true\]$/);
  assert.match(guard("options.insecure.map_or(true, |it| it)"), /=true\]$/);
  // Whether a call of somebody else's gives something is not known.
  assert.doesNotMatch(guard("insecure(options).unwrap_or(true)"), /=/);
});

test("the default of a type is what stands in where no other is named", () => {
  const options = "#[derive(serde::Deserialize)] struct Options { insecure: Option<bool>, verify: Option<bool> }";
  assert.match(guard("options.insecure.unwrap_or_default()", options), /options\.insecure\.unwrap_or_default\(\) opt-in =false\]/);
  assert.match(guard("!options.verify.unwrap_or_default()", options), /=true\]/);
  assert.doesNotMatch(guard("options.insecure.unwrap_or_default()", options), /…/);
});
