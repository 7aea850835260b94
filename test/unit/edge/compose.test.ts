/** Variables in Compose files: what holds where nobody sets them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withDefaults } from "../../../server/src/edge/compose/interpolation.ts";

const DEFAULTS = {
  "8080:80": "8080:80",
  "${PORT:-8080}:80": "8080:80",
  "${HOST-127.0.0.1}:${PORT-8080}:80": "127.0.0.1:8080:80",
  "${PORT:-${OTHER:-8080}}:80": "8080:80",
  "${HOST:-}:80": ":80",
};

for (const [written, meant] of Object.entries(DEFAULTS))
  test(`${written} is ${meant} by default`, () => assert.equal(withDefaults(written), meant));

const UNKNOWN = [`$PORT:80`, `\${PORT}:80`, `\${PORT:?give-one}:80`, `\${PORT:+80-90}:80`, `\${PORT:-8080:80`, `$\${PORT:80`];

for (const written of UNKNOWN) test(`${written} is not known`, () => assert.equal(withDefaults(written), written));

test("variables without end are left", () => {
  const nested = "${A:-".repeat(20_000);
  assert.equal(withDefaults(nested), nested);
  const closed = `${"${A:-".repeat(20_000)}${"}".repeat(20_000)}`;
  assert.ok(withDefaults(closed).includes("${A"));
  assert.equal(withDefaults(`\${A:-8}`.repeat(20_000)), "8".repeat(20_000));
});
