/**
 * What leads from a certificate to the text of a name in it, in the words of the crates that read certificates. Data only.
 * The values are known to be of a certificate before anything is looked up here, so that the last segment tells. The fixtures of
 * `partially-compared-name` compile most of them. Only read in their sources were x509-parser's `iter_email`, `iter_organization`,
 * `iter_organizational_unit`, `iter_by_oid`, `to_string_with_registry` and `get_extension_unique`, rocket's `common_names`, and of
 * openssl `X509::from_der`, `entries`, `uri` and `email`.
 */
import type { CanonicalPath } from "./model.ts";

/** What a step gives; `many`: several of it, a list or an iterator. */
export interface NameStep {
  readonly gives: "certificate" | "name" | "text";
  readonly many?: true;
}

const NAME = { gives: "name" } as const;
const NAMES = { gives: "name", many: true } as const;
const TEXT = { gives: "text" } as const;
const TEXTS = { gives: "text", many: true } as const;

/** Functions that read a certificate's bytes. */
export const CERTIFICATE_READERS: readonly CanonicalPath[] = [
  "x509_parser::parse_x509_certificate",
  "x509_parser::certificate::X509Certificate::from_der",
  "x509_cert::Certificate::from_der",
  "openssl::x509::X509::from_der",
  "webpki::EndEntityCert::try_from",
  "rustls::server::ParsedCertificate::try_from",
];

/** Functions and methods that say whether a certificate is one of a name, and fail where it is not. */
export const NAME_VERDICTS: readonly CanonicalPath[] = [
  "rustls::client::verify_server_name",
  "webpki::EndEntityCert::verify_is_valid_for_subject_name",
  "webpki::EndEntityCert::verify_is_valid_for_dns_name",
];

/** Methods and fields of a certificate. Its issuer's names are not the peer's. */
export const FROM_CERTIFICATE: Readonly<Record<CanonicalPath, NameStep>> = {
  "x509_parser::certificate::TbsCertificate::subject": NAME,
  "x509_parser::certificate::TbsCertificate::subject_alternative_name": NAME,
  "x509_parser::certificate::X509Certificate.tbs_certificate": { gives: "certificate" },
  "x509_parser::certificate::TbsCertificate::extensions": NAMES,
  "x509_parser::certificate::TbsCertificate::get_extension_unique": NAME,
  "x509_cert::certificate::TbsCertificate.subject": NAME,
  "openssl::x509::X509Ref::subject_name": NAME,
  "openssl::x509::X509Ref::subject_alt_names": NAMES,
};

/** Methods and fields of a name, of its parts, and of an extension that holds some. */
export const FROM_NAME: Readonly<Record<CanonicalPath, NameStep>> = {
  "x509_parser::extensions::X509Extension::parsed_extension": NAME,
  "x509_parser::extensions::SubjectAlternativeName.general_names": NAMES,
  "x509_parser::certificate::BasicExtension.value": NAME,
  "x509_parser::x509::X509Name::iter_common_name": NAMES,
  "x509_parser::x509::X509Name::iter_organization": NAMES,
  "x509_parser::x509::X509Name::iter_organizational_unit": NAMES,
  "x509_parser::x509::X509Name::iter_email": NAMES,
  "x509_parser::x509::X509Name::iter_by_oid": NAMES,
  "x509_parser::x509::X509Name::iter_attributes": NAMES,
  "x509_parser::x509::X509Name::to_string_with_registry": TEXT,
  "x509_parser::x509::AttributeTypeAndValue::as_str": TEXT,
  "openssl::x509::X509NameRef::entries": NAMES,
  "openssl::x509::X509NameRef::entries_by_nid": NAMES,
  "openssl::x509::X509NameEntryRef::data": NAME,
  "openssl::asn1::Asn1StringRef::as_utf8": TEXT,
  "openssl::x509::GeneralNameRef::dnsname": TEXT,
  "openssl::x509::GeneralNameRef::uri": TEXT,
  "openssl::x509::GeneralNameRef::email": TEXT,
  "rocket::mtls::Name::common_name": TEXT,
  "rocket::mtls::Name::common_names": TEXTS,
  "rocket::mtls::Name::email": TEXT,
  "rocket::mtls::Name::emails": TEXTS,
  "alloc::string::ToString::to_string": TEXT,
};

/** Functions and methods that make a fingerprint of a certificate or its key. */
export const DIGESTS: readonly CanonicalPath[] = [
  "sha2::Digest::digest",
  "sha2::Digest::finalize",
  "openssl::hash::hash",
  "openssl::sha::sha1",
  "openssl::sha::sha256",
  "openssl::sha::sha384",
  "openssl::sha::sha512",
  "openssl::x509::X509Ref::digest",
  "ring::digest::digest",
  "blake3::hash",
];

/** What a verification callback is asked about. */
export const CERTIFICATE_IN_QUESTION: readonly CanonicalPath[] = ["openssl::x509::X509StoreContextRef::current_cert"];

/** What such a callback is told of the verdict: why the chain was refused, and at which certificate. */
export const REASONS: readonly CanonicalPath[] = [
  "openssl::x509::X509StoreContextRef::error",
  "openssl::x509::X509StoreContextRef::error_depth",
  "openssl::x509::X509StoreContextRef::verify_result",
];

/** Codes by which OpenSSL says why. */
export const REASON_CODES: Readonly<Record<CanonicalPath, "name" | "time">> = {
  "openssl_sys::X509_V_ERR_CERT_NOT_YET_VALID": "time",
  "openssl_sys::X509_V_ERR_CERT_HAS_EXPIRED": "time",
  "openssl_sys::X509_V_ERR_HOSTNAME_MISMATCH": "name",
  "openssl_sys::X509_V_ERR_IP_ADDRESS_MISMATCH": "name",
  "openssl::x509::X509VerifyResult::HOSTNAME_MISMATCH": "name",
  "boring::x509::X509VerifyError::CERT_NOT_YET_VALID": "time",
  "boring::x509::X509VerifyError::CERT_HAS_EXPIRED": "time",
};

/** Types that only the peer's certificate is of. */
export const PEER_TYPES: readonly CanonicalPath[] = ["rocket::mtls::Certificate"];
