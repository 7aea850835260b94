/**
 * OpenSSL's cipher strings, read as OpenSSL reads them, as far as it matters which weak suites remain.
 * The grammar: openssl-ciphers(1), "CIPHER LIST FORMAT", https://docs.openssl.org/master/man1/openssl-ciphers/
 */

/** Why a suite must not be used any more. */
export type Weakness = "no-encryption" | "anonymous" | "short-key" | "rc4" | "small-block" | "no-forward-secrecy";

export interface WeakSuite {
  readonly name: string;
  readonly weakness: Weakness;
  /** The words that select it: key exchange, authentication, cipher, digest, strength, as in `openssl ciphers -v`. */
  readonly words: ReadonlySet<string>;
}

export interface CipherList {
  /** `@SECLEVEL=`, the last one. */
  readonly securityLevel?: number;
  /** Weak suites that remain, each with the word that brought it in. */
  readonly weak: readonly { readonly suite: WeakSuite; readonly word: string }[];
}

/** What each weakness means, with what forbids it. */
export const WEAKNESSES: Readonly<Record<Weakness, { readonly meaning: string; readonly citation: string }>> = {
  "no-encryption": { meaning: "no encryption", citation: "RFC 9325, section 4.1: MUST NOT negotiate NULL encryption" },
  anonymous: { meaning: "no authentication", citation: "RFC 5246, appendix F.1.1.1: open to man-in-the-middle attacks" },
  "short-key": { meaning: "keys short enough to brute-force", citation: "RFC 9325, section 4.1: MUST NOT negotiate less than 112 bits" },
  rc4: { meaning: "RC4 leaks plaintext", citation: "RFC 7465: RC4 MUST NOT be used" },
  "small-block": {
    meaning: "64-bit blocks leak plaintext in long connections",
    citation: "CVE-2016-2183 (Sweet32); NIST SP 800-131A Rev. 2, section 2",
  },
  "no-forward-secrecy": {
    meaning: "no forward secrecy",
    citation: "RFC 9325, section 4.1: SHOULD NOT negotiate static RSA",
  },
};

/** Mozilla's intermediate configuration, version 5.7: https://wiki.mozilla.org/Security/Server_Side_TLS */
export const RECOMMENDED_CIPHERS =
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:" +
  "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384";

/**
 * Separators are colon, comma, semicolon and space; `@` begins an item of its own (`DEFAULT@SECLEVEL=0`). `!` removes for good, `-` removes until added again, `+` only moves to the
 * end, `A+B` means both, `@STRENGTH` sorts. What the library does not know it skips, and so does this.
 */
export function readCipherList(text: string, suites?: CipherLibrary): CipherList {
  const library = suites === undefined ? OPENSSL : LIBRARIES[suites];
  const selected = new Map<WeakSuite, string>();
  const forbidden = new Set<WeakSuite>();
  let securityLevel: number | undefined;
  for (const item of itemsOf(text)) {
    const level = /^@SECLEVEL=(\d)$/.exec(item)?.[1];
    if (level !== undefined) securityLevel = Number(level);
    if (item.startsWith("@") || item.startsWith("+")) continue;
    const operator = item.startsWith("!") || item.startsWith("-") ? item[0] : "";
    const word = operator ? item.slice(1) : item;
    for (const suite of library.suites.filter((it) => selects(word, it, library))) {
      if (operator === "!") forbidden.add(suite);
      if (operator) selected.delete(suite);
      else if (!forbidden.has(suite) && !selected.has(suite)) selected.set(suite, word);
    }
  }
  const weak = [...selected].map(([suite, word]) => ({ suite, word }));
  return securityLevel === undefined ? { weak } : { weak, securityLevel };
}

/**
 * The list without items that bring broken suites alone, and with exclusions of those that a class brings; undefined where it has no
 * strong suites to keep, or nothing but a lack of forward secrecy.
 */
