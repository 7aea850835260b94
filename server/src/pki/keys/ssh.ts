/** OpenSSH's own private-key format (PROTOCOL.key): cipher and public key stand before the encrypted part. */

import { latin1 } from "../der/characters.ts";
import { bitLength, curveKind, type KeyKind } from "../x509/algorithms.ts";

export interface SshKey {
  readonly encrypted: boolean;
  readonly encryption: string | undefined;
  readonly key: KeyKind | undefined;
  readonly pin: undefined;
}

const MAGIC = "openssh-key-v1\0";
const CURVES: Readonly<Record<string, string>> = {
  nistp256: "1.2.840.10045.3.1.7",
  nistp384: "1.3.132.0.34",
  nistp521: "1.3.132.0.35",
};

/** What cannot be read counts as encrypted: nobody should be told that a key lies open when it may not. */
export function describeSshKey(bytes: Uint8Array): SshKey {
  const unreadable: SshKey = { encrypted: true, encryption: undefined, key: undefined, pin: undefined };
  if (latin1(bytes.subarray(0, MAGIC.length)) !== MAGIC) return unreadable;
  const [cipher, at] = field(bytes, MAGIC.length);
  const [, afterName] = field(bytes, at);
  const [, afterOptions] = field(bytes, afterName);
  const [blob] = field(bytes, afterOptions + 4);
  if (cipher.length === 0 || blob.length === 0) return unreadable;
  const name = latin1(cipher);
  return { encrypted: name !== "none", encryption: name === "none" ? undefined : name, key: publicKey(blob), pin: undefined };
}

function publicKey(blob: Uint8Array): KeyKind | undefined {
  const [typeBytes, at] = field(blob, 0);
  const type = latin1(typeBytes);
  const curve = CURVES[type.replace(/^ecdsa-sha2-/, "")];
  if (curve !== undefined) return curveKind(curve);
  if (type === "ssh-ed25519") return { type: "Ed25519", bits: 256, curve: undefined, exponent: undefined };
  if (type !== "ssh-rsa") return undefined;
  const [, afterExponent] = field(blob, at);
  return { type: "RSA", bits: bitLength(field(blob, afterExponent)[0]), curve: undefined, exponent: undefined };
}

/** A string of RFC 4251 §5, empty when the data ends before it does, and where the next one starts. */
function field(bytes: Uint8Array, at: number): readonly [Uint8Array, number] {
  if (at + 4 > bytes.length) return [bytes.subarray(0, 0), bytes.length];
  const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
  if (at + 4 + length > bytes.length) return [bytes.subarray(0, 0), bytes.length];
  return [bytes.subarray(at + 4, at + 4 + length), at + 4 + length];
}
