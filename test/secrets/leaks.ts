/** Finds what an output holds of secret bytes: any twelve digits of base64 in a row, at any of three alignments, any nine bytes in hexadecimal or raw. */

/** Base64 of nine bytes and more. */
const DIGITS = 12;
const HEX_DIGITS = 18;

export class Secrets {
  readonly #base64 = new Runs(DIGITS);
  readonly #hex = new Runs(HEX_DIGITS);

  add(kind: string, secret: Uint8Array): void {
    for (let phase = 0; phase < 3; phase++) {
      const text = Buffer.from(secret.subarray(phase)).toString("base64").replace(/=+$/, "");
      for (let at = 0; at + DIGITS < text.length; at++) this.#base64.add(text.slice(at, at + DIGITS), kind);
    }
    const hex = Buffer.from(secret).toString("hex");
    for (let at = 0; at + HEX_DIGITS <= hex.length; at += 2) this.#hex.add(hex.slice(at, at + HEX_DIGITS), kind);
  }

  /** What stands in this, too, is a form that all have, and no secret. */
  except(other: Uint8Array): void {
    const form = new Secrets();
    form.add("form", other);
    this.#base64.remove(form.#base64);
    this.#hex.remove(form.#hex);
  }

  get size(): number {
    return this.#base64.size;
  }

  /** The shortest end of an output that still tells, for messages of tests. */
  context(output: string): string {
    let low = 0;
    for (let step = output.length; step >= 1; step = Math.floor(step / 2))
      while (low + step < output.length && this.in(output.slice(low + step)).length > 0) low += step;
    return `${this.in(output).join(", ")} in …${output.slice(Math.max(0, low - 100), low + 100)}`;
  }

  /** Of which keys something is in the output. */
  in(output: string): readonly string[] {
    const found = new Set<string>();
    for (const run of output
      .replace(/-(?!-)/g, "+")
      .replace(/_/g, "/")
      .match(/[A-Za-z0-9+/]{12,}/g) ?? [])
      this.#base64.look(run, found);
    // Layout between the digits hides nothing from a reader.
    this.#base64.look(output.replace(/\\[nrt]|[^A-Za-z0-9+/]/g, ""), found);
    for (const run of output
      .toLowerCase()
      .replace(/:/g, "")
      .match(/[0-9a-f]{18,}/g) ?? [])
      this.#hex.look(run, found);
    // Escaped or not, bytes of Latin-1 are the bytes themselves.
    const raw = output.replace(/\\u\{?([0-9a-f]{1,4})\}?/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    this.#hex.look(Buffer.from(raw, "latin1").toString("hex"), found);
    return [...found];
  }
}

/** Characters at the beginning of a run by which most places of an output are known to begin none. */
const FIRST = 5;
const BITS = 22;

/** Runs of characters of one width, each with what it tells of. */
class Runs {
  readonly #width: number;
  readonly #kinds = new Map<string, string>();
  readonly #firsts = new Uint8Array(1 << BITS);

  constructor(width: number) {
    this.#width = width;
  }

  get size(): number {
    return this.#kinds.size;
  }

  add(run: string, kind: string): void {
    this.#kinds.set(run, kind);
    this.#firsts[firstOf(run, 0)] = 1;
  }

  remove(others: Runs): void {
    for (const it of others.#kinds.keys()) this.#kinds.delete(it);
  }

  look(text: string, found: Set<string>): void {
    for (let at = 0; at + this.#width <= text.length; at++) {
      if (this.#firsts[firstOf(text, at)] === 0) continue;
      const kind = this.#kinds.get(text.slice(at, at + this.#width));
      if (kind !== undefined) found.add(kind);
    }
  }
}

function firstOf(text: string, at: number): number {
  let hash = 0;
  for (let step = 0; step < FIRST; step++) hash = Math.imul(hash, 67) + text.charCodeAt(at + step);
  return Math.imul(hash, 0x9e3779b1) >>> (32 - BITS);
}
