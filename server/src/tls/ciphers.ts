/**
 * Cipher strings of OpenSSL and BoringSSL, read as these read them: which suites remain, and which of them are weak.
 * The grammar: openssl-ciphers(1), "CIPHER LIST FORMAT", https://docs.openssl.org/master/man1/openssl-ciphers/
 */
import {
  BORING_DEPRECATED,
  BORING_KEYWORDS,
  BORING_SUITES,
  type Keywords,
  OPENSSL_KEYWORDS,
  OPENSSL_LISTS,
  type Selection,
} from "./cipher-keywords.ts";
import { SUITES, type Suite, type Weakness, weaknessOf } from "./cipher-suites.ts";

export { WEAKNESSES, type Weakness } from "./cipher-suites.ts";

export interface CipherList {
  /** `@SECLEVEL=`, the last one. */
  readonly securityLevel?: number;
  /** Weak suites that remain, each with the word that brought it in. */
  readonly weak: readonly { readonly suite: { readonly name: string; readonly weakness: Weakness }; readonly word: string }[];
}

/** Whose suites a list chooses from, where they are not OpenSSL's: BoringSSL as versions of its binding bundle it. */
export type CipherLibrary = "boring 4" | "boring 5";

interface Library {
  readonly suites: readonly Suite[];
  readonly keywords: Keywords;
  /** What the word `DEFAULT` stands for. */
  readonly byDefault: string;
  readonly lists: typeof OPENSSL_LISTS;
  /** The keyword without which the suites that it selects are in no class. */
  readonly deprecated?: string;
}

/** Mozilla's intermediate configuration, version 5.7: https://wiki.mozilla.org/Security/Server_Side_TLS */
export const RECOMMENDED_CIPHERS =
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:" +
  "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384";

/**
 * Separators are colon, comma, semicolon and space; `@` begins an item of its own (`DEFAULT@SECLEVEL=0`). `!` removes for good, `-`
 * removes until added again, `+` only moves to the end, `A+B` means both, `@STRENGTH` sorts. `DEFAULT` counts at the start alone, and what it leaves out
 * is removed for good. What the library does not know it skips, and so does this.
 */
export function readCipherList(text: string, suites?: CipherLibrary): CipherList {
  return readItems(itemsOf(text, libraryOf(suites)), libraryOf(suites));
}

/**
 * The list without items that bring broken suites alone, and with exclusions of those that a class brings; undefined where it has no
 * strong suites to keep, or nothing but a lack of forward secrecy.
 */
export function withoutBroken(text: string, suites?: CipherLibrary): string | undefined {
  const library = libraryOf(suites);
  const all = itemsOf(text, library);
  const words = new Set(brokenIn(all, library).map((it) => it.word));
  const holdsStrong = (item: string): boolean => [...selectedBy([item], library).keys()].some((it) => isStrong(it, library));
  if (words.size === 0 || !all.some(holdsStrong)) return undefined;
  let items = all.filter((it) => !words.has(it) || holdsStrong(it));
  for (const it of exclusionsOf(library))
    if (brokenIn([...items, it], library).length < brokenIn(items, library).length) items = [...items, it];
  return brokenIn(items, library).length === 0 ? items.join(":") : undefined;
}

/** All that remain, weak or not. */
export const suitesIn = (text: string, suites?: CipherLibrary): readonly string[] =>
  [...selectedBy(itemsOf(text, libraryOf(suites)), libraryOf(suites)).keys()].map((it) => it.name);

function readItems(items: readonly string[], library: Library): CipherList {
  const levels = items.flatMap((it) => /^@SECLEVEL=(\d)$/.exec(it)?.[1] ?? []);
  const weak = [...selectedBy(items, library)].flatMap(([suite, word]) => {
    const weakness = weaknessOf(suite);
    // Static RSA counts where a list asks for it; classes such as HIGH and DEFAULT still contain it in every release.
    if (weakness === undefined || (weakness === "no-forward-secrecy" && !asksForStatic(word, suite, library))) return [];
    return [{ suite: { name: suite.name, weakness }, word }];
  });
  const last = levels.at(-1);
  return last === undefined ? { weak } : { weak, securityLevel: Number(last) };
}

const brokenIn = (items: readonly string[], library: Library): CipherList["weak"] =>
  readItems(items, library).weak.filter(({ suite }) => suite.weakness !== "no-forward-secrecy");

