/**
 * What each keyword of a cipher string selects, for each library whose strings are read. Data, but for its types.
 * openssl-ciphers(1), "CIPHER STRINGS", https://docs.openssl.org/master/man1/openssl-ciphers/
 */
import { SUITES, type Suite } from "./cipher-suites.ts";

/** All that it says has to be so of a suite; of each property, one of the values. */
export type Selection = { readonly [property in keyof Suite]?: readonly string[] };

/** A suite is selected by any of them. */
export type Keywords = Readonly<Record<string, readonly Selection[]>>;

const ENCRYPTED = [...new Set(SUITES.map((it) => it.encryption))].filter((it) => it !== "None");
const AES128 = ["AES(128)", "AESGCM(128)", "AESCCM(128)", "AESCCM8(128)"];
const AES256 = ["AES(256)", "AESGCM(256)", "AESCCM(256)", "AESCCM8(256)"];
const CCM8 = ["AESCCM8(128)", "AESCCM8(256)"];
const CCM = ["AESCCM(128)", "AESCCM(256)", ...CCM8];
const ARIA = ["ARIAGCM(128)", "ARIAGCM(256)"];
const CAMELLIA = ["Camellia(128)", "Camellia(256)"];
const CHACHA20 = ["CHACHA20/POLY1305(256)"];
const DES = ["DES(40)", "DES(56)"];
const EXPORT = ["RC4(40)", "RC2(40)", "DES(40)"];
const MEDIUM = ["RC4(128)", "3DES(168)", "IDEA(128)", "SEED(128)"];
const IDENTIFIED = ["RSA", "ECDSA", "DSS", "PSK", "SRP"];
const PRESHARED = ["PSK", "RSAPSK", "DHEPSK", "ECDHEPSK"];
const EPHEMERAL = ["DH", "DH(512)"];

