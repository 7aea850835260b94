/** The PEM reader of OpenSSL: `get_name`, `get_header_and_data` and `EVP_DecodeUpdate` of `pem_lib.c` and `encode.c`, line by line. */
import { isDigit } from "./base64.ts";
import type { Loaded } from "./loading.ts";

/** What `SSL_CTX_load_verify_locations`, `SSL_CTX_use_certificate_chain_file` and their like know between them. */
const KNOWN = [
  "CERTIFICATE",
  "X509 CERTIFICATE",
  "TRUSTED CERTIFICATE",
  "X509 CRL",
  "CERTIFICATE REQUEST",
  "NEW CERTIFICATE REQUEST",
  "PUBLIC KEY",
  "RSA PUBLIC KEY",
  "PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "RSA PRIVATE KEY",
  "EC PRIVATE KEY",
  "DSA PRIVATE KEY",
];

/** Some failures leave nothing in OpenSSL's queue of errors. */
export const NO_REASON = "no reason given";

/** `LINESIZE` of `pem_lib.c`, less the terminating zero: longer lines are read in pieces. */
const PIECE = 254;

/** The first error ends the loading: nothing after it is loaded. */
export function loadWithOpenssl(text: string): Loaded[] {
  const loaded: Loaded[] = [];
  const reader = new Pieces(text);
  for (;;) {
    const begin = nextBegin(reader);
    if (begin === undefined) return loaded;
    const error = readBody(reader, begin.label);
    const outcome = error !== undefined ? "refused" : KNOWN.includes(begin.label) ? "loaded" : "skipped";
    loaded.push({ ...begin, outcome, ...(error !== undefined && { error }) });
    if (error !== undefined) return loaded;
  }
}

function nextBegin(reader: Pieces): { readonly begin: number; readonly label: string } | undefined {
  for (let piece = reader.next(); piece !== undefined; piece = reader.next()) {
    const line = piece.line;
    if (line.startsWith("-----BEGIN ") && line.endsWith("-----") && line.length >= 15)
      return { begin: piece.start, label: line.slice(11, -5) };
  }
  return undefined;
}

function readBody(reader: Pieces, label: string): string | undefined {
  let state: "maybe" | "header" | "data" = "maybe";
  const header = new Lines();
  const data = new Lines();
  let short = false;
  let partial = false;
  for (;;) {
    const piece = reader.next();
    if (piece === undefined) return "bad end line";
    const continued = partial;
    partial = piece.partial;
    if (state === "maybe" && piece.line.includes(":")) state = "header";
    if (piece.line === "") {
      if (continued) continue;
      if (state === "data") return "bad end line";
      state = "data";
      continue;
    }
    if (piece.line.startsWith("-----END ")) {
      if (piece.line !== `-----END ${label}-----`) return "bad end line";
      return state === "maybe" ? header.error(data) : data.error(header);
    }
    if (short) return "bad end line";
    (state === "data" ? data : header).take(untilZero(piece.line));
    if (state === "data") {
      // Only what follows a header is checked for its width.
      const width = widthOf(piece.line);
      if (width > 64) return NO_REASON;
      short = width < 64;
    }
  }
}

/** As `BIO_puts` writes it. */
const untilZero = (line: string): string => (line.includes("\0") ? line.split("\0", 1).join() : line);

/** In bytes of UTF-8; what is more than 64 characters is too wide in any case. */
const widthOf = (line: string): number =>
  line.length > 64 || /^[\0-\x7f]*$/.test(line) ? line.length : new TextEncoder().encode(line).length;

/** Lines between the boundaries, of which it shows only at the end whether they are a header or data. */
class Lines {
  #first: string | undefined;
  #count = 0;
  #padding = 0;
  #state: "open" | "ended" | "bad" = "open";

  /** `EVP_DecodeUpdate`: a dash ends the data. */
  take(line: string): void {
    this.#first ??= line;
    for (let at = 0; at < line.length && this.#state === "open"; at++) {
      const code = line.charCodeAt(at);
      if (code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a) continue;
      if (code === 0x2d) this.#state = "ended";
      else {
        if (code === 0x3d ? ++this.#padding > 2 : this.#padding > 0 || !isDigit(code)) this.#state = "bad";
        this.#count++;
      }
    }
  }

  /** As data, behind a header. A header is taken for one of encryption (`PEM_get_EVP_CIPHER_INFO`). */
  error(header: Lines): string | undefined {
    if (this.#first === undefined) return NO_REASON;
    // `EVP_DecodeFinal`: groups must be whole.
    if (this.#state === "bad" || this.#count % 4 !== 0 || (this.#state === "open" && this.#count === 0)) return "bad base64 decode";
    return header.#first === undefined || header.#first.startsWith("Proc-Type:") ? undefined : "not proc type";
  }
}

interface Piece {
  readonly start: number;
  /** Without what `sanitize_line` strips from its end. */
  readonly line: string;
  /** The piece filled the buffer without reaching the end of its line. */
  readonly partial: boolean;
}

class Pieces {
  readonly #text: string;
  #at = 0;
  /** Of the line that is being read in pieces. */
  #lineEnd = 0;

  constructor(text: string) {
    this.#text = text;
    // `sanitize_line` strips a byte order mark from the first line.
    if (text.startsWith("\ufeff")) this.#at = 1;
  }

  next(): Piece | undefined {
    const start = this.#at;
    if (start >= this.#text.length) return undefined;
    if (this.#lineEnd <= start) {
      const found = this.#text.indexOf("\n", start);
      this.#lineEnd = found < 0 ? this.#text.length : found + 1;
    }
    const lineEnd = this.#lineEnd;
    const end = Math.min(lineEnd, start + PIECE);
    this.#at = end;
    let last = end;
    while (last > start && isStripped(this.#text.charCodeAt(last - 1))) last--;
    return {
      start,
      line: this.#text.slice(start, last),
      partial: end < lineEnd || (end - start === PIECE && this.#text[end - 1] !== "\n"),
    };
  }
}

/** Compared as signed characters: what is not ASCII is stripped as blanks are, on x86-64. */
const isStripped = (code: number): boolean => code <= 0x20 || code >= 0x80;
