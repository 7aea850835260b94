/** OpenSSL's verification parameters: which checks run, with which lists, at what time, for which host. */
import type { CallModel, Effect } from "../model.ts";

const STORE = "openssl::x509::store::X509StoreBuilderRef";

/** The flags are added to those that are set: their absence says nothing. */
const listChecks = {
  kind: "flags",
  argument: 0,
  accumulates: true,
  cases: [
    {
      has: ["CRL_CHECK", "CRL_CHECK_ALL"],
      states: [
        { kind: "revocation-check", enabled: true },
        { kind: "revocation-gap", gap: "none" },
      ],
    },
    // X509_V_FLAG_CRL_CHECK alone looks at the leaf only (X509_VERIFY_PARAM_set_flags(3)).
    {
      has: ["CRL_CHECK"],
      states: [
        { kind: "revocation-check", enabled: true },
        { kind: "revocation-gap", gap: "end-entity-only" },
      ],
    },
    { has: ["CRL_CHECK_ALL"], states: [{ kind: "revocation-gap", gap: "none" }] },
  ],
} as const satisfies Effect;
const untimely = {
  kind: "flags",
  argument: 0,
  accumulates: true,
  cases: [{ has: ["NO_CHECK_TIME"], states: [{ kind: "validity-check", enabled: false }] }],
} as const satisfies Effect;
const uncritical = {
  kind: "flags",
  argument: 0,
  accumulates: true,
  cases: [{ has: ["IGNORE_CRITICAL"], states: [{ kind: "extension-check", enabled: false }] }],
} as const satisfies Effect;
const proxied = {
  kind: "flags",
  argument: 0,
  accumulates: true,
  cases: [{ has: ["ALLOW_PROXY_CERTS"], states: [{ kind: "proxy-certificates", accepted: true }] }],
} as const satisfies Effect;
/** Those that have an effect in every library of the family. */
export const commonChecks = [listChecks, uncritical] as const;
const checks = [...commonChecks, untimely, proxied] as const;

/** The same flags, taken back. */
const critical = {
  kind: "flags",
  argument: 0,
  accumulates: true,
  cases: [{ has: ["IGNORE_CRITICAL"], states: [{ kind: "extension-check", enabled: true }] }],
} as const satisfies Effect;
export const commonClearing = [critical] as const;
const clearing = [
  ...commonClearing,
  {
    kind: "flags",
    argument: 0,
    accumulates: true,
    cases: [{ has: ["NO_CHECK_TIME"], states: [{ kind: "validity-check", enabled: true }] }],
  },
  {
    kind: "flags",
    argument: 0,
    accumulates: true,
    cases: [{ has: ["ALLOW_PROXY_CERTS"], states: [{ kind: "proxy-certificates", accepted: false }] }],
  },
] as const satisfies readonly Effect[];

const LIST = "openssl::x509::X509Crl";
const SINCE_LISTS = ">=0.10.46, <0.11";
const list = {
  versions: SINCE_LISTS,
  returns: { new: LIST },
  effects: [{ kind: "loads", argument: 0, reads: "crls" }],
  fails: "crl",
} as const;

/** What a list says of itself is followed as the list. */
const ofList = { versions: SINCE_LISTS, beside: true, returns: { view: `${LIST}Ref` } } as const;

/** A list as a value: no store takes one, it is for the program's own use. */
const lists = [
  { path: `${LIST}::from_pem`, ...list },
  { path: `${LIST}::from_der`, ...list },
  { path: `${LIST}Ref::get_revoked`, ...ofList },
  { path: `${LIST}Ref::last_update`, ...ofList },
  { path: `${LIST}Ref::next_update`, ...ofList },
  { path: `${LIST}Ref::issuer_name`, ...ofList },
] as const satisfies readonly CallModel[];

/** What X509VerifyParam and the store that holds one are told. */
export const verificationParameters = [
  ...lists,
  {
    path: "openssl::x509::store::X509LookupRef::load_crl_file",
    versions: ">=0.10.46, <0.11",
    fails: "crl",
    effects: [
      { kind: "revokes", argument: 0, source: "path" },
      { kind: "loads", argument: 0, reads: "crls" },
    ],
  },
  { path: `${STORE}::set_flags`, versions: ">=0.10.34, <0.11", fails: "setting", effects: checks },
  { path: "openssl::x509::verify::X509VerifyParamRef::set_flags", versions: ">=0.10.31, <0.11", fails: "setting", effects: checks },
  {
    path: "openssl::x509::verify::X509VerifyParamRef::clear_flags",
    versions: ">=0.10.31, <0.11",
    fails: "setting",
    effects: clearing,
  },
  // A time that is set counts, whatever the flags say (x509_vfy.c, ossl_x509_check_cert_time).
  {
    path: "openssl::x509::verify::X509VerifyParamRef::set_time",
    versions: ">=0.10.43, <0.11",
    effects: [{ kind: "number", argument: 0, of: "validity-check" }],
  },
  {
    path: "openssl::x509::verify::X509VerifyParamRef::set_host",
    fails: "setting",
    effects: [{ kind: "states", fact: { kind: "hostname-verification", enabled: true, named: true } }],
  },
  {
    path: "openssl::x509::verify::X509VerifyParamRef::set_ip",
    fails: "setting",
    effects: [{ kind: "states", fact: { kind: "hostname-verification", enabled: true, named: true } }],
  },
] as const satisfies readonly CallModel[];
