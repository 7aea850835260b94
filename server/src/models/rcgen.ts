/** rcgen: makes keys and certificates, which programs write to files. */
import type { CrateModel } from "./model.ts";

export const rcgen = {
  crate: "rcgen",
  package: "rcgen",
  versions: ">=0.8, <0.15",
  source: "https://github.com/rustls/rcgen",
  types: {
    "rcgen::KeyPair": { sort: "private-key" },
  },
  calls: [
    { path: "rcgen::KeyPair::serialize_pem", givesPrivateKey: true },
    { path: "rcgen::KeyPair::serialize_der", givesPrivateKey: true },
    // Before 0.13 a certificate has its key.
    { path: "rcgen::Certificate::serialize_private_key_pem", versions: ">=0.8, <0.13", givesPrivateKey: true },
    { path: "rcgen::Certificate::serialize_private_key_der", versions: ">=0.8, <0.13", givesPrivateKey: true },
    { path: "rcgen::Certificate::serialize_pem", versions: ">=0.8, <0.13", beside: true },
    { path: "rcgen::Certificate::serialize_der", versions: ">=0.8, <0.13", beside: true },
  ],
} as const satisfies CrateModel;
