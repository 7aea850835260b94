/** webpki-roots: the public certificate authorities of the web, compiled in. */
import type { CrateModel } from "./model.ts";

export const webpkiRoots = {
  crate: "webpki_roots",
  package: "webpki-roots",
  versions: ">=0.20, <2",
  source: "https://github.com/rustls/webpki-roots",
  types: {},
  values: {
    "webpki_roots::TLS_SERVER_ROOTS": {
      kind: "object",
      type: "rustls_pki_types::TrustAnchor",
      states: [{ kind: "trust", anchors: "system" }],
    },
  },
  calls: [],
} as const satisfies CrateModel;
