/** What is analysed of a text while it is typed: every item as it last parsed, and where in the text that stands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parses } from "../../server/src/rust/index.ts";
import { SettledText } from "../../server/src/service/typing/settled-text.ts";

const typed = (...texts: readonly string[]): SettledText => {
  const [first = "", ...rest] = texts;
  return rest.reduce((it, text) => it.changed(text), SettledText.of(first));
};

/** Where each occurrence of a word in the settled text stands in the current one. */
const places = (it: SettledText, word: string): readonly (string | undefined)[] =>
  it.text
    .split(word)
    .slice(0, -1)
    .map((_, at, all) => {
      const start = all.slice(0, at + 1).join(word).length;
      const moved = it.toCurrent({ start, end: start + word.length });
      return moved && it.current.slice(moved.start, moved.end);
    });

const TWO = "fn a() {\n    one();\n}\n\nfn b() {\n    two();\n}\n";

test("a function that does not parse is as it was, and the others follow their text", () => {
  const it = typed(TWO, TWO.replace("one();", "one("), TWO.replace("one();", "one(").replace("two()", "three()"));
  assert.equal(it.text, TWO.replace("two()", "three()"));
  assert.deepEqual(places(it, "three"), ["three"]);
  assert.deepEqual(places(it, "one("), ["one("]);
  assert.deepEqual(places(it, "one()"), [undefined]);
});

test("with what was missing all is taken over", () => {
  const it = typed(TWO, TWO.replace("one();", "one("), TWO.replace("one();", "one(x"), TWO.replace("one();", "one(x);"));
  assert.equal(it.text, it.current);
  assert.ok(it.isCurrent);
});

test("of a method that does not parse the others in its impl are current", () => {
  const text = "impl A {\n    fn a(&self) {\n        one();\n    }\n\n    fn b(&self) {\n        two();\n    }\n}\n";
  const it = typed(text, text.replace("one();", "if one() {"), text.replace("one();", "if one() {").replace("two()", "three()"));
  assert.equal(it.text, text.replace("two()", "three()"));
});

test("what is written between items is taken over when it can stand there", () => {
  const between = (added: string): string => TWO.replace("\n\n", `\n\n${added}\n`);
  for (const whole of ["// a note", "#[inline]", "pub", "fn c() {}", "struct C;", "/// Says b.", "#[cfg(test)]\nmod c {}"])
    assert.equal(typed(TWO, between(whole)).text, between(whole), whole);
  for (const half of ["/* a note", "#[inline", "fn c(", "fn c() {", "struct C {", "pub(", '"', "}"]) {
    const it = typed(TWO, between(half));
    assert.equal(it.text, TWO, half);
    assert.deepEqual(places(it, "two"), ["two"], half);
  }
});

test("a new function whose body does not parse is analysed as it is: of it there is no other text", () => {
  const added = `${TWO}\nfn c() {\n    three(;\n}\n`;
  assert.equal(typed(TWO, added).text, added);
});

test("brackets that belong together may come one after the other", () => {
  const opened = `mod m {\n${TWO}`;
  const it = typed(TWO, opened);
  assert.equal(it.text, TWO);
  assert.equal(typed(TWO, opened, `${opened}}\n`).text, `${opened}}\n`);
});

test("a text that never parsed is analysed as it is, and taken for whole when it is", () => {
  const broken = TWO.replace("one();", "one(");
  assert.equal(typed(broken).text, broken);
  const worse = broken.replace("two();", "two(");
  assert.equal(typed(broken, worse).text, broken, "the other function did parse");
  assert.equal(typed(broken, TWO).text, TWO);
});

test("a text in place of all of another is taken over", () => {
  assert.equal(typed(TWO, "fn other() {}\n").text, "fn other() {}\n");
  assert.equal(typed(TWO, "").text, "");
  assert.equal(typed("", TWO).text, TWO);
});

test("a line that is typed waits for its end, or for a pause, however well it parses", () => {
  const states = ["Ok", "Ok(1)", "Ok(1).and"].map((it) => TWO.replace("one();", `one();\n    ${it}`));
  const lineOf = (text: string) => ({ start: text.indexOf("    Ok"), end: text.indexOf("\n}") });
  let it = SettledText.of(TWO);
  for (const state of states) {
    it = it.changed(state, lineOf(state));
    assert.equal(it.text, TWO, state);
    assert.ok(it.isWaiting);
    assert.deepEqual(places(it, "two"), ["two"]);
  }
  const elsewhere = it.current.replace("two()", "three()");
  assert.equal(it.changed(elsewhere).text, elsewhere, "who goes on elsewhere has ended it");
  assert.equal(it.paused().text, it.current);
  assert.ok(!it.paused().isWaiting);
});

test("a pause takes over nothing that does not parse", () => {
  const half = TWO.replace("one();", "one(");
  const it = SettledText.of(TWO).changed(half, { start: half.indexOf("    one("), end: half.indexOf("\n}") });
  assert.equal(it.paused().text, TWO);
});

test("offsets of the current text lead to those of the settled one, but for what is held", () => {
  const it = typed(TWO, TWO.replace("one();", "one(12"));
  const settled = (word: string): number | undefined => it.toSettled(it.current.indexOf(word));
  assert.equal(settled("fn a"), 0);
  assert.equal(settled("two"), TWO.indexOf("two"));
  assert.equal(settled("2"), undefined);
});

test("whatever is typed: the settled text is the current one where that parses, and places keep what stands at them", () => {
  const piece = fc.constantFrom("{", "}", "(", ")", ";", "fn c() {}", "one()", '"', "/*", "*/", "#[x]", "\n", "let x = 1;", "mod m {", "");
  const edit = fc.record({ at: fc.nat(), length: fc.nat(12), text: piece });
  let whole = 0;
  let held = 0;
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
      let it = SettledText.of(TWO);
      for (const { at, length, text } of edits) {
        const start = at % (it.current.length + 1);
        const now = it.current.slice(0, start) + text + it.current.slice(start + length);
        it = it.changed(now);
        assert.equal(it.current, now);
        if (parses(now)) {
          whole++;
          assert.equal(it.text, now);
        }
        if (it.isCurrent) assert.equal(it.text, now);
        else held++;
        for (let from = 0; from < it.text.length; from += 3) {
          const place = { start: from, end: Math.min(it.text.length, from + 4) };
          const moved = it.toCurrent(place);
          if (moved !== undefined) assert.equal(now.slice(moved.start, moved.end), it.text.slice(place.start, place.end));
          const back = moved && it.toSettled(moved.start);
          if (moved !== undefined && back !== undefined) assert.equal(it.text[back], now[moved.start]);
        }
      }
    }),
    { numRuns: 3000, seed: 20_11 },
  );
  assert.ok(whole > 300 && held > 1000, `${whole} and ${held}`);
});
