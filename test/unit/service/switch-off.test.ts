/** A rule is switched off in the manner of the text, and what would not be so afterwards is not changed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { switchedOffIn } from "../../../server/src/service/configuration/switch-off.ts";

const CASES = {
  nothing: ["", '[rules]\nx-rule = "off"\n'],
  "other settings": ['mtls = "required"\n', 'mtls = "required"\n\n[rules]\nx-rule = "off"\n'],
  "no end of the last line": ['mtls = "off"', 'mtls = "off"\n\n[rules]\nx-rule = "off"\n'],
  "a table": ['[rules] # ours\na = "hint"\n', '[rules] # ours\nx-rule = "off"\na = "hint"\n'],
  "another level": ['[rules]\nx-rule = "hint" # for now\n', '[rules]\nx-rule = "off" # for now\n'],
  "a table in braces": ['rules = { a = "off" }\n', 'rules = { x-rule = "off", a = "off" }\n'],
  "an empty one": ["rules = {}\n", 'rules = { x-rule = "off" }\n'],
  "dotted keys": ['mtls = "off"\nrules.a = "off"\n', 'mtls = "off"\nrules.x-rule = "off"\nrules.a = "off"\n'],
  "lines of Windows": ["[rules]\r\n", '[rules]\r\nx-rule = "off"\r\n'],
} as const;

for (const [name, [text, expected]] of Object.entries(CASES))
  test(name, () => {
    const edits = switchedOffIn(text, "x-rule");
    assert.ok(edits.ok);
    assert.equal(applyEdits(text, edits.value), expected);
  });

test("what does not parse, or is no table, is left alone", () => {
  for (const text of ["[rules\n", "rules = 1\n"]) assert.equal(switchedOffIn(text, "x-rule").ok, false);
});
