/** Of a list of ciphers what is sound stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, first } from "./first-fix.ts";

const program = (list: string): string => `use openssl::ssl::SslContextBuilder;

pub fn ciphers(builder: &mut SslContextBuilder) -> Result<(), openssl::error::ErrorStack> {
    builder.set_cipher_list("${list}")
}
`;

test("classes keep their sound suites", async () => {
  for (const [list, sound] of [
    ["ALL:!EXPORT:!eNULL:!aNULL:HIGH:@STRENGTH", "ALL:!EXPORT:!eNULL:!aNULL:HIGH:@STRENGTH:!RC4:!DES:!3DES:!IDEA"],
    ["HIGH:!aNULL:RC4+RSA", "HIGH:!aNULL"],
    ["ECDHE-RSA-AES256-GCM-SHA384:DES-CBC3-SHA", "ECDHE-RSA-AES256-GCM-SHA384"],
  ] as const) {
    const text = program(list);
    const fix = await first("weak-cipher", text);
    assert.equal(fix.title, "Exclude broken ciphers");
    assert.equal(changes(text, fix.text), `-builder.set_cipher_list("${list}")\n+builder.set_cipher_list("${sound}")`);
  }
});

test("a list of broken suites has none", async () => {
  for (const list of ["RC4-SHA:NULL-MD5", "EXPORT:LOW:!aNULL"])
    assert.equal((await first("weak-cipher", program(list))).title, "Allow only AEAD ciphers with forward secrecy");
});
