/** Signatures that WebCrypto does not have, by the @noble libraries: Ed448, ECDSA on other curves or over SHA-224, ML-DSA. */
import type { FurtherCurve } from "./further-curves.ts";
import { loadHashes } from "./hashes.ts";
import type { Curve, Scheme, SignatureCheck, SignatureHash } from "./schemes.ts";

/** Keys and signatures of another size are the caller's to find. They are loaded when one is asked for: few chains need them. */
export async function verifyOther(
  scheme: Extract<Scheme, { readonly type: "Ed448" | "ML-DSA" }>,
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
  curve: Curve,
  hash: SignatureHash,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  const hashes = await loadHashes();
  const { p256, p384, p521 } = await import("@noble/curves/nist.js");
  const { secp256k1 } = await import("@noble/curves/secp256k1.js");
  try {
    if (isFurther(curve)) {
      const { ecdsa, weierstrass } = await import("@noble/curves/abstract/weierstrass.js");
      const { sha256 } = await import("@noble/hashes/sha2.js");
      const { FURTHER_CURVES } = await import("./further-curves.ts");
      // The message is hashed beforehand.
      const scheme = ecdsa(weierstrass(FURTHER_CURVES[curve]), sha256);
      return told(scheme.verify(signature, hashes[hash](message), key, { prehash: false, lowS: false }));
    }
    const algorithm = { "P-256": p256, "P-384": p384, "P-521": p521, secp256k1 }[curve];
    return told(algorithm.verify(signature, hashes[hash](message), key, { prehash: false, lowS: false }));
  } catch {
    return "invalid";
  }
}

const isFurther = (curve: Curve): curve is FurtherCurve => /^(?:brainpool|P-(?:192|224)$)/.test(curve);

const told = (valid: boolean): SignatureCheck => (valid ? "valid" : "invalid");
