/** rustls-pki-types: the certificate, key and CRL types of rustls since 0.22, with their own PEM readers (`PemObject`, 1.9). */
import type { CallModel, CrateModel } from "./model.ts";

const PEM = ">=1.9, <2";

const certificate = "rustls_pki_types::CertificateDer";
const crl = "rustls_pki_types::CertificateRevocationListDer";
const key = "rustls_pki_types::PrivateKeyDer";

const first = {
  versions: PEM,
  returns: { new: certificate },
  effects: [
    { kind: "loads", argument: 0, reads: "first-certificate" },
    { kind: "takes-first", argument: 0 },
  ],
  fails: "certificate",
} as const;
/** The same of the file at a path. */
const firstOfFile = { ...first, effects: [first.effects[0], { ...first.effects[1], path: true }] } as const;
const all = {
  versions: PEM,
  returns: { new: certificate },
  effects: [{ kind: "loads", argument: 0, reads: "certificates" }],
  fails: "certificate",
} as const;
const lists = { versions: PEM, returns: { new: crl }, effects: [{ kind: "loads", argument: 0, reads: "crls" }], fails: "crl" } as const;
const keys = { versions: PEM, returns: { new: key }, effects: [{ kind: "loads", argument: 0, reads: "private-key" }] } as const;

/** Bytes as they are, which have to be DER. */
const der = { returns: { argument: 0 }, effects: [{ kind: "loads", argument: 0, reads: "first-certificate", whole: true }] } as const;
const derList = { returns: { argument: 0 }, effects: [{ kind: "loads", argument: 0, reads: "crls", whole: true }] } as const;
const derKey = { returns: { argument: 0 }, effects: [{ kind: "loads", argument: 0, reads: "private-key", whole: true }] } as const;

const calls = [
  { path: `${certificate}::from_pem_file`, ...firstOfFile },
  { path: `${certificate}::from_pem_slice`, ...first },
  { path: `${certificate}::from_pem_reader`, ...first },
  { path: `${certificate}::pem_file_iter`, ...all },
  { path: `${certificate}::pem_slice_iter`, ...all },
  { path: `${certificate}::pem_reader_iter`, ...all },
  { path: `${certificate}::from`, ...der },
  { path: `${certificate}::from_slice`, ...der },
  { path: `${certificate}::into_owned`, returns: "self" },
  { path: `${crl}::from_pem_file`, ...lists },
  { path: `${crl}::from_pem_slice`, ...lists },
  { path: `${crl}::from_pem_reader`, ...lists },
  { path: `${crl}::pem_file_iter`, ...lists },
  { path: `${crl}::pem_slice_iter`, ...lists },
  { path: `${crl}::pem_reader_iter`, ...lists },
  { path: `${crl}::from`, ...derList },
  { path: `${key}::from_pem_file`, ...keys },
  { path: `${key}::from_pem_slice`, ...keys },
  { path: `${key}::from_pem_reader`, ...keys },
  { path: `${key}::pem_file_iter`, ...keys },
  { path: `${key}::pem_slice_iter`, ...keys },
  { path: `${key}::pem_reader_iter`, ...keys },
  { path: `${key}::from`, returns: { argument: 0 } },
  { path: `${key}::try_from`, ...derKey },
  { path: `${key}::Pkcs1`, returns: { argument: 0 } },
  { path: `${key}::Pkcs8`, returns: { argument: 0 } },
  { path: `${key}::Sec1`, returns: { argument: 0 } },
  { path: `${key}::clone_key`, returns: "clone" },
  { path: "rustls_pki_types::PrivatePkcs1KeyDer::from_pem_file", ...keys },
  { path: "rustls_pki_types::PrivatePkcs1KeyDer::from_pem_slice", ...keys },
  { path: "rustls_pki_types::PrivatePkcs1KeyDer::from", ...derKey },
  { path: "rustls_pki_types::PrivatePkcs8KeyDer::from_pem_file", ...keys },
  { path: "rustls_pki_types::PrivatePkcs8KeyDer::from_pem_slice", ...keys },
  { path: "rustls_pki_types::PrivatePkcs8KeyDer::from", ...derKey },
  { path: "rustls_pki_types::PrivateSec1KeyDer::from_pem_file", ...keys },
  { path: "rustls_pki_types::PrivateSec1KeyDer::from_pem_slice", ...keys },
  { path: "rustls_pki_types::PrivateSec1KeyDer::from", ...derKey },
] as const satisfies readonly CallModel[];

export const rustlsPkiTypes = {
  crate: "rustls_pki_types",
  package: "rustls-pki-types",
  versions: ">=1, <2",
  source: "https://github.com/rustls/pki-types",
  error: { type: "rustls_pki_types::pem::Error" },
  stack: "rustls",
  types: {
    "rustls_pki_types::CertificateDer": { sort: "certificates" },
    "rustls_pki_types::TrustAnchor": { sort: "certificates" },
    "rustls_pki_types::CertificateRevocationListDer": { sort: "crls" },
    "rustls_pki_types::PrivateKeyDer": { sort: "private-key" },
    "rustls_pki_types::PrivatePkcs1KeyDer": { sort: "private-key" },
    "rustls_pki_types::PrivatePkcs8KeyDer": { sort: "private-key" },
    "rustls_pki_types::PrivateSec1KeyDer": { sort: "private-key" },
  },
  calls,
} as const satisfies CrateModel;
