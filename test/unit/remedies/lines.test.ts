/** What is known of a text's layout: where chains divide, and what its author does at the ends and beginnings of lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { splitChain } from "../../../server/src/remedies/chain.ts";
import { styleOf } from "../../../server/src/remedies/lines.ts";

test("a chain is split at its own dots only", () => {
  assert.deepEqual(splitChain('a::b("x.y").c(d.e())?.f::<G<_, H>>()'), {
    root: 'a::b("x.y")',
    segments: [".c(d.e())?", ".f::<G<_, H>>()"],
  });
  assert.equal(splitChain("a.b() | c.d()"), undefined);
});

test("a file's line ends and indentation are kept", () => {
  assert.deepEqual(styleOf("fn f() {\r\n\ta();\r\n}\r\n"), { eol: "\r\n", unit: "\t" });
  assert.deepEqual(styleOf("fn f() {\n  a();\n  b();\n}\n"), { eol: "\n", unit: "  " });
  assert.deepEqual(styleOf(""), { eol: "\n", unit: "    " });
});
