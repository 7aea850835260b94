/** Names of the object identifiers that certificates, lists, requests and keys hold. */

/** Attribute types of names, by the short names of RFC 4514 §3 and of OpenSSL where the RFC has none. */
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "STREET",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.42": "GN",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
};

export const EXTENSIONS: Readonly<Record<string, string>> = {
  "2.5.29.9": "subjectDirectoryAttributes",
  "2.5.29.14": "subjectKeyIdentifier",
  "2.5.29.15": "keyUsage",
  "2.5.29.16": "privateKeyUsagePeriod",
  "2.5.29.17": "subjectAltName",
  "2.5.29.18": "issuerAltName",
  "2.5.29.19": "basicConstraints",
  "2.5.29.20": "cRLNumber",
  "2.5.29.21": "cRLReason",
  "2.5.29.23": "holdInstructionCode",
  "2.5.29.24": "invalidityDate",
  "2.5.29.27": "deltaCRLIndicator",
  "2.5.29.28": "issuingDistributionPoint",
  "2.5.29.29": "certificateIssuer",
  "2.5.29.30": "nameConstraints",
  "2.5.29.31": "cRLDistributionPoints",
  "2.5.29.32": "certificatePolicies",
  "2.5.29.33": "policyMappings",
  "2.5.29.35": "authorityKeyIdentifier",
  "2.5.29.36": "policyConstraints",
  "2.5.29.37": "extKeyUsage",
  "2.5.29.46": "freshestCRL",
  "2.5.29.54": "inhibitAnyPolicy",
  "1.3.6.1.5.5.7.1.1": "authorityInfoAccess",
  "1.3.6.1.5.5.7.1.7": "ipAddrBlocks",
  "1.3.6.1.5.5.7.1.8": "autonomousSysIds",
  "1.3.6.1.5.5.7.1.11": "subjectInfoAccess",
  "1.3.6.1.5.5.7.1.14": "proxyCertInfo",
  "1.3.6.1.5.5.7.1.24": "tlsFeature",
  "1.3.6.1.5.5.7.48.1.5": "ocspNoCheck",
  "1.3.6.1.4.1.11129.2.4.2": "signedCertificateTimestamps",
  "1.3.6.1.4.1.11129.2.4.3": "ctPoison",
  "2.16.840.1.113730.1.1": "nsCertType",
  "2.16.840.1.113730.1.13": "nsComment",
};

export const PURPOSES: Readonly<Record<string, string>> = {
  "2.5.29.37.0": "anyExtendedKeyUsage",
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
  "1.3.6.1.5.5.7.3.17": "ipsecIKE",
  "1.3.6.1.4.1.311.20.2.2": "smartcardLogon",
};

export type Hash =
  | "MD2"
  | "MD4"
  | "MD5"
  | "RIPEMD-160"
  | "SHA-1"
  | "SHA-224"
  | "SHA-256"
  | "SHA-384"
  | "SHA-512"
  | "SHA-512/224"
  | "SHA-512/256"
  | "SHA3-224"
  | "SHA3-256"
  | "SHA3-384"
  | "SHA3-512"
  | "SM3";

export const HASHES: Readonly<Record<string, Hash>> = {
  "1.2.840.113549.2.2": "MD2",
  "1.2.840.113549.2.4": "MD4",
  "1.2.840.113549.2.5": "MD5",
  "1.3.36.3.2.1": "RIPEMD-160",
  "1.3.14.3.2.26": "SHA-1",
  "2.16.840.1.101.3.4.2.4": "SHA-224",
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
  "2.16.840.1.101.3.4.2.5": "SHA-512/224",
  "2.16.840.1.101.3.4.2.6": "SHA-512/256",
  "2.16.840.1.101.3.4.2.7": "SHA3-224",
  "2.16.840.1.101.3.4.2.8": "SHA3-256",
  "2.16.840.1.101.3.4.2.9": "SHA3-384",
  "2.16.840.1.101.3.4.2.10": "SHA3-512",
};

