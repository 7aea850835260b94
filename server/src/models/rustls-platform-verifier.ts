/** rustls-platform-verifier: the platform's own verification behind rustls' interface; its use of `dangerous()` is right. */
import type { CrateModel } from "./model.ts";

export const rustlsPlatformVerifier = {
  crate: "rustls_platform_verifier",
  package: "rustls-platform-verifier",
  versions: ">=0.5, <0.8",
  source: "https://github.com/rustls/rustls-platform-verifier",
  types: {
    "rustls_platform_verifier::Verifier": {
      sort: "verifier",
      role: "client",
      defaults: [{ fact: { kind: "trust", anchors: "system" } }],
    },
  },
  calls: [
    { path: "rustls_platform_verifier::Verifier::new", returns: { new: "rustls_platform_verifier::Verifier" } },
    {
      path: "rustls_platform_verifier::Verifier::new_with_extra_roots",
      returns: { new: "rustls_platform_verifier::Verifier" },
      effects: [{ kind: "trusts", argument: 0, source: "certificates" }],
    },
    {
      path: "rustls::ClientConfig::with_platform_verifier",
      returns: { new: "rustls::ClientConfig" },
      effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }],
    },
    {
      path: "rustls::ConfigBuilder<rustls::ClientConfig>::with_platform_verifier",
      returns: "self",
      effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }],
    },
  ],
} as const satisfies CrateModel;
