/** Signatures by the host's own cryptography, which answers at once. It is an input, as the clock is; where it is missing, WebCrypto and libraries answer. */

/** Parts of a JSON Web Key (RFC 7518 §6, RFC 8037 §2). */
export type PublicJwk =
  | { readonly kty: "RSA"; readonly n: string; readonly e: string }
  | { readonly kty: "EC"; readonly crv: string; readonly x: string; readonly y: string }
  | { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };

export interface NativeCheck {
  /** Tells keys apart, so that one that signed much is imported once. */
  readonly id: string;
  jwk(): PublicJwk;
  /** "SHA-256"; none where the algorithm has its own. */
  readonly hash?: string;
  /** Bytes of the salt: RSA-PSS. */
  readonly salt?: number;
  readonly message: Uint8Array;
  /** Of ECDSA both numbers with leading zeros. */
  readonly signature: Uint8Array;
}

/** Undefined: the host has no such algorithm, and says nothing of the signature. */
export type VerifyNatively = (check: NativeCheck) => boolean | undefined;

export const base64Url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
