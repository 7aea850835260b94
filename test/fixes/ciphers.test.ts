/** Of a list of ciphers what is sound stays. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { changes, first } from "./first-fix.ts";

const program = (list: string): string => `use openssl::ssl::SslContextBuilder;

pub fn ciphers(builder: &mut SslContextBuilder) -> Result<(), openssl::error::ErrorStack> {
    builder.set_cipher_list("${list}")
}
`;

const LISTS = [
  ["ALL:!EXPORT:!eNULL:!aNULL:HIGH:@STRENGTH", "ALL:!EXPORT:!eNULL:!aNULL:HIGH:@STRENGTH:!RC4:!DES:!3DES:!IDEA"],
  ["HIGH:!aNULL:RC4+RSA", "HIGH:!aNULL"],
  ["ECDHE-RSA-AES256-GCM-SHA384:DES-CBC3-SHA", "ECDHE-RSA-AES256-GCM-SHA384"],
] as const;

test("classes keep their sound suites", async () => {
  for (const [list, sound] of LISTS) {
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

const withoutOpenssl = spawnSync("openssl", ["version"]).status === 0 ? false : "openssl is not installed";
test("OpenSSL takes what is left, and finds strong suites alone", { skip: process.env["CI"] === "true" ? false : withoutOpenssl }, () => {
  for (const [, sound] of LISTS) {
    const { status, stdout } = spawnSync("openssl", ["ciphers", "-v", sound], { encoding: "utf8" });
    assert.equal(status, 0, sound);
    assert.match(stdout, /^ECDHE-RSA-AES256-GCM-SHA384\b/m);
    assert.doesNotMatch(stdout, /\bAu=None\b|\bEnc=(?:None|RC4|DES|3DES|IDEA)\b/);
  }
});
