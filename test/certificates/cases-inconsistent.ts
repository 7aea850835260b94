/** Cases of private keys whose parts do not belong together, and of such as lack a part that follows from the others. */
import {
  alternativeNames,
  BASE_POINT,
  bytes,
  certificate,
  dns,
  ecPrivateKey,
  fromHex,
  integer,
  ONE,
  oid,
  p256PrivateKey,
  pem,
  purposes,
  SERVER,
  sequence,
  text,
  tlv,
} from "./build.ts";
import type { Case } from "./cases.ts";
import { once } from "./cases-chain.ts";
import { loader, serverLeaf } from "./cases-usage.ts";
import { endEntity, type Identity, issue } from "./examples.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const KEY_LINE = "-----BEGIN PRIVATE KEY-----";

/** NIST SP 800-186: of P-256. */
const ORDER = fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
const LARGEST = fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550");
/** The base point with the other sign, and twice the base point. */
const OF_LARGEST = fromHex(
  "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296b01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a",
);
const OF_TWO = fromHex(
  "047cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc4766997807775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1",
);

/** RFC 8032 §7.1, the first two tests. */
const SEED = fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const OF_SEED = fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
const OF_OTHER_SEED = fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

const ED25519 = sequence(oid("1.3.101.112"));
/** RFC 8410 §7. */
const edPrivateKey = (half?: Uint8Array): Uint8Array =>
  sequence(integer(half === undefined ? 0 : 1), ED25519, tlv(0x04, tlv(0x04, SEED)), ...(half === undefined ? [] : [tlv(0x81, 0, half)]));
const edLeaf = (half: Uint8Array): string => pem("CERTIFICATE", certificate({ ...serverLeaf, key: sequence(ED25519, tlv(0x03, 0, half)) }));

const identities = once(async () => {
  const root = await issue("Key Root", undefined, [NOW - DAY, NOW + 900 * DAY], []);
  const hosts = [purposes(SERVER), alternativeNames(dns("service.example"))];
  const of = async (name: string) => {
    const identity = await endEntity(name, root, NOW, hosts);
    return { ...identity, ...(await halvesOf(identity)) };
  };
  return { one: await of("one.example"), two: await of("two.example") };
});
type Identities = Awaited<ReturnType<typeof identities>>;

async function halvesOf({ pair }: Identity): Promise<{ readonly secret: Uint8Array; readonly point: Uint8Array }> {
  const { d, x, y } = await webKeyOf(pair.privateKey, { name: "ECDSA", namedCurve: "P-256" });
  return { secret: fromBase64(d), point: bytes(4, fromBase64(x), fromBase64(y)) };
}
/** Of a key that was read back: Node 20 may stop for good where one that it made is exported so (../harness/key-pairs.ts). */
async function webKeyOf(key: CryptoKey, algorithm: EcKeyImportParams | RsaHashedImportParams): Promise<JsonWebKey> {
  const bytes = await crypto.subtle.exportKey("pkcs8", key);
  return crypto.subtle.exportKey("jwk", await crypto.subtle.importKey("pkcs8", bytes, algorithm, true, ["sign"]));
}

const fromBase64 = (digits = ""): Uint8Array =>
  Uint8Array.from(atob(digits.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));

const key = (der: Uint8Array): string => pem("PRIVATE KEY", der);
const of = (make: (all: Identities) => string) => async () => text(make(await identities()));

/** The numbers of RFC 8017 §A.1.2, in their order. */
const RSA_PARTS = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;
export type RsaNumbers = Readonly<Record<(typeof RSA_PARTS)[number], Uint8Array>>;

