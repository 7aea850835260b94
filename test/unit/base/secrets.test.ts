/** Passwords in text that is shown: blotted out unit for unit, whatever stands around them, in linear time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutSecrets } from "../../../server/src/base/secrets.ts";

const shown: readonly (readonly [string, string])[] = [
  ["postgres://app:hunter2@db/x", "postgres://app:*******@db/x"],
  ["postgres://app:{password}@db/x", "postgres://app:{password}@db/x"],
  ['DB_PASSWORD="hunter2" x', "DB_PASSWORD=********* x"],
  ["url=redis://h/?password=abc&x=1", "url=redis://h/?password=***&x=1"],
  ["token=a;secret=b", "token=*;secret=*"],
  ["a=b password = c", "a=b password = c"],
];

for (const [text, expected] of shown) test(text, () => assert.equal(withoutSecrets(text), expected));

test("hostile text does not take long", () => {
  const started = process.cpuUsage();
  for (const piece of ["://a:", "password", "x=", "'", "a=' ", "@:"]) withoutSecrets(piece.repeat(40_000));
  assert.ok(process.cpuUsage(started).user < 1_000_000);
});
