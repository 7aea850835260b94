/** Cases of what a certificate may be used for: key usage, purposes, names, constraints, lengths of paths, critical extensions. */
import {
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  CLIENT,
  certificatePem,
  dns,
  extension,
  fromHex,
  integer,
  ip,
  keyUsage,
  name,
  oid,
  purposes,
  rsaKey,
  SERVER,
  sequence,
  text,
  time,
  tlv,
  uri,
} from "./build.ts";
import type { Case } from "./cases.ts";
import { loader, root, serverLeaf } from "./cases-usage.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const host = alternativeNames(dns("service.example"));
const of = (...specs: readonly CertificateSpec[]): Uint8Array => text(specs.map(certificatePem).join(""));
const leaf = (...extensions: readonly Uint8Array[]): CertificateSpec => ({ extensions: [basicConstraints(false), ...extensions] });
const named = (...names: readonly Uint8Array[]): CertificateSpec => leaf(purposes(SERVER), alternativeNames(...names));
const authority = (...extensions: readonly Uint8Array[]): CertificateSpec => ({
  issuer: "Example Root",
  subject: "Example CA",
  extensions: [basicConstraints(true), ...extensions],
  key: rsaKey(2048),
});
const ANY = "2.5.29.37.0";
const dnsName = (value: string, covers = value): Case => ({
  about: `the DNS name "${value}"`,
  make: () => of(named(dns("service.example"), dns(value))),
  expect: [{ rule: "unusable-name", severity: "warning", covers: dns(covers) }],
});
const fine = (value: string): Case => ({ about: `the DNS name "${value}", which is in order`, make: () => of(named(dns(value))) });
const identity = (value: string): Case => ({
  about: `the identity ${value}`,
  make: () => of(named(dns("service.example"), uri(value))),
  expect: [{ rule: "unusable-name", severity: "warning", covers: uri(value), says: /is not a valid SPIFFE ID/ }],
});

const bareKeyUsage = (bits: number, unused = 0): Uint8Array => extension("2.5.29.15", tlv(0x03, unused, bits), true);
const permitted = (...bases: readonly Uint8Array[]): Uint8Array =>
  extension("2.5.29.30", sequence(tlv(0xa0, ...bases.map((it) => sequence(it)))), true);
const excluded = (base: Uint8Array): Uint8Array => extension("2.5.29.30", sequence(tlv(0xa1, sequence(base))), true);
const directory = tlv(0xa4, name("Example"));
const range = (...octets: readonly number[]): Uint8Array => tlv(0x87, octets);
const policies = extension("2.5.29.32", sequence(sequence(oid("1.2.3"))), true);
const strange = extension("1.2.3.4", sequence(), true);
const looseConstraints = extension("2.5.29.19", sequence(tlv(0x01, 0xff)));
const mark = "service\u202eexample";

/** Chain CA `n` issues chain CA `n - 1`, down to the leaf. */
const tower = (height: number, limits: Readonly<Record<number, number>> = {}): CertificateSpec[] => [
  { ...serverLeaf, issuer: "Tower 1" },
  ...Array.from({ length: height }, (_, index): CertificateSpec => {
    const limit = limits[index + 1];
    return {
      issuer: `Tower ${index + 2}`,
      subject: `Tower ${index + 1}`,
      extensions: [basicConstraints(true, limit)],
      key: rsaKey(2048 + index),
    };
  }),
];

/** y² = x³ + 7: the base point. */
const SECP256K1 = sequence(
  sequence(oid("1.2.840.10045.2.1"), oid("1.3.132.0.10")),
  tlv(
    0x03,
    0,
    fromHex(
      "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
    ),
  ),
);
const SCT = { rule: "unfit-for-public-web", severity: "info", covers: BEGIN, says: /no embedded SCTs/ } as const;

/** Issued on 2025-12-01. */
const publicLeaf = (length: number, logged = false): CertificateSpec => ({
  serial: bytes(0x40, 1, 2, 3, 4, 5, 6, 7),
  notBefore: time("2025-12-01T00:00:00Z"),
  notAfter: time(new Date(Date.UTC(2025, 11, 1 + length) - 1000).toISOString()),
  subject: "www.service.example",
  extensions: [
    basicConstraints(false),
    keyUsage("1"),
    purposes(SERVER),
    alternativeNames(dns("www.service.example")),
    extension("2.5.29.35", sequence(tlv(0x80, 1, 2, 3, 4))),
    ...(logged ? [extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 1, 0))] : []),
  ],
});