const makeRsa = async (): Promise<RsaNumbers> => {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: bytes(1, 0, 1), hash: "SHA-256" };
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("RSA has pairs of keys");
  const { n, e, d, p, q, dp, dq, qi } = await webKeyOf(pair.privateKey, algorithm);
  const [first, ...rest] = [n, e, d, p, q, dp, dq, qi].map(fromBase64);
  const part = (at: number): Uint8Array => rest[at] ?? new Uint8Array();
  return { n: first ?? part(0), e: part(0), d: part(1), p: part(2), q: part(3), dp: part(4), dq: part(5), qi: part(6) };
};
export const rsaNumbers = once(makeRsa);
const otherRsa = once(makeRsa);
export const rsaPrivateKey = (numbers: RsaNumbers): Uint8Array =>
  sequence(integer(0), ...RSA_PARTS.map((it) => integer(trimmed(numbers[it]))));
const trimmed = (number: Uint8Array): Uint8Array =>
  number.subarray(
    Math.max(
      0,
      Math.min(
        number.length - 1,
        number.findIndex((it) => it !== 0),
      ),
    ),
  );

/** With numbers of another key. */
const rsaWith = (change: (other: RsaNumbers) => Partial<RsaNumbers>) => async () =>
  text(pem("RSA PRIVATE KEY", rsaPrivateKey({ ...(await rsaNumbers()), ...change(await otherRsa()) })));
const RSA_LINE = "-----BEGIN RSA PRIVATE KEY-----";

const foreign = {
  rule: "inconsistent-key",
  severity: "error",
  covers: KEY_LINE,
  says: /does not match its private key\n[\s\S]*rustls does not load it/,
} as const;

const ringOnly = (says?: RegExp) => ({ rule: "unsupported-key", severity: "info", covers: KEY_LINE, ...(says && { says }) }) as const;

