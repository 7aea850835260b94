/** `tlslint inspect` of a bundle: a table of what is in it comes first. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { certificate } from "../lsp/programs.ts";
import { folder, tlslint } from "./cli.ts";

test("a bundle begins with a table of what is in it, one certificate does not", (context) => {
  const cwd = folder(context, {
    "bundle.pem": certificate("late", 399.5) + certificate("gone", -3.5),
    "one.pem": certificate("one", 12.5),
  });
  const lines = tlslint(cwd, ["inspect", "bundle.pem"]).stdout.split("\n");
  assert.equal(lines[0], "bundle.pem");
  assert.match(lines[2] ?? "", /^ {2}1 {2}root certificate\S* .*in 399 days +CN=late$/);
  assert.match(lines[3] ?? "", /^ {2}2 {2}root certificate\S* .*3 days ago +CN=gone$/);
  assert.doesNotMatch(tlslint(cwd, ["inspect", "one.pem"]).stdout, /^ {2}1 {2}/m);
});
