/** What a file's bytes say that its name does not: certificates under any ending, in any encoding, and private keys within other text. */

/** Enough of a file to see that it is no text. */
const SAMPLE_BYTES = 8192;

export type Looks = "certificates" | "text" | undefined;

/**
 * `certificates`: the file is one of PEM or DER. `text`: something else that holds a private key in its text. A boundary alone does not
 * make a file of certificates: documents and code quote them, so that PEM has to come first or make up most of it.
 */
export async function looksOf(bytes: Uint8Array): Promise<Looks> {
  if (isDer(bytes)) return "certificates";
  const text = textWithBoundary(bytes);
  if (text === undefined) return looksOfJson(bytes);
  if (isMostlyPem(text)) return "certificates";
  return KEY_BOUNDARY.test(text) ? "text" : undefined;
}

/** JSON Web Keys: a file of them, or settings that hold a private one. */
async function looksOfJson(bytes: Uint8Array): Promise<Looks> {
  const first = bytes.find((byte) => byte > 0x20);
  if ((first !== 0x7b && first !== 0x5b) || indexOfBytes(bytes, KTY) < 0) return undefined;
  const { embeddedKeys, isMostlyWebKeys } = await import("../pki/index.ts");
  const text = new TextDecoder("latin1").decode(bytes);
  if (isMostlyWebKeys(text)) return "certificates";
  return embeddedKeys(text).length > 0 ? "text" : undefined;
}
const KTY = new TextEncoder().encode('"kty"');

/** Whether nothing that follows could make it a file of certificates or a text with keys. */
export const isForeign = (start: Uint8Array): boolean =>
  !looksLikeDerHead(start) && !isUtf16(start) && start.subarray(0, SAMPLE_BYTES).includes(0);

const KEY_BOUNDARY = /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY-----/;

/** A boundary at the start of a line, behind a byte order mark, too. */
const BOUNDARY_LINE = /(?:^\ufeff?|[\r\n])-----BEGIN [A-Z0-9 ]{1,40}-----/;

export const holdsBoundaryLine = (bytes: Uint8Array): boolean => {
  const text = textWithBoundary(bytes);
  return text !== undefined && BOUNDARY_LINE.test(text);
};

/** The text of a file in which `-----BEGIN ` stands somewhere; its bytes are looked for before anything is decoded. */
function textWithBoundary(bytes: Uint8Array): string | undefined {
  const utf16 = isUtf16(bytes);
  if (utf16) {
    const text = new TextDecoder(utf16).decode(bytes);
    return text.includes(BEGIN) ? text : undefined;
  }
  return isForeign(bytes) || indexOfBytes(bytes, BEGIN_BYTES) < 0 ? undefined : new TextDecoder("latin1").decode(bytes);
}

const BEGIN = "-----BEGIN ";
const BEGIN_BYTES = new TextEncoder().encode(BEGIN);

/** By its mark, else by the zeros that ASCII has in it. */
function isUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first = 1, second = 1, third = 1, fourth = 1] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && third !== 0 && fourth === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && third === 0 && fourth !== 0) ? "utf-16be" : undefined;
}

/** The first of the dashes is sought by the engine's own search. */
function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  const last = wanted[wanted.length - 2] ?? 0;
  // `N` of `BEGIN` is rarer than a dash.
  for (let at = bytes.indexOf(last, wanted.length - 2); at >= 0; at = bytes.indexOf(last, at + 1)) {
    const start = at - (wanted.length - 2);
    if (wanted.every((it, index) => bytes[start + index] === it)) return start;
  }
  return -1;
}

/** One element of a sequence from the first byte to the last, but for a line end: what a certificate, key, list or store is. */
function isDer(bytes: Uint8Array): boolean {
  if (!looksLikeDerHead(bytes)) return false;
  const lengthBytes = (bytes[1] ?? 0) & 0x7f;
  let length = 0;
  for (let at = 0; at < lengthBytes; at++) length = length * 256 + (bytes[2 + at] ?? 0);
  const rest = bytes.length - (2 + lengthBytes + length);
  return rest >= 0 && rest <= 2;
}

const SEQUENCE = 0x30;
/** What a certificate, a key, a store or a message begins with inside: a sequence, a number or an identifier. */
const INSIDE: ReadonlySet<number> = new Set([SEQUENCE, 0x02, 0x06]);

/** A sequence of a length that takes one to four bytes; text has no such second byte. */
function looksLikeDerHead(bytes: Uint8Array): boolean {
  const second = bytes[1] ?? 0;
  return bytes[0] === SEQUENCE && second > 0x80 && second <= 0x84 && INSIDE.has(bytes[2 + (second & 0x7f)] ?? 0);
}

function isMostlyPem(text: string): boolean {
  if (/^\ufeff?\s{0,200}-----BEGIN [A-Z0-9 ]{1,40}-----/.test(text)) return true;
  if (!BOUNDARY_LINE.test(text)) return false;
  let inside = 0;
  for (let at = text.indexOf(BEGIN); at >= 0; ) {
    const end = text.indexOf("-----END ", at);
    if (end < 0) break;
    inside += end - at;
    at = text.indexOf(BEGIN, end);
  }
  return inside * 2 >= text.length;
}