export function withoutBroken(text: string): string | undefined {
  const broken = (items: readonly string[]): ReadonlySet<string> =>
    new Set(readCipherList(items.join(":")).weak.flatMap(({ suite, word }) => (suite.weakness === "no-forward-secrecy" ? [] : [word])));
  const all = itemsOf(text);
  const words = broken(all);
  if (words.size === 0 || !all.some((it) => HOLDS_STRONG.has(it))) return undefined;
  let items = all.filter((it) => HOLDS_STRONG.has(it) || !words.has(it));
  for (const it of EXCLUSIONS) if (countOf([...items, it]) < countOf(items)) items = [...items, it];
  return broken(items).size === 0 ? items.join(":") : undefined;
}

/** Suites that are broken. */
const countOf = (items: readonly string[]): number =>
  readCipherList(items.join(":")).weak.filter(({ suite }) => suite.weakness !== "no-forward-secrecy").length;

const EXCLUSIONS = ["!aNULL", "!eNULL", "!RC4", "!DES", "!3DES", "!IDEA", "!EXPORT"] as const;
const HOLDS_STRONG: ReadonlySet<string> = new Set(["ALL", "HIGH", "DEFAULT", ...RECOMMENDED_CIPHERS.split(":")]);

const itemsOf = (text: string): readonly string[] => text.split(/[:,; ]+|(?=@)/).filter((it) => it !== "");

const selects = (word: string, suite: WeakSuite, { aliases }: Library): boolean =>
  word.split("+").every((part) => part === suite.name || (aliases[part] ?? [part]).some((it) => suite.words.has(it)));

/** Words that stand for several, and other names of one: openssl-ciphers(1), "CIPHER STRINGS". */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  ALL: ["encrypted"],
  COMPLEMENTOFALL: ["eNULL"],
  // The default leaves out what this table holds, except suites without forward secrecy, which only a name brings in here.
  COMPLEMENTOFDEFAULT: ["aNULL", "RC4", "3DES", "DES", "RC2", "IDEA"],
  DEFAULT: [],
  NULL: ["eNULL"],
  EXP: ["EXPORT"],
  EXPORT40: ["EXPORT"],
  EXPORT56: [],
  SHA: ["SHA1"],
  RSA: ["aRSA", "kRSA"],
  kEDH: ["kDHE"],
  EDH: ["DHE"],
  kEECDH: ["kECDHE"],
  EECDH: ["ECDHE"],
  ECDH: ["kECDHE"],
  DH: ["kDHE"],
  ECDSA: ["aECDSA"],
  DSS: ["aDSS"],
  PSK: ["kPSK", "kDHEPSK", "kRSAPSK", "kECDHEPSK"],
};

/**
 * One line for suites that share their properties: names, then the words. From `openssl ciphers -v 'ALL:COMPLEMENTOFALL'` of
 * OpenSSL 3.0 and, for what that is built without, the tables of openssl-ciphers(1) of 1.0.2 and 1.1.1.
 */
