/** The openssl crate's types, and the constants that stand for verification modes, versions and options. */
import type { CrateModel } from "../model.ts";

/** A list that was loaded is looked at only with `X509_V_FLAG_CRL_CHECK` (X509_VERIFY_PARAM_set_flags(3)). */
const UNCHECKED = { fact: { kind: "revocation-check", enabled: false } } as const;

export const types = {
  // No preset and no default of libssl asks for a client certificate (connector.rs; SSL_VERIFY_NONE).
  "openssl::ssl::SslAcceptorBuilder": {
    sort: "configuration",
    role: "server",
    derefs: ["openssl::ssl::SslContextBuilder"],
    defaults: [{ fact: { kind: "client-authentication", mode: "none" } }, { fact: { kind: "session-context", set: false } }, UNCHECKED],
  },
  "openssl::ssl::SslAcceptor": { sort: "configuration", role: "server" },
  "openssl::ssl::SslConnectorBuilder": {
    sort: "configuration",
    role: "client",
    derefs: ["openssl::ssl::SslContextBuilder"],
    defaults: [
      { fact: { kind: "server-verification", enabled: true } },
      { fact: { kind: "hostname-verification", enabled: true } },
      UNCHECKED,
    ],
  },
  "openssl::ssl::SslConnector": { sort: "configuration", role: "client" },
  "openssl::ssl::ConnectConfiguration": {
    sort: "configuration",
    role: "client",
    derefs: ["openssl::ssl::SslRef"],
    defaults: [{ fact: { kind: "hostname-verification", enabled: true } }],
  },
  // Of a context alone nobody knows which side it will be; a client's verifies nothing (SSL_CTX_set_verify(3)).
  "openssl::ssl::SslContextBuilder": {
    sort: "configuration",
    defaults: [UNCHECKED, { fact: { kind: "server-verification", enabled: false } }],
  },
  "openssl::ssl::SslContext": { sort: "configuration", derefs: ["openssl::ssl::SslContextRef"] },
  "openssl::ssl::SslContextRef": { sort: "configuration" },
  "openssl::ssl::Ssl": { sort: "configuration", derefs: ["openssl::ssl::SslRef"] },
  "openssl::ssl::SslRef": { sort: "configuration" },
  "openssl::ssl::SslStream": { sort: "stream" },
  "openssl::ssl::SslStreamBuilder": { sort: "stream" },

  "openssl::x509::store::X509StoreBuilder": {
    sort: "trust-store",
    derefs: ["openssl::x509::store::X509StoreBuilderRef"],
    defaults: [UNCHECKED],
  },
  "openssl::x509::store::X509StoreBuilderRef": { sort: "trust-store" },
  "openssl::x509::store::X509Store": { sort: "trust-store" },
  "openssl::x509::store::X509LookupRef": { sort: "other" },
  "openssl::x509::verify::X509VerifyParam": { sort: "other", derefs: ["openssl::x509::verify::X509VerifyParamRef"] },
  "openssl::x509::verify::X509VerifyParamRef": { sort: "other" },

  "openssl::x509::X509StoreContextRef": { sort: "other" },
  "openssl::x509::X509": { sort: "certificates" },
  "openssl::x509::X509Crl": { sort: "crls", derefs: ["openssl::x509::X509CrlRef"] },
  "openssl::x509::X509CrlRef": { sort: "crls" },
  "openssl::x509::X509Name": { sort: "other" },
  "openssl::pkey::PKey": { sort: "private-key" },
} as const satisfies CrateModel["types"];

