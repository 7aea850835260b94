/**
 * What the rules say, once for all fixtures: a golden file for each rule lists its messages, helps, notes and titles of fixes, each with
 * all that it was seen to quote, and one file more the conditions that messages end with. Carets repeat none of it: rewording a message
 * changes one line.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cfgIn } from "../../server/src/rust/lower/attribute-predicates.ts";
import { weigh } from "../../server/src/service/severity.ts";
import type { Guard } from "../../server/src/tls/facts.ts";
import { ROOT } from "./fixtures.ts";

const FOLDER = join(ROOT, "test/fixtures/messages");
const CONDITIONS = "conditions";

export interface Said {
  readonly rule: string;
  readonly message: string;
  readonly help?: string;
  readonly notes?: readonly string[];
  /** Of its fixes, where these were made. */
  readonly titles?: readonly string[];
}

/** One sentence with `…` in the place of each quotation. */
interface Sentence {
  /** The golden file: a rule's id. */
  readonly file: string;
  readonly words: string;
  readonly quoted: readonly string[];
}

const QUOTATION = /`[^`]*`/g;

/** What stands before a sentence that is no message. */
const ADVICE = ["help", "note", "fix"] as const;

export const isMessage = (words: string): boolean => !ADVICE.some((it) => words.startsWith(`${it}: `));

function sentencesOf({ rule, message, help, notes = [], titles = [] }: Said): readonly Sentence[] {
  const advice = (kind: (typeof ADVICE)[number], texts: readonly string[]): readonly Sentence[] =>
    texts.map((text) => ({ file: rule, words: `${kind}: ${text.replace(QUOTATION, "`…`")}`, quoted: text.match(QUOTATION) ?? [] }));
  return [
    ...messageSentences(rule, message),
    ...advice("help", help === undefined ? [] : [help]),
    ...advice("note", notes),
    ...advice("fix", titles),
  ];
}

function messageSentences(rule: string, message: string): readonly Sentence[] {
  const words = message.replace(QUOTATION, "`…`");
  const quoted = message.match(QUOTATION) ?? [];
  const { own = words, conditions } = /^(?<own>.*?) \((?<conditions>.*)\)$/.exec(words)?.groups ?? {};
  const clauses = conditions?.split(/; | and (?=if|unless|only)/) ?? [];
  // Brackets that hold anything else are the message's own.
  if (!clauses.every((it) => CLAUSES.has(withoutMore(it)))) return [{ file: rule, words, quoted }];
  return [own, ...clauses].map((part, at, parts) => {
    const before = countOf(parts.slice(0, at).join(""));
    const said = at === 0 ? { file: rule, words: part } : { file: CONDITIONS, words: withoutMore(part) };
    return { ...said, quoted: quoted.slice(before, before + countOf(part)) };
  });
}

/** Several that are quoted are told as one is. */
const withoutMore = (words: string): string => words.replace(/(?:(?:, | or | and )(?:not )?`…`(?: is (?:not )?`…`)?)+/g, "");

const countOf = (words: string): number => words.split("`…`").length - 1;

/** Every clause that guards can put behind a message, as `service/severity.ts` words them. */
const CLAUSES: ReadonlySet<string> = new Set(
  everyGuard().flatMap((guard) => weigh("error", { guards: [guard], guessed: false }).clauses.map((it) => it.replace(QUOTATION, "`…`"))),
);

function everyGuard(): readonly Guard[] {
  const place = { file: "", span: { start: 0, end: 0 } };
  const sides = [true, false].flatMap((negated) =>
    [true, false].flatMap((optIn) => [{}, { byDefault: true }, { byDefault: false }].map((it) => ({ ...it, negated, optIn }))),
  );
  return [
    { kind: "test" },
    { kind: "example" },
    ...["unix", "not(unix)", "miri", "not(miri)", "any(test, miri)", 'any(feature = "a", feature = "b")', "other"].flatMap((text) => {
      const predicate = cfgIn(`cfg(${text})`);
      return predicate === undefined ? [] : [{ kind: "cfg", predicate, optIn: false, place } as const];
    }),
    ...sides.map((it) => ({ kind: "feature", name: "f", place, ...it }) as const),
    ...sides.flatMap((it) =>
      [{}, { called: true } as const, { word: { of: "c", is: "d" } }].map(
        (way) => ({ kind: "condition", text: "c", place, ...it, ...way }) as const,
      ),
    ),
  ];
}

/** By golden file, by words: the quotations. */
type Messages = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

function messagesOf(findings: readonly Said[]): Messages {
  const files = new Map<string, Map<string, Set<string>>>();
  for (const { file, words, quoted } of findings.flatMap(sentencesOf)) {
    const sentences = files.get(file) ?? new Map<string, Set<string>>();
    const quotations = sentences.get(words) ?? new Set();
    files.set(file, sentences.set(words, quotations.add(quoted.join(" "))));
  }
  return files;
}

const INDENT = "    ";

const printed = (sentences: ReadonlyMap<string, ReadonlySet<string>>): string =>
  [...sentences]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([words, quotations]) => [words, ...[...quotations].sort().flatMap((it) => (it === "" ? [] : [`${INDENT}${it}`]))])
    .map((line) => `${line}\n`)
    .join("");

function parsed(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const sentences = new Map<string, Set<string>>();
  let words = "";
  for (const line of text.split("\n").filter((it) => it !== "")) {
    if (line.startsWith(INDENT)) sentences.get(words)?.add(line.slice(INDENT.length));
    else {
      words = line;
      sentences.set(words, new Set(countOf(words) === 0 ? [""] : []));
    }
  }
  return sentences;
}

const pathOf = (file: string): string => join(FOLDER, `${file}.txt`);

/** The golden files' names. */
const goldenFiles = (): readonly string[] => (existsSync(FOLDER) ? readdirSync(FOLDER) : []).map((name) => name.replace(/\.txt$/, ""));

let golden: Messages | undefined;

/** Every sentence, by golden file. */
export const goldenSentences = (): ReadonlyMap<string, readonly string[]> =>
  new Map(goldenFiles().map((file) => [file, [...parsed(readFileSync(pathOf(file), "utf8")).keys()]]));

/** What is said in these findings and stands in no golden file. */
export function unlisted(findings: readonly Said[]): readonly string[] {
  golden ??= new Map(goldenFiles().map((file) => [file, parsed(readFileSync(pathOf(file), "utf8"))]));
  const listed = golden;
  return [...messagesOf(findings)].flatMap(([file, sentences]) =>
    [...sentences].flatMap(([words, quotations]) =>
      [...quotations].filter((it) => listed.get(file)?.get(words)?.has(it) !== true).map((it) => `${file}: ${words} ${it}`.trimEnd()),
    ),
  );
}

/** The golden files as they are with all that these findings say beside what is in them: those that change. */
export function textsWith(findings: readonly Said[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [file, said] of messagesOf(findings)) {
    const path = pathOf(file);
    const before = existsSync(path) ? readFileSync(path, "utf8") : "";
    const sentences = new Map([...parsed(before)].map(([words, quoted]) => [words, new Set(quoted)]));
    for (const [words, quoted] of said) sentences.set(words, new Set([...(sentences.get(words) ?? []), ...quoted]));
    const after = printed(sentences);
    if (after !== before) texts.set(path, after);
  }
  return texts;
}

/** Writes down what these findings say: what nothing says any more only a run of all fixtures can tell, and it takes that out. */
export function listSaid(findings: readonly Said[]): void {
  for (const [path, text] of textsWith(findings)) writeFileSync(path, text);
  golden = undefined;
}

/** The golden files that these findings ask for, of those that `own` names; undefined where there should be none. */
export function goldenTexts(findings: readonly Said[], own: (file: string) => boolean): ReadonlyMap<string, string | undefined> {
  const messages = messagesOf(findings);
  const files = [...new Set([...goldenFiles(), ...messages.keys()])].filter(own).sort();
  return new Map(files.map((file) => [pathOf(file), messages.has(file) ? printed(messages.get(file) ?? new Map()) : undefined]));
}
