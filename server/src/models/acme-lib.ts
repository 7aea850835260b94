/** acme-lib: orders certificates, and gives them with their keys. */
import type { CrateModel } from "./model.ts";

export const acmeLib = {
  crate: "acme_lib",
  package: "acme-lib",
  versions: ">=0.5, <0.10",
  source: "https://github.com/algesten/acme-lib",
  types: {},
  calls: [
    { path: "acme_lib::Certificate::private_key", givesPrivateKey: true },
    { path: "acme_lib::Certificate::private_key_der", givesPrivateKey: true },
  ],
} as const satisfies CrateModel;