export const values = {
  "openssl::ssl::SslVerifyMode::NONE": { kind: "flags", bits: [] },
  "openssl::ssl::SslVerifyMode::PEER": { kind: "flags", bits: ["PEER"] },
  "openssl::ssl::SslVerifyMode::FAIL_IF_NO_PEER_CERT": { kind: "flags", bits: ["FAIL_IF_NO_PEER_CERT"] },
  "openssl::ssl::SslVerifyMode::empty": { kind: "flags", bits: [], call: true, versions: ">=0.9, <0.11" },
  "openssl::ssl::SslVerifyMode::all": { kind: "flags", bits: ["PEER", "FAIL_IF_NO_PEER_CERT"], call: true, versions: ">=0.9, <0.11" },

  "openssl::ssl::SslVersion::SSL3": { kind: "word", of: "minimum-version", word: "SSL 3.0" },
  "openssl::ssl::SslVersion::TLS1": { kind: "word", of: "minimum-version", word: "TLS 1.0" },
  "openssl::ssl::SslVersion::TLS1_1": { kind: "word", of: "minimum-version", word: "TLS 1.1" },
  "openssl::ssl::SslVersion::TLS1_2": { kind: "word", of: "minimum-version", word: "TLS 1.2" },
  "openssl::ssl::SslVersion::TLS1_3": { kind: "word", of: "minimum-version", word: "TLS 1.3" },

  "openssl::ssl::SslOptions::NO_SSLV2": { kind: "flags", bits: ["NO_SSLV2"] },
  "openssl::ssl::SslOptions::NO_SSLV3": { kind: "flags", bits: ["NO_SSLV3"] },
  "openssl::ssl::SslOptions::NO_TLSV1": { kind: "flags", bits: ["NO_TLSV1"] },
  "openssl::ssl::SslOptions::NO_TLSV1_1": { kind: "flags", bits: ["NO_TLSV1_1"] },
  "openssl::ssl::SslOptions::NO_TLSV1_2": { kind: "flags", bits: ["NO_TLSV1_2"] },
  "openssl::ssl::SslOptions::NO_TLSV1_3": { kind: "flags", bits: ["NO_TLSV1_3"] },
  "openssl::ssl::SslOptions::NO_SSL_MASK": {
    kind: "flags",
    bits: ["NO_SSLV2", "NO_SSLV3", "NO_TLSV1", "NO_TLSV1_1", "NO_TLSV1_2", "NO_TLSV1_3"],
  },
  "openssl::ssl::SslOptions::ALL": { kind: "flags", bits: ["ALL"] },
  "openssl::ssl::SslOptions::NO_TICKET": { kind: "flags", bits: ["NO_TICKET"] },
  "openssl::ssl::SslOptions::NO_COMPRESSION": { kind: "flags", bits: ["NO_COMPRESSION"] },
  "openssl::ssl::SslOptions::NO_RENEGOTIATION": { kind: "flags", bits: ["NO_RENEGOTIATION"], versions: ">=0.10.45, <0.11" },
  "openssl::ssl::SslOptions::SINGLE_DH_USE": { kind: "flags", bits: ["SINGLE_DH_USE"] },
  "openssl::ssl::SslOptions::SINGLE_ECDH_USE": { kind: "flags", bits: ["SINGLE_ECDH_USE"] },
  "openssl::ssl::SslOptions::CIPHER_SERVER_PREFERENCE": { kind: "flags", bits: ["CIPHER_SERVER_PREFERENCE"] },
  "openssl::ssl::SslOptions::ALLOW_UNSAFE_LEGACY_RENEGOTIATION": { kind: "flags", bits: ["ALLOW_UNSAFE_LEGACY_RENEGOTIATION"] },
  "openssl::ssl::SslOptions::empty": { kind: "flags", bits: [], call: true },

  "openssl::x509::verify::X509VerifyFlags::CRL_CHECK": { kind: "flags", bits: ["CRL_CHECK"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::CRL_CHECK_ALL": { kind: "flags", bits: ["CRL_CHECK_ALL"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::PARTIAL_CHAIN": { kind: "flags", bits: ["PARTIAL_CHAIN"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::NO_CHECK_TIME": { kind: "flags", bits: ["NO_CHECK_TIME"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::X509_STRICT": { kind: "flags", bits: ["X509_STRICT"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::ALLOW_PROXY_CERTS": { kind: "flags", bits: ["ALLOW_PROXY_CERTS"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::IGNORE_CRITICAL": { kind: "flags", bits: ["IGNORE_CRITICAL"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::TRUSTED_FIRST": { kind: "flags", bits: ["TRUSTED_FIRST"], versions: ">=0.10.31, <0.11" },
  "openssl::x509::verify::X509VerifyFlags::empty": { kind: "flags", bits: [], call: true, versions: ">=0.10.31, <0.11" },
  "openssl::ssl::SslSessionCacheMode::OFF": { kind: "flags", bits: [] },
  "openssl::ssl::SslSessionCacheMode::CLIENT": { kind: "flags", bits: ["CLIENT"] },
  "openssl::ssl::SslSessionCacheMode::SERVER": { kind: "flags", bits: ["SERVER"] },
  "openssl::ssl::SslSessionCacheMode::BOTH": { kind: "flags", bits: ["CLIENT", "SERVER"] },
} as const satisfies CrateModel["values"];