/** Nothing is wrong with it, and the library counts it among the strong ones. */
const isStrong = (suite: Suite, { keywords }: Library): boolean => weaknessOf(suite) === undefined && selects("HIGH", suite, keywords);

/** Keywords that select broken suites and no others, as exclusions. */
const exclusionsOf = ({ suites, keywords }: Library): readonly string[] =>
  Object.keys(keywords).flatMap((word) => {
    const selected = suites.filter((it) => selects(word, it, keywords));
    const isBroken = (it: Suite): boolean => ![undefined, "no-forward-secrecy"].includes(weaknessOf(it));
    return selected.length > 0 && selected.every(isBroken) ? [`!${word}`] : [];
  });

/** The suites that remain, in the library's order, each with the word that brought it in. */
function selectedBy(items: readonly string[], library: Library): ReadonlyMap<Suite, string> {
  const selected = new Map<Suite, string>();
  const forbidden = new Set<Suite>();
  const carryOut = (item: string, as: string): void => {
    if (item.startsWith("@") || item.startsWith("+")) return;
    const operator = item.startsWith("!") || item.startsWith("-") ? item[0] : "";
    const word = operator ? item.slice(1) : item;
    for (const suite of library.suites.filter((it) => isSelected(word, it, library))) {
      if (operator === "!") forbidden.add(suite);
      if (operator) selected.delete(suite);
      else if (!forbidden.has(suite) && (!selected.has(suite) || asksForStatic(word, suite, library))) selected.set(suite, as || word);
    }
  };
  for (const [at, item] of items.entries()) {
    if (at > 0 || item !== DEFAULT) carryOut(item, "");
    else for (const it of split(library.byDefault)) carryOut(it, DEFAULT);
  }
  return selected;
}

const DEFAULT = "DEFAULT";

/** `DEFAULT` is one whatever follows it, and only at the start. */
function itemsOf(text: string, { lists }: Library): readonly string[] {
  const whole = lists.find(([word]) => text.startsWith(word));
  if (whole !== undefined) return split(whole[1]);
  return text.startsWith(DEFAULT) ? [DEFAULT, ...split(text.slice(DEFAULT.length))] : split(text);
}

const split = (text: string): readonly string[] => text.split(/[:,; ]+|(?=@)/).filter((it) => it !== "");

function isSelected(word: string, suite: Suite, { keywords, deprecated }: Library): boolean {
  const isDeprecated = deprecated !== undefined && selects(deprecated, suite, keywords);
  return word.split("+").every((it) => selects(it, suite, keywords) && (!isDeprecated || it === deprecated || it === suite.name));
}

const selects = (word: string, suite: Suite, keywords: Keywords): boolean =>
  word === suite.name || alternatives(word, keywords).some((it) => fits(suite, it));

const alternatives = (word: string, keywords: Keywords): readonly Selection[] =>
  Object.hasOwn(keywords, word) ? (keywords[word] ?? []) : [];

const PROPERTIES = ["name", "version", "exchange", "authentication", "encryption", "digest"] as const satisfies readonly (keyof Suite)[];

const fits = (suite: Suite, wanted: Selection): boolean => PROPERTIES.every((it) => wanted[it]?.includes(suite[it]) ?? true);

/** Static RSA is asked for by its name, or by the name of a suite that has it. */
const asksForStatic = (word: string, suite: Suite, { keywords }: Library): boolean =>
  weaknessOf(suite) === "no-forward-secrecy" &&
  word.split("+").some((it) => it === suite.name || alternatives(it, keywords).some(({ exchange }) => exchange !== undefined));

const OPENSSL: Library = {
  suites: SUITES,
  keywords: OPENSSL_KEYWORDS,
  byDefault: "ALL:!COMPLEMENTOFDEFAULT:!eNULL",
  lists: OPENSSL_LISTS,
};

const BORING: Library = {
  suites: SUITES.filter(({ name }) => BORING_SUITES.has(name)),
  keywords: BORING_KEYWORDS,
  byDefault: "ALL",
  lists: [],
};

/** 3DES is in every class of version 4, and in none of version 5: as boring 4.22 and 5.4 list what they choose. */
const LIBRARIES: Readonly<Record<CipherLibrary, Library>> = {
  "boring 4": BORING,
  "boring 5": { ...BORING, deprecated: BORING_DEPRECATED },
};

const libraryOf = (suites: CipherLibrary | undefined): Library => (suites === undefined ? OPENSSL : LIBRARIES[suites]);
