/** elliptic-curve: secret keys of RustCrypto's curves, which programs write to files; the curves' crates hand them on. */
import type { CrateModel } from "./model.ts";

export const ellipticCurve = {
  crate: "elliptic_curve",
  package: "elliptic-curve",
  versions: ">=0.13, <0.15",
  source: "https://github.com/RustCrypto/traits",
  aliases: {
    "k256::SecretKey": "elliptic_curve::SecretKey",
    "p256::SecretKey": "elliptic_curve::SecretKey",
    "p384::SecretKey": "elliptic_curve::SecretKey",
    "p521::SecretKey": "elliptic_curve::SecretKey",
  },
  types: {},
  calls: [
    { path: "elliptic_curve::SecretKey::to_sec1_der", givesPrivateKey: true },
    { path: "elliptic_curve::SecretKey::to_sec1_pem", givesPrivateKey: true },
  ],
} as const satisfies CrateModel;
