/** Cases of what is told of keys, issuers and the public web, beyond what the other files have. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  certificatePem,
  dns,
  extension,
  fromHex,
  integer,
  ip,
  keyUsage,
  noise,
  oid,
  pem,
  privateKey,
  purposes,
  rsaKey,
  SERVER,
  sequence,
  text,
  time,
  tlv,
} from "./build.ts";
import type { Case, Expectation } from "./cases.ts";
import { once } from "./cases-chain.ts";
import { loader } from "./cases-usage.ts";
import { authority, endEntity, issue } from "./examples.ts";

type Bytes = Uint8Array;
const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const host = alternativeNames(dns("service.example"));
const usual = [basicConstraints(false), keyUsage("1"), purposes(SERVER), host];
const of = (...specs: readonly CertificateSpec[]): Bytes => text(specs.map(certificatePem).join(""));
const keyed = (key: Bytes): CertificateSpec => ({ key, extensions: usual });
const bits = (content: Bytes): Bytes => tlv(0x03, 0, content);
const curveKey = (curve: Bytes, size: number): Bytes =>
  sequence(sequence(oid("1.2.840.10045.2.1"), curve), bits(bytes(4, noise(`point ${size}`, 2 * size))));
const plainKey = (type: string, size: number): Bytes => sequence(sequence(oid(type)), bits(noise(type, size)));
const p521 = curveKey(oid("1.3.132.0.35"), 66);
const explicit = curveKey(sequence(integer(1), sequence(oid("1.2.840.10045.1.1"), integer(noise("prime", 32)))), 32);
/** RFC 8410 §10.3: an example that many have copied. */
const publishedPoint = fromHex("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
const publishedKey = sequence(sequence(oid("1.3.101.112")), tlv(0x03, 0, publishedPoint));
const publishedPrivateKey = sequence(
  integer(1),
  sequence(oid("1.3.101.112")),
  tlv(0x04, tlv(0x04, fromHex("d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842"))),
  tlv(0x81, 0, publishedPoint),
);
const ed448 = plainKey("1.3.101.113", 57);
const mlDsa = plainKey("2.16.840.1.101.3.4.3.18", 1952);
const isPrime = (it: number): boolean => it > 1 && Array.from({ length: it }, (_, index) => index).every((by) => by < 2 || it % by !== 0);
/** Of 2048 bit and of the form that gives ROCA away: a power of 65537 modulo the product of the primes up to 167. */
const rocaKey = ((): Bytes => {
  const primes = Array.from({ length: 751 }, (_, index) => index + 1).filter(isPrime);
  const product = primes.filter((it) => it <= 167).reduce((all, it) => all * BigInt(it), 1n);
  let modulus = (2n ** 2047n / product + 1n) * product + (65537n ** 9n % product);
  while (primes.some((it) => modulus % BigInt(it) === 0n)) modulus += product;
  const digits = fromHex(modulus.toString(16));
  return sequence(sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)), bits(sequence(integer(digits), integer(bytes(1, 0, 1)))));
})();
/** `rsaEncryption` replaced by `id-RSASSA-PSS`, whose parameters may be absent. */
const pssKey = ((): Bytes => {
  const key = rsaKey(2048);
  return sequence(sequence(oid("1.2.840.113549.1.1.10")), key.subarray(4 + sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)).length));
})();
const pss = (salt: number): Bytes => {
  const sha256 = sequence(oid("2.16.840.1.101.3.4.2.1"), tlv(0x05));
  const mgf = sequence(oid("1.2.840.113549.1.1.8"), sha256);
  return sequence(oid("1.2.840.113549.1.1.10"), sequence(tlv(0xa0, sha256), tlv(0xa1, mgf), tlv(0xa2, integer(salt))));
};
const unsupported = (covers: Bytes, says: RegExp, severity: Expectation["severity"] = "warning"): readonly Expectation[] => [
  { rule: "unsupported-key", severity, covers, says },
];

/** Issued on 2025-11-15 for 300 days, logged, with a serial number of 64 bits. */
const publicLeaf = (spec: CertificateSpec = {}, more: readonly Bytes[] = []): CertificateSpec => ({
  serial: bytes(0x21, noise("serial", 8)),
  notBefore: time("2025-11-15T00:00:00Z"),
  notAfter: time("2026-09-01T00:00:00Z"),
  subject: "service.example",
  extensions: [...usual, extension("2.5.29.35", sequence(tlv(0x80, 7))), extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 1, 0)), ...more],
  ...spec,
});
const onWeb = (about: string, spec: CertificateSpec, covers?: Bytes, says?: RegExp): Case => ({
  about,
  make: () => of(spec),
  profile: "public-web",
  ...(covers !== undefined && {
    expect: [{ rule: "unfit-for-public-web", severity: "warning", covers, ...(says && { says }) }],
  }),
});
const named = (...names: readonly Bytes[]): CertificateSpec => ({
  ...publicLeaf(),
  extensions: [
    basicConstraints(false),
    keyUsage("1"),
    purposes(SERVER),
    alternativeNames(dns("service.example"), ...names),
    extension("2.5.29.35", sequence(tlv(0x80, 7))),
    extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 1, 0)),
  ],
});

