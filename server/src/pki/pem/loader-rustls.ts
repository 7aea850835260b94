/** The PEM reader of rustls: `read` of `pem.rs` and `decode` of `base64.rs` in rustls-pki-types, line by line, without their I/O. */
import { isBlank, isDigit } from "./base64.ts";
import { type Loaded, loaded } from "./loading.ts";

export const RUSTLS_LABELS: readonly string[] = [
  "CERTIFICATE",
  "PUBLIC KEY",
  "RSA PRIVATE KEY",
  "PRIVATE KEY",
  "EC PRIVATE KEY",
  "X509 CRL",
  "CERTIFICATE REQUEST",
  "ECHCONFIG",
];

/** After an error the iterator goes on with the next line, with no section open. */
export function loadWithRustls(text: string): Loaded[] {
  const sections: Loaded[] = [];
  let open: { readonly begin: number; readonly label: string; readonly end: string; readonly known: boolean } | undefined;
  let body = new Body(text);
  const close = (outcome: Loaded["outcome"], error?: string): void => {
    if (open !== undefined) sections.push(loaded(open.begin, open.label, outcome, error));
    open = undefined;
    body = new Body(text);
  };
  for (const { start, end } of lines(text)) {
    if (text.startsWith("-----BEGIN ", start)) {
      const line = text.slice(start, end);
      const { dashes, at } = trailer(line);
      if (dashes !== 5) {
        close("merged");
        sections.push(loaded(start, line.slice(11, at), "refused", "IllegalSectionStart"));
        continue;
      }
      const label = line.slice(11, at);
      // The body read so far is kept: the reader forgets only the label.
      const kept = body;
      if (open !== undefined) close("merged");
      body = kept;
      open = { begin: start, label, end: `-----END ${label}-----`, known: RUSTLS_LABELS.includes(label) };
    } else if (open !== undefined && text.startsWith(open.end, start)) {
      const error = open.known ? body.error() : undefined;
      close(error !== undefined ? "refused" : open.known ? "loaded" : "skipped", error);
    } else if (open !== undefined) body.take(start, end);
  }
  close("refused", "MissingSectionEnd");
  return sections;
}

/** Each of `\n` and `\r` ends a line. */
function* lines(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const next = (end: string, from: number): number => {
    const found = text.indexOf(end, from);
    return found < 0 ? text.length : found;
  };
  let feed = next("\n", 0);
  let carriage = next("\r", 0);
  for (let start = 0; start < text.length; ) {
    const end = Math.min(feed, carriage);
    yield { start, end };
    start = end + 1;
    if (feed < start) feed = next("\n", start);
    if (carriage < start) carriage = next("\r", start);
  }
}

/** All dashes behind the label, whatever blanks stand between or after them. */
function trailer(line: string): { readonly dashes: number; readonly at: number } {
  let dashes = 0;
  let at = line.length;
  for (let index = line.length - 1; index >= 0; index--) {
    const character = line[index];
    if (character === "-") {
      dashes++;
      at = index;
    } else if (character !== " ") break;
  }
  return { dashes, at };
}

/** `decode` takes blocks of eight characters, white space aside: padding may stand in the last four only, or be missing. */
class Body {
  readonly #text: string;
  #used = 0;
  #padding = 0;
  #error: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  take(start: number, end: number): void {
    const text = this.#text;
    for (let at = start; at < end && this.#error === undefined; at++) {
      const code = text.charCodeAt(at);
      if (isBlank(code)) continue;
      const pad = code === 0x3d;
      if (!pad && !isDigit(code)) this.#error = `InvalidCharacter(${code < 0x80 ? code : firstUtf8Byte(code)})`;
      else {
        if (this.#used === 8) {
          if (this.#padding !== 0) this.#error = "PrematurePadding";
          this.#used = 0;
        }
        if (pad) this.#padding |= 1 << this.#used;
        this.#used++;
      }
    }
  }

  error(): string | undefined {
    if (this.#error !== undefined) return this.#error;
    let used = this.#used;
    let padding = this.#padding;
    if (used > 4) {
      if ((padding & 0b1111) !== 0) return "PrematurePadding";
      padding >>= 4;
      used -= 4;
    }
    const whole = padding === 0 && used !== 1;
    const padded = used === 4 && (padding === 0b1000 || padding === 0b1100);
    return whole || padded ? undefined : "InvalidTrailingPadding";
  }
}

const firstUtf8Byte = (code: number): number =>
  code < 0x800 ? 0xc0 | (code >> 6) : code < 0xd800 || code > 0xdfff ? 0xe0 | (code >> 12) : 0xf0;
