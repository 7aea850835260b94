/** Places of keys in TOML, in good and in half-written text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseToml, placeOfKey, tomlKeys } from "../../../server/src/cargo/toml.ts";

const keysOf = (text: string) => tomlKeys(text).map((it) => [it.path.join("."), text.slice(it.span.start, it.span.end)]);

test("keys are found in tables, dotted, quoted and in inline tables", () => {
  const text =
    'a = 1 # no = key\n[x."y z"]\nb.c = "not = a key"\nd = { e = 1, f = [ { g = 2 }, 3 ] }\n[[list]]\nh = """\nno = 1\n"""\ni = 2\n';
  assert.deepEqual(keysOf(text), [
    ["a", "a"],
    ["x.y z", 'x."y z"'],
    ["x.y z.b.c", "b.c"],
    ["x.y z.d", "d"],
    ["x.y z.d.e", "e"],
    ["x.y z.d.f", "f"],
    ["list", "list"],
    ["list.h", "h"],
    ["list.i", "i"],
  ]);
});

test("the place of a value is its text", () => {
  const text = 'mtls = "maybe"\r\nrules = { no-client-auth = "loud" }\n';
  const value = (...path: string[]) => {
    const place = placeOfKey(tomlKeys(text), path)?.value;
    return place && text.slice(place.start, place.end);
  };
  assert.equal(value("mtls"), '"maybe"');
  assert.equal(value("rules", "no-client-auth"), '"loud"');
});

test("the keys before and after a half-written line are found", () => {
  assert.deepEqual(
    keysOf("a = 1\nb =\nc\n[d\ne = 2\n").map(([path]) => path),
    ["a", "b", "c", "d", "d.e"],
  );
});

test("an error names the place where the parser gave up", () => {
  const text = 'a = 1\r\nb = "x\nc = 2\n';
  const parsed = parseToml(text);
  assert.ok(!parsed.ok);
  assert.equal(text.slice(0, parsed.error.offset).split("\n").length, 2);
  assert.match(parsed.error.message, /^[a-z]/);
});

test("a byte order mark and dangerous keys do no harm", () => {
  const parsed = parseToml("\uFEFFa = 1\n__proto__ = { polluted = true }\n");
  assert.ok(parsed.ok);
  assert.deepEqual(Object.keys(parsed.value), ["a"]);
  assert.equal(Reflect.get({}, "polluted"), undefined);
});

test("no text makes parsing or finding keys fail or run for ever", () => {
  const pieces = fc.constantFrom("[", "]", "{", "}", "=", '"', "'", '"""', "\n", "\r", ",", ".", "#", " ", "a", "1", "\\");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join("");
      parseToml(text);
      for (const { span } of tomlKeys(text)) assert.ok(span.start <= span.end && span.end <= text.length);
    }),
    { numRuns: 2000 },
  );
});
