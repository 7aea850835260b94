/** Chains as files, and the ways in which people break such files: all of them together, so that each damage meets each chain in each order. */
import { bytes, pem } from "../../certificates/build.ts";
import { chain, keyOf } from "../chain.ts";
import { AUTHORITY, issue, KEYS } from "../issue.ts";

export interface Damaged {
  readonly damage: string;
  readonly shape: string;
  readonly order: "right" | "reversed";
  readonly file: Uint8Array;
  /** The contents of its sections, in the order of the file. */
  readonly meant: readonly Uint8Array[];
}

type Part = readonly [label: string, der: Uint8Array];
const certificate = (der: Uint8Array): Part => ["CERTIFICATE", der];

const { root, intermediate, leaf } = chain();
const { key = new Uint8Array() } = keyOf(KEYS.leaf);
/** The same authority under another root. */
const cross = issue({
  spec: { issuer: "Other", subject: "Intermediate", serial: bytes(9), extensions: AUTHORITY },
  key: KEYS.intermediate,
  issuer: KEYS.other,
});

/** All that any of the files holds, in the order in which a server sends it; root and key come last. */
export const CHAIN: readonly Uint8Array[] = [leaf, intermediate, cross, root, key];

const SHAPES: Readonly<Record<string, readonly Part[]>> = {
  leaf: [certificate(leaf)],
  "leaf and intermediate": [certificate(leaf), certificate(intermediate)],
  "whole chain": [certificate(leaf), certificate(intermediate), certificate(root)],
  "cross-signed": [certificate(leaf), certificate(intermediate), certificate(cross)],
  "chain and key": [certificate(leaf), certificate(intermediate), ["PRIVATE KEY", key]],
};

const utf16 = (text: string, mark: boolean, little: boolean): Uint8Array =>
  Uint8Array.from(
    [...(mark ? [0xfeff] : []), ...Array.from(text, (it) => it.charCodeAt(0))].flatMap((unit) =>
      little ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff],
    ),
  );
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const inText = (change: (text: string) => string) => (text: string) => utf8(change(text));
const onFirst = (text: string, from: RegExp, to: string): string => text.replace(from, to);

/** Of a file whose lines end with `\n`. */
const DAMAGES: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "lone carriage returns": inText((it) => it.replaceAll("\n", "\r")),
  "some lone carriage returns": inText((it) => it.replace(/\n(?=-----BEGIN)/g, "\r")),
  "two carriage returns": inText((it) => it.replaceAll("\n", "\r\r\n")),
  "escaped line ends": inText((it) => it.replaceAll("\n", "\\n")),
  "escaped line ends in quotes": inText((it) => `"${it.replaceAll("\n", "\\n")}"`),
  "each section in quotes": inText((it) => it.replaceAll(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g, '"$&"')),
  "each line in quotes": inText((it) => it.replaceAll(/^.+$/gm, '"$&"')),
  "each line a quotation": inText((it) => it.replaceAll(/^(?=.)/gm, "> ")),
  "CERTIFICATES at the first BEGIN": inText((it) => onFirst(it, /BEGIN CERTIFICATE-/, "BEGIN CERTIFICATES-")),
  "CERT in the first section": inText((it) => onFirst(it, /BEGIN CERTIFICATE(-----[^-]+-----)END CERTIFICATE/, "BEGIN CERT$1END CERT")),
  "X509 CERTIFICATE in all sections": inText((it) => it.replaceAll(" CERTIFICATE-", " X509 CERTIFICATE-")),
  "a label in small letters": inText((it) => onFirst(it, /BEGIN CERTIFICATE-/, "BEGIN certificate-")),
  "another label at the first END": inText((it) => onFirst(it, /END CERTIFICATE-/, "END X509 CRL-")),
  "UTF-16, little-endian": (it) => utf16(it, true, true),
  "UTF-16, big-endian": (it) => utf16(it, true, false),
  "UTF-16 without a mark": (it) => utf16(it, false, true),
  "a byte order mark": inText((it) => `\ufeff${it}`),
  "text behind the first BEGIN": inText((it) => onFirst(it, /(-----BEGIN [^\n]+)/, "$1 # ours")),
  "a word behind the first BEGIN": inText((it) => onFirst(it, /(-----BEGIN [^\n]+)/, "$1 server")),
  "text behind the first END": inText((it) => onFirst(it, /(-----END [^\n]+)/, "$1 # ours")),
  "text before the first BEGIN": inText((it) => `cert: ${it}`),
  "boundaries on one line": inText((it) => it.replaceAll(/(-----END [^\n]+)\n(?=-----BEGIN)/g, "$1")),
  "no line end behind the last END": inText((it) => it.trimEnd()),
  "the last END missing": inText((it) => it.replace(/-----END [^\n]+\n$/, "")),
  "four dashes": inText((it) => onFirst(it, /-----END/, "----END")),
  "a dash of typographers": inText((it) => onFirst(it, /-----BEGIN/, "—–—BEGIN")),
  indented: inText((it) => it.replaceAll(/^(?=.)/gm, "    ")),
  "the first section indented": inText((it) =>
    it.replace(/^[^-]*-----BEGIN[\s\S]*?-----END [^\n]+/, (section) => section.replaceAll(/^/gm, "\t")),
  ),
  "each section on one line": inText((it) =>
    it.replaceAll(
      /(-----BEGIN [^-]+-----)([^-]+)(?=-----END)/g,
      (_, begin: string, body: string) => `${begin}${body.replaceAll("\n", "")}`,
    ),
  ),
  "bodies on one line": inText((it) =>
    it.replaceAll(
      /(-----BEGIN [^-]+-----\n)([^-]+)(?=-----END)/g,
      (_, begin: string, body: string) => `${begin}${body.replaceAll("\n", "")}\n`,
    ),
  ),
  "blank lines between all": inText((it) => it.replaceAll("\n", "\n\n")),
  "a header in the first section": inText((it) => onFirst(it, /(-----BEGIN [^\n]+\n)/, "$1Comment: ours\n")),
  "padding missing": inText((it) => it.replaceAll(/=+\n/g, "\n")),
  "blanks behind all lines": inText((it) => it.replaceAll("\n", "  \n")),
  CRLF: inText((it) => it.replaceAll("\n", "\r\n")),
};

export function damagedFiles(): readonly Damaged[] {
  return Object.entries(DAMAGES).flatMap(([damage, apply]) =>
    Object.entries(SHAPES).flatMap(([shape, parts]) =>
      (["right", "reversed"] as const).flatMap((order) => {
        if (order === "reversed" && parts.length === 1) return [];
        const ordered = order === "right" ? parts : [...parts].reverse();
        const text = ordered.map(([label, der]) => pem(label, der)).join("");
        return [{ damage, shape, order, file: apply(text), meant: ordered.map(([, der]) => der) }];
      }),
    ),
  );
}
