/** Features that decide whether TLS protects. */
import type { FeatureModel, FeatureVersion } from "./model.ts";

const custom = "lets code put a verifier of its own in the place of the library's";

export const features: readonly FeatureModel[] = [
  { package: "rustls", features: ["dangerous_configuration"], versions: "<0.22", effect: "permits", consequence: custom },
  { package: "tokio-rustls", features: ["dangerous_configuration"], versions: "<0.25", effect: "permits", consequence: custom },
  { package: "async-rustls", features: ["dangerous_configuration"], effect: "permits", consequence: custom },
  {
    package: "redis",
    features: ["tls-rustls-insecure"],
    effect: "permits",
    consequence: "lets an address that ends in `#insecure` switch verification off",
  },
  {
    package: "isahc",
    features: ["tls-insecure"],
    effect: "permits",
    consequence: "brings the calls that switch verification off",
  },
  {
    // awc's connector.rs: a "no-op TLS connection service that passes through plain TCP as a TLS connection".
    package: "awc",
    features: ["dangerous-h2c"],
    effect: "weakens",
    consequence: "sends what should go over TLS in the clear where no TLS library is chosen",
  },
  // openssl-src's lib.rs: `enable-ssl3`, `enable-weak-ssl-ciphers`.
  { package: "openssl-src", features: ["ssl3"], effect: "weakens", consequence: "builds OpenSSL with SSL 3.0" },
  { package: "openssl-src", features: ["weak-crypto"], effect: "weakens", consequence: "builds OpenSSL with ciphers that are broken" },
];

/** `rustls` means 0.20 to the family of actix, for ever. */
const OLD = { package: "rustls", version: "0.20.9" } as const;

export const featureVersions: readonly FeatureVersion[] = [
  { package: "actix-web", features: ["rustls", "rustls-0_20"], versions: ">=4.6, <5", brings: OLD, better: "rustls-0_23" },
  { package: "actix-http", features: ["rustls", "rustls-0_20"], versions: ">=3.7, <4", brings: OLD, better: "rustls-0_23" },
  { package: "actix-tls", features: ["rustls", "rustls-0_20"], versions: ">=3.4, <4", brings: OLD, better: "rustls-0_23" },
  { package: "awc", features: ["rustls", "rustls-0_20"], versions: ">=3.5, <4", brings: OLD, better: "rustls-0_23-webpki-roots" },
];
