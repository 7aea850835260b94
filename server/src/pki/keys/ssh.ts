/**
 * OpenSSH's own private-key format (PROTOCOL.key): cipher and public key stand before the encrypted part. The public half (RFC 4253 §6.6,
 * RFC 5656, RFC 8709) is written as DER, so that its pin is that of any other key.
 */
import { latin1 } from "../der/characters.ts";
import { DerReader } from "../der/der.ts";
import { type KeyKind, type PublicKey, readPublicKey } from "../x509/algorithms.ts";
import { ecInfo, plainInfo, rsaInfo } from "./public-key-der.ts";

export interface SshKey {
  readonly encrypted: boolean;
  readonly encryption: string | undefined;
  readonly key: KeyKind | undefined;
  /** Of the public half, which stands open in encrypted keys, too. */
  readonly pin: string | undefined;
}

const MAGIC = "openssh-key-v1\0";
const CURVES: Readonly<Record<string, string>> = { nistp256: "P-256", nistp384: "P-384", nistp521: "P-521" };

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
  const half = publicHalf(blob);
  return { encrypted: name !== "none", encryption: name === "none" ? undefined : name, key: half?.key, pin: half?.key.pin };
}

/** Undefined: of a kind that TLS has no use for, or malformed. */
export function publicHalf(blob: Uint8Array): { readonly der: Uint8Array; readonly key: PublicKey } | undefined {
  const [typeBytes, at] = field(blob, 0);
  const type = latin1(typeBytes);
  const [first, next] = field(blob, at);
  const [second] = field(blob, next);
  const curve = CURVES[latin1(first)];
  const der =
    type === "ssh-rsa"
      ? rsaInfo(second, first)
      : type === "ssh-ed25519"
        ? plainInfo("Ed25519", first)
        : type.startsWith("ecdsa-sha2-") && curve !== undefined
          ? ecInfo(curve, second)
          : undefined;
  if (der === undefined) return undefined;
  const reader = new DerReader(der);
  const key = readPublicKey(reader);
  return reader.error === undefined ? { der, key } : undefined;
}

/** A string of RFC 4251 §5, empty when the data ends before it does, and where the next one starts. */
function field(bytes: Uint8Array, at: number): readonly [Uint8Array, number] {
  if (at + 4 > bytes.length) return [bytes.subarray(0, 0), bytes.length];
  const length = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
  if (at + 4 + length > bytes.length) return [bytes.subarray(0, 0), bytes.length];
  return [bytes.subarray(at + 4, at + 4 + length), at + 4 + length];
}
