/** Cases of what RFC 5280 asks and no stack refuses: names, policies, places of lists, algorithms, and revocation lists. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  certificatePem,
  dns,
  extension,
  integer,
  KEYS,
  keyUsage,
  name,
  oid,
  pem,
  purposes,
  revocationList,
  rsaKey,
  SERVER,
  sequence,
  text,
  time,
  tlv,
  uri,
} from "./build.ts";
import type { Case, Expectation } from "./cases.ts";

type Bytes = Uint8Array;
const usual = [basicConstraints(false), keyUsage("1"), purposes(SERVER)];
const host = alternativeNames(dns("service.example"));
const leaf = (...more: readonly Bytes[]): CertificateSpec => ({ extensions: [...usual, host, ...more] });
const named = (...names: readonly Bytes[]): CertificateSpec => ({
  extensions: [...usual, alternativeNames(dns("service.example"), ...names)],
});
const of = (spec: CertificateSpec): Bytes => text(certificatePem(spec));

const finding = (covers: Bytes | string, says: RegExp): Expectation => ({
  rule: "nonconforming-certificate",
  severity: "info",
  covers,
  says,
});
const bad = (about: string, spec: CertificateSpec, covers: Bytes, says: RegExp): Case => ({
  about,
  make: () => of(spec),
  expect: [finding(covers, says)],
});
const good = (about: string, spec: CertificateSpec): Case => ({ about, make: () => of(spec) });

const utf8 = (value: string): Bytes => tlv(0x0c, text(value));
const printable = (value: string): Bytes => tlv(0x13, text(value));
const attribute = (type: string, value: Bytes): Bytes => sequence(oid(type), value);
const subjectOf = (...attributes: readonly (readonly [string, Bytes])[]): CertificateSpec => ({
  ...leaf(),
  subject: [...attributes, ["2.5.4.3", utf8("service.example")]],
});
/** A subject with one odd attribute, which is covered. */
const odd = (about: string, type: string, value: Bytes, says: RegExp): Case =>
  bad(about, subjectOf([type, value]), attribute(type, value), says);
const COUNTRY = "2.5.4.6";
const ORGANISATION = "2.5.4.10";
const letters = (count: number): Bytes => utf8("x".repeat(count));

const email = (value: string): Bytes => tlv(0x81, text(value));
const issuerNames = (...names: readonly Bytes[]): Bytes => extension("2.5.29.18", sequence(...names));
const issuerName = (about: string, it: Bytes, says: RegExp): Case => bad(about, leaf(issuerNames(it)), it, says);

const policy = (id: string, ...qualifiers: readonly Bytes[]): Bytes =>
  sequence(oid(id), ...(qualifiers.length === 0 ? [] : [sequence(...qualifiers)]));
const policies = (...all: readonly Bytes[]): Bytes => extension("2.5.29.32", sequence(...all));
const notice = (...parts: readonly Bytes[]): Bytes => sequence(oid("1.3.6.1.5.5.7.2.2"), sequence(...parts));
const noticed = (explicit: Bytes): CertificateSpec => leaf(policies(policy("1.2.3", notice(explicit))));
const OWN = "1.2.3.4";
const ANY = "2.5.29.32.0";

const fullName = (...names: readonly Bytes[]): Bytes => sequence(tlv(0xa0, tlv(0xa0, ...names)));
const points = (all: readonly Bytes[], critical = false): Bytes => extension("2.5.29.31", sequence(...all), critical);
const reachable = fullName(uri("http://lists.example/ca.crl"));
const onlyReasons = sequence(tlv(0x81, 0x06, 0x40));
const access = (method: string, location: Bytes): Bytes => extension("1.3.6.1.5.5.7.1.1", sequence(sequence(oid(method), location)));
const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";