export const inconsistentCases = {
  "key-with-foreign-public-half": {
    about: "the public half of the key whose secret is 2, beside 1",
    make: () => text(key(p256PrivateKey(ONE, OF_TWO))),
    expect: [{ ...foreign, says: /public key in this file does not match its private key/ }],
  },
  "sec1-key-with-foreign-public-half": {
    about: "the same in the format of SEC 1",
    make: () => text(pem("EC PRIVATE KEY", ecPrivateKey(ONE, OF_TWO, oid("1.2.840.10045.3.1.7")))),
    expect: [{ ...foreign, covers: "-----BEGIN EC PRIVATE KEY-----" }],
  },
  "key-of-two-halves": {
    about: "the private half is the certificate's, the public one another's: one fault",
    make: of(({ one, two }) => one.pem + key(p256PrivateKey(one.secret, two.point))),
    path: "/w/server.pem",
    expect: [{ ...foreign, says: /public key in this file does not match its private key, which belongs to `one\.example`/ }],
  },
  "key-of-two-halves-the-other-way": {
    about: "the public half is the certificate's, which OpenSSL believes: one fault",
    make: of(({ one, two }) => one.pem + key(p256PrivateKey(two.secret, one.point))),
    path: "/w/server.pem",
    expect: [foreign],
  },
  "key-with-compressed-public-half": {
    about: "the right half, in its short form",
    make: () => text(key(p256PrivateKey(ONE, bytes(3, BASE_POINT.subarray(1, 33))))),
    path: "/w/server.key",
    expect: [ringOnly(/private key has a compressed public key: rustls loads it with aws-lc-rs, not with ring/)],
  },
  "key-with-foreign-compressed-public-half": {
    about: "the short form of the point with the other sign",
    make: () => text(key(p256PrivateKey(ONE, bytes(2, BASE_POINT.subarray(1, 33))))),
    path: "/w/server.key",
    expect: [foreign, ringOnly()],
  },
  "key-of-zero": {
    about: "a private half that is none",
    make: () => text(key(p256PrivateKey(new Uint8Array(32), BASE_POINT))),
    expect: [{ ...foreign, says: /is zero or too large for its curve/ }],
  },
  "key-of-the-largest-number": { about: "one below the order of the curve", make: () => text(key(p256PrivateKey(LARGEST, OF_LARGEST))) },
  "key-of-the-order": {
    about: "the order of the curve: too large by one",
    make: () => text(key(p256PrivateKey(ORDER, BASE_POINT))),
    expect: [{ ...foreign, says: /is zero or too large for its curve/ }],
  },
  "key-with-short-private-half": {
    about: "without leading zeros, as old tools wrote it: the number is the same",
    make: () => text(key(p256PrivateKey(Uint8Array.of(1), BASE_POINT))),
    path: "/w/server.key",
    expect: [ringOnly(/private key has the wrong length for its curve: rustls loads it with aws-lc-rs, not with ring/)],
  },
  "own-key-without-public-half": {
    about: "an EC key that leaves its public half out, beside its certificate",
    make: of(({ one }) => one.pem + key(p256PrivateKey(one.secret, undefined))),
    path: "/w/server.pem",
    expect: [ringOnly(/private key has no public key: rustls loads it with aws-lc-rs, not with ring/)],
  },
  "foreign-key-without-public-half": {
    about: "the same beside another's certificate",
    make: of(({ one, two }) => one.pem + key(p256PrivateKey(two.secret, undefined))),
    path: "/w/server.pem",
    expect: [
      { rule: "key-mismatch", severity: "error", covers: KEY_LINE, says: /private key does not match `one\.example` of the same file/ },
      ringOnly(),
    ],
  },
  "own-ed25519-key": {
    about: "Ed25519 without its public half, beside its certificate",
    make: () => text(edLeaf(OF_SEED) + key(edPrivateKey())),
  },
  "foreign-ed25519-key": {
    about: "the same beside another's certificate",
    make: () => text(edLeaf(OF_OTHER_SEED) + key(edPrivateKey())),
    expect: [{ rule: "key-mismatch", severity: "error", covers: KEY_LINE }],
  },
  "foreign-ed25519-key-of-the-same-name": {
    about: "`server.key` beside `server.pem`, whose it is not",
    make: () => text(key(edPrivateKey())),
    path: "/w/server.key",
    beside: async () => ({ "/w/server.pem": edLeaf(OF_OTHER_SEED) }),
    expect: [{ rule: "key-mismatch", severity: "warning", covers: KEY_LINE }],
  },
  "ed25519-key-with-its-public-half": { about: "version 2 of PKCS#8", make: () => text(key(edPrivateKey(OF_SEED))) },
  "ed25519-key-with-foreign-public-half": {
    about: "version 2 of PKCS#8 with another's public half",
    make: () => text(edLeaf(OF_SEED) + key(edPrivateKey(OF_OTHER_SEED))),
    expect: [{ ...foreign, says: /public key in this file does not match its private key, which belongs to `service\.example`/ }],
  },
  "rsa-key-of-another-modulus": {
    about: "the modulus of another RSA key",
    make: rsaWith(({ n }) => ({ n })),
    expect: [{ ...foreign, covers: RSA_LINE, says: /RSA modulus is not the product of its primes/ }],
  },
  "rsa-key-without-primes": {
    about: "zeros for the primes, as converters write that have none",
    make: rsaWith(() => ({ p: bytes(0), q: bytes(0), dp: bytes(0), dq: bytes(0), qi: bytes(0) })),
    expect: [{ ...foreign, covers: RSA_LINE, says: /RSA modulus is not the product of its primes/ }],
  },
  "rsa-key-of-another-exponent": {
    about: "a public exponent that its private one does not undo",
    make: rsaWith(() => ({ e: bytes(1, 0, 3) })),
    expect: [{ ...foreign, covers: RSA_LINE, says: /RSA private and public exponents do not match/ }],
  },
  "rsa-key-of-another-remainder": {
    about: "a number for the Chinese remainder theorem that is another key's; OpenSSL reads it",
    make: rsaWith(({ dp }) => ({ dp })),
    usedAs: [loader("own-key", "openssl", "private-key")],
    expect: [{ ...foreign, severity: "warning", covers: RSA_LINE, says: /RSA CRT parameters belong to another key/ }],
  },
} satisfies Readonly<Record<string, Case>>;