const conform = (about: string, spec: CertificateSpec, covers: Bytes, says: RegExp): Case => ({
  about,
  make: () => of(spec),
  expect: [{ rule: "nonconforming-certificate", severity: "info", covers, says }],
});
const looseNames = alternativeNames(dns("service.example"));
const shortPath = extension("2.5.29.19", sequence(integer(1)), true);
const subtree = sequence(tlv(0xa0, sequence(tlv(0x82, text("example")))));
const mailTree = tlv(0x81, text("example.com"));
const rootWith = (...more: readonly Bytes[]): CertificateSpec => ({
  issuer: "Example Root",
  subject: "Example CA",
  extensions: [basicConstraints(true), keyUsage("0000011"), ...more],
  key: rsaKey(2048),
});
const freshest = extension("2.5.29.46", sequence(sequence(tlv(0xa0, tlv(0xa0, tlv(0x86, text("http://a.example/l.crl")))))), true);
const feature = (value: number): Bytes => extension("1.3.6.1.5.5.7.1.24", sequence(integer(value)));

const identities = once(async () => {
  const root = await authority("Identified Root", undefined, NOW, -400, 3000);
  const issuer = await authority("Identified CA", root, NOW, -300, 900);
  const hosts = [purposes(SERVER), alternativeNames(dns("identified.example"))];
  const other = Uint8Array.from(issuer.keyId, (byte) => byte ^ 1);
  const leaf = await endEntity("identified.example", { ...issuer, keyId: other }, NOW, hosts);
  const plain = await issue("Forgotten CA", root, [NOW - 300 * DAY, NOW + 800 * DAY], [basicConstraints(false), keyUsage("1")]);
  const below = await endEntity("below.example", plain, NOW, hosts);
  return { root, issuer, leaf, plain, below, wrong: extension("2.5.29.35", sequence(tlv(0x80, other))) };
});

