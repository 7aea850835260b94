/** boring: Cloudflare's fork of the openssl crate, over BoringSSL; with callbacks of its own that replace the verification. */
import type { CallModel, Effect, MirrorModel, Recipe } from "./model.ts";
import { verifyMode } from "./openssl/calls.ts";
import { openssl010 } from "./openssl/index.ts";
import { commonChecks, commonClearing } from "./openssl/verification-parameters.ts";

const CONTEXT = "boring::ssl::SslContextBuilder";
const SSL = "boring::ssl::SslRef";

/** What the callback answers is the whole verification; there is no answer of the library to look at. */
const instead = [
  verifyMode,
  { kind: "callback", argument: 1, verifies: "peer", accepts: "ok", certificate: [0] },
] as const satisfies readonly Effect[];

const ciphers = { kind: "text", argument: 0, of: "cipher-list" } as const satisfies Effect;
const ofFour = [{ ...ciphers, suites: "boring 4" }] as const satisfies readonly Effect[];
const ofFive = [{ ...ciphers, suites: "boring 5" }] as const satisfies readonly Effect[];

const calls = [
  { path: `${CONTEXT}::set_custom_verify_callback`, versions: ">=4.2, <6", effects: instead },
  { path: `${SSL}::set_custom_verify_callback`, versions: ">=4.2, <6", effects: instead },
  {
    path: `${CONTEXT}::set_cert_verify_callback`,
    versions: ">=4.12, <6",
    effects: [{ kind: "callback", argument: 0, verifies: "peer", accepts: "true", certificate: [0] }],
  },
  // BoringSSL takes the session id context along (`ssl_cert_dup`), so that contexts of different ones stay apart.
  { path: `${SSL}::set_ssl_context` },
  // BoringSSL only sets bits, and its binding answers nothing.
  { path: "boring::x509::store::X509StoreBuilderRef::set_flags", versions: ">=5, <6", effects: commonChecks },
  { path: "boring::x509::verify::X509VerifyParamRef::set_flags", versions: ">=5, <6", effects: commonChecks },
  { path: "boring::x509::verify::X509VerifyParamRef::clear_flags", versions: ">=5, <6", effects: commonClearing },
  { path: `${CONTEXT}::set_cipher_list`, versions: "<5", fails: "setting", effects: ofFour },
  { path: `${CONTEXT}::set_cipher_list`, versions: ">=5, <6", fails: "setting", effects: ofFive },
  { path: `${CONTEXT}::set_strict_cipher_list`, versions: ">=5, <6", fails: "setting", effects: ofFive },
] as const satisfies readonly CallModel[];

const MODE = "{path:boring::ssl::SslVerifyMode}";
const STRICT = `.set_verify(${MODE}::PEER | ${MODE}::FAIL_IF_NO_PEER_CERT)`;
const strictMode = {
  role: "server",
  of: ["client-authentication"],
  gives: { kind: "client-authentication", mode: "required" },
  title: "Require client certificates",
  edit: { kind: "replace-argument", argument: 0, with: `${MODE}::PEER | ${MODE}::FAIL_IF_NO_PEER_CERT` },
} as const;
const verifying = {
  role: "client",
  of: ["server-verification"],
  gives: { kind: "server-verification", enabled: true },
  title: "Use BoringSSL's own verification",
  edit: { kind: "replace-segment", with: `.set_verify(${MODE}::PEER)` },
} as const;
const own = {
  gives: { kind: "verifier", judgement: "delegates" },
  title: "Use BoringSSL's own verification",
} as const;

const recipes = [
  { at: `${CONTEXT}::set_custom_verify_callback`, ...strictMode },
  { at: `${SSL}::set_custom_verify_callback`, ...strictMode },
  { at: `${CONTEXT}::set_custom_verify_callback`, ...verifying },
  { at: `${SSL}::set_custom_verify_callback`, ...verifying },
  {
    at: `${CONTEXT}::set_strict_cipher_list`,
    versions: ">=5, <6",
    gives: { kind: "cipher-list" },
    title: "Use BoringSSL's default ciphers",
    edit: { kind: "remove-segment" },
  },
  { at: `${CONTEXT}::set_custom_verify_callback`, ...own, role: "server", edit: { kind: "replace-segment", with: STRICT } },
  { at: `${SSL}::set_custom_verify_callback`, ...own, role: "server", edit: { kind: "replace-segment", with: STRICT } },
  {
    at: `${CONTEXT}::set_custom_verify_callback`,
    ...own,
    role: "client",
    edit: { kind: "replace-segment", with: `.set_verify(${MODE}::PEER)` },
  },
  {
    at: `${SSL}::set_custom_verify_callback`,
    ...own,
    role: "client",
    edit: { kind: "replace-segment", with: `.set_verify(${MODE}::PEER)` },
  },
  { at: `${CONTEXT}::set_cert_verify_callback`, ...own, edit: { kind: "remove-segment" } },
] as const satisfies readonly Recipe[];

export const boring = {
  crate: "boring",
  package: "boring",
  versions: ">=4, <6",
  source: "https://github.com/cloudflare/boring",
  error: { type: "boring::error::ErrorStack" },
  mirrors: openssl010,
  // BoringSSL has no security levels, no 0-RTT by bytes, no list of TLS 1.3 suites, and revocation lists only as values.
  lacks: [
    "boring::x509::X509Crl",
    "boring::x509::store::X509Lookup",
    "boring::x509::verify::X509VerifyFlags::NO_CHECK_TIME",
    "boring::ssl::SslOptions::NO_SSL_MASK",
    "boring::ssl::SslContextBuilder::verify_param_mut",
    "boring::ssl::SslAcceptor::mozilla_modern_v5",
    "boring::ssl::SslContextBuilder::set_ciphersuites",
    "boring::ssl::SslContextBuilder::set_client_hello_callback",
    "boring::ssl::SslContextBuilder::set_max_early_data",
    "boring::ssl::SslContextBuilder::set_security_level",
    "boring::ssl::SslRef::set_accept_state",
    "boring::ssl::SslRef::set_cipher_list",
    "boring::ssl::SslRef::set_connect_state",
    "boring::ssl::SslRef::set_max_early_data",
    "boring::ssl::SslRef::verified_chain",
  ],
  // BoringSSL has neither legacy renegotiation nor compression nor proxy certificates: flags without effect (ssl.h, x509.h). A session
  // without a context is resumed (`ssl_session_is_context_valid` only compares).
  immune: ["session-context", "unbound-renegotiation", "compression", "proxy-certificates"],
  newer: {
    versions: ">=5, <6",
    calls: [
      "boring::x509::verify::X509VerifyFlags",
      "boring::ssl::SslContextBuilder::load_verify_locations",
      "boring::ssl::SslRef::set_verify_cert_store",
      "boring::ssl::SslRef::set_min_proto_version",
      "boring::ssl::SslRef::set_max_proto_version",
      "boring::x509::store::X509StoreBuilderRef::set_flags",
      "boring::x509::verify::X509VerifyParamRef::set_flags",
      "boring::x509::verify::X509VerifyParamRef::clear_flags",
      "boring::x509::verify::X509VerifyParamRef::set_time",
    ],
  },
  adds: {
    calls,
    recipes,
  },
} as const satisfies MirrorModel;
