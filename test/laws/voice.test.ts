/** How the product speaks: one line for what is wrong, the field's words, and titles that say what an edit does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goldenSentences, isMessage } from "../harness/messages.ts";

const LONGEST = 100;
/** Editors show this much of a message in a narrow window, and most fit. */
const SHORT = 80;
const MOST = 0.8;

/** What users wrote does not count. */
const bare = (words: string): string => words.replaceAll("`…`", "");

const sentences = [...goldenSentences()].flatMap(([rule, all]) => all.map((words) => ({ rule, words, shown: `${rule}: ${words}` })));
const ofKind = (kind: "help" | "note" | "fix"): readonly string[] =>
  sentences.flatMap(({ words }) => (words.startsWith(`${kind}: `) ? [words.slice(kind.length + 2)] : []));
const messages = sentences.filter(({ rule, words }) => rule !== "conditions" && isMessage(words));

test("a message fits into one line of an editor, most with room to spare", (context) => {
  assert.ok(messages.length > 400, "the golden files hold messages");
  assert.deepEqual(
    messages.filter(({ words }) => bare(words).length > LONGEST).map(({ shown }) => shown),
    [],
  );
  const short = messages.filter(({ words }) => bare(words).length <= SHORT).length;
  context.diagnostic(`${short} of ${messages.length} messages have at most ${SHORT} characters`);
  assert.ok(short >= MOST * messages.length, `${short} of ${messages.length}`);
});

/** Personification, relative clauses without a noun, and words that the field does not use. */
const FOREIGN: readonly RegExp[] = [
  /\bwhoever\b|\bnobody\b|\banybody\b|\beverybody\b|\bsomebody\b/,
  /\bhears? of\b|\bhand(?:s|ed)? (?:on|to)\b|\blet(?:s|ting)? (?:\w+ )?in\b|\bgo(?:es)? on\b|\bpass(?:es)?,? too\b|\bshows? none\b/,
  /\bis told\b|\bfor good\b|\bgives? away\b|\bthe one\b.*\bthe other\b|\bat fault\b|\bin the clear\b|\bpose as\b|\bforgives?\b/,
  /\bswitch(?:es)? (?:on|off)\b|\brefuse[sd]?\b|\bauthorit(?:y|ies)\b(?! key| information)|\brevocation lists?\b|\bissued again\b/,
  /\bhost names?\b|\bthe clear\b|\bswallow|\bdoes not hold\b|\bwho (?:is|has|can|chooses)\b/,
];

test("no sentence uses the words that the field does not", () => {
  const found = sentences.filter(({ words }) => FOREIGN.some((it) => it.test(words))).map(({ shown }) => shown);
  assert.deepEqual(found, []);
});

/** Names of standards and programs keep their capitals. */
const LOWER = /^(?:[^A-Z\s]|[A-Z]{2}|OpenSSL|PrintableString|Debian)/;

test("messages, helps and notes are clauses: lower case, no full stop", () => {
  for (const words of [...messages.map((it) => it.words), ...ofKind("help"), ...ofKind("note")]) {
    assert.match(words, LOWER, words);
    assert.doesNotMatch(words, /\.$/, words);
  }
});

test("titles of fixes are in sentence case, imperative, with no full stop", () => {
  const titles = ofKind("fix");
  assert.ok(titles.length > 80, `${titles.length} titles`);
  for (const title of titles) assert.match(title, /^[A-Z][a-z]+ .*[^.]$/, title);
});
