/**
 * Lists of keys that everybody can have, as Debian's package `openssl-blacklist` has them (openssl-vulnkey(1)): for each key the last 20
 * hexadecimal digits of the SHA-1 of the line that `openssl x509 -noout -modulus` prints.
 */
import { sha1 } from "@noble/hashes/legacy.js";
import { toHex } from "../der/characters.ts";
import type { PublicKey } from "../x509/algorithms.ts";

const DIGITS = 20;

/** The key as such a list has it; undefined for what is no RSA key. `der`: what holds it. */
export function listedAs(der: Uint8Array, { modulus }: PublicKey): string | undefined {
  if (modulus === undefined) return undefined;
  const digits = toHex(der, modulus.start, modulus.end).replace(/^0+/, "").toUpperCase();
  return toHex(sha1(new TextEncoder().encode(`Modulus=${digits}\n`))).slice(-DIGITS);
}

/** All keys of a list; lines of another form are passed over. */
export const readKeyList = (text: string): readonly string[] => text.match(/^[0-9a-f]{20}(?=\r?$)/gm) ?? [];
