/** Fingerprints are the names that baselines and code scanning go by: what survives, and what does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { span } from "../../../server/src/base/span.ts";
import type { CheckedFile } from "../../../server/src/cli/check-result.ts";
import { fingerprintsOf } from "../../../server/src/cli/fingerprint.ts";
import type { Finding } from "../../../server/src/service/api.ts";
import { ShownText } from "../../../server/src/service/shown-text.ts";

interface Change {
  readonly message?: string;
  readonly rule?: string;
  readonly suppress?: readonly number[];
}

/** Of a finding at each `bad` of the text, in order. */
function printsIn(text: string, { message = "m", rule = "r", suppress = [] }: Change = {}): readonly (string | undefined)[] {
  const all = [...text.matchAll(/bad/g)].map(
    ({ index }): Finding => ({
      rule,
      severity: "error",
      place: { file: "a.rs", span: span(index, index + 3) },
      message,
      help: "",
      notes: [],
      related: [],
      fixes: [],
    }),
  );
  const report = {
    file: "a.rs",
    findings: all.filter((_, at) => !suppress.includes(at)),
    suppressed: all.filter((_, at) => suppress.includes(at)),
    gaps: [],
  };
  const file: CheckedFile = { path: "a.rs", text: new ShownText(text), report };
  const prints = fingerprintsOf(file);
  return all.map((it) => prints.get(it));
}

test("moved, indented and reworded, a finding keeps its name", () => {
  const [print] = printsIn("let x = bad();\n");
  assert.match(print ?? "", /^[0-9a-f]{32}$/);
  assert.deepEqual(printsIn("\n\n// moved\n        let x  = bad();\n"), [print]);
  assert.deepEqual(printsIn("let x = bad();\n", { message: "reworded" }), [print]);
});

test("another rule, another line and a second like it have names of their own", () => {
  const [print] = printsIn("let x = bad();\n");
  assert.notEqual(printsIn("let x = bad();\n", { rule: "other" })[0], print);
  assert.notEqual(printsIn("let y = bad();\n")[0], print);
  const twice = printsIn("let x = bad();\nlet x = bad();\n");
  assert.equal(twice[0], print);
  assert.equal(new Set(twice).size, 2);
});

test("that one of several likes is suppressed gives no other a new name", () => {
  const text = "bad();\nbad();\nbad();\n";
  assert.deepEqual(printsIn(text, { suppress: [0, 1] }), printsIn(text));
});