const TABLE: readonly (readonly [weakness: Weakness, names: string, words: string])[] = [
  ["no-encryption", "NULL-MD5", "eNULL kRSA aRSA MD5"],
  ["no-encryption", "NULL-SHA", "eNULL kRSA aRSA SHA1"],
  ["no-encryption", "NULL-SHA256", "eNULL kRSA aRSA SHA256"],
  ["no-encryption", "ECDHE-RSA-NULL-SHA", "eNULL kECDHE ECDHE aRSA SHA1"],
  ["no-encryption", "ECDHE-ECDSA-NULL-SHA", "eNULL kECDHE ECDHE aECDSA SHA1"],
  ["no-encryption", "AECDH-NULL-SHA", "eNULL kECDHE aNULL AECDH SHA1"],
  ["no-encryption", "PSK-NULL-SHA PSK-NULL-SHA256 PSK-NULL-SHA384", "eNULL kPSK aPSK"],
  ["no-encryption", "DHE-PSK-NULL-SHA DHE-PSK-NULL-SHA256 DHE-PSK-NULL-SHA384", "eNULL kDHEPSK aPSK"],
  ["no-encryption", "ECDHE-PSK-NULL-SHA ECDHE-PSK-NULL-SHA256 ECDHE-PSK-NULL-SHA384", "eNULL kECDHEPSK aPSK"],
  ["no-encryption", "RSA-PSK-NULL-SHA RSA-PSK-NULL-SHA256 RSA-PSK-NULL-SHA384", "eNULL kRSAPSK aRSA"],
  ["anonymous", "ADH-AES128-SHA ADH-AES256-SHA", "encrypted kDHE aNULL ADH AES SHA1 HIGH"],
  ["anonymous", "ADH-AES128-SHA256 ADH-AES256-SHA256", "encrypted kDHE aNULL ADH AES SHA256 HIGH"],
  ["anonymous", "ADH-AES128-GCM-SHA256 ADH-AES256-GCM-SHA384", "encrypted kDHE aNULL ADH AES AESGCM HIGH"],
  ["anonymous", "ADH-CAMELLIA128-SHA ADH-CAMELLIA256-SHA", "encrypted kDHE aNULL ADH CAMELLIA SHA1 HIGH"],
  ["anonymous", "ADH-CAMELLIA128-SHA256 ADH-CAMELLIA256-SHA256", "encrypted kDHE aNULL ADH CAMELLIA SHA256 HIGH"],
  ["anonymous", "ADH-SEED-SHA", "encrypted kDHE aNULL ADH SEED SHA1 MEDIUM"],
  ["anonymous", "ADH-RC4-MD5", "encrypted kDHE aNULL ADH RC4 MD5 MEDIUM"],
  ["anonymous", "ADH-DES-CBC3-SHA", "encrypted kDHE aNULL ADH 3DES SHA1 MEDIUM"],
  ["anonymous", "ADH-DES-CBC-SHA", "encrypted kDHE aNULL ADH DES SHA1 LOW"],
  ["anonymous", "AECDH-AES128-SHA AECDH-AES256-SHA", "encrypted kECDHE aNULL AECDH AES SHA1 HIGH"],
  ["anonymous", "AECDH-RC4-SHA", "encrypted kECDHE aNULL AECDH RC4 SHA1 MEDIUM"],
  ["anonymous", "AECDH-DES-CBC3-SHA", "encrypted kECDHE aNULL AECDH 3DES SHA1 MEDIUM"],
  ["anonymous", "EXP-ADH-RC4-MD5", "encrypted kDHE aNULL ADH RC4 MD5 EXPORT"],
  ["anonymous", "EXP-ADH-DES-CBC-SHA", "encrypted kDHE aNULL ADH DES SHA1 EXPORT"],
  ["short-key", "EXP-RC4-MD5", "encrypted kRSA aRSA RC4 MD5 EXPORT"],
  ["short-key", "EXP-RC2-CBC-MD5", "encrypted kRSA aRSA RC2 MD5 EXPORT"],
  ["short-key", "EXP-DES-CBC-SHA", "encrypted kRSA aRSA DES SHA1 EXPORT"],
  ["short-key", "EXP-EDH-RSA-DES-CBC-SHA", "encrypted kDHE DHE aRSA DES SHA1 EXPORT"],
  ["short-key", "EXP-EDH-DSS-DES-CBC-SHA", "encrypted kDHE DHE aDSS DES SHA1 EXPORT"],
  ["short-key", "DES-CBC-SHA", "encrypted kRSA aRSA DES SHA1 LOW"],
  ["short-key", "EDH-RSA-DES-CBC-SHA DHE-RSA-DES-CBC-SHA", "encrypted kDHE DHE aRSA DES SHA1 LOW"],
  ["short-key", "EDH-DSS-DES-CBC-SHA DHE-DSS-DES-CBC-SHA", "encrypted kDHE DHE aDSS DES SHA1 LOW"],
  ["rc4", "RC4-MD5", "encrypted kRSA aRSA RC4 MD5 MEDIUM"],
  ["rc4", "RC4-SHA", "encrypted kRSA aRSA RC4 SHA1 MEDIUM"],
  ["rc4", "ECDHE-RSA-RC4-SHA", "encrypted kECDHE ECDHE aRSA RC4 SHA1 MEDIUM"],
  ["rc4", "ECDHE-ECDSA-RC4-SHA", "encrypted kECDHE ECDHE aECDSA RC4 SHA1 MEDIUM"],
  ["rc4", "PSK-RC4-SHA DHE-PSK-RC4-SHA RSA-PSK-RC4-SHA ECDHE-PSK-RC4-SHA", "encrypted kPSK aPSK RC4 SHA1 MEDIUM"],
  ["small-block", "DES-CBC3-SHA", "encrypted kRSA aRSA 3DES SHA1 MEDIUM"],
  ["small-block", "EDH-RSA-DES-CBC3-SHA DHE-RSA-DES-CBC3-SHA", "encrypted kDHE DHE aRSA 3DES SHA1 MEDIUM"],
  ["small-block", "EDH-DSS-DES-CBC3-SHA DHE-DSS-DES-CBC3-SHA", "encrypted kDHE DHE aDSS 3DES SHA1 MEDIUM"],
  ["small-block", "ECDHE-RSA-DES-CBC3-SHA", "encrypted kECDHE ECDHE aRSA 3DES SHA1 MEDIUM"],
  ["small-block", "ECDHE-ECDSA-DES-CBC3-SHA", "encrypted kECDHE ECDHE aECDSA 3DES SHA1 MEDIUM"],
  ["small-block", "PSK-3DES-EDE-CBC-SHA DHE-PSK-3DES-EDE-CBC-SHA RSA-PSK-3DES-EDE-CBC-SHA", "encrypted kPSK aPSK 3DES SHA1 MEDIUM"],
  ["small-block", "IDEA-CBC-SHA", "encrypted kRSA aRSA IDEA SHA1 MEDIUM"],
  // Static RSA counts where a list names it; classes such as HIGH and DEFAULT still contain it in every release.
  ["no-forward-secrecy", "AES128-SHA AES256-SHA AES128-SHA256 AES256-SHA256 AES128-GCM-SHA256 AES256-GCM-SHA384", "kRSA"],
  ["no-forward-secrecy", "AES128-CCM AES256-CCM AES128-CCM8 AES256-CCM8 ARIA128-GCM-SHA256 ARIA256-GCM-SHA384 SEED-SHA", "kRSA"],
  ["no-forward-secrecy", "CAMELLIA128-SHA CAMELLIA256-SHA CAMELLIA128-SHA256 CAMELLIA256-SHA256", "kRSA"],
];