export const restCases = {
  "p521-leaf": { about: "a key on P-521", make: () => of(keyed(p521)), expect: unsupported(p521, /not with ring/, "info") },
  "explicit-curve": {
    about: "a curve that is written out",
    make: () => of(keyed(explicit)),
    expect: unsupported(explicit, /key is on an unnamed curve: rustls can neither load nor verify it; OpenSSL rejects it in chains/),
  },
  "ed448-leaf": { about: "a key on Ed448", make: () => of(keyed(ed448)), expect: unsupported(ed448, /Ed448/) },
  "ml-dsa-leaf": { about: "a key of ML-DSA-65", make: () => of(keyed(mlDsa)), expect: unsupported(mlDsa, /ML-DSA-65/) },
  "rsa-pss-key": { about: "a key for RSA-PSS only", make: () => of(keyed(pssKey)), expect: unsupported(pssKey, /rsaEncryption/) },
  "rsa-of-roca": {
    about: "a modulus of the form of CVE-2017-15361",
    make: () => of(keyed(rocaKey)),
    expect: [{ rule: "recoverable-key", severity: "error", covers: rocaKey, says: /ROCA/ }],
  },
  "published-key": {
    about: "the key of RFC 8410",
    make: () => of(keyed(publishedKey)),
    expect: [{ rule: "recoverable-key", severity: "error", covers: publishedKey, says: /published in RFC 8410/ }],
  },
  "published-key-alone": {
    about: "its private half, with the public one",
    make: () => text(pem("PRIVATE KEY", publishedPrivateKey)),
    expect: [
      {
        rule: "recoverable-key",
        severity: "error",
        covers: "-----BEGIN PRIVATE KEY-----",
        says: /private key is published in RFC 8410, 10\.3/,
      },
    ],
  },
  "pss-salt-20": {
    about: "RSA-PSS with a salt of 20 bytes",
    make: () => of({ extensions: usual, algorithm: pss(20) }),
    expect: unsupported(pss(20), /RSA-PSS parameters are not supported by rustls \(`UnsupportedSignatureAlgorithm`\)/),
  },
  "pss-salt-32": { about: "RSA-PSS with a salt as long as the hash", make: () => of({ extensions: usual, algorithm: pss(32) }) },
  "ecdsa-sha512-leaf": {
    about: "ECDSA with SHA-512",
    make: () => of({ extensions: usual, algorithm: sequence(oid("1.2.840.10045.4.3.4")) }),
    expect: unsupported(
      sequence(oid("1.2.840.10045.4.3.4")),
      /ECDSA with SHA-512 is not supported by rustls with ring \(`UnsupportedSignatureAlgorithm`\)/,
      "info",
    ),
  },
  "sha3-leaf": {
    about: "RSA with SHA3-256, which OpenSSL verifies",
    make: () => of({ extensions: usual, algorithm: ALGORITHMS.rsaSha3 }),
    expect: unsupported(
      ALGORITHMS.rsaSha3,
      /signature with RSA with SHA3-256 is not supported by rustls \(`UnsupportedSignatureAlgorithm`\)/,
    ),
  },
  "ripemd-leaf": {
    about: "RSA with RIPEMD-160",
    make: () => of({ extensions: usual, algorithm: ALGORITHMS.rsaRipemd }),
    expect: unsupported(ALGORITHMS.rsaRipemd, /RSA with RIPEMD-160/),
  },
  "sm2-signed-leaf": {
    about: "SM2 with SM3",
    make: () => of({ extensions: usual, algorithm: ALGORITHMS.sm2 }),
    expect: unsupported(ALGORITHMS.sm2, /SM2 with SM3/),
  },
  "ecdsa-sha384-leaf": { about: "ECDSA with SHA-384", make: () => of({ extensions: usual, algorithm: ALGORITHMS.ecdsaSha384 }) },
  "rsa-that-agrees": {
    about: "an RSA key for `keyAgreement`",
    make: () => of({ key: rsaKey(2048), extensions: [basicConstraints(false), keyUsage("10001"), purposes(SERVER), host] }),
    expect: [{ rule: "wrong-key-usage", severity: "info", covers: keyUsage("10001"), says: /RSA keys cannot be used for `keyAgreement`/ }],
  },
  "two-keys": {
    about: "two keys in one file",
    make: () => text(pem("PRIVATE KEY", privateKey()) + pem("PRIVATE KEY", privateKey())),
    expect: [{ rule: "several-private-keys", severity: "warning", covers: "-----BEGIN PRIVATE KEY-----", says: /has 2 private keys/ }],
  },
  "must-staple": {
    about: "a stapled response is demanded",
    make: () => of({ extensions: [...usual, feature(5)] }),
    expect: [
      {
        rule: "must-staple",
        severity: "info",
        covers: feature(5),
        says: /certificate requires a stapled OCSP response, but neither rustls nor OpenSSL fetches one/,
      },
    ],
  },
  "must-staple-served": {
    about: "the same, where rustls serves it",
    make: () => of({ extensions: [...usual, feature(5)] }),
    usedAs: [loader("own-chain")],
    expect: [{ rule: "must-staple", severity: "warning", covers: feature(5), says: /, and rustls fetches|rustls/ }],
  },
  "other-tls-feature": { about: "another feature of TLS", make: () => of({ extensions: [...usual, feature(17)] }) },

  "issued-by-a-leaf": {
    about: "an intermediate that lacks CA:TRUE",
    make: async () => text((await identities()).below.pem + (await identities()).plain.pem),
    expect: [
      {
        rule: "end-entity-as-issuer",
        severity: "error",
        covers: basicConstraints(false),
        says: /`Forgotten CA` issued `below\.example` but is not a CA: both stacks reject the chain \(`EndEntityUsedAsCa`, `invalid CA certificate`\)/,
      },
      { rule: "unrestricted-purpose", severity: "hint", covers: "-----BEGIN CERTIFICATE-----" },
    ],
  },
  "other-key-identifier": {
    about: "the issuer has another key identifier than the certificate names",
    make: async () => text((await identities()).leaf.pem),
    path: "/w/server.pem",
    beside: async () => ({ "/w/issuer.pem": (await identities()).issuer.pem, "/w/ca.pem": (await identities()).root.pem }),
    expect: [
      {
        rule: "mismatched-key-identifier",
        severity: "warning",
        covers: "identifier",
        says: /key identifier of issuer `Identified CA` differs from that in `identified\.example`/,
      },
    ],
  },

  "issuer-without-name": {
    about: "an issuer without a name",
    make: () => of({ issuer: [], extensions: usual }),
    expect: [
      {
        rule: "nonconforming-certificate",
        severity: "info",
        covers: sequence(),
        says: /issuer name is empty, so no path can be built/,
      },
    ],
  },
  "path-length-on-a-leaf": conform(
    "a path length of an end entity",
    { extensions: [shortPath, keyUsage("1"), purposes(SERVER), host] },
    shortPath,
    /end-entity certificate has a path length/,
  ),
  "subject-without-name": conform(
    "no subject, and alternative names that are not critical",
    { subject: [], extensions: usual },
    looseNames,
    /subject is empty/,
  ),
  "constraint-not-critical": conform(
    "name constraints that are not critical",
    rootWith(extension("2.5.29.30", subtree)),
    extension("2.5.29.30", subtree),
    /must be critical/,
  ),
  "constraint-on-a-leaf": conform(
    "name constraints of an end entity",
    { extensions: [...usual, extension("2.5.29.30", subtree, true)] },
    extension("2.5.29.30", subtree, true),
    /end-entity certificate has name constraints/,
  ),
  "email-constraint": {
    about: "a constraint on e-mail addresses",
    make: () => of(rootWith(extension("2.5.29.30", sequence(tlv(0xa0, sequence(mailTree))), true))),
    expect: [{ rule: "wrong-name-constraint", severity: "info", covers: mailTree, says: /e-mail addresses/ }],
  },
  "freshest-list-critical": {
    about: "a critical place of the newest list, which no stack knows",
    make: () => of({ extensions: [...usual, freshest] }),
    expect: [
      {
        rule: "nonconforming-certificate",
        severity: "info",
        covers: freshest,
        says: /freshest CRL extension must not be critical/,
      },
      { rule: "unsupported-critical-extension", severity: "error", covers: freshest },
    ],
  },

  "public-in-order": onWeb("a certificate of the public web", publicLeaf()),
  "public-serial-of-63": onWeb(
    "a serial number of seven bytes",
    publicLeaf({ serial: bytes(0x21, noise("serial", 6)) }),
    tlv(0x02, bytes(0x21, noise("serial", 6))),
    /serial number has fewer than 64 bits \(Baseline Requirements, 7\.1\)/,
  ),
  "public-serial-of-64": onWeb("a serial number of eight bytes", publicLeaf({ serial: bytes(0x21, noise("serial", 7)) })),
  "public-serial-of-72": onWeb("a serial number of nine bytes", publicLeaf({ serial: bytes(0x21, noise("serial", 8)) })),
  "public-rsa-2049": onWeb(
    "RSA of 2049 bit",
    publicLeaf({ key: rsaKey(2049) }),
    rsaKey(2049),
    /RSA modulus has 2049 bits, not a multiple of 8 \(6\.1\.6\)/,
  ),
  "public-rsa-2056": onWeb("RSA of 2056 bit", publicLeaf({ key: rsaKey(2056) })),
  "public-exponent-65535": onWeb(
    "an exponent below 65537",
    publicLeaf({ key: rsaKey(2048, [0xff, 0xff]) }),
    rsaKey(2048, [0xff, 0xff]),
    /below 65537/,
  ),
  "public-exponent-65537": onWeb("the exponent 65537", publicLeaf({ key: rsaKey(2048) })),
  "public-exponent-65539": onWeb("an exponent above it", publicLeaf({ key: rsaKey(2048, [1, 0, 3]) })),
  "public-internal-name": onWeb("a name of a network of one's own", named(dns("db.internal")), dns("db.internal"), /public DNS/),
  "public-private-address": onWeb("a private address", named(ip(10, 0, 0, 1)), ip(10, 0, 0, 1), /private address/),
  "public-address": onWeb("an address of the internet", named(ip(192, 0, 2, 1))),
  "public-underscore": onWeb("an underscore", named(dns("a_b.example")), dns("a_b.example"), /underscore/),
  "public-name-elsewhere": onWeb(
    "a common name that is no alternative name",
    publicLeaf({ subject: "other.example" }),
    sequence(oid("2.5.4.3"), tlv(0x0c, text("other.example"))),
    /common name/,
  ),
  "public-for-clients": onWeb(
    "for clients, too",
    {
      ...publicLeaf(),
      extensions: [
        basicConstraints(false),
        keyUsage("1"),
        purposes(SERVER, "1.3.6.1.5.5.7.3.2"),
        host,
        extension("2.5.29.35", sequence(tlv(0x80, 7))),
        extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 1, 0)),
      ],
    },
    purposes(SERVER, "1.3.6.1.5.5.7.3.2"),
    /certificate also has `clientAuth`, which public CAs are ending: renewal breaks mutual TLS/,
  ),
  "public-unlogged": {
    about: "no timestamps of certificate transparency",
    make: () => of({ ...publicLeaf(), extensions: [...usual, extension("2.5.29.35", sequence(tlv(0x80, 7)))] }),
    profile: "public-web",
    expect: [
      {
        rule: "unfit-for-public-web",
        severity: "info",
        covers: "-----BEGIN CERTIFICATE-----",
        says: /certificate has no embedded SCTs: Chrome and Safari require two or three/,
      },
    ],
  },
  "public-without-identifier": {
    about: "no authority key identifier",
    make: () => of({ ...publicLeaf(), extensions: [...usual, extension("1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 1, 0))] }),
    profile: "public-web",
    expect: [
      {
        rule: "nonconforming-certificate",
        severity: "info",
        covers: sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(0x0c, text("Example CA"))))),
        says: /authority key identifier is missing/,
      },
    ],
  },
} satisfies Readonly<Record<string, Case>>;
