/**
 * No regular expression takes more than linear time: an attacker's text would hang the program. `recheck` judges one match of each, and
 * its verdicts are kept by pattern; what it cannot decide, and what many matches cost together, is tried on hostile texts.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../harness/fixtures.ts";
import { attack } from "./attack.ts";
import { type Pattern, patternsInSources } from "./collected.ts";

/** `undecided`: the checker gave up, or only searched at random. */
type Verdict = "linear" | "undecided";

const RECORD = join(ROOT, "test/laws/patterns/verdicts.json");
/** Of the verdicts on record, how many are given again. */
const SAMPLE = 12;
const MOST_NEW = 25;

const keyOf = ({ source, flags }: Pattern): string => createHash("sha256").update(`${source}/${flags}`).digest("hex").slice(0, 16);

async function judge({ source, flags }: Pattern): Promise<Verdict | "super-linear"> {
  // The backend without a JVM or native parts: the same on every machine.
  process.env["RECHECK_BACKEND"] = "pure";
  const { checkSync } = await import("recheck");
  const result = checkSync(source, flags, { timeout: 60_000 });
  if (result.status === "vulnerable") return "super-linear";
  return result.status === "safe" && result.checker === "automaton" ? "linear" : "undecided";
}

const isVerdict = (it: unknown): it is Verdict => it === "linear" || it === "undecided";

function recorded(): ReadonlyMap<string, Verdict> {
  const record: unknown = JSON.parse(readFileSync(RECORD, "utf8"));
  assert.ok(typeof record === "object" && record !== null);
  return new Map(Object.entries(record).flatMap(([key, it]) => (isVerdict(it) ? [[key, it]] : [])));
}

const patterns = patternsInSources();
const distinct = patterns.then((all) => new Map(all.map((it) => [keyOf(it), it])));

test("the sources' patterns are found", async () => {
  const all = await patterns;
  assert.ok(all.length > 500, `${all.length} patterns`);
  assert.ok(all.some((it) => it.source.includes("name") && it.place.includes("inventions.ts")));
});

test("each pattern is linear by the static checker, or undecided", async () => {
  const known = process.env["UPDATE"] === "all" ? new Map<string, Verdict>() : recorded();
  const verdicts = new Map<string, Verdict>();
  const bad: string[] = [];
  for (const [key, pattern] of await distinct) {
    const verdict = known.get(key) ?? (await judge(pattern));
    if (verdict === "super-linear") bad.push(`${pattern.place} /${pattern.source}/${pattern.flags}`);
    else verdicts.set(key, verdict);
  }
  assert.deepEqual(bad, []);
  if (process.env["UPDATE"] === undefined) {
    // A few new ones are judged at each run; many would take minutes.
    const missing = [...(await distinct).keys()].filter((key) => !known.has(key)).length;
    assert.ok(missing <= MOST_NEW, `${missing} patterns are not on record: run UPDATE=1 npm test patterns`);
    return;
  }
  const record = `${JSON.stringify(Object.fromEntries([...verdicts].sort(([a], [b]) => (a < b ? -1 : 1))), undefined, 2)}\n`;
  writeFileSync(RECORD, record);
});

test("what is on record is what the checker says", async () => {
  const known = recorded();
  const all = await distinct;
  // Another dozen after every change of the sources.
  const keys = [...all.keys()].sort();
  const turn = createHash("sha256").update(keys.join()).digest().readUInt32LE();
  for (let at = 0; at < SAMPLE; at++) {
    const key = keys[(turn + at * 51) % keys.length] ?? "";
    const pattern = all.get(key);
    if (pattern !== undefined && known.get(key) === "linear") assert.notEqual(await judge(pattern), "super-linear", pattern.source);
  }
});

test("no hostile text makes a pattern slow", async () => {
  const slow = [...(await distinct).values()].flatMap(({ source, flags, place }) => {
    const found = attack(new RegExp(source, flags));
    return found === undefined ? [] : [`${place} /${source}/${flags}: ${JSON.stringify(found)}`];
  });
  assert.deepEqual(slow, []);
});

test("the checker and the attack find what is known to be slow", async () => {
  for (const source of ["(?:a+)+$", "\\s+$", "^\\s*(\\w*)\\s*(?:=>)?\\s*$"])
    assert.equal(await judge({ source, flags: "", place: "" }), "super-linear", source);
  // The second is slow over all of its matches only, the last is what stood in `service/suppressions.ts`.
  for (const [source, flags] of [
    ["\\w+!$", ""],
    ["\\[[^\\]]*\\]|[\\s\\S]", "g"],
    ["<[^>]*>", "g"],
    ["\\s*(?:\\*\\/)?\\s*$", ""],
  ] as const)
    assert.notEqual(attack(new RegExp(source, flags)), undefined, source);
});
