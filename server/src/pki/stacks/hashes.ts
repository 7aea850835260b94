/** The hashes of signatures that WebCrypto does not check, by @noble/hashes: loaded when one is asked for. */
import type { SignatureHash } from "./schemes.ts";

export type HashFunction = (message: Uint8Array) => Uint8Array;

export async function loadHashes(): Promise<Readonly<Record<SignatureHash, HashFunction>>> {
  const [{ sha224, sha256, sha384, sha512, sha512_224, sha512_256 }, { sha3_224, sha3_256, sha3_384, sha3_512 }, { sha1, md5, ripemd160 }] =
    await Promise.all([import("@noble/hashes/sha2.js"), import("@noble/hashes/sha3.js"), import("@noble/hashes/legacy.js")]);
  return {
    MD5: md5,
    "RIPEMD-160": ripemd160,
    "SHA-1": sha1,
    "SHA-224": sha224,
    "SHA-256": sha256,
    "SHA-384": sha384,
    "SHA-512": sha512,
    "SHA-512/224": sha512_224,
    "SHA-512/256": sha512_256,
    "SHA3-224": sha3_224,
    "SHA3-256": sha3_256,
    "SHA3-384": sha3_384,
    "SHA3-512": sha3_512,
  };
}
