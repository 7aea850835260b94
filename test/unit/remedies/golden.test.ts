/** Every case's fixed text is the one that was looked at and compiled; it parses, and what was not touched is the same. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cases } from "./cases.ts";
import { fixed, fixOn, parsing } from "./stage.ts";

const FOLDER = join(process.env["TLSLINT_ROOT"] ?? process.cwd(), "test/unit/remedies/golden");

for (const one of cases) {
  test(one.name, async () => {
    const text = await fixed(one, one.number);
    const file = join(FOLDER, `${one.name}.rs`);
    if (process.env["UPDATE"] === "1") {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, text);
    }
    assert.ok(existsSync(file), "no golden file: run with UPDATE=1 and look at it");
    assert.equal(text, readFileSync(file, "utf8"));
    const parsed = parsing.parse(text);
    assert.ok(parsed.ok && parsed.value.errors.length === 0, "the fixed text parses");
    if (one.text.includes("\r\n")) assert.doesNotMatch(text, /[^\r]\n/);
    if (/^\t/m.test(one.text)) assert.doesNotMatch(text, /^ /m);
  });
}

test("no golden file is left over", () => {
  const known = new Set(cases.map((it) => `${it.name}.rs`));
  assert.deepEqual(
    readdirSync(FOLDER).filter((it) => !known.has(it)),
    [],
  );
});

test("placeholders are where the fixed text has them", async () => {
  let looked = 0;
  for (const one of cases) {
    const { text, placeholders } = await fixOn(one, one.number);
    looked += placeholders.length;
    for (const { start, end } of placeholders)
      assert.match(text.slice(start, end), /^(?:client-ca|ca|client-ca\.crl|server-chain|server-key)\.pem$/, one.name);
  }
  assert.ok(looked > 20, `${looked} placeholders`);
});
