/** Bodies are read in an order in which callers come first, also where some of them call each other in a circle. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seen } from "./stage.ts";

test("a helper of functions that call each other is read when they have been there", async () => {
  const helper = "fn helper() -> reqwest::ClientBuilder { reqwest::Client::builder().danger_accept_invalid_certs(true) }";
  const circle = `
    fn again(o: &Options) { retried(o); let c = if o.insecure { helper() } else { reqwest::Client::builder() }; go(c); }
    fn retried(o: &Options) { again(o); }`;
  for (const source of [`${helper} ${circle}`, `${circle} ${helper}`]) {
    const said = await seen(source, ["server-verification"]);
    assert.equal(said.length, 1, source);
    assert.match(said[0] ?? "", /o\.insecure/);
  }
});
