/** openssl 0.6 to 0.8: contexts that are made whole and then changed, verify nothing by default, and compare no name. */
import type { ByHand, CallModel, CrateModel, Effect, Recipe } from "../model.ts";
import { verifyMode } from "./calls.ts";

const BEFORE = ">=0.6, <0.9";
const CONTEXT = "openssl::ssl::SslContext";
/** 0.8 has the methods of contexts on what they deref to. */
const SHARED = "openssl::ssl::SslContextRef";
const SSL = "openssl::ssl::SslRef";
const OWNED = { versions: ">=0.6, <0.8" } as const;
const REFERRED = { versions: ">=0.8, <0.9" } as const;

/** A callback beside the mode. */
const judges = { kind: "callback", argument: 1, verifies: "peer", accepts: "true", inner: 0, certificate: [1] } as const;
const asClient = [{ kind: "handshake", as: "client", of: 0 }] as const satisfies readonly Effect[];
const asServer = [{ kind: "handshake", as: "server", of: 0 }] as const satisfies readonly Effect[];
const connected = { returns: { new: "openssl::ssl::SslStream" }, effects: asClient } as const;
const accepted = { returns: { new: "openssl::ssl::SslStream" }, effects: asServer } as const;

const trusted = {
  fails: "anchor",
  effects: [
    { kind: "trusts", argument: 0, source: "path" },
    { kind: "loads", argument: 0, reads: "certificates" },
  ],
} as const;
const system = { fails: "anchor", effects: [{ kind: "states", fact: { kind: "trust", anchors: "system" } }] } as const;
const chain = { fails: "setting", effects: [{ kind: "loads", argument: 0, reads: "certificates", as: "own-chain" }] } as const;
const leaf = { fails: "setting", effects: [{ kind: "loads", argument: 0, reads: "first-certificate", as: "own-chain" }] } as const;
const key = { fails: "setting", effects: [{ kind: "loads", argument: 0, reads: "private-key", as: "own-key" }] } as const;

const loaded = { returns: { new: "openssl::x509::X509" }, fails: "certificate" } as const;

export const oldCalls = [
  { path: `${CONTEXT}::new`, versions: BEFORE, returns: { new: CONTEXT } },
  { path: `${CONTEXT}::set_verify`, ...OWNED, effects: [verifyMode, { ...judges, optional: true }] },
  { path: `${SHARED}::set_verify`, ...REFERRED, effects: [verifyMode] },
  { path: `${SHARED}::set_verify_callback`, ...REFERRED, effects: [verifyMode, judges] },
  { path: `${CONTEXT}::set_CA_file`, ...OWNED, ...trusted },
  { path: `${SHARED}::set_CA_file`, ...REFERRED, ...trusted },
  { path: `${CONTEXT}::set_default_verify_paths`, versions: ">=0.7, <0.8", ...system },
  { path: `${SHARED}::set_default_verify_paths`, ...REFERRED, ...system },
  { path: `${CONTEXT}::set_certificate_file`, ...OWNED, ...leaf },
  { path: `${SHARED}::set_certificate_file`, ...REFERRED, ...leaf },
  { path: `${CONTEXT}::set_certificate_chain_file`, ...OWNED, ...chain },
  { path: `${SHARED}::set_certificate_chain_file`, ...REFERRED, ...chain },
  { path: `${CONTEXT}::set_private_key_file`, ...OWNED, ...key },
  { path: `${SHARED}::set_private_key_file`, ...REFERRED, ...key },
  {
    path: "openssl::ssl::Ssl::new",
    versions: BEFORE,
    returns: { new: "openssl::ssl::Ssl" },
    effects: [{ kind: "takes", argument: 0, part: "configuration" }],
  },
  { path: `${SSL}::set_verify`, ...REFERRED, effects: [verifyMode] },
  { path: `${SSL}::set_verify_callback`, ...REFERRED, effects: [verifyMode, judges] },
  { path: `${SSL}::set_ssl_context`, ...REFERRED, effects: [{ kind: "switches", argument: 0 }] },
  { path: `${SSL}::peer_certificate`, ...REFERRED, readsPeerIdentity: "certificate" },
  { path: "openssl::ssl::SslStream::ssl", versions: ">=0.7, <0.8", returns: { view: "openssl::ssl::Ssl" } },
  { path: "openssl::ssl::SslStream::ssl", ...REFERRED, returns: { view: SSL } },
  { path: "openssl::x509::X509::from_pem", versions: BEFORE, ...loaded, effects: [{ kind: "takes-first", argument: 0 }] },
  { path: "openssl::x509::X509::from_der", ...REFERRED, ...loaded },
  { path: "openssl::ssl::SslStream::connect", versions: BEFORE, ...connected },
  { path: "openssl::ssl::SslStream::accept", versions: BEFORE, ...accepted },
  { path: "openssl::ssl::SslStream::connect_generic", ...OWNED, ...connected },
  { path: "openssl::ssl::SslStream::accept_generic", ...OWNED, ...accepted },
] as const satisfies readonly CallModel[];

