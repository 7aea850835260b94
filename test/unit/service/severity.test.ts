/** Guards turned into severity and words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cfgIn } from "../../../server/src/rust/lower/attribute-predicates.ts";
import { weigh } from "../../../server/src/service/severity.ts";
import type { Guard } from "../../../server/src/tls/facts.ts";

const place = { file: "/w/a.rs", span: { start: 0, end: 1 } };
const on = (guards: readonly Guard[], extra: { example?: boolean; guessed?: boolean } = {}) =>
  weigh("error", { guards, guessed: false, ...extra });
const condition = (over: Partial<Extract<Guard, { kind: "condition" }>>): Guard => ({
  kind: "condition",
  text: "cfg.insecure",
  negated: false,
  optIn: false,
  place,
  ...over,
});
const feature = (name: string, byDefault?: boolean, negated = false, optIn = false): Guard => ({
  kind: "feature",
  name,
  negated,
  optIn,
  place,
  ...(byDefault === undefined ? {} : { byDefault }),
});
function cfg(text: string, optIn = false): Guard {
  const predicate = cfgIn(`cfg(${text})`);
  assert.ok(predicate);
  return { kind: "cfg", predicate, optIn, place };
}

test("code without conditions keeps its severity and says nothing more", () => {
  assert.deepEqual(on([]), { severity: "error", clauses: [] });
});

test("test code and examples are hints", () => {
  assert.equal(on([{ kind: "test" }]).severity, "hint");
  assert.equal(on([{ kind: "example" }]).severity, "hint");
});

test("an explicit opt-in is a hint that quotes it", () => {
  assert.deepEqual(on([condition({ optIn: true })]), { severity: "hint", clauses: ["only if `cfg.insecure`"] });
});

test("what is insecure by default is a warning: a reviewer asks for another default", () => {
  const weighed = on([condition({ text: "cfg.verify", negated: true, byDefault: true })]);
  assert.deepEqual(weighed, { severity: "warning", clauses: ["by default, unless `cfg.verify`"] });
  assert.equal(on([condition({ optIn: true, byDefault: true })]).severity, "warning");
});

test("an undecidable condition costs one step, and several cost no more", () => {
  const weighed = on([condition({}), condition({ text: "mode == 2" })]);
  assert.equal(weighed.severity, "warning");
  assert.deepEqual(weighed.clauses, ["if `cfg.insecure` and `mode == 2`"]);
  assert.equal(weigh("hint", { guards: [condition({})], guessed: false }).severity, "hint");
});

test("conditions of one kind are said once, and of one text all its words", () => {
  const word = (is: string, over: Partial<Extract<Guard, { kind: "condition" }>>): Guard =>
    condition({ text: `let "${is}" = var("MODE")`, word: { of: "MODE", is }, ...over });
  const said = (...guards: readonly Guard[]): readonly string[] => on(guards).clauses;
  const kept = { negated: true, byDefault: true };
  assert.deepEqual(said(word("a", kept), word("b", kept), word("c", kept)), ["by default, unless `MODE` is `a`, `b` or `c`"]);
  assert.deepEqual(said(word("a", kept), condition({ text: "tls", ...kept })), ["by default, unless `MODE` is `a` or `tls`"]);
  assert.deepEqual(said(word("a", { negated: true }), condition({ text: "x > 1" })), ["unless `MODE` is `a` and if `x > 1`"]);
  assert.deepEqual(said(word("a", {})), ["if `MODE` is `a`"]);
  const asked = { byDefault: false, negated: true };
  assert.deepEqual(said(word("a", asked), word("b", asked), condition(asked)), ["only if `MODE` is not `a` or `b` and not `cfg.insecure`"]);
});

test("features count by what is asked for with them, and without them by whether they are on by default", () => {
  assert.equal(on([feature("x", false)]).severity, "error");
  assert.equal(on([feature("insecure", false, false, true)]).severity, "hint");
  assert.equal(on([feature("x", true)]).severity, "error");
  assert.equal(on([feature("x", true, true)]).severity, "warning");
  assert.equal(on([feature("verify", true, true, true)]).severity, "hint");
  assert.equal(on([feature("x", false, true)]).severity, "error");
  assert.equal(on([feature("x")]).severity, "error");
  assert.equal(on([feature("x", undefined, true)]).severity, "warning");
  assert.equal(on([feature("insecure", undefined, false, true)]).severity, "warning");
});

test("debug assertions are for development, platforms are not", () => {
  assert.equal(on([cfg("debug_assertions")]).severity, "hint");
  assert.equal(on([cfg("not(debug_assertions)")]).severity, "error");
  assert.equal(on([cfg('target_os = "windows"')]).severity, "error");
  assert.equal(on([cfg('any(target_os = "linux", target_os = "macos")')]).severity, "error");
  assert.equal(on([cfg("not(unix)")]).severity, "error");
  assert.equal(on([cfg("any(test, debug_assertions)")]).severity, "hint");
  assert.equal(on([cfg('any(test, feature = "x")')]).severity, "error");
  assert.equal(on([cfg("all(unix, debug_assertions)")]).severity, "hint");
  assert.equal(on([cfg("not(any(miri, fuzzing))")]).severity, "error");
  assert.equal(on([cfg("all(unix, not(debug_assertions))")]).severity, "error");
});

test("several features are asked for as one is", () => {
  const one = 'any(feature = "openssl", feature = "native-tls")';
  assert.deepEqual(on([cfg(one)]), { severity: "error", clauses: [`with \`cfg(${one})\``] });
  assert.equal(on([cfg('all(unix, any(feature = "openssl", doc))')]).severity, "error");
  assert.equal(on([cfg('all(feature = "openssl", not(feature = "rustls"))')]).severity, "warning");
  assert.equal(on([cfg('any(feature = "openssl", feature = "no-verify")', true)]).severity, "warning");
  assert.equal(on([cfg('any(feature = "openssl", sanitized)')]).severity, "warning");
});

test("a guess is never an error", () => {
  assert.equal(on([], { guessed: true }).severity, "warning");
  assert.equal(on([condition({})], { guessed: true }).severity, "info");
});

test("a long condition is cut, and its back-ticks do not break the message", () => {
  const [clause] = on([condition({ text: `a("\`") &&\n   ${"x".repeat(200)}` })]).clauses;
  assert.ok((clause ?? "").length < 120);
  assert.equal((clause ?? "").split("`").length, 3);
});
