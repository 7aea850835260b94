/** rustls-native-certs: the certificate authorities of the platform, read at run time. */
import type { CrateModel } from "./model.ts";

const system = [{ kind: "states", fact: { kind: "trust", anchors: "system" } }] as const;

export const rustlsNativeCerts = {
  crate: "rustls_native_certs",
  package: "rustls-native-certs",
  versions: ">=0.4, <0.9",
  source: "https://github.com/rustls/rustls-native-certs",
  error: { type: "std::io::Error", versions: ">=0.6, <0.9" },
  types: {
    // Since 0.8: the certificates beside the errors of those that could not be read.
    "rustls_native_certs::CertificateResult": { sort: "certificates" },
  },
  calls: [
    {
      path: "rustls_native_certs::load_native_certs",
      versions: ">=0.8, <0.9",
      returns: { new: "rustls_native_certs::CertificateResult" },
      effects: system,
    },
    {
      path: "rustls_native_certs::load_native_certs",
      versions: ">=0.6, <0.8",
      returns: { new: "rustls_pki_types::CertificateDer" },
      effects: system,
      fails: "anchor",
    },
    // A whole store; where some could not be read, it is beside the error.
    {
      path: "rustls_native_certs::load_native_certs",
      versions: ">=0.4, <0.6",
      returns: { new: "rustls::RootCertStore" },
      effects: system,
    },
  ],
} as const satisfies CrateModel;
