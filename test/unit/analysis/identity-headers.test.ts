/** What names a header that is taken for who the client is: its text, however it is handed to the call that reads it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { underlined } from "./underlined.ts";

const read = (argument: string, more = ""): Promise<readonly string[]> =>
  underlined("trusted-proxy-header", `${more}\npub fn f(headers: &HeaderMap) -> bool { headers.get(${argument}).is_some() }\n`);

test("the text, a constant, and calls around either", async () => {
  assert.deepEqual(await read('"x-client-verify"'), ['info: "x-client-verify"']);
  assert.deepEqual(await read("NAME", 'const NAME: &str = "x-client-verify";'), ["info: NAME"]);
  assert.deepEqual(await read('HeaderName::from_static("x-client-verify")'), ['info: HeaderName::from_static("x-client-verify")']);
  assert.deepEqual(await read("Wrapped(of(NAME))", 'const NAME: &str = "x-client-verify";'), ["info: Wrapped(of(NAME))"]);
});

test("another header, and what calls of several make of it", async () => {
  assert.deepEqual(await read('HeaderName::from_static("x-forwarded-for")'), []);
  assert.deepEqual(await read('either("x-client-verify", "x-forwarded-for")'), []);
});