const rsaOf = (modulus: bigint): Uint8Array =>
  sequence(
    sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)),
    tlv(
      0x03,
      0,
      sequence(
        integer(fromHex(modulus.toString(16).padStart(Math.ceil(modulus.toString(16).length / 2) * 2, "0"))),
        integer(bytes(1, 0, 1)),
      ),
    ),
  );
/** No primes, but numbers without small factors: (x - d)(x + d) with a small d. */
const closeKey = (): Uint8Array => {
  const middle = 2n ** 1023n + 2n ** 1000n + 1n;
  const product = PRIMES_TO_751.reduce((all, it) => all * it, 1n);
  // The next number above that is 0 modulo all small primes but 2, so that its neighbours at powers of two are not.
  const even = middle + (product - (middle % product));
  return rsaOf((even - 8n) * (even + 8n));
};
const PRIMES_TO_751 = Array.from({ length: 750 }, (_, index) => index + 2)
  .filter((it, _, all) => all.every((other) => other >= it || it % other !== 0))
  .map(BigInt)
  .filter((it) => it !== 2n);

export const purposeCases = {
  "leaf-that-only-enciphers": {
    about: "an RSA key for key transport only",
    make: () => of({ ...leaf(keyUsage("001"), purposes(SERVER), host), key: rsaKey(2048) }),
    expect: [{ rule: "wrong-key-usage", severity: "warning", covers: keyUsage("001"), says: /digitalSignature/ }],
  },
  "leaf-that-signs-certificates": {
    about: "an end entity with keyCertSign",
    make: () => of(leaf(keyUsage("100001"), purposes(SERVER), host)),
    expect: [{ rule: "wrong-key-usage", severity: "warning", covers: keyUsage("100001") }],
  },
  "authority-that-may-not-sign": {
    about: "an authority without keyCertSign",
    make: () => of(authority(keyUsage("1"))),
    expect: [{ rule: "wrong-key-usage", severity: "warning", covers: keyUsage("1"), says: /invalid CA certificate/ }],
  },
  "authority-that-may-not-sign-for-openssl": {
    about: "the same, where OpenSSL reads it",
    make: () => of(authority(keyUsage("1"))),
    usedAs: [loader("unknown", "openssl")],
    expect: [{ rule: "wrong-key-usage", severity: "error", covers: keyUsage("1") }],
  },
  "curve-that-enciphers": {
    about: "an elliptic curve for key encipherment",
    make: () => of(leaf(keyUsage("101"), purposes(SERVER), host)),
    expect: [{ rule: "wrong-key-usage", severity: "info", covers: keyUsage("101"), says: /keyEncipherment/ }],
  },
  "rsa-that-enciphers": {
    about: "RSA may do both",
    make: () => of({ ...leaf(keyUsage("101"), purposes(SERVER), host), key: rsaKey(2048) }),
  },
  "key-usage-of-nothing": {
    about: "a key usage that allows nothing at all",
    make: () => of(leaf(bareKeyUsage(0), purposes(SERVER), host)),
    expect: [
      { rule: "nonconforming-certificate", severity: "info", covers: bareKeyUsage(0) },
      { rule: "wrong-key-usage", severity: "warning", covers: bareKeyUsage(0) },
    ],
  },

  "server-with-client-purpose": {
    about: "a file named after a server, and a certificate for clients",
    make: () => of(leaf(purposes(CLIENT), host)),
    path: "certs/server.pem",
    expect: [
      {
        rule: "wrong-purpose",
        severity: "warning",
        covers: purposes(CLIENT),
        says: /file is named after a server, but the certificate's EKU is only `clientAuth`/,
      },
    ],
  },
  "client-with-server-purpose": {
    about: "the other way round",
    make: () => of(leaf(purposes(SERVER), host)),
    path: "certs/client-cert.pem",
    expect: [
      {
        rule: "wrong-purpose",
        severity: "warning",
        covers: purposes(SERVER),
        says: /file is named after a client, but the certificate's EKU is only `serverAuth`/,
      },
    ],
  },
  "both-purposes": {
    about: "a file named after a server, for both",
    make: () => of(leaf(purposes(SERVER, CLIENT), host)),
    path: "server.pem",
  },
  "any-purpose-alone": {
    about: "anyExtendedKeyUsage",
    make: () => of(leaf(purposes(ANY), host)),
    expect: [{ rule: "wrong-purpose", severity: "error", covers: purposes(ANY) }],
  },
  "any-purpose-and-server": { about: "the same beside serverAuth", make: () => of(leaf(purposes(SERVER, ANY), host)) },
  "no-purpose": {
    about: "an empty list of purposes",
    make: () => of(leaf(purposes(), host)),
    expect: [{ rule: "wrong-purpose", severity: "error", covers: purposes(), says: /EmptyEkuExtension/ }],
  },
  "intermediate-for-clients": {
    about: "a server below an authority for clients",
    make: () => of(serverLeaf, authority(purposes(CLIENT))),
    expect: [
      {
        rule: "wrong-purpose",
        severity: "error",
        covers: purposes(CLIENT),
        says: /EKU of CA `Example CA` does not include `serverAuth`, which `service\.example` needs/,
      },
    ],
  },

  "address-as-dns-name": dnsName("10.0.0.1"),
  "six-groups-as-dns-name": dnsName("fe80::1"),
  "name-with-scheme": dnsName("https://service.example"),
  "name-with-port": dnsName("service.example:443"),
  "name-with-blank": dnsName("service example"),
  "wildcard-alone": dnsName("*"),
  "wildcard-of-a-top-level": dnsName("*.example"),
  "wildcard-of-a-domain": {
    ...fine("*.service.example"),
    expect: [{ rule: "wildcard-name", severity: "hint", covers: dns("*.service.example"), says: /any of them/ }],
  },
  "wildcard-in-the-middle": dnsName("api.*.example"),
  "wildcard-in-part": dnsName("w*.service.example"),
  "name-with-leading-dot": dnsName(".service.example"),
  "name-with-last-dot": dnsName("service.example."),
  "name-with-empty-label": dnsName("service..example"),
  "name-with-hyphen-at-the-edge": dnsName("-service.example"),
  "name-with-underscore": fine("my_service.example"),
  "label-of-62": fine(`${"a".repeat(62)}.example`),
  "label-of-63": fine(`${"a".repeat(63)}.example`),
  "label-of-64": dnsName(`${"a".repeat(64)}.example`),
  "name-of-252": fine(`${`${"a".repeat(49)}.`.repeat(5)}aa`),
  "name-of-253": fine(`${`${"a".repeat(49)}.`.repeat(5)}aaa`),
  "name-of-254": dnsName(`${`${"a".repeat(49)}.`.repeat(5)}aaaa`),
  "identity-with-capitals": identity("spiffe://Example/service"),
  "identity-without-path": identity("spiffe://example"),
  "identity-with-query": identity("spiffe://example/service?x"),
  "identity-with-dots": identity("spiffe://example/a/../b"),

  "name-within-constraint": {
    about: "what the authority permits",
    make: () => of(serverLeaf, authority(permitted(dns("example"), range(10, 0, 0, 0, 255, 0, 0, 0)))),
  },
  "name-outside-of-constraint": {
    about: "a host that the authority may not certify",
    make: () => of(named(dns("service.other")), authority(permitted(dns("example")))),
    expect: [
      {
        rule: "wrong-name-constraint",
        severity: "error",
        covers: dns("service.other"),
        says: /`service\.other` is not permitted by the name constraints of `Example CA`/,
      },
    ],
  },
  "excluded-name": {
    about: "a host that the authority excludes",
    make: () => of(named(dns("a.service.example")), authority(excluded(dns("service.example")))),
    expect: [
      {
        rule: "wrong-name-constraint",
        severity: "error",
        covers: dns("a.service.example"),
        says: /`a\.service\.example` is excluded by the name constraints of `Example CA`/,
      },
    ],
  },
  "address-outside-of-constraint": {
    about: "an address beside the permitted range",
    make: () => of(named(ip(11, 0, 0, 1)), authority(permitted(range(10, 0, 0, 0, 255, 0, 0, 0)))),
    expect: [{ rule: "wrong-name-constraint", severity: "error", covers: ip(11, 0, 0, 1) }],
  },
  "directory-constraint": {
    about: "a constraint on directory names, which rustls takes for broken",
    make: () => of(authority(permitted(directory))),
    expect: [{ rule: "wrong-name-constraint", severity: "warning", covers: directory }],
  },
  "uri-constraint": {
    about: "a constraint on URIs",
    make: () => of(authority(permitted(uri("example")))),
    usedAs: [loader("client-ca")],
    expect: [
      {
        rule: "wrong-name-constraint",
        severity: "error",
        covers: uri("example"),
        says: /`Example CA` constrains URIs: rustls rejects certificates below it that have one \(SPIFFE\)/,
      },
    ],
  },
  "crooked-mask": {
    about: "a mask with a hole",
    make: () => of(authority(permitted(range(10, 0, 0, 0, 255, 0, 255, 0)))),
    expect: [{ rule: "wrong-name-constraint", severity: "warning", covers: range(10, 0, 0, 0, 255, 0, 255, 0) }],
  },

  "path-length-kept": { about: "two authorities below one that allows two", make: () => of(...tower(3, { 3: 2 })) },
  "path-length-met": { about: "one below one that allows one", make: () => of(...tower(2, { 2: 1 })) },
  "path-length-exceeded": {
    about: "two below one that allows one",
    make: () => of(...tower(3, { 3: 1 })),
    expect: [
      {
        rule: "path-too-long",
        severity: "error",
        covers: basicConstraints(true, 1),
        says: /`Tower 3` allows 1 CA below it, but this chain has 2/,
      },
    ],
  },
  "five-intermediates": { about: "below rustls' limit", make: () => of(...tower(5)) },
  "six-intermediates": { about: "at rustls' limit", make: () => of(...tower(6)) },
  "seven-intermediates": {
    about: "above rustls' limit",
    make: () => of(...tower(7)),
    expect: [{ rule: "path-too-long", severity: "error", covers: BEGIN, says: /MaximumPathDepthExceeded/ }],
  },

  "critical-policies": {
    about: "critical policies, which OpenSSL knows and rustls does not",
    make: () => of(leaf(purposes(SERVER), host, policies)),
    expect: [
      {
        rule: "unsupported-critical-extension",
        severity: "warning",
        covers: policies,
        says: /rustls rejects the critical extension certificatePolicies \(`UnsupportedCriticalExtension`\); OpenSSL accepts it/,
      },
    ],
  },
  "critical-policies-for-rustls": {
    about: "the same, where rustls reads it",
    make: () => of(leaf(purposes(SERVER), host, policies)),
    usedAs: [loader("own-chain")],
    expect: [{ rule: "unsupported-critical-extension", severity: "error", covers: policies }],
  },
  "root-with-unknown-extension": {
    about: "a root with a critical extension that nobody knows",
    make: () => of({ ...root, extensions: [...(root.extensions ?? []), strange] }),
    expect: [
      {
        rule: "unsupported-critical-extension",
        severity: "warning",
        covers: strange,
        says: /OpenSSL rejects every chain to this root: unknown critical extension 1\.2\.3\.4/,
      },
    ],
  },

  "constraints-not-critical": {
    about: "an authority's basic constraints that are not critical",
    make: () => of({ ...root, extensions: [looseConstraints, keyUsage("0000011")] }),
    expect: [{ rule: "nonconforming-certificate", severity: "info", covers: looseConstraints, says: /4\.2\.1\.9/ }],
  },
  "name-with-direction-mark": {
    about: "a mark of direction in the common name",
    make: () => of({ ...serverLeaf, subject: mark }),
    expect: [
      { rule: "confusable-name", severity: "warning", covers: sequence(oid("2.5.4.3"), tlv(0x0c, text(mark))), says: /\\u\{202e\}/ },
    ],
  },
  "name-with-nul": {
    about: "a NUL in the common name, behind which some see nothing",
    make: () => of({ ...serverLeaf, subject: "service.example\0.evil.example" }),
    expect: [
      {
        rule: "confusable-name",
        severity: "warning",
        covers: sequence(oid("2.5.4.3"), tlv(0x0c, text("service.example\0.evil.example"))),
        says: /\\u\{0\}/,
      },
    ],
  },
  "host-with-nul": {
    about: "a NUL in a host name",
    make: () => of(named(dns("service.example"), dns("service.example\0.evil.example"))),
    expect: [
      {
        rule: "confusable-name",
        severity: "warning",
        covers: dns("service.example\0.evil.example"),
        says: /SAN entry contains the hidden character `\\u\{0\}`: displayed and compared names may differ/,
      },
    ],
  },
  "name-of-two-scripts": {
    about: "a Cyrillic letter in a Latin word",
    make: () => of({ ...serverLeaf, subject: "Ex\u0430mple" }),
    expect: [{ rule: "confusable-name", severity: "warning", covers: sequence(oid("2.5.4.3"), tlv(0x0c, text("Ex\u0430mple"))) }],
  },
  "name-of-one-script": { about: "a name in another script", make: () => of({ ...serverLeaf, subject: "Пример Сервис" }) },

  "starts-tomorrow": {
    about: "a day before its beginning",
    make: () => of({ ...serverLeaf, notBefore: time("2026-01-02T00:00:00Z") }),
    expect: [{ rule: "not-yet-valid-certificate", severity: "error", covers: time("2026-01-02T00:00:00Z"), says: /in 1 day/ }],
  },
  "starts-in-a-second": {
    about: "a second before its beginning",
    make: () => of({ ...serverLeaf, notBefore: time("2026-01-01T00:00:01Z") }),
    expect: [{ rule: "not-yet-valid-certificate", severity: "error", covers: time("2026-01-01T00:00:01Z") }],
  },
  "starts-now": { about: "in its first second", make: () => of({ ...serverLeaf, notBefore: time("2026-01-01T00:00:00Z") }) },

  "secp256k1-leaf": {
    about: "a sound curve that rustls does not have",
    make: () => of({ ...serverLeaf, key: SECP256K1 }),
    expect: [{ rule: "unsupported-key", severity: "warning", covers: SECP256K1, says: /secp256k1/ }],
  },
  "secp256k1-for-openssl": {
    about: "the same, where OpenSSL alone reads it",
    make: () => of({ ...serverLeaf, key: SECP256K1 }),
    usedAs: [loader("own-chain", "openssl")],
  },
  "secp256k1-that-signs-code": {
    about: "the same key in a certificate that is for no TLS, in a file that no code reads",
    make: () => of({ ...serverLeaf, key: SECP256K1, extensions: [basicConstraints(false), keyUsage("1"), purposes("1.3.6.1.5.5.7.3.3")] }),
    path: "/w/server.pem",
  },
  "secp256k1-of-nobody": {
    about: "the same key in a certificate that says nothing of a role",
    make: () => of({ subject: "release", key: SECP256K1, extensions: [basicConstraints(false), keyUsage("1")] }),
    expect: [{ rule: "unrestricted-purpose", severity: "hint", covers: "-----BEGIN CERTIFICATE-----" }],
  },
  "server-with-broken-purposes": {
    about: "a list of purposes that cannot be read, in a file named after a client",
    make: () =>
      of({
        extensions: [
          basicConstraints(false),
          keyUsage("1"),
          extension("2.5.29.37", tlv(0x04, 1)),
          alternativeNames(dns("service.example")),
        ],
      }),
    path: "/w/client.pem",
    expect: [{ rule: "malformed-certificate", severity: "error", covers: bytes(0x04) }],
  },
  "rsa-8191-leaf": { about: "below rustls' limit", make: () => of({ ...serverLeaf, key: rsaKey(8191) }) },
  "rsa-8192-leaf": { about: "at rustls' limit", make: () => of({ ...serverLeaf, key: rsaKey(8192) }) },
  "rsa-8193-leaf": {
    about: "above rustls' limit",
    make: () => of({ ...serverLeaf, key: rsaKey(8193) }),
    expect: [{ rule: "unsupported-key", severity: "warning", covers: rsaKey(8193) }],
  },

  "intermediate-trusted-by-openssl": {
    about: "OpenSSL is to trust an intermediate",
    make: () => of(authority()),
    usedAs: [loader("server-ca", "openssl")],
    expect: [{ rule: "intermediate-as-anchor", severity: "warning", covers: BEGIN }],
  },
  "intermediate-trusted-by-rustls": { about: "rustls may", make: () => of(authority()), usedAs: [loader("server-ca")] },

  "public-of-397-days": { about: "below the limit of its day", make: () => of(publicLeaf(397)), profile: "public-web", expect: [SCT] },
  "public-of-398-days": { about: "at the limit, and logged", make: () => of(publicLeaf(398, true)), profile: "public-web" },
  "public-of-399-days": {
    about: "above the limit",
    make: () => of(publicLeaf(399)),
    profile: "public-web",
    expect: [{ rule: "unfit-for-public-web", severity: "warning", covers: publicLeaf(399).notAfter ?? bytes(), says: /399 days/ }, SCT],
  },
  "private-of-399-days": { about: "a private authority may", make: () => of(publicLeaf(399)) },

  "rsa-of-close-primes": {
    about: "two primes with a small distance",
    make: () => of({ ...root, key: closeKey() }),
    expect: [
      {
        rule: "recoverable-key",
        severity: "error",
        covers: closeKey(),
        says: /primes of the RSA key are close to each other: anyone can compute the private key/,
      },
    ],
  },
  "rsa-with-small-prime": {
    about: "divisible by 751",
    make: () => of({ ...root, key: rsaOf(751n * 2n ** 2040n + 751n * 2n) }),
    expect: [{ rule: "recoverable-key", severity: "error", covers: rsaOf(751n * 2n ** 2040n + 751n * 2n), says: /small prime/ }],
  },
} satisfies Readonly<Record<string, Case>>;
