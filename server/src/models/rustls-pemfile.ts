/** rustls-pemfile 1 and 2: PEM readers that give lists (1) or iterators of results (2). */
import type { CrateModel } from "./model.ts";

const keys = {
  returns: { new: "rustls_pki_types::PrivateKeyDer" },
  effects: [{ kind: "loads", argument: 0, reads: "private-key" }],
} as const;

export const rustlsPemfile = {
  crate: "rustls_pemfile",
  package: "rustls-pemfile",
  versions: ">=0.2, <3",
  source: "https://github.com/rustls/pemfile",
  error: { type: "std::io::Error" },
  stack: "rustls",
  types: {},
  calls: [
    {
      path: "rustls_pemfile::certs",
      returns: { new: "rustls_pki_types::CertificateDer" },
      effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
      fails: "certificate",
    },
    {
      path: "rustls_pemfile::crls",
      versions: ">=1, <3",
      returns: { new: "rustls_pki_types::CertificateRevocationListDer" },
      effects: [{ kind: "loads", argument: 0, reads: "crls" }],
      fails: "crl",
    },
    { path: "rustls_pemfile::private_key", versions: ">=2, <3", ...keys },
    { path: "rustls_pemfile::pkcs8_private_keys", ...keys },
    { path: "rustls_pemfile::rsa_private_keys", ...keys },
    { path: "rustls_pemfile::ec_private_keys", versions: ">=1, <3", ...keys },
    { path: "rustls_pemfile::read_one", effects: [{ kind: "loads", argument: 0, reads: "any" }] },
    { path: "rustls_pemfile::read_all", effects: [{ kind: "loads", argument: 0, reads: "any" }] },
  ],
} as const satisfies CrateModel;