const authority = (...more: readonly Bytes[]): CertificateSpec => ({
  issuer: "Example Root",
  subject: "Example CA",
  extensions: [basicConstraints(true), keyUsage("0000011"), ...more],
  key: rsaKey(2048),
});
const mapping = (from: string, to: string): Bytes => sequence(oid(from), oid(to));
const mappings = (all: readonly Bytes[], critical = true): Bytes => extension("2.5.29.33", sequence(...all), critical);
const constraints = (...subtrees: readonly Bytes[]): Bytes => extension("2.5.29.30", sequence(tlv(0xa0, ...subtrees)), true);
const domain = tlv(0x82, text("example"));
const minimum = tlv(0x80, 1);
const registered = tlv(0x88, 0x2a, 0x03);
const bits = (...content: readonly number[]): Bytes => extension("2.5.29.15", tlv(0x03, content), true);

const ecdsaWithNull = sequence(oid("1.2.840.10045.4.3.2"), tlv(0x05));
const rsaWithoutNull = sequence(oid("1.2.840.113549.1.1.11"));
const rsaAlgorithm = sequence(oid("1.2.840.113549.1.1.1"));
/** The RSA key with its algorithm's NULL taken away. */
const rsaKeyWithoutNull = ((): Bytes => {
  const key = rsaKey(2048);
  const usualAlgorithm = sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05));
  return sequence(rsaAlgorithm, key.subarray(4 + usualAlgorithm.length));
})();

const list = (spec: Parameters<typeof revocationList>[0] = {}): Bytes => text(pem("X509 CRL", revocationList(spec)));
const listFinding = (covers: Bytes, says: RegExp): readonly Expectation[] => [
  { rule: "nonconforming-revocation-list", severity: "info", covers, says },
];
const revokedAt = time("2025-11-01T00:00:00Z");
const entry = (serial: number, ...extensions: readonly Bytes[]): Bytes =>
  sequence(integer(serial), revokedAt, ...(extensions.length === 0 ? [] : [sequence(...extensions)]));
const reason = (code: number): Bytes => extension("2.5.29.21", tlv(0x0a, code));
const listed = (about: string, entries: readonly Bytes[], covers: Bytes, says: RegExp): Case => ({
  about,
  make: () => list({ entries }),
  expect: listFinding(covers, says),
});
const fineList = (about: string, ...entries: readonly Bytes[]): Case => ({ about, make: () => list({ entries }) });
const number = (value: Bytes | number, critical = false): Bytes => extension("2.5.29.20", integer(value), critical);
const longNumber = number(bytes(0x11, new Uint8Array(20)));
const earliest = time("1999-01-01T00:00:00Z");
const before = time("1998-12-31T23:59:59Z");
const at = (date: Bytes): Bytes => sequence(integer(9), date);