const WEAK_SUITES: readonly WeakSuite[] = TABLE.flatMap(([weakness, names, words]) =>
  names.split(" ").map((name) => ({ name, weakness, words: new Set(words.split(" ")) })),
);

/** Whose suites a list chooses from, where they are not OpenSSL's: BoringSSL as versions of its binding bundle it. */
export type CipherLibrary = "boring 4" | "boring 5";

interface Library {
  readonly suites: readonly WeakSuite[];
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

const OPENSSL: Library = { suites: WEAK_SUITES, aliases: ALIASES };

/**
 * BoringSSL has no suites without encryption or authentication. Of the weak ones it has those without forward secrecy, and 3DES: in version 4
 * in every class, `DEFAULT` and `HIGH` among them, from version 5 on only where it is named. As boring 4.22 and 5.4 list what they choose.
 */
const LIBRARIES: Readonly<Record<CipherLibrary, Library>> = {
  "boring 4": {
    suites: ofBoring(({ words }) => words),
    aliases: { ...ALIASES, DEFAULT: ["encrypted"], HIGH: ["encrypted"] },
  },
  "boring 5": {
    suites: ofBoring(({ weakness, words }) => (weakness === "small-block" ? new Set(["3DES"]) : words)),
    aliases: ALIASES,
  },
};

function ofBoring(words: (suite: WeakSuite) => ReadonlySet<string>): readonly WeakSuite[] {
  const names = new Set("DES-CBC3-SHA AES128-SHA AES256-SHA AES128-GCM-SHA256 AES256-GCM-SHA384".split(" "));
  return WEAK_SUITES.filter((it) => names.has(it.name)).map((it) => ({ ...it, words: words(it) }));
}