/** FIPS 205, as RFC 9909 names them: from the identifier ending in 20 on. */
const HASH_TREES = [
  "SHA2-128s",
  "SHA2-128f",
  "SHA2-192s",
  "SHA2-192f",
  "SHA2-256s",
  "SHA2-256f",
  "SHAKE-128s",
  "SHAKE-128f",
  "SHAKE-192s",
  "SHAKE-192f",
  "SHAKE-256s",
  "SHAKE-256f",
] as const;
const hashTrees = <T>(of: (name: string) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(HASH_TREES.map((it, at) => [`2.16.840.1.101.3.4.3.${20 + at}`, of(`SLH-DSA-${it}`)]));

export interface SignatureName {
  readonly name: string;
  /** Absent where the scheme hashes for itself (Ed25519, ML-DSA). */
  readonly hash?: Hash;
}
export const RSA_PSS = "1.2.840.113549.1.1.10";
export const SIGNATURES: Readonly<Record<string, SignatureName>> = {
  "1.2.840.113549.1.1.2": { name: "RSA with MD2", hash: "MD2" },
  "1.2.840.113549.1.1.3": { name: "RSA with MD4", hash: "MD4" },
  "1.2.840.113549.1.1.4": { name: "RSA with MD5", hash: "MD5" },
  "1.2.840.113549.1.1.5": { name: "RSA with SHA-1", hash: "SHA-1" },
  "1.3.14.3.2.29": { name: "RSA with SHA-1", hash: "SHA-1" },
  "1.2.840.113549.1.1.14": { name: "RSA with SHA-224", hash: "SHA-224" },
  "1.2.840.113549.1.1.11": { name: "RSA with SHA-256", hash: "SHA-256" },
  "1.2.840.113549.1.1.12": { name: "RSA with SHA-384", hash: "SHA-384" },
  "1.2.840.113549.1.1.13": { name: "RSA with SHA-512", hash: "SHA-512" },
  "1.3.36.3.3.1.2": { name: "RSA with RIPEMD-160", hash: "RIPEMD-160" },
  "2.16.840.1.101.3.4.3.13": { name: "RSA with SHA3-224", hash: "SHA3-224" },
  "2.16.840.1.101.3.4.3.14": { name: "RSA with SHA3-256", hash: "SHA3-256" },
  "2.16.840.1.101.3.4.3.15": { name: "RSA with SHA3-384", hash: "SHA3-384" },
  "2.16.840.1.101.3.4.3.16": { name: "RSA with SHA3-512", hash: "SHA3-512" },
  [RSA_PSS]: { name: "RSA-PSS" },
  "1.2.840.10040.4.3": { name: "DSA with SHA-1", hash: "SHA-1" },
  "2.16.840.1.101.3.4.3.1": { name: "DSA with SHA-224", hash: "SHA-224" },
  "2.16.840.1.101.3.4.3.2": { name: "DSA with SHA-256", hash: "SHA-256" },
  "1.2.840.10045.4.1": { name: "ECDSA with SHA-1", hash: "SHA-1" },
  "1.2.840.10045.4.3.1": { name: "ECDSA with SHA-224", hash: "SHA-224" },
  "1.2.840.10045.4.3.2": { name: "ECDSA with SHA-256", hash: "SHA-256" },
  "1.2.840.10045.4.3.3": { name: "ECDSA with SHA-384", hash: "SHA-384" },
  "1.2.840.10045.4.3.4": { name: "ECDSA with SHA-512", hash: "SHA-512" },
  "2.16.840.1.101.3.4.3.9": { name: "ECDSA with SHA3-224", hash: "SHA3-224" },
  "2.16.840.1.101.3.4.3.10": { name: "ECDSA with SHA3-256", hash: "SHA3-256" },
  "2.16.840.1.101.3.4.3.11": { name: "ECDSA with SHA3-384", hash: "SHA3-384" },
  "2.16.840.1.101.3.4.3.12": { name: "ECDSA with SHA3-512", hash: "SHA3-512" },
  "1.2.156.10197.1.501": { name: "SM2 with SM3", hash: "SM3" },
  "1.3.101.112": { name: "Ed25519" },
  "1.3.101.113": { name: "Ed448" },
  "2.16.840.1.101.3.4.3.17": { name: "ML-DSA-44" },
  "2.16.840.1.101.3.4.3.18": { name: "ML-DSA-65" },
  "2.16.840.1.101.3.4.3.19": { name: "ML-DSA-87" },
  ...hashTrees((name): SignatureName => ({ name })),
};

export const KEYS = {
  rsa: "1.2.840.113549.1.1.1",
  rsaPss: RSA_PSS,
  ec: "1.2.840.10045.2.1",
  dsa: "1.2.840.10040.4.1",
} as const;
/** Keys whose kind says everything: no parameters, one size. Bits as RFC 8032 and FIPS 203 to 205 give the public key's. */
export const FIXED_KEYS: Readonly<Record<string, { readonly name: string; readonly bits: number }>> = {
  "1.3.101.110": { name: "X25519", bits: 256 },
  "1.3.101.111": { name: "X448", bits: 448 },
  "1.3.101.112": { name: "Ed25519", bits: 256 },
  "1.3.101.113": { name: "Ed448", bits: 456 },
  "2.16.840.1.101.3.4.3.17": { name: "ML-DSA-44", bits: 10496 },
  "2.16.840.1.101.3.4.3.18": { name: "ML-DSA-65", bits: 15616 },
  "2.16.840.1.101.3.4.3.19": { name: "ML-DSA-87", bits: 20736 },
  "2.16.840.1.101.3.4.4.1": { name: "ML-KEM-512", bits: 6400 },
  "2.16.840.1.101.3.4.4.2": { name: "ML-KEM-768", bits: 9472 },
  "2.16.840.1.101.3.4.4.3": { name: "ML-KEM-1024", bits: 12544 },
  // Two hashes: twice the number in the name.
  ...hashTrees((name) => ({ name, bits: 2 * Number(name.slice(-4, -1)) })),
};

export interface Curve {
  readonly name: string;
  readonly bits: number;
}
export const CURVES: Readonly<Record<string, Curve>> = {
  "1.2.840.10045.3.1.1": { name: "P-192", bits: 192 },
  "1.3.132.0.33": { name: "P-224", bits: 224 },
  "1.2.840.10045.3.1.7": { name: "P-256", bits: 256 },
  "1.3.132.0.34": { name: "P-384", bits: 384 },
  "1.3.132.0.35": { name: "P-521", bits: 521 },
  "1.3.132.0.8": { name: "secp160r1", bits: 160 },
  "1.3.132.0.9": { name: "secp160k1", bits: 160 },
  "1.3.132.0.30": { name: "secp160r2", bits: 160 },
  "1.3.132.0.31": { name: "secp192k1", bits: 192 },
  "1.3.132.0.32": { name: "secp224k1", bits: 224 },
  "1.3.132.0.10": { name: "secp256k1", bits: 256 },
  "1.3.36.3.3.2.8.1.1.1": { name: "brainpoolP160r1", bits: 160 },
  "1.3.36.3.3.2.8.1.1.3": { name: "brainpoolP192r1", bits: 192 },
  "1.3.36.3.3.2.8.1.1.5": { name: "brainpoolP224r1", bits: 224 },
  "1.3.36.3.3.2.8.1.1.7": { name: "brainpoolP256r1", bits: 256 },
  "1.3.36.3.3.2.8.1.1.11": { name: "brainpoolP384r1", bits: 384 },
  "1.3.36.3.3.2.8.1.1.13": { name: "brainpoolP512r1", bits: 512 },
  "1.2.156.10197.1.301": { name: "SM2", bits: 256 },
};

export const KEY_ENCRYPTIONS: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.5.3": "PBE with MD5 and DES",
  "1.2.840.113549.1.5.10": "PBE with SHA-1 and DES",
  "1.2.840.113549.1.5.13": "PBES2",
  "1.2.840.113549.1.12.1.3": "PBE with SHA-1 and 3DES",
  "1.2.840.113549.1.12.1.6": "PBE with SHA-1 and RC2-40",
  "1.3.6.1.4.1.42.2.17.1.1": "Java's cipher of one pass of SHA-1",
  "1.3.6.1.4.1.42.2.19.1": "Java's PBE with MD5 and 3DES",
};

export const EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