export const profileCases = {
  "organisation-of-63": good("an organisation of 63 characters, below the bound", subjectOf([ORGANISATION, letters(63)])),
  "organisation-of-64": good("an organisation of 64 characters, at the bound", subjectOf([ORGANISATION, letters(64)])),
  "organisation-of-65": odd("an organisation of 65 characters", ORGANISATION, letters(65), /name attribute is longer than its upper bound/),
  "postal-code-of-15": good("a postal code of 15 characters", subjectOf(["2.5.4.17", letters(15)])),
  "postal-code-of-16": good("a postal code of 16 characters", subjectOf(["2.5.4.17", letters(16)])),
  "postal-code-of-17": odd("a postal code of 17 characters", "2.5.4.17", letters(17), /upper bound/),
  "country-in-order": good("a country of two capitals", subjectOf([COUNTRY, printable("DE")])),
  "country-of-three-letters": {
    about: "a country of three letters",
    make: () => of(subjectOf([COUNTRY, printable("DEU")])),
    expect: [finding(attribute(COUNTRY, printable("DEU")), /country is not a two-letter code/)],
  },
  "country-in-small-letters": odd("a country in small letters", COUNTRY, printable("de"), /country code is not in upper case \(ISO 3166\)/),
  "country-as-utf8": odd("a country as UTF8String", COUNTRY, utf8("DE"), /country is not a PrintableString/),
  "number-as-utf8": odd(
    "a serial number in the name, as UTF8String",
    "2.5.4.5",
    utf8("17"),
    /serial number in the subject is not a PrintableString/,
  ),
  "printable-with-at": odd("an at sign in a PrintableString", ORGANISATION, printable("a@b"), /PrintableString has an invalid character/),
  "blank-behind-name": odd(
    "a name with a blank behind it",
    ORGANISATION,
    utf8("Example "),
    /name attribute starts or ends with a space, which only some verifiers ignore/,
  ),
  "blank-within-name": good("a blank within a name", subjectOf([ORGANISATION, utf8("Example Org")])),
  "empty-part-of-name": odd("an empty part of a name", ORGANISATION, utf8(""), /is empty/),
  "name-that-is-no-utf8": odd(
    "a name whose bytes are no UTF-8",
    ORGANISATION,
    tlv(0x0c, 0x45, 0xff),
    /name attribute is not in its declared encoding/,
  ),
  "email-without-alternative": odd(
    "an e-mail address in the subject only",
    "1.2.840.113549.1.9.1",
    tlv(0x16, text("a@example.com")),
    /e-mail/,
  ),
  "email-with-alternative": good("an e-mail address that is an alternative name, too", {
    ...named(email("a@example.com")),
    subject: [
      ["1.2.840.113549.1.9.1", tlv(0x16, text("a@example.com"))],
      ["2.5.4.3", utf8("service.example")],
    ],
  }),

  "relative-uri": bad("a URI without a scheme", named(uri("/path")), uri("/path"), /without a scheme/),
  "uri-without-content": bad("a scheme alone", named(uri("urn:")), uri("urn:"), /SAN entry is a URI with only a scheme/),
  "uri-with-short-host": bad("a URI with a host that is no full name", named(uri("https://host/x")), uri("https://host/x"), /host/),
  "uri-in-order": good("a URI with a full name", named(uri("https://host.example/x"))),
  "uri-of-an-address": good("a URI with an address", named(uri("https://10.0.0.1/x"))),
  "email-in-brackets": bad("an address in brackets", named(email("<a@example.com>")), email("<a@example.com>"), /e-mail/),
  "double-name": bad("the same name twice", named(dns("SERVICE.example")), dns("SERVICE.example"), /duplicate SAN entry/),

  "issuer-names-in-order": good("an address of the issuer", leaf(issuerNames(email("ca@example.com")))),
  "issuer-names-empty": bad("no name in the issuer's list", leaf(issuerNames()), issuerNames(), /extension with an empty list/),
  "issuer-names-critical": {
    about: "the issuer's names are critical, which no stack knows",
    make: () => of(leaf(extension("2.5.29.18", sequence(dns("ca.example")), true))),
    expect: [
      { rule: "unsupported-critical-extension", severity: "error", covers: extension("2.5.29.18", sequence(dns("ca.example")), true) },
    ],
  },
  "issuer-name-empty": issuerName("an empty name of the issuer", dns(""), /is empty/),
  "issuer-name-beyond-ascii": issuerName("a letter beyond ASCII", tlv(0x82, 0x63, 0xe4), /ASCII/),
  "issuer-name-wildcard": issuerName("a wildcard in the middle", dns("a.*.example"), /wildcard/),
  "issuer-name-with-dot": issuerName("a dot in front", dns(".example"), /dot/),
  "issuer-name-with-nul": issuerName("a NUL", tlv(0x82, 0x61, 0), /NUL/),
  "issuer-uri-relative": issuerName("a URI without a scheme", uri("x/y"), /scheme/),

  "policy-in-order": good(
    "policies with statement and notice",
    leaf(
      policies(
        policy(OWN, sequence(oid("1.3.6.1.5.5.7.2.1"), tlv(0x16, text("https://ca.example/cps"))), notice(utf8("n".repeat(200)))),
        policy(ANY),
      ),
    ),
  ),
  "policy-twice": {
    about: "a policy twice",
    make: () => of(leaf(policies(policy(OWN), policy("1.2.5"), policy(OWN)))),
    expect: [finding(policy(OWN), /duplicate certificate policy/)],
  },
  "any-policy-with-qualifier": bad(
    "a qualifier of `anyPolicy` that it may not have",
    leaf(policies(policy(ANY, sequence(oid("1.2.9"), utf8("x"))))),
    sequence(oid("1.2.9"), utf8("x")),
    /anyPolicy/,
  ),
  "notice-by-number": bad(
    "a notice by reference",
    leaf(policies(policy(OWN, notice(sequence(utf8("Org"), sequence(integer(1))))))),
    notice(sequence(utf8("Org"), sequence(integer(1)))),
    /by number/,
  ),
  "notice-ia5": bad("a notice as IA5String", noticed(tlv(0x16, text("n"))), tlv(0x16, text("n")), /IA5String/),
  "notice-visible": bad(
    "a notice as VisibleString",
    noticed(tlv(0x1a, text("n"))),
    tlv(0x1a, text("n")),
    /policy notice is not a UTF8String/,
  ),
  "notice-of-199": good("a notice of 199 characters", noticed(utf8("n".repeat(199)))),
  "notice-of-200": good("a notice of 200 characters", noticed(utf8("n".repeat(200)))),
  "notice-of-201": bad(
    "a notice of 201 characters",
    noticed(utf8("n".repeat(201))),
    utf8("n".repeat(201)),
    /policy notice is longer than 200 characters/,
  ),
  "notice-with-bell": bad("a control character in a notice", noticed(utf8("a\u0007")), utf8("a\u0007"), /control/),
  "notice-decomposed": bad(
    "letters with loose accents",
    noticed(utf8("e\u0301")),
    utf8("e\u0301"),
    /policy notice is not in Unicode normalization form C/,
  ),
  "mapping-in-order": {
    about: "a mapping of a policy that is there; critical, which rustls does not know",
    make: () => of(authority(policies(policy(OWN)), mappings([mapping(OWN, "1.2.5")]))),
    expect: [
      { rule: "unsupported-critical-extension", severity: "warning", covers: mappings([mapping(OWN, "1.2.5")]), says: /policyMappings/ },
    ],
  },
  "mapping-not-critical": bad(
    "mappings that are not critical",
    authority(policies(policy(OWN)), mappings([mapping(OWN, "1.2.5")], false)),
    mappings([mapping(OWN, "1.2.5")], false),
    /should be critical/,
  ),
  "mapping-of-any": {
    about: "a mapping to `anyPolicy`",
    make: () => of(authority(policies(policy(OWN)), mappings([mapping(OWN, ANY)], false))),
    expect: [finding(mapping(OWN, ANY), /anyPolicy/), finding(mappings([mapping(OWN, ANY)], false), /critical/)],
  },
  "mapping-of-unknown": {
    about: "a mapping of a policy that is not there",
    make: () => of(authority(policies(policy(OWN)), mappings([mapping("1.2.6", "1.2.5")], false))),
    expect: [
      finding(mappings([mapping("1.2.6", "1.2.5")], false), /critical/),
      finding(mapping("1.2.6", "1.2.5"), /policy mapping of a policy that the certificate does not have/),
    ],
  },
  "policy-constraints-empty": {
    about: "policy constraints without a constraint",
    make: () => of(authority(extension("2.5.29.36", sequence(), true))),
    expect: [
      finding(extension("2.5.29.36", sequence(), true), /policy constraints are empty/),
      { rule: "unsupported-critical-extension", severity: "warning", covers: extension("2.5.29.36", sequence(), true) },
    ],
  },

  "list-point-in-order": good("a place of lists", leaf(points([reachable]))),
  "list-point-critical": bad(
    "a critical place of lists",
    leaf(points([reachable], true)),
    points([reachable], true),
    /should not be critical/,
  ),
  "list-point-of-reasons": {
    about: "reasons without a place",
    make: () => of(leaf(points([reachable, onlyReasons]))),
    expect: [finding(onlyReasons, /CRL distribution point has reasons but neither a location nor an issuer/)],
  },
  "list-point-by-https": bad(
    "a place that is reached by TLS only",
    leaf(points([fullName(uri("https://lists.example/ca.crl"))])),
    points([fullName(uri("https://lists.example/ca.crl"))]),
    /no CRL distribution point has an `http:\/\/` or `ldap:\/\/` URI/,
  ),
  "issuer-place-in-order": good("the place of the issuer's certificate", leaf(access(CA_ISSUERS, uri("http://ca.example/ca.crt")))),
  "issuer-place-by-ftp": bad(
    "a place of another scheme",
    leaf(access(CA_ISSUERS, uri("ftp://ca.example/ca.crt"))),
    sequence(oid(CA_ISSUERS), uri("ftp://ca.example/ca.crt")),
    /no CA issuers location has an `http:\/\/` or `ldap:\/\/` URI/,
  ),
  "access-empty": bad(
    "an access information without any",
    leaf(extension("1.3.6.1.5.5.7.1.1", sequence())),
    extension("1.3.6.1.5.5.7.1.1", sequence()),
    /extension with an empty list/,
  ),
  "any-purpose-critical": bad(
    "critical purposes with any purpose",
    { extensions: [basicConstraints(false), keyUsage("1"), extension("2.5.29.37", sequence(oid(SERVER), oid("2.5.29.37.0")), true), host] },
    extension("2.5.29.37", sequence(oid(SERVER), oid("2.5.29.37.0")), true),
    /anyExtendedKeyUsage/,
  ),
  "timestamps-empty": bad(
    "no timestamp in the list",
    leaf(extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 0))),
    extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 0)),
    /RFC 6962/,
  ),

  "constraint-with-minimum": bad(
    "a constraint with a minimum",
    authority(constraints(sequence(domain, minimum))),
    domain,
    /minimum or maximum/,
  ),
  "constraint-with-minimum-zero": good("a minimum of zero, which is the default", authority(constraints(sequence(domain, tlv(0x80, 0))))),
  "constraint-on-registered": bad(
    "a constraint on registered identifiers",
    authority(constraints(sequence(registered))),
    registered,
    /name constraint on an unsupported name type, such as X\.400 addresses/,
  ),
  "usage-with-zeros": bad(
    "a key usage with a zero byte behind it",
    { extensions: [basicConstraints(false), bits(0, 0x80, 0), purposes(SERVER), host] },
    bits(0, 0x80, 0),
    /key usage is not DER: trailing zero bits/,
  ),
  "usage-with-unknown-bits": {
    about: "a tenth bit of the key usage",
    make: () => of({ extensions: [basicConstraints(false), bits(6, 0x80, 0x40), purposes(SERVER), host] }),
    expect: [finding(bits(6, 0x80, 0x40), /key usage has undefined bits/)],
  },
  "ecdsa-with-null": bad("ECDSA with NULL for parameters", { ...leaf(), algorithm: ecdsaWithNull }, ecdsaWithNull, /RFC 5758/),
  "rsa-without-null": bad("RSA without NULL", { ...leaf(), algorithm: rsaWithoutNull }, rsaWithoutNull, /RFC 4055/),
  "rsa-key-without-null": bad("an RSA key without NULL", { ...leaf(), key: rsaKeyWithoutNull }, rsaAlgorithm, /RFC 3279/),
  "rsa-with-null": good("RSA with NULL", { ...leaf(), algorithm: ALGORITHMS.rsaSha256, key: rsaKey(2048) }),
  "ec-key-in-order": good("an elliptic curve key names its curve", { ...leaf(), key: KEYS.p256 }),

  "list-without-number": {
    about: "a list without a number",
    make: () => list({ number: null }),
    expect: listFinding(name("Example CA"), /MissingCrlNumber/),
  },
  "list-with-number-of-19": { about: "a number of 19 octets", make: () => list({ number: number(bytes(0x11, new Uint8Array(18))) }) },
  "list-with-number-of-20": { about: "a number of 20 octets", make: () => list({ number: number(bytes(0x11, new Uint8Array(19))) }) },
  "list-with-number-of-21": {
    about: "a number of 21 octets",
    make: () => list({ number: longNumber }),
    expect: listFinding(longNumber, /20 octets/),
  },
  "list-with-critical-number": {
    about: "a critical number",
    make: () => list({ number: number(7, true) }),
    expect: listFinding(number(7, true), /must not be critical/),
  },
  "list-with-extension-twice": {
    about: "two numbers",
    make: () => list({ extensions: [number(9)] }),
    expect: listFinding(number(9), /CRL has a duplicate extension/),
  },
  "list-with-empty-list": {
    about: "an empty list of revoked certificates",
    make: () => list({ entries: [] }),
    expect: listFinding(sequence(), /list of revoked certificates is empty instead of absent/),
  },
  "list-without-null": {
    about: "signed by RSA without NULL",
    make: () => list({ algorithm: rsaWithoutNull }),
    expect: listFinding(rsaWithoutNull, /not NULL/),
  },
  "list-due-before-it-was-made": {
    about: "the next update lies before this one",
    make: () => list({ thisUpdate: time("2026-01-01T00:00:00Z"), nextUpdate: time("2025-12-31T00:00:00Z"), entries: [entry(1)] }),
    expect: [
      {
        rule: "nonconforming-revocation-list",
        severity: "info",
        covers: time("2025-12-31T00:00:00Z"),
        says: /next update is before this update/,
      },
      { rule: "stale-revocation-list", severity: "warning", covers: time("2025-12-31T00:00:00Z") },
    ],
  },
  "list-with-entry-twice": {
    about: "a serial number twice",
    make: () => list({ entries: [entry(7, reason(1)), entry(7)] }),
    expect: listFinding(entry(7), /twice/),
  },
  "list-with-reason-6": fineList("the reasons 1, 6 and 10", entry(1, reason(1)), entry(2, reason(6)), entry(3, reason(10))),
  "list-with-reason-0": listed("the reason 0", [entry(1, reason(0))], entry(1, reason(0)), /unspecified/),
  "list-with-reason-7": listed(
    "the reason 7, which nobody defined",
    [entry(1, reason(7))],
    entry(1, reason(7)),
    /unknown revocation reason 7/,
  ),
  "list-with-reason-11": listed("the reason 11", [entry(1, reason(11))], entry(1, reason(11)), /unknown revocation reason 11/),
  "list-with-removal": listed("a removal in a complete list", [entry(1, reason(8))], entry(1, reason(8)), /removeFromCRL/),
  "list-with-doubled-reason": listed(
    "an entry with two reasons",
    [entry(1, reason(1), reason(1))],
    entry(1, reason(1), reason(1)),
    /CRL entry has a duplicate extension/,
  ),
  "list-with-entry-of-1999": fineList("revoked in the first second of 1999", at(earliest)),
  "list-with-entry-of-1998": listed("revoked a second before", [at(before)], at(before), /before 1999/),
  "list-with-entry-of-its-day": fineList("revoked in the second the list was made", at(time("2025-12-01T00:00:00Z"))),
  "list-with-entry-of-the-future": listed(
    "revoked a second later",
    [at(time("2025-12-01T00:00:01Z"))],
    at(time("2025-12-01T00:00:01Z")),
    /revocation date is after this update/,
  ),
  "list-with-unknown-key": {
    about: "a public list that does not name its key",
    make: () => list(),
    profile: "public-web",
    expect: listFinding(name("Example CA"), /CRL has no authority key identifier/),
  },
} satisfies Readonly<Record<string, Case>>;
