/** What passes for a host at its limits: lengths of names and labels, and what may begin and end them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isHost } from "../../../server/src/pki/stacks/openssl/names.ts";

const label = (length: number): string => "a".repeat(length);

test("names of two to 256 characters, in labels of one to 63", () => {
  assert.ok(!isHost("a"));
  assert.ok(isHost("ab"));
  assert.ok(isHost(`${label(63)}.example`));
  assert.ok(!isHost(`${label(64)}.example`));
  const longest = [label(63), label(63), label(63), label(62), "a"].join(".");
  assert.equal(longest.length, 256);
  assert.ok(isHost(longest));
  assert.ok(!isHost(`${longest}a`));
  assert.ok(!isHost("a..example"));
});

test("labels begin and end with what is no hyphen; addresses are hosts", () => {
  for (const host of ["a-b.example", "_dmarc.example", ".example", "192.0.2.1", "::1"]) assert.ok(isHost(host), host);
  for (const host of ["-a.example", "a-.example", "a b.example", "ex*mple", ""]) assert.ok(!isHost(host), host);
});
