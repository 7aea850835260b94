/**
 * Java's own key stores, JKS and JCEKS: certificates lie open in them, with an alias each, and private keys encrypted. Sealed secret keys
 * (JCEKS) are serialized Java objects, whose length nobody tells: reading ends there.
 */
import type { ByteRange } from "../der/der.ts";
import type { PrivateKey } from "./keys.ts";
import type { KeyStore } from "./pkcs12.ts";

export interface JavaEntry extends ByteRange {
  /** A key is an EncryptedPrivateKeyInfo. */
  readonly kind: "certificate" | "private-key";
  readonly alias: string;
}
export interface JavaKeyStore {
  readonly format: "JKS" | "JCEKS";
  readonly entries: readonly JavaEntry[];
  /** Why there may be more than these. */
  readonly unread?: string;
}

const MAGIC: Readonly<Record<number, JavaKeyStore["format"]>> = { 4277010157: "JKS", 3469659854: "JCEKS" };

/** Undefined: it begins as none does. */
export function readJavaKeyStore(bytes: Uint8Array): JavaKeyStore | undefined {
  const reader = new StoreReader(bytes);
  const format = MAGIC[reader.number(4)];
  const version = reader.number(4);
  if (format === undefined || (version !== 1 && version !== 2)) return undefined;
  const count = reader.number(4);
  const entries: JavaEntry[] = [];
  for (let at = 0; at < count && !reader.ended; at++) {
    const kind = reader.number(4);
    const alias = reader.text();
    reader.number(8);
    if (reader.ended) break;
    if (kind === 3) return { format, entries, unread: "a sealed secret key lies in the key store; what follows it was not read" };
    if (kind !== 1 && kind !== 2)
      return { format, entries, unread: "an entry of the key store is of no known kind; the rest was not read" };
    if (kind === 1) entries.push({ kind: "private-key", alias, ...reader.block() });
    for (let left = kind === 1 ? reader.number(4) : 1; left > 0 && !reader.ended; left--) {
      if (version === 2) reader.text();
      entries.push({ kind: "certificate", alias, ...reader.block() });
    }
  }
  const whole = entries.filter((it) => it.end > it.start);
  return reader.ended ? { format, entries: whole, unread: "the key store is cut off" } : { format, entries: whole };
}

/** As other key stores are told: a digest of the password and the contents stands at its end. */
export const javaKeyStore = (format: JavaKeyStore["format"], end: number, keys: readonly PrivateKey[]): KeyStore => ({
  kind: "key-store",
  format,
  start: 0,
  end,
  encryptions: [...new Set(keys.flatMap((it) => it.encryption ?? []))],
  iterations: undefined,
  integrity: { hash: "SHA-1", iterations: 1 },
  iterationsPlace: undefined,
  contents: "closed",
  hidesContents: false,
  keyWithoutCertificate: false,
});

/** Numbers, texts and blocks with their length before them, as Java's `DataOutputStream` writes them. */
class StoreReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** More was asked for than there is. */
  ended = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  number(size: number): number {
    const { start, end } = this.#take(size);
    let value = 0;
    for (let at = start; at < end; at++) value = value * 256 + (this.#bytes[at] ?? 0);
    return value;
  }
  /** "Modified UTF-8", which differs in zero and beyond the first plane. */
  text(): string {
    const { start, end } = this.#take(this.number(2));
    return new TextDecoder().decode(this.#bytes.subarray(start, end));
  }
  block(): ByteRange {
    return this.#take(this.number(4));
  }
  #take(size: number): ByteRange {
    const start = this.#at;
    if (start + size > this.#bytes.length) this.ended = true;
    this.#at = this.ended ? this.#bytes.length : start + size;
    return this.ended ? { start, end: start } : { start, end: this.#at };
  }
}
