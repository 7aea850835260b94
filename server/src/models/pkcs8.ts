/** pkcs8: the trait by which keys of RustCrypto's crates are written down; these hand it on. */
import type { CrateModel } from "./model.ts";

export const pkcs8 = {
  crate: "pkcs8",
  package: "pkcs8",
  versions: ">=0.8, <0.12",
  source: "https://github.com/RustCrypto/formats",
  aliases: {
    "ed25519_dalek::pkcs8": "pkcs8",
    "elliptic_curve::pkcs8": "pkcs8",
    "k256::pkcs8": "pkcs8",
    "p256::pkcs8": "pkcs8",
    "p384::pkcs8": "pkcs8",
    "rsa::pkcs8": "pkcs8",
  },
  types: {},
  calls: [
    { path: "pkcs8::EncodePrivateKey::to_pkcs8_der", givesPrivateKey: true },
    { path: "pkcs8::EncodePrivateKey::to_pkcs8_pem", givesPrivateKey: true },
  ],
} as const satisfies CrateModel;
