/**
 * Bounds count work, never time: on a busy machine a clock would refuse honest files, and two runs would differ. So the core reads no
 * clock, but for the one that `LintHost` hands in, and for pauses that change no result.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { descendants, type Source, visitSources } from "./sources.ts";

const CORE = /^server\/src\/(?:base|rust|pki|tls|models|reading|flow|analysis|remedies|cargo|settings|rules|project|service)\//;

/** Where work is interrupted to let others run, and then goes on as if it had not been. */
const PAUSES: ReadonlySet<string> = new Set(["server/src/project/breath.ts", "server/src/pki/keys/derive.ts"]);

/** `performance`, `process.hrtime`, timers, `Date.now`, and a `Date` of nothing. */
function clocksIn({ file, is, placeOf }: Source): readonly string[] {
  const found: string[] = [];
  descendants(file, (node) => {
    if (is.isIdentifier(node) && /^(?:performance|hrtime|setTimeout|setInterval|setImmediate)$/.test(node.text)) found.push(placeOf(node));
    const isDate = (it: typeof node): boolean => is.isIdentifier(it) && it.text === "Date";
    if (is.isPropertyAccessExpression(node) && isDate(node.expression) && node.name.text === "now") found.push(placeOf(node));
    if ((is.isNewExpression(node) || is.isCallExpression(node)) && isDate(node.expression) && (node.arguments ?? []).length === 0)
      found.push(placeOf(node));
  });
  return found;
}

test("the core reads no clock", async () => {
  const found: string[] = [];
  const pauses: string[] = [];
  let seen = 0;
  await visitSources((source) => {
    if (!CORE.test(source.path)) return;
    seen++;
    const clocks = clocksIn(source);
    if (PAUSES.has(source.path)) pauses.push(...(clocks.length > 0 ? [source.path] : []));
    else found.push(...clocks);
  });
  assert.ok(seen > 300, `${seen} files`);
  assert.deepEqual(found, []);
  // What pauses no more leaves the list.
  assert.deepEqual(pauses.sort(), [...PAUSES].sort());
});