/** Neither side verifies anything unless it is told to (SSL_CTX_set_verify(3)). */
export const oldDefaults = [
  { versions: BEFORE, fact: { kind: "server-verification", enabled: false } },
] as const satisfies CrateModel["types"][string]["defaults"];

/** 0.9 has them, too. */
const CONSTANTS = ">=0.6, <0.10";
export const oldValues = {
  "openssl::ssl::SSL_VERIFY_NONE": { kind: "flags", bits: [], versions: CONSTANTS },
  "openssl::ssl::SSL_VERIFY_PEER": { kind: "flags", bits: ["PEER"], versions: CONSTANTS },
  "openssl::ssl::SSL_VERIFY_FAIL_IF_NO_PEER_CERT": { kind: "flags", bits: ["FAIL_IF_NO_PEER_CERT"], versions: CONSTANTS },
} as const satisfies CrateModel["values"];

const PEER = "{path:openssl::ssl::SSL_VERIFY_PEER}";
const verifying = {
  role: "client",
  // What a callback does is another matter.
  of: ["server-verification"],
  gives: { kind: "server-verification", enabled: true },
  title: "Enable certificate verification",
  edit: { kind: "replace-argument", argument: 0, with: PEER },
} as const;
const requiring = {
  role: "server",
  gives: { kind: "client-authentication", mode: "required" },
  title: "Require client certificates",
  edit: { kind: "replace-argument", argument: 0, with: `${PEER} | {path:openssl::ssl::SSL_VERIFY_FAIL_IF_NO_PEER_CERT}` },
} as const;
const STRICT = requiring.edit.with;
const DELEGATES = { kind: "verifier", judgement: "delegates" } as const;
const trusting = { gives: DELEGATES, title: "Use OpenSSL's own verification" } as const;
export const oldRecipes = [
  { at: `${CONTEXT}::set_verify`, ...OWNED, ...trusting, edit: { kind: "replace-argument", argument: 1, with: "None" } },
  {
    at: `${SHARED}::set_verify_callback`,
    ...REFERRED,
    ...trusting,
    role: "client",
    edit: { kind: "replace-segment", with: `.set_verify(${PEER})` },
  },
  {
    at: `${SHARED}::set_verify_callback`,
    ...REFERRED,
    ...trusting,
    role: "server",
    edit: { kind: "replace-segment", with: `.set_verify(${STRICT})` },
  },
  {
    at: `${SHARED}::set_verify_callback`,
    ...REFERRED,
    ...trusting,
    role: "client",
    gives: { kind: "server-verification", enabled: true },
    edit: { kind: "replace-segment", with: `.set_verify(${PEER})` },
  },
  { at: `${SHARED}::set_verify_callback`, ...REFERRED, ...requiring, of: ["client-authentication"] },
  { at: `${CONTEXT}::set_verify`, ...OWNED, ...verifying },
  { at: `${SHARED}::set_verify`, ...REFERRED, ...verifying },
  { at: `${SSL}::set_verify`, ...REFERRED, ...verifying },
  { at: `${CONTEXT}::set_verify`, ...OWNED, ...requiring },
  { at: `${SHARED}::set_verify`, ...REFERRED, ...requiring },
  { at: `${SSL}::set_verify`, ...REFERRED, ...requiring },
] as const satisfies readonly Recipe[];

const RELEASE = "no release before 0.9 compares names, and later ones have a connector that does: move to openssl 0.10";
export const oldByHand = [
  { at: ["openssl::ssl::SslStream::connect_generic"], of: "hostname-verification", because: RELEASE },
] as const satisfies readonly ByHand[];