/** OpenSSL's. Those that exclude what is broken stand first, in the order in which a list is to have them. */
export const OPENSSL_KEYWORDS: Keywords = {
  aNULL: [{ authentication: ["None"] }],
  eNULL: [{ encryption: ["None"] }],
  RC4: [{ encryption: ["RC4(40)", "RC4(128)"] }],
  DES: [{ encryption: DES }],
  "3DES": [{ encryption: ["3DES(168)"] }],
  IDEA: [{ encryption: ["IDEA(128)"] }],
  EXPORT: [{ encryption: EXPORT }],

  ALL: [{ encryption: ENCRYPTED }],
  COMPLEMENTOFALL: [{ encryption: ["None"] }],
  COMPLEMENTOFDEFAULT: [
    { encryption: ENCRYPTED, authentication: ["None", "DSS"] },
    { encryption: [...CCM, ...ARIA, ...CAMELLIA, ...MEDIUM, ...DES, ...EXPORT] },
  ],
  HIGH: [{ encryption: [...AES128, ...AES256, ...ARIA, ...CAMELLIA, ...CHACHA20] }],
  MEDIUM: [{ encryption: MEDIUM }],
  LOW: [{ encryption: ["DES(56)"] }],
  EXP: [{ encryption: EXPORT }],
  EXPORT40: [{ encryption: EXPORT }],
  NULL: [{ encryption: ["None"] }],

  kRSA: [{ exchange: ["RSA", "RSA(512)"] }],
  aRSA: [{ authentication: ["RSA"] }],
  RSA: [{ exchange: ["RSA", "RSA(512)"], authentication: ["RSA"] }],
  kDHE: [{ exchange: EPHEMERAL }],
  kEDH: [{ exchange: EPHEMERAL }],
  DH: [{ exchange: EPHEMERAL }],
  DHE: [{ exchange: EPHEMERAL, authentication: IDENTIFIED }],
  EDH: [{ exchange: EPHEMERAL, authentication: IDENTIFIED }],
  ADH: [{ exchange: EPHEMERAL, authentication: ["None"] }],
  kECDHE: [{ exchange: ["ECDH"] }],
  kEECDH: [{ exchange: ["ECDH"] }],
  ECDH: [{ exchange: ["ECDH"] }],
  ECDHE: [{ exchange: ["ECDH"], authentication: IDENTIFIED }],
  EECDH: [{ exchange: ["ECDH"], authentication: IDENTIFIED }],
  AECDH: [{ exchange: ["ECDH"], authentication: ["None"] }],
  aECDSA: [{ authentication: ["ECDSA"] }],
  ECDSA: [{ authentication: ["ECDSA"] }],
  aDSS: [{ authentication: ["DSS"] }],
  DSS: [{ authentication: ["DSS"] }],
  kPSK: [{ exchange: ["PSK"] }],
  kRSAPSK: [{ exchange: ["RSAPSK"] }],
  kDHEPSK: [{ exchange: ["DHEPSK"] }],
  kECDHEPSK: [{ exchange: ["ECDHEPSK"] }],
  aPSK: [{ authentication: ["PSK"] }],
  PSK: [{ exchange: PRESHARED }],
  kSRP: [{ exchange: ["SRP"] }],
  SRP: [{ exchange: ["SRP"] }],
  aSRP: [{ authentication: ["SRP"] }],

  AES: [{ encryption: [...AES128, ...AES256] }],
  AES128: [{ encryption: AES128 }],
  AES256: [{ encryption: AES256 }],
  AESGCM: [{ encryption: ["AESGCM(128)", "AESGCM(256)"] }],
  AESCCM: [{ encryption: CCM }],
  AESCCM8: [{ encryption: CCM8 }],
  ARIA: [{ encryption: ARIA }],
  ARIAGCM: [{ encryption: ARIA }],
  ARIA128: [{ encryption: ["ARIAGCM(128)"] }],
  ARIA256: [{ encryption: ["ARIAGCM(256)"] }],
  CAMELLIA: [{ encryption: CAMELLIA }],
  CAMELLIA128: [{ encryption: ["Camellia(128)"] }],
  CAMELLIA256: [{ encryption: ["Camellia(256)"] }],
  CHACHA20: [{ encryption: CHACHA20 }],
  FIPS: [{ encryption: ["AES(128)", "AES(256)", "AESGCM(128)", "AESGCM(256)"], exchange: [...EPHEMERAL, "ECDH", "RSA", ...PRESHARED] }],
  SEED: [{ encryption: ["SEED(128)"] }],
  RC2: [{ encryption: ["RC2(40)"] }],
  CBC: [{ encryption: ["AES(128)", "AES(256)", ...CAMELLIA, ...DES, "RC2(40)", "3DES(168)", "IDEA(128)", "SEED(128)"] }],

  MD5: [{ digest: ["MD5"] }],
  SHA: [{ digest: ["SHA1"] }],
  SHA1: [{ digest: ["SHA1"] }],
  SHA256: [{ digest: ["SHA256"] }],
  SHA384: [{ digest: ["SHA384"] }],

  SSLv3: [{ version: ["SSLv3"] }],
  TLSv1: [{ version: ["TLSv1"] }],
  "TLSv1.0": [{ version: ["TLSv1"] }],
  "TLSv1.2": [{ version: ["TLSv1.2"] }],
};

const SUITE_B = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";

/** What stands for a whole list: nothing after it counts. Longer words first. */
export const OPENSSL_LISTS: readonly (readonly [word: string, list: string])[] = [
  ["SUITEB128ONLY", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  ["SUITEB128C2", SUITE_B],
  ["SUITEB128", SUITE_B],
  ["SUITEB192", "ECDHE-ECDSA-AES256-GCM-SHA384"],
];

/** BoringSSL has one class, whatever it is called (ssl_cipher.cc, `kCipherAliases`). */
export const BORING_KEYWORDS: Keywords = { ...OPENSSL_KEYWORDS, ALL: [{}], HIGH: [{}], FIPS: [{}] };

/** The suites that BoringSSL has. The weak ones are compared with boring 4.22 and 5.4; the others were read, not asked. */
export const BORING_SUITES: ReadonlySet<string> = new Set([
  "DES-CBC3-SHA",
  "AES128-SHA",
  "AES256-SHA",
  "AES128-GCM-SHA256",
  "AES256-GCM-SHA384",
  "PSK-AES128-CBC-SHA",
  "PSK-AES256-CBC-SHA",
  "ECDHE-PSK-AES128-CBC-SHA",
  "ECDHE-PSK-AES256-CBC-SHA",
  "ECDHE-PSK-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-RSA-AES128-SHA",
  "ECDHE-RSA-AES256-SHA",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
]);

/** From version 5 on only a rule that names it brings in 3DES. */
export const BORING_DEPRECATED = "3DES";
