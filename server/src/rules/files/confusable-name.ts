/** Characters in a name that hide, reorder or look like others. */
import { type Attribute, type ByteRange, type Name, rangeSpan, visible } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf } from "./context.ts";

export const confusableName: FileRule = {
  id: "confusable-name",
  judges: "file",
  issuedAgain: "alike",
  summary: "a name has hidden or look-alike characters",
  severity: "warning",
  since: "0.1.0",
  cwe: [451, 1007],
  sources: [
    { title: "Unicode technical report 36: security considerations", url: "https://www.unicode.org/reports/tr36/" },
    { title: "CVE-2009-2408: NUL in a common name", url: "https://nvd.nist.gov/vuln/detail/CVE-2009-2408" },
  ],
  rationale: `An attacker imitates another name: names are displayed, logged and compared as strings. A NUL ends a string for some readers and
not for others; marks of direction and zero-width characters let one name look like another. No CA needs them.

Letters of other scripts are names like any other; only a word that mixes Latin with Cyrillic or Greek letters is reported.`,
  byHand: "only the person who requested the certificate knows the intended name, and only its CA can reissue it",
  examples: [{ bad: "name-with-direction-mark", good: "server-leaf" }],
  judge: (file) =>
    certificatesOf(file).flatMap(({ section, certificate }) => {
      const { subject, issuer, values } = certificate;
      const names: readonly Name[] = certificate.selfIssued ? [subject] : [issuer, subject];
      const verdicts: FileVerdict[] = [];
      const look = (value: string, range: ByteRange, attribute?: Attribute): void => {
        if (!PLAIN.test(value)) verdicts.push(...verdictOf(value, () => rangeSpan(section, range), attribute));
      };
      for (const { attributes } of names) for (const it of attributes) look(it.value, it, it);
      const others = values.alternativeNames ?? [];
      for (let at = 0; at < others.length && at < MOST_NAMES; at++) {
        const it = others[at];
        if (it !== undefined) look(it.value, it);
      }
      return verdicts.slice(0, MOST);
    }),
};

/** Of one certificate: names that are looked at, and faults that are told. */
const MOST_NAMES = 1000;
const MOST = 5;

/** Control characters, marks of direction, zero-width characters. */
const HIDDEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;
const LATIN = /\p{Script=Latin}/u;
const LOOKING_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** The first word with letters of two scripts. */
const mixedWord = (value: string): string | undefined => value.match(/\p{L}+/gu)?.find((it) => LATIN.test(it) && LOOKING_LATIN.test(it));

/** Neither hides anything nor has a second script; the classes of Unicode are slow, and names mostly plain. */
const PLAIN = /^[\x20-\x7e]*$/;

export const isConfusable = (value: string): boolean => !PLAIN.test(value) && (HIDDEN.test(value) || mixedWord(value) !== undefined);

function verdictOf(value: string, span: () => FileVerdict["span"], attribute?: Attribute): readonly FileVerdict[] {
  const hidden = HIDDEN.exec(value)?.[0];
  const mixed = hidden === undefined ? mixedWord(value) : undefined;
  if (hidden === undefined && mixed === undefined) return [];
  const where = attribute === undefined ? "SAN entry" : `${attribute.type} of the name`;
  return [
    {
      span: span(),
      message:
        hidden === undefined
          ? `${where} mixes scripts in one word, \`${visible(mixed ?? "").slice(0, 60)}\`: it may imitate another name`
          : `${where} contains the hidden character \`${visible(hidden)}\`: displayed and compared names may differ`,
      help: "find out who requested it, and have it reissued with a plain name",
    },
  ];
}
