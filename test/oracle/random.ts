/** Chains that differ in many things at once, decided by a seed: shapes, names, extensions of every kind, hosts and purposes. */
import {
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  CLIENT,
  dns,
  extension,
  integer,
  ip,
  keyUsage,
  noise,
  oid,
  purposes,
  SERVER,
  sequence,
  text,
  time,
  tlv,
  uri,
} from "../certificates/build.ts";
import { type Bytes, HOST, NOW, type Scenario } from "./chain.ts";
import { Dice } from "./dice.ts";
import { type Algorithm, issue, KEYS, type Key, SIGNING } from "./issue.ts";
import { directory, subtree, subtrees } from "./name-constraints.ts";

const HOSTS = [HOST, "example.test", ".example.test", "a.b.example.test", "WWW.EXAMPLE.TEST", "192.0.2.1", "2001:db8::1"] as const;
const DNS_NAMES = [HOST, "*.example.test", "example.test", "*.test", "w*.example.test", ".example.test", "a.b.example.test"] as const;

function names(dice: Dice): Bytes {
  const found: Bytes[] = [];
  for (let left = 1 + dice.below(3); left > 0; left--) {
    found.push(
      dice.chance(70)
        ? dns(dice.mostly(DNS_NAMES))
        : dice.one([
            ip(192, 0, 2, 1),
            ip(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
            uri("spiffe://example.test/api"),
            tlv(0x81, text("a@example.test")),
            directory("leaf"),
            tlv(0xa0, oid("1.2.3.4"), tlv(0xa0, tlv(0x0c, text("other")))),
            tlv(0x88, 0x2a, 3),
          ]),
    );
  }
  return alternativeNames(...found);
}

const bits = (dice: Dice, count: number): string => Array.from({ length: count }, () => (dice.chance(50) ? "1" : "0")).join("");

/** The RFC 3779 extension for addresses: inherited, or IPv4 prefixes. */
const addressBlocks = (dice: Dice): Bytes => {
  const family = tlv(0x04, 0, 1);
  const choice = dice.one([
    tlv(0x05),
    sequence(tlv(0x03, 0, 10)),
    sequence(tlv(0x03, 0, 10, 1)),
    sequence(tlv(0x03, 0, 11), tlv(0x03, 0, 10)),
  ]);
  return extension("1.3.6.1.5.5.7.1.7", sequence(sequence(family, choice)), dice.chance(50));
};
const numbers = (dice: Dice): Bytes => {
  const choice = dice.one([tlv(0x05), sequence(integer(7)), sequence(integer(7), integer(9)), sequence(sequence(integer(5), integer(12)))]);
  return extension("1.3.6.1.5.5.7.1.8", sequence(tlv(0xa0, choice)), dice.chance(50));
};
const proxy = (dice: Dice): Bytes => {
  const policy = sequence(oid("1.3.6.1.5.5.7.21.1"));
  const value = dice.one([sequence(policy), sequence(integer(1), policy), sequence(), sequence(policy, integer(1))]);
  return extension("1.3.6.1.5.5.7.1.14", value, dice.chance(70));
};
const NETSCAPE = "2.16.840.1.113730.1.1";
const netscape = (dice: Dice): Bytes => {
  const value = dice.one([
    tlv(0x03, 0, 0x80),
    tlv(0x03, 0, 0x40),
    tlv(0x03, 5, 0x20),
    tlv(0x03, 0, 0xff),
    tlv(0x03, 1, 0x06),
    tlv(0x03, 2, 0x04),
    tlv(0x03, 0),
    tlv(0x03, 0, 0, 0x80),
    tlv(0x04, 0x80),
    tlv(0x03),
    tlv(0x03, 9, 0x80),
  ]);
  return extension(NETSCAPE, value, dice.chance(20));
};

/** Also those that say nothing about a path. */
function rare(dice: Dice, authority: boolean): Bytes {
  const critical = dice.chance(30);
  return dice.one<() => Bytes>([
    () => netscape(dice),
    () => netscape(dice),
    () => proxy(dice),
    () => addressBlocks(dice),
    () => numbers(dice),
    () => extension("2.5.29.32", sequence(sequence(oid(dice.one(["2.5.29.32.0", "1.2.3"])))), critical),
    () => extension("2.5.29.36", sequence(tlv(0x80, 0)), critical),
    () => extension("2.5.29.33", sequence(sequence(oid("1.2.3"), oid("1.2.4"))), critical),
    () => extension("2.5.29.54", integer(0), critical),
    () => extension("2.5.29.31", sequence(sequence(tlv(0xa0, tlv(0xa0, uri("http://crl.example.test/"))))), critical),
    () => extension("2.5.29.31", sequence(sequence()), critical),
    () => extension("2.5.29.46", sequence(sequence(tlv(0xa0, tlv(0xa0, uri("http://crl.example.test/"))))), critical),
    () => extension("2.5.29.18", sequence(dns("issuer.test")), critical),
    () => extension("1.3.6.1.5.5.7.1.24", sequence(integer(5)), critical),
    () => extension("1.2.3.4", tlv(0x04, 1), critical),
    () =>
      extension(
        "2.5.29.30",
        dice.one([
          subtrees([subtree(dns("example.test"))], undefined),
          subtrees(undefined, [subtree(dns("www.example.test"))]),
          subtrees([subtree(directory("leaf"))], undefined),
          subtrees([subtree(ip(10, 0, 0, 0, 255, 0, 0, 0))], undefined),
        ]),
        authority || critical,
      ),
  ])();
}

/** What no encoder writes: more bytes behind a value, an extension twice, another's value in it. */
function damage(dice: Dice, extensions: readonly Bytes[]): readonly Bytes[] {
  const at = dice.below(Math.max(1, extensions.length));
  const chosen = extensions[at];
  if (chosen === undefined) return extensions;
  switch (dice.below(4)) {
    case 0:
      return [...extensions, chosen];
    case 1: {
      const type = chosen.subarray(2, 4 + (chosen[3] ?? 0));
      return extensions.map((it, index) => (index === at ? sequence(type, tlv(0x04, innerValue(chosen), 0x05, 0x00)) : it));
    }
    case 2: {
      const type = chosen.subarray(2, 4 + (chosen[3] ?? 0));
      return extensions.map((it, index) =>
        index === at ? sequence(type, tlv(0x04, dice.one([tlv(0x04), tlv(0x05), sequence(), bytes()]))) : it,
      );
    }
    default:
      return extensions.filter((_, index) => index !== at);
  }
}

/** The contents of the octet string of a short extension. */
function innerValue(whole: Bytes): Bytes {
  let at = 4 + (whole[3] ?? 0);
  if (whole[at] === 0x01) at += 3;
  const long = (whole[at + 1] ?? 0) >= 0x80 ? (whole[at + 1] ?? 0) & 0x7f : 0;
  return whole.subarray(at + 2 + long);
}

const identifier = (value: number): Bytes => extension("2.5.29.14", tlv(0x04, value));

function extensionsOf(dice: Dice, authority: boolean, names_: Bytes): readonly Bytes[] {
  let found: readonly Bytes[] = authority
    ? [
        ...(dice.chance(95) ? [basicConstraints(!dice.chance(3), dice.chance(15) ? dice.below(3) : undefined)] : []),
        ...(dice.chance(80) ? [dice.chance(95) ? keyUsage("0000011") : keyUsage(bits(dice, 7))] : []),
        ...(dice.chance(8) ? [purposes(...dice.mostly([[SERVER, CLIENT], [SERVER], [CLIENT], ["2.5.29.37.0"]]))] : []),
      ]
    : [
        ...(dice.chance(70) ? [dice.chance(93) ? keyUsage("1") : keyUsage(bits(dice, 9))] : []),
        ...(dice.chance(80)
          ? [purposes(...dice.mostly([[SERVER, CLIENT], [SERVER], [CLIENT], ["2.5.29.37.0"], ["1.3.6.1.5.5.7.3.3"]]))]
          : []),
        ...(dice.chance(90) ? [names_] : []),
        ...(dice.chance(15) ? [basicConstraints(dice.chance(30))] : []),
      ];
  if (dice.chance(25)) found = [...found, identifier(dice.mostly([7, 8]))];
  if (dice.chance(30)) found = [...found, extension("2.5.29.35", sequence(tlv(0x80, dice.mostly([7, 8]))))];
  while (dice.chance(14)) found = [...found, rare(dice, authority)];
  return dice.chance(6) ? damage(dice, found) : found;
}

const AUTHORITY_KEYS = [KEYS.root, KEYS.intermediate, KEYS.p384, KEYS.rsa2048, KEYS.ed25519, KEYS.p521, KEYS.ed448, KEYS.rsa1024] as const;
const LEAF_KEYS = [KEYS.leaf, KEYS.p384, KEYS.rsa2048, KEYS.ed25519, KEYS.rsa1024, KEYS.p224, KEYS.secp256k1] as const;
const EC_ALGORITHMS: readonly [Algorithm, ...Algorithm[]] = [SIGNING.ecdsaSha256, SIGNING.ecdsaSha384, SIGNING.ecdsaSha512];
const WEAK_EC: readonly [Algorithm, ...Algorithm[]] = [SIGNING.ecdsaSha1, SIGNING.ecdsaSha224];
const RSA_ALGORITHMS: readonly [Algorithm, ...Algorithm[]] = [SIGNING.rsaSha256, SIGNING.rsaSha384, SIGNING.pssSha256];

function algorithmOf(dice: Dice, { secret }: Key): { readonly algorithm?: Algorithm } {
  if (typeof secret === "function") return {};
  if (secret.asymmetricKeyType === "ec") return { algorithm: dice.one(dice.chance(3) ? WEAK_EC : EC_ALGORITHMS) };
  return secret.asymmetricKeyType === "rsa" ? { algorithm: dice.chance(4) ? SIGNING.rsaSha1 : dice.one(RSA_ALGORITHMS) } : {};
}

function oddities(dice: Dice): CertificateSpec {
  if (!dice.chance(6)) return {};
  return dice.one<() => CertificateSpec>([
    () => ({ version: dice.one([1, 2]) }),
    () => ({ notAfter: time("2026-02-01T00:00:00Z") }),
    () => ({ notBefore: time("2026-04-01T00:00:00Z") }),
    () => ({ uniqueId: noise("id", 4) }),
    () => ({ serial: bytes(dice.one([0, 0xff, 0x7f])) }),
  ])();
}

/** One chain, by its number under a seed. */
export function randomScenario(seed: string, number: number): Scenario {
  const dice = new Dice(`${seed}/${number}`);
  const depth = dice.one([0, 1, 1, 1, 1, 2, 3]);
  const authorities: { readonly subject: string; readonly key: Key; readonly der: Bytes }[] = [];
  for (let level = 0; level <= depth; level++) {
    const issuer = authorities.at(-1);
    const subject = level === 0 ? "Root" : dice.chance(4) ? (issuer?.subject ?? "Root") : `CA ${level}`;
    const key = dice.mostly<Key>(AUTHORITY_KEYS);
    const signer = dice.chance(97) ? (issuer?.key ?? key) : KEYS.other;
    const der = issue({
      spec: {
        issuer: issuer?.subject ?? (dice.chance(96) ? subject : "Elsewhere"),
        subject,
        serial: bytes(level + 1),
        extensions: extensionsOf(dice, true, names(dice)),
        ...oddities(dice),
      },
      key,
      issuer: signer,
      ...algorithmOf(dice, signer),
    });
    authorities.push({ subject, key, der });
  }
  const issuer = authorities.at(-1);
  const alone = dice.chance(6);
  const key = dice.mostly<Key>(LEAF_KEYS);
  const signer = alone || issuer === undefined ? key : issuer.key;
  const leaf = issue({
    spec: {
      issuer: alone ? "leaf" : (issuer?.subject ?? "leaf"),
      subject: "leaf",
      serial: bytes(99),
      extensions: extensionsOf(dice, false, names(dice)),
      ...oddities(dice),
    },
    key,
    issuer: signer,
    ...algorithmOf(dice, signer),
  });
  const ders = authorities.map(({ der }) => der);
  const sent = ders.slice(1).filter(() => dice.chance(98));
  if (dice.chance(30)) sent.reverse();
  const roots = [
    ...(dice.chance(96) ? ders.slice(0, 1) : []),
    ...(dice.chance(10) ? [leaf] : []),
    ...(dice.chance(10) ? ders.slice(-1) : []),
  ];
  return {
    id: `random/${seed}/${number}`,
    leaf,
    intermediates: dice.chance(10) ? [...sent, ...ders.slice(0, 1)] : sent,
    roots: dice.chance(20) ? roots.reverse() : roots,
    host: dice.mostly(HOSTS),
    now: NOW,
  };
}
