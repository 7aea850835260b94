/** Features that decide whether TLS protects. */
import type { FeatureModel, FeatureVersion } from "./model.ts";

/** rustls 0.19 to 0.21, what stands behind `cfg(feature = "dangerous_configuration")`; two of the names only in some of them. */
const dangerous = [
  "dangerous",
  "with_custom_certificate_verifier",
  "set_certificate_verifier",
  "DangerousClientConfig",
  "ServerCertVerifier",
  "ServerCertVerified",
  "ClientCertVerifier",
  "ClientCertVerified",
  "HandshakeSignatureValid",
  "WebPkiVerifier",
  "WebPKIVerifier",
  "CertificateTransparencyPolicy",
  "ParsedCertificate",
  "verify_server_cert_signed_by_trust_anchor",
  "verify_server_name",
] as const;
const custom = {
  features: ["dangerous_configuration"],
  effect: "permits",
  consequence: "lets code replace the library's certificate verifier",
  brings: dangerous,
} as const;

export const features: readonly FeatureModel[] = [
  { package: "rustls", versions: "<0.22", ...custom },
  { package: "tokio-rustls", versions: "<0.25", ...custom },
  { package: "async-rustls", ...custom },
  {
    package: "redis",
    features: ["tls-rustls-insecure"],
    effect: "permits",
    consequence: "lets a URL that ends in `#insecure` disable verification",
    brings: ["danger_accept_invalid_hostnames"],
  },
  {
    package: "isahc",
    features: ["tls-insecure"],
    effect: "permits",
    consequence: "adds the calls that disable verification",
    // isahc 2.0's tls/mod.rs; before, the calls are always there.
    brings: ["danger_accept_invalid_certs", "danger_accept_invalid_hosts"],
  },
  {
    // rust-s3's tokio_backend.rs: the client is built with `danger_accept_invalid_certs(true)`. Gone in 0.36.
    package: "rust-s3",
    versions: "<0.36",
    features: ["no-verify-ssl"],
    effect: "weakens",
    consequence: "disables certificate verification",
    brings: [],
  },
  {
    // awc's connector.rs: a "no-op TLS connection service that passes through plain TCP as a TLS connection".
    package: "awc",
    features: ["dangerous-h2c"],
    effect: "weakens",
    consequence: "sends plaintext instead of TLS if no TLS library is chosen",
    brings: [],
  },
  // openssl-src's lib.rs: `enable-ssl3`, `enable-weak-ssl-ciphers`.
  { package: "openssl-src", features: ["ssl3"], effect: "weakens", consequence: "builds OpenSSL with SSL 3.0", brings: [] },
  {
    package: "openssl-src",
    features: ["weak-crypto"],
    effect: "weakens",
    consequence: "builds OpenSSL with broken ciphers",
    brings: [],
  },
];

/** `rustls` means 0.20 to the family of actix, for ever. */
const OLD = { package: "rustls", version: "0.20.9" } as const;

export const featureVersions: readonly FeatureVersion[] = [
  { package: "actix-web", features: ["rustls", "rustls-0_20"], versions: ">=4.6, <5", brings: OLD, better: "rustls-0_23" },
  { package: "actix-http", features: ["rustls", "rustls-0_20"], versions: ">=3.7, <4", brings: OLD, better: "rustls-0_23" },
  { package: "actix-tls", features: ["rustls", "rustls-0_20"], versions: ">=3.4, <4", brings: OLD, better: "rustls-0_23" },
  { package: "awc", features: ["rustls", "rustls-0_20"], versions: ">=3.5, <4", brings: OLD, better: "rustls-0_23-webpki-roots" },
];
