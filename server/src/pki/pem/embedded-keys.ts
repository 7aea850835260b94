/**
 * Private keys that stand in the text of something else: in string literals of any language, in JSON and YAML, behind `#` or `//`; and JSON Web Keys.
 * Their line ends may be escaped and their lines quoted or indented; what does not decode to a key is a placeholder, and none.
 */
import { type Span, span } from "../../base/span.ts";
import { type KeyWork, keyWork, readPrivateKey } from "../keys/keys.ts";
import { webKeySections } from "../keys/web-keys.ts";
import type { Section } from "../section.ts";
import { readBase64 } from "./base64.ts";

const BEGIN = "-----BEGIN ";
const DASHES = "-----";
const KEY_LABEL = /^(?:[A-Z0-9]+ ){0,4}PRIVATE KEY$/;
const LONGEST_LABEL = 40;
/** RSA of 16,384 bits has some 13,000 digits, and escapes between them. */
const LONGEST_KEY = 65_536;

/** Each as a section; `span` reaches from boundary to boundary. */
export function embeddedKeys(text: string): readonly Section[] {
  const found: Section[] = [];
  const work = keyWork();
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + BEGIN.length)) {
    const section = keyAt(text, at, work);
    if (section !== undefined) found.push(section);
  }
  return [...found, ...webKeySections(text, work).filter((it) => it.kind === "private-key")];
}

function keyAt(text: string, at: number, work: KeyWork): Section | undefined {
  const dashes = text.slice(at + BEGIN.length, at + BEGIN.length + LONGEST_LABEL + DASHES.length).indexOf(DASHES);
  const label = text.slice(at + BEGIN.length, at + BEGIN.length + Math.max(0, dashes));
  if (!KEY_LABEL.test(label)) return undefined;
  const boundary = span(at, at + BEGIN.length + dashes + DASHES.length);
  const limit = text.slice(boundary.end, boundary.end + LONGEST_KEY);
  const end = limit.indexOf(`-----END ${label}-----`);
  const der = end < 0 ? undefined : decoded(limit.slice(0, end));
  if (der === undefined) return undefined;
  const parsed = readPrivateKey(der, label, [], work);
  if ("offset" in parsed) return undefined;
  const whole: Span = span(at, boundary.end + end + `-----END ${label}-----`.length);
  return { kind: "private-key", label, span: whole, boundary, parsed, problems: [], textSpan: () => boundary };
}

/** What is left when escapes, quotes, marks of comments and concatenation are taken away is base64, or nothing. */
function decoded(body: string): Uint8Array | undefined {
  const digits = body
    .replace(/\\{1,4}(?:[nrt]|u000[aAdD]|x0[aAdD])/g, "\n")
    .replace(/(["'`])[ \t]{0,80}\+/g, "$1")
    .replace(/(^|\n)[ \t]{0,200}(?:\/\/[/!]?|[#*])(?=[ \t])/g, "$1")
    .replace(/[\s"'`,\\]/g, "");
  return /^[A-Za-z0-9+/]{16,}={0,2}$/.test(digits) ? readBase64(digits, span(0, digits.length)).bytes : undefined;
}
