/** The PEM reader of OpenSSL: `get_name`, `get_header_and_data` and `EVP_DecodeUpdate` of `pem_lib.c` and `encode.c`, line by line. */
import { latin1 } from "../der/characters.ts";
import { isDigit } from "./base64.ts";
import { type Loaded, loaded } from "./loading.ts";

/** What `SSL_CTX_load_verify_locations`, `SSL_CTX_use_certificate_chain_file` and their like know between them. */
export const OPENSSL_LABELS: readonly string[] = [
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

/** OpenSSL counts bytes: of a text that has others than those of ASCII it is given these, one unit each. */
export function loadWithOpenssl(text: string): Loaded[] {
  if (text.search(/[^\0-\x7f]/) < 0) return loadBytes(text);
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let [at, byte] = [0, 0];
  return loadBytes(latin1(bytes)).map(({ begin, label, outcome, error }) => {
    at += decoder.decode(bytes.subarray(byte, begin)).length;
    byte = begin;
    return loaded(at, label, outcome, error);
  });
}

/** The first error ends the loading: nothing after it is loaded. */
function loadBytes(text: string): Loaded[] {
  const sections: Loaded[] = [];
  const reader = new Pieces(text);
  for (;;) {
    const begin = nextBegin(reader);
    if (begin === undefined) return sections;
    const error = readBody(reader, begin.label);
    const outcome = error !== undefined ? "refused" : OPENSSL_LABELS.includes(begin.label) ? "loaded" : "skipped";
    sections.push(loaded(begin.begin, begin.label, outcome, error));
    if (error !== undefined) return sections;
  }
}

function nextBegin(reader: Pieces): { readonly begin: number; readonly label: string } | undefined {
  reader.skipMark();
  for (let piece = reader.next(); piece !== undefined; piece = reader.next()) {
    const line = piece.line;
    if (line.startsWith("-----BEGIN ") && line.endsWith("-----") && line.length >= 15)
      return { begin: piece.start, label: untilZero(line.slice(11, -5)) };
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
      const width = piece.line.length;
      if (width > 64) return NO_REASON;
      short = width < 64;
    }
  }
}

/** As C has it, and `BIO_puts` writes it. */
const untilZero = (line: string): string => (line.includes("\0") ? line.split("\0", 1).join() : line);

/** `PEM_get_EVP_CIPHER_INFO`: how the data are encrypted, or why that is not told. */
function encryptionError([procType = "", dekInfo = ""]: readonly string[]): string | undefined {
  if (!procType.startsWith("Proc-Type:")) return "not proc type";
  const type = /^[ \t]*4,[ \t]*(.*)$/s.exec(procType.slice("Proc-Type:".length))?.[1];
  if (type === undefined) return NO_REASON;
  if (!/^ENCRYPTED(?:[ \t\r]|$)/.test(type)) return "not encrypted";
  if (!/^ENCRYPTED[ \t\r]*$/.test(type)) return "short header";
  if (!dekInfo.startsWith("DEK-Info:")) return "not dek info";
  const [, cipher = "", iv] = /^[ \t]*([^ \t,]*)[ \t]*(?:,(.*))?/s.exec(dekInfo.slice("DEK-Info:".length)) ?? [];
  const bytes = bytesOfIv(cipher);
  if (bytes === undefined) return "unsupported encryption";
  if (bytes > 0 && iv === undefined) return "missing dek iv";
  if (bytes === 0) return iv === undefined ? undefined : "unexpected dek iv";
  const digits = /^[0-9A-Fa-f]*/.exec(iv ?? "")?.[0].length ?? 0;
  return digits >= 2 * bytes ? undefined : "bad iv chars";
}

/** By the name of OpenSSL's ciphers: those of AES, Camellia, ARIA and SM4 have 16 bytes, the older ones 8, modes without one none. */
function bytesOfIv(cipher: string): number | undefined {
  const name = cipher.toUpperCase();
  if (!/^(?:AES|CAMELLIA|ARIA|SM4|SEED|DES|BF|CAST|CAST5|RC2|IDEA|RC4)(?:-[A-Z0-9]+)*$|^(?:DES3|DESX)$/.test(name)) return undefined;
  if (/-ECB$|^RC4/.test(name) || name === "DES-EDE" || name === "DES-EDE3") return 0;
  if (/-(?:GCM|OCB)$/.test(name)) return 12;
  return /^(?:AES|CAMELLIA|ARIA|SM4|SEED)/.test(name) ? 16 : 8;
}

/** Lines between the boundaries, of which it shows only at the end whether they are a header or data. */
class Lines {
  #first: string | undefined;
  /** The first few: a header has two. */
  readonly #lines: string[] = [];
  #count = 0;
  #padding = 0;
  #state: "open" | "ended" | "bad" = "open";

  /** `EVP_DecodeUpdate`: a dash ends the data. */
  take(line: string): void {
    this.#first ??= line;
    if (this.#lines.length < 3) this.#lines.push(line);
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
    // Nothing before the dash: there is no object, and no word why.
    if (this.#count === 0) return NO_REASON;
    return header.#first === undefined ? undefined : encryptionError(header.#lines);
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
  /** How much of the next piece was stripped from its start. */
  #stripped = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** `sanitize_line` strips a byte order mark from the first line that is looked at for each section. */
  skipMark(): void {
    if (!this.#text.startsWith("\u00ef\u00bb\u00bf", this.#at)) return;
    this.#stripped = 3;
    this.#at += 3;
  }

  next(): Piece | undefined {
    const start = this.#at;
    if (start >= this.#text.length) return undefined;
    if (this.#lineEnd <= start) {
      const found = this.#text.indexOf("\n", start);
      this.#lineEnd = found < 0 ? this.#text.length : found + 1;
    }
    const lineEnd = this.#lineEnd;
    const full = start + PIECE - this.#stripped;
    this.#stripped = 0;
    const end = Math.min(lineEnd, full);
    this.#at = end;
    let last = end;
    while (last > start && isStripped(this.#text.charCodeAt(last - 1))) last--;
    return {
      start,
      line: this.#text.slice(start, last),
      partial: end < lineEnd || (end === full && this.#text[end - 1] !== "\n"),
    };
  }
}

/** Compared as signed characters: what is not ASCII is stripped as blanks are, on x86-64. */
const isStripped = (code: number): boolean => code <= 0x20 || code >= 0x80;
