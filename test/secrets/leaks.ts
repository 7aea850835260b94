/** Finds what an output holds of secret bytes: any twelve digits of base64 in a row, at any of three alignments, any nine bytes in hexadecimal or raw. */

/** Base64 of nine bytes and more. */
const DIGITS = 12;

export class Secrets {
  readonly #base64 = new Map<string, string>();
  readonly #hex = new Map<string, string>();

  add(kind: string, secret: Uint8Array): void {
    for (let phase = 0; phase < 3; phase++) {
      const text = Buffer.from(secret.subarray(phase)).toString("base64").replace(/=+$/, "");
      for (let at = 0; at + DIGITS < text.length; at++) this.#base64.set(text.slice(at, at + DIGITS), kind);
    }
    const hex = Buffer.from(secret).toString("hex");
    for (let at = 0; at + 18 <= hex.length; at += 2) this.#hex.set(hex.slice(at, at + 18), kind);
  }

  /** What stands in this, too, is a form that all have, and no secret. */
  except(other: Uint8Array): void {
    const form = new Secrets();
    form.add("form", other);
    for (const it of form.#base64.keys()) this.#base64.delete(it);
    for (const it of form.#hex.keys()) this.#hex.delete(it);
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
    const look = (text: string, width: number, known: ReadonlyMap<string, string>): void => {
      for (let at = 0; at + width <= text.length; at++) {
        const kind = known.get(text.slice(at, at + width));
        if (kind !== undefined) found.add(kind);
      }
    };
    for (const run of output
      .replace(/-(?!-)/g, "+")
      .replace(/_/g, "/")
      .match(/[A-Za-z0-9+/]{12,}/g) ?? [])
      look(run, DIGITS, this.#base64);
    // Layout between the digits hides nothing from a reader.
    look(output.replace(/\\[nrt]|[^A-Za-z0-9+/]/g, ""), DIGITS, this.#base64);
    for (const run of output
      .toLowerCase()
      .replace(/:/g, "")
      .match(/[0-9a-f]{18,}/g) ?? [])
      look(run, 18, this.#hex);
    // Escaped or not, bytes of Latin-1 are the bytes themselves.
    const raw = output.replace(/\\u\{?([0-9a-f]{1,4})\}?/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    look(Buffer.from(raw, "latin1").toString("hex"), 18, this.#hex);
    return [...found];
  }
}
