/** ring: key pairs that programs make and write to files. */
import type { CrateModel } from "./model.ts";

export const ring = {
  crate: "ring",
  package: "ring",
  versions: ">=0.13, <0.18",
  source: "https://github.com/briansmith/ring",
  types: {},
  calls: [
    { path: "ring::signature::EcdsaKeyPair::generate_pkcs8", givesPrivateKey: true },
    { path: "ring::signature::Ed25519KeyPair::generate_pkcs8", givesPrivateKey: true },
  ],
} as const satisfies CrateModel;
