/** Signatures that WebCrypto does not have, by the @noble libraries: Ed448, ECDSA on other curves or over SHA-224, ML-DSA, SLH-DSA. */
import { CURVE_PARAMETERS, type WeierstrassCurve } from "../keys/curve-parameters.ts";
import { loadHashes } from "./hashes.ts";
import type { Scheme, SignatureCheck, SignatureHash } from "./schemes.ts";

/** Keys and signatures of another size are the caller's to find. They are loaded when one is asked for: few chains need them. */
export async function verifyOther(
  scheme: Extract<Scheme, { readonly type: "Ed448" | "ML-DSA" | "SLH-DSA" }>,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  try {
    if (scheme.type === "Ed448") {
      const { ed448 } = await import("@noble/curves/ed448.js");
      return told(ed448.verify(signature, message, key));
    }
    if (scheme.type === "SLH-DSA") {
      const { PARAMS: _, ...trees } = await import("@noble/post-quantum/slh-dsa.js");
      // `SLH-DSA-SHA2-128f` is `slh_dsa_sha2_128f` there.
      const name = scheme.name.toLowerCase().replaceAll("-", "_");
      const found = Object.entries(trees).find(([it]) => it === name)?.[1];
      return found === undefined ? "cannot tell" : told(found.verify(signature, message, key));
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
  curve: WeierstrassCurve,
  hash: SignatureHash,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<SignatureCheck> {
  const hashes = await loadHashes();
  const { ecdsa, weierstrass } = await import("@noble/curves/abstract/weierstrass.js");
  const { sha256 } = await import("@noble/hashes/sha2.js");
  try {
    // The message is hashed beforehand.
    const scheme = ecdsa(weierstrass(CURVE_PARAMETERS[curve]), sha256);
    return told(scheme.verify(signature, hashes[hash](message), key, { prehash: false, lowS: false }));
  } catch {
    return "invalid";
  }
}

const told = (valid: boolean): SignatureCheck => (valid ? "valid" : "invalid");
