/** Signatures by Node's own cryptography, which takes a tenth of a millisecond where portable code takes five. */
import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { NativeCheck } from "./pki/index.ts";

/** Issuers sign many certificates, and to import a key takes as long as to verify with it. The oldest goes first. */
const keys = new Map<string, KeyObject>();
const MOST_KEYS = 256;

/** What Node refuses says nothing of the signature: portable code, which is as strict as the stacks, decides. */
export function verifyByNode(check: NativeCheck): boolean | undefined {
  try {
    const { message, signature, hash, salt } = check;
    const key = keyOf(check);
    const padding = salt === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt };
    return verify(hash?.replace("SHA-", "sha"), message, { key, dsaEncoding: "ieee-p1363", ...padding }, signature);
  } catch {
    return undefined;
  }
}

function keyOf({ id, jwk }: NativeCheck): KeyObject {
  const known = keys.get(id);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: jwk(), format: "jwk" });
  const [oldest] = keys.keys();
  if (keys.size >= MOST_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(id, key);
  return key;
}
