/** The judge of the fixtures is judged: carets that are wrong, unreadable or ambiguous fail, and blessing writes those that hold. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../server/src/service/api.ts";
import { bless, differences, expectations } from "./expectations.ts";
import { unlisted } from "./messages.ts";

const CODE = "fn f() {\n    accept(None, None);\n}\n";

function finding(covers: string, { from = 0, severity = "warning" as const, message = "`None` accepts anyone" } = {}): Finding {
  const start = CODE.indexOf(covers, from);
  const place = { file: "/f.rs", span: { start, end: start + covers.length } };
  return { rule: "no-client-auth", severity, place, message, help: "", notes: [], related: [], fixes: [] };
}

const first = finding("None");
const second = finding("None", { from: CODE.indexOf("None,") + 1, message: "`None` accepts anyone, `b`" });
const below = (caret: string): string => CODE.replace("None);\n", `None);\n${caret}\n`);

test("a caret holds place, severity and rule", () => {
  assert.deepEqual(differences(below("    //     ^^^^ warning no-client-auth"), [first]), []);
  for (const caret of [
    "    //      ^^^^ warning no-client-auth",
    "    //     ^^^^^ warning no-client-auth",
    "    //     ^^^^ error no-client-auth",
    "    //     ^^^^ warning key-log",
    "    //     ^^^^ warning no-client-auth: Some",
    "    //     ^^^^ MISSING warning no-client-auth",
  ])
    assert.notDeepEqual(differences(below(caret), [first]), [], caret);
  assert.equal(differences(below("    //     ^^^^ SPURIOUS warning no-client-auth"), []).length, 1);
  assert.equal(differences(below("    //     ^^^^ warning no-client-auth"), []).length, 1);
  assert.equal(differences(CODE, [first]).length, 1);
});

test("a caret that cannot be read is no line of code", () => {
  for (const caret of ["    // ^^^^ warn no-client-auth", "    // ^^^^", "    //<- warning", "    // ^^^^ warning no-client-auth MISSING"])
    assert.throws(() => expectations(below(caret)), /line 3 is no caret/, caret);
});

test("two of one rule below one line are told apart by what they quote", () => {
  const carets = (one: string, two: string): string =>
    below(`    //     ^^^^ warning no-client-auth${one}\n    //           ^^^^ warning no-client-auth${two}`);
  assert.equal(differences(carets("", ""), [first, second]).length, 2);
  assert.equal(differences(carets(": None", ": c"), [first, second]).length, 2);
  assert.deepEqual(differences(carets(": None", ": b"), [first, second]), []);
});

test("blessing writes the carets that hold", () => {
  const blessed = bless(CODE, [first, second]);
  assert.equal(expectations(blessed).length, 2);
  assert.deepEqual(differences(blessed, [first, second]), []);
  assert.equal(bless(blessed, []), CODE);
});

test("a message is one of the golden file's, word for word, in what it quotes, and in its conditions", () => {
  const says = (message: string) => unlisted([{ rule: "disabled-verification", message }]).length;
  const known = "`set_verify` disables certificate verification: on-path attackers can impersonate the server";
  assert.equal(says(known), 0);
  assert.equal(says(`${known} (in test code)`), 0);
  assert.equal(says(`${known} (only if \`insecure\`; in test code)`), 0);
  assert.equal(says(`${known} (only if \`never so seen\`; in test code)`), 1);
  assert.equal(says(`${known} (in testing code)`), 1);
  assert.equal(says(`${known}.`), 1);
  assert.equal(says(known.replace("set_verify", "unset_verify")), 1);
});
