/** Signatures that WebCrypto does not have, by the @noble libraries: Ed448, ECDSA on secp256k1 or over SHA-224, ML-DSA. */
import type { SignatureCheck, SignatureHash } from "./signatures.ts";

export type OtherScheme =
  | { readonly type: "Ed448" }
  /** FIPS 204 with an empty context, as RFC 9881 has it. */
  | { readonly type: "ML-DSA"; readonly size: 44 | 65 | 87 };

/** Keys and signatures of another size are the caller's to find. They are loaded when one is asked for: few chains need them. */
export async function verifyOther(
  scheme: OtherScheme,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  try {
    if (scheme.type === "Ed448") {
      const { ed448 } = await import("@noble/curves/ed448.js");
      return told(ed448.verify(signature, message, key));
    }
    const { ml_dsa44, ml_dsa65, ml_dsa87 } = await import("@noble/post-quantum/ml-dsa.js");
    const algorithm = { 44: ml_dsa44, 65: ml_dsa65, 87: ml_dsa87 }[scheme.size];
    return told(algorithm.verify(signature, message, key));
  } catch {
    // They throw at keys and signatures that are malformed.
    return "invalid";
  }
}

/** `signature`: both numbers with leading zeros. */
export async function verifyOtherEcdsa(
  curve: "P-256" | "P-384" | "P-521" | "secp256k1",
  hash: SignatureHash,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  const [{ sha224, sha256, sha384, sha512 }, { sha1 }] = await Promise.all([
    import("@noble/hashes/sha2.js"),
    import("@noble/hashes/legacy.js"),
  ]);
  const hashes = { "SHA-1": sha1, "SHA-224": sha224, "SHA-256": sha256, "SHA-384": sha384, "SHA-512": sha512 };
  const { p256, p384, p521 } = await import("@noble/curves/nist.js");
  const { secp256k1 } = await import("@noble/curves/secp256k1.js");
  const algorithm = { "P-256": p256, "P-384": p384, "P-521": p521, secp256k1 }[curve];
  try {
    return told(algorithm.verify(signature, hashes[hash](message), key, { prehash: false, lowS: false }));
  } catch {
    return "invalid";
  }
}

const told = (valid: boolean): SignatureCheck => (valid ? "valid" : "invalid");
